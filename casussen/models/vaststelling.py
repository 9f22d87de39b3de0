"""The fixed versions of a casus."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.casus import Casus
from casussen.models.organisatie import Medewerker


class Vaststelling(Rij):
    """A numbered snapshot at the end of an MDO. A trigger in the database refuses every change to it.

    `inhoud` is what `overzicht.momentopname.maak` made of the casus at that moment.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="vaststellingen")
    nummer = models.PositiveIntegerField(_("nummer"))
    inhoud = models.JSONField(_("inhoud"))
    door = models.ForeignKey(Medewerker, verbose_name=_("door"), on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(_("op"))

    class Meta:
        verbose_name = _("vaststelling")
        verbose_name_plural = _("vaststellingen")
        ordering = ["-nummer"]
        constraints = [models.UniqueConstraint(fields=["casus", "nummer"], name="vaststelling_nummer_uniek")]

    def __str__(self) -> str:
        return f"versie {self.nummer}"
