"""A real SMTP server for the tests, which can also misbehave in every way that mail servers do."""

import asyncio
import contextlib
import socket
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tests import mailgeheim

BACKEND = "casussen.berichten.smtp.EmailBackend"


def vrije_poort() -> int:
    """Out: a port on this machine that nobody listens to."""
    with socket.create_server(("127.0.0.1", 0)) as deur:
        return int(deur.getsockname()[1])


def _breek(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.WriteTransport)
    server.transport.abort()


class Mailserver:
    """Accepts mails, unless told otherwise: per address a reply, or what goes wrong with the connection.

    `gedrag[adres]` is taken from the front, one for each attempt to mail that address:
    "550 …" a reply to RCPT; "DATA 554 …" a reply after the mail; "MAIL 530 …" a reply to the sender;
    "breek-voor" drops the connection before the mail; "breek-na" drops it after the mail was accepted;
    "hang-voor" and "hang-na" never answer, before and after the mail.
    """

    def __init__(self) -> None:
        self.poort = vrije_poort()
        self.mails: list[EmailMessage] = []
        self.gedrag: dict[str, list[str]] = defaultdict(list)
        self.afzender_gedrag: list[str] = []
        self.verbindingen = 0
        self.vertraging = 0.0
        self.bezig_met = 0
        self.stopt = False
        self._controller = Controller(self, hostname="127.0.0.1", port=self.poort)

    @property
    def aan(self) -> list[str]:
        """Out: the addresses of the accepted mails, in order."""
        return [str(mail["To"]) for mail in self.mails]

    async def handle_EHLO(  # noqa: N802 (the names are aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.verbindingen += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        wat = self.afzender_gedrag.pop(0) if self.afzender_gedrag else ""
        if wat == "breek-voor":
            _breek(server)
        elif wat:
            return wat
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        wat = self.gedrag[address][0] if self.gedrag[address] else ""
        if wat[:1].isdigit():
            return self.gedrag[address].pop(0)
        if wat in ("breek-voor", "hang-voor"):
            self.gedrag[address].pop(0)
            await self._stoor(server, wat)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (adres,) = envelope.rcpt_tos
        self.bezig_met += 1
        await asyncio.sleep(self.vertraging)
        wat = self.gedrag[adres].pop(0) if self.gedrag[adres] else ""
        if wat.startswith("DATA "):
            return wat.removeprefix("DATA ")
        assert isinstance(envelope.content, bytes)
        mailgeheim.zie(envelope.content)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        if wat != "hang-na":
            self.mails.append(mail)
        if wat:
            await self._stoor(server, wat)
        return "250 OK"

    async def _stoor(self, server: SMTP, wat: str) -> None:
        if wat.startswith("breek"):
            _breek(server)
            return
        while not self.stopt:
            await asyncio.sleep(0.02)

    @contextlib.contextmanager
    def draait(self) -> Iterator["Mailserver"]:
        """The server, in a thread of its own, until the end of the block."""
        self._controller.start()
        try:
            yield self
        finally:
            self.stopt = True
            self._controller.stop()


@contextlib.contextmanager
def mailserver(settings: Settings, wachttijd: float = 5) -> Iterator[Mailserver]:
    """A running server that this site sends its mail to; `wachttijd` is EMAIL_TIMEOUT in seconds."""
    server = Mailserver()
    settings.EMAIL_BACKEND = BACKEND
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.poort
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = wachttijd
    with server.draait():
        yield server
