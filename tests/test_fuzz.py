"""Every address, as everybody, with values that nobody should send: never an error of ours. `make fuzz` asks more."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.accounts import ingelogd
from tests.daden import ongedaan
from tests.fuzz import LOS, Rups
from tests.toegang import TABEL
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld

# make fuzz sets how many rounds; the usual suite has one.
RONDES = int(os.environ.get("FUZZ", "1"))
VERZOEKEN = 400


@pytest.fixture
def wereld(db: None) -> Wereld:
    """Everybody and everything that the table of who gets what needs."""
    return uit_voorraad("wereld", lambda: maak_wereld(cast.maak_kuipers(cast.maak_teams())))


@pytest.mark.parametrize("zaad", range(RONDES))
def test_nothing_that_anybody_sends_is_an_error_of_ours(
    wereld: Wereld, zaad: int, record_property: Callable[[str, object], None]
) -> None:
    rups = Rups(wereld, zaad)
    rups.loop(VERZOEKEN)
    record_property("verzoeken", sum(rups.gezien.values()))
    assert not rups.fouten, "\n\n".join(rups.fouten.values())
    # It really got somewhere: pages were shown, forms were taken, and much was refused.
    per_status = {
        status: sum(n for (code, _), n in rups.gezien.items() if code == status) for status in (200, 302, 404)
    }
    assert all(aantal > VERZOEKEN // 50 for aantal in per_status.values()), rups.gezien


def test_no_value_that_is_read_without_a_form_breaks_a_page(wereld: Wereld) -> None:
    assert {"professional", "deelnemer", "bladzijde"} <= set(LOS)
    # No id, no number, and no text that a database keeps.
    velden = dict.fromkeys(["zoek", *LOS], "a\x00²")
    kapot = []
    for adres in TABEL:
        kwargs = adres.kwargs(wereld)
        van_casus = ("coördinator",) if "casus_id" in kwargs else ("bezoeker", "coördinator", "beheerder")
        for wie in ("helper", "ouder_met_gezag") if adres.link else van_casus:
            cache.clear()
            client = wereld.in_browser(Client(raise_request_exception=False))
            if wie in wereld.mensen:
                ingelogd(client, wereld.mensen[wie])
            if adres.link:
                kwargs |= {"token": wereld.token(wie)}
            stappen: list[dict[str, Any]] = [{"nummer": n} for n in range(1, 8)] if "nummer" in kwargs else [{}]
            for pad in (reverse(adres.naam, kwargs=kwargs | stap) for stap in stappen):
                for doe in (client.get, client.post):
                    with ongedaan():
                        antwoord = doe(pad, velden)
                    if antwoord.status_code >= 500 and "/gezond/" not in pad:
                        kapot.append((wie, doe.__name__, pad))
    assert kapot == []
