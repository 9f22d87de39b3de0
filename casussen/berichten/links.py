"""Links for one person in one casus. The token stands only in the mail (or on the printed page)."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from casussen.models import Casus, Deelnemer, Gezinslid, Toegangslink
from casussen.toestemming.meelezen import mag_meelezen

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
    link = Toegangslink.objects.create(
        casus=aan.casus,
        deelnemer=aan if isinstance(aan, Deelnemer) else None,
        gezinslid=aan if isinstance(aan, Gezinslid) else None,
        token_hash=hash_van(token),
        geldig_tot=geldig_tot(aan.casus, nu),
    )
    return f"{settings.SITE_URL}/{'t' if isinstance(aan, Deelnemer) else 'o'}/{token}/", link


def geldig_tot(casus: Casus, nu: datetime) -> datetime:
    """in: casus and moment; out: when a link that is made now stops opening: midnight after its last day."""
    laatste = timezone.localdate(nu) + timedelta(days=casus.team.organisatie.link_dagen)
    evaluatie = casus.evaluaties.filter(gehouden_op__isnull=True).first()
    if evaluatie is not None:
        laatste = max(laatste, evaluatie.datum)
    return timezone.make_aware(datetime.combine(laatste + timedelta(days=1), time()))


def laatste_dag(link: Toegangslink) -> date:
    """in: a link; out: the last day on which it opens, in the time zone of the site."""
    return timezone.localdate(link.geldig_tot - timedelta(seconds=1))


def trek_eerdere_in(link: Toegangslink, *, nu: datetime) -> None:
    """in: a new link, the moment; ends all other links of the same person in the same casus."""
    Toegangslink.objects.filter(
        casus=link.casus_id, deelnemer=link.deelnemer_id, gezinslid=link.gezinslid_id, ingetrokken_op=None
    ).exclude(pk=link.pk).update(ingetrokken_op=nu)


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
    """in: a link, the moment; out: whether it opens: in time, not revoked, the person still takes part and may read.

    Asked at each request, so that it closes in the same second in which a consent is taken back.
    """
    if not link.is_geldig(nu):
        return False
    if link.deelnemer is not None:
        doet_mee = link.deelnemer.tot is None and link.casus.is_open
        return doet_mee and mag_meelezen(link.deelnemer, link.casus, timezone.localdate(nu))
    return link.gezinslid is not None and link.gezinslid.weg_op is None
