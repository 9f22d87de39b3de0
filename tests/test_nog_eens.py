"""Who did not answer yet, for the coordinator; and the own press on "nog eens mailen"."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casussen.acties import afspraken
from casussen.acties.fouten import Geweigerd
from casussen.acties.najagen import vraag_nog_eens
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Bericht, Casus, Deelnemer, Evaluatie, Logregel, Professional
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.overzicht.wachten import Wachtende, zonder_antwoord
from tests.cast import Kuipers, maak_kuipers
from tests.daden import achter_link, sluit
from tests.kalender import Kalender, maak_kalender
from tests.mensen import ANDEREN

VAST = date(2027, 3, 24)


@pytest.fixture
def kalender(monkeypatch: pytest.MonkeyPatch) -> Kalender:
    """A calendar in which the days go by."""
    return maak_kalender(monkeypatch)


@pytest.fixture
def vast(kuipers: Kuipers, kalender: Kalender) -> Kuipers:
    """The family with a first version, on Wednesday 24 March 2027 at two; everyone was asked."""
    Evaluatie.objects.filter(pk=kuipers.evaluatie.pk).update(datum=date(2027, 6, 15))
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    kalender.verstuur()
    kalender.uit.clear()
    mail.outbox.clear()
    return kuipers


def wachtende(k: Kuipers, mens: Deelnemer, op: date) -> Wachtende | None:
    """How somebody stands on a day."""
    casus = Casus.objects.select_related("team__organisatie").get(pk=k.casus.pk)
    return next((rij for rij in zonder_antwoord([casus], op)[casus.pk] if rij.deelnemer == mens), None)


def antwoord(mens: Deelnemer, afspraak: Afspraak) -> None:
    """A helper agrees with one agreement."""
    afspraken.reageer(door=achter_link(mens), afspraak=afspraak, inhoud_versie=afspraak.inhoud_versie, soort="akkoord")


# Who did not answer --------------------------------------------------------------------------------------


def test_it_tells_since_when_how_often_and_when_the_reminders_are_over(vast: Kuipers, kalender: Kalender) -> None:
    verloop = []
    for dag in (VAST, date(2027, 3, 31), date(2027, 4, 6), date(2027, 4, 7)):
        kalender.loop(dag, dag)
        rij = wachtende(vast, vast.ruben, dag)
        assert rij is not None
        assert rij.sinds == VAST
        verloop.append((rij.herinnerd, rij.laatst, rij.uitgevraagd))
    assert verloop == [
        (0, None, False),
        (1, date(2027, 3, 31), False),
        (2, date(2027, 4, 6), False),
        (2, date(2027, 4, 6), True),
    ]
    rij = wachtende(vast, vast.ruben, VAST)
    assert rij is not None
    assert (rij.belnummer, rij.per_week, rij.geen_herinneringen) == ("085-0000 031", False, False)
    Professional.objects.filter(deelnames=vast.ruben).update(mailritme="week", telefoon="")
    rij = wachtende(vast, vast.ruben, VAST)
    assert rij is not None
    assert (rij.belnummer, rij.per_week, rij.geen_herinneringen) == ("", True, False)


def test_whoever_answered_one_of_two_still_waits_since_the_day_of_the_other(vast: Kuipers, kalender: Kalender) -> None:
    kalender.zet(date(2027, 3, 30), time(9))
    erbij = afspraken.zet_afspraak(
        door=vast.door, casus=vast.casus, pk=uuid4(), versie=0, velden={"wat": "Ik kook.", "deelnemer": vast.ruben}
    )
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    kalender.verstuur()
    rij = wachtende(vast, vast.ruben, date(2027, 3, 30))
    assert rij is not None
    assert rij.sinds == VAST
    antwoord(vast.ruben, vast.belt_zondag)
    rij = wachtende(vast, vast.ruben, date(2027, 3, 30))
    assert rij is not None
    assert rij.sinds == date(2027, 3, 30)
    antwoord(vast.ruben, erbij)
    assert wachtende(vast, vast.ruben, date(2027, 3, 30)) is None


def test_what_is_not_in_the_version_yet_is_not_waited_for(vast: Kuipers) -> None:
    antwoord(vast.ruben, vast.belt_zondag)
    afspraken.zet_afspraak(
        door=vast.door, casus=vast.casus, pk=uuid4(), versie=0, velden={"wat": "Ik kook.", "deelnemer": vast.ruben}
    )
    assert wachtende(vast, vast.ruben, VAST) is None


def test_many_families_cost_as_much_as_few(vast: Kuipers, kalender: Kalender) -> None:
    for _gezin in range(5):
        ander = maak_kuipers(vast.teams)
        stel_vast(door=ander.door, casus=ander.casus, nummer=1)
    kalender.zet(date(2027, 3, 25), time(9))
    kalender.verstuur()
    alle = list(Casus.objects.select_related("team__organisatie"))

    def kosten(casussen: list[Casus]) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            rijen = zonder_antwoord(casussen, date(2027, 3, 26))
        return len(queries), sum(len(rij) for rij in rijen.values())

    assert kosten(alle[:2]) == (kosten(alle)[0], 6)
    assert kosten(alle)[1] == 18


# Once more -----------------------------------------------------------------------------------------------


def test_the_coordinator_asks_once_more_and_the_mail_leaves_at_once(vast: Kuipers, kalender: Kalender) -> None:
    kalender.zet(VAST, time(23))
    assert vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)
    assert kalender.verstuur() == 1  # the second mail of the day, at night: somebody pressed the button
    (bericht,) = mail.outbox
    assert bericht.to == [vast.ruben.email]
    assert bericht.subject == "Sanne Wolters wacht nog op je antwoord"
    assert "We wachten nog op jouw antwoord." in str(bericht.body)
    regel = Logregel.objects.get(daad="vroeg_nog_eens")
    assert (regel.casus_id, regel.object_id) == (vast.casus.pk, str(vast.ruben.pk))


def test_once_an_hour_is_enough_also_from_two_families(vast: Kuipers, kalender: Kalender) -> None:
    ander = maak_kuipers(vast.teams)
    stel_vast(door=ander.door, casus=ander.casus, nummer=1)
    kalender.zet(date(2027, 3, 25), time(9))
    kalender.verstuur()
    assert vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)
    assert vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ilse)
    kalender.nu += timedelta(minutes=59)
    assert not vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)
    assert not vraag_nog_eens(door=ander.door, casus=ander.casus, deelnemer=ander.ruben)
    kalender.nu += timedelta(minutes=1)
    assert vraag_nog_eens(door=ander.door, casus=ander.casus, deelnemer=ander.ruben)
    assert Bericht.objects.filter(soort=BerichtSoort.NAJAGEN).count() == 3


def test_whoever_answers_in_the_meantime_gets_no_mail(vast: Kuipers, kalender: Kalender) -> None:
    vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)
    antwoord(vast.ruben, vast.belt_zondag)
    assert kalender.verstuur() == 0
    assert Bericht.objects.get(soort=BerichtSoort.NAJAGEN).status == BerichtStatus.INGETROKKEN


@pytest.mark.parametrize(
    ("vooraf", "zin"),
    [
        (lambda k: antwoord(k.ruben, k.belt_zondag), "wordt nu geen antwoord gevraagd"),
        (lambda k: Professional.objects.filter(deelnames=k.ruben).update(email=""), "geen antwoord gevraagd"),
        (lambda k: Bericht.objects.update(status=BerichtStatus.MISLUKT), "geen antwoord gevraagd"),
        (
            lambda k: Professional.objects.filter(deelnames=k.ruben).update(mailritme="geen"),
            "wil geen herinneringen",
        ),
        (lambda k: sluit(k.casus), "afgesloten"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(vast: Kuipers, vooraf: object, zin: str) -> None:
    assert callable(vooraf)
    vooraf(vast)
    with pytest.raises(Geweigerd, match=zin):
        vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)
    assert not Bericht.objects.filter(soort=BerichtSoort.NAJAGEN).exists()


def test_a_helper_of_another_family_is_not_asked_through_this_one(vast: Kuipers) -> None:
    ander = maak_kuipers(vast.teams)
    with pytest.raises(Geweigerd):
        vraag_nog_eens(door=vast.door, casus=vast.casus, deelnemer=ander.ruben)


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_may_press(vast: Kuipers, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        vraag_nog_eens(door=ANDEREN[wie](vast), casus=vast.casus, deelnemer=vast.ruben)
    assert not Bericht.objects.filter(soort=BerichtSoort.NAJAGEN).exists()
