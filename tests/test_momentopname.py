"""One casus as data: what a fixed version keeps, who may read which part, and what loading it costs."""

import json
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import afspraken, deelnemers, evaluaties, gezin, regie
from casussen.acties.basis import slot
from casussen.acties.vaststellen import stel_vast
from casussen.models import Deelnemer, Gezinslid, Organisatie, Professional, Reactie
from casussen.models.basis import VoorGezin
from casussen.overzicht import adresboek, dossier, momentopname
from tests.cast import MILAN_GEBOREN, Kuipers, Teams

Rij = dict[str, Any]


def maak(kuipers: Kuipers) -> Rij:
    """The casus as data, from a fresh copy as a view would have."""
    return momentopname.maak(slot(kuipers.casus))


def vind(rijen: list[Rij], **velden: object) -> Rij:
    """The one row with these values."""
    (rij,) = [rij for rij in rijen if all(rij[naam] == waarde for naam, waarde in velden.items())]
    return rij


def lezers(kuipers: Kuipers, rij: Rij) -> set[str]:
    """The first names of the family members who may read an item."""
    namen = {str(lid.pk): lid.naam.split()[0] for lid in kuipers.casus.gezinsleden.all()}
    return {namen[pk] for pk in rij["lezers"]}


# What is in it


def test_it_survives_json_without_a_change(kuipers: Kuipers) -> None:
    opname = maak(kuipers)
    assert json.loads(json.dumps(opname)) == opname


def test_a_fixed_version_holds_exactly_this(kuipers: Kuipers) -> None:
    opname = maak(kuipers)
    versie = stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    versie.refresh_from_db()
    assert versie.inhoud == opname


def test_it_says_what_the_casus_is(kuipers: Kuipers) -> None:
    opname = maak(kuipers)
    assert {naam: opname[naam] for naam in ("schema", "naam", "soort", "handreiking", "crisisnummer")} == {
        "schema": momentopname.SCHEMA,
        "naam": "Gezin Kuipers",
        "soort": "jeugd",
        "handreiking": kuipers.casus.handreiking.nummer,
        "crisisnummer": "085-0000 999",
    }


def test_people_are_in_it_with_what_everyone_needs(kuipers: Kuipers) -> None:
    kuipers.sanne.voor_wie.set([kuipers.milan])
    opname = maak(kuipers)
    assert vind(opname["gezinsleden"], naam="Milan Kuipers") == {
        "id": str(kuipers.milan.pk), "naam": "Milan Kuipers", "relatie": "kind", "geboren": MILAN_GEBOREN.isoformat(),
        "gezag": None, "adres_geheim": False,
    }  # fmt: skip
    sanne = vind(opname["deelnemers"], id=str(kuipers.sanne.pk))
    assert {naam: sanne[naam] for naam in ("naam", "functie", "organisatie", "is_professional", "telefoon")} == {
        "naam": "Sanne Wolters", "functie": "wijkcoach", "organisatie": "Wijkteam Hengelo-Noord",
        "is_professional": True, "telefoon": "085-0000 011",
    }  # fmt: skip
    assert (sanne["dagen"], sanne["uren_van"], sanne["uren_tot"]) == ([1, 2, 4], "09:00", "17:00")
    assert sanne["voor_wie"] == [str(kuipers.milan.pk)]
    opa = vind(opname["deelnemers"], naam="Opa Henk")
    assert (opa["organisatie"], opa["is_professional"], opa["uren_van"]) == ("", False, None)


def test_no_mail_address_of_the_family_is_in_it(kuipers: Kuipers) -> None:
    assert "@gezin.example" not in json.dumps(maak(kuipers))


def test_who_holds_a_function_and_whether_that_was_accepted(kuipers: Kuipers) -> None:
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ilse)
    zelf, gevraagd = str(kuipers.sanne.pk), str(kuipers.ilse.pk)
    assert maak(kuipers)["regie"] == {
        "regievoerder": {"deelnemer": zelf, "aanvaard": True, "geweigerd": False},
        "aanspreekpunt": {"deelnemer": zelf, "aanvaard": True, "geweigerd": False},
        "vervanger": {"deelnemer": gevraagd, "aanvaard": False, "geweigerd": False},
    }


def test_the_evaluation_is_in_it_with_who_is_not_there(kuipers: Kuipers) -> None:
    evaluaties.plan_evaluatie(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.evaluatie.pk, versie=1,
        velden={
            "van": time(15, 30), "tot": time(16, 30), "afwezige_deelnemers": [kuipers.opa],
            "afwezige_gezinsleden": [kuipers.milan],
        },
    )  # fmt: skip
    assert maak(kuipers)["evaluatie"] == {
        "datum": kuipers.evaluatie.datum.isoformat(), "van": "15:30", "tot": "16:30", "waar": "op het wijkteam",
        "uitnodiger": str(kuipers.sanne.pk), "afwezig": sorted([str(kuipers.opa.pk), str(kuipers.milan.pk)]),
    }  # fmt: skip


def test_an_evaluation_without_hours_or_inviter_and_none_at_all(kuipers: Kuipers) -> None:
    evaluaties.plan_evaluatie(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.evaluatie.pk, versie=1, velden={"uitnodiger": None}
    )
    evaluatie = maak(kuipers)["evaluatie"]
    assert (evaluatie["van"], evaluatie["tot"], evaluatie["uitnodiger"], evaluatie["afwezig"]) == (None, None, None, [])
    kuipers.evaluatie.delete()
    assert maak(kuipers)["evaluatie"] is None


def test_answers_stand_in_the_order_of_the_questions(kuipers: Kuipers) -> None:
    codes = [antwoord["vraag"] for antwoord in maak(kuipers)["antwoorden"]]
    orde = [vraag.code for stap in kuipers.casus.handreiking.inhoud.stappen for vraag in stap.vragen]
    assert codes == [code for code in orde if code in codes]
    assert codes[0] == "aanleiding"


def test_what_is_over_is_not_in_it(kuipers: Kuipers) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.bart)
    tekst = json.dumps(maak(kuipers))
    for weg in (kuipers.ilse, kuipers.opa, kuipers.bart, kuipers.komt_woensdag, kuipers.bart_belt):
        assert str(weg.pk) not in tekst
    for naam in ("Ilse Broekhuis", "Opa Henk", "Bart Kuipers", "elke woensdag"):
        assert naam not in tekst


def test_whoever_left_is_nobodys_reader_and_nobodys_person_helped(kuipers: Kuipers) -> None:
    kuipers.ruben.voor_wie.set([kuipers.bart, kuipers.milan])
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.bart)
    opname = maak(kuipers)
    assert vind(opname["deelnemers"], id=str(kuipers.ruben.pk))["voor_wie"] == [str(kuipers.milan.pk)]
    assert str(kuipers.bart.pk) not in json.dumps(opname)


# Who may read it


def test_each_agreement_is_for_whom_it_was_chosen(kuipers: Kuipers) -> None:
    rijen = maak(kuipers)["afspraken"]
    assert {rij["wat"]: lezers(kuipers, rij) for rij in rijen} == {
        "Ik kom elke woensdag om 16 uur.": {"Bart", "Milan"},
        "Ik bel Bart over het weekend.": {"Bart", "Esra", "Milan"},
        "Ik praat Esra bij.": {"Esra"},
        "Ik vertel Ilse wat helpt.": {"Milan"},
        "Ik bel als een weekend niet doorgaat.": {"Bart", "Milan"},
    }
    assert vind(rijen, wat="Ik vertel Ilse wat helpt.")["datum"] == "2026-12-11"


def test_a_person_from_the_network_may_be_hidden_from_one_parent(kuipers: Kuipers) -> None:
    assert lezers(kuipers, vind(maak(kuipers)["deelnemers"], naam="Opa Henk")) == {"Bart", "Milan"}


def test_a_parent_without_gezag_reads_only_what_was_chosen_for_that_parent(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.esra.pk).update(gezag=False)
    opname = maak(kuipers)
    assert lezers(kuipers, vind(opname["deelnemers"], id=str(kuipers.sanne.pk))) == {"Bart", "Milan"}
    assert lezers(kuipers, vind(opname["antwoorden"], vraag="aanleiding")) == {"Bart", "Milan"}
    assert lezers(kuipers, vind(opname["afspraken"], wat="Ik praat Esra bij.")) == {"Esra"}


def test_whoever_does_not_read_along_reads_only_what_was_chosen(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(leest_mee=False)
    opname = maak(kuipers)
    assert lezers(kuipers, vind(opname["deelnemers"], id=str(kuipers.sanne.pk))) == {"Bart", "Esra"}
    assert lezers(kuipers, vind(opname["afspraken"], wat="Ik vertel Ilse wat helpt.")) == {"Milan"}


def test_an_item_for_nobody_has_no_readers(kuipers: Kuipers) -> None:
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.komt_woensdag.pk, versie=1,
        velden={"voor_gezin": VoorGezin.NIEMAND, "voor_professionals": False},
    )  # fmt: skip
    rij = vind(maak(kuipers)["afspraken"], id=str(kuipers.komt_woensdag.pk))
    assert (rij["lezers"], rij["voor_professionals"]) == ([], False)


@pytest.mark.parametrize("velden", [{"leest_mee": False}, {"gezag": False}])
def test_whoever_must_do_something_may_always_read_it(kuipers: Kuipers, velden: dict[str, bool]) -> None:
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(**velden)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.bart_belt.pk, versie=1,
        velden={"voor_gezin": VoorGezin.NIEMAND},
    )  # fmt: skip
    rij = vind(maak(kuipers)["afspraken"], id=str(kuipers.bart_belt.pk))
    assert lezers(kuipers, rij) == {"Bart"}
    assert (rij["gezinslid"], rij["deelnemer"]) == (str(kuipers.bart.pk), None)


def test_the_owner_is_not_named_twice_among_the_readers(kuipers: Kuipers) -> None:
    rij = vind(maak(kuipers)["afspraken"], id=str(kuipers.bart_belt.pk))
    assert len(rij["lezers"]) == len(set(rij["lezers"])) == 2


# What it costs


def _vul_aan(kuipers: Kuipers, tot: int) -> None:
    """Helpers and agreements until there are so many of each, with readers, people helped, and answers."""
    organisatie = Organisatie.objects.get(naam="De Brug")
    for nummer in range(kuipers.casus.deelnemers.count(), tot):
        professional = Professional.objects.create(naam=f"Helper {nummer}", organisatie=organisatie)
        helper = Deelnemer.objects.create(
            casus=kuipers.casus, professional=professional, van=timezone.now(), voor_gezin=VoorGezin.GEKOZEN
        )
        helper.gekozen_gezinsleden.set([kuipers.bart, kuipers.milan])
        helper.voor_wie.set([kuipers.milan])
    for nummer in range(kuipers.casus.afspraken.count(), tot):
        eigenaar = kuipers.casus.deelnemers.order_by("gemaakt_op")[nummer]
        afspraak = kuipers.casus.afspraken.create(deelnemer=eigenaar, wat=f"Ik doe {nummer}.", voor_gezin="gekozen")
        afspraak.gekozen_gezinsleden.set([kuipers.bart])
        Reactie.objects.create(afspraak=afspraak, deelnemer=eigenaar, inhoud_versie=1, soort="akkoord")


def _aantal_queries(kuipers: Kuipers) -> int:
    casus = slot(kuipers.casus)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        opname = momentopname.van_dossier(dossier.laad(casus))
    assert opname["afspraken"]
    return len(queries)


def test_thirty_helpers_and_agreements_cost_as_many_queries_as_five(kuipers: Kuipers) -> None:
    weinig = _aantal_queries(kuipers)
    _vul_aan(kuipers, 30)
    opname = maak(kuipers)
    assert (len(opname["deelnemers"]), len(opname["afspraken"])) == (30, 30)
    assert _aantal_queries(kuipers) == weinig


def test_a_loaded_casus_tells_helpers_from_family_and_friends(kuipers: Kuipers) -> None:
    geladen = dossier.laad(slot(kuipers.casus))
    assert geladen.netwerk == [kuipers.opa]
    assert geladen.professionals == [kuipers.sanne, kuipers.ilse, kuipers.ruben, kuipers.amrita]
    assert geladen.evaluatie == kuipers.evaluatie
    assert geladen.antwoorden["aanleiding"].door == kuipers.teams.sanne


def test_an_evaluation_that_was_held_is_no_longer_planned(kuipers: Kuipers) -> None:
    type(kuipers.evaluatie).objects.update(gehouden_op=timezone.now(), vervolg="aanpassen")
    assert dossier.laad(slot(kuipers.casus)).evaluatie is None
    evaluaties.plan_evaluatie(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"datum": timezone.localdate() + timedelta(days=40)},
    )  # fmt: skip
    assert dossier.laad(slot(kuipers.casus)).evaluatie is not None


# The address book


def namen(kuipers: Kuipers, woorden: str) -> list[str]:
    """Who is found for this casus."""
    return [mens.naam for mens in adresboek.zoek(woorden, dossier.laad(slot(kuipers.casus)))]


@pytest.mark.parametrize(
    ("woorden", "gevonden"),
    [
        ("joost", ["Joost ten Hove"]),
        ("WIJKCOACH zuid", ["Karin Veldhuis"]),
        ("hengelo spit", ["Mieke Spit"]),
        ("joost zuid", []),
        ("ilse", []),  # takes part already
        ("100%", []),
    ],
)
def test_somebody_is_found_by_name_profession_or_organisation(
    kuipers: Kuipers, woorden: str, gevonden: list[str]
) -> None:
    assert namen(kuipers, woorden) == gevonden


def test_whoever_stopped_can_be_found_again(kuipers: Kuipers) -> None:
    Deelnemer.objects.filter(pk=kuipers.ilse.pk).update(tot=timezone.now())
    assert namen(kuipers, "ilse") == ["Ilse Broekhuis"]


def test_at_most_eight_are_shown(kuipers: Kuipers) -> None:
    organisatie = Organisatie.objects.get(naam="De Brug")
    for nummer in range(10):
        Professional.objects.create(naam=f"Noor {nummer}", organisatie=organisatie)
    assert len(namen(kuipers, "noor")) == adresboek.HOOGUIT == 8


def test_organisations_to_choose_from_while_typing(teams: Teams) -> None:
    assert adresboek.organisaties() == ["Wijkteam Almelo-Zuid", "Wijkteam Hengelo-Noord"]
