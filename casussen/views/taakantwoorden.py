"""What a helper says about one agreement: an answer, done, later, and the thread about it."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from casussen.acties import draden
from casussen.acties.afspraken import reageer
from casussen.acties.meldingen import maak_ongedaan, meld_gedaan, meld_later
from casussen.forms.taken import GedaanForm, LaterForm, ReactieForm, WoordenForm
from casussen.models import Afspraak, Deelnemer, Draad
from casussen.models.draad import RegelSoort
from casussen.overzicht import taak as overzicht
from casussen.views.taakdeur import Bezoek
from casussen.views.taakpagina import BOVENAAN, MetZin, Mis, niet_bewaard, probeer, te_laat, terug


@require_http_methods(["GET", "HEAD", "POST"])
def reactie(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: an answer to one own agreement; out: back to it, or the page with what is wrong and what was typed."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = ReactieForm(request.POST)
    zin = _probeer(
        form, deel, pk, lambda afspraak: reageer(door=bezoek.als(deel), afspraak=afspraak, **form.cleaned_data)
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
    doe = meld_gedaan if form["wat"].value() == "gedaan" else maak_ongedaan
    zin = _probeer(
        form,
        deel,
        pk,
        lambda afspraak: doe(
            door=bezoek.als(deel), afspraak=afspraak, inhoud_versie=form.cleaned_data["inhoud_versie"]
        ),
    )
    return terug(request, bezoek, Mis(deel=deel, plek=f"gedaan-{pk.hex}", zin=zin, form=form), f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def later(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: that one own agreement will be later, on which day and why; out: back to it, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    deel = _deel_met_afspraak(bezoek, pk)
    form = LaterForm(request.POST)
    zin = _probeer(
        form, deel, pk, lambda afspraak: meld_later(door=bezoek.als(deel), afspraak=afspraak, **form.cleaned_data)
    )
    return terug(request, bezoek, Mis(deel=deel, plek=f"later-{pk.hex}", zin=zin, form=form), f"#afspraak-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def draad(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: what a helper writes back in an own thread; out: back to it, or what is wrong."""
    if request.method != "POST":
        return bezoek.terug()
    delen = {deel.pk: deel for deel in bezoek.delen}
    rij = get_object_or_404(Draad.objects.select_related("afspraak"), pk=pk, deelnemer__in=delen)
    deel = delen[rij.deelnemer_id]
    form = WoordenForm(request.POST)
    zin = probeer(
        form,
        lambda: draden.zeg(
            door=bezoek.als(deel),
            deelnemer=deel,
            afspraak=rij.afspraak,
            soort=RegelSoort.VRAAG,
            **form.cleaned_data,
        ),
    )
    return terug(request, bezoek, Mis(deel=deel, plek=f"draad-{pk.hex}", zin=zin, form=form), f"#draad-{pk}")


def _deel_met_afspraak(bezoek: Bezoek, pk: UUID) -> Deelnemer:
    for taak in overzicht.maak_alle(bezoek.delen):
        if taak.afspraak(pk) is not None:
            return taak.deel
    raise Http404


def _probeer(form: MetZin, deel: Deelnemer, pk: UUID, doe: Callable[[Afspraak], object]) -> str:
    """Out: why it was not saved, empty when it was."""
    afspraak = deel.casus.afspraken.select_related("deelnemer").get(pk=pk)
    if form.is_valid() and afspraak.deelnemer_id != deel.pk:
        return te_laat()
    return probeer(form, lambda: doe(afspraak))
