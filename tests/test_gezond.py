"""/gezond/ tells the truth about database, broker, clock and mail, also when they are away."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from casussen import berichten, tasks
from casussen.berichten import wachtrij
from casussen.models import Bericht, Hartslag
from casussen.models.bericht import BerichtSoort, BerichtStatus
from handreiking import celery_app
from tests.cast import Kuipers


@pytest.fixture(autouse=True)
def _broker_in_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The filesystem transport, which is always there."""
    monkeypatch.setenv("CELERY_BROKER_URL", "filesystem://")
    mappen = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path)}
    monkeypatch.setitem(celery_app.conf, "broker_transport_options", mappen)


@pytest.fixture
def zwijger() -> Iterator[str]:
    """A broker that lets everyone in and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as deur:
        yield f"redis://127.0.0.1:{deur.getsockname()[1]}/0"


def stand(antwoord: HttpResponseBase) -> dict[str, Any]:
    """What it says."""
    assert isinstance(antwoord, JsonResponse)
    gelezen: dict[str, Any] = json.loads(antwoord.content)
    return gelezen


def test_all_is_well(client: Client, db: None) -> None:
    tasks.hartslag()
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == 200
    gelezen = stand(antwoord)
    assert gelezen["hartslag_seconden"] < 60
    assert gelezen == {
        "ok": True,
        "database": True,
        "broker": True,
        "hartslag_seconden": gelezen["hartslag_seconden"],
        "oudste_bericht_seconden": None,
    }
    assert client.head("/gezond/").status_code == 200
    assert client.post("/gezond/").status_code == 405


def test_a_clock_that_never_ticked_fails(client: Client, db: None) -> None:
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == 503
    assert stand(antwoord)["hartslag_seconden"] is None


@pytest.mark.parametrize(("minuten", "code"), [(4, 200), (6, 503)])
def test_a_clock_that_stands_still_fails_after_five_minutes(client: Client, db: None, minuten: int, code: int) -> None:
    Hartslag.objects.create(naam="klok", op=timezone.now() - timedelta(minutes=minuten))
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == code
    assert stand(antwoord)["hartslag_seconden"] // 60 == minuten
    tasks.hartslag()
    assert client.get("/gezond/").status_code == 200


@pytest.mark.parametrize(
    ("status", "minuten", "code"),
    [
        (BerichtStatus.KLAAR, 14, 200),
        (BerichtStatus.KLAAR, 16, 503),
        (BerichtStatus.VERSTUURD, 60, 200),
        (BerichtStatus.KLAAR, -60, 200),
    ],
)
def test_mail_that_waits_longer_than_a_quarter_fails(
    client: Client, kuipers: Kuipers, status: str, minuten: int, code: int
) -> None:
    tasks.hartslag()
    berichten.zet_klaar(soort=BerichtSoort.TAAK, aan=kuipers.ruben, casus=kuipers.casus, oorzaak="test")
    Bericht.objects.update(status=status, niet_voor=timezone.now() - timedelta(minutes=minuten))
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == code
    assert (stand(antwoord)["oudste_bericht_seconden"] is None) == (status != BerichtStatus.KLAAR or minuten < 0)


@pytest.mark.parametrize("adres", ["redis://127.0.0.1:1/0", "redis://:geheim@127.0.0.1:1/0", "zwijger"])
def test_a_broker_that_is_away_or_silent_fails_and_is_not_waited_for(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, zwijger: str, adres: str
) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", zwijger if adres == "zwijger" else adres)
    tasks.hartslag()
    antwoord = client.get("/gezond/")
    assert antwoord.status_code == 503
    assert stand(antwoord)["broker"] is False
    assert stand(antwoord)["database"] is True
    assert b"geheim" not in antwoord.content


def test_without_a_broker_nobody_gets_an_error_and_the_mail_waits(
    kuipers: Kuipers, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    with django_capture_on_commit_callbacks(execute=True):
        berichten.zet_klaar(soort=BerichtSoort.TAAK, aan=kuipers.ruben, casus=kuipers.casus, oorzaak="test")
        wachtrij.wek_postbode()
    assert Bericht.objects.get().status == BerichtStatus.KLAAR


def test_without_a_database_it_still_answers(
    client: Client, django_db_setup: None, django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_db_blocker.unblock():
        connection.close()
        with monkeypatch.context() as tijdelijk:
            tijdelijk.setitem(connection.settings_dict, "PORT", "1")
            antwoord = client.get("/gezond/")
        assert antwoord.status_code == 503
        assert stand(antwoord) == {
            "ok": False,
            "database": False,
            "broker": True,
            "hartslag_seconden": None,
            "oudste_bericht_seconden": None,
        }
        connection.close()
