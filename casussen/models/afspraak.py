"""Agreements and what their owners answered."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij, Zichtbaar
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer


class Afspraak(Rij, Zichtbaar):
    """What one person does. The owner is a deelnemer or somebody of the family, never both.

    `inhoud_versie` counts changes that matter (owner, text, date): a Reactie belongs to one of them.
    An agreement that is over keeps its row and gets `vervallen_op`. The owner says that it is done (`gedaan_op`), or
    that it will be later (`later_op`, a new day); a change that matters empties both.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="afspraken")
    deelnemer = models.ForeignKey(
        Deelnemer,
        verbose_name=_("helper"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="afspraken",
    )
    gezinslid = models.ForeignKey(
        Gezinslid,
        verbose_name=_("gezinslid"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="afspraken",
    )
    wat = models.TextField(_("wat"), max_length=TEKST_MAX)
    wanneer = models.CharField(_("wanneer of hoe vaak"), max_length=120, blank=True)
    datum = models.DateField(_("datum"), null=True, blank=True)
    inhoud_versie = models.PositiveIntegerField(_("versie van de inhoud"), default=1)
    gedaan_op = models.DateTimeField(_("gedaan op"), null=True, blank=True)
    later_op = models.DateField(_("wordt later, op"), null=True, blank=True)
    vervallen_op = models.DateTimeField(_("vervallen op"), null=True, blank=True)

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False, gezinslid__isnull=True)
                | Q(deelnemer__isnull=True, gezinslid__isnull=False),
                name="afspraak_een_eigenaar",
            ),
            models.CheckConstraint(condition=~Q(wat=""), name="afspraak_wat_gevuld"),
        ]

    def __str__(self) -> str:
        return f"afspraak {self.pk}"

    @property
    def eigenaar(self) -> Deelnemer | Gezinslid:
        """Out: whose agreement it is."""
        eigenaar = self.deelnemer or self.gezinslid
        assert eigenaar is not None  # afspraak_een_eigenaar
        return eigenaar


class ReactieSoort(models.TextChoices):
    """What an owner can answer."""

    AKKOORD = "akkoord", _("Akkoord")
    NIET_AKKOORD = "niet-akkoord", _("Niet akkoord")
    VRAAG = "vraag", _("Vraag")


class Reactie(Rij):
    """The answer of the owner to one version of one agreement; a new answer takes the place of the old one."""

    afspraak = models.ForeignKey(
        Afspraak, verbose_name=_("afspraak"), on_delete=models.CASCADE, related_name="reacties"
    )
    deelnemer = models.ForeignKey(
        Deelnemer, verbose_name=_("deelnemer"), on_delete=models.RESTRICT, related_name="reacties"
    )
    inhoud_versie = models.PositiveIntegerField(_("versie van de inhoud"))
    soort = models.CharField(_("antwoord"), max_length=20, choices=ReactieSoort.choices)
    tekst = models.TextField(_("toelichting"), blank=True, max_length=TEKST_MAX)

    class Meta:
        verbose_name = _("reactie")
        verbose_name_plural = _("reacties")
        constraints = [
            models.UniqueConstraint(fields=["afspraak", "deelnemer", "inhoud_versie"], name="reactie_een_per_versie"),
            models.CheckConstraint(
                condition=Q(soort=ReactieSoort.AKKOORD) | ~Q(tekst=""), name="reactie_reden_of_vraag_gevuld"
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()
