"""Counts per team, for beleid: never about fewer than five, never a name, never a total that gives one away.

Families and children are counted apart. A number under five stays hidden, and so does one from which such a number
could be calculated: when fewer than five of the open ones lack something, the page says "bijna alle".
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _l

from casussen.models import Casus, Evaluatie, Gezinslid, Organisatie, Team, Vaststelling
from casussen.taal.aanspreken import VOLWASSEN

KLEINSTE_GROEP = 5
PERIODE = timedelta(days=90)
MINDER = _l("minder dan 5")
BIJNA_ALLE = _l("bijna alle")
VERBORGEN = _l("verborgen")

MATEN: dict[str, str | Promise] = {
    "lopend": _l("Lopen nu"),
    "vastgesteld": _l("Daarvan met een vastgestelde versie"),
    "gepland": _l("Daarvan met een dag om terug te kijken"),
    "teruggekeken": _l("Keken terug in de laatste 90 dagen"),
    "afgesloten": _l("Dit jaar afgesloten"),
}
VAN_LOPEND = {"vastgesteld", "gepland"}


@dataclass(frozen=True)
class Telling:
    """One line: what is counted, of how many families and inwoners, and of how many children; as it may be shown."""

    naam: str | Promise
    casussen: str | Promise
    kinderen: str | Promise


@dataclass(frozen=True)
class TeamTelling:
    """The counts of one team."""

    team: Team
    tellingen: list[Telling]


def per_team(organisaties: QuerySet[Organisatie], op: date) -> list[TeamTelling]:
    """in: organisations, today; out: the counts of each of their teams (three queries, however many casussen)."""
    casussen = _tel(Casus.objects.filter(team__organisatie__in=organisaties), "", op)
    kinderen = Gezinslid.objects.filter(is_kind(op), weg_op__isnull=True, casus__team__organisatie__in=organisaties)
    per_kind = _tel(kinderen, "casus__", op)
    teams = Team.objects.filter(organisatie__in=organisaties).select_related("organisatie")
    return [
        TeamTelling(team, [_telling(maat, casussen.get(team.pk), per_kind.get(team.pk)) for maat in MATEN])
        for team in teams.order_by("organisatie__naam", "naam")
    ]


def is_kind(op: date) -> Q:
    """in: a day; out: the condition on Gezinslid for being a child then, as taal.aanspreken.is_jong has it."""
    achttien_jaar_terug = op.replace(year=op.year - VOLWASSEN, day=min(op.day, 28) if op.month == 2 else op.day)
    return Q(geboren__gt=achttien_jaar_terug) | Q(geboren__isnull=True, relatie="kind")


def _tel(rijen: QuerySet[Any], pad: str, op: date) -> dict[UUID, dict[str, int]]:
    """in: rows, how they lead to their casus; out: per team how many there are of each of MATEN."""
    casus = OuterRef(pad.removesuffix("__") or "pk")
    evaluaties = Evaluatie.objects.filter(casus=casus)
    lopend = Q(**{f"{pad}afgesloten_op__isnull": True})
    filters = {
        "lopend": lopend,
        "vastgesteld": lopend & Q(Exists(Vaststelling.objects.filter(casus=casus))),
        "gepland": lopend & Q(Exists(evaluaties.filter(gehouden_op__isnull=True))),
        "teruggekeken": Q(Exists(evaluaties.filter(gehouden_op__date__gt=op - PERIODE))),
        "afgesloten": Q(**{f"{pad}afgesloten_op__year": op.year}),
    }
    tellingen = {maat: Count("pk", filter=filters[maat]) for maat in MATEN}
    return {rij[f"{pad}team"]: rij for rij in rijen.order_by().values(f"{pad}team").annotate(**tellingen)}


def _telling(maat: str, casussen: dict[str, int] | None, kinderen: dict[str, int] | None) -> Telling:
    van_casussen, van_kinderen = casussen or dict.fromkeys(MATEN, 0), kinderen or dict.fromkeys(MATEN, 0)
    gezinnen = te_tonen(maat, van_casussen)
    if gezinnen is MINDER:
        return Telling(MATEN[maat], MINDER, VERBORGEN)
    # Of fewer than five families nothing can be told, also not how many children they have.
    return Telling(MATEN[maat], gezinnen, BIJNA_ALLE if gezinnen is BIJNA_ALLE else te_tonen(maat, van_kinderen))


def te_tonen(maat: str, aantallen: dict[str, int]) -> str | Promise:
    """in: one of MATEN, the numbers; out: that number, or the words that hide it."""
    aantal = aantallen[maat]
    if aantal < KLEINSTE_GROEP:
        return MINDER
    if maat in VAN_LOPEND and 0 < aantallen["lopend"] - aantal < KLEINSTE_GROEP:
        return BIJNA_ALLE
    return str(aantal)
