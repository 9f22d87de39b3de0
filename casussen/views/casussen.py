"""The list of casussen of a team, and beginning a new one."""

from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casussen import logboek, rechten
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.forms.casussen import NieuwForm, ZoekForm
from casussen.models import Casus
from casussen.overzicht import lijst as overzicht
from casussen.overzicht import vandaag, vandaag_delen, vandaag_gegevens, vandaag_toegang
from casussen.views import deur
from casussen.views.aantallen import start
from casussen.views.taakpagina import bij_anderen


@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Out: the list of casussen."""
    return redirect("casussen:lijst")


@require_GET
def lijst(request: HttpRequest) -> HttpResponse:
    """Out: what needs me today, and the casussen of my teams, those that I lead first. Reading it is logged."""
    door = deur.actor_van(request)
    if not rechten.mag_lijst_lezen(door):
        return start(request, door)
    logboek.schrijf(door=door, daad="bekeek_lijst", casus_id=None)
    nu = timezone.localtime(deur.nu())
    zoeken = ZoekForm(request.GET)
    woord, afgesloten = zoeken.woord(), zoeken.ook_afgesloten()
    eigen, bladzijde = _casussen(door, woord, afgesloten, request.GET.get("bladzijde"))
    gezien = {casus.pk: casus for casus in [*eigen, *bladzijde.object_list]}
    beelden = {beeld.casus.pk: beeld for beeld in overzicht.beelden(list(gezien.values()))}
    teams = list(rechten.teams_om_te_beginnen(door))
    mijn = [beelden[casus.pk] for casus in eigen]
    taken = [
        *vandaag_gegevens.taken(door, nu.date()),
        *vandaag_toegang.taken(eigen, door),
        *vandaag.taken(mijn, door, nu.date()),
        *vandaag_delen.taken(mijn, nu.date()),
    ]
    context = {
        "groet": vandaag.groet(nu),
        "nu": nu,
        "taken": taken,
        "aantal": vandaag.aantal_in_woorden(len(taken)),
        "rijen": [overzicht.rij(beelden[casus.pk], door, nu.date()) for casus in bladzijde.object_list],
        "bladzijde": bladzijde,
        "zoek": woord,
        "afgesloten": afgesloten,
        "form": NieuwForm(teams=teams) if teams else None,
        "bij_anderen": bij_anderen(door),
        "eerste_keer": not (eigen or bladzijde.object_list or woord or afgesloten),
    }
    return render(request, "casussen/lijst.html", context)


def _casussen(door: Actor, woord: str, afgesloten: bool, nummer: str | None) -> tuple[list[Casus], Any]:
    """The open casussen that I lead, and one page of those that were asked for."""
    alle = rechten.casussen_van(door).select_related("team__organisatie", "coordinator")
    van_mij = overzicht.is_van_mij(door)
    eigen = list(alle.filter(van_mij, afgesloten_op__isnull=True))
    gevraagd = overzicht.zoek(alle.filter(afgesloten_op__isnull=not afgesloten), woord)
    bladzijden = Paginator(overzicht.eigen_eerst(gevraagd, van_mij), overzicht.PER_BLADZIJDE)
    return eigen, bladzijden.get_page(nummer)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """in: two fields; out: the form, or the first step of the casus that was begun."""
    door = deur.actor_van(request)
    teams = list(rechten.teams_om_te_beginnen(door))
    if not teams or door.medewerker is None:
        raise PermissionDenied
    if request.method == "GET":
        return render(request, "casussen/nieuw.html", {"form": NieuwForm(teams=teams)})
    form = NieuwForm(request.POST, teams=teams)
    if form.is_valid():
        naam = form.cleaned_data["naam"]
        try:
            casus = begin_casus(
                door=door,
                pk=form.cleaned_data["id"],
                naam=naam,
                soort=form.cleaned_data["soort"],
                team=form.gekozen_team(),
                coordinator=door.medewerker,
            )
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        else:
            if casus.naam == naam:
                return redirect("casussen:stap", casus_id=casus.pk, nummer=1)
            form = _opnieuw(form, teams, casus)
    return render(request, "casussen/nieuw.html", {"form": form})


def _opnieuw(form: NieuwForm, teams: list[Any], casus: Casus) -> NieuwForm:
    """A form that came back with the browser's back button and another name: it may begin another casus."""
    vers = NieuwForm({**form.cleaned_data, "id": uuid4()}, teams=teams)
    zin = _("Met dit scherm begon je net %(naam)s. Wil je nog een gezin beginnen? Druk dan opnieuw op de knop.")
    vers.add_error(None, zin % {"naam": casus.naam})
    return vers
