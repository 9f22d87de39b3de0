"""Who looked, for a member of the family behind the own link."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casussen.overzicht import wie_keek as overzicht
from casussen.views import deur
from casussen.views.gezinsdeur import Gezinsbezoek

DAGEN_PER_PAGINA = 14


@require_safe
def wie_keek(request: HttpRequest, bezoek: Gezinsbezoek) -> HttpResponse:
    """in: the own link, `bladzijde` in the address; out: by day who looked, without what they read."""
    casus = bezoek.casus
    deur.schrijf_gelezen(request, bezoek.door, casus.pk, bezoek.link)
    bladzijde = Paginator(overzicht.dagen(casus), DAGEN_PER_PAGINA).get_page(request.GET.get("bladzijde"))
    context = {
        "casus": casus,
        "token": bezoek.token,
        "je": bezoek.je,
        "bladzijde": bladzijde,
        "dagen": overzicht.op_dagen(casus, bezoek.lid, bladzijde.object_list, deur.vandaag()),
    }
    return render(request, "gezin/wie_keek.html", context)
