"""Passkeys in a real browser, with the debugger's own authenticator in place of a finger; and the pages around them."""

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import cast
from tests.accounts import code, met_codeapp, soorten
from tests.browser.conftest import toegankelijk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The site at a name: browsers give no passkey to a bare IP address."""
    return re.sub(r"//[^:]+", "//localhost", live_server.url)


@pytest.fixture
def vinger(context: BrowserContext, page: Page) -> Iterator[None]:
    """A device that recognises its owner at once."""
    debugger = context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    debugger.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield
    debugger.detach()


def _log_in(page: Page, site: str) -> None:
    page.goto(f"{site}/inloggen/")
    page.get_by_label("E-mail van je werk").fill("s.wolters@noord.example")
    page.get_by_label("Wachtwoord", exact=True).fill(cast.WACHTWOORD)
    page.get_by_role("button", name="Log in").click()


def _maak_passkey(page: Page, site: str, naam: str) -> None:
    page.goto(f"{site}/account/tweede-stap/passkeys/nieuw/")
    page.get_by_label("Hoe noem je dit apparaat?").fill(naam)
    page.get_by_role("button", name="Maak de passkey").click()
    page.wait_for_url("**/herstelcodes/")


@pytest.mark.usefixtures("vinger")
def test_a_passkey_is_made_and_then_opens_without_a_password(page: Page, site: str, teams: cast.Teams) -> None:
    _log_in(page, site)
    page.wait_for_url("**/casussen/")
    _maak_passkey(page, site, "laptop van het werk")
    assert soorten(teams.sanne) == {"webauthn", "recovery_codes"}
    expect(page.get_by_role("main")).to_contain_text("Je hebt nog 10 codes.")
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/inloggen/")
    page.get_by_role("button", name="Met vinger of gezicht").click()
    page.wait_for_url("**/casussen/")
    expect(page.get_by_role("banner")).to_contain_text("Sanne Wolters")


@pytest.mark.usefixtures("vinger")
def test_a_passkey_is_a_second_step_after_the_password(page: Page, site: str, teams: cast.Teams) -> None:
    _log_in(page, site)
    page.wait_for_url("**/casussen/")
    _maak_passkey(page, site, "laptop")
    page.get_by_role("button", name="Uitloggen").click()
    _log_in(page, site)
    page.wait_for_url("**/inloggen/code/")
    toegankelijk(page)
    page.get_by_role("button", name="Met vinger of gezicht").click()
    page.wait_for_url("**/casussen/")


@pytest.mark.usefixtures("vinger")
def test_a_passkey_gets_another_name_and_goes_away(page: Page, site: str, teams: cast.Teams) -> None:
    _log_in(page, site)
    page.wait_for_url("**/casussen/")
    _maak_passkey(page, site, "laptop")
    page.goto(f"{site}/account/tweede-stap/")
    toegankelijk(page)
    page.get_by_role("link", name="Andere naam laptop").click()
    toegankelijk(page)
    page.get_by_label("Naam").fill("computer thuis")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("link", name="Haal weg computer thuis").click()
    toegankelijk(page)
    page.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_role("main")).to_contain_text("De passkey is weg.")
    assert soorten(teams.sanne) == set()


@pytest.mark.usefixtures("vinger", "db")
def test_a_device_that_knows_no_passkey_gets_a_clear_word(page: Page, site: str) -> None:
    page.goto(f"{site}/inloggen/")
    page.get_by_role("button", name="Met vinger of gezicht").click()
    expect(page.get_by_role("alert").filter(has_text="Dit lukte niet, of je brak het af")).to_be_visible()
    toegankelijk(page)


def test_staff_without_a_second_step_set_up_the_code_app_first(
    page: Page, site: str, teams: cast.Teams, settings: Settings
) -> None:
    settings.MFA_VERPLICHT = True
    _log_in(page, site)
    page.wait_for_url("**/account/tweede-stap/")
    toegankelijk(page)
    page.get_by_role("link", name="Zet de code aan").click()
    expect(page.get_by_role("img", name="QR-code voor de app met codes")).to_be_visible()
    toegankelijk(page)
    page.get_by_text("Ik kan geen foto maken").click()
    geheim = page.locator(".hr-code").inner_text()
    page.get_by_label("Code van 6 cijfers").fill(code(geheim))
    page.get_by_role("button", name="Zet aan").click()
    page.wait_for_url("**/herstelcodes/")
    toegankelijk(page)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    page.wait_for_url("**/casussen/")
    assert Authenticator.objects.filter(user=teams.sanne, type="totp").exists()


@pytest.mark.parametrize(
    "plek",
    [
        "account/",
        "account/wachtwoord/",
        "account/apparaten/",
        "account/tweede-stap/",
        "account/tweede-stap/app/weg/",
        "account/tweede-stap/herstelcodes/nieuw/",
        "account/tweede-stap/passkeys/nieuw/",
        "account/opnieuw/",
        "account/opnieuw/code/",
    ],
)
def test_a_page_of_the_account_is_accessible_wide_and_narrow(
    page: Page, site: str, teams: cast.Teams, plek: str
) -> None:
    met_codeapp(teams.sanne)
    _log_in(page, site)
    page.get_by_label("Code van 6 cijfers").fill(code())
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/casussen/")
    page.goto(f"{site}/{plek}")
    toegankelijk(page)


@pytest.mark.parametrize(
    "plek",
    [
        "inloggen/",
        "wachtwoord-vergeten/",
        "wachtwoord-vergeten/verstuurd/",
        "wachtwoord-vergeten/klaar/",
        "wachtwoord-vergeten/1/geen-token/",
    ],
)
def test_a_page_before_signing_in_is_accessible_wide_and_narrow(page: Page, site: str, db: None, plek: str) -> None:
    page.goto(f"{site}/{plek}")
    toegankelijk(page)


def test_a_form_that_is_refused_is_accessible(page: Page, site: str, teams: cast.Teams) -> None:
    _log_in(page, site)
    page.wait_for_url("**/casussen/")
    page.goto(f"{site}/account/wachtwoord/")
    page.get_by_label("Je wachtwoord van nu", exact=True).fill("dit-is-het-niet")
    page.get_by_label("Je nieuwe wachtwoord", exact=True).fill("kort")
    page.get_by_role("button", name="Verander mijn wachtwoord").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nog niet veranderd.")
    toegankelijk(page)
