"""Who may see a family, in a browser: emergency access, handing over, and the pages of whoever sees no family."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from casussen.acties.vaststellen import stel_vast
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.browser.conftest import toegankelijk
from tests.mensen import uit_team_west

pytestmark = pytest.mark.django_db(transaction=True)


def als(page: Page, server: LiveServer, email: str) -> Page:
    """Somebody else signs in, in the same browser."""
    page.context.clear_cookies()
    page.goto(f"{server.url}/inloggen/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", cast.WACHTWOORD)
    page.click("main button[type=submit]")
    expect(page.get_by_role("button", name="Uitloggen").first).to_be_visible()
    return page


def test_a_family_opens_in_an_emergency_and_goes_to_another_team(
    page: Page, live_server: LiveServer, kuipers: cast.Kuipers
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wim = uit_team_west(kuipers, TeamRol.COORDINATOR)
    als(page, live_server, wim.email).get_by_role("link", name="Gebruik noodtoegang").click()
    toegankelijk(page)
    page.get_by_label("Naam van het gezin of de inwoner").fill("Gezin Kuiper")
    page.get_by_label("Waarom is het nu nodig?").fill("De buurvrouw belt: er is ruzie.")
    page.get_by_role("button", name="Open voor een uur").click()
    expect(page.get_by_role("alert").first).to_contain_text("Er is geen samenwerking gevonden")
    toegankelijk(page)
    page.get_by_label("Naam van het gezin of de inwoner").fill("Gezin Kuipers")
    page.get_by_role("button", name="Open voor een uur").click()
    expect(page.get_by_text("Noodtoegang tot")).to_be_visible()
    toegankelijk(page)

    als(page, live_server, "s.wolters@noord.example").get_by_role("link", name="Lees waarom").click()
    expect(page.get_by_text("De buurvrouw belt: er is ruzie.")).to_be_visible()
    toegankelijk(page)
    page.get_by_role("link", name="Naar een ander team").click()
    toegankelijk(page)
    page.get_by_label("Wim West").check()
    page.get_by_label("Waarom?").fill("Het gezin verhuist.")
    page.get_by_role("button", name="Kijk na").click()
    expect(page.get_by_role("heading", name="Gezin Kuipers gaat naar team Hengelo-West")).to_be_focused()
    toegankelijk(page)
    page.get_by_role("button", name="Draag over aan Hengelo-West").click()
    expect(page.get_by_text("Gezin Kuipers is nu van Hengelo-West.")).to_be_visible()

    als(page, live_server, wim.email).get_by_role("link", name="Bekijk Gezin Kuipers", exact=True).click()
    expect(page.get_by_text("Het gezin verhuist.")).to_be_visible()


def test_whoever_sees_no_family_gets_a_page_that_makes_sense(
    page: Page, live_server: LiveServer, kuipers: cast.Kuipers
) -> None:
    petra = cast.medewerker("Petra Beleid", "p.beleid@noord.example", kuipers.teams.noord, TeamRol.BELEID)
    als(page, live_server, petra.email)
    expect(page.get_by_role("heading", name="Aantallen per team")).to_be_visible()
    toegankelijk(page)
    als(page, live_server, kuipers.teams.mieke.email)
    expect(page.get_by_text("Jij werkt bij de bureaudienst.")).to_be_visible()
    toegankelijk(page)
    als(page, live_server, kuipers.teams.bea.email)
    page.get_by_role("link", name="Bekijk").click()
    expect(page.get_by_text("Nog niemand")).to_be_visible()
    toegankelijk(page)
