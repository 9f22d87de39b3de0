"""The page of a helper itself: all families of one person, or the first page that asks who is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from casussen import rechten
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten import links
from casussen.forms.mailritme import MailritmeForm
from casussen.forms.taken import EigenBereikbaarForm
from casussen.models import Deelnemer, Medewerker, Team
from casussen.overzicht import taak as overzicht
from casussen.overzicht.taak import Taak
from casussen.taal import bereikbaar
from casussen.views import deur
from casussen.views.link import getypt
from casussen.views.taakdeur import Bezoek, eigen_delen

# Where the forms lead to has an anchor, so that a mistake is in sight; a browser keeps it unless told otherwise.
BOVENAAN = "#inhoud"


@dataclass(frozen=True, kw_only=True)
class Mis:
    """What was not saved: in which form on the page (`plek`), of which part, why, and what was typed in it."""

    deel: Deelnemer
    plek: str
    zin: str
    form: forms.Form
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def tekst(self) -> str:
        """Out: the words as they were typed."""
        return str(self.form["tekst"].value() or "") if "tekst" in self.form.fields else ""


@dataclass(frozen=True)
class Gezin:
    """One family on the page: what is asked, and the form about reachability with what was typed in it."""

    taak: Taak
    form: forms.Form

    @property
    def deel(self) -> Deelnemer:
        """Out: the own part."""
        return self.taak.deel

    @property
    def coordinator(self) -> Medewerker:
        """Out: who asks."""
        return self.deel.casus.coordinator

    @property
    def team(self) -> Team:
        """Out: of which team."""
        return self.deel.casus.team

    @property
    def bereikbaar(self) -> str:
        """Out: when this helper can be reached, in words; empty when that or the number is not known."""
        deel = self.deel
        return bereikbaar.zin(deel.dagen, deel.uren_van, deel.uren_tot) if deel.belnummer else ""


def toon(request: HttpRequest, bezoek: Bezoek, mis: Mis | None = None, **extra: Any) -> HttpResponse:
    """in: somebody at the own page, what was not saved if anything; out: the page, what waits for an answer first."""
    deur.schrijf_gelezen_samen(request, [(bezoek.als(deel), deel) for deel in bezoek.delen])
    taken = [taak for taak in overzicht.maak_alle(bezoek.delen) if taak.versie]
    taken.sort(key=lambda taak: not taak.wacht)
    ik = bezoek.delen[0] if bezoek.delen else None
    professional = ik.professional if ik else None
    context = {
        "bezoek": bezoek,
        "basis": "basis_telefoon.html" if bezoek.token else "base.html",
        "gezinnen": [Gezin(taak, _bereikbaarheid(taak, mis)) for taak in taken],
        "wacht": sum(taak.wacht for taak in taken),
        "ik": ik,
        "laatste_dag": links.laatste_dag(bezoek.link) if bezoek.link else None,
        "ritme_form": MailritmeForm(initial={"ritme": professional.mailritme}) if professional else None,
        "mis": mis,
        "vandaag": deur.vandaag(),
    }
    return render(request, "taken/taak.html", context | (dict(mis.extra) if mis else {}) | extra)


def _bereikbaarheid(taak: Taak, mis: Mis | None) -> forms.Form:
    if mis is not None and mis.plek == f"bereikbaar-{taak.deel.pk.hex}":
        return mis.form
    return bereikbaarheid(taak.deel)


def bereikbaarheid(deel: Deelnemer, gestuurd: Any = None) -> EigenBereikbaarForm:
    """in: the own part, what was sent if anything; out: the form, with ids that differ per family."""
    return EigenBereikbaarForm(gestuurd, huidig=deel, auto_id=f"{deel.pk.hex}-%s")


def niet_bewaard(request: HttpRequest, bezoek: Bezoek, mis: Mis) -> HttpResponse:
    """in: what could not be saved; out: the page with what was typed, without the family where this person has left."""
    nog = set(rechten.eigen_delen(bezoek.door).values_list("pk", flat=True))
    if mis.deel.pk in nog:
        return toon(request, bezoek, mis)
    if bezoek.token and bezoek.delen[0].pk not in nog:
        raise deur.GeslotenLink
    rest = tuple(deel for deel in bezoek.delen if deel.pk in nog)
    return toon(request, replace(bezoek, delen=rest), zin=mis.zin, getypt=getypt(request))


class MetZin(Protocol):
    """A form that says in one line what is wrong."""

    def is_valid(self) -> bool:
        """Out: whether nothing is."""

    def zin(self) -> str:
        """Out: what is wrong."""


def probeer(form: MetZin, doe: Callable[[], object]) -> str:
    """in: a form, the actie for what it holds; out: why it was not saved, empty when it was."""
    if not form.is_valid():
        return form.zin()
    try:
        doe()
    except Geweigerd as fout:
        return str(fout)
    return ""


def terug(request: HttpRequest, bezoek: Bezoek, uitkomst: Mis, plek: str) -> HttpResponse:
    """Out: back to a place on the page; with a sentence why not, the page with what was typed."""
    return niet_bewaard(request, bezoek, uitkomst) if uitkomst.zin else bezoek.terug(plek)


def welkom(request: HttpRequest, bezoek: Bezoek, **extra: Any) -> HttpResponse:
    """in: somebody at a link that belongs to no browser yet, after a press zin and getypt; out: who are you?"""
    deel = bezoek.delen[0]
    deur.schrijf_gelezen(request, bezoek.door, deel.casus_id, deel, plek="taak_welkom")
    context = {
        "bezoek": bezoek,
        "ik": deel,
        "taak": overzicht.maak(deel, deel.casus),
        "coordinator": deel.casus.coordinator,
        "team": deel.casus.team,
        "laatste_dag": links.laatste_dag(bezoek.link) if bezoek.link else None,
    }
    return render(request, "taken/welkom.html", context | extra)


def te_laat() -> str:
    """Out: why an answer was not saved, about an agreement that somebody else gets."""
    return _("Deze afspraak gaat net naar iemand anders. Je antwoord is niet bewaard. Je hoeft niets te doen.")


@dataclass(frozen=True)
class BijAnderen:
    """The own agreements with families that somebody does not work with as a member of a team."""

    gezinnen: int
    wacht: int
    vragen: int


def bij_anderen(door: Actor) -> BijAnderen | None:
    """in: somebody who is signed in; out: how much stands on the own page about families of others; None: nothing."""
    delen = eigen_delen(door)
    if not delen:
        return None
    casussen = rechten.casussen_van(door).filter(pk__in={deel.casus_id for deel in delen})
    eigen = set(casussen.values_list("pk", flat=True))
    elders = [deel for deel in delen if deel.casus_id not in eigen]
    taken = [taak for taak in overzicht.maak_alle(elders) if taak.versie] if elders else []
    if not taken:
        return None
    vragen = sum(len(taak.te_beantwoorden) + len(taak.gevraagd) for taak in taken)
    return BijAnderen(len(taken), sum(taak.wacht for taak in taken), vragen)
