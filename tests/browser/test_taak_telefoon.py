"""A helper with a phone: from the mail to "alles akkoord" in three taps, and everything without JavaScript."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casussen import berichten
from casussen.acties import afspraken, regie
from casussen.acties.vaststellen import stel_vast
from casussen.berichten.links import maak_link
from casussen.models import Draad, Medewerker, Reactie
from tests import cast
from tests.browser.conftest import TELEFOON, axe, link_in, te_breed, toegankelijk
from tests.cast import Kuipers
from tests.mailserver import mailserver
from tests.post import tekst_van
from tests.taakgezinnen import nog_een_gezin

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family with a first version; Ruben has three agreements."""
    for wat in ("Ik haal Milan op van school.", "Ik praat met Bart over de overdracht."):
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
            velden={"deelnemer": kuipers.ruben, "wat": wat, "wanneer": "elke week"},
        )  # fmt: skip
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def telefoon(browser: Browser, settings: Settings, live_server: LiveServer) -> Iterator[Page]:
    """A phone that runs no JavaScript of a page."""
    settings.SITE_URL = live_server.url
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": TELEFOON, "height": 844},
        java_script_enabled=False, has_touch=True, is_mobile=True,
    )  # fmt: skip
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def _uit_de_mail(settings: Settings, naar: str) -> str:
    """The link in the mail as it arrived."""
    with mailserver(settings) as server:
        berichten.verstuur_alles(nu=timezone.now())
        (mail,) = [mail for mail in server.mails if mail["To"] == naar]
    return link_in(tekst_van(mail))


def _link(k: Kuipers) -> str:
    adres, _link = maak_link(k.ruben, nu=timezone.now())
    return adres


def test_from_the_mail_to_all_agreed_in_three_taps(telefoon: Page, settings: Settings, vast: Kuipers) -> None:
    telefoon.goto(_uit_de_mail(settings, "r.assink@delinde.example"))  # one: the link in the mail
    telefoon.get_by_label("Ik ben Ruben Assink").tap()  # two
    telefoon.get_by_role("button", name="Alles akkoord").tap()  # three
    expect(telefoon.get_by_text("Je hebt overal op geantwoord.")).to_be_visible()
    assert Reactie.objects.filter(deelnemer=vast.ruben, soort="akkoord").count() == 3


def test_a_question_without_javascript(telefoon: Page, vast: Kuipers) -> None:
    telefoon.goto(_link(vast))
    telefoon.get_by_label("Ik ben Ruben Assink").tap()
    telefoon.get_by_role("button", name="Eén voor één bekijken").tap()
    kaart = telefoon.locator("article", has_text="Ik haal Milan op van school.")
    kaart.locator("summary", has_text="Vraag").tap()
    kaart.get_by_label("Wat wil je weten?").fill("Hoe laat?")
    kaart.get_by_role("button", name="Stuur naar Sanne").and_(telefoon.locator(":visible")).tap()
    expect(kaart.get_by_text("Hoe laat?")).to_be_visible()
    assert Draad.objects.get().regels.get().tekst == "Hoe laat?"
    # The back button, and the same form once more: still one question.
    telefoon.go_back()
    telefoon.reload()
    assert Draad.objects.get().regels.count() == 1


def _leesbaar(pagina: Page) -> None:
    """Letters of at least 16 px, and room for a thumb on all that can be pressed; no scrolling sideways."""
    assert te_breed(pagina) <= 0
    klein = pagina.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => e.checkVisibility()
        && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
        && !e.closest('[aria-hidden=true]') && parseFloat(getComputedStyle(e).fontSize) < 16)
        .map(e => e.textContent.trim().slice(0, 40))"""
    )
    assert klein == []
    smal = pagina.evaluate(
        """() => [...document.querySelectorAll('main :is(button, summary, a, select, textarea, input)')]
        .filter(e => e.checkVisibility()).map(e => [e.closest('label') || e, e])
        .filter(([doel, e]) => doel.getBoundingClientRect().height < 43.5)
        .map(([doel, e]) => e.tagName + ' ' + (e.textContent.trim() || e.name).slice(0, 40))"""
    )
    assert smal == []


def test_every_page_of_a_helper_is_accessible_and_readable_on_a_phone(
    page: Page, settings: Settings, live_server: LiveServer, vast: Kuipers
) -> None:
    settings.SITE_URL = live_server.url
    regie.wijs_aan(door=vast.door, casus=vast.casus, functie="vervanger", deelnemer=vast.ruben)
    nog_een_gezin(vast, "Gezin Bos", 2)
    page.goto(_link(vast))
    toegankelijk(page)
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    _leesbaar(page)
    page.get_by_role("button", name="Alles akkoord").click()
    expect(page.get_by_text("Zet eerst een vinkje")).to_be_visible()
    expect(page.get_by_label("Ik ben Ruben Assink")).to_be_focused()
    assert axe(page) == []
    page.get_by_label("Ik ben Ruben Assink").check()
    page.get_by_role("button", name="Eén voor één bekijken").click()
    expect(page.get_by_text("Je helpt 2 gezinnen.")).to_be_visible()
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    toegankelijk(page)
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    _leesbaar(page)


def test_a_mistake_gets_the_focus(page: Page, settings: Settings, live_server: LiveServer, vast: Kuipers) -> None:
    settings.SITE_URL = live_server.url
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    page.goto(_link(vast))
    page.get_by_label("Ik ben Ruben Assink").check()
    page.get_by_role("button", name="Eén voor één bekijken").click()
    kaart = page.locator("article", has_text="Ik haal Milan op van school.")
    kaart.locator("summary", has_text="Niet akkoord").click()
    kaart.get_by_role("button", name="Stuur naar Sanne").and_(page.locator(":visible")).click()
    expect(kaart.get_by_text("Schrijf erbij waarom niet.")).to_be_visible()
    expect(kaart.get_by_label("Waarom niet? Wat zou wel kunnen?")).to_be_focused()
    assert axe(page) == []


def test_the_same_page_in_the_account_is_accessible(page: Page, live_server: LiveServer, vast: Kuipers) -> None:
    Medewerker.objects.create_user(
        "r.assink@delinde.example", cast.WACHTWOORD, naam="Ruben Assink", professional=vast.ruben.professional
    )
    page.goto(f"{live_server.url}/inloggen/")
    page.fill("input[name=login]", "r.assink@delinde.example")
    page.fill("input[name=password]", cast.WACHTWOORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/casussen/")
    toegankelijk(page)
    page.get_by_role("link", name="Bekijk mijn afspraken").click()
    toegankelijk(page)
    page.get_by_role("button", name="Alles akkoord").click()
    expect(page.get_by_text("Je hebt overal op geantwoord.")).to_be_visible()
