"""The calendar address of a helper: made, replaced and taken back by that person."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from casussen import logboek, rechten
from casussen.actor import Actor
from casussen.berichten.links import TOKEN_BYTES, hash_van
from casussen.models import Agendafeed, Professional


@transaction.atomic
def maak_agendafeed(*, door: Actor, professional: Professional) -> str:
    """Gives somebody a calendar address; an earlier one stops.

    in: who (that person behind a link or signed in), the person of the address book; out: the token, which is nowhere
    else; raises PermissionDenied for anybody else.
    """
    _beeindig(door, professional)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    feed = Agendafeed.objects.create(professional=professional, token_hash=hash_van(token))
    logboek.schrijf(door=door, daad="maakte_agendafeed", casus_id=None, over=feed)
    return token


@transaction.atomic
def trek_agendafeed_in(*, door: Actor, professional: Professional) -> bool:
    """in: as maak_agendafeed; out: whether there was one that stopped; raises PermissionDenied."""
    return _beeindig(door, professional)


def _beeindig(door: Actor, professional: Professional) -> bool:
    if not rechten.is_zelf(door, professional):
        raise PermissionDenied
    # Two presses at once come one after the other.
    Professional.objects.select_for_update().get(pk=professional.pk)
    feed = Agendafeed.objects.filter(professional=professional, ingetrokken_op__isnull=True).first()
    if feed is None:
        return False
    feed.ingetrokken_op = timezone.now()
    feed.save(update_fields=["ingetrokken_op", "gewijzigd_op"])
    logboek.schrijf(door=door, daad="trok_agendafeed_in", casus_id=None, over=feed)
    return True
