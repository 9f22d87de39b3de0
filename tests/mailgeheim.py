"""No mail that leaves in any test names a family, a problem or a task: one fixture looks at all of them.

It sees every mail that Django sends in this process, every mail that the SMTP server of the tests and the provider of
the tests get, from whatever process, and the files of the demo's mailbox in the folder of a test. Of each it reads all
that a reader or a computer in between could read: heads, text, HTML, names of files, and what is attached.
"""

import contextlib
import html
import json
import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage as Mail
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import yaml
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import connection, models

ROOT = Path(__file__).resolve().parent.parent
CAST = ("Gezin Kuipers", "Milan Kuipers", "Bart Kuipers", "Esra Demir", "Opa Henk")
# Parts of names that are words of every day.
GEWOON = {"gezin", "familie", "inwoner", "mevrouw", "meneer", "van", "der", "den", "ter", "ten", "het", "een"}
# Whose names may stand in a mail: who works with the family. And what holds no word about a family.
NIET_VAN_HET_GEZIN = {
    "Organisatie", "Team", "Professional", "Medewerker", "Bericht", "Toegangslink", "Toegangscode", "Linkverzoek",
    "Agendafeed", "Uitnodiging", "Handreiking", "Vaststelling", "Logregel", "Logzegel", "Hartslag", "Foto",
}  # fmt: skip
NAMEN = {("Casus", "naam"), ("Gezinslid", "naam"), ("Netwerklid", "naam")}
# Texts of which the software itself chose the words, and what belongs to a helper.
GEEN_GEHEIM = {
    "sleutel", "vraag", "bron", "taal", "taal_code", "relatie", "telefoon", "app", "mail", "vervanger", "naar_naam",
    "naar_email", "waar",
}  # fmt: skip
KORTST = 4

GEZIEN: list[bytes] = []


def zie(mail: bytes) -> None:
    """in: a mail that left, as it goes over the line; the fixture of this test looks at it in the end."""
    GEZIEN.append(mail)


def _zie_wat_django_stuurt() -> None:
    stuur = EmailMessage.send

    def send(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        zie(self.message().as_bytes())
        return stuur(self, *args, **kwargs)

    EmailMessage.send = send  # type: ignore[method-assign]  # looks on; nothing that is sent changes


_zie_wat_django_stuurt()


@contextlib.contextmanager
def bewaakt(woorden: Callable[[], set[str]], map_: Path | None = None) -> Iterator[None]:
    """Fails at the end of the block when a mail that left inside it holds one of the words (or one of the cast).

    in: what gives the words, asked only when there was a mail; a folder in which the demo may have kept mails.
    """
    begin = len(GEZIEN)
    yield
    mails = [*GEZIEN[begin:], *(pad.read_bytes() for pad in (map_.rglob("*.eml") if map_ else ()))]
    del GEZIEN[begin:]
    if not mails:
        return
    verboden = namen_vooraf() | woorden()
    gevonden = {woord for mail in mails for woord in lekken(mail, verboden)}
    assert not gevonden, f"a mail holds {sorted(gevonden)}"


def lekken(mail: bytes, verboden: set[str]) -> set[str]:
    """in: a mail, words; out: those that stand in it, as whole words, in whatever way they were written."""
    return set(_zoeker(frozenset(verboden)).findall(leesbaar(mail)))


@lru_cache(maxsize=1)
def _zoeker(verboden: frozenset[str]) -> re.Pattern[str]:
    """The longest first, so that a full name is told as one."""
    woorden = "|".join(re.escape(woord) for woord in sorted(verboden, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{woorden})(?!\w)", re.IGNORECASE)


def leesbaar(mail: bytes) -> str:
    """in: a mail; out: all of it as text, decoded; without the address that it went to."""
    bericht = message_from_bytes(mail, policy=policy.default)
    assert isinstance(bericht, Mail)
    stukken = [mail.decode(errors="replace")]
    for deel in bericht.walk():
        stukken += [f"{kop}: {waarde}" for kop, waarde in deel.items()]
        stukken.append(deel.get_filename() or "")
        if not deel.is_multipart():
            inhoud = deel.get_payload(decode=True)
            assert isinstance(inhoud, bytes)
            stukken.append(inhoud.decode(deel.get_content_charset("utf-8"), errors="replace"))
    if bericht.get_content_type() == "application/json":
        stukken.append(json.dumps(json.loads(stukken[-1]), ensure_ascii=False).replace("\\n", "\n"))
    alles = "\n".join(stukken)
    alles = "\n".join([alles, unquote(alles), html.unescape(re.sub(r"<[^>]*>", "", alles))])
    for adres in re.findall(r"[^\s<>,;\"]+@[\w.-]+", str(bericht["To"] or "")):
        alles = re.sub(re.escape(adres), "", alles, flags=re.IGNORECASE)
    return " ".join(alles.split())


@cache
def namen_vooraf() -> set[str]:
    """Out: the names of the cast and of the families of the demo."""
    namen = list(CAST)
    for pad in sorted((ROOT / "demo" / "casussen").glob("*.yaml")):
        gezin = yaml.safe_load(pad.read_text())
        namen += [gezin["naam"], *(mens["naam"] for mens in [*gezin["gezin"], *gezin.get("netwerk", [])])]
    return {stuk for naam in namen for stuk in _stukken(naam)}


def woorden_uit_de_database() -> set[str]:
    """Out: what stands in the database of this test about families: names, and whatever somebody typed.

    A part of a name that a helper, an organisation or the software itself uses too is left out: the full name stays.
    """
    if connection.needs_rollback:
        return set()
    namen, teksten, van_helpers = set(), set(), set()
    for model in apps.get_app_config("casussen").get_models():
        for veld in model._meta.concrete_fields:
            if not isinstance(veld, models.CharField | models.TextField) or veld.choices:
                continue
            if (model.__name__, veld.name) in NAMEN:
                namen |= _waarden(model, veld.name)
            elif veld.name == "naam":
                van_helpers |= _waarden(model, veld.name)
            elif model.__name__ not in NIET_VAN_HET_GEZIN and veld.name not in GEEN_GEHEIM:
                teksten |= _waarden(model, veld.name)
    mag = {deel.casefold() for naam in van_helpers for deel in [naam, *re.findall(r"\w+", naam)]}
    mag |= _woorden_van_de_software()
    delen = {deel for naam in namen for deel in _stukken(naam) if deel.casefold() not in mag}
    return delen | {begin for tekst in teksten for begin in _begin(tekst, mag)}


def _waarden(model: type[models.Model], veld: str) -> set[str]:
    return {waarde for waarde in model._default_manager.values_list(veld, flat=True) if waarde}


def _stukken(naam: str) -> set[str]:
    """A name and its parts."""
    delen = {deel for deel in re.findall(r"\w+", naam) if len(deel) >= 3 and deel.casefold() not in GEWOON}
    heel = " ".join(naam.split())
    return delen | ({heel} if len(heel) >= KORTST else set())


def _begin(tekst: str, mag: set[str]) -> set[str]:
    """A text and how it begins, when that says something."""
    woorden = tekst.split()
    gevonden = {" ".join(woorden), " ".join(woorden[:4])}
    return {stuk for stuk in gevonden if len(stuk) >= KORTST and not set(re.findall(r"\w+", stuk.casefold())) <= mag}


@cache
def _woorden_van_de_software() -> set[str]:
    """Every word that mails are made of; "wil" is one, so a child called Wil is only found by the full name."""
    bronnen = [*(ROOT / "casussen" / "berichten").glob("*.py"), ROOT / "templates" / "mail" / "mail.html"]
    return {woord.casefold() for pad in bronnen for woord in re.findall(r"\w+", pad.read_text())}
