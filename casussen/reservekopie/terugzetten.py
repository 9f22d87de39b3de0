"""Putting a backup back."""

from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from pyrage import x25519

from casussen.reservekopie import archief, postgres
from casussen.reservekopie.archief import BESTANDEN, DATABASE, Manifest
from casussen.reservekopie.fouten import Mislukt, Uitgang, van_de_schijf


def bekijk(pad: Path, sleutels: list[x25519.Identity]) -> Manifest:
    """Looks whether a backup can be put back here, and changes nothing.

    in: the file, the secret keys; out: what is in it; raises Mislukt: wrong key, damaged, another kind of file,
    or made by a newer version.
    """
    try:
        with pad.open("rb") as bestand:
            begin = bestand.read(len(archief.BEGIN))
    except OSError as fout:
        raise van_de_schijf(fout, f"het lezen van {pad}") from None
    if begin != archief.BEGIN:
        raise Mislukt(Uitgang.ANDER_BESTAND, f"{pad.name} is geen reservekopie: het is niet met age versleuteld.")
    manifest = archief.controleer(pad, sleutels)
    _pas_op_nieuwer(manifest)
    return manifest


def controleer_stilte() -> None:
    """Nothing may write while a backup is put back. raises Mislukt when somebody else is in the database."""
    if ander := postgres.andere_verbindingen():
        zin = f"De database is nog in gebruik ({ander}). Stop eerst web, worker en beat. Er is niets veranderd."
        raise Mislukt(Uitgang.NIET_LEEG, zin)


def _pas_op_nieuwer(manifest: Manifest) -> None:
    bekend = {".".join(migratie) for migratie in MigrationLoader(None).disk_migrations}
    if onbekend := [naam for naam in manifest.migraties if naam not in bekend]:
        raise Mislukt(
            Uitgang.ANDERE_VERSIE,
            f"Deze reservekopie is van een andere versie van Handreiking ({manifest.versie}): deze kent "
            f"{', '.join(onbekend[:3])} niet. Installeer eerst die versie. Er is niets veranderd.",
        )
    if manifest.postgres > postgres.hoofdversie():
        raise Mislukt(
            Uitgang.ANDERE_VERSIE,
            f"Deze reservekopie komt uit PostgreSQL {manifest.postgres}; hier draait {postgres.hoofdversie()}. "
            f"Neem een server met versie {manifest.postgres} of nieuwer. Er is niets veranderd.",
        )


def zet_terug(
    pad: Path, sleutels: list[x25519.Identity], manifest: Manifest, *, leegmaken: bool, nu: datetime
) -> dict[str, int]:
    """Puts everything back, or nothing.

    in: the file, the secret keys, what `bekijk` gave, whether what is in the database goes away, the time; out: the
    number of rows of every table; raises Mislukt: then the database is as it was.
    """
    if not (leegmaken or postgres.is_leeg()):
        raise Mislukt(Uitgang.NIET_LEEG, "De database is niet leeg. Neem een lege database, of geef --leegmaken.")
    pg_restore, _versie = postgres.programma("pg_restore", minstens=max(manifest.pg_dump, postgres.hoofdversie()))
    try:
        with postgres.apart_gezet(f"{nu:%Y%m%d%H%M%S}") if leegmaken else nullcontext():
            _zet_database_terug(pad, sleutels, pg_restore)
            geteld = postgres.aantallen()
            if geteld != manifest.aantallen:
                raise Mislukt(Uitgang.DATABASE, "Na het terugzetten kloppen de aantallen rijen niet.")
    except DatabaseError as fout:
        raise Mislukt(Uitgang.DATABASE, f"PostgreSQL weigert: {str(fout).splitlines()[0]}.") from None
    _zet_bestanden_terug(pad, sleutels, manifest)
    return geteld


def _zet_database_terug(pad: Path, sleutels: list[x25519.Identity], pg_restore: str) -> None:
    # Our own connection waits outside: nothing of it may be in the way.
    connection.close()
    with archief.leden(pad, sleutels) as leden, postgres.terugzetter(pg_restore) as uit:
        for kop, inhoud in leden:
            if archief.waarvan(kop.name) == DATABASE:
                while deel := inhoud.read(archief.BLOK):
                    uit.write(deel)


def _zet_bestanden_terug(pad: Path, sleutels: list[x25519.Identity], manifest: Manifest) -> None:
    if not any(naam.startswith(BESTANDEN) for naam in manifest.sommen):
        return
    with archief.leden(pad, sleutels) as leden:
        for kop, inhoud in leden:
            if kop.name.startswith(BESTANDEN):
                archief.pak_uit(kop, inhoud, settings.VAR_DIR)
