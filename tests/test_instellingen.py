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


OIDC = {"OIDC_ISSUER": "https://login.gemeente.example/x", "OIDC_CLIENT_ID": "hr", "OIDC_CLIENT_SECRET": "geheim-oidc"}


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID"),
        ({"OIDC_CLIENT_SECRET": ""}, "OIDC_CLIENT_SECRET"),
        ({"OIDC_ISSUER": "http://login.gemeente.example"}, "OIDC_ISSUER"),
        ({"OIDC_GROEPEN": '{"groep": {"team": "A / B", "rol": "baas"}}'}, "OIDC_GROEPEN"),
    ],
)
def test_half_a_work_account_stops_the_start(wrong: dict[str, str], word: str) -> None:
    outcome = manage("check", settings=COMPLETE | OIDC | wrong)

    assert outcome.returncode == 1
    assert word in outcome.stderr
    assert "geheim-oidc" not in outcome.stderr


def test_with_work_accounts_a_form_may_lead_to_the_provider_and_nowhere_else() -> None:
    question = "from django.conf import settings; print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
    outcome = manage("shell", "-v", "0", "-c", question, settings=COMPLETE | OIDC)

    assert outcome.stdout.strip() == "[\"'self'\", 'https://login.gemeente.example']"
    without = manage("shell", "-v", "0", "-c", question, settings=COMPLETE)
    assert without.stdout.strip() == "[\"'self'\"]"


def test_the_deployment_check_is_silent_when_all_is_there() -> None:
    outcome = manage("check", "--deploy", "--fail-level", "INFO", "-v", "0", settings=COMPLETE)

    assert (outcome.returncode, outcome.stderr) == (0, "")
