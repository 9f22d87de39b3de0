"""How one casus stands: what to do now, who answered, who got what, which versions there are."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casussen import rechten
from casussen.acties.aanpassen import neem_dag_over
from casussen.acties.berichten import stuur_opnieuw
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import trek_links_in
from casussen.acties.najagen import vraag_nog_eens
from casussen.models import Casus, Deelnemer
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
    mensen = overzicht.mensen(dossier, laatste.inhoud if laatste else None, berichten, door, deur.vandaag())
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
        "mag_draden_lezen": rechten.mag_draden_lezen(door, casus),
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


@require_POST
def nog_eens(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: somebody who did not answer; out: back to the page, with what happens now."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    mens = get_object_or_404(casus.deelnemers, pk=pk, tot__isnull=True)
    try:
        gaat = vraag_nog_eens(door=door, casus=casus, deelnemer=mens)
    except Geweigerd as fout:
        messages.error(request, str(fout))
    else:
        zin = _("De mail gaat nu weg.") if gaat else _("Er ging net al een mail weg. Wacht even met de volgende.")
        messages.success(request, zin)
    return redirect(_terug_naar(casus, mens))


@require_POST
def links_weg(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: somebody whose link must stop; out: back to the page, with what happened."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    mens = get_object_or_404(casus.deelnemers, pk=pk, tot__isnull=True)
    try:
        aantal = trek_links_in(door=door, casus=casus, deelnemer=mens)
    except Geweigerd as fout:
        messages.error(request, str(fout))
    else:
        zin = (
            _("De link van %(naam)s werkt niet meer. Met “Nog eens mailen” krijgt %(naam)s een nieuwe.")
            if aantal
            else _("Er was geen link die nog werkte. Er is niets veranderd.")
        )
        messages.success(request, zin % {"naam": mens.roepnaam})
    return redirect(_terug_naar(casus, mens))


@require_POST
def dag_over(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: an agreement of which the owner said that it will be later; out: back, with the new day in it."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    afspraak = get_object_or_404(casus.afspraken.filter(deelnemer__isnull=False), pk=pk)
    try:
        dag = date.fromisoformat(request.POST.get("dag", ""))
        nieuw = neem_dag_over(door=door, casus=casus, afspraak=afspraak, dag=dag)
    except ValueError:
        messages.error(request, _("Deze dag bestaat niet. Er is niets veranderd."))
    except Geweigerd as fout:
        messages.error(request, str(fout))
    else:
        zin = _("De nieuwe dag staat in de afspraak. Hij geldt na het vaststellen.")
        messages.success(request, zin if nieuw else _("Deze dag stond er al. Er is niets veranderd."))
    return redirect(_terug_naar(casus, afspraak.deelnemer))


def _terug_naar(casus: Casus, mens: Deelnemer | None) -> str:
    anker = f"#helper-{mens.pk}" if mens else ""
    return reverse("casussen:stand", args=[casus.pk]) + anker
