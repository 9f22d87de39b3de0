"""The daily clock: who hears of an evaluation, when, and never twice."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor, tasks
from casussen.acties import evaluaties
from casussen.acties.herinneringen import herinner
from casussen.acties.vaststellen import stel_vast
from casussen.models import Bericht, Casus, Deelnemer, Evaluatie, Gezinslid, Logregel, Medewerker, Organisatie
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.werkdagen import na_werkdagen
from tests.cast import Kuipers, maak_kuipers

DAG = date(2026, 12, 15)
NADERT, VOORBIJ = BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ
IEDEREEN = {
    "s.wolters@noord.example",
    "i.broekhuis@debrug.example",
    "r.assink@delinde.example",
    "a.soedamah@ggz.example",
    "bart@gezin.example",
    "esra@gezin.example",
}


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family with a first version, and an evaluation on 15 December 2026."""
    maak_vast(kuipers)
    return kuipers


def maak_vast(k: Kuipers) -> None:
    """Plans the day, fixes the version and empties the outbox."""
    Evaluatie.objects.filter(pk=k.evaluatie.pk).update(datum=DAG)
    stel_vast(door=k.door, casus=k.casus, nummer=1)
    Bericht.objects.all().delete()


def dag(op: date) -> int:
    """What the clock does on one day."""
    return herinner(door=actor.klok(), op=op)


def ontvangers(soort: BerichtSoort = NADERT) -> list[str]:
    """The addresses of the reminders of one kind, in order of the alphabet."""
    return sorted(bericht.ontvanger.email for bericht in Bericht.objects.filter(soort=soort))


def test_everyone_hears_of_it_seven_days_before_and_nobody_twice(vast: Kuipers) -> None:
    assert dag(DAG - timedelta(days=8)) == 0
    assert dag(DAG - timedelta(days=7)) == 6
    assert ontvangers() == sorted(IEDEREEN)
    for later in range(6, -1, -1):
        assert dag(DAG - timedelta(days=later)) == 0
    assert Logregel.objects.filter(daad="zette_herinnering_klaar", casus_id=vast.casus.pk).count() == 1


def test_a_clock_that_stood_still_catches_up_to_the_day_itself(vast: Kuipers) -> None:
    assert dag(DAG) == 6
    assert ontvangers() == sorted(IEDEREEN)


def test_whoever_joins_in_the_last_week_hears_of_it_too(vast: Kuipers) -> None:
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=timezone.now())
    dag(DAG - timedelta(days=7))
    assert "r.assink@delinde.example" not in ontvangers()
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=None)
    assert dag(DAG - timedelta(days=3)) == 1
    assert "r.assink@delinde.example" in ontvangers()


def test_each_organisation_has_its_own_term(vast: Kuipers) -> None:
    Organisatie.objects.filter(pk=vast.teams.noord.organisatie_id).update(herinnering_dagen=3)
    assert dag(DAG - timedelta(days=4)) == 0
    assert dag(DAG - timedelta(days=3)) == 6


def test_when_the_day_has_passed_everyone_hears_of_it_once(vast: Kuipers) -> None:
    assert dag(DAG + timedelta(days=1)) == 6
    assert ontvangers(VOORBIJ) == sorted(IEDEREEN)
    for later in (2, 3, 60):
        assert dag(DAG + timedelta(days=later)) == 0
    assert ontvangers(NADERT) == []


def test_a_new_day_begins_anew(vast: Kuipers) -> None:
    dag(DAG - timedelta(days=7))
    dag(DAG + timedelta(days=1))
    nieuw = DAG + timedelta(days=20)
    gepland = Evaluatie.objects.get(pk=vast.evaluatie.pk)
    evaluaties.plan_evaluatie(
        door=vast.door, casus=vast.casus, pk=gepland.pk, versie=gepland.versie, velden={"datum": nieuw}
    )
    assert dag(nieuw - timedelta(days=8)) == 0
    assert dag(nieuw - timedelta(days=7)) == 6
    assert dag(nieuw + timedelta(days=1)) == 6


def test_the_coordinator_who_helps_too_gets_one_mail_the_one_for_the_coordinator(vast: Kuipers) -> None:
    dag(DAG)
    (bericht,) = [b for b in Bericht.objects.all() if b.ontvanger.email == "s.wolters@noord.example"]
    assert bericht.medewerker == vast.teams.sanne
    assert len(ontvangers()) == len(set(ontvangers()))


def test_the_same_person_under_two_addresses_gets_one_mail(vast: Kuipers) -> None:
    Medewerker.objects.filter(pk=vast.teams.sanne.pk).update(email="sanne.elders@noord.example")
    dag(DAG)
    assert "sanne.elders@noord.example" in ontvangers()
    assert "s.wolters@noord.example" not in ontvangers()


def test_two_people_with_one_address_in_two_spellings_get_one_mail(vast: Kuipers) -> None:
    Medewerker.objects.filter(pk=vast.teams.sanne.pk).update(professional=None, email="S.Wolters@noord.example")
    dag(DAG)
    assert [adres for adres in ontvangers() if "olters" in adres] == ["S.Wolters@noord.example"]


def test_a_coordinator_who_may_not_log_in_any_more_gets_the_mail_of_a_helper(vast: Kuipers) -> None:
    Medewerker.objects.filter(pk=vast.teams.sanne.pk).update(is_active=False)
    dag(DAG)
    (bericht,) = [b for b in Bericht.objects.all() if b.ontvanger.email == "s.wolters@noord.example"]
    assert bericht.deelnemer == vast.sanne


def test_whoever_is_not_invited_or_gets_no_mail_hears_nothing(vast: Kuipers) -> None:
    vast.evaluatie.afwezige_deelnemers.add(vast.ruben)
    vast.evaluatie.afwezige_gezinsleden.add(vast.esra)
    Gezinslid.objects.filter(pk=vast.bart.pk).update(krijgt_mail=False)
    Deelnemer.objects.filter(pk=vast.ilse.pk).update(tot=timezone.now())
    assert vast.opa.netwerklid is not None
    vast.opa.netwerklid.email = "henk@familie.example"
    vast.opa.netwerklid.save()
    dag(DAG)
    assert ontvangers() == ["a.soedamah@ggz.example", "s.wolters@noord.example"]


def test_a_casus_that_is_closed_or_was_never_fixed_gets_no_reminders(vast: Kuipers) -> None:
    concept = maak_kuipers(vast.teams)
    Evaluatie.objects.filter(pk=concept.evaluatie.pk).update(datum=DAG)
    Casus.objects.filter(pk=vast.casus.pk).update(afgesloten_op=timezone.now())
    assert dag(DAG) == dag(DAG + timedelta(days=1)) == 0


def test_an_evaluation_that_was_recorded_gets_no_reminders(vast: Kuipers) -> None:
    evaluaties.leg_evaluatie_vast(
        door=vast.door,
        casus=vast.casus,
        evaluatie=vast.evaluatie,
        oordelen=dict.fromkeys(vast.casus.afspraken.all(), "gelukt"),
        velden={"vervolg": "aanpassen"},
        nieuwe_datum=DAG + timedelta(days=90),
    )
    assert dag(DAG) == dag(DAG + timedelta(days=1)) == 0


def test_a_day_costs_by_what_is_due_not_by_what_is_planned(vast: Kuipers) -> None:
    def kosten(op: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            dag(op)
        return len(queries)

    dag(DAG)
    dag(DAG + timedelta(days=1))
    eerst = [kosten(DAG - timedelta(days=40)), kosten(DAG + timedelta(days=40))]
    for _gezin in range(3):
        ander = maak_kuipers(vast.teams)
        maak_vast_zonder_wissen(ander)
    assert [kosten(DAG - timedelta(days=40)), kosten(DAG + timedelta(days=300))] == eerst


def maak_vast_zonder_wissen(k: Kuipers) -> None:
    """Another family, of which the evaluation was long ago and everyone heard of it."""
    Evaluatie.objects.filter(pk=k.evaluatie.pk).update(datum=DAG)
    stel_vast(door=k.door, casus=k.casus, nummer=1)
    dag(DAG + timedelta(days=2))


def test_the_task_reminds_today_and_sends_at_once(vast: Kuipers) -> None:
    Evaluatie.objects.filter(pk=vast.evaluatie.pk).update(datum=timezone.localdate() + timedelta(days=7))
    tasks.herinneringen()
    tasks.herinneringen()
    assert {bericht.to[0] for bericht in mail.outbox} == IEDEREEN
    assert len(mail.outbox) == 6
    assert set(Bericht.objects.values_list("status", flat=True)) == {BerichtStatus.VERSTUURD}


# The command ----------------------------------------------------------------------------------------------


def opdracht(*woorden: str) -> str:
    """What `manage.py herinneringen` prints."""
    uit = StringIO()
    call_command("herinneringen", *woorden, stdout=uit)
    return uit.getvalue()


def test_the_command_does_a_day_and_says_what_it_did(vast: Kuipers) -> None:
    assert opdracht("--op", "2026-12-08") == (
        "Herinneringen voor dinsdag 8 december 2026: 6 mails klaargezet, 6 mails verstuurd.\n"
    )
    assert opdracht("--op", "2026-12-08") == (
        "Herinneringen voor dinsdag 8 december 2026: 0 mails klaargezet, 0 mails verstuurd.\n"
    )
    assert len(mail.outbox) == 6


def test_whoever_had_a_mail_today_gets_the_reminder_on_the_next_working_morning(vast: Kuipers) -> None:
    opdracht("--op", "2026-12-08")
    assert "6 mails klaargezet, 0 mails verstuurd" in opdracht("--op", "2026-12-16")
    assert len(mail.outbox) == 6
    wacht = Bericht.objects.filter(soort=VOORBIJ)
    assert {timezone.localtime(bericht.niet_voor).hour for bericht in wacht} == {8}
    assert {timezone.localdate(bericht.niet_voor) for bericht in wacht} == {na_werkdagen(timezone.localdate(), 1)}


def test_the_command_without_a_day_does_today(vast: Kuipers) -> None:
    Evaluatie.objects.filter(pk=vast.evaluatie.pk).update(datum=timezone.localdate())
    assert "6 mails verstuurd" in opdracht()


def test_the_command_says_when_mail_stays_behind(vast: Kuipers, settings: object) -> None:
    settings.EMAIL_BACKEND = "casussen.berichten.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    uit = opdracht("--op", "2026-12-08")
    assert "6 mails klaargezet, 0 mails verstuurd" in uit
    assert "gaan later" in uit


@pytest.mark.parametrize("datum", ["8-12-2026", "2026-13-01", "morgen", ""])
def test_a_bad_date_gives_one_clear_line(db: None, datum: str) -> None:
    with pytest.raises(CommandError) as fout:
        opdracht("--op", datum)
    assert str(fout.value) == f"“{datum}” is geen datum. Schrijf hem zo: 2026-12-08."
