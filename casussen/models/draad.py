"""A question, refusal or other word of a helper, with the answers, until it is settled."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.afspraak import Afspraak
from casussen.models.basis import Rij
from casussen.models.casus import TEKST_MAX, Casus
from casussen.models.deelnemer import Deelnemer
from casussen.models.organisatie import Medewerker


class Draad(Rij):
    """What one helper and the coordinator talk about: one agreement, or (without one) the helper's own part.

    It is open until `afgerond_op`. `citaat` and `citaat_wanneer`: what the agreement said when it began. `bespreken`:
    the coordinator wants to talk about it together. `naar_naam` and `naar_email`: whom the helper named as successor.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="draden")
    deelnemer = models.ForeignKey(Deelnemer, verbose_name=_("helper"), on_delete=models.RESTRICT, related_name="draden")
    afspraak = models.ForeignKey(
        Afspraak, verbose_name=_("afspraak"), on_delete=models.CASCADE, null=True, related_name="draden"
    )
    citaat = models.TextField(_("tekst van de afspraak"), max_length=TEKST_MAX, blank=True)
    citaat_wanneer = models.CharField(_("wanneer, in de afspraak"), max_length=200, blank=True)
    bespreken = models.BooleanField(_("samen bespreken"), default=False)
    naar_naam = models.CharField(_("door te geven aan"), max_length=120, blank=True)
    naar_email = models.EmailField(_("e-mail"), blank=True)
    afgerond_op = models.DateTimeField(_("afgerond op"), null=True)

    class Meta:
        verbose_name = _("draad")
        verbose_name_plural = _("draden")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deelnemer", "afspraak"],
                condition=Q(afgerond_op__isnull=True),
                nulls_distinct=False,
                name="draad_een_open",
            )
        ]

    def __str__(self) -> str:
        return f"draad {self.pk}"


class RegelSoort(models.TextChoices):
    """What a line of a thread is. ANTWOORD is the coordinator's; all others are the helper's."""

    VRAAG = "vraag", _("Vraag")
    NIET_AKKOORD = "niet-akkoord", _("Niet akkoord")
    AKKOORD = "akkoord", _("Akkoord")
    LATER = "later", _("Wordt later")
    ROL = "rol", _("Mijn rol klopt niet")
    REGIE = "regie", _("Liever niet")
    DOORGEVEN = "doorgeven", _("Doorgeven")
    ANTWOORD = "antwoord", _("Antwoord")


class Draadregel(Rij):
    """One thing that somebody said in a thread: the helper, or a member of staff."""

    draad = models.ForeignKey(Draad, verbose_name=_("draad"), on_delete=models.CASCADE, related_name="regels")
    medewerker = models.ForeignKey(
        Medewerker, verbose_name=_("medewerker"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    soort = models.CharField(_("soort"), max_length=20, choices=RegelSoort.choices)
    tekst = models.TextField(_("tekst"), max_length=TEKST_MAX, blank=True)

    class Meta:
        verbose_name = _("regel van een draad")
        verbose_name_plural = _("regels van een draad")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort=RegelSoort.ANTWOORD, medewerker__isnull=False)
                | (~Q(soort=RegelSoort.ANTWOORD) & Q(medewerker__isnull=True)),
                name="draadregel_antwoord_van_staf",
            ),
            models.CheckConstraint(
                condition=Q(soort=RegelSoort.AKKOORD) | ~Q(tekst=""), name="draadregel_tekst_gevuld"
            ),
        ]

    def __str__(self) -> str:
        return self.get_soort_display()
