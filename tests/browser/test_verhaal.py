"""The whole story, in a browser, as people live it: from signing in to the recorded evaluation."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from casussen import berichten
from casussen.models import Bericht, Casus, Evaluatie, Professional
from casussen.models.bericht import BerichtStatus
from tests import cast
from tests.browser.conftest import TELEFOON, link_in, toegankelijk
from tests.gezinslink import code_in
from tests.mailserver import Mailserver, mailserver
from tests.post import tekst_van

# What no mail may ever hold: names of the family, what is the matter, what was agreed.
GEHEIM = ["Kuipers", "Bart", "Milan", "weer thuis", "woensdag", "zondagavond", "vakantie", "schoolweken"]
ILSE, RUBEN, BART = "ilse@debrug.example", "ruben@delinde.example", "bart@gezin.example"
OUD, NIEUW = "Ik kom elke woensdag om 16 uur.", "Ik kom in de schoolweken om 15 uur."


@pytest.fixture
def post(settings: Settings, live_server: LiveServer) -> Iterator[Mailserver]:
    """A mail server that accepts everything; links in mails lead to the test's own site."""
    settings.SITE_URL = live_server.url
    with mailserver(settings) as server:
        yield server


@pytest.fixture
def telefoon(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Somebody's own phone: with a browser that knows nothing of anybody else's."""
    profielen: list[BrowserContext] = []

    def maak() -> Page:
        profiel = browser.new_context(
            locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": TELEFOON, "height": 844}
        )
        profiel.set_default_timeout(10_000)
        profielen.append(profiel)
        return profiel.new_page()

    yield maak
    for profiel in profielen:
        profiel.close()


def bezorg(post: Mailserver, nu: datetime | None = None, vandaag: date | None = None) -> dict[str, EmailMessage]:
    """Sends what may leave at that moment; out: what arrived now, by address."""
    voor = len(post.mails)
    berichten.verstuur_alles(nu=nu or timezone.now(), vandaag=vandaag)
    nieuw = post.mails[voor:]
    for mail in nieuw:
        for woord in GEHEIM:
            assert woord not in mail.as_string(), woord
    assert len({mail["To"] for mail in nieuw}) == len(nieuw), "one mail for each person"
    return {str(mail["To"]): mail for mail in nieuw}


def dan() -> datetime:
    """The moment on which what waits for another day may leave."""
    wacht = Bericht.objects.filter(status=BerichtStatus.KLAAR).order_by("niet_voor").last()
    assert wacht is not None
    return wacht.niet_voor + timedelta(minutes=1)


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
    live_server: LiveServer, teams: cast.Teams, page: Page, post: Mailserver, telefoon: Callable[[], Page]
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
    voeg_afspraak_toe(page, "Ilse Broekhuis, De Brug", OUD, "elke woensdag")
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

    # 4. Every professional gets a mail with a link, and answers without an account. Bart reads his overview.
    mails = bezorg(post)
    assert set(mails) == {ILSE, RUBEN, BART}
    ilse, ruben, bart = telefoon(), telefoon(), telefoon()
    vraag_als_ilse(ilse, link_in(tekst_van(mails[ILSE])))
    zeg_overal_ja_als_ruben(ruben, link_in(tekst_van(mails[RUBEN])))
    lees_als_bart(bart, link_in(tekst_van(mails[BART])), post)

    # 5. Sanne answers, and changes the agreement. Ilse hears at once that there is an answer.
    antwoord_en_pas_aan(page)
    mails = bezorg(post)
    assert set(mails) == {ILSE}
    assert mails[ILSE]["Subject"] == "Sanne Wolters gaf antwoord"

    # 6. She fixes version 2. Today everybody had a mail, so this one comes on the next working day.
    page.get_by_role("link", name="Kijk na en stel vast").first.click()
    wacht_op = page.get_by_role("main")
    expect(wacht_op).to_contain_text("1 helper krijgt een link met de vraag om te antwoorden.")
    expect(wacht_op).to_contain_text("Een mail dat er iets veranderd is, gaat naar Bart en Ruben.")
    toegankelijk(page)
    page.get_by_role("button", name="Stel vast en verstuur").click()
    page.wait_for_url(f"**/casussen/{casus.pk}/")
    assert bezorg(post) == {}
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("De mail gaat weg op")
    mails = bezorg(post, dan())
    assert set(mails) == {ILSE, RUBEN, BART}
    assert mails[ILSE]["Subject"] == "Sanne Wolters vraagt je iets"
    assert mails[RUBEN]["Subject"] == mails[BART]["Subject"] == "Er is iets veranderd"

    # 7. Only what changed is asked again. The others read in words what is different, each what he may know.
    lees_en_zeg_ja_als_ilse(ilse, link_in(tekst_van(mails[ILSE])))
    lees_wat_anders_is_als_ruben(ruben, link_in(tekst_van(mails[RUBEN])), post)
    bart.reload()
    expect(bart.get_by_role("main")).to_contain_text(f"“{NIEUW}”")
    toegankelijk(bart)
    page.reload()
    expect(page.get_by_text("Akkoord", exact=True)).to_have_count(2)

    # 8. The reminder comes in time, and once; then Sanne records the evaluation.
    stuur_herinneringen(post, datum)
    leg_evaluatie_vast(page, live_server, casus)
    evaluatie = Evaluatie.objects.get(gehouden_op__isnull=False)
    assert evaluatie.ging_goed == "Eén iemand belt."
    assert sorted(oordeel.soort for oordeel in evaluatie.oordelen.all()) == ["deels", "gelukt", "gelukt"]
    assert casus.vaststellingen.count() == 3


def stuur_herinneringen(post: Mailserver, datum: date) -> None:
    voor, eerder, later = len(post.mails), datum - timedelta(days=8), datum - timedelta(days=7)
    for op in (eerder, later, later):
        call_command("herinneringen", op=op.isoformat())
    while Bericht.objects.filter(status=BerichtStatus.KLAAR).exists():
        bezorg(post, dan(), later)
    assert sorted(post.aan[voor:]) == [BART, ILSE, RUBEN, "s.wolters@noord.example"]


def zeg_wie_je_bent(page: Page, link: str, knop: str) -> None:
    """Opens the link, puts the tick, and presses a button: three taps."""
    page.goto(link)
    toegankelijk(page)
    page.get_by_label(re.compile("^Ik ben")).check()
    page.get_by_role("button", name=knop).click()


def vraag_als_ilse(page: Page, link: str) -> None:
    """A question, on a phone."""
    zeg_wie_je_bent(page, link, "Eén voor één bekijken")
    expect(page.get_by_role("main")).to_contain_text(OUD)
    assert "Ik bel op zondagavond." not in page.content()
    toegankelijk(page)
    page.locator("summary", has_text="Vraag").first.click()
    page.locator("textarea:visible").fill("Ook in de vakantie?")
    page.get_by_role("button", name="Stuur naar Sanne").locator("visible=true").click()
    expect(page.get_by_role("main")).to_contain_text("Ook in de vakantie?")
    toegankelijk(page)


def zeg_overal_ja_als_ruben(page: Page, link: str) -> None:
    zeg_wie_je_bent(page, link, "Alles akkoord")
    expect(page.get_by_role("main")).to_contain_text("Dank je wel.")
    expect(page.get_by_text("Akkoord", exact=True).first).to_be_visible()


def geef_code(page: Page, post: Mailserver, adres: str) -> None:
    """Asks for six digits, and types them over from the mail that came."""
    toegankelijk(page)
    page.get_by_role("button", name="Stuur mij de code").click()
    mails = bezorg(post)
    assert set(mails) == {adres}
    page.get_by_label("Code").fill(code_in(tekst_van(mails[adres])))
    toegankelijk(page)
    page.get_by_role("button", name="Verder").click()


def lees_als_bart(page: Page, link: str, post: Mailserver) -> None:
    """Whom to call, what was agreed, when we talk again; and the same on paper."""
    page.goto(link)
    geef_code(page, post, BART)
    inhoud = page.get_by_role("main")
    for tekst in ("Sanne Wolters", "085-0000 011", "085-0000 999", OUD):
        expect(inhoud).to_contain_text(tekst)
    expect(inhoud).not_to_contain_text("Veranderd op")
    toegankelijk(page)
    pdf = page.context.request.get(link + "overzicht.pdf")
    assert pdf.ok
    assert pdf.body().startswith(b"%PDF-")


def antwoord_en_pas_aan(page: Page) -> None:
    """The coordinator reads the question where the family stands, answers it, and changes what was agreed."""
    page.reload()
    inhoud = page.get_by_role("main")
    expect(inhoud).to_contain_text("Ook in de vakantie?")
    page.get_by_role("link", name=re.compile("Lees en antwoord")).first.click()
    toegankelijk(page)
    page.get_by_label("Pas de afspraak aan").check()
    page.get_by_label("Wat zeg je tegen Ilse?").fill("Nee, alleen in de schoolweken.")
    page.get_by_label("Wat?", exact=True).fill(NIEUW)
    page.get_by_role("button", name=re.compile("Verstuur")).click()
    expect(inhoud).to_contain_text(NIEUW)
    toegankelijk(page)


def lees_en_zeg_ja_als_ilse(page: Page, link: str) -> None:
    zeg_wie_je_bent(page, link, "Eén voor één bekijken")
    inhoud = page.get_by_role("main")
    for tekst in ("Veranderd op", f"“{NIEUW}”", f"“{OUD}”", "Nee, alleen in de schoolweken."):
        expect(inhoud).to_contain_text(tekst)
    toegankelijk(page)
    page.get_by_role("button", name="Akkoord", exact=True).click()
    expect(inhoud).to_contain_text("Dank je wel.")


def lees_wat_anders_is_als_ruben(page: Page, link: str, post: Mailserver) -> None:
    """For himself nothing; of Ilse only in the whole overview, after a code."""
    zeg_wie_je_bent(page, link, "Verder")
    inhoud = page.get_by_role("main")
    expect(inhoud).to_contain_text("Voor jou veranderde er niets.")
    expect(inhoud).not_to_contain_text("Ik kom")
    toegankelijk(page)
    page.get_by_role("link", name="Het hele overzicht").click()
    geef_code(page, post, RUBEN)
    expect(inhoud).to_contain_text(f"“{NIEUW}”")
    expect(inhoud).to_contain_text(f"Dat was: “{OUD}”")
    toegankelijk(page)


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
