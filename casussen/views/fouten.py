"""Pages for what goes wrong; each says what happened, what was kept and what to do, and nothing of the inside."""

import re
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from casussen.client import request_number

# Fields of which nothing is ever shown again.
GEHEIM = re.compile(r"password|wachtwoord|token|code|secret", re.IGNORECASE)
TE_VEEL = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """in: a POST whose form was too old or came from elsewhere; out: 403 with what was typed, and a way back."""
    return render(request, "csrf_403.html", {"getypt": getypt(request)}, status=403)


def uitgelogd(request: HttpRequest) -> HttpResponse:
    """in: a form of somebody who is signed out; out: 403 with what was typed, and the way to sign in and go on."""
    context = {"getypt": getypt(request), "terug": _pagina_van_het_formulier(request)}
    return render(request, "uitgelogd.html", context, status=403)


def getypt(request: HttpRequest) -> list[str]:
    """in: a POST that was not saved; out: the texts in it, to be copied.

    More than one word, so that ids and choices stay out; those take no time to give again. Never a secret.
    """
    namen = [naam for naam in request.POST if not GEHEIM.search(naam)]
    teksten = [tekst.strip() for naam in namen for tekst in request.POST.getlist(naam)]
    return [tekst for tekst in teksten if len(tekst.split()) > 1]


def niet_te_lezen(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400. in: what could not be read; out: 400, or 413 when there was too much of it."""
    if isinstance(exception, TE_VEEL):
        return te_groot(request)
    return render(request, "400.html", status=400)


def te_groot(request: HttpRequest) -> HttpResponse:
    """Out: 413. Made without the request: it was not read, and nobody knows yet who sent it."""
    return _los("413.html", status=413)


@login_not_required
def te_vaak(request: HttpRequest) -> HttpResponse:
    """handler429. Out: 429, for whoever tried too often; allauth calls it."""
    return render(request, "429.html", status=429)


def fout_bij_ons(request: HttpRequest) -> HttpResponse:
    """handler500. Out: 500; 503 when the database or Redis does not answer. Needs nothing but the template."""
    if isinstance(sys.exc_info()[1], (OperationalError, RedisConnectionError, RedisTimeoutError)):
        antwoord = _los("503.html", status=503)
        antwoord["Retry-After"] = "60"
        return antwoord
    return _los("500.html", status=500)


def _los(sjabloon: str, status: int) -> HttpResponse:
    return HttpResponse(render_to_string(sjabloon, {"verzoeknummer": request_number()}), status=status)


def _pagina_van_het_formulier(request: HttpRequest) -> str:
    """The page on which the form stood: its own address may take nothing but a button."""
    vorige = request.headers.get("Referer", "")
    eigen = url_has_allowed_host_and_scheme(vorige, {request.get_host()}, require_https=request.is_secure())
    return urlsplit(vorige).path if vorige and eigen else resolve_url(settings.LOGIN_REDIRECT_URL)
