"""What changed between two versions, in words."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, regie
from casussen.models import (
    Afspraak,
    Casus,
    Deelnemer,
    Evaluatie,
    Netwerklid,
    Organisatie,
    Regie,
)
from casussen.models.basis import VoorGezin
from casussen.overzicht import momentopname, verschil
from tests import cast
from tests.gezinnen import anders, vastgesteld


def zinnen(kuipers: cast.Kuipers) -> list[tuple[str, str, str]]:
    """What changed since the last version."""
    laatste = kuipers.casus.vaststellingen.first()
    assert laatste is not None
    vers = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=kuipers.casus.pk)
    nieuw = momentopname.maak(vers)
    gevonden = verschil.verschillen(laatste.inhoud, nieuw)
    # A change is never told without words, and words are never told without a change.
    assert bool(gevonden) == verschil.is_gewijzigd(laatste.inhoud, nieuw)
    assert bool(gevonden) == (verschil.vingerafdruk(laatste.inhoud) != verschil.vingerafdruk(nieuw))
    return [(v.soort, v.wie, f"{v.tekst} {v.was}".strip()) for v in gevonden]


def test_nothing_changed_gives_no_lines(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    assert zinnen(kuipers) == []


def test_people_who_come_and_go_are_named(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.esra)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    gezin.zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"naam": "Lot", "relatie": "zus"}
    )
    # Readers follow from who belongs to the family: that is not told at every item again.
    assert zinnen(kuipers) == [
        ("erbij", "Lot", "doet mee."),
        ("weg", "Esra Demir", "doet niet meer mee."),
        ("weg", "Opa Henk", "doet niet meer mee."),
    ]
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").content.decode()
    for woord in ("Erbij</span>", "Weg</span>", "Vergeleken met versie 1"):
        assert woord in html


def test_a_changed_person_says_what_is_different(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    ilse = Deelnemer.objects.get(pk=kuipers.ilse.pk)
    deelnemers.wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=ilse.pk, versie=ilse.versie,
        velden={"telefoon": "085-0000 777", "waarvoor": "begeleidt thuis"},
    )  # fmt: skip
    Netwerklid.objects.update(naam="Opa Hendrik")
    assert zinnen(kuipers) == [
        ("anders", "Ilse Broekhuis", "heeft een andere taak."),
        ("anders", "Ilse Broekhuis", "is anders te bereiken."),
        ("anders", "Opa Hendrik", "heeft andere gegevens."),
    ]


def test_other_readers_are_told_once_for_all_people(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Deelnemer.objects.filter(pk=kuipers.ilse.pk).update(voor_gezin=VoorGezin.NIEMAND)
    Deelnemer.objects.filter(pk=kuipers.ruben.pk).update(voor_professionals=False)
    Afspraak.objects.filter(pk=kuipers.belt_zondag.pk).update(voor_gezin=VoorGezin.NIEMAND)
    assert zinnen(kuipers) == [
        ("anders", "Het deel van Ilse Broekhuis en Ruben Assink.", "Andere mensen mogen dit lezen."),
        ("anders", "Ruben Assink", "“Ik bel Bart over het weekend.” Andere mensen mogen dit lezen."),
    ]


def test_the_regie_that_moves_stops_or_begins_is_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    casus, door = kuipers.casus, kuipers.door
    regie.wijs_aan(door=door, casus=casus, functie="regievoerder", deelnemer=kuipers.ilse)
    regie.wijs_aan(door=door, casus=casus, functie="aanspreekpunt", deelnemer=None)
    regie.wijs_aan(door=door, casus=casus, functie="vervanger", deelnemer=kuipers.opa)
    assert zinnen(kuipers) == [
        # Without a yes nobody has it.
        ("anders", "Ilse Broekhuis", "is gevraagd voor de regie. Dat was Sanne Wolters."),
        ("weg", "Sanne Wolters", "is niet meer het eerste aanspreekpunt."),
        ("erbij", "Opa Henk", "is gevraagd als vervanger."),
    ]
    Regie.objects.update(aanvaard_op=timezone.now())
    assert zinnen(kuipers) == [
        ("anders", "Ilse Broekhuis", "heeft de regie. Dat was Sanne Wolters."),
        ("weg", "Sanne Wolters", "is niet meer het eerste aanspreekpunt."),
        ("erbij", "Opa Henk", "is de vervanger."),
    ]


def test_a_yes_to_the_regie_asks_for_no_new_version(kuipers: cast.Kuipers) -> None:
    Regie.objects.update(aanvaard_op=None)
    vastgesteld(kuipers)
    Regie.objects.update(aanvaard_op=timezone.now())
    assert zinnen(kuipers) == []


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        (
            {"wat": "Ik kom om 15 uur."},
            "“Ik kom om 15 uur.”, elke woensdag Dat was: “Ik kom elke woensdag om 16 uur.”",
        ),
        ({"wanneer": ""}, "“Ik kom elke woensdag om 16 uur.” Dat was: elke woensdag"),
        (
            {"wanneer": "op vrijdag", "wat": "Ik kom."},
            "“Ik kom.”, op vrijdag Dat was: “Ik kom elke woensdag om 16 uur.”, elke woensdag",
        ),
    ],
)
def test_a_changed_agreement_says_what_it_was(kuipers: cast.Kuipers, velden: dict[str, str], zin: str) -> None:
    vastgesteld(kuipers)
    anders(kuipers, **velden)
    assert zinnen(kuipers) == [("anders", "Ilse Broekhuis", zin)]


def test_an_agreement_that_gets_a_day_had_none(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    rij = kuipers.bart_belt
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden={"datum": "2026-12-11"}
    )
    assert zinnen(kuipers) == [
        (
            "anders",
            "Bart Kuipers",
            "“Ik bel als een weekend niet doorgaat.”, vóór vrijdag 11 december Dat was: zonder datum",
        )
    ]


def test_an_agreement_that_moves_to_somebody_else_says_whose_it_was(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, deelnemer=kuipers.ruben)
    assert zinnen(kuipers) == [
        ("anders", "Ruben Assink", "“Ik kom elke woensdag om 16 uur.”, elke woensdag Dat was: Ilse Broekhuis")
    ]


def test_an_agreement_that_changed_and_changed_back_is_asked_again(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom niet.")
    anders(kuipers, wat="Ik kom elke woensdag om 16 uur.")
    ((soort, wie, zin),) = zinnen(kuipers)
    assert (soort, wie) == ("anders", "Ilse Broekhuis")
    assert zin.endswith("Dat was: “Ik kom elke woensdag om 16 uur.”")


def test_new_and_ended_agreements_are_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik bel de school.", "deelnemer": kuipers.ilse},
    )  # fmt: skip
    assert zinnen(kuipers) == [
        ("erbij", "Ilse Broekhuis", "“Ik bel de school.”"),
        ("weg", "dr. Amrita Soedamah", "“Ik vertel Ilse wat helpt.”"),
    ]


def test_answers_are_counted_not_quoted(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    for vraag, versie, velden in (
        ("aanleiding", 1, {"tekst": "Milan woont thuis."}),
        ("gezin_van_ons", 1, {"voor_gezin": VoorGezin.NIEMAND}),
        ("wij_van_elkaar", 1, {"tekst": ""}),
        ("wie_mist", 0, {"tekst": "De gymleraar."}),
    ):
        antwoorden.bewaar_antwoord(door=kuipers.door, casus=kuipers.casus, vraag=vraag, versie=versie, velden=velden)
    assert zinnen(kuipers) == [
        ("erbij", "Antwoorden", "op 1 vraag."),
        ("anders", "Antwoorden", "op 2 vragen."),
        ("weg", "Antwoorden", "op 1 vraag."),
    ]


def plan(kuipers: cast.Kuipers, **velden: object) -> None:
    """Changes the planned evaluation."""
    rij = Evaluatie.objects.get(pk=kuipers.evaluatie.pk)
    evaluaties.plan_evaluatie(door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden=velden)


def test_another_day_or_place_to_look_back_is_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    plan(kuipers, waar="bij Bart thuis")
    ((soort, wie, zin),) = zinnen(kuipers)
    assert (soort, wie) == ("anders", "Terugkijken")
    assert zin.endswith("tijd, plek of mensen zijn anders.")
    plan(kuipers, datum=kuipers.evaluatie.datum + timedelta(days=1))
    ((soort, _wie, zin),) = zinnen(kuipers)
    assert soort == "anders"
    assert "Dat was" in zin


def test_a_day_that_went_away_and_a_new_one_are_told(kuipers: cast.Kuipers) -> None:
    eerste = vastgesteld(kuipers)
    zonder = {**eerste.inhoud, "evaluatie": None}
    (weg,) = verschil.verschillen(eerste.inhoud, zonder)
    assert (weg.soort, weg.tekst) == ("weg", "heeft nog geen nieuwe dag.")
    (erbij,) = verschil.verschillen(zonder, eerste.inhoud)
    assert (erbij.soort, erbij.was) == ("erbij", "")


def test_another_name_or_number_for_emergencies_is_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Casus.objects.update(naam="Gezin Kuipers-Demir")
    Organisatie.objects.update(crisisnummer="")
    assert zinnen(kuipers) == [
        ("anders", "Gezin Kuipers-Demir", "is nu de naam op dit overzicht. Dat was Gezin Kuipers."),
        ("anders", "Bij nood", "staat er nu: geen eigen nummer."),
        # The proposal that named the number is gone with it.
        ("weg", "Antwoorden", "op 1 vraag."),
    ]
