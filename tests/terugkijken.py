"""What the tests of looking back share."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from casussen.acties import evaluaties
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Bericht, Vaststelling
from tests.cast import Kuipers

EINDE = {"blijft_bereikbaar": "Sanne, 085-0000 011", "belt_nog_een_keer": "Ilse, in maart"}


def adres(kuipers: Kuipers) -> str:
    return f"/casussen/{kuipers.casus.pk}/evaluatie/"


def lopend(kuipers: Kuipers) -> list[Afspraak]:
    return list(kuipers.casus.afspraken.filter(vervallen_op=None))


def invulling(kuipers: Kuipers, **anders: Any) -> dict[str, Any]:
    """What a coordinator fills in; everything went well and everyone goes on."""
    gepland = evaluaties.geplande_evaluatie(kuipers.casus)
    basis: dict[str, Any] = {
        "evaluatie": str(gepland.pk if gepland else ""),
        "ging_goed": "Eén iemand belt.",
        "voortaan_anders": "Bellen vóór acht uur.",
        "klopt": "ja",
        "vervolg": "door",
        "nieuwe_datum": (timezone.localdate() + timedelta(days=40)).isoformat(),
        **{f"oordeel-{afspraak.pk}": "gelukt" for afspraak in lopend(kuipers)},
    }
    return {**basis, **{naam.replace("__", "-"): waarde for naam, waarde in anders.items()}}


def eerste_versie(kuipers: Kuipers) -> Vaststelling:
    """Fixes a first version and throws its mails away."""
    vast = stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    Bericht.objects.all().delete()
    return vast
