"""Who looked, and who did what: in one casus, and in one organisation."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from casussen import beheerrechten, rechten
from casussen import logboek as log
from casussen.forms.logboek import LogboekBeheerForm, LogboekForm
from casussen.overzicht import logboek_beheer as overzicht
from casussen.overzicht.logregels import Mensen, per_dag
from casussen.views import deur

PER_PAGINA = 50
SOORTEN = {"": _("Alles"), "gekeken": _("Gekeken"), "veranderd": _("Veranderd"), "verstuurd": _("Verstuurd")}


@require_GET
def logboek(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: a casus; what to look for (LogboekForm) and `bladzijde` in the address; out: one page of its log."""
    _door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_logboek_lezen)
    mensen = Mensen(casus)
    form = LogboekForm(request.GET, mensen=mensen.keuzes())
    vraag = form.vraag()
    bladzijde = Paginator(mensen.regels(vraag), PER_PAGINA).get_page(request.GET.get("bladzijde"))
    keren, kijkers = mensen.bekeken(vraag)
    context = {
        "casus": casus,
        "form": form,
        "wat": vraag.wat if vraag.wat in SOORTEN else "",
        "soorten": SOORTEN.items(),
        "gefilterd": form.has_changed(),
        "keren": keren,
        "kijkers": kijkers,
        "bladzijde": bladzijde,
        "dagen": per_dag(mensen, casus, list(bladzijde.object_list)),
    }
    return render(request, "logboek/logboek.html", context)


@require_GET
def logboek_beheer(request: HttpRequest) -> HttpResponse:
    """in: what to look for (LogboekBeheerForm) in the address; out: the log of the own organisation, without families.

    403 for who manages nothing. That somebody searched is a line of its own.
    """
    door = deur.actor_van(request)
    if not beheerrechten.mag_beheren(door):
        raise PermissionDenied
    log.schrijf(door=door, daad="doorzocht_logboek", casus_id=None)
    medewerkers = [(mens.pk, mens.naam) for mens in beheerrechten.medewerkers_te_beheren(door).order_by("naam")]
    form = LogboekBeheerForm(request.GET, medewerkers=medewerkers, daden=overzicht.daden())
    form.is_valid()
    regels = overzicht.zoek(beheerrechten.logregels_te_doorzoeken(door), form.cleaned_data, deur.vandaag())
    bladzijde = Paginator(regels, PER_PAGINA).get_page(request.GET.get("bladzijde"))
    context = {
        "form": form,
        "bladzijde": bladzijde,
        "dagen": overzicht.per_dag(list(bladzijde.object_list), {pk for pk, _naam in medewerkers}),
    }
    return render(request, "logboek/beheer.html", context)
