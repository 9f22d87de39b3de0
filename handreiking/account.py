"""How django-allauth behaves here: no sign-up, mail through the outbox only, and limits that lock nobody else out."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casussen.acties import accounts
from casussen.berichten.teksten_account import Verandering
from casussen.client import client_address
from casussen.models import Medewerker
from handreiking import geheim, werkaccount
from handreiking.herkomst import als_medewerker, als_onbekende

NIET_GELUKT = _l("Het e-mailadres of het wachtwoord klopt niet. Kijk ze na en probeer het nog een keer.")
TE_VAAK = _l("Dit ging te vaak mis. Wacht vijf minuten en probeer het dan opnieuw.")
CODE_KLOPT_NIET = _l("Deze code klopt niet. Neem de nieuwste code en probeer het nog een keer.")

# What allauth wants to mail, and what we mail instead. The second step is watched in handreiking/gebeurtenissen.py.
MELDINGEN = {
    "account/email/password_changed": Verandering.WACHTWOORD,
    "account/email/password_reset": Verandering.WACHTWOORD,
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by a manager (`/beheer/`); everything that can be mailed goes through the outbox."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": NIET_GELUKT,
        "too_many_login_attempts": TE_VAAK,
        "rate_limited": TE_VAAK,
        "incorrect_code": CODE_KLOPT_NIET,
        "incorrect_password": _l("Dit wachtwoord klopt niet. Probeer het nog een keer."),
        "enter_current_password": _l("Dit is niet je wachtwoord van nu. Er is niets veranderd."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """in: the request; out: always False."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Never: mail leaves through the outbox (`casussen/berichten`). raises RuntimeError."""
        raise RuntimeError(f"allauth wanted to mail {template_prefix} by itself")

    def send_notification_mail(self, template_prefix: str, user: Medewerker, *rest: Any, **anders: Any) -> None:
        """in: what happened, in allauth's words, and to whom; puts our own mail about it in the outbox."""
        if template_prefix in MELDINGEN:
            wat = MELDINGEN[template_prefix]
            accounts.meld(door=als_medewerker(context.request, user), medewerker=user, wat=wat)

    def get_client_ip(self, request: HttpRequest) -> str:
        """in: a request; out: the address of the client, as far as the proxies can be trusted."""
        adres = client_address(request)
        if adres is None:
            raise PermissionDenied
        return adres

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """in: a request that changed a password; out: the page of the account."""
        return reverse("account")

    def get_login_stages(self) -> list[str]:
        """Out: what stands between the password and being signed in."""
        eigen = {"allauth.mfa.stages.AuthenticateStage": "handreiking.tweede_stap.TweedeStap"}
        return [eigen.get(stage, stage) for stage in super().get_login_stages()]

    def is_reauthentication_required(self, *, app: str, **anders: Any) -> bool:
        """in: what asks; out: False for whoever signed in a moment ago; others show again who they are."""
        records = get_authentication_records(context.request, context.request.user)
        vers = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        if not vers:
            werkaccount.vraag_opnieuw(context.request)
        return not vers

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """in: a request with address and password; out: the account; None, for a stopped account as for no account."""
        medewerker: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return medewerker if medewerker is not None and medewerker.is_active else None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """in: as authenticate; writes in the log that somebody tried."""
        accounts.noteer_mislukt(door=als_onbekende(request), email=str(credentials.get("email", "")))

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """in: a request for a stopped account; out: what everybody gets whose sign-in fails."""
        messages.error(request, NIET_GELUKT)
        return redirect("account_login")

    def vergeet_mislukte(self, request: HttpRequest, email: str) -> None:
        """in: a request that chose a new password; forgets the tries before it, from this address."""
        self._delete_login_attempts_cached_email(request, email=email)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Per account and per address of the visitor: never per account alone, or anybody could lock the owner out."""
        return f"{get_ip(request)}:{credentials.get('email', '').lower()}"


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """The second step: secrets are kept encrypted, words are ours."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": CODE_KLOPT_NIET}

    def encrypt(self, text: str) -> str:
        """in: a secret; out: what the database keeps of it."""
        return geheim.versleutel(text)

    def decrypt(self, encrypted_text: str) -> str:
        """in: what the database keeps; out: the secret."""
        return geheim.ontsleutel(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """in: what the app on the phone must know; out: a QR code, as an <svg> that stands in the page itself."""
        import qrcode
        from qrcode.image.svg import SvgPathImage

        return str(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: AbstractBaseUser, soort: Authenticator.Type) -> str:
        """in: an account; out: a name for a passkey whose owner gave it none."""
        return _("Passkey van %(dag)s") % {"dag": timezone.localdate().strftime("%d-%m-%Y")}

    def _get_site_name(self) -> str:
        return "Handreiking"
