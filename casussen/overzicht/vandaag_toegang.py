"""What needs me today about who sees my families: one that came to me, one that somebody opened in an emergency.

Both are done once I opened the page of that family: there stands why.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.actor import Actor
from casussen.models import Casus, Logregel, Noodtoegang, Teamoverdracht
from casussen.overzicht.vandaag import Taak
from casussen.taal.datums import dag_kort


def taken(casussen: Collection[Casus], actor: Actor) -> list[Taak]:
    """in: the casussen that I lead, who I am; out: what I did not look at yet (two queries)."""
    van_mij = [casus.pk for casus in casussen if casus.coordinator == actor.medewerker]
    overdrachten = Teamoverdracht.objects.filter(casus__in=van_mij).exclude(door=actor.medewerker)
    noodtoegangen = Noodtoegang.objects.filter(casus__in=van_mij)
    return [
        *(_noodtoegang(rij) for rij in _ongezien(noodtoegangen, "van", actor).select_related("casus", "medewerker")),
        *(_overdracht(rij) for rij in _ongezien(overdrachten, "op", actor).select_related("casus", "door")),
    ]


def _ongezien(rijen: QuerySet[Any], moment: str, actor: Actor) -> QuerySet[Any]:
    medewerker = actor.medewerker
    las = Logregel.objects.filter(
        casus_id=OuterRef("casus_id"),
        medewerker_id=medewerker.pk if medewerker else None,
        daad="las",
        velden__contains=["stand"],
        op__gte=OuterRef(moment),
    )
    return rijen.filter(~Exists(las)).order_by(moment)


def _noodtoegang(noodtoegang: Noodtoegang) -> Taak:
    wie = {"naam": noodtoegang.medewerker.naam, "gezin": noodtoegang.casus.naam}
    return Taak(
        "niet",
        "lock",
        _("%(naam)s gebruikte noodtoegang") % wie,
        _("%(gezin)s, %(dag)s.") % {**wie, "dag": dag_kort(timezone.localdate(noodtoegang.van))},
        _("Lees waarom"),
        _("%(naam)s %(gezin)s opende") % wie,
        _adres(noodtoegang.casus),
    )


def _overdracht(overdracht: Teamoverdracht) -> Taak:
    wie = {"naam": overdracht.door.naam, "gezin": overdracht.casus.naam}
    return Taak(
        "",
        "switch",
        _("Jij bent nu de coördinator van %(gezin)s") % wie,
        _("%(naam)s droeg het aan jou over op %(dag)s.") % {**wie, "dag": dag_kort(timezone.localdate(overdracht.op))},
        _("Bekijk"),
        _("%(gezin)s") % wie,
        _adres(overdracht.casus),
    )


def _adres(casus: Casus) -> str:
    return reverse("casussen:stand", args=[casus.pk])
