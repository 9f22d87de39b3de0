"""The page behind a helper's link: own role, own agreements, how to be reached. No account; only POST acts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casussen.acties.afspraken import reageer
from casussen.acties.deelnemers import zet_eigen_bereikbaarheid
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.acties.regie import aanvaard
from casussen.actor import Actor, ActorSoort
from casussen.berichten import links
from casussen.forms.taken import EigenBereikbaarForm, ReactieForm
from casussen.models import Deelnemer, Toegangslink
from casussen.overzicht import taak as overzicht
from casussen.views import deur
from casussen.views.bewerken import anders
from casussen.views.link import gesloten

# Where the forms lead to has an anchor, so that a mistake is in sight; a browser keeps it unless told otherwise.
BOVENAAN = "#inhoud"


@dataclass(frozen=True)
class Bezoek:
    """Somebody at the own link."""

    token: str
    door: Actor
    link: Toegangslink
    deelnemer: Deelnemer

    def taak(self) -> overzicht.Taak:
        """Out: the page as it stands now."""
        return overzicht.maak(self.deelnemer, self.link.casus)

    def terug(self, plek: str = "") -> HttpResponse:
        """in: an anchor on the page; out: back to the page."""
        return redirect(reverse("casussen:taak", args=[self.token]) + plek)


def achter_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """in: a view that takes request and Bezoek; out: the view by token; the calm page when the link does not open."""

    @login_not_required
    @wraps(view)
    def binnen(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            door, link = deur.open_link(request, token, ActorSoort.DEELNEMER)
        except deur.GeslotenLink:
            return gesloten(request)
        assert link.deelnemer is not None  # ActorSoort.DEELNEMER
        return view(request, Bezoek(token, door, link, link.deelnemer), **kwargs)

    return binnen


@require_safe
@achter_link
def taak(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """Out: the whole page."""
    return _toon(request, bezoek)


# The addresses of the buttons. Opened as a page (reloaded after a mistake) they lead back to the page itself.
@require_http_methods(["GET", "HEAD", "POST"])
@achter_link
def reactie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: an answer to one own agreement; out: back to it, or the page with what is wrong and what was typed."""
    if request.method != "POST":
        return bezoek.terug()
    if bezoek.taak().afspraak(pk) is None:
        raise Http404
    form = ReactieForm(request.POST)
    zin = _reageer(bezoek, pk, form)
    if zin:
        return _toon(request, bezoek, reactie_form=form, bij=pk, zin=zin)
    return bezoek.terug(f"#afspraak-{pk}" if bezoek.taak().te_beantwoorden else BOVENAAN)


@require_http_methods(["GET", "HEAD", "POST"])
@achter_link
def bereikbaar(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """in: how to reach this helper; out: back to the page, or the page with both texts when one was overtaken."""
    if request.method != "POST":
        return bezoek.terug()
    form = EigenBereikbaarForm(request.POST, huidig=bezoek.deelnemer)
    if not form.is_valid():
        return _toon(request, bezoek, form=form)
    try:
        zet_eigen_bereikbaarheid(
            door=bezoek.door,
            deelnemer=bezoek.deelnemer,
            versie=form.cleaned_data["versie"],
            velden=form.velden(),
        )
    except Verouderd as fout:
        form.add_error(None, str(fout))
        ander = anders(form, EigenBereikbaarForm(huidig=fout.huidig))
        return _toon(request, bezoek, form=form, ander=ander, versie=fout.huidig.versie)
    except Geweigerd:
        return gesloten(request)
    messages.success(
        request, _("Bewaard. Het gezin leest dit zodra de volgende versie van de afspraken is vastgesteld.")
    )
    return bezoek.terug(BOVENAAN)


@require_http_methods(["GET", "HEAD", "POST"])
@achter_link
def regie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: yes to a function that this helper was asked for; out: back to the page."""
    if request.method != "POST":
        return bezoek.terug()
    try:
        aanvaard(door=bezoek.door, regie=get_object_or_404(bezoek.deelnemer.regie, pk=pk))
    except Geweigerd as fout:
        messages.warning(request, str(fout))
    return bezoek.terug(BOVENAAN)


def _reageer(bezoek: Bezoek, pk: UUID, form: ReactieForm) -> str:
    """Out: why the answer was not saved, empty when it was."""
    if not form.is_valid():
        return form.zin()
    afspraak = bezoek.link.casus.afspraken.get(pk=pk)
    if afspraak.deelnemer_id != bezoek.deelnemer.pk:
        return _("Deze afspraak gaat net naar iemand anders. Je antwoord is niet bewaard. Je hoeft niets te doen.")
    try:
        reageer(door=bezoek.door, afspraak=afspraak, **form.cleaned_data)
    except Geweigerd as fout:
        return str(fout)
    return ""


def _toon(request: HttpRequest, bezoek: Bezoek, **extra: Any) -> HttpResponse:
    context = {
        "bezoek": bezoek,
        "taak": bezoek.taak(),
        "ik": bezoek.deelnemer,
        "coordinator": bezoek.link.casus.coordinator,
        "team": bezoek.link.casus.team,
        "laatste_dag": links.laatste_dag(bezoek.link),
        "form": EigenBereikbaarForm(huidig=bezoek.deelnemer),
    }
    return render(request, "taken/taak.html", context | extra)
