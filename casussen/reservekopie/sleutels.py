"""The keys of age: the public ones to make a backup with, the secret ones to open it."""

import re
from collections.abc import Iterable
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from casussen.reservekopie.fouten import Mislukt, Uitgang, van_de_schijf

GEHEIM = "AGE-SECRET-KEY-"


def ontvangers(woorden: Iterable[str]) -> list[x25519.Recipient]:
    """in: public keys, also several in one text; out: the same for pyrage; raises Mislukt."""
    losse = [woord for tekst in woorden for woord in re.split(r"[\s,]+", tekst) if woord]
    if not losse:
        raise Mislukt(
            Uitgang.SLEUTEL, "Er is geen sleutel. Geef --sleutel age1… of zet RESERVEKOPIE_SLEUTEL. Zie docs/beheer.md."
        )
    return [_ontvanger(woord) for woord in losse]


def _ontvanger(woord: str) -> x25519.Recipient:
    if woord.upper().startswith(GEHEIM):
        zin = "Dit is de geheime sleutel. Gebruik hier de openbare, die met age1 begint, en maak een nieuwe geheime."
        raise Mislukt(Uitgang.SLEUTEL, zin)
    try:
        return x25519.Recipient.from_str(woord)
    except RecipientError:
        zin = f"“{woord}” is geen openbare sleutel van age. Die begint met age1 en is 62 tekens lang."
        raise Mislukt(Uitgang.SLEUTEL, zin) from None


def identiteiten(pad: Path) -> list[x25519.Identity]:
    """in: a file as age-keygen makes; out: the secret keys in it; raises Mislukt."""
    try:
        regels = [regel.strip() for regel in pad.read_text(encoding="utf-8").splitlines()]
        geheim = [x25519.Identity.from_str(regel) for regel in regels if regel.startswith(GEHEIM)]
    except OSError as fout:
        raise van_de_schijf(fout, f"het lezen van {pad}") from None
    except (IdentityError, ValueError):
        geheim = []
    if not geheim:
        zin = f"In {pad.name} staat geen geheime sleutel van age. Die begint met {GEHEIM}1."
        raise Mislukt(Uitgang.SLEUTEL, zin)
    return geheim
