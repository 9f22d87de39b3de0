"""The cast from stock: made once per test process through the acties, then put back as rows for every test.

Making a family takes some three hundred queries; copying its rows takes about twenty.
"""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection, transaction

from casussen.models import Logzegel

T = TypeVar("T")

_voorraad: dict[str, tuple[Any, dict[str, bytes]]] = {}


def uit_voorraad(naam: str, maak: Callable[[], T]) -> T:
    """in: a name, and what makes the thing with its rows; out: the thing, its rows in the database."""
    if naam not in _voorraad:
        with transaction.atomic():
            ding = maak()
            _voorraad[naam] = (ding, {tabel: rijen for tabel in _tabellen() if (rijen := _lees(tabel))})
            transaction.set_rollback(True)
    ding, tabellen = _voorraad[naam]
    # Foreign keys are checked at the end of the transaction, so any order of tables will do.
    with transaction.atomic():
        for tabel, rijen in tabellen.items():
            _schrijf(tabel, rijen)
    gekopieerd: T = copy.deepcopy(ding)
    return gekopieerd


def _tabellen() -> list[str]:
    modellen = apps.get_app_config("casussen").get_models(include_auto_created=True)
    # The database seals the lines of the log anew.
    return [model._meta.db_table for model in modellen if model is not Logzegel]


def _lees(tabel: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {tabel} TO STDOUT") as stroom:
        return b"".join(bytes(deel) for deel in stroom)


def _schrijf(tabel: str, rijen: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {tabel} FROM STDIN") as stroom:
        stroom.write(rijen)
