"""How one casus stands: what to do now, who answered, who got what, which versions there are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casussen import rechten
from casussen.acties.berichten import stuur_opnieuw
from casussen.acties.fouten import Geweigerd
from casussen.overzicht import gegevenskaart, momentopname, post, teamkaart
from casussen.overzicht import stand as overzicht
from casussen.overzicht.dossier import laad
from casussen.overzicht.stap import pad
from casussen.overzicht.staten import staten
from casussen.overzicht.verschil import verschillen
from casussen.views import deur


@require_GET
def stand(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: a casus; out: the page that says how it stands and what to do now."""
    door, casus = deur.casus_voor(request, casus_id)
    dossier = laad(casus)
    opname = momentopname.van_dossier(dossier)
    laatste = casus.vaststellingen.select_related("door").first()
    kop = overzicht.kop(casus, opname, laatste)
    berichten = post.laatste_berichten([casus.pk])
    mensen = overzicht.mensen(dossier, laatste.inhoud if laatste else None, berichten, door)
    stappen = pad(dossier, staten(opname, casus.handreiking.inhoud), 0)
    context = {
        "casus": casus,
        "kop": kop,
        "vandaag": deur.vandaag(),
        "dossier": dossier,
        "laatste": laatste,
        "nu": overzicht.wat_nu(dossier, opname, kop, mensen.helpers, deur.vandaag()) if casus.is_open else None,
        "helpers": mensen.helpers,
        "gezin": mensen.gezin,
        "stappen": stappen,
        "klaar": sum(1 for stap in stappen if stap.staat == "klaar"),
        "niet_aangekomen": post.niet_aangekomen(berichten),
        "verschillen": verschillen(laatste.inhoud, opname) if laatste and kop.concept else [],
        "versies": casus.vaststellingen.defer("inhoud").select_related("door"),
        "mag_wijzigen": casus.is_open and rechten.mag_casus_wijzigen(door, casus),
        "teamkaart": teamkaart.maak(casus, door, deur.nu()),
        "gegevens": gegevenskaart.maak(casus, door, deur.vandaag()),
        "mag_logboek_lezen": rechten.mag_logboek_lezen(door, casus),
    }
    return render(request, "casus/stand.html", context)


@require_POST
def bericht_opnieuw(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: a mail that did not arrive; out: back to the page, with what happens now."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    try:
        opnieuw = stuur_opnieuw(door=door, casus=casus, pk=pk)
    except Geweigerd as fout:
        messages.error(request, str(fout))
    else:
        zin = _("De mail gaat opnieuw weg.") if opnieuw else _("Deze mail was al onderweg. Er is niets veranderd.")
        messages.success(request, zin)
    return redirect("casussen:stand", casus_id=casus.pk)
