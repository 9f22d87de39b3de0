"""Evaluations that were held, for the staff of the team."""

from django.db.models import Count, Q, QuerySet

from casussen.models import Afspraak, Casus, Evaluatie
from casussen.models.evaluatie import OordeelSoort


def gehouden(casus: Casus) -> QuerySet[Evaluatie]:
    """in: a casus; out: its evaluations that were held, the last one first, each with how many agreements were
    `aantal_gelukt`, `aantal_deels`, `aantal_niet` and `aantal_vervallen`; one query."""
    aantallen = {
        f"aantal_{soort.value}": Count("oordelen", filter=Q(oordelen__soort=soort.value)) for soort in OordeelSoort
    }
    return casus.evaluaties.filter(gehouden_op__isnull=False).annotate(**aantallen).order_by("-gehouden_op")


def beoordeeld(evaluatie: Evaluatie) -> list[Afspraak]:
    """in: an evaluation that was held; out: the agreements that were judged, also those that ended with it."""
    return list(
        evaluatie.casus.afspraken.filter(oordelen__evaluatie=evaluatie).select_related(
            "deelnemer__professional", "deelnemer__netwerklid", "gezinslid"
        )
    )
