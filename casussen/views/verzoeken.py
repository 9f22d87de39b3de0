"""What somebody of the family asks about the own data: the register, one request, and removing one person."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from casussen import rechten
from casussen.acties.fouten import Geweigerd
from casussen.acties.verzoeken import beslis_verzoek, neem_verzoek_op, verleng_verzoek
from casussen.acties.wissen import wis_persoon as wis
from casussen.actor import Actor
from casussen.forms.verzoeken import BesluitForm, VerlengForm, VerzoekForm, WisPersoonForm
from casussen.models import Casus, Verzoek
from casussen.overzicht import naamzoeker
from casussen.overzicht import verzoeken as overzicht
from casussen.views import deur

PER_PAGINA = 50


@require_GET
def verzoeken(request: HttpRequest) -> HttpResponse:
    """Out: the requests in the casussen of my teams, those that wait first."""
    teams = list(rechten.teams_met_register(deur.actor_van(request)))
    if not teams:
        raise PermissionDenied
    op = deur.vandaag()
    bladzijde = Paginator(overzicht.gedaan(teams), PER_PAGINA).get_page(request.GET.get("bladzijde"))
    context = {
        "te_doen": [overzicht.regel(verzoek, op) for verzoek in overzicht.te_doen(teams)],
        "gedaan": [overzicht.regel(verzoek, op) for verzoek in bladzijde.object_list],
        "bladzijde": bladzijde,
    }
    return render(request, "verzoeken/register.html", context)


@require_http_methods(["GET", "POST"])
def nieuw(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: `gezinslid` in the address to choose that one; out: the form, or the request that was recorded."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    form = VerzoekForm(
        request.POST if request.method == "POST" else None,
        gezinsleden=list(casus.gezinsleden.all()),
        wie=request.GET.get("gezinslid", ""),
        vandaag=deur.vandaag(),
    )
    if form.is_valid():
        velden = {naam: form.cleaned_data[naam] for naam in ("soort", "tekst", "ontvangen_op")}
        try:
            verzoek = neem_verzoek_op(
                door=door, casus=casus, pk=form.cleaned_data["id"], gezinslid=form.gekozen(), **velden
            )
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        else:
            return redirect("casussen:verzoek", casus.pk, verzoek.pk)
    return render(request, "verzoeken/nieuw.html", {"casus": casus, "form": form})


@require_http_methods(["GET", "POST"])
def verzoek(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: the decision; out: one request, with what can be done about it."""
    door, casus, rij = _een(request, casus_id, pk)
    if request.method == "GET":
        return _toon(request, casus, rij)
    form = BesluitForm(request.POST)
    if form.is_valid():
        try:
            beslis_verzoek(door=door, verzoek=rij, **form.cleaned_data)
        except Geweigerd as fout:
            return _te_laat(request, casus, rij, str(fout), form.cleaned_data["reden"])
        messages.success(request, _("Het besluit staat erin. Vertel het ook aan wie het vroeg."))
        return redirect("casussen:verzoek", casus.pk, rij.pk)
    return _toon(request, casus, rij, besluit=form)


@require_POST
def verleng(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: why more time is needed; out: back to the request."""
    door, casus, rij = _een(request, casus_id, pk)
    form = VerlengForm(request.POST)
    if form.is_valid():
        try:
            verleng_verzoek(door=door, verzoek=rij, **form.cleaned_data)
        except Geweigerd as fout:
            return _te_laat(request, casus, rij, str(fout), form.cleaned_data["reden"])
        messages.success(request, _("Jullie hebben twee maanden meer. Vertel waarom aan wie het vroeg."))
        return redirect("casussen:verzoek", casus.pk, rij.pk)
    return _toon(request, casus, rij, verlengen=form)


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def wis_persoon(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: the last confirmation; out: what goes and where the name stands, or the register when it is done."""
    door, casus, rij = _een(request, casus_id, pk)
    if not rij.moet_nog_gewist or rij.gezinslid is None:
        messages.info(request, _("Over dit verzoek is niet besloten om te wissen, of het is al gedaan."))
        return redirect("casussen:verzoek", casus.pk, rij.pk)
    vraag_naam = naamzoeker.zoeker(casus, rij.gezinslid).noemt(casus.naam)
    form = WisPersoonForm(request.POST if request.method == "POST" else None, vraag_naam=vraag_naam)
    if form.is_valid():
        try:
            wis(door=door, verzoek=rij, casusnaam=form.cleaned_data.get("casusnaam", ""))
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        else:
            messages.success(request, _("Alles over deze persoon is gewist."))
            return redirect("casussen:verzoeken")
    context = {
        "casus": casus,
        "verzoek": rij,
        "form": form,
        "plaatsen": naamzoeker.vindplaatsen(casus, rij.gezinslid),
        "versies": naamzoeker.in_versies(casus, rij.gezinslid),
    }
    return render(request, "verzoeken/wis_persoon.html", context)


def _een(request: HttpRequest, casus_id: UUID, pk: UUID) -> tuple[Actor, Casus, Verzoek]:
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    return door, casus, get_object_or_404(casus.verzoeken.select_related("gezinslid", "besloten_door"), pk=pk)


def _te_laat(request: HttpRequest, casus: Casus, verzoek: Verzoek, zin: str, getypt: str) -> HttpResponse:
    """The form may be gone from the page by now, so what was typed stands beside the reason why it was not saved."""
    verzoek.refresh_from_db()
    return _toon(request, casus, verzoek, geweigerd=zin, getypt=getypt)


def _toon(request: HttpRequest, casus: Casus, verzoek: Verzoek, **extra: Any) -> HttpResponse:
    context = {
        "casus": casus,
        "verzoek": verzoek,
        "regel": overzicht.regel(verzoek, deur.vandaag()),
        "kan_verlengen": verzoek.is_open and not verzoek.verlengd_op and verzoek.uiterlijk >= deur.vandaag(),
        "besluit": BesluitForm(),
        "verlengen": VerlengForm(),
        **extra,
    }
    return render(request, "verzoeken/verzoek.html", context)
