"""What people type never becomes a head of a mail, whatever line breaks are in it."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from casussen.models import Bericht, Medewerker, Organisatie, Professional
from casussen.models.bericht import BerichtStatus
from tests.cast import Kuipers
from tests.mailserver import Mailserver, mailserver

ERBIJ = "\r\nBcc: kwaad@kwaad.example\r\nX-Kwaad: ja\r\n\r\n<b>hallo</b>"
KOPPEN = {"Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
          "Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Peer", "X-MailFrom", "X-RcptTo"}  # fmt: skip


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


@pytest.mark.parametrize("breuk", ["\r\n", "\n", "\r", "\u2028", "\x0b"])
def test_a_line_break_in_a_name_adds_no_head(kuipers: Kuipers, server: Mailserver, breuk: str) -> None:
    naam = "Sanne Wolters" + ERBIJ.replace("\r\n", breuk)
    for model in (Medewerker, Professional, Organisatie):
        model._default_manager.filter(naam__in=["Sanne Wolters", "Wijkteam Hengelo-Noord"]).update(naam=naam)
    kuipers.casus.refresh_from_db()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    berichten.verstuur_alles(nu=timezone.now())

    assert len(server.mails) == 5
    assert "kwaad@kwaad.example" not in server.aan
    for mail in server.mails:
        assert set(mail.keys()) <= KOPPEN
        assert len(str(mail["Subject"]).splitlines()) == 1
    assert any("kwaad@kwaad.example" in str(mail["Subject"]) for mail in server.mails)  # it was tried


def test_an_address_with_a_line_break_gets_no_mail_and_stops_no_other(kuipers: Kuipers, server: Mailserver) -> None:
    Professional.objects.filter(naam="Ilse Broekhuis").update(email="ilse@debrug.example" + ERBIJ)
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    berichten.verstuur_alles(nu=timezone.now())

    assert "r.assink@delinde.example" in server.aan
    assert not [adres for adres in server.aan if "kwaad" in adres or "ilse" in adres]
    assert Bericht.objects.get(deelnemer=kuipers.ilse).status == BerichtStatus.MISLUKT
