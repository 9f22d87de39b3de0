"""Removing a whole casus for good: no trace is left in any table or file, and it never happens too early."""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings as site
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader
from pytest_django import Settings

from casussen import berichten, logboek
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.acties.gezin import zet_gezinslid
from casussen.acties.vaststellen import stel_vast
from casussen.acties.wissen import wis_casus
from casussen.berichten import zet_klaar
from casussen.models import Casus, Logregel, Organisatie, Professional, Verzoek
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import archief, rijen
from tests import cast
from tests.cast import Kuipers
from tests.daden import alles
from tests.gegevens import (
    beslis,
    merk,
    sluit_met_een_goed_einde,
    tabellen_van_een_casus,
    vraag,
    vul_alles,
    waar_in_de_database,
)
from tests.mensen import ANDEREN


@pytest.fixture
def postbus(settings: Settings, tmp_path: Path) -> Path:
    """The demo's way of sending: every mail becomes a file."""
    settings.EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
    settings.POSTVAK_DIR = tmp_path / "postvak"
    return tmp_path


def kies_kort(k: Kuipers) -> None:
    """The organisation keeps a closed casus for a month; so it may go from the first day."""
    Organisatie.objects.filter(pk=k.teams.noord.organisatie_id).update(bewaarbeleid="kort", bewaar_maanden=1)


def gesloten(k: Kuipers, *, kopie: bool = True) -> Casus:
    """The family, closed, with its copy for the archive made."""
    casus = sluit_met_een_goed_einde(k)
    if kopie:
        logboek.schrijf(door=k.door, daad="maakte_archief", casus_id=casus.pk, over=casus)
    return casus


@pytest.fixture
def mag_weg(kuipers: Kuipers) -> Casus:
    """A closed casus at the end of its term, with its copy made."""
    kies_kort(kuipers)
    return gesloten(kuipers)


def wis(k: Kuipers, casus: Casus) -> None:
    wis_casus(door=k.door, casus=casus, op=timezone.localdate())


# No trace


def test_every_table_that_belongs_to_a_casus_is_filled_before_it_is_removed(kuipers: Kuipers) -> None:
    """Whoever makes a new model for a casus adds a row in tests/gegevens.py, so that the tests below see it go."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    vul_alles(kuipers)
    sluit_met_een_goed_einde(kuipers)
    gevuld = {type(rij) for rij in rijen.van_casus(kuipers.casus)}
    assert tabellen_van_een_casus() - gevuld == set()


def vol(k: Kuipers) -> tuple[Casus, list[str]]:
    """The family with marks in every text field of every table, in mails that left and in a fixed version."""
    kies_kort(k)
    vul_alles(k)
    for verzoek in Verzoek.objects.all():
        beslis(k, verzoek, "deels", "Niet alles.")
    zet_klaar(soort=BerichtSoort.BEWAREN, aan=k.teams.sanne, casus=k.casus, oorzaak="test", datum=timezone.localdate())
    eerst = merk(k.casus, "zq")
    stel_vast(door=k.door, casus=k.casus, nummer=1)
    assert berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1)) > 3
    casus = gesloten(k)
    daarna = merk(casus, "zx")
    casus.refresh_from_db()
    return casus, [*vastgelegd(casus, eerst), *daarna]


def vastgelegd(casus: Casus, merken: list[str]) -> list[str]:
    """Which marks stand in the fixed version."""
    versie = str(casus.vaststellingen.get().inhoud)
    return [merk for merk in merken if merk in versie]


def bestanden(*mappen: Path) -> list[Path]:
    return [pad for map_ in mappen for pad in map_.rglob("*") if pad.is_file() and "static" not in pad.parts]


def met(paden: Iterable[Path], woorden: list[str]) -> list[Path]:
    return [pad for pad in paden if any(woord.encode() in pad.read_bytes() for woord in woorden)]


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_removed_casus_is_left_in_any_table_or_file(
    kuipers: Kuipers, postbus: Path, als_sanne: Client
) -> None:
    casus, merken = vol(kuipers)
    ids = [str(rij.pk) for rij in rijen.van_casus(casus) if isinstance(rij.pk, uuid.UUID) and type(rij) is not Verzoek]
    als_sanne.get(f"/casussen/{casus.pk}/")
    als_sanne.get(f"/casussen/{casus.pk}/overzicht/{kuipers.bart.pk}.pdf")
    mappen = (Path(site.VAR_DIR), postbus, Path(site.MEDIA_ROOT or postbus))
    # There is something to leave behind, in tables and in files.
    assert len(merken) > 100
    assert {woord for woorden in waar_in_de_database(merken).values() for woord in woorden} == set(merken)
    assert met(bestanden(*mappen), ["merk.example"])

    wis(kuipers, casus)

    assert waar_in_de_database([*merken, "merk.example"]) == {}
    assert set(waar_in_de_database(ids)) <= {"casussen_logregel", "casussen_logzegel"}
    assert met(bestanden(*mappen), [*merken, "merk.example", *ids]) == []
    assert [str(sessie.get_decoded()) for sessie in Session.objects.all() if any_of(ids, sessie)] == []
    assert [model for model in tabellen_van_een_casus() - {Verzoek} if model._default_manager.exists()] == []


def test_a_mail_of_another_family_stays_when_the_mail_that_told_it_goes(kuipers: Kuipers) -> None:
    """Several families in one mail: the row of the family that stays keeps its place in the outbox."""
    kies_kort(kuipers)
    ander = cast.maak_kuipers(kuipers.teams)
    for familie in (kuipers, ander):
        stel_vast(door=familie.door, casus=familie.casus, nummer=1)
    blijft = ander.casus.berichten.get(deelnemer=ander.ilse)
    blijft.samen_met = kuipers.casus.berichten.get(deelnemer=kuipers.ilse)
    blijft.save()
    wis(kuipers, gesloten(kuipers))
    blijft.refresh_from_db()
    assert blijft.samen_met is None


def any_of(woorden: list[str], sessie: Session) -> bool:
    """Whether a session, which the database keeps packed, holds one of these."""
    return any(woord in str(sessie.get_decoded()) for woord in woorden)


def test_the_copy_for_the_archive_holds_every_text_twice(kuipers: Kuipers, postbus: Path) -> None:
    casus, merken = vol(kuipers)
    voor = bestanden(postbus)
    with ZipFile(BytesIO(archief.maak(casus, nu=timezone.now()))) as zip_:
        gegevens = zip_.read("casus.json").decode()
        papier = "".join(pagina.extract_text() for pagina in PdfReader(BytesIO(zip_.read("casus.pdf"))).pages)
    assert [merk for merk in merken if merk not in gegevens] == []
    kaal = "".join(papier.split())
    assert [merk for merk in merken if merk not in kaal] == []
    assert "token" not in gegevens
    # Making it leaves nothing behind on the server.
    assert bestanden(postbus) == voor


def test_the_log_of_a_removed_casus_stays_and_names_nobody(kuipers: Kuipers, mag_weg: Casus) -> None:
    voor = list(Logregel.objects.filter(casus_id=mag_weg.pk).order_by("pk").values())
    wis(kuipers, mag_weg)
    na = list(Logregel.objects.filter(casus_id=kuipers.casus.pk).order_by("pk").values())
    assert na[:-1] == voor
    assert (na[-1]["daad"], na[-1]["object_id"]) == ("wiste_casus", str(kuipers.casus.pk))
    namen = ["Kuipers", "Bart", "Esra", "Milan", "Henk", "gezin.example", "woensdag"]
    assert "casussen_logregel" not in waar_in_de_database(namen)


def test_helpers_stay_in_the_address_book_and_people_of_the_own_network_do_not(
    kuipers: Kuipers, mag_weg: Casus
) -> None:
    wis(kuipers, mag_weg)
    assert Professional.objects.filter(naam="Ilse Broekhuis").exists()
    assert waar_in_de_database(["Opa Henk"]) == {}


def test_another_family_keeps_everything(kuipers: Kuipers, mag_weg: Casus) -> None:
    teams = kuipers.teams
    door = cast.deur(teams.karin)
    ander = begin_casus(
        door=door, pk=uuid.uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid, coordinator=teams.karin
    )
    zet_gezinslid(door=door, casus=ander, pk=uuid.uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader"})
    wis(kuipers, mag_weg)
    assert [str(rij) for rij in Casus.objects.all()] == ["Gezin Bos"]
    assert ander.gezinsleden.get().naam == "Kees Bos"


def test_a_request_stays_in_the_register_without_name_or_text(kuipers: Kuipers) -> None:
    verzoek = vraag(kuipers, kuipers.esra, "inzage", tekst="Wat zei Bart?")
    beslis(kuipers, verzoek, "nee", "Bart wil dat niet.")
    kies_kort(kuipers)
    wis(kuipers, gesloten(kuipers))
    verzoek.refresh_from_db()
    assert (verzoek.casus, verzoek.gezinslid, verzoek.tekst, verzoek.reden) == (None, None, "", "")
    assert (verzoek.soort, verzoek.besluit, verzoek.team) == ("inzage", "nee", kuipers.teams.noord)


def test_a_second_press_on_the_button_is_harmless(kuipers: Kuipers, mag_weg: Casus) -> None:
    wis(kuipers, mag_weg)
    stand = alles(ook_log=True)
    wis(kuipers, mag_weg)
    assert alles(ook_log=True) == stand


# Who may, and when


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_removes_a_casus(kuipers: Kuipers, wie: str) -> None:
    door = ANDEREN[wie](kuipers)
    kies_kort(kuipers)
    casus = gesloten(kuipers)
    stand = alles()
    with pytest.raises(PermissionDenied):
        wis_casus(door=door, casus=casus, op=timezone.localdate())
    assert alles() == stand


def test_an_open_casus_is_never_removed(kuipers: Kuipers) -> None:
    kies_kort(kuipers)
    with pytest.raises(Geweigerd, match="bewaartermijn loopt nog"):
        wis(kuipers, kuipers.casus)
    assert Casus.objects.exists()


@pytest.mark.parametrize(("beleid", "maanden"), [("", None), ("dossier", None), ("kort", 24)])
def test_a_casus_stays_as_long_as_its_term_lasts_or_nobody_chose_one(
    kuipers: Kuipers, beleid: str, maanden: int | None
) -> None:
    Organisatie.objects.filter(pk=kuipers.teams.noord.organisatie_id).update(
        bewaarbeleid=beleid, bewaar_maanden=maanden
    )
    casus = gesloten(kuipers)
    with pytest.raises(Geweigerd, match="bewaartermijn loopt nog"):
        wis(kuipers, casus)
    assert Casus.objects.exists()


def test_a_casus_of_the_dossier_stays_until_its_last_day_is_past(kuipers: Kuipers) -> None:
    Organisatie.objects.filter(pk=kuipers.teams.noord.organisatie_id).update(bewaarbeleid="dossier")
    casus = gesloten(kuipers)
    laatste = casus.bewaren_tot
    assert laatste is not None
    with pytest.raises(Geweigerd):
        wis_casus(door=kuipers.door, casus=casus, op=laatste)
    wis_casus(door=kuipers.door, casus=casus, op=laatste + timedelta(days=1))
    assert not Casus.objects.exists()


def test_without_a_copy_for_the_archive_nothing_goes(kuipers: Kuipers) -> None:
    kies_kort(kuipers)
    casus = gesloten(kuipers, kopie=False)
    with pytest.raises(Geweigerd, match="kopie voor het archief"):
        wis(kuipers, casus)
    assert Casus.objects.exists()


def test_a_request_that_waits_goes_first(kuipers: Kuipers, mag_weg: Casus) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    with pytest.raises(Geweigerd, match="loopt nog een verzoek"):
        wis(kuipers, mag_weg)
    beslis(kuipers, verzoek)
    wis(kuipers, mag_weg)
    assert not Casus.objects.exists()
