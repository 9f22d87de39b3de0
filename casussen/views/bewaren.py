"""How long closed casussen are kept: the list, the decision about one, the copy for the archive, removing for good."""

from typing import Any
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casussen import logboek, rechten
from casussen.acties.bewaren import besluit_wissen, bewaar_langer
from casussen.acties.fouten import Geweigerd
from casussen.acties.wissen import wis_casus as wis
from casussen.forms.verzoeken import LangerForm, WisCasusForm
from casussen.models import Casus
from casussen.overzicht import archief as kopie
from casussen.overzicht import bewaren as overzicht
from casussen.taal.datums import dag_voluit
from casussen.views import deur


@require_GET
def bewaren(request: HttpRequest) -> HttpResponse:
    """Out: the closed casussen of my teams, those that ask for a decision first."""
    teams = list(rechten.teams_met_register(deur.actor_van(request)).select_related("organisatie"))
    if not teams:
        raise PermissionDenied
    context = {
        "lijst": overzicht.lijst(teams, deur.vandaag()),
        "zonder_keuze": [team for team in teams if not team.organisatie.bewaarbeleid],
    }
    return render(request, "bewaren/lijst.html", context)


@require_http_methods(["GET", "POST"])
def bewaren_casus(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: `besluit` (wissen or langer, that one with a day and a reason); out: the page of the decision."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    if request.method == "GET":
        return _toon(request, casus)
    form = LangerForm(request.POST)
    langer = request.POST.get("besluit") != "wissen"  # nothing goes by mistake
    if langer and not form.is_valid():
        return _toon(request, casus, form=form)
    try:
        if langer:
            bewaar_langer(door=door, casus=casus, op=deur.vandaag(), **form.cleaned_data)
            zin = _("We bewaren deze samenwerking langer.")
        else:
            besluit_wissen(door=door, casus=casus, op=deur.vandaag())
            zin = _("Deze samenwerking wordt vanzelf gewist, de dag na de bewaartermijn.")
    except Geweigerd as fout:
        messages.error(request, str(fout))
        return _toon(request, casus, form=form if langer else LangerForm())
    messages.success(request, zin)
    return redirect("casussen:bewaren_casus", casus.pk)


@require_GET
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def archief(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Out: the whole casus as one zip file, with data and a PDF."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_gegevens_beheren)
    inhoud = kopie.maak(casus, nu=deur.nu())
    logboek.schrijf(door=door, daad="maakte_archief", casus_id=casus.pk, over=casus)
    headers = {"Content-Disposition": 'attachment; filename="archief.zip"'}
    return HttpResponse(inhoud, content_type="application/zip", headers=headers)


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def wis_casus(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: the name of the family, typed; out: the last question, or the list when everything is gone."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_casus_wissen)
    form = WisCasusForm(request.POST if request.method == "POST" else None, casus=casus)
    if form.is_valid():
        try:
            wis(door=door, casus=casus, op=deur.vandaag())
        except Geweigerd as fout:
            messages.error(request, str(fout))
            return redirect("casussen:bewaren_casus", casus.pk)
        messages.success(request, _("Alles over dit gezin is gewist."))
        return redirect("casussen:bewaren")
    return render(request, "bewaren/wis_casus.html", {"casus": casus, "form": form, **_stand(casus)})


def _toon(request: HttpRequest, casus: Casus, **context: Any) -> HttpResponse:
    return render(request, "bewaren/casus.html", {"casus": casus, "form": LangerForm(), **_stand(casus), **context})


def _stand(casus: Casus) -> dict[str, Any]:
    op = deur.vandaag()
    return {
        "vraagt_besluit": overzicht.vraagt_besluit(casus, op) and not casus.is_open,
        "nu_kan": not casus.is_open and overzicht.nu_wissen_kan(casus, op),
        "gekopieerd": overzicht.is_gekopieerd(casus),
        "lopend": overzicht.lopende_verzoeken(casus),
        "tot": dag_voluit(casus.bewaren_tot) if casus.bewaren_tot else "",
    }
