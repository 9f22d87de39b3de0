"""Working days and hours in which mail may come."""

from datetime import date, datetime, time

import pytest
from django.utils import timezone

from casussen.werkdagen import eerste_werkdag, is_werkdag, na_werkdagen, volgend_moment


def _uur(dag: date, uur: int) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time(uur)))


@pytest.mark.parametrize(
    ("dag", "werk"),
    [
        (date(2026, 11, 20), True),  # a Friday
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 12, 25), False),  # Christmas, a Friday
        (date(2027, 3, 29), False),  # Easter Monday
        (date(2026, 4, 27), False),  # King's Day
        (date(2026, 5, 14), False),  # Ascension Day
        (date(2026, 5, 25), False),  # Whit Monday
    ],
)
def test_a_weekend_and_a_public_holiday_are_no_working_days(dag: date, werk: bool) -> None:
    assert is_werkdag(dag) is werk


def test_working_days_are_counted_over_the_weekend_and_over_christmas() -> None:
    assert na_werkdagen(date(2026, 11, 19), 3) == date(2026, 11, 24)
    assert na_werkdagen(date(2026, 12, 23), 3) == date(2026, 12, 29)


def test_somebody_who_works_on_tuesday_gets_mail_on_tuesday() -> None:
    assert eerste_werkdag(date(2026, 11, 18), [2]) == date(2026, 11, 24)


def test_somebody_who_works_in_the_weekend_only_gets_mail_on_a_working_day() -> None:
    assert eerste_werkdag(date(2026, 11, 21), [6, 7]) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("nu", "wanneer"),
    [
        (_uur(date(2026, 11, 20), 10), _uur(date(2026, 11, 20), 10)),
        (_uur(date(2026, 11, 20), 6), _uur(date(2026, 11, 20), 8)),
        (_uur(date(2026, 11, 20), 18), _uur(date(2026, 11, 23), 8)),
        (_uur(date(2026, 11, 21), 10), _uur(date(2026, 11, 23), 8)),
        (_uur(date(2026, 12, 24), 20), _uur(date(2026, 12, 28), 8)),
    ],
)
def test_mail_comes_by_day_and_on_working_days(nu: datetime, wanneer: datetime) -> None:
    assert volgend_moment(nu, van=time(8), tot=time(18)) == wanneer
