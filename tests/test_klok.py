"""The time in words, and "u" or "je"."""

from datetime import date, time

import pytest

from casussen.taal.aanspreken import is_jong, naar_je
from casussen.taal.klok import klok, tijd_zin
from tests.opnames import JEUGD, WMO


@pytest.mark.parametrize(
    ("moment", "woorden"),
    [
        (time(15), "drie uur"),
        (time(13), "één uur"),
        (time(12), "twaalf uur"),
        (time(9, 5), "vijf over negen"),
        (time(9, 15), "kwart over negen"),
        (time(9, 20), "tien voor half tien"),
        (time(15, 30), "half vier"),
        (time(12, 30), "half één"),
        (time(11, 45), "kwart voor twaalf"),
        (time(23, 55), "vijf voor twaalf"),
        (time(15, 32), "15.32 uur"),
    ],
)
def test_the_clock_is_read_as_people_say_it(moment: time, woorden: str) -> None:
    assert klok(moment) == woorden


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        (None, time(17), ""),
        (time(15, 30), None, "half vier ’s middags (15.30 uur)"),
        (time(9), None, "negen uur ’s ochtends (9.00 uur)"),
        (time(19), None, "zeven uur ’s avonds (19.00 uur)"),
        (time(15, 30), time(17), "half vier tot vijf uur ’s middags (15.30 tot 17.00 uur)"),
        (time(11), time(13), "elf uur ’s ochtends tot één uur ’s middags (11.00 tot 13.00 uur)"),
    ],
)
def test_a_moment_is_told_in_words_and_digits(van: time | None, tot: time | None, zin: str) -> None:
    assert tijd_zin(van, tot) == zin


@pytest.mark.parametrize(
    ("geboren", "relatie", "jong"),
    [
        (date(2008, 12, 16), "kind", True),  # eighteen tomorrow
        (date(2008, 12, 15), "kind", False),  # eighteen today
        (date(1980, 1, 1), "vader", False),
        (None, "kind", True),
        (None, "moeder", False),
    ],
)
def test_who_is_under_eighteen_is_called_je(geboren: date | None, relatie: str, jong: bool) -> None:
    assert is_jong(geboren, relatie, date(2026, 12, 15)) is jong


@pytest.mark.parametrize(
    ("kop", "je"),
    [
        ("U vroeg ons", "Jij vroeg ons"),
        ("Wij vroegen u", "Wij vroegen jou"),
        ("In uw woorden", "In jouw woorden"),
        ("Uw eigen contactpersoon", "Jouw eigen contactpersoon"),
        ("Wat u zelf beslist, en wat we samen beslissen", "Wat jij zelf beslist, en wat we samen beslissen"),
        ("Of dit overzicht bij u past", "Of dit overzicht bij jou past"),
        ("’s Avonds, in het weekend en bij nood", "’s Avonds, in het weekend en bij nood"),
    ],
)
def test_a_heading_for_adults_becomes_one_for_the_young(kop: str, je: str) -> None:
    assert naar_je(kop) == je


def test_no_heading_of_a_content_set_keeps_u_for_the_young() -> None:
    for inhoud in (JEUGD, WMO):
        koppen = [stap.kop_gezin for stap in inhoud.stappen]
        koppen += [vraag.kop_overzicht or vraag.tekst for stap in inhoud.stappen for vraag in stap.vragen]
        for kop in koppen:
            assert not {"u", "uw"} & set(naar_je(kop).lower().replace(",", "").split())
