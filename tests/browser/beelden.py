"""Makes the pictures in the manual and the README: `make beelden`. Not part of the suite."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casussen.acties.afspraken import reageer
from casussen.actor import Actor, ActorSoort
from casussen.models import Afspraak, Casus
from tests.browser.conftest import TELEFOON
from tests.gezinslink import in_browser, pad

DOEL = Path(__file__).parent.parent.parent / "docs" / "beelden"
SANNE = "s.wolters@wijkteam-noord.example"
# What is in each picture: name, address below the casus, what to keep of the page in pixels (0: all).
STAPPEN = [
    ("stap-1", "stap/1/", 1100),
    ("stap-2", "stap/2/", 1500),
    ("stap-4", "stap/4/", 900),
    ("stap-5", "stap/5/", 1600),
    ("stap-6", "stap/6/", 1100),
    ("stap-7", "stap/7/", 1250),
    ("vaststellen", "vaststellen/", 0),
    ("stand", "", 1500),
    ("vragen", "vragen/", 900),
    ("evaluatie", "evaluatie/", 0),
    ("logboek", "logboek/", 1000),
    ("delen", "delen/", 1300),
]


def foto(page: Page, naam: str, hoogte: int = 0) -> None:
    page.evaluate("document.fonts.ready")
    breed = page.viewport_size["width"] if page.viewport_size else 0
    doel = DOEL / f"{naam}.png"
    if hoogte:
        page.screenshot(path=doel, full_page=True, clip={"x": 0, "y": 0, "width": breed, "height": hoogte})
    else:
        page.screenshot(path=doel, full_page=True)


@pytest.mark.django_db(transaction=True)
def test_pictures(live_server: LiveServer, settings: Settings, page: Page, context: BrowserContext) -> None:
    settings.SITE_URL = live_server.url
    settings.DEMO = True
    DOEL.mkdir(parents=True, exist_ok=True)
    call_command("laad_inhoud")
    call_command("laad_demo")
    casus = Casus.objects.get(naam="Gezin Kuipers")
    _antwoorden(casus)
    page.goto(f"{live_server.url}/inloggen/")
    foto(page, "inloggen")
    page.fill("input[name=login]", SANNE)
    page.fill("input[name=password]", "handreiking-demo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/casussen/")
    page.reload()
    foto(page, "casussen")
    for naam, plek, hoogte in STAPPEN:
        page.goto(f"{live_server.url}/casussen/{casus.pk}/{plek}")
        foto(page, naam, hoogte)
    page.goto(f"{live_server.url}/account/")
    foto(page, "account")
    _telefoon(context, casus)


def _antwoorden(casus: Casus) -> None:
    """Some people answered already."""
    for naam, soort, tekst in [
        ("Ilse", "akkoord", ""),
        ("Wouter", "vraag", "Bel ik ook als Milan te laat is?"),
        ("Ruben", "akkoord", ""),
    ]:
        afspraak = Afspraak.objects.get(casus=casus, deelnemer__professional__naam__startswith=naam)
        door = Actor(soort=ActorSoort.DEELNEMER, deelnemer=afspraak.deelnemer)
        reageer(door=door, afspraak=afspraak, inhoud_versie=1, soort=soort, tekst=tekst)


def _telefoon(context: BrowserContext, casus: Casus) -> None:
    """What a helper and a parent see on a phone."""
    helper = casus.deelnemers.get(professional__naam="Femke Oude Luttikhuis")
    ouder = casus.gezinsleden.get(naam="Bart Kuipers")
    page = context.new_page()
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    site = settings.SITE_URL
    context.add_cookies([{"name": settings.LINK_COOKIE_NAME, "value": "een browser", "url": site}])
    page.goto(site + pad(helper))
    foto(page, "taak")
    page.goto(site + in_browser(ouder, "een browser"))
    foto(page, "overzicht")
