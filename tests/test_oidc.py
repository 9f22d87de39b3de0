"""Signing in with the municipality's own account, against a real provider: who comes in, and who does not."""

import logging
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.db import connection
from django.test import Client
from pytest_django import Settings

from casussen.models import Logregel, Medewerker
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.accounts import ingelogd, is_binnen, met_codeapp
from tests.beheer import pagina, velden
from tests.cast import Teams
from tests.daden import alles
from tests.taaklink import tekst
from tests.werkaccount import BEGIN, Aanbieder, draai, log_in, zet_aan

SANNE = "0f4c-sanne"


@pytest.fixture(scope="session")
def provider() -> Iterator[Aanbieder]:
    """The municipality's provider, one for all tests of a process."""
    with draai() as aanbieder:
        yield aanbieder


@pytest.fixture
def aanbieder(provider: Aanbieder, settings: Settings, teams: Teams) -> Aanbieder:
    """The provider, switched on here; Sanne has an account there with the same address."""
    zet_aan(settings, provider.issuer)
    provider.ken(SANNE, email="S.Wolters@noord.example", email_verified=True, name="Sanne Wolters")
    return provider


# Coming in


def test_the_button_comes_first_on_the_page_to_sign_in(client: Client, aanbieder: Aanbieder) -> None:
    inloggen = tekst(client.get("/inloggen/?next=/casussen/nieuw/"))
    assert inloggen.index("Inloggen met je werkaccount") < inloggen.index("E-mail van je werk")
    assert f'action="{BEGIN}"' in inloggen


def test_without_a_provider_there_is_no_button_and_no_way(client: Client, teams: Teams) -> None:
    assert "werkaccount" not in tekst(client.get("/inloggen/"))
    assert client.post(BEGIN).status_code == 404
    assert client.get(f"{BEGIN}terug/?code=x&state=y").status_code == 404


def test_the_way_there_carries_a_state_and_a_challenge_and_no_secret(client: Client, aanbieder: Aanbieder) -> None:
    antwoord = client.post(BEGIN)
    assert antwoord["Location"].startswith(f"{aanbieder.issuer}/oauth2/authorize?")
    vraag = parse_qs(urlsplit(antwoord["Location"]).query)
    assert vraag["redirect_uri"] == ["http://testserver/inloggen/werkaccount/terug/"]
    assert vraag["response_type"] == ["code"]
    assert vraag["code_challenge_method"] == ["S256"]
    assert len(vraag["code_challenge"][0]) == 43
    assert len(vraag["state"][0]) == 16
    assert "geheim" not in antwoord["Location"]


def test_whoever_has_an_account_here_comes_in_by_the_verified_address(
    client: Client, aanbieder: Aanbieder, teams: Teams
) -> None:
    antwoord = log_in(client, aanbieder, SANNE)
    assert (antwoord.status_code, antwoord["Location"]) == (302, "/casussen/")
    assert client.session["_auth_user_id"] == str(teams.sanne.pk)
    assert SocialAccount.objects.get().user == teams.sanne
    daden = Logregel.objects.filter(medewerker_id=teams.sanne.pk).values_list("daad", flat=True)
    assert {"koppelde_werkaccount", "logde_in"} <= set(daden)
    # The own password still works: another way in is no reason to take one away.
    assert Medewerker.objects.get(pk=teams.sanne.pk).check_password(cast.WACHTWOORD)


def test_after_the_first_time_the_subject_counts_and_not_the_address(
    client: Client, aanbieder: Aanbieder, teams: Teams
) -> None:
    log_in(client, aanbieder, SANNE)
    aanbieder.ken(SANNE, email="j.tenhove@noord.example", email_verified=False)
    nog_eens = Client()
    assert log_in(nog_eens, aanbieder, SANNE).status_code == 302
    assert nog_eens.session["_auth_user_id"] == str(teams.sanne.pk)
    assert SocialAccount.objects.count() == 1


def test_it_leads_to_the_page_that_was_asked_for_and_never_to_another_site(
    client: Client, aanbieder: Aanbieder
) -> None:
    for gevraagd, naar in (
        ("/casussen/nieuw/", "/casussen/nieuw/"),
        ("https://kwaad.example/", "/casussen/"),
        ("//kwaad.example/", "/casussen/"),
        ("/\\kwaad.example/", "/casussen/"),
    ):
        browser = Client()
        begin = browser.post(BEGIN, {"next": gevraagd})
        assert browser.get(aanbieder.zegt_ja(begin["Location"], SANNE))["Location"] == naar


def test_the_session_gets_another_number(client: Client, aanbieder: Aanbieder) -> None:
    begin = client.post(BEGIN)
    voor = client.session.session_key
    client.get(aanbieder.zegt_ja(begin["Location"], SANNE))
    assert client.session.session_key != voor


def test_whoever_was_signed_in_before_is_out(client: Client, aanbieder: Aanbieder, teams: Teams) -> None:
    client.force_login(teams.karin)
    log_in(client, aanbieder, SANNE)
    assert client.session["_auth_user_id"] == str(teams.sanne.pk)


# The second step


def test_the_second_step_is_asked_here_unless_the_provider_asks_it(
    client: Client, aanbieder: Aanbieder, teams: Teams, settings: Settings
) -> None:
    met_codeapp(teams.sanne)
    assert log_in(client, aanbieder, SANNE)["Location"] == "/inloggen/code/"
    assert not is_binnen(client)
    settings.OIDC_MFA = True
    daarna = Client()
    assert log_in(daarna, aanbieder, SANNE)["Location"] == "/casussen/"
    assert is_binnen(daarna)


def test_relying_on_the_provider_counts_for_that_sign_in_only(
    client: Client, aanbieder: Aanbieder, teams: Teams, settings: Settings
) -> None:
    settings.OIDC_MFA = settings.MFA_VERPLICHT = True
    log_in(client, aanbieder, SANNE)
    assert is_binnen(client)
    client.post("/uitloggen/")
    client.post("/inloggen/", {"login": teams.sanne.email, "password": cast.WACHTWOORD})
    assert client.get("/casussen/")["Location"] == "/account/tweede-stap/"
    # A refusal leaves nothing behind either.
    aanbieder.ken("vreemd", email="vreemd@elders.example", email_verified=True)
    geweigerd = Client()
    log_in(geweigerd, aanbieder, "vreemd")
    assert "oidc_mfa" not in geweigerd.session


def test_who_has_a_work_account_only_shows_it_again_before_typing_in_beheer(
    client: Client, aanbieder: Aanbieder, teams: Teams
) -> None:
    Medewerker.objects.filter(pk=teams.bea.pk).update(password="!")
    aanbieder.ken("bea", email=teams.bea.email, email_verified=True)
    log_in(client, aanbieder, "bea")
    plek = pagina(teams.joost)
    assert client.get(plek).status_code == 200
    sessie = client.session
    sessie["account_authentication_methods"][-1]["at"] -= 11 * 60
    sessie.save()
    vraag = client.get(plek)
    assert vraag["Location"] == f"{BEGIN}opnieuw/?next={plek.replace('/', '%2F')}"
    assert f'name="next" value="{plek}"' in tekst(client.get(vraag["Location"]))
    # What was typed before that is not lost.
    assert client.post(plek, velden(teams.joost, naam="Joost Ander")).status_code == 302
    assert Medewerker.objects.get(pk=teams.joost.pk).naam == "Joost Ander"
    begin = client.post(BEGIN, {"next": plek, "opnieuw": "1"})
    assert parse_qs(urlsplit(begin["Location"]).query)["prompt"] == ["login"]
    assert client.get(aanbieder.zegt_ja(begin["Location"], "bea"))["Location"] == plek
    assert client.get(plek).status_code == 200


def test_who_has_a_password_is_asked_for_that(client: Client, aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("bea", email=teams.bea.email, email_verified=True)
    log_in(client, aanbieder, "bea")
    sessie = client.session
    sessie["account_authentication_methods"][-1]["at"] -= 11 * 60
    sessie.save()
    assert client.get(pagina(teams.joost))["Location"].startswith("/account/opnieuw/?")
    assert client.get(f"{BEGIN}opnieuw/").status_code == 404


# Not coming in


def onbekend(aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("x", email="vreemd@elders.example", email_verified=True)


def niet_bevestigd(aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("x", email=teams.sanne.email, email_verified=False)


def bevestigd_in_woorden(aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("x", email=teams.sanne.email, email_verified="false")


def zonder_bevestiging(aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("x", email=teams.sanne.email)


def zonder_adres(aanbieder: Aanbieder, teams: Teams) -> None:
    aanbieder.ken("x", email_verified=True)


def gestopt(aanbieder: Aanbieder, teams: Teams) -> None:
    Medewerker.objects.filter(pk=teams.joost.pk).update(is_active=False)
    aanbieder.ken("x", email=teams.joost.email, email_verified=True)


def adres_van_een_voorganger(aanbieder: Aanbieder, teams: Teams) -> None:
    """Sanne left the municipality; a new colleague got her address."""
    log_in(Client(), aanbieder, SANNE)
    aanbieder.ken("x", email=teams.sanne.email, email_verified=True)


@pytest.mark.parametrize(
    "wie",
    [
        onbekend,
        niet_bevestigd,
        bevestigd_in_woorden,
        zonder_bevestiging,
        zonder_adres,
        gestopt,
        adres_van_een_voorganger,
    ],
)
def test_everybody_who_is_refused_gets_the_same_page_and_no_account(
    client: Client, aanbieder: Aanbieder, teams: Teams, wie: object
) -> None:
    assert callable(wie)
    wie(aanbieder, teams)
    koppelingen = SocialAccount.objects.count()
    aantal = Medewerker.objects.count()
    antwoord = log_in(client, aanbieder, "x")
    assert antwoord.status_code == 403
    zinnen = tekst(antwoord)
    assert "Vraag je beheerder of er een account voor je is" in zinnen
    assert not [woord for woord in ("Sanne", "Joost", "noord.example", "elders.example") if woord in zinnen]
    assert not is_binnen(client)
    assert (Medewerker.objects.count(), SocialAccount.objects.count()) == (aantal, koppelingen)


def test_a_stopped_account_does_not_come_in_by_its_subject_either(
    client: Client, aanbieder: Aanbieder, teams: Teams
) -> None:
    log_in(Client(), aanbieder, SANNE)
    Medewerker.objects.filter(pk=teams.sanne.pk).update(is_active=False)
    assert log_in(client, aanbieder, SANNE).status_code == 403
    assert not is_binnen(client)


def test_another_provider_with_the_same_subject_is_somebody_else(
    client: Client, aanbieder: Aanbieder, teams: Teams, settings: Settings
) -> None:
    log_in(Client(), aanbieder, SANNE)
    zet_aan(settings, aanbieder.issuer.replace("127.0.0.1", "localhost"))
    aanbieder.ken(SANNE, email="iemand@anders.example", email_verified=True)
    assert log_in(client, aanbieder, SANNE).status_code == 403


def test_who_stops_halfway_comes_back_to_a_page_that_says_so(client: Client, aanbieder: Aanbieder) -> None:
    antwoord = client.get(aanbieder.zegt_nee(client.post(BEGIN)["Location"]))
    assert antwoord.status_code == 401
    assert "Probeer het nog een keer." in tekst(antwoord)


@pytest.mark.parametrize("kant", ["state", "code"])
def test_a_way_back_that_is_not_ours_opens_nothing(client: Client, aanbieder: Aanbieder, kant: str) -> None:
    terug = aanbieder.zegt_ja(client.post(BEGIN)["Location"], SANNE)
    vervalst = terug.replace(f"{kant}=", f"{kant}=x", 1)
    assert client.get(vervalst).status_code == 401
    assert not is_binnen(client)


def test_the_way_back_works_once_and_in_the_same_browser_only(client: Client, aanbieder: Aanbieder) -> None:
    terug = aanbieder.zegt_ja(client.post(BEGIN)["Location"], SANNE)
    assert Client().get(terug).status_code == 401
    assert client.get(terug).status_code == 302
    client.post("/uitloggen/")
    assert client.get(terug).status_code == 401


def test_a_provider_in_trouble_gives_a_page_and_no_error(
    client: Client, aanbieder: Aanbieder, settings: Settings
) -> None:
    zet_aan(settings, "http://127.0.0.1:9")
    antwoord = client.post(BEGIN)
    assert antwoord.status_code == 503
    assert "Inloggen lukte niet" in tekst(antwoord)


# What stays behind


def test_no_token_and_no_claim_of_the_provider_is_kept_or_logged(
    client: Client, aanbieder: Aanbieder, caplog: pytest.LogCaptureFixture
) -> None:
    aanbieder.ken(SANNE, email="s.wolters@noord.example", email_verified=True, birthdate="1980-05-05", geheim="claim-x")
    caplog.set_level(logging.DEBUG)
    terug = aanbieder.zegt_ja(client.post(BEGIN)["Location"], SANNE)
    client.get(terug)
    assert not SocialToken.objects.exists()
    koppeling = SocialAccount.objects.get()
    assert koppeling.extra_data == {}
    assert SANNE not in koppeling.uid
    (code,) = parse_qs(urlsplit(terug).query)["code"]
    # What the test itself asks the provider is logged by httpx.
    gelogd = " ".join(regel.getMessage() for regel in caplog.records if not regel.name.startswith("http"))
    assert "/oauth2/token" in gelogd
    for plek in (gelogd, str(alles(ook_log=True)), str(dict(client.session))):
        for woord in (code, SANNE, "claim-x", "1980-05-05"):
            assert woord not in plek
    assert "s.wolters" not in gelogd


def test_a_beheerder_unlinks_the_account_and_the_address_decides_again(
    client: Client, aanbieder: Aanbieder, teams: Teams
) -> None:
    adres_van_een_voorganger(aanbieder, teams)
    browser = ingelogd(Client(), teams.bea)
    assert "Met het werkaccount." in tekst(browser.get(pagina(teams.sanne)))
    antwoord = browser.post(pagina(teams.sanne), velden(teams.sanne, _ontkoppel="1"), follow=True)
    assert "Het werkaccount is losgemaakt." in tekst(antwoord)
    assert Logregel.objects.filter(daad="ontkoppelde_werkaccount", medewerker_id=teams.bea.pk).exists()
    assert log_in(client, aanbieder, "x").status_code == 302


def test_signing_in_costs_the_same_with_a_hundred_colleagues(aanbieder: Aanbieder, teams: Teams) -> None:
    log_in(Client(), aanbieder, SANNE)  # the first time links the account
    with connection.execute_wrapper(alleen := _Teller()):
        log_in(Client(), aanbieder, SANNE)
    for nummer in range(100):
        cast.medewerker("Collega", f"collega{nummer}@noord.example", teams.noord, TeamRol.TEAMLID)
    with connection.execute_wrapper(met_honderd := _Teller()):
        log_in(Client(), aanbieder, SANNE)
    # One session more of her own is looked at; her colleagues are not.
    assert met_honderd.aantal < alleen.aantal + 10


class _Teller:
    aantal = 0

    def __call__(self, execute: object, *rest: object) -> object:
        self.aantal += 1
        assert callable(execute)
        return execute(*rest)
