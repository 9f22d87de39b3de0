"""The outbox: acties put mails in, the worker takes them out. Mail leaves from here only."""

from casussen.berichten.postbus import bereikbare_deelnemers, gezinsleden_met_mail, sleutel, zet_klaar
from casussen.berichten.versturen import verstuur_alles
from casussen.berichten.wachtrij import wek_postbode

__all__ = ["bereikbare_deelnemers", "gezinsleden_met_mail", "sleutel", "verstuur_alles", "wek_postbode", "zet_klaar"]
