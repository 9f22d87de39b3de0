"""A mail as it leaves: text and simple HTML, made from the same parts so that they say the same words.

Nothing in it asks anything of another server, and a provider is told not to rewrite links: they are for one person.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit

from anymail.message import AnymailMessage
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from casussen.berichten import afmelden
from casussen.models import Bericht, Medewerker

NAAM_HOOGSTENS = 60
# What a name may not bring into the head of a mail, besides control characters: it would look like an address.
_NIET_IN_NAAM = re.compile(r'[<>"\\@,;:=?]')


@dataclass(frozen=True)
class Knop:
    """Where a mail leads: in the HTML a button, in the text the same words above the address."""

    woorden: str
    adres: str

    def __str__(self) -> str:
        return f"{self.woorden}:\n{self.adres}"


@dataclass(frozen=True)
class Tekst:
    """Subject and paragraphs of one mail."""

    onderwerp: str
    delen: tuple[str | Knop, ...]

    @property
    def inhoud(self) -> str:
        """Out: the plain text."""
        return "\n\n".join(str(deel) for deel in self.delen) + "\n"


def maak(berichten: Sequence[Bericht], tekst: Tekst, verbinding: BaseEmailBackend | None = None) -> AnymailMessage:
    """in: the rows that this mail tells, first the one that carries it; its text; the connection; out: the mail.

    Raises ValueError (BadHeaderError is one) when an address has a line break or cannot be one. The Message-ID is that
    of the first row, also when it is tried again; `metadata` is how a provider tells later which row it was.
    """
    drager, coordinator = berichten[0], _coordinator(berichten)
    tekst = volledig(berichten, tekst)
    mail = AnymailMessage(
        subject=tekst.onderwerp,
        body=tekst.inhoud,
        from_email=_afzender(berichten),
        to=[drager.ontvanger.email],
        reply_to=[coordinator.email] if coordinator else [],
        headers=_koppen(drager, afmelden.adres_voor(berichten)),
        connection=verbinding,
        metadata={"bericht": str(drager.pk)},
        track_clicks=False,
        track_opens=False,
    )
    mail.attach_alternative(render_to_string("mail/mail.html", {"tekst": tekst, "delen": _in_html(tekst)}), "text/html")
    mail.message()  # raises here, and not while it is handed over
    return mail


def volledig(berichten: Sequence[Bericht], tekst: Tekst) -> Tekst:
    """in: the rows, their text; out: the text, with the way to less mail under what is optional."""
    adres = afmelden.adres_voor(berichten)
    if not adres:
        return tekst
    return Tekst(tekst.onderwerp, (*tekst.delen, _("Wil je minder mail? Kies het hier: %(adres)s") % {"adres": adres}))


def _coordinator(berichten: Sequence[Bericht]) -> Medewerker | None:
    """Who answers. Nobody when there are several: an answer about one family may not reach who coordinates another."""
    coordinatoren = {bericht.casus.coordinator for bericht in berichten if bericht.casus}
    return coordinatoren.pop() if len(coordinatoren) == 1 else None


def _afzender(berichten: Sequence[Bericht]) -> str:
    """Whoever gets mail from the coordinator reads that name. Staff gets its mail from the software."""
    coordinator = _coordinator(berichten)
    aan_staf = isinstance(berichten[0].ontvanger, Medewerker)
    naam = "" if coordinator is None or aan_staf else _als_naam(coordinator.naam)
    if not naam:
        return str(settings.DEFAULT_FROM_EMAIL)
    van_wie = _("%(naam)s via Handreiking") % {"naam": naam}
    # Not encoded yet: Django does that in pieces that fit on a line.
    return f'"{van_wie}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'


def _als_naam(naam: str) -> str:
    """A name that is safe in a head: one line, no addresses, not longer than people can read."""
    zichtbaar = "".join(teken if unicodedata.category(teken)[0] not in "CZ" else " " for teken in naam)
    return " ".join(_NIET_IN_NAAM.sub(" ", zichtbaar).split())[:NAAM_HOOGSTENS].strip()


def _koppen(drager: Bericht, minder_mail: str) -> dict[str, str]:
    domein = urlsplit(settings.SITE_URL).hostname or "localhost"
    koppen = {
        "Message-ID": f"<{drager.pk}@{domein}>",
        "Auto-Submitted": "auto-generated",
        # No "All": Exchange would then suppress the report that an address does not exist, which we want to have.
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
    }
    if minder_mail:
        koppen |= {"List-Unsubscribe": f"<{minder_mail}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return koppen


@dataclass(frozen=True)
class _Stuk:
    """A few words, or an address of this site."""

    tekst: str
    is_adres: bool


def _in_html(tekst: Tekst) -> list[Knop | list[list[_Stuk]]]:
    """A button, or the lines of a paragraph. Only addresses of this site become links: a name never does."""
    return [deel if isinstance(deel, Knop) else [_stukken(regel) for regel in deel.split("\n")] for deel in tekst.delen]


def _stukken(regel: str) -> list[_Stuk]:
    delen = re.split(rf"({re.escape(settings.SITE_URL)}/\S*)", regel)
    return [_Stuk(deel, bool(nummer % 2)) for nummer, deel in enumerate(delen) if deel]
