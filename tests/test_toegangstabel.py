"""Everybody gets what the table of tests/toegang.py says, with families that could leak."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from tests.cast import Kuipers
from tests.daden import alles, ongedaan
from tests.toegang import ALLES, APART, TABEL, VERBODEN, WIE, ZIEN, Adres, Wereld, maak_wereld


@pytest.fixture
def wereld(kuipers: Kuipers) -> Wereld:
    """Everybody and everything that the table needs."""
    return maak_wereld(kuipers)


def _client(wereld: Wereld, wie: str) -> Client:
    client = Client()
    if wie in wereld.mensen:
        client.force_login(wereld.mensen[wie])
    return client


def _tekst(antwoord: HttpResponseBase) -> str:
    """Everything that the answer tells: its words (also of a PDF) and its headers."""
    inhoud: bytes = getattr(antwoord, "content", b"")
    if antwoord["Content-Type"] == "application/pdf":
        woorden = " ".join(bladzijde.extract_text() for bladzijde in PdfReader(BytesIO(inhoud)).pages)
    else:
        woorden = inhoud.decode()
    return " ".join(woorden.split()) + str(antwoord.headers)


def _uitkomst(antwoord: HttpResponseBase) -> str:
    """The status, and for a redirect to where (without the place on the page)."""
    if antwoord.status_code != 302:
        return str(antwoord.status_code)
    return "302 " + antwoord["Location"].split("#")[0]


def _verwacht(wereld: Wereld, adres: Adres, methode: str, wie: str, pad: str) -> str:
    woord = (adres.get if methode == "GET" else adres.post).split()[WIE.index(wie)]
    if woord == "inlog":
        return f"302 /inloggen/?next={pad}"
    return f"302 {adres.naar(wereld, wereld.token(wie, adres.link))}" if woord == "→" else woord


def _alle_namen(resolver: URLResolver | None = None, ruimte: str = "") -> Iterator[tuple[str, str]]:
    """Name (with its namespace) and route of every address."""
    for deel in (resolver or get_resolver()).url_patterns:
        if isinstance(deel, URLResolver):
            binnen = f"{ruimte}{deel.namespace}:" if deel.namespace else ruimte
            yield from ((naam, str(deel.pattern) + route) for naam, route in _alle_namen(deel, binnen))
        else:
            assert isinstance(deel, URLPattern)
            yield f"{ruimte}{deel.name}", str(deel.pattern)


def test_every_address_stands_in_the_table() -> None:
    namen = {naam for naam, _route in _alle_namen() if not naam.startswith("admin:")}
    assert namen - APART == {adres.naam for adres in TABEL}
    assert len(TABEL) == len({adres.naam for adres in TABEL})
    for adres in TABEL:
        assert len(adres.get.split()) == len(adres.post.split()) == len(WIE)


@pytest.mark.parametrize("wie", WIE)
def test_everybody_gets_exactly_what_the_table_says(wereld: Wereld, wie: str, subtests: pytest.Subtests) -> None:
    client = _client(wereld, wie)
    verboden = [] if wie in ZIEN else VERBODEN.get(wie, ALLES)
    stand = alles()
    for adres in TABEL:
        token = {"token": wereld.token(wie, adres.link)} if adres.link else {}
        pad = reverse(adres.naam, kwargs=adres.kwargs(wereld) | token)
        for methode in ("GET", "POST"):
            verwacht = _verwacht(wereld, adres, methode, wie, pad)
            mag_schrijven = methode == "POST" and verwacht[0] in "23" and "inloggen" not in verwacht
            with subtests.test(f"{methode} {adres.naam}"), ongedaan() if mag_schrijven else nullcontext():
                antwoord = client.get(pad) if methode == "GET" else client.post(pad, adres.data(wereld))
                assert _uitkomst(antwoord) == verwacht
                tekst = _tekst(antwoord)
                assert not [woord for woord in verboden if woord in tekst]
    # Whoever only looked, or was refused, changed nothing (the log of who read what apart).
    assert alles() == stand


def test_there_is_something_to_leak(wereld: Wereld) -> None:
    """The words of which the table says that others never see them do stand on the pages of the coordinator."""
    client = _client(wereld, "coördinator")
    casus = wereld.kuipers.casus.pk
    gezien = "".join(_tekst(client.get(f"/casussen/{casus}/stap/{nummer}/")) for nummer in range(1, 8))
    assert not [woord for woord in ALLES if woord not in gezien + "gezin.example"]
    eigen = _tekst(Client().get(f"/t/{wereld.token('helper', 't')}/"))
    assert "Ik kom elke woensdag om 16 uur." in eigen
    van_bart = _tekst(Client().get(f"/o/{wereld.token('gezinslid', 'o')}/"))
    assert "Ik bel Bart over het weekend." in van_bart
    op_papier = _tekst(Client().get(f"/o/{wereld.token('gezinslid', 'o')}/overzicht.pdf"))
    assert "Ik bel Bart over het weekend." in op_papier


@pytest.mark.parametrize("wie", WIE)
def test_the_managers_screen_is_for_managers_and_shows_no_family(
    wereld: Wereld, wie: str, subtests: pytest.Subtests
) -> None:
    client = _client(wereld, wie)
    routes = {route for naam, route in _alle_namen() if naam.startswith("admin:")}
    assert len(routes) > 30
    for route in sorted(routes):
        pad = "/" + re.sub(r"<[^>]+>", str(wereld.kuipers.teams.noord.pk), route.replace("(?P<url>.*)$", "nergens/"))
        with subtests.test(pad), ongedaan():
            antwoord = client.get(pad)
            uitkomst = _uitkomst(antwoord)
            if wie != "beheerder" and pad not in ("/beheer/login/", "/beheer/logout/"):
                assert uitkomst.startswith(("302 /inloggen/", "302 /beheer/login/", "404", "405")), uitkomst
            assert antwoord.status_code < 500
            assert not [woord for woord in ALLES if woord in _tekst(antwoord)]
