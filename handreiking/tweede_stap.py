"""The second step of signing in: who must have one, and who has done it elsewhere."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

# What somebody needs to switch the second step on; pages for everybody (signing out, links) open anyway.
OPNIEUW = {"account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
NODIG = OPNIEUW | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}


def deed_tweede_stap_elders(request: HttpRequest) -> bool:
    """in: a request; out: whether the municipality's own sign-in asked for a second step, and we rely on that."""
    return bool(settings.OIDC_MFA and request.session.get("oidc_mfa"))


class TweedeStap(AuthenticateStage):  # type: ignore[misc]  # allauth has no types
    """Asks for the second step, unless the municipality did."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not deed_tweede_stap_elders(request) and super()._should_handle(request)


def tweede_stap_verplicht(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sends staff without a second step to the page where it is switched on; until then nothing else opens.

    in: the next handler; out: a handler that does so. Pages may ask `request.tweede_stap_nodig`.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        nodig = settings.MFA_VERPLICHT and _heeft_geen(request)
        request.tweede_stap_nodig = nodig  # type: ignore[attr-defined]
        if nodig and not _opent_toch(request):
            naar = reverse("mfa_index")
            return HttpResponseClientRedirect(naar) if "HX-Request" in request.headers else redirect(naar)
        return _heel_voor_htmx(request, get_response(request))

    return handle


def _heel_voor_htmx(request: HttpRequest, antwoord: HttpResponse) -> HttpResponse:
    """The question who you are is a page: htmx would put it in the middle of another one."""
    if "HX-Request" not in request.headers or antwoord.status_code != 302:
        return antwoord
    pad = urlsplit(antwoord["Location"]).path
    if pad not in {reverse(naam) for naam in OPNIEUW}:
        return antwoord
    return HttpResponseClientRedirect(f"{pad}?{urlencode({'next': _huidige_pagina(request)})}")


def _huidige_pagina(request: HttpRequest) -> str:
    return str(HtmxDetails(request).current_url_abs_path or request.path)


def _heeft_geen(request: HttpRequest) -> bool:
    ingelogd = request.user.is_authenticated and not deed_tweede_stap_elders(request)
    return ingelogd and not is_mfa_enabled(request.user)


def _opent_toch(request: HttpRequest) -> bool:
    try:
        plek = resolve(request.path_info)
    except Resolver404:
        return True
    return plek.url_name in NODIG or getattr(plek.func, "login_required", True) is False
