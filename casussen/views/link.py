"""The pages behind every link that does not open, and the way to a new one."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casussen import rem
from casussen.acties.links import vraag_nieuwe_link
from casussen.forms.taken import NieuweLinkForm
from casussen.models.casus import TEKST_MAX
from casussen.views import deur
from casussen.views.fouten import GEHEIM

# Asking for a new link: per visitor, and per link.
VRAGEN = rem.Grens("nieuwe-link", hooguit=20)
VRAGEN_PER_LINK = rem.Grens("nieuwe-link-per-link", hooguit=5)
# What a form sends by itself, or with one press.
_NIET_GETYPT = {
    "ik", "niemand", "wat", "gezien", "soort", "versie", "inhoud_versie", "dagen", "terugbellen", "ritme", "op",
}  # fmt: skip
_EEN_ID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_HOOGUIT_GETYPT = 12


def dicht(request: HttpRequest, fout: deur.GeslotenLink) -> HttpResponse:
    """in: a request behind a link, why that does not open; out: the page for it, with what was typed, to be copied.

    410 for a link that is expired, revoked, replaced, forged or of another kind, always the same page; 410 and a page
    of its own for one that belongs to another browser; 429 for whoever asked too often.
    """
    if isinstance(fout, deur.LinkTeVaak):
        return _te_vaak(request)
    return _pagina(request, "link/elders.html" if isinstance(fout, deur.LinkElders) else "link/gesloten.html")


def getypt(request: HttpRequest) -> list[str]:
    """in: a POST behind a link that was not saved; out: what somebody typed in it, no more than a form can hold.

    Choices and ids stay out; those take no time to give again. Never a secret.
    """
    namen = [naam for naam in request.POST if naam not in _NIET_GETYPT and not GEHEIM.search(naam)]
    teksten = [tekst.strip()[:TEKST_MAX] for naam in namen for tekst in request.POST.getlist(naam)]
    return [tekst for tekst in teksten if tekst and not _EEN_ID.fullmatch(tekst)][:_HOOGUIT_GETYPT]


@csrf_exempt  # a page behind a link sends no origin (no-referrer), and there is nothing here that is somebody's own
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """in: an e-mail address; out: always the same sentence, whether that address is known or not."""
    form = NieuweLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "link/nieuw.html", {"form": form})
    if not rem.tel(VRAGEN, rem.adres(request)):
        return _te_vaak(request)
    vraag_nieuwe_link(door=deur.klok(request), email=form.cleaned_data["email"])
    return render(request, "link/nieuw.html", {"form": NieuweLinkForm(), "gevraagd": "adres"})


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw_voor(request: HttpRequest, token: str) -> HttpResponse:
    """in: a link that does not open any more; out: always the same sentence: a new one goes where the old one went."""
    if request.method != "POST":
        return redirect(_adres(request, token))
    adres = rem.adres(request)
    if not (rem.tel(VRAGEN, adres) and rem.tel(VRAGEN_PER_LINK, adres, token)):
        return _te_vaak(request)
    vraag_nieuwe_link(door=deur.klok(request), token=token)
    return render(request, "link/nieuw.html", {"form": NieuweLinkForm(), "gevraagd": "link"})


def _pagina(request: HttpRequest, sjabloon: str) -> HttpResponse:
    assert request.resolver_match is not None  # only called from views
    token = request.resolver_match.kwargs.get("token")
    nieuw_adres = _adres(request, token, "_nieuw") if token else ""
    context = {"form": NieuweLinkForm(), "getypt": getypt(request), "nieuw_adres": nieuw_adres}
    return render(request, sjabloon, context, status=410)


def _te_vaak(request: HttpRequest) -> HttpResponse:
    antwoord = render(request, "link/te_vaak.html", {"getypt": getypt(request)}, status=429)
    antwoord["Retry-After"] = str(VRAGEN.seconden)
    return antwoord


def _adres(request: HttpRequest, token: str, naam: str = "") -> str:
    assert request.resolver_match is not None  # only called from views
    soort = "gezin" if str(request.resolver_match.url_name).startswith("gezin") else "taak"
    return reverse(f"casussen:{soort}{naam}", args=[token])
