"""Where a mail leads. For whoever has no account: a new link. For staff: the page itself, behind the login."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from casussen.berichten import links
from casussen.models import Bericht, Medewerker, Toegangslink
from casussen.models.bericht import BerichtSoort


@dataclass(frozen=True)
class Adres:
    """A full address; `tot_en_met` is the last day that it opens (None: no end, behind the login)."""

    url: str
    tot_en_met: date | None = None
    link: Toegangslink | None = None


def maak(bericht: Bericht, nu: datetime) -> Adres:
    """in: a row of the outbox that leaves now, the moment; out: where it leads. Makes the link that it needs."""
    aan = bericht.ontvanger
    if isinstance(aan, Medewerker):
        return _VOOR_STAF[BerichtSoort(bericht.soort)](bericht, nu)
    url, link = links.maak_link(aan, nu=nu)
    return Adres(url, links.laatste_dag(link), link)


def _in_casus(plek: str) -> Callable[[Bericht, datetime], Adres]:
    """in: the name of an address that takes a casus; out: the maker of the address of that page."""
    return lambda bericht, _nu: Adres(settings.SITE_URL + reverse(plek, args=[bericht.casus_id]))


_VOOR_STAF: dict[BerichtSoort, Callable[[Bericht, datetime], Adres]] = {
    BerichtSoort.EVALUATIE_NADERT: _in_casus("casussen:evaluatie"),
    BerichtSoort.EVALUATIE_VOORBIJ: _in_casus("casussen:evaluatie"),
}
