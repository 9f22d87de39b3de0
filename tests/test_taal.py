"""Plain Dutch: dates, times, reachability, and "u" or "je"."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casussen.taal import aanspreken, bereikbaar, datums, klok
from casussen.taal.bereikbaar import Bereikbaar

# A round trip says nothing about speed.
zonder_klok = settings(deadline=None)
dagen_van_de_week = st.lists(st.integers(1, 7), max_size=7)
heel_de_dag = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


# Dates


def test_a_day_in_words() -> None:
    assert datums.dag_voluit(date(2026, 12, 15)) == "dinsdag 15 december 2026"
    assert datums.dag_kort(date(2026, 3, 1)) == "zondag 1 maart"


@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2026, 12, 11), date(2026, 12, 11)),  # Friday
        (date(2026, 12, 12), date(2026, 12, 14)),
        (date(2026, 12, 13), date(2026, 12, 14)),
        (date(2026, 12, 14), date(2026, 12, 14)),
    ],
)
def test_a_day_in_the_weekend_becomes_the_monday_after_it(dag: date, werkdag: date) -> None:
    assert datums.werkdag(dag) == werkdag


@zonder_klok
@given(st.dates(max_value=date(9999, 12, 1)))
def test_a_working_day_is_never_in_a_weekend_and_at_most_two_days_later(dag: date) -> None:
    gevonden = datums.werkdag(dag)
    assert gevonden.weekday() < 5
    assert 0 <= (gevonden - dag).days <= 2
    assert gevonden == dag or dag.weekday() >= 5


def test_some_weeks_later_is_a_working_day() -> None:
    assert datums.over_weken(date(2026, 11, 24), 6) == date(2027, 1, 5)
    assert datums.over_weken(date(2026, 11, 21), 4) == date(2026, 12, 21)  # a Saturday gives a Monday


@pytest.mark.parametrize(("moment", "woord"), [(time(9), "9"), (time(8, 30), "8.30"), (time(0, 5), "0.05")])
def test_a_time_as_people_write_it(moment: time, woord: str) -> None:
    assert datums.uur(moment) == woord


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        (time(9), time(17), "van 9 tot 17 uur"),
        (time(9), None, "vanaf 9 uur"),
        (None, time(12, 30), "tot 12.30 uur"),
        (None, None, ""),
    ],
)
def test_hours_in_words(van: time | None, tot: time | None, zin: str) -> None:
    assert datums.uren(van, tot) == zin


@pytest.mark.parametrize(
    ("woorden", "zin"),
    [
        ([], ""),
        (["Bart"], "Bart"),
        (["Bart", "Esra"], "Bart en Esra"),
        (["Bart", "Esra", "Milan"], "Bart, Esra en Milan"),
    ],
)
def test_an_enumeration(woorden: list[str], zin: str) -> None:
    assert datums.opsomming(woorden) == zin


def test_an_enumeration_with_another_word_between_the_last_two() -> None:
    assert datums.opsomming(["akkoord", "niet akkoord", "een vraag"], "of") == "akkoord, niet akkoord of een vraag"


@pytest.mark.parametrize(
    ("nummers", "zin"),
    [
        ([], ""),
        ([3], "woensdag"),
        ([2, 1], "maandag en dinsdag"),
        ([1, 2, 4], "maandag, dinsdag en donderdag"),
        ([2, 3, 4, 5], "dinsdag tot en met vrijdag"),
        ([1, 2, 3, 4, 5], "werkdagen"),
        ([7, 6, 5, 4, 3, 2, 1], "alle dagen"),
        ([6, 7], "zaterdag en zondag"),
        ([4, 4, 4], "donderdag"),
    ],
)
def test_days_in_words(nummers: list[int], zin: str) -> None:
    assert datums.dagen(nummers) == zin


@pytest.mark.parametrize(("aantal", "woord"), [(0, "nul"), (1, "een"), (12, "twaalf"), (13, "13")])
def test_a_small_count_is_a_word(aantal: int, woord: str) -> None:
    assert datums.getal(aantal) == woord


# Reachability


@pytest.mark.parametrize(
    ("regel", "uitkomst"),
    [
        # As in the example families.
        ("ma, di en do 9-17 uur; belt dezelfde dag terug", Bereikbaar([1, 2, 4], time(9), time(17), "dezelfde-dag")),
        ("ma t/m do 8.30-16.30 uur", Bereikbaar([1, 2, 3, 4], time(8, 30), time(16, 30))),
        ("di t/m vr 9-15 uur", Bereikbaar([2, 3, 4, 5], time(9), time(15))),
        # As others would write it.
        ("Op werkdagen van 9 tot 17 uur", Bereikbaar([1, 2, 3, 4, 5], time(9), time(17))),
        ("maandag tot en met woensdag, en zaterdag", Bereikbaar([1, 2, 3, 6])),
        ("vr t/m ma 10:00-12:15 uur", Bereikbaar([1, 5, 6, 7], time(10), time(12, 15))),
        ("alle dagen", Bereikbaar([1, 2, 3, 4, 5, 6, 7])),
        ("9-17 uur, belt de volgende werkdag terug", Bereikbaar([], time(9), time(17), "volgende-werkdag")),
        ("wo; belt binnen twee werkdagen terug", Bereikbaar([1, 2, 3, 4, 5], terugbellen="twee-werkdagen")),
        ("do; belt binnen een week terug", Bereikbaar([4], terugbellen="een-week")),
    ],
)
def test_a_line_about_reachability_becomes_fields(regel: str, uitkomst: Bereikbaar) -> None:
    assert bereikbaar.ontleed(regel) == uitkomst


@pytest.mark.parametrize("regel", ["", "bel gerust", "de hele week", "9 uur"])
def test_a_line_without_a_day_or_time_says_what_is_missing(regel: str) -> None:
    with pytest.raises(ValueError, match="geen dag en geen tijd") as fout:
        bereikbaar.ontleed(regel)
    assert regel in str(fout.value)


@pytest.mark.parametrize("regel", ["ma 9-24 uur", "ma 8.75-17 uur"])
def test_a_time_that_does_not_exist_is_said_in_plain_words(regel: str) -> None:
    with pytest.raises(ValueError, match="een tijd die niet bestaat"):
        bereikbaar.ontleed(regel)


@pytest.mark.parametrize(
    ("nummers", "van", "tot", "zin"),
    [
        ([1, 2, 4], time(9), time(17), "op maandag, dinsdag en donderdag, van 9 tot 17 uur"),
        ([3], None, None, "op woensdag"),
        ([], time(9), None, "vanaf 9 uur"),
        ([], None, None, ""),
    ],
)
def test_reachability_in_a_sentence(nummers: list[int], van: time | None, tot: time | None, zin: str) -> None:
    assert bereikbaar.zin(nummers, van, tot) == zin


@zonder_klok
@given(dagen_van_de_week, heel_de_dag, heel_de_dag)
def test_what_a_sentence_says_can_be_read_back(nummers: list[int], van: time, tot: time) -> None:
    gelezen = bereikbaar.ontleed(bereikbaar.zin(nummers, van, tot))
    assert gelezen == Bereikbaar(sorted(set(nummers)), van, tot)


@zonder_klok
@given(st.text(max_size=60))
def test_any_text_gives_fields_or_a_sentence(regel: str) -> None:
    uitkomst: list[int] | str
    try:
        uitkomst = bereikbaar.ontleed(regel).dagen
    except ValueError as fout:
        uitkomst = str(fout)
    assert uitkomst.startswith(f"in “{regel}”") if isinstance(uitkomst, str) else set(uitkomst) <= {*range(1, 8)}


# The clock


@pytest.mark.parametrize(
    ("moment", "woorden"),
    [
        (time(15), "drie uur"),
        (time(0), "twaalf uur"),
        (time(15, 5), "vijf over drie"),
        (time(15, 15), "kwart over drie"),
        (time(15, 20), "tien voor half vier"),
        (time(15, 30), "half vier"),
        (time(15, 40), "tien over half vier"),
        (time(12, 45), "kwart voor één"),
        (time(11, 55), "vijf voor twaalf"),
        (time(15, 32), "15.32 uur"),
    ],
)
def test_a_time_as_people_say_it(moment: time, woorden: str) -> None:
    assert klok.klok(moment) == woorden


@pytest.mark.parametrize(
    ("moment", "deel"),
    [(time(5, 59), "’s nachts"), (time(6), "’s ochtends"), (time(12), "’s middags"), (time(18), "’s avonds")],
)
def test_the_part_of_the_day(moment: time, deel: str) -> None:
    assert klok.dagdeel(moment) == deel


@pytest.mark.parametrize(
    ("van", "tot", "zin"),
    [
        (None, time(17), ""),
        (time(15, 30), None, "half vier ’s middags (15.30 uur)"),
        (time(15, 30), time(17), "half vier tot vijf uur ’s middags (15.30 tot 17.00 uur)"),
        (time(11), time(12, 30), "elf uur ’s ochtends tot half één ’s middags (11.00 tot 12.30 uur)"),
    ],
)
def test_from_and_until_as_people_say_it(van: time | None, tot: time | None, zin: str) -> None:
    assert klok.tijd_zin(van, tot) == zin


@zonder_klok
@given(heel_de_dag)
def test_every_time_can_be_said(moment: time) -> None:
    assert klok.cijfers(moment) in klok.tijd_zin(moment, None)


# "U" and "je"


@pytest.mark.parametrize(
    ("geboren", "relatie", "jong"),
    [
        (date(2008, 6, 11), "kind", True),
        (date(2008, 6, 10), "kind", False),
        (date(2008, 6, 11), "moeder", True),
        (date(1980, 1, 1), "kind", False),
        (None, "kind", True),
        (None, "moeder", False),
    ],
)
def test_whoever_is_not_yet_eighteen_is_young(geboren: date | None, relatie: str, jong: bool) -> None:
    assert aanspreken.is_jong(geboren, relatie, date(2026, 6, 10)) is jong


@pytest.mark.parametrize(
    ("kop", "aan_jou"),
    [
        ("Wij vroegen u", "Wij vroegen jou"),
        ("U vroeg ons", "Jij vroeg ons"),
        ("In uw woorden", "In jouw woorden"),
        ("Uw gezin", "Jouw gezin"),
        ("Wat u zelf beslist, en wat we samen beslissen", "Wat jij zelf beslist, en wat we samen beslissen"),
        ("Of dit overzicht bij u past", "Of dit overzicht bij jou past"),
        ("Wie helpt u?", "Wie helpt jij?"),
        ("Wie helpt ons?", "Wie helpt ons?"),
        ("’s Avonds – bij nood", "’s Avonds – bij nood"),
    ],
)
def test_a_heading_to_adults_is_written_again_to_a_young_person(kop: str, aan_jou: str) -> None:
    assert aanspreken.naar_je(kop) == aan_jou
