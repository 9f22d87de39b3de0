"""A content set with a fault in it: the line, the field, and what is wrong, in words that one can act on."""

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from casussen import inhoud
from casussen.inhoud import Inhoud, InhoudFout, Optie, Stap, Vraag

JEUGD = inhoud.lees(inhoud.BESTANDEN["jeugd"])


def fout_van(pad: Path, ruw: bytes) -> InhoudFout:
    pad.write_bytes(ruw)
    with pytest.raises(InhoudFout) as gevangen:
        inhoud.lees(pad)
    return gevangen.value


def bestand_met(oud: str, nieuw: str) -> tuple[str, int]:
    """The youth file with the first `oud` replaced, and the line (from 1) on which that is."""
    tekst = inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8")
    assert oud in tekst, oud
    return tekst.replace(oud, nieuw, 1), tekst[: tekst.index(oud)].count("\n") + 1


FOUTEN = [
    ("soort: jeugd", "soort: ggz", 'veld "soort"', "Kies uit: jeugd, wmo"),
    ("versie: 1", "versie: een", 'veld "versie"', "1 tot en met 9999"),
    ("versie: 1", "versie: 0", 'veld "versie"', "1 tot en met 9999"),
    ("versie: 1", "versie: [1]", 'veld "versie"', "1 tot en met 9999"),
    ("titel: Hand", "titel: [a]\ntitels: Hand", 'veld "titels"', "kennen we niet"),
    ("titel: Handreiking in 7 stappen, jeugd", "titel: [a]", 'veld "titel"', "hoort tekst"),
    ("titel: Handreiking in 7 stappen, jeugd", "titel: '   '", 'veld "titel"', "alleen spaties"),
    ("titel: Handreiking in 7 stappen, jeugd", 'titel: "a\\0b"', 'veld "titel"', "dat je niet ziet"),
    ("gezin: het gezin\n", "gezin:\n", 'veld "woorden", veld "gezin"', "verplicht"),
    ("gezin: het gezin\n", "gezn: het gezin\n", 'veld "woorden", veld "gezn"', "kennen we niet"),
    ("- vader\n", "- moeder\n", "relatie 3", "staat er al eerder"),
    (f"- vader{chr(10)}", f"- {'v' * 61}\n", "relatie 3", "61 tekens. Er mogen er 60 zijn"),
    ("nummer: 3", "nummer: 4", 'stap 3, veld "nummer"', "nummer 3, en er staat 4"),
    ("nummer: 7", "nummer: 8", 'stap 7, veld "nummer"', "1 tot en met 7"),
    ("kop_gezin: Wie helpt ons?", "kop_gezin:", 'stap 2, veld "kop_gezin"', "verplicht"),
    ("code: past", "code: aanleiding", 'stap 1, vraag 2, veld "code"', '"aanleiding" staat er al eerder'),
    ("code: past", "code: Past!", 'stap 1, vraag 2, veld "code"', '"Past!" is geen goede code'),
    ("code: past", f"code: {'p' * 41}", 'stap 1, vraag 2, veld "code"', "41 tekens"),
    ("wie: intake", "wie: iedereen", 'stap 1, vraag 1, veld "wie"', "intake, samen, professionals"),
    ("wie: intake", "wei: intake", 'stap 1, vraag 1, veld "wei"', "kennen we niet"),
    ("soort: open", "soort: vrij", 'stap 1, vraag 1, veld "soort"', "open, keuze, lijst, ja-nee"),
    ("soort: open", f"soort: {'x' * 99}", 'stap 1, vraag 1, veld "soort"', f'"{"x" * 40}…" kan hier niet'),
    ("in_overzicht: ja", "in_overzicht: soms", 'stap 1, vraag 1, veld "in_overzicht"', "ja of nee"),
    (
        "kop_overzicht: In uw",
        "kop_overzicht:\n#",
        'stap 1, vraag 1, veld "kop_overzicht"',
        "in_overzicht: ja",
    ),
    ("{code: twee-organisaties", "{code: ruimte", 'stap 1, vraag 2, optie 3, veld "code"', "al eerder"),
    (
        "{code: ruimte, tekst",
        "{code: ruimte, tekts",
        'stap 1, vraag 2, optie 3, veld "tekts"',
        "kennen we niet",
    ),
    (": {crisisnummer}", ": {nummer}", 'stap 6, vraag 2, veld "standaard"', "alleen {crisisnummer}"),
]


@pytest.mark.parametrize(("oud", "nieuw", "veld", "uitleg"), FOUTEN)
def test_a_fault_in_the_file_names_its_line_and_field(
    tmp_path: Path, oud: str, nieuw: str, veld: str, uitleg: str
) -> None:
    tekst, _ = bestand_met(oud, nieuw)
    fout = fout_van(tmp_path / "set.yaml", tekst.encode())
    assert (fout.veld, uitleg in fout.uitleg) == (veld, True)
    assert str(fout) == f"Regel {fout.regel}, {veld}: {fout.uitleg}"
    assert fout.pad
    laatste = [deel for deel in fout.pad if isinstance(deel, str)][-1]
    gewezen = tekst.splitlines()[(fout.regel or 0) - 1]
    assert f"{laatste}:" in gewezen or laatste == "relaties"


@pytest.mark.parametrize(
    ("oud", "nieuw"),
    [("wie: samen", "wie: niemand"), ("nummer: 5", "nummer: 6"), ("- vader", "- [vader]")],
)
def test_the_line_is_the_line_of_the_faulty_value(tmp_path: Path, oud: str, nieuw: str) -> None:
    tekst, regel = bestand_met(oud, nieuw)
    assert fout_van(tmp_path / "set.yaml", tekst.encode()).regel == regel


def test_a_field_that_is_left_out_points_to_the_question_that_lacks_it(tmp_path: Path) -> None:
    tekst, regel = bestand_met("        tekst: Wie missen we nog?\n", "")
    fout = fout_van(tmp_path / "set.yaml", tekst.encode())
    assert (fout.regel, fout.veld) == (regel - 1, 'stap 2, vraag 1, veld "tekst"')


def test_six_steps_are_not_enough(tmp_path: Path) -> None:
    tekst = inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8")
    fout = fout_van(tmp_path / "set.yaml", tekst[: tekst.index("  - nummer: 7")].encode())
    assert (fout.veld, fout.uitleg) == ('veld "stappen"', "Hier horen er 7 te staan, en het zijn er 6.")


@pytest.mark.parametrize("soort", ["keuze", "lijst"])
def test_a_choice_needs_at_least_two_options(tmp_path: Path, soort: str) -> None:
    tekst, regel = bestand_met("soort: open", f"soort: {soort}")
    fout = fout_van(tmp_path / "set.yaml", tekst.encode())
    assert fout.veld == 'stap 1, vraag 1, veld "opties"'
    assert fout.uitleg == "Hier horen er 2 tot en met 20 te staan, en het zijn er 0."
    assert (fout.regel or regel) < regel


def test_an_open_question_has_no_options(tmp_path: Path) -> None:
    tekst, _ = bestand_met("soort: lijst", "soort: open")
    assert fout_van(tmp_path / "set.yaml", tekst.encode()).veld == 'stap 1, vraag 2, veld "opties"'


def test_only_an_open_question_has_a_proposal(tmp_path: Path) -> None:
    tekst, regel = bestand_met("soort: ja-nee", "standaard: Ja\n        soort: ja-nee")
    fout = fout_van(tmp_path / "set.yaml", tekst.encode())
    assert (fout.regel, fout.veld) == (regel, 'stap 1, vraag 4, veld "standaard"')


def test_a_yes_or_no_question_may_bring_its_own_options() -> None:
    gegevens = inhoud.als_dict(JEUGD)
    gegevens["stappen"][0]["vragen"][3]["opties"] = [{"code": "ja", "tekst": "Ja, allemaal"}]
    assert inhoud.van_dict(gegevens).vraag("gezin_weet").opties == (Optie("ja", "Ja, allemaal"),)


def test_a_field_that_stands_twice_is_refused_on_its_second_line(tmp_path: Path) -> None:
    tekst, regel = bestand_met("versie: 1\n", "versie: 1\nversie: 2\n")
    fout = fout_van(tmp_path / "set.yaml", tekst.encode())
    assert (fout.regel, str(fout)) == (
        regel + 1,
        f'Regel {regel + 1}, veld "versie": Dit veld staat er twee keer.',
    )


@pytest.mark.parametrize(
    ("ruw", "regel", "uitleg"),
    [
        (b"soort: jeugd\n  titel: x: y\n", 2, "geen goede YAML"),
        (b"titel: x\n---\ntitel: y\n", 2, "geen goede YAML"),
        (b"titel: x\nrelaties: [\xff]\n", 2, "UTF-8"),
        (b"titel: x\nrelaties: [\x07]\n", 2, "niet in YAML"),
        (b"a: &a [x]\nb: *a\n", 2, "verwijzing"),
        (b"a: " + b"[" * 20 + b"]" * 20, 1, "te veel lijsten in elkaar"),
        (b"", 1, "Hier horen velden"),
        (b"- {a: 1, a: 2}\n", 1, "twee keer"),
        (b"- [[{a: 1, a: 2}]]\n", 1, "twee keer"),
        (b"# niets\n" * 30_000, None, "te groot"),
    ],
)
def test_a_file_that_is_no_content_set_at_all_is_refused_calmly(
    tmp_path: Path, ruw: bytes, regel: int | None, uitleg: str
) -> None:
    fout = fout_van(tmp_path / "set.yaml", ruw)
    assert (fout.regel, uitleg in fout.uitleg) == (regel, True)


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(InhoudFout, match=r"We kunnen het bestand weg\.yaml niet lezen\."):
        inhoud.lees(tmp_path / "weg.yaml")


def test_a_file_from_a_windows_editor_is_read(tmp_path: Path) -> None:
    pad = tmp_path / "set.yaml"
    tekst = inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8")
    pad.write_bytes(b"\xef\xbb\xbf" + tekst.replace("\n", "\r\n").encode())
    assert inhoud.lees(pad) == JEUGD


# What the manual for managers promises

HANDLEIDING = (Path(__file__).parents[1] / "docs" / "inhoud.md").read_text(encoding="utf-8")


def test_the_example_in_the_manual_is_a_good_beginning(tmp_path: Path) -> None:
    voorbeeld = HANDLEIDING.split("```yaml\n")[1].split("```")[0]
    tekst = inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8")
    pad = tmp_path / "set.yaml"
    pad.write_text(voorbeeld + tekst[tekst.index("\n  - nummer: 2") :], encoding="utf-8")
    gelezen = inhoud.lees(pad)
    assert (gelezen.versie, gelezen.stap(1).vragen[0]) == (2, gelezen.vraag("aanleiding"))


@pytest.mark.parametrize("soort", [Inhoud, Stap, Vraag])
def test_the_manual_explains_every_field(soort: type[Inhoud | Stap | Vraag]) -> None:
    assert [veld.name for veld in fields(soort) if f"| `{veld.name}` |" not in HANDLEIDING] == []


def test_the_manual_shows_the_error_that_one_gets(tmp_path: Path) -> None:
    tekst = inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8")
    plek = tekst.index("wie: intake", tekst.index("code: past"))
    fout = fout_van(tmp_path / "set.yaml", (tekst[:plek] + "wie: iedereen" + tekst[plek + 11 :]).encode())
    assert str(fout) in HANDLEIDING


# Faults in data that did not come from a file


@pytest.mark.parametrize("gegevens", [None, [], "tekst", 7, {}])
def test_data_of_another_shape_is_refused_without_a_line(gegevens: Any) -> None:
    with pytest.raises(InhoudFout) as gevangen:
        inhoud.van_dict(gegevens)
    assert gevangen.value.regel is None


def test_a_fault_in_stored_data_names_the_field_only() -> None:
    gegevens = inhoud.als_dict(JEUGD)
    gegevens["stappen"][2]["vragen"][0]["in_overzicht"] = 1
    with pytest.raises(InhoudFout) as gevangen:
        inhoud.van_dict(gegevens)
    assert str(gevangen.value) == 'Stap 3, vraag 1, veld "in_overzicht": Hier hoort ja of nee te staan.'


def test_options_that_are_no_list_are_refused() -> None:
    gegevens = inhoud.als_dict(JEUGD)
    gegevens["stappen"][0]["vragen"][1]["opties"] = "ruimte"
    with pytest.raises(InhoudFout, match=r'Stap 1, vraag 2, veld "opties": Hier hoort een lijst te staan'):
        inhoud.van_dict(gegevens)


def test_a_version_that_is_true_is_not_version_one() -> None:
    with pytest.raises(InhoudFout, match="heel getal"):
        inhoud.van_dict(inhoud.als_dict(JEUGD) | {"versie": True})


def test_a_question_may_leave_out_whether_the_family_sees_it_and_then_it_does_not() -> None:
    gegevens = inhoud.als_dict(JEUGD)
    del gegevens["stappen"][0]["vragen"][0]["in_overzicht"]
    assert inhoud.van_dict(gegevens).vraag("aanleiding").in_overzicht is False
