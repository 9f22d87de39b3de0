"""Where somebody is signed in, and how that ends."""

import pytest
from django.test import Client

from casussen.models import Medewerker
from casussen.templatetags.apparaten import apparaat
from tests.accounts import code, ingelogd, is_binnen, log_in, met_codeapp
from tests.cast import Teams

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.6 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0"
)


@pytest.mark.parametrize(
    ("user_agent", "woorden"),
    [
        (FIREFOX, "Firefox op Windows"),
        (IPHONE, "Safari op een iPhone"),
        (EDGE, "Edge op Windows"),
        ("curl/8.5", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_is_told_in_words(user_agent: str, woorden: str) -> None:
    assert apparaat(user_agent) == woorden


# Where am I


def _browser(teams: Teams, user_agent: str, adres: str) -> Client:
    """A browser in which Sanne signs in."""
    client = Client(REMOTE_ADDR=adres, HTTP_USER_AGENT=user_agent)
    log_in(client, teams.sanne)
    return client


def test_the_own_account_shows_who_i_am(client: Client, teams: Teams) -> None:
    pagina = ingelogd(client, teams.sanne).get("/account/").content.decode()
    assert "Sanne Wolters" in pagina
    assert teams.sanne.email in pagina
    assert "De code van je telefoon staat uit." in pagina
    met_codeapp(teams.sanne)
    assert "De code van je telefoon staat aan." in client.get("/account/").content.decode()


def test_the_list_shows_each_device_of_mine_and_of_nobody_else(teams: Teams) -> None:
    hier = _browser(teams, FIREFOX, "198.51.100.4")
    _browser(teams, IPHONE, "203.0.113.9")
    karin = Client(REMOTE_ADDR="192.0.2.55", HTTP_USER_AGENT=EDGE)
    log_in(karin, teams.karin)
    pagina = hier.get("/account/apparaten/").content.decode()
    assert "Firefox op Windows" in pagina
    assert "Safari op een iPhone" in pagina
    assert "203.0.113.9" in pagina
    assert "192.0.2.55" not in pagina
    assert pagina.count("Hier</span>") == 1


def test_signing_out_everywhere_leaves_only_this_browser(teams: Teams) -> None:
    hier, daar = _browser(teams, FIREFOX, "198.51.100.4"), _browser(teams, IPHONE, "203.0.113.9")
    antwoord = hier.post("/account/apparaten/", follow=True)
    assert "alleen nog hier ingelogd" in antwoord.content.decode()
    assert is_binnen(hier)
    assert not is_binnen(daar)
    assert "iPhone" not in hier.get("/account/apparaten/").content.decode()


def test_whoever_may_not_sign_in_any_more_is_out_at_once(teams: Teams) -> None:
    client = _browser(teams, FIREFOX, "198.51.100.4")
    assert is_binnen(client)
    Medewerker.objects.filter(pk=teams.sanne.pk).update(is_active=False)
    assert not is_binnen(client)
    log_in(client, teams.sanne)
    assert not is_binnen(client)


def test_whoever_is_stopped_half_way_does_not_get_in_with_the_code(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    log_in(client, teams.sanne)
    Medewerker.objects.filter(pk=teams.sanne.pk).update(is_active=False)
    client.post("/inloggen/code/", {"code": code()})
    assert not is_binnen(client)


def test_signing_in_gives_the_session_a_new_key(client: Client, teams: Teams) -> None:
    client.get("/inloggen/")
    session = client.session
    session["iets"] = 1
    session.save()
    oud = session.session_key
    log_in(client, teams.sanne)
    assert client.session.session_key != oud
