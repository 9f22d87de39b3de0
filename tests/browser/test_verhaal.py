"""The whole story, in a browser, as people live it: from signing in to the recorded evaluation."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casussen import berichten
from casussen.models import Casus, Evaluatie, Professional
from tests import cast
from tests.browser.conftest import TELEFOON, link_in, toegankelijk
from tests.mailserver import Mailserver, mailserver

# What no mail may ever hold: names of the family, what is the matter, what was agreed.
GEHEIM = ["Kuipers", "Bart", "Milan", "weer thuis", "woensdag", "zondagavond"]


@pytest.fixture
def post(settings: Settings, live_server: LiveServer) -> Iterator[Mailserver]:
    """A mail server that accepts everything; links in mails lead to the test's own site."""
    settings.SITE_URL = live_server.url
    with mailserver(settings) as server:
        yield server


def bezorg(post: Mailserver) -> dict[str, EmailMessage]:
    """Sends what is in the outbox; out: what arrived now, by address."""
    voor = len(post.mails)
    berichten.verstuur_alles(nu=timezone.now())
    nieuw = post.mails[voor:]
    for mail in nieuw:
        for woord in GEHEIM:
            assert woord not in mail.as_string(), woord
    return {str(mail["To"]): mail for mail in nieuw}


def tekst_van(mail: EmailMessage) -> str:
    deel = mail.get_body(("plain",))
    assert deel is not None
    return str(deel.get_content())


def log_in(page: Page, server: LiveServer, email: str) -> None:
    page.goto(f"{server.url}/inloggen/")
    toegankelijk(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Wachtwoord", exact=True).fill(cast.WACHTWOORD)
    page.get_by_role("main").locator("button[type=submit]").click()
    page.wait_for_url("**/casussen/")


def naar_stap(page: Page, nummer: int) -> None:
    page.get_by_role("navigation", name="De zeven stappen").get_by_role("link").nth(nummer - 1).click()
    page.wait_for_url(f"**/stap/{nummer}/")


def voeg_gezinslid_toe(page: Page, naam: str, relatie: str, email: str = "") -> None:
    page.locator("#mensen summary", has_text="Iemand van het gezin erbij").evaluate("e => e.parentElement.open = true")
    vak = page.locator("details", has_text="Iemand van het gezin erbij")
    vak.get_by_label("Naam").fill(naam)
    vak.get_by_label("Wie is dit?").select_option(relatie)
    if email:
        vak.get_by_label("E-mail").fill(email)
        vak.get_by_label("Wil mail van ons").check()
    vak.get_by_role("button", name="Zet erbij").click()
    expect(page.locator(".hr-persoon__naam", has_text=naam)).to_be_visible()


def voeg_helper_toe(page: Page, naam: str, functie: str, organisatie: str, email: str, telefoon: str) -> None:
    page.locator("#mensen summary", has_text="Staat er niet bij").click()
    vak = page.locator("details", has_text="Staat er niet bij")
    for label, waarde in {
        "Naam": naam, "Beroep of functie": functie, "Organisatie": organisatie, "E-mail": email, "Telefoon": telefoon,
    }.items():  # fmt: skip
        vak.get_by_label(label).fill(waarde)
    vak.get_by_role("button", name="Zet erbij").click()
    expect(page.locator(".hr-persoon__naam", has_text=naam)).to_be_visible()


def voeg_afspraak_toe(page: Page, wie: str, wat: str, wanneer: str) -> None:
    vak = page.locator("section", has=page.get_by_role("heading", name="Nieuwe afspraak"))
    vak.get_by_label("Wie doet het?").select_option(label=wie)
    vak.get_by_label("Wat?").fill(wat)
    vak.get_by_label("Wanneer, of hoe vaak?").fill(wanneer)
    vak.get_by_role("button", name="Zet erbij").dblclick()
    expect(page.locator(".hr-afspraak__tekst", has_text=wat)).to_have_count(1)


@pytest.mark.django_db(transaction=True)
def test_one_family_from_first_call_to_evaluation(
    live_server: LiveServer, teams: cast.Teams, page: Page, context: BrowserContext, post: Mailserver
) -> None:
    # 1. Sanne signs in and begins a family with two fields.
    log_in(page, live_server, "s.wolters@noord.example")
    toegankelijk(page)
    page.get_by_label("Naam van het gezin").first.fill("Gezin Kuipers")
    page.get_by_role("button", name="Begin").first.click()
    page.wait_for_url("**/stap/1/")
    toegankelijk(page)

    # 2. She walks the seven steps; what she types is saved as she goes.
    page.get_by_role("textbox", name="Waarom is er hulp van meer mensen nodig?").fill("Milan wil weer thuis wonen.")
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om")
    naar_stap(page, 2)
    toegankelijk(page)
    voeg_gezinslid_toe(page, "Milan Kuipers", "kind")
    voeg_gezinslid_toe(page, "Bart Kuipers", "vader", "bart@gezin.example")
    zoek = page.get_by_label("Welke helper komt erbij?")
    zoek.fill("Sanne")
    page.get_by_role("button", name=re.compile("Zet erbij.*Sanne Wolters")).click()
    expect(page.locator(".hr-persoon__naam", has_text="Sanne Wolters")).to_be_visible()
    voeg_helper_toe(page, "Ilse Broekhuis", "gezinsbegeleider", "De Brug", "ilse@debrug.example", "085-0000 021")
    voeg_helper_toe(page, "Ruben Assink", "groepsleider", "De Linde", "ruben@delinde.example", "085-0000 031")
    assert Professional.objects.filter(naam="Ilse Broekhuis").count() == 1
    toegankelijk(page)

    naar_stap(page, 3)
    page.get_by_role("textbox", name="Wat verwacht het gezin van de mensen die helpen?").fill(
        "Dat één iemand belt, niet zes."
    )
    # Straight on, within the second: the last letters are saved first.
    naar_stap(page, 4)
    toegankelijk(page)
    regie = page.locator("section", has=page.get_by_role("heading", name="De regie"))
    regie.get_by_label("Kies een naam").select_option(label="Sanne Wolters")
    regie.get_by_role("button", name="Vraag deze persoon").click()
    expect(regie.get_by_text("Aanvaard")).to_be_visible()

    naar_stap(page, 5)
    toegankelijk(page)
    voeg_afspraak_toe(page, "Ilse Broekhuis, De Brug", "Ik kom elke woensdag om 16 uur.", "elke woensdag")
    voeg_afspraak_toe(page, "Ruben Assink, De Linde", "Ik bel op zondagavond.", "elke zondag")
    voeg_afspraak_toe(page, "Bart Kuipers", "Ik bel als een weekend niet doorgaat.", "als het nodig is")
    toegankelijk(page)

    naar_stap(page, 6)
    toegankelijk(page)
    page.get_by_role("link", name=re.compile("Pas aan.*Sanne Wolters")).click()
    for dag in ("ma", "di", "do"):
        page.locator("#bereikbaar label.hr-chip", has_text=dag).first.click()
    page.get_by_label("Van", exact=True).fill("9")
    page.get_by_label("Tot", exact=True).fill("17")
    page.get_by_role("button", name="Klaar").click()
    expect(page.locator("#bereikbaar")).to_contain_text("op maandag, dinsdag en donderdag, van 9 tot 17 uur")

    naar_stap(page, 7)
    toegankelijk(page)
    page.get_by_role("link", name="Naar vaststellen").click()
    page.wait_for_url("**/vaststellen/")
    expect(page.get_by_role("main")).to_contain_text("Er is nog geen dag om terug te kijken.")
    toegankelijk(page)
    page.go_back()
    datum = timezone.localdate() + timedelta(days=35)
    page.get_by_label("Op welke dag?").fill(datum.isoformat())
    page.get_by_label("Waar?").fill("op het wijkteam")
    page.get_by_role("button", name="Zet deze dag vast").click()
    expect(page.locator("#bewaard")).to_contain_text("Bewaard om")
    casus = Casus.objects.get()
    assert casus.antwoorden.get(vraag="gezin_van_ons").tekst == "Dat één iemand belt, niet zes."

    # 3. She fixes the version.
    page.get_by_role("link", name="Naar vaststellen").click()
    toegankelijk(page)
    page.get_by_role("button", name="Stel vast en verstuur").dblclick()
    page.wait_for_url(f"**/casussen/{casus.pk}/")
    assert casus.vaststellingen.count() == 1
    toegankelijk(page)

    # 4. Every professional gets a mail with a link, and answers without an account.
    mails = bezorg(post)
    assert set(mails) == {"ilse@debrug.example", "ruben@delinde.example", "bart@gezin.example"}
    antwoord_als_ilse(context, link_in(tekst_van(mails["ilse@debrug.example"])))
    antwoord_als_ruben(context, link_in(tekst_van(mails["ruben@delinde.example"])))
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Ook in de vakantie?")
    expect(page.get_by_role("main")).to_contain_text("Zondag werk ik niet.")

    # 5. Bart reads his overview on a phone, and prints it.
    lees_als_bart(context, link_in(tekst_van(mails["bart@gezin.example"])))

    # 6. The reminder comes in time, and once; then Sanne records the evaluation.
    call_command("herinneringen", op=(datum - timedelta(days=8)).isoformat())
    assert len(post.mails) == 3
    call_command("herinneringen", op=(datum - timedelta(days=7)).isoformat())
    call_command("herinneringen", op=(datum - timedelta(days=7)).isoformat())
    assert sorted(post.aan[3:]) == [
        "bart@gezin.example", "ilse@debrug.example", "ruben@delinde.example", "s.wolters@noord.example",
    ]  # fmt: skip
    leg_evaluatie_vast(page, live_server, casus)
    evaluatie = Evaluatie.objects.get(gehouden_op__isnull=False)
    assert evaluatie.ging_goed == "Eén iemand belt."
    assert sorted(oordeel.soort for oordeel in evaluatie.oordelen.all()) == ["deels", "gelukt", "gelukt"]
    assert casus.vaststellingen.count() == 2


def antwoord_als_ilse(context: BrowserContext, link: str) -> None:
    """A question, on a phone."""
    page = context.new_page()
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Ik kom elke woensdag om 16 uur.")
    assert "Ik bel op zondagavond." not in page.content()
    toegankelijk(page)
    page.get_by_text("Vraag", exact=True).first.click()
    page.locator("textarea:visible").first.fill("Ook in de vakantie?")
    page.locator("form:has(textarea:visible)").first.get_by_role("button").first.click()
    expect(page.get_by_role("main")).to_contain_text("Ook in de vakantie?")
    toegankelijk(page)
    page.close()


def antwoord_als_ruben(context: BrowserContext, link: str) -> None:
    """First akkoord, then on second thoughts no, with a reason."""
    page = context.new_page()
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    page.goto(link)
    page.get_by_role("button", name="Akkoord", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text("Je zei ja.")
    page.get_by_text("Toch anders").first.click()
    page.get_by_text("Niet akkoord", exact=True).first.click()
    page.locator("textarea:visible").first.fill("Zondag werk ik niet.")
    page.locator("form:has(textarea:visible)").first.get_by_role("button").first.click()
    expect(page.get_by_role("main")).to_contain_text("Zondag werk ik niet.")
    page.close()


def lees_als_bart(context: BrowserContext, link: str) -> None:
    """Whom to call, what was agreed, when we talk again; and the same on paper."""
    page = context.new_page()
    page.set_viewport_size({"width": TELEFOON, "height": 844})
    page.goto(link)
    inhoud = page.get_by_role("main")
    for tekst in ("Sanne Wolters", "085-0000 011", "085-0000 999", "Ik kom elke woensdag om 16 uur."):
        expect(inhoud).to_contain_text(tekst)
    toegankelijk(page)
    pdf = context.request.get(link + "overzicht.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF-")
    page.close()


def leg_evaluatie_vast(page: Page, server: LiveServer, casus: Casus) -> None:
    page.goto(f"{server.url}/casussen/{casus.pk}/evaluatie/")
    toegankelijk(page)
    for plek, oordeel in enumerate(("Gelukt", "Deels", "Gelukt")):
        page.get_by_role("radio", name=oordeel).nth(plek).check()
    page.get_by_label("Wat ging goed in het samenwerken?").fill("Eén iemand belt.")
    page.get_by_role("radio", name="Ja, dit klopt").check()
    page.get_by_role("radio", name="Zo door").check()
    page.get_by_role("main").get_by_role("button").last.click()
    page.wait_for_url(f"**/casussen/{casus.pk}/")
    toegankelijk(page)
