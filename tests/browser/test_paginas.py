"""Every page that the story does not pass: accessible, without sideways scrolling, and usable without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Casus, Deelnemer, Gezinslid, Professional
from tests import cast
from tests.browser.conftest import BREED, SMALST, te_breed, toegankelijk
from tests.gezinslink import in_browser, pad

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ingelogd(page: Page, live_server: LiveServer, kuipers: cast.Kuipers) -> Page:
    """Sanne is signed in; version 1 of her family is fixed."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    _log_in(page, live_server)
    return page


def _log_in(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/inloggen/")
    page.fill("input[name=login]", "s.wolters@noord.example")
    page.fill("input[name=password]", cast.WACHTWOORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/casussen/")


def _met_code(page: Page, server: LiveServer, aan: Deelnemer | Gezinslid) -> str:
    """The path of a link that belongs to this browser, which showed the code."""
    page.context.add_cookies([{"name": settings.LINK_COOKIE_NAME, "value": "dit-is-hij", "url": server.url}])
    return in_browser(aan, "dit-is-hij")


@pytest.mark.parametrize(
    "plek",
    [
        "casussen/",
        "casussen/nieuw/",
        "casussen/?afgesloten=1",
        "casussen/{casus}/",
        "casussen/{casus}/stap/3/",
        "casussen/{casus}/afspraak/{afspraak}/",
        "casussen/{casus}/gezinslid/{bart}/",
        "casussen/{casus}/deelnemer/{ilse}/rol/",
        "casussen/{casus}/deelnemer/{ilse}/bereikbaar/",
        "casussen/{casus}/vaststellen/",
        "casussen/{casus}/overzicht/{bart}/",
        "casussen/{casus}/overzicht/{bart}/?concept=1",
        "casussen/{casus}/evaluatie/",
        "casussen/{casus}/logboek/",
        "casussen/{vreemd}/",
        "bestaat-niet/",
        "link/nieuw/",
        "t/{vreemd}/",
    ],
)
def test_a_page_is_accessible_wide_and_narrow(
    ingelogd: Page, live_server: LiveServer, kuipers: cast.Kuipers, plek: str
) -> None:
    pk = {
        "casus": kuipers.casus.pk,
        "afspraak": kuipers.komt_woensdag.pk,
        "bart": kuipers.bart.pk,
        "ilse": kuipers.ilse.pk,
        "vreemd": "00000000-0000-4000-8000-000000000000",
    }
    ingelogd.goto(f"{live_server.url}/{plek.format(**pk)}")
    toegankelijk(ingelogd)


@pytest.mark.parametrize("wie", ["bart", "milan", "ilse", "opa"])
def test_the_page_behind_a_link_is_accessible(
    page: Page, live_server: LiveServer, kuipers: cast.Kuipers, wie: str
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    page.goto(f"{live_server.url}{pad(getattr(kuipers, wie))}")
    toegankelijk(page)
    page.goto(live_server.url + _met_code(page, live_server, getattr(kuipers, wie)))
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("staat klaar")
    toegankelijk(page)


def test_an_empty_family_is_accessible_on_every_step(page: Page, live_server: LiveServer, teams: cast.Teams) -> None:
    _log_in(page, live_server)
    page.get_by_label("Naam van het gezin").first.fill("Gezin Leeg")
    page.get_by_role("button", name="Begin").first.click()
    page.wait_for_url("**/stap/1/")
    for nummer in range(1, 8):
        page.goto(re.sub(r"/stap/\d/", f"/stap/{nummer}/", page.url))
        toegankelijk(page)


def test_everything_works_without_javascript(browser: Browser, live_server: LiveServer, teams: cast.Teams) -> None:
    context = browser.new_context(java_script_enabled=False, locale="nl-NL", viewport={"width": BREED, "height": 900})
    page = context.new_page()
    _log_in(page, live_server)
    page.get_by_label("Naam van het gezin").first.fill("Gezin Zonder Script")
    page.get_by_role("button", name="Begin").first.click()
    page.get_by_role("textbox", name="Waarom is er hulp").fill("We willen rust.")
    page.locator("#vraag-aanleiding").get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("main")).to_contain_text("Bewaard.")
    casus = Casus.objects.get(naam="Gezin Zonder Script")
    assert casus.antwoorden.get(vraag="aanleiding").tekst == "We willen rust."
    page.goto(f"{live_server.url}/casussen/{casus.pk}/stap/2/?zoek=sanne")
    page.get_by_role("button", name=re.compile("Zet erbij.*Sanne")).click()
    page.goto(f"{live_server.url}/casussen/{casus.pk}/stap/4/")
    page.get_by_role("button", name="Vraag deze persoon").first.click()
    page.goto(f"{live_server.url}/casussen/{casus.pk}/stap/5/")
    page.get_by_label("Wat?").fill("Ik bel elke maandag.")
    page.get_by_role("button", name="Zet erbij").click()
    expect(page.get_by_role("main")).to_contain_text("Kies wie dit doet.")
    expect(page.get_by_label("Wat?")).to_have_value("Ik bel elke maandag.")
    page.get_by_label("Wie doet het?").select_option(index=1)
    page.get_by_role("button", name="Zet erbij").click()
    page.goto(f"{live_server.url}/casussen/{casus.pk}/stap/7/")
    page.get_by_label("Op welke dag?").fill((timezone.localdate() + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Zet deze dag vast").click()
    page.goto(f"{live_server.url}/casussen/{casus.pk}/vaststellen/")
    page.get_by_role("button", name="Stel vast en verstuur").click()
    assert casus.vaststellingen.count() == 1
    context.close()


def test_two_tabs_in_one_field_show_both_texts(ingelogd: Page, live_server: LiveServer, kuipers: cast.Kuipers) -> None:
    adres = f"{live_server.url}/casussen/{kuipers.casus.pk}/stap/2/"
    ander = ingelogd.context.new_page()
    for tab in (ingelogd, ander):
        tab.goto(adres)
    veld = "Wie missen we nog?"
    ingelogd.get_by_role("textbox", name=veld).fill("De trainer van voetbal.")
    expect(ingelogd.locator("#bewaard")).to_contain_text("Bewaard om")
    ander.get_by_role("textbox", name=veld).fill("De buurvrouw.")
    kaart = ander.locator("#vraag-wie_mist")
    expect(kaart).to_contain_text("De trainer van voetbal.")
    expect(ander.get_by_role("textbox", name=veld)).to_have_value("De buurvrouw.")
    toegankelijk(ander)
    kaart.get_by_role("button", name="Bewaar mijn tekst").click()
    expect(ander.locator("#bewaard")).to_contain_text("Bewaard om")
    assert kuipers.casus.antwoorden.get(vraag="wie_mist").tekst == "De buurvrouw."
    ander.close()


def test_a_lost_connection_keeps_the_text_and_says_so(
    ingelogd: Page, live_server: LiveServer, kuipers: cast.Kuipers, fouten: list[str]
) -> None:
    ingelogd.goto(f"{live_server.url}/casussen/{kuipers.casus.pk}/stap/2/")
    ingelogd.route("**/antwoord/**", lambda route: route.fulfill(status=503, body="weg"))
    veld = ingelogd.get_by_role("textbox", name="Wie missen we nog?")
    veld.fill("De trainer.")
    expect(ingelogd.get_by_text("Nog niet bewaard").first).to_be_visible()
    expect(veld).to_have_value("De trainer.")
    ingelogd.unroute("**/antwoord/**")
    fouten.clear()
    veld.press_sequentially(" En opa.")
    expect(ingelogd.locator("#bewaard")).to_contain_text("Bewaard om")
    assert kuipers.casus.antwoorden.get(vraag="wie_mist").tekst == "De trainer. En opa."


def test_words_without_end_never_make_a_page_wider_than_a_phone(
    ingelogd: Page, live_server: LiveServer, kuipers: cast.Kuipers
) -> None:
    Professional.objects.filter(deelnames=kuipers.ilse).update(naam="N" * 120, functie="F" * 120)
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(naam="B" * 120, opmerking="o" * 300)
    Afspraak.objects.filter(pk=kuipers.komt_woensdag.pk).update(wat="w" * 400, wanneer="z" * 120, inhoud_versie=2)
    Casus.objects.filter(pk=kuipers.casus.pk).update(naam="K" * 120)
    kuipers.casus.refresh_from_db()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=2)
    van_bart, van_ilse = (_met_code(ingelogd, live_server, wie)[1:] for wie in (kuipers.bart, kuipers.ilse))
    links = [van_bart, f"{van_bart}wie-keek/", van_ilse, f"{van_ilse}overzicht/{kuipers.ilse.pk}/"]
    casus = f"casussen/{kuipers.casus.pk}/"
    paginas = ("", "stap/2/", "stap/5/", "stap/6/", "vaststellen/", "evaluatie/", "logboek/", "delen/")
    plekken = [casus + plek for plek in paginas]
    ingelogd.set_viewport_size({"width": SMALST, "height": 800})
    for plek in ["casussen/", *links, *plekken]:
        ingelogd.goto(f"{live_server.url}/{plek}")
        assert te_breed(ingelogd) <= 0, plek
