"""What a helper says about the own part in one family: the role, a function, reachability, passing it on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casussen.acties import draden
from casussen.acties.deelnemers import zet_eigen_bereikbaarheid
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.acties.regie import aanvaard, weiger
from casussen.forms.taken import DoorgevenForm, EigenBereikbaarForm, WoordenForm
from casussen.models import Regie
from casussen.models.draad import RegelSoort
from casussen.views.bewerken import anders
from casussen.views.taakdeur import Bezoek
from casussen.views.taakpagina import BOVENAAN, Mis, bereikbaarheid, niet_bewaard, probeer, terug


@require_http_methods(["GET", "HEAD", "POST"])
def rol(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: what is not right about the own role; out: back to the page, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    deel = bezoek.deel(pk=pk)
    form = WoordenForm(request.POST)
    zin = probeer(
        form,
        lambda: draden.zeg(door=bezoek.als(deel), deelnemer=deel, soort=RegelSoort.ROL, **form.cleaned_data),
    )
    return terug(request, bezoek, Mis(deel=deel, plek=f"rol-{pk.hex}", zin=zin, form=form), f"#rol-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def doorgeven(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: who should take over the own part in one family; out: back to the page, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    deel = bezoek.deel(pk=pk)
    form = DoorgevenForm(request.POST)
    zin = probeer(
        form,
        lambda: draden.zeg(door=bezoek.als(deel), deelnemer=deel, soort=RegelSoort.DOORGEVEN, **form.cleaned_data),
    )
    return terug(request, bezoek, Mis(deel=deel, plek=f"doorgeven-{pk.hex}", zin=zin, form=form), f"#doorgeven-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def regie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: yes to a function that this helper was asked for; out: back to the page."""
    if request.method != "POST":
        return bezoek.terug()
    delen = {deel.pk: deel for deel in bezoek.delen}
    rij = get_object_or_404(Regie, pk=pk, deelnemer__in=delen)
    try:
        aanvaard(door=bezoek.als(delen[rij.deelnemer_id]), regie=rij)
    except Geweigerd as fout:
        messages.warning(request, str(fout))
    return bezoek.terug(BOVENAAN)


@require_http_methods(["GET", "HEAD", "POST"])
def regie_niet(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: that this helper would rather not have a function, and why; out: back to the page, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    delen = {deel.pk: deel for deel in bezoek.delen}
    rij = get_object_or_404(Regie, pk=pk, deelnemer__in=delen)
    deel = delen[rij.deelnemer_id]
    form = WoordenForm(request.POST)
    zin = probeer(form, lambda: weiger(door=bezoek.als(deel), regie=rij, **form.cleaned_data))
    return terug(request, bezoek, Mis(deel=deel, plek=f"regie-{pk.hex}", zin=zin, form=form), f"#rol-{deel.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def bereikbaar(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: how to reach this helper; out: back to the page, or the page with both texts when one was overtaken."""
    if request.method != "POST":
        return bezoek.terug()
    deel = bezoek.deel(pk=pk)
    form = bereikbaarheid(deel, request.POST)
    mis = Mis(deel=deel, plek=f"bereikbaar-{pk.hex}", zin="", form=form)
    if not form.is_valid():
        return niet_bewaard(request, bezoek, mis)
    try:
        zet_eigen_bereikbaarheid(
            door=bezoek.als(deel), deelnemer=deel, versie=form.cleaned_data["versie"], velden=form.velden()
        )
    except Verouderd as fout:
        form.add_error(None, str(fout))
        ander = anders(form, EigenBereikbaarForm(huidig=fout.huidig))
        return niet_bewaard(
            request, bezoek, Mis(deel=deel, plek=mis.plek, zin="", form=form, extra={"ander": ander, "nu": fout.huidig})
        )
    except Geweigerd as fout:
        return niet_bewaard(request, bezoek, Mis(deel=deel, plek=mis.plek, zin=str(fout), form=form))
    messages.success(
        request, _("Bewaard. Het gezin leest dit zodra de volgende versie van de afspraken is vastgesteld.")
    )
    return bezoek.terug(f"#bereikbaar-{pk}")
