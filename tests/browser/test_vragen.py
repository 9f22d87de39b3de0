"""The questions of helpers, in a browser: Sanne reads, changes an agreement, answers, and lets a successor join."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from casussen.acties import draden
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Deelnemer
from casussen.models.draad import RegelSoort
from tests.browser.conftest import toegankelijk
from tests.browser.test_toegang import als
from tests.cast import Kuipers
from tests.daden import achter_link
from tests.gezinnen import reageer

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_list_to_a_changed_agreement_and_a_successor(
    page: Page, live_server: LiveServer, kuipers: Kuipers
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    als(page, live_server, "s.wolters@noord.example")
    page.goto(f"{live_server.url}/casussen/{kuipers.casus.pk}/vragen/")
    expect(page.get_by_text("Geen open vragen")).to_be_visible()
    toegankelijk(page)
    reageer(kuipers.ilse, "niet-akkoord", "Woensdag lukt niet.")
    draden.zeg(
        door=achter_link(kuipers.ruben), deelnemer=kuipers.ruben, soort=RegelSoort.DOORGEVEN, tekst="Ik ga weg.",
        naar_naam="Nora Prins", naar_email="n.prins@delinde.example",
    )  # fmt: skip

    page.goto(f"{live_server.url}/casussen/")
    toegankelijk(page)
    page.get_by_role("link", name="Geef antwoord aan Ilse").click()
    toegankelijk(page)
    ilse = page.get_by_role("article", name="Ilse is niet akkoord")
    wat = ilse.get_by_label("Wat?", exact=True)
    expect(wat).to_be_visible()
    ilse.get_by_label("Laat hem zo").check()
    expect(wat).to_be_hidden()
    ilse.get_by_label("Pas de afspraak aan").check()
    wat.fill("Ik kom elke donderdag.")
    ilse.get_by_role("button", name="Verstuur").click()
    # Words are missing: the change that was typed is still there.
    expect(page.get_by_text("Nog niet bewaard.")).to_be_visible()
    toegankelijk(page)
    expect(wat).to_have_value("Ik kom elke donderdag.")
    ilse.get_by_label("Wat zeg je tegen Ilse?").fill("Donderdag is goed.")
    ilse.get_by_role("button", name="Verstuur").click()
    expect(page.get_by_text("De afspraak is aangepast.")).to_be_visible()
    expect(ilse.get_by_text("Wacht op Ilse")).to_be_visible()
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).wat == "Ik kom elke donderdag."

    page.get_by_role("button", name="Zet Nora Prins erbij en geef de afspraken").click()
    expect(page.get_by_text("Ruben is gestopt.")).to_be_visible()
    toegankelijk(page)
    page.get_by_role("link", name="Gezin Kuipers").click()
    expect(page.get_by_role("heading", name="Wie gaf antwoord?")).to_be_visible()
    toegankelijk(page)
    assert Deelnemer.objects.get(pk=kuipers.ruben.pk).tot is not None
