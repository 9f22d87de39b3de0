"""Fixing a version: look once more, then everyone gets his part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor
from casussen.berichten import voorbeeld
from casussen.forms.casussen import VaststelForm
from casussen.models import Casus
from casussen.overzicht import gereed, momentopname, ontvangers, stand, verschil
from casussen.overzicht.dossier import laad
from casussen.overzicht.gevraagd import oorzaak
from casussen.views import deur


@require_http_methods(["GET", "POST"])
def vaststellen(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: a casus, the number of the version on the button; out: the last look, or back with what was sent."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    if request.method == "GET":
        return _toon(request, door, casus)
    form = VaststelForm(request.POST)
    if not form.is_valid():
        return _toon(request, door, casus, _("Dit scherm was te oud. Er is niets verstuurd. Kijk nog één keer."))
    try:
        versie = stel_vast(door=door, casus=casus, **form.cleaned_data)
    except Geweigerd as fout:
        return _toon(request, door, casus, str(fout))
    aantal = casus.berichten.filter(sleutel__startswith=f"{oorzaak(versie)}:").count()
    zin = ngettext(
        "Versie %(nummer)d is vastgesteld. %(aantal)d mens krijgt een mail.",
        "Versie %(nummer)d is vastgesteld. %(aantal)d mensen krijgen een mail.",
        aantal,
    )
    messages.success(request, zin % {"nummer": versie.nummer, "aantal": aantal})
    return redirect("casussen:stand", casus_id=casus.pk)


def _toon(request: HttpRequest, door: Actor, casus: Casus, geweigerd: str = "") -> HttpResponse:
    dossier = laad(casus)
    opname = momentopname.van_dossier(dossier)
    laatste = casus.vaststellingen.select_related("door").first()
    punten = gereed.punten(opname, deur.vandaag(), dossier.meelezers)
    mist = [punt for punt in punten if punt.staat == "blokkeert"]
    kop = stand.kop(casus, opname, laatste)
    mensen = ontvangers.ontvangers(dossier, opname, door)
    aan = ontvangers.voor_het_voorbeeld(mensen)
    context: dict[str, Any] = {
        "casus": casus,
        "kop": kop,
        "laatste": laatste,
        "nummer": kop.versie + 1,
        "vandaag": deur.vandaag(),
        "geweigerd": geweigerd,
        "punten": punten,
        "mist": mist,
        "kan": casus.is_open and kop.concept and not mist,
        "gezien": verschil.vingerafdruk(opname),
        "eerste": [] if laatste else verschil.eerste(opname),
        "verschillen": verschil.verschillen(laatste.inhoud, opname) if laatste else [],
        "ontvangers": mensen,
        "mail": voorbeeld.maak(casus, aan.mens, aan.soort, nu=deur.nu()) if aan and aan.soort else None,
        **ontvangers.telling(mensen),
    }
    return render(request, "casus/vaststellen.html", context)
