"""The link in the mail to a new member of staff: made when that mail leaves, like all links."""

import secrets
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from casussen.berichten.links import TOKEN_BYTES, hash_van
from casussen.models import Medewerker, Uitnodiging

DAGEN = 7


def maak_link(medewerker: Medewerker, *, nu: datetime) -> tuple[str, date]:
    """Gives the open invitation of this person a link; one that it had does not open any more.

    in: the person, the moment; out: the full address, and the last day on which it opens.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    uitnodiging = open_uitnodigingen(medewerker).select_for_update().get()
    uitnodiging.token_hash = hash_van(token)
    na_laatste = timezone.localdate(nu) + timedelta(days=DAGEN + 1)
    uitnodiging.geldig_tot = timezone.make_aware(datetime.combine(na_laatste, time()))
    uitnodiging.save(update_fields=["token_hash", "geldig_tot"])
    return settings.SITE_URL + reverse("casussen:uitnodiging", args=[token]), laatste_dag(uitnodiging)


def laatste_dag(uitnodiging: Uitnodiging) -> date:
    """in: an invitation with a link; out: the last day on which that opens, in the time zone of the site."""
    assert uitnodiging.geldig_tot is not None  # it has a link
    return timezone.localdate(uitnodiging.geldig_tot - timedelta(seconds=1))


def open_uitnodigingen(medewerker: Medewerker) -> QuerySet[Uitnodiging]:
    """in: a person; out: the invitation that was not used and not revoked; none, or one."""
    return Uitnodiging.objects.filter(medewerker=medewerker, gebruikt_op__isnull=True, ingetrokken_op__isnull=True)


def zoek(token: str, *, nu: datetime) -> Uitnodiging | None:
    """in: a token from an address, the moment; out: the invitation that it opens, or None whatever the reason."""
    uitnodiging = (
        Uitnodiging.objects.filter(token_hash=hash_van(token), medewerker__is_active=True)
        .select_related("medewerker", "organisatie", "door")
        .first()
    )
    return uitnodiging if uitnodiging is not None and uitnodiging.is_geldig(nu) else None
