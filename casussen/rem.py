"""How often somebody may try: counters in the cache, that begin again some minutes after the first try."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from casussen.client import client_address

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Grens:
    """At most so many times in so many seconds, counted under this name."""

    naam: str
    hooguit: int
    seconden: int = 300


def tel(grens: Grens, *wie: str) -> bool:
    """Counts one try.

    in: a limit, what it counts for (an address of rem.adres, a token, both together); out: whether it may go on.
    Without a cache everybody may: what is behind the doors must stay in reach, and a token cannot be guessed.
    """
    sleutel = _sleutel(grens, wie)
    try:
        cache.add(sleutel, 0, grens.seconden)
        return cache.incr(sleutel) <= grens.hooguit
    except ValueError:  # it ended between the two
        return True
    except RedisError as fout:
        log.warning("nothing is counted: %s", type(fout).__name__)
        return True


def is_vol(grens: Grens, *wie: str) -> bool:
    """in: as tel; out: whether there were too many already. Counts nothing."""
    try:
        return int(cache.get(_sleutel(grens, wie), 0)) >= grens.hooguit
    except RedisError as fout:
        log.warning("nothing is counted: %s", type(fout).__name__)
        return False


def adres(request: HttpRequest) -> str:
    """in: a request; out: where it comes from; for IPv6 the network, since one visitor has all of its addresses."""
    tekst = client_address(request)
    if tekst is None:
        return ""
    ip = ip_address(tekst)
    return str(ip_network((ip, 64), strict=False)) if isinstance(ip, IPv6Address) else str(ip)


def _sleutel(grens: Grens, wie: tuple[str, ...]) -> str:
    # A hash: a key of the cache may hold no token, and nothing that somebody made up.
    return f"rem:{grens.naam}:{sha256(repr(wie).encode()).hexdigest()}"
