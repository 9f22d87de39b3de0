"""Six digits on top of a link: made when their mail leaves, so that they stand nowhere but in that mail."""

import secrets
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare, salted_hmac

from casussen.berichten import links
from casussen.models import Bericht, Deelnemer, Toegangscode, Toegangslink

CIJFERS = 6
# How long a code works, from when its mail left, and how often somebody may be wrong.
GELDIG = timedelta(minutes=10)
POGINGEN = 5
# So long somebody waits for it; a mail that leaves later would only be a riddle.
WACHTEN = timedelta(hours=1)


def maak(bericht: Bericht, nu: datetime) -> str:
    """in: a row of the outbox that leaves now, the moment; out: its digits. A mail tried again gets new ones."""
    cijfers = f"{secrets.randbelow(10**CIJFERS):0{CIJFERS}d}"
    code = Toegangscode.objects.get(bericht=bericht)
    code.code_hash, code.geldig_tot = hash_van(code, cijfers), nu + GELDIG
    code.save(update_fields=["code_hash", "geldig_tot"])
    return cijfers


def hash_van(code: Toegangscode, cijfers: str) -> str:
    """in: a code, digits; out: what the database keeps: without the key of this site nobody can try them all."""
    return salted_hmac("casussen.berichten.codes", f"{code.pk}:{cijfers}", algorithm="sha256").hexdigest()


def klopt(code: Toegangscode, cijfers: str) -> bool:
    """in: a code, digits; out: whether they are its digits, told in the same time for each."""
    return constant_time_compare(code.code_hash, hash_van(code, cijfers))


def laatste(link: Toegangslink) -> Toegangscode | None:
    """in: a link; out: its newest code, the only one that is worth something."""
    return link.codes.order_by("-gemaakt_op", "-id").first()


def is_van(code: Toegangscode | None, browser: str) -> bool:
    """in: a code if any, the secret in the cookie of a browser; out: whether that browser asked for it."""
    return code is not None and constant_time_compare(code.browser_hash, links.hash_van(browser))


def is_op(code: Toegangscode) -> bool:
    """in: a code; out: whether it was wrong too often, so that it is worth nothing any more."""
    return code.pogingen >= POGINGEN


def is_te_typen(link: Toegangslink, browser: str, nu: datetime) -> bool:
    """in: a link, the secret of a browser, the moment; out: whether that browser asked for a code that may still open
    it: it is under way, or not yet too old."""
    code = laatste(link)
    if code is None or not is_van(code, browser) or is_op(code) or code.gebruikt_op is not None:
        return False
    return code.geldig_tot is None or nu < code.geldig_tot


def toonde_code(link: Toegangslink, nu: datetime) -> bool:
    """in: a link that belongs to this browser, the moment; out: whether that browser showed the code from a mail."""
    return link.code_tot is not None and nu < link.code_tot


def eist_code(deel: Deelnemer) -> bool:
    """in: a part in a casus; out: whether nothing of it shows behind a link without a code: the organisation of the
    team, or that of the helper, chose so."""
    eigen = deel.professional is not None and deel.professional.organisatie.code_altijd
    return eigen or deel.casus.team.organisatie.code_altijd


def is_nodig(bericht: Bericht, nu: datetime) -> bool:
    """in: a row of the outbox, the moment; out: whether somebody still waits for this code, at a link that opens."""
    code = Toegangscode.objects.select_related("link").get(bericht=bericht)
    return code == laatste(code.link) and nu < code.gemaakt_op + WACHTEN and links.opent(code.link, nu)
