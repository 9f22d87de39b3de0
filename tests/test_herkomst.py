"""Every door tells the log which request it was and where that came from."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from casussen import actor
from casussen.acties.links import behandel_linkverzoeken
from casussen.berichten import links
from casussen.client import client_address, valid_number
from casussen.models import Logregel
from tests.cast import Kuipers

NUMMER = "0f8fad5b-d9cb-469f-a165-70867728950e"


def laatste() -> Logregel:
    regel = Logregel.objects.first()
    assert regel is not None
    return regel


# Which request


def vraag_een_link(client: Client) -> None:
    """The worker finds out later who it was, and still knows where it came from."""
    client.post("/link/nieuw/", {"email": "i.broekhuis@debrug.example"})
    behandel_linkverzoeken(door=actor.klok(), nu=timezone.now())


def test_reading_acting_and_a_link_all_leave_the_number_and_the_address(kuipers: Kuipers) -> None:
    client = Client(headers={"X-Request-ID": NUMMER}, REMOTE_ADDR="203.0.113.9")
    client.force_login(kuipers.teams.sanne)
    adres, _link = links.maak_link(kuipers.ilse, nu=timezone.now())
    token = adres.rstrip("/").rsplit("/", 1)[1]
    gezien = []
    doe: Callable[[], object]
    for doe in (
        lambda: client.get(reverse("casussen:stap", args=[kuipers.casus.pk, 1])),
        lambda: client.post(reverse("casussen:afspraak_vervalt", args=[kuipers.casus.pk, kuipers.praat_bij.pk])),
        lambda: client.get(f"/t/{token}/"),
        lambda: client.post(f"/t/{token}/", {"ik": "1", "wat": "verder"}),
        lambda: client.post(f"/t/{token}/deel/{kuipers.ilse.pk}/bereikbaar/", {"versie": 1, "dagen": [2]}),
        lambda: vraag_een_link(client),
    ):
        doe()
        gezien.append((laatste().actor_soort, laatste().daad, laatste().request_id, laatste().bron))
    nummer = UUID(NUMMER).hex
    assert gezien == [
        ("medewerker", "las", nummer, "203.0.113.9"),
        ("medewerker", "liet_afspraak_vervallen", nummer, "203.0.113.9"),
        ("deelnemer", "las", nummer, "203.0.113.9"),
        ("deelnemer", "opende_link", nummer, "203.0.113.9"),
        ("deelnemer", "wijzigde_bereikbaarheid", nummer, "203.0.113.9"),
        ("klok", "vroeg_nieuwe_link", nummer, "203.0.113.9"),
    ]


def test_without_a_number_from_outside_every_request_gets_one_of_its_own(client: Client, db: None) -> None:
    nummers = {client.get("/inloggen/").headers["X-Request-ID"] for _keer in range(3)}
    assert len(nummers) == 3
    assert all(valid_number(nummer) == nummer for nummer in nummers)


@pytest.mark.parametrize("nummer", [NUMMER, NUMMER.upper(), UUID(NUMMER).hex])
def test_a_uuid_from_outside_is_kept_in_one_spelling(client: Client, db: None, nummer: str) -> None:
    antwoord = client.get("/inloggen/", headers={"X-Request-ID": nummer})
    assert antwoord.headers["X-Request-ID"] == UUID(NUMMER).hex


@pytest.mark.parametrize(
    "nummer", ["Merkteken", f"{{{NUMMER}}}", f"urn:uuid:{NUMMER}", f" {NUMMER} x", "", "0" * 31, "0" * 4000, "é" * 32]
)
def test_anything_else_from_outside_is_forgotten(client: Client, db: None, nummer: str) -> None:
    gekregen = client.get("/inloggen/", headers={"X-Request-ID": nummer}).headers["X-Request-ID"]
    assert len(gekregen) == 32
    assert gekregen != UUID(NUMMER).hex


# Where from


@pytest.mark.parametrize(
    ("proxies", "doorgestuurd", "bron"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.1"),
        (1, " , ,", "192.0.2.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "fe80::1%eth0", "fe80::1"),
        (1, "<script>", None),
        (1, "203.0.113.9:4711", None),
    ],
)
def test_only_what_our_own_proxies_add_is_believed(
    settings: Settings, proxies: int, doorgestuurd: str, bron: str | None
) -> None:
    settings.VERTROUWDE_PROXIES = proxies
    vraag = RequestFactory().get("/", headers={"X-Forwarded-For": doorgestuurd}, REMOTE_ADDR="192.0.2.1")
    assert client_address(vraag) == bron


def test_an_address_that_is_none_does_not_stop_anybody(kuipers: Kuipers, settings: Settings) -> None:
    client = Client(headers={"X-Forwarded-For": "onzin"}, REMOTE_ADDR="")
    client.force_login(kuipers.teams.sanne)
    assert client.get(reverse("casussen:stap", args=[kuipers.casus.pk, 1])).status_code == 200
    assert laatste().bron is None
