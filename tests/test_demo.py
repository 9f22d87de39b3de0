"""`make demo`: the real start-up script with its own PostgreSQL, from the first line to Ctrl-C and again."""

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120
READY = "Stoppen: Ctrl-C"


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Demo:
    """One run of the demo in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        unwanted = {"DATABASE_URL", "CELERY_BROKER_URL", "DEBUG", "EMAIL_URL"}
        env = {name: value for name, value in os.environ.items() if name not in unwanted}
        self.screen = folder.with_name(f"{folder.name}-{port}.txt")
        with self.screen.open("w") as screen:
            self.process = subprocess.Popen(
                [sys.executable, "scripts/demo.py"],
                cwd=ROOT,
                env=env | {"VAR_DIR": str(folder), "PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=screen,
                stderr=subprocess.STDOUT,
            )

    def shown(self) -> str:
        """What stands on the screen."""
        return self.screen.read_text()

    def wait_until_ready(self) -> None:
        """Waits until the page can be opened."""
        deadline = time.monotonic() + SECONDS_TO_START
        while READY not in self.shown():
            assert self.process.poll() is None, self.shown()
            assert time.monotonic() < deadline, self.shown()
            time.sleep(0.1)

    def open(self, path: str) -> tuple[int, str]:
        """The status and the text of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()

    def programs(self) -> list[psutil.Process]:
        """Everything that the demo started and that runs now."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def database_url(self) -> str:
        """The address of its database, from the file for use by hand."""
        words = shlex.split((self.folder / "demo" / "omgeving").read_text())
        return next(word.removeprefix("DATABASE_URL=") for word in words if word.startswith("DATABASE_URL="))

    def wait_until_gone(self) -> int:
        """The exit code of the script."""
        return self.process.wait(timeout=60)


def start_refused(folder: Path, port: int) -> str:
    """Starts a demo that must not start, and gives the one line that it says."""
    demo = Demo(folder, port)
    assert demo.wait_until_gone() == 1
    line, end = demo.shown().split("\n")
    assert end == ""
    return line


@contextmanager
def running(folder: Path) -> Iterator[Demo]:
    """A demo that can be opened; whatever the block does, nothing of it stays behind."""
    demo = Demo(folder, free_port())
    try:
        demo.wait_until_ready()
        yield demo
    finally:
        demo.process.terminate()
        demo.wait_until_gone()


def name_of_first_team(demo: Demo) -> str:
    """Read past the site, straight from the database."""
    with psycopg.connect(demo.database_url()) as connection:
        row = connection.execute("select naam from casussen_team order by id limit 1").fetchone()
    assert row
    return str(row[0])


def still_running(programs: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended, after a moment for the system to clear them away."""
    return [program for program in psutil.wait_procs(programs, timeout=5)[1] if runs(program)]


def words_of(program: psutil.Process) -> list[str]:
    """Name and arguments; nothing when it ended in the meantime, as a helper of PostgreSQL may."""
    try:
        return [program.name(), *program.cmdline()]
    except psutil.NoSuchProcess:
        return []


def runs(program: psutil.Process) -> bool:
    """Whether it really runs: not gone in the meantime, and not only waiting to be cleared away."""
    try:
        return bool(program.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def stop_with(demo: Demo, number: signal.Signals) -> None:
    """Stops the demo as a person or a system does, and sees that nothing of it still runs."""
    programs = demo.programs()
    demo.process.send_signal(number)
    assert demo.wait_until_gone() == 0
    assert still_running(programs) == []
    assert "Traceback" not in demo.shown()


def test_the_demo_opens_stops_and_goes_on_with_the_same_data(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    with running(folder) as first:
        status, page = first.open("/inloggen/")
        assert status == 200
        assert 'lang="nl"' in page
        assert f"http://127.0.0.1:{first.port}/" in first.shown()
        assert "@" in first.shown(), "the demo logins"
        words = {word for program in first.programs() for word in words_of(program)}
        assert {"postgres", "gunicorn", "worker", "beat"} <= words
        with psycopg.connect(first.database_url()) as connection:
            connection.execute("update casussen_team set naam = naam || ' (van mij)'")
        stop_with(first, signal.SIGINT)

    with running(folder) as second:
        assert name_of_first_team(second).endswith(" (van mij)")
        assert "klaargezet" not in second.shown(), "what is there already is not made again"
        assert "draait al" in start_refused(folder, free_port())
        assert second.open("/inloggen/")[0] == 200
        stop_with(second, signal.SIGTERM)

    with running(folder) as third:
        programs = third.programs()
        next(program for program in programs if "worker" in program.cmdline()).kill()
        assert third.wait_until_gone() == 1
        assert "De achtergrondwerker is gestopt" in third.shown()
        assert still_running(programs) == []


def test_a_port_in_use_is_one_clear_line_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        line = start_refused(tmp_path / "var", port)

    assert f"Poort {port} is al in gebruik" in line
    assert not (tmp_path / "var").exists()


def test_a_port_that_is_no_port_is_said_in_one_line(tmp_path: Path) -> None:
    assert "70000" in start_refused(tmp_path / "var", 70000)
