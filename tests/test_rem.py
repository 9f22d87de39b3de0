"""Limits: whoever tries too often waits, nobody else does, and without the cache every door still works."""

import pytest
from django.core.cache import caches
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django import Settings

from casussen import rem
from casussen.acties.vaststellen import stel_vast
from casussen.models import Logregel, Toegangslink
from tests.cast import Kuipers
from tests.taaklink import tekst, token

DRIE = rem.Grens("test", hooguit=3)
RAADT, ANDER = "203.0.113.9", "198.51.100.4"


def van(adres: str) -> HttpRequest:
    """A request from this address."""
    return RequestFactory().get("/", REMOTE_ADDR=adres)


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def zonder_cache(settings: Settings) -> None:
    """The cache does not answer."""
    weg = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": weg}


def test_three_tries_may_and_the_fourth_not_each_on_his_own(db: None) -> None:
    assert [rem.tel(DRIE, RAADT) for _keer in range(4)] == [True, True, True, False]
    assert rem.is_vol(DRIE, RAADT)
    assert not rem.is_vol(DRIE, ANDER)
    assert rem.tel(DRIE, ANDER)
    assert rem.tel(rem.Grens("iets-anders", hooguit=3), RAADT)
    assert not rem.tel(DRIE, RAADT)


def test_looking_does_not_count(db: None) -> None:
    assert not any(rem.is_vol(DRIE, RAADT) for _keer in range(10))


def test_it_begins_again_after_its_time(db: None) -> None:
    voorbij = rem.Grens("kort", hooguit=1, seconden=0)  # a time that is over at once
    assert [rem.tel(voorbij, RAADT) for _keer in range(3)] == [True, True, True]


def test_the_cache_holds_no_token_and_no_address(settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rem"}}
    rem.tel(DRIE, "geheim-token", RAADT)
    gezet = " ".join(caches["default"]._cache)  # type: ignore[attr-defined]  # its keys
    assert "rem:test:" in gezet
    assert "geheim" not in gezet
    assert RAADT not in gezet


def test_an_ipv6_visitor_has_a_whole_network_of_addresses(db: None) -> None:
    assert rem.adres(van("2001:db8::1")) == rem.adres(van("2001:db8::ffff")) == "2001:db8::/64"
    assert rem.adres(van("2001:db8:0:1::1")) != rem.adres(van("2001:db8::1"))
    assert rem.adres(van(RAADT)) == RAADT
    assert rem.adres(van("")) == ""


def test_without_the_cache_nobody_is_refused(zonder_cache: None) -> None:
    assert all(rem.tel(DRIE, RAADT) for _keer in range(5))
    assert not rem.is_vol(DRIE, RAADT)


def test_without_the_cache_every_door_still_works(vast: Kuipers, zonder_cache: None, client: Client) -> None:
    assert client.get(f"/t/{token(vast.ruben)}/").status_code == 200
    assert client.get("/t/verzonnen/").status_code == 410
    assert client.post("/t/verzonnen/nieuw/").status_code == 200
    assert client.post("/link/nieuw/", {"email": "niemand@nergens.example"}).status_code == 200


# At the doors


@pytest.mark.parametrize("soort", ["t", "o"])
def test_thirty_links_that_do_not_open_close_the_door_for_one_visitor_only(vast: Kuipers, soort: str) -> None:
    raadt, ander = Client(REMOTE_ADDR=RAADT), Client(REMOTE_ADDR=ANDER)
    codes = [raadt.get(f"/{soort}/raad-{nummer}/").status_code for nummer in range(31)]
    assert codes == [410] * 30 + [429]
    goede = token(vast.ruben)
    geweigerd = raadt.get(f"/t/{goede}/")
    assert (geweigerd.status_code, geweigerd["Retry-After"]) == (429, "300")
    assert "Wacht vijf minuten" in tekst(geweigerd)
    assert ander.get(f"/t/{goede}/").status_code == 200


def test_what_was_typed_comes_back_from_a_closed_door(vast: Kuipers) -> None:
    client = Client(REMOTE_ADDR=RAADT)
    for nummer in range(30):
        client.get(f"/t/raad-{nummer}/")
    adres = f"/t/{token(vast.ruben)}/afspraak/{vast.belt_zondag.pk}/"
    antwoord = client.post(adres, {"soort": "vraag", "tekst": "Kan het ook op <b>zaterdag</b>?", "inhoud_versie": 1})
    assert antwoord.status_code == 429
    assert "Kan het ook op <b>zaterdag</b>?" in tekst(antwoord)
    assert b"<b>zaterdag" not in antwoord.content


def test_an_office_behind_one_address_is_not_counted_when_its_links_open(vast: Kuipers) -> None:
    kantoor = [Client(REMOTE_ADDR=RAADT) for _mens in range(4)]
    mensen = [vast.ruben, vast.ilse, vast.amrita, vast.sanne]
    adressen = [f"/t/{token(mens)}/" for mens in mensen]
    paren = list(zip(kantoor, adressen, strict=True)) * 20
    assert {client.get(adres).status_code for client, adres in paren} == {200}


def test_one_link_is_asked_for_a_hundred_and_twenty_times_and_its_owner_elsewhere_still_comes_in(
    vast: Kuipers,
) -> None:
    druk, eigenaar = Client(REMOTE_ADDR=RAADT), Client(REMOTE_ADDR=ANDER)
    adres = f"/t/{token(vast.ruben)}/"
    codes = [druk.head(adres).status_code for _keer in range(121)]
    assert codes == [200] * 120 + [429]
    assert druk.get(f"/t/{token(vast.ruben)}/").status_code == 200  # another link
    assert eigenaar.get(adres).status_code == 200


def test_what_is_refused_for_coming_too_often_is_not_read_and_not_logged(vast: Kuipers) -> None:
    client = Client(REMOTE_ADDR=RAADT)
    for nummer in range(30):
        client.get(f"/o/raad-{nummer}/")
    adres, eerst = f"/t/{token(vast.ruben)}/", Logregel.objects.count()
    antwoord = client.post(adres, {"ik": "1", "wat": "verder"})
    assert antwoord.status_code == 429
    assert Logregel.objects.count() == eerst
    assert not antwoord.cookies
    assert not Toegangslink.objects.filter(gebonden_tot__isnull=False).exists()
