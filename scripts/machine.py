"""Gets a machine ready: the virtual environment from the hashed pins, and the system libraries.

Runs on the system's own Python, before anything is installed: standard library only.
From the command line: `machine.py demo|ontwikkel [--chromium]`.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import ctypes.util
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = ROOT / "var" / "log"
REQUIREMENTS = ROOT / "requirements"
# Each set holds the sets after it, so that installing the first is enough for all.
SETS = {"ontwikkel": ("ontwikkel", "demo"), "demo": ("demo",)}

PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def say(text: str) -> None:
    """Shows one line of progress at once, also when the output is a file."""
    print(text, flush=True)


def fail(text: str) -> NoReturn:
    """Ends the program with one line on stderr that says what is wrong and what to do."""
    print(text, file=sys.stderr, flush=True)
    raise SystemExit(1)


def tail(log: Path, lines: int = 15) -> str:
    """The last lines of a log file, to show with an error."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def run_patiently(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> bool:
    """Runs a command that takes a while: a dot every two seconds on the screen, its output in `log`.

    Gives whether it went well.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w") as output,
        subprocess.Popen(command, stdout=output, stderr=output, env=env) as process,
    ):
        try:
            while process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=2)
                    break
                print(".", end="", flush=True)
        except BaseException:
            process.kill()
            raise
    print(flush=True)
    return process.returncode == 0


def apt_prefix() -> list[str] | None:
    """How apt-get can be run here: as root, with sudo (may ask a password at a terminal), or not: None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0 or sys.stdin.isatty():
        return ["sudo"]
    return None


def apt_install(packages: Sequence[str], what: str) -> bool:
    """Installs Debian packages where that is allowed. False when it is not, or when it did not work."""
    prefix = apt_prefix()
    if prefix is None:
        return False
    say(f"{what} wordt geïnstalleerd met apt-get ({' '.join(packages)}) …")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    run_patiently([*apt, "update"], LOGS / "apt-update.log")
    return run_patiently([*apt, "install", "-y", "--no-install-recommends", *packages], LOGS / "apt.log")


def missing_pango() -> list[str]:
    """The Debian packages that WeasyPrint's libraries are in and that are not on this machine."""
    if sys.platform == "darwin":
        return [] if ctypes.util.find_library("pango-1.0") else ["pango"]
    missing = []
    for library, package in PANGO.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_pango() -> None:
    """Sees to Pango, which draws the letters in the PDF; stops with the command to type when it cannot."""
    missing = missing_pango()
    if not missing or (apt_install(missing, "Pango (voor de PDF)") and not missing_pango()):
        return
    commands = {"brew": "brew install pango", "dnf": "sudo dnf install pango harfbuzz"}
    found = [command for tool, command in commands.items() if shutil.which(tool)]
    command = found[0] if found else f"sudo apt-get install {' '.join(missing)}"
    fail(f"Pango ontbreekt; dat is nodig om PDF's te maken. Installeer het zo:\n  {command}")


def find_chromium() -> str | None:
    """The path of a Chromium for the browser tests: $CHROMIUM, or the one on this machine."""
    candidates = [os.environ.get("CHROMIUM", ""), *BROWSERS]
    return next((found for name in candidates if name and (found := shutil.which(name))), None)


def ensure_chromium() -> str | None:
    """The path of Chromium, installed when it is missing and apt may; None when there is none."""
    found = find_chromium()
    if not found and apt_install(["chromium"], "Chromium (voor de browsertests)"):
        found = find_chromium()
    if not found:
        say("Chromium ontbreekt. Voor de browsertests: sudo apt-get install chromium")
    return found


def ensure_venv(name: str) -> None:
    """Makes the virtual environment and installs the pins of set `name`; does nothing when they are there."""
    pins = (REQUIREMENTS / f"{name}.txt").read_bytes()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    wanted = {"python": version, "pins": hashlib.sha256(pins).hexdigest()}
    stamp = VENV / f".pins-{name}.json"
    found = json.loads(stamp.read_text()) if stamp.exists() else {}
    if found == wanted and PYTHON.exists():
        return
    if not PYTHON.exists() or found.get("python", version) != version:
        create_venv(version)
    say("De onderdelen worden gehaald en geïnstalleerd. De eerste keer duurt dat een paar minuten …")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes"]
    if not run_patiently([*command, "-r", str(REQUIREMENTS / f"{name}.txt")], LOGS / "pip.log"):
        problem = "De onderdelen konden niet worden geïnstalleerd. Controleer de verbinding, en probeer opnieuw."
        fail(f"{tail(LOGS / 'pip.log')}\n\n{problem}")
    for included in SETS[name]:
        digest = hashlib.sha256((REQUIREMENTS / f"{included}.txt").read_bytes()).hexdigest()
        (VENV / f".pins-{included}.json").write_text(json.dumps({"python": version, "pins": digest}))


def create_venv(version: str) -> None:
    """Makes an empty virtual environment; Debian keeps the module for that in a package of its own."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        fail(f"Handreiking heeft Python 3.11 of nieuwer nodig; dit is {version}. Kies zo: make PYTHON=…")
    say("De Python-omgeving wordt gemaakt in .venv …")
    package = f"python{version}-venv"
    try:
        import ensurepip  # noqa: F401 (Debian's Python may lack it: then there is no pip for the new environment)
    except ImportError:
        if not apt_install([package], "De module venv van Python"):
            fail(f"De module venv van Python ontbreekt. Installeer die zo:\n  sudo apt-get install {package}")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)]).returncode:
        fail("De Python-omgeving kon niet worden gemaakt; zie de melding hierboven.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", choices=sorted(SETS))
    parser.add_argument("--chromium", action="store_true")
    options = parser.parse_args()
    ensure_venv(options.set)
    ensure_pango()
    if options.chromium:
        ensure_chromium()
