"""Who may what: one table of kinds of people × functions of rechten.py."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from casussen import actor, rechten
from casussen.acties.casus import begin_casus
from casussen.actor import Actor, ActorSoort
from casussen.berichten import links
from casussen.models import Casus, Lidmaatschap, Professional, Team
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.cast import Kuipers, Teams
from tests.daden import ANDEREN, achter_link, joost_doet_mee, sanne

MENSEN: dict[str, Callable[[Kuipers], Actor]] = {
    "coördinator": sanne,
    "teamlid dat meedoet": joost_doet_mee,
    "operator": lambda kuipers: actor.operator(),
    "helper zelf, met een link": lambda kuipers: achter_link(kuipers.ilse),
    "gezinslid zelf, met een link": lambda kuipers: achter_link(kuipers.esra),
    **ANDEREN,
}


def van_ilse(kuipers: Kuipers) -> Professional:
    """Ilse's entry in the address book; she has no account."""
    assert kuipers.ilse.professional is not None
    return kuipers.ilse.professional


FUNCTIES: dict[str, Callable[[Actor, Kuipers], bool]] = {
    "casussen_van": lambda door, k: rechten.casussen_van(door).filter(pk=k.casus.pk).exists(),
    "mag_lijst_lezen": lambda door, k: rechten.mag_lijst_lezen(door),
    "mag_adresboek_aanvullen": lambda door, k: rechten.mag_adresboek_aanvullen(door),
    "adressen_te_wijzigen": lambda door, k: rechten.adressen_te_wijzigen(door).filter(pk=van_ilse(k).pk).exists(),
    "teams_om_te_beginnen": lambda door, k: rechten.teams_om_te_beginnen(door).filter(pk=k.teams.noord.pk).exists(),
    "mag_casus_zien": lambda door, k: rechten.mag_casus_zien(door, k.casus),
    "mag_casus_wijzigen": lambda door, k: rechten.mag_casus_wijzigen(door, k.casus),
    "mag_logboek_lezen": lambda door, k: rechten.mag_logboek_lezen(door, k.casus),
    "mag_als_deelnemer": lambda door, k: rechten.mag_als_deelnemer(door, k.ilse),
    "mag_overzicht_lezen": lambda door, k: rechten.mag_overzicht_lezen(door, k.esra),
}

ADRESBOEK = {"mag_adresboek_aanvullen", "adressen_te_wijzigen"}
ZIEN = {"casussen_van", "mag_lijst_lezen", "mag_casus_zien", "mag_overzicht_lezen"} | ADRESBOEK
MAG: dict[str, set[str]] = {
    "coördinator": ZIEN | {"teams_om_te_beginnen", "mag_casus_wijzigen", "mag_logboek_lezen"},
    "teamlid dat meedoet": ZIEN | {"mag_casus_wijzigen"},
    "teamlid dat niet meedoet": ZIEN,
    "teamlid dat meedeed": ZIEN,
    "operator": (ZIEN - {"mag_lijst_lezen"}) | {"teams_om_te_beginnen", "mag_casus_wijzigen"},
    "coördinator van een ander team": {"mag_lijst_lezen", "mag_adresboek_aanvullen"},
    "helper zelf, met een link": {"mag_als_deelnemer"},
    "gezinslid zelf, met een link": {"mag_overzicht_lezen"},
    "helper met een link": set(),
    "gezinslid met een link": set(),
    "bureaudienst": set(),
    "beheerder": set(),
    "beleid": set(),
    "coördinator die weg is": set(),
    "de klok": set(),
}


def test_every_right_and_every_kind_of_person_stands_in_the_table() -> None:
    namen = {naam for naam in vars(rechten) if naam.startswith(("mag_", "casussen_", "teams_", "adressen_"))}
    assert namen == set(FUNCTIES)
    assert set(MENSEN) == set(MAG)
    assert set(TeamRol) == {"coordinator", "teamlid", "bureaudienst", "beheerder", "beleid"}


@pytest.mark.parametrize("wie", MENSEN)
def test_who_may_what(kuipers: Kuipers, wie: str) -> None:
    door = MENSEN[wie](kuipers)
    assert {naam for naam, functie in FUNCTIES.items() if functie(door, kuipers)} == MAG[wie]


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
