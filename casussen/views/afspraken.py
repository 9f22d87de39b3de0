"""Step 4, 5 and 7: who has the regie, who does what, and when everyone looks back."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from casussen.acties import afspraken, evaluaties
from casussen.acties import regie as regie_acties
from casussen.forms.mdo import AfspraakForm, TerugkijkenForm
from casussen.models.deelnemer import Functie
from casussen.overzicht.dossier import laad
from casussen.views import deur
from casussen.views.bewerken import bewerk, doe_of_zeg


@require_POST
def regie(request: HttpRequest, casus_id: UUID, functie: str) -> HttpResponse:
    """Names who holds a function; an empty choice makes it free."""
    if functie not in Functie.values:
        raise Http404
    door, casus = deur.om_te_wijzigen(request, casus_id)
    gekozen = request.POST.get("deelnemer", "")
    deelnemer = next((d for d in laad(casus).deelnemers if str(d.pk) == gekozen), None)
    if gekozen and deelnemer is None:
        raise Http404
    return doe_of_zeg(
        request, door, casus, 4,
        lambda: regie_acties.wijs_aan(door=door, casus=casus, functie=functie, deelnemer=deelnemer),
    )  # fmt: skip


@require_POST
def regie_ja(request: HttpRequest, casus_id: UUID, functie: str) -> HttpResponse:
    """Lets the named person, signed in, say yes."""
    door, casus = deur.casus_voor(request, casus_id)
    rij = get_object_or_404(
        casus.regie.select_related("deelnemer__professional", "casus"), functie=functie, tot__isnull=True
    )
    return doe_of_zeg(request, door, casus, 4, lambda: regie_acties.aanvaard(door=door, regie=rij))


@require_http_methods(["GET", "POST"])
def afspraak(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Makes or changes an agreement."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    dossier = laad(casus)
    huidig = next((a for a in dossier.afspraken if a.pk == pk), None)

    def form_van(rij: Any, data: Any = None) -> AfspraakForm:
        return AfspraakForm(data, prefix="afspraak", dossier=dossier, vandaag=deur.vandaag(), huidig=rij)

    return bewerk(
        request, door, casus, nummer=5, soort="afspraak", pk=pk,
        form=form_van(huidig, request.POST or None),
        form_van=form_van,
        doe=lambda form: afspraken.zet_afspraak(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip


@require_POST
def afspraak_vervalt(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Ends an agreement."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    rij = get_object_or_404(casus.afspraken, pk=pk)
    return doe_of_zeg(request, door, casus, 5, lambda: afspraken.laat_vervallen(door=door, casus=casus, afspraak=rij))


@require_http_methods(["GET", "POST"])
def terugkijken(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Plans when everyone looks back."""
    door, casus = deur.om_te_wijzigen(request, casus_id)

    def form_van(rij: Any, data: Any = None) -> TerugkijkenForm:
        return TerugkijkenForm(data, prefix="terugkijken", dossier=laad(casus), vandaag=deur.vandaag())

    return bewerk(
        request, door, casus, nummer=7, soort="terugkijken", pk=pk,
        form=form_van(None, request.POST or None),
        form_van=form_van,
        doe=lambda form: evaluaties.plan_evaluatie(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip
