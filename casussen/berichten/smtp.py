"""SMTP in such a way that we always know what became of a mail: accepted, refused, not handed over, or unknown."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

MAIL_MAG_KOMEN = 354  # the server's answer to DATA: go ahead
SLUIT = 421  # "closing this connection", for example after so many mails


class Afgebroken(Exception):
    """The connection broke while the mail was handed over: nobody knows whether the server accepted it."""


class _Smtp(smtplib.SMTP):
    """Remembers whether the server was waiting for the mail when the connection broke."""

    _overhandigt = False

    def getreply(self) -> tuple[int, bytes]:
        code, tekst = super().getreply()
        self._overhandigt = code == MAIL_MAG_KOMEN
        return code, tekst

    def data(self, msg: Any) -> tuple[int, bytes]:
        try:
            return super().data(msg)
        except OSError as fout:
            if self._overhandigt:
                raise Afgebroken(type(fout).__name__) from fout
            raise


class _SmtpSsl(_Smtp, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    """Django's SMTP backend; it raises Afgebroken, and replaces a connection that broke between two mails."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Out: the class that Django opens connections with."""
        return _SmtpSsl if self.use_ssl else _Smtp

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """in: mails; out: how many were accepted; raises OSError (SMTPException is one) and Afgebroken."""
        geopend = self.open()
        try:
            return sum(self._stuur(mail) for mail in email_messages)
        finally:
            if geopend:
                self.close()

    def _stuur(self, mail: EmailMessage) -> int:
        try:
            return super().send_messages([mail])
        except smtplib.SMTPServerDisconnected:
            pass
        except smtplib.SMTPSenderRefused as fout:
            if fout.smtp_code != SLUIT:
                raise
        # Nothing was handed over yet. Servers close connections that wait or that did enough.
        self.close()
        self.open()
        return super().send_messages([mail])
