"""What the tests of the step pages share."""

from django.urls import reverse

from tests import cast

HTMX = {"HX-Request": "true"}


def adres(naam: str, kuipers: cast.Kuipers, *rest: object) -> str:
    """in: the name of an address of the casus, its other parts; out: the path."""
    return reverse(f"casussen:{naam}", args=[kuipers.casus.pk, *rest])


def ticks(kuipers: cast.Kuipers, *namen: str) -> list[str]:
    """in: who may read it, by name in the cast, or "helpers"; out: the values of the ticks."""
    return ["helpers" if naam == "helpers" else str(getattr(kuipers, naam).pk) for naam in namen]
