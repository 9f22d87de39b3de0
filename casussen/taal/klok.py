"""The time as people say it: "half vier ’s middags"."""

from datetime import time

UREN = [
    "twaalf", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf",
]  # fmt: skip
# Minutes -> the words before the hour, and how many hours further that hour is.
_MINUTEN = {
    5: ("vijf over", 0),
    10: ("tien over", 0),
    15: ("kwart over", 0),
    20: ("tien voor half", 1),
    25: ("vijf voor half", 1),
    30: ("half", 1),
    35: ("vijf over half", 1),
    40: ("tien over half", 1),
    45: ("kwart voor", 1),
    50: ("tien voor", 1),
    55: ("vijf voor", 1),
}


def klok(moment: time) -> str:
    """in: a time; out: "half vier" or "drie uur"; a time between the fives as "15.32 uur"."""
    if moment.minute == 0:
        return f"{UREN[moment.hour % 12]} uur"
    if moment.minute not in _MINUTEN:
        return f"{cijfers(moment)} uur"
    woorden, verder = _MINUTEN[moment.minute]
    return f"{woorden} {UREN[(moment.hour + verder) % 12]}"


def cijfers(moment: time) -> str:
    """in: a time; out: "15.30"."""
    return f"{moment.hour}.{moment.minute:02d}"


def dagdeel(moment: time) -> str:
    """in: a time; out: the part of the day: "’s nachts", "’s ochtends", "’s middags" or "’s avonds"."""
    namen = ["’s nachts", "’s ochtends", "’s middags", "’s avonds"]
    return namen[moment.hour // 6]


def tijd_zin(van: time | None, tot: time | None) -> str:
    """in: from and until; out: "half vier ’s middags (15.30 uur)", with until: "half vier tot vijf uur ’s middags
    (15.30 tot 17.00 uur)"; empty when the start is not known."""
    if van is None:
        return ""
    if tot is None:
        return f"{klok(van)} {dagdeel(van)} ({cijfers(van)} uur)"
    begin = klok(van) if dagdeel(van) == dagdeel(tot) else f"{klok(van)} {dagdeel(van)}"
    return f"{begin} tot {klok(tot)} {dagdeel(tot)} ({cijfers(van)} tot {cijfers(tot)} uur)"
