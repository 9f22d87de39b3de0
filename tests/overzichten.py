"""What the tests of the overview of a family member share: a casus, and an overview of it."""

from datetime import UTC, datetime
from typing import Any

from casussen.overzicht import gezin
from casussen.overzicht.gezin_delen import Einde, GezinsOverzicht
from tests.opnames import JEUGD, Rij, deelnemer, lid, opname

OP = datetime(2026, 11, 10, 12, tzinfo=UTC)


def maak(casus: Rij, lezer: str, nummer: int | None = 2, einde: Einde | None = None) -> GezinsOverzicht:
    return gezin.voor_gezinslid(casus, lezer, inhoud=JEUGD, nummer=nummer, op=OP, einde=einde)


def bart_en_milan(*mensen: Rij, **velden: Any) -> Rij:
    leden = [lid("g1", "Bart Kuipers", "vader", "1980-05-05"), lid("g2", "Milan Kuipers", "kind", "2011-03-14")]
    return opname(leden, list(mensen), **velden)


def helper(pk: str, naam: str, organisatie: str = "De Brug", **velden: Any) -> Rij:
    return deelnemer(pk, naam, organisatie, **{"lezers": ["g1", "g2"], **velden})
