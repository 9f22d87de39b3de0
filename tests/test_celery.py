"""The whole road of a mail: an act, the broker, a real worker in its own process, a real mail server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings as site
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from casussen.models import Bericht
from casussen.models.bericht import BerichtStatus
from handreiking import celery_app
from tests.cast import Kuipers
from tests.mailserver import Mailserver, mailserver

REDIS = "redis://127.0.0.1:6379/14"
GEDULD = 60  # seconds; only a broken worker needs them all


def _redis_draait() -> bool:
    try:
        with redis.Redis.from_url(REDIS, socket_timeout=2) as klant:
            return bool(klant.ping())
    except redis.RedisError:
        return False


BROKERS = ["filesystem", *(["redis"] if _redis_draait() else [])]


@pytest.fixture(params=BROKERS)
def broker(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a queue of our own, for this process and for the worker."""
    if request.param == "redis":
        opties = {"global_keyprefix": f"test-{tmp_path.name}-{os.getpid()}:"}
        adres = REDIS
    else:
        # The same folders as those of the worker, which gets tmp_path as VAR_DIR.
        wachtrij = tmp_path / "celery" / "wachtrij"
        wachtrij.mkdir(parents=True)
        opties = {"data_folder_in": str(wachtrij), "data_folder_out": str(wachtrij)}
        opties["control_folder"] = str(tmp_path / "celery" / "besturing")
        adres = "filesystem://"
    monkeypatch.setenv("CELERY_BROKER_URL", adres)
    monkeypatch.setitem(celery_app.conf, "broker_transport_options", opties)
    return adres


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server."""
    with mailserver(settings) as draaiend:
        yield draaiend


@pytest.fixture
def begin_werker(broker: str, server: Mailserver, tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts `celery worker` on the database of this test, as often as one asks."""
    werkers: list[subprocess.Popen[bytes]] = []
    database = connection.settings_dict
    omgeving = {
        **os.environ,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "tests.werker",
        "VAR_DIR": str(tmp_path),
        "CELERY_BROKER_URL": broker,
        "TEST_WACHTRIJ": celery_app.conf.broker_transport_options.get("global_keyprefix", ""),
        "EMAIL_URL": f"smtp://127.0.0.1:{server.poort}",
        "DATABASE_URL": "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database),
    }
    opdracht = [sys.executable, "-m", "celery", "-A", "handreiking", "worker", "--pool", "solo", "-l", "INFO"]

    def begin() -> subprocess.Popen[bytes]:
        with (tmp_path / f"werker-{len(werkers)}.log").open("wb") as logboek:
            werker = subprocess.Popen(
                [*opdracht, "--without-gossip", "--without-mingle", "--without-heartbeat"],
                env=omgeving,
                cwd=site.BASE_DIR,
                stdout=logboek,
                stderr=subprocess.STDOUT,
            )
        werkers.append(werker)
        return werker

    yield begin
    for werker in werkers:
        werker.terminate()
        werker.wait(GEDULD)
    if broker == REDIS:
        with redis.Redis.from_url(broker) as klant:
            eigen = list(klant.scan_iter(f"{omgeving['TEST_WACHTRIJ']}*"))
            if eigen:
                klant.delete(*eigen)


def wacht_op(feit: Callable[[], bool], tmp_path: Path) -> None:
    """Returns once it is so; what the worker said goes with the failure."""
    grens = time.monotonic() + GEDULD
    while not feit():
        if time.monotonic() > grens:
            gezegd = "\n".join(pad.read_text() for pad in sorted(tmp_path.glob("werker-*.log")))
            raise AssertionError(f"it never happened; the worker said:\n{gezegd}")
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_fixing_a_version_leads_to_mails_through_a_real_worker(
    kuipers: Kuipers, server: Mailserver, begin_werker: Callable[[], object], tmp_path: Path
) -> None:
    begin_werker()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wacht_op(lambda: not Bericht.objects.exclude(status=BerichtStatus.VERSTUURD).exists(), tmp_path)
    assert sorted(server.aan) == [
        "a.soedamah@ggz.example",
        "bart@gezin.example",
        "esra@gezin.example",
        "i.broekhuis@debrug.example",
        "r.assink@delinde.example",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_while_sending_leaves_one_mail_uncertain_and_the_others_arrive_once(
    kuipers: Kuipers,
    server: Mailserver,
    begin_werker: Callable[[], subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    server.vertraging = GEDULD
    werker = begin_werker()
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    wacht_op(lambda: server.bezig_met == 1, tmp_path)
    werker.send_signal(signal.SIGKILL)
    werker.wait(GEDULD)
    onzeker = Bericht.objects.get(status=BerichtStatus.BEZIG)
    server.vertraging = 0
    assert berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=11)) == 4
    onzeker.refresh_from_db()
    assert onzeker.status == BerichtStatus.ONZEKER
    assert len(set(server.aan)) == len(server.aan) == 4
    assert onzeker.ontvanger.email not in server.aan
