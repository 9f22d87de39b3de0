"""The doors: who is there, which casus may that person have, and the line in the log that it was read."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from casussen import actor, logboek, rechten
from casussen.actor import Actor, ActorSoort
from casussen.berichten import links
from casussen.models import Casus, Medewerker, Toegangslink


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
        gemaakt = actor.van_medewerker(request.user, op=vandaag())
        request._actor = gemaakt  # type: ignore[attr-defined]  # cache on the request, as Django does with user
    return gemaakt


def casus_voor(request: HttpRequest, casus_id: UUID) -> tuple[Actor, Casus]:
    """in: request and casus id; out: the Actor and the casus; 404 when this Actor may not see it. Reading is logged."""
    door, casus = _haal(request, casus_id)
    _schrijf_gelezen(request, door, casus)
    return door, casus


def om_te_wijzigen(request: HttpRequest, casus_id: UUID) -> tuple[Actor, Casus]:
    """in: request and casus id; out: as casus_voor; 403 when the Actor may see it but not change it."""
    door, casus = _haal(request, casus_id)
    if not rechten.mag_casus_wijzigen(door, casus):
        raise PermissionDenied
    _schrijf_gelezen(request, door, casus)
    return door, casus


def _haal(request: HttpRequest, casus_id: UUID) -> tuple[Actor, Casus]:
    door = actor_van(request)
    casussen = rechten.casussen_van(door).select_related(
        "team__organisatie", "handreiking", "coordinator__professional"
    )
    return door, get_object_or_404(casussen, pk=casus_id)


def _schrijf_gelezen(request: HttpRequest, door: Actor, casus: Casus) -> None:
    """One line per GET of a whole page; fragments belong to the page that asked for them."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        logboek.schrijf(door=door, daad="las", casus_id=casus.pk, over=casus, velden=[_plek(request)])


def open_link(request: HttpRequest, token: str, soort: ActorSoort) -> tuple[Actor, Toegangslink]:
    """in: request, token, for whom this page is; out: the Actor of the one person of that link, and the link.

    raises GeslotenLink for every link that does not open here, whatever the reason. Reading is logged.
    """
    link = links.zoek_link(token)
    if link is None or not links.opent(link, nu()):
        raise GeslotenLink
    door = actor.van_link(link)
    if door.soort != soort:
        raise GeslotenLink
    if request.method == "GET":
        logboek.schrijf(door=door, daad="las", casus_id=link.casus_id, over=link, velden=[_plek(request)])
    return door, link


class GeslotenLink(Http404):
    """A link that is expired, revoked, replaced or forged; views answer with one and the same page."""


def _plek(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # only called from views
    nummer = request.resolver_match.kwargs.get("nummer", "")
    return f"{request.resolver_match.url_name}{nummer}"
