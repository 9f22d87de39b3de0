"""Who looked, and who did what."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from casussen import rechten
from casussen.overzicht.logboek import logregels, per_dag
from casussen.views import deur

PER_PAGINA = 50
SOORTEN = {"": _("Alles"), "gekeken": _("Gekeken"), "veranderd": _("Veranderd"), "verstuurd": _("Verstuurd")}


@require_GET
def logboek(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: a casus, `wat` (one of SOORTEN) and `bladzijde` in the address; out: one page of its log."""
    door = deur.actor_van(request)
    gezien = rechten.casussen_van(door).filter(pk=casus_id).first()
    # Checked before the door writes that this was read: a refusal is no reading.
    if gezien is not None and not rechten.mag_logboek_lezen(door, gezien):
        raise PermissionDenied
    _door, casus = deur.casus_voor(request, casus_id)
    wat = request.GET.get("wat", "")
    bladzijde = Paginator(logregels(casus, wat), PER_PAGINA).get_page(request.GET.get("bladzijde"))
    context = {
        "casus": casus,
        "wat": wat if wat in SOORTEN else "",
        "soorten": SOORTEN.items(),
        "bladzijde": bladzijde,
        "dagen": per_dag(casus, list(bladzijde.object_list)),
    }
    return render(request, "logboek/logboek.html", context)
