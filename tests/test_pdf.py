"""The overview on paper: the same words as the page, accessible, with its letters in it, and without a network."""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PageObject, PdfReader
from weasyprint.urls import FatalURLFetchingError

from casussen.acties import antwoorden
from casussen.acties.vaststellen import stel_vast
from casussen.overzicht import gezin, kaart, pdf
from tests.cast import Kuipers
from tests.gezinslink import met_code
from tests.opnames import JEUGD, Rij, afspraak, antwoord, deelnemer, evaluatie, lid, opname

OP = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family Kuipers with version 1 fixed."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


def lees(inhoud: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(inhoud))


def kaal(tekst: str) -> str:
    """Without white space: lines on paper break elsewhere."""
    return re.sub(r"\s", "", tekst)


def tekst_van(document: PdfReader) -> str:
    return kaal("".join(pagina.extract_text() for pagina in document.pages))


def van_opname(casus: Rij, *, nummer: int | None = 2, lezer: str = "g1") -> PdfReader:
    overzicht = gezin.voor_gezinslid(casus, lezer, inhoud=JEUGD, nummer=nummer, op=OP)
    return lees(pdf.maak(overzicht, kaart.teken(casus, lezer)))


def familie(aantal_helpers: int, aantal_afspraken: int, **velden: Any) -> Rij:
    """Bart and Milan with so many helpers and agreements, all of which both may read."""
    beide = ["g1", "g2"]
    mensen = [
        deelnemer(
            f"d{nummer}", f"Helper Nummer{nummer}", f"Organisatie {nummer % 9}", waarvoor="helpt thuis",
            telefoon=f"085-0000 {nummer:03d}", lezers=beide,
        )
        for nummer in range(aantal_helpers)
    ]  # fmt: skip
    beloften = [
        afspraak(f"a{nummer}", f"Ik doe ding {nummer}.", van=f"d{nummer % aantal_helpers}", lezers=beide)
        for nummer in range(aantal_afspraken)
    ]
    leden = [lid("g1", "Bart Kuipers", "vader"), lid("g2", "Milan Kuipers", "kind", "2011-03-14")]
    vol = {"afspraken": beloften, "regie": {"regievoerder": "d0"}, "evaluatie": evaluatie(waar="op school"), **velden}
    return opname(leden, mensen, **vol)


# The same words as on the page


class Woorden(HTMLParser):
    """Collects the texts inside <main>, except buttons, pictures and links to other pages."""

    def __init__(self) -> None:
        super().__init__()
        self.teksten: list[str] = []
        self.binnen: list[str] = []
        self.weg = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "img", "hr", "input", "meta", "link"}:
            return
        kenmerken = dict(attrs)
        naar_elders = "nl-button" in (kenmerken.get("class") or "") or tag == "a"
        belt = (kenmerken.get("href") or "").startswith(("tel:", "mailto:"))
        if self.weg or kenmerken.get("aria-hidden") or (naar_elders and not belt):
            self.weg += 1
        if self.binnen or tag == "main":
            self.binnen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.weg = max(0, self.weg - 1)
        if self.binnen:
            self.binnen.pop()

    def handle_data(self, data: str) -> None:
        if self.binnen and not self.weg and data.strip():
            self.teksten.append(data)


@pytest.mark.parametrize("lezer", ["bart", "esra", "milan"])
def test_every_word_of_the_page_is_on_the_paper_and_nothing_of_another_reader(
    client: Client, vast: Kuipers, lezer: str
) -> None:
    adres = met_code(client, getattr(vast, lezer))
    woorden = Woorden()
    woorden.feed(client.get(adres).content.decode())
    papier = tekst_van(lees(client.get(f"{adres}overzicht.pdf").content))

    assert len(woorden.teksten) > 30
    assert [tekst for tekst in woorden.teksten if kaal(tekst) not in papier] == []
    niet = {
        "bart": ["Ik praat Esra bij.", "Ik vertel Ilse wat helpt.", "Eerst bellen we elkaar."],
        "esra": ["Opa Henk", "Ik kom elke woensdag", "Ik bel als een weekend", "Ik vertel Ilse wat helpt."],
        "milan": ["Ik praat Esra bij.", "Eerst bellen we elkaar."],
    }[lezer]
    assert [tekst for tekst in niet if kaal(tekst) in papier] == []


def test_the_file_has_a_name_that_says_nothing(als_sanne: Client, vast: Kuipers) -> None:
    antwoord = als_sanne.get(reverse("casussen:overzicht_pdf", args=[vast.casus.pk, vast.bart.pk]))

    assert antwoord["Content-Type"] == "application/pdf"
    assert antwoord["Content-Disposition"] == 'inline; filename="overzicht.pdf"'
    assert antwoord.content.startswith(b"%PDF-1.7")


def test_a_draft_says_so_on_every_page(als_sanne: Client, vast: Kuipers) -> None:
    adres = reverse("casussen:overzicht_pdf", args=[vast.casus.pk, vast.bart.pk])

    concept, echt = (lees(als_sanne.get(adres + deel).content) for deel in ("?concept=1", ""))

    assert all("Nog niet vastgesteld. Dit kan nog veranderen." in pagina.extract_text() for pagina in concept.pages)
    assert "vastgesteld" not in tekst_van(echt)


def test_the_end_is_told_on_paper_too(client: Client, vast: Kuipers) -> None:
    adres = met_code(client, vast.bart)
    vast.casus.afgesloten_op = timezone.now()
    vast.casus.blijft_bereikbaar = "Sanne, tot de zomer."
    vast.casus.belt_nog_een_keer = "Ruben belt in mei."
    vast.casus.save()

    papier = tekst_van(lees(client.get(f"{adres}overzicht.pdf").content))

    for zin in ("We werkten samen tot", "Sanne, tot de zomer.", "Ruben belt in mei."):
        assert kaal(zin) in papier
    assert kaal("nodigt u uit") not in papier


# Accessible


def test_the_paper_is_tagged_dutch_and_has_a_title() -> None:
    document = van_opname(familie(5, 5))

    wortel: Any = document.trailer["/Root"]
    assert wortel["/Lang"] == "nl"
    assert wortel["/MarkInfo"]["/Marked"]
    assert wortel["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb"pdfuaid:part\W+1\b", wortel["/Metadata"].get_data())
    assert document.metadata is not None
    assert document.metadata.title == "Ons overzicht: Gezin Kuipers, voor Bart Kuipers"
    soorten = [str(deel["/S"]) for deel in _boom(wortel["/StructTreeRoot"])]
    assert {"/H1", "/H2", "/H3", "/P", "/L", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= set(soorten)
    assert soorten.count("/H1") == 1


def test_the_picture_says_in_words_what_it_shows() -> None:
    wortel: Any = van_opname(familie(3, 1)).trailer["/Root"]

    (beeld,) = [deel for deel in _boom(wortel["/StructTreeRoot"]) if deel["/S"] == "/Figure"]

    assert "In het midden: Milan en Bart. Eerst bellen: Helper Nummer0, Organisatie 0." in beeld["/Alt"]
    assert "Helper Nummer2, Organisatie 2." in beeld["/Alt"]


def _boom(knoop: Any) -> Iterator[Any]:
    """Every element of the tag tree."""
    kinderen = knoop.get("/K", [])
    for kind in kinderen if isinstance(kinderen, list) else [kinderen]:
        kind = kind.get_object()
        if hasattr(kind, "keys") and "/S" in kind:
            yield kind
            yield from _boom(kind)


def test_all_letters_are_in_the_file_and_ours() -> None:
    casus = familie(2, 1, naam="Gezin Şükrü Łęcki")

    namen = set()
    for pagina in van_opname(casus).pages:
        for letter in pagina["/Resources"]["/Font"].values():  # type: ignore[index]  # a dictionary in every page
            (kind,) = letter.get_object()["/DescendantFonts"]
            beschrijving = kind.get_object()["/FontDescriptor"]
            assert "/FontFile2" in beschrijving or "/FontFile3" in beschrijving
            namen.add(str(beschrijving["/FontName"]).split("+")[1])

    assert all(naam.startswith("Atkinson-Hyperlegible") for naam in namen), namen


@pytest.mark.parametrize("aantal", [3, 8, 14])
def test_no_letter_is_smaller_than_twelve_points(aantal: int) -> None:
    maten: set[float] = set()

    def meet(tekst: str, cm: list[float], tm: list[float], _letter: object, maat: float) -> None:
        if tekst.strip():
            maten.add(round(maat * abs(tm[3]) * abs(cm[3]), 1))

    for pagina in van_opname(familie(aantal, 3)).pages:
        pagina.extract_text(visitor_text=meet)

    assert maten
    assert min(maten) >= 12


# Pages


def test_an_ordinary_family_fits_on_two_pages_with_numbers_and_version() -> None:
    document = van_opname(familie(6, 6, antwoorden=[antwoord("aanleiding", "Milan wil thuis wonen.", ["g1"])]))

    assert len(document.pages) == 2
    for nummer, pagina in enumerate(document.pages, start=1):
        tekst = pagina.extract_text()
        assert f"bladzijde {nummer} van 2" in tekst
        assert "Versie 2, van dinsdag 10 november 2026. Voor Bart Kuipers." in " ".join(tekst.split())


KOPPEN = (
    "Wie bellen we wanneer?", "Waarvoor belt u wie?", "Wie helpt ons?", "Wat hebben we afgesproken?",
    "Wanneer praten we weer samen?", "Waarom dit overzicht?", "Klopt er iets niet?", "In uw woorden",
)  # fmt: skip


@pytest.mark.parametrize("regels_nood", [16, 18, 19, 20])
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(regels_nood: int) -> None:
    """The higher the first card, the lower the heading of the agreements on the first page."""
    lang = "\n".join(["zin"] * regels_nood)
    document = van_opname(familie(8, 5, antwoorden=[antwoord("buiten_kantoor", lang, ["g1"])]))

    for pagina in document.pages:
        regels = [regel.strip() for regel in _zonder_voet(pagina) if regel.strip()]
        assert regels[-1] not in KOPPEN


def _zonder_voet(pagina: PageObject) -> list[str]:
    regels = pagina.extract_text().splitlines()
    return [
        regel for regel in regels if not re.match(r"Versie 2, van|bladzijde \d|.*Voor Bart Kuipers\.$", regel.strip())
    ]


def test_twenty_helpers_take_more_pages_and_none_is_lost() -> None:
    document = van_opname(familie(20, 20))
    papier = tekst_van(document)

    assert len(document.pages) > 2
    for nummer in range(20):
        assert f"HelperNummer{nummer}" in papier
        assert f"Ikdoeding{nummer}." in papier


@pytest.mark.parametrize("vraag", ["buiten_kantoor", "wij_van_gezin", "contact_derden", "waaraan_zien", "wie_mist"])
def test_a_very_long_answer_runs_on_over_the_pages(vraag: str) -> None:
    lang = " ".join(f"woord{nummer:04d}" for nummer in range(1900))

    papier = tekst_van(van_opname(familie(3, 2, antwoorden=[antwoord(vraag, lang, ["g1"])])))

    assert [nummer for nummer in range(1900) if f"woord{nummer:04d}" not in papier] == []


def test_a_very_long_agreement_and_words_without_end_break_nothing() -> None:
    lang = "\n".join(f"regel {nummer:03d}" for nummer in range(200))
    mensen = familie(3, 0)
    mensen["deelnemers"][1] |= {"naam": "N" * 120, "organisatie": "O" * 120, "waarvoor": "w" * 300}
    mensen["afspraken"] = [afspraak("a1", lang, van="d1", lezers=["g1"])]
    mensen["gezinsleden"][0]["naam"] = "B" * 120

    papier = tekst_van(van_opname(mensen))

    assert "regel199" in papier
    assert "W" + "w" * 299 in papier


def test_names_in_any_script_are_no_crash() -> None:
    document = van_opname(familie(2, 1, naam="محمد தமிழ் Україна 🙂"))

    assert "DagBart." in tekst_van(document)


def test_an_empty_overview_is_one_calm_page() -> None:
    leeg = opname([lid("g1", "Bart Kuipers", "vader")], [])

    document = van_opname(leeg, nummer=None)

    assert len(document.pages) == 1
    assert "Erstaanhiernoggeenafspraken." in tekst_van(document)


# No network


@pytest.mark.parametrize(
    "adres",
    [
        "https://example.org/plaatje.png",
        "http://127.0.0.1:1/plaatje.png",
        "file:///etc/hostname",
        "data:image/png;base64,AAAA",
        "https://statisch.invalid/bestaat/niet.png",
        "https://statisch.invalid/../manage.py",
    ],
)
def test_nothing_but_our_own_static_files_can_get_into_a_paper(adres: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf.van_html(f'<html lang="nl"><title>x</title><img src="{adres}" alt="x">')


def test_our_own_static_files_can() -> None:
    assert pdf.van_html('<html lang="nl"><title>x</title><img src="img/maan.svg" alt="maan">').startswith(b"%PDF")


def test_what_people_type_is_text_and_never_markup(client: Client, kuipers: Kuipers) -> None:
    for vraag, tekst in {"aanleiding": "<img src=https://example.org/x>", "delen": "a & b < c"}.items():
        versie = kuipers.casus.antwoorden.filter(vraag=vraag).values_list("versie", flat=True).first() or 0
        antwoorden.bewaar_antwoord(
            door=kuipers.door, casus=kuipers.casus, vraag=vraag, versie=versie, velden={"tekst": tekst}
        )
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)

    papier = tekst_van(lees(client.get(f"{met_code(client, kuipers.bart)}overzicht.pdf").content))

    assert "<imgsrc=https://example.org/x>" in papier
    assert "a&b<c" in papier
