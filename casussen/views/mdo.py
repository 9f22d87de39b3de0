"""The seven steps: the pages, and the answers to their questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casussen.acties.antwoorden import antwoord_id, bewaar_antwoord
from casussen.forms.mdo import AntwoordForm
from casussen.inhoud import Vraag
from casussen.models import Antwoord, Casus
from casussen.overzicht import momentopname
from casussen.overzicht.dossier import laad
from casussen.views import deur, scherm
from casussen.views.bewerken import probeer
from casussen.views.scherm import Open


@require_GET
def stap(request: HttpRequest, casus_id: UUID, nummer: int) -> HttpResponse:
    """Out: one step; for htmx (searching, sorting) only its part."""
    if not 1 <= nummer <= 7:
        raise Http404
    door, casus = deur.casus_voor(request, casus_id)
    return scherm.toon(request, door, casus, nummer)


@require_POST
def antwoord(request: HttpRequest, casus_id: UUID, vraag: str) -> HttpResponse:
    """Saves an answer, also while somebody is typing; a stale or refused text stays and is shown beside the other."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    inhoud = casus.handreiking.inhoud
    nummer = next((stap.nummer for stap in inhoud.stappen for v in stap.vragen if v.code == vraag), None)
    if nummer is None:
        raise Http404
    dossier = laad(casus)
    dit = inhoud.vraag(vraag)
    huidig = dossier.antwoorden.get(vraag) or momentopname.voorgesteld(casus, dit)

    def form_van(rij: Antwoord, data: Any = None) -> AntwoordForm:
        return AntwoordForm(data, vraag=dit, antwoord=rij, dossier=dossier)

    niet_bewaard = probeer(
        Open("antwoord", antwoord_id(casus, vraag), form_van(huidig, request.POST)),
        lambda form: bewaar_antwoord(
            door=door, casus=casus, vraag=vraag, versie=form.cleaned_data["versie"], velden=form.velden()
        ),
        form_van,
    )
    if niet_bewaard is None:
        return _bewaard(request, casus, nummer, dit)
    if "HX-Request" in request.headers:
        regel = scherm.vraag_regel(dit, dossier, niet_bewaard)
        return render(request, "mdo/antwoord.html", {"casus": casus, "regel": regel})
    return scherm.toon(request, door, casus, nummer, open_=niet_bewaard)


def _bewaard(request: HttpRequest, casus: Casus, nummer: int, vraag: Vraag) -> HttpResponse:
    if "HX-Request" not in request.headers:
        messages.success(request, _("Bewaard."))
        return redirect(reverse("casussen:stap", args=[casus.pk, nummer]) + f"#vraag-{vraag.code}")
    regel = scherm.vraag_regel(vraag, laad(casus))
    return render(request, "mdo/antwoord.html", {"casus": casus, "regel": regel, "bewaard_op": deur.nu()})
