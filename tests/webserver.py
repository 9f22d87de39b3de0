"""The real web server with the settings of production, for tests of what only it does: logs, limits, errors."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
SECONDEN_OM_TE_STARTEN = 60


@dataclass
class Antwoord:
    """What came back."""

    status: int
    koppen: Mapping[str, str]
    tekst: str


@dataclass
class Webserver:
    """One gunicorn; `log` is the file in which everything lands that it writes."""

    poort: int
    log: Path

    def regels(self) -> str:
        """Everything that was logged until now."""
        return self.log.read_text()

    def vraag(self, methode: str, pad: str, body: str | None = None, **koppen: str) -> Antwoord:
        """One request, as the proxy of the operator passes it on. `X_Y` in `koppen` becomes the header X-Y."""
        eigen = {"Host": "handreiking.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
        eigen |= {naam.replace("_", "-"): waarde for naam, waarde in koppen.items()}
        lijn = http.client.HTTPConnection("127.0.0.1", self.poort, timeout=30)
        try:
            lijn.request(methode, pad, body, eigen)
            antwoord = lijn.getresponse()
            return Antwoord(antwoord.status, dict(antwoord.getheaders()), antwoord.read().decode(errors="replace"))
        finally:
            lijn.close()

    def ruw(self, tekst: str) -> None:
        """Sends something that is no request."""
        with socket.create_connection(("127.0.0.1", self.poort), timeout=10) as lijn:
            lijn.sendall(tekst.encode())
            lijn.recv(1000)


def database_van_de_test() -> str:
    """The address of the database in which this test wrote."""
    wat = connection.settings_dict
    return f"postgresql://{wat['USER']}:{wat['PASSWORD']}@{wat['HOST']}:{wat['PORT']}/{wat['NAME']}"


@contextmanager
def webserver(map_: Path, database: str, **anders: str) -> Iterator[Webserver]:
    """A web server as in production.

    in: a folder for its log, the address of the database, settings of the environment that are different; out: the
    server, until the end.
    """
    server = Webserver(_vrije_poort(), map_ / "web.log")
    omgeving = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(settings.VAR_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "handreiking.example",
        "SITE_URL": "https://handreiking.example",
        "DATABASE_URL": database,
        "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp+tls://handreiking:geheim-van-de-mail@mail.example:587",
        "VERTROUWDE_PROXIES": "1",
        "WEB_CONCURRENCY": "1",
    } | anders
    opdracht = [sys.executable, "-m", "gunicorn", "--config", "python:handreiking.webserver", "handreiking.wsgi"]
    opdracht += ["--bind", f"127.0.0.1:{server.poort}"]
    with (
        server.log.open("w") as uit,
        subprocess.Popen(opdracht, cwd=ROOT, env=omgeving, stdout=uit, stderr=uit) as proces,
    ):
        try:
            _wacht(server, proces)
            yield server
        finally:
            proces.terminate()
            proces.wait(timeout=30)


def _vrije_poort() -> int:
    with socket.socket() as probeer:
        probeer.bind(("127.0.0.1", 0))
        return int(probeer.getsockname()[1])


def _wacht(server: Webserver, proces: subprocess.Popen[bytes]) -> None:
    uiterlijk = time.monotonic() + SECONDEN_OM_TE_STARTEN
    while True:
        try:
            server.vraag("GET", "/static/js/sessie.js")
            return
        except OSError:
            assert proces.poll() is None, server.regels()
            assert time.monotonic() < uiterlijk, server.regels()
            time.sleep(0.1)
