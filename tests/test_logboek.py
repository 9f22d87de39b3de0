"""The log on the screen: who looked and who did what, in words, for the coordinator only."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

import casussen
from casussen import actor, logboek
from casussen.acties import afspraken
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor, ActorSoort
from casussen.berichten import zet_klaar
from casussen.models import Bericht, Deelnemer, Gezinslid, Logregel
from casussen.models.afspraak import ReactieSoort
from casussen.models.bericht import BerichtSoort
from casussen.models.evaluatie import Vervolg
from casussen.overzicht.logboek import DADEN, PLEKKEN
from casussen.overzicht.logregels import Mensen, Regel, Zoekvraag, per_dag
from tests import cast
from tests.cast import Kuipers

BRON = Path(casussen.__file__).parent


def adres(kuipers: Kuipers) -> str:
    return f"/casussen/{kuipers.casus.pk}/logboek/"


def zinnen(kuipers: Kuipers, soort: str = "") -> list[tuple[str, str]]:
    """Who and what, the last one first."""
    return [(regel.wie.naam, regel.zin) for regel in regels(kuipers, wat=soort)]


def regels(kuipers: Kuipers, **vraag: Any) -> list[Regel]:
    """The lines in words, the last one first."""
    mensen = Mensen(kuipers.casus)
    gevonden = list(mensen.regels(Zoekvraag(**vraag)))
    return [regel for dag in per_dag(mensen, kuipers.casus, gevonden) for regel in dag.regels]


# Every deed has words


def daden_in_de_code() -> set[str]:
    """Every text behind `daad =`, both sides of an if-else too."""
    gevonden: set[str] = set()
    for pad in BRON.rglob("*.py"):
        for stuk in re.findall(r"\bdaad\s*=\s*(\"[^,\n]+)", pad.read_text(encoding="utf-8")):
            gevonden |= set(re.findall(r'"([a-z_]+)"', stuk))
    return gevonden


def test_every_deed_in_the_code_has_words_and_every_word_a_deed() -> None:
    assert daden_in_de_code() == set(DADEN)


def plekken_in_de_code() -> Iterator[str]:
    """The names of the addresses with one casus in them that can be read."""
    for route in get_resolver("casussen.urls").url_patterns:
        assert isinstance(route, URLPattern)
        if {"casus_id", "token"} & set(route.pattern.converters):
            yield str(route.name)


ALLEEN_VERSTUREN = {
    "antwoord", "gezinslid_weg", "deelnemer_stopt", "regie", "regie_ja", "afspraak_vervalt", "stap",
    "taak_alles", "taak_bereikbaar", "taak_doorgeven", "taak_draad", "taak_gedaan", "taak_later", "taak_reactie",
    "taak_regie", "taak_regie_niet", "taak_ritme", "taak_rol",
    "bericht_opnieuw", "dag_over", "nog_eens", "links_weg",
    "verzoek_verleng", "delen_verteld", "delen_toestemming", "delen_intrekken", "delen_grond", "delen_gewist",
}  # fmt: skip


# With a token in the address, and without a word about a casus.
ZONDER_CASUS = {"agendafeed", "gezin_code", "gezin_nieuw", "mailritme", "taak_agenda", "taak_code", "taak_nieuw"}


def test_every_page_about_a_casus_has_words() -> None:
    paginas = set(plekken_in_de_code()) - ALLEEN_VERSTUREN - ZONDER_CASUS
    assert paginas <= set(PLEKKEN)
    assert {f"stap{nummer}" for nummer in range(1, 8)} <= set(PLEKKEN)


@pytest.mark.parametrize(
    ("daad", "waarden"),
    [
        ("reageerde", ReactieSoort.values),
        ("mailde", BerichtSoort.values),
        ("legde_evaluatie_vast", Vervolg.values),
    ],
)
def test_every_variant_of_a_deed_has_words_of_its_own(daad: str, waarden: list[str]) -> None:
    assert set(DADEN[daad].per_veld) == set(waarden)


# Who and what


def test_the_last_deed_comes_first_per_day(kuipers: Kuipers) -> None:
    eerste, *_ander, laatste = zinnen(kuipers)
    assert eerste == ("Sanne Wolters", "koos wanneer iedereen terugkijkt")
    assert laatste == ("Sanne Wolters", "begon deze samenwerking")


def test_days_are_those_of_the_netherlands(kuipers: Kuipers) -> None:
    wie = {"daad": "begon", "actor_soort": "klok"}
    schrijf(kuipers, actor.klok(), "begon")
    gevonden = [
        Logregel(op=datetime(2026, 11, 11, 23, 30, tzinfo=UTC), **wie),
        Logregel(op=datetime(2026, 11, 11, 22, 30, tzinfo=UTC), **wie),
    ]
    dagen = per_dag(Mensen(kuipers.casus), kuipers.casus, gevonden)
    assert [dag.dag for dag in dagen] == [date(2026, 11, 12), date(2026, 11, 11)]


def schrijf(kuipers: Kuipers, door: Actor, daad: str, **anders: Any) -> None:
    logboek.schrijf(door=door, daad=daad, casus_id=kuipers.casus.pk, **anders)


def van(mens: Deelnemer | Gezinslid) -> Actor:
    if isinstance(mens, Deelnemer):
        return Actor(soort=ActorSoort.DEELNEMER, deelnemer=mens)
    return Actor(soort=ActorSoort.GEZINSLID, gezinslid=mens)


def wie(kuipers: Kuipers) -> tuple[str, str, str]:
    """Name, role and shape of who did the last deed."""
    persoon = regels(kuipers)[0].wie
    return persoon.naam, persoon.rol, persoon.vorm


def test_everyone_is_called_by_name_with_a_role(kuipers: Kuipers) -> None:
    gezien = []
    for door in (
        kuipers.door,
        cast.deur(kuipers.teams.joost),
        van(kuipers.ilse),
        van(kuipers.opa),
        van(kuipers.bart),
        actor.klok(),
        actor.operator(),
        Actor(soort=ActorSoort.GEZINSLID, gezinslid=Gezinslid(naam="Weg")),
    ):
        schrijf(kuipers, door, "las")
        gezien.append(wie(kuipers))
    assert gezien == [
        ("Sanne Wolters", "Wijkteam Hengelo-Noord", "regie"),
        ("Joost ten Hove", "Wijkteam Hengelo-Noord", "helper"),
        ("Ilse Broekhuis", "De Brug", "helper"),
        ("Opa Henk", "opa van vaders kant", "netwerk"),
        ("Bart Kuipers", "vader", "gezin"),
        ("Vanzelf", "de klok van de software", ""),
        ("Beheer", "op de server", ""),
        ("Onbekend", "niet meer bekend", ""),
    ]


def test_somebody_without_an_address_book_entry_is_still_named(kuipers: Kuipers) -> None:
    kuipers.teams.sanne.professional = None
    kuipers.teams.sanne.save()
    kuipers.casus.regie.all().delete()
    schrijf(kuipers, cast.deur(kuipers.teams.sanne), "las")
    assert wie(kuipers) == ("Sanne Wolters", "medewerker", "helper")


@pytest.mark.parametrize(
    ("daad", "velden", "zin"),
    [
        ("las", ["stap3"], "keek naar stap 3"),
        ("las", ["iets-nieuws"], "keek in deze samenwerking"),
        ("reageerde", ["niet-akkoord"], "zei nee bij een afspraak"),
        ("wees_aan", ["vervanger"], "koos de vervanger"),
        ("aanvaardde", ["regievoerder"], "zei ja op de vraag om de regie te nemen"),
        ("wijzigde_gezinslid", ["email", "naam"], "veranderde de gegevens van een gezinslid"),
    ],
)
def test_a_deed_is_told_in_words(kuipers: Kuipers, daad: str, velden: list[str], zin: str) -> None:
    schrijf(kuipers, kuipers.door, daad, velden=velden)
    assert zinnen(kuipers)[0] == ("Sanne Wolters", zin)


def test_a_mail_says_to_whom_it_went(kuipers: Kuipers) -> None:
    zet_klaar(soort=BerichtSoort.TAAK, aan=kuipers.ilse, casus=kuipers.casus, oorzaak="test")
    schrijf(kuipers, actor.klok(), "mailde", over=Bericht.objects.get(), velden=["taak"])
    assert zinnen(kuipers)[0] == ("Vanzelf", "verstuurde de vraag om te bevestigen, aan Ilse")


# The page


def test_the_page_shows_the_log_and_no_text_of_the_casus(kuipers: Kuipers, als_sanne: Client) -> None:
    tekst = als_sanne.get(adres(kuipers)).content.decode()
    assert "maakte een afspraak" in tekst
    assert "begon deze samenwerking" in tekst
    for geheim in ("elke woensdag", "praat Esra bij", "Milan wil weer thuis", "bart@gezin.example"):
        assert geheim not in tekst


def test_the_filter_shows_one_kind(kuipers: Kuipers, als_sanne: Client) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    gekeken = als_sanne.get(adres(kuipers), {"wat": "gekeken"})
    assert [regel.zin for dag in gekeken.context["dagen"] for regel in dag.regels] == ["keek in dit logboek"]
    tekst = als_sanne.get(adres(kuipers), {"wat": "veranderd"}).content.decode()
    assert "stelde een versie vast" in tekst
    assert "keek in dit logboek" not in tekst
    assert "Hier staat nog niets." in als_sanne.get(adres(kuipers), {"wat": "verstuurd"}).content.decode()
    onzin = als_sanne.get(adres(kuipers), {"wat": "<script>"})
    assert onzin.context["wat"] == ""
    assert "begon deze samenwerking" in onzin.content.decode()


def test_fifty_lines_stand_on_a_page(kuipers: Kuipers, als_sanne: Client) -> None:
    for _keer in range(60):
        schrijf(kuipers, kuipers.door, "wijzigde_afspraak")
    eerste = als_sanne.get(adres(kuipers), {"wat": "veranderd"})
    assert sum(len(dag.regels) for dag in eerste.context["dagen"]) == 50
    assert 'href="?wat=veranderd&amp;bladzijde=2"' in eerste.content.decode()
    tweede = als_sanne.get(adres(kuipers), {"wat": "veranderd", "bladzijde": "2"}).content.decode()
    assert "begon deze samenwerking" in tweede
    assert 'href="?wat=veranderd&amp;bladzijde=1"' in tweede
    # A page that does not exist gives the nearest one.
    assert als_sanne.get(adres(kuipers), {"bladzijde": "x"}).status_code == 200
    assert als_sanne.get(adres(kuipers), {"bladzijde": "99"}).status_code == 200


def test_it_costs_as_many_queries_for_30_people_as_for_3(kuipers: Kuipers, als_sanne: Client) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            als_sanne.get(adres(kuipers))
        return len(gemeten)

    for mens in (kuipers.ilse, kuipers.bart):
        schrijf(kuipers, van(mens), "las")
    zet_klaar(soort=BerichtSoort.TAAK, aan=kuipers.ilse, casus=kuipers.casus, oorzaak="test")
    schrijf(kuipers, actor.klok(), "mailde", over=Bericht.objects.get(), velden=["taak"])
    eerst = kosten()
    for mens in (kuipers.ruben, kuipers.amrita, kuipers.opa, kuipers.esra, kuipers.milan):
        zet_klaar(soort=BerichtSoort.TAAK, aan=mens, casus=kuipers.casus, oorzaak="test")
        schrijf(kuipers, van(mens), "las")
    for bericht in Bericht.objects.all():
        schrijf(kuipers, actor.klok(), "mailde", over=bericht, velden=["taak"])
    assert kosten() == eerst


def test_only_the_coordinator_of_the_team_reads_it(kuipers: Kuipers, client: Client) -> None:
    teams = kuipers.teams
    gezien = {}
    for mens in (teams.sanne, teams.joost, teams.mieke, teams.bea, teams.karin):
        client.force_login(mens)
        gezien[mens.naam] = client.get(adres(kuipers)).status_code
    assert gezien == {
        "Sanne Wolters": 200,
        "Joost ten Hove": 403,
        "Mieke Spit": 404,
        "Bea Beheer": 404,
        "Karin Veldhuis": 404,
    }
    # Who was refused did not read.
    gelezen = Logregel.objects.filter(daad="las").values_list("medewerker_id", flat=True)
    assert list(gelezen) == [teams.sanne.pk]


def test_another_family_is_not_in_it(kuipers: Kuipers, als_sanne: Client) -> None:
    ander: UUID = uuid4()
    logboek.schrijf(door=van(kuipers.bart), daad="sloot_af", casus_id=ander)
    assert "sloot deze samenwerking af" not in als_sanne.get(adres(kuipers)).content.decode()
    assert als_sanne.get(f"/casussen/{ander}/logboek/").status_code == 404
    assert als_sanne.post(adres(kuipers)).status_code == 405


def test_an_agreement_that_changes_leaves_a_line_without_its_text(kuipers: Kuipers, als_sanne: Client) -> None:
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.vertelt.pk, versie=1, velden={"wat": "Iets heel geheims."}
    )
    tekst = als_sanne.get(adres(kuipers)).content.decode()
    assert "veranderde een afspraak" in tekst
    assert "geheims" not in tekst
