"""Handing a casus over: to whom it can go, and who sees it before and after."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from casussen.actor import Actor
from casussen.models import Casus, Lidmaatschap, Medewerker, Team, Teamoverdracht
from casussen.models.organisatie import TeamRol
from casussen.overzicht.bezetting import MET_GEZINNEN, lidmaatschappen, medewerkers

HOOGSTENS = 50  # coordinators found by one search


@dataclass(frozen=True)
class Gevolgen:
    """Who loses sight of a casus, who keeps it and who gets it. `elders`: it goes to another organisation."""

    verliest: list[Medewerker]
    houdt: list[Medewerker]
    krijgt: list[Medewerker]
    elders: bool


def ontvangers(casus: Casus, woord: str, op: date) -> list[Lidmaatschap]:
    """in: a casus, the name of a team or organisation elsewhere (or nothing), a day; out: coordinators it can go to.

    Those of other teams of the own organisation always; of other organisations only who is looked for.
    """
    elders = Q(team__organisatie__naam__icontains=woord) | Q(team__naam__icontains=woord)
    eigen = Q(team__organisatie=casus.team.organisatie_id)
    gevonden = lidmaatschappen(op).filter(eigen | elders if woord else eigen, rol=TeamRol.COORDINATOR)
    volgorde = gevonden.exclude(team=casus.team_id).order_by(
        "team__organisatie__naam", "team__naam", "medewerker__naam"
    )
    return list(volgorde.select_related("team__organisatie", "medewerker")[:HOOGSTENS])


def gevolgen(casus: Casus, naar: Team, op: date) -> Gevolgen:
    """in: a casus, the team that gets it, a day; out: what changes for whom (as rechten.casussen_van has it)."""
    voor, na = wie_ziet(casus, casus.team, op), wie_ziet(casus, naar, op)
    return Gevolgen(
        verliest=_op_naam(voor - na),
        houdt=_op_naam(voor & na),
        krijgt=_op_naam(na - voor),
        elders=naar.organisatie_id != casus.team.organisatie_id,
    )


def wie_ziet(casus: Casus, team: Team, op: date) -> set[Medewerker]:
    """in: a casus, a team, a day; out: the staff who see the casus when it is of that team."""
    deelnemers = casus.deelnemers.filter(tot__isnull=True, professional__isnull=False).values("professional")
    doet_mee = Q(medewerker__professional__in=deelnemers, team__organisatie=team.organisatie_id)
    leden = lidmaatschappen(op).filter(Q(team=team) | doet_mee, rol__in=MET_GEZINNEN)
    return set(medewerkers(leden))


def eigen_overdracht(casus_id: UUID, door: Actor, pk: str) -> Teamoverdracht | None:
    """in: a casus, who, the id from a form; out: the record of it when this person did it already."""
    eigen = Teamoverdracht.objects.filter(casus=casus_id, door=door.medewerker)
    return next((overdracht for overdracht in eigen if str(overdracht.pk) == pk), None)


def _op_naam(mensen: set[Medewerker]) -> list[Medewerker]:
    return sorted(mensen, key=lambda mens: mens.naam)
