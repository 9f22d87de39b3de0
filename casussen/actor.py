"""Whoever stands at the door: made by the doors (views, tasks, commands), taken by rechten, acties and overzicht."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from casussen.models import Deelnemer, Gezinslid, Medewerker, Noodtoegang, Toegangslink
from casussen.models.organisatie import TeamRol


class ActorSoort(StrEnum):
    """Which kind of door somebody came through."""

    MEDEWERKER = "medewerker"
    DEELNEMER = "deelnemer"
    GEZINSLID = "gezinslid"
    KLOK = "klok"
    OPERATOR = "operator"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One person (or the clock) at one moment.

    `rollen` holds for a member of staff the roles per team that count today. A deelnemer or gezinslid behind a
    link has only the casus of that link. `namens` is the person on whose behalf somebody acts, when that is another
    one. `noodtoegang` is set when that is the only way in which somebody may look. `request_id` and `bron` (an IP
    address) say where a request came from; both are empty behind the clock.
    """

    soort: ActorSoort
    medewerker: Medewerker | None = None
    deelnemer: Deelnemer | None = None
    gezinslid: Gezinslid | None = None
    rollen: Mapping[UUID, frozenset[TeamRol]] = field(default_factory=dict)
    namens: Deelnemer | Gezinslid | None = None
    noodtoegang: Noodtoegang | None = None
    request_id: str = ""
    bron: str | None = None

    def als_deelnemer(self, deelnemer: Deelnemer) -> "Actor":
        """in: a part of this same person in another casus; out: this Actor in that casus. Staff stays who it is."""
        return self if self.deelnemer is None else replace(self, deelnemer=deelnemer)

    def teams_met(self, *rollen: TeamRol) -> list[UUID]:
        """in: roles; out: the ids of the teams in which this actor has at least one of them."""
        return [team for team, eigen in self.rollen.items() if eigen & set(rollen)]


def van_medewerker(medewerker: Medewerker, *, op: date) -> Actor:
    """in: an account and today; out: the Actor with the memberships that count on that day (one query)."""
    rollen: dict[UUID, set[TeamRol]] = {}
    lidmaatschappen = medewerker.lidmaatschappen.filter(Q(tot__isnull=True) | Q(tot__gte=op), van__lte=op)
    for lidmaatschap in lidmaatschappen:
        rollen.setdefault(lidmaatschap.team_id, set()).add(TeamRol(lidmaatschap.rol))
    return Actor(
        soort=ActorSoort.MEDEWERKER,
        medewerker=medewerker,
        rollen={team: frozenset(eigen) for team, eigen in rollen.items()},
    )


def van_link(link: Toegangslink) -> Actor:
    """in: a link that opens; out: the Actor of its one person."""
    if link.deelnemer is not None:
        return Actor(soort=ActorSoort.DEELNEMER, deelnemer=link.deelnemer)
    return Actor(soort=ActorSoort.GEZINSLID, gezinslid=link.gezinslid)


def klok() -> Actor:
    """Out: the Actor of the daily clock."""
    return Actor(soort=ActorSoort.KLOK)


def operator() -> Actor:
    """Out: the Actor of somebody with a shell on the server (management commands)."""
    return Actor(soort=ActorSoort.OPERATOR)
