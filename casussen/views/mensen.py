"""Step 2 and 6: the people in a casus, what they do, and how to reach them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST

from casussen.acties import adresboek, deelnemers, gezin
from casussen.forms.mensen import AdresForm, BereikbaarForm, GezinslidForm, NetwerklidForm, NieuweHelperForm, RolForm
from casussen.models import Deelnemer, Professional
from casussen.overzicht.dossier import Dossier, laad
from casussen.views import deur
from casussen.views.bewerken import bewerk, doe_of_zeg


def _deelnemer(dossier: Dossier, pk: UUID) -> Deelnemer:
    for deelnemer in dossier.deelnemers:
        if deelnemer.pk == pk:
            return deelnemer
    raise Http404


def _professional(pk: str) -> Professional:
    try:
        return Professional.objects.get(pk=pk)
    except (Professional.DoesNotExist, ValidationError):
        raise Http404 from None


@require_http_methods(["GET", "POST"])
def gezinslid(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Adds or changes somebody of the family."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    relaties = casus.handreiking.inhoud.relaties
    huidig = casus.gezinsleden.filter(pk=pk, weg_op__isnull=True).first()

    def form_van(lid: Any, data: Any = None) -> GezinslidForm:
        return GezinslidForm(data, prefix="gezinslid", relaties=relaties, vandaag=deur.vandaag(), huidig=lid)

    return bewerk(
        request, door, casus, nummer=2, soort="gezinslid", pk=pk,
        form=form_van(huidig, request.POST or None),
        form_van=form_van,
        doe=lambda form: gezin.zet_gezinslid(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip


@require_POST
def gezinslid_weg(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Marks that somebody does not belong to the family (any more)."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    lid = get_object_or_404(casus.gezinsleden, pk=pk)
    return doe_of_zeg(request, door, casus, 2, lambda: gezin.haal_gezinslid_weg(door=door, casus=casus, gezinslid=lid))


@require_http_methods(["GET", "POST"])
def netwerklid(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Adds or changes somebody from the family's own network."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    dossier = laad(casus)
    huidig = next((d for d in dossier.netwerk if d.pk == pk), None)

    def form_van(deelnemer: Any, data: Any = None) -> NetwerklidForm:
        return NetwerklidForm(data, prefix="netwerklid", gezinsleden=dossier.gezinsleden, huidig=deelnemer)

    return bewerk(
        request, door, casus, nummer=2, soort="netwerklid", pk=pk,
        form=form_van(huidig, request.POST or None),
        form_van=form_van,
        doe=lambda form: deelnemers.zet_netwerklid(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"],
            persoon=form.persoon(), velden=form.velden(),
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def helper(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Lets a helper take part: from the address book (`professional`), or new with name and organisation."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    if request.POST.get("professional"):
        bekend = _professional(request.POST["professional"])
        return doe_of_zeg(
            request, door, casus, 2,
            lambda: deelnemers.voeg_professional_toe(door=door, casus=casus, pk=pk, professional=bekend),
        )  # fmt: skip
    dossier = laad(casus)

    def doe(form: Any) -> None:
        professional = deelnemers.zet_in_adresboek(door=door, **form.adresboek())
        deelnemers.voeg_professional_toe(
            door=door, casus=casus, pk=pk, professional=professional, velden=form.velden(),
            eerst_toestemming=form.eerst_toestemming,
        )  # fmt: skip

    def form_van(deelnemer: Any, data: Any = None) -> NieuweHelperForm:
        return NieuweHelperForm(data, prefix="helper", gezinsleden=dossier.gezinsleden)

    return bewerk(
        request, door, casus, nummer=2, soort="helper", pk=pk,
        form=form_van(None, request.POST or None), form_van=form_van, doe=doe,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def rol(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Changes what somebody does, decides and does not do, and who may know it."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    dossier = laad(casus)

    def form_van(deelnemer: Any, data: Any = None) -> RolForm:
        return RolForm(data, prefix="rol", gezinsleden=dossier.gezinsleden, huidig=deelnemer)

    return bewerk(
        request, door, casus, nummer=5, soort="rol", pk=pk,
        form=form_van(_deelnemer(dossier, pk), request.POST or None),
        form_van=form_van,
        doe=lambda form: deelnemers.wijzig_deelnemer(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def adres(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Mends the entry of a helper in the address book."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    deelnemer = _deelnemer(laad(casus), pk)
    if deelnemer.professional is None:
        raise Http404

    def form_van(professional: Any, data: Any = None) -> AdresForm:
        return AdresForm(data, prefix="adres", huidig=professional)

    return bewerk(
        request, door, casus, nummer=2, soort="adres", pk=pk,
        form=form_van(deelnemer.professional, request.POST or None),
        form_van=form_van,
        doe=lambda form: adresboek.wijzig_in_adresboek(
            door=door, casus=casus, deelnemer=deelnemer, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def bereikbaar(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Changes when and how somebody can be reached."""
    door, casus = deur.om_te_wijzigen(request, casus_id)

    def form_van(deelnemer: Any, data: Any = None) -> BereikbaarForm:
        return BereikbaarForm(data, prefix="bereikbaar", huidig=deelnemer)

    return bewerk(
        request, door, casus, nummer=6, soort="bereikbaar", pk=pk,
        form=form_van(_deelnemer(laad(casus), pk), request.POST or None),
        form_van=form_van,
        doe=lambda form: deelnemers.wijzig_deelnemer(
            door=door, casus=casus, pk=pk, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
    )  # fmt: skip


@require_POST
def deelnemer_stopt(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """Ends somebody's part."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    deelnemer = get_object_or_404(casus.deelnemers.select_related("professional", "netwerklid"), pk=pk)
    return doe_of_zeg(
        request, door, casus, 2,
        lambda: deelnemers.beeindig_deelnemer(door=door, casus=casus, deelnemer=deelnemer),
    )  # fmt: skip
