"""A copy of everything about one person, without the data of others: as data and on paper."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from casussen.acties import antwoorden
from casussen.acties.casus import begin_casus
from casussen.acties.gezin import haal_gezinslid_weg, zet_gezinslid
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Evaluatie, Gezinslid, Logregel
from casussen.models.basis import VoorGezin
from casussen.overzicht import inzage
from tests import cast
from tests.accounts import ingelogd
from tests.cast import MILAN_GEBOREN, Kuipers
from tests.gegevens import beslis, sluit_met_een_goed_einde, vraag, vul_alles


@pytest.fixture
def vol(kuipers: Kuipers) -> Kuipers:
    """The family with two versions, consents, requests, mails, links, and an evaluation that was held."""
    vul_alles(kuipers)
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="wie_mist", versie=0, velden={"tekst": "De trainer van Milan."}
    )
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=2)
    return kuipers


def van(k: Kuipers, lid: Gezinslid) -> dict[str, Any]:
    k.casus.refresh_from_db()
    return inzage.maak(k.casus, lid, nu=timezone.now())


def tekst(gegevens: dict[str, Any]) -> str:
    return json.dumps(gegevens, ensure_ascii=False)


def pad(k: Kuipers, lid: Gezinslid, vorm: str = "/") -> str:
    return f"/casussen/{k.casus.pk}/gezinslid/{lid.pk}/inzage{vorm}"


def papier(client: Client, k: Kuipers, lid: Gezinslid) -> str:
    antwoord = client.get(pad(k, lid, ".pdf"))
    assert antwoord.status_code == 200
    return " ".join(" ".join(p.extract_text() for p in PdfReader(BytesIO(antwoord.content)).pages).split())


# What is in it


def test_it_holds_everything_about_this_person(vol: Kuipers) -> None:
    gegevens = van(vol, vol.bart)
    assert gegevens["over"]["email"] == "bart@gezin.example"
    assert [rij["wat"] for rij in gegevens["eigen_afspraken"]] == ["Ik bel als een weekend niet doorgaat."]
    assert [versie["versie"] for versie in gegevens["versies"]] == [1, 2]
    assert gegevens["nu"]["versie"] is None
    assert {rij["over"] for rij in gegevens["toestemmingen"]} == {"Bart Kuipers", "kind"}
    assert [rij["organisatie"] for rij in gegevens["verteld"]] == ["GGZ Jeugd"]
    assert [rij["in_eigen_woorden"] for rij in gegevens["verzoeken"]] == ["Wat staat er over mij?"]
    mails = {"het overzicht staat klaar", "er is iets veranderd", "code om meer te zien"}
    assert {rij["soort"] for rij in gegevens["mails"]} == mails
    assert len(gegevens["links"]) == 1
    assert gegevens["terugkijken"][0]["erbij"]


def test_it_says_who_looked_and_why(vol: Kuipers, als_sanne: Client) -> None:
    als_sanne.get(f"/casussen/{vol.casus.pk}/")
    gegevens = van(vol, vol.bart)
    assert [rij["wie"] for rij in gegevens["wie_keek"]] == ["Sanne Wolters van Wijkteam Hengelo-Noord"]


def test_a_decision_and_its_reason_are_in_it(vol: Kuipers) -> None:
    beslis(vol, vraag(vol, vol.bart, "correctie"), "nee", "Het klopt zoals het er staat.")
    assert van(vol, vol.bart)["verzoeken"][-1]["reden"] == "Het klopt zoals het er staat."


# What is not


GEHEIM_VOOR = {
    "bart": [
        "esra@gezin.example", "06-0000 0102", "Ik praat Esra bij.", "Ik vertel Ilse wat helpt.", "Esra Demir",
        "Eerst bellen we elkaar.", "Er is gevaar.", "Het kind belde.", "de voogd", MILAN_GEBOREN.isoformat(),
    ],
    "esra": [
        "bart@gezin.example", "06-0000 0101", "Ik kom elke woensdag", "Ik bel als een weekend", "Opa Henk",
        "Bart Kuipers", "Eerst bellen we elkaar.", "Er is gevaar.", MILAN_GEBOREN.isoformat(), "Ik vertel Ilse",
    ],
    "milan": ["esra@gezin.example", "bart@gezin.example", "06-0000 0101", "06-0000 0102", "de voogd", "gevaar."],
}  # fmt: skip


@pytest.mark.parametrize("wie", GEHEIM_VOOR)
def test_nothing_of_others_is_in_the_data_or_on_the_paper(vol: Kuipers, client: Client, wie: str) -> None:
    lid: Gezinslid = getattr(vol, wie)
    alles = "".join(tekst(van(vol, ander)) for ander in (vol.bart, vol.esra, vol.milan))
    # There is something to leak: most of it stands in the copy of somebody else.
    assert sum(woord in alles for woord in GEHEIM_VOOR[wie]) > 3
    client = ingelogd(client, vol.teams.sanne)
    gegevens = client.get(pad(vol, lid, ".json")).content.decode()
    op_papier = papier(client, vol, lid)
    for tekst_ in (gegevens, op_papier):
        assert [woord for woord in GEHEIM_VOOR[wie] if woord in tekst_] == []


def test_no_token_and_no_hash_is_in_it(vol: Kuipers) -> None:
    hashes = vol.casus.toegangslinks.values_list("token_hash", flat=True)
    gegevens = tekst(van(vol, vol.bart))
    assert not [waarde for waarde in hashes if waarde in gegevens]
    assert links.hash_van("x") not in gegevens


def test_whoever_was_not_at_the_table_does_not_get_what_was_said(vol: Kuipers) -> None:
    Evaluatie.objects.get().afwezige_gezinsleden.set([vol.esra])
    Evaluatie.objects.update(waar="in de Kerkstraat")
    sluit_met_een_goed_einde(vol)
    assert van(vol, vol.bart)["terugkijken"][0]["ging_goed"] == "Eén iemand belde."
    van_esra = van(vol, vol.esra)["terugkijken"][0]
    assert (van_esra["erbij"], "ging_goed" in van_esra, "waar" in van_esra) == (False, False, False)


def test_a_parent_without_gezag_gets_only_what_was_chosen_for_him(vol: Kuipers) -> None:
    Gezinslid.objects.filter(pk=vol.bart.pk).update(gezag=False)
    vol.bart.refresh_from_db()
    antwoord = vol.casus.antwoorden.get(vraag="gezin_van_ons")
    antwoord.voor_gezin = VoorGezin.GEKOZEN
    antwoord.save()
    antwoord.gekozen_gezinsleden.set([vol.esra])
    nu = van(vol, vol.bart)["nu"]
    assert "Dat één iemand belt" not in tekst(nu)
    assert [rij["wie"] for rij in nu["afspraken"]] == ["Bart Kuipers"]


def test_a_note_that_names_somebody_whom_this_person_may_not_know_stays_out(vol: Kuipers) -> None:
    Gezinslid.objects.filter(pk=vol.esra.pk).update(opmerking="Henk brengt haar post.")
    vol.esra.refresh_from_db()
    assert (
        van(vol, vol.esra)["over"]["opmerking"] == "Deze tekst noemt iemand die niet in deze kopie staat. Vraag ernaar."
    )
    Gezinslid.objects.filter(pk=vol.bart.pk).update(opmerking="Henk brengt hem weg.")
    vol.bart.refresh_from_db()
    assert van(vol, vol.bart)["over"]["opmerking"] == "Henk brengt hem weg."


def test_who_left_the_family_gets_the_versions_of_then(vol: Kuipers) -> None:
    haal_gezinslid_weg(door=vol.door, casus=vol.casus, gezinslid=vol.bart)
    vol.bart.refresh_from_db()
    gegevens = van(vol, vol.bart)
    assert gegevens["nu"] is None
    assert [versie["versie"] for versie in gegevens["versies"]] == [1, 2]
    assert gegevens["over"]["hoort_er_niet_meer_bij_sinds"]


def test_who_came_later_is_not_in_the_versions_before(vol: Kuipers) -> None:
    fenna = zet_gezinslid(
        door=vol.door, casus=vol.casus, pk=uuid4(), versie=0, velden={"naam": "Fenna", "relatie": "kind"}
    )
    gegevens = van(vol, fenna)
    assert gegevens["versies"] == []
    assert "Wat staat er over mij?" not in tekst(gegevens)


# The doors


def test_a_copy_is_in_the_log_and_its_name_says_nothing(vol: Kuipers, client: Client) -> None:
    client = ingelogd(client, vol.teams.sanne)
    for vorm in ("json", "pdf"):
        antwoord = client.get(pad(vol, vol.bart, f".{vorm}"))
        assert antwoord["Content-Disposition"] == f'attachment; filename="alles-over-mij.{vorm}"'
        regel = Logregel.objects.filter(daad="maakte_inzage").latest("pk")
        assert (regel.object_id, regel.velden) == (str(vol.bart.pk), [vorm])


@pytest.mark.parametrize("vorm", [".json", ".pdf"])
def test_whoever_makes_a_copy_shows_again_who_he_is(vol: Kuipers, client: Client, vorm: str) -> None:
    client = ingelogd(client, vol.teams.sanne, geleden=timedelta(minutes=11))
    antwoord = client.get(pad(vol, vol.bart, vorm))
    assert antwoord.status_code == 302
    assert antwoord["Location"].startswith("/account/opnieuw/")
    assert not Logregel.objects.filter(daad="maakte_inzage").exists()


def test_the_paper_is_accessible_and_says_the_same(vol: Kuipers, client: Client) -> None:
    client = ingelogd(client, vol.teams.sanne)
    document = PdfReader(BytesIO(client.get(pad(vol, vol.bart, ".pdf")).content))
    wortel: Any = document.trailer["/Root"]
    assert wortel["/Lang"] == "nl"
    assert wortel["/MarkInfo"]["/Marked"]
    assert document.metadata is not None
    assert document.metadata.title == "Alles over Bart Kuipers"
    woorden = papier(client, vol, vol.bart)
    for zin in (
        "Versie 1, van", "Versie 2, van", "Ik bel als een weekend niet doorgaat.", "bart@gezin.example", "GGZ Jeugd",
        "Wat staat er over mij?", "het overzicht staat klaar", "Zo staat het nu", "Dat één iemand belt, niet zes.",
    ):  # fmt: skip
        assert zin in woorden, zin
    assert "2026-" not in woorden


def test_the_page_tells_what_a_copy_holds_before_it_is_made(vol: Kuipers, als_sanne: Client) -> None:
    html = als_sanne.get(pad(vol, vol.bart)).content.decode()
    assert "Dit staat er niet in" in html
    assert f'href="{pad(vol, vol.bart, ".pdf")}"' in html
    assert "Verzoeken die nog wachten" in html
    stand = als_sanne.get(f"/casussen/{vol.casus.pk}/").content.decode()
    assert pad(vol, vol.bart) in stand


def test_a_teamlid_finds_no_way_to_it(vol: Kuipers, client: Client) -> None:
    client.force_login(vol.teams.joost)
    assert pad(vol, vol.bart) not in client.get(f"/casussen/{vol.casus.pk}/").content.decode()
    assert client.get(pad(vol, vol.bart)).status_code == 403


def test_somebody_of_another_family_is_not_found(vol: Kuipers, als_sanne: Client) -> None:
    ander = begin_casus(
        door=vol.door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=vol.teams.noord, coordinator=vol.teams.sanne
    )
    kees = zet_gezinslid(
        door=cast.deur(vol.teams.sanne), casus=ander, pk=uuid4(), versie=0,
        velden={"naam": "Kees Bos", "relatie": "vader"},
    )  # fmt: skip
    assert als_sanne.get(pad(vol, kees)).status_code == 404
