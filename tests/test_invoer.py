"""Reading the file of a family: what it may say, and every mistake by line and field."""

from datetime import date, time
from pathlib import Path

import pytest

from casussen import invoer
from casussen.invoer import Fout, InvoerFout, lezen
from tests.gezinsbestand import DEMO, INHOUD, KLEIN, VANDAAG, lees, schrijf


def fouten(map_: Path, tekst: str | bytes) -> list[Fout]:
    with pytest.raises(InvoerFout) as gevangen:
        lees(map_, tekst)
    return gevangen.value.fouten


# What a file may say


def test_the_small_family_is_read_as_it_stands(tmp_path: Path) -> None:
    gelezen = lees(tmp_path, KLEIN)
    assert (gelezen.soort, gelezen.naam) == ("jeugd", "Gezin Klein")
    assert [lid.naam for lid in gelezen.gezin] == ["Bo Klein", "Kim Klein"]
    sanne, ab = gelezen.professionals
    assert (sanne.regie, sanne.waarvoor, sanne.bereikbaar.dagen) == ("regievoerder", "", [1, 2, 3, 4])
    assert (sanne.bereikbaar.uren_van, sanne.bereikbaar.uren_tot) == (time(9), time(17))
    assert (ab.regie, ab.waarvoor) == ("", "school")
    assert gelezen.afspraken[0].lezers == ("Kim Klein",)
    assert gelezen.evaluatie is not None
    assert gelezen.evaluatie.dag(VANDAAG) == date(2026, 12, 15)


def test_two_fields_are_enough(tmp_path: Path) -> None:
    gelezen = lees(tmp_path, "soort: wmo\nnaam: Mevrouw Maas\ngezin:\nafspraken: []\n")
    assert (gelezen.gezin, gelezen.afspraken, gelezen.evaluatie) == ((), (), None)


@pytest.mark.parametrize(
    ("weken", "op", "dag"),
    [
        (4, date(2026, 11, 13), date(2026, 12, 11)),
        (4, date(2026, 11, 14), date(2026, 12, 14)),
        (4, date(2026, 11, 15), date(2026, 12, 14)),
    ],
)
def test_an_evaluation_over_some_weeks_is_never_in_a_weekend(tmp_path: Path, weken: int, op: date, dag: date) -> None:
    evaluatie = lees(tmp_path, KLEIN.replace("over_weken: 5", f"over_weken: {weken}")).evaluatie
    assert evaluatie is not None
    assert evaluatie.dag(op) == dag


def test_an_evaluation_may_be_on_a_day(tmp_path: Path) -> None:
    evaluatie = lees(tmp_path, KLEIN.replace("over_weken: 5", "datum: 2026-12-19")).evaluatie
    assert evaluatie is not None
    assert evaluatie.dag(VANDAAG) == date(2026, 12, 19)


@pytest.mark.parametrize(
    ("rol", "regie"),
    [("vervanger", "vervanger"), ("Eerste aanspreekpunt", "aanspreekpunt"), ("regievoerder", "regievoerder")],
)
def test_a_role_that_the_casus_knows_becomes_that_role(tmp_path: Path, rol: str, regie: str) -> None:
    tekst = KLEIN.replace("rol: regievoerder", "rol: gezinscoach").replace("rol: school", f"rol: {rol}")
    ab = lees(tmp_path, tekst).professionals[1]
    assert (ab.regie, ab.waarvoor) == (regie, "")


@pytest.mark.parametrize(
    ("zichtbaar", "lezers", "helpers"),
    [
        ("", None, True),
        (", zichtbaar: []", (), False),
        (", zichtbaar: professionals", (), True),
        (", zichtbaar: kind", ("Bo Klein",), False),
        (", zichtbaar: [MOEDER, bo klein]", ("Bo Klein", "Kim Klein"), False),
    ],
)
def test_who_reads_an_agreement_is_said_by_relation_or_name(
    tmp_path: Path, zichtbaar: str, lezers: tuple[str, ...] | None, helpers: bool
) -> None:
    afspraak = lees(tmp_path, KLEIN.replace(", zichtbaar: [moeder, professionals]", zichtbaar)).afspraken[0]
    assert (afspraak.lezers, afspraak.voor_professionals) == (lezers, helpers)


def test_a_moment_of_an_agreement_is_a_day_or_words(tmp_path: Path) -> None:
    woorden = lees(tmp_path, KLEIN).afspraken[0]
    assert (woorden.wanneer, woorden.datum) == ("elke week", None)
    dag = lees(tmp_path, KLEIN.replace("elke week", "2026-12-04")).afspraken[0]
    assert (dag.wanneer, dag.datum) == ("", date(2026, 12, 4))


def test_an_answer_is_a_text_or_a_choice(tmp_path: Path) -> None:
    antwoorden = lees(
        tmp_path,
        KLEIN.replace(
            "  aanleiding: Bo slaapt slecht.\n",
            "  aanleiding: |\n    Bo slaapt slecht.\n    Kim ook.\n  gezin_weet: ja\n  past: [ruimte, nog-geen-plan]\n"
            "  contact_derden: Sanne belt school.\n  wie_mist:\n  vastlopen: ''\n",
        ),
    ).antwoorden
    assert {antwoord.vraag: (antwoord.tekst, antwoord.keuzes) for antwoord in antwoorden} == {
        "aanleiding": ("Bo slaapt slecht.\nKim ook.", ()),
        "gezin_weet": ("", ("ja",)),
        "past": ("", ("nog-geen-plan", "ruimte")),
        "contact_derden": ("Sanne belt school.", ()),
    }


@pytest.mark.parametrize(
    ("extra", "krijgt_mail"),
    [("", True), (", gezag: nee", False), (", internet: nee", False), (", gezag: ja", True)],
)
def test_mail_goes_to_who_has_an_address_and_internet_and_may_know(
    tmp_path: Path, extra: str, krijgt_mail: bool
) -> None:
    lid = lees(tmp_path, KLEIN.replace(", gezag: ja, email: kim@", f"{extra}, email: kim@")).gezin[1]
    assert lid.krijgt_mail is krijgt_mail
    assert lees(tmp_path, KLEIN).gezin[0].krijgt_mail is False


# What a file may not say

FOUTEN = [
    ("soort: jeugd", "soort: ggz", 'veld "soort"', "Kies uit: jeugd, wmo"),
    ("soort: jeugd\n", "", 'veld "soort"', "verplicht"),
    ("naam: Gezin Klein", "naam: '  '", 'veld "naam"', "verplicht"),
    ("naam: Gezin Klein", f"naam: {'k' * 121}", 'veld "naam"', "Er mogen er 120 zijn"),
    ("naam: Gezin Klein", 'naam: "Gezin\\0"', 'veld "naam"', "dat je niet ziet"),
    ("naam: Gezin Klein", "naam: [Gezin]", 'veld "naam"', "hoort tekst"),
    ("naam: Gezin Klein", "naam: Gezin Klein\nnaam: Gezin Groot", 'veld "naam"', "twee keer"),
    ("naam: Gezin Klein", "naam: Gezin Klein\nadres: Kade 1", 'veld "adres"', "kennen we niet"),
    ("naam: Gezin Klein", "naam: Gezin Klein\n? [a]\n: b", 'veld "?"', "kennen we niet"),
    ("{naam: Bo Klein, ", "{", 'gezinslid 1, veld "naam"', "verplicht"),
    ("naam: Kim Klein", "naam: bo klein", 'gezinslid 2, veld "naam"', "staat er al eerder"),
    ("naam: Oma Riet", "naam: Kim Klein", 'netwerklid 1, veld "naam"', "staat er al eerder"),
    ("relatie: kind, ", "", 'gezinslid 1, veld "relatie"', "verplicht"),
    ("2014-02-03", "2014-02-30", 'gezinslid 1, veld "geboren"', "is geen dag"),
    ("2014-02-03", "3 februari", 'gezinslid 1, veld "geboren"', "jaar-maand-dag"),
    ("2014-02-03", "1814-02-03", 'gezinslid 1, veld "geboren"', "vanaf 1900"),
    ("2014-02-03", "2044-02-03", 'gezinslid 1, veld "geboren"', "moet nog komen"),
    ("gezag: ja", "gezag: misschien", 'gezinslid 2, veld "gezag"', "Schrijf ja of nee"),
    ("kim@gezin.example", "kim@gezin", 'gezinslid 2, veld "email"', "is geen e-mailadres"),
    ("kim@gezin.example", '"a@b.example\\nbcc: c@d.example"', 'gezinslid 2, veld "email"', "geen e-mailadres"),
    ("kim@gezin.example", f"{'k' * 250}@gezin.example", 'gezinslid 2, veld "email"', "tekens"),
    ("netwerk:\n  - {naam", "netwerk:\n    {naam", 'veld "netwerk"', "hoort een lijst"),
    ("- {naam: Oma Riet, relatie: oma, waarvoor: past op}", "- oma", "netwerklid 1", "horen velden"),
    ("rol: school", "rol: regievoerder", 'professional 2, veld "rol"', "Sanne Wolters is al regievoerder"),
    ("a.buis@school", "S.Wolters@noord", 'professional 2, veld "email"', "ook van Sanne Wolters"),
    ("organisatie: School, ", "", 'professional 2, veld "organisatie"', "verplicht"),
    ("ma t/m do 9-17 uur", "meestal wel", 'professional 1, veld "bereikbaar"', "begrijpen we niet"),
    ("9-17 uur", "29-37 uur", 'professional 1, veld "bereikbaar"', "begrijpen we niet"),
    ("9-17 uur", "17-9 uur", 'professional 1, veld "bereikbaar"', "Draai ze om"),
    ("aanleiding:", "aanleidin:", 'antwoorden, veld "aanleidin"', "kennen we niet"),
    ("aanleiding: Bo", "gezin_weet: soms\n  wie_mist: Bo", 'antwoorden, veld "gezin_weet"', "ja, nog-niet"),
    ("aanleiding: Bo", "past: [nooit]\n  wie_mist: Bo", 'antwoorden, veld "past"', "twee-organisaties"),
    ("aanleiding: Bo", "aanleiding: [ruimte]\n  wie_mist: Bo", 'antwoorden, veld "aanleiding"', "hoort tekst"),
    ("antwoorden:\n  aanleiding: Bo slaapt slecht.", "antwoorden: veel", "antwoorden", "horen velden"),
    ("wie: Ab Buis", "wie: Ab Buys", 'afspraak 1, veld "wie"', "Bedoel je “Ab Buis”?"),
    ("wie: Ab Buis", "wie: Zoë", 'afspraak 1, veld "wie"', "staat niet in dit bestand."),
    ("wie: Ab Buis, ", "", 'afspraak 1, veld "wie"', "verplicht"),
    ("wat: Ik bel Kim.", f"wat: {'x' * 20_001}", 'afspraak 1, veld "wat"', "20001 tekens"),
    ("wat: Ik bel Kim.", "wat:", 'afspraak 1, veld "wat"', "verplicht"),
    ("elke week", "2026-13-04", 'afspraak 1, veld "wanneer"', "dag die niet bestaat"),
    ("[moeder, professionals]", "[vader]", 'afspraak 1, veld "zichtbaar"', "“vader” kennen we hier niet"),
    ("[moeder, professionals]", "[moder]", 'afspraak 1, veld "zichtbaar"', "Bedoel je “moeder”?"),
    ("[moeder, professionals]", "[Ab Buis]", 'afspraak 1, veld "zichtbaar"', "is een helper"),
    ("[moeder, professionals]", "['']", 'afspraak 1, veld "zichtbaar"', "alleen spaties"),
    ("zichtbaar: [moeder, professionals]", "zichtbaar:", 'afspraak 1, veld "zichtbaar"', "wie dit mag lezen"),
    ("over_weken: 5", "over_weken: 0", 'evaluatie, veld "over_weken"', "1 tot en met 52"),
    ("over_weken: 5", "over_weken: 5.5", 'evaluatie, veld "over_weken"', "heel getal"),
    ("over_weken: 5", "datum: 2026-11-09", 'evaluatie, veld "datum"', "al geweest"),
    ("over_weken: 5, ", "", "evaluatie", "over_weken of datum"),
    ("over_weken: 5", "over_weken: 5, datum: 2026-12-09", "evaluatie", "één van de twee"),
    ("uitnodiger: Sanne Wolters", "uitnodiger: Kim Klein", 'evaluatie, veld "uitnodiger"', "staat niet"),
    ("{over_weken: 5, waar: thuis, uitnodiger: Sanne Wolters}", "morgen", "evaluatie", "horen velden"),
]


@pytest.mark.parametrize(("oud", "nieuw", "plek", "uitleg"), FOUTEN)
def test_a_mistake_is_named_with_its_line_and_field(
    tmp_path: Path, oud: str, nieuw: str, plek: str, uitleg: str
) -> None:
    assert oud in KLEIN
    tekst = KLEIN.replace(oud, nieuw, 1)
    gevonden = fouten(tmp_path, tekst)
    eerste = next(fout for fout in gevonden if fout.plek == plek)
    assert uitleg in eerste.uitleg
    assert str(eerste) == f"Regel {eerste.regel}, {plek}: {eerste.uitleg}"
    begin = KLEIN[: KLEIN.index(oud)].count("\n") + 1
    # A field that was put in under another one is a line further.
    assert begin <= (eerste.regel or 0) <= begin + nieuw.count("\n")


def test_every_mistake_is_named_in_the_order_of_the_file(tmp_path: Path) -> None:
    tekst = (
        KLEIN.replace("soort: jeugd", "soort: ggz")
        .replace("2014-02-03", "gisteren")
        .replace("wie: Ab Buis", "wie: Niemand")
        .replace("over_weken: 5", "over_weken: veel")
    )
    gevonden = fouten(tmp_path, tekst)
    assert [fout.regel for fout in gevonden] == [1, 4, 18, 19]
    with pytest.raises(InvoerFout) as gevangen:
        lees(tmp_path, tekst)
    assert str(gevangen.value).count("\n") == 3


HEEL_FOUT = [
    (b"", "leeg"),
    (b"# alleen uitleg\n", "leeg"),
    (b"gezin", "horen velden"),
    (b"- a\n- b\n", "horen velden"),
    (b"naam: 'Gezin\nsoort: jeugd\n", "geen goede YAML"),
    (b"naam:\tGezin\n\tsoort: jeugd\n", "geen goede YAML"),
    (b'naam: "\\UFFFFFFFF"\n', "geen goede YAML"),
    (b"%YAML 1." + b"9" * 5000 + b"\n---\nnaam: a\n", "geen goede YAML"),
    (b"naam: a\n---\nnaam: b\n", "geen goede YAML"),
    (b"naam: a\x00b\n", "teken"),
    (b"\xff\xfe\x00\x01", "UTF-8"),
    (b"naam: " + b"a" * 200_001, "te groot"),
    (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "verwijzing"),
    (b"naam: &n Gezin\n<<: {soort: jeugd}\n", "kennen we niet"),
    (b"naam: " + b"[" * 30 + b"]" * 30, "lijsten in elkaar"),
    (b"soort: jeugd\nnaam: a\ngezin: [" + b"{naam: a, relatie: b}," * 101 + b"]\n", "101 dingen"),
    (b"soort: jeugd\nnaam: !!python/object/apply:os.system [ls]\n", "hoort tekst"),
]


@pytest.mark.parametrize(("ruw", "uitleg"), HEEL_FOUT)
def test_a_file_that_is_no_family_is_refused_calmly(tmp_path: Path, ruw: bytes, uitleg: str) -> None:
    assert any(uitleg in str(fout) for fout in fouten(tmp_path, ruw))


def test_a_file_that_is_not_there_is_refused_calmly(tmp_path: Path) -> None:
    for pad in (tmp_path / "weg.yaml", tmp_path):
        with pytest.raises(InvoerFout, match="niet lezen"):
            invoer.lees(pad, inhoud=INHOUD, vandaag=VANDAAG)


def test_without_questions_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="laad_inhoud"):
        invoer.lees(schrijf(tmp_path, KLEIN), inhoud={}, vandaag=VANDAAG)


def test_the_example_in_the_manual_can_be_imported(tmp_path: Path) -> None:
    uitleg = (DEMO.parent.parent / "docs" / "importeren.md").read_text(encoding="utf-8")
    voorbeeld = uitleg.split("```yaml\n")[1].split("```")[0]
    assert [lid.naam for lid in lees(tmp_path, voorbeeld).gezin] == ["Milan Kuipers", "Bart Kuipers", "Esra Demir"]
    for namen in (lezen.BESTAND, lezen.GEZIN, lezen.NETWERK, lezen.PROFESSIONAL, lezen.AFSPRAAK, lezen.EVALUATIE):
        assert all(f"`{naam}`" in uitleg for naam in namen)
