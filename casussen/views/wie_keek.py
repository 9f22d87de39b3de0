"""Who looked, for a member of the family behind the own link."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from casussen.actor import ActorSoort
from casussen.overzicht import wie_keek as overzicht
from casussen.taal.aanspreken import is_jong
from casussen.views import deur, link
from casussen.views.deur import GeslotenLink

DAGEN_PER_PAGINA = 14


@login_not_required
@require_GET
def wie_keek(request: HttpRequest, token: str) -> HttpResponse:
    """in: the own link, `bladzijde` in the address; out: by day who looked, without what they read."""
    try:
        toegang = deur.open_link(request, token, ActorSoort.GEZINSLID)
    except GeslotenLink:
        return link.gesloten(request)
    lid, casus = toegang.link.gezinslid, toegang.link.casus
    deur.schrijf_gelezen(request, toegang.door, casus.pk, toegang.link)
    assert lid is not None  # open_link lets nobody else in here
    bladzijde = Paginator(overzicht.dagen(casus), DAGEN_PER_PAGINA).get_page(request.GET.get("bladzijde"))
    context = {
        "casus": casus,
        "token": token,
        "je": is_jong(lid.geboren, lid.relatie, deur.vandaag()),
        "bladzijde": bladzijde,
        "dagen": overzicht.op_dagen(casus, lid, bladzijde.object_list, deur.vandaag()),
    }
    return render(request, "gezin/wie_keek.html", context)
