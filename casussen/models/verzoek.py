"""What somebody of the family asks about the own data: to have it, to mend it, to have it removed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.organisatie import Medewerker, Team


class VerzoekSoort(models.TextChoices):
    """What is asked for (AVG 15 and 20, 16, 17)."""

    INZAGE = "inzage", _("Inzage: alles over mij krijgen")
    CORRECTIE = "correctie", _("Correctie: iets klopt niet")
    WISSEN = "wissen", _("Wissen: mijn gegevens weg")


class Besluit(models.TextChoices):
    """How it was decided."""

    JA = "ja", _("Ja, we doen het")
    DEELS = "deels", _("We doen het voor een deel")
    NEE = "nee", _("Nee, we doen het niet")


class Verzoek(Rij):
    """One request, with its term, the decision and why. The row stays in the register when the casus is gone.

    `uiterlijk` is the last day to decide: one month after `ontvangen_op`, two months more when it was extended with a
    reason (AVG 12, third paragraph). Without a `gezinslid` the data of that person are gone, and with them both texts.
    """

    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="verzoeken")
    casus = models.ForeignKey(
        Casus, verbose_name=_("casus"), on_delete=models.SET_NULL, null=True, related_name="verzoeken"
    )
    gezinslid = models.ForeignKey(
        Gezinslid, verbose_name=_("van wie"), on_delete=models.SET_NULL, null=True, related_name="verzoeken"
    )
    soort = models.CharField(_("wat wordt gevraagd"), max_length=10, choices=VerzoekSoort.choices)
    tekst = models.TextField(_("in eigen woorden"), blank=True, max_length=TEKST_MAX)
    ontvangen_op = models.DateField(_("ontvangen op"))
    uiterlijk = models.DateField(_("uiterlijk beslissen op"))
    verlengd_op = models.DateTimeField(_("verlengd op"), null=True, blank=True)
    verleng_reden = models.TextField(_("waarom verlengd"), blank=True, max_length=TEKST_MAX)
    besluit = models.CharField(_("besluit"), max_length=5, choices=Besluit.choices, blank=True)
    reden = models.TextField(_("reden"), blank=True, max_length=TEKST_MAX)
    besloten_op = models.DateTimeField(_("besloten op"), null=True, blank=True)
    besloten_door = models.ForeignKey(
        Medewerker, verbose_name=_("besloten door"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("verzoek")
        verbose_name_plural = _("verzoeken")
        ordering = ["uiterlijk", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(besluit="", besloten_op__isnull=True, besloten_door__isnull=True)
                | (~Q(besluit="") & Q(besloten_op__isnull=False, besloten_door__isnull=False)),
                name="verzoek_besluit_heel",
            ),
            models.CheckConstraint(
                condition=Q(besluit__in=["", Besluit.JA]) | ~Q(reden="") | Q(gezinslid__isnull=True),
                name="verzoek_reden_bij_deels_of_nee",
            ),
            models.CheckConstraint(
                condition=Q(verlengd_op__isnull=True, verleng_reden="")
                | (Q(verlengd_op__isnull=False) & (~Q(verleng_reden="") | Q(gezinslid__isnull=True))),
                name="verzoek_verlengd_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(uiterlijk__gte=models.F("ontvangen_op")), name="verzoek_termijn_na_ontvangst"
            ),
        ]
        indexes = [models.Index(fields=["uiterlijk"], condition=Q(besluit=""), name="verzoek_open")]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.ontvangen_op})"

    @property
    def is_open(self) -> bool:
        """Out: whether nobody decided yet."""
        return self.besluit == ""

    @property
    def moet_nog_gewist(self) -> bool:
        """Out: whether it was decided that the data go, and they are still there."""
        return self.soort == VerzoekSoort.WISSEN and self.besluit == Besluit.JA and self.gezinslid_id is not None
