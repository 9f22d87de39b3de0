"""Why an organisation may read along, who said yes or no to that, and who was told.

Informing and consenting are two things: informing is always due, consent only for who does not belong to this help
(Jeugdwet 7.3.11 exempts those who are directly involved in the same help). What follows from these records, whether
an organisation may read along now, is decided in one place: casussen/toestemming/.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.organisatie import Medewerker, Organisatie


class Grond(models.TextChoices):
    """On what ground an organisation reads along."""

    BETROKKEN = "betrokken", _("Hoort bij deze hulp: vertellen is genoeg")
    TOESTEMMING = "toestemming", _("Hoort niet bij deze hulp: eerst toestemming")
    PLICHT = "plicht", _("Zonder toestemming: de wet schrijft het voor")
    GEVAAR = "gevaar", _("Zonder toestemming: er is gevaar voor iemand")
    VEILIG_THUIS = "veilig-thuis", _("Zonder toestemming: melding bij of vraag van Veilig Thuis")


ZONDER_TOESTEMMING = (Grond.PLICHT, Grond.GEVAAR, Grond.VEILIG_THUIS)


class Deling(Rij):
    """The ground on which one organisation reads along in one casus.

    Without a row the default of the organisation counts: BETROKKEN when it belongs to the help as a rule, else
    TOESTEMMING. `reden` is for the team only.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="delingen")
    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="delingen"
    )
    grond = models.CharField(_("grond"), max_length=20, choices=Grond.choices)
    reden = models.TextField(_("reden"), blank=True, max_length=TEKST_MAX)

    class Meta:
        verbose_name = _("deling")
        verbose_name_plural = _("delingen")
        constraints = [
            models.UniqueConstraint(fields=["casus", "organisatie"], name="deling_een_per_organisatie"),
            models.CheckConstraint(
                condition=Q(grond__in=[Grond.BETROKKEN, Grond.TOESTEMMING])
                | (Q(grond__in=ZONDER_TOESTEMMING) & ~Q(reden="")),
                name="deling_zonder_toestemming_met_reden",
            ),
        ]

    def __str__(self) -> str:
        return self.get_grond_display()


class Hoe(models.TextChoices):
    """How somebody said yes, or was told."""

    GESPROKEN = "gesproken", _("In een gesprek")
    PAPIER = "papier", _("Op papier")
    SCHERM = "scherm", _("Op het scherm")


class Zegt(models.TextChoices):
    """What somebody answered to the question whether an organisation may read along."""

    JA = "ja", _("Ja, dat mag")
    NEE = "nee", _("Nee, liever niet")


class Onderdeel(models.TextChoices):
    """What a consent may be about: the parts of the page behind a helper's link (overzicht/taak.py).

    NAAM is in every consent: nobody can read along without knowing with whom.
    """

    NAAM = "naam", _("Dat wij helpen, en de naam van het gezin")
    AFSPRAKEN = "afspraken", _("Afspraken")
    TERUGKIJKEN = "terugkijken", _("Wanneer we terugkijken")


class NaIntrekken(models.TextChoices):
    """What happens with what was shared before somebody took the consent back."""

    BLIJFT = "blijft", _("Wat al gedeeld is, mag daar blijven")
    WISSEN = "wissen", _("We vragen de organisatie om het weg te doen")


class Toestemming(Rij):
    """One yes or no: about one person, to one organisation, by one person. It is taken back, never removed.

    `gever_anders` names who answered when that is nobody of the family, such as a guardian. A no ends, without
    `na_intrekken`, when the same person says yes later. `wissen_gevraagd_op`: the organisation was asked to remove
    what it had.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="toestemmingen")
    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="toestemmingen"
    )
    over = models.ForeignKey(Gezinslid, verbose_name=_("over wie"), on_delete=models.RESTRICT, related_name="+")
    gever = models.ForeignKey(
        Gezinslid, verbose_name=_("door wie"), on_delete=models.RESTRICT, null=True, blank=True, related_name="+"
    )
    gever_anders = models.CharField(_("door iemand anders"), max_length=120, blank=True)
    zegt = models.CharField(_("zegt"), max_length=3, choices=Zegt.choices, default=Zegt.JA)
    doel = models.CharField(_("waarvoor"), max_length=300)
    onderdelen = ArrayField(
        models.CharField(max_length=20, choices=Onderdeel.choices), verbose_name=_("wat"), default=list, blank=True
    )
    hoe = models.CharField(_("hoe"), max_length=12, choices=Hoe.choices)
    op = models.DateField(_("op"))
    vastgelegd_door = models.ForeignKey(
        Medewerker, verbose_name=_("vastgelegd door"), on_delete=models.PROTECT, related_name="+"
    )
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    na_intrekken = models.CharField(_("na intrekken"), max_length=10, choices=NaIntrekken.choices, blank=True)
    wissen_gevraagd_op = models.DateTimeField(_("om wissen gevraagd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("toestemming")
        verbose_name_plural = _("toestemmingen")
        ordering = ["op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gever__isnull=False, gever_anders="") | (Q(gever__isnull=True) & ~Q(gever_anders="")),
                name="toestemming_een_gever",
            ),
            models.UniqueConstraint(
                fields=["organisatie", "over", "gever"],
                condition=Q(ingetrokken_op__isnull=True, gever__isnull=False),
                name="toestemming_een_keer_tegelijk",
            ),
            models.UniqueConstraint(
                fields=["organisatie", "over", "gever_anders"],
                condition=Q(ingetrokken_op__isnull=True, gever__isnull=True),
                name="toestemming_van_een_ander_een_keer",
            ),
            models.CheckConstraint(
                condition=Q(ingetrokken_op__isnull=False, zegt=Zegt.JA) | Q(na_intrekken=""),
                name="toestemming_na_intrekken_alleen_ingetrokken",
            ),
            models.CheckConstraint(
                condition=Q(wissen_gevraagd_op__isnull=True) | Q(na_intrekken=NaIntrekken.WISSEN),
                name="toestemming_wissen_alleen_gevraagd",
            ),
            models.CheckConstraint(
                condition=Q(zegt=Zegt.NEE, onderdelen=[]) | Q(zegt=Zegt.JA, onderdelen__contains=[Onderdeel.NAAM]),
                name="toestemming_ja_over_iets",
            ),
        ]

    def __str__(self) -> str:
        return f"toestemming {self.pk}"


class Geinformeerd(Rij):
    """One person of the family was told that one organisation reads along. It says nothing about consent."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="geinformeerd")
    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="+"
    )
    gezinslid = models.ForeignKey(
        Gezinslid, verbose_name=_("wie is het verteld"), on_delete=models.RESTRICT, related_name="+"
    )
    hoe = models.CharField(_("hoe"), max_length=12, choices=Hoe.choices)
    op = models.DateField(_("op"))
    vastgelegd_door = models.ForeignKey(
        Medewerker, verbose_name=_("vastgelegd door"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("geïnformeerd")
        verbose_name_plural = _("geïnformeerd")
        constraints = [
            models.UniqueConstraint(fields=["organisatie", "gezinslid"], name="geinformeerd_een_keer"),
        ]

    def __str__(self) -> str:
        return f"geïnformeerd {self.pk}"
