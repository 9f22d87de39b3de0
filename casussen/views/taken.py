"""The page of a helper: own role, own agreements, how to be reached. The doors (link, account) are in taakdeur."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casussen.acties.afspraken import reageer
from casussen.acties.deelnemers import zet_eigen_bereikbaarheid
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.acties.regie import aanvaard
from casussen.berichten import links
from casussen.forms.taken import BeginForm, EigenBereikbaarForm, ReactieForm
from casussen.models import Deelnemer
from casussen.overzicht import taak as overzicht
from casussen.views import deur, taakdeur
from casussen.views.bewerken import anders
from casussen.views.link import gesloten
from casussen.views.taakdeur import Bezoek

# Where the forms lead to has an anchor, so that a mistake is in sight; a browser keeps it unless told otherwise.
BOVENAAN = "#inhoud"


@require_http_methods(["GET", "HEAD", "POST"])
def taak(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """Out: the page; behind a link that belongs to no browser yet, the page that asks who this is.

    in (POST): `ik` ticked, and `wat`: alles (agree with all of this link) or verder. Nothing happens without the tick.
    """
    if request.method == "POST" and not bezoek.hier:
        return _begin(request, bezoek)
    return _toon(request, bezoek) if bezoek.hier else _welkom(request, bezoek)


def _begin(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _welkom(request, bezoek, zin=form.zin())
    binnen, browser = taakdeur.bind(bezoek, request)
    if form.cleaned_data["wat"] == "alles":
        _zeg_overal_ja(binnen, binnen.delen[0])
    return taakdeur.zet_cookie(redirect(binnen.url()), browser)


def _zeg_overal_ja(bezoek: Bezoek, deel: Deelnemer) -> None:
    for afspraak in overzicht.maak(deel, deel.casus).te_beantwoorden:
        rij = deel.casus.afspraken.get(pk=afspraak.pk)
        reageer(door=bezoek.als(deel), afspraak=rij, inhoud_versie=afspraak.inhoud_versie, soort="akkoord")


def _welkom(request: HttpRequest, bezoek: Bezoek, **extra: Any) -> HttpResponse:
    deel = bezoek.delen[0]
    deur.schrijf_gelezen(request, bezoek.door, deel.casus_id, deel, plek="taak_welkom")
    context = {
        "bezoek": bezoek,
        "ik": deel,
        "taak": overzicht.maak(deel, deel.casus),
        "coordinator": deel.casus.coordinator,
        "team": deel.casus.team,
        "laatste_dag": links.laatste_dag(bezoek.link) if bezoek.link else None,
    }
    return render(request, "taken/welkom.html", context | extra)


@require_http_methods(["GET", "HEAD", "POST"])
def reactie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: an answer to one own agreement; out: back to it, or the page with what is wrong and what was typed."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = ReactieForm(request.POST)
    zin = _reageer(bezoek, deel, pk, form)
    if zin:
        return _toon(request, bezoek, reactie_form=form, bij=pk, zin=zin)
    return bezoek.terug(f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def bereikbaar(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: how to reach this helper; out: back to the page, or the page with both texts when one was overtaken."""
    if request.method != "POST":
        return bezoek.terug()
    deel = bezoek.deel(pk=pk)
    form = EigenBereikbaarForm(request.POST, huidig=deel)
    if not form.is_valid():
        return _toon(request, bezoek, form=form)
    try:
        zet_eigen_bereikbaarheid(
            door=bezoek.als(deel), deelnemer=deel, versie=form.cleaned_data["versie"], velden=form.velden()
        )
    except Verouderd as fout:
        form.add_error(None, str(fout))
        ander = anders(form, EigenBereikbaarForm(huidig=fout.huidig))
        return _toon(request, bezoek, form=form, ander=ander, versie=fout.huidig.versie)
    except Geweigerd:
        return gesloten(request)
    messages.success(
        request, _("Bewaard. Het gezin leest dit zodra de volgende versie van de afspraken is vastgesteld.")
    )
    return bezoek.terug(BOVENAAN)


@require_http_methods(["GET", "HEAD", "POST"])
def regie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: yes to a function that this helper was asked for; out: back to the page."""
    if request.method != "POST":
        return bezoek.terug()
    delen = {deel.pk: deel for deel in bezoek.delen}
    rij = get_object_or_404(overzicht.gevraagde_regie(delen), pk=pk)
    try:
        aanvaard(door=bezoek.als(delen[rij.deelnemer_id]), regie=rij)
    except Geweigerd as fout:
        messages.warning(request, str(fout))
    return bezoek.terug(BOVENAAN)


def _deel_met_afspraak(bezoek: Bezoek, pk: UUID) -> Deelnemer:
    for deel in bezoek.delen:
        if overzicht.maak(deel, deel.casus).afspraak(pk) is not None:
            return deel
    raise Http404


def _reageer(bezoek: Bezoek, deel: Deelnemer, pk: UUID, form: ReactieForm) -> str:
    """Out: why the answer was not saved, empty when it was."""
    if not form.is_valid():
        return form.zin()
    afspraak = deel.casus.afspraken.get(pk=pk)
    if afspraak.deelnemer_id != deel.pk:
        return _("Deze afspraak gaat net naar iemand anders. Je antwoord is niet bewaard. Je hoeft niets te doen.")
    try:
        reageer(door=bezoek.als(deel), afspraak=afspraak, **form.cleaned_data)
    except Geweigerd as fout:
        return str(fout)
    return ""


def _toon(request: HttpRequest, bezoek: Bezoek, **extra: Any) -> HttpResponse:
    for deel in bezoek.delen:
        deur.schrijf_gelezen(request, bezoek.als(deel), deel.casus_id, deel)
    eerste = bezoek.delen[0]
    context = {
        "bezoek": bezoek,
        "taak": overzicht.maak(eerste, eerste.casus),
        "ik": eerste,
        "coordinator": eerste.casus.coordinator,
        "team": eerste.casus.team,
        "laatste_dag": links.laatste_dag(bezoek.link) if bezoek.link else None,
        "form": EigenBereikbaarForm(huidig=eerste),
    }
    return render(request, "taken/taak.html", context | extra)
