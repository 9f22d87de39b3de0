"""Groups of the municipality that stand for a membership: only those that the operator named, and never others."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen.acties.groepen import controleer
from casussen.models import Lidmaatschap, Logregel, Medewerker
from casussen.models.organisatie import TeamRol
from tests.accounts import is_binnen
from tests.cast import Teams
from tests.werkaccount import Aanbieder, draai, log_in, zet_aan

JOOST = "7aa1-joost"


@pytest.fixture(scope="module")
def provider() -> Iterator[Aanbieder]:
    """The municipality's provider."""
    with draai() as aanbieder:
        yield aanbieder


@pytest.fixture
def gemeente(provider: Aanbieder, settings: Settings, teams: Teams) -> Aanbieder:
    """Joost is a teamlid by decision of Bea; two groups stand for a membership."""
    zet_aan(settings, provider.issuer)
    settings.OIDC_GROEPEN = {
        "hr-noord-coordinator": {"team": str(teams.noord.pk), "rol": "coordinator"},
        "hr-zuid-bureau": {"team": "Wijkteam Almelo-Zuid / Almelo-Zuid", "rol": "bureaudienst"},
    }
    return provider


def log_joost_in(aanbieder: Aanbieder, teams: Teams, groepen: object) -> Client:
    """Signs in while the provider says which groups Joost is in."""
    aanbieder.ken(JOOST, email=teams.joost.email, email_verified=True, groups=groepen)
    client = Client()
    assert log_in(client, aanbieder, JOOST).status_code == 302
    assert is_binnen(client)
    return client


def rollen(mens: Medewerker) -> set[tuple[str, str]]:
    """Team and role of every membership that has not ended."""
    return set(mens.lidmaatschappen.filter(tot=None).values_list("team__naam", "rol"))


EIGEN = ("Hengelo-Noord", "teamlid")


def test_a_group_begins_a_membership_and_leaving_it_ends_that(gemeente: Aanbieder, teams: Teams) -> None:
    log_joost_in(gemeente, teams, ["hr-noord-coordinator", "iets-anders"])
    assert rollen(teams.joost) == {EIGEN, ("Hengelo-Noord", "coordinator")}
    begonnen = Lidmaatschap.objects.get(medewerker=teams.joost, rol=TeamRol.COORDINATOR)
    Lidmaatschap.objects.filter(pk=begonnen.pk).update(van=timezone.localdate() - timedelta(days=30))
    log_joost_in(gemeente, teams, [])
    assert rollen(teams.joost) == {EIGEN}
    begonnen.refresh_from_db()
    assert begonnen.tot == timezone.localdate() - timedelta(days=1)
    regels = Logregel.objects.filter(object_id=str(begonnen.pk)).order_by("pk")
    assert [(regel.daad, regel.actor_soort) for regel in regels] == [
        ("begon_lidmaatschap_uit_groep", "klok"),
        ("beeindigde_lidmaatschap_uit_groep", "klok"),
    ]


def test_signing_in_again_with_the_same_groups_changes_nothing(gemeente: Aanbieder, teams: Teams) -> None:
    log_joost_in(gemeente, teams, ["hr-zuid-bureau"])
    eerst = list(Lidmaatschap.objects.order_by("pk").values())
    log_joost_in(gemeente, teams, ["hr-zuid-bureau"])
    assert list(Lidmaatschap.objects.order_by("pk").values()) == eerst
    assert rollen(teams.joost) == {EIGEN, ("Almelo-Zuid", "bureaudienst")}


@pytest.mark.parametrize(
    "groepen",
    ["hr-noord-coordinator", ["hr-noord-coordinator"]],
)
def test_one_group_may_come_as_a_word_or_in_a_list(gemeente: Aanbieder, teams: Teams, groepen: object) -> None:
    log_joost_in(gemeente, teams, groepen)
    assert ("Hengelo-Noord", "coordinator") in rollen(teams.joost)


@pytest.mark.parametrize(
    "groepen", [None, "", [], [1, None, {"a": 1}], {"hr": 1}, 7, ["HR-NOORD-COORDINATOR", "hr-noord"]]
)
def test_anything_else_than_the_exact_name_gives_nothing(gemeente: Aanbieder, teams: Teams, groepen: object) -> None:
    log_joost_in(gemeente, teams, groepen)
    assert rollen(teams.joost) == {EIGEN}


def test_a_membership_that_no_group_stands_for_is_never_touched(gemeente: Aanbieder, teams: Teams) -> None:
    """Bea's decision stands, with or without groups; so does one with the same team and another role."""
    log_joost_in(gemeente, teams, [])
    log_joost_in(gemeente, teams, ["hr-noord-coordinator", "hr-zuid-bureau"])
    eigen = Lidmaatschap.objects.get(medewerker=teams.joost, rol=TeamRol.TEAMLID)
    assert eigen.tot is None
    assert not Logregel.objects.filter(object_id=str(eigen.pk), daad__endswith="_uit_groep").exists()


def test_somebody_who_is_refused_gets_no_membership(gemeente: Aanbieder, teams: Teams) -> None:
    Medewerker.objects.filter(pk=teams.joost.pk).update(is_active=False)
    gemeente.ken(JOOST, email=teams.joost.email, email_verified=True, groups=["hr-noord-coordinator"])
    assert log_in(Client(), gemeente, JOOST).status_code == 403
    assert rollen(teams.joost) == {EIGEN}


def test_without_a_mapping_no_claim_gives_anything(gemeente: Aanbieder, teams: Teams, settings: Settings) -> None:
    settings.OIDC_GROEPEN = {}
    log_joost_in(gemeente, teams, ["hr-noord-coordinator", "coordinator", str(teams.noord.pk)])
    assert rollen(teams.joost) == {EIGEN}


def test_another_claim_may_hold_the_groups(gemeente: Aanbieder, teams: Teams, settings: Settings) -> None:
    settings.OIDC_GROEPEN_CLAIM = "rollen"
    gemeente.ken(
        JOOST, email=teams.joost.email, email_verified=True, groups=["hr-zuid-bureau"], rollen=["hr-noord-coordinator"]
    )
    log_in(Client(), gemeente, JOOST)
    assert rollen(teams.joost) == {EIGEN, ("Hengelo-Noord", "coordinator")}


def test_a_team_that_does_not_exist_is_told_to_the_operator_and_skipped(
    gemeente: Aanbieder, teams: Teams, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.OIDC_GROEPEN |= {"hr-west": {"team": "Wijkteam / West", "rol": "coordinator"}}
    log_joost_in(gemeente, teams, ["hr-west", "hr-noord-coordinator"])
    assert rollen(teams.joost) == {EIGEN, ("Hengelo-Noord", "coordinator")}
    assert "names a team that does not exist: Wijkteam / West" in caplog.text


@pytest.mark.parametrize(
    "fout",
    [
        [],
        "tekst",
        {"groep": "team"},
        {"groep": {"team": "A / B"}},
        {"groep": {"team": "A / B", "rol": "baas"}},
        {"groep": {"team": 7, "rol": "teamlid"}},
        {"groep": {"team": "A / B", "rol": "teamlid", "extra": 1}},
        {"groep": {"team": "A / B", "rol": ["teamlid"]}},
    ],
)
def test_a_wrong_mapping_stops_the_start(fout: object) -> None:
    controleer({"groep": {"team": "A / B", "rol": "teamlid"}})
    with pytest.raises(ImproperlyConfigured, match="OIDC_GROEPEN klopt niet"):
        controleer(fout)
