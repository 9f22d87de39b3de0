"""The pages with the overview: for staff a preview, for a family member behind a link; who gets in and who does not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casussen.acties import afspraken, deelnemers, evaluaties, gezin
from casussen.acties.vaststellen import stel_vast
from casussen.models import Deelnemer, Gezinslid, Logregel
from tests.cast import Kuipers, maak_kuipers
from tests.gezinslink import met_code
from tests.taaklink import token


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family Kuipers with version 1 fixed."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


def voorbeeld(kuipers: Kuipers, lid: Gezinslid, *, pdf: bool = False) -> str:
    naam = "overzicht_pdf" if pdf else "overzicht"
    return reverse(f"casussen:{naam}", args=[kuipers.casus.pk, lid.pk])


def link_van(persoon: Gezinslid | Deelnemer) -> str:
    """The path of a fresh link, always as if it were one of the family."""
    return f"/o/{token(persoon)}/"


def wijzig(kuipers: Kuipers, wat: str) -> None:
    """Changes an agreement that Bart may read, after the version was fixed."""
    afspraak = kuipers.komt_woensdag
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=afspraak.pk, versie=afspraak.versie, velden={"wat": wat}
    )


# Staff


def test_staff_see_the_last_fixed_version_as_this_reader_sees_it(als_sanne: Client, vast: Kuipers) -> None:
    wijzig(vast, "Ik kom elke donderdag.")

    pagina = als_sanne.get(voorbeeld(vast, vast.bart)).content.decode()

    assert "Zo ziet Bart dit" in pagina
    assert "Ik kom elke woensdag om 16 uur." in pagina
    assert "Ik kom elke donderdag." not in pagina
    assert "Ik praat Esra bij." not in pagina
    assert "Nog niet vastgesteld" not in pagina
    assert reverse("casussen:stand", args=[vast.casus.pk]) in pagina
    assert voorbeeld(vast, vast.bart, pdf=True) in pagina


def test_staff_can_look_at_what_is_not_fixed_yet_and_are_told_so(als_sanne: Client, vast: Kuipers) -> None:
    wijzig(vast, "Ik kom elke donderdag.")

    pagina = als_sanne.get(voorbeeld(vast, vast.bart) + "?concept=1").content.decode()

    assert "Nog niet vastgesteld." in pagina
    assert "Ik kom elke donderdag." in pagina
    assert voorbeeld(vast, vast.bart, pdf=True) + "?concept=1" in pagina
    assert "Wat nu vastligt" in pagina


def test_before_the_first_version_staff_see_the_draft(als_sanne: Client, kuipers: Kuipers) -> None:
    pagina = als_sanne.get(voorbeeld(kuipers, kuipers.bart)).content.decode()

    assert "Nog niet vastgesteld." in pagina
    assert "Wat nu vastligt" not in pagina
    assert "Ik kom elke woensdag om 16 uur." in pagina


def test_who_came_into_the_family_after_the_version_is_shown_as_a_draft(als_sanne: Client, vast: Kuipers) -> None:
    oma = gezin.zet_gezinslid(
        door=vast.door, casus=vast.casus, pk=uuid4(), versie=0, velden={"naam": "Oma Riet", "relatie": "oma"}
    )

    assert "Nog niet vastgesteld." in als_sanne.get(voorbeeld(vast, oma)).content.decode()
    client = Client()
    assert "Uw overzicht is er nog niet" in client.get(met_code(client, oma)).content.decode()


@pytest.mark.parametrize("pdf", [False, True])
def test_the_preview_is_for_staff_of_the_team_only(vast: Kuipers, pdf: bool) -> None:
    adres = voorbeeld(vast, vast.bart, pdf=pdf)
    antwoorden = {}
    for naam in ("sanne", "joost", "mieke", "bea", "karin"):
        client = Client()
        client.force_login(getattr(vast.teams, naam))
        antwoorden[naam] = client.get(adres).status_code

    assert antwoorden == {"sanne": 200, "joost": 200, "mieke": 404, "bea": 404, "karin": 404}
    assert Client().get(adres).status_code == 302


def test_a_family_member_of_another_casus_or_who_left_is_not_found(als_sanne: Client, vast: Kuipers) -> None:
    ander = maak_kuipers(vast.teams)
    gezin.haal_gezinslid_weg(door=vast.door, casus=vast.casus, gezinslid=vast.milan)

    assert als_sanne.get(voorbeeld(vast, ander.bart)).status_code == 404
    assert als_sanne.get(voorbeeld(vast, vast.milan)).status_code == 404
    assert als_sanne.get(voorbeeld(vast, vast.milan, pdf=True)).status_code == 404


# The family


def test_a_family_member_reads_the_own_overview_behind_the_link(client: Client, vast: Kuipers) -> None:
    wijzig(vast, "Ik kom elke donderdag.")

    antwoord = client.get(met_code(client, vast.bart))

    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Dag Bart. Hier staat wie u helpt en wat we afspraken." in pagina
    assert 'href="tel:0850000011"' in pagina
    assert "Ik kom elke woensdag om 16 uur." in pagina
    assert "Ik praat Esra bij." not in pagina
    assert "Bart" not in pagina.split("<title>")[1].split("</title>")[0]
    assert " style=" not in pagina
    assert antwoord["Cache-Control"] == "no-store, private"


def test_a_version_has_to_be_fixed_first(client: Client, kuipers: Kuipers) -> None:
    van_bart, van_milan = met_code(client, kuipers.bart), met_code(client, kuipers.milan)

    assert "Uw overzicht is er nog niet" in client.get(van_bart).content.decode()
    assert "Bel Sanne Wolters." in client.get(van_bart).content.decode()
    assert "Jouw overzicht is er nog niet" in client.get(van_milan).content.decode()
    assert client.get(van_bart + "overzicht.pdf")["Content-Type"].startswith("text/html")
    assert "komt elke woensdag" not in client.get(van_bart).content.decode()


def test_without_a_number_of_the_coordinator_nobody_is_told_to_call(client: Client, kuipers: Kuipers) -> None:
    kuipers.casus.coordinator.professional = None
    kuipers.casus.coordinator.save()

    pagina = client.get(met_code(client, kuipers.bart)).content.decode()

    assert "Uw overzicht is er nog niet" in pagina
    assert "Vragen?" not in pagina


@pytest.mark.parametrize("achter", ["", "overzicht.pdf", "wie-keek/"])
@pytest.mark.parametrize("wie", ["bart", "esra", "milan"])
def test_without_the_code_a_link_shows_nothing_at_all(client: Client, vast: Kuipers, wie: str, achter: str) -> None:
    al = set(Logregel.objects.values_list("pk", flat=True))

    antwoord = client.get(link_van(getattr(vast, wie)) + achter)

    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Stuur mij de code" in pagina
    assert ("Jouw overzicht staat klaar" if wie == "milan" else "Uw overzicht staat klaar") in pagina
    for woord in ("Kuipers", "Bart", "Esra", "Milan", "Sanne", "Hengelo", "085-0000", "woensdag", "mail=", "@"):
        assert woord not in pagina, woord
    assert antwoord["Referrer-Policy"] == "no-referrer"
    # Nobody read anything of the family.
    assert not Logregel.objects.exclude(pk__in=al).exists()


@pytest.mark.parametrize("achter", ["", "overzicht.pdf"])
def test_every_link_that_is_not_of_a_family_member_is_closed(client: Client, vast: Kuipers, achter: str) -> None:
    van_helper, ingetrokken, verlopen, weg = (link_van(wie) for wie in (vast.ilse, vast.bart, vast.esra, vast.milan))
    vast.bart.links.update(ingetrokken_op=timezone.now())
    vast.esra.links.update(geldig_tot=timezone.now() - timedelta(seconds=1))
    gezin.haal_gezinslid_weg(door=vast.door, casus=vast.casus, gezinslid=vast.milan)

    for adres in (van_helper, ingetrokken, verlopen, weg, "/o/verzonnen/"):
        antwoord = client.get(adres + achter)
        assert antwoord.status_code == 410, adres
        assert "Kuipers" not in antwoord.content.decode()


def test_after_the_end_the_last_version_stays_with_who_can_be_reached(client: Client, vast: Kuipers) -> None:
    evaluaties.leg_evaluatie_vast(
        door=vast.door,
        casus=vast.casus,
        evaluatie=vast.evaluatie,
        oordelen=dict.fromkeys(vast.casus.afspraken.filter(vervallen_op=None), "gelukt"),
        velden={"vervolg": "afsluiten"},
        einde={"blijft_bereikbaar": "Sanne, tot de zomer.", "belt_nog_een_keer": "Ruben belt in mei."},
    )

    pagina = client.get(met_code(client, vast.bart)).content.decode()

    assert "We werkten samen tot" in pagina
    assert "Sanne, tot de zomer." in pagina
    assert "Ruben belt in mei." in pagina
    assert "Ik kom elke woensdag om 16 uur." in pagina
    assert "nodigt u uit" not in pagina


@pytest.mark.parametrize("pdf", [False, True])
def test_reading_and_printing_change_nothing_and_are_not_done_by_post(vast: Kuipers, pdf: bool) -> None:
    client = Client()
    client.force_login(vast.teams.sanne)

    assert client.post(voorbeeld(vast, vast.bart, pdf=pdf)).status_code == 405
    assert client.post(met_code(client, vast.bart) + ("overzicht.pdf" if pdf else "")).status_code == 405


def test_the_log_tells_reading_from_printing_and_holds_no_text(als_sanne: Client, vast: Kuipers) -> None:
    van_bart = Client()
    adres = met_code(van_bart, vast.bart)
    al = set(  # the log is append-only: what the cast did stays
        Logregel.objects.values_list("pk", flat=True)
    )

    als_sanne.get(voorbeeld(vast, vast.bart))
    als_sanne.get(voorbeeld(vast, vast.bart, pdf=True))
    van_bart.get(adres)
    van_bart.get(adres + "overzicht.pdf")
    van_bart.head(adres)
    van_bart.head(adres + "overzicht.pdf")

    regels = Logregel.objects.exclude(pk__in=al).order_by("pk")
    assert [(regel.actor_soort, regel.daad) for regel in regels] == [
        ("medewerker", "las"),
        ("medewerker", "las"),
        ("medewerker", "drukte_af"),
        ("gezinslid", "las"),
        ("gezinslid", "las"),
        ("gezinslid", "drukte_af"),
    ]
    gedrukt = [regel for regel in regels if regel.daad == "drukte_af"]
    assert {(regel.object_soort, regel.object_id, regel.casus_id) for regel in gedrukt} == {
        ("gezinslid", str(vast.bart.pk), vast.casus.pk)
    }
    assert gedrukt[1].actor_id == vast.bart.pk


def _maak_groot(kuipers: Kuipers) -> None:
    for nummer in range(12):
        helper = deelnemers.zet_in_adresboek(
            door=kuipers.door, naam=f"Helper {nummer}", functie="", organisatie=f"Plek {nummer}",
            email=f"h{nummer}@plek.example", telefoon="",
        )  # fmt: skip
        mee = deelnemers.voeg_professional_toe(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=helper, velden={"waarvoor": "helpt"}
        )
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"wat": "Ik bel.", "deelnemer": mee}
        )


@pytest.mark.parametrize("soort", ["link", "pdf", "vast", "concept"])
def test_a_large_family_takes_as_many_queries_as_a_small_one(als_sanne: Client, vast: Kuipers, soort: str) -> None:
    van_bart = met_code(als_sanne, vast.bart)
    wijzig(vast, "Ik kom elke donderdag.")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    adres = {
        "link": van_bart,
        "pdf": f"{van_bart}overzicht.pdf",
        "vast": voorbeeld(vast, vast.bart),
        "concept": f"{voorbeeld(vast, vast.bart)}?concept=1",
    }[soort]
    als_sanne.get(adres)
    with CaptureQueriesContext(connection) as klein:
        assert als_sanne.get(adres).status_code == 200
    _maak_groot(vast)
    stel_vast(door=vast.door, casus=vast.casus, nummer=3)
    with CaptureQueriesContext(connection) as groot:
        antwoord = als_sanne.get(adres)

    assert len(groot) == len(klein)
    # What is new since the last version is told on top once more.
    verwacht = {"link": 24, "vast": 12, "concept": 12}
    assert soort == "pdf" or antwoord.content.decode().count("Ik bel.") == verwacht[soort]
