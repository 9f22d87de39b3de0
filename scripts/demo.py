"""`make demo`: the whole of Handreiking on this machine, with example families, until Ctrl-C.

Runs on the system's own Python (standard library only) and prepares what it needs. From the environment:
PORT (default 8000), VAR_DIR (default var/), DATABASE_URL and CELERY_BROKER_URL (default: a PostgreSQL server
and a queue of its own under VAR_DIR).
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from database import embedded_postgres
from machine import PYTHON, ROOT, ensure_pango, ensure_venv, fail, run_patiently, say, tail
from processes import Child, Stopped, ignore_signals, stop_all, stop_on_signals

HOST = "127.0.0.1"
SECONDS_TO_START = 60


def claim_port() -> socket.socket:
    """Binds the port of the page before anything else starts; stops with one line when it is in use."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        fail(f"PORT moet een getal zijn van 1 tot en met 65535, niet: {text}")
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, int(text)))
    except OSError as error:
        why = "is al in gebruik" if error.errno == errno.EADDRINUSE else "kan niet worden gebruikt"
        fail(f"Poort {text} {why}. Kies een andere, bijvoorbeeld: PORT={int(text) % 60000 + 1} make demo")
    return door


@contextlib.contextmanager
def only_demo(var: Path) -> Iterator[None]:
    """Keeps a second demo out of the same folder: both would write in the same data."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "demo.slot").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fail("De demo draait al vanuit deze map. Stop die eerst met Ctrl-C.")
        yield


def clear(var: Path) -> None:
    """Throws away everything that the demo keeps."""
    if os.environ.get("DATABASE_URL"):
        fail("DATABASE_URL is gezet: maak die database zelf leeg, en draai daarna make demo.")
    say("De gegevens van de demo worden weggegooid …")
    for name in ("postgres", "celery", "postvak", "demo"):
        shutil.rmtree(var / name, ignore_errors=True)


def child_environment(var: Path, database_url: str, address: str) -> dict[str, str]:
    """The environment of the site's own programs; also written to VAR_DIR/demo/omgeving for use by hand."""
    ours = {
        "HANDREIKING_DEMO": "1",
        "VAR_DIR": str(var),
        "DATABASE_URL": database_url,
        "CELERY_BROKER_URL": os.environ.get("CELERY_BROKER_URL", ""),
        "SITE_URL": address,
    }
    lines = [f"export {name}={shlex.quote(value)}\n" for name, value in ours.items()]
    (var / "demo" / "omgeving").write_text("".join(lines))
    return {**os.environ, **ours, "LOG_LEVEL": "WARNING", "PYTHONUNBUFFERED": "1"}


def fingerprint() -> str:
    """Changes when the code, the content, the styles or the libraries change: then all is prepared again."""
    digest = hashlib.sha256((ROOT / "requirements" / "demo.txt").read_bytes())
    for folder in ("casussen", "demo", "handreiking", "static"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".yaml"} or (folder == "static" and path.is_file()):
                digest.update(path.read_bytes())
    return digest.hexdigest()


def prepare_data(var: Path, env: dict[str, str]) -> None:
    """Migrates, loads the content and the example families, and gathers the styles and pictures.

    Unless nothing changed since the last time.
    """
    stamp, logins = var / "demo" / "stempel", var / "demo" / "inloggen.txt"
    current = fingerprint()
    own_database = not os.environ.get("DATABASE_URL")
    if own_database and logins.exists() and stamp.exists() and stamp.read_text() == current:
        return
    say("De tabellen, de zeven stappen en de voorbeeldgezinnen worden klaargezet …")
    # One program for all, since starting Django takes longer than each of the steps.
    program = (
        "import django, os\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'handreiking.settings'\n"
        "django.setup()\n"
        "from django.core.management import call_command as call\n"
        "call('migrate', verbosity=0); call('laad_inhoud', verbosity=0)\n"
        "call('collectstatic', interactive=False, verbosity=0)\n"
        f"call('laad_demo', stdout=open({str(logins)!r}, 'w'))\n"
    )
    log = var / "log" / "klaarzetten.log"
    if not run_patiently([str(PYTHON), "-c", program], log, env):
        fail(f"{tail(log)}\n\nDe gegevens konden niet worden klaargezet; zie hierboven.")
    stamp.write_text(current)


def start_site(var: Path, env: dict[str, str], door: socket.socket) -> list[Child]:
    """Starts the web server, the Celery worker and the Celery beat, each with a log of its own."""
    celery = [str(PYTHON), "-m", "celery", "-A", "handreiking"]
    gunicorn = [str(PYTHON), "-m", "gunicorn", "--config", "python:handreiking.webserver", "handreiking.wsgi"]
    web = [*gunicorn, "--bind", f"fd://{door.fileno()}", "--threads", "8", "--graceful-timeout", "3"]
    worker = [
        *celery,
        "worker",
        "--concurrency",
        "1",
        "--without-gossip",
        "--without-mingle",
        "-l",
        "WARNING",
    ]
    beat = [*celery, "beat", "--schedule", str(var / "demo" / "klok"), "--pidfile=", "-l", "WARNING"]
    log = var / "log"
    return [
        Child("De webserver", web, log / "web.log", env, pass_fds=[door.fileno()]),
        Child("De achtergrondwerker", worker, log / "worker.log", env),
        Child("De klok", beat, log / "beat.log", env),
    ]


def check_alive(children: list[Child]) -> None:
    """Stops everything with a clear line when one of the programs has ended by itself."""
    for child in children:
        if not child.alive():
            code = child.process.returncode
            problem = f"{child.name} is gestopt (code {code}), dus de demo stopt. Zie {child.log}"
            fail(f"{tail(child.log)}\n\n{problem}")


def wait_for_page(url: str, children: list[Child]) -> None:
    """Waits until the page can be opened."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        check_alive(children)
        try:
            with opener.open(url, timeout=10):
                return
        except urllib.error.HTTPError as error:
            fail(f"{tail(children[0].log)}\n\nDe pagina geeft een fout ({error.code}). Zie {children[0].log}")
        except OSError:
            time.sleep(0.1)
    fail(f"De pagina is na {SECONDS_TO_START} seconden nog niet te openen. Zie {children[0].log}")


def run(var: Path, door: socket.socket, database_url: str, database: list[Child]) -> None:
    """Prepares the data, runs the site and waits until somebody stops it."""
    address = f"http://{HOST}:{door.getsockname()[1]}"
    env = child_environment(var, database_url, address)
    prepare_data(var, env)
    say("De webserver, de achtergrondwerker en de klok starten …")
    children = start_site(var, env, door)
    try:
        wait_for_page(f"{address}/inloggen/", [*children, *database])
        say(f"\nHandreiking draait. Open {address}/ in de browser.\n")
        say((var / "demo" / "inloggen.txt").read_text())
        say(f"Alle verstuurde mail staat op {address}/postvak/")
        say("Stoppen: Ctrl-C. Je gegevens blijven bewaard; make demo-leeg begint opnieuw.")
        while True:
            time.sleep(0.5)
            check_alive([*children, *database])
    finally:
        ignore_signals()
        say_if_heard("\nDe demo stopt (dat duurt een paar seconden) …")
        stop_all(children)


def say_if_heard(text: str) -> None:
    """Says goodbye, unless the terminal is gone already: then nothing may keep us from stopping."""
    with contextlib.suppress(OSError):
        say(text)


def main() -> None:
    """The whole of `make demo`; with --leeg it throws the data away first."""
    stop_on_signals()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    os.chdir(ROOT)
    door = claim_port()
    with only_demo(var):
        if "--leeg" in sys.argv[1:]:
            clear(var)
        ensure_venv("demo")
        ensure_pango()
        for name in ("log", "demo", "static"):
            (var / name).mkdir(exist_ok=True)
        if url := os.environ.get("DATABASE_URL"):
            run(var, door, url, [])
        else:
            say("De database start …")
            with embedded_postgres(var / "postgres") as (url, server):
                run(var, door, url, [server])


if __name__ == "__main__":
    try:
        main()
    except Stopped:
        say_if_heard("Gestopt.")
    except subprocess.CalledProcessError as error:
        fail(f"Een opdracht is mislukt: {shlex.join(error.cmd)}")
