"""Requests of the family: recorded with a term, extended once with a reason, decided; the register keeps them."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties.fouten import Geweigerd
from casussen.acties.verzoeken import beslis_verzoek, neem_verzoek_op, verleng_verzoek
from casussen.acties.wissen import wis_persoon
from casussen.models import Casus, Gezinslid, Verzoek
from casussen.overzicht import vandaag_gegevens, verzoeken
from casussen.taal.datums import over_maanden
from tests import cast
from tests.accounts import ingelogd
from tests.cast import Kuipers
from tests.daden import alles
from tests.gegevens import beslis, sluit_met_een_goed_einde, vraag
from tests.mensen import ANDEREN

VANDAAG = timezone.localdate


def dagen_geleden(dagen: int) -> date:
    return VANDAAG() - timedelta(days=dagen)


def adres(k: Kuipers, verzoek: Verzoek, rest: str = "") -> str:
    return f"/casussen/{k.casus.pk}/verzoek/{verzoek.pk}/{rest}"


# The term


@pytest.mark.parametrize(
    ("dag", "maanden", "uiterlijk"),
    [
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2028, 2, 29), 240, date(2048, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(dag: date, maanden: int, uiterlijk: date) -> None:
    assert over_maanden(dag, maanden) == uiterlijk


def test_the_month_counts_from_the_day_on_which_it_came(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(10))
    assert verzoek.uiterlijk == over_maanden(dagen_geleden(10), 1)


def test_two_months_more_need_a_reason_and_come_once(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    verlengd = verleng_verzoek(door=kuipers.door, verzoek=verzoek, reden="Het zijn veel versies.")
    assert verlengd.uiterlijk == over_maanden(VANDAAG(), 3)
    assert (verlengd.verleng_reden, verlengd.verlengd_op is not None) == ("Het zijn veel versies.", True)
    with pytest.raises(Geweigerd, match="al een keer verlengd"):
        verleng_verzoek(door=kuipers.door, verzoek=verlengd, reden="Nog meer.")


def test_after_the_first_month_there_is_no_more_time_to_take(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(40))
    with pytest.raises(Geweigerd, match="eerste maand is al voorbij"):
        verleng_verzoek(door=kuipers.door, verzoek=verzoek, reden="Het is veel.")


# The decision


@pytest.mark.parametrize("besluit", ["deels", "nee"])
def test_less_than_was_asked_needs_a_reason(kuipers: Kuipers, besluit: str) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "wissen")
    with pytest.raises(Geweigerd, match="Schrijf op waarom"):
        beslis(kuipers, verzoek, besluit)
    besloten = beslis(kuipers, verzoek, besluit, "Het hoort bij het dossier.")
    assert (besloten.besluit, besloten.besloten_door) == (besluit, kuipers.teams.sanne)
    assert besloten.besloten_op is not None


def test_a_decision_stands_and_the_second_press_is_harmless(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    beslis(kuipers, verzoek)
    stand = alles(ook_log=True)
    beslis(kuipers, verzoek)
    with pytest.raises(Geweigerd, match="al besloten"):
        beslis(kuipers, verzoek, "nee", "Toch niet.")
    with pytest.raises(Geweigerd, match="al besloten"):
        verleng_verzoek(door=kuipers.door, verzoek=verzoek, reden="Het is veel.")
    assert alles(ook_log=True) == stand


def test_a_double_click_makes_one_request(kuipers: Kuipers) -> None:
    velden: dict[str, Any] = {"gezinslid": kuipers.bart, "soort": "inzage", "tekst": "", "ontvangen_op": VANDAAG()}
    pk = uuid4()
    eerst = neem_verzoek_op(door=kuipers.door, casus=kuipers.casus, pk=pk, **velden)
    assert neem_verzoek_op(door=kuipers.door, casus=kuipers.casus, pk=pk, **velden) == eerst
    assert Verzoek.objects.count() == 1


def test_a_person_of_another_family_cannot_be_named(kuipers: Kuipers) -> None:
    ander = Casus.objects.create(
        naam="Gezin Bos", team=kuipers.teams.noord, handreiking=kuipers.casus.handreiking,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    kees = Gezinslid.objects.create(casus=ander, naam="Kees Bos", relatie="vader")
    with pytest.raises(Geweigerd, match="andere samenwerking"):
        vraag(kuipers, kees, "inzage")


def test_a_closed_casus_still_answers_requests(kuipers: Kuipers) -> None:
    sluit_met_een_goed_einde(kuipers)
    assert beslis(kuipers, vraag(kuipers, kuipers.bart, "inzage")).besluit == "ja"


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_deals_with_requests(kuipers: Kuipers, wie: str) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    door = ANDEREN[wie](kuipers)
    stand = alles()
    with pytest.raises(PermissionDenied):
        neem_verzoek_op(
            door=door, casus=kuipers.casus, pk=uuid4(), gezinslid=kuipers.bart, soort="inzage", tekst="",
            ontvangen_op=VANDAAG(),
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        verleng_verzoek(door=door, verzoek=verzoek, reden="Het is veel.")
    with pytest.raises(PermissionDenied):
        beslis_verzoek(door=door, verzoek=verzoek, besluit="ja", reden="")
    assert alles() == stand


# The register


def test_the_register_shows_what_waits_first_with_the_days_that_are_left(kuipers: Kuipers, als_sanne: Client) -> None:
    vraag(kuipers, kuipers.esra, "correctie")
    vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(45))
    beslis(kuipers, vraag(kuipers, kuipers.milan, "inzage"), "nee", "Daarover gaat de voogd.")
    antwoord = als_sanne.get("/verzoeken/")
    assert [regel.verzoek.gezinslid for regel in antwoord.context["te_doen"]] == [kuipers.bart, kuipers.esra]
    assert [regel.verzoek.gezinslid for regel in antwoord.context["gedaan"]] == [kuipers.milan]
    html = antwoord.content.decode()
    assert "dagen te laat" in html
    assert "Nog 3" in html
    assert "Daarover gaat de voogd." not in html


@pytest.mark.parametrize(
    ("geleden", "woord", "stand"),
    [(0, "Nog", "concept"), (25, "Nog", "wacht"), (40, "te laat", "niet")],
)
def test_how_near_the_term_is_shows(kuipers: Kuipers, geleden: int, woord: str, stand: str) -> None:
    regel = verzoeken.regel(vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(geleden)), VANDAAG())
    assert woord in regel.woord
    assert regel.stand == stand


def test_on_the_last_day_it_says_so(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    assert verzoeken.regel(verzoek, verzoek.uiterlijk).woord == "Vandaag de laatste dag"
    assert verzoeken.regel(verzoek, verzoek.uiterlijk + timedelta(days=1)).woord == "1 dag te laat"
    assert verzoeken.regel(verzoek, verzoek.uiterlijk - timedelta(days=1)).woord == "Nog 1 dag"


def test_another_team_sees_nothing_of_it_and_who_moves_takes_it_along(kuipers: Kuipers, client: Client) -> None:
    vraag(kuipers, kuipers.bart, "inzage")
    client.force_login(kuipers.teams.karin)
    assert "Bart" not in client.get("/verzoeken/").content.decode()
    Casus.objects.filter(pk=kuipers.casus.pk).update(team=kuipers.teams.zuid)
    assert "Bart" in client.get("/verzoeken/").content.decode()


def test_when_somebody_is_gone_the_row_stays_without_the_name(kuipers: Kuipers, als_sanne: Client) -> None:
    wis_persoon(door=kuipers.door, verzoek=beslis(kuipers, vraag(kuipers, kuipers.bart, "wissen")))
    html = als_sanne.get("/verzoeken/").content.decode()
    assert "Gegevens gewist" in html
    assert "Bart" not in html
    assert als_sanne.get(adres(kuipers, Verzoek.objects.get())).status_code == 200


def test_the_register_costs_as_many_queries_for_30_as_for_3(kuipers: Kuipers, als_sanne: Client) -> None:
    def kosten(pad: str) -> int:
        with CaptureQueriesContext(connection) as gemeten:
            als_sanne.get(pad)
        return len(gemeten)

    def erbij(aantal: int) -> None:
        for _keer in range(aantal):
            vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(40))
            beslis(kuipers, vraag(kuipers, kuipers.esra, "inzage"))

    erbij(3)
    paden = ("/verzoeken/", "/casussen/", "/bewaren/")
    eerst = [kosten(pad) for pad in paden]
    erbij(27)
    assert [kosten(pad) for pad in paden] == eerst


# What needs me today


def test_a_term_that_is_near_or_over_is_on_the_list_of_today(kuipers: Kuipers, als_sanne: Client) -> None:
    vraag(kuipers, kuipers.esra, "correctie")
    assert vandaag_gegevens.taken(kuipers.door, VANDAAG()) == []
    laat = vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(40))
    (taak,) = vandaag_gegevens.taken(kuipers.door, VANDAAG())
    assert taak.titel == "Beslis over een verzoek van Bart Kuipers"
    assert taak.url == adres(kuipers, laat)
    assert "Beslis over een verzoek van Bart Kuipers" in als_sanne.get("/casussen/").content.decode()


def test_a_yes_that_is_not_carried_out_stays_on_the_list(kuipers: Kuipers) -> None:
    verzoek = beslis(kuipers, vraag(kuipers, kuipers.bart, "wissen"))
    assert [taak.titel for taak in vandaag_gegevens.taken(kuipers.door, VANDAAG())] == [
        "Wis de gegevens van Bart Kuipers"
    ]
    wis_persoon(door=kuipers.door, verzoek=verzoek)
    assert vandaag_gegevens.taken(kuipers.door, VANDAAG()) == []


def test_a_teamlid_and_another_team_are_not_asked(kuipers: Kuipers) -> None:
    vraag(kuipers, kuipers.bart, "inzage", ontvangen_op=dagen_geleden(40))
    for mens in (kuipers.teams.joost, kuipers.teams.karin):
        assert vandaag_gegevens.taken(cast.deur(mens), VANDAAG()) == []


# The pages


def test_a_coordinator_records_a_request_and_decides(kuipers: Kuipers, als_sanne: Client) -> None:
    pad = f"/casussen/{kuipers.casus.pk}/verzoek/nieuw/"
    form = als_sanne.get(pad, {"gezinslid": str(kuipers.esra.pk)}).context["form"]
    assert form["gezinslid"].value() == str(kuipers.esra.pk)
    velden = {
        "id": str(form["id"].value()), "gezinslid": kuipers.esra.pk, "soort": "correctie", "tekst": "Ik heet Eşra.",
        "ontvangen_op": VANDAAG().isoformat(),
    }  # fmt: skip
    als_sanne.post(pad, velden)
    antwoord = als_sanne.post(pad, velden)
    verzoek = Verzoek.objects.get()
    assert antwoord["Location"] == adres(kuipers, verzoek)
    html = als_sanne.get(adres(kuipers, verzoek)).content.decode()
    assert "Ik heet Eşra." in html
    assert f"/casussen/{kuipers.casus.pk}/gezinslid/{kuipers.esra.pk}/" in html
    geweigerd = als_sanne.post(adres(kuipers, verzoek), {"besluit": "nee", "reden": " "})
    assert "heeft recht op een reden" in geweigerd.content.decode()
    als_sanne.post(adres(kuipers, verzoek), {"besluit": "ja", "reden": ""})
    assert "Ja, we doen het" in als_sanne.get(adres(kuipers, verzoek)).content.decode()


def test_a_request_of_tomorrow_or_without_a_person_is_told_in_words(kuipers: Kuipers, als_sanne: Client) -> None:
    pad = f"/casussen/{kuipers.casus.pk}/verzoek/nieuw/"
    morgen = (VANDAAG() + timedelta(days=1)).isoformat()
    html = als_sanne.post(pad, {"id": uuid4(), "ontvangen_op": morgen, "tekst": "Wat ik typte."}).content.decode()
    for zin in (
        "Deze dag moet nog komen",
        "Kies over wie het verzoek gaat",
        "Kies wat er wordt gevraagd",
        "Wat ik typte.",
    ):
        assert zin in html
    assert not Verzoek.objects.exists()


def test_more_time_is_asked_on_the_page_and_a_missing_reason_is_told(kuipers: Kuipers, als_sanne: Client) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    html = als_sanne.post(adres(kuipers, verzoek, "verleng/"), {"reden": ""}).content.decode()
    assert "Schrijf op waarom jullie meer tijd nodig hebben." in html
    als_sanne.post(adres(kuipers, verzoek, "verleng/"), {"reden": "Het zijn veel versies."})
    verzoek.refresh_from_db()
    assert verzoek.uiterlijk == over_maanden(VANDAAG(), 3)
    assert "Meer tijd nodig?" not in als_sanne.get(adres(kuipers, verzoek)).content.decode()


def test_removing_a_person_asks_who_you_are_shows_the_places_and_a_tick(kuipers: Kuipers, client: Client) -> None:
    verzoek = beslis(kuipers, vraag(kuipers, kuipers.bart, "wissen"))
    pad = adres(kuipers, verzoek, "wis/")
    lang_geleden = ingelogd(client, kuipers.teams.sanne, geleden=timedelta(minutes=11))
    assert lang_geleden.post(pad, {"zeker": "on"})["Location"].startswith("/account/opnieuw/")
    assert Gezinslid.objects.filter(pk=kuipers.bart.pk).exists()
    client = ingelogd(client, kuipers.teams.sanne)
    html = client.get(pad).content.decode()
    assert "Ik bel Bart over het weekend." in html
    assert "Nieuwe naam voor deze samenwerking" not in html
    assert "Zet hier een vinkje" in client.post(pad, {}).content.decode()
    assert Gezinslid.objects.filter(pk=kuipers.bart.pk).exists()
    assert client.post(pad, {"zeker": "on"})["Location"] == "/verzoeken/"
    assert not Gezinslid.objects.filter(pk=kuipers.bart.pk).exists()
    assert client.get(pad)["Location"] == adres(kuipers, verzoek)


def test_the_name_of_the_casus_is_asked_when_it_names_the_person(kuipers: Kuipers, client: Client) -> None:
    Casus.objects.filter(pk=kuipers.casus.pk).update(naam="Mevrouw Demir")
    verzoek = beslis(kuipers, vraag(kuipers, kuipers.esra, "wissen"))
    client = ingelogd(client, kuipers.teams.sanne)
    pad = adres(kuipers, verzoek, "wis/")
    assert "Nieuwe naam voor deze samenwerking" in client.get(pad).content.decode()
    assert "Kies een andere naam" in client.post(pad, {"zeker": "on", "casusnaam": "Demir"}).content.decode()
    client.post(pad, {"zeker": "on", "casusnaam": "Gezin K."})
    assert Casus.objects.get().naam == "Gezin K."
