"""Who reads along in a casus, and why: the page, and what can be recorded on it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from casussen import rechten
from casussen.acties import toestemming as acties
from casussen.actor import Actor
from casussen.forms.toestemming import GrondForm, IntrekkenForm, ToestemmingForm, VerteldForm
from casussen.models import Casus, Organisatie
from casussen.overzicht import momentopname, stand
from casussen.overzicht import toestemming as overzicht
from casussen.overzicht.dossier import Dossier, laad
from casussen.overzicht.toestemming import Blok
from casussen.toestemming.meelezen import Meelezer
from casussen.views import deur
from casussen.views.bewerken import probeer
from casussen.views.scherm import Open


@require_GET
def delen(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Out: which organisations read along, why, who was told and who said yes."""
    door, casus = deur.casus_voor(request, casus_id)
    return _toon(request, door, casus)


@require_POST
def verteld(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Records who of the family was told."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    open_ = Open("verteld", casus.pk, _verteld_form(laad(casus), request))
    return _leg_vast(
        request, door, casus, open_, lambda form: acties.leg_verteld_vast(door=door, casus=casus, **form.velden())
    )


@require_POST
def toestemming(request: HttpRequest, casus_id: UUID, organisatie_id: UUID) -> HttpResponse:
    """Records what people say about one organisation."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    meelezer = _meelezer(laad(casus), organisatie_id)
    return _leg_vast(
        request, door, casus, Open("toestemming", organisatie_id, _toestemming_form(meelezer, request.POST)),
        lambda form: acties.leg_toestemming_vast(
            door=door, casus=casus, organisatie=meelezer.organisatie, **form.velden()
        ),
    )  # fmt: skip


@require_POST
def intrekken(request: HttpRequest, casus_id: UUID, organisatie_id: UUID) -> HttpResponse:
    """Takes a consent back: the organisation reads nothing any more from this moment."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    organisatie = _organisatie(casus, organisatie_id)
    form = IntrekkenForm(
        request.POST, prefix=f"in-{organisatie_id}", gevers=overzicht.gevers_van(casus, organisatie, ook_eerder=True)
    )
    return _leg_vast(
        request, door, casus, Open("intrekken", organisatie_id, form),
        lambda form: acties.trek_in(door=door, casus=casus, organisatie=organisatie, **form.velden()),
    )  # fmt: skip


@require_POST
def grond(request: HttpRequest, casus_id: UUID, organisatie_id: UUID) -> HttpResponse:
    """Chooses why an organisation may read along."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    meelezer = _meelezer(laad(casus), organisatie_id)

    def form_van(deling: Any) -> GrondForm:
        return GrondForm(prefix=f"grond-{organisatie_id}", deling=deling, grond=deling.grond)

    form = GrondForm(request.POST, prefix=f"grond-{organisatie_id}", deling=meelezer.deling, grond=meelezer.grond)
    return _leg_vast(
        request, door, casus, Open("grond", organisatie_id, form),
        lambda form: acties.zet_grond(
            door=door, casus=casus, organisatie=meelezer.organisatie,
            versie=form.cleaned_data["versie"], velden=form.velden(),
        ),
        form_van,
    )  # fmt: skip


@require_POST
def gewist(request: HttpRequest, casus_id: UUID, organisatie_id: UUID) -> HttpResponse:
    """Records that an organisation was asked to remove what it had."""
    door, casus = deur.om_te_wijzigen(request, casus_id)
    organisatie = _organisatie(casus, organisatie_id)
    acties.meld_wissen_gevraagd(door=door, casus=casus, organisatie=organisatie)
    messages.success(request, _("Bewaard."))
    return redirect("casussen:delen", casus_id=casus.pk)


def _leg_vast(
    request: HttpRequest,
    door: Actor,
    casus: Casus,
    open_: Open,
    doe: Callable[[Any], object],
    form_van: Callable[[Any], Any] = lambda huidig: huidig,
) -> HttpResponse:
    """Out: back to the organisation on the page, or the page with the form that is not right yet."""
    niet_bewaard = probeer(open_, doe, form_van)
    if niet_bewaard is not None:
        return _toon(request, door, casus, niet_bewaard)
    messages.success(request, _("Bewaard."))
    return redirect(reverse("casussen:delen", args=[casus.pk]) + f"#organisatie-{open_.pk}")


def _meelezer(dossier: Dossier, organisatie_id: UUID) -> Meelezer:
    for meelezer in dossier.meelezers:
        if meelezer.organisatie.pk == organisatie_id and not meelezer.is_eigen:
            return meelezer
    raise Http404


def _organisatie(casus: Casus, organisatie_id: UUID) -> Organisatie:
    """An organisation that anybody of the family ever said something about, also when it left."""
    rij = casus.toestemmingen.filter(organisatie=organisatie_id).select_related("organisatie").first()
    if rij is None:
        raise Http404
    return rij.organisatie


def _verteld_form(dossier: Dossier, request: HttpRequest) -> VerteldForm:
    """The form for all organisations at once; `?over=` ticks one of them."""
    rijen = [meelezer.organisatie for meelezer in dossier.meelezers]
    gekozen = [rij for rij in rijen if str(rij.pk) == request.GET.get("over")]
    return VerteldForm(
        request.POST or None, prefix="verteld", gezin=dossier.gezinsleden, organisaties=rijen,
        gekozen=gekozen or rijen, vandaag=deur.vandaag(),
    )  # fmt: skip


def _toestemming_form(meelezer: Meelezer, data: Any = None) -> ToestemmingForm:
    return ToestemmingForm(data, prefix=f"ja-{meelezer.organisatie.pk}", meelezer=meelezer, vandaag=deur.vandaag())


def _toon(request: HttpRequest, door: Actor, casus: Casus, open_: Open | None = None) -> HttpResponse:
    dossier = laad(casus)
    opname = momentopname.van_dossier(dossier)
    pagina = overzicht.pagina(dossier, deur.vandaag())
    verteld_form = open_.form if open_ and open_.soort == "verteld" else _verteld_form(dossier, request)
    context = {
        "casus": casus,
        "kop": stand.kop(casus, opname, casus.vaststellingen.first()),
        "pagina": pagina,
        "rijen": [_formulieren(casus, blok, open_) for blok in pagina.blokken],
        "verteld": verteld_form,
        "open": open_,
        "mag_wijzigen": casus.is_open and rechten.mag_casus_wijzigen(door, casus),
    }
    return render(request, "delen/delen.html", context)


def _formulieren(casus: Casus, blok: Blok, open_: Open | None) -> dict[str, Any]:
    """One organisation with its forms; the one that came back with a mistake takes the place of its own kind."""
    pk, meelezer = blok.organisatie.pk, blok.meelezer
    gevers = overzicht.gevers_van(casus, blok.organisatie)
    formulieren: dict[str, Any] = {
        "toestemming": _toestemming_form(meelezer) if meelezer.ontbreekt or meelezer.straks else None,
        "intrekken": IntrekkenForm(prefix=f"in-{pk}", gevers=gevers) if gevers else None,
        "grond": GrondForm(prefix=f"grond-{pk}", deling=meelezer.deling, grond=meelezer.grond),
    }
    eigen = open_ if open_ and open_.pk == pk else None
    if eigen:
        formulieren[eigen.soort] = eigen.form
    return {"blok": blok, "open": eigen, "soort": eigen.soort if eigen else "", **formulieren}
