"""What needs me today about reading along: a consent that is missing, a request to remove, a birthday."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models import Casus, Toestemming
from casussen.models.toestemming import NaIntrekken
from casussen.overzicht.lijst import Beeld
from casussen.overzicht.toestemming import Verandering, veranderingen
from casussen.overzicht.vandaag import Taak
from casussen.taal.datums import opsomming


def taken(beelden: Collection[Beeld], op: date) -> list[Taak]:
    """in: the open casussen that I lead, today; out: what to do about reading along (one query)."""
    te_wissen = _te_wissen({beeld.casus.pk: beeld.casus for beeld in beelden})
    return [
        *(_wissen(casus, organisatie) for casus, organisatie in te_wissen),
        *(_leeftijd(beeld.casus, wat) for beeld in beelden for wat in veranderingen(beeld.gezin, op)),
        *(taak for beeld in beelden if (taak := _ontbreekt(beeld))),
    ]


def _te_wissen(casussen: dict[UUID, Casus]) -> list[tuple[Casus, str]]:
    """Organisations that must be asked to remove what they had, because somebody took a consent back."""
    rijen = Toestemming.objects.filter(
        casus__in=casussen, na_intrekken=NaIntrekken.WISSEN, wissen_gevraagd_op__isnull=True
    )
    paren = rijen.order_by("casus", "organisatie__naam").values_list("casus", "organisatie__naam").distinct()
    return [(casussen[casus], naam) for casus, naam in paren]


def _adres(casus: Casus) -> str:
    return reverse("casussen:delen", args=[casus.pk])


def _wissen(casus: Casus, organisatie: str) -> Taak:
    return Taak(
        "niet",
        "trash",
        _("Vraag %(organisatie)s om weg te doen wat zij heeft") % {"organisatie": organisatie},
        _("%(gezin)s. De toestemming is ingetrokken.") % {"gezin": casus.naam},
        _("Bekijk"),
        _("wat %(organisatie)s had van %(gezin)s") % {"organisatie": organisatie, "gezin": casus.naam},
        _adres(casus),
    )


def _leeftijd(casus: Casus, wat: Verandering) -> Taak:
    return Taak(
        "wacht",
        "calendar",
        wat.kop,
        _("%(gezin)s. %(uitleg)s") % {"gezin": casus.naam, "uitleg": wat.uitleg},
        _("Bekijk"),
        _("wat er verandert voor %(naam)s") % {"naam": wat.lid.roepnaam},
        _adres(casus),
    )


def _ontbreekt(beeld: Beeld) -> Taak | None:
    namen = [rij.organisatie.naam for rij in beeld.meelezers if not rij.mag_meelezen]
    if not namen:
        return None
    zin = ngettext(
        "%(gezin)s. Tot dan krijgt %(namen)s niets.", "%(gezin)s. Tot dan krijgen %(namen)s niets.", len(namen)
    )
    return Taak(
        "wacht",
        "lock",
        _("Vraag om toestemming"),
        zin % {"gezin": beeld.casus.naam, "namen": opsomming(namen)},
        _("Bekijk aan wie"),
        _("je toestemming vraagt bij %(gezin)s") % {"gezin": beeld.casus.naam},
        _adres(beeld.casus),
    )
