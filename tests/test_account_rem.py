"""Trying to get in: limits that stop whoever guesses, and never the owner; and answers that give nothing away."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from casussen.models import Logregel, Medewerker
from tests.accounts import ZIN, code, is_binnen, link_in, log_in, mails, met_codeapp, verkeerde_code, zonder_csrf
from tests.cast import Teams

FOUT = "dit-wachtwoord-is-fout"


def _browser(adres: str) -> Client:
    """A browser at this address."""
    return Client(REMOTE_ADDR=adres)


def _raad(client: Client, medewerker: Medewerker, keer: int) -> str:
    """Tries a wrong password so many times; out: the last page."""
    pagina = ""
    for _keer in range(keer):
        pagina = zonder_csrf(log_in(client, medewerker, FOUT))
    return pagina


def test_after_five_wrong_passwords_the_guesser_waits(teams: Teams) -> None:
    raadt = _browser("203.0.113.9")
    assert "klopt niet" in _raad(raadt, teams.sanne, 5)
    assert "Wacht vijf minuten" in _raad(raadt, teams.sanne, 1)
    log_in(raadt, teams.sanne)
    assert not is_binnen(raadt)


def test_whoever_guesses_locks_only_the_own_door(teams: Teams) -> None:
    """The point of it all: the owner signs in from another address while somebody guesses."""
    for nummer in range(4):
        _raad(_browser(f"203.0.113.{nummer}"), teams.sanne, 7)
    eigenaar = _browser("198.51.100.4")
    log_in(eigenaar, teams.sanne)
    assert is_binnen(eigenaar)


def test_guessing_at_many_accounts_from_one_address_stops_too(teams: Teams) -> None:
    raadt = _browser("203.0.113.9")
    anderen = [Medewerker(email=f"m{nummer}@noord.example") for nummer in range(20)]
    assert not [ander for ander in anderen if "Wacht vijf minuten" in _raad(raadt, ander, 1)]
    assert "Wacht vijf minuten" in _raad(raadt, teams.joost, 1)
    ander = _browser("198.51.100.4")
    log_in(ander, teams.joost)
    assert is_binnen(ander)


def test_a_neighbour_in_the_same_ipv6_network_is_the_same_guesser(teams: Teams) -> None:
    for nummer in range(5):
        _raad(_browser(f"2001:db8::{nummer}"), teams.sanne, 1)
    assert "Wacht vijf minuten" in _raad(_browser("2001:db8::99"), teams.sanne, 1)


def test_an_invented_address_makes_no_new_guesser(teams: Teams) -> None:
    raadt = _browser("203.0.113.9")
    for nummer in range(5):
        log_in(raadt, teams.sanne, FOUT, **{"X-Forwarded-For": f"192.0.2.{nummer}"})
    laatste = log_in(raadt, teams.sanne, FOUT, **{"X-Forwarded-For": "192.0.2.77"})
    assert "Wacht vijf minuten" in zonder_csrf(laatste)


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(teams: Teams, settings: Settings) -> None:
    settings.VERTROUWDE_PROXIES = 1
    proxy = _browser("10.0.0.1")
    for nummer in range(6):
        # What stands at the left came from the guesser and means nothing.
        log_in(proxy, teams.sanne, FOUT, **{"X-Forwarded-For": f"192.0.2.{nummer}, 203.0.113.9"})
    log_in(proxy, teams.sanne, **{"X-Forwarded-For": "192.0.2.50, 203.0.113.9"})
    assert not is_binnen(proxy)
    log_in(proxy, teams.sanne, **{"X-Forwarded-For": "198.51.100.4"})
    assert is_binnen(proxy)


def test_right_passwords_do_not_count_as_tries(teams: Teams) -> None:
    for _keer in range(8):
        client = _browser("198.51.100.4")
        log_in(client, teams.sanne)
        assert is_binnen(client)


def test_whoever_chose_a_new_password_need_not_wait(client: Client, teams: Teams) -> None:
    _raad(client, teams.sanne, 6)
    client.post("/wachtwoord-vergeten/", {"email": teams.sanne.email})
    formulier = client.get(link_in(mails(teams.sanne)[0]), follow=True)
    client.post(formulier.redirect_chain[-1][0], {"password1": ZIN})
    log_in(client, teams.sanne, ZIN)
    assert is_binnen(client)


def test_too_many_tries_in_a_minute_get_a_page_that_says_so(teams: Teams) -> None:
    raadt = _browser("203.0.113.9")
    antwoorden = [log_in(raadt, Medewerker(email=f"m{nummer}@noord.example"), FOUT) for nummer in range(31)]
    assert {antwoord.status_code for antwoord in antwoorden[:30]} == {200}
    assert antwoorden[30].status_code == 429
    pagina = zonder_csrf(antwoorden[30])
    assert "Wacht een paar minuten" in pagina
    assert "Handreiking" in pagina


def test_asking_for_mail_again_and_again_gets_that_page_too(client: Client, teams: Teams) -> None:
    codes = [client.post("/wachtwoord-vergeten/", {"email": f"m{n}@noord.example"}).status_code for n in range(21)]
    assert codes == [302] * 20 + [429]


def test_somebody_else_asking_for_mail_does_not_keep_the_owner_from_it(teams: Teams) -> None:
    for nummer in range(3):
        for _keer in range(10):
            _browser(f"203.0.113.{nummer}").post("/wachtwoord-vergeten/", {"email": teams.sanne.email})
    antwoord = _browser("198.51.100.4").post("/wachtwoord-vergeten/", {"email": teams.sanne.email})
    assert antwoord["Location"] == "/wachtwoord-vergeten/verstuurd/"


# What an answer gives away


@pytest.mark.parametrize("wie", ["onbekend", "gestopt", "met tweede stap", "zonder wachtwoord"])
def test_a_wrong_password_gets_the_same_page_whoever_it_is_for(teams: Teams, wie: str) -> None:
    gewoon = log_in(Client(), teams.sanne, FOUT)
    if wie == "gestopt":
        teams.joost.is_active = False
    if wie == "zonder wachtwoord":
        teams.joost.set_unusable_password()
    if wie == "met tweede stap":
        met_codeapp(teams.joost)
    teams.joost.save()
    ander = log_in(Client(), Medewerker(email="niemand@noord.example") if wie == "onbekend" else teams.joost, FOUT)
    assert ander.status_code == gewoon.status_code
    verschil = zonder_csrf(ander).replace("niemand", "s.wolters").replace(teams.joost.email, teams.sanne.email)
    assert verschil == zonder_csrf(gewoon)
    assert Logregel.objects.filter(daad="kon_niet_inloggen").count() == 2


def test_a_stopped_account_with_the_right_password_gets_that_page_as_well(teams: Teams) -> None:
    fout = log_in(Client(), teams.sanne, FOUT)
    Medewerker.objects.filter(pk=teams.sanne.pk).update(is_active=False)
    goed = log_in(Client(), teams.sanne)
    assert (goed.status_code, zonder_csrf(goed)) == (fout.status_code, zonder_csrf(fout))


@pytest.mark.parametrize("naam", ["account_signup", "account_email", "account_inactive", "account_confirm_email"])
def test_nobody_signs_up_or_changes_the_own_address(naam: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(naam)


@pytest.mark.parametrize("naar", ["https://kwaad.example/", "//kwaad.example/", "/\\kwaad.example", "javascript:x"])
def test_signing_in_never_leads_to_another_site(client: Client, teams: Teams, naar: str) -> None:
    antwoord = client.post(
        "/inloggen/", {"login": teams.sanne.email, "password": "een-lang-wachtwoord-voor-tests", "next": naar}
    )
    assert antwoord["Location"] == "/casussen/"


# The second step


def test_guessing_codes_stops_after_five(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    log_in(client, teams.sanne)
    for _keer in range(5):
        client.post("/inloggen/code/", {"code": verkeerde_code()})
    antwoord = client.post("/inloggen/code/", {"code": code()})
    assert "Wacht vijf minuten" in antwoord.content.decode()
    assert not is_binnen(client)
