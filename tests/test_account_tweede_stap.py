"""The second step: switching it on and off, signing in with it, and who must have one."""

import re

import pytest
from django.conf import settings as instellingen
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from casussen.acties import accounts
from casussen.models import Logregel
from tests import cast
from tests.accounts import (
    code,
    daden,
    ingelogd,
    is_binnen,
    klaar,
    log_in,
    mails,
    met_codeapp,
    soorten,
    verkeerde_code,
)
from tests.cast import Teams

APP = "/account/tweede-stap/app/"


@pytest.fixture
def sanne(client: Client, teams: Teams) -> Client:
    """Sanne signed in a moment ago."""
    return ingelogd(client, teams.sanne)


def geheim_op(client: Client) -> str:
    """Opens the page that switches the code app on; out: the secret that it shows."""
    gevonden = re.search(r'class="hr-code">([A-Z2-7]+)<', client.get(APP).content.decode())
    assert gevonden
    return gevonden[1]


# Switching on and off


def test_the_code_of_a_phone_is_switched_on_with_a_code_and_gives_recovery_codes(sanne: Client, teams: Teams) -> None:
    antwoord = sanne.post(APP, {"code": code(geheim_op(sanne))}, follow=True)
    assert soorten(teams.sanne) == {"totp", "recovery_codes"}
    codes = re.findall(r'class="hr-code">(\d{8})<', antwoord.content.decode())
    assert len(codes) == len(set(codes)) == 10
    bestand = sanne.get("/account/tweede-stap/herstelcodes/bestand/").content.decode()
    assert re.findall(r"^\d{8}$", bestand, re.MULTILINE) == codes


def test_the_owner_hears_that_the_second_step_is_on_and_the_mail_holds_no_secret(sanne: Client, teams: Teams) -> None:
    geheim = geheim_op(sanne)
    sanne.post(APP, {"code": code(geheim)})
    (brief,) = mails(teams.sanne)
    assert "Je logt nu in met een code van je telefoon" in brief
    assert "Was jij dit niet?" in brief
    assert geheim not in brief
    assert daden(teams.sanne)[-1] == ("veranderde_account", ["code-app-aan"])


def test_a_wrong_code_switches_nothing_on(sanne: Client, teams: Teams) -> None:
    geheim_op(sanne)
    antwoord = sanne.post(APP, {"code": verkeerde_code()})
    assert "Deze code klopt niet" in antwoord.content.decode()
    assert soorten(teams.sanne) == set()


def test_switching_off_also_ends_the_recovery_codes(sanne: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    assert "herstelcodes niet meer" in sanne.get(f"{APP}weg/").content.decode()
    sanne.post(f"{APP}weg/")
    assert soorten(teams.sanne) == set()
    assert klaar(teams.sanne) == ["code-app-uit"]


def test_new_recovery_codes_replace_the_old_ones(sanne: Client, teams: Teams) -> None:
    oud = met_codeapp(teams.sanne)
    sanne.post("/account/tweede-stap/herstelcodes/nieuw/")
    pagina = sanne.get("/account/tweede-stap/herstelcodes/").content.decode()
    assert not [een for een in oud if een in pagina]
    assert klaar(teams.sanne) == ["herstelcodes"]


# Signing in


def test_the_password_alone_is_not_enough(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    assert log_in(client, teams.sanne)["Location"] == "/inloggen/code/"
    assert not is_binnen(client)
    assert client.post("/inloggen/code/", {"code": verkeerde_code()}).status_code == 200
    assert not is_binnen(client)
    assert client.post("/inloggen/code/", {"code": code()})["Location"] == "/casussen/"
    assert is_binnen(client)


def test_a_code_works_once(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    eenmalig = code()
    log_in(client, teams.sanne)
    client.post("/inloggen/code/", {"code": eenmalig})
    ander = Client()
    log_in(ander, teams.sanne)
    ander.post("/inloggen/code/", {"code": eenmalig})
    assert is_binnen(client)
    assert not is_binnen(ander)


def test_a_recovery_code_opens_once_and_the_owner_hears_of_it(client: Client, teams: Teams) -> None:
    eerste, *_rest = met_codeapp(teams.sanne)
    log_in(client, teams.sanne)
    client.post("/inloggen/code/", {"code": eerste})
    assert is_binnen(client)
    assert klaar(teams.sanne) == ["herstelcode-gebruikt"]
    ander = Client()
    log_in(ander, teams.sanne)
    ander.post("/inloggen/code/", {"code": eerste})
    assert not is_binnen(ander)


def test_a_wrong_code_after_the_right_password_warns_the_owner_once_a_day(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    log_in(client, teams.sanne)
    for _keer in range(3):
        client.post("/inloggen/code/", {"code": verkeerde_code()})
    (brief,) = mails(teams.sanne)
    assert "Iemand gaf je goede wachtwoord" in brief
    assert [daad for daad, _velden in daden(teams.sanne)].count("gaf_verkeerde_code") == 3


def test_the_page_for_the_code_opens_only_after_the_password(client: Client, teams: Teams) -> None:
    assert client.get("/inloggen/code/")["Location"] == "/inloggen/"


# Who must have one


@pytest.fixture
def verplicht(settings: Settings) -> None:
    """As in production."""
    settings.MFA_VERPLICHT = True


@pytest.mark.parametrize(
    "pad", ["/casussen/", "/casussen/nieuw/", "/account/", "/account/wachtwoord/", "/account/apparaten/", "/beheer/"]
)
@pytest.mark.usefixtures("verplicht")
def test_without_a_second_step_nothing_opens_but_the_page_to_switch_it_on(
    sanne: Client, teams: Teams, pad: str
) -> None:
    antwoord = sanne.get(pad)
    assert antwoord["Location"] == "/account/tweede-stap/"
    assert sanne.post(pad)["Location"] == "/account/tweede-stap/"


@pytest.mark.usefixtures("verplicht")
def test_no_family_is_read_before_the_second_step(client: Client, kuipers: cast.Kuipers) -> None:
    ingelogd(client, kuipers.teams.sanne)
    antwoord = client.get(f"/casussen/{kuipers.casus.pk}/stap/1/", follow=True)
    assert "Kuipers" not in antwoord.content.decode()
    assert not Logregel.objects.filter(daad="las").exists()


@pytest.mark.usefixtures("verplicht")
def test_whoever_signs_in_without_one_is_led_through_it_and_then_comes_in(client: Client, teams: Teams) -> None:
    log_in(client, teams.sanne)
    pagina = client.get("/casussen/", follow=True)
    assert pagina.redirect_chain[-1][0] == "/account/tweede-stap/"
    assert "Kies eerst een tweede stap" in pagina.content.decode()
    client.post(APP, {"code": code(geheim_op(client))})
    assert is_binnen(client)


@pytest.mark.usefixtures("verplicht")
def test_whoever_has_one_is_not_stopped(sanne: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    assert is_binnen(sanne)
    assert sanne.get("/account/").status_code == 200


@pytest.mark.usefixtures("verplicht")
def test_signing_out_and_the_pages_of_a_link_always_open(sanne: Client, teams: Teams) -> None:
    assert sanne.get("/link/nieuw/").status_code == 200
    assert sanne.get("/t/dit-is-geen-token/").status_code == 410
    assert sanne.post("/uitloggen/")["Location"] == "/inloggen/"


@pytest.mark.usefixtures("verplicht")
def test_a_part_of_a_page_leads_the_whole_page_there(sanne: Client) -> None:
    antwoord = sanne.get("/casussen/", headers={"HX-Request": "true"})
    assert antwoord["HX-Redirect"] == "/account/tweede-stap/"
    assert antwoord.content == b""


@pytest.mark.parametrize("vertrouwd", [True, False])
@pytest.mark.usefixtures("verplicht")
def test_the_second_step_of_the_municipality_counts_when_the_operator_says_so(
    sanne: Client, settings: Settings, vertrouwd: bool
) -> None:
    settings.OIDC_MFA = vertrouwd
    sessie = sanne.session
    sessie["oidc_mfa"] = True
    sessie.save()
    assert is_binnen(sanne) is vertrouwd


def test_in_the_demo_and_in_development_nobody_must() -> None:
    assert instellingen.DEBUG or instellingen.MFA_VERPLICHT is False
    assert instellingen.MFA_VERPLICHT is False


# Somebody who lost everything


@pytest.mark.parametrize("wie", ["joost", "karin", "mieke"])
def test_only_a_manager_of_the_own_organisation_switches_it_off(teams: Teams, wie: str) -> None:
    met_codeapp(teams.sanne)
    with pytest.raises(PermissionDenied):
        accounts.zet_tweede_stap_uit(door=cast.deur(getattr(teams, wie)), medewerker=teams.sanne)
    assert soorten(teams.sanne) == {"totp", "recovery_codes"}


def test_a_manager_helps_somebody_who_lost_phone_and_codes(client: Client, teams: Teams) -> None:
    met_codeapp(teams.sanne)
    log_in(client, teams.sanne)
    client.post("/inloggen/code/", {"code": code()})
    accounts.zet_tweede_stap_uit(door=cast.deur(teams.bea), medewerker=teams.sanne)
    assert soorten(teams.sanne) == set()
    assert not is_binnen(client)
    assert log_in(client, teams.sanne)["Location"] == "/casussen/"
    (brief,) = mails(teams.sanne)
    assert "Een beheerder heeft je tweede stap uitgezet" in brief
    regel = Logregel.objects.get(velden=["tweede-stap-uit"])
    assert (regel.medewerker_id, regel.object_id) == (teams.bea.pk, str(teams.sanne.pk))
