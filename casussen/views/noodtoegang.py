"""Emergency access: taking it, and for a beheerder who took it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from casussen import beheerrechten, rechten
from casussen.acties.fouten import Geweigerd
from casussen.acties.noodtoegang import neem_noodtoegang, zoek
from casussen.actor import Actor
from casussen.forms.toegang import NoodtoegangForm
from casussen.models import Casus
from casussen.overzicht.noodtoegang import van_organisaties
from casussen.views import deur

PER_BLADZIJDE = 50


@require_http_methods(["GET", "POST"])
def noodtoegang(request: HttpRequest) -> HttpResponse:
    """in: an exact name or number, and why; out: the form, or the casus, open for one hour."""
    door = deur.actor_van(request)
    if not rechten.mag_noodtoegang_nemen(door):
        raise PermissionDenied
    form = NoodtoegangForm(request.POST) if request.method == "POST" else NoodtoegangForm()
    casus = _open(door, form) if form.is_bound and form.is_valid() else None
    if casus is not None:
        return redirect("casussen:stand", casus_id=casus.pk)
    lopend = rechten.lopende_noodtoegang(door, deur.nu()).select_related("casus").order_by("tot")
    return render(request, "noodtoegang/noodtoegang.html", {"form": form, "lopend": lopend})


def _open(door: Actor, form: NoodtoegangForm) -> Casus | None:
    """The casus that is open now; None when the form says what is wrong or asks which one."""
    try:
        gevonden = zoek(door=door, wat=form.cleaned_data["wat"])
        if not gevonden:
            form.add_error("wat", _("Er is geen samenwerking gevonden met precies deze naam of dit nummer."))
            return None
        casus = form.vraag_welke(gevonden)
        if casus is not None and not rechten.mag_casus_zien(door, casus):
            neem_noodtoegang(door=door, pk=form.cleaned_data["id"], casus=casus, reden=form.cleaned_data["reden"])
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return None
    return casus


@require_GET
def overzicht(request: HttpRequest) -> HttpResponse:
    """Out: for a beheerder, who took emergency access in the own organisations; no family, no reason."""
    door = deur.actor_van(request)
    if not beheerrechten.mag_beheren(door):
        raise PermissionDenied
    gebruikt = van_organisaties(beheerrechten.organisaties_te_beheren(door))
    bladzijde = Paginator(gebruikt, PER_BLADZIJDE).get_page(request.GET.get("bladzijde"))
    return render(request, "noodtoegang/overzicht.html", {"bladzijde": bladzijde, "nu": deur.nu()})
