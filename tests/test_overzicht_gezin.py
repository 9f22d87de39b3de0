"""What is in the overview of one family member, and what is not."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casussen.overzicht import kaart, momentopname
from casussen.overzicht.gezin_delen import Einde
from tests.cast import Kuipers
from tests.opnames import JEUGD, Rij, afspraak, alle_tekst, antwoord, deelnemer, evaluatie, lid, opname
from tests.overzichten import bart_en_milan, helper, maak

# Everything that he may read, and nothing else

ALLEN = {"Sanne Wolters", "085-0000 011", "Ilse Broekhuis", "Ruben Assink", "Amrita Soedamah", "Ik bel Bart over het"}
VAN_BART = {"Ik kom elke woensdag om 16 uur.", "Ik bel als een weekend niet doorgaat."}
VAN_OPA = {"Opa Henk", "06-0000 0103", "slaapt er vaak", "opa van vaders kant"}
VAN_ESRA = {"Ik praat Esra bij."}
VAN_MILAN = {"Ik vertel Ilse wat helpt."}
VAN_HELPERS = {"Eerst bellen we elkaar."}


@pytest.mark.parametrize(
    ("lezer", "wel", "niet"),
    [
        ("bart", ALLEN | VAN_BART | VAN_OPA, VAN_ESRA | VAN_MILAN | VAN_HELPERS),
        ("esra", ALLEN | VAN_ESRA, VAN_BART | VAN_OPA | VAN_MILAN | VAN_HELPERS),
        ("milan", ALLEN | VAN_BART | VAN_OPA | VAN_MILAN, VAN_ESRA | VAN_HELPERS),
    ],
)
def test_each_reader_gets_all_that_is_his_and_nothing_else(
    kuipers: Kuipers, lezer: str, wel: set[str], niet: set[str]
) -> None:
    casus = momentopname.maak(kuipers.casus)
    pk = str(getattr(kuipers, lezer).pk)
    tekst = alle_tekst(maak(casus, pk), kaart.teken(casus, pk))

    assert {deel for deel in wel if deel not in tekst} == set()
    assert {deel for deel in niet if deel in tekst} == set()


def _woord(soort: str, nummer: int) -> str:
    """A word that stands nowhere else, of letters only, and that is no part of another one."""
    return f"{soort}{chr(97 + nummer // 26)}{chr(97 + nummer % 26)}q"


@st.composite
def casussen(draw: st.DrawFn) -> Rij:
    """A casus in which every text is unique, with readers and functions dealt out at random."""
    leden = [f"g{nummer}" for nummer in range(draw(st.integers(1, 4)))]
    mensen = [f"d{nummer}" for nummer in range(draw(st.integers(0, 7)))]
    lezers = st.lists(st.sampled_from(leden), unique=True)
    wie = st.sampled_from(mensen) if mensen else st.none()
    namen = [f"{_woord('Voor', nummer)} {_woord('Achter', nummer)}" for nummer in range(len(mensen))]
    deelnemers = [
        deelnemer(
            pk,
            namen[nummer],
            _woord("Plek", nummer) if draw(st.booleans()) else "",
            functie=_woord("Functie", nummer),
            waarvoor=_woord("Taak", nummer),
            telefoon=_woord("Nummer", nummer),
            voor_wie=draw(lezers),
            vervanger=draw(st.sampled_from(["", *namen])),
            lezers=draw(lezers),
        )
        for nummer, pk in enumerate(mensen)
    ]
    eigenaren = st.sampled_from([*leden, *mensen])
    return opname(
        [lid(pk, f"{_woord('Lid', nummer)} Kuipers", "vader") for nummer, pk in enumerate(leden)],
        deelnemers,
        afspraken=[
            afspraak(f"a{nummer}", _woord("Wat", nummer), van=draw(eigenaren), lezers=draw(lezers))
            for nummer in range(draw(st.integers(0, 8)))
        ],
        antwoorden=[
            antwoord(vraag.code, _woord("Tekst", nummer), draw(lezers), doorvraag=_woord("Door", nummer))
            for nummer, vraag in enumerate(vraag for stap in JEUGD.stappen for vraag in stap.vragen)
        ],
        regie={
            functie: draw(wie)
            for functie in draw(st.sets(st.sampled_from(["regievoerder", "aanspreekpunt", "vervanger"])))
        }
        if mensen
        else {},
        evaluatie=evaluatie(waar="Zaalq", uitnodiger=draw(wie), afwezig=draw(lezers)),
    )


@settings(max_examples=200, deadline=None)
@given(casussen())
def test_whatever_the_mix_of_readers_nothing_leaks_and_nothing_is_lost(casus: Rij) -> None:
    for lezer in (rij["id"] for rij in casus["gezinsleden"]):
        tekst = alle_tekst(maak(casus, lezer), kaart.teken(casus, lezer)).casefold()
        zichtbaar = {rij["id"] for rij in casus["deelnemers"] if lezer in rij["lezers"]}
        mag: dict[str, bool] = {"Zaalq": lezer not in casus["evaluatie"]["afwezig"]}
        for rij in casus["deelnemers"]:
            velden = [*rij["naam"].split(), rij["waarvoor"], rij["telefoon"]]
            mag |= dict.fromkeys(velden, rij["id"] in zichtbaar)
            if rij["organisatie"]:
                mag[rij["organisatie"]] = rij["id"] in zichtbaar
            if rij["id"] not in zichtbaar:
                mag[rij["functie"]] = False
        for rij in casus["afspraken"]:
            eigenaar_te_zien = rij["gezinslid"] is not None or rij["deelnemer"] in zichtbaar
            mag[rij["wat"]] = lezer in rij["lezers"] and eigenaar_te_zien
        for rij in casus["antwoorden"]:
            mag |= dict.fromkeys([rij["tekst"], rij["doorvraag"]], lezer in rij["lezers"])

        assert {woord for woord, ja in mag.items() if not ja and woord.casefold() in tekst} == set()
        assert {woord for woord, ja in mag.items() if ja and woord.casefold() not in tekst} == set()


def test_somebody_who_is_not_in_the_casus_gets_nothing() -> None:
    with pytest.raises(KeyError):
        maak(bart_en_milan(), "g9")


def test_an_agreement_of_a_hidden_helper_is_left_out_as_a_whole() -> None:
    casus = bart_en_milan(
        helper("d1", "Ilse Broekhuis", lezers=["g1"]),
        afspraken=[
            afspraak("a1", "Ik kom op woensdag.", van="d1", lezers=["g1", "g2"]),
            afspraak("a2", "Ik zeg het op tijd.", van="g2", lezers=["g1", "g2"]),
        ],
    )

    assert [eigenaar.naam for eigenaar in maak(casus, "g2").afspraken] == ["Jijzelf"]
    assert [eigenaar.naam for eigenaar in maak(casus, "g1").afspraken] == ["Ilse Broekhuis", "Milan Kuipers"]


# Cards


def test_a_card_says_what_for_for_whom_and_how_to_reach_somebody() -> None:
    mensen = [
        helper("d1", "Sanne Wolters", telefoon="085-0000 011"),
        helper("d2", "Opa Henk", "", functie="opa", voor_wie=["g2"]),
        helper("d3", "Wouter Nijhof", functie="mentor", voor_wie=["g1", "g2"], alleen_als_nodig=True),
        helper("d4", "Ilse Broekhuis", waarvoor="helpt thuis", voor_wie=["g1"], dagen=[3], telefoon="085-0000 021"),
    ]
    casus = bart_en_milan(*mensen, regie={"regievoerder": "d1"})

    kaarten = maak(casus, "g1").helpers

    assert [(hulp.waarvoor, hulp.voor_wie, hulp.mens.naam, hulp.mens.waar, hulp.zinnen) for hulp in kaarten] == [
        # No number: the first contact helps on. For everybody: not said.
        ("Mentor", "", "Wouter Nijhof", "De Brug", ("Alleen als het nodig is.", "Bel hiervoor Sanne Wolters.")),
        ("Helpt thuis", "Voor u", "Ilse Broekhuis", "De Brug", ("Op woensdag.",)),
        # The own network comes last, and its missing numbers are no business of the first contact.
        ("Opa", "Voor Milan", "Opa Henk", "opa", ()),
    ]
    assert [hulp.voor_wie for hulp in maak(casus, "g2").helpers] == ["", "Voor Bart", "Voor jou"]


def test_without_anybody_to_call_first_all_helpers_have_a_card() -> None:
    overzicht = maak(bart_en_milan(helper("d1", "Ilse Broekhuis")), "g1")

    assert [(hulp.mens.naam, hulp.mens.vorm, hulp.zinnen) for hulp in overzicht.helpers] == [
        ("Ilse Broekhuis", "helper", ())
    ]


# Agreements, the talk, the answers


def test_agreements_stand_per_person_the_reader_first_with_their_moment_in_words() -> None:
    casus = bart_en_milan(
        helper("d1", "Ilse Broekhuis"),
        afspraken=[
            afspraak("a1", "Ik kom langs.", van="d1", lezers=["g1"], wanneer="elke week", datum="2026-12-04"),
            afspraak("a2", "Ik help mee.", van="g2", lezers=["g1"]),
            afspraak("a3", "Ik bel.", van="g1", lezers=["g1"]),
            afspraak("a4", "Ik schrijf.", van="d1", lezers=["g1"]),
        ],
    )

    eigenaren = maak(casus, "g1").afspraken

    assert [(eigenaar.naam, [belofte.wat for belofte in eigenaar.beloften]) for eigenaar in eigenaren] == [
        ("Uzelf", ["Ik bel."]),
        ("Ilse Broekhuis", ["Ik kom langs.", "Ik schrijf."]),
        ("Milan Kuipers", ["Ik help mee."]),
    ]
    assert eigenaren[1].beloften[0].wanneer == "elke week, vóór vrijdag 4 december"


def test_the_next_talk_says_day_time_place_and_who_invites() -> None:
    plan = evaluatie(van="15:30", waar="bij Bart thuis", uitnodiger="d1")
    casus = bart_en_milan(helper("d1", "Sanne Wolters"), evaluatie=plan)

    gesprek, van_milan = maak(casus, "g1").gesprek, maak(casus, "g2").gesprek

    assert gesprek is not None
    assert van_milan is not None
    assert (gesprek.dag, gesprek.dag_zin) == (date(2026, 12, 15), "Dinsdag 15 december 2026")
    assert gesprek.zinnen == ("Half vier ’s middags (15.30 uur).", "Bij Bart thuis.", "Sanne nodigt u uit.")
    assert van_milan.zinnen[-1] == "Sanne nodigt je uit."


def test_who_is_not_at_the_table_does_not_read_where_the_others_meet() -> None:
    plan = evaluatie(van="15:30", waar="bij Esra thuis", uitnodiger="d1", afwezig=["g1", "g2"])
    casus = bart_en_milan(helper("d1", "Sanne Wolters"), evaluatie=plan)

    zinnen = [overzicht.gesprek.zinnen for lezer in ("g1", "g2") if (overzicht := maak(casus, lezer)).gesprek]

    assert zinnen == [("U bent hier niet bij.",), ("Jij bent hier niet bij.",)]


def test_without_a_date_or_after_the_end_there_is_no_next_talk() -> None:
    einde = Einde("We werkten samen.", "Sanne", "")
    assert maak(bart_en_milan(), "g1").gesprek is None
    assert maak(bart_en_milan(evaluatie=evaluatie()), "g1", einde=einde).gesprek is None


def test_answers_stand_below_the_heading_of_their_step() -> None:
    casus = bart_en_milan(
        antwoorden=[
            antwoord("gezin_van_ons", " Eén iemand belt. ", ["g1", "g2"]),
            antwoord("aanleiding", "Milan wil thuis wonen.", ["g1"], doorvraag="Rust."),
            antwoord("contact_derden", "", ["g1"], keuzes=["huisarts", "school", "bestaat-niet"]),
            antwoord("delen", "Geen namen in een app.", ["g1"]),
        ]
    )

    overzicht = maak(casus, "g1")

    assert overzicht.verwachten.kop == "Wat mogen we van elkaar verwachten?"
    assert [(deel.kop, deel.tekst) for deel in overzicht.verwachten.antwoorden] == [("U vroeg ons", "Eén iemand belt.")]
    assert overzicht.waarom.antwoorden[0].doorvraag == "Wat moet er over drie maanden anders zijn?"
    assert overzicht.waarom.antwoorden[0].doorvraag_tekst == "Rust."
    assert overzicht.afgesproken.antwoorden[0].keuzes == ("School", "Huisarts")
    assert overzicht.contact_verder.kop == "Hoe houden we contact?"
    assert [deel.tekst for deel in overzicht.contact_verder.antwoorden] == ["Geen namen in een app."]
    assert [deel.kop for deel in maak(casus, "g2").verwachten.antwoorden] == ["Jij vroeg ons"]


def test_an_adult_is_called_u_and_a_young_person_je() -> None:
    sanne = helper("d1", "Sanne Wolters")
    casus = bart_en_milan(sanne, regie={"regievoerder": "d1"})
    bart, milan = maak(casus, "g1"), maak(casus, "g2")

    assert bart.groet == "Dag Bart. Hier staat wie u helpt en wat we afspraken."
    assert (bart.helpers_kop, bart.bedoeld) == ("Waarvoor belt u wie?", "U leest hier alleen wat voor u bedoeld is.")
    assert milan.groet == "Dag Milan. Hier staat wie je helpt en wat we afspraken."
    assert not {"u", "uw", "uzelf"} & set(alle_tekst(milan).lower().replace(".", " ").replace("?", " ").split())
    assert bart.klopt == "Zeg het tegen Sanne. Dan passen we het samen aan."


def test_a_version_has_a_number_and_a_draft_says_that_it_is_one() -> None:
    vast, concept = maak(bart_en_milan(), "g1"), maak(bart_en_milan(), "g1", nummer=None)

    assert (vast.concept, vast.versie_zin) == (False, "Versie 2, van dinsdag 10 november 2026.")
    assert (concept.concept, concept.versie_zin) == (
        True,
        "Nog niet vastgesteld. Gemaakt op dinsdag 10 november 2026.",
    )
