"""Links for one person in one casus. The token stands only in the mail (or on the printed page)."""

import hashlib
import secrets
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from casussen.actor import ActorSoort
from casussen.models import Deelnemer, Gezinslid, Toegangslink
from casussen.toestemming.meelezen import mag_meelezen

TOKEN_BYTES = 24  # 192 random bits
# So long a link belongs to the browser in which its person first pressed something.
GEBONDEN = timedelta(hours=8)


def hash_van(token: str) -> str:
    """in: a token; out: what the database keeps of it, the SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def maak_link(aan: Deelnemer | Gezinslid, *, nu: datetime) -> tuple[str, Toegangslink]:
    """Makes a link for one person.

    in: the person, the moment; out: the full address and the saved row.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Toegangslink.objects.create(
        casus=aan.casus,
        deelnemer=aan if isinstance(aan, Deelnemer) else None,
        gezinslid=aan if isinstance(aan, Gezinslid) else None,
        token_hash=hash_van(token),
        geldig_tot=geldig_tot(aan, nu),
    )
    return f"{settings.SITE_URL}/{'t' if isinstance(aan, Deelnemer) else 'o'}/{token}/", link


def geldig_tot(aan: Deelnemer | Gezinslid, nu: datetime) -> datetime:
    """in: for whom, the moment; out: when a link that is made now stops opening: midnight after its last day.

    That is as many days as the organisation of the team chose. Somebody of the family keeps it until the next
    evaluation: that is when the page changes.
    """
    laatste = timezone.localdate(nu) + timedelta(days=aan.casus.team.organisatie.link_dagen)
    if isinstance(aan, Gezinslid):
        evaluatie = aan.casus.evaluaties.filter(gehouden_op__isnull=True).first()
        laatste = max(laatste, evaluatie.datum) if evaluatie is not None else laatste
    return timezone.make_aware(datetime.combine(laatste + timedelta(days=1), time()))


def laatste_dag(link: Toegangslink) -> date:
    """in: a link; out: the last day on which it opens, in the time zone of the site."""
    return timezone.localdate(link.geldig_tot - timedelta(seconds=1))


def trek_eerdere_in(link: Toegangslink, *, nu: datetime) -> None:
    """in: a new link, the moment; ends all other links of the same person in the same casus."""
    Toegangslink.objects.filter(
        casus=link.casus_id, deelnemer=link.deelnemer_id, gezinslid=link.gezinslid_id, ingetrokken_op=None
    ).exclude(pk=link.pk).update(ingetrokken_op=nu)


_VAN_HELPER = Q(deelnemer__isnull=False, deelnemer__tot=None, casus__afgesloten_op=None)
_VAN_GEZIN = Q(gezinslid__isnull=False, gezinslid__weg_op=None)
_MET_PERSOON = (
    "casus__team__organisatie",
    "casus__handreiking",
    "casus__coordinator__professional",
    "deelnemer__professional__organisatie",
    "deelnemer__netwerklid",
    "deelnemer__casus",
    "gezinslid__casus",
)


def zoek_open_link(token: str, soort: ActorSoort, nu: datetime) -> Toegangslink | None:
    """in: a token from an address, for whom that address is, the moment; out: its row, or None when it does not open.

    Whatever the reason, the same one query finds nothing: who asks cannot measure whether there ever was such a link.
    """
    voor_wie = _VAN_HELPER if soort == ActorSoort.DEELNEMER else _VAN_GEZIN
    geldig = Q(token_hash=hash_van(token), ingetrokken_op=None, geldig_tot__gt=nu)
    link = Toegangslink.objects.filter(geldig, voor_wie).select_related(*_MET_PERSOON).first()
    return link if link is not None and opent(link, nu) else None


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


class Binding(Enum):
    """To which browser a link that opens belongs."""

    VRIJ = auto()  # to none yet
    HIER = auto()  # to this one
    ELDERS = auto()  # to another one, or to this one until some time ago


def nieuwe_browser() -> str:
    """Out: a secret for the cookie of a browser, 192 random bits."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def binding(link: Toegangslink, browser: str, nu: datetime) -> Binding:
    """in: a link that opens, the secret in the cookie of a browser (empty: none), the moment; out: whose it is."""
    if link.gebonden_tot is None:
        return Binding.VRIJ
    hier = constant_time_compare(link.browser_hash, hash_van(browser)) and nu < link.gebonden_tot
    return Binding.HIER if hier else Binding.ELDERS
