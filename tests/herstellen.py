"""What the tests of backup and restore share: a second database, keys, and the rows of a whole database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection
from pyrage import x25519


@contextmanager
def nieuwe_database() -> Iterator[str]:
    """A database without anything in it, for as long as the block lasts; gives its name."""
    naam = f"{connection.settings_dict['NAME']}_herstel"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {naam}")
        cursor.execute(f"CREATE DATABASE {naam} TEMPLATE template0")
    try:
        yield naam
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {naam} WITH (FORCE)")


@contextmanager
def in_database(naam: str) -> Iterator[None]:
    """Everything in the block happens in another database."""
    eigen = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = naam
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = eigen


@dataclass
class Sleutel:
    """A key of age: the public half, and the file with the secret half."""

    openbaar: str
    bestand: Path


def maak_sleutel(bestand: Path) -> Sleutel:
    """Makes a key as age-keygen does."""
    geheim = x25519.Identity.generate()
    bestand.write_text(f"# created: 2026-11-22\n# public key: {geheim.to_public()}\n{geheim}\n")
    return Sleutel(str(geheim.to_public()), bestand)


def rijen() -> dict[str, list[str]]:
    """Every row of every table as text, and the definitions of triggers, functions, indexes and constraints."""
    with connection.cursor() as cursor:
        gevonden = {}
        for tabel in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(tabel)} t")  # noqa: S608
            gevonden[tabel] = sorted(rij for (rij,) in cursor.fetchall())
        for soort, vraag in BOUW.items():
            cursor.execute(vraag)
            gevonden[soort] = sorted(str(rij) for rij in cursor.fetchall())
    return gevonden


# Of indexes and constraints the names: PostgreSQL writes their expressions a little differently when it reads them.
BOUW = {
    "triggers": """SELECT pg_get_triggerdef(oid), tgenabled, tgdeferrable, tginitdeferred FROM pg_trigger
        WHERE NOT tgisinternal""",
    "functies": """SELECT pg_get_functiondef(oid), prosecdef, proacl IS NULL FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace""",
    "indexen": "SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'",
    "regels": """SELECT conrelid::regclass, conname, convalidated FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace""",
    "kolommen": """SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "tellers": "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
}


def zeg(opdracht: str, *woorden: Any) -> str:
    """in: a management command and its words; out: what it says."""
    uit = StringIO()
    call_command(opdracht, *(str(woord) for woord in woorden), stdout=uit)
    return uit.getvalue()


def geweigerd(opdracht: str, *woorden: Any) -> tuple[int, str]:
    """in: a management command that must refuse; out: its exit code and its sentence."""
    try:
        zeg(opdracht, *woorden)
    except CommandError as fout:
        return int(fout.returncode), str(fout)
    raise AssertionError(f"{opdracht} did not refuse")
