"""What became of a mail that was not simply accepted: what a mail server or a provider answered, or did not answer.

Four outcomes: refused for good, not accepted yet (because of this mail, or of us), nothing to be reached, or unknown.
Only what was surely not accepted is ever sent again by itself.
"""

import smtplib
from dataclasses import dataclass
from http import HTTPStatus

import requests
from anymail.exceptions import AnymailError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.utils.translation import gettext as _
from urllib3.exceptions import NewConnectionError

from casussen.berichten.smtp import Afgebroken

# What may be raised when a mail is handed over (SMTPException and RequestException are OSErrors).
MAILFOUTEN = (OSError, AnymailError, Afgebroken)
# Before anything of the mail was sent.
_GEEN_VERBINDING = (requests.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)
_VERKEERD_INGESTELD = (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader)
TE_VEEL = HTTPStatus.TOO_MANY_REQUESTS
# A computer in between gave up waiting for the provider, which may have taken the mail.
GEEN_ANTWOORD = HTTPStatus.GATEWAY_TIMEOUT


@dataclass(frozen=True)
class Oordeel:
    """In words, and what follows: never again, perhaps arrived, or stop knocking for now. None of those: try later.

    `aan_ons`: somebody who manages this site must mend something.
    """

    zin: str
    blijvend: bool = False
    onzeker: bool = False
    storing: bool = False
    aan_ons: bool = False


def weeg(fout: Exception) -> Oordeel:
    """in: one of MAILFOUTEN; out: what became of that mail."""
    if isinstance(fout, AnymailError):
        return _van_aanbieder(fout)
    return _onbekend() if isinstance(fout, Afgebroken) else _van_mailserver(fout)


def _van_mailserver(fout: Exception) -> Oordeel:
    if isinstance(fout, smtplib.SMTPRecipientsRefused):
        code = next(iter(fout.recipients.values()))[0]
        return Oordeel(onbekend_adres(), blijvend=code >= 500)
    if isinstance(fout, smtplib.SMTPDataError):
        zin = _("De mailserver weigerde deze mail. Bel deze persoon, of kies een ander adres.")
        return Oordeel(zin, blijvend=fout.smtp_code >= 500)
    if isinstance(fout, smtplib.SMTPSenderRefused):
        return _onze_fout()
    return _geen_antwoord()


def _van_aanbieder(fout: AnymailError) -> Oordeel:
    if isinstance(fout, AnymailRecipientsRefused):
        return Oordeel(onbekend_adres(), blijvend=True)
    if not isinstance(fout, AnymailRequestsAPIError):
        return _onbekend()
    if fout.response is not None:
        return _van_status(fout.response.status_code)
    if isinstance(fout, _GEEN_VERBINDING) or _niet_verbonden(fout):
        return _geen_antwoord()
    return _onze_fout() if isinstance(fout, _VERKEERD_INGESTELD) else _onbekend()


def _van_status(status: int) -> Oordeel:
    """By the status of the answer. A good status with an answer that cannot be read says nothing about the mail."""
    if status < HTTPStatus.BAD_REQUEST or status == GEEN_ANTWOORD:
        return _onbekend()
    if status == TE_VEEL or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _geen_antwoord()
    return _onze_fout()


def _niet_verbonden(fout: AnymailRequestsAPIError) -> bool:
    """Whether no connection was made at all; the reason is two layers down (requests, urllib3)."""
    oorzaak = fout.__cause__
    binnenin = oorzaak.args[0] if oorzaak is not None and oorzaak.args else None
    return isinstance(getattr(binnenin, "reason", None), NewConnectionError)


def onbekend_adres() -> str:
    """Out: the sentence for an address that does not exist, also when that is heard later."""
    return _("De mailserver kent dit adres niet. Kijk of het klopt.")


def _onze_fout() -> Oordeel:
    """This says nothing about the address, only about us: a manager can mend it, and then the mail leaves."""
    return Oordeel(_("De mailserver neemt onze mail niet aan. Meld dit bij de beheerder."), aan_ons=True)


def _geen_antwoord() -> Oordeel:
    return Oordeel(_("De mailserver antwoordde niet. Bel deze persoon, of probeer het later."), storing=True)


def _onbekend() -> Oordeel:
    return Oordeel(_("De verbinding brak af. Vraag na of de mail aankwam."), onzeker=True, storing=True)
