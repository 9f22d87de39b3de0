"""Whatever a superuser does to the log, `manage.py controleer_logboek` finds it and says where."""

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.utils import timezone

from casussen import tasks
from casussen.models import Logregel, Logzegel
from tests.ketting import als_superuser, controleer, maak_de_keten_opnieuw, schrijf, sql, verzegel

pytestmark = pytest.mark.django_db


@pytest.fixture
def regels() -> list[int]:
    """Ten lines on four days: 3, 3, 3 and today 1. Out: their ids."""
    schrijf(10)
    maak_de_keten_opnieuw(lambda plaats: _dagen()[plaats // 3])
    return list(Logregel.objects.order_by("pk").values_list("pk", flat=True))


def _dagen() -> list[date]:
    vandaag = timezone.localdate()
    return [vandaag - timedelta(days=n) for n in (3, 2, 1, 0)]


@pytest.fixture
def kluis(regels: list[int], tmp_path: Path) -> Path:
    """The seals as they were printed and kept elsewhere."""
    bestand = tmp_path / "zegels.txt"
    bestand.write_text(controleer())
    return bestand


def gebroken(**opties: object) -> str:
    """What the check says is wrong."""
    with pytest.raises(CommandError) as fout:
        controleer(**opties)
    tekst = str(fout.value)
    assert tekst.startswith("Het logboek klopt niet. ")
    return tekst.removeprefix("Het logboek klopt niet. ").splitlines()[0]


def test_a_whole_log_is_told_per_day_with_its_closing_seal(regels: list[int]) -> None:
    *dagen, slot = controleer().splitlines()
    laatste = {zegel.dag: zegel for zegel in Logzegel.objects.order_by("dag", "nummer")}
    assert [dag.split() for dag in dagen] == [
        [str(laatste[dag].nummer), "regel" if dag == _dagen()[3] else "regels", "logzegel", str(dag),
         str(laatste[dag].nummer), laatste[dag].hash, *(["tot", "nu"] if dag == _dagen()[3] else [])]
        for dag in _dagen()
    ]  # fmt: skip
    assert slot == "Het logboek klopt: 10 regels op 4 dagen nagekeken."


def test_an_empty_log_is_whole() -> None:
    assert controleer() == "Het logboek klopt: 0 regels op 0 dagen nagekeken.\n"


@pytest.mark.parametrize(
    "kolom",
    [
        "daad = 'begon'", "op = op + interval '1 microsecond'", "actor_soort = 'operator'", "medewerker_id = 1",
        "actor_id = gen_random_uuid()", "casus_id = gen_random_uuid()", "object_soort = 'casus'", "object_id = '1'",
        "namens_soort = 'deelnemer'", "namens_id = gen_random_uuid()", "request_id = 'x'", "bron = '192.0.2.1'",
        "velden = '{naam}'",
    ],
)  # fmt: skip
def test_a_line_that_was_changed_is_found_whatever_column_it_is(regels: list[int], kolom: str) -> None:
    with als_superuser():
        sql(f"UPDATE casussen_logregel SET {kolom} WHERE id = %s", regels[4])  # noqa: S608  # from the table above
    assert gebroken() == (
        f"De regel van {_dagen()[1]}, nummer 2 (logregel {regels[4]}) is veranderd of vervangen,"
        " of het zegel is veranderd."
    )


def test_a_changed_line_that_is_the_first_of_its_day_is_found(regels: list[int]) -> None:
    with als_superuser():
        sql("UPDATE casussen_logregel SET daad = 'begon' WHERE id = %s", regels[3])
    assert f"{_dagen()[1]}, nummer 1 (logregel {regels[3]}) sluit niet aan op {_dagen()[0]}" in gebroken()


@pytest.mark.parametrize("plaats", [0, 4, 9])
def test_a_line_that_was_removed_is_found(regels: list[int], plaats: int) -> None:
    with als_superuser():
        sql("DELETE FROM casussen_logregel WHERE id = %s", regels[plaats])
    assert gebroken() == (
        f"De regel van {_dagen()[plaats // 3]}, nummer {plaats % 3 + 1} (logregel {regels[plaats]}) is weggehaald:"
        " het zegel is er nog."
    )


def test_a_line_that_was_removed_with_its_seal_is_found(regels: list[int]) -> None:
    _weg(regels[4])
    assert gebroken() == (
        f"Vóór {_dagen()[1]}, nummer 3 (logregel {regels[5]}) is iets weggehaald: nummer 2 had er moeten staan."
    )


def test_the_last_line_of_a_day_that_was_removed_with_its_seal_is_found(regels: list[int]) -> None:
    _weg(regels[5])
    assert f"{_dagen()[2]}, nummer 1 (logregel {regels[6]}) sluit niet aan op {_dagen()[1]}" in gebroken()


def test_the_very_last_line_that_was_removed_with_its_seal_is_found_with_the_seals_that_were_kept(
    regels: list[int], kluis: Path
) -> None:
    _weg(regels[9])
    assert gebroken(zegels=str(kluis)) == f"De dag {_dagen()[3]} is weg: er is wel een zegel van bewaard."
    _weg(regels[8])
    assert gebroken(zegels=str(kluis)) == f"Van {_dagen()[2]} zijn de regels na nummer 2 weggehaald."


def test_a_day_that_was_removed_is_found(regels: list[int]) -> None:
    for pk in regels[3:6]:
        _weg(pk)
    assert f"{_dagen()[2]}, nummer 1 (logregel {regels[6]}) sluit niet aan op {_dagen()[0]}" in gebroken()


def test_the_first_day_that_was_removed_is_found(regels: list[int]) -> None:
    for pk in regels[:3]:
        _weg(pk)
    assert f"{_dagen()[1]}, nummer 1 (logregel {regels[3]}) sluit niet aan op het begin" in gebroken()


def test_a_log_that_was_emptied_is_found_with_the_seals_that_were_kept(regels: list[int], kluis: Path) -> None:
    for pk in regels:
        _weg(pk)
    assert controleer().startswith("Het logboek klopt: 0 regels")
    assert gebroken(zegels=str(kluis)) == f"De dag {_dagen()[0]} is weg: er is wel een zegel van bewaard."


def test_a_seal_that_was_removed_is_found(regels: list[int]) -> None:
    with als_superuser():
        sql("DELETE FROM casussen_logzegel WHERE logregel_id = %s", regels[9])
    assert gebroken() == (f"Logregel {regels[9]} heeft geen zegel: buiten de toepassing om toegevoegd. Zo zijn er 1.")


def test_a_line_that_was_added_past_the_triggers_is_found(regels: list[int]) -> None:
    with als_superuser():
        schrijf(2)
    nieuw = Logregel.objects.order_by("pk")[10]
    assert gebroken() == f"Logregel {nieuw.pk} heeft geen zegel: buiten de toepassing om toegevoegd. Zo zijn er 2."


def test_a_forged_line_with_a_forged_seal_is_found(regels: list[int]) -> None:
    with als_superuser():
        (vals,) = schrijf()
        sql("INSERT INTO casussen_logzegel VALUES (%s, %s, 4, %s)", vals.pk, _dagen()[0], "0" * 64)
    assert f"{_dagen()[0]}, nummer 4 (logregel {vals.pk}) is veranderd of vervangen" in gebroken()


def test_two_lines_that_changed_places_are_found(regels: list[int]) -> None:
    with als_superuser():
        sql("UPDATE casussen_logzegel SET logregel_id = -1 WHERE logregel_id = %s", regels[1])
        sql("UPDATE casussen_logzegel SET logregel_id = %s WHERE logregel_id = %s", regels[1], regels[7])
        sql("UPDATE casussen_logzegel SET logregel_id = %s WHERE logregel_id = -1", regels[7])
    assert f"{_dagen()[0]}, nummer 2 (logregel {regels[7]}) is veranderd of vervangen" in gebroken()


def test_a_day_that_got_another_date_is_found(regels: list[int]) -> None:
    with als_superuser():
        sql("UPDATE casussen_logzegel SET dag = dag - 300 WHERE dag = %s", _dagen()[0])
    assert "sluit niet aan op het begin" in gebroken()


def test_a_chain_that_was_made_anew_is_found_with_the_seals_that_were_kept(regels: list[int], kluis: Path) -> None:
    with als_superuser():
        sql("UPDATE casussen_logregel SET daad = 'begon' WHERE id = %s", regels[4])
    maak_de_keten_opnieuw(lambda plaats: _dagen()[plaats // 3])
    assert "Het logboek klopt" in controleer()
    assert gebroken(zegels=str(kluis)) == (
        f"Het zegel van {_dagen()[1]}, nummer 3, is niet het zegel dat is bewaard: het logboek is opnieuw gemaakt."
    )


def test_a_line_that_was_added_to_a_closed_day_is_found_with_the_seals_that_were_kept(
    regels: list[int], kluis: Path
) -> None:
    schrijf()
    maak_de_keten_opnieuw(lambda plaats: _dagen()[min(plaats // 3, 2)])
    assert gebroken(zegels=str(kluis)) == f"Aan {_dagen()[2]} zijn na nummer 3 later regels toegevoegd."


def test_kept_seals_that_fit_are_counted_and_today_may_go_on(regels: list[int], kluis: Path) -> None:
    schrijf(2)
    verzegel()
    assert controleer(zegels=str(kluis)).endswith("12 regels op 4 dagen nagekeken. Vergeleken met 4 bewaarde zegels.\n")


def test_the_check_can_begin_at_a_later_day(regels: list[int], kluis: Path) -> None:
    with als_superuser():
        sql("UPDATE casussen_logregel SET daad = 'begon' WHERE id = %s", regels[1])
    gebroken(vanaf=str(_dagen()[0]))
    assert "7 regels op 3 dagen" in controleer(vanaf=str(_dagen()[1]), zegels=str(kluis))
    _weg(regels[4])
    gebroken(vanaf=str(_dagen()[1]))


@pytest.mark.parametrize(
    ("opties", "zin"),
    [
        ({"vanaf": "gisteren"}, "“gisteren” is geen datum"),
        ({"zegels": "/nergens/zegels.txt"}, "is niet te lezen"),
        ({"zegels": __file__}, "staat geen enkel zegel"),
    ],
)
def test_a_mistake_in_the_command_is_told(opties: dict[str, str], zin: str) -> None:
    with pytest.raises(CommandError, match=zin):
        controleer(**opties)


def test_every_day_the_seals_of_the_last_week_go_to_the_log_of_the_program(
    regels: list[int], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.INFO, logger="casussen.logzegel"):
        tasks.bewaar_logzegels()
    assert [bericht.split()[1] for bericht in caplog.messages] == [str(dag) for dag in _dagen()[:3]]
    bestand = tmp_path / "server.log"
    bestand.write_text("\n".join(f'{{"time": "…", "message": "{bericht}"}}' for bericht in caplog.messages))
    assert "Vergeleken met 3 bewaarde zegels." in controleer(zegels=str(bestand))


def _weg(pk: int) -> None:
    with als_superuser():
        sql("DELETE FROM casussen_logregel WHERE id = %s", pk)
        sql("DELETE FROM casussen_logzegel WHERE logregel_id = %s", pk)
