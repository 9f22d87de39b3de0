"""A forgotten password: the way to a new one, and nothing that tells who has an account."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen.models import Bericht, Logregel, Medewerker
from casussen.models.bericht import BerichtSoort
from tests.accounts import (
    ZIN,
    code,
    is_binnen,
    link_in,
    log_in,
    mails,
    met_codeapp,
    zonder_csrf,
)
from tests.cast import WACHTWOORD, Teams

VERGETEN = "/wachtwoord-vergeten/"


def vraag_link(client: Client, email: str) -> str:
    """Asks for a link; out: everything that the browser then shows."""
    antwoord = client.post(VERGETEN, {"email": email}, follow=True)
    return f"{antwoord.redirect_chain} {zonder_csrf(antwoord)}"


def kies(client: Client, link: str, wachtwoord: str) -> str:
    """Opens a link and chooses a password; out: the page after it."""
    formulier = client.get(link, follow=True)
    pad = formulier.redirect_chain[-1][0] if formulier.redirect_chain else link
    return client.post(pad, {"password1": wachtwoord}, follow=True).content.decode()


def _nieuw(medewerker: Medewerker, wachtwoord: str) -> Client:
    """Another browser that tries to sign in."""
    client = Client()
    log_in(client, medewerker, wachtwoord)
    return client


def test_the_mail_leads_to_a_new_password(client: Client, teams: Teams) -> None:
    vraag_link(client, teams.sanne.email)
    (brief,) = mails(teams.sanne)
    assert "één uur en één keer" in brief
    assert "Log nu in met je nieuwe wachtwoord" in kies(client, link_in(brief), ZIN)
    assert not is_binnen(client)
    assert is_binnen(_nieuw(teams.sanne, ZIN))
    assert "Je wachtwoord is veranderd" in mails(teams.sanne)[-1]


def test_no_token_stands_in_the_database(client: Client, teams: Teams) -> None:
    vraag_link(client, teams.sanne.email)
    (brief,) = mails(teams.sanne)
    token = link_in(brief).rstrip("/").rsplit("/", 1)[1]
    rijen = [str(rij) for model in (Bericht, Logregel, Medewerker) for rij in model._default_manager.values()]
    assert len(token) > 30
    assert not [rij for rij in rijen if token in rij]


def test_a_link_works_once(client: Client, teams: Teams) -> None:
    vraag_link(client, teams.sanne.email)
    link = link_in(mails(teams.sanne)[0])
    kies(client, link, ZIN)
    assert "Deze link werkt niet meer" in kies(Client(), link, "oranje molen tapijt fluit")
    assert is_binnen(_nieuw(teams.sanne, ZIN))


def test_a_link_works_for_one_hour(client: Client, teams: Teams, settings: Settings) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600

    class Toen(PasswordResetTokenGenerator):
        """The generator, as its clock stood a while ago."""

        geleden = timedelta(minutes=61)

        def _now(self) -> datetime:
            return timezone.localtime().replace(tzinfo=None) - self.geleden

    vraag_link(client, teams.sanne.email)
    begin = link_in(mails(teams.sanne)[0]).rstrip("/").rsplit("/", 1)[0]
    assert "Deze link werkt niet meer" in kies(client, f"{begin}/{Toen().make_token(teams.sanne)}/", ZIN)
    Toen.geleden = timedelta(minutes=58)
    assert "Log nu in" in kies(client, f"{begin}/{Toen().make_token(teams.sanne)}/", ZIN)


def test_after_a_new_password_the_second_step_is_still_asked(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    vraag_link(client, teams.sanne.email)
    kies(client, link_in(mails(teams.sanne)[0]), ZIN)
    assert log_in(client, teams.sanne, ZIN)["Location"] == "/inloggen/code/"
    assert not is_binnen(client)
    client.post("/inloggen/code/", {"code": code()})
    assert is_binnen(client)


def test_a_new_password_ends_the_sessions_that_were_open(client: Client, teams: Teams) -> None:
    ander = _nieuw(teams.sanne, WACHTWOORD)
    vraag_link(client, teams.sanne.email)
    kies(client, link_in(mails(teams.sanne)[0]), ZIN)
    assert not is_binnen(ander)


def test_an_hour_brings_one_mail_however_often_is_asked(client: Client, teams: Teams) -> None:
    for _keer in range(4):
        vraag_link(client, teams.sanne.email)
    assert len(mails(teams.sanne)) == 1


@pytest.mark.parametrize("wie", ["onbekend", "gestopt", "zonder wachtwoord"])
def test_nothing_tells_whether_an_address_has_an_account(client: Client, teams: Teams, wie: str) -> None:
    bekend = vraag_link(client, teams.sanne.email)
    if wie == "gestopt":
        Medewerker.objects.filter(pk=teams.joost.pk).update(is_active=False)
    else:
        teams.joost.set_unusable_password()
        teams.joost.save()
    email = "niemand@noord.example" if wie == "onbekend" else teams.joost.email
    zonder = vraag_link(Client(), email)
    assert zonder == bekend
    assert Bericht.objects.filter(soort=BerichtSoort.WACHTWOORD).count() == 1
    # Both leave one line in the log, so that even the work done is alike.
    assert Logregel.objects.filter(daad="vroeg_nieuw_wachtwoord").count() == 2
