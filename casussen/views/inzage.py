"""A copy of everything about one person, for that person: what is in it, as data, and on paper."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from casussen import logboek, rechten
from casussen.overzicht import inzage as overzicht
from casussen.overzicht import inzage_papier
from casussen.views import deur


@require_GET
def inzage(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: somebody of the family; out: what a copy holds and what not, with the two buttons."""
    _door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    lid = get_object_or_404(casus.gezinsleden, pk=pk)
    open_ = [rij for rij in casus.verzoeken.filter(gezinslid=lid) if rij.is_open]
    return render(request, "verzoeken/inzage.html", {"casus": casus, "lid": lid, "verzoeken": open_})


@require_GET
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def inzage_json(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: somebody of the family; out: everything about this person as data, to take elsewhere (AVG 20)."""
    gegevens = _maak(request, casus_id, pk, "json")
    antwoord = JsonResponse(gegevens, json_dumps_params={"ensure_ascii": False, "indent": 2})
    antwoord["Content-Disposition"] = 'attachment; filename="alles-over-mij.json"'
    return antwoord


@require_GET
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def inzage_pdf(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: somebody of the family; out: the same to read."""
    gegevens = _maak(request, casus_id, pk, "pdf")
    inhoud = inzage_papier.maak(gegevens, nu=deur.nu())
    headers = {"Content-Disposition": 'attachment; filename="alles-over-mij.pdf"'}
    return HttpResponse(inhoud, content_type="application/pdf", headers=headers)


def _maak(request: HttpRequest, casus_id: UUID, pk: UUID, vorm: str) -> dict[str, Any]:
    """The name of the file says nothing about anybody. A copy is logged apart from reading."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    lid = get_object_or_404(casus.gezinsleden.select_related("casus"), pk=pk)
    gegevens = overzicht.maak(casus, lid, nu=deur.nu())
    logboek.schrijf(door=door, daad="maakte_inzage", casus_id=casus.pk, over=lid, velden=[vorm])
    return gegevens
