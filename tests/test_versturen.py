"""The outbox against a real mail server: each mail once, whatever the server does."""

import smtplib
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten, tasks
from casussen.berichten import smtp, versturen
from casussen.models import Bericht, Toegangslink
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers
from tests.mailserver import Mailserver, mailserver
from tests.post import status, verstuur, zet

NU = timezone.now()


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


@pytest.fixture
def trage_server(settings: Settings) -> Iterator[Mailserver]:
    """The same, and we do not wait long for it."""
    with mailserver(settings, wachttijd=0.3) as draaiend:
        yield draaiend


def test_a_refused_address_fails_at_once_and_says_so(kuipers: Kuipers, server: Mailserver) -> None:
    weg, goed = zet(kuipers.ruben, kuipers.casus), zet(kuipers.ilse, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["550 5.1.1 no such user"]
    assert verstuur() == 1
    assert (status(weg), status(goed)) == (BerichtStatus.MISLUKT, BerichtStatus.VERSTUURD)
    assert "adres" in weg.fout
    assert not Toegangslink.objects.filter(deelnemer=kuipers.ruben).exists()
    verstuur(timedelta(days=1))
    assert server.aan == [kuipers.ilse.email]


def test_a_refused_address_of_a_coordinator_fails_at_once_too(kuipers: Kuipers, server: Mailserver) -> None:
    bericht = zet(kuipers.teams.sanne, kuipers.casus, BerichtSoort.NIEUWE_LINK)
    server.gedrag["s.wolters@noord.example"] = ["550 no such user"]
    verstuur()
    assert status(bericht) == BerichtStatus.MISLUKT


def test_a_refused_mail_fails_at_once_too(kuipers: Kuipers, server: Mailserver) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["DATA 554 looks like spam"]
    verstuur()
    assert status(bericht) == BerichtStatus.MISLUKT
    assert "weigerde" in bericht.fout


@pytest.mark.parametrize("antwoord", ["451 greylisted", "DATA 452 disk full"])
def test_a_passing_refusal_waits_longer_each_time_and_gives_up_after_days(
    kuipers: Kuipers, server: Mailserver, antwoord: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = [antwoord] * versturen.MAX_POGINGEN
    nu = timezone.now()
    pauzes = []
    for _poging in range(versturen.MAX_POGINGEN - 1):
        berichten.verstuur_alles(nu=nu)
        assert status(bericht) == BerichtStatus.KLAAR
        assert "opnieuw" in bericht.fout
        berichten.verstuur_alles(nu=nu)  # too early: nothing happens
        pauzes.append(round((bericht.niet_voor - nu).total_seconds() / 60))
        nu = bericht.niet_voor
    assert pauzes[:4] == [1, 2, 4, 8]
    assert max(pauzes) == 360
    assert timedelta(days=2) < timedelta(minutes=sum(pauzes)) < timedelta(days=3)
    berichten.verstuur_alles(nu=nu)
    assert status(bericht) == BerichtStatus.MISLUKT
    assert not Toegangslink.objects.exists()


def test_a_passing_refusal_does_not_hold_up_the_others(kuipers: Kuipers, server: Mailserver) -> None:
    later, goed = zet(kuipers.ruben, kuipers.casus), zet(kuipers.ilse, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["451 later"]
    assert verstuur() == 1
    assert status(goed) == BerichtStatus.VERSTUURD
    assert verstuur(timedelta(hours=1)) == 1
    assert status(later) == BerichtStatus.VERSTUURD
    assert later.fout == ""


def test_a_refused_sender_is_our_fault_so_no_mail_is_given_up(kuipers: Kuipers, server: Mailserver) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    server.afzender_gedrag = ["530 log in first"]
    verstuur()
    assert status(bericht) == BerichtStatus.KLAAR
    assert verstuur(timedelta(hours=1)) == 1


def test_one_connection_carries_all_mails(kuipers: Kuipers, server: Mailserver) -> None:
    for deelnemer in (kuipers.ruben, kuipers.ilse, kuipers.amrita):
        zet(deelnemer, kuipers.casus)
    assert verstuur() == 3
    assert server.verbindingen == 1


@pytest.mark.parametrize("storing", ["breek-voor", "421 enough for one connection"])
def test_a_connection_that_ends_between_two_mails_is_replaced(
    kuipers: Kuipers, server: Mailserver, storing: str
) -> None:
    for deelnemer in (kuipers.ruben, kuipers.ilse, kuipers.amrita):
        zet(deelnemer, kuipers.casus)
    server.afzender_gedrag = ["", storing]
    assert verstuur() == 3
    assert len(set(server.aan)) == len(server.aan) == 3
    assert server.verbindingen == 2


@pytest.mark.parametrize("storing", ["breek-voor", "hang-voor"])
def test_a_mail_that_was_not_handed_over_is_tried_again(
    kuipers: Kuipers, trage_server: Mailserver, storing: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    wacht = zet(kuipers.ilse, kuipers.casus)
    trage_server.gedrag[kuipers.ruben.email] = [storing, storing]
    Bericht.objects.filter(pk=bericht.pk).update(niet_voor=NU - timedelta(hours=1))
    assert verstuur() == 0
    assert status(bericht) == BerichtStatus.KLAAR
    assert status(wacht) == BerichtStatus.KLAAR  # in trouble: no more knocking this time
    assert wacht.pogingen == 0
    assert verstuur(timedelta(minutes=30)) == 2
    assert sorted(trage_server.aan) == sorted([kuipers.ruben.email, kuipers.ilse.email])


@pytest.mark.parametrize("storing", ["breek-na", "hang-na"])
def test_a_connection_that_breaks_after_the_mail_leaves_it_uncertain_and_never_sends_it_again(
    kuipers: Kuipers, trage_server: Mailserver, storing: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    trage_server.gedrag[kuipers.ruben.email] = [storing]
    assert verstuur() == 0
    assert status(bericht) == BerichtStatus.ONZEKER
    assert "Vraag na" in bericht.fout
    keer = len(trage_server.mails)
    verstuur(timedelta(days=1))
    assert len(trage_server.mails) == keer
    assert Toegangslink.objects.filter(deelnemer=kuipers.ruben).count() == 1  # it may have arrived


def test_without_a_mail_server_nothing_is_claimed(kuipers: Kuipers, settings: Settings) -> None:
    with mailserver(settings):
        pass
    bericht = zet(kuipers.ruben, kuipers.casus)
    assert verstuur() == 0
    assert status(bericht) == BerichtStatus.KLAAR
    assert bericht.pogingen == 0


def test_what_a_killed_worker_left_behind_becomes_uncertain_after_ten_minutes(
    kuipers: Kuipers, server: Mailserver
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    Bericht.objects.filter(pk=bericht.pk).update(status=BerichtStatus.BEZIG, bezig_sinds=timezone.now())
    verstuur(timedelta(minutes=9))
    assert status(bericht) == BerichtStatus.BEZIG
    verstuur(timedelta(minutes=11))
    assert status(bericht) == BerichtStatus.ONZEKER
    assert server.mails == []


def test_a_mail_that_cannot_be_made_does_not_hold_up_the_others(kuipers: Kuipers, server: Mailserver) -> None:
    stuk = zet(kuipers.ruben, kuipers.casus, BerichtSoort.TAAK)
    Bericht.objects.filter(pk=stuk.pk).update(soort="bestaat-niet", niet_voor=NU - timedelta(days=1))
    goed = zet(kuipers.ilse, kuipers.casus)
    assert verstuur() == 1
    assert (status(stuk), status(goed)) == (BerichtStatus.MISLUKT, BerichtStatus.VERSTUURD)
    assert not Toegangslink.objects.filter(deelnemer=kuipers.ruben).exists()


def test_a_round_stops_where_it_was_told(kuipers: Kuipers, server: Mailserver) -> None:
    for deelnemer in (kuipers.ruben, kuipers.ilse, kuipers.amrita):
        zet(deelnemer, kuipers.casus)
    assert berichten.verstuur_alles(nu=timezone.now(), hooguit=2) == 2


def test_the_task_of_every_minute_sends_what_waits(kuipers: Kuipers, server: Mailserver) -> None:
    zet(kuipers.ruben, kuipers.casus)
    tasks.verstuur_berichten()
    assert server.aan == [kuipers.ruben.email]


def test_a_server_that_does_not_want_the_mail_at_all_is_not_taken_for_an_uncertain_one(server: Mailserver) -> None:
    with smtp._Smtp("127.0.0.1", server.poort) as verbinding:
        verbinding.ehlo()
        verbinding.mail("wij@site.example")
        with pytest.raises(smtplib.SMTPDataError):
            verbinding.data(b"tekst")


def test_the_backend_over_tls_knows_the_same(settings: Settings) -> None:
    assert issubclass(smtp.EmailBackend(use_ssl=True).connection_class, smtp._Smtp)


def test_the_backend_opens_and_closes_its_own_connection_when_nobody_did(server: Mailserver) -> None:
    backend = smtp.EmailBackend()
    mail = EmailMessage("onderwerp", "tekst", "wij@site.example", ["iemand@elders.example"], connection=backend)
    assert mail.send() == 1
    assert backend.connection is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(kuipers: Kuipers, server: Mailserver) -> None:
    server.vertraging = 0.01
    for nummer in range(20):
        for deelnemer in (kuipers.ruben, kuipers.ilse):
            # A kind that stands apart: all else goes in one mail a day (test_ritme.py).
            berichten.zet_klaar(
                soort=BerichtSoort.NIEUWE_LINK, aan=deelnemer, casus=kuipers.casus, oorzaak=f"keer {nummer}"
            )
    aantallen: list[int] = []

    def werk() -> None:
        try:
            aantallen.append(verstuur())
        finally:
            connection.close()

    werkers = [threading.Thread(target=werk) for _nummer in range(3)]
    for werker in werkers:
        werker.start()
    for werker in werkers:
        werker.join()
    assert sum(aantallen) == 40
    nummers = [mail["Message-ID"] for mail in server.mails]
    assert len(nummers) == len(set(nummers)) == 40
