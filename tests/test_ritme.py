"""One mail a day for one person, or one a week: what waits, what goes along, and what never happens twice."""

import re
import threading
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.berichten import bundel
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Logregel, Medewerker, Professional, Toegangslink
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers, maak_kuipers
from tests.kalender import Kalender, maak_kalender
from tests.mailserver import Mailserver, mailserver

WOENSDAG = date(2027, 3, 24)
TAAK, WIJZIGING, OVERZICHT = BerichtSoort.TAAK, BerichtSoort.WIJZIGING, BerichtSoort.OVERZICHT
NIEUWE_LINK, LEEFTIJD = BerichtSoort.NIEUWE_LINK, BerichtSoort.LEEFTIJD
NADERT, VOORBIJ = BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ


@pytest.fixture
def kalender(monkeypatch: pytest.MonkeyPatch) -> Kalender:
    """A calendar in which the days go by."""
    return maak_kalender(monkeypatch)


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings, wachttijd=0.5) as draaiend:
        yield draaiend


def zet(aan: Deelnemer | Gezinslid | Medewerker, casus: Casus, soort: BerichtSoort = WIJZIGING) -> Bericht:
    """Puts one more mail in the outbox."""
    dag = casus.evaluaties.get().datum if soort in (NADERT, VOORBIJ) else None
    oorzaak = f"nummer {Bericht.objects.count()}"
    bericht = berichten.zet_klaar(soort=soort, aan=aan, casus=casus, oorzaak=oorzaak, datum=dag)
    assert bericht is not None
    return bericht


def standen(*rijen: Bericht) -> list[str]:
    """Where some mails are now."""
    for rij in rijen:
        rij.refresh_from_db()
    return [rij.status for rij in rijen]


def wacht_tot(rij: Bericht) -> str:
    """Until when a mail waits, in the time of the Netherlands."""
    rij.refresh_from_db()
    assert rij.status == BerichtStatus.KLAAR
    return f"{timezone.localtime(rij.niet_voor):%d-%m %H:%M}"


# One mail a day ------------------------------------------------------------------------------------------


def test_the_first_mail_of_a_day_leaves_at_once_the_second_on_the_next_working_morning(
    kuipers: Kuipers, kalender: Kalender
) -> None:
    kalender.zet(date(2027, 3, 25), time(23, 30))
    eerste = zet(kuipers.ruben, kuipers.casus)
    assert kalender.verstuur() == 1
    tweede = zet(kuipers.ruben, kuipers.casus)
    kalender.nu += timedelta(minutes=1)
    derde = zet(kuipers.ruben, kuipers.casus)
    assert kalender.verstuur() == 0
    assert wacht_tot(tweede) == wacht_tot(derde) == "30-03 08:00"  # Good Friday, a weekend and Easter Monday
    kalender.zet(date(2027, 3, 30), time(7, 59))
    assert kalender.verstuur() == 0
    kalender.zet(date(2027, 3, 30), time(8))
    assert kalender.verstuur() == 1
    assert standen(eerste, tweede, derde) == [BerichtStatus.VERSTUURD] * 3
    assert (tweede.samen_met, derde.samen_met) == (None, tweede)  # the oldest carries the mail
    assert tweede.verstuurd_op == derde.verstuurd_op
    assert Logregel.objects.filter(daad="mailde", casus_id=kuipers.casus.pk).count() == 3


def test_what_leaves_at_once_stands_apart(kuipers: Kuipers, kalender: Kalender) -> None:
    zet(kuipers.ruben, kuipers.casus)
    kalender.verstuur()
    wacht = zet(kuipers.ruben, kuipers.casus)
    zet(kuipers.ruben, kuipers.casus, NIEUWE_LINK)
    assert kalender.verstuur() == 1
    zet(kuipers.ruben, kuipers.casus, NIEUWE_LINK)
    assert kalender.verstuur() == 1
    assert wacht_tot(wacht) == "25-03 08:00"
    # Nor does it count as the mail of the day of somebody else.
    zet(kuipers.ilse, kuipers.casus, NIEUWE_LINK)
    zet(kuipers.ilse, kuipers.casus)
    assert kalender.verstuur() == 2


def test_a_professional_is_one_person_in_all_families(kuipers: Kuipers, kalender: Kalender) -> None:
    ander = maak_kuipers(kuipers.teams)
    een, twee = zet(kuipers.ruben, kuipers.casus, TAAK), zet(ander.ruben, ander.casus, TAAK)
    assert kalender.verstuur() == 1
    assert standen(een, twee) == [BerichtStatus.VERSTUURD] * 2
    (bericht,) = mail.outbox
    assert bericht.subject == "Sanne Wolters vraagt je iets"
    assert str(bericht.body).count("Er staan afspraken voor je klaar.") == str(bericht.body).count("/t/") == 1
    assert Logregel.objects.filter(daad="mailde", casus_id=ander.casus.pk).count() == 1


def test_several_kinds_are_told_once_each_under_one_greeting(kuipers: Kuipers, kalender: Kalender) -> None:
    kalender.zet(kuipers.evaluatie.datum - timedelta(days=3), time(9))
    for aan, soort in ((kuipers.ruben, TAAK), (kuipers.bart, OVERZICHT)):
        zet(aan, kuipers.casus, soort)
        zet(aan, kuipers.casus, soort)
        zet(aan, kuipers.casus, NADERT)
    assert kalender.verstuur() == 2
    per_mens = {bericht.to[0]: bericht for bericht in mail.outbox}
    voor_ruben, voor_bart = per_mens[kuipers.ruben.email], per_mens[kuipers.bart.email]
    assert voor_ruben.subject == "Een paar dingen voor je"
    assert voor_bart.subject == "Een paar dingen voor u"
    for bericht, groet, zin in (
        (voor_ruben, "Dag Ruben,", "Er staan afspraken voor je klaar."),
        (voor_bart, "Dag,", "Uw overzicht staat klaar."),
    ):
        tekst = str(bericht.body)
        for stuk in (groet, zin, "kijken we samen terug", "Open de pagina"):
            assert tekst.count(stuk) == 1, (stuk, tekst)
    assert not {"u", "uw"} & set(re.findall(r"\w+", str(voor_ruben.body).lower()))
    assert not {"je", "jou", "jouw"} & set(re.findall(r"\w+", str(voor_bart.body).lower()))


def test_families_of_two_coordinators_in_one_mail_get_no_address_for_a_reply(
    kuipers: Kuipers, kalender: Kalender
) -> None:
    ander = maak_kuipers(kuipers.teams)
    Casus.objects.filter(pk=ander.casus.pk).update(coordinator=kuipers.teams.joost)
    zet(kuipers.ruben, kuipers.casus, TAAK)
    zet(ander.ruben, Casus.objects.get(pk=ander.casus.pk), TAAK)
    assert kalender.verstuur() == 1
    (bericht,) = mail.outbox
    assert bericht.reply_to == []
    assert "Antwoord niet op deze mail." in str(bericht.body)
    assert bericht.subject == "Een paar dingen voor je"


def test_what_nobody_needs_any_more_does_not_go_along(kuipers: Kuipers, kalender: Kalender) -> None:
    ander = maak_kuipers(kuipers.teams)
    een, twee = zet(kuipers.ruben, kuipers.casus), zet(ander.ruben, ander.casus)
    Casus.objects.filter(pk=ander.casus.pk).update(afgesloten_op=timezone.now())
    kalender.verstuur()
    assert standen(een, twee) == [BerichtStatus.VERSTUURD, BerichtStatus.INGETROKKEN]


def test_what_the_clock_thought_of_waits_for_the_day(kuipers: Kuipers, kalender: Kalender) -> None:
    kalender.zet(date(2027, 3, 27), time(7, 15))  # the Saturday before Easter
    jarig = zet(kuipers.teams.sanne, kuipers.casus, LEEFTIJD)
    assert kalender.verstuur() == 0
    assert wacht_tot(jarig) == "30-03 08:00"
    kalender.zet(date(2027, 3, 30), time(18, 30))  # the worker was off
    assert kalender.verstuur() == 0
    assert wacht_tot(jarig) == "31-03 08:00"


# Once a week ---------------------------------------------------------------------------------------------


def per_week(k: Kuipers, *dagen: int) -> None:
    """Ruben wants mail once a week, and works on some days."""
    Professional.objects.filter(deelnames=k.ruben).update(mailritme="week")
    Deelnemer.objects.filter(pk=k.ruben.pk).update(dagen=list(dagen))


@pytest.mark.parametrize(
    ("dagen", "wanneer"),
    [
        ([], "30-03 08:00"),  # Monday is Easter Monday
        ([1], "05-04 08:00"),
        ([2, 3], "30-03 08:00"),
        ([4, 5], "25-03 08:00"),
        ([5], "02-04 08:00"),  # this Friday is Good Friday
        ([6, 7], "30-03 08:00"),
    ],
)
def test_a_weekly_mail_comes_on_the_first_own_working_day_of_the_week(
    kuipers: Kuipers, kalender: Kalender, dagen: list[int], wanneer: str
) -> None:
    per_week(kuipers, *dagen)
    een = zet(kuipers.ruben, kuipers.casus)
    assert kalender.verstuur() == 0
    assert wacht_tot(een) == wanneer
    twee = zet(kuipers.ruben, kuipers.casus)
    kalender.zet(timezone.localdate(een.niet_voor), time(8))
    assert kalender.verstuur() == 1
    assert standen(een, twee) == [BerichtStatus.VERSTUURD] * 2


def test_a_weekly_reader_hears_of_the_evaluation_on_time_with_all_that_waits(
    kuipers: Kuipers, kalender: Kalender
) -> None:
    per_week(kuipers, 1)
    kalender.zet(kuipers.evaluatie.datum - timedelta(days=5), time(10))
    wacht = zet(kuipers.ruben, kuipers.casus)
    kalender.verstuur()
    assert standen(wacht) == [BerichtStatus.KLAAR]
    kalender.nu += timedelta(minutes=1)
    herinnering = zet(kuipers.ruben, kuipers.casus, NADERT)
    assert kalender.verstuur() == 1
    assert standen(wacht, herinnering) == [BerichtStatus.VERSTUURD] * 2
    assert herinnering.samen_met == wacht


def test_a_weekly_mail_of_a_worker_that_was_off_leaves_as_soon_as_it_may(kuipers: Kuipers, kalender: Kalender) -> None:
    per_week(kuipers, 2)
    wacht = zet(kuipers.ruben, kuipers.casus)
    kalender.verstuur()
    kalender.zet(date(2027, 3, 30), time(20))
    kalender.verstuur()
    assert wacht_tot(wacht) == "06-04 08:00"
    kalender.zet(date(2027, 4, 6), time(15))
    assert kalender.verstuur() == 1


# What became of it ---------------------------------------------------------------------------------------


def twee_in_een(k: Kuipers) -> tuple[Bericht, Bericht]:
    """Two rows for Ruben that go in one mail."""
    een, twee = sorted([zet(k.ruben, k.casus), zet(k.ruben, k.casus)], key=lambda rij: rij.pk)
    return een, twee


def test_a_passing_refusal_puts_all_of_it_back_and_the_mail_keeps_its_identity(
    kuipers: Kuipers, kalender: Kalender, server: Mailserver
) -> None:
    een, twee = twee_in_een(kuipers)
    server.gedrag[kuipers.ruben.email] = ["451 later"]
    assert kalender.verstuur() == 0
    assert standen(een, twee) == [BerichtStatus.KLAAR] * 2
    assert een.niet_voor == twee.niet_voor
    assert (een.pogingen, twee.pogingen, twee.samen_met) == (1, 1, None)
    assert not Toegangslink.objects.exists()
    kalender.nu += timedelta(minutes=2)
    assert kalender.verstuur() == 1
    assert standen(een, twee) == [BerichtStatus.VERSTUURD] * 2
    assert server.mails[0]["Message-ID"] == f"<{een.pk}@127.0.0.1>"


@pytest.mark.parametrize(
    ("wat", "stand"),
    [
        ("550 no such user", BerichtStatus.MISLUKT),
        ("DATA 554 looks like spam", BerichtStatus.MISLUKT),
        ("breek-na", BerichtStatus.ONZEKER),
        ("hang-na", BerichtStatus.ONZEKER),
        ("breek-voor", BerichtStatus.KLAAR),
    ],
)
def test_what_becomes_of_a_mail_becomes_of_all_its_rows(
    kuipers: Kuipers, kalender: Kalender, server: Mailserver, wat: str, stand: str
) -> None:
    een, twee = twee_in_een(kuipers)
    server.gedrag[kuipers.ruben.email] = [wat, wat]
    kalender.verstuur()
    assert standen(een, twee) == [stand] * 2
    assert een.fout == twee.fout != ""
    if stand != BerichtStatus.KLAAR:
        mails = len(server.mails)
        kalender.nu += timedelta(days=7)
        kalender.verstuur()
        assert len(server.mails) == mails


def test_whoever_perhaps_got_a_mail_today_gets_no_other(
    kuipers: Kuipers, kalender: Kalender, server: Mailserver
) -> None:
    zet(kuipers.ruben, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["breek-na"]
    kalender.verstuur()
    ander = zet(kuipers.ruben, kuipers.casus)
    kalender.verstuur()
    assert wacht_tot(ander) == "25-03 08:00"


def test_whoever_certainly_got_none_today_still_may(kuipers: Kuipers, kalender: Kalender, server: Mailserver) -> None:
    zet(kuipers.ruben, kuipers.casus)
    server.gedrag[kuipers.ruben.email] = ["550 no such user"]
    kalender.verstuur()
    zet(kuipers.ruben, kuipers.casus)
    assert kalender.verstuur() == 1


def test_a_worker_that_dies_in_between_leaves_all_rows_uncertain(kuipers: Kuipers, kalender: Kalender) -> None:
    een, twee = twee_in_een(kuipers)
    with transaction.atomic():
        rijen = bundel.pak(kalender.nu, WOENSDAG)
    assert rijen == [een, twee]
    assert standen(een, twee) == [BerichtStatus.BEZIG] * 2
    # While nobody knows what became of it, nothing else leaves.
    derde = zet(kuipers.ruben, kuipers.casus)
    assert kalender.verstuur() == 0
    assert wacht_tot(derde) == "24-03 14:01"
    kalender.nu += timedelta(minutes=11)
    assert kalender.verstuur() == 0
    assert standen(een, twee) == [BerichtStatus.ONZEKER] * 2
    assert wacht_tot(derde) == "25-03 08:00"
    assert mail.outbox == []


def test_a_row_that_cannot_be_made_does_not_take_the_others_down(kuipers: Kuipers, kalender: Kalender) -> None:
    goed, stuk = twee_in_een(kuipers)
    Bericht.objects.filter(pk=stuk.pk).update(soort="bestaat-niet")
    assert kalender.verstuur() == 1
    assert standen(goed, stuk) == [BerichtStatus.VERSTUURD, BerichtStatus.MISLUKT]
    assert (goed.pogingen, goed.samen_met) == (1, None)


# Several workers at once ---------------------------------------------------------------------------------


def met_z_n_allen(aantal: int, nu: Kalender) -> list[int]:
    """So many workers empty the outbox at the same moment; out: how many mails each sent."""
    aantallen: list[int] = []
    samen = threading.Barrier(aantal)

    def werk() -> None:
        try:
            samen.wait()
            aantallen.append(berichten.verstuur_alles(nu=nu.nu))
        finally:
            connection.close()

    werkers = [threading.Thread(target=werk) for _nummer in range(aantal)]
    for werker in werkers:
        werker.start()
    for werker in werkers:
        werker.join()
    return aantallen


@pytest.mark.django_db(transaction=True)
def test_several_workers_never_make_two_mails_for_one_person(
    kuipers: Kuipers, kalender: Kalender, server: Mailserver
) -> None:
    server.vertraging = 0.02
    families = [kuipers, *(maak_kuipers(kuipers.teams) for _nummer in range(2))]
    wie = [mens for k in families for mens in (k.ruben, k.ilse, k.amrita)]
    for _keer in range(4):
        for mens in wie:
            zet(mens, mens.casus)
    aantallen = met_z_n_allen(4, kalender)
    assert sum(aantallen) == 3
    assert sorted(server.aan) == sorted([kuipers.ruben.email, kuipers.ilse.email, kuipers.amrita.email])
    assert Bericht.objects.filter(status=BerichtStatus.VERSTUURD).count() == 36
    assert Bericht.objects.filter(samen_met=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_worker_passes_by_whom_another_one_is_busy_with(kuipers: Kuipers, kalender: Kalender) -> None:
    een, twee = zet(kuipers.ruben, kuipers.casus), zet(kuipers.ilse, kuipers.casus)
    Bericht.objects.filter(pk=een.pk).update(niet_voor=kalender.nu - timedelta(hours=1))
    gepakt: list[list[Bericht] | None] = []

    def ander() -> None:
        try:
            with transaction.atomic():
                gepakt.append(bundel.pak(kalender.nu, WOENSDAG))
                gepakt.append(bundel.pak(kalender.nu, WOENSDAG))
        finally:
            connection.close()

    with transaction.atomic():
        assert bundel.pak(kalender.nu, WOENSDAG) == [een]
        draad = threading.Thread(target=ander)
        draad.start()
        draad.join()
    assert gepakt == [[twee], None]
