"""The page of a helper: reading it, saying who you are, and yes to all. The doors are in taakdeur."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casussen.acties.fouten import Geweigerd
from casussen.acties.mailritme import kies_mailritme
from casussen.acties.meldingen import zeg_overal_ja
from casussen.forms.mailritme import MailritmeForm
from casussen.forms.taken import AllesForm, BeginForm
from casussen.models import Deelnemer
from casussen.models.organisatie import Mailritme
from casussen.views import taakdeur
from casussen.views.taakdeur import Bezoek
from casussen.views.taakpagina import BOVENAAN, toon, welkom

MAIL = "#mail"


@require_http_methods(["GET", "HEAD", "POST"])
def taak(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """Out: the page; behind a link that belongs to no browser yet, the page that asks who this is.

    in (POST): `ik` ticked, and `wat`: alles (agree with what stood there) or verder. Nothing happens without the tick.
    """
    if bezoek.hier:
        # A second press on the first page: the first one let this browser in already.
        return _na_begin(request, bezoek) if request.method == "POST" else toon(request, bezoek)
    if request.method != "POST":
        return welkom(request, bezoek)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return welkom(request, bezoek, zin=form.zin(), zonder_vinkje=True)
    binnen, browser = taakdeur.bind(bezoek, request)
    return taakdeur.zet_cookie(_na_begin(request, binnen), browser)


def _na_begin(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    form = BeginForm(request.POST)
    if form.is_valid() and form.cleaned_data["wat"] == "alles":
        _zeg_ja(request, bezoek, bezoek.delen[0], form.cleaned_data["gezien"])
    return redirect(bezoek.url())


@require_http_methods(["GET", "HEAD", "POST"])
def alles(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: yes to all agreements of one family that stood on the screen; out: back to the page."""
    if request.method == "POST":
        form = AllesForm(request.POST)
        if form.is_valid():
            _zeg_ja(request, bezoek, bezoek.deel(pk=pk), form.cleaned_data["gezien"])
    return bezoek.terug(BOVENAAN)


def _zeg_ja(request: HttpRequest, bezoek: Bezoek, deel: Deelnemer, gezien: Mapping[UUID, int]) -> None:
    """Says on the page to what no yes was saved."""
    try:
        niet = len(zeg_overal_ja(door=bezoek.als(deel), deelnemer=deel, gezien=gezien))
    except Geweigerd as fout:
        messages.warning(request, str(fout))
        return
    if niet:
        zin = ngettext(
            "Bij %(aantal)d afspraak is geen ja bewaard. Die is net veranderd, of je gaf al een ander antwoord.",
            "Bij %(aantal)d afspraken is geen ja bewaard. Die zijn net veranderd, of je gaf al een ander antwoord.",
            niet,
        )
        messages.warning(request, zin % {"aantal": niet})


@require_http_methods(["GET", "HEAD", "POST"])
def ritme(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """in: how often this helper wants mail; out: back to the page."""
    professional = bezoek.delen[0].professional if bezoek.delen else None
    if professional is None:
        raise Http404
    if request.method == "POST":
        form = MailritmeForm(request.POST)
        if not form.is_valid():
            messages.warning(request, _("Kies hoe vaak je mail wilt. Er is niets veranderd."))
            return bezoek.terug(BOVENAAN)
        keuze = Mailritme(form.cleaned_data["ritme"])
        kies_mailritme(door=bezoek.door, professional=professional, ritme=keuze)
        messages.success(request, _("Je keuze is bewaard. Ze geldt vanaf nu, voor al je gezinnen."))
        return bezoek.terug(BOVENAAN)
    return bezoek.terug(MAIL)
