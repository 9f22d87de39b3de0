"""Who looked, as a member of the family reads it behind the own link: by day, without what was read."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor, logboek
from casussen.acties import deelnemers, gezin
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor
from casussen.berichten import links
from casussen.models import Gezinslid, Logregel, Noodtoegang
from casussen.taal.datums import dag_voluit
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link
from tests.gezinslink import met_code
from tests.ketting import als_superuser, sql


def kijk(kuipers: Kuipers, door: Actor, *, dagen_terug: int = 0, daad: str = "las") -> None:
    """Somebody looked, at noon of an earlier day."""
    regel = logboek.schrijf(door=door, daad=daad, casus_id=kuipers.casus.pk, velden=["stap3"])
    if dagen_terug:
        with als_superuser():
            sql("UPDATE casussen_logregel SET op = %s WHERE id = %s", f"{dag(dagen_terug)} 12:00+01", regel.pk)


def dag(dagen_terug: int) -> date:
    return timezone.localdate() - timedelta(days=dagen_terug)


def bezoek(lid: Gezinslid, **gevraagd: str) -> Any:
    """The page, in a browser that showed the code."""
    client = Client()
    antwoord = client.get(met_code(client, lid) + "wie-keek/", gevraagd)
    assert antwoord.status_code == 200
    return antwoord


def pagina(lid: Gezinslid, **gevraagd: str) -> str:
    """The words of the page."""
    return " ".join(bezoek(lid, **gevraagd).content.decode().split())


def keken(lid: Gezinslid, **gevraagd: str) -> list[tuple[date, str]]:
    """Day and who, as they stand on the page."""
    dagen = bezoek(lid, **gevraagd).context["dagen"]
    return [(rij.dag, kijker.wie) for rij in dagen for kijker in rij.kijkers]


def test_it_says_by_day_who_looked_and_of_which_organisation(kuipers: Kuipers) -> None:
    kijk(kuipers, cast.deur(kuipers.teams.joost), dagen_terug=3)
    kijk(kuipers, kuipers.door)
    tekst = pagina(kuipers.bart)
    assert f"Op {dag_voluit(dag(3))} keek" in tekst
    assert "Joost ten Hove van Wijkteam Hengelo-Noord" in tekst
    assert "Werkt bij het team dat de afspraken bijhoudt." in tekst
    assert keken(kuipers.bart) == [
        (dag(0), "Sanne Wolters van Wijkteam Hengelo-Noord"), (dag(3), "Joost ten Hove van Wijkteam Hengelo-Noord"),
    ]  # fmt: skip
    assert "Uw eerste aanspreekpunt." in tekst
    assert tekst.index("Sanne Wolters") < tekst.index("Joost ten Hove")


def test_looking_often_on_one_day_is_told_once(kuipers: Kuipers) -> None:
    for _keer in range(5):
        kijk(kuipers, kuipers.door)
    kijk(kuipers, achter_link(kuipers.sanne), daad="drukte_af")
    assert pagina(kuipers.bart).count("Sanne Wolters") == 1


def test_it_never_tells_what_was_read_or_changed(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    kijk(kuipers, kuipers.door)
    tekst = pagina(kuipers.bart)
    for geheim in ("stap 3", "stelde een versie vast", "afspraak maakte", "Ik kom elke woensdag", "esra@", "Esra"):
        assert geheim not in tekst


def test_nobody_of_the_family_or_of_its_own_network_stands_in_it(kuipers: Kuipers) -> None:
    for mens in (kuipers.esra, kuipers.milan, kuipers.bart, kuipers.opa):
        kijk(kuipers, achter_link(mens))
    tekst = pagina(kuipers.bart)
    assert "Nog niemand keek." in tekst
    for naam in ("Esra", "Milan", "Bart", "Opa Henk"):
        assert naam not in tekst


def test_a_helper_whom_this_reader_may_not_see_has_no_name(kuipers: Kuipers) -> None:
    deelnemers.wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.ilse.pk, versie=1,
        velden={"voor_gezin": "gekozen", "gekozen_gezinsleden": [kuipers.bart]},
    )  # fmt: skip
    kijk(kuipers, achter_link(kuipers.ilse))
    assert keken(kuipers.bart) == [(dag(0), "Ilse Broekhuis van De Brug")]
    van_esra = pagina(kuipers.esra)
    assert keken(kuipers.esra) == [(dag(0), "Iemand die helpt")]
    assert "Iemand die helpt" in van_esra
    for verraadt in ("Ilse", "Broekhuis", "De Brug", "IB"):
        assert verraadt not in van_esra


def test_a_hidden_helper_with_an_account_has_no_name_either_also_when_the_part_is_over(kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    mee = deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost, velden={"voor_gezin": "niemand"}
    )
    kijk(kuipers, cast.deur(kuipers.teams.joost))
    assert "Joost" not in pagina(kuipers.bart)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=mee)
    kijk(kuipers, cast.deur(kuipers.teams.joost), dagen_terug=1)
    tekst = pagina(kuipers.bart)
    assert "Joost" not in tekst
    assert keken(kuipers.bart) == [(dag(0), "Iemand die helpt"), (dag(1), "Iemand die helpt")]


def test_a_parent_without_gezag_reads_only_the_names_that_are_meant_for_him(kuipers: Kuipers) -> None:
    rik = gezin.zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"naam": "Rik Hof", "relatie": "vader", "gezag": False},
    )  # fmt: skip
    kijk(kuipers, achter_link(kuipers.ruben))
    assert keken(kuipers.bart) == [(dag(0), "Ruben Assink van De Linde")]
    assert keken(rik) == [(dag(0), "Iemand die helpt")]


def test_who_is_not_known_any_more_has_no_name(kuipers: Kuipers) -> None:
    logboek.schrijf(door=Actor(soort=actor.ActorSoort.DEELNEMER, deelnemer=None), daad="las", casus_id=kuipers.casus.pk)
    assert keken(kuipers.bart) == [(dag(0), "Iemand die helpt")]


def test_emergency_access_and_technical_work_say_why(kuipers: Kuipers) -> None:
    nood = Noodtoegang(casus=kuipers.casus, medewerker=kuipers.teams.karin)
    door = cast.deur(kuipers.teams.karin)
    kijk(kuipers, Actor(soort=door.soort, medewerker=door.medewerker, noodtoegang=nood))
    kijk(kuipers, actor.operator())
    tekst = pagina(kuipers.bart)
    assert f"Op {dag_voluit(dag(0))} keken" in tekst
    assert "Karin Veldhuis van Wijkteam Almelo-Zuid" in tekst
    assert "Met spoed. De reden is opgeschreven." in tekst
    assert "Het technisch beheer" in tekst


def test_young_people_are_called_je(kuipers: Kuipers) -> None:
    kijk(kuipers, kuipers.door)
    jong, oud = pagina(kuipers.milan), pagina(kuipers.bart)
    assert "Wie keek er naar jouw gegevens?" in jong
    assert "Je eerste aanspreekpunt." in jong
    assert "Wie keek er naar uw gegevens?" in oud
    assert " u " not in jong


def test_fourteen_days_stand_on_a_page(kuipers: Kuipers) -> None:
    for n in range(16):
        kijk(kuipers, kuipers.door, dagen_terug=n)
    eerste, tweede = pagina(kuipers.bart), pagina(kuipers.bart, bladzijde="2")
    assert (eerste.count("Sanne Wolters"), tweede.count("Sanne Wolters")) == (14, 2)
    assert 'href="?bladzijde=2"' in eerste
    assert keken(kuipers.bart, bladzijde="2")[-1] == (dag(15), "Sanne Wolters van Wijkteam Hengelo-Noord")


def test_a_day_begins_at_midnight_in_the_netherlands(kuipers: Kuipers) -> None:
    kijk(kuipers, kuipers.door)
    with als_superuser():
        sql("UPDATE casussen_logregel SET op = '2026-07-01 22:30+00' WHERE daad = 'las'")
    assert "Op donderdag 2 juli 2026 keek" in pagina(kuipers.bart)


def test_the_overview_leads_to_it_and_paper_does_not(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    client = Client()
    overzicht = met_code(client, kuipers.bart)
    tekst = client.get(overzicht).content.decode()
    assert f'href="{overzicht}wie-keek/"' in tekst
    voorbeeld = Client()
    voorbeeld.force_login(kuipers.teams.sanne)
    assert (
        "wie-keek" not in voorbeeld.get(f"/casussen/{kuipers.casus.pk}/overzicht/{kuipers.bart.pk}/").content.decode()
    )


@pytest.mark.parametrize("wie", ["ilse", "niemand"])
def test_only_a_link_of_the_family_opens_it(kuipers: Kuipers, wie: str) -> None:
    kijk(kuipers, kuipers.door)
    token = links.maak_link(kuipers.ilse, nu=timezone.now())[0].split("/t/")[1] if wie == "ilse" else "verzonnen/"
    antwoord = Client().get(f"/o/{token}wie-keek/")
    assert antwoord.status_code == 410
    assert "Sanne Wolters van" not in antwoord.content.decode()


def test_another_family_is_not_in_it(kuipers: Kuipers) -> None:
    logboek.schrijf(door=kuipers.door, daad="las", casus_id=uuid4())
    assert "Nog niemand keek." in pagina(kuipers.bart)


def test_it_costs_as_many_queries_for_many_days_and_people_as_for_few(kuipers: Kuipers) -> None:
    client = Client()
    plek = met_code(client, kuipers.bart) + "wie-keek/"

    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            client.get(plek)
        return len(gemeten)

    kijk(kuipers, kuipers.door)
    kijk(kuipers, achter_link(kuipers.ilse))
    eerst = kosten()
    for mens in (kuipers.ruben, kuipers.amrita, kuipers.sanne):
        for n in range(1, 8):
            kijk(kuipers, achter_link(mens), dagen_terug=n)
    kijk(kuipers, cast.deur(kuipers.teams.joost))
    assert kosten() == eerst
    assert Logregel.objects.filter(daad="las").count() > 20
