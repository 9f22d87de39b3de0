"""A code on top of a link: asking for one, and typing it."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casussen.acties.codes import LinkDicht, Uitslag, geef_code, vraag_code
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten import codes, links
from casussen.forms.codes import CodeForm
from casussen.models import Toegangslink
from casussen.views import codepagina, deur
from casussen.views.gezinsdeur import Gezinsbezoek
from casussen.views.taakdeur import Bezoek, zet_cookie


@dataclass(frozen=True, kw_only=True)
class _Vrager:
    """Somebody who wants a code: who, at which link, how to speak to him, where he goes on after it."""

    door: Actor
    link: Toegangslink
    met_code: bool
    wie: str
    adres: str
    na: str
    naar: UUID | None = None

    @property
    def veld_adres(self) -> str:
        """Out: the page with the field."""
        return f"{self.adres}?{urlencode({'naar': self.naar})}" if self.naar else self.adres


@require_http_methods(["GET", "HEAD", "POST"])
def gezin_code(request: HttpRequest, bezoek: Gezinsbezoek) -> HttpResponse:
    """in (POST): `code` as typed, or nothing to ask for one; out: on to the overview, or the page with the field."""
    vrager = _Vrager(
        door=bezoek.door, link=bezoek.link, met_code=bezoek.met_code, wie=bezoek.wie,
        adres=bezoek.url("code"), na=bezoek.url(),
    )  # fmt: skip
    return _behandel(request, vrager)


@require_http_methods(["GET", "HEAD", "POST"])
def taak_code(request: HttpRequest, bezoek: Bezoek) -> HttpResponse:
    """in: as gezin_code, and `naar`: of which part the whole overview comes next; out: as gezin_code."""
    assert bezoek.link is not None  # whoever is signed in needs no code
    naar = _als_id(request.POST.get("naar") or request.GET.get("naar", ""))
    vrager = _Vrager(
        door=bezoek.door, link=bezoek.link, met_code=bezoek.met_code, wie="helper", adres=bezoek.url("code"),
        na=bezoek.url("overzicht", naar) if naar else bezoek.url(), naar=naar,
    )  # fmt: skip
    return _behandel(request, vrager)


def _als_id(tekst: str) -> UUID | None:
    try:
        return UUID(tekst)
    except ValueError:
        return None


def _behandel(request: HttpRequest, vrager: _Vrager) -> HttpResponse:
    if vrager.met_code:
        return redirect(vrager.na)
    try:
        if request.method == "POST":
            return _geef(request, vrager) if "code" in request.POST else _vraag(request, vrager)
    except LinkDicht:
        return redirect(vrager.na)  # there the door says why
    browser = deur.browser_van(request)
    if codes.is_van(codes.laatste(vrager.link), browser):
        return _veld(request, vrager, CodeForm())
    # Either nobody asked, or this browser keeps no cookies and would go round in circles.
    zin = "" if browser else _("Deze browser bewaart geen cookies, of is een andere dan waarin de code is gevraagd.")
    return _knop(request, vrager, zin)


def _vraag(request: HttpRequest, vrager: _Vrager) -> HttpResponse:
    browser = deur.browser_van(request) or links.nieuwe_browser()
    try:
        vraag_code(door=vrager.door, link=vrager.link, browser=browser, nu=deur.nu())
    except LinkDicht:
        raise
    except Geweigerd as fout:
        return _knop(request, vrager, str(fout))
    return zet_cookie(redirect(vrager.veld_adres), browser)


def _geef(request: HttpRequest, vrager: _Vrager) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _veld(request, vrager, form)
    browser, cijfers = deur.browser_van(request), form.cleaned_data["code"]
    uitslag = geef_code(door=vrager.door, link=vrager.link, browser=browser, code=cijfers, nu=deur.nu())
    if uitslag is Uitslag.GOED:
        return zet_cookie(redirect(vrager.na), browser)
    form.add_error("code", _waarom(uitslag))
    return _veld(request, vrager, form)


def _waarom(uitslag: Uitslag) -> str:
    """Why typed digits opened nothing, and what to do."""
    if uitslag is Uitslag.FOUT:
        return _("Deze code klopt niet. Kijk nog eens in de mail.")
    if uitslag is Uitslag.OP:
        return _("De code was vijf keer fout. Hij werkt nu niet meer. Vraag hieronder een nieuwe.")
    if uitslag is Uitslag.ONDERWEG:
        return _("De mail met de code is nog onderweg. Wacht even en kijk dan in de mail.")
    return _("Deze code werkt niet meer, of is in een andere browser gevraagd. Vraag hieronder een nieuwe.")


def _veld(request: HttpRequest, vrager: _Vrager, form: CodeForm) -> HttpResponse:
    return render(request, "code/code.html", {"vrager": vrager, "wie": vrager.wie, "form": form})


def _knop(request: HttpRequest, vrager: _Vrager, zin: str) -> HttpResponse:
    return codepagina.vraag(request, link=vrager.link, adres=vrager.adres, wie=vrager.wie, naar=vrager.naar, zin=zin)
