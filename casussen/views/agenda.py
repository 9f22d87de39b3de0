"""Looking back together in one's own calendar: a file of one day, and an address that a calendar program follows."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casussen import rem
from casussen.acties.agenda import maak_agendafeed, trek_agendafeed_in
from casussen.models import Professional
from casussen.overzicht import agenda as overzicht
from casussen.views import deur
from casussen.views.taakdeur import Bezoek

# Programs ask every few minutes at most; somebody who guesses asks much more often.
PER_ADRES = rem.Grens("agenda-adres", hooguit=300)
PER_TOKEN = rem.Grens("agenda-token", hooguit=60)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """in: `wat` (maak or stop); out: the page about the own calendar address; a new one stands on it once."""
    ik = bezoek.door.deelnemer or bezoek.door.medewerker
    professional = ik.professional if ik else None
    if professional is None:
        raise Http404  # family and friends, and who stands in no address book
    context = {"bezoek": bezoek, **_doe(request, bezoek, professional)}
    context["feed"] = overzicht.open_feed(professional)
    return render(request, "taken/agenda_adres.html", context)


def _doe(request: HttpRequest, bezoek: Bezoek, professional: Professional) -> dict[str, object]:
    wat = request.POST.get("wat", "")
    if wat == "maak":
        token = maak_agendafeed(door=bezoek.door, professional=professional)
        return {"adres": settings.SITE_URL + reverse("casussen:agendafeed", args=[token])}
    return {"gestopt": wat == "stop" and trek_agendafeed_in(door=bezoek.door, professional=professional)}


@require_safe
def gesprek(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: the id of an own part; out: the day on which everyone looks back, for a calendar; 404 when there is none."""
    deel = bezoek.deel(pk=pk)
    gesprekken = overzicht.van_delen([deel], deur.vandaag())
    if not gesprekken:
        raise Http404
    deur.schrijf_gelezen(request, bezoek.als(deel), deel.casus_id, deel)
    return _ics(overzicht.ics(gesprekken.values()), "samen-terugkijken.ics")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Out: all days of one professional; the same plain 404 for a token that was taken back and for one never made.

    A program that asks every hour is no reading of a casus, and gets nothing of one: days, without a name.
    """
    if not (rem.tel(PER_ADRES, rem.adres(request)) and rem.tel(PER_TOKEN, token)):
        return HttpResponse(status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": "300"})
    gevonden = overzicht.zoek_feed(token)
    if gevonden is None:
        return HttpResponse("Deze agenda is er niet.\n", status=404, content_type="text/plain; charset=utf-8")
    return _ics(overzicht.ics(overzicht.van_feed(gevonden, deur.vandaag())), "agenda.ics")


def _ics(inhoud: bytes, naam: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{naam}"'}
    return HttpResponse(inhoud, content_type="text/calendar; charset=utf-8", headers=headers)
