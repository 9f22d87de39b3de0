"""Signing in with the account that the municipality gave somebody (OpenID Connect, code flow with PKCE).

Only staff who have an account here come in. Nobody signs up, and everybody who is refused gets the same page.
"""

import hashlib
import logging
from typing import Any

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from casussen import actor
from casussen.acties import werkaccount
from casussen.acties.groepen import plekken
from casussen.models import Medewerker
from casussen.views import deur

log = logging.getLogger(__name__)

AANBIEDER = "werkaccount"


class Aanmelding(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth has no types
    """What the provider told about somebody, of which only a hash of the subject is kept."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """in: the request and the tokens; out: the login, with all claims in `claims`; raises OAuth2Error."""
        login = super().complete_login(request, app, token, **kwargs)
        id_token, userinfo = (login.account.extra_data.get(deel, {}) for deel in ("id_token", "userinfo"))
        if not id_token or userinfo.get("sub") != id_token["sub"]:
            raise OAuth2Error("the ID token and the userinfo are not about the same person")
        login.claims = id_token | userinfo
        # One subject of one issuer: after a change of provider nobody comes in as somebody else.
        login.account.uid = hashlib.sha256(f"{id_token['iss']} {id_token['sub']}".encode()).hexdigest()
        login.account.extra_data = {}
        return login


class WerkaccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Who comes in with a work account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Out: always False."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """in: what the provider told; links the account the first time, and follows the groups.

        raises ImmediateHttpResponse, with the page for everybody who does not come in.
        """
        if request.user.is_authenticated:
            auth.logout(request)
        medewerker = sociallogin.user if sociallogin.is_existing else _met_adres(sociallogin.claims)
        if medewerker is None or not medewerker.is_active:
            raise ImmediateHttpResponse(_geweigerd(request))
        if not sociallogin.is_existing:
            door = deur.met_herkomst(actor.van_medewerker(medewerker, op=deur.vandaag()), request)
            sociallogin.account = werkaccount.koppel(
                door=door, medewerker=medewerker, aanbieder=AANBIEDER, uid=sociallogin.account.uid
            )
            sociallogin.user = medewerker
        _volg_groepen(request, medewerker, sociallogin.claims)
        if settings.OIDC_MFA:
            request.session["oidc_mfa"] = True

    def on_authentication_error(self, request: HttpRequest, provider: Any, **rest: Any) -> None:
        """Somebody stopped half-way, or the provider is in trouble. raises ImmediateHttpResponse with our page."""
        log.warning("work account: signing in failed: %s", type(rest.get("exception")).__name__)
        raise ImmediateHttpResponse(render(request, "werkaccount/mislukt.html", status=401))


def _met_adres(claims: dict[str, Any]) -> Medewerker | None:
    """Whoever has this address, when the provider vouches for it and nobody came in by it before.

    An address may go to a new colleague; who came in by it before is another person, with another subject.
    """
    if claims.get("email_verified") is not True:
        return None
    medewerker = Medewerker.objects.filter(email__iexact=str(claims.get("email", ""))).first()
    if medewerker is None or SocialAccount.objects.filter(user=medewerker, provider=AANBIEDER).exists():
        return None
    return medewerker


def _volg_groepen(request: HttpRequest, medewerker: Medewerker, claims: dict[str, Any]) -> None:
    gelezen = claims.get(settings.OIDC_GROEPEN_CLAIM)
    groepen = [groep for groep in (gelezen if isinstance(gelezen, list) else [gelezen]) if isinstance(groep, str)]
    werkaccount.volg_groepen(
        door=deur.klok(request), medewerker=medewerker, plekken=plekken(), groepen=groepen, vandaag=deur.vandaag()
    )


def _geweigerd(request: HttpRequest) -> HttpResponse:
    """403, the same for an unknown address, one that is not verified, a stopped account and another subject."""
    return render(request, "werkaccount/onbekend.html", status=403)


@login_not_required
@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """in: the button on the page to sign in; out: the way to the provider; 404 when there is none."""
    aanmelding = _aanmelding(request, provider_id)
    # Whoever shows again who he is, really shows it: the provider may not go by an earlier sign-in.
    vraag = {"prompt": "login"} if "opnieuw" in request.POST else {}
    try:
        antwoord: HttpResponse = aanmelding.get_provider().redirect(
            request, process="login", next_url=_eigen_pagina(request.POST.get("next", "")) or None, auth_params=vraag
        )
    except RequestException as fout:
        log.warning("work account: the provider does not answer: %s", type(fout).__name__)
        antwoord = render(request, "werkaccount/mislukt.html", status=503)
    return antwoord


@login_not_required
@require_GET
def terug(request: HttpRequest, provider_id: str) -> HttpResponse:
    """in: the way back from the provider; out: signed in, the next step of signing in, or a page that says why not."""
    antwoord: HttpResponse = OAuth2CallbackView.adapter_view(_aanmelding(request, provider_id))(request)
    if not request.user.is_authenticated:
        # Nothing that was believed for this sign-in may count for another one.
        request.session.pop("oidc_mfa", None)
    return antwoord


@require_GET
def opnieuw(request: HttpRequest) -> HttpResponse:
    """in: somebody who comes in with a work account only; out: a button to show again who that is; else 404."""
    if not settings.OIDC_ISSUER or not _alleen_werkaccount(request):
        raise Http404
    return render(request, "werkaccount/opnieuw.html", {"daarna": _eigen_pagina(request.GET.get("next", ""))})


def vraag_opnieuw(request: HttpRequest) -> None:
    """in: a request for which somebody must show again who he is.

    raises ImmediateHttpResponse to the page above for who has a work account and nothing else to show. Only when a
    page is opened: what was typed on it would be lost.
    """
    if request.method == "GET" and settings.OIDC_ISSUER and _alleen_werkaccount(request):
        daarna = urlencode({"next": request.get_full_path()})
        raise ImmediateHttpResponse(HttpResponseRedirect(f"{reverse('werkaccount_opnieuw')}?{daarna}"))


def _alleen_werkaccount(request: HttpRequest) -> bool:
    anders = get_reauthentication_flows(request.user)
    return not anders and SocialAccount.objects.filter(user=request.user.pk, provider=AANBIEDER).exists()


def _eigen_pagina(daarna: str) -> str:
    """in: where to go next, as the browser says; out: the same when it is a page of this site, else nothing."""
    return daarna if url_has_allowed_host_and_scheme(daarna, allowed_hosts=None) else ""


def _aanmelding(request: HttpRequest, provider_id: str) -> Aanmelding:
    aanmelding = Aanmelding(request, provider_id)
    try:
        aanmelding.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return aanmelding
