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


PROVIDER = {"MAIL_PROVIDER": "postmark", "ANYMAIL": '{"POSTMARK_SERVER_TOKEN": "geheim-van-de-aanbieder"}'}


def test_with_a_provider_of_mail_no_mail_server_is_needed() -> None:
    question = "from django.conf import settings; print(settings.EMAIL_BACKEND)"
    outcome = manage("shell", "-v", "0", "-c", question, settings=COMPLETE | PROVIDER | {"EMAIL_URL": ""})

    assert (outcome.returncode, outcome.stdout.strip()) == (0, "anymail.backends.postmark.EmailBackend")


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"ANYMAIL": ""}, "ANYMAIL ontbreekt"),
        ({"ANYMAIL": '{"POSTMARK_SERVER_TOKEN"'}, "ANYMAIL is geen JSON"),
        ({"ANYMAIL": '["POSTMARK_SERVER_TOKEN"]'}, "ANYMAIL is geen JSON"),
        ({"ANYMAIL": '{"WEBHOOK_SECRET": "een:geheim"}'}, "POSTMARK_SERVER_TOKEN"),
        ({"MAIL_PROVIDER": "bestaat-niet"}, "bestaat-niet"),
        ({"BOUNCES_URL": "imap://wie:geheim-van-het-postvak@mail.example/INBOX"}, "BOUNCES_URL begint niet met imaps"),
    ],
)
def test_half_a_provider_or_an_open_mailbox_stops_the_start_with_one_line(wrong: dict[str, str], word: str) -> None:
    outcome = manage("check", settings=COMPLETE | PROVIDER | wrong)

    assert outcome.returncode == 1
    (line,) = outcome.stderr.splitlines()
    assert line.startswith("Handreiking start niet: ")
    assert word in line
    assert "geheim" not in line


def test_settings_for_mail_that_are_empty_count_as_not_there() -> None:
    empty = {"MAIL_PROVIDER": "", "ANYMAIL": "", "BOUNCES_URL": ""}

    assert manage("check", settings=COMPLETE | empty).returncode == 0


def test_a_mailbox_for_bounces_is_read_every_half_minute_and_only_when_there_is_one() -> None:
    question = "from django.conf import settings; print(settings.CELERY_BEAT_SCHEDULE.get('bounces'))"
    mailbox = {"BOUNCES_URL": "imaps://wie:geheim@mail.example/INBOX"}

    outcome = manage("shell", "-v", "0", "-c", question, settings=COMPLETE | mailbox)
    assert outcome.stdout.strip() == "{'task': 'casussen.tasks.lees_bounces', 'schedule': 30}"
    assert manage("shell", "-v", "0", "-c", question, settings=COMPLETE).stdout.strip() == "None"


def test_the_deployment_check_is_silent_when_all_is_there() -> None:
    outcome = manage("check", "--deploy", "--fail-level", "INFO", "-v", "0", settings=COMPLETE)

    assert (outcome.returncode, outcome.stderr) == (0, "")
