"""Who takes part in a casus: helpers from the address book and people from the family's own network."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij, Zichtbaar, initialen, roepnaam
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.organisatie import Professional


class Netwerklid(Rij):
    """Somebody whom the family knows itself: a grandfather, an aunt, a neighbour."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="netwerkleden")
    naam = models.CharField(_("naam"), max_length=120)
    relatie = models.CharField(_("relatie"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("netwerklid")
        verbose_name_plural = _("netwerkleden")
        constraints = [models.CheckConstraint(condition=~Q(naam=""), name="netwerklid_naam_gevuld")]

    def __str__(self) -> str:
        return self.naam


class Terugbellen(models.TextChoices):
    """How soon somebody calls back."""

    DEZELFDE_DAG = "dezelfde-dag", _("dezelfde dag")
    VOLGENDE_WERKDAG = "volgende-werkdag", _("de volgende werkdag")
    TWEE_WERKDAGEN = "twee-werkdagen", _("binnen twee werkdagen")
    EEN_WEEK = "een-week", _("binnen een week")


class Deelnemer(Rij, Zichtbaar):
    """A professional or a netwerklid in one casus, from a moment until a moment, with a role and reachability.

    Days run from 1 (Monday) to 7 (Sunday); `uren_van` and `uren_tot` are local times.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="deelnemers")
    professional = models.ForeignKey(
        Professional,
        verbose_name=_("professional"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deelnames",
    )
    netwerklid = models.OneToOneField(
        Netwerklid,
        verbose_name=_("netwerklid"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="deelnemer",
    )
    voor_wie = models.ManyToManyField(Gezinslid, verbose_name=_("voor wie"), related_name="helpers", blank=True)
    waarvoor = models.CharField(_("waarvoor"), max_length=300, blank=True)
    beslist = models.TextField(_("mag beslissen"), blank=True, max_length=TEKST_MAX)
    doet_niet = models.TextField(_("doet niet"), blank=True, max_length=TEKST_MAX)
    alleen_als_nodig = models.BooleanField(_("alleen als het nodig is"), default=False)

    telefoon = models.CharField(_("telefoon"), max_length=40, blank=True)
    dagen = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]),
        verbose_name=_("dagen"),
        default=list,
        blank=True,
    )
    uren_van = models.TimeField(_("van"), null=True, blank=True)
    uren_tot = models.TimeField(_("tot"), null=True, blank=True)
    terugbellen = models.CharField(_("belt terug"), max_length=20, choices=Terugbellen.choices, blank=True)
    app = models.CharField(_("app, waarvoor"), max_length=120, blank=True)
    mail = models.CharField(_("mail, waarvoor"), max_length=120, blank=True)
    vervanger = models.CharField(_("wie vervangt"), max_length=120, blank=True)

    van = models.DateTimeField(_("van"))
    tot = models.DateTimeField(_("tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("deelnemer")
        verbose_name_plural = _("deelnemers")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(professional__isnull=False, netwerklid__isnull=True)
                | Q(professional__isnull=True, netwerklid__isnull=False),
                name="deelnemer_professional_of_netwerklid",
            ),
            models.UniqueConstraint(
                fields=["casus", "professional"],
                condition=Q(tot__isnull=True),
                name="deelnemer_een_keer_tegelijk",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def persoon(self) -> "Professional | Netwerklid":
        """Out: the record with the name."""
        persoon = self.professional or self.netwerklid
        assert persoon is not None  # deelnemer_professional_of_netwerklid
        return persoon

    @property
    def is_professional(self) -> bool:
        """Out: whether this is a helper from an organisation."""
        return self.professional_id is not None

    @property
    def naam(self) -> str:
        """Out: the full name."""
        return self.persoon.naam

    @property
    def roepnaam(self) -> str:
        """Out: the name that people at the table use."""
        return roepnaam(self.naam)

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)

    @property
    def functie(self) -> str:
        """Out: the function of a professional, or the relation of a netwerklid."""
        persoon = self.persoon
        return persoon.functie if isinstance(persoon, Professional) else persoon.relatie

    @property
    def organisatie(self) -> str:
        """Out: the name of the organisation, empty for a netwerklid."""
        return self.professional.organisatie.naam if self.professional else ""

    @property
    def email(self) -> str:
        """Out: where mail goes, empty when unknown."""
        return self.persoon.email

    @property
    def belnummer(self) -> str:
        """Out: the number for this casus, else the one in the address book."""
        return self.telefoon or self.persoon.telefoon


class Functie(models.TextChoices):
    """What somebody can be for the whole casus. One person at a time holds each."""

    REGIEVOERDER = "regievoerder", _("regievoerder")
    AANSPREEKPUNT = "aanspreekpunt", _("eerste aanspreekpunt")
    VERVANGER = "vervanger", _("vervanger")


class Regie(Rij):
    """Somebody who holds a function from a moment until a moment, and when that person said yes to it.

    `geweigerd_op`: he would rather not. Then nobody asks him again, and the coordinator names somebody else.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="regie")
    deelnemer = models.ForeignKey(
        Deelnemer, verbose_name=_("deelnemer"), on_delete=models.RESTRICT, related_name="regie"
    )
    functie = models.CharField(_("functie"), max_length=20, choices=Functie.choices)
    van = models.DateTimeField(_("gevraagd op"))
    aanvaard_op = models.DateTimeField(_("aanvaard op"), null=True, blank=True)
    geweigerd_op = models.DateTimeField(_("liever niet, op"), null=True, blank=True)
    tot = models.DateTimeField(_("tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("regie")
        verbose_name_plural = _("regie")
        constraints = [
            models.UniqueConstraint(
                fields=["casus", "functie"], condition=Q(tot__isnull=True), name="regie_een_tegelijk"
            ),
            models.CheckConstraint(
                condition=Q(aanvaard_op__isnull=True) | Q(geweigerd_op__isnull=True), name="regie_ja_of_liever_niet"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_functie_display()}: {self.deelnemer_id}"
