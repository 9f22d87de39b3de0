"""Which group of the municipality stands for which membership, when the operator chose that (OIDC_GROEPEN)."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from casussen.models import Team
from casussen.models.organisatie import TeamRol

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plek:
    """Who is in this group, has this role in this team."""

    groep: str
    team_id: UUID
    rol: str


def controleer(instelling: Any) -> None:
    """in: the setting as it was read; raises ImproperlyConfigured, in one line, when it is not a mapping as meant."""
    goed = isinstance(instelling, dict) and all(
        isinstance(plek, dict)
        and set(plek) == {"team", "rol"}
        and isinstance(plek["team"], str)
        and plek["rol"] in TeamRol.values
        for plek in instelling.values()
    )
    if not goed:
        voorbeeld = '{"groep": {"team": "Organisatie / Team", "rol": "teamlid"}}'
        raise ImproperlyConfigured(f"OIDC_GROEPEN klopt niet. Zo ziet het eruit: {voorbeeld}; rol: {TeamRol.values}")


def plekken() -> list[Plek]:
    """Out: the mapping with the teams that exist; a team that nobody knows is left out and told in the server's log."""
    return list(_plekken(settings.OIDC_GROEPEN))


def _plekken(instelling: Mapping[str, Mapping[str, str]]) -> Iterator[Plek]:
    teams = Team.objects.select_related("organisatie")
    bekend = {naam: team for team in teams for naam in (str(team.pk), f"{team.organisatie} / {team}")}
    for groep, plek in instelling.items():
        team = bekend.get(plek["team"])
        if team is None:
            log.warning("OIDC_GROEPEN names a team that does not exist: %s", plek["team"])
        else:
            yield Plek(groep, team.pk, plek["rol"])
