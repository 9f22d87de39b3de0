"""Links that give one person access to one casus without an account."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.casus import Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer


class Toegangslink(Rij):
    """A link for one deelnemer (/t/) or one gezinslid (/o/). Only the SHA-256 of the token is kept."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="toegangslinks")
    deelnemer = models.ForeignKey(
        Deelnemer,
        verbose_name=_("deelnemer"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="links",
    )
    gezinslid = models.ForeignKey(
        Gezinslid,
        verbose_name=_("gezinslid"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="links",
    )
    token_hash = models.CharField(_("hash van de token"), max_length=64, unique=True)
    geldig_tot = models.DateTimeField(_("geldig tot"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("toegangslink")
        verbose_name_plural = _("toegangslinks")
        constraints = [
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False, gezinslid__isnull=True)
                | Q(deelnemer__isnull=True, gezinslid__isnull=False),
                name="toegangslink_voor_een_persoon",
            )
        ]

    def __str__(self) -> str:
        return f"toegangslink {self.pk}"

    def is_geldig(self, nu: datetime) -> bool:
        """in: the moment; out: whether this link still opens (the casus and the person's part are checked apart)."""
        return self.ingetrokken_op is None and nu < self.geldig_tot
