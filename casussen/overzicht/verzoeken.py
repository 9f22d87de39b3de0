"""The register of requests: which ones are open, how many days there are left, how the others were decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models import Team, Verzoek
from casussen.models.verzoek import Besluit, VerzoekSoort

KORT = 7  # days: from here on a term is near


@dataclass(frozen=True)
class Regel:
    """One request. `stand`, `woord` and `teken` are for the tag `status`."""

    verzoek: Verzoek
    stand: str
    woord: str
    teken: str


def te_doen(teams: Iterable[Team]) -> QuerySet[Verzoek]:
    """in: teams; out: the requests in their casussen that ask for something, the shortest term first."""
    open_ = Q(besluit="") | Q(soort=VerzoekSoort.WISSEN, besluit=Besluit.JA)
    return Verzoek.objects.filter(open_, _van(teams), gezinslid__isnull=False).select_related("casus", "gezinslid")


def gedaan(teams: Iterable[Team]) -> QuerySet[Verzoek]:
    """in: teams; out: the other requests, also of people whose data are gone; the last one first."""
    return (
        Verzoek.objects.filter(_van(teams))
        .exclude(pk__in=te_doen(teams).order_by().values("pk"))
        .select_related("casus", "gezinslid")
        .order_by("-ontvangen_op", "pk")
    )


def _van(teams: Iterable[Team]) -> Q:
    # A casus may have gone to another team; its requests went along.
    return Q(casus__team__in=teams) | Q(casus__isnull=True, team__in=teams)


def regel(verzoek: Verzoek, op: date) -> Regel:
    """in: a request, today; out: how it stands."""
    if verzoek.moet_nog_gewist:
        return Regel(verzoek, "wacht", _("Ja, nog niet gewist"), "clock")
    if not verzoek.is_open:
        stand = {Besluit.JA: ("akkoord", "check"), Besluit.DEELS: ("gelukt", "check"), Besluit.NEE: ("niet", "x")}
        kleur, teken = stand[Besluit(verzoek.besluit)]
        return Regel(verzoek, kleur, _KORT[Besluit(verzoek.besluit)](), teken)
    if verzoek.gezinslid_id is None:
        return Regel(verzoek, "concept", _("Vervallen: gegevens gewist"), "minus-circle")
    dagen = (verzoek.uiterlijk - op).days
    if dagen < 0:
        return Regel(verzoek, "niet", _te_laat(-dagen), "alert")
    return Regel(verzoek, "wacht" if dagen <= KORT else "concept", _nog(dagen), "clock")


_KORT = {Besluit.JA: lambda: _("Ja"), Besluit.DEELS: lambda: _("Voor een deel"), Besluit.NEE: lambda: _("Nee")}


def _te_laat(dagen: int) -> str:
    return ngettext("%(dagen)d dag te laat", "%(dagen)d dagen te laat", dagen) % {"dagen": dagen}


def _nog(dagen: int) -> str:
    if dagen == 0:
        return _("Vandaag de laatste dag")
    return ngettext("Nog %(dagen)d dag", "Nog %(dagen)d dagen", dagen) % {"dagen": dagen}
