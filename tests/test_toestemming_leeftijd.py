"""30 days before somebody becomes 12, 16 or 18 the coordinator hears of it: once, also when a day was missed."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from casussen import berichten
from casussen.acties.leeftijden import kondig_leeftijden_aan
from casussen.actor import klok
from casussen.models import Bericht, Casus, Gezinslid, Logregel, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import vandaag_delen
from casussen.taal.datums import dag_voluit
from casussen.tasks import leeftijden
from casussen.toestemming.leeftijd import verjaardag
from handreiking import settings as instellingen
from tests.cast import MILAN_GEBOREN, Kuipers
from tests.gezinnen import beeld_van
from tests.post import overdag

# Milan of the cast becomes 16 on this day.
DAG = verjaardag(MILAN_GEBOREN, 16)


def berichten_op(dag: date) -> int:
    return kondig_leeftijden_aan(door=klok(), op=dag)


@pytest.fixture
def jong(kuipers: Kuipers) -> Gezinslid:
    """Milan, who was added long ago."""
    Gezinslid.objects.update(gemaakt_op=timezone.now() - timedelta(days=900))
    return Gezinslid.objects.get(pk=kuipers.milan.pk)


@pytest.mark.parametrize(("dagen", "aantal"), [(-31, 0), (-30, 1), (-1, 1), (0, 1), (1, 1), (30, 1), (31, 0)])
def test_from_thirty_days_before_and_a_missed_day_is_caught_up(jong: Gezinslid, dagen: int, aantal: int) -> None:
    assert berichten_op(DAG + timedelta(days=dagen)) == aantal


def test_never_twice_also_with_another_coordinator(jong: Gezinslid, kuipers: Kuipers) -> None:
    assert [berichten_op(DAG - timedelta(days=dagen)) for dagen in (30, 30, 29, 0)] == [1, 0, 0, 0]
    Casus.objects.update(coordinator=kuipers.teams.joost)
    assert berichten_op(DAG) == 0
    # At 18 there is something new to tell.
    assert berichten_op(verjaardag(MILAN_GEBOREN, 18)) == 1
    assert {bericht.medewerker for bericht in Bericht.objects.all()} == {kuipers.teams.sanne, kuipers.teams.joost}


def test_the_mail_names_nobody_and_leads_to_the_page(jong: Gezinslid, kuipers: Kuipers) -> None:
    berichten_op(DAG)
    berichten.verstuur_alles(nu=overdag(), vandaag=DAG)
    (bericht,) = mail.outbox
    assert bericht.to == [kuipers.teams.sanne.email]
    tekst = f"{bericht.subject} {bericht.body}"
    assert "In één van je gezinnen verandert iets, omdat een kind 12, 16 of 18 wordt." in tekst
    assert f"/casussen/{kuipers.casus.pk}/delen/" in tekst
    for naam in ("Milan", "Kuipers", "Bart", "Esra", dag_voluit(DAG)):
        assert naam not in tekst
    regel = Logregel.objects.get(daad="kondigde_leeftijd_aan")
    assert (regel.actor_soort, regel.object_id, regel.velden) == ("klok", str(jong.pk), ["16"])


@pytest.mark.parametrize("waarom", ["weg", "afgesloten", "coordinator weg", "later toegevoegd", "geen datum"])
def test_nobody_is_told_where_nothing_changes(jong: Gezinslid, kuipers: Kuipers, waarom: str) -> None:
    if waarom == "weg":
        Gezinslid.objects.filter(pk=jong.pk).update(weg_op=timezone.now())
    elif waarom == "afgesloten":
        Casus.objects.update(afgesloten_op=timezone.now())
    elif waarom == "coordinator weg":
        Medewerker.objects.filter(pk=kuipers.teams.sanne.pk).update(is_active=False)
    elif waarom == "later toegevoegd":
        Gezinslid.objects.filter(pk=jong.pk).update(geboren=verjaardag(timezone.localdate(), -12) - timedelta(days=1))
        assert berichten_op(timezone.localdate()) == 1  # added before that birthday
        Bericht.objects.all().delete()
        Gezinslid.objects.filter(pk=jong.pk).update(gemaakt_op=timezone.now())
        assert berichten_op(timezone.localdate()) == 0
    else:
        Gezinslid.objects.filter(pk=jong.pk).update(geboren=None)
    assert berichten_op(DAG) == 0


def test_the_clock_does_it_every_day(kuipers: Kuipers) -> None:
    taken = {rij["task"] for rij in instellingen.CELERY_BEAT_SCHEDULE.values()}
    assert "casussen.tasks.leeftijden" in taken
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(geboren=verjaardag(timezone.localdate(), -18))
    leeftijden()
    assert Bericht.objects.get().soort == BerichtSoort.LEEFTIJD
    berichten.verstuur_alles(nu=overdag())  # the clock rises before the hours in which mail may come
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("jaren", "wat"),
    [
        (12, "Vanaf die dag vraag je toestemming ook aan Milan zelf, naast wie gezag heeft."),
        (16, "Vanaf die dag beslist Milan zelf over toestemming. De ouders hoef je dat niet meer te vragen."),
        (18, "Vanaf die dag heeft niemand meer gezag. Bespreek met Milan wat de ouders nog lezen."),
    ],
)
def test_what_needs_me_today_says_who_and_what_changes(kuipers: Kuipers, jaren: int, wat: str) -> None:
    geboren = date(2015, 7, 9)
    dag = verjaardag(geboren, jaren)
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(geboren=geboren)
    beeld = beeld_van(kuipers.casus)

    def titels(op: date) -> list[tuple[str, str]]:
        return [(taak.titel, taak.uitleg) for taak in vandaag_delen.taken([beeld], op)]

    assert titels(dag - timedelta(days=31)) == []
    (taak,) = titels(dag - timedelta(days=30))
    assert taak[0].startswith(f"Milan wordt {jaren} op ")
    assert taak[1] == f"Gezin Kuipers. {wat}"
    (taak,) = titels(dag)
    assert taak[0].startswith(f"Milan is {jaren} sinds ")
