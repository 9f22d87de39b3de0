"""Showing again who you are, before something that matters."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts import code, ingelogd, log_in, met_codeapp, soorten
from tests.cast import WACHTWOORD, Teams

LANG = timedelta(minutes=11)


STAP = "/account/tweede-stap/app/"
OPNIEUW = f"/account/opnieuw/?next={STAP.replace('/', '%2F')}"


def test_whoever_signed_in_a_moment_ago_is_not_asked_again(client: Client, teams: Teams) -> None:
    log_in(client, teams.sanne)
    assert client.get(STAP).status_code == 200


def test_after_ten_minutes_the_password_is_asked_again_and_leads_back(client: Client, teams: Teams) -> None:
    ingelogd(client, teams.sanne, geleden=LANG)
    assert client.get(STAP)["Location"] == OPNIEUW
    fout = client.post(OPNIEUW, {"password": "dit-is-het-niet"})
    assert "Dit wachtwoord klopt niet" in fout.content.decode()
    assert client.get(STAP)["Location"] == OPNIEUW
    goed = client.post("/account/opnieuw/", {"password": WACHTWOORD, "next": STAP})
    assert goed["Location"] == STAP
    assert client.get(STAP).status_code == 200


def test_a_code_of_the_phone_will_do_as_well(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    ingelogd(client, teams.sanne, geleden=LANG)
    codes = "/account/tweede-stap/herstelcodes/"
    assert client.get(codes).status_code == 302
    client.post("/account/opnieuw/code/", {"code": code(), "next": codes})
    assert client.get(codes).status_code == 200


@pytest.mark.parametrize("pad", ["app/weg/", "herstelcodes/nieuw/", "passkeys/nieuw/"])
def test_nothing_about_the_second_step_can_be_done_in_a_browser_left_open(
    client: Client, teams: Teams, pad: str
) -> None:
    met_codeapp(teams.sanne)
    ingelogd(client, teams.sanne, geleden=LANG)
    for antwoord in (client.get(f"/account/tweede-stap/{pad}"), client.post(f"/account/tweede-stap/{pad}")):
        assert antwoord["Location"].startswith("/account/opnieuw/")
    assert soorten(teams.sanne) == {"totp", "recovery_codes"}


@pytest.mark.parametrize("pad", ["herstelcodes/", "herstelcodes/bestand/"])
def test_nor_can_recovery_codes_be_read_there(client: Client, teams: Teams, pad: str) -> None:
    codes = met_codeapp(teams.sanne)
    ingelogd(client, teams.sanne, geleden=LANG)
    antwoord = client.get(f"/account/tweede-stap/{pad}", follow=True)
    assert antwoord.redirect_chain[0][0].startswith("/account/opnieuw/")
    assert not [een for een in codes if een in antwoord.content.decode()]
    ingelogd(client, teams.sanne)
    assert codes[0] in client.get(f"/account/tweede-stap/{pad}").content.decode()


def test_what_was_sent_before_the_question_is_done_after_it(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    ingelogd(client, teams.sanne, geleden=LANG)
    vraag = client.post(f"{STAP}weg/")
    client.post(vraag["Location"], {"password": WACHTWOORD, "next": f"{STAP}weg/"})
    assert soorten(teams.sanne) == set()


def test_a_part_of_a_page_never_holds_the_question(client: Client, teams: Teams) -> None:
    """htmx would put the page with the question in the middle of the page; the browser goes there as a whole."""
    ingelogd(client, teams.sanne, geleden=LANG)
    antwoord = client.get(
        STAP, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/tweede-stap/"}
    )
    assert antwoord["HX-Redirect"] == "/account/opnieuw/?next=%2Faccount%2Ftweede-stap%2F"


@pytest.mark.parametrize("naar", ["https://kwaad.example/", "//kwaad.example/"])
def test_the_question_never_leads_to_another_site(client: Client, teams: Teams, naar: str) -> None:
    ingelogd(client, teams.sanne, geleden=LANG)
    assert client.post("/account/opnieuw/", {"password": WACHTWOORD, "next": naar})["Location"] == "/casussen/"


def test_guessing_the_password_at_the_question_stops_too(client: Client, teams: Teams) -> None:
    ingelogd(client, teams.sanne, geleden=LANG)
    for _keer in range(5):
        client.post(OPNIEUW, {"password": "dit-is-het-niet"})
    assert "Wacht vijf minuten" in client.post(OPNIEUW, {"password": WACHTWOORD}).content.decode()
