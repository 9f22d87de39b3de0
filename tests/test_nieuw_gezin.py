"""Beginning a casus with two fields."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from casussen.models import (
    Casus,
    Handreiking,
    Lidmaatschap,
    Team,
)
from casussen.models.organisatie import TeamRol
from tests import cast

NIEUW = "/casussen/nieuw/"

NIEUW = "/casussen/nieuw/"


def begin(naam: str, **velden: str) -> dict[str, str]:
    """What the form sends."""
    return {"id": str(uuid4()), "naam": naam, "soort": "jeugd", **velden}


def test_two_fields_begin_a_family_and_lead_to_step_one(als_sanne: Client, teams: cast.Teams) -> None:
    assert 'name="team"' not in als_sanne.get(NIEUW).content.decode()
    antwoord = als_sanne.post(NIEUW, begin("  Mevrouw Wigger ", soort="wmo"))
    casus = Casus.objects.get()
    assert antwoord["Location"] == f"/casussen/{casus.pk}/stap/1/"
    assert (casus.naam, casus.handreiking.soort) == ("Mevrouw Wigger", "wmo")
    assert (casus.team, casus.coordinator) == (teams.noord, teams.sanne)


def test_a_double_click_begins_one_family(als_sanne: Client) -> None:
    velden = begin("Gezin Bakker")
    adressen = {als_sanne.post(NIEUW, velden)["Location"] for _druk in range(2)}
    assert len(adressen) == 1
    assert Casus.objects.count() == 1


def test_the_same_form_with_another_name_may_begin_another_family(als_sanne: Client) -> None:
    velden = begin("Gezin Bakker")
    als_sanne.post(NIEUW, velden)
    antwoord = als_sanne.post(NIEUW, {**velden, "naam": "Gezin Smit"})
    html = antwoord.content.decode()
    assert "Met dit scherm begon je net Gezin Bakker." in html
    assert 'value="Gezin Smit"' in html
    assert velden["id"] not in html
    als_sanne.post(NIEUW, {**velden, "naam": "Gezin Smit", "id": antwoord.context["form"]["id"].value()})
    assert set(Casus.objects.values_list("naam", flat=True)) == {"Gezin Bakker", "Gezin Smit"}


@pytest.mark.parametrize("naam", ["", "   "])
def test_an_empty_name_gets_a_sentence(als_sanne: Client, naam: str) -> None:
    antwoord = als_sanne.post(NIEUW, begin(naam, soort="wmo"))
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Vul een naam in." in html
    assert '<option value="wmo" selected>' in html
    assert not Casus.objects.exists()


def test_a_name_that_is_too_long_comes_back_whole(als_sanne: Client) -> None:
    lang = "Gezin " + "x" * 40_000
    antwoord = als_sanne.post(NIEUW, begin(lang))
    assert antwoord.status_code == 200
    assert lang in antwoord.content.decode()
    assert not Casus.objects.exists()


def test_without_content_sets_the_name_is_kept_and_the_reason_told(als_sanne: Client) -> None:
    Handreiking.objects.all().delete()
    html = als_sanne.post(NIEUW, begin("Gezin Bakker")).content.decode()
    assert "De vragen voor deze soort zijn nog niet geladen." in html
    assert 'value="Gezin Bakker"' in html


def test_the_team_is_asked_only_when_there_are_several(als_sanne: Client, teams: cast.Teams) -> None:
    west = Team.objects.create(organisatie=teams.noord.organisatie, naam="Hengelo-West")
    Lidmaatschap.objects.create(medewerker=teams.sanne, team=west, rol=TeamRol.COORDINATOR, van=date(2026, 1, 1))
    html = als_sanne.get(NIEUW).content.decode()
    assert "Hengelo-West" in html
    assert "Almelo-Zuid" not in html
    als_sanne.post(NIEUW, begin("Gezin Bakker", team=str(west.pk)))
    assert Casus.objects.get().team == west
    geweigerd = als_sanne.post(NIEUW, begin("Gezin Smit", team=str(teams.zuid.pk)))
    assert geweigerd.status_code == 200
    assert not Casus.objects.filter(naam="Gezin Smit").exists()
