"""The chain of the log in tests: what a superuser can do to it, and the same chain made in another way."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connection

from casussen import actor, logboek
from casussen.models import Logregel


def schrijf(aantal: int = 1, daad: str = "las") -> list[Logregel]:
    """Writes so many lines, as an actie does."""
    return [logboek.schrijf(door=actor.klok(), daad=daad, casus_id=None) for _keer in range(aantal)]


def sql(tekst: str, *waarden: Any) -> None:
    """One statement, straight to the database."""
    with connection.cursor() as cursor:
        cursor.execute(tekst, waarden or None)


def rijen(tekst: str, *waarden: Any) -> list[tuple[Any, ...]]:
    """What one query gives."""
    with connection.cursor() as cursor:
        cursor.execute(tekst, waarden or None)
        return list(cursor.fetchall())


def verzegel() -> None:
    """What the end of the transaction does: every line gets its seal."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    sql("SET CONSTRAINTS ALL DEFERRED")


@contextmanager
def als_superuser() -> Iterator[None]:
    """Somebody who may do everything in the database, and switches off what protects the log."""
    verzegel()
    sql("SET session_replication_role = replica")
    try:
        yield
    finally:
        sql("SET session_replication_role = origin")


def maak_de_keten_opnieuw(dag_van: Callable[[int], date]) -> None:
    """As a superuser: all seals anew. in: the day for a line, by its place (0 is the first)."""
    with als_superuser():
        sql("DELETE FROM casussen_logzegel")
        vorige, nummers = "", dict[date, int]()
        regels = rijen("SELECT r.id, casussen_logtekst(r) FROM casussen_logregel r ORDER BY r.id")
        for plaats, (pk, tekst) in enumerate(regels):
            dag = dag_van(plaats)
            nummers[dag] = nummers.get(dag, 0) + 1
            vorige = sha256(f"{vorige}{dag} {nummers[dag]} {tekst}".encode()).hexdigest()
            sql("INSERT INTO casussen_logzegel VALUES (%s, %s, %s, %s)", pk, dag, nummers[dag], vorige)


def controleer(**opties: Any) -> str:
    """What `manage.py controleer_logboek` prints; raises CommandError when the log is not whole."""
    uitvoer = StringIO()
    call_command("controleer_logboek", stdout=uitvoer, **opties)
    return uitvoer.getvalue()
