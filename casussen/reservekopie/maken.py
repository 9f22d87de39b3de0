"""Making a backup."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from pyrage import x25519

from casussen.reservekopie import archief, postgres
from casussen.reservekopie.archief import BESTANDEN, DATABASE, Manifest
from casussen.reservekopie.fouten import Mislukt, Uitgang
from handreiking import __version__

# What is in VAR_DIR and can be made again. Everything else there comes along, so that nothing new is ever forgotten.
NIET_MEE = {"static", "celery", "postvak", "postgres", "demo", "demo.slot", "log", "tests"}
EIGEN = ".age"  # backups themselves


def maak(*, naar: Path, sleutels: list[x25519.Recipient], nu: datetime) -> tuple[Path, Manifest]:
    """Makes one backup.

    in: a new file or an existing folder, for whom, the time; out: the file and what is in it; raises Mislukt.
    """
    pad = naar / f"handreiking-{nu:%Y%m%d-%H%M%S}{EIGEN}" if naar.is_dir() else naar
    if pad.exists():
        raise Mislukt(Uitgang.SCHIJF, f"{pad} bestaat al en blijft zoals het is. Kies een andere naam.")
    server = postgres.hoofdversie()
    pg_dump, versie = postgres.programma("pg_dump", minstens=server)
    with postgres.een_moment() as moment:
        manifest = Manifest(
            versie=__version__,
            gemaakt_op=nu.isoformat(),
            postgres=server,
            pg_dump=versie,
            migraties=sorted(".".join(migratie) for migratie in MigrationRecorder(connection).applied_migrations()),
            aantallen=postgres.aantallen(),
        )
        archief.schrijf(pad, _delen(manifest, pg_dump, moment), sleutels)
    return pad, manifest


def _delen(manifest: Manifest, pg_dump: str, moment: str) -> Iterator[bytes]:
    """The tar, in pieces; the sums go into the manifest on the way."""
    yield from archief.in_stukken(DATABASE, postgres.dump(pg_dump, moment), manifest.sommen)
    for pad in bestanden(settings.VAR_DIR):
        yield from archief.bestand(f"{BESTANDEN}{pad.relative_to(settings.VAR_DIR)}", pad, manifest.sommen)
    yield from archief.einde(manifest)


def bestanden(map_: Path) -> Iterator[Path]:
    """in: VAR_DIR; out: the files in it that count."""
    for plek, mappen, namen in os.walk(map_):
        if Path(plek) == map_:
            mappen[:] = [naam for naam in mappen if naam not in NIET_MEE]
            namen = [naam for naam in namen if naam not in NIET_MEE]
        mappen.sort()
        for naam in sorted(namen):
            pad = Path(plek) / naam
            if pad.is_file() and not pad.is_symlink() and pad.suffix != EIGEN and not naam.startswith(archief.DEELS):
                yield pad
