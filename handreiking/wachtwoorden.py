"""Refusing passwords that somebody else will try first: easy to guess, or on a list of leaked ones."""

import hashlib
import os
import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from casussen.models import Medewerker, Team

# zxcvbn's scale runs from 0 to 4; 4 stands for more than ten thousand million guesses.
STERK_GENOEG = 4
# What is longer is as strong as this first part; reading on would only take time.
GELEZEN = 72

# zxcvbn knows English words. These are what Dutch people begin with, most often followed by a year and a "!".
VOOR_DE_HAND = (Path(__file__).parent / "voor_de_hand.txt").read_text().split()


class LangGenoeg(MinimumLengthValidator):
    """Django's rule about length, with our words."""

    def get_error_message(self) -> str:
        """Out: what is wrong, and how long is long enough."""
        return _("Dit wachtwoord is te kort. Neem minstens %(min_length)d tekens.") % {"min_length": self.min_length}


class NietTeRaden:
    """Refuses what is easy to guess; knows the leaked passwords, names and patterns that zxcvbn brings along."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """in: a new password and whose it is; raises ValidationError when it is easy to guess."""
        bekend = [*VOOR_DE_HAND, *_woorden_van(user)]
        if zxcvbn(password[:GELEZEN], user_inputs=bekend)["score"] < STERK_GENOEG:
            raise ValidationError(
                _(
                    "Dit wachtwoord is makkelijk te raden. Neem vier woorden die niet bij elkaar horen. "
                    "Geen namen, geen jaartal en niet het woord Handreiking."
                ),
                code="te_raden",
            )

    def get_help_text(self) -> str:
        """Out: the rule in one sentence."""
        return _("Neem een zin van vier woorden die niet bij elkaar horen.")


class NietGelekt:
    """Refuses what stands in the operator's own list of leaked passwords; without a list it accepts everything."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """in: a new password; raises ValidationError when its SHA-1 is in the file `GELEKTE_WACHTWOORDEN`."""
        if settings.GELEKTE_WACHTWOORDEN and is_gelekt(password, Path(settings.GELEKTE_WACHTWOORDEN)):
            raise ValidationError(
                _("Dit wachtwoord staat op een lijst van gestolen wachtwoorden. Neem een ander wachtwoord."),
                code="gelekt",
            )

    def get_help_text(self) -> str:
        """Out: the rule in one sentence."""
        return _("Neem geen wachtwoord dat je ergens anders gebruikt.")


def is_gelekt(password: str, lijst: Path) -> bool:
    """Looks a password up by halving, since such a list may be 40 gigabytes.

    in: a password, a file with on each line the SHA-1 of a leaked one in capitals, sorted (`:` and a number may
    follow); out: whether it is in there.
    """
    gezocht = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with lijst.open("rb") as bestand:
        laag, hoog = 0, bestand.seek(0, os.SEEK_END)
        while laag < hoog:
            midden = (laag + hoog) // 2
            regel = _eerste_regel_vanaf(bestand, midden)
            if regel and regel[:40].upper() < gezocht:
                laag = midden + 1
            else:
                hoog = midden
        return _eerste_regel_vanaf(bestand, laag)[:40].upper() == gezocht


def _eerste_regel_vanaf(bestand: BinaryIO, plek: int) -> bytes:
    """The first whole line that begins at this byte or later; empty at the end of the file."""
    if plek:
        bestand.seek(plek - 1)
        bestand.readline()
    else:
        bestand.seek(0)
    return bestand.readline()


def _woorden_van(user: AbstractBaseUser | None) -> list[str]:
    """The own name and address, and what the own teams and organisations are called."""
    if not isinstance(user, Medewerker):
        return []
    teksten = [user.naam, user.email]
    if user.pk:
        teams = Team.objects.filter(lidmaatschappen__medewerker=user)
        teksten += [naam for namen in teams.values_list("naam", "organisatie__naam") for naam in namen]
    return [deel for tekst in teksten for deel in [tekst, *re.split(r"[\W_]+", tekst)] if deel]
