"""What one family member may read of a casus as data: every part of the family's overview asks it here.

An item is readable when the reader is in its `lezers`. An agreement of a helper whom the reader may not see stays out
as a whole, since it would give away that this helper is there. A `lezer_id` of None is staff: everything.
"""

import re
from collections.abc import Iterable
from typing import Any

from casussen.models.deelnemer import Functie
from casussen.overzicht.momentopname import Opname

Rij = dict[str, Any]


def mag_lezen(item: Rij, lezer_id: str | None) -> bool:
    """in: an item with `lezers`, the id of a family member (None: staff); out: whether he may read it."""
    return lezer_id is None or lezer_id in item["lezers"]


def deelnemers(opname: Opname, lezer_id: str | None) -> list[Rij]:
    """in: a casus as data, a reader; out: everybody who takes part and whom this reader may see."""
    return [rij for rij in opname["deelnemers"] if mag_lezen(rij, lezer_id)]


def antwoorden(opname: Opname, lezer_id: str | None) -> dict[str, Rij]:
    """in: a casus as data, a reader; out: the answers that this reader may read, by question code."""
    return {rij["vraag"]: rij for rij in opname["antwoorden"] if mag_lezen(rij, lezer_id)}


def afspraken(opname: Opname, lezer_id: str | None) -> list[Rij]:
    """in: a casus as data, a reader; out: the agreements that he may read, of owners whom he may see."""
    eigenaren = {rij["id"] for rij in [*opname["gezinsleden"], *deelnemers(opname, lezer_id)]}
    return [
        rij
        for rij in opname["afspraken"]
        if mag_lezen(rij, lezer_id) and (rij["deelnemer"] or rij["gezinslid"]) in eigenaren
    ]


def met_functie(opname: Opname, functie: Functie, lezer_id: str | None) -> Rij | None:
    """in: a casus as data, a function, a reader; out: who holds it, None when nobody or not for this reader."""
    regie = opname["regie"].get(functie.value)
    if regie is None:
        return None
    return next((rij for rij in deelnemers(opname, lezer_id) if rij["id"] == regie["deelnemer"]), None)


def eerste_contact(opname: Opname, lezer_id: str | None) -> Rij | None:
    """in: a casus as data, a reader; out: whom to call first: the aanspreekpunt, else who has the regie."""
    return met_functie(opname, Functie.AANSPREEKPUNT, lezer_id) or met_functie(opname, Functie.REGIEVOERDER, lezer_id)


def noemt_verborgen(opname: Opname, lezer_id: str | None, tekst: str) -> bool:
    """in: a casus as data, a reader, a field that holds a typed name; out: whether it names a hidden deelnemer."""
    zichtbaar = {rij["naam"] for rij in deelnemers(opname, lezer_id)}
    return noemt([rij["naam"] for rij in opname["deelnemers"] if rij["naam"] not in zichtbaar], tekst)


def noemt(namen: Iterable[str], tekst: str) -> bool:
    """in: names, a field that holds a typed name; out: whether it names one of them.

    Any word of the name that is written with a capital counts ("Ilse", "Broekhuis").
    """
    woorden = {woord.casefold() for naam in namen for woord in naam.split() if woord[0].isupper()}
    return bool(woorden & {woord.casefold() for woord in re.findall(r"[^\W\d_]+", tekst)})
