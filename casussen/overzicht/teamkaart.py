"""Of which team a casus is, how it came there, and who opened it in an emergency: for the page of that casus."""

from dataclasses import dataclass
from datetime import datetime

from casussen import rechten
from casussen.actor import Actor
from casussen.models import Casus, Noodtoegang, Teamoverdracht
from casussen.overzicht.noodtoegang import van_casus


@dataclass(frozen=True)
class Teamkaart:
    """`noodtoegangen` only for who may read the reason."""

    overdrachten: list[Teamoverdracht]
    noodtoegangen: list[Noodtoegang]
    mag_overdragen: bool


def maak(casus: Casus, door: Actor, nu: datetime) -> Teamkaart:
    """in: a casus, who looks, the moment; out: what the page says about team and emergency access."""
    mag_reden_lezen = rechten.mag_logboek_lezen(door, casus)
    return Teamkaart(
        overdrachten=list(casus.overdrachten.select_related("van_team", "naar_team", "door")),
        noodtoegangen=list(van_casus(casus, nu)) if mag_reden_lezen else [],
        mag_overdragen=rechten.mag_casus_overdragen(door, casus),
    )
