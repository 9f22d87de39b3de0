"""The log: who did or read what, and when; and its seals. Triggers in the database refuse UPDATE, DELETE, TRUNCATE."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Logregel(models.Model):
    """One deed or one reading. It holds ids and names of fields, never a text of the casus.

    There are no foreign keys on purpose: a line stays when what it tells about is gone.
    """

    id = models.BigAutoField(primary_key=True)
    # Whatever is given, a trigger puts the clock of the database here.
    op = models.DateTimeField(_("op"), db_default=Now())
    actor_soort = models.CharField(_("soort actor"), max_length=12)
    actor_id = models.UUIDField(_("actor"), null=True)
    medewerker_id = models.BigIntegerField(_("medewerker"), null=True)
    casus_id = models.UUIDField(_("casus"), null=True)
    daad = models.CharField(_("daad"), max_length=40)
    object_soort = models.CharField(_("soort object"), max_length=40, blank=True)
    object_id = models.CharField(_("object"), max_length=40, blank=True)
    namens_soort = models.CharField(_("namens, soort"), max_length=12, blank=True)
    namens_id = models.UUIDField(_("namens"), null=True)
    request_id = models.CharField(_("verzoek"), max_length=32, blank=True)
    bron = models.GenericIPAddressField(_("adres van de bron"), null=True)
    velden = ArrayField(models.CharField(max_length=40), verbose_name=_("velden"), default=list)

    class Meta:
        verbose_name = _("logregel")
        verbose_name_plural = _("logregels")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["casus_id", "-id"], name="logregel_per_casus"),
            models.Index(fields=["-op"], name="logregel_per_moment"),
            models.Index(fields=["request_id"], condition=~Q(request_id=""), name="logregel_per_verzoek"),
        ]

    def __str__(self) -> str:
        return f"{self.op:%Y-%m-%d %H:%M} {self.daad}"


class Logzegel(models.Model):
    """The seal of one Logregel: a hash over that line and over the seal before it. Only the database makes it.

    A deferred trigger does so at the end of the transaction, when the order is certain. `dag` is the day of sealing in
    the Netherlands; `nummer` counts within it from 1, so that a line that is taken out leaves a gap. The first seal of
    a day is chained to the last one of the day before. overzicht/logketen.py checks it all.
    """

    logregel_id = models.BigIntegerField(_("logregel"), primary_key=True)
    dag = models.DateField(_("dag"))
    nummer = models.PositiveIntegerField(_("nummer"))
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("logzegel")
        verbose_name_plural = _("logzegels")
        constraints = [models.UniqueConstraint(fields=["dag", "nummer"], name="logzegel_nummer_per_dag")]

    def __str__(self) -> str:
        return f"{self.dag} {self.nummer}"
