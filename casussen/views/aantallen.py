"""Counts for beleid, and the start page of whoever works with no family."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from casussen import rechten
from casussen.actor import Actor
from casussen.models.organisatie import TeamRol
from casussen.overzicht.aantallen import per_team
from casussen.overzicht.vandaag import groet
from casussen.views import deur
from casussen.views.taakpagina import bij_anderen


@require_GET
def aantallen(request: HttpRequest) -> HttpResponse:
    """Out: for beleid, how many families and children per team of the own organisation; no names."""
    door = deur.actor_van(request)
    if not rechten.mag_aantallen_lezen(door):
        raise PermissionDenied
    teams = per_team(rechten.organisaties_met_aantallen(door), deur.vandaag())
    return render(request, "casussen/aantallen.html", {"teams": teams, "vandaag": deur.vandaag()})


def start(request: HttpRequest, door: Actor) -> HttpResponse:
    """in: somebody who works with no family; out: the counts for beleid, else what there is to do."""
    if rechten.mag_aantallen_lezen(door):
        return redirect("casussen:aantallen")
    context = {
        "bij_anderen": bij_anderen(door),
        "groet": groet(timezone.localtime(deur.nu())),
        "is_bureaudienst": bool(door.teams_met(TeamRol.BUREAUDIENST)),
    }
    return render(request, "casussen/start.html", context)
