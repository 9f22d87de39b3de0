"""Handing a family over to another team: with a reason, and everybody knows who sees it from then on."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten, rechten
from casussen.acties import noodtoegang, teams
from casussen.acties.fouten import Geweigerd
from casussen.acties.herinneringen import herinner
from casussen.actor import klok
from casussen.models import Bericht, Casus, Lidmaatschap, Logregel, Medewerker, Teamoverdracht
from casussen.models.organisatie import TeamRol
from casussen.overzicht import overdracht, vandaag_toegang
from tests import cast
from tests.cast import Kuipers
from tests.daden import alles, sluit
from tests.gezinnen import op_dag, vastgesteld
from tests.kolommen import ALLES
from tests.mailserver import mailserver
from tests.mensen import laat_meedoen, uit_team_west
from tests.post import tekst_van
from tests.taaklink import tekst, token

REDEN = "Het gezin verhuist naar de andere wijk."


@pytest.fixture
def wim(kuipers: Kuipers) -> Medewerker:
    """The coordinator of another team of the same organisation."""
    return uit_team_west(kuipers, TeamRol.COORDINATOR)


def pagina(kuipers: Kuipers) -> str:
    return f"/casussen/{kuipers.casus.pk}/overdracht/"


def naar(mens: Medewerker) -> dict[str, object]:
    """What the form sends."""
    return {"id": uuid4(), "naar": mens.lidmaatschappen.get().pk, "reden": REDEN}


def draag_over(kuipers: Kuipers, mens: Medewerker, **anders: Any) -> Teamoverdracht:
    lid = mens.lidmaatschappen.exclude(team=kuipers.teams.noord).get()
    velden: dict[str, Any] = {
        "door": kuipers.door, "pk": uuid4(), "casus": kuipers.casus, "naar_team": lid.team, "coordinator": mens,
        "reden": REDEN,
    }  # fmt: skip
    return teams.draag_over(**(velden | anders))


def ziet(mens: Medewerker, kuipers: Kuipers) -> bool:
    return rechten.mag_casus_zien(cast.deur(mens), Casus.objects.get(pk=kuipers.casus.pk))


# The page


def test_a_coordinator_hands_a_family_over_after_a_last_look(
    als_sanne: Client, kuipers: Kuipers, wim: Medewerker
) -> None:
    assert pagina(kuipers) in als_sanne.get(f"/casussen/{kuipers.casus.pk}/").content.decode()
    assert "Hengelo-West (Wijkteam Hengelo-Noord)" in tekst(als_sanne.get(pagina(kuipers)))
    velden = naar(wim)
    eerst = alles()
    kijk = tekst(als_sanne.post(pagina(kuipers), velden))
    assert "Gezin Kuipers gaat naar team Hengelo-West" in kijk
    assert "Wim West wordt de coördinator" in kijk
    for naam in ("Joost ten Hove", "Sanne Wolters", REDEN):
        assert naam in kijk
    assert alles() == eerst

    antwoord = als_sanne.post(pagina(kuipers), {**velden, "ja": "1"}, follow=True)
    assert antwoord.redirect_chain == [("/casussen/", 302)]
    assert "Gezin Kuipers is nu van Hengelo-West. Wim West kreeg een mail." in tekst(antwoord)
    casus = Casus.objects.get(pk=kuipers.casus.pk)
    assert (casus.team.naam, casus.coordinator) == ("Hengelo-West", wim)


def test_a_second_press_is_no_second_handing_over_and_no_dead_end(
    als_sanne: Client, kuipers: Kuipers, wim: Medewerker
) -> None:
    kuipers.casus.deelnemers.filter(pk=kuipers.sanne.pk).update(tot=timezone.now())
    velden = {**naar(wim), "ja": "1"}
    uitkomsten = [als_sanne.post(pagina(kuipers), velden) for _keer in range(2)]
    assert [(antwoord.status_code, antwoord["Location"]) for antwoord in uitkomsten] == [(302, "/casussen/")] * 2
    assert Teamoverdracht.objects.count() == 1
    assert als_sanne.get(pagina(kuipers)).status_code == 404


@pytest.mark.parametrize(("veld", "zin"), [("naar", "Kies wie de coördinator wordt."), ("reden", "Schrijf op waarom")])
def test_without_a_coordinator_or_a_reason_nothing_happens(
    als_sanne: Client, kuipers: Kuipers, wim: Medewerker, veld: str, zin: str
) -> None:
    html = tekst(als_sanne.post(pagina(kuipers), {**naar(wim), veld: "", "ja": "1"}))
    assert zin in html
    assert not Teamoverdracht.objects.exists()


def test_teams_of_another_organisation_stand_there_only_after_a_search(
    als_sanne: Client, kuipers: Kuipers, wim: Medewerker
) -> None:
    assert "Karin Veldhuis" not in tekst(als_sanne.get(pagina(kuipers)))
    gezocht = {**naar(wim), "zoek": "almelo", "zoeken": "1"}
    html = tekst(als_sanne.post(pagina(kuipers), gezocht))
    assert "Karin Veldhuis" in html
    assert "Almelo-Zuid (Wijkteam Almelo-Zuid)" in html
    assert REDEN in html  # what was typed stays
    assert "Je kunt nu uit 2 coördinatoren kiezen." in html
    kijk = tekst(als_sanne.post(pagina(kuipers), {**naar(kuipers.teams.karin), "zoek": "almelo"}))
    assert "met een eigen link, niet meer met het account" in kijk
    als_sanne.post(pagina(kuipers), {**naar(kuipers.teams.karin), "zoek": "almelo", "ja": "1"})
    assert ziet(kuipers.teams.karin, kuipers)
    assert not ziet(kuipers.teams.sanne, kuipers)


def test_without_another_team_the_page_says_what_to_do(als_sanne: Client, kuipers: Kuipers) -> None:
    assert "Geen ander team in jouw organisatie heeft een coördinator" in tekst(als_sanne.get(pagina(kuipers)))


def test_only_the_coordinator_of_the_team_may(client: Client, kuipers: Kuipers, wim: Medewerker) -> None:
    laat_meedoen(kuipers, kuipers.teams.joost)
    for mens, status in ((kuipers.teams.joost, 403), (wim, 404), (kuipers.teams.bea, 404), (kuipers.teams.karin, 404)):
        client.force_login(mens)
        assert client.get(pagina(kuipers)).status_code == status
        assert client.post(pagina(kuipers), {**naar(wim), "ja": "1"}).status_code == status
        with pytest.raises(PermissionDenied):
            draag_over(kuipers, wim, door=cast.deur(mens))
    assert not Teamoverdracht.objects.exists()


# What it does


def test_who_loses_and_who_gets_sight_is_exactly_what_the_page_said(kuipers: Kuipers, wim: Medewerker) -> None:
    west = wim.lidmaatschappen.get().team
    tess = cast.medewerker("Tess Mee", "t.mee@noord.example", kuipers.teams.noord, TeamRol.TEAMLID)
    tom = cast.medewerker("Tom West", "t.west@noord.example", west, TeamRol.TEAMLID)
    beide = cast.medewerker("Bo Beide", "b.beide@noord.example", west, TeamRol.TEAMLID)
    Lidmaatschap.objects.create(
        medewerker=beide, team=kuipers.teams.noord, rol=TeamRol.TEAMLID, van=timezone.localdate()
    )
    for mens in (tess, kuipers.teams.karin, kuipers.teams.mieke):
        laat_meedoen(kuipers, mens)
    iedereen = set(Medewerker.objects.all())
    for ontvanger in (wim, kuipers.teams.karin):
        Casus.objects.filter(pk=kuipers.casus.pk).update(team=kuipers.teams.noord, coordinator=kuipers.teams.sanne)
        kuipers.casus.refresh_from_db()
        voor = {mens for mens in iedereen if ziet(mens, kuipers)}
        gevolgen = overdracht.gevolgen(kuipers.casus, ontvanger.lidmaatschappen.get().team, timezone.localdate())
        draag_over(kuipers, ontvanger)
        na = {mens for mens in iedereen if ziet(mens, kuipers)}
        assert set(gevolgen.verliest) == voor - na
        assert set(gevolgen.houdt) == voor & na
        assert set(gevolgen.krijgt) == na - voor
        assert gevolgen.elders == (ontvanger == kuipers.teams.karin)
    assert na == {kuipers.teams.karin}
    assert tom in iedereen


def test_it_stands_in_the_log_and_on_the_page_with_why(kuipers: Kuipers, wim: Medewerker, client: Client) -> None:
    draag_over(kuipers, wim)
    regel = Logregel.objects.latest("pk")
    assert (regel.daad, regel.velden, regel.casus_id) == ("droeg_over", ["coordinator", "team"], kuipers.casus.pk)
    client.force_login(wim)
    html = tekst(client.get(f"/casussen/{kuipers.casus.pk}/"))
    assert "Overgedragen van Hengelo-Noord aan Hengelo-West door Sanne Wolters op" in html
    assert REDEN in html
    assert "droeg deze samenwerking over aan een ander team" in tekst(
        client.get(f"/casussen/{kuipers.casus.pk}/logboek/")
    )


def test_the_new_coordinator_gets_a_mail_without_the_family_and_sees_it_today(
    kuipers: Kuipers, wim: Medewerker, settings: Settings, client: Client
) -> None:
    draag_over(kuipers, wim)
    with mailserver(settings) as server:
        assert berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1)) == 1
    (mail,) = server.mails
    inhoud = f"{mail['Subject']} {tekst_van(mail)}"
    assert mail["To"] == wim.email
    assert "Sanne Wolters van team Hengelo-Noord droeg een gezin aan jou over." in inhoud
    assert f"/casussen/{kuipers.casus.pk}/" in inhoud
    assert not [woord for woord in [*ALLES, "verhuist"] if woord in inhoud]
    client.force_login(wim)
    assert "Jij bent nu de coördinator van Gezin Kuipers" in tekst(client.get("/casussen/"))
    client.get(f"/casussen/{kuipers.casus.pk}/")
    casus = Casus.objects.get(pk=kuipers.casus.pk)
    assert not vandaag_toegang.taken([casus], cast.deur(wim))


def test_whoever_hands_over_to_himself_gets_no_mail(kuipers: Kuipers) -> None:
    west = uit_team_west(kuipers).lidmaatschappen.get().team
    sanne = kuipers.teams.sanne
    Lidmaatschap.objects.create(medewerker=sanne, team=west, rol=TeamRol.COORDINATOR, van=timezone.localdate())
    draag_over(kuipers, sanne)
    assert not Bericht.objects.exists()
    assert not vandaag_toegang.taken([Casus.objects.get(pk=kuipers.casus.pk)], cast.deur(sanne))


def test_links_and_emergency_access_go_on(kuipers: Kuipers, wim: Medewerker, client: Client) -> None:
    taak = token(kuipers.ilse)
    nel = cast.medewerker("Nel West", "n.west@noord.example", wim.lidmaatschappen.get().team, TeamRol.TEAMLID)
    noodtoegang.neem_noodtoegang(
        door=cast.deur(nel), pk=uuid4(), casus=kuipers.casus, reden="De buurvrouw belt in paniek."
    )
    draag_over(kuipers, kuipers.teams.karin)
    assert client.get(f"/t/{taak}/").status_code == 200
    client.force_login(nel)
    assert "Noodtoegang tot" in tekst(client.get(f"/casussen/{kuipers.casus.pk}/"))


def test_a_reminder_that_waits_goes_to_the_new_coordinator_only(
    kuipers: Kuipers, wim: Medewerker, settings: Settings
) -> None:
    vastgesteld(kuipers)
    op_dag(kuipers, 3)
    Bericht.objects.all().delete()
    herinner(door=klok(), op=timezone.localdate())
    draag_over(kuipers, wim)
    herinner(door=klok(), op=timezone.localdate())
    with mailserver(settings) as server:
        berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    assert server.aan.count(wim.email) == 2  # the handing over, and the reminder
    # Sanne still helps, so she gets the reminder of a helper; the one for the coordinator is not sent any more.
    assert Bericht.objects.get(medewerker=kuipers.teams.sanne).status == "ingetrokken"


def test_a_closed_family_can_be_handed_over_too(kuipers: Kuipers, wim: Medewerker) -> None:
    sluit(kuipers.casus)
    draag_over(kuipers, wim)
    assert ziet(wim, kuipers)


def test_the_mark_of_an_import_does_not_stand_in_the_way(kuipers: Kuipers, wim: Medewerker) -> None:
    for casus in Casus.objects.all():
        Casus.objects.filter(pk=casus.pk).update(bron="abc")
    ander = Casus.objects.get(pk=kuipers.casus.pk)
    ander.pk, ander.team = uuid4(), wim.lidmaatschappen.get().team
    ander.save(force_insert=True)
    draag_over(kuipers, wim)
    assert ziet(wim, kuipers)


# What is refused


def test_a_team_without_that_coordinator_the_own_team_and_no_reason_are_refused(
    kuipers: Kuipers, wim: Medewerker
) -> None:
    lid = cast.medewerker("Tom West", "t.west@noord.example", wim.lidmaatschappen.get().team, TeamRol.TEAMLID)
    eerst = alles()
    for anders, zin in (
        ({"coordinator": lid}, "werkt niet meer in dat team"),
        ({"coordinator": kuipers.teams.karin}, "werkt niet meer in dat team"),
        ({"naar_team": kuipers.teams.noord, "coordinator": kuipers.teams.sanne}, "al van dat team"),
        ({"reden": " "}, "Schrijf op waarom"),
    ):
        with pytest.raises(Geweigerd, match=zin):
            draag_over(kuipers, wim, **anders)
    assert alles() == eerst


def test_a_coordinator_who_left_meanwhile_is_refused_with_a_sentence(
    als_sanne: Client, kuipers: Kuipers, wim: Medewerker
) -> None:
    velden = {**naar(wim), "ja": "1"}
    Lidmaatschap.objects.filter(medewerker=wim).update(tot=timezone.localdate() - timedelta(days=1))
    antwoord = als_sanne.post(pagina(kuipers), velden)
    assert antwoord.status_code == 200
    assert REDEN in tekst(antwoord)
    assert not Teamoverdracht.objects.exists()
