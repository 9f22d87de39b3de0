"""The file of a backup: a tar of the database in pieces, the files, and at the end a manifest; encrypted with age.

Everything streams: no more than a few pieces of 4 MiB are in memory, and nothing unencrypted stands on a disk. With
`age -d` and `tar` somebody can also read it without this software (docs/beheer.md).
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

import pyrage
from pyrage import x25519

from casussen.reservekopie.fouten import Mislukt, Uitgang, van_de_schijf

FORMAAT = 1
BEGIN = b"age-encryption.org/v1\n"
DATABASE = "database.dump"
BESTANDEN = "bestanden/"
MANIFEST = "manifest.json"
DEELS = ".reservekopie-"  # how the file is called while it is being written
BLOK = 1024 * 1024


@dataclass
class Manifest:
    """What the file holds. The sums are SHA-256; `postgres` and `pg_dump` are main versions."""

    versie: str
    gemaakt_op: str
    postgres: int
    pg_dump: int
    migraties: list[str]
    aantallen: dict[str, int]
    sommen: dict[str, str] = field(default_factory=dict)
    formaat: int = FORMAAT


# Writing


def schrijf(pad: Path, delen: Iterable[bytes], sleutels: list[x25519.Recipient]) -> None:
    """Encrypts the pieces into a new file that only its owner may read, and names it when it is whole.

    in: the file, the pieces of the tar, for whom; raises Mislukt, and what the pieces raise.
    """
    bron = _Bron(iter(delen))
    try:
        with tempfile.NamedTemporaryFile(dir=pad.parent, prefix=DEELS, delete=False, buffering=0) as deel:
            doel = _Doel(deel)
            try:
                pyrage.encrypt_io(bron, doel, sleutels)
                os.fsync(deel.fileno())
                Path(deel.name).rename(pad)
            except pyrage.EncryptError as fout:
                raise bron.fout or doel.fout or fout from None
            finally:
                Path(deel.name).unlink(missing_ok=True)
    except OSError as fout:
        raise van_de_schijf(fout, f"het schrijven van {pad}") from None


def in_stukken(naam: str, delen: Iterable[bytes], sommen: dict[str, str]) -> Iterator[bytes]:
    """in: what it is, the pieces, where its sum goes; out: a numbered member of the tar for each piece."""
    som = hashlib.sha256()
    for nummer, deel in enumerate(delen):
        som.update(deel)
        yield from lid(f"{naam}.{nummer:06}", len(deel), [deel])
    sommen[naam] = som.hexdigest()


def bestand(naam: str, pad: Path, sommen: dict[str, str]) -> Iterator[bytes]:
    """in: its name in the tar, the file, where its sum goes; out: the member; raises Mislukt when it shrinks."""
    som = hashlib.sha256()
    try:
        with pad.open("rb") as inhoud:
            lengte = os.fstat(inhoud.fileno()).st_size

            def delen() -> Iterator[bytes]:
                te_gaan = lengte
                while te_gaan:
                    deel = inhoud.read(min(BLOK, te_gaan))
                    if not deel:
                        raise Mislukt(Uitgang.SCHIJF, f"{pad} werd korter tijdens het lezen. Probeer het opnieuw.")
                    te_gaan -= len(deel)
                    som.update(deel)
                    yield deel

            yield from lid(naam, lengte, delen())
    except OSError as fout:
        raise van_de_schijf(fout, f"het lezen van {pad}") from None
    sommen[naam] = som.hexdigest()


def lid(naam: str, lengte: int, delen: Iterable[bytes]) -> Iterator[bytes]:
    """in: name, length and pieces; out: one member of a tar."""
    kop = tarfile.TarInfo(naam)
    kop.size, kop.mode = lengte, 0o600
    yield kop.tobuf()
    yield from delen
    yield bytes(-lengte % tarfile.BLOCKSIZE)


def einde(manifest: Manifest) -> Iterator[bytes]:
    """in: the manifest, with its sums; out: the last pieces of the tar."""
    tekst = json.dumps(asdict(manifest), indent=1).encode()
    yield from lid(MANIFEST, len(tekst), [tekst])
    yield bytes(tarfile.RECORDSIZE)


class _Bron:
    """What age reads from. It keeps the error, of which pyrage only passes the words on."""

    def __init__(self, delen: Iterator[bytes]) -> None:
        self.delen, self.rest = delen, memoryview(b"")
        self.fout: Exception | None = None

    def read(self, hoeveel: int) -> bytes:
        """Out: at most so many bytes; nothing at the end."""
        try:
            while not self.rest and (deel := next(self.delen, None)) is not None:
                self.rest = memoryview(deel)
        except Exception as fout:
            self.fout = fout
            raise
        deel, self.rest = bytes(self.rest[:hoeveel]), self.rest[hoeveel:]
        return deel


class _Doel:
    """What age writes to. It keeps the error, as _Bron does."""

    def __init__(self, bestand: IO[bytes]) -> None:
        self.bestand = bestand
        self.fout: OSError | None = None

    def write(self, deel: bytes) -> int:
        """Writes it, or a part of it; out: how much."""
        try:
            return self.bestand.write(deel)
        except OSError as fout:
            self.fout = fout
            raise

    def flush(self) -> None:
        """Nothing: `schrijf` sees to it."""


# Reading


def controleer(pad: Path, sleutels: list[x25519.Identity]) -> Manifest:
    """Reads the whole file and checks every sum, without writing anything.

    in: the file, the identities; out: its manifest; raises Mislukt: wrong key, damaged, another kind of file.
    """
    sommen: dict[str, hashlib._Hash] = {}
    tekst = b""
    with leden(pad, sleutels) as tar:
        for kop, inhoud in tar:
            if kop.name == MANIFEST:
                tekst = inhoud.read()
                continue
            som = sommen.setdefault(waarvan(kop.name), hashlib.sha256())
            while deel := inhoud.read(BLOK):
                som.update(deel)
    try:
        manifest = Manifest(**json.loads(tekst))
    except (ValueError, TypeError):
        raise Mislukt(Uitgang.ANDER_BESTAND, f"{pad.name} is geen reservekopie van Handreiking.") from None
    if manifest.formaat != FORMAAT:
        raise Mislukt(Uitgang.ANDERE_VERSIE, f"{pad.name} is van een nieuwere Handreiking ({manifest.versie}).")
    if manifest.sommen != {naam: som.hexdigest() for naam, som in sommen.items()}:
        raise _beschadigd(pad)
    return manifest


def waarvan(naam: str) -> str:
    """in: the name of a member; out: the same without the number of a piece of the database."""
    return DATABASE if naam.startswith(f"{DATABASE}.") else naam


@contextmanager
def leden(pad: Path, sleutels: list[x25519.Identity]) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """Gives the members of the tar, in order, each with its content. A thread decrypts while the block reads.

    in: the file, the identities; raises Mislukt, at the latest at the end of the block, which reads to the last byte.
    """
    fouten: list[Exception] = []
    is_tar = True
    uit, naar = os.pipe()
    draad = threading.Thread(target=_ontsleutel, args=(pad, naar, sleutels, fouten))
    draad.start()
    with os.fdopen(uit, "rb") as stroom:
        try:
            with tarfile.open(fileobj=stroom, mode="r|") as tar:
                yield _gewone_bestanden(tar)
            while stroom.read(BLOK):
                pass
        except tarfile.TarError:
            is_tar = False
        finally:
            stroom.close()
            draad.join()
    # What age says goes first: a tar that ends too soon does so because the file is damaged.
    if fouten:
        raise _uitleg(pad, fouten[0])
    if not is_tar:
        raise Mislukt(Uitgang.ANDER_BESTAND, f"{pad.name} is geen reservekopie van Handreiking.")


def pak_uit(kop: tarfile.TarInfo, inhoud: IO[bytes], map_: Path) -> None:
    """in: a member under BESTANDEN, its content, where it goes; raises TarError when it points outside that folder."""
    veilig = tarfile.data_filter(kop.replace(name=kop.name.removeprefix(BESTANDEN), deep=False), str(map_))
    pad = map_ / veilig.name
    try:
        pad.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=pad.parent, prefix=DEELS, delete=False) as deel:
            shutil.copyfileobj(inhoud, deel)
        Path(deel.name).rename(pad)
    except OSError as fout:
        raise van_de_schijf(fout, f"het schrijven van {pad}") from None


def _gewone_bestanden(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for kop in tar:
        inhoud = tar.extractfile(kop) if kop.isreg() else None
        if inhoud is None:
            raise tarfile.ReadError(kop.name)
        yield kop, inhoud


def _ontsleutel(pad: Path, naar: int, sleutels: list[x25519.Identity], fouten: list[Exception]) -> None:
    with os.fdopen(naar, "wb", buffering=0) as pijp:
        doel = _Doel(pijp)
        try:
            with pad.open("rb") as bestand:
                pyrage.decrypt_io(bestand, doel, sleutels)
        except (pyrage.DecryptError, OSError) as fout:
            if not doel.fout:  # else the reader stopped, and knows why
                fouten.append(fout)


def _uitleg(pad: Path, fout: Exception) -> Mislukt:
    """in: what pyrage or the file system said; out: the same for an operator."""
    if isinstance(fout, OSError) and fout.errno:
        return van_de_schijf(fout, f"het lezen van {pad}")
    if "No matching keys" in str(fout):
        return Mislukt(Uitgang.SLEUTEL, f"{pad.name} is niet met deze sleutel te openen. Er is niets veranderd.")
    return _beschadigd(pad)


def _beschadigd(pad: Path) -> Mislukt:
    zin = f"{pad.name} is beschadigd of niet heel. Er is niets veranderd. Neem een andere reservekopie."
    return Mislukt(Uitgang.BESCHADIGD, zin)
