"""Everybody gets what the table of tests/toegang.py says, with families that could leak."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from io import BytesIO

import pytest
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from tests import cast
from tests.accounts import ingelogd
from tests.daden import alles, ongedaan
from tests.kolommen import ALLES, VERBODEN, WIE
from tests.toegang import APART, TABEL, Adres
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld


@pytest.fixture
def wereld(db: None) -> Wereld:
    """Everybody and everything that the table needs."""
    return uit_voorraad("wereld", lambda: maak_wereld(cast.maak_kuipers(cast.maak_teams())))


def _client(wereld: Wereld, wie: str, *, zojuist: bool = False) -> Client:
    client = wereld.in_browser(Client())
    mens = wereld.mensen.get(wie)
    if mens is not None:
        ingelogd(client, mens) if zojuist else client.force_login(mens)
    return client


def _tekst(antwoord: HttpResponseBase) -> str:
    """Everything that the answer tells: its words (also of a PDF) and its headers."""
    inhoud: bytes = getattr(antwoord, "content", b"")
    if antwoord["Content-Type"] == "application/pdf":
        woorden = " ".join(bladzijde.extract_text() for bladzijde in PdfReader(BytesIO(inhoud)).pages)
    else:
        woorden = inhoud.decode(errors="replace")  # a zip file is no text
    return " ".join(woorden.split()) + str(antwoord.headers)


def _uitkomst(antwoord: HttpResponseBase) -> str:
    """The status, and for a redirect to where (without the place on the page)."""
    if antwoord.status_code != 302:
        return str(antwoord.status_code)
    return "302 " + antwoord["Location"].split("#")[0]


def _verwacht(wereld: Wereld, adres: Adres, methode: str, wie: str, pad: str) -> str:
    woord = (adres.get if methode == "GET" else adres.post)[wie]
    if woord == "inlog" and methode == "POST":
        return "403"  # a page with what was typed and the way to sign in: nothing is lost
    if woord.startswith("/"):
        return f"302 {woord}"
    if woord == "inlog":
        return f"302 /inloggen/?next={pad}"
    return f"302 {adres.naar(wereld, wereld.token(wie))}" if woord == "→" else woord


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


@pytest.mark.parametrize("wie", WIE)
def test_everybody_gets_exactly_what_the_table_says(wereld: Wereld, wie: str, subtests: pytest.Subtests) -> None:
    gewoon, zojuist_ingelogd = _client(wereld, wie), _client(wereld, wie, zojuist=True)
    verboden = VERBODEN.get(wie, ALLES)
    stand = alles()
    for adres in TABEL:
        cache.clear()  # many links that do not open, from one address
        client = zojuist_ingelogd if adres.opnieuw else gewoon
        token = {"token": wereld.token(wie)} if adres.link else {}
        pad = reverse(adres.naam, kwargs=adres.kwargs(wereld) | token)
        for methode in ("GET", "POST"):
            verwacht = _verwacht(wereld, adres, methode, wie, pad)
            mag_schrijven = methode == "POST" and verwacht[0] in "23" and "?next=" not in verwacht
            with subtests.test(f"{methode} {adres.naam}"), ongedaan() if mag_schrijven else nullcontext():
                data = adres.data(wereld) if methode == "POST" else {}
                antwoord = client.get(pad) if methode == "GET" else client.post(pad, data)
                assert _uitkomst(antwoord) == verwacht
                # What somebody sent himself he may get back: a page that saved nothing keeps what was typed.
                tekst, gestuurd = _tekst(antwoord), " ".join(map(str, data.values()))
                assert not [woord for woord in verboden if woord in tekst and woord not in gestuurd]
    # Whoever only looked, or was refused, changed nothing (the log of who read what apart).
    assert alles() == stand


def test_there_is_something_to_leak(wereld: Wereld) -> None:
    """The words of which the table says that others never see them do stand on the pages of the coordinator."""
    client = _client(wereld, "coördinator")
    casus = wereld.kuipers.casus.pk
    plekken = [*(f"stap/{nummer}/" for nummer in range(1, 8)), "vragen/"]
    gezien = "".join(_tekst(client.get(f"/casussen/{casus}/{plek}")) for plek in plekken)
    assert not [woord for woord in ALLES if woord not in gezien + "gezin.example"]
    eigen = _tekst(wereld.in_browser(Client()).get(f"/t/{wereld.token('helper')}/"))
    assert "Ik kom elke woensdag om 16 uur." in eigen
    van_bart = _tekst(wereld.in_browser(Client()).get(f"/o/{wereld.token('ouder_met_gezag')}/"))
    assert "Ik bel Bart over het weekend." in van_bart
    op_papier = _tekst(wereld.in_browser(Client()).get(f"/o/{wereld.token('ouder_met_gezag')}/overzicht.pdf"))
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
            if "beheer" not in WIE[wie].split() and pad not in ("/beheer/login/", "/beheer/logout/"):
                assert uitkomst.startswith(("302 /inloggen/", "302 /beheer/login/", "404", "405")), uitkomst
            assert antwoord.status_code < 500
            assert not [woord for woord in ALLES if woord in _tekst(antwoord)]
