"""The content sets: what ships reads well, and a round trip loses nothing."""

import copy
import json
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casussen import inhoud
from casussen.inhoud import Inhoud, Optie, Stap, Vraag, VraagSoort

SETS = {soort: inhoud.lees(pad) for soort, pad in inhoud.BESTANDEN.items()}
JEUGD, WMO = SETS["jeugd"], SETS["wmo"]
JARGON = (
    "regievoerder",
    "casus",
    "indicatie",
    "traject",
    "interventie",
    "systeemgericht",
    "mdo",
    "gecertificeerde instelling",
    "hulpvraag",
    "opschalen",
)
CODES = {
    1: ["aanleiding", "past", "bestaand_plan", "gezin_weet"],
    2: ["wie_mist", "wie_stopt"],
    3: ["gezin_van_ons", "wij_van_gezin", "gezin_bepaalt", "wij_van_elkaar"],
    4: ["regie_inhoud", "vastlopen"],
    5: ["contact_derden"],
    6: ["initiatief", "buiten_kantoor", "delen", "overdracht"],
    7: ["waaraan_zien", "tussendoor"],
}

beide_sets = pytest.mark.parametrize("een_set", [JEUGD, WMO], ids=["jeugd", "wmo"])


def vragen(een_set: Inhoud) -> Iterator[Vraag]:
    for stap in een_set.stappen:
        yield from stap.vragen


def familieteksten(een_set: Inhoud) -> Iterator[str]:
    """Every fixed text that can come into the overview of the family."""
    yield from (stap.kop_gezin for stap in een_set.stappen)
    for vraag in vragen(een_set):
        yield from filter(None, (vraag.kop_overzicht, vraag.standaard))


def alle_teksten(een_set: Inhoud) -> Iterator[str]:
    yield from (een_set.titel, *een_set.woorden.values(), *een_set.relaties)
    yield from familieteksten(een_set)
    for stap in een_set.stappen:
        yield from (stap.titel, stap.doel)
    for vraag in vragen(een_set):
        yield from filter(None, (vraag.tekst, vraag.doorvraag, vraag.uitleg))
        yield from (optie.tekst for optie in vraag.opties)


def codes(een_set: Inhoud) -> dict[int, list[str]]:
    return {stap.nummer: [vraag.code for vraag in stap.vragen] for stap in een_set.stappen}


# What ships


def test_the_youth_set_has_exactly_the_questions_of_the_seven_steps() -> None:
    assert codes(JEUGD) == CODES


def test_the_wmo_set_asks_the_same_and_lets_the_resident_name_a_contact() -> None:
    met_contactpersoon = copy.deepcopy(CODES)
    met_contactpersoon[6].insert(0, "contactpersoon")
    assert codes(WMO) == met_contactpersoon


@beide_sets
def test_every_fixed_sentence_has_at_most_fifteen_words(een_set: Inhoud) -> None:
    zinnen = [zin for tekst in alle_teksten(een_set) for zin in re.split(r"(?<=[.?!])\s+|\n", tekst)]
    assert [zin for zin in zinnen if len(zin.split()) > 15] == []


@beide_sets
def test_no_fixed_text_uses_the_words_that_families_do_not_know(een_set: Inhoud) -> None:
    found = [(woord, tekst) for tekst in alle_teksten(een_set) for woord in JARGON if woord in tekst.lower()]
    assert found == []


@beide_sets
def test_texts_for_the_family_never_call_a_parent_je(een_set: Inhoud) -> None:
    assert [tekst for tekst in familieteksten(een_set) if re.search(r"\b(je|jij|jouw|jullie)\b", tekst)] == []


@beide_sets
def test_texts_for_the_coordinator_never_say_u(een_set: Inhoud) -> None:
    teksten = [tekst for vraag in vragen(een_set) for tekst in (vraag.tekst, vraag.uitleg or "")]
    assert [tekst for tekst in teksten if re.search(r"\b(u|uw)\b", tekst.lower())] == []


@beide_sets
def test_every_answer_has_a_heading_because_any_answer_may_be_shown_to_the_family(een_set: Inhoud) -> None:
    assert [vraag.code for vraag in vragen(een_set) if not vraag.kop_overzicht] == []


@beide_sets
def test_what_the_helpers_settle_among_themselves_is_not_shown_by_default(een_set: Inhoud) -> None:
    assert [v.code for v in vragen(een_set) if v.wie == "professionals" and v.in_overzicht] == []


def test_the_wmo_set_never_speaks_of_a_family_with_parents() -> None:
    woorden = re.compile(r"\b(gezin\w*|gezag|ouders?|kind(eren)?|jeugd\w*)\b", re.IGNORECASE)
    assert [tekst for tekst in alle_teksten(WMO) if woorden.search(tekst)] == []


def test_the_wmo_set_knows_legal_representatives_and_informal_carers() -> None:
    assert {"inwoner", "mantelzorger", "mentor", "bewindvoerder", "curator"} <= set(WMO.relaties)


def test_the_first_contact_changes_what_changes_in_between() -> None:
    assert JEUGD.vraag("tussendoor").voorstel() == (
        "Bel het eerste aanspreekpunt. Die past het aan. Iedereen krijgt bericht."
    )


def test_the_proposal_for_emergencies_takes_the_number_of_the_organisation() -> None:
    assert JEUGD.vraag("buiten_kantoor").voorstel("085-0000 999").endswith("de crisisdienst: 085-0000 999.")


def test_without_a_number_there_is_no_proposal_with_a_hole_in_it() -> None:
    assert JEUGD.vraag("buiten_kantoor").voorstel() == ""


def test_a_question_without_a_proposal_proposes_nothing() -> None:
    assert JEUGD.vraag("aanleiding").voorstel("085-0000 999") == ""


def test_a_yes_or_no_question_also_offers_not_everyone_yet() -> None:
    assert [optie.code for optie in JEUGD.vraag("gezin_weet").opties] == ["ja", "nog-niet-iedereen", "nee"]


# Looking things up


def test_a_step_and_a_question_are_found_by_number_and_code() -> None:
    assert JEUGD.stap(4).vragen[1] == JEUGD.vraag("vastlopen")


@pytest.mark.parametrize("nummer", [0, 8])
def test_a_step_that_does_not_exist_is_a_key_error(nummer: int) -> None:
    with pytest.raises(KeyError):
        JEUGD.stap(nummer)


def test_a_question_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        JEUGD.vraag("contactpersoon")


# There and back


@beide_sets
def test_a_set_survives_the_database_as_json(een_set: Inhoud) -> None:
    assert inhoud.van_dict(json.loads(json.dumps(inhoud.als_dict(een_set)))) == een_set


def test_the_fingerprint_stays_when_the_database_orders_the_keys_differently() -> None:
    gesorteerd = json.loads(json.dumps(inhoud.als_dict(JEUGD), sort_keys=True))
    assert inhoud.vingerafdruk(inhoud.van_dict(gesorteerd)) == inhoud.vingerafdruk(JEUGD)


def test_the_fingerprint_changes_with_one_letter() -> None:
    gegevens = inhoud.als_dict(JEUGD)
    gegevens["stappen"][6]["doel"] += "!"
    assert inhoud.vingerafdruk(inhoud.van_dict(gegevens)) != inhoud.vingerafdruk(JEUGD)


tekst_van = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=12)
code_van = st.from_regex(r"[a-z][a-z0-9]{0,5}([-_][a-z0-9]{1,3})?", fullmatch=True)
mag_tekst = st.none() | tekst_van


@st.composite
def een_vraag(draw: st.DrawFn, code: str) -> Vraag:
    soort: VraagSoort = draw(st.sampled_from(get_args(VraagSoort)))
    optie = st.builds(Optie, code_van, tekst_van)
    opties = st.lists(optie, min_size=2, max_size=4, unique_by=lambda o: o.code).map(tuple)
    kop = draw(mag_tekst)
    return Vraag(
        code=code,
        tekst=draw(tekst_van),
        doorvraag=draw(mag_tekst),
        wie=draw(st.sampled_from(("intake", "samen", "professionals"))),
        soort=soort,
        opties=() if soort == "open" else draw(opties),
        in_overzicht=draw(st.booleans()) if kop else False,
        uitleg=draw(mag_tekst),
        standaard=draw(st.none() | st.just("Bel {crisisnummer}.\nOf bel 112.")) if soort == "open" else None,
        kop_overzicht=kop,
    )


@st.composite
def een_inhoud(draw: st.DrawFn) -> Inhoud:
    aantallen = draw(st.lists(st.integers(1, 2), min_size=7, max_size=7))
    nieuwe = iter(draw(st.lists(code_van, min_size=14, max_size=14, unique=True)))
    return Inhoud(
        soort=draw(st.sampled_from(("jeugd", "wmo"))),
        titel=draw(tekst_van),
        versie=draw(st.integers(1, 9999)),
        woorden={naam: draw(tekst_van) for naam in inhoud.WOORDEN},
        relaties=tuple(draw(st.lists(tekst_van, min_size=1, max_size=5, unique=True))),
        stappen=tuple(
            Stap(
                nummer,
                draw(tekst_van),
                draw(tekst_van),
                draw(tekst_van),
                tuple(draw(een_vraag(next(nieuwe))) for _ in range(aantal)),
            )
            for nummer, aantal in enumerate(aantallen, start=1)
        ),
    )


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(een_inhoud())
def test_any_valid_set_survives_the_round_trip(een_set: Inhoud) -> None:
    assert inhoud.van_dict(json.loads(json.dumps(inhoud.als_dict(een_set)))) == een_set
