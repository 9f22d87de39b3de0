"""Removing everything about one person of a family, fixed versions too, while the others keep theirs."""

import json
import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties import afspraken, antwoorden
from casussen.acties.fouten import Geweigerd
from casussen.acties.gezin import zet_gezinslid
from casussen.acties.vaststellen import stel_vast
from casussen.acties.wissen import wis_persoon
from casussen.berichten import zet_klaar
from casussen.models import Gezinslid, Toestemming, Vaststelling, Verzoek
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import momentopname, naamzoeker, rijen, verschil
from tests.cast import Kuipers
from tests.daden import alles
from tests.gegevens import beslis, merk, sluit_met_een_goed_einde, vraag, vul_alles, waar_in_de_database
from tests.mensen import ANDEREN


def besloten(k: Kuipers, lid: Gezinslid) -> Verzoek:
    """A request to remove everything, on which was decided so."""
    return beslis(k, vraag(k, lid, "wissen", tekst=f"{lid.naam} wil dit niet meer."))


def wis(k: Kuipers, lid: Gezinslid, naam: str = "") -> None:
    wis_persoon(door=k.door, verzoek=besloten(k, lid), casusnaam=naam)


# No trace


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_removed_person_is_left_in_any_table_or_file(
    kuipers: Kuipers, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
    settings.POSTVAK_DIR = tmp_path
    vul_alles(kuipers)
    jarig = f"leeftijd:{kuipers.bart.pk}:18"
    zet_klaar(
        soort=BerichtSoort.LEEFTIJD, aan=kuipers.teams.sanne, casus=kuipers.casus, oorzaak=jarig, datum=date(2027, 1, 1)
    )
    for vraag_code in ("gezin_van_ons", "wij_van_elkaar"):
        antwoorden.bewaar_antwoord(
            door=kuipers.door, casus=kuipers.casus, vraag=vraag_code, versie=1,
            velden={"tekst": "Barts moeder belt 06 0000 0101 of BART@gezin.example."},
        )  # fmt: skip
    for verzoek in Verzoek.objects.filter(gezinslid=kuipers.bart):
        beslis(kuipers, verzoek)
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1))
    eigen = [
        str(rij.pk)
        for rij in rijen.van_casus(kuipers.casus)
        if naamzoeker.is_van(rij, kuipers.bart) and isinstance(rij.pk, uuid.UUID)
    ]
    woorden = ["Bart", "BART", "bart@gezin.example", "0000 0101", "0000-0101", "Ik bel als een weekend niet doorgaat."]
    # There is something to leave behind: in rows, in a version and in a mail.
    overal = waar_in_de_database(woorden)
    assert {"casussen_gezinslid", "casussen_antwoord", "casussen_afspraak", "casussen_vaststelling"} <= set(overal)
    assert any(b"bart@gezin.example" in pad.read_bytes() for pad in tmp_path.rglob("*.eml"))

    wis(kuipers, kuipers.bart)

    assert waar_in_de_database(woorden) == {}
    over = waar_in_de_database([pk for pk in eigen if pk not in verzoeken_van(eigen)])
    assert set(over) <= {"casussen_logregel", "casussen_logzegel"}
    assert not any(b"bart@gezin.example" in pad.read_bytes() for pad in tmp_path.rglob("*.eml"))


def verzoeken_van(pks: list[str]) -> set[str]:
    """The requests among these ids: their rows stay in the register."""
    return {str(pk) for pk in Verzoek.objects.filter(pk__in=pks).values_list("pk", flat=True)}


@pytest.mark.parametrize("wie", ["bart", "esra", "milan"])
def test_no_text_of_the_own_rows_survives_whoever_it_is(kuipers: Kuipers, wie: str) -> None:
    """With a mark in every text field of every row: the marks of the own rows go, the others stay."""
    lid: Gezinslid = getattr(kuipers, wie)
    vul_alles(kuipers)
    verzoek = besloten(kuipers, lid)
    eigen = {(type(rij), rij.pk) for rij in rijen.van_casus(kuipers.casus) if naamzoeker.is_van(rij, lid)}
    merken = merk(kuipers.casus)
    van_anderen = {
        teken
        for rij in rijen.van_casus(kuipers.casus)
        if (type(rij), rij.pk) not in eigen
        for teken in merken
        if teken in json.dumps(list(map(str, vars(rij).values())))
    }
    wis_persoon(door=kuipers.door, verzoek=verzoek)
    over = {woord for woorden in waar_in_de_database(merken).values() for woord in woorden}
    # A guardian's name is on the consent about that person only; a consent given to somebody else stays.
    assert over == van_anderen


# The others keep theirs


def test_the_others_read_the_same_as_before_but_for_this_person(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    voor = Vaststelling.objects.get().inhoud
    wis(kuipers, kuipers.bart)
    na = Vaststelling.objects.get()
    assert [lid["naam"] for lid in na.inhoud["gezinsleden"]] == ["Milan Kuipers", "Esra Demir"]
    assert na.inhoud["deelnemers"] == zonder(voor["deelnemers"], str(kuipers.bart.pk))
    assert [rij["wat"] for rij in na.inhoud["afspraken"]] == [
        "Ik kom elke woensdag om 16 uur.",
        "Ik bel [gewist] over het weekend.",
        "Ik praat Esra bij.",
        "Ik vertel Ilse wat helpt.",
    ]
    assert (na.nummer, na.inhoud["naam"]) == (1, "Gezin Kuipers")


def zonder(waarde: Any, pk: str) -> Any:
    """The same without an id in any list."""
    if isinstance(waarde, list):
        return [zonder(deel, pk) for deel in waarde if deel != pk]
    return {naam: zonder(deel, pk) for naam, deel in waarde.items()} if isinstance(waarde, dict) else waarde


def test_the_version_and_the_draft_lose_the_same_so_nothing_seems_changed(kuipers: Kuipers) -> None:
    vast = stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wis(kuipers, kuipers.bart)
    vast.refresh_from_db()
    kuipers.casus.refresh_from_db()
    assert not verschil.is_gewijzigd(vast.inhoud, momentopname.maak(kuipers.casus))


def test_pages_of_the_others_still_open(kuipers: Kuipers, als_sanne: Client) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wis(kuipers, kuipers.bart)
    basis = f"/casussen/{kuipers.casus.pk}"
    paden = ["/", "/stap/2/", "/stap/5/", "/vaststellen/", "/evaluatie/", "/logboek/", f"/overzicht/{kuipers.esra.pk}/"]
    for pad in paden:
        antwoord = als_sanne.get(basis + pad)
        assert antwoord.status_code == 200, pad
        # An example in the help of a form is no family.
        assert "Bart" not in antwoord.content.decode().replace("helpt Bart en Milan thuis", ""), pad
    assert als_sanne.get(f"{basis}/overzicht/{kuipers.bart.pk}/").status_code == 404


def test_a_consent_that_this_person_gave_for_a_child_stays_without_the_name(kuipers: Kuipers) -> None:
    vul_alles(kuipers)
    wis(kuipers, kuipers.bart)
    wis(kuipers, kuipers.esra)
    gevers = set(Toestemming.objects.filter(over=kuipers.milan).values_list("gever_anders", flat=True))
    assert gevers == {"iemand van wie de gegevens zijn gewist", "iemand van wie de gegevens zijn gewist (2)"}
    assert Toestemming.objects.count() == 2


def test_a_first_name_that_a_helper_has_too_stays_with_the_helper(kuipers: Kuipers) -> None:
    lid = zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"naam": "Ruben Demir", "relatie": "kind", "geboren": date(2020, 1, 1)},
    )  # fmt: skip
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="aanleiding", versie=1,
        velden={"tekst": "Ruben Demir slaapt slecht. Ruben belt de school."},
    )  # fmt: skip
    plaatsen = naamzoeker.vindplaatsen(kuipers.casus, lid)
    assert [(plaats.zeker, plaats.url) for plaats in plaatsen] == [(True, f"/casussen/{kuipers.casus.pk}/stap/1/")]
    wis(kuipers, lid)
    tekst = kuipers.casus.antwoorden.get(vraag="aanleiding").tekst
    assert tekst == "[gewist] slaapt slecht. Ruben belt de school."
    kuipers.ruben.refresh_from_db()
    assert kuipers.ruben.naam == "Ruben Assink"


def test_the_screen_shows_where_the_name_stands_and_who_may_be_meant(kuipers: Kuipers) -> None:
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.praat_bij.pk, versie=1,
        velden={"wat": "Ik praat met Bart én met Esra."},
    )  # fmt: skip
    plaatsen = naamzoeker.vindplaatsen(kuipers.casus, kuipers.bart)
    assert sorted(plaats.fragment for plaats in plaatsen) == [
        "Ik bel Bart over het weekend.",
        "Ik praat met Bart én met Esra.",
    ]
    assert {plaats.waar for plaats in plaatsen} == {"Afspraak: wat"}
    # The surname is shared with a child, so it is nobody's in particular.
    assert not naamzoeker.zoeker(kuipers.casus, kuipers.bart).noemt("Gezin Kuipers")


@pytest.mark.parametrize(
    ("tekst", "daarna"),
    [
        ("Bart belt.", "[gewist] belt."),
        ("bart belt", "[gewist] belt"),
        ("Barts fiets en Bart's jas", "[gewist] fiets en [gewist] jas"),
        ("Bart Kuipers, 06-0000 0101", "[gewist], [gewist]"),
        ("bel 0600000101", "bel [gewist]"),
        ("De Bartjens en barten", "De Bartjens en barten"),
        ("Milan Kuipers", "Milan Kuipers"),
    ],
)
def test_a_name_is_found_as_people_write_it(kuipers: Kuipers, tekst: str, daarna: str) -> None:
    assert naamzoeker.zoeker(kuipers.casus, kuipers.bart).verberg(tekst) == daarna


def test_a_telephone_that_is_shared_stays_with_the_other(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.esra.pk).update(telefoon="06 0000 0101")
    wis(kuipers, kuipers.bart)
    kuipers.esra.refresh_from_db()
    assert kuipers.esra.telefoon == "06 0000 0101"


# When it may, and when not


def test_a_casus_that_bears_the_name_gets_another_one_first(kuipers: Kuipers) -> None:
    verzoek = besloten(kuipers, kuipers.esra)
    kuipers.casus.naam = "Gezin Demir"
    kuipers.casus.save()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    for naam in ("", "Familie Demir"):
        with pytest.raises(Geweigerd, match="Kies een andere naam"):
            wis_persoon(door=kuipers.door, verzoek=verzoek, casusnaam=naam)
    assert Gezinslid.objects.filter(pk=kuipers.esra.pk).exists()
    wis_persoon(door=kuipers.door, verzoek=verzoek, casusnaam="Gezin Kuipers")
    kuipers.casus.refresh_from_db()
    assert kuipers.casus.naam == Vaststelling.objects.get().inhoud["naam"] == "Gezin Kuipers"


@pytest.mark.parametrize("besluit", ["", "deels", "nee"])
def test_without_a_yes_nothing_goes(kuipers: Kuipers, besluit: str) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "wissen")
    if besluit:
        beslis(kuipers, verzoek, besluit, "Het hoort bij het dossier.")
    stand = alles()
    with pytest.raises(Geweigerd, match="niet besloten"):
        wis_persoon(door=kuipers.door, verzoek=verzoek)
    assert alles() == stand


def test_a_yes_to_another_request_is_no_yes_to_removing(kuipers: Kuipers) -> None:
    verzoek = beslis(kuipers, vraag(kuipers, kuipers.bart, "inzage"))
    with pytest.raises(Geweigerd):
        wis_persoon(door=kuipers.door, verzoek=verzoek)
    assert Gezinslid.objects.filter(pk=kuipers.bart.pk).exists()


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_removes_a_person(kuipers: Kuipers, wie: str) -> None:
    verzoek = besloten(kuipers, kuipers.esra)
    door = ANDEREN[wie](kuipers)
    stand = alles()
    with pytest.raises(PermissionDenied):
        wis_persoon(door=door, verzoek=verzoek)
    assert alles() == stand


def test_twice_is_harmless_and_a_closed_casus_can_do_it_too(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    sluit_met_een_goed_einde(kuipers)
    verzoek = besloten(kuipers, kuipers.bart)
    wis_persoon(door=kuipers.door, verzoek=verzoek)
    stand = alles(ook_log=True)
    wis_persoon(door=kuipers.door, verzoek=verzoek)
    wis_persoon(door=kuipers.door, verzoek=Verzoek.objects.get(pk=verzoek.pk))
    assert alles(ook_log=True) == stand
    verzoek.refresh_from_db()
    assert (verzoek.gezinslid, verzoek.tekst, verzoek.besluit, verzoek.casus) == (None, "", "ja", kuipers.casus)


# A fixed version changes for this only


def probeer(sql: str, wissen: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('handreiking.wissen', %s, true)", [wissen])
        with pytest.raises(IntegrityError, match="niet toegestaan"), transaction.atomic():
            cursor.execute(sql)
        cursor.execute("SELECT set_config(%s, %s, true)", ["handreiking.wissen", ""])


LEEG = "UPDATE casussen_vaststelling SET inhoud = '{}'"
ZONDER_LEDEN = "UPDATE casussen_vaststelling SET inhoud = inhoud || '{\"gezinsleden\": []}'"
NUMMER = "UPDATE casussen_vaststelling SET nummer = 9"
GELIJK = "UPDATE casussen_vaststelling SET inhoud = inhoud"
WEG = "DELETE FROM casussen_vaststelling"


def test_a_version_only_loses_the_person_who_is_named_and_only_goes_with_its_casus(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    stand = alles()
    bart, casus = f"gezinslid:{kuipers.bart.pk}", f"casus:{kuipers.casus.pk}"
    for sql, wissen in [
        *((sql, wissen) for sql in (LEEG, ZONDER_LEDEN, NUMMER, GELIJK) for wissen in ("", bart, casus, "gezinslid:")),
        *((WEG, wissen) for wissen in ("", bart, f"casus:{uuid.uuid4()}", "casus:", "casus")),
    ]:
        probeer(sql, wissen)
    # Somebody who is not of this family cannot be the excuse for a change.
    probeer(GELIJK, f"gezinslid:{uuid.uuid4()}")
    assert alles() == stand


def test_after_the_act_the_permission_is_over(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wis(kuipers, kuipers.bart)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vaststelling.objects.all().delete()
    assert Vaststelling.objects.count() == 1
