"""The settings: in production nothing starts half-configured, and what is complete raises no remark."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
COMPLETE = {
    "SECRET_KEY": "alleen-voor-de-controle-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJK",
    "ALLOWED_HOSTS": "handreiking.example",
    "SITE_URL": "https://handreiking.example",
    "DATABASE_URL": "postgresql://handreiking@127.0.0.1:1/handreiking",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://handreiking:geheim@mail.example:587",
}


def manage(*arguments: str, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs manage.py as in production, with these settings and no others from the environment."""
    env = {"PATH": os.environ["PATH"], **settings}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("missing", COMPLETE)
def test_a_missing_setting_stops_the_start_with_one_line_that_names_it(missing: str) -> None:
    outcome = manage("check", settings={name: value for name, value in COMPLETE.items() if name != missing})

    assert outcome.returncode == 1
    assert [missing in line for line in outcome.stderr.splitlines()] == [True]
    assert outcome.stdout == ""


def test_an_empty_setting_counts_as_missing() -> None:
    outcome = manage("check", settings=COMPLETE | {"SECRET_KEY": ""})

    assert outcome.returncode == 1
    assert "SECRET_KEY" in outcome.stderr


def test_without_any_settings_every_one_is_named_on_a_line_of_its_own() -> None:
    outcome = manage("check", settings={})

    assert outcome.returncode == 1
    lines = outcome.stderr.splitlines()
    assert len(lines) == len(COMPLETE)
    assert all(any(name in line for line in lines) for name in COMPLETE)


def test_no_secret_is_ever_shown() -> None:
    outcome = manage("check", settings=COMPLETE | {"DATABASE_URL": ""})

    shown = outcome.stdout + outcome.stderr
    assert COMPLETE["SECRET_KEY"] not in shown
    assert "geheim@mail" not in shown


def test_the_deployment_check_is_silent_when_all_is_there() -> None:
    outcome = manage("check", "--deploy", "--fail-level", "INFO", "-v", "0", settings=COMPLETE)

    assert (outcome.returncode, outcome.stderr) == (0, "")
