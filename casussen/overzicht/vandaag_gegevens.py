"""What needs a coördinator today about the data of families: requests, and closed casussen at the end of their term."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen import rechten
from casussen.actor import Actor
from casussen.models import Verzoek
from casussen.overzicht import bewaren, verzoeken
from casussen.overzicht.vandaag import Taak
from casussen.taal.datums import getal


def taken(actor: Actor, op: date) -> list[Taak]:
    """in: who I am, today; out: requests whose term is near or over, then one line about keeping (three queries)."""
    teams = list(rechten.teams_met_register(actor))
    if not teams:
        return []
    dringend = [rij for rij in verzoeken.te_doen(teams) if _is_dringend(rij, op)]
    return [*(_verzoek(rij, op) for rij in dringend), *_bewaren(len(bewaren.lijst(teams, op).beslissen))]


def _is_dringend(verzoek: Verzoek, op: date) -> bool:
    return verzoek.moet_nog_gewist or (verzoek.uiterlijk - op).days <= verzoeken.KORT


def _verzoek(verzoek: Verzoek, op: date) -> Taak:
    assert verzoek.casus is not None
    assert verzoek.gezinslid is not None  # verzoeken.te_doen gives no other
    regel = verzoeken.regel(verzoek, op)
    naam = {"naam": verzoek.gezinslid.naam}
    titel = _("Wis de gegevens van %(naam)s") if verzoek.moet_nog_gewist else _("Beslis over een verzoek van %(naam)s")
    return Taak(
        "niet" if verzoek.uiterlijk < op else "wacht",
        regel.teken,
        titel % naam,
        f"{verzoek.casus.naam}. {verzoek.get_soort_display()}. {regel.woord}.",
        _("Bekijk"),
        _("het verzoek van %(naam)s") % naam,
        reverse("casussen:verzoek", args=[verzoek.casus.pk, verzoek.pk]),
    )


def _bewaren(aantal: int) -> list[Taak]:
    if not aantal:
        return []
    titel = ngettext(
        "Beslis over %(aantal)s afgesloten gezin: wissen of bewaren",
        "Beslis over %(aantal)s afgesloten gezinnen: wissen of bewaren",
        aantal,
    )
    return [
        Taak(
            "wacht",
            "history",
            titel % {"aantal": getal(aantal)},
            _("De bewaartermijn is bijna voorbij."),
            _("Bekijk"),
            _("welke afgesloten gezinnen dat zijn"),
            reverse("casussen:bewaren"),
        )
    ]
