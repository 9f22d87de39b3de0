"""A session ends by itself, on the server; and whoever typed something then loses nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from casussen import tasks
from casussen.session import SINCE
from handreiking import settings as instellingen
from tests import cast

KWARTIER = 15 * 60


def duurt_nog(client: Client) -> float:
    """How many seconds the session in this browser would last."""
    sessie = Session.objects.get(session_key=client.session.session_key)
    return (sessie.expire_date - timezone.now()).total_seconds()


def zet_klok(client: Client, **over: int) -> None:
    """As if the session was used so long ago that it ends then."""
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() + timedelta(**over)
    )


def ingelogd_sinds(client: Client, **geleden: int) -> None:
    sessie = client.session
    sessie[SINCE] -= int(timedelta(**geleden).total_seconds())
    sessie.save()


def test_without_anything_done_a_session_ends_after_a_quarter_of_an_hour(als_sanne: Client) -> None:
    assert KWARTIER - 10 < duurt_nog(als_sanne) <= KWARTIER
    zet_klok(als_sanne, seconds=-1)
    assert als_sanne.get("/casussen/").headers["Location"] == "/inloggen/?next=/casussen/"


@pytest.mark.parametrize(
    "doe",
    [
        lambda client: client.get("/casussen/"),
        lambda client: client.get("/casussen/", headers={"HX-Request": "true"}),
        lambda client: client.post("/sessie/"),
    ],
)
def test_everything_that_is_done_gives_the_full_time_again(als_sanne: Client, doe: Callable[[Client], object]) -> None:
    zet_klok(als_sanne, seconds=30)
    doe(als_sanne)
    assert KWARTIER - 10 < duurt_nog(als_sanne) <= KWARTIER


def test_asking_how_long_it_lasts_does_not_make_it_longer(als_sanne: Client, teams: cast.Teams) -> None:
    zet_klok(als_sanne, seconds=100)
    stand = als_sanne.get("/sessie/").json()
    assert 90 < stand["seconden"] <= 100
    assert stand["wie"] == teams.sanne.pk
    assert duurt_nog(als_sanne) <= 100


def test_after_twelve_hours_whoever_goes_on_working_signs_in_again(als_sanne: Client) -> None:
    ingelogd_sinds(als_sanne, hours=11, minutes=58)
    assert als_sanne.get("/casussen/").status_code == 200
    assert 100 < als_sanne.post("/sessie/").json()["seconden"] <= 120
    ingelogd_sinds(als_sanne, minutes=3)
    assert als_sanne.get("/sessie/").json() == {"seconden": 0}
    assert als_sanne.get("/casussen/").status_code == 302
    assert not Session.objects.exists()


def test_a_session_from_before_this_rule_ends_at_once(als_sanne: Client) -> None:
    sessie = als_sanne.session
    del sessie[SINCE]
    sessie.save()
    assert als_sanne.get("/casussen/").status_code == 302


def test_a_visitor_has_no_session_and_gets_none(client: Client, db: None) -> None:
    for pad in ("/sessie/", "/inloggen/", "/t/dit-is-geen-token/"):
        client.get(pad)
    assert client.get("/sessie/").json() == client.post("/sessie/").json() == {"seconden": 0}
    assert not Session.objects.exists()


def test_the_answer_brings_a_token_with_which_an_old_form_can_be_sent(kuipers: cast.Kuipers) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(kuipers.teams.sanne)
    token = client.get("/sessie/").json()["csrf"]
    adres = reverse("casussen:antwoord", args=[kuipers.casus.pk, "wie_mist"])
    data = {"wie_mist-versie": 0, "wie_mist-tekst": "De trainer."}
    assert client.post(adres, data, headers={"X-CSRFToken": "x" * 32}).status_code == 403
    assert client.post(adres, data, headers={"X-CSRFToken": token}).status_code == 302


def test_the_page_tells_the_script_how_long_and_for_whom(als_sanne: Client, settings: Settings) -> None:
    pagina = als_sanne.get("/casussen/").content.decode()
    assert f'data-seconden="{settings.SESSIE_MINUTEN * 60}"' in pagina
    assert "js/sessie.js" in pagina
    assert "js/sessie.js" not in Client().get("/inloggen/").content.decode()


def test_every_night_sessions_that_ended_are_thrown_away(als_sanne: Client, teams: cast.Teams) -> None:
    ander = Client()
    ander.force_login(teams.joost)
    zet_klok(als_sanne, seconds=-1)
    tasks.ruim_sessies_op()
    assert [sessie.session_key for sessie in Session.objects.all()] == [ander.session.session_key]
    assert instellingen.CELERY_BEAT_SCHEDULE["sessies"]["task"] == "casussen.tasks.ruim_sessies_op"


# A plain form, sent after the end


def test_a_form_of_somebody_who_is_signed_out_gives_back_what_was_typed(client: Client, kuipers: cast.Kuipers) -> None:
    stap = reverse("casussen:stap", args=[kuipers.casus.pk, 5])
    adres = reverse("casussen:afspraak_vervalt", args=[kuipers.casus.pk, kuipers.praat_bij.pk])
    data = {
        "tekst": "Ik bel <b>de school</b>.",
        "oldpassword": "een geheim met spaties",
        "wachtwoord1": "nog een geheim hier",
        "token": "ook dit niet",
        "keuze": "ja",
    }
    antwoord = client.post(adres, data, headers={"Referer": f"http://testserver{stap}?orde=datum"})
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 403
    assert "Ik bel &lt;b&gt;de school&lt;/b&gt;." in pagina
    assert "Je bent uitgelogd" in pagina
    assert f'href="/inloggen/?next={stap}"' in pagina
    assert not [geheim for geheim in ("geheim", "ook dit niet", "<b>") if geheim in pagina]
    kuipers.praat_bij.refresh_from_db()
    assert kuipers.praat_bij.vervallen_op is None


@pytest.mark.parametrize(
    "vorige", ["", "https://kwaad.example/stap/", "//kwaad.example/", "javascript:alert(1)", "http://testserver.kwaad/"]
)
def test_the_way_on_after_signing_in_never_leads_elsewhere(client: Client, db: None, vorige: str) -> None:
    pagina = client.post("/casussen/nieuw/", {}, headers={"Referer": vorige}).content.decode()
    assert 'href="/inloggen/?next=/casussen/"' in pagina
    assert "kwaad" not in pagina


def test_a_part_of_a_page_leads_to_the_login_page_and_the_script_keeps_the_text(client: Client, db: None) -> None:
    antwoord = client.post("/casussen/nieuw/", {"naam": "Gezin De Boer"}, headers={"HX-Request": "true"})
    assert (antwoord.status_code, antwoord.headers["Location"]) == (302, "/inloggen/?next=/casussen/nieuw/")
