"""Every address, as everybody, with values that nobody should send: never an error of ours. `make fuzz` asks more."""

import os
from collections.abc import Callable

import pytest

from tests import cast
from tests.fuzz import Rups
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld

# make fuzz sets how many rounds; the usual suite has two.
RONDES = int(os.environ.get("FUZZ", "2"))
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
