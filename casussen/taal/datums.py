"""Dates and times as people say them."""

from calendar import monthrange
from datetime import date, time, timedelta

from django.utils.formats import date_format

DAGEN = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
DAGEN_KORT = ["ma", "di", "wo", "do", "vr", "za", "zo"]


def dag_voluit(dag: date) -> str:
    """in: a day; out: "dinsdag 15 december 2026"."""
    return date_format(dag, "l j F Y")


def dag_kort(dag: date) -> str:
    """in: a day; out: "dinsdag 15 december"."""
    return date_format(dag, "l j F")


def over_weken(vandaag: date, weken: int) -> date:
    """in: a day, a number of weeks; out: the same day of the week so much later, a Monday instead of a weekend."""
    return werkdag(vandaag + timedelta(weeks=weken))


def over_maanden(dag: date, maanden: int) -> date:
    """in: a day, a number of months; out: the same day so many months later, the last of the month when it has none."""
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + maanden, 12)
    return date(jaar, maand + 1, min(dag.day, monthrange(jaar, maand + 1)[1]))


def uur(moment: time) -> str:
    """in: a time; out: "9", or "8.30"."""
    return str(moment.hour) if moment.minute == 0 else f"{moment.hour}.{moment.minute:02d}"


def uren(van: time | None, tot: time | None) -> str:
    """in: from and until; out: "van 9 tot 17 uur", "vanaf 9 uur", "tot 17 uur" or nothing."""
    if van and tot:
        return f"van {uur(van)} tot {uur(tot)} uur"
    if van:
        return f"vanaf {uur(van)} uur"
    return f"tot {uur(tot)} uur" if tot else ""


def opsomming(woorden: list[str], voegwoord: str = "en") -> str:
    """in: words; out: "maandag, dinsdag en donderdag"."""
    if len(woorden) < 2:
        return "".join(woorden)
    return f"{', '.join(woorden[:-1])} {voegwoord} {woorden[-1]}"


def dagen(nummers: list[int]) -> str:
    """in: days of the week, 1 is Monday; out: "dinsdag tot en met vrijdag", "op werkdagen" or a list."""
    uniek = sorted(set(nummers))
    if uniek == [1, 2, 3, 4, 5]:
        return "werkdagen"
    if uniek == [1, 2, 3, 4, 5, 6, 7]:
        return "alle dagen"
    if len(uniek) > 2 and uniek[-1] - uniek[0] == len(uniek) - 1:
        return f"{DAGEN[uniek[0] - 1]} tot en met {DAGEN[uniek[-1] - 1]}"
    return opsomming([DAGEN[nummer - 1] for nummer in uniek])


def getal(aantal: int) -> str:
    """in: a count; out: "drie" up to twelve, digits above."""
    woorden = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
    return woorden[aantal] if aantal < len(woorden) else str(aantal)


def werkdag(dag: date) -> date:
    """in: a day; out: that day, or the Monday after it when it falls in a weekend."""
    return dag + timedelta(days=7 - dag.weekday()) if dag.weekday() > 4 else dag
