"""A real provider of work accounts on this machine (package oidc-provider-mock), and walking through it by hand."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from socket import socket
from urllib.parse import urlsplit

import httpx
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

BEGIN = "/inloggen/werkaccount/"


@dataclass(frozen=True)
class Aanbieder:
    """The municipality's provider; everybody in it is known by a subject."""

    issuer: str

    def ken(self, sub: str, **claims: object) -> None:
        """Makes or changes an account there."""
        httpx.put(f"{self.issuer}/users/{sub}", json=claims).raise_for_status()

    def zegt_ja(self, adres: str, sub: str) -> str:
        """in: where our site sent the browser, who signs in there; out: where the provider sends the browser."""
        return self._antwoord(adres, {"sub": sub})

    def zegt_nee(self, adres: str) -> str:
        """The same for whoever presses the button to stop."""
        return self._antwoord(adres, {"action": "deny"})

    def _antwoord(self, adres: str, keuze: dict[str, str]) -> str:
        terug = httpx.post(adres, data=keuze)
        assert terug.status_code == 302, terug.text
        plek = urlsplit(terug.headers["Location"])
        return f"{plek.path}?{plek.query}"


@contextmanager
def draai() -> Iterator[Aanbieder]:
    """Runs the provider in a process of its own."""
    with socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    opdracht = [sys.executable, "-m", "oidc_provider_mock", "--port", str(poort)]
    with subprocess.Popen(opdracht, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as proces:
        try:
            yield _wacht(Aanbieder(f"http://127.0.0.1:{poort}"), proces)
        finally:
            proces.terminate()


def _wacht(aanbieder: Aanbieder, proces: "subprocess.Popen[bytes]") -> Aanbieder:
    for _keer in range(600):
        assert proces.poll() is None, "the provider did not start"
        try:
            httpx.get(f"{aanbieder.issuer}/.well-known/openid-configuration").raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return aanbieder
    raise AssertionError("the provider does not answer")


def zet_aan(settings: Settings, issuer: str) -> None:
    """The settings of a site whose municipality has work accounts."""
    settings.OIDC_ISSUER = issuer
    app = {
        "provider_id": "werkaccount", "name": settings.OIDC_NAAM, "client_id": "handreiking", "secret": "geheim",
        "settings": {"server_url": issuer},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def log_in(client: Client, aanbieder: Aanbieder, sub: str) -> HttpResponseBase:
    """Presses the button, signs in at the provider, and comes back; out: what our site then says."""
    return client.get(aanbieder.zegt_ja(client.post(BEGIN)["Location"], sub))
