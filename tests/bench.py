"""`make bench`: measures what can be measured and not promised. It prints, and holds nobody to a figure."""

from statistics import median
from time import perf_counter

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Toegangslink
from tests.cast import Kuipers
from tests.taaklink import token

KEER = 300


def _verlopen(kuipers: Kuipers) -> str:
    oude = token(kuipers.ruben)
    Toegangslink.objects.filter(token_hash=links.hash_van(oude)).update(geldig_tot=timezone.now())
    return oude


def _duur(client: Client, adres: str) -> float:
    cache.clear()
    begin = perf_counter()
    assert client.get(adres).status_code == 410
    return perf_counter() - begin


def test_a_forged_link_takes_as_long_as_an_expired_one(kuipers: Kuipers, capsys: pytest.CaptureFixture[str]) -> None:
    """Turn by turn, so that whatever else the machine does meets both."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    client, verlopen = Client(), f"/t/{_verlopen(kuipers)}/"
    tijden: dict[str, list[float]] = {"verzonnen": [], "verlopen": []}
    for nummer in range(KEER):
        tijden["verzonnen"].append(_duur(client, f"/t/{nummer:032d}/"))
        tijden["verlopen"].append(_duur(client, verlopen))
    midden = {naam: median(rij) * 1000 for naam, rij in tijden.items()}
    with capsys.disabled():
        print(
            f"\nverzonnen {midden['verzonnen']:.2f} ms, verlopen {midden['verlopen']:.2f} ms, "
            f"verhouding {midden['verzonnen'] / midden['verlopen']:.3f} (midden van {KEER} keer)"
        )
