"""Mail that came back: reports of mail servers in a mailbox of our own, read over IMAP.

A report is believed as little as possible. It can only say of one mail that it did not arrive, and only for the address
that it went to (acties/berichten.py). Everything that was read is marked as read; nothing is ever removed.
"""

import email
import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings

log = logging.getLogger(__name__)

POORT_TLS, POORT = 993, 143
GEDULD = 20  # seconds
HOOGUIT = 200  # mails in one round; the rest comes half a minute later
# Of a larger mail the rest is not read: what came back stands in the beginning.
GROOTST = 500_000
_NUMMER = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^>\s]+)>")


@dataclass(frozen=True)
class Onbestelbaar:
    """What a report says: this mail did not reach this address, and never will."""

    bericht: UUID
    adres: str


def lees_postvak(adres: str, meld: Callable[[Onbestelbaar], bool]) -> int:
    """Reads what is new in the mailbox.

    in: imaps://user:password@host/mailbox; what to do with each report; out: how many mails were not delivered.
    A mailbox that cannot be reached is tried again the next time.
    """
    try:
        with _open(adres) as postvak:
            return sum(_verwerk(rauw, meld) for rauw in _nieuw(postvak))
    except (OSError, imaplib.IMAP4.error) as fout:
        log.warning("mailbox of bounces not read: %s", type(fout).__name__)
        return 0


def lees(rauw: bytes) -> list[Onbestelbaar]:
    """in: a mail; out: what it says about mails of ours that will never arrive (RFC 3464); empty for any other mail."""
    mail = email.message_from_bytes(rauw)
    if mail.get_content_type() != "multipart/report":
        return []
    delen = list(mail.walk())
    nummer = next((nummer for deel in delen if (nummer := _ons_nummer(deel, mail))), None)
    if nummer is None:
        return []
    mislukt = [
        blok for deel in delen if deel.get_content_type() == "message/delivery-status" for blok in _blokken(deel)
    ]
    adressen = {adres for blok in mislukt if _is_blijvend(blok) for adres in _adressen(blok)}
    return [Onbestelbaar(nummer, adres) for adres in sorted(adressen)]


def _open(adres: str) -> imaplib.IMAP4:
    """Signed in, with the mailbox selected; the settings say whether the connection may be without TLS."""
    delen = urlsplit(adres)
    host = delen.hostname or ""
    if delen.scheme == "imaps":
        postvak: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            host, delen.port or POORT_TLS, ssl_context=ssl.create_default_context(), timeout=GEDULD
        )
    else:
        postvak = imaplib.IMAP4(host, delen.port or POORT, timeout=GEDULD)
    try:
        postvak.login(unquote(delen.username or ""), unquote(delen.password or ""))
        antwoord, _aantal = postvak.select(f'"{unquote(delen.path.strip("/")) or "INBOX"}"')
        if antwoord != "OK":
            raise imaplib.IMAP4.error("no such mailbox")
    except BaseException:
        postvak.shutdown()
        raise
    return postvak


def _nieuw(postvak: imaplib.IMAP4) -> Iterator[bytes]:
    """Every mail that is not read yet. It is marked as read after it was dealt with, so none is passed over."""
    _antwoord, gevonden = postvak.uid("SEARCH", "UNSEEN")
    for uid in (gevonden[0] or b"").decode().split()[:HOOGUIT]:
        _antwoord, delen = postvak.uid("FETCH", uid, f"(BODY.PEEK[]<0.{GROOTST}>)")
        for deel in delen:
            if isinstance(deel, tuple):
                yield deel[1]
        postvak.uid("STORE", uid, "+FLAGS", r"(\Seen)")


def _verwerk(rauw: bytes, meld: Callable[[Onbestelbaar], bool]) -> int:
    try:
        gevonden = lees(rauw)
    except Exception as fout:  # anybody may send anything here: one mail may not stop the others
        log.warning("a mail in the mailbox of bounces cannot be read: %s", type(fout).__name__)
        return 0
    return sum(meld(een) for een in gevonden)


def _ons_nummer(deel: Message, heel: Message) -> UUID | None:
    """The number of our row, out of the heads of what came back: the whole mail, or its heads as text."""
    if deel is heel:
        return None
    kop = str(deel.get("Message-ID") or "")
    if deel.get_content_type() == "text/rfc822-headers":
        inhoud = deel.get_payload(decode=True)
        kop = str(email.message_from_bytes(inhoud if isinstance(inhoud, bytes) else b"").get("Message-ID") or "")
    gevonden = _NUMMER.search(kop)
    ons_domein = (urlsplit(settings.SITE_URL).hostname or "localhost").casefold()
    return UUID(gevonden[1]) if gevonden and gevonden[2].casefold() == ons_domein else None


def _blokken(deel: Message) -> list[Message]:
    """A report about one mail, then one for each address."""
    blokken = deel.get_payload()
    return [blok for blok in blokken if isinstance(blok, Message)] if isinstance(blokken, list) else []


def _is_blijvend(blok: Message) -> bool:
    """Failed for good: a delay (4.x) says nothing yet."""
    actie, status = str(blok.get("Action") or ""), str(blok.get("Status") or "")
    return actie.strip().casefold() == "failed" and status.strip().startswith("5")


def _adressen(blok: Message) -> set[str]:
    """The address that we gave and the one that it led to; both without the kind of address before them."""
    koppen = [str(blok.get(naam) or "") for naam in ("Original-Recipient", "Final-Recipient")]
    return {kop.rpartition(";")[2].strip().strip("<>") for kop in koppen if "@" in kop}
