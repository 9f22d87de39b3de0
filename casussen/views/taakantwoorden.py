"""What a helper says about one agreement: an answer, done, later, and the thread about it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from casussen.acties import draden
from casussen.acties.afspraken import reageer
from casussen.acties.fouten import Geweigerd
from casussen.acties.meldingen import maak_ongedaan, meld_gedaan, meld_later
from casussen.forms.taken import GedaanForm, LaterForm, ReactieForm, WoordenForm
from casussen.models import Afspraak, Deelnemer, Draad
from casussen.models.draad import RegelSoort
from casussen.overzicht import taak as overzicht
from casussen.views.taakdeur import Bezoek
from casussen.views.taakpagina import BOVENAAN, Mis, niet_bewaard, te_laat


@require_http_methods(["GET", "HEAD", "POST"])
def reactie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: an answer to one own agreement; out: back to it, or the page with what is wrong and what was typed."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = ReactieForm(request.POST)
    zin = "" if form.is_valid() else form.zin()
    zin = zin or _probeer(
        deel, pk, lambda afspraak: reageer(door=bezoek.als(deel), afspraak=afspraak, **form.cleaned_data)
    )
    if zin:
        plek = f"{form['soort'].value()}-{pk.hex}"
        return niet_bewaard(request, bezoek, Mis(deel=deel, plek=plek, zin=zin, form=form))
    klaar = not any(taak.wacht for taak in overzicht.maak_alle(bezoek.delen))
    return bezoek.terug(BOVENAAN if klaar else f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def gedaan(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: that one own agreement is done, or not after all; out: back to it."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = GedaanForm(request.POST)
    zin = "" if form.is_valid() else form.zin()
    if not zin:
        doe = meld_gedaan if form.cleaned_data["wat"] == "gedaan" else maak_ongedaan
        versie = form.cleaned_data["inhoud_versie"]
        zin = _probeer(deel, pk, lambda afspraak: doe(door=bezoek.als(deel), afspraak=afspraak, inhoud_versie=versie))
    return _terug(request, bezoek, Mis(deel=deel, plek=f"gedaan-{pk.hex}", zin=zin, form=form), f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: that one own agreement will be later, on which day and why; out: back to it, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = LaterForm(request.POST)
    zin = "" if form.is_valid() else form.zin()
    zin = zin or _probeer(
        deel, pk, lambda afspraak: meld_later(door=bezoek.als(deel), afspraak=afspraak, **form.cleaned_data)
    )
    return _terug(request, bezoek, Mis(deel=deel, plek=f"later-{pk.hex}", zin=zin, form=form), f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def draad(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: what a helper writes back in an own thread; out: back to it, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    delen = {deel.pk: deel for deel in bezoek.delen}
    rij = get_object_or_404(Draad.objects.select_related("afspraak"), pk=pk, deelnemer__in=delen)
    deel = delen[rij.deelnemer_id]
    form = WoordenForm(request.POST)
    zin = "" if form.is_valid() else form.zin()
    if not zin:
        try:
            draden.zeg(
                door=bezoek.als(deel),
                deelnemer=deel,
                afspraak=rij.afspraak,
                soort=RegelSoort.VRAAG,
                tekst=form.cleaned_data["tekst"],
            )
        except Geweigerd as fout:
            zin = str(fout)
    return _terug(request, bezoek, Mis(deel=deel, plek=f"draad-{pk.hex}", zin=zin, form=form), f"#draad-{pk}")


def _terug(request: HttpRequest, bezoek: Bezoek, uitkomst: Mis, plek: str) -> HttpResponse:
    """Back to the place on the page; with a sentence why not, the page with what was typed."""
    return niet_bewaard(request, bezoek, uitkomst) if uitkomst.zin else bezoek.terug(plek)


def _deel_met_afspraak(bezoek: Bezoek, pk: UUID) -> Deelnemer:
    for taak in overzicht.maak_alle(bezoek.delen):
        if taak.afspraak(pk) is not None:
            return taak.deel
    raise Http404


def _probeer(deel: Deelnemer, pk: UUID, doe: Callable[[Afspraak], object]) -> str:
    """Out: why it was not saved, empty when it was."""
    afspraak = deel.casus.afspraken.select_related("deelnemer").get(pk=pk)
    if afspraak.deelnemer_id != deel.pk:
        return te_laat()
    try:
        doe(afspraak)
    except Geweigerd as fout:
        return str(fout)
    return ""
