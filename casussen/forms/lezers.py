"""Choosing who may read an item: one tick per family member, and one for the helpers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.models import Gezinslid
from casussen.models.basis import VoorGezin, Zichtbaar

HELPERS = "helpers"


class LezersField(forms.MultipleChoiceField):
    """Ticks for the family members of a casus and for the helpers together."""

    def __init__(self, gezinsleden: Iterable[Gezinslid], **kwargs: Any) -> None:
        keuzes = [(str(lid.pk), lid.roepnaam) for lid in gezinsleden]
        kwargs.setdefault("label", _("Wie mag dit lezen?"))
        super().__init__(
            choices=[*keuzes, (HELPERS, _("helpers"))],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


def ticks(item: Zichtbaar, gezinsleden: list[Gezinslid]) -> list[str]:
    """in: an item and the family; out: which ticks are on."""
    aan = [str(lid.pk) for lid in item.lezers_in_gezin(gezinsleden)]
    return [*aan, HELPERS] if item.voor_professionals else aan


def velden(keuze: list[str], gezinsleden: list[Gezinslid]) -> dict[str, Any]:
    """in: the ticks that are on, and the family; out: the fields of Zichtbaar.

    Everyone who reads as a matter of course ticked means "iedereen", so that whoever joins later reads it too.
    """
    gekozen = [lid for lid in gezinsleden if str(lid.pk) in keuze]
    vanzelf = [lid for lid in gezinsleden if lid.leest_vanzelf_mee]
    deel = VoorGezin.GEKOZEN if gekozen else VoorGezin.NIEMAND
    voor_gezin = VoorGezin.IEDEREEN if gekozen == vanzelf else deel
    return {
        "voor_gezin": voor_gezin,
        "gekozen_gezinsleden": gekozen if voor_gezin == VoorGezin.GEKOZEN else [],
        "voor_professionals": HELPERS in keuze,
    }
