"""Writing the log. Every actie calls this in its own transaction: a failed line fails the act."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from casussen.actor import Actor
from casussen.models import Logregel

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
    persoon: Any = door.deelnemer or door.gezinslid
    return Logregel.objects.create(
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
