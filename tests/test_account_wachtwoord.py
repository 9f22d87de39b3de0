"""The password of an account: which ones are refused, and choosing another one."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from pytest_django import Settings

from casussen.models import Medewerker
from handreiking.wachtwoorden import is_gelekt
from tests.accounts import (
    ZIN,
    daden,
    ingelogd,
    is_binnen,
    klaar,
    log_in,
    mails,
)
from tests.cast import WACHTWOORD, Teams

VERGETEN = "/wachtwoord-vergeten/"


# Which ones are refused


@pytest.mark.parametrize(
    ("wachtwoord", "reden"),
    [
        ("aaaaaaaaaaaaa", "makkelijk te raden"),
        ("password1234", "makkelijk te raden"),
        ("qwertyuiop123", "makkelijk te raden"),
        ("handreiking2026", "makkelijk te raden"),
        ("welkom2026!!", "makkelijk te raden"),
        ("Zomer2026!!!!", "makkelijk te raden"),
        ("Hengelo-Noord1", "makkelijk te raden"),
        ("sannewolters1", "lijkt te veel op de naam"),
        ("wijkteam", "te kort"),
        ("s.wolters@noord.example", "makkelijk te raden"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_in_plain_words(teams: Teams, wachtwoord: str, reden: str) -> None:
    with pytest.raises(ValidationError) as fout:
        validate_password(wachtwoord, teams.sanne)
    assert reden in " ".join(fout.value.messages)


@pytest.mark.parametrize("wachtwoord", [ZIN, "x" * 3 + "Kolibrie-zaagt-9-manen", ZIN * 40])
def test_a_sentence_of_loose_words_is_fine_however_long(teams: Teams, wachtwoord: str) -> None:
    validate_password(wachtwoord, teams.sanne)


def _sha1(wachtwoord: str) -> str:
    return hashlib.sha1(wachtwoord.encode(), usedforsecurity=False).hexdigest().upper()


@pytest.fixture
def lijst(tmp_path: Path) -> Path:
    """A sorted list of leaked passwords, as it can be downloaded: SHA-1, colon, how often."""
    regels = sorted(_sha1(f"gelekt {nummer}") for nummer in range(500))
    pad = tmp_path / "gelekt.txt"
    pad.write_text("".join(f"{regel}:{nummer * 37}\r\n" for nummer, regel in enumerate(regels)))
    return pad


def test_every_password_on_the_list_is_found_and_no_other(lijst: Path) -> None:
    assert all(is_gelekt(f"gelekt {nummer}", lijst) for nummer in range(500))
    assert not any(is_gelekt(f"niet gelekt {nummer}", lijst) for nummer in range(500))


def test_an_empty_list_holds_nothing(tmp_path: Path) -> None:
    leeg = tmp_path / "leeg.txt"
    leeg.touch()
    assert not is_gelekt("gelekt 1", leeg)


def test_a_leaked_password_is_refused_when_the_operator_has_a_list(
    teams: Teams, tmp_path: Path, settings: Settings
) -> None:
    lijst = tmp_path / "gelekt.txt"
    lijst.write_text(_sha1("gelekt 17 kolibrie") + ":3\n")
    settings.GELEKTE_WACHTWOORDEN = ""
    validate_password("gelekt 17 kolibrie", teams.sanne)
    settings.GELEKTE_WACHTWOORDEN = str(lijst)
    with pytest.raises(ValidationError, match="gestolen wachtwoorden"):
        validate_password("gelekt 17 kolibrie", teams.sanne)


# Another one


def test_a_changed_password_works_at_once_and_the_owner_hears_of_it(client: Client, teams: Teams) -> None:
    log_in(client, teams.sanne)
    antwoord = client.post("/account/wachtwoord/", {"oldpassword": WACHTWOORD, "password1": ZIN})
    assert antwoord["Location"] == "/account/"
    assert is_binnen(client)
    assert not is_binnen(_nieuw(teams.sanne, WACHTWOORD))
    assert is_binnen(_nieuw(teams.sanne, ZIN))
    (brief,) = mails(teams.sanne)
    assert "Je wachtwoord is veranderd" in brief
    assert ZIN not in brief
    assert ("veranderde_account", ["wachtwoord"]) in daden(teams.sanne)


def _nieuw(medewerker: Medewerker, wachtwoord: str) -> Client:
    """Another browser that tries to sign in."""
    client = Client()
    log_in(client, medewerker, wachtwoord)
    return client


def test_a_changed_password_ends_every_other_session(client: Client, teams: Teams) -> None:
    log_in(client, teams.sanne)
    ander = _nieuw(teams.sanne, WACHTWOORD)
    assert is_binnen(ander)
    client.post("/account/wachtwoord/", {"oldpassword": WACHTWOORD, "password1": ZIN})
    assert is_binnen(client)
    assert not is_binnen(ander)


@pytest.mark.parametrize(
    ("oud", "nieuw", "zin"),
    [
        ("niet-dit-wachtwoord", ZIN, "Dit is niet je wachtwoord van nu"),
        (WACHTWOORD, "handreiking2026", "makkelijk te raden"),
        (WACHTWOORD, "", "Dit veld is verplicht"),
    ],
)
def test_a_refused_password_changes_nothing_and_says_why(
    client: Client, teams: Teams, oud: str, nieuw: str, zin: str
) -> None:
    ingelogd(client, teams.sanne)
    antwoord = client.post("/account/wachtwoord/", {"oldpassword": oud, "password1": nieuw})
    assert zin in antwoord.content.decode()
    teams.sanne.refresh_from_db()
    assert teams.sanne.check_password(WACHTWOORD)
    assert klaar(teams.sanne) == []


def test_whoever_has_no_password_gets_none_here(client: Client, teams: Teams) -> None:
    teams.sanne.set_unusable_password()
    teams.sanne.save()
    ingelogd(client, teams.sanne)
    antwoord = client.get("/account/wachtwoord/", follow=True)
    assert antwoord.redirect_chain[-1][0] == "/account/"
    assert "Je hebt hier geen wachtwoord" in antwoord.content.decode()


def test_a_change_that_cannot_be_logged_does_not_happen(
    client: Client, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log table refuses the line: a real constraint, so that nothing of ours is replaced."""
    ingelogd(client, teams.sanne)
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casussen_logregel ADD CONSTRAINT vol CHECK (daad <> 'veranderde_account')")
    antwoord = client.post("/account/wachtwoord/", {"oldpassword": WACHTWOORD, "password1": ZIN})
    assert antwoord.status_code == 500
    teams.sanne.refresh_from_db()
    assert teams.sanne.check_password(WACHTWOORD)


# How it is typed


@pytest.mark.parametrize(
    "wachtwoord", ["alleenkleineletterszonderietsanders", "  spaties vooraan kolibrie  ", "ZAAG9!é漢字 molen"]
)
def test_a_password_is_taken_exactly_as_it_was_typed(client: Client, teams: Teams, wachtwoord: str) -> None:
    ingelogd(client, teams.sanne)
    client.post("/account/wachtwoord/", {"oldpassword": WACHTWOORD, "password1": wachtwoord})
    teams.sanne.refresh_from_db()
    assert teams.sanne.check_password(wachtwoord)
    assert not teams.sanne.check_password(wachtwoord.strip().lower() + "x")
    assert is_binnen(_nieuw(teams.sanne, wachtwoord))


def test_a_password_is_hidden_while_typing_and_a_password_manager_may_fill_it_in(client: Client, teams: Teams) -> None:
    inloggen = client.get("/inloggen/").content.decode()
    assert re.search(r'name="password" type="password" autocomplete="current-password"', inloggen)
    pagina = ingelogd(client, teams.sanne).get("/account/wachtwoord/").content.decode()
    assert re.search(r'name="password1" type="password" autocomplete="new-password"', pagina)
    assert "onpaste" not in inloggen + pagina
