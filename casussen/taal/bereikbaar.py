"""Reachability: from a short line ("di t/m vr 9-15 uur") to fields, and from fields to a sentence."""

import re
from dataclasses import dataclass, field
from datetime import time

from casussen.models.deelnemer import Terugbellen
from casussen.taal.datums import DAGEN, DAGEN_KORT, dagen, uren

_DAG = "|".join([*DAGEN, *DAGEN_KORT])
_REEKS = re.compile(rf"\b({_DAG})\b\s*(?:t/m|tot en met)\s*\b({_DAG})\b")
_LOS = re.compile(rf"\b({_DAG})\b")
_UREN = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(?:-|tot)\s*(\d{1,2})(?:[.:](\d{2}))?\s*uur")


@dataclass(frozen=True)
class Bereikbaar:
    """When somebody can be reached; field names as in Deelnemer."""

    dagen: list[int] = field(default_factory=list)
    uren_van: time | None = None
    uren_tot: time | None = None
    terugbellen: str = ""


def ontleed(regel: str) -> Bereikbaar:
    """in: a line such as "ma, di en do 9-17 uur; belt dezelfde dag terug"; out: the fields.

    raises ValueError (with a sentence for the reader) when neither a day nor a time is found in it.
    """
    kaal = regel.lower()
    nummers = {nummer for van, tot in _REEKS.findall(kaal) for nummer in _reeks(_nummer(van), _nummer(tot))}
    nummers |= {_nummer(dag) for dag in _LOS.findall(_REEKS.sub("", kaal))}
    if "werkdagen" in kaal:
        nummers |= {1, 2, 3, 4, 5}
    if "alle dagen" in kaal:
        nummers |= {1, 2, 3, 4, 5, 6, 7}
    tijden = _UREN.search(kaal)
    if not nummers and not tijden:
        raise ValueError(f"in “{regel}” staat geen dag en geen tijd, bijvoorbeeld “ma t/m do 9-17 uur”")
    try:
        van, tot = _tijden(tijden) if tijden else (None, None)
    except ValueError:
        raise ValueError(f"in “{regel}” staat een tijd die niet bestaat; schrijf bijvoorbeeld “8.30-17 uur”") from None
    terug = next((keuze.value for keuze in Terugbellen if f"{keuze.label} terug" in kaal), "")
    return Bereikbaar(dagen=sorted(nummers), uren_van=van, uren_tot=tot, terugbellen=terug)


def _reeks(van: int, tot: int) -> list[int]:
    """Days from one until another, also over the weekend ("vr t/m ma")."""
    return list(range(van, tot + 1)) if van <= tot else [*range(van, 8), *range(1, tot + 1)]


def _nummer(dag: str) -> int:
    return (DAGEN.index(dag) if dag in DAGEN else DAGEN_KORT.index(dag)) + 1


def _tijden(gevonden: re.Match[str]) -> tuple[time, time]:
    van_uur, van_min, tot_uur, tot_min = (int(deel or 0) for deel in gevonden.groups())
    return time(van_uur, van_min), time(tot_uur, tot_min)


def zin(nummers: list[int], van: time | None, tot: time | None) -> str:
    """in: days, from, until; out: "op maandag, dinsdag en donderdag, van 9 tot 17 uur", empty when unknown."""
    delen = [f"op {dagen(nummers)}" if nummers else "", uren(van, tot)]
    return ", ".join(deel for deel in delen if deel)
