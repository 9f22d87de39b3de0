"""Handing a casus over to another team."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casussen import rechten
from casussen.acties.fouten import Geweigerd
from casussen.acties.teams import draag_over
from casussen.actor import Actor
from casussen.forms.casussen import ZoekForm
from casussen.forms.toegang import OverdrachtForm
from casussen.models import Casus
from casussen.overzicht import overdracht as overzicht
from casussen.views import deur


@require_http_methods(["GET", "POST"])
def overdracht(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: to whom and why, and then a yes; out: the form, what it means, or the list after it was done."""
    if request.method == "POST" and _al_gedaan(request, casus_id):
        return redirect("casussen:lijst")
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_casus_overdragen)
    ontvangers = overzicht.ontvangers(casus, ZoekForm(request.POST).woord(), deur.vandaag())
    if request.method == "GET":
        return _toon(request, casus, OverdrachtForm(ontvangers=ontvangers))
    if "zoeken" in request.POST:
        return _toon(request, casus, OverdrachtForm(initial=request.POST, ontvangers=ontvangers), gezocht=True)
    form = OverdrachtForm(request.POST, ontvangers=ontvangers)
    if not form.is_valid():
        return _toon(request, casus, form)
    if "ja" not in request.POST:
        gevolgen = overzicht.gevolgen(casus, form.gekozen()[0], deur.vandaag())
        return _toon(request, casus, form, gevolgen=gevolgen)
    return _draag_over(request, door, casus, form)


def _al_gedaan(request: HttpRequest, casus_id: UUID) -> bool:
    """A second press on the button: whoever handed it over often cannot see the casus any more."""
    door = deur.actor_van(request)
    return overzicht.eigen_overdracht(casus_id, door, request.POST.get("id", "")) is not None


def _toon(request: HttpRequest, casus: Casus, form: OverdrachtForm, **extra: Any) -> HttpResponse:
    context = {"casus": casus, "form": form, **extra}
    if "gevolgen" in extra:
        context["team"], context["coordinator"] = form.gekozen()
    return render(request, "casus/overdracht.html", context)


def _draag_over(request: HttpRequest, door: Actor, casus: Casus, form: OverdrachtForm) -> HttpResponse:
    team, coordinator = form.gekozen()
    try:
        draag_over(
            door=door,
            pk=form.cleaned_data["id"],
            casus=casus,
            naar_team=team,
            coordinator=coordinator,
            reden=form.cleaned_data["reden"],
        )
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return _toon(request, casus, form)
    zin = _("%(gezin)s is nu van %(team)s. %(naam)s kreeg een mail.")
    messages.success(request, zin % {"gezin": casus.naam, "team": team.naam, "naam": coordinator.naam})
    return redirect("casussen:lijst")
