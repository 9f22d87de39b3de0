"""What several models share."""

import uuid
from typing import Any, Protocol, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Lezer(Protocol):
    """Somebody of the family, as far as reading goes (models/casus.py: Gezinslid)."""

    pk: Any

    @property
    def leest_vanzelf_mee(self) -> bool:
        """Out: whether this person reads what everyone in the family reads."""


L = TypeVar("L", bound=Lezer)

# Before a name: "opa Henk" is called so, and nobody is known as "opa" alone.
AANSPREEKWOORDEN = frozenset({"opa", "oma", "tante", "oom", "buurman", "buurvrouw", "mevrouw", "meneer"})


class Rij(models.Model):
    """A record with a random id that a form can hand out beforehand.

    A form carries the id of the record that it will make. So a double click makes one record, not two.
    `versie` counts the saves: whoever saves on top of an older version is shown both texts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    versie = models.PositiveIntegerField(_("versie"), default=1)
    gemaakt_op = models.DateTimeField(_("gemaakt op"), auto_now_add=True)
    gewijzigd_op = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    class Meta:
        abstract = True


class VoorGezin(models.TextChoices):
    """Who of the family may read an item."""

    IEDEREEN = "iedereen", _("Iedereen in het gezin")
    GEKOZEN = "gekozen", _("Alleen wie ik kies")
    NIEMAND = "niemand", _("Niemand in het gezin")


class Zichtbaar(models.Model):
    """An item whose readers are chosen: which family members, and whether the other helpers."""

    voor_gezin = models.CharField(
        _("te lezen door het gezin"), max_length=10, choices=VoorGezin.choices, default=VoorGezin.IEDEREEN
    )
    gekozen_gezinsleden = models.ManyToManyField(
        "casussen.Gezinslid", verbose_name=_("gekozen gezinsleden"), related_name="+", blank=True
    )
    voor_professionals = models.BooleanField(_("te lezen door de helpers"), default=True)

    class Meta:
        abstract = True

    def lezers_in_gezin(self, gezinsleden: list[L]) -> list[L]:
        """in: the family members of the casus (prefetch `gekozen_gezinsleden`); out: those who may read this.

        "Iedereen" means everyone who takes part as a matter of course: a parent without gezag is only
        included when chosen by name (information on request only, see docs/ontwerp.md).
        """
        if self.voor_gezin == VoorGezin.NIEMAND:
            return []
        if self.voor_gezin == VoorGezin.IEDEREEN:
            return [lid for lid in gezinsleden if lid.leest_vanzelf_mee]
        gekozen = {lid.pk for lid in self.gekozen_gezinsleden.all()}
        return [lid for lid in gezinsleden if lid.pk in gekozen]


def initialen(naam: str) -> str:
    """in: a full name; out: one or two capitals for the avatar ("dr. Amrita Soedamah" gives "AS")."""
    woorden = [woord for woord in naam.split() if not woord.endswith(".")] or naam.split() or ["?"]
    letters = woorden[0][0] + (woorden[-1][0] if len(woorden) > 1 else "")
    return letters.upper()


def roepnaam(naam: str) -> str:
    """in: a full name; out: the name that people at the table use (the first word that is not a title)."""
    woorden = [woord for woord in naam.split() if not woord.endswith(".")] or naam.split() or ["?"]
    if woorden[0].lower() in AANSPREEKWOORDEN:
        return naam
    return woorden[0]
