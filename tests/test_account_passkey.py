"""Passkeys: those of somebody else, and answers that no device made. Real ones are in tests/browser/test_passkey.py."""

import base64
import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts import ingelogd, is_binnen, soorten
from tests.cast import Teams


@pytest.fixture
def sanne(client: Client, teams: Teams) -> Client:
    """Sanne signed in a moment ago."""
    return ingelogd(client, teams.sanne)


@pytest.mark.parametrize("daad", ["", "weg/"])
def test_nobody_touches_the_passkey_of_somebody_else(sanne: Client, teams: Teams, daad: str) -> None:
    van_karin = Authenticator.objects.create(
        user=teams.karin, type="webauthn", data={"name": "sleutel van Karin", "credential": {}}
    )
    pad = f"/account/tweede-stap/passkeys/{van_karin.pk}/{daad}"
    assert sanne.get(pad).status_code == 404
    assert sanne.post(pad, {"name": "van mij"}).status_code == 404
    van_karin.refresh_from_db()
    assert van_karin.data["name"] == "sleutel van Karin"
    assert "sleutel van Karin" not in sanne.get("/account/tweede-stap/").content.decode()


# Answers that no device made


def _b64(bytes_: bytes) -> str:
    return base64.urlsafe_b64encode(bytes_).rstrip(b"=").decode()


def _antwoord(**response: object) -> dict[str, Any]:
    """Something that looks like the answer of a device."""
    return {"id": _b64(b"sleutel"), "rawId": _b64(b"sleutel"), "type": "public-key", "response": response}


KLANT = _b64(json.dumps({"type": "webauthn.get", "challenge": "x", "origin": "http://testserver"}).encode())
VERZONNEN = [
    {},
    [],
    1,
    "tekst",
    {"id": "x", "response": {"userHandle": "MQ"}},
    _antwoord(),
    _antwoord(userHandle="MQ", clientDataJSON=KLANT, authenticatorData=_b64(b"kort"), signature="x"),
    _antwoord(userHandle="MQ", clientDataJSON=KLANT, authenticatorData=_b64(bytes(37)), signature=_b64(b"x")),
    # A parser that makes so many bytes of a number would fill the memory.
    _antwoord(clientDataJSON=10**15, attestationObject=10**15),
    {**_antwoord(clientDataJSON=KLANT, userHandle="MQ"), "rawId": 10**15},
    _antwoord(clientDataJSON="!", attestationObject="!"),
    _antwoord(clientDataJSON=KLANT, attestationObject=_b64(b"\x81" * 5000)),
    _antwoord(clientDataJSON=KLANT, attestationObject=_b64(b"\xbf\xff")),
]


@pytest.mark.parametrize("antwoord", VERZONNEN)
def test_an_invented_passkey_opens_nothing_and_breaks_nothing(client: Client, teams: Teams, antwoord: object) -> None:
    client.get("/inloggen/passkey/", headers={"Accept": "application/json"})
    geweigerd = client.post("/inloggen/passkey/", {"credential": json.dumps(antwoord)})
    assert geweigerd["Location"] == "/inloggen/"
    assert not is_binnen(client)


@pytest.mark.parametrize("pad", ["/inloggen/passkey/", "/account/tweede-stap/passkeys/nieuw/"])
def test_a_passkey_that_is_nested_without_end_breaks_nothing(sanne: Client, pad: str) -> None:
    """The parser of JSON gives up where its stack ends, and that is no error that a form expects."""
    assert sanne.post(pad, {"name": "x", "credential": "[" * 100_000}).status_code in (200, 302)
    assert Client().post(pad, {"name": "x", "credential": "[" * 100_000}).status_code in (302, 403)


@pytest.mark.parametrize("antwoord", VERZONNEN)
def test_an_invented_passkey_is_not_added(sanne: Client, teams: Teams, antwoord: object) -> None:
    pad = "/account/tweede-stap/passkeys/nieuw/"
    sanne.get(pad)
    assert sanne.post(pad, {"name": "x", "credential": json.dumps(antwoord)}).status_code == 200
    assert soorten(teams.sanne) == set()


RAAR = st.recursive(
    st.none() | st.integers() | st.text(max_size=20) | st.binary(max_size=60).map(_b64),
    lambda kind: st.lists(kind, max_size=3) | st.dictionaries(st.text(max_size=8), kind, max_size=3),
    max_leaves=6,
)
DELEN = ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle")
VELDEN = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"), RAAR
    ),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(id_=RAAR, velden=VELDEN)
def test_whatever_is_sent_as_a_passkey_is_refused_calmly(
    client: Client, teams: Teams, id_: object, velden: dict[str, object]
) -> None:
    ingelogd(client, teams.sanne)
    for pad in ("/account/tweede-stap/passkeys/nieuw/", "/account/opnieuw/passkey/"):
        antwoord = client.post(
            pad, {"credential": json.dumps(_antwoord() | {"rawId": id_, "id": id_, "response": velden})}
        )
        assert antwoord.status_code in (200, 302, 429)
    assert soorten(teams.sanne) == set()
