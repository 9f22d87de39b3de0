"""The network picture: nothing overlaps, no text leaves its box, and only what the reader may see is drawn."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from fontTools.ttLib import TTFont

from casussen.overzicht import kaart
from casussen.overzicht.kaart import Kaart
from casussen.overzicht.kaart_vormen import LETTER, Vorm, naar_mens
from casussen.overzicht.letters import breedte, regels
from tests.opnames import Rij, alle_tekst, deelnemer, lid, opname

VOORNAMEN = ["Milan", "Bart", "Esra", "Noor", "Levi", "Daan", "Fenna", "Wim", "Anja", "Mira"]
NAMEN = ["Femke Oude Luttikhuis", "dr. Amrita Soedamah", "Bas Leferink", "Maximiliaan van Wijngaarden-Kolkman"]
PLEKKEN = ["Woongroep De Linde", "GGZ Jeugd Twentekanaal", "Praktijkschool Het Anker en omstreken", "Jeugd"]


@cache
def lettertype(vet: bool) -> tuple[dict[int, float], float]:
    """The real widths of the letters, per character, and that of a missing one."""
    bestand = f"atkinson-hyperlegible-latin-{'700' if vet else '400'}-normal.woff2"
    pad: Path = settings.BASE_DIR / "static/onderdelen/atkinson-hyperlegible" / bestand
    font = TTFont(pad)
    eenheid = font["head"].unitsPerEm
    tekens = font.getBestCmap()
    return {code: font["hmtx"][naam][0] / eenheid for code, naam in tekens.items()}, 1.0


@cache
def echte_breedte(tekst: str, *, vet: bool) -> float:
    breedtes, onbekend = lettertype(vet)
    return LETTER * sum(breedtes.get(ord(teken), onbekend) for teken in tekst)


def gezin(aantal: int) -> list[Rij]:
    """A family, half of it children."""
    soorten = ["kind", "vader"]
    return [lid(f"g{nummer}", f"{VOORNAMEN[nummer]} Kuipers", soorten[nummer % 2]) for nummer in range(aantal)]


def helpers(organisaties: int, per_organisatie: int, leden: int) -> list[Rij]:
    """Helpers with long and short names, each there for some of the family."""
    return [
        deelnemer(
            f"d{plek}-{nummer}",
            f"{NAMEN[(plek + nummer) % 4]}",
            f"{PLEKKEN[plek % 4]} {plek}",
            voor_wie=[f"g{wie}" for wie in range(leden) if (wie + plek + nummer) % 3 == 0],
            alleen_als_nodig=plek % 3 == 1,
        )
        for plek in range(organisaties)
        for nummer in range(per_organisatie)
    ]


def vrienden(aantal: int) -> list[Rij]:
    namen = ["Opa Henk", "Buurvrouw Ans van hiernaast", "Ton", "Tante Samira", "Sjoerdtje", "Kees"]
    return [deelnemer(f"v{nummer}", namen[nummer], "", voor_wie=["g0"]) for nummer in range(aantal)]


def punten(pad: str, stappen: int = 100) -> Iterator[tuple[float, float]]:
    """Points along a line or a quadratic curve."""
    getallen = [float(getal) for getal in re.findall(r"-?\d+", pad)]
    x, y, *rest = getallen
    if len(rest) == 2:
        rest = [(x + rest[0]) / 2, (y + rest[1]) / 2, *rest]
    for stap in range(stappen + 1):
        t = stap / stappen
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        yield a * x + b * rest[0] + c * rest[2], a * y + b * rest[1] + c * rest[3]


def controleer(getekend: Kaart) -> None:
    """Everything inside the picture, no shape over another, no text or mark out of its shape."""
    for vorm in getekend.vormen:
        assert vorm.x >= 0
        assert vorm.y >= 0
        assert vorm.x + vorm.breed <= getekend.breed
        assert vorm.y + vorm.hoog <= getekend.hoog
        for tekst in vorm.teksten:
            breed = echte_breedte(tekst.tekst, vet=tekst.vet)
            begin = tekst.x - breed / 2 if tekst.midden else tekst.x
            assert vorm.x + 3 <= begin, tekst
            assert begin + breed <= vorm.x + vorm.breed - 3, tekst
            assert vorm.y + 10 <= tekst.y <= vorm.y + vorm.hoog - 4, tekst
        for merk in vorm.merken:
            assert vorm.x <= merk.x
            assert merk.x + merk.breed <= vorm.x + vorm.breed
            assert merk.y + merk.hoog <= vorm.y + vorm.hoog
            assert echte_breedte(merk.tekst, vet=True) <= merk.breed
    for een, ander in itertools.combinations(getekend.vormen, 2):
        naast = een.x + een.breed <= ander.x or ander.x + ander.breed <= een.x
        assert naast or een.y + een.hoog <= ander.y or ander.y + ander.hoog <= een.y, (een, ander)
    assert getekend.ring.y + getekend.ring.hoog <= getekend.hoog


def raakt(vorm: Vorm, x: float, y: float) -> bool:
    return vorm.afstand(x, y) < -0.6


def zonder_kruising(getekend: Kaart) -> None:
    """Lines to the circle cross neither a shape nor each other."""
    lijnen = [list(punten(lijn.pad, 25)) for lijn in getekend.lijnen]
    for lijn in lijnen:
        for x, y in lijn:
            assert not any(raakt(vorm, x, y) for vorm in getekend.vormen), (x, y)
    for een, ander in itertools.combinations(lijnen, 2):
        assert not kruist(een[0], een[-1], ander[0], ander[-1])


Punt = tuple[float, float]


def kruist(a: Punt, b: Punt, c: Punt, d: Punt) -> bool:
    """Whether the straight lines a-b and c-d meet."""

    def kant(p: Punt, q: Punt, r: Punt) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) > 0

    return kant(a, b, c) != kant(a, b, d) and kant(c, d, a) != kant(c, d, b)


@pytest.mark.parametrize("leden", [1, 3, 4, 8])
@pytest.mark.parametrize("organisaties", range(1, 12))
def test_nothing_overlaps_with_up_to_eleven_organisations_of_four_people(organisaties: int, leden: int) -> None:
    for per_organisatie, aantal_vrienden in itertools.product(range(1, 5), (0, 3)):
        mensen = helpers(organisaties, per_organisatie, leden)
        for regie in ({"regievoerder": "d0-0"}, {}):
            casus = opname(gezin(leden), [*mensen, *vrienden(aantal_vrienden)], regie=regie)
            getekend = kaart.teken(casus, None)
            controleer(getekend)
            if len(mensen) > kaart.MAX_PERSONEN:
                zonder_kruising(getekend)
                assert all(lijn.punt for lijn in getekend.lijnen)


@pytest.mark.parametrize("aantal", range(1, 9))
def test_a_line_to_a_person_passes_everybody_else(aantal: int) -> None:
    casus = opname(gezin(3), [*helpers(aantal, 1, 3), *vrienden(1)], regie={"regievoerder": "d0-0"})

    getekend = kaart.teken(casus, None)

    leden = [vorm for vorm in getekend.vormen if vorm.soort == "gezin"]
    donker = next(vorm for vorm in getekend.vormen if vorm.soort == "regie")
    assert not any(vorm.merken for vorm in getekend.vormen if vorm.soort == "helper")  # drawn per person
    for lijn in getekend.lijnen:
        *_weg, doel = punten(lijn.pad)
        geraakt = [vorm for vorm in leden if any(raakt(vorm, x, y) for x, y in punten(lijn.pad))]
        assert geraakt == [vorm for vorm in leden if raakt(vorm, *doel)]
        assert not any(raakt(donker, x, y) for x, y in punten(lijn.pad))


def test_up_to_eight_helpers_have_a_box_each_and_from_nine_their_organisation_has() -> None:
    acht = kaart.teken(opname(gezin(2), helpers(4, 2, 0)), None)
    negen = kaart.teken(opname(gezin(2), helpers(3, 3, 0)), None)

    assert [vorm.soort for vorm in acht.vormen].count("helper") == 8
    assert [vorm.soort for vorm in negen.vormen].count("helper") == 3
    assert dict(acht.legenda) == {"gezin": "gezin", "helper": "helper", "lijn": "vast contact"} | {
        "stippel": "alleen als het nodig is"
    }
    assert dict(negen.legenda)["organisatie"] == "organisatie"


def test_who_is_there_for_everybody_has_one_line_to_the_circle() -> None:
    mensen = [deelnemer("d1", "Ilse", voor_wie=["g0", "g1"]), deelnemer("d2", "Ruben", voor_wie=[])]

    getekend = kaart.teken(opname(gezin(2), mensen), None)

    assert [lijn.punt is not None for lijn in getekend.lijnen] == [True, True]
    assert getekend.bijzonder is False


def test_a_line_is_dotted_when_somebody_only_comes_when_needed() -> None:
    mensen = [deelnemer("d1", "Ilse", alleen_als_nodig=True, voor_wie=["g0"]), deelnemer("d2", "Ruben")]

    getekend = kaart.teken(opname(gezin(2), mensen), None)

    assert sorted(lijn.stippel for lijn in getekend.lijnen) == [False, True]
    assert getekend.bijzonder is True
    assert "Ilse, De Brug, voor Milan, alleen als het nodig is." in getekend.tekst


def test_a_crowded_family_is_drawn_with_marks_instead_of_lines_through_people() -> None:
    mensen = [deelnemer(f"d{nummer}", NAMEN[nummer], PLEKKEN[nummer], voor_wie=["g0", "g5"]) for nummer in range(4)]

    getekend = kaart.teken(opname(gezin(8), mensen), None)

    merken = {merk.tekst for vorm in getekend.vormen for merk in vorm.merken}
    assert merken == {"M", "D"}
    assert all(lijn.punt for lijn in getekend.lijnen)


def test_marks_are_first_letters_with_more_where_they_collide() -> None:
    leden = [lid("g0", "Milan K"), lid("g1", "Mira K"), lid("g2", "Bart K", "vader"), lid("g3", "Bart D", "oom")]
    mensen = [deelnemer(f"d{nummer}", f"Helper {nummer}", "Brug", voor_wie=[f"g{nummer % 4}"]) for nummer in range(9)]
    mensen[8]["voor_wie"] = []

    getekend = kaart.teken(opname(leden, mensen), None)

    namen = [tekst.tekst for vorm in getekend.vormen if vorm.soort == "gezin" for tekst in vorm.teksten]
    assert namen == ["Milan", "Mira", "Bart K.", "Bart D."]
    assert [merk.tekst for vorm in getekend.vormen for merk in vorm.merken] == ["Mil", "Mir", "Bart", "Bart"]
    assert dict(getekend.legenda)["Mil"] == "voor Milan"


def test_many_marks_run_on_below_the_name() -> None:
    mensen = [deelnemer(f"d{nummer}", NAMEN[nummer % 4], voor_wie=[f"g{pk}" for pk in range(7)]) for nummer in range(9)]

    getekend = kaart.teken(opname(gezin(8), mensen), None)

    controleer(getekend)
    (doos,) = [vorm for vorm in getekend.vormen if vorm.soort == "helper"]
    assert len(doos.merken) == 4 * 7
    assert len({merk.y for merk in doos.merken}) == 4 * 2


def test_a_box_holds_four_names_and_the_rest_as_a_number() -> None:
    vijf = kaart.teken(opname(gezin(1), helpers(2, 5, 0)), None)
    zes = kaart.teken(opname(gezin(1), helpers(2, 6, 0)), None)

    assert alle_tekst(vijf).count("en 1 ander") == 2
    assert alle_tekst(zes).count("en 2 anderen") == 2
    assert sum(zes.tekst.count(naam) for naam in NAMEN) == 12  # the words name everybody


def test_more_than_eleven_organisations_share_one_box() -> None:
    alleen = [deelnemer(f"e{nummer}", f"Eenling {nummer}", f"Plek {nummer}") for nummer in range(4)]
    samen = [deelnemer(f"p{nummer}", f"Paar {nummer}", f"Duo {nummer // 2}") for nummer in range(24)]

    getekend = kaart.teken(opname(gezin(2), [*alleen, *samen], regie={"regievoerder": "e0"}), None)

    controleer(getekend)
    koppen = [vorm.teksten[0].tekst for vorm in getekend.vormen if vorm.soort in {"helper", "regie"}]
    assert len(koppen) == kaart.MAX_ORGANISATIES
    assert "Ook betrokken" in koppen
    assert "Plek 0" in koppen  # who has the regie keeps the own box
    assert "Plek 1" not in koppen


def test_more_family_and_friends_than_fit_are_counted() -> None:
    mensen = [*helpers(3, 3, 10), *vrienden(6)]

    getekend = kaart.teken(opname(gezin(10), mensen), None)

    controleer(getekend)
    tekst = [tekst.tekst for vorm in getekend.vormen for tekst in vorm.teksten]
    assert tekst.count("nog 3") == 2  # three of the family, three friends
    assert "Opa Henk, voor Milan" in getekend.tekst


def test_who_has_the_regie_stands_dark_below_the_circle_with_the_stand_in() -> None:
    mensen = [
        deelnemer("d1", "Sanne Wolters", "Wijkteam"),
        deelnemer("d2", "Joost ten Hove", "Wijkteam"),
        deelnemer("d3", "Ilse Broekhuis", "De Brug"),
    ]
    casus = opname(gezin(3), mensen, regie={"regievoerder": "d1", "vervanger": "d2", "aanspreekpunt": "d3"})

    getekend = kaart.teken(casus, None)

    donker = next(vorm for vorm in getekend.vormen if vorm.soort == "regie")
    assert donker.y >= getekend.ring.y + getekend.ring.hoog
    assert [tekst.tekst for tekst in donker.teksten] == ["Wijkteam", "Sanne Wolters", "Joost ten Hove vervangt"]
    assert [merk.tekst for merk in donker.merken] == ["regie"]
    assert "Sanne Wolters, Wijkteam, heeft de regie." in getekend.tekst
    assert "Joost ten Hove, Wijkteam, vervangt Sanne." in getekend.tekst


def test_for_the_family_the_dark_box_is_whom_to_call_first() -> None:
    mensen = [
        deelnemer("d1", "Sanne Wolters", "Wijkteam", lezers=["g0"]),
        deelnemer("d2", "Ilse Broekhuis", "De Brug", lezers=["g0"]),
        deelnemer("d3", "Ruben Assink", "De Linde"),
    ]
    casus = opname(gezin(2), mensen, regie={"regievoerder": "d1", "aanspreekpunt": "d2"})

    getekend = kaart.teken(casus, "g0")

    donker = next(vorm for vorm in getekend.vormen if vorm.soort == "regie")
    assert [tekst.tekst for tekst in donker.teksten] == ["De Brug", "Ilse Broekhuis"]
    assert [merk.tekst for merk in donker.merken] == ["eerst bellen"]
    assert "Eerst bellen: Ilse Broekhuis, De Brug." in getekend.tekst
    assert "Ruben" not in alle_tekst(getekend)
    assert "De Linde" not in alle_tekst(getekend)


def test_a_friend_who_is_called_first_stays_round() -> None:
    mensen = [deelnemer("v1", "Opa Henk", "", lezers=["g0"])]
    getekend = kaart.teken(opname(gezin(1), mensen, regie={"aanspreekpunt": "v1"}), "g0")

    assert [vorm.soort for vorm in getekend.vormen] == ["gezin", "netwerk"]
    assert dict(getekend.legenda) == {"gezin": "gezin, familie en vrienden"}


def test_children_stand_above_parents_and_helpers_beside_whom_they_help() -> None:
    leden = [lid("g0", "Bart", "vader"), lid("g1", "Esra", "moeder"), lid("g2", "Milan")]
    mensen = [
        deelnemer("d1", "Voor Bart", voor_wie=["g0"]),
        deelnemer("d2", "Voor Esra", voor_wie=["g1"]),
        deelnemer("d3", "Voor Milan", voor_wie=["g2"]),
        deelnemer("d4", "Voor Milan ook", voor_wie=["g2"]),
    ]

    getekend = kaart.teken(opname(leden, mensen), None)

    plek = {vorm.teksten[-1].tekst: vorm for vorm in getekend.vormen}
    assert plek["Milan"].y < plek["Bart"].y == plek["Esra"].y
    assert plek["Voor Bart"].x < plek["Bart"].x < plek["Esra"].x < plek["Voor Esra"].x
    assert plek["Voor Milan"].y < plek["Voor Bart"].y


def test_an_empty_casus_is_an_empty_circle() -> None:
    getekend = kaart.teken(opname([], []), None)

    assert getekend.vormen == ()
    assert getekend.lijnen == ()
    assert getekend.tekst == ""


def test_a_line_without_a_way_is_no_line() -> None:
    doel = Vorm("gezin", 300, 80, 40, 40)
    muur = Vorm("helper", 200, -600, 20, 1400)

    assert naar_mens((100, 100), doel, [muur], (0, 720), stippel=False) is None


def test_the_drawing_is_well_formed_and_has_no_style_of_its_own() -> None:
    mensen = [*helpers(4, 3, 3), *vrienden(2), deelnemer("x", "<script>alert(1)</script> & Zn", "Plek 1")]
    getekend = kaart.teken(opname(gezin(3), mensen, regie={"regievoerder": "d0-0"}), None)

    html = render_to_string("gezin/kaart.html", {"kaart": getekend})

    ElementTree.fromstring(html)  # noqa: S314  # our own output, not something that came in
    assert "style" not in html
    assert "<script" not in html
    assert html.count("<rect") >= len(getekend.vormen)
    assert "<desc" in html
    assert getekend.tekst.split(".")[0] in render_to_string("gezin/kaart.html", {"kaart": getekend, "papier": True})


@pytest.mark.parametrize("tekst", [*NAMEN, *PLEKKEN, "Wijkteam Hengelo-Noord", "Şükrü 085-0000 999", "MMMMWWWW", "42"])
def test_a_text_is_never_wider_than_estimated(tekst: str) -> None:
    assert echte_breedte(tekst, vet=True) <= breedte(tekst, LETTER)
    assert echte_breedte(tekst, vet=False) <= breedte(tekst, LETTER, vet=False)


def test_text_is_cut_into_lines_at_words_and_ends_in_dots_when_it_does_not_fit() -> None:
    assert regels("Femke Oude Luttikhuis", 10, 80, 2) == ["Femke Oude", "Luttikhuis"]
    assert regels("Femke Oude Luttikhuis", 10, 500, 2) == ["Femke Oude Luttikhuis"]
    assert regels("Femke Oude Luttikhuis", 10, 80, 1) == ["Femke Oude…"]
    assert regels("n" * 25, 10, 62, 2) == ["nnnnnnnnnn", "nnnnnnnn…"]
    assert regels("", 10, 80, 2) == []
    assert regels("ब", 10, 1, 1) == ["ब"]
