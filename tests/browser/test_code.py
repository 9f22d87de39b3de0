"""A parent and a helper with a code from the mail, in a browser without JavaScript: every page and every mistake."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from casussen.models import Organisatie, Toegangscode
from tests import cast
from tests.browser.conftest import link_in, toegankelijk
from tests.gezinslink import code_in
from tests.mailserver import Mailserver, mailserver
from tests.post import tekst_van

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(settings: Settings, live_server: LiveServer, kuipers: cast.Kuipers) -> Iterator[Mailserver]:
    """Version 1 of the family is fixed and its mail has arrived; links lead to the test's own site."""
    settings.SITE_URL = live_server.url
    with mailserver(settings) as server:
        stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
        berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
        yield server


@pytest.fixture
def telefoon(browser: Browser) -> Iterator[Page]:
    """A phone without JavaScript."""
    context = browser.new_context(java_script_enabled=False, locale="nl-NL", viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def mail_aan(post: Mailserver, adres: str) -> str:
    """The text of the last mail to somebody."""
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    return tekst_van([mail for mail in post.mails if mail["To"] == adres][-1])


def test_a_parent_reads_the_overview_after_the_code_of_the_mail(post: Mailserver, telefoon: Page) -> None:
    telefoon.goto(link_in(mail_aan(post, "bart@gezin.example")))
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Uw overzicht staat klaar")
    telefoon.get_by_role("button", name="Stuur mij de code").click()
    veld = telefoon.get_by_label("De code uit de mail")
    veld.fill("12")
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_text("Een code heeft zes cijfers.")).to_be_visible()
    code = code_in(mail_aan(post, "bart@gezin.example"))
    veld.fill(f"{(int(code) + 1) % 1_000_000:06d}")
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_text("Deze code klopt niet.")).to_be_visible()
    veld.fill(f"{code[:3]} {code[3:]}")
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_text("Ik kom elke woensdag om 16 uur.")).to_be_visible()
    telefoon.get_by_role("link", name="Wie keek er naar uw gegevens?").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Wie keek er naar uw gegevens?")


def test_a_helper_reads_the_whole_overview_after_the_code(
    post: Mailserver, telefoon: Page, kuipers: cast.Kuipers
) -> None:
    link = link_in(mail_aan(post, "r.assink@delinde.example"))
    telefoon.goto(link)
    telefoon.get_by_label("Ik ben Ruben Assink").check()
    telefoon.get_by_role("button", name="Alles akkoord").first.click()
    telefoon.goto(f"{link}overzicht/{kuipers.ruben.pk}/")
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Het hele overzicht")
    telefoon.get_by_role("button", name="Stuur mij de code").click()
    telefoon.get_by_label("De code uit de mail").fill(code_in(mail_aan(post, "r.assink@delinde.example")))
    telefoon.get_by_role("button", name="Verder").click()
    expect(telefoon.get_by_role("heading", level=1)).to_have_text("Gezin Kuipers: wie doet wat")
    expect(telefoon.get_by_text("Ik kom elke woensdag om 16 uur.")).to_be_visible()


def test_every_page_of_a_code_is_accessible(page: Page, post: Mailserver, kuipers: cast.Kuipers) -> None:
    Organisatie.objects.update(code_altijd=True)
    link = link_in(mail_aan(post, "i.broekhuis@debrug.example"))
    page.goto(link)
    toegankelijk(page)
    page.get_by_role("button", name="Stuur mij de code").click()
    toegankelijk(page)
    code = code_in(mail_aan(post, "i.broekhuis@debrug.example"))
    fout = f"{(int(code) + 1) % 1_000_000:06d}"
    for _keer in range(5):
        page.get_by_label("De code uit de mail").fill(fout)
        page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("De code was vijf keer fout.")).to_be_visible()
    toegankelijk(page)
    page.get_by_role("button", name="Stuur een nieuwe code").click()
    expect(page.get_by_text("Wacht een minuut.")).to_be_visible()
    toegankelijk(page)
    Toegangscode.objects.update(gemaakt_op=timezone.now() - timedelta(minutes=2))
    page.get_by_role("button", name="Stuur mij de code").click()
    page.get_by_label("De code uit de mail").fill(code_in(mail_aan(post, "i.broekhuis@debrug.example")))
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Ik kom elke woensdag om 16 uur.").first).to_be_visible()
    page.goto(f"{link}overzicht/{kuipers.ilse.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gezin Kuipers: wie doet wat")
    toegankelijk(page)
