"""Whether the mail to each person arrived."""

from collections.abc import Collection
from uuid import UUID

from casussen.models import Bericht
from casussen.models.bericht import BerichtStatus

NIET_AANGEKOMEN = (BerichtStatus.MISLUKT, BerichtStatus.ONZEKER)


def laatste_berichten(casussen: Collection[UUID]) -> list[Bericht]:
    """in: ids of casussen; out: the last mail to each person who still belongs to it and has an address (one query).

    Only the last one counts: a mail that arrived later makes up for one that did not.
    """
    personen = ("casus_id", "deelnemer_id", "gezinslid_id", "medewerker_id")
    berichten = (
        Bericht.objects.filter(casus__in=casussen, deelnemer__tot__isnull=True, gezinslid__weg_op__isnull=True)
        .exclude(status=BerichtStatus.INGETROKKEN)
        .select_related("deelnemer__professional", "deelnemer__netwerklid", "gezinslid", "medewerker")
        .order_by(*personen, "-gemaakt_op")
        .distinct(*personen)
    )
    return [bericht for bericht in berichten if bericht.ontvanger.email]


def niet_aangekomen(berichten: list[Bericht]) -> list[Bericht]:
    """in: the last mails; out: those that did not arrive, or of which that is not sure."""
    return [bericht for bericht in berichten if bericht.status in NIET_AANGEKOMEN]
