"""Every state of a link, every way to ask for it: exactly what happens (the table is tests/linkstanden.py)."""

import html
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Gezinslid, Linkverzoek, Logregel, Toegangslink
from tests.cast import Kuipers
from tests.daden import alles, ongedaan
from tests.delen import Club, iedereen_zegt_ja, maak_club
from tests.linkstanden import (
    ALS_VERZONNEN,
    ANTWOORD,
    DICHT,
    GETYPT,
    NOOIT,
    STANDEN,
    TABEL,
    VRAGEN,
    Klop,
    Uitkomst,
    Vraag,
)
from tests.taaklink import token
from tests.voorraad import uit_voorraad

# Of the family itself nothing may stand on a page of a link that does not open here.
PER_VERZOEK = {"X-Request-ID", "Content-Length"}
GEHEIM = ["Kuipers", "Bart", "Dennis", "na de training", "De Twent", "Sanne"]


def _maak() -> Club:
    from tests import cast

    club = maak_club(cast.maak_kuipers(cast.maak_teams()))
    iedereen_zegt_ja(club)
    stel_vast(door=club.kuipers.door, casus=club.casus, nummer=1)
    return club


@pytest.fixture
def club(db: None) -> Club:
    """The family with its trainer, for whom everybody said yes; fixed."""
    return uit_voorraad("linkstanden", _maak)


def _gezien(klop: Klop, doe: Callable[[], HttpResponseBase]) -> tuple[HttpResponseBase, Uitkomst]:
    """Does a request; out: the answer, and what happened (the words apart)."""
    eerst, laatste = alles(), Logregel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    antwoord = doe()
    daarna = alles()
    return antwoord, Uitkomst(
        status=antwoord.status_code,
        woorden=antwoord.get("Location", "").split("#")[0].replace(klop.token, "{token}"),
        veranderd=frozenset(label.split(".")[1] for label in daarna if daarna[label] != eerst[label]),
        regels=tuple(
            (daad, tuple(velden))
            for daad, velden in Logregel.objects.filter(pk__gt=laatste).order_by("pk").values_list("daad", "velden")
        ),
        cookie="link" in antwoord.cookies,
    )


def _tekst(antwoord: HttpResponseBase) -> str:
    return html.unescape(getattr(antwoord, "content", b"").decode())


def test_the_table_has_every_state_and_every_way_to_ask() -> None:
    assert set(TABEL) == set(STANDEN)
    assert {frozenset(rij) for rij in TABEL.values()} == {frozenset(VRAGEN)}


@pytest.mark.parametrize("stand", STANDEN)
def test_what_happens_is_exactly_what_the_table_says(club: Club, stand: str, subtests: pytest.Subtests) -> None:
    klop = STANDEN[stand](club)
    for naam, vraag in VRAGEN.items():
        verwacht = TABEL[stand][naam]
        met_cookie = dict(klop.client.cookies)
        with subtests.test(naam), ongedaan():
            antwoord, gebeurd = _gezien(klop, lambda vraag=vraag: vraag.doe(klop))  # type: ignore[misc]
            is_pagina, tekst = verwacht.status != 302, _tekst(antwoord)
            assert gebeurd == (replace(verwacht, woorden="") if is_pagina else verwacht)
            assert verwacht.woorden in tekst or not is_pagina
            assert bool(tekst) == (is_pagina and vraag.methode != "HEAD")
            assert antwoord["Referrer-Policy"] == "no-referrer"
            assert "no-store" in antwoord["Cache-Control"]
            if naam == "POST van een antwoord" and verwacht.status in (200, 410):
                assert GETYPT in tekst
            if verwacht.status in (404, 410):
                assert not [woord for woord in GEHEIM if woord in tekst]
        klop.client.cookies.clear()
        klop.client.cookies.update(met_cookie)


@pytest.mark.parametrize("stand", STANDEN)
@pytest.mark.parametrize("soort", ["t", "o"])
def test_a_browser_that_looks_ahead_and_other_methods_do_nothing_at_all(club: Club, stand: str, soort: str) -> None:
    klop = STANDEN[stand](club)
    for naam, vraag in NOOIT.items():
        with CaptureQueriesContext(connection) as gevraagd:
            antwoord = vraag.doe(klop, soort)
        assert antwoord.status_code == (503 if "vooruit" in naam else 405), naam
        assert not gevraagd.captured_queries, naam
        assert antwoord["Referrer-Policy"] == "no-referrer"
        if antwoord.status_code == 503:
            assert antwoord["Retry-After"]
            assert _tekst(antwoord) == ""


# Forged and expired


def _zonder_eigen(bytes_: bytes, klop: Klop) -> bytes:
    return bytes_.replace(klop.token.encode(), b"token")


def _zonder_waarden(sql: str, klop: Klop) -> str:
    sql = sql.replace(links.hash_van(klop.token), "hash")
    return re.sub(r"'\d{4}-\d\d-\d\d[^']*'::timestamptz", "moment", sql)


@pytest.mark.parametrize("stand", ALS_VERZONNEN)
def test_a_closed_link_costs_the_same_work_and_gives_the_same_bytes_as_a_forged_one(club: Club, stand: str) -> None:
    gezien = []
    for naam in ("verzonnen", stand):
        klop = STANDEN[naam](club)
        klop.client.cookies.clear()
        with CaptureQueriesContext(connection) as gevraagd:
            antwoord = klop.client.get(f"/t/{klop.token}/")
        koppen = {
            kop: waarde for kop, waarde in antwoord.headers.items() if kop not in ("X-Request-ID", "Content-Length")
        }
        werk = [_zonder_waarden(vraag["sql"], klop) for vraag in gevraagd]
        gezien.append((_zonder_eigen(antwoord.content, klop), koppen, werk, dict(antwoord.cookies)))
    assert gezien[0] == gezien[1]
    assert len(gezien[0][2]) == 1


@pytest.mark.parametrize("stand", DICHT)
@pytest.mark.parametrize("methode", ["get", "post"])
def test_every_closed_link_gives_the_same_bytes(club: Club, stand: str, methode: str) -> None:
    gezien = set()
    for naam in ("verzonnen", stand):
        klop = STANDEN[naam](club)
        antwoord = getattr(klop.client, methode)(f"/t/{klop.token}/afspraak/{klop.afspraak}/", ANTWOORD)
        assert antwoord.status_code == 410
        gezien.add(_zonder_eigen(antwoord.content, klop))
    assert len(gezien) == 1


# The link of somebody of the family


def _van_bart(club: Club, **velden: object) -> Klop:
    klop = Klop(Client(), token(club.kuipers.bart), club.traint.pk)
    Toegangslink.objects.filter(token_hash=links.hash_van(klop.token)).update(**velden)
    return klop


def _weg(club: Club) -> Klop:
    klop = _van_bart(club, code_tot=None)
    Gezinslid.objects.filter(pk=club.kuipers.bart.pk).update(weg_op=timezone.now())
    return klop


VAN_GEZIN: dict[str, Callable[[Club], Klop]] = {
    "verzonnen": lambda club: Klop(Client(), "a" * 32, club.traint.pk),
    "verlopen": lambda club: _van_bart(club, geldig_tot=timezone.now()),
    "ingetrokken": lambda club: _van_bart(club, ingetrokken_op=timezone.now()),
    "van wie niet meer bij het gezin hoort": _weg,
    "van de andere soort": lambda club: Klop(Client(), token(club.dennis), club.traint.pk),
}


@pytest.mark.parametrize("stand", VAN_GEZIN)
@pytest.mark.parametrize("plek", ["", "overzicht.pdf", "wie-keek/"])
def test_a_closed_link_of_the_family_gets_that_page_too(club: Club, stand: str, plek: str) -> None:
    gezien = []
    for naam in ("verzonnen", stand):
        klop = VAN_GEZIN[naam](club)
        assert Vraag("HEAD", lambda _klop: plek).doe(klop, "o").status_code == 410
        with CaptureQueriesContext(connection) as gevraagd:
            antwoord = klop.client.get(f"/o/{klop.token}/{plek}")
        assert antwoord.status_code == 410
        werk = [_zonder_waarden(vraag["sql"], klop) for vraag in gevraagd]
        gezien.append((_zonder_eigen(antwoord.content, klop), werk))
        assert b"Deze link werkt niet meer" in antwoord.content
        assert f"/o/{klop.token}/nieuw/" in _tekst(antwoord)
    assert gezien[0] == gezien[1]
    assert not Logregel.objects.filter(daad="las").exists()


def _gebonden(club: Club, browser: str, **velden: object) -> Klop:
    straks = timezone.now() + links.GEBONDEN
    klop = _van_bart(club, **({"browser_hash": links.hash_van(browser), "gebonden_tot": straks} | velden))
    klop.client.cookies[settings.LINK_COOKIE_NAME] = "deze browser"
    return klop


CODE, GELEZEN = Uitkomst(200, "Stuur mij de code"), (("las", ("gezin",)),)
OPEN_VAN_GEZIN: dict[str, tuple[Callable[[Club], Klop], Uitkomst]] = {
    "vers": (lambda club: _van_bart(club), CODE),
    "hier, zonder code": (lambda club: _gebonden(club, "deze browser"), CODE),
    "hier, met code": (
        lambda club: _gebonden(club, "deze browser", code_tot=timezone.now() + links.GEBONDEN),
        Uitkomst(200, "Ik bel Bart na de training.", regels=GELEZEN),
    ),
    "elders": (lambda club: _gebonden(club, "een andere"), Uitkomst(410, "Deze link is al gebruikt")),
    "uren geleden hier": (
        lambda club: _gebonden(club, "deze browser", gebonden_tot=timezone.now()),
        Uitkomst(410, "Deze link is al gebruikt"),
    ),
}


@pytest.mark.parametrize("stand", OPEN_VAN_GEZIN)
def test_a_link_of_the_family_shows_what_its_state_says(club: Club, stand: str) -> None:
    maak, verwacht = OPEN_VAN_GEZIN[stand]
    klop = maak(club)
    antwoord, gebeurd = _gezien(klop, lambda: Vraag("HEAD").doe(klop, "o"))
    assert (gebeurd, _tekst(antwoord)) == (Uitkomst(verwacht.status), "")
    antwoord, gebeurd = _gezien(klop, lambda: Vraag("POST", velden=ANTWOORD).doe(klop, "o"))
    assert gebeurd == Uitkomst(405)
    antwoord, gebeurd = _gezien(klop, lambda: Vraag("GET").doe(klop, "o"))
    assert gebeurd == replace(verwacht, woorden="")
    assert verwacht.woorden in _tekst(antwoord)
    assert ("Kuipers" in _tekst(antwoord)) == bool(verwacht.regels)


@pytest.mark.parametrize("stand", STANDEN)
def test_asking_for_a_new_link_never_says_what_we_know(club: Club, stand: str) -> None:
    klop = STANDEN[stand](club)
    antwoord, gebeurd = _gezien(klop, lambda: klop.client.post(f"/t/{klop.token}/nieuw/"))
    assert gebeurd == Uitkomst(200, veranderd=frozenset({"Linkverzoek"}))
    assert antwoord.content == Client().post("/t/nooit-gemaakt/nieuw/").content  # type: ignore[attr-defined]
    assert Linkverzoek.objects.count() == 2


def test_a_version_of_the_page_without_its_person_is_never_shown(kuipers: Kuipers) -> None:
    """There is something to leak: the page that the table talks about does hold these words."""
    club = maak_club(kuipers)
    iedereen_zegt_ja(club)
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    tekst = _tekst(Client().get(f"/t/{token(club.dennis)}/"))
    assert not [woord for woord in GEHEIM if woord not in tekst and woord not in ("De Twent", "Bart")]
