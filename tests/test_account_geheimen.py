"""The secrets of a second step: unreadable in the database, and what happens when the key changes."""

from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from handreiking import geheim
from tests.accounts import GEHEIM, code, is_binnen, log_in, met_codeapp
from tests.cast import Teams


def test_the_secret_of_a_phone_stands_encrypted_in_the_database(teams: Teams) -> None:
    codes = met_codeapp(teams.sanne)
    opgeslagen = str([stap.data for stap in Authenticator.objects.filter(user=teams.sanne)])
    assert GEHEIM not in opgeslagen
    assert len(codes) == 10


def test_with_another_secret_key_the_page_says_what_to_do(client: Client, teams: Teams, settings: Settings) -> None:
    met_codeapp(teams.sanne)
    oud = settings.SECRET_KEY
    settings.SECRET_KEY = "een-heel-andere-sleutel-dan-waarmee-het-geheim-is-bewaard-0123456789"
    log_in(client, teams.sanne)
    antwoord = client.post("/inloggen/code/", {"code": code()})
    assert "Vraag je beheerder om hem uit te zetten" in antwoord.content.decode()
    settings.SECRET_KEY_FALLBACKS = [oud]
    client.post("/inloggen/code/", {"code": code()})
    assert is_binnen(client)


def test_recovery_codes_stand_nowhere_to_be_read(teams: Teams) -> None:
    codes = met_codeapp(teams.sanne)
    opgeslagen = str(list(Authenticator.objects.values()))
    assert not [een for een in codes if een in opgeslagen]
    zaad = Authenticator.objects.get(user=teams.sanne, type="recovery_codes").data["seed"]
    assert geheim.ontsleutel(zaad) not in opgeslagen
