"""The doors: who is there, which casus may that person have, and the line in the log that it was read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casussen import actor, logboek, rechten, rem
from casussen.actor import Actor, ActorSoort
from casussen.berichten import links
from casussen.client import client_address, request_number
from casussen.models import Casus, Deelnemer, Medewerker, Toegangslink

NET_GELEZEN = timedelta(minutes=10)
# Links that do not open, per address: an office shares one, so what does open is not counted.
FOUTE_LINKS = rem.Grens("foute-links", hooguit=30)
# Per link and address: whoever asks too much stands before a closed door, and its owner elsewhere does not.
PER_LINK = rem.Grens("per-link", hooguit=120)
# What every page of a casus needs of it.
_BIJ_CASUS = ("team__organisatie", "handreiking", "coordinator__professional")


def nu() -> datetime:
    """Out: the moment of this request, in UTC."""
    return timezone.now()


def vandaag() -> date:
    """Out: the day of this request, in the time zone of the site."""
    return timezone.localdate()


def actor_van(request: HttpRequest) -> Actor:
    """in: a request of somebody who is signed in; out: that Actor, made once per request."""
    assert isinstance(request.user, Medewerker)  # LoginRequiredMiddleware
    gemaakt: Actor | None = getattr(request, "_actor", None)
    if gemaakt is None:
        gemaakt = met_herkomst(actor.van_medewerker(request.user, op=vandaag()), request)
        request._actor = gemaakt  # type: ignore[attr-defined]  # cache on the request, as Django does with user
    return gemaakt


def klok(request: HttpRequest) -> Actor:
    """in: a request of somebody of whom nothing is known; out: the Actor of what then happens by itself."""
    return met_herkomst(actor.klok(), request)


def met_herkomst(door: Actor, request: HttpRequest) -> Actor:
    """in: an Actor and its request; out: the same Actor, with the number of the request and where it came from."""
    return replace(door, request_id=request_number(), bron=client_address(request))


def casus_voor(
    request: HttpRequest, casus_id: UUID, *, mag: Callable[[Actor, Casus], bool] = rechten.mag_casus_zien
) -> tuple[Actor, Casus]:
    """in: request, casus id, a right of rechten.py that this page needs; out: the Actor and the casus.

    404 when this Actor may not see it, 403 when he sees it and lacks the right. Reading is logged, a refusal is not.
    """
    door, casus = _haal(request, casus_id)
    if mag is not rechten.mag_casus_zien and not mag(door, casus):
        raise PermissionDenied
    schrijf_gelezen(request, door, casus.pk, casus)
    return door, casus


def om_te_wijzigen(request: HttpRequest, casus_id: UUID) -> tuple[Actor, Casus]:
    """in: request and casus id; out: as casus_voor; 403 when the Actor may see it but not change it."""
    return casus_voor(request, casus_id, mag=rechten.mag_casus_wijzigen)


def _haal(request: HttpRequest, casus_id: UUID) -> tuple[Actor, Casus]:
    door = actor_van(request)
    casussen = rechten.casussen_van(door).select_related(*_BIJ_CASUS)
    casus = casussen.filter(pk=casus_id).first()
    return _met_noodtoegang(request, door, casus_id) if casus is None else (door, casus)


def _met_noodtoegang(request: HttpRequest, door: Actor, casus_id: UUID) -> tuple[Actor, Casus]:
    """Only who cannot come in otherwise; the page shows a band, and every line in the log says so."""
    lopend = rechten.lopende_noodtoegang(door, nu()).select_related(*(f"casus__{naam}" for naam in _BIJ_CASUS))
    noodtoegang = get_object_or_404(lopend, casus=casus_id)
    met = replace(door, noodtoegang=noodtoegang)
    request._actor = met  # type: ignore[attr-defined]  # as in actor_van
    request.noodtoegang = noodtoegang  # type: ignore[attr-defined]  # for the band in base.html
    return met, noodtoegang.casus


def schrijf_gelezen(
    request: HttpRequest, door: Actor, casus_id: UUID, over: Casus | Toegangslink | Deelnemer, plek: str = ""
) -> None:
    """One line per page. A part of a page, and the page that comes back after a mistake, count as reading too.

    But not again and again: searching while typing gives a line per ten minutes, not per letter.
    in: request, who, which casus, what is read, where (empty: the name of the address).
    """
    if request.method == "HEAD":
        return
    plek, heel = plek or _plek(request), request.method == "GET" and "HX-Request" not in request.headers
    sinds = nu() - NET_GELEZEN
    plekken = [plek] if request.method == "GET" else []
    if heel or not logboek.las_sinds(sinds, door=door, casus_id=casus_id, velden=plekken):
        logboek.schrijf(door=door, daad="las", casus_id=casus_id, over=over, velden=[plek])


def schrijf_gelezen_samen(request: HttpRequest, wie: Sequence[tuple[Actor, Deelnemer]]) -> None:
    """in: a request, and in several casussen at once who reads which part; as schrijf_gelezen, in a few queries."""
    if request.method == "HEAD":
        return
    net = set() if request.method == "GET" else logboek.gelezen_sinds(nu() - NET_GELEZEN, wie=wie)
    logboek.schrijf_gelezen(wie=[(door, deel) for door, deel in wie if deel.pk not in net], plek=_plek(request))


@dataclass(frozen=True)
class Toegang:
    """Somebody at a link that opens: who, the link, and whether it already belongs to this browser."""

    door: Actor
    link: Toegangslink
    hier: bool


def open_link(request: HttpRequest, token: str, soort: ActorSoort) -> Toegang:
    """in: request, token, for whom this page is; out: the one person of that link; who reads must log it.

    raises GeslotenLink for every link that does not open, whatever the reason, LinkElders for one that belongs to
    another browser, and LinkTeVaak for whoever asked too often.
    """
    adres = rem.adres(request)
    if rem.is_vol(FOUTE_LINKS, adres) or not rem.tel(PER_LINK, adres, token):
        raise LinkTeVaak
    link = links.zoek_open_link(token, soort, nu())
    if link is None:
        rem.tel(FOUTE_LINKS, adres)
        raise GeslotenLink
    door = met_herkomst(actor.van_link(link), request)
    staat = links.binding(link, browser_van(request), nu())
    if staat is links.Binding.ELDERS:
        raise LinkElders
    return Toegang(door, link, hier=staat is links.Binding.HIER)


def browser_van(request: HttpRequest) -> str:
    """in: a request; out: the secret in the cookie of this browser, empty when it never used a link."""
    return request.COOKIES.get(settings.LINK_COOKIE_NAME, "")


class GeslotenLink(Http404):
    """A link that is expired, revoked, replaced or forged; views answer it with views.link.dicht."""


class LinkElders(GeslotenLink):
    """A link that belongs to another browser, or did so long ago that it must be asked for anew."""


class LinkTeVaak(GeslotenLink):
    """Too many links that do not open, or too many requests for one link, in a few minutes."""


def _plek(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # only called from views
    nummer = request.resolver_match.kwargs.get("nummer", "")
    return f"{request.resolver_match.url_name}{nummer}"
