"""Working days in the Netherlands, and hours in which mail may come. Public holidays: the library `holidays`."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

import holidays
from django.utils import timezone

MAANDAG_TOT_EN_MET_VRIJDAG = (1, 2, 3, 4, 5)
_FEESTDAGEN = holidays.country_holidays("NL")


def is_werkdag(dag: date) -> bool:
    """in: a day; out: whether it is a Monday to Friday and no Dutch public holiday."""
    return dag.isoweekday() in MAANDAG_TOT_EN_MET_VRIJDAG and dag not in _FEESTDAGEN


def na_werkdagen(dag: date, aantal: int) -> date:
    """in: a day, how many working days (1 or more); out: the day on which that many have begun after it."""
    while aantal:
        dag += timedelta(days=1)
        aantal -= is_werkdag(dag)
    return dag


def eerste_werkdag(vanaf: date, dagen: Collection[int] = ()) -> date:
    """in: a day, the weekdays (1 Monday to 7 Sunday) on which somebody works (none: unknown);
    out: that day or the first one after it that is a working day, and one of his.

    Whoever works on no weekday at all (only weekends) gets any working day. A holiday may fall on somebody's only day,
    so a longer search ends too.
    """
    eigen = set(dagen) & set(MAANDAG_TOT_EN_MET_VRIJDAG) or set(MAANDAG_TOT_EN_MET_VRIJDAG)
    dag = vanaf
    while not (is_werkdag(dag) and dag.isoweekday() in eigen):
        dag += timedelta(days=1)
    return dag


def volgend_moment(nu: datetime, *, van: time, tot: time, dagen: Collection[int] = ()) -> datetime:
    """in: a moment, the hours (local) in which mail may come, somebody's weekdays; out: that moment when mail may
    come now, else the next beginning of those hours on such a day.
    """
    hier = timezone.localtime(nu)
    dag = hier.date()
    if hier.time() >= tot:
        dag += timedelta(days=1)
    eerste = eerste_werkdag(dag, dagen)
    if eerste == hier.date() and hier.time() >= van:
        return nu
    return timezone.make_aware(datetime.combine(eerste, van))
