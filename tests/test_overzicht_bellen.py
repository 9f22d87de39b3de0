"""Whom a family member calls, by the overview: first, instead, and at night."""

import pytest

from tests.opnames import antwoord
from tests.overzichten import bart_en_milan, helper, maak


def test_the_first_contact_comes_before_who_has_the_regie() -> None:
    mensen = [helper("d1", "Sanne Wolters"), helper("d2", "Ilse Broekhuis", telefoon="085-0000 021")]
    casus = bart_en_milan(*mensen, regie={"regievoerder": "d1", "aanspreekpunt": "d2"})

    bellen = maak(casus, "g1").bellen

    assert bellen is not None
    assert bellen.mens.naam == "Ilse Broekhuis"
    assert bellen.mens.vorm == "regie"
    assert bellen.eerst == "Bel eerst Ilse. Ook als u niet weet bij wie u moet zijn."


def test_a_hidden_first_contact_makes_way_for_who_has_the_regie() -> None:
    mensen = [helper("d1", "Sanne Wolters"), helper("d2", "Ilse Broekhuis", lezers=["g2"])]
    casus = bart_en_milan(*mensen, regie={"regievoerder": "d1", "aanspreekpunt": "d2"})

    bellen = maak(casus, "g1").bellen

    assert bellen is not None
    assert bellen.mens.naam == "Sanne Wolters"


def test_nobody_to_call_gives_no_card_and_another_way() -> None:
    overzicht = maak(bart_en_milan(helper("d1", "Sanne Wolters", lezers=[]), regie={"regievoerder": "d1"}), "g1")

    assert overzicht.bellen is None
    assert overzicht.klopt == "Zeg het als we weer samen praten. Dan passen we het aan."


def test_reachability_is_told_in_sentences() -> None:
    sanne = helper(
        "d1", "Sanne Wolters", dagen=[1, 2, 4], uren_van="09:00", uren_tot="17:00", terugbellen="dezelfde-dag",
        app="alleen voor een afspraak", mail="nooit",
    )  # fmt: skip

    bellen = maak(bart_en_milan(sanne, regie={"regievoerder": "d1"}), "g1").bellen

    assert bellen is not None
    assert bellen.zinnen == (
        "Op maandag, dinsdag en donderdag, van 9 tot 17 uur.",
        "Sanne belt dezelfde dag terug.",
        "App: alleen voor een afspraak",
        "Mail: nooit",
    )


@pytest.mark.parametrize(
    ("geschreven", "lezers_joost", "naam", "telefoon"),
    [
        ("Joost ten Hove", ["g1"], "Joost ten Hove", "085-0000 012"),  # takes part: his number stands beside it
        ("Mieke van de balie", ["g1"], "Mieke van de balie", ""),  # just a name
        ("Joost ten Hove", [], None, None),  # takes part, and is hidden from this reader
        ("Joost of Mieke", [], None, None),  # names him all the same
        ("", ["g1"], None, None),
    ],
)
def test_the_stand_in_is_named_unless_that_is_somebody_hidden(
    geschreven: str, lezers_joost: list[str], naam: str | None, telefoon: str | None
) -> None:
    mensen = [
        helper("d1", "Sanne Wolters", vervanger=geschreven),
        helper("d2", "Joost ten Hove", telefoon="085-0000 012", lezers=lezers_joost),
    ]

    bellen = maak(bart_en_milan(*mensen, regie={"regievoerder": "d1"}), "g1").bellen

    assert bellen is not None
    vervanger = bellen.vervanger
    assert (vervanger.naam if vervanger else None, vervanger.telefoon if vervanger else None) == (naam, telefoon)


def test_the_stand_in_of_the_casus_stands_with_the_first_contact_and_not_twice() -> None:
    mensen = [helper("d1", "Sanne Wolters", vervanger="Iemand anders"), helper("d2", "Joost ten Hove")]

    overzicht = maak(bart_en_milan(*mensen, regie={"regievoerder": "d1", "vervanger": "d2"}), "g1")

    assert overzicht.bellen is not None
    assert overzicht.bellen.vervanger is not None
    assert overzicht.bellen.vervanger.naam == "Joost ten Hove"
    assert overzicht.helpers == ()


def test_a_stand_in_who_also_helps_with_something_has_a_card_that_says_both() -> None:
    mensen = [helper("d1", "Sanne Wolters"), helper("d2", "Joost ten Hove", waarvoor="regelt geld")]

    overzicht = maak(bart_en_milan(*mensen, regie={"regievoerder": "d1", "vervanger": "d2"}), "g1")

    assert [(hulp.waarvoor, hulp.zinnen[0]) for hulp in overzicht.helpers] == [("Regelt geld", "Vervangt Sanne.")]


def test_who_stands_in_for_himself_is_no_stand_in() -> None:
    casus = bart_en_milan(helper("d1", "Sanne Wolters"), regie={"regievoerder": "d1", "vervanger": "d1"})

    bellen = maak(casus, "g1").bellen

    assert bellen is not None
    assert bellen.vervanger is None


@pytest.mark.parametrize(
    ("tekst", "lezers", "crisisnummer", "teksten", "nummer"),
    [
        ("Bel de groep: 085-0000 777.", ["g1"], "085-0000 999", ("Bel de groep: 085-0000 777.",), "085-0000 777"),
        ("Bel oma.", ["g1"], "085-0000 999", ("Bel oma.",), "085-0000 999"),
        ("Bel oma: 06 1234 5678", [], "085-0000 999", ("Bel de crisisdienst. Dag en nacht.",), "085-0000 999"),
        ("Bel oma: 06 1234 5678", [], "", (), ""),
    ],
)
def test_at_night_there_is_the_answer_else_the_number_of_the_organisation(
    tekst: str, lezers: list[str], crisisnummer: str, teksten: tuple[str, ...], nummer: str
) -> None:
    casus = bart_en_milan(antwoorden=[antwoord("buiten_kantoor", tekst, lezers)], crisisnummer=crisisnummer)

    nood = maak(casus, "g1").nood

    assert (nood.teksten, nood.nummer) == (teksten, nummer)
    assert nood.is_lang is False
