"""Who works where today: the memberships that count, of accounts that are open."""

from datetime import date

from django.db.models import Q, QuerySet

from casussen.models import Casus, Lidmaatschap, Medewerker
from casussen.models.organisatie import TeamRol

# With these roles somebody works with the families of a team (rechten.casussen_van).
MET_GEZINNEN = (TeamRol.COORDINATOR, TeamRol.TEAMLID)


def lidmaatschappen(op: date) -> QuerySet[Lidmaatschap]:
    """in: a day; out: the memberships that count on it."""
    telt = Q(tot__isnull=True) | Q(tot__gte=op)
    return Lidmaatschap.objects.filter(telt, van__lte=op, medewerker__is_active=True)


def medewerkers(gevonden: QuerySet[Lidmaatschap]) -> QuerySet[Medewerker]:
    """in: memberships; out: whose they are, each person once."""
    return Medewerker.objects.filter(pk__in=gevonden.values("medewerker"))


def beheerders(casus: Casus, op: date) -> list[Medewerker]:
    """in: a casus, a day; out: the beheerders of its organisation."""
    van_organisatie = lidmaatschappen(op).filter(team__organisatie=casus.team.organisatie_id)
    return list(medewerkers(van_organisatie.filter(rol=TeamRol.BEHEERDER)))


def coordinatoren(casus: Casus, op: date) -> list[Medewerker]:
    """in: a casus, a day; out: its coordinator; when that person left the team, every coordinator of the team."""
    van_het_team = list(medewerkers(lidmaatschappen(op).filter(team=casus.team_id, rol=TeamRol.COORDINATOR)))
    return [mens for mens in van_het_team if mens.pk == casus.coordinator_id] or van_het_team
