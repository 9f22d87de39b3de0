"""`make test`: the whole suite on a real PostgreSQL, a real broker when there is one, and a real browser.

Runs in the virtual environment. Arguments go to pytest: `make test ARGS="-k mail"`; `make dekking` asks for coverage.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import redis

from database import embedded_postgres
from machine import ROOT, ensure_chromium, say
from processes import Stopped, stop_on_signals

VAR_DIR = ROOT / "var" / "tests"
OLDEST_POSTGRES = 140000  # what Django 5.2 supports
REDIS = "redis://127.0.0.1:6379/15"
# Nothing in a test is worth a wait for the disk.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def local_postgres() -> str | None:
    """The address of a PostgreSQL on this machine in which we may make databases; None when there is none."""
    # A name for each working copy, so that two of them can be tested at the same time.
    name = f"handreiking_{hashlib.sha256(bytes(ROOT)).hexdigest()[:8]}"
    for user in ("postgres", getpass.getuser()):
        server = f"postgresql://{user}@127.0.0.1:5432"
        try:
            with psycopg.connect(f"{server}/postgres", connect_timeout=3) as connection:
                query = "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
                row = connection.execute(query).fetchone()
                if row and row[0] and connection.info.server_version >= OLDEST_POSTGRES:
                    return f"{server}/{name}"
        except psycopg.OperationalError:
            continue
    return None


@contextlib.contextmanager
def database() -> Iterator[str]:
    """The DATABASE_URL to test on: the one that was given, else a local server, else our own."""
    url = os.environ.get("DATABASE_URL") or local_postgres()
    if url:
        say("Database: PostgreSQL op deze machine." if "DATABASE_URL" not in os.environ else "Database: DATABASE_URL.")
        yield url
    else:
        say("Database: de meegeleverde PostgreSQL.")
        with embedded_postgres(VAR_DIR / "postgres", *FAST) as (own, _server):
            yield own


def broker() -> str:
    """The CELERY_BROKER_URL for the tests that need one; empty for the filesystem transport."""
    if given := os.environ.get("CELERY_BROKER_URL"):
        return given
    try:
        with redis.Redis.from_url(REDIS, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError:
        say("Wachtrij: mappen onder var/ (er draait hier geen Redis).")
        return ""
    say("Wachtrij: Redis op deze machine.")
    return REDIS


# The whole suite, without what takes minutes: `make fuzz` sends hostile text through every form and page.
SHORT = [f"--ignore=tests/{name}.py" for name in ("test_fuzz_formulieren", "test_opmaak")]


def main() -> int:
    """Runs the suite and gives pytest's exit code."""
    stop_on_signals()
    os.chdir(ROOT)
    (VAR_DIR / "static").mkdir(parents=True, exist_ok=True)
    with database() as url:
        env = {
            **os.environ,
            "DEBUG": "1",
            "VAR_DIR": str(VAR_DIR),
            "DATABASE_URL": url,
            "CELERY_BROKER_URL": broker(),
            "CHROMIUM": ensure_chromium() or "",
        }
        command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *(sys.argv[1:] or SHORT)]
        # In a session of its own: Ctrl-C reaches it once, through us, and it clears up its databases.
        with subprocess.Popen(command, env=env, start_new_session=True) as process:
            try:
                return process.wait()
            except Stopped:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=60)
                raise


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Stopped:
        raise SystemExit(130) from None
