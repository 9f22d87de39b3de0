"""What the tests of /beheer/ share: addresses, forms as a browser sends them, and a beheerder elsewhere."""

from typing import Any

from django.test import Client

from casussen.models import Medewerker
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.accounts import ingelogd
from tests.cast import Teams


def adres(model: str, rest: str = "") -> str:
    """The address of a list, or of a page under it."""
    return f"/beheer/casussen/{model}/{rest}"


def pagina(mens: Medewerker) -> str:
    """The page of an account."""
    return adres("medewerker", f"{mens.pk}/change/")


def als(mens: Medewerker) -> Client:
    """A browser in which somebody signed in a moment ago."""
    return ingelogd(Client(), mens)


def beheerder_zuid(teams: Teams) -> Medewerker:
    """The beheerder of the other organisation."""
    return cast.medewerker("Ben Zuidbeheer", "b.zuid@zuid.example", teams.zuid, TeamRol.BEHEERDER)


def velden(mens: Medewerker, **anders: Any) -> dict[str, Any]:
    """The form of an account as a browser sends it, with something else in it."""
    aantal = str(mens.lidmaatschappen.count())
    return {
        "email": mens.email,
        "naam": mens.naam,
        "professional": str(mens.professional_id or ""),
        "is_active": "on",
        "lidmaatschappen-TOTAL_FORMS": aantal,
        "lidmaatschappen-INITIAL_FORMS": aantal,
        **anders,
    }


def nieuw(teams: Teams, **anders: Any) -> dict[str, Any]:
    """The form of a new account."""
    basis = {"naam": "Nina Nieuw", "email": "N.Nieuw@Noord.example", "professional": ""}
    return {**basis, "team": str(teams.noord.pk), "rol": "teamlid", **anders}
