"""Who reads along, in a real browser: three people say yes with one press, and one of them takes it back."""

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from casussen.models.toestemming import NaIntrekken
from tests.browser.conftest import toegankelijk
from tests.cast import WACHTWOORD, Kuipers
from tests.delen import maak_club, meelezer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ingelogd(page: Page, live_server: LiveServer, kuipers: Kuipers) -> Page:
    """Sanne is signed in."""
    page.goto(f"{live_server.url}/inloggen/")
    page.fill("input[name=login]", kuipers.teams.sanne.email)
    page.fill("input[name=password]", WACHTWOORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/casussen/")
    return page


def test_consent_is_recorded_with_one_press_and_taken_back(
    ingelogd: Page, live_server: LiveServer, kuipers: Kuipers
) -> None:
    club = maak_club(kuipers)
    ingelogd.goto(f"{live_server.url}/casussen/{club.casus.pk}/delen/")
    toegankelijk(ingelogd)
    kaart = ingelogd.locator(f"#organisatie-{club.organisatie.pk}")
    assert "Krijgt nog niets" in kaart.inner_text()
    kaart.get_by_role("button", name="Leg vast").click()
    kaart.get_by_text("Leest mee").wait_for()
    assert meelezer(club).mag_meelezen
    toegankelijk(ingelogd)

    kaart.get_by_text("Iemand trekt de toestemming in").click()
    kaart.get_by_label("Esra Demir").check()
    kaart.get_by_role("button", name="Trek in").click()
    # Nobody chose what happens with what was shared: the page says so, and keeps who it was.
    kaart.get_by_text("Nog niet bewaard.").wait_for()
    assert kaart.get_by_label("Esra Demir").is_checked()
    toegankelijk(ingelogd)
    kaart.get_by_label(str(NaIntrekken.WISSEN.label)).check()
    kaart.get_by_role("button", name="Trek in").click()
    kaart.get_by_text("Krijgt nog niets").wait_for()
    assert not meelezer(club).mag_meelezen
    kaart.get_by_role("button", name="Ik heb het gevraagd").click()
    kaart.get_by_role("button", name="Ik heb het gevraagd").wait_for(state="detached")
    toegankelijk(ingelogd)
