"""Looking back together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.afspraak import Afspraak
from casussen.models.basis import Rij
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer


class Vervolg(models.TextChoices):
    """How it goes on after an evaluation."""

    DOOR = "door", _("Zo door")
    AANPASSEN = "aanpassen", _("Aanpassen")
    AFSLUITEN = "afsluiten", _("Stoppen, met een goed einde")


class Klopt(models.TextChoices):
    """Whether tasks and regie are still right."""

    JA = "ja", _("Ja, dit klopt")
    NEE = "nee", _("Nee, we veranderen iets")


class Evaluatie(Rij):
    """One evaluation: planned at first, recorded once `gehouden_op` is filled. One is planned at a time.

    Whoever is not in `afwezig_…` is invited, so that a new deelnemer is never forgotten.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="evaluaties")
    datum = models.DateField(_("datum"))
    van = models.TimeField(_("van"), null=True, blank=True)
    tot = models.TimeField(_("tot"), null=True, blank=True)
    waar = models.CharField(_("waar"), max_length=200, blank=True)
    uitnodiger = models.ForeignKey(
        Deelnemer,
        verbose_name=_("wie nodigt uit"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )
    afwezige_deelnemers = models.ManyToManyField(
        Deelnemer, verbose_name=_("helpers die er niet bij zijn"), related_name="+", blank=True
    )
    afwezige_gezinsleden = models.ManyToManyField(
        Gezinslid, verbose_name=_("gezinsleden die er niet bij zijn"), related_name="+", blank=True
    )
    gehouden_op = models.DateTimeField(_("vastgelegd op"), null=True, blank=True)
    ging_goed = models.TextField(_("wat ging goed in het samenwerken"), blank=True, max_length=TEKST_MAX)
    voortaan_anders = models.TextField(_("wat doen we voortaan anders"), blank=True, max_length=TEKST_MAX)
    klopt = models.CharField(_("klopt de verdeling"), max_length=5, choices=Klopt.choices, blank=True)
    klopt_uitleg = models.TextField(_("wat klopt er niet"), blank=True, max_length=TEKST_MAX)
    vervolg = models.CharField(_("hoe gaan we verder"), max_length=10, choices=Vervolg.choices, blank=True)

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")
        ordering = ["datum"]
        constraints = [
            models.UniqueConstraint(
                fields=["casus"], condition=Q(gehouden_op__isnull=True), name="evaluatie_een_gepland"
            ),
            models.CheckConstraint(
                condition=Q(gehouden_op__isnull=True) | ~Q(vervolg=""), name="evaluatie_gehouden_met_vervolg"
            ),
        ]
        indexes = [models.Index(fields=["datum"], condition=Q(gehouden_op=None), name="evaluatie_gepland_op_datum")]

    def __str__(self) -> str:
        return f"evaluatie op {self.datum}"


class OordeelSoort(models.TextChoices):
    """How an agreement went."""

    GELUKT = "gelukt", _("Gelukt")
    DEELS = "deels", _("Deels")
    NIET = "niet", _("Niet")
    VERVALLEN = "vervallen", _("Vervallen")


class Oordeel(Rij):
    """What everyone together concluded about one agreement at one evaluation."""

    evaluatie = models.ForeignKey(
        Evaluatie, verbose_name=_("evaluatie"), on_delete=models.CASCADE, related_name="oordelen"
    )
    afspraak = models.ForeignKey(
        Afspraak, verbose_name=_("afspraak"), on_delete=models.CASCADE, related_name="oordelen"
    )
    soort = models.CharField(_("oordeel"), max_length=10, choices=OordeelSoort.choices)

    class Meta:
        verbose_name = _("oordeel")
        verbose_name_plural = _("oordelen")
        constraints = [models.UniqueConstraint(fields=["evaluatie", "afspraak"], name="oordeel_een_per_afspraak")]

    def __str__(self) -> str:
        return self.get_soort_display()
