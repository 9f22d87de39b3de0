"""Secrets of the second step, encrypted with a key made of SECRET_KEY: a stolen database alone gives none away."""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _


def versleutel(tekst: str) -> str:
    """in: a text; out: the same, unreadable without SECRET_KEY."""
    return _sleutels().encrypt(tekst.encode()).decode()


def ontsleutel(versleuteld: str) -> str:
    """in: what `versleutel` made, also with a key of SECRET_KEY_FALLBACKS; out: the text.

    raises ValidationError when SECRET_KEY is another one than it was made with.
    """
    try:
        return _sleutels().decrypt(versleuteld.encode()).decode()
    except InvalidToken as fout:
        zin = _("Je tweede stap werkt niet meer. Vraag je beheerder om hem uit te zetten. Zet hem daarna opnieuw aan.")
        raise ValidationError(zin, code="sleutel_veranderd") from fout


def _sleutels() -> MultiFernet:
    return MultiFernet([_fernet(sleutel) for sleutel in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _fernet(sleutel: str) -> Fernet:
    afgeleid = salted_hmac("handreiking.tweede-stap", "", secret=sleutel, algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(afgeleid))
