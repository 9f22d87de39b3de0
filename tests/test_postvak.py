"""The demo's mailbox: there with the demo's e-mail backend, and nowhere else."""

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import clear_url_caches
from django.utils import timezone
from pytest_django import Settings

import casussen.urls
import handreiking.urls
from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from tests.cast import Kuipers
from tests.gezinnen import anders, vastgesteld


def _adressen_opnieuw() -> None:
    """The addresses are decided at the start of the site; this is another start."""
    importlib.reload(casussen.urls)
    importlib.reload(handreiking.urls)
    clear_url_caches()


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A site with the demo's e-mail backend."""
    vorige = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
    settings.POSTVAK_DIR = tmp_path
    _adressen_opnieuw()
    yield
    settings.EMAIL_BACKEND = vorige
    _adressen_opnieuw()


@pytest.mark.usefixtures("demo")
def test_it_shows_every_mail_with_links_to_press(client: Client, kuipers: Kuipers) -> None:
    assert "Nog geen mail" in client.get("/postvak/").content.decode()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    berichten.verstuur_alles(nu=timezone.now())
    pagina = client.get("/postvak/").content.decode()
    assert "5 mails" in pagina
    for adres in ("r.assink@delinde.example", "bart@gezin.example"):
        assert adres in pagina
    taken = re.findall(r'<a href="http://127\.0\.0\.1:8000(/t/[\w-]+/)"', pagina)
    assert len(taken) == 3
    assert client.get(taken[0]).status_code == 200


@pytest.mark.usefixtures("demo")
def test_what_waits_for_another_day_is_told(client: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    berichten.verstuur_alles(nu=timezone.now())
    assert "wachten nog" not in client.get("/postvak/").content.decode()
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    berichten.verstuur_alles(nu=timezone.now())
    pagina = client.get("/postvak/").content.decode()
    assert "5 mails" in pagina
    assert "Er wachten nog 5 berichten" in pagina
    assert "Iedereen krijgt hooguit één mail per dag." in pagina


def test_it_is_absent_with_a_real_mail_server(client: Client, db: None, kuipers: Kuipers) -> None:
    client.force_login(kuipers.teams.sanne)
    assert client.get("/postvak/").status_code == 404
