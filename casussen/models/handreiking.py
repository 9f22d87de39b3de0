"""The content sets: the seven steps as versioned data."""

from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from casussen import inhoud
from casussen.models.basis import Rij


class Soort(models.TextChoices):
    """For whom a content set is written."""

    JEUGD = "jeugd", _("Jeugd")
    WMO = "wmo", _("Wmo")


class Handreiking(Rij):
    """One version of one content set. A casus keeps the version that it started with."""

    soort = models.CharField(_("soort"), max_length=10, choices=Soort.choices)
    nummer = models.PositiveIntegerField(_("nummer"))
    gegevens = models.JSONField(_("inhoud"))
    vingerafdruk = models.CharField(_("vingerafdruk"), max_length=64)

    class Meta:
        verbose_name = _("handreiking")
        verbose_name_plural = _("handreikingen")
        ordering = ["soort", "-nummer"]
        constraints = [models.UniqueConstraint(fields=["soort", "nummer"], name="handreiking_nummer_uniek")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} {self.nummer}"

    @cached_property
    def inhoud(self) -> inhoud.Inhoud:
        """Out: the steps and questions as typed data."""
        return inhoud.van_dict(self.gegevens)
