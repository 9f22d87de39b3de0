""" "U" to adults, "je" to young people."""

import re
from datetime import date

VOLWASSEN = 18
# After these words "u" is not the one who does something, so it becomes "jou".
_VOORZETSELS = {"aan", "bij", "met", "naar", "om", "over", "van", "voor", "vroegen", "vragen", "tegen"}


def is_jong(geboren: date | None, relatie: str, op: date) -> bool:
    """in: date of birth (None: unknown), relation in the family, a day; out: whether that person is called "je".

    Under 18 on that day. Without a date of birth whoever is in the family as "kind" counts as young.
    """
    if geboren is None:
        return relatie == "kind"
    verjaard = (op.month, op.day) >= (geboren.month, geboren.day)
    return op.year - geboren.year - (not verjaard) < VOLWASSEN


def naar_je(kop: str) -> str:
    """in: a heading of a content set, written to "u"; out: the same heading to a young person.

    "Wij vroegen u" becomes "Wij vroegen jou", "Wat u zelf beslist" "Wat jij zelf beslist", "In uw woorden" "In jouw
    woorden".
    """
    woorden = kop.split(" ")
    return " ".join(_je(woord, woorden[:nummer]) for nummer, woord in enumerate(woorden))


def _je(woord: str, ervoor: list[str]) -> str:
    kern = re.match(r"\w+", woord)
    if kern is None or kern.group().lower() not in {"u", "uw"}:
        return woord
    if kern.group().lower() == "uw":
        nieuw = "jouw"
    else:
        nieuw = "jou" if ervoor and ervoor[-1].lower() in _VOORZETSELS else "jij"
    if kern.group()[0].isupper():
        nieuw = nieuw.capitalize()
    return nieuw + woord[kern.end() :]
