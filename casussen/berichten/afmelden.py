"""The address where one professional chooses how often to get mail: signed, so nobody can guess another one's.

It opens nothing of a family, and needs no row in the database: it works as long as that person is in the address book.
"""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from casussen.models import Bericht, Deelnemer, Professional
from casussen.models.bericht import BerichtSoort

# What a professional may do without: what is asked of him for the first time always comes.
VRIJWILLIG = (BerichtSoort.NAJAGEN, BerichtSoort.WIJZIGING)


def adres_voor(berichten: Sequence[Bericht]) -> str:
    """in: the rows of one mail; out: where its reader chooses the rhythm, "" when something in it is not optional."""
    aan = berichten[0].ontvanger
    if not isinstance(aan, Deelnemer) or aan.professional is None:
        return ""
    return adres(aan.professional) if all(bericht.soort in VRIJWILLIG for bericht in berichten) else ""


def adres(professional: Professional) -> str:
    """in: somebody of the address book; out: the full address."""
    token = _handtekening().sign(str(professional.pk))
    return f"{settings.SITE_URL}{reverse('casussen:mailritme', args=[token])}"


def zoek(token: str) -> Professional | None:
    """in: a token from an address; out: whose it is, or None when we never made it."""
    try:
        pk = uuid.UUID(_handtekening().unsign(token))
    except (BadSignature, ValueError):
        return None
    return Professional.objects.filter(pk=pk).first()


def _handtekening() -> Signer:
    return Signer(sep=".", salt="casussen.berichten.afmelden")
