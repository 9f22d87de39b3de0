"""Is the log whole? Walks the chain of seals and makes every seal again, without the functions of the database.

A seal is sha256(the seal before it + its day and number + the line as a JSON array). Whoever may switch the triggers
off can change a line; then it no longer fits its seal, or the seals no longer fit each other. Whoever makes the whole
chain anew is found with seals that were kept elsewhere: see docs/beheer.md.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

# How many lines come from the database at a time: memory stays the same for a thousand lines and for ten million.
PER_KEER = 5_000

# The columns in the order of the seal. A later column goes at the end, and counts only when it is filled.
KOLOMMEN = (
    "id", "op", "actor_soort", "actor_id", "medewerker_id", "casus_id", "daad", "object_soort", "object_id",
    "namens_soort", "namens_id", "request_id", "bron", "velden",
)  # fmt: skip
_ALS_TEKST = {
    "op": "to_char(r.op AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')",
    **{naam: f"r.{naam}::text" for naam in ("actor_id", "casus_id", "namens_id", "bron")},
}
_KETEN = " ".join(
    (
        "SELECT z.dag, z.nummer, z.hash, z.logregel_id,",
        ", ".join(_ALS_TEKST.get(naam, f"r.{naam}") for naam in KOLOMMEN),
        "FROM casussen_logzegel z LEFT JOIN casussen_logregel r ON r.id = z.logregel_id",
        "WHERE z.dag >= %s ORDER BY z.dag, z.nummer",
    )
)
_ZONDER_ZEGEL = """
    SELECT min(r.id), count(*) FROM casussen_logregel r
    WHERE (r.op AT TIME ZONE 'Europe/Amsterdam')::date >= %s
        AND NOT EXISTS (SELECT FROM casussen_logzegel z WHERE z.logregel_id = r.id)
"""
_BEWAARD = re.compile(r"logzegel (\d{4}-\d\d-\d\d) (\d+) ([0-9a-f]{64})( tot nu)?")


@dataclass(frozen=True)
class Dagzegel:
    """The last seal of one day, which stands for all lines up to it. `loopt`: there may come more lines that day."""

    dag: date
    aantal: int
    hash: str
    loopt: bool = False

    def __str__(self) -> str:
        return f"logzegel {self.dag} {self.aantal} {self.hash}{' tot nu' if self.loopt else ''}"


class Gebroken(Exception):
    """The log is not whole. The message says what and where, in Dutch."""


def bewaard(tekst: str) -> list[Dagzegel]:
    """in: lines with seals among them, of this check or of the application's log; out: those seals."""
    return [
        Dagzegel(date.fromisoformat(dag), int(aantal), hash_, bool(loopt))
        for dag, aantal, hash_, loopt in _BEWAARD.findall(tekst)
    ]


def zegel(vorige: str, dag: date, nummer: int, regel: Iterable[Any]) -> str:
    """in: the seal before it (empty for the first), day and number, the values of KOLOMMEN as text; out: the seal."""
    tekst = json.dumps(list(regel), ensure_ascii=False)
    return sha256(f"{vorige}{dag} {nummer} {tekst}".encode()).hexdigest()


def dagzegels(*, vanaf: date, tot: date) -> list[Dagzegel]:
    """in: from which day until (not with) which day; out: the last seal of each of those days, unchecked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (dag) dag, nummer, hash FROM casussen_logzegel"
            " WHERE dag >= %s AND dag < %s ORDER BY dag, nummer DESC",
            [vanaf, tot],
        )
        return [Dagzegel(*rij) for rij in cursor.fetchall()]


def controleer(*, vandaag: date, vanaf: date = date.min, kluis: Iterable[Dagzegel] = ()) -> Iterator[Dagzegel]:
    """Checks every line from a day on.

    in: today, from which day, seals that were kept elsewhere;
    out: day by day its last seal, while the check goes on; raises Gebroken at the first place that is not right.
    The first day that is checked is trusted to follow on what was before it, unless that is the beginning.
    """
    elders = _per_dag(kluis, vanaf)
    with transaction.atomic():
        for dag in _dagen(vanaf, vandaag, elders):
            elders.pop(dag.dag, None)
            yield dag
        if elders:
            weg = min(elders)
            raise Gebroken(f"De dag {weg} is weg: er is wel een zegel van bewaard.")
        _alles_heeft_een_zegel(vanaf)


def _per_dag(kluis: Iterable[Dagzegel], vanaf: date) -> dict[date, list[Dagzegel]]:
    per_dag: dict[date, list[Dagzegel]] = {}
    for kept in kluis:
        if kept.dag >= vanaf:
            per_dag.setdefault(kept.dag, []).append(kept)
    return per_dag


def _dagen(vanaf: date, vandaag: date, elders: Mapping[date, list[Dagzegel]]) -> Iterator[Dagzegel]:
    vorig = _laatste_voor(vanaf)
    for dag, nummer, hash_, logregel_id, *regel in _rijen(vanaf):
        nieuw = vorig is None or vorig.dag != dag
        if nieuw and vorig is not None and vorig.dag >= vanaf:
            yield _sluit(vorig, elders)
        _volgt(vorig, dag, nummer, logregel_id, regel, hash_)
        vorig = Dagzegel(dag, nummer, hash_, loopt=dag >= vandaag)
        _klopt_met(vorig, elders.get(dag, ()))
    if vorig is not None and vorig.dag >= vanaf:
        yield _sluit(vorig, elders)


def _rijen(vanaf: date) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_KETEN, [vanaf])
        while rijen := cursor.fetchmany(PER_KEER):
            yield from rijen


def _laatste_voor(vanaf: date) -> Dagzegel | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dag, nummer, hash FROM casussen_logzegel WHERE dag < %s ORDER BY dag DESC, nummer DESC LIMIT 1",
            [vanaf],
        )
        rij = cursor.fetchone()
    return Dagzegel(*rij) if rij else None


def _volgt(vorig: Dagzegel | None, dag: date, nummer: int, logregel_id: int, regel: list[Any], hash_: str) -> None:
    """Raises Gebroken when this seal does not follow on the one before it, or does not fit its line."""
    verwacht = vorig.aantal + 1 if vorig is not None and vorig.dag == dag else 1
    plek = f"{dag}, nummer {nummer} (logregel {logregel_id})"
    if nummer != verwacht:
        raise Gebroken(f"Vóór {plek} is iets weggehaald: nummer {verwacht} had er moeten staan.")
    if regel[0] is None:
        raise Gebroken(f"De regel van {plek} is weggehaald: het zegel is er nog.")
    if zegel(vorig.hash if vorig else "", dag, nummer, regel) == hash_:
        return
    if nummer > 1:
        raise Gebroken(f"De regel van {plek} is veranderd of vervangen, of het zegel is veranderd.")
    ervoor = vorig.dag if vorig else "het begin"
    raise Gebroken(
        f"De regel van {plek} sluit niet aan op {ervoor}: hij is veranderd, of daarvóór is een dag of het einde van"
        " een dag weggehaald."
    )


def _klopt_met(huidig: Dagzegel, elders: Iterable[Dagzegel]) -> None:
    for kept in elders:
        if kept.aantal == huidig.aantal and kept.hash != huidig.hash:
            raise Gebroken(
                f"Het zegel van {huidig.dag}, nummer {huidig.aantal}, is niet het zegel dat is bewaard:"
                " het logboek is opnieuw gemaakt."
            )


def _sluit(laatste: Dagzegel, elders: Mapping[date, list[Dagzegel]]) -> Dagzegel:
    """The last seal of a day; a kept one may not say that there were more lines, nor fewer when the day was over."""
    for kept in elders.get(laatste.dag, ()):
        if kept.aantal > laatste.aantal:
            raise Gebroken(f"Van {laatste.dag} zijn de regels na nummer {laatste.aantal} weggehaald.")
        if kept.aantal < laatste.aantal and not kept.loopt:
            raise Gebroken(f"Aan {laatste.dag} zijn na nummer {kept.aantal} later regels toegevoegd.")
    return laatste


def _alles_heeft_een_zegel(vanaf: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ZONDER_ZEGEL, [vanaf])
        eerste, aantal = cursor.fetchone()
    if aantal:
        raise Gebroken(f"Logregel {eerste} heeft geen zegel: buiten de toepassing om toegevoegd. Zo zijn er {aantal}.")
