"""The one stylesheet and the letters of the pages behind a link, made by scripts/licht.py."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from django.test import Client
from fontTools.ttLib import TTFont

import licht

ROOT = Path(__file__).resolve().parent.parent


def test_the_stylesheet_is_that_of_the_templates_as_they_are_now() -> None:
    assert licht.TARGET.read_text("utf-8") == licht.make(), "run: make licht"


def test_it_takes_little_of_the_60_kilobytes_of_a_page() -> None:
    assert len(gzip.compress(licht.TARGET.read_bytes())) < 13_000


def test_it_is_made_of_every_stylesheet_that_the_other_pages_load() -> None:
    geladen = re.findall(r'static "([^"]+\.css)"', (ROOT / "templates/onderdelen/stijlen.html").read_text("utf-8"))
    assert [*licht.STYLES, licht.PRINT] == geladen


def test_every_token_that_it_uses_and_that_we_have_is_in_it() -> None:
    stijl = licht.TARGET.read_text("utf-8")
    onze = set(re.findall(r"^\s*(--[\w-]+):", (ROOT / "static/css/tokens.css").read_text("utf-8"), re.MULTILINE))
    gebruikt = set(re.findall(r"var\(\s*(--[\w-]+)", stijl))
    gezet = set(re.findall(r"[{;](--[\w-]+):", stijl))
    assert gebruikt & onze <= gezet
    assert len(gebruikt & onze) > 50


@pytest.mark.parametrize(
    ("regel", "blijft"),
    [
        (".hr-a{b:c}", ".hr-a{b:c}"),
        (".hr-z{b:c}", ""),
        (".hr-z,.hr-a{b:c}", ".hr-a{b:c}"),
        (".hr-a:is(.hr-z, .hr-y){b:c}", ".hr-a:is(.hr-z, .hr-y){b:c}"),
        (".hr-a:where(.hr-z){b:c}", ""),
        (".hr-a:not(.hr-z:has(p)){b:c}", ".hr-a:not(.hr-z:has(p)){b:c}"),
        (".hr-soort--vrij{b:c}", ".hr-soort--vrij{b:c}"),
        ("p > a{b:c}", "p > a{b:c}"),
        ("@media print{.hr-z{b:c}.hr-a{b:c}}", "@media print{.hr-a{b:c}}"),
        ("@media print{.hr-z{b:c}}", ""),
    ],
)
def test_a_rule_stays_when_all_its_classes_may_occur(regel: str, blijft: str) -> None:
    woorden = licht.Words(frozenset({"hr-a"}), ("hr-soort--",))
    (gelezen,) = licht._rules(regel)
    over = licht._only_used(gelezen, woorden)
    assert "".join(str(over).split("\n")) * bool(over) == blijft


def test_a_token_that_only_an_unused_token_uses_goes_too() -> None:
    regels = list(licht._rules(":root{--a:1px;--b:var(--a);--c:2px} p{margin:var( --c)}"))
    assert [str(regel).strip() for regel in licht._without_unused_tokens(regels)] == [
        ":root{--c:2px}",
        "p{margin:var( --c)}",
    ]


@pytest.mark.parametrize("letter", sorted(licht.FONTS.glob("*-normal.woff2")), ids=lambda pad: pad.stem)
def test_a_letter_lost_its_hints_and_nothing_else(letter: Path) -> None:
    volle, lichte = TTFont(letter), TTFont(letter.with_stem(f"{letter.stem}-licht"))
    breedtes = [{teken: font["hmtx"][naam] for teken, naam in font.getBestCmap().items()} for font in (volle, lichte)]
    assert breedtes[0] == breedtes[1]
    assert "fpgm" in volle
    assert "fpgm" not in lichte


def test_the_pages_behind_a_link_use_no_letter_that_they_do_not_have() -> None:
    """Italic letters are another 18 kilobytes."""
    for pad in licht.sources():
        if pad.suffix == ".html" and "_a4" not in pad.name:
            assert not re.search(r"<(em|i|cite|var|address)\b", pad.read_text("utf-8")), pad
    assert "italic" not in licht.TARGET.read_text("utf-8")


@pytest.mark.parametrize(
    ("kent", "krijgt"),
    [("gzip, deflate, br, zstd", "br"), ("br;q=0.5", "br"), ("gzip, br;q=0", "gzip"), ("gzip", "gzip"), ("", None)],
)
def test_a_page_behind_a_link_is_sent_as_small_as_the_browser_can_read(
    client: Client, db: None, kent: str, krijgt: str | None
) -> None:
    gewoon = client.get("/link/nieuw/")
    antwoord = client.get("/link/nieuw/", headers={"Accept-Encoding": kent})
    assert antwoord.headers.get("Content-Encoding") == krijgt
    uitpakken = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    assert b"Een nieuwe link" in uitpakken[krijgt](antwoord.content)
    assert len(antwoord.content) == int(antwoord.headers.get("Content-Length", len(antwoord.content)))
    assert (len(antwoord.content) < len(gewoon.content)) == (krijgt is not None)
    assert krijgt is None or "Accept-Encoding" in antwoord["Vary"]


def test_a_page_of_staff_is_not_compressed(als_sanne: Client) -> None:
    antwoord = als_sanne.get("/casussen/", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in antwoord.headers
