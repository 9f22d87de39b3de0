"""Whom to ask, derived from age and gezag alone; and the birthdays on which that changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casussen.models import Gezinslid
from casussen.toestemming.gevers import gevers
from casussen.toestemming.leeftijd import MIJLPALEN, NOG_LATER, VOORAF, eerste_geboortedag, overgang, verjaardag

OP = date(2026, 11, 22)
MOEDER = Gezinslid(naam="Esra", relatie="moeder", gezag=True)
VADER = Gezinslid(naam="Bart", relatie="vader", gezag=True)
VADER_ZONDER = Gezinslid(naam="Bart", relatie="vader", gezag=False)
VADER_ONBEKEND = Gezinslid(naam="Bart", relatie="vader")
OMA = Gezinslid(naam="Oma", relatie="oma")

dagen = st.dates(min_value=date(1930, 1, 1), max_value=date(2090, 12, 31))


def kind(jaren: int | None) -> Gezinslid:
    """A child that has its birthday today."""
    return Gezinslid(naam="Milan", relatie="kind", geboren=None if jaren is None else verjaardag(OP, -jaren))


def namen(lid: Gezinslid, *anderen: Gezinslid) -> list[str]:
    return [gever.naam for gever in gevers(lid, [lid, *anderen], OP).van_gezin]


@pytest.mark.parametrize(
    ("jaren", "wie"),
    [
        (0, ["Esra", "Bart"]),
        (11, ["Esra", "Bart"]),
        (12, ["Milan", "Esra", "Bart"]),
        (15, ["Milan", "Esra", "Bart"]),
        (16, ["Milan"]),
        (17, ["Milan"]),
        (18, ["Milan"]),
    ],
)
def test_the_age_on_the_day_decides_who_is_asked(jaren: int, wie: list[str]) -> None:
    assert namen(kind(jaren), MOEDER, VADER) == wie


@pytest.mark.parametrize("jaren", [12, 16])
def test_the_day_before_the_birthday_the_old_rule_still_holds(jaren: int) -> None:
    lid = kind(jaren)
    gisteren = gevers(lid, [lid, MOEDER], OP - timedelta(days=1))
    assert gisteren != gevers(lid, [lid, MOEDER], OP)
    assert MOEDER in gisteren.van_gezin


def test_an_adult_is_asked_about_himself_also_without_a_date_of_birth() -> None:
    assert namen(MOEDER, VADER, kind(9)) == ["Esra"]
    assert namen(VADER_ZONDER, MOEDER) == ["Bart"]
    assert namen(Gezinslid(naam="Grada", relatie="inwoner", geboren=date(1951, 5, 19))) == ["Grada"]


def test_a_parent_without_gezag_is_not_asked_about_a_child() -> None:
    uitkomst = gevers(kind(9), [MOEDER, VADER_ZONDER, OMA], OP)
    assert uitkomst.van_gezin == (MOEDER,)
    assert not uitkomst.gezag_onbekend
    assert not uitkomst.iemand_anders


def test_a_parent_of_whom_nobody_knows_it_is_not_asked_and_has_to_be_filled_in() -> None:
    uitkomst = gevers(kind(9), [MOEDER, VADER_ONBEKEND, OMA], OP)
    assert uitkomst.van_gezin == (MOEDER,)
    assert uitkomst.gezag_onbekend == (VADER_ONBEKEND,)
    # From 16 it does not matter any more.
    assert not gevers(kind(16), [MOEDER, VADER_ONBEKEND], OP).gezag_onbekend


def test_without_anybody_with_gezag_somebody_outside_the_family_is_asked() -> None:
    assert gevers(kind(9), [VADER_ZONDER, OMA], OP).iemand_anders
    twaalf = gevers(kind(13), [VADER_ZONDER], OP)
    assert twaalf.iemand_anders
    assert [lid.naam for lid in twaalf.van_gezin] == ["Milan"]
    assert not gevers(kind(9), [VADER_ONBEKEND], OP).iemand_anders
    assert not gevers(kind(16), [VADER_ZONDER], OP).iemand_anders


def test_of_a_child_without_a_date_of_birth_everybody_is_asked_who_might_have_to_be() -> None:
    lid = kind(None)
    uitkomst = gevers(lid, [lid, MOEDER, VADER], OP)
    assert uitkomst.geboren_onbekend
    assert uitkomst.van_gezin == (lid, MOEDER, VADER)


@given(geboren=dagen, op=dagen)
def test_whatever_the_day_somebody_is_asked(geboren: date, op: date) -> None:
    lid = Gezinslid(naam="Milan", relatie="kind", geboren=geboren)
    uitkomst = gevers(lid, [lid, MOEDER], op)
    jaren = lid.leeftijd(op)
    assert jaren is not None
    assert (lid in uitkomst.van_gezin) == (jaren >= 12)
    assert (MOEDER in uitkomst.van_gezin) == (jaren < 16)
    assert uitkomst.van_gezin


# The birthdays


@given(geboren=dagen, jaren=st.sampled_from(MIJLPALEN))
def test_a_birthday_is_the_first_day_of_that_age(geboren: date, jaren: int) -> None:
    dag = verjaardag(geboren, jaren)
    lid = Gezinslid(geboren=geboren)
    assert lid.leeftijd(dag) == jaren
    assert lid.leeftijd(dag - timedelta(days=1)) == jaren - 1


def test_who_was_born_on_a_leap_day_has_it_on_the_first_of_march_in_other_years() -> None:
    assert verjaardag(date(2012, 2, 29), 12) == date(2024, 2, 29)
    assert verjaardag(date(2012, 2, 29), 18) == date(2030, 3, 1)


@given(geboren=dagen, jaren=st.sampled_from(MIJLPALEN), dagen_erna=st.integers(-40, 40))
def test_a_birthday_is_near_from_thirty_days_before_until_thirty_days_after(
    geboren: date, jaren: int, dagen_erna: int
) -> None:
    lid = Gezinslid(geboren=geboren)
    op = verjaardag(geboren, jaren) + timedelta(days=dagen_erna)
    nabij = overgang(lid, op)
    if not -VOORAF.days <= dagen_erna <= NOG_LATER.days:
        assert nabij is None
    else:
        assert nabij is not None
        assert (nabij.lid, nabij.jaren, nabij.dag) == (lid, jaren, verjaardag(geboren, jaren))
        # What the clock asks the database for never leaves somebody out.
        assert geboren >= eerste_geboortedag(op)


def test_without_a_date_of_birth_no_birthday_is_near() -> None:
    assert overgang(kind(None), OP) is None
    assert overgang(kind(14), OP) is None
