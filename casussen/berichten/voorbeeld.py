"""The mail as it will be, for whoever is about to send it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from casussen.berichten import links, teksten
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid
from casussen.models.bericht import BerichtSoort

# Where the address will be; it is cut out again before anybody sees it.
_ADRES = "{adres}"


@dataclass(frozen=True)
class Voorbeeld:
    """A mail without its link: the text before and after the place where that will stand."""

    aan: str
    onderwerp: str
    voor_link: str
    na_link: str


def maak(casus: Casus, aan: Deelnemer | Gezinslid, *, nu: datetime) -> Voorbeeld:
    """in: a casus, somebody who will get mail, the moment; out: the real text. Nothing is saved and no link is made."""
    if isinstance(aan, Deelnemer):
        bericht = Bericht(casus=casus, soort=BerichtSoort.TAAK, deelnemer=aan)
    else:
        bericht = Bericht(casus=casus, soort=BerichtSoort.OVERZICHT, gezinslid=aan)
    laatste_dag = timezone.localdate(links.geldig_tot(casus, nu) - timedelta(seconds=1))
    tekst = teksten.maak(bericht, adres=_ADRES, tot_en_met=laatste_dag)
    voor, _streep, na = tekst.inhoud.partition(_ADRES)
    return Voorbeeld(aan.roepnaam, tekst.onderwerp, voor.strip(), na.strip())
