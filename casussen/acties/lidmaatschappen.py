"""Memberships of staff that end."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen import beheerrechten, logboek
from casussen.actor import Actor
from casussen.models import Lidmaatschap


@transaction.atomic
def beeindig_vandaag(*, door: Actor, lidmaatschappen: QuerySet[Lidmaatschap]) -> int:
    """Makes today the last day of what still runs.

    in: who, the chosen memberships; those that this person may not end (the own ones, those elsewhere) stay as they
    are; out: how many end.
    """
    vandaag = timezone.localdate()
    loopt = Q(tot__isnull=True) | Q(tot__gt=vandaag)
    gekozen = lidmaatschappen.filter(loopt, van__lte=vandaag)
    te_beeindigen = [lid for lid in gekozen if beheerrechten.mag_lidmaatschap_wijzigen(door, lid)]
    for lid in te_beeindigen:
        Lidmaatschap.objects.filter(pk=lid.pk).update(tot=vandaag)
        logboek.schrijf(door=door, daad="beeindigde_lidmaatschap", casus_id=None, over=lid, velden=["tot"])
    return len(te_beeindigen)
