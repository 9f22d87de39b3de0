"""The mail as it will be, for whoever is about to send it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from casussen.berichten import links, teksten
from casussen.berichten.brief import Knop, volledig
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid
from casussen.models.bericht import BerichtSoort


@dataclass(frozen=True)
class Voorbeeld:
    """A mail without its link: the text before and after the button, and what that says."""

    aan: str
    onderwerp: str
    voor_link: str
    knop: str
    na_link: str


def maak(casus: Casus, aan: Deelnemer | Gezinslid, soort: BerichtSoort, *, nu: datetime) -> Voorbeeld:
    """in: a casus, somebody who will get mail, which one, the moment; out: the real text. Nothing is saved and no link
    is made."""
    if isinstance(aan, Deelnemer):
        bericht = Bericht(casus=casus, soort=soort, deelnemer=aan)
    else:
        bericht = Bericht(casus=casus, soort=soort, gezinslid=aan)
    laatste_dag = timezone.localdate(links.geldig_tot(aan, nu) - timedelta(seconds=1))
    tekst = volledig([bericht], teksten.maak(bericht, adres="", tot_en_met=laatste_dag))
    plek = next(nummer for nummer, deel in enumerate(tekst.delen) if isinstance(deel, Knop))
    knop = tekst.delen[plek]
    assert isinstance(knop, Knop)  # that is how its place was found
    voor, na = ("\n\n".join(str(deel) for deel in stuk) for stuk in (tekst.delen[:plek], tekst.delen[plek + 1 :]))
    return Voorbeeld(aan.roepnaam, tekst.onderwerp, voor, knop.woorden, na)
