"""Links for one person in one casus. The token stands only in the mail (or on the printed page)."""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from casussen.models import Casus, Deelnemer, Gezinslid, Toegangslink

TOKEN_BYTES = 24  # 192 random bits


def hash_van(token: str) -> str:
    """in: a token; out: what the database keeps of it, the SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def maak_link(aan: Deelnemer | Gezinslid, *, nu: datetime) -> tuple[str, Toegangslink]:
    """Makes a link for one person.

    in: the person, the moment; out: the full address and the saved row. It opens until the next evaluation, and at
    least as many days as the organisation of the team chose.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    is_deelnemer = isinstance(aan, Deelnemer)
    link = Toegangslink.objects.create(
        casus=aan.casus,
        deelnemer=aan if is_deelnemer else None,
        gezinslid=None if is_deelnemer else aan,
        token_hash=hash_van(token),
        geldig_tot=geldig_tot(aan.casus, nu),
    )
    return f"{settings.SITE_URL}/{'t' if is_deelnemer else 'o'}/{token}/", link


def geldig_tot(casus: Casus, nu: datetime) -> datetime:
    """in: casus and moment; out: when a link that is made now stops opening."""
    minstens = nu + timedelta(days=casus.team.organisatie.link_dagen)
    evaluatie = casus.evaluaties.filter(gehouden_op__isnull=True).first()
    if evaluatie is None:
        return minstens
    eind = timezone.make_aware(datetime.combine(evaluatie.datum + timedelta(days=1), time()))
    return max(minstens, eind)


def zoek_link(token: str) -> Toegangslink | None:
    """in: a token from an address; out: its row with the person, or None when no such link was ever made."""
    return (
        Toegangslink.objects.filter(token_hash=hash_van(token))
        .select_related(
            "casus__team__organisatie",
            "casus__handreiking",
            "casus__coordinator__professional",
            "deelnemer__professional__organisatie",
            "deelnemer__netwerklid",
            "deelnemer__casus",
            "gezinslid__casus",
        )
        .first()
    )


def opent(link: Toegangslink, nu: datetime) -> bool:
    """in: a link, the moment; out: whether it opens: in time, not revoked, the person still takes part."""
    if not link.is_geldig(nu):
        return False
    if link.deelnemer is not None:
        return link.deelnemer.tot is None and link.casus.is_open
    return link.gezinslid is not None and link.gezinslid.weg_op is None
