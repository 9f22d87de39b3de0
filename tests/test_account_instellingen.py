"""The settings of accounts, as they are in production."""

import json
from typing import Any

from tests.test_instellingen import COMPLETE, manage

VRAAG = """
import json
from django.conf import settings as s
print(json.dumps({naam: getattr(s, naam) for naam in (
    "MFA_VERPLICHT", "CACHES", "VERTROUWDE_PROXIES", "PASSWORD_HASHERS", "AUTH_PASSWORD_VALIDATORS")}))
"""


def instellingen(**anders: str) -> dict[str, Any]:
    """The settings of a process that starts as in production."""
    uitkomst = manage("shell", "--no-imports", "-c", VRAAG, settings=COMPLETE | anders)
    assert uitkomst.returncode == 0, uitkomst.stderr
    gelezen: dict[str, Any] = json.loads(uitkomst.stdout)
    return gelezen


def test_what_production_begins_with() -> None:
    """A second step for all staff, tries counted in one place, no proxy believed, passwords kept well and weighed."""
    begin = instellingen()
    assert begin["MFA_VERPLICHT"] is True
    assert begin["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert begin["CACHES"]["default"]["LOCATION"] == COMPLETE["CELERY_BROKER_URL"]
    assert begin["VERTROUWDE_PROXIES"] == 0
    assert begin["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
    namen = {regel["NAME"].rsplit(".")[-1] for regel in begin["AUTH_PASSWORD_VALIDATORS"]}
    assert namen >= {"CommonPasswordValidator", "NietTeRaden", "NietGelekt", "LangGenoeg"}


def test_what_an_operator_may_choose() -> None:
    gekozen = instellingen(CACHE_URL="redis://127.0.0.1:2/5", VERTROUWDE_PROXIES="2")
    assert gekozen["CACHES"]["default"]["LOCATION"] == "redis://127.0.0.1:2/5"
    assert gekozen["VERTROUWDE_PROXIES"] == 2


def test_in_the_demo_nobody_needs_a_second_step() -> None:
    assert instellingen(HANDREIKING_DEMO="1")["MFA_VERPLICHT"] is False
