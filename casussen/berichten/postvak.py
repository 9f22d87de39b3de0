"""The demo's e-mail backend: every mail becomes a file, and `/postvak/` shows them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as Mail
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from casussen.models import Bericht
from casussen.models.bericht import BerichtStatus


class EmailBackend(BaseEmailBackend):
    """Keeps mails as .eml files in settings.POSTVAK_DIR. Only the demo uses it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """in: mails; out: how many were kept."""
        map_ = Path(settings.POSTVAK_DIR)
        map_.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            doel = map_ / f"{uuid.uuid4()}.eml"
            klad = doel.with_suffix(".klad")
            klad.write_bytes(mail.message().as_bytes())
            klad.rename(doel)
        return len(email_messages)


def gooi_weg(berichten: Collection[uuid.UUID]) -> None:
    """in: ids of mails of the outbox; removes their files, if there are any (only the demo makes them)."""
    kenmerken = {str(pk) for pk in berichten}
    for pad in Path(settings.POSTVAK_DIR).glob("*.eml"):
        kenmerk = str(message_from_bytes(pad.read_bytes(), policy=policy.default)["Message-ID"])
        if kenmerk.lstrip("<").partition("@")[0] in kenmerken:
            pad.unlink(missing_ok=True)


@dataclass(frozen=True)
class Ontvangen:
    """One mail as its reader sees it."""

    aan: str
    van: str
    onderwerp: str
    op: datetime
    tekst: str


def alle_mails() -> list[Ontvangen]:
    """Out: every kept mail, the newest first."""
    bestanden = sorted(Path(settings.POSTVAK_DIR).glob("*.eml"), key=lambda pad: pad.stat().st_mtime_ns, reverse=True)
    return [_lees(pad) for pad in bestanden]


def wacht(nu: datetime) -> list[Bericht]:
    """in: the moment; out: what waits for a later day (one mail a day, ritme.py), the first one first."""
    return list(Bericht.objects.filter(status=BerichtStatus.KLAAR, niet_voor__gt=nu).order_by("niet_voor", "id"))


def _lees(pad: Path) -> Ontvangen:
    mail = message_from_bytes(pad.read_bytes(), policy=policy.default)
    assert isinstance(mail, Mail)  # policy.default makes this class
    deel = mail.get_body(("plain",))
    assert deel is not None  # every mail of ours has a text (berichten/brief.py)
    return Ontvangen(
        aan=mail["To"],
        van=mail["From"],
        onderwerp=mail["Subject"],
        op=parsedate_to_datetime(mail["Date"]).replace(tzinfo=UTC),  # Django writes this header in UTC
        tekst=deel.get_content(),
    )
