"""The texts of the mails: one function per mail.

A mail holds no name of a child or parent, no problem and no task text (docs/ontwerp.md, rule 9). So it names only
the reader's first name, the coordinator and a date.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from casussen.berichten import links
from casussen.models import Bericht, Deelnemer, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.taal.datums import dag_voluit


@dataclass(frozen=True)
class Tekst:
    """Subject and body of one mail."""

    onderwerp: str
    inhoud: str


def maak(bericht: Bericht, *, nu: datetime) -> Tekst:
    """in: a row of the outbox, the moment; out: its text, with a fresh link (writes that link)."""
    return _MAKERS[BerichtSoort(bericht.soort)](bericht, nu)


def _brief(bericht: Bericht, *regels: str) -> str:
    aan = bericht.ontvanger
    coordinator = bericht.casus.coordinator
    nummer = coordinator.professional.telefoon if coordinator.professional else ""
    vragen = _("Vragen? Bel %(naam)s: %(nummer)s.") if nummer else _("Vragen? Antwoord op deze mail.")
    # A family member is addressed by "u" without a name: his name may not stand in a mail.
    groet = _("Dag,") if isinstance(aan, Gezinslid) else _("Dag %(naam)s,") % {"naam": aan.roepnaam}
    slot = vragen % {"naam": coordinator.naam, "nummer": nummer}
    return "\n\n".join([groet, *(regel for regel in regels if regel), slot]) + "\n"


def _link_regels(bericht: Bericht, nu: datetime) -> list[str]:
    aan = bericht.ontvanger
    if isinstance(aan, Medewerker):
        return []
    adres, link = links.maak_link(aan, nu=nu)
    dag = dag_voluit(link.geldig_tot.date())
    if isinstance(aan, Deelnemer):
        return [
            adres,
            _("Deze link is alleen voor jou. Hij werkt tot %(dag)s. Stuur hem niet door.") % {"dag": dag},
        ]
    return [
        adres,
        _("Deze link is alleen voor u. Hij werkt tot %(dag)s. Stuur hem niet door.") % {"dag": dag},
    ]


def _taak(bericht: Bericht, nu: datetime) -> Tekst:
    naam = bericht.casus.coordinator.naam
    return Tekst(
        _("%(naam)s vraagt je iets") % {"naam": naam},
        _brief(
            bericht,
            _("Er staan afspraken voor je klaar. Kijk of jouw deel klopt. Je bent in twee minuten klaar."),
            *_link_regels(bericht, nu),
        ),
    )


def _overzicht(bericht: Bericht, nu: datetime) -> Tekst:
    naam = bericht.casus.coordinator.naam
    return Tekst(
        _("%(naam)s heeft iets voor u klaargezet") % {"naam": naam},
        _brief(
            bericht,
            _("Uw overzicht staat klaar. U leest wie u kunt bellen en wat we samen afspraken."),
            *_link_regels(bericht, nu),
        ),
    )


def _nieuwe_link(bericht: Bericht, nu: datetime) -> Tekst:
    return Tekst(
        _("Uw nieuwe link"),
        _brief(
            bericht,
            _("Hier is de nieuwe link. Vroeg u die niet zelf aan? Dan kunt u deze mail weggooien."),
            *_link_regels(bericht, nu),
        ),
    )


def _evaluatie_nadert(bericht: Bericht, nu: datetime) -> Tekst:
    assert bericht.datum is not None  # set for every reminder
    dag = dag_voluit(bericht.datum)
    return Tekst(
        _("We praten weer samen op %(dag)s") % {"dag": dag},
        _brief(
            bericht,
            _("Op %(dag)s kijken we samen terug. Lees nog even wat we afspraken.") % {"dag": dag},
            *_link_regels(bericht, nu),
        ),
    )


def _evaluatie_voorbij(bericht: Bericht, nu: datetime) -> Tekst:
    assert bericht.datum is not None  # set for every reminder
    dag = dag_voluit(bericht.datum)
    wat_nu = (
        _("Schrijf op hoe het ging, of kies een nieuwe dag.")
        if isinstance(bericht.ontvanger, Medewerker)
        else _("Is er geen nieuwe dag? Bel dan of antwoord op deze mail.")
    )
    return Tekst(
        _("Het gesprek van %(dag)s") % {"dag": dag},
        _brief(
            bericht,
            _("Op %(dag)s zouden we samen terugkijken. Er staat nog niet hoe het ging.") % {"dag": dag},
            wat_nu,
            *_link_regels(bericht, nu),
        ),
    )


_MAKERS = {
    BerichtSoort.TAAK: _taak,
    BerichtSoort.OVERZICHT: _overzicht,
    BerichtSoort.NIEUWE_LINK: _nieuwe_link,
    BerichtSoort.EVALUATIE_NADERT: _evaluatie_nadert,
    BerichtSoort.EVALUATIE_VOORBIJ: _evaluatie_voorbij,
}
