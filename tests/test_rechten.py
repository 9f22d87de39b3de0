"""Who may what: one table of kinds of people × functions of rechten.py."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from inspect import isfunction
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor, rechten
from casussen.acties.casus import begin_casus
from casussen.actor import Actor, ActorSoort
from casussen.berichten import links
from casussen.models import Casus, Lidmaatschap, Professional, Team
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.cast import Kuipers, Teams
from tests.daden import achter_link
from tests.mensen import ANDEREN, joost_doet_mee, laat_meedoen, sanne, uit_team_west

MENSEN: dict[str, Callable[[Kuipers], Actor]] = {
    "coördinator": sanne,
    "teamlid dat meedoet": joost_doet_mee,
    "operator": lambda kuipers: actor.operator(),
    "helper zelf, met een link": lambda kuipers: achter_link(kuipers.ilse),
    "gezinslid zelf, met een link": lambda kuipers: achter_link(kuipers.esra),
    "teamlid van een ander team dat meedoet": lambda k: laat_meedoen(k, uit_team_west(k)),
    "coördinator van een ander team die meedoet": lambda k: laat_meedoen(k, uit_team_west(k, TeamRol.COORDINATOR)),
    "bureaudienst die meedoet": lambda k: laat_meedoen(k, k.teams.mieke),
    **ANDEREN,
}


def van_ilse(kuipers: Kuipers) -> Professional:
    """Ilse's entry in the address book; she has no account."""
    assert kuipers.ilse.professional is not None
    return kuipers.ilse.professional


FUNCTIES: dict[str, Callable[[Actor, Kuipers], object]] = {
    "casussen_van": lambda door, k: rechten.casussen_van(door).filter(pk=k.casus.pk),
    "mag_lijst_lezen": lambda door, k: rechten.mag_lijst_lezen(door),
    "mag_adresboek_aanvullen": lambda door, k: rechten.mag_adresboek_aanvullen(door),
    "adressen_te_wijzigen": lambda door, k: rechten.adressen_te_wijzigen(door).filter(pk=van_ilse(k).pk),
    "teams_om_te_beginnen": lambda door, k: rechten.teams_om_te_beginnen(door).filter(pk=k.teams.noord.pk),
    "mag_casus_zien": lambda door, k: rechten.mag_casus_zien(door, k.casus),
    "mag_casus_wijzigen": lambda door, k: rechten.mag_casus_wijzigen(door, k.casus),
    "eigen_delen": lambda door, k: rechten.eigen_delen(door).filter(casus=k.casus),
    "eigen_deelname": lambda door, k: rechten.eigen_deelname(door, k.casus),
    "mag_casus_overdragen": lambda door, k: rechten.mag_casus_overdragen(door, k.casus),
    "mag_noodtoegang_nemen": lambda door, k: rechten.mag_noodtoegang_nemen(door),
    "casussen_voor_noodtoegang": lambda door, k: rechten.casussen_voor_noodtoegang(door).filter(pk=k.casus.pk),
    "lopende_noodtoegang": lambda door, k: rechten.lopende_noodtoegang(door, timezone.now()),
    "mag_aantallen_lezen": lambda door, k: rechten.mag_aantallen_lezen(door),
    "organisaties_met_aantallen": lambda door, k: rechten.organisaties_met_aantallen(door),
    "mag_logboek_lezen": lambda door, k: rechten.mag_logboek_lezen(door, k.casus),
    "mag_draden_lezen": lambda door, k: rechten.mag_draden_lezen(door, k.casus),
    "mag_als_deelnemer": lambda door, k: rechten.mag_als_deelnemer(door, k.ilse),
    "is_zelf": lambda door, k: rechten.is_zelf(door, van_ilse(k)),
    "mag_overzicht_lezen": lambda door, k: rechten.mag_overzicht_lezen(door, k.esra),
    "mag_gegevens_beheren": lambda door, k: rechten.mag_gegevens_beheren(door, k.casus),
    "mag_casus_wissen": lambda door, k: rechten.mag_casus_wissen(door, k.casus),
    "teams_met_register": lambda door, k: rechten.teams_met_register(door).filter(pk=k.teams.noord.pk),
    "mag_foto_zien": lambda door, k: rechten.mag_foto_zien(door, van_ilse(k)),
    "mag_foto_wijzigen": lambda door, k: rechten.mag_foto_wijzigen(door, van_ilse(k)),
}

WERKT = {"mag_lijst_lezen", "mag_adresboek_aanvullen", "mag_foto_zien", "mag_noodtoegang_nemen"}
ZELFDE_ORGANISATIE = WERKT | {"casussen_voor_noodtoegang"}
ZIEN = ZELFDE_ORGANISATIE | {"casussen_van", "mag_casus_zien", "mag_overzicht_lezen", "adressen_te_wijzigen"}
GEGEVENS = {"mag_gegevens_beheren", "mag_casus_wissen", "teams_met_register"}
MAG: dict[str, set[str]] = {
    "coördinator": ZIEN
    | GEGEVENS
    | {"teams_om_te_beginnen", "mag_casus_wijzigen", "mag_logboek_lezen", "mag_casus_overdragen", "mag_draden_lezen"}
    | {"eigen_deelname", "eigen_delen"},
    "teamlid dat meedoet": ZIEN | {"mag_casus_wijzigen", "eigen_deelname", "eigen_delen"},
    "teamlid van een ander team dat meedoet": ZIEN | {"mag_casus_wijzigen", "eigen_deelname", "eigen_delen"},
    "coördinator van een ander team die meedoet": ZIEN | {"mag_casus_wijzigen", "eigen_deelname", "eigen_delen"},
    "teamlid dat niet meedoet": ZIEN,
    "teamlid dat meedeed": ZIEN,
    "operator": {
        "casussen_van", "mag_casus_zien", "mag_casus_wijzigen", "mag_overzicht_lezen", "mag_adresboek_aanvullen",
        "adressen_te_wijzigen", "teams_om_te_beginnen",
    },
    "teamlid van een ander team": ZELFDE_ORGANISATIE,
    "met noodtoegang": ZELFDE_ORGANISATIE | {"lopende_noodtoegang", "mag_casus_zien", "mag_overzicht_lezen"},
    "coördinator van een ander team": WERKT,
    "coördinator van een andere organisatie die meedoet": WERKT | {"eigen_deelname", "eigen_delen"},
    "bureaudienst die meedoet": {"mag_foto_zien", "eigen_deelname", "eigen_delen"},
    "helper zelf, met een link": {"eigen_delen", "mag_als_deelnemer", "is_zelf"},
    "gezinslid zelf, met een link": {"mag_overzicht_lezen"},
    "helper met een link": {"eigen_delen"},
    "gezinslid met een link": set(),
    "bureaudienst": {"mag_foto_zien"},
    "beheerder": {"mag_foto_zien"},
    "beleid": {"mag_foto_zien", "mag_aantallen_lezen", "organisaties_met_aantallen"},
    "coördinator die weg is": {"eigen_deelname", "eigen_delen"},
    "de klok": set(),
}  # fmt: skip


def test_every_right_and_every_kind_of_person_stands_in_the_table() -> None:
    namen = {
        naam
        for naam, ding in vars(rechten).items()
        if isfunction(ding) and ding.__module__ == rechten.__name__ and not naam.startswith("_")
    }
    assert namen == set(FUNCTIES)
    assert set(MENSEN) == set(MAG)
    assert set(TeamRol) == {"coordinator", "teamlid", "bureaudienst", "beheerder", "beleid"}


@pytest.mark.parametrize("wie", MENSEN)
def test_who_may_what(kuipers: Kuipers, wie: str) -> None:
    door = MENSEN[wie](kuipers)
    assert {naam for naam, functie in FUNCTIES.items() if functie(door, kuipers)} == MAG[wie]


@pytest.mark.parametrize("wie", MENSEN)
def test_the_list_the_page_and_the_right_to_change_agree(kuipers: Kuipers, wie: str) -> None:
    casussen = [kuipers.casus, *(_gezin(kuipers, team) for team in (kuipers.teams.noord, kuipers.teams.zuid))]
    door = MENSEN[wie](kuipers)
    in_lijst = set(rechten.casussen_van(door))
    te_zien = {casus for casus in casussen if rechten.mag_casus_zien(door, casus)}
    te_wijzigen = {casus for casus in casussen if rechten.mag_casus_wijzigen(door, casus)}
    in_nood = {door.noodtoegang.casus} if door.noodtoegang else set()
    assert te_zien == in_lijst | in_nood
    assert te_wijzigen <= in_lijst
    assert len(rechten.casussen_van(door)) == len(in_lijst)


def _gezin(kuipers: Kuipers, team: Team) -> Casus:
    return begin_casus(
        door=actor.operator(), pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=team, coordinator=kuipers.teams.sanne
    )


def test_the_list_costs_as_much_for_thirty_families_of_other_teams_as_for_three(
    kuipers: Kuipers, client: Client
) -> None:
    mens = uit_team_west(kuipers)
    client.force_login(mens)
    kosten = []
    for aantal in (3, 27):
        for _nummer in range(aantal):
            laat_meedoen(replace(kuipers, casus=_gezin(kuipers, kuipers.teams.noord)), mens)
        with CaptureQueriesContext(connection) as vragen:
            html = client.get("/casussen/").content.decode()
        kosten.append(len(vragen))
        assert html.count('<th scope="row">') == len(rechten.casussen_van(cast.deur(mens)))
    assert kosten[0] == kosten[1]
    assert len(rechten.casussen_van(cast.deur(mens))) == 30


@pytest.mark.parametrize("tot", [-1, None])
def test_a_part_that_ended_or_a_membership_that_ended_gives_no_sight_from_another_team(
    kuipers: Kuipers, tot: int | None
) -> None:
    mens = uit_team_west(kuipers)
    assert rechten.mag_casus_zien(laat_meedoen(kuipers, mens), kuipers.casus)
    if tot is None:
        kuipers.casus.deelnemers.filter(professional=mens.professional).update(tot=timezone.now())
    else:
        Lidmaatschap.objects.filter(medewerker=mens).update(tot=timezone.localdate() + timedelta(days=tot))
    assert not rechten.mag_casus_zien(cast.deur(mens), kuipers.casus)
    assert not rechten.mag_casus_wijzigen(cast.deur(mens), kuipers.casus)


def test_the_coordinator_elsewhere_gets_only_the_own_casussen(kuipers: Kuipers) -> None:
    teams = kuipers.teams
    door = cast.deur(teams.karin)
    eigen = begin_casus(
        door=door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid, coordinator=teams.karin
    )
    assert list(rechten.casussen_van(door)) == [eigen]
    assert list(rechten.teams_om_te_beginnen(door)) == [teams.zuid]
    assert set(rechten.casussen_van(actor.operator())) == {eigen, kuipers.casus}
    assert set(rechten.teams_om_te_beginnen(actor.operator())) == set(Team.objects.all())


def test_a_coordinator_who_is_no_helper_in_the_address_book_changes_nothing_as_somebody_else(kuipers: Kuipers) -> None:
    kuipers.teams.joost.professional = None
    kuipers.teams.joost.save()
    door = cast.deur(kuipers.teams.joost)
    # Opa is no professional either: two times nobody is not the same person.
    assert not rechten.mag_casus_wijzigen(door, kuipers.casus)
    assert not rechten.mag_als_deelnemer(door, kuipers.opa)
    assert not rechten.mag_als_deelnemer(door, kuipers.ilse)


def test_whoever_has_an_account_keeps_the_own_address(kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    for door in (kuipers.door, actor.operator()):
        assert joost not in rechten.adressen_te_wijzigen(door)


def test_a_member_of_staff_is_the_same_person_as_in_the_address_book(kuipers: Kuipers) -> None:
    assert rechten.mag_als_deelnemer(kuipers.door, kuipers.sanne)
    assert not rechten.mag_als_deelnemer(cast.deur(kuipers.teams.karin), kuipers.sanne)


# The Actor


@pytest.mark.parametrize(
    ("van", "tot", "telt"),
    [(-10, None, True), (0, None, True), (1, None, False), (-10, 0, True), (-10, -1, False), (-10, 5, True)],
)
def test_a_membership_counts_from_its_first_until_and_with_its_last_day(
    teams: Teams, van: int, tot: int | None, telt: bool
) -> None:
    vandaag = date(2026, 6, 10)
    Lidmaatschap.objects.filter(medewerker=teams.joost).update(
        van=vandaag + timedelta(days=van), tot=None if tot is None else vandaag + timedelta(days=tot)
    )
    door = actor.van_medewerker(teams.joost, op=vandaag)
    assert door.teams_met(TeamRol.TEAMLID) == ([teams.noord.pk] if telt else [])


def test_somebody_with_two_roles_in_two_teams_has_both(teams: Teams) -> None:
    for team, rol in ((teams.noord, TeamRol.COORDINATOR), (teams.zuid, TeamRol.BELEID)):
        Lidmaatschap.objects.create(medewerker=teams.joost, team=team, rol=rol, van=date(2026, 1, 1))
    door = cast.deur(teams.joost)
    assert door.rollen == {
        teams.noord.pk: frozenset({TeamRol.TEAMLID, TeamRol.COORDINATOR}),
        teams.zuid.pk: frozenset({TeamRol.BELEID}),
    }
    assert door.teams_met(TeamRol.BELEID) == [teams.zuid.pk]
    assert set(door.teams_met(TeamRol.BELEID, TeamRol.TEAMLID)) == {teams.noord.pk, teams.zuid.pk}
    assert door.teams_met(TeamRol.BUREAUDIENST) == []


def test_a_link_gives_the_one_person_it_was_made_for(kuipers: Kuipers) -> None:
    nu = timezone.now()
    van_ilse = actor.van_link(links.maak_link(kuipers.ilse, nu=nu)[1])
    assert (van_ilse.soort, van_ilse.deelnemer, van_ilse.gezinslid) == (ActorSoort.DEELNEMER, kuipers.ilse, None)
    van_bart = actor.van_link(links.maak_link(kuipers.bart, nu=nu)[1])
    assert (van_bart.soort, van_bart.deelnemer, van_bart.gezinslid) == (ActorSoort.GEZINSLID, None, kuipers.bart)
    assert not van_ilse.rollen
    assert not van_bart.rollen


def test_the_clock_and_the_operator_are_nobody_in_particular() -> None:
    assert (actor.klok().soort, actor.operator().soort) == (ActorSoort.KLOK, ActorSoort.OPERATOR)
    assert actor.klok().medewerker is None
    assert actor.operator().medewerker is None


def test_the_clock_sees_no_casus(kuipers: Kuipers) -> None:
    assert Casus.objects.exists()
    assert not rechten.casussen_van(actor.klok()).exists()
