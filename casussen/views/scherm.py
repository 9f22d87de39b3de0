"""Drawing a step: the whole page, or for htmx the part of it that changed (the same template)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from casussen import rechten
from casussen.acties.antwoorden import antwoord_id
from casussen.actor import Actor
from casussen.forms.casussen import ZoekForm
from casussen.forms.mdo import AfspraakForm, AntwoordForm, TerugkijkenForm
from casussen.forms.mensen import GezinslidForm, NetwerklidForm, NieuweHelperForm
from casussen.inhoud import Vraag
from casussen.models import Casus
from casussen.models.deelnemer import Functie
from casussen.overzicht import adresboek, gereed, kaart, momentopname, stand, stap, toestemming
from casussen.overzicht.dossier import Dossier, laad
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.staten import staten
from casussen.taal.datums import werkdag
from casussen.toestemming.meelezen import zonder_toegang
from casussen.views import deur

# The part of each step that is more than questions; also its anchor and the template's name.
DELEN = {2: "mensen", 4: "regie", 5: "afspraken", 6: "bereikbaar", 7: "terugkijken"}


@dataclass(frozen=True)
class Open:
    """A form that is open on the page: of which kind, for which record, and the text of somebody else if any."""

    soort: str
    pk: UUID
    form: forms.Form
    ander: list[tuple[str, str]] | None = None
    versie: int | None = None


def toon(
    request: HttpRequest,
    door: Actor,
    casus: Casus,
    nummer: int,
    *,
    open_: Open | None = None,
    bewaard: bool = False,
) -> HttpResponse:
    """in: who, casus, step, the form that is open, whether something was just saved; out: the page or its part."""
    dossier = laad(casus)
    laatste = casus.vaststellingen.first()
    opname = momentopname.van_dossier(dossier)
    inhoud = casus.handreiking.inhoud
    deel_context = _DELEN_CONTEXT.get(nummer, _leeg)
    context: dict[str, Any] = {
        "casus": casus,
        "dossier": dossier,
        "kop": stand.kop(casus, opname, laatste),
        "stap": inhoud.stap(nummer),
        "woorden": inhoud.woorden,
        "vorige": inhoud.stap(nummer - 1) if nummer > 1 else None,
        "volgende": inhoud.stap(nummer + 1) if nummer < 7 else None,
        "stappen": stap.pad(dossier, staten(opname, inhoud), nummer),
        "deel": DELEN.get(nummer),
        "punten": gereed.punten(opname, meelezers=dossier.meelezers),
        "mag_wijzigen": rechten.mag_casus_wijzigen(door, casus) and casus.is_open,
        "open": open_,
        "nieuw_open": open_.soort if open_ and open_.pk not in _bestaand(dossier) else "",
        "bewaard_op": deur.nu() if bewaard else None,
        "vragen": [vraag_regel(vraag, dossier, open_) for vraag in inhoud.stap(nummer).vragen],
        **deel_context(request, dossier, opname, laatste.inhoud if laatste else None),
    }
    sjabloon = "mdo/deel.html" if "HX-Request" in request.headers else "mdo/stap.html"
    return render(request, sjabloon, context)


def bewaard(request: HttpRequest, door: Actor, casus: Casus, nummer: int) -> HttpResponse:
    """in: as toon; out: after a save the changed part (htmx), else back to the step."""
    if "HX-Request" in request.headers:
        return toon(request, door, casus, nummer, bewaard=True)
    messages.success(request, _("Bewaard."))
    adres = reverse("casussen:stap", args=[casus.pk, nummer])
    return redirect(f"{adres}#{DELEN.get(nummer, 'inhoud')}")


def geweigerd(request: HttpRequest, door: Actor, casus: Casus, nummer: int, zin: str) -> HttpResponse:
    """in: as toon, and why it could not be done; out: the step with that sentence on top."""
    messages.error(request, zin)
    return toon(request, door, casus, nummer)


def vraag_regel(vraag: Vraag, dossier: Dossier, open_: Open | None = None) -> dict[str, Any]:
    """in: a question, its casus, the open form; out: what its card needs."""
    antwoord = dossier.antwoorden.get(vraag.code) or momentopname.voorgesteld(dossier.casus, vraag)
    eigen = open_ is not None and open_.pk == antwoord_id(dossier.casus, vraag.code)
    form = open_.form if open_ and eigen else AntwoordForm(vraag=vraag, antwoord=antwoord, dossier=dossier)
    return {
        "vraag": vraag,
        "form": form,
        "antwoord": antwoord,
        "is_voorstel": antwoord.versie == 0 and antwoord.is_gevuld,
        "lezers": stap.lezers_van(antwoord, dossier.gezinsleden),
        "open": open_ if eigen else None,
        "meelezen": toestemming.wie_hoort_erbij(dossier) if vraag.code == toestemming.GEZIN_WEET else None,
    }


def _bestaand(dossier: Dossier) -> set[UUID]:
    """The ids that are on the page already: any other open form is one for something new."""
    return {rij.pk for rij in [*dossier.gezinsleden, *dossier.deelnemers, *dossier.afspraken]}


def _leeg(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    return {}


def _mensen(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    zoek = ZoekForm(request.GET).woord()
    relaties = dossier.casus.handreiking.inhoud.relaties
    return {
        "gezin": [(lid, stap.leeftijd_tekst(lid, deur.vandaag())) for lid in dossier.gezinsleden],
        "netwerk": [(d, stap.persoon(d, dossier)) for d in dossier.netwerk],
        "helpers": [(d, stap.persoon(d, dossier), stap.rol_van(d)) for d in dossier.professionals],
        "zonder_toegang": zonder_toegang(dossier.meelezers),
        "kaart": kaart.teken(opname, None) if dossier.gezinsleden and dossier.deelnemers else None,
        "adres_te_wijzigen": adresboek.te_wijzigen(deur.actor_van(request), dossier),
        "zoek": zoek,
        "gevonden": [(p, uuid4()) for p in adresboek.zoek(zoek, dossier)] if zoek else [],
        "organisaties": adresboek.organisaties(),
        "nieuw_gezinslid": (
            uuid4(),
            GezinslidForm(prefix="gezinslid", relaties=relaties, vandaag=deur.vandaag()),
        ),
        "nieuw_netwerklid": (uuid4(), NetwerklidForm(prefix="netwerklid", gezinsleden=dossier.gezinsleden)),
        "nieuwe_helper": (uuid4(), NieuweHelperForm(prefix="helper", gezinsleden=dossier.gezinsleden)),
    }


def _regie(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    door = deur.actor_van(request)
    mensen = {d.pk: d for d in dossier.deelnemers}
    functies = []
    for functie in Functie:
        regie = dossier.regie.get(functie)
        wie = mensen[regie.deelnemer_id] if regie else None
        kan = dossier.professionals if functie == Functie.REGIEVOERDER else dossier.deelnemers
        functies.append(
            {
                "functie": functie,
                "regie": regie,
                "persoon": stap.persoon(wie, dossier) if wie else None,
                "rol": stap.rol_van(wie) if wie else "",
                "zelf": wie is not None and rechten.mag_als_deelnemer(door, wie),
                "kandidaten": [d for d in kan if d != wie],
            }
        )
    return {"functies": functies}


def _afspraken(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    orde = "datum" if request.GET.get("orde") == "datum" else "persoon"
    regels = (stap.op_datum if orde == "datum" else stap.per_eigenaar)(dossier, laatste)
    return {
        "orde": orde,
        "mag_draden_lezen": rechten.mag_draden_lezen(deur.actor_van(request), dossier.casus),
        "regels": regels,
        "rollen": [(d, stap.persoon(d, dossier), stap.rol_van(d)) for d in dossier.deelnemers],
        "nieuwe_afspraak": (
            uuid4(),
            AfspraakForm(prefix="afspraak", dossier=dossier, vandaag=deur.vandaag()),
        ),
    }


def _bereikbaar(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    return {
        "bereikbaren": [(d, stap.persoon(d, dossier), stap.wanneer_bereikbaar(d)) for d in dossier.deelnemers],
    }


def _terugkijken(request: HttpRequest, dossier: Dossier, opname: Opname, laatste: Opname | None) -> dict[str, Any]:
    pk = dossier.evaluatie.pk if dossier.evaluatie else uuid4()
    return {
        "plan": (pk, TerugkijkenForm(prefix="terugkijken", dossier=dossier, vandaag=deur.vandaag())),
        "voorstellen": [(werkdag(deur.vandaag() + timedelta(weeks=weken)), weken) for weken in (4, 5, 6)],
    }


_Deel = Callable[[HttpRequest, Dossier, Opname, Opname | None], dict[str, Any]]
_DELEN_CONTEXT: dict[int, _Deel] = {2: _mensen, 4: _regie, 5: _afspraken, 6: _bereikbaar, 7: _terugkijken}
