"""The questions of helpers, for who leads the casus: reading, answering, changing the agreement, passing on."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casussen import rechten
from casussen.acties import aanpassen, draden
from casussen.acties.doorgeven import Doorgegeven, geef_door
from casussen.actor import Actor
from casussen.forms.draden import LAAT, PAS_AAN, SAMEN, AfspraakTekst, AntwoordForm, DoorgevenForm
from casussen.models import Casus, Draad
from casussen.overzicht import draden as overzicht
from casussen.overzicht import stand
from casussen.overzicht.draden import Kaart
from casussen.views import deur
from casussen.views.bewerken import probeer
from casussen.views.scherm import Open


@require_GET
def vragen(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """in: a casus; out: what helpers say about the agreements, with the answers."""
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_draden_lezen)
    return _toon(request, door, casus)


@require_POST
def vraag(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: an answer to one helper; out: back to the page, or the page with what is wrong and what was typed."""
    door, casus, kaart = _om_te_antwoorden(request, casus_id, pk)
    form = AntwoordForm(request.POST, kaart=kaart, vandaag=deur.vandaag())
    draad = casus.draden.get(pk=pk)

    def form_van(huidig: Any) -> AfspraakTekst:
        return AfspraakTekst(prefix=form.prefix, huidig=huidig, vandaag=deur.vandaag())

    niet_bewaard = probeer(Open("vraag", pk, form), lambda form: _antwoord(door, casus, draad, form), form_van)
    if niet_bewaard is not None:
        return _toon(request, door, casus, niet_bewaard)
    messages.success(request, _gedaan(form, kaart))
    return redirect("casussen:vragen", casus_id=casus.pk)


@require_POST
def doorgeven(request: HttpRequest, casus_id: UUID, pk: UUID) -> HttpResponse:
    """in: who takes over from a helper; out: back to the page, or the page with what is wrong."""
    door, casus, kaart = _om_te_antwoorden(request, casus_id, pk)
    form = DoorgevenForm(request.POST, kaart=kaart)
    draad = casus.draden.get(pk=pk)
    klaar: list[Doorgegeven] = []

    def doe(form: Any) -> None:
        klaar.append(geef_door(door=door, casus=casus, draad=draad, **form.velden()))

    niet_bewaard = probeer(Open("doorgeven", pk, form), doe, lambda huidig: form)
    if niet_bewaard is not None:
        return _toon(request, door, casus, niet_bewaard)
    _zeg_wie_het_heeft(request, klaar[0], kaart)
    return redirect("casussen:vragen", casus_id=casus.pk)


def _om_te_antwoorden(request: HttpRequest, casus_id: UUID, pk: UUID) -> tuple[Actor, Casus, Kaart]:
    door, casus = deur.casus_voor(request, casus_id, mag=rechten.mag_draden_lezen)
    kaart = next((kaart for kaart in overzicht.van_casus(casus) if kaart.gesprek.pk == pk), None)
    if kaart is None:
        raise Http404
    return door, casus, kaart


def _antwoord(door: Actor, casus: Casus, draad: Draad, form: AntwoordForm) -> None:
    gegevens = form.cleaned_data
    tekst, pk, doe = gegevens["tekst"], gegevens["id"], gegevens["doe"]
    if gegevens["opgelost"]:
        draden.rond_af(door=door, casus=casus, draad=draad, tekst=tekst)
    elif doe == PAS_AAN:
        velden = form.afspraak()
        aanpassen.pas_aan_en_antwoord(
            door=door, casus=casus, draad=draad, pk=pk, tekst=tekst, versie=gegevens["versie"], velden=velden
        )
    else:
        niet_doorgeven = doe == LAAT and form.kaart.gesprek.doorgeven
        draden.antwoord(
            door=door, casus=casus, draad=draad, pk=pk, tekst=tekst, bespreken=doe == SAMEN, afronden=niet_doorgeven
        )


def _gedaan(form: AntwoordForm, kaart: Kaart) -> str:
    naam = {"naam": kaart.gesprek.deelnemer.roepnaam}
    if form.cleaned_data["opgelost"]:
        return _("Opgelost. Er gaat geen mail weg.")
    if form.cleaned_data["doe"] == PAS_AAN:
        return _("De afspraak is aangepast. Hij geldt na het vaststellen. %(naam)s krijgt nu bericht.") % naam
    return _("Je antwoord staat klaar. %(naam)s krijgt nu bericht.") % naam


def _zeg_wie_het_heeft(request: HttpRequest, gedaan: Doorgegeven, kaart: Kaart) -> None:
    namen = {"nieuw": gedaan.nieuw.roepnaam, "oud": kaart.gesprek.deelnemer.roepnaam}
    if gedaan.gestopt:
        zin = _(
            "%(nieuw)s doet nu mee en heeft de afspraken. %(oud)s is gestopt. "
            "Stel de afspraken opnieuw vast: dan krijgt %(nieuw)s een mail."
        )
        messages.success(request, zin % namen)
    else:
        zin = _(
            "%(nieuw)s doet nu mee en heeft de afspraken. %(oud)s staat nog in stap 4. "
            "Kies daar eerst iemand anders. Laat %(oud)s daarna stoppen, in stap 5."
        )
        messages.warning(request, zin % namen)


def _toon(request: HttpRequest, door: Actor, casus: Casus, open_: Open | None = None) -> HttpResponse:
    kaarten = overzicht.van_casus(casus)
    lopend = [(kaart, *_formulieren(kaart, open_)) for kaart in kaarten if kaart.gesprek.open]
    context = {
        "casus": casus,
        "vandaag": deur.vandaag(),
        "lopend": lopend,
        "af": [kaart for kaart in kaarten if not kaart.gesprek.open],
        "open": open_,
        "wachtend": sum(1 for kaart in kaarten if kaart.gesprek.wacht_op_staf),
        "mag_wijzigen": casus.is_open,
        "rest": stand.antwoorden(casus, deur.vandaag()),
    }
    return render(request, "draden/vragen.html", context)


def _formulieren(kaart: Kaart, open_: Open | None) -> tuple[forms.Form, forms.Form | None]:
    """The answer, and for who passes it on the successor; what somebody typed stays in it."""
    vers: dict[str, forms.Form | None] = {
        "vraag": AntwoordForm(kaart=kaart, vandaag=deur.vandaag()),
        "doorgeven": DoorgevenForm(kaart=kaart) if kaart.gesprek.doorgeven else None,
    }
    if open_ is not None and open_.pk == kaart.gesprek.pk:
        vers[open_.soort] = open_.form
    antwoord = vers["vraag"]
    assert antwoord is not None  # made above
    return antwoord, vers["doorgeven"]
