"""Counts for beleid: per team, families and children apart, never about fewer than five, never a name."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from casussen.models import Casus, Evaluatie, Gezinslid, Handreiking, Medewerker, Team, Vaststelling
from casussen.models.organisatie import TeamRol
from casussen.overzicht import aantallen
from casussen.overzicht.aantallen import BIJNA_ALLE, MATEN, MINDER, VERBORGEN
from casussen.taal.aanspreken import is_jong
from tests import cast
from tests.cast import Teams
from tests.kolommen import ALLES
from tests.taaklink import tekst

PAGINA = "/aantallen/"
nummers = count(1)


def gezinnen(
    team: Team, sanne: Medewerker, aantal: int, *, kinderen: int = 1, vast: bool = False, dag: int | None = None,
    gehouden: int | None = None, gesloten: int | None = None,
) -> None:  # fmt: skip
    """Makes families as they stand in the database; `dag`, `gehouden` and `gesloten` are days from or before today."""
    nu = timezone.now()
    handreiking = Handreiking.objects.get(soort="jeugd")
    for _nummer in range(aantal):
        casus = Casus.objects.create(
            naam=f"Gezin {next(nummers)}", team=team, handreiking=handreiking, coordinator=sanne,
            afgesloten_op=None if gesloten is None else nu - timedelta(days=gesloten),
        )  # fmt: skip
        for _kind in range(kinderen):
            Gezinslid.objects.create(casus=casus, naam="Kind Geheim", relatie="kind")
        Gezinslid.objects.create(casus=casus, naam="Moeder Geheim", relatie="moeder")
        if vast:
            Vaststelling.objects.create(casus=casus, nummer=1, op=nu, door=sanne, inhoud={"afspraken": []})
        if dag is not None:
            Evaluatie.objects.create(casus=casus, datum=timezone.localdate() + timedelta(days=dag))
        if gehouden is not None:
            moment = nu - timedelta(days=gehouden)
            Evaluatie.objects.create(casus=casus, datum=moment.date(), gehouden_op=moment, vervolg="door")


def telling(teams: Teams, op: date | None = None) -> dict[str, tuple[str, str]]:
    """What is shown of team Noord: per maat the families and the children."""
    rijen = aantallen.per_team(type(teams.noord.organisatie).objects.all(), op or timezone.localdate())
    (noord,) = [rij for rij in rijen if rij.team == teams.noord]
    return {maat: (str(t.casussen), str(t.kinderen)) for maat, t in zip(MATEN, noord.tellingen, strict=True)}


@pytest.fixture
def als_petra(client: Client, teams: Teams) -> Client:
    """A browser in which somebody of beleid is signed in."""
    client.force_login(cast.medewerker("Petra Beleid", "p.beleid@noord.example", teams.noord, TeamRol.BELEID))
    return client


def test_families_and_children_are_counted_apart(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 6, kinderen=2)
    gezinnen(teams.noord, teams.sanne, 5, kinderen=3, vast=True, dag=7, gehouden=89)
    gezinnen(teams.noord, teams.sanne, 5, kinderen=1, gehouden=91, gesloten=0)
    gezinnen(teams.zuid, teams.karin, 7)
    assert telling(teams) == {
        "lopend": ("11", "27"),
        "vastgesteld": ("5", "15"),
        "gepland": ("5", "15"),
        "teruggekeken": ("5", "15"),
        "afgesloten": ("5", "5"),
    }


def test_a_number_under_five_is_hidden_and_so_are_its_children(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 4, kinderen=6)
    assert set(telling(teams).values()) == {(str(MINDER), str(VERBORGEN))}
    gezinnen(teams.noord, teams.sanne, 1, kinderen=0)
    assert telling(teams)["lopend"] == ("5", "24")


def test_fewer_than_five_children_are_hidden_among_enough_families(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 5, kinderen=0)
    gezinnen(teams.noord, teams.sanne, 2, kinderen=2)
    assert telling(teams)["lopend"] == ("7", str(MINDER))


def test_what_fewer_than_five_lack_cannot_be_calculated(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 9, vast=True)
    gezinnen(teams.noord, teams.sanne, 2, kinderen=7)
    getoond = telling(teams)
    assert getoond["lopend"] == ("11", "23")
    assert getoond["vastgesteld"] == (str(BIJNA_ALLE), str(BIJNA_ALLE))
    gezinnen(teams.noord, teams.sanne, 3)
    assert telling(teams)["vastgesteld"] == ("9", "9")


def test_when_none_lacks_it_the_number_is_shown(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 6, vast=True)
    assert telling(teams)["vastgesteld"] == ("6", "6")


@given(lopend=st.integers(0, 40), deel=st.integers(0, 40))
def test_no_shown_pair_gives_away_a_group_of_one_to_four(lopend: int, deel: int) -> None:
    getoond = _paar(lopend, min(lopend, deel))
    mogelijk = [(a, d) for a in range(41) for d in range(a + 1) if _paar(a, d) == getoond]
    for rest in ({d for _a, d in mogelijk}, {a - d for a, d in mogelijk}):
        assert len(rest) > 1 or not 0 < next(iter(rest)) < 5


def _paar(lopend: int, deel: int) -> list[object]:
    getallen = {"lopend": lopend, "vastgesteld": deel}
    return [aantallen.te_tonen(maat, getallen) for maat in getallen]


def test_a_family_that_was_closed_last_year_does_not_count(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 5, gesloten=0)
    assert telling(teams, op=timezone.localdate() + timedelta(days=366))["afgesloten"] == (str(MINDER), str(VERBORGEN))


@pytest.mark.parametrize("geboren", [None, date(2008, 11, 22), date(2008, 11, 23), date(2008, 2, 29), date(1980, 1, 1)])
@pytest.mark.parametrize("op", [date(2026, 11, 22), date(2026, 2, 28), date(2028, 2, 29)])
@pytest.mark.parametrize("relatie", ["kind", "vader"])
def test_who_counts_as_a_child_is_who_is_called_je(teams: Teams, geboren: date | None, op: date, relatie: str) -> None:
    gezinnen(teams.noord, teams.sanne, 1, kinderen=0)
    lid = Gezinslid.objects.create(casus=Casus.objects.get(), naam="X", relatie=relatie, geboren=geboren)
    gevonden = Gezinslid.objects.filter(aantallen.is_kind(op), pk=lid.pk).exists()
    assert gevonden == is_jong(geboren, relatie, op)


def test_a_child_that_left_the_family_does_not_count(teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 6)
    Gezinslid.objects.filter(relatie="kind").update(weg_op=timezone.now())
    assert telling(teams)["lopend"] == ("6", str(MINDER))


# The page


def test_the_page_shows_the_own_organisation_no_name_and_no_total(als_petra: Client, teams: Teams) -> None:
    gezinnen(teams.noord, teams.sanne, 7, kinderen=3)
    gezinnen(teams.zuid, teams.karin, 13)
    html = tekst(als_petra.get(PAGINA))
    assert "Hengelo-Noord" in html
    assert "<td>7</td><td>21</td>" in html
    assert "Almelo-Zuid" not in html
    assert not [woord for woord in [*ALLES, "Geheim", "Sanne", "Gezin 1", *map(str, _ids())] if woord in html]
    assert "totaal onder" in html


def _ids() -> Iterator[object]:
    yield from Casus.objects.values_list("pk", flat=True)


def test_it_costs_as_much_for_thirty_families_as_for_three(als_petra: Client, teams: Teams) -> None:
    kosten = []
    for aantal in (3, 27):
        gezinnen(teams.noord, teams.sanne, aantal, vast=True, dag=3)
        with CaptureQueriesContext(connection) as vragen:
            als_petra.get(PAGINA)
        kosten.append(len(vragen))
    assert kosten[0] == kosten[1]


def test_beleid_begins_there_and_others_never_come_there(als_petra: Client, client: Client, teams: Teams) -> None:
    antwoord = als_petra.get("/casussen/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, PAGINA)
    assert f'href="{PAGINA}" aria-current="page"' in als_petra.get(PAGINA).content.decode()
    for mens in (teams.sanne, teams.joost, teams.mieke, teams.bea):
        client.force_login(mens)
        assert client.get(PAGINA).status_code == 403
        assert f'href="{PAGINA}"' not in client.get("/casussen/").content.decode()


def test_the_start_page_says_what_there_is_to_do(client: Client, teams: Teams) -> None:
    client.force_login(teams.mieke)
    bureau = tekst(client.get("/casussen/"))
    assert "Jij werkt bij de bureaudienst." in bureau
    assert "/noodtoegang/" not in bureau
    client.force_login(teams.bea)
    beheer = tekst(client.get("/casussen/"))
    assert "/noodtoegang/overzicht/" in beheer
    assert "bureaudienst" not in beheer
