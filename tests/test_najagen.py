"""Chasing, day by day: what leaves is compared with an exact table."""

from collections.abc import Callable
from datetime import date, time
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor
from casussen.acties import afspraken, deelnemers, draden, evaluaties, regie, toestemming
from casussen.acties.berichten import stuur_opnieuw
from casussen.acties.najagen import najagen
from casussen.acties.vaststellen import stel_vast
from casussen.models import (
    Afspraak,
    Bericht,
    Casus,
    Deelnemer,
    Evaluatie,
    Logregel,
    Organisatie,
    Professional,
)
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.models.draad import RegelSoort
from casussen.overzicht import wachten
from tests.cast import Kuipers, maak_kuipers
from tests.daden import achter_link, sluit
from tests.kalender import OCHTEND, Kalender, maak_kalender

VAST = date(2027, 3, 24)
EVALUATIE = date(2027, 6, 15)
MIDDAG = time(12)
JAAGT = (BerichtSoort.NAJAGEN, BerichtSoort.GEEN_ANTWOORD)


def april(dag: int) -> date:
    """A day in April 2027; the 27th is King's Day, a Tuesday."""
    return date(2027, 4, dag)


@pytest.fixture
def kalender(monkeypatch: pytest.MonkeyPatch) -> Kalender:
    """A calendar in which the days go by."""
    return maak_kalender(monkeypatch)


@pytest.fixture
def vast(kuipers: Kuipers, kalender: Kalender) -> Kuipers:
    """The family with a first version, on Wednesday 24 March 2027 at two. Ilse, Ruben and Amrita were asked."""
    maak_vast(kuipers, kalender)
    return kuipers


def maak_vast(k: Kuipers, kalender: Kalender, nummer: int = 1) -> None:
    """Fixes a version; its mails leave at once. The evaluation is far away."""
    Evaluatie.objects.filter(pk=k.evaluatie.pk).update(datum=EVALUATIE)
    stel_vast(door=k.door, casus=k.casus, nummer=nummer)
    kalender.verstuur()
    kalender.uit.clear()


def antwoord(k: Kuipers, *wie: str) -> None:
    """Helpers agree with everything that they have."""
    for mens in (getattr(k, naam) for naam in wie):
        for afspraak in Afspraak.objects.filter(deelnemer=mens, vervallen_op=None):
            afspraken.reageer(
                door=achter_link(mens), afspraak=afspraak, inhoud_versie=afspraak.inhoud_versie, soort="akkoord"
            )


def werkt_op(mens: Deelnemer, *dagen: int) -> None:
    """Somebody works on some days of the week only."""
    Deelnemer.objects.filter(pk=mens.pk).update(dagen=list(dagen))


def wil(mens: Deelnemer, ritme: str) -> None:
    """Somebody chooses how often he gets mail."""
    Professional.objects.filter(deelnames=mens).update(mailritme=ritme)


def verander(k: Kuipers, afspraak: Afspraak, wat: str) -> None:
    """The coordinator changes an agreement."""
    huidig = Afspraak.objects.get(pk=afspraak.pk)
    afspraken.zet_afspraak(door=k.door, casus=k.casus, pk=huidig.pk, versie=huidig.versie, velden={"wat": wat})


# The schedule ---------------------------------------------------------------------------------------------


def test_a_month_around_easter_and_kings_day(vast: Kuipers, kalender: Kalender) -> None:
    werkt_op(vast.ilse, 2, 4)

    def nieuwe_versie() -> None:
        verander(vast, vast.vertelt, "Ik vertel Ilse en Ruben wat helpt.")
        stel_vast(door=vast.door, casus=vast.casus, nummer=2)

    kalender.loop(
        VAST,
        date(2027, 5, 7),
        {
            (date(2027, 3, 31), MIDDAG): lambda: antwoord(vast, "ruben"),
            (april(9), MIDDAG): lambda: antwoord(vast, "ilse", "amrita"),
            (april(21), time(19, 30)): nieuwe_versie,
            (april(29), MIDDAG): lambda: antwoord(vast, "amrita"),
        },
    )
    assert [regel for regel in kalender.uit if any(soort in regel for soort in JAAGT)] == [
        "31-03 08:00 Amrita: najagen",  # after Thursday, Tuesday and Wednesday: not Good Friday, not Easter Monday
        "31-03 08:00 Ruben: najagen",
        "01-04 08:00 Ilse: najagen",  # works on Tuesdays and Thursdays
        "06-04 08:00 Amrita: najagen",
        "06-04 08:00 Ilse: najagen",
        "07-04 08:00 Sanne: geen-antwoord",
        "26-04 08:00 Amrita: najagen",  # the changed agreement has a clock of its own; she answered on the 29th
    ]
    assert not Bericht.objects.filter(soort=BerichtSoort.NAJAGEN).exclude(status=BerichtStatus.VERSTUURD).exists()


def test_kings_day_does_not_count(kuipers: Kuipers, kalender: Kalender) -> None:
    kalender.zet(april(22), time(16))
    maak_vast(kuipers, kalender)
    werkt_op(kuipers.ruben, 2)
    kalender.loop(april(22), date(2027, 5, 14))
    assert kalender.uit == [
        "28-04 08:00 Amrita: najagen",
        "28-04 08:00 Ilse: najagen",
        "04-05 08:00 Amrita: najagen",
        "04-05 08:00 Ilse: najagen",
        # Ruben's only day: both steps are due, and one leaves. The 28th was a Wednesday.
        "04-05 08:00 Ruben: najagen",
        "05-05 08:00 Sanne: geen-antwoord",
    ]


def test_a_server_that_was_off_for_a_week_sends_only_the_newest_reminder(vast: Kuipers, kalender: Kalender) -> None:
    werkt_op(vast.ilse, 3)
    kalender.loop(VAST, april(30), uit=(date(2027, 3, 29), april(9)))
    assert kalender.uit == [
        "12-04 08:00 Amrita: najagen",
        "12-04 08:00 Ruben: najagen",
        "13-04 08:00 Sanne: geen-antwoord",
        "14-04 08:00 Ilse: najagen",  # does not work on Monday
        "15-04 08:00 Sanne: geen-antwoord",
    ]


def test_an_organisation_chooses_its_own_steps_and_hours(vast: Kuipers, kalender: Kalender) -> None:
    Organisatie.objects.filter(pk=vast.teams.noord.organisatie_id).update(
        najaag_dagen=[1, 2, 10], mail_van=time(11), mail_tot=time(16)
    )
    antwoord(vast, "ilse")
    antwoord(vast, "amrita")
    kalender.loop(VAST, april(30))
    assert kalender.uit == [
        "25-03 12:00 Ruben: najagen",
        "30-03 12:00 Ruben: najagen",
        "09-04 12:00 Ruben: najagen",
        "12-04 12:00 Sanne: geen-antwoord",
    ]


def test_whoever_gets_mail_once_a_week_is_asked_and_reminded_on_his_first_working_day(
    kuipers: Kuipers, kalender: Kalender
) -> None:
    wil(kuipers.ruben, "week")
    werkt_op(kuipers.ruben, 3, 4)
    maak_vast(kuipers, kalender)
    antwoord(kuipers, "ilse")
    antwoord(kuipers, "amrita")
    kalender.loop(VAST, april(30))
    assert kalender.uit == [
        "31-03 08:00 Ruben: taak",
        "07-04 08:00 Ruben: najagen",
        "14-04 08:00 Ruben: najagen",
        "15-04 08:00 Sanne: geen-antwoord",
    ]


def test_whoever_wants_no_reminders_gets_none_and_the_coordinator_hears_all_the_same(
    vast: Kuipers, kalender: Kalender
) -> None:
    for mens in (vast.ruben, vast.ilse, vast.amrita):
        wil(mens, "geen")
    antwoord(vast, "ilse")
    antwoord(vast, "amrita")
    kalender.loop(VAST, april(30))
    assert kalender.uit == ["07-04 08:00 Sanne: geen-antwoord"]


# Several families, several things --------------------------------------------------------------------------


def test_two_families_of_one_professional_give_one_mail_a_day(kuipers: Kuipers, kalender: Kalender) -> None:
    ander = maak_kuipers(kuipers.teams)
    stel_vast(door=ander.door, casus=ander.casus, nummer=1)
    maak_vast(kuipers, kalender)
    Evaluatie.objects.update(datum=EVALUATIE)
    assert sorted(bericht.to[0] for bericht in mail.outbox).count(kuipers.ruben.email) == 1
    for k in (kuipers, ander):
        for wie in ("ilse", "amrita"):
            antwoord(k, wie)
    kalender.loop(VAST, april(16), {(april(2), MIDDAG): lambda: antwoord(ander, "ruben")})
    assert kalender.uit == [
        "31-03 08:00 Ruben: najagen, najagen",
        "06-04 08:00 Ruben: najagen",
        "07-04 08:00 Sanne: geen-antwoord",
    ]
    tekst = str(mail.outbox[-3].body)
    assert tekst.count("We wachten nog op jouw antwoord.") == tekst.count("/t/") == 1


def test_the_coordinator_reads_only_how_many_people_gave_no_answer(kuipers: Kuipers, kalender: Kalender) -> None:
    ander = maak_kuipers(kuipers.teams)
    stel_vast(door=ander.door, casus=ander.casus, nummer=1)
    maak_vast(kuipers, kalender)
    Evaluatie.objects.update(datum=EVALUATIE)
    antwoord(ander, "ilse")
    kalender.loop(VAST, april(7))
    assert kalender.uit[-1] == "07-04 08:00 Sanne: geen-antwoord, geen-antwoord"
    bericht = mail.outbox[-1]
    assert bericht.subject == "Er is nog geen antwoord"
    tekst = str(bericht.body)
    assert "Je wacht nog op antwoord van vijf mensen." in tekst
    assert tekst.count("http") == 1
    assert "/casussen/\n" in tekst  # two families: the list
    for naam in ("Ruben", "Ilse", "Amrita", "Kuipers", "Assink"):
        assert naam not in tekst


def test_the_coordinator_is_led_to_the_one_family_it_is_about(vast: Kuipers, kalender: Kalender) -> None:
    antwoord(vast, "ilse")
    antwoord(vast, "ruben")
    kalender.loop(VAST, april(7))
    tekst = str(mail.outbox[-1].body)
    assert "Je wacht nog op antwoord van één persoon." in tekst
    assert f"/casussen/{vast.casus.pk}/\n" in tekst


def test_a_reminder_of_the_evaluation_takes_the_question_along(vast: Kuipers, kalender: Kalender) -> None:
    antwoord(vast, "ilse")
    antwoord(vast, "amrita")
    nieuw = april(13)  # the reminder comes seven days before, on the day of the last step

    def vervroeg() -> None:
        gepland = Evaluatie.objects.get(pk=vast.evaluatie.pk)
        evaluaties.plan_evaluatie(
            door=vast.door, casus=vast.casus, pk=gepland.pk, versie=gepland.versie, velden={"datum": nieuw}
        )

    kalender.loop(VAST, april(8), {(april(1), MIDDAG): vervroeg})
    assert [regel for regel in kalender.uit if "Ruben" in regel or "Sanne" in regel] == [
        "31-03 08:00 Ruben: najagen",
        "06-04 07:20 Ruben: evaluatie-nadert, najagen",
        "06-04 07:20 Sanne: evaluatie-nadert",
        "07-04 08:00 Sanne: geen-antwoord",
    ]
    (samen,) = [m for m in mail.outbox if m.to == [vast.ruben.email] and m.subject == "Een paar dingen voor je"]
    assert str(samen.body).count("Dag Ruben,") == 1


def test_a_netwerklid_with_an_address_is_asked_again_too(kuipers: Kuipers, kalender: Kalender) -> None:
    deelnemers.zet_netwerklid(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.opa.pk, versie=kuipers.opa.versie,
        persoon={"email": "henk@familie.example"}, velden={},
    )  # fmt: skip
    Afspraak.objects.filter(pk=kuipers.belt_zondag.pk).update(deelnemer=kuipers.opa)
    maak_vast(kuipers, kalender)
    antwoord(kuipers, "ilse")
    antwoord(kuipers, "amrita")
    kalender.loop(VAST, april(2))
    assert kalender.uit == ["31-03 08:00 Opa Henk: najagen"]


# The regie -----------------------------------------------------------------------------------------------


def test_whoever_did_not_say_yes_to_a_function_is_asked_again(kuipers: Kuipers, kalender: Kalender) -> None:
    gevraagd = regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ruben)
    assert gevraagd is not None
    maak_vast(kuipers, kalender)
    for wie in ("ilse", "amrita", "ruben"):
        antwoord(kuipers, wie)
    ja = {(april(1), MIDDAG): lambda: regie.aanvaard(door=achter_link(kuipers.ruben), regie=gevraagd)}
    kalender.loop(VAST, april(9), ja)
    assert kalender.uit == ["31-03 08:00 Ruben: najagen"]


def test_a_function_of_which_no_mail_told_is_not_chased(vast: Kuipers, kalender: Kalender) -> None:
    for wie in ("ilse", "amrita", "ruben"):
        antwoord(vast, wie)
    kalender.zet(date(2027, 3, 25), MIDDAG)
    regie.wijs_aan(door=vast.door, casus=vast.casus, functie="vervanger", deelnemer=vast.ruben)
    kalender.loop(date(2027, 3, 26), april(9))
    assert kalender.uit == []


# Never chased --------------------------------------------------------------------------------------------


def _vertrekt(k: Kuipers) -> None:
    for afspraak in k.casus.afspraken.filter(deelnemer=k.ruben):
        afspraken.laat_vervallen(door=k.door, casus=k.casus, afspraak=afspraak)
    deelnemers.beeindig_deelnemer(door=k.door, casus=k.casus, deelnemer=k.ruben)


def _verliest_toestemming(k: Kuipers) -> None:
    assert k.ruben.professional is not None
    toestemming.zet_grond(
        door=k.door, casus=k.casus, organisatie=k.ruben.professional.organisatie, versie=0,
        velden={"grond": "toestemming", "reden": ""},
    )  # fmt: skip


def _vraagt_iets(k: Kuipers) -> None:
    afspraken.reageer(
        door=achter_link(k.ruben), afspraak=k.belt_zondag, inhoud_versie=1, soort="vraag", tekst="Mag het later?"
    )


def _geeft_door(k: Kuipers) -> None:
    draden.zeg(
        door=achter_link(k.ruben), deelnemer=k.ruben, soort=RegelSoort.DOORGEVEN, tekst="Ik ga weg.",
        naar_naam="Noor Bakker", naar_email="n.bakker@delinde.example",
    )  # fmt: skip


def _wordt_later(k: Kuipers) -> None:
    draden.zeg(
        door=achter_link(k.ruben), deelnemer=k.ruben, soort=RegelSoort.LATER, tekst="Na de vakantie.",
        afspraak=k.belt_zondag,
    )  # fmt: skip


def _is_klaar(k: Kuipers) -> None:
    Afspraak.objects.filter(pk=k.belt_zondag.pk).update(gedaan_op=timezone.now())


WAT_HET_STOPT: dict[str, Callable[[Kuipers], object]] = {
    "answers": lambda k: antwoord(k, "ruben"),
    "asks something": _vraagt_iets,
    "passes it on": _geeft_door,
    "says that it will be later": _wordt_later,
    "did it": _is_klaar,
    "leaves": _vertrekt,
    "loses consent": _verliest_toestemming,
    "gets another text": lambda k: verander(k, k.belt_zondag, "Ik bel Bart op maandag."),
    "sees it lapse": lambda k: afspraken.laat_vervallen(door=k.door, casus=k.casus, afspraak=k.belt_zondag),
    "sees the casus close": lambda k: sluit(k.casus),
    "wants no reminders": lambda k: wil(k.ruben, "geen"),
    "loses the address": lambda k: Professional.objects.filter(deelnames=k.ruben).update(email=""),
}


@pytest.mark.parametrize(
    "wanneer", [(date(2027, 3, 30), MIDDAG), (date(2027, 3, 31), time(7, 40))], ids=["before", "between"]
)
@pytest.mark.parametrize("wat", WAT_HET_STOPT)
def test_nobody_is_chased_who_in_the_meantime(
    vast: Kuipers, kalender: Kalender, wat: str, wanneer: tuple[date, time]
) -> None:
    antwoord(vast, "ilse")
    kalender.loop(date(2027, 3, 30), april(1), {wanneer: lambda: WAT_HET_STOPT[wat](vast)})
    amrita = [] if wat == "sees the casus close" else ["31-03 08:00 Amrita: najagen"]
    assert kalender.uit == amrita
    klaargezet = Bericht.objects.filter(soort=BerichtSoort.NAJAGEN, deelnemer=vast.ruben)
    if wanneer[1] == MIDDAG:
        assert not klaargezet.exists()
    else:
        assert klaargezet.get().status == BerichtStatus.INGETROKKEN


def test_whoever_said_something_is_asked_again_once_the_coordinator_answered(vast: Kuipers, kalender: Kalender) -> None:
    antwoord(vast, "ilse", "amrita")
    _wordt_later(vast)

    def zegt_iets_terug() -> None:
        draden.antwoord(
            door=vast.door,
            casus=vast.casus,
            draad=vast.casus.draden.get(),
            tekst="Prima. Wil je akkoord geven?",
            pk=uuid4(),
        )

    kalender.loop(VAST, april(7), {(april(5), MIDDAG): zegt_iets_terug})
    assert kalender.uit == [
        "05-04 12:00 Ruben: draad",
        "06-04 08:00 Ruben: najagen",
        "07-04 08:00 Sanne: geen-antwoord",
    ]


@pytest.mark.parametrize("status", [BerichtStatus.MISLUKT, BerichtStatus.ONZEKER, BerichtStatus.KLAAR])
def test_whoever_was_never_reached_is_not_chased_until_the_mail_is_sent_again(
    vast: Kuipers, kalender: Kalender, status: str
) -> None:
    antwoord(vast, "ilse")
    antwoord(vast, "amrita")
    gevraagd = Bericht.objects.filter(deelnemer=vast.ruben, soort=BerichtSoort.TAAK)
    weg = {"niet_voor": kalender.nu.replace(year=2028)} if status == BerichtStatus.KLAAR else {}
    gevraagd.update(status=status, verstuurd_op=None, **weg)

    def opnieuw() -> None:
        if status == BerichtStatus.KLAAR:
            gevraagd.update(niet_voor=kalender.nu)
        else:
            assert stuur_opnieuw(door=vast.door, casus=vast.casus, pk=gevraagd.get().pk)

    kalender.loop(VAST, april(16), {(april(9), MIDDAG): opnieuw})
    verwacht = ["09-04 12:00 Ruben: taak", "14-04 08:00 Ruben: najagen"]
    assert kalender.uit == verwacht


def test_the_coordinator_does_not_hear_of_who_answered_the_last_reminder(vast: Kuipers, kalender: Kalender) -> None:
    for wie in ("ilse", "amrita"):
        antwoord(vast, wie)
    kalender.loop(VAST, april(9), {(april(7), time(7, 40)): lambda: antwoord(vast, "ruben")})
    assert kalender.uit[-1] == "06-04 08:00 Ruben: najagen"
    assert Bericht.objects.get(soort=BerichtSoort.GEEN_ANTWOORD).status == BerichtStatus.INGETROKKEN


def test_two_clocks_and_a_second_run_put_nothing_double(vast: Kuipers, kalender: Kalender) -> None:
    kalender.zet(date(2027, 3, 31), OCHTEND)
    assert najagen(door=actor.klok(), op=date(2027, 3, 31)) == 3
    assert najagen(door=actor.operator(), op=date(2027, 3, 31)) == 0
    assert Logregel.objects.filter(daad="joeg_na", velden=["najagen"], casus_id=vast.casus.pk).count() == 3
    assert najagen(door=actor.klok(), op=april(3)) == 0  # a Saturday


def test_a_morning_costs_by_who_must_be_chased_not_by_how_many_families_there_are(
    vast: Kuipers, kalender: Kalender
) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert najagen(door=actor.klok(), op=date(2027, 3, 26 + 3)) == 0  # Easter Monday: nothing at all
            assert najagen(door=actor.klok(), op=date(2027, 3, 30)) == 0  # the day before
        return len(queries)

    eerst = kosten()
    kalender.zet(date(2027, 3, 25), MIDDAG)
    for _gezin in range(3):
        ander = maak_kuipers(vast.teams)
        stel_vast(door=ander.door, casus=ander.casus, nummer=1)
    kalender.verstuur()
    assert kosten() == eerst
    assert sum(len(rijen) for rijen in wachten.zonder_antwoord(_alle(vast), date(2027, 3, 30)).values()) == 12


def _alle(k: Kuipers) -> list[Casus]:
    return list(Casus.objects.filter(team=k.teams.noord).select_related("team__organisatie"))
