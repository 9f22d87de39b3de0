"""The log: who did or read what, and when. Triggers in the database refuse UPDATE, DELETE and TRUNCATE."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Logregel(models.Model):
    """One deed or one reading. It holds ids and names of fields, never a text of the casus.

    There are no foreign keys on purpose: a line stays when what it tells about is gone.
    """

    id = models.BigAutoField(primary_key=True)
    op = models.DateTimeField(_("op"), auto_now_add=True)
    actor_soort = models.CharField(_("soort actor"), max_length=12)
    actor_id = models.UUIDField(_("actor"), null=True)
    medewerker_id = models.BigIntegerField(_("medewerker"), null=True)
    casus_id = models.UUIDField(_("casus"), null=True)
    daad = models.CharField(_("daad"), max_length=40)
    object_soort = models.CharField(_("soort object"), max_length=40, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    velden = ArrayField(models.CharField(max_length=40), verbose_name=_("velden"), default=list)

    class Meta:
        verbose_name = _("logregel")
        verbose_name_plural = _("logregels")
        ordering = ["-id"]
        indexes = [models.Index(fields=["casus_id", "-id"], name="logregel_per_casus")]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.daad}"
