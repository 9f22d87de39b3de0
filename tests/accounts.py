"""What the tests of accounts share: signing in for real, codes of a phone, and mails about an account."""

import base64
import hmac
import re
import struct
import time
from datetime import timedelta
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen import berichten
from casussen.models import Bericht, Logregel, Medewerker
from tests.cast import WACHTWOORD

ZIN = "paars fietsbel lepel onweer"
GEHEIM = base64.b32encode(b"geheim-van-de-tests!").decode()


def ingelogd(client: Client, medewerker: Medewerker, *, geleden: timedelta = timedelta(0)) -> Client:
    """Signs in without the login page, as somebody who gave the password this long ago (now: counts as fresh)."""
    client.force_login(medewerker)
    sessie = client.session
    sessie["account_authentication_methods"] = [{"method": "password", "at": time.time() - geleden.total_seconds()}]
    sessie["account_authentication_methods_user"] = str(medewerker.pk)
    sessie.save()
    return client


def log_in(client: Client, medewerker: Medewerker, wachtwoord: str = WACHTWOORD, **headers: str) -> HttpResponseBase:
    """Fills in the login page."""
    return client.post("/inloggen/", {"login": medewerker.email, "password": wachtwoord}, headers=headers)


def is_binnen(client: Client) -> bool:
    """Whether the list of families opens."""
    return client.get("/casussen/").status_code == 200


def code(geheim: str = GEHEIM, *, stap: int = 0) -> str:
    """The six digits that a phone shows now (RFC 6238), or so many half minutes later; not made with allauth.

    At the very end of a half minute it waits for the next one, so that the code still counts when it arrives.
    """
    rest = 30 - time.time() % 30
    if rest < 3:
        time.sleep(rest)
    teller = struct.pack(">Q", int(time.time()) // 30 + stap)
    samen = hmac.digest(base64.b32decode(geheim), teller, "sha1")
    begin = samen[-1] & 15
    return f"{(struct.unpack('>I', samen[begin : begin + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def verkeerde_code() -> str:
    """Six digits that no phone shows around now."""
    goed = {code(stap=stap) for stap in (-2, -1, 0, 1, 2)}
    return next(poging for poging in ("000000", "111111", "222222", "333333", "444444", "555555") if poging not in goed)


def met_codeapp(medewerker: Medewerker) -> list[str]:
    """Gives an account the code app with GEHEIM; out: its recovery codes."""
    TOTP.activate(medewerker, GEHEIM)
    codes: list[str] = RecoveryCodes.activate(medewerker).generate_codes()
    return codes


def soorten(medewerker: Medewerker) -> set[str]:
    """Which second steps an account has."""
    return set(Authenticator.objects.filter(user=medewerker).values_list("type", flat=True))


def mails(medewerker: Medewerker) -> list[str]:
    """Empties the outbox; out: the text of every mail that this person got in this test."""
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    return [str(brief.body) for brief in mail.outbox if brief.to == [medewerker.email]]


def klaar(medewerker: Medewerker) -> list[str]:
    """The mails in the outbox for somebody: what caused each, the last word first."""
    sleutels = Bericht.objects.filter(medewerker=medewerker).order_by("gemaakt_op").values_list("sleutel", flat=True)
    return [sleutel.split(":")[0] for sleutel in sleutels]


def link_in(tekst: str) -> str:
    """The path of the first link in a mail."""
    gevonden = re.search(r"https?://\S+", tekst)
    assert gevonden, tekst
    return urlsplit(gevonden[0]).path


def daden(medewerker: Medewerker) -> list[tuple[str, list[str]]]:
    """Deeds and fields in the log about this account, the first one first."""
    regels = Logregel.objects.filter(object_soort="medewerker", object_id=str(medewerker.pk)).order_by("pk")
    return [(regel.daad, regel.velden) for regel in regels]


def zonder_csrf(antwoord: HttpResponseBase) -> str:
    """A page without the token that differs each time, so that two of them can be compared."""
    inhoud: bytes = getattr(antwoord, "content", b"")
    return re.sub(r"[A-Za-z0-9]{64}", "csrf", inhoud.decode())
