"""Where a mail leads. For whoever has no account: a new link. For staff: the page itself, behind the login."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from casussen.berichten import codes, links, uitnodigingen
from casussen.berichten.teksten_toegang import is_coordinator
from casussen.models import Bericht, Medewerker, Toegangslink
from casussen.models.bericht import BerichtSoort


@dataclass(frozen=True)
class Adres:
    """A full address; `tot_en_met` is the last day that it opens (None: no end, behind the login).

    A mail with a code leads nowhere: it has `code` and no address.
    """

    url: str
    tot_en_met: date | None = None
    link: Toegangslink | None = None
    code: str = ""


def maak(bericht: Bericht, nu: datetime, *, ook: Sequence[Bericht] = ()) -> Adres:
    """in: a row of the outbox that leaves now, the moment, the rows in the same mail; out: where that mail leads.

    Makes the link that it needs. Rows for staff that lead to several pages lead to what those have in common.
    """
    aan = bericht.ontvanger
    if isinstance(aan, Medewerker):
        adressen = {_VOOR_STAF[BerichtSoort(rij.soort)](rij, nu) for rij in (bericht, *ook)}
        return adressen.pop() if len(adressen) == 1 else _gezamenlijk([bericht, *ook], nu)
    if bericht.soort == BerichtSoort.CODE:
        return Adres("", code=codes.maak(bericht, nu))
    url, link = links.maak_link(aan, nu=nu)
    return Adres(url, links.laatste_dag(link), link)


def _gezamenlijk(rijen: Sequence[Bericht], nu: datetime) -> Adres:
    """The family that all of it is about, else the list with what to do today."""
    if len({rij.casus_id for rij in rijen}) == 1:
        return _in_casus("casussen:stand")(rijen[0], nu)
    return Adres(settings.SITE_URL + reverse("casussen:lijst"))


def _in_casus(plek: str) -> Callable[[Bericht, datetime], Adres]:
    """in: the name of an address that takes a casus; out: the maker of the address of that page."""
    return lambda bericht, _nu: Adres(settings.SITE_URL + reverse(plek, args=[bericht.casus_id]))


def _nieuw_wachtwoord(bericht: Bericht, _nu: datetime) -> Adres:
    """The token works once and `PASSWORD_RESET_TIMEOUT` seconds: it is made of the password that it replaces."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(bericht.medewerker)
    kwargs = {"uidb36": user_pk_to_url_str(bericht.medewerker), "key": token}
    return Adres(settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=kwargs))


def _account(_bericht: Bericht, _nu: datetime) -> Adres:
    return Adres(settings.SITE_URL + reverse("account"))


def _uitnodiging(bericht: Bericht, nu: datetime) -> Adres:
    assert bericht.medewerker is not None  # only staff is invited
    return Adres(*uitnodigingen.maak_link(bericht.medewerker, nu=nu))


def _noodtoegang(bericht: Bericht, nu: datetime) -> Adres:
    """A coordinator reads the reason at the casus; a beheerder reads who and when, without the family."""
    if is_coordinator(bericht):
        return _in_casus("casussen:stand")(bericht, nu)
    return Adres(settings.SITE_URL + reverse("casussen:noodtoegang_overzicht"))


_VOOR_STAF: dict[BerichtSoort, Callable[[Bericht, datetime], Adres]] = {
    BerichtSoort.EVALUATIE_NADERT: _in_casus("casussen:evaluatie"),
    BerichtSoort.EVALUATIE_VOORBIJ: _in_casus("casussen:evaluatie"),
    BerichtSoort.BEWAREN: _in_casus("casussen:bewaren_casus"),
    BerichtSoort.LEEFTIJD: _in_casus("casussen:delen"),
    BerichtSoort.WACHTWOORD: _nieuw_wachtwoord,
    BerichtSoort.ACCOUNT: _account,
    BerichtSoort.NOODTOEGANG: _noodtoegang,
    BerichtSoort.TEAMOVERDRACHT: _in_casus("casussen:stand"),
    BerichtSoort.UITNODIGING: _uitnodiging,
    BerichtSoort.GEEN_ANTWOORD: _in_casus("casussen:stand"),
}
