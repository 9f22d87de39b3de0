"""The end of a session in a real browser: a warning, more time, a cover, and nothing that was typed is lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.browser.conftest import toegankelijk

pytestmark = pytest.mark.django_db(transaction=True)

KWARTIER = 15 * 60_000
TWEE_MINUTEN_VOOR_HET_EIND = KWARTIER - 115_000


@pytest.fixture
def stap(live_server: LiveServer, kuipers: cast.Kuipers) -> str:
    """The page with the agreements of the family, with a form for a new one."""
    return f"{live_server.url}/casussen/{kuipers.casus.pk}/stap/5/"


def log_in(page: Page, adres: str, email: str = "s.wolters@noord.example") -> None:
    """Opens a page that asks to sign in first, and signs in."""
    page.goto(adres)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(cast.WACHTWOORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(adres)


def met_klok(page: Page, adres: str) -> None:
    """Opens a page whose clock the test turns."""
    page.clock.install()
    log_in(page, adres)


def test_two_minutes_before_the_end_somebody_can_stay(page: Page, stap: str) -> None:
    met_klok(page, stap)
    waarschuwing = page.get_by_role("alertdialog", name="Ben je er nog?")
    expect(waarschuwing).to_be_hidden()

    page.clock.fast_forward(TWEE_MINUTEN_VOOR_HET_EIND)
    expect(waarschuwing).to_contain_text("Je deed een tijd niets.")
    expect(page.get_by_role("button", name="Ingelogd blijven")).to_be_focused()
    toegankelijk(page)

    Session.objects.update(expire_date="2100-01-01T00:00Z")
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(waarschuwing).to_be_hidden()
    assert Session.objects.get().expire_date.year < 2100  # the server gave it its time anew

    # The key Escape says the same.
    page.clock.fast_forward(TWEE_MINUTEN_VOOR_HET_EIND)
    expect(waarschuwing).to_be_visible()
    page.keyboard.press("Escape")
    expect(waarschuwing).to_be_hidden()


def test_after_the_end_nothing_of_the_family_is_seen_and_what_was_typed_can_be_saved(
    page: Page, context: BrowserContext, stap: str, kuipers: cast.Kuipers
) -> None:
    met_klok(page, stap)
    vak = page.locator("section", has=page.get_by_role("heading", name="Nieuwe afspraak"))
    vak.get_by_label("Wie doet het?").select_option(label="Ilse Broekhuis, De Brug")
    vak.get_by_label("Wat?").fill("Ik bel elke vrijdag.")
    Session.objects.all().delete()
    page.clock.fast_forward(KWARTIER)

    dicht = page.get_by_role("alertdialog", name="Je bent uitgelogd")
    expect(dicht).to_contain_text("Wat je typte, staat er nog.")
    expect(page).to_have_title("Je bent uitgelogd - Handreiking")
    expect(page.get_by_text("Kuipers").first).to_be_hidden()
    expect(vak.get_by_label("Wat?")).to_be_hidden()
    toegankelijk(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ik ben weer ingelogd").click()
    expect(dicht).to_contain_text("Je bent nog niet ingelogd.")

    with context.expect_page() as nieuw:
        page.get_by_role("link", name="Log in op een nieuw tabblad").click()
    tweede = nieuw.value
    tweede.get_by_label("E-mail").fill("s.wolters@noord.example")
    tweede.get_by_label("Wachtwoord", exact=True).fill(cast.WACHTWOORD)
    tweede.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(tweede.get_by_role("heading", name="Je bent weer ingelogd")).to_be_visible()
    toegankelijk(tweede)

    page.bring_to_front()
    expect(dicht).to_be_hidden()
    expect(page.get_by_role("alert")).to_contain_text("Je bent weer ingelogd.")
    expect(vak.get_by_label("Wat?")).to_have_value("Ik bel elke vrijdag.")
    vak.get_by_role("button", name="Zet erbij").click()
    expect(page.locator(".hr-afspraak__tekst", has_text="Ik bel elke vrijdag.")).to_be_visible()
    assert kuipers.casus.afspraken.filter(wat="Ik bel elke vrijdag.").count() == 1


def test_what_saves_itself_is_saved_after_signing_in_again(
    page: Page, context: BrowserContext, stap: str, kuipers: cast.Kuipers
) -> None:
    eerste = stap.replace("/stap/5/", "/stap/1/")
    log_in(page, eerste)
    Session.objects.all().delete()
    vraag = page.get_by_role("textbox", name="Waarom is er hulp van meer mensen nodig?")
    vraag.fill("Milan wil weer naar school.")
    expect(page.get_by_role("alertdialog", name="Je bent uitgelogd")).to_be_visible()

    log_in(context.new_page(), eerste)

    expect(page.get_by_role("alertdialog", name="Je bent uitgelogd")).to_be_hidden()
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om")
    assert kuipers.casus.antwoorden.get(vraag="aanleiding").tekst == "Milan wil weer naar school."


def test_more_time_in_one_tab_is_more_time_in_all(page: Page, context: BrowserContext, stap: str) -> None:
    met_klok(page, stap)
    page.clock.fast_forward(TWEE_MINUTEN_VOOR_HET_EIND)
    waarschuwing = page.get_by_role("alertdialog", name="Ben je er nog?")
    expect(waarschuwing).to_be_visible()
    andere = context.new_page()
    andere.clock.install(time=page.evaluate("Date.now()") / 1000)
    andere.goto(stap)
    expect(waarschuwing).to_be_hidden()


def test_signing_out_in_one_tab_covers_the_others(page: Page, context: BrowserContext, stap: str) -> None:
    log_in(page, stap)
    andere = context.new_page()
    andere.goto(stap)
    andere.get_by_role("banner").get_by_role("button", name="Uitloggen").click()
    andere.wait_for_url("**/inloggen/")
    expect(page.get_by_role("alertdialog", name="Je bent uitgelogd")).to_be_visible()
    expect(page.get_by_text("Kuipers").first).to_be_hidden()


def test_the_page_stays_covered_for_somebody_else(page: Page, context: BrowserContext, stap: str) -> None:
    met_klok(page, stap)
    Session.objects.all().delete()
    page.clock.fast_forward(KWARTIER)
    dicht = page.get_by_role("alertdialog", name="Je bent uitgelogd")
    expect(dicht).to_be_visible()

    log_in(context.new_page(), stap.split("/casussen/")[0] + "/casussen/", "k.veldhuis@zuid.example")

    page.bring_to_front()
    page.get_by_role("button", name="Ik ben weer ingelogd").click()
    expect(dicht).to_contain_text("In deze browser is nu iemand anders ingelogd.")
    expect(page.get_by_text("Kuipers").first).to_be_hidden()


def test_typing_keeps_somebody_signed_in(page: Page, stap: str) -> None:
    met_klok(page, stap)
    Session.objects.update(expire_date="2100-01-01T00:00Z")
    page.clock.fast_forward(KWARTIER - 180_000)
    with page.expect_response("**/sessie/"):
        page.get_by_label("Wat?").first.press_sequentially("I")
    assert Session.objects.get().expire_date.year < 2100
    page.clock.fast_forward(TWEE_MINUTEN_VOOR_HET_EIND - 60_000)
    expect(page.get_by_role("alertdialog", name="Ben je er nog?")).to_be_hidden()
