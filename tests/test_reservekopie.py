"""Backup and restore: a real round trip through pg_dump, age and pg_restore, and every refusal."""

import hashlib
import io
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pyrage import x25519
from pytest_django import Settings

from casussen.acties.vaststellen import stel_vast
from casussen.models import Bericht, Casus, Logregel
from casussen.reservekopie import Mislukt, Uitgang, maken, sleutels, terugzetten
from tests.cast import Kuipers
from tests.herstellen import Sleutel, geweigerd, in_database, maak_sleutel, nieuwe_database, rijen, zeg

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def sleutel(tmp_path: Path) -> Sleutel:
    """The operator's key."""
    return maak_sleutel(tmp_path / "sleutel.txt")


@pytest.fixture
def familie(kuipers: Kuipers, settings: Settings, tmp_path: Path) -> Kuipers:
    """A family with a fixed version, so with mails that wait in the outbox; and a folder VAR_DIR of its own."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    settings.VAR_DIR = tmp_path / "var"
    settings.VAR_DIR.mkdir()
    return kuipers


@pytest.fixture
def kopie(familie: Kuipers, sleutel: Sleutel, tmp_path: Path) -> Path:
    """A backup of that family."""
    zeg("reservekopie", "--naar", tmp_path / "kopie.age", "--sleutel", sleutel.openbaar)
    return tmp_path / "kopie.age"


@pytest.fixture
def leeg(familie: Kuipers) -> Iterator[str]:
    """Another database, empty."""
    with nieuwe_database() as naam:
        yield naam


# There and back


def test_every_row_of_every_table_comes_back_as_it_was(kopie: Path, sleutel: Sleutel, leeg: str) -> None:
    eerst = rijen()
    geheim = sleutels.identiteiten(sleutel.bestand)
    with in_database(leeg):
        manifest = terugzetten.bekijk(kopie, geheim)
        geteld = terugzetten.zet_terug(kopie, geheim, manifest, leegmaken=False, nu=timezone.now())
        assert rijen() == eerst
    assert geteld == manifest.aantallen
    assert geteld["casussen_logregel"] == geteld["casussen_logzegel"] > 10
    assert len(eerst["triggers"]) >= 5


def test_the_site_goes_on_with_what_was_put_back(
    kopie: Path, sleutel: Sleutel, leeg: str, familie: Kuipers, client: Client
) -> None:
    client.force_login(familie.teams.sanne)
    oude_sessie = client.cookies["sessionid"].value
    zeg("reservekopie", "--naar", kopie.parent / "tweede.age", "--sleutel", sleutel.openbaar)
    onderweg = Bericht.objects.filter(status="klaar").count()
    with in_database(leeg):
        gezegd = zeg("herstel", kopie.parent / "tweede.age", "--identiteit", sleutel.bestand)

        assert f"Van {onderweg} mails is niet zeker" in gezegd
        assert "Het logboek klopt" in gezegd
        assert Logregel.objects.latest("pk").daad == "zette_reservekopie_terug"
        # Mail that may have left already does not leave again, and who was signed in signs in again.
        assert onderweg > 0
        assert not Bericht.objects.filter(status="klaar").exists()
        client.cookies["sessionid"] = oude_sessie
        assert client.get(f"/casussen/{familie.casus.pk}/").status_code == 302
        client.force_login(familie.teams.sanne)
        assert "Gezin Kuipers" in client.get(f"/casussen/{familie.casus.pk}/").content.decode()
        with pytest.raises(Exception, match="niet toegestaan"), connection.cursor() as cursor:
            cursor.execute("DELETE FROM casussen_logregel")


def test_a_full_database_is_emptied_only_by_typing_its_name(
    kopie: Path, sleutel: Sleutel, leeg: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    herstel = ("herstel", str(kopie), "--identiteit", str(sleutel.bestand))
    with in_database(leeg):
        zeg(*herstel)
        Casus.objects.update(naam="Gezin Later")
        code, zin = geweigerd(*herstel)
        assert (code, "niet leeg" in zin) == (Uitgang.NIET_LEEG, True)
        for getypt in ("", "ja\n"):
            monkeypatch.setattr(sys, "stdin", io.StringIO(getypt))
            code, zin = geweigerd(*herstel, "--leegmaken")
            assert (code, "niet de naam" in zin) == (Uitgang.NIET_LEEG, True)
        assert Casus.objects.get().naam == "Gezin Later"

        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{leeg}\n"))
        assert "Het logboek klopt" in zeg(*herstel, "--leegmaken")
        assert Casus.objects.get().naam == "Gezin Kuipers"
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'handreiking_oud%'")
            assert cursor.fetchone() == (0,)


def test_when_putting_back_fails_halfway_what_was_there_is_still_there(
    kopie: Path, sleutel: Sleutel, leeg: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_database(leeg):
        zeg("herstel", kopie, "--identiteit", sleutel.bestand)
        Casus.objects.update(naam="Gezin Later")
        with connection.cursor() as cursor:
            # From now on PostgreSQL refuses to make the triggers, which come last.
            cursor.execute(
                "CREATE FUNCTION weiger() RETURNS event_trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'geen triggers vandaag'; END $$"
            )
            cursor.execute("CREATE EVENT TRIGGER weiger ON ddl_command_start WHEN TAG IN ('CREATE TRIGGER') "
                           "EXECUTE FUNCTION weiger()")  # fmt: skip
        eerst = rijen()
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{leeg}\n"))
        code, zin = geweigerd("herstel", kopie, "--identiteit", sleutel.bestand, "--leegmaken")
        assert code == Uitgang.DATABASE
        assert "geen triggers vandaag" in zin
        assert "niets veranderd" in zin
        assert rijen() == eerst


def test_files_in_var_come_along_unless_they_can_be_made_again(
    familie: Kuipers, sleutel: Sleutel, leeg: str, settings: Settings, tmp_path: Path
) -> None:
    var = Path(settings.VAR_DIR)
    inhoud = {"bijlagen/een lange naam é.bin": os.urandom(3_000_000), "leeg.txt": b"", "bijlagen/b.txt": b"b"}
    for naam, bytes_ in inhoud.items():
        (var / naam).parent.mkdir(exist_ok=True)
        (var / naam).write_bytes(bytes_)
    (var / "static").mkdir()
    (var / "static" / "stijl.css").write_text("a{}")
    (var / "bijlagen" / "elders").symlink_to("/etc/passwd")
    zeg("reservekopie", "--naar", var, "--sleutel", sleutel.openbaar)
    (kopie,) = var.glob("handreiking-*.age")
    settings.VAR_DIR = tmp_path / "nieuw"
    with in_database(leeg):
        zeg("herstel", kopie, "--identiteit", sleutel.bestand)
    terug = {
        str(pad.relative_to(settings.VAR_DIR)): pad.read_bytes()
        for pad in Path(settings.VAR_DIR).rglob("*")
        if pad.is_file()
    }
    assert terug == inhoud


def test_standard_tools_can_open_it_too(kopie: Path, sleutel: Sleutel, tmp_path: Path) -> None:
    """What docs/beheer.md says for the day that this software does not start."""
    with tarfile.open(
        fileobj=io.BytesIO(pyrage.decrypt(kopie.read_bytes(), sleutels.identiteiten(sleutel.bestand)))
    ) as tar:
        tar.extractall(tmp_path / "uit", filter="data")
    delen = sorted((tmp_path / "uit").glob("database.dump.*"))
    (tmp_path / "database.dump").write_bytes(b"".join(deel.read_bytes() for deel in delen))
    pg_restore = shutil.which("pg_restore")
    assert pg_restore
    gelezen = subprocess.run([pg_restore, "--list", tmp_path / "database.dump"], capture_output=True, text=True)
    assert "TABLE DATA public casussen_logregel" in gelezen.stdout


# Privacy


def test_the_file_is_for_its_owner_only_and_holds_no_word_that_can_be_read(kopie: Path) -> None:
    assert kopie.stat().st_mode & 0o777 == 0o600
    assert kopie.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert not [woord for woord in (b"Kuipers", b"casussen_", b"PGDMP", b"manifest") if woord in kopie.read_bytes()]
    assert [pad.name for pad in kopie.parent.iterdir() if pad.name.startswith(".")] == []


def test_several_keys_open_the_same_file_and_may_come_from_the_settings(
    familie: Kuipers, sleutel: Sleutel, settings: Settings, tmp_path: Path
) -> None:
    tweede = maak_sleutel(tmp_path / "tweede.txt")
    settings.RESERVEKOPIE_SLEUTEL = f"{sleutel.openbaar}, {tweede.openbaar}"
    assert "2 sleutels" in zeg("reservekopie", "--naar", tmp_path / "samen.age")
    for een in (sleutel, tweede):
        assert terugzetten.bekijk(tmp_path / "samen.age", sleutels.identiteiten(een.bestand)).aantallen


def test_the_log_says_that_a_backup_was_made_and_the_backup_holds_that_line(
    kopie: Path, sleutel: Sleutel, leeg: str
) -> None:
    assert Logregel.objects.latest("pk").daad == "maakte_reservekopie"
    manifest = terugzetten.bekijk(kopie, sleutels.identiteiten(sleutel.bestand))
    assert manifest.aantallen["casussen_logregel"] == Logregel.objects.count()


def test_the_password_of_the_database_is_not_on_a_command_line(
    familie: Kuipers, sleutel: Sleutel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pg_dump of our own writes down how it was called, and then is the real one."""
    echt = shutil.which("pg_dump")
    nep = tmp_path / "bin" / "pg_dump"
    nep.parent.mkdir()
    nep.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/gezien\necho "$PGPASSWORD" >> {tmp_path}/env\nexec {echt} "$@"\n'
    )
    nep.chmod(0o700)
    monkeypatch.setenv("PATH", f"{nep.parent}:{os.environ['PATH']}")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "geheim-van-de-database")
    connection.close()
    zeg("reservekopie", "--naar", tmp_path / "k.age", "--sleutel", sleutel.openbaar)
    assert "geheim-van-de-database" in (tmp_path / "env").read_text()
    assert "--format=custom" in (tmp_path / "gezien").read_text()
    assert "geheim-van-de-database" not in (tmp_path / "gezien").read_text()


# Refusals


def test_a_byte_that_was_changed_is_refused_wherever_it_is(kopie: Path, sleutel: Sleutel, leeg: str) -> None:
    heel = kopie.read_bytes()
    # The header, the first block, the middle, the last byte; and a file that stops too soon.
    stuk = [heel[: len(heel) - 1], heel[: len(heel) // 2], heel[:300], heel[:100], heel + b"x"]
    for plek in (30, 150, 400, len(heel) // 2, len(heel) - 1):
        stuk.append(heel[:plek] + bytes([heel[plek] ^ 1]) + heel[plek + 1 :])
    with in_database(leeg):
        for poging in stuk:
            kopie.write_bytes(poging)
            code, zin = geweigerd("herstel", kopie, "--identiteit", sleutel.bestand)
            assert code in (Uitgang.BESCHADIGD, Uitgang.SLEUTEL), zin
            assert "niets veranderd" in zin
        assert connection.introspection.table_names() == []


def test_a_wrong_key_is_refused(kopie: Path, tmp_path: Path) -> None:
    ander = maak_sleutel(tmp_path / "ander.txt")
    code, zin = geweigerd("herstel", kopie, "--identiteit", ander.bestand)
    assert (code, "niet met deze sleutel" in zin) == (Uitgang.SLEUTEL, True)


@pytest.mark.parametrize("inhoud", [b"", b"iets anders\n", b"AGE-SECRET-KEY-1KAPOT\n", bytes(range(256))])
def test_a_file_without_a_secret_key_is_no_key(kopie: Path, tmp_path: Path, inhoud: bytes) -> None:
    (tmp_path / "geen.txt").write_bytes(inhoud)
    code, zin = geweigerd("herstel", kopie, "--identiteit", tmp_path / "geen.txt")
    assert (code, "geen geheime sleutel" in zin) == (Uitgang.SLEUTEL, True)


def test_another_kind_of_file_is_refused(familie: Kuipers, sleutel: Sleutel, tmp_path: Path) -> None:
    voor = [x25519.Recipient.from_str(sleutel.openbaar)]
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as leeg:
        leeg.addfile(tarfile.TarInfo("iets.txt"))
    soorten = {
        "tekst.age": b"gewone tekst",
        "leeg.age": b"",
        "brief.age": pyrage.encrypt(b"een brief aan iemand " * 4000, voor),
        "tar.age": pyrage.encrypt(tar.getvalue(), voor),
    }
    for naam, inhoud in soorten.items():
        (tmp_path / naam).write_bytes(inhoud)
        code, zin = geweigerd("herstel", tmp_path / naam, "--identiteit", sleutel.bestand)
        assert (code, "geen reservekopie" in zin) == (Uitgang.ANDER_BESTAND, True), naam
    assert geweigerd("herstel", tmp_path / "weg.age", "--identiteit", sleutel.bestand)[0] == Uitgang.SCHIJF


def test_a_backup_of_newer_software_is_refused(familie: Kuipers, sleutel: Sleutel, leeg: str, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('casussen', '0999_later', now())")
    try:
        zeg("reservekopie", "--naar", tmp_path / "later.age", "--sleutel", sleutel.openbaar)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE name = '0999_later'")
    with in_database(leeg):
        code, zin = geweigerd("herstel", tmp_path / "later.age", "--identiteit", sleutel.bestand)
    assert (code, "casussen.0999_later" in zin) == (Uitgang.ANDERE_VERSIE, True)


def test_nothing_is_put_back_under_a_running_site(kopie: Path, sleutel: Sleutel, leeg: str) -> None:
    with in_database(leeg):
        bezoeker = connection.copy()
        bezoeker.ensure_connection()
        try:
            code, zin = geweigerd("herstel", kopie, "--identiteit", sleutel.bestand)
        finally:
            bezoeker.close()
    assert (code, "Stop eerst web, worker en beat" in zin) == (Uitgang.NIET_LEEG, True)


@pytest.mark.parametrize("sleutel_", ["", "age1onzin", "iemand@voorbeeld.nl", "AGE-SECRET-KEY-1QQPQQ"])
def test_without_a_public_key_nothing_is_made(familie: Kuipers, tmp_path: Path, sleutel_: str) -> None:
    code, zin = geweigerd("reservekopie", "--naar", tmp_path, "--sleutel", sleutel_)
    assert (code, "sleutel" in zin) == (Uitgang.SLEUTEL, True)
    assert list(tmp_path.glob("*.age")) == []


def test_a_backup_never_replaces_another_file(kopie: Path, sleutel: Sleutel) -> None:
    som = hashlib.sha256(kopie.read_bytes()).hexdigest()
    code, zin = geweigerd("reservekopie", "--naar", kopie, "--sleutel", sleutel.openbaar)
    assert (code, "bestaat al" in zin) == (Uitgang.SCHIJF, True)
    assert hashlib.sha256(kopie.read_bytes()).hexdigest() == som
    assert geweigerd("reservekopie", "--naar", kopie.parent / "geen" / "map.age", "--sleutel", sleutel.openbaar)[0] == 6


def test_a_full_disk_is_said_and_leaves_nothing_behind(familie: Kuipers, sleutel: Sleutel, tmp_path: Path) -> None:
    map_ = tmp_path / "vol"
    map_.mkdir()
    zacht, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # Files may become no larger than 20 kB: for a program the same as a disk that is full.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        code, zin = geweigerd("reservekopie", "--naar", map_, "--sleutel", sleutel.openbaar)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (zacht, hard))
    assert (code, "De schijf is vol" in zin) == (Uitgang.SCHIJF, True)
    assert list(map_.iterdir()) == []


def test_programs_that_are_missing_or_too_old_are_named(
    familie: Kuipers, sleutel: Sleutel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    oud = tmp_path / "bin" / "pg_dump"
    oud.parent.mkdir()
    oud.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    oud.chmod(0o700)
    monkeypatch.setattr(sys, "path", [])  # the demo's own programs cannot be found either
    for pad, woorden in ((str(oud.parent), "is hier versie 9"), (str(tmp_path), "staat niet op deze machine")):
        monkeypatch.setenv("PATH", pad)
        with pytest.raises(Mislukt) as fout:
            maken.maak(naar=tmp_path, sleutels=sleutels.ontvangers([sleutel.openbaar]), nu=timezone.now())
        assert fout.value.uitgang == Uitgang.PROGRAMMA
        assert woorden in str(fout.value)
        assert "postgresql-client-" in str(fout.value)


def test_the_exit_code_reaches_the_shell_with_one_sentence(kopie: Path, tmp_path: Path) -> None:
    ander = maak_sleutel(tmp_path / "ander.txt")
    opdracht = [sys.executable, "manage.py", "herstel", str(kopie), "--identiteit", str(ander.bestand)]
    klaar = subprocess.run(opdracht, cwd=ROOT, capture_output=True, text=True)
    assert klaar.returncode == Uitgang.SLEUTEL, klaar.stderr
    assert "is niet met deze sleutel te openen" in klaar.stderr
    assert "Traceback" not in klaar.stderr
