"""Writing the log. Every actie calls this in its own transaction: a failed line fails the act."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from casussen.actor import Actor
from casussen.models import Deelnemer, Logregel

# Among the fields of a line: done during emergency access.
NOODTOEGANG = "noodtoegang"


def schrijf(
    *,
    door: Actor,
    daad: str,
    casus_id: UUID | None,
    over: models.Model | None = None,
    velden: Iterable[str] = (),
) -> Logregel:
    """Writes one line.

    in: who, the deed (a verb from overzicht/logboek.py), the casus, the record it is about, names of changed fields;
    out: the saved line. Never give it a text of the casus.
    """
    regel = _regel(door=door, daad=daad, casus_id=casus_id, over=over, velden=velden)
    regel.save(force_insert=True)
    return regel


def schrijf_gelezen(*, wie: Sequence[tuple[Actor, Deelnemer]], plek: str) -> None:
    """in: who reads which part, in several casussen at once, and where; writes a line for each, in one query."""
    Logregel.objects.bulk_create(
        _regel(door=door, daad="las", casus_id=deel.casus_id, over=deel, velden=[plek]) for door, deel in wie
    )


def _regel(
    *, door: Actor, daad: str, casus_id: UUID | None, over: models.Model | None, velden: Iterable[str]
) -> Logregel:
    persoon: Any = door.deelnemer or door.gezinslid
    return Logregel(
        actor_soort=door.soort,
        actor_id=persoon.pk if persoon else None,
        medewerker_id=door.medewerker.pk if door.medewerker else None,
        casus_id=casus_id,
        daad=daad,
        object_soort=over._meta.model_name or "" if over else "",
        object_id=str(over.pk) if over else "",
        velden=sorted([*velden, NOODTOEGANG] if door.noodtoegang else velden),
        namens_soort=door.namens._meta.model_name or "" if door.namens else "",
        namens_id=door.namens.pk if door.namens else None,
        request_id=door.request_id,
        bron=door.bron,
    )


def las_sinds(sinds: datetime, *, door: Actor, casus_id: UUID, velden: Iterable[str]) -> bool:
    """in: a moment, who, a casus, what the line must name; out: whether this person read it since then."""
    persoon: Any = door.deelnemer or door.gezinslid
    return Logregel.objects.filter(
        casus_id=casus_id,
        daad="las",
        medewerker_id=door.medewerker.pk if door.medewerker else None,
        actor_id=persoon.pk if persoon else None,
        velden__contains=list(velden),
        op__gte=sinds,
    ).exists()


def gelezen_sinds(sinds: datetime, *, wie: Sequence[tuple[Actor, Deelnemer]]) -> set[UUID]:
    """in: a moment, who reads which part; out: the ids of the parts that the same person read since then."""
    delen = [deel.pk for _door, deel in wie]
    staf = [door.medewerker.pk for door, _deel in wie if door.medewerker]
    zelf = Q(medewerker_id__in=staf) if staf else Q(medewerker_id__isnull=True, actor_id__in=delen)
    regels = Logregel.objects.filter(
        zelf, daad="las", object_soort=Deelnemer._meta.model_name, object_id__in=map(str, delen), op__gte=sinds
    )
    return {UUID(pk) for pk in regels.values_list("object_id", flat=True)}
