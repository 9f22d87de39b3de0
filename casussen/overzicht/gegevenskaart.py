"""The card about the data of a family on the page of its casus: requests that wait, and how long it is kept."""

from dataclasses import dataclass
from datetime import date

from casussen import rechten
from casussen.actor import Actor
from casussen.models import Casus, Gezinslid
from casussen.overzicht import bewaren, verzoeken
from casussen.overzicht.verzoeken import Regel


@dataclass(frozen=True)
class Gegevenskaart:
    """`gezinsleden` are also those who left; `geen_keuze`: the casus is closed and nobody chose how long to keep it."""

    verzoeken: list[Regel]
    gezinsleden: list[Gezinslid]
    vraagt_besluit: bool
    geen_keuze: bool


def maak(casus: Casus, door: Actor, op: date) -> Gegevenskaart | None:
    """in: a casus, who looks, today; out: the card, None for whoever does not decide about this."""
    if not rechten.mag_gegevens_beheren(door, casus):
        return None
    return Gegevenskaart(
        verzoeken=[verzoeken.regel(verzoek, op) for verzoek in bewaren.lopende_verzoeken(casus)],
        gezinsleden=list(casus.gezinsleden.all()),
        vraagt_besluit=not casus.is_open and bewaren.vraagt_besluit(casus, op) and casus.wissen_besloten_op is None,
        geen_keuze=not casus.is_open and casus.bewaren_tot is None,
    )
