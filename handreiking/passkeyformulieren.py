"""The forms of allauth for passkeys. A parser that trusts the browser reads what it sends: here it may be anything."""

import struct
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms

T = TypeVar("T")

# What an answer that no device made breaks in fido2, besides what allauth expects.
ONLEESBAAR = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidSignature,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


# What a device sends as text (base64). The parser makes of a number so many bytes: one number could fill the memory.
TEKSTEN = {"id", "rawId", "clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"}


class AntwoordField(forms.JSONField):
    """The answer of a device, as the browser hands it over."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """in: JSON; out: the same as data; raises ValidationError when it has not the shape of such an answer."""
        antwoord = _lees(lambda: forms.JSONField.to_python(self, value))
        response = antwoord.get("response") if isinstance(antwoord, dict) else None
        if antwoord is not None and not (isinstance(response, dict) and _zijn_teksten(antwoord | response)):
            raise get_adapter().validation_error("incorrect_code")
        return antwoord

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Out: what stands in the page at first: an answer counts once, and is not read again to show it."""
        return initial


def _zijn_teksten(velden: dict[str, Any]) -> bool:
    return all(isinstance(waarde, str | None) for naam, waarde in velden.items() if naam in TEKSTEN)


def _lees(lezen: Callable[[], T]) -> T:
    """in: what reads the answer of a device; out: what it read; raises ValidationError for whatever is no answer."""
    try:
        return lezen()
    except ONLEESBAAR as fout:
        raise get_adapter().validation_error("incorrect_code") from fout


class InlogForm(LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Signing in with a passkey alone."""

    credential = AntwoordField()

    def clean_credential(self) -> Authenticator:
        """Out: the passkey that answered."""
        return _lees(super().clean_credential)


class TweedeStapForm(AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey after the password."""

    credential = AntwoordField()

    def clean_credential(self) -> Authenticator:
        """Out: the passkey that answered."""
        return _lees(super().clean_credential)


class OpnieuwForm(ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey to show again who you are."""

    credential = AntwoordField()

    def clean_credential(self) -> Authenticator:
        """Out: the passkey that answered."""
        return _lees(super().clean_credential)


class ErbijForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey."""

    credential = AntwoordField()

    def clean(self) -> dict[str, Any]:
        """Out: the name and the passkey."""
        return _lees(super().clean)
