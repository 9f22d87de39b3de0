"""Fixtures that every test may use."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from pytest_django import Settings

from tests import cast, mailgeheim
from tests.voorraad import uit_voorraad


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many requests the crawler of tests/fuzz.py did."""
    geteld = [
        waarde
        for rapport in terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
        for naam, waarde in rapport.user_properties
        if naam == "verzoeken" and rapport.when == "call"
    ]
    if geteld:
        terminalreporter.write_line(f"Vijandige verzoeken: {sum(geteld)}.")


# They ask for everything as everybody. What they reach, other tests reach one by one: counting their lines as well
# takes minutes and adds nothing.
GEEN_DEKKING = {
    "test_toegangstabel",
    "test_koppen",
    "test_fuzz",
    "test_fuzz_formulieren",
    "test_opmaak",
    "test_scanners",
}


def pytest_collection_finish() -> None:
    """Everything is loaded now and stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leaves the tests that walk over the whole site out of the coverage."""
    for item in items:
        if item.path.stem in GEEN_DEKKING or item.path.parent.name == "browser":
            item.add_marker(pytest.mark.no_cover)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """No connection stays open after a request: the test database could not be removed at the end."""
    connection.settings_dict["CONN_MAX_AGE"] = 0


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Making an account costs nothing in a test; that real accounts use Argon2 is tested in test_instellingen.py."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def _own_cache(worker_id: str) -> None:
    """In Redis, each process of the suite has a database of its own: emptying it may touch nobody else's counts."""
    redis, _, database = str(django_settings.CACHES["default"].get("LOCATION", "")).rpartition("/")
    if redis.startswith("redis"):
        nummer = 0 if worker_id == "master" else int(worker_id.removeprefix("gw"))
        # The one below the broker's is of test_celery.py.
        django_settings.CACHES["default"]["LOCATION"] = f"{redis}/{int(database) - 2 - nummer}"
        caches.close_all()
        del caches["default"]  # it was made with the other address, while starting


@pytest.fixture(autouse=True)
def _nobody_tried_before(_own_cache: None) -> None:
    """How often somebody tried to sign in is counted in the cache; each test begins at nought."""
    cache.clear()


@pytest.fixture(autouse=True)
def _no_mail_names_a_family(request: pytest.FixtureRequest) -> Iterator[None]:
    """Looks at every mail that leaves in this test, while what the test wrote still stands in the database."""
    met_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if met_database or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        woorden = mailgeheim.woorden_uit_de_database
    else:
        woorden = set
    map_ = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    with mailgeheim.bewaakt(woorden, map_):
        yield


@pytest.fixture
def teams(request: pytest.FixtureRequest, db: None) -> cast.Teams:
    """Two organisations with staff, and the content sets."""
    if "kuipers" in request.fixturenames:
        kuipers: cast.Kuipers = request.getfixturevalue("kuipers")
        return kuipers.teams
    return uit_voorraad("teams", cast.maak_teams)


@pytest.fixture
def kuipers(db: None) -> cast.Kuipers:
    """The family Kuipers, ready to be fixed."""
    return uit_voorraad("kuipers", lambda: cast.maak_kuipers(cast.maak_teams()))


@pytest.fixture
def als_sanne(client: Client, teams: cast.Teams) -> Client:
    """A browser in which Sanne, the coordinator, is signed in."""
    client.force_login(teams.sanne)
    return client


@pytest.fixture(autouse=True)
def _log_can_be_emptied_by_the_test_runner(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests that commit are cleaned up with TRUNCATE, which the log refuses. Only the clean-up may do it."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    _trigger("ENABLE")
    yield
    _trigger("DISABLE")


def _trigger(state: str) -> None:
    with connection.cursor() as cursor:
        for tabel in ("logregel", "logzegel"):
            cursor.execute(f"ALTER TABLE casussen_{tabel} {state} TRIGGER {tabel}_niet_leegmaken")
        cursor.execute(f"ALTER TABLE casussen_vaststelling {state} TRIGGER vaststelling_niet_leegmaken")
