"""What the programs log: which request it was and what went wrong, and nothing about anybody."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_guid.context import guid
from django_guid.log_filters import CorrelationId

from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Organisatie
from handreiking import logs
from tests.cast import Kuipers
from tests.webserver import Antwoord, Webserver, database_van_de_test, webserver

TOKEN = "Zq3_een-token-van-een-link-9f2b4c6d"
EEN_ID = "11111111-2222-3333-4444-555555555555"
NUMMER = "0f8fad5bd9cb469fa16570867728950e"
# What may never stand in a log, whoever writes it.
MERKTEKENS = ["Merkteken", "merk@gezin.example", TOKEN, "06-0000 7777"]


@pytest.fixture
def log() -> tuple[logging.Logger, Callable[[], dict[str, str]]]:
    """A logger as in production, and what it wrote last."""
    waar = StringIO()
    handler = logging.StreamHandler(waar)
    handler.setFormatter(logs.Json())
    handler.addFilter(CorrelationId("request_id"))
    handler.addFilter(logs.WithoutData())
    logger = logging.Logger("proef")
    logger.addHandler(handler)

    def laatste() -> dict[str, str]:
        gelezen: dict[str, str] = json.loads(waar.getvalue().splitlines()[-1])
        return gelezen

    return logger, laatste


# One line


def test_a_line_says_when_how_bad_who_what_and_for_which_request(log: tuple[logging.Logger, Any]) -> None:
    logger, laatste = log
    nummer = guid.set(NUMMER)
    logger.warning("mail %s not accepted", 7, extra={"request": "<WSGIRequest: GET '/t/x'>", "bsn": "Merkteken"})
    guid.reset(nummer)
    regel = laatste()
    assert regel.pop("time")[:4] == str(timezone.now().year)
    assert regel == {
        "level": "WARNING", "logger": "proef", "message": "mail 7 not accepted", "request_id": NUMMER
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tekst", "wordt"),
    [
        (f"Not Found: /t/{TOKEN}/", "Not Found: /t/…/"),
        (f"Gone: /o/{TOKEN}/overzicht.pdf", "Gone: /o/…/overzicht.pdf"),
        ("Not Found: /t/kort", "Not Found: /t/…"),
        (f"/uitnodiging/{TOKEN}/", "/uitnodiging/…/"),
        ("/agenda/kort.ics", "/agenda/…"),
        (f"/mail/{EEN_ID}.{TOKEN}/", "/mail/…/"),
        ("/account/wachtwoord/1-c8xyz-0123456789abcdef0123456789abcdef/", "/account/wachtwoord/…/"),
        (f"GET https://handreiking.example/t/{TOKEN}/", "GET https://handreiking.example/t/…/"),
        ('"GET /casussen/?zoek=Merkteken HTTP/1.1" 200', '"GET /casussen/?… HTTP/1.1" 200'),
        ("to merk@gezin.example failed", "to … failed"),
        ("Key (email)=(merk@gezin.example)", "Key (email)=(…)"),
        (f"/casussen/{EEN_ID}/stap/2/", f"/casussen/{EEN_ID}/stap/2/"),
        ("Listening at: http://0.0.0.0:8000 (7)", "Listening at: http://0.0.0.0:8000 (7)"),
        ("Invalid request from ip=192.0.2.1: Merkteken\nregel 2", "Invalid request"),
    ],
)  # fmt: skip
def test_tokens_searches_and_addresses_stay_out(tekst: str, wordt: str) -> None:
    assert logs.without_data(tekst) == wordt


def test_of_an_exception_stay_type_and_place_and_not_what_it_says(log: tuple[logging.Logger, Any]) -> None:
    logger, laatste = log
    getypt = "".join(["Merk", "teken"])  # a line of code that is in the log is no data
    try:
        try:
            raise ValidationError(getypt)
        except ValidationError as fout:
            raise RuntimeError(f"{getypt}, {fout}") from fout
    except RuntimeError as fout:
        logger.exception("%s went wrong: %s", fout, f"{fout} {fout!r}")
    regel = laatste()
    assert "Merkteken" not in str(regel)
    assert "test_logs.py" in regel["exception"]
    assert "django.core.exceptions.ValidationError" in regel["exception"]
    assert regel["exception"].rstrip().endswith("RuntimeError")
    assert regel["message"] == "RuntimeError went wrong: RuntimeError RuntimeError"


def test_an_error_of_the_database_names_its_rule_and_never_the_row(log: tuple[logging.Logger, Any], db: None) -> None:
    logger, laatste = log
    Organisatie.objects.create(naam="Merkteken")
    with pytest.raises(IntegrityError) as fout, transaction.atomic():
        Organisatie.objects.create(naam="MERKTEKEN")
    assert "merkteken" in str(fout.value)
    logger.error("not saved: %s", str(fout.value), exc_info=fout.value)
    assert "erkteken" not in str(laatste())
    assert "23505 organisatie_naam_uniek" in laatste()["exception"]


def test_a_text_of_more_lines_is_one_line_in_the_log(log: tuple[logging.Logger, Any]) -> None:
    logger, laatste = log
    logger.warning("een\n2026-01-01 INFO nep")
    assert laatste()["message"] == "een\n2026-01-01 INFO nep"


# The real server


@pytest.fixture
def kapot(transactional_db: None) -> Iterator[None]:
    """A rule in the database that refuses every change of a helper, and says the whole row."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casussen_deelnemer ADD CONSTRAINT kapot CHECK (versie < 2) NOT VALID")
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casussen_deelnemer DROP CONSTRAINT kapot")


class Formulier:
    """A form on a page that came back, to be sent as a browser does."""

    def __init__(self, pagina: Antwoord) -> None:
        self.token = next(iter(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', pagina.tekst)), "")
        self.koekje = pagina.koppen.get("Set-Cookie", "").split(";")[0]

    def stuur(self, server: Webserver, pad: str, velden: str) -> Antwoord:
        """in: the address and the fields; out: the answer."""
        koppen = {"Content_Type": "application/x-www-form-urlencoded", "Origin": "https://handreiking.example"}
        body = f"csrfmiddlewaretoken={self.token}&{velden}"
        return server.vraag("POST", pad, body, Cookie=self.koekje, **koppen)


def test_a_real_server_with_real_errors_logs_nothing_about_anybody(
    transactional_db: None, kapot: None, kuipers: Kuipers, tmp_path: Path
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    adres, _link = links.maak_link(kuipers.ilse, nu=timezone.now())
    eigen = adres.rstrip("/").rsplit("/", 1)[1]
    with webserver(tmp_path, database_van_de_test()) as server:
        # Something goes wrong with what somebody typed.
        pagina = server.vraag("GET", f"/t/{eigen}/", X_Request_ID=NUMMER)
        assert pagina.status == 200, pagina.tekst + server.regels()
        binnen = Formulier(Formulier(pagina).stuur(server, f"/t/{eigen}/", "ik=1&wat=verder"))
        bereikbaar = f"/t/{eigen}/deel/{kuipers.ilse.pk}/bereikbaar/"
        stuk = binnen.stuur(server, bereikbaar, "versie=1&dagen=1&vervanger=Merkteken+06-0000+7777")
        # There is no Redis here, so nobody can count how often somebody tried.
        wacht = Formulier(server.vraag("GET", "/inloggen/")).stuur(
            server, "/inloggen/", "login=merk@gezin.example&password=Merkteken"
        )
        # And everything else that a log might repeat.
        server.vraag("GET", f"/t/{TOKEN}/")
        server.vraag("GET", f"/o/{TOKEN}/nergens/")
        server.vraag("GET", "/nergens/?zoek=Merkteken&mail=merk@gezin.example")
        server.vraag("GET", "/inloggen/", Host="Merkteken.example")
        server.vraag("POST", "/inloggen/", "login=merk@gezin.example&password=Merkteken", X_Request_ID="Merkteken")
        server.ruw("GET /Merkteken HTTP/9.9\r\nHost: Merkteken\r\n\r\n")
    log = server.regels()

    assert pagina.status == 200
    assert pagina.koppen["X-Request-ID"] == NUMMER
    assert stuk.status == 500
    regels = [json.loads(regel) for regel in log.splitlines()]
    geheim = [eigen, binnen.koekje.partition("=")[2], "geheim-van-de-mail", "198.51.100.7"]
    assert not [merk for merk in [*MERKTEKENS, *geheim] if merk in log]
    fout, zonder_redis = [regel for regel in regels if regel["level"] == "ERROR" and "request" in regel["logger"]]
    assert wacht.status == 503
    assert "redis.exceptions.ConnectionError" in zonder_redis["exception"]
    assert "IntegrityError" in fout["exception"]
    assert "23514 kapot" in fout["exception"]
    # The page names the same number as the log, and tells nothing else of what happened.
    assert fout["request_id"] == stuk.koppen["X-Request-ID"]
    assert f"<strong>{fout['request_id'][:8]}</strong>" in stuk.tekst
    assert not [woord for woord in ("Integrity", "kapot", "Traceback", "Merkteken") if woord in stuk.tekst]
    toegang = [regel for regel in regels if regel["logger"] == "gunicorn.access"]
    assert any(regel["message"].startswith("GET /t/…/ 200 ") for regel in toegang)
    assert NUMMER in {regel.get("request_id") for regel in toegang}
    assert {len(regel["request_id"]) for regel in toegang} == {32}


def test_without_a_database_the_page_says_to_wait(tmp_path: Path) -> None:
    with webserver(tmp_path, "postgresql://merk@127.0.0.1:1/merk") as server:
        antwoord = server.vraag("GET", "/casussen/", Cookie=f"__Host-sessie={uuid4().hex}")
    assert antwoord.status == 503
    assert antwoord.koppen["Retry-After"] == "60"
    assert antwoord.koppen["X-Request-ID"][:8] in antwoord.tekst
    assert "We zijn even niet bereikbaar" in antwoord.tekst
    assert "merk" not in server.regels()
