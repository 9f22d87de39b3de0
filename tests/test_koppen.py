"""Every answer of every address carries the headers that keep it safe, with the settings of a real site."""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings as ingesteld
from django.core.cache import cache
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import cast
from tests.daden import ongedaan
from tests.toegang import TABEL
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld

HSTS = "max-age=31536000; includeSubDomains; preload"
WIE = ["bezoeker", "coördinator", "helper", "helper_nieuwe_link", "ouder_met_gezag"]
GEHEIM_ADRES = re.compile(r"/(t|o|agenda|mail)/")


@pytest.fixture
def wereld(db: None) -> Wereld:
    """Everybody and everything that the table of addresses needs."""
    return uit_voorraad("wereld", lambda: maak_wereld(cast.maak_kuipers(cast.maak_teams())))


@pytest.fixture(autouse=True)
def https(settings: Settings) -> None:
    """The site as it is when SITE_URL begins with https."""
    for naam, waarde in ingesteld.HTTPS.items():
        setattr(settings, naam, waarde)
    settings.ALLOWED_HOSTS = ["testserver"]


def veilig(**anders: object) -> Client:
    """A browser that speaks https through the proxy of the operator."""
    return Client(headers={"Host": "testserver", "X-Forwarded-Proto": "https"}, **anders)  # type: ignore[arg-type]


def bezwaren(antwoord: HttpResponseBase, pad: str = "") -> Iterator[str]:
    """What is wrong with the headers of an answer. An address with a token in it is told to nobody."""
    koppen = antwoord.headers
    verwacht = {
        "Strict-Transport-Security": HSTS,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer" if GEHEIM_ADRES.match(pad) else "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
    }
    yield from (f"{kop}: {koppen.get(kop)}" for kop, waarde in verwacht.items() if koppen.get(kop) != waarde)
    if "no-store" not in koppen.get("Cache-Control", ""):
        yield f"Cache-Control: {koppen.get('Cache-Control')}"
    if "camera=()" not in koppen.get("Permissions-Policy", ""):
        yield f"Permissions-Policy: {koppen.get('Permissions-Policy')}"
    csp = koppen.get("Content-Security-Policy", "")
    if "default-src 'none'" not in csp or "frame-ancestors 'none'" not in csp or "unsafe" in csp or "*" in csp:
        yield f"Content-Security-Policy: {csp}"
    if len(koppen.get("X-Request-ID", "")) != 32:
        yield f"X-Request-ID: {koppen.get('X-Request-ID')}"
    for naam, koekje in getattr(antwoord, "cookies", {}).items():
        goed = koekje["secure"] and koekje["samesite"] == "Lax" and koekje["path"] == "/" and not koekje["domain"]
        weg = koekje["max-age"] == 0  # taking a cookie away needs no more
        if not (naam.startswith("__Host-") and goed and (koekje["httponly"] or weg)):
            yield f"cookie: {koekje.OutputString()}"


@pytest.mark.parametrize("wie", WIE)
def test_every_address_answers_everybody_with_safe_headers(wereld: Wereld, wie: str, subtests: pytest.Subtests) -> None:
    client = wereld.in_browser(veilig())
    # Whoever has no account differs from a visitor behind the own link only.
    rijen = [adres for adres in TABEL if adres.link or wie in wereld.mensen or wie == "bezoeker"]
    for adres in rijen:
        token = {"token": wereld.token(wie)} if adres.link else {}
        pad = reverse(adres.naam, kwargs=adres.kwargs(wereld) | token)
        cache.clear()  # many links that do not open, from one address
        for methode in ("GET", "POST"):
            if wie in wereld.mensen:
                client.force_login(wereld.mensen[wie])  # again: some of these sign out
            with subtests.test(f"{methode} {adres.naam}"), ongedaan() if methode == "POST" else nullcontext():
                antwoord = client.get(pad) if methode == "GET" else client.post(pad, adres.data(wereld))
                assert not [*bezwaren(antwoord, pad)]


def test_so_do_pages_that_are_not_there_too_large_or_of_an_address_without_its_stroke(db: None) -> None:
    groot = veilig().generic("POST", "/inloggen/", b"", CONTENT_LENGTH=str(ingesteld.VERZOEK_HOOGSTENS + 1))
    velden = veilig().post("/inloggen/", {f"v{nummer}": "x" for nummer in range(1100)})
    for antwoord, status in (
        (veilig().get("/bestaat-niet/"), 404),
        (veilig().get("/casussen"), 301),
        (veilig(enforce_csrf_checks=True).post("/inloggen/"), 403),
        (groot, 413),
        (velden, 413),
    ):
        assert antwoord.status_code == status
        assert not [*bezwaren(antwoord)], status


def test_every_page_of_the_managers_screen_has_them_too(wereld: Wereld) -> None:
    client = veilig()
    client.force_login(wereld.mensen["beheerder"])
    for pad in ("/beheer/", "/beheer/casussen/medewerker/", "/beheer/casussen/team/", "/beheer/jsi18n/"):
        antwoord = client.get(pad)
        assert antwoord.status_code in (200, 302, 404)
        assert not [*bezwaren(antwoord)], pad


def test_without_https_everything_leads_to_https(client: Client, db: None) -> None:
    antwoord = client.get("/inloggen/?next=/casussen/")
    assert (antwoord.status_code, antwoord.headers["Location"]) == (301, "https://testserver/inloggen/?next=/casussen/")


def test_static_files_are_for_this_site_only_and_may_be_kept(db: None) -> None:
    antwoord = veilig().get("/static/js/sessie.js")
    assert antwoord.status_code == 200
    assert antwoord.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in antwoord.headers["Cache-Control"]
    antwoord.close()


# Cookies


def test_signing_in_gives_cookies_that_belong_to_this_host_and_to_https_only(teams: cast.Teams) -> None:
    client = veilig()
    client.get("/inloggen/")
    antwoord = client.post("/inloggen/", {"login": "s.wolters@noord.example", "password": cast.WACHTWOORD})
    assert antwoord.status_code == 302
    assert {"__Host-sessie", "__Host-csrf"} <= set(client.cookies)
    assert not [*bezwaren(antwoord)]
    assert client.cookies["__Host-sessie"]["max-age"] == ""  # gone when the browser closes


# A form from elsewhere


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
@pytest.mark.parametrize(
    ("herkomst", "status"),
    [("https://testserver", 302), ("https://kwaad.example", 403), ("null", 403), ("http://testserver", 403)],
)
def test_a_post_counts_only_from_our_own_pages_with_htmx_too(
    kuipers: cast.Kuipers, htmx: dict[str, str], herkomst: str, status: int
) -> None:
    client = veilig(enforce_csrf_checks=True)
    client.force_login(kuipers.teams.sanne)
    token = client.get("/sessie/").json()["csrf"]
    adres = reverse("casussen:afspraak_vervalt", args=[kuipers.casus.pk, kuipers.praat_bij.pk])
    goed = {"X-CSRFToken": token, "Origin": herkomst, **htmx}
    assert client.post(adres, headers={**goed, "X-CSRFToken": "x" * 64}).status_code == 403
    assert client.post(adres, headers={"Origin": herkomst, **htmx}).status_code == 403
    antwoord = client.post(adres, headers=goed)
    assert antwoord.status_code == (200 if htmx and status == 302 else status)
    kuipers.praat_bij.refresh_from_db()
    assert (kuipers.praat_bij.vervallen_op is not None) == (status == 302)


# No way out of the site

ELDERS = [
    "https://kwaad.example/", "//kwaad.example/", "///kwaad.example", "/\\kwaad.example", "\\\\kwaad.example",
    "https:kwaad.example", "javascript:alert(1)", "data:text/html,x", "/\t/kwaad.example", "http://testserver@kwaad.example",
    "%2f%2fkwaad.example", "\x00//kwaad.example",
]  # fmt: skip


@pytest.mark.parametrize("naar", ELDERS)
@pytest.mark.parametrize("pad", ["/inloggen/", "/uitloggen/", "/beheer/login/"])
def test_signing_in_and_out_never_lead_to_another_site(teams: cast.Teams, naar: str, pad: str) -> None:
    client = veilig()
    if pad == "/uitloggen/":
        client.force_login(teams.sanne)
    data = {"login": "b.beheer@noord.example", "password": cast.WACHTWOORD, "next": naar}
    for antwoord in (client.post(pad, data, query_params={"next": naar}), client.get(pad, {"next": naar})):
        plaats = antwoord.headers.get("Location", "/")
        # A browser reads \\ as / and skips tabs.
        gelezen = plaats.replace("\\", "/").replace("\t", "")
        assert urlsplit(urljoin(f"https://testserver{pad}", gelezen)).netloc == "testserver", plaats


def test_whoever_comes_for_the_managers_screen_gets_there_after_signing_in(teams: cast.Teams) -> None:
    client = veilig()
    waarheen = client.get("/beheer/", follow=True).redirect_chain[-1][0]
    assert waarheen == "/inloggen/?next=/beheer/"
    antwoord = client.post(waarheen, {"login": "b.beheer@noord.example", "password": cast.WACHTWOORD})
    assert antwoord.headers["Location"] == "/beheer/"
    assert client.get("/beheer/").status_code == 200
