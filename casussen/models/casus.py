"""A casus, the family in it, and the answers to the questions of the steps."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij, Zichtbaar, initialen, roepnaam
from casussen.models.handreiking import Handreiking
from casussen.models.organisatie import Medewerker, Team

TEKST_MAX = 20_000


class Casus(Rij):
    """One family (or one inwoner) and how everyone around it works together."""

    naam = models.CharField(_("naam"), max_length=120)
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="casussen")
    handreiking = models.ForeignKey(
        Handreiking, verbose_name=_("handreiking"), on_delete=models.PROTECT, related_name="casussen"
    )
    coordinator = models.ForeignKey(
        Medewerker, verbose_name=_("coördinator"), on_delete=models.PROTECT, related_name="casussen"
    )
    afgesloten_op = models.DateTimeField(_("afgesloten op"), null=True, blank=True)
    blijft_bereikbaar = models.TextField(_("wie blijft bereikbaar"), blank=True, max_length=TEKST_MAX)
    belt_nog_een_keer = models.TextField(_("wie belt nog één keer"), blank=True, max_length=TEKST_MAX)
    bewaren_tot = models.DateField(_("bewaren tot en met"), null=True, blank=True)
    bewaren_reden = models.TextField(_("waarom langer bewaren"), blank=True, max_length=TEKST_MAX)
    wissen_besloten_op = models.DateTimeField(_("tot wissen besloten op"), null=True, blank=True)
    bron = models.CharField(_("bron van de import"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("casus")
        verbose_name_plural = _("casussen")
        ordering = ["naam"]
        constraints = [
            models.CheckConstraint(condition=~Q(naam=""), name="casus_naam_gevuld"),
            models.CheckConstraint(
                condition=Q(bewaren_tot__isnull=True) | Q(afgesloten_op__isnull=False),
                name="casus_bewaren_alleen_afgesloten",
            ),
            models.CheckConstraint(
                condition=Q(wissen_besloten_op__isnull=True) | Q(bewaren_tot__isnull=False),
                name="casus_wissen_alleen_met_datum",
            ),
            models.UniqueConstraint(fields=["team", "bron"], condition=~Q(bron=""), name="casus_bron_uniek"),
        ]
        indexes = [
            models.Index(fields=["team"], condition=Q(afgesloten_op=None), name="casus_open_per_team"),
            models.Index(fields=["bewaren_tot"], condition=Q(bewaren_tot__isnull=False), name="casus_bewaren_tot"),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def is_open(self) -> bool:
        """Out: whether people still work together in this casus."""
        return self.afgesloten_op is None

    @property
    def nummer(self) -> str:
        """Out: "3F2A91BC": for staff who may not read a name, or who must be sure which casus is meant."""
        return self.pk.hex[:8].upper()


class Gezinslid(Rij):
    """Somebody of the family. No address is kept here; `adres_geheim` only warns whoever writes."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="gezinsleden")
    naam = models.CharField(_("naam"), max_length=120)
    relatie = models.CharField(_("relatie"), max_length=60)
    geboren = models.DateField(_("geboren"), null=True, blank=True)
    gezag = models.BooleanField(_("heeft gezag"), null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=40, blank=True)
    taal = models.CharField(_("taal"), max_length=40, blank=True)
    opmerking = models.CharField(_("opmerking"), max_length=300, blank=True)
    adres_geheim = models.BooleanField(_("adres is geheim"), default=False)
    internet = models.BooleanField(_("heeft internet"), default=True)
    krijgt_mail = models.BooleanField(_("krijgt mail van ons"), default=False)
    leest_mee = models.BooleanField(_("leest mee met het gezin"), default=True)
    weg_op = models.DateTimeField(_("hoort er niet meer bij sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("gezinslid")
        verbose_name_plural = _("gezinsleden")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(naam=""), name="gezinslid_naam_gevuld"),
            models.CheckConstraint(
                condition=Q(krijgt_mail=False) | ~Q(email=""), name="gezinslid_mail_alleen_met_adres"
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)

    @property
    def roepnaam(self) -> str:
        """Out: the first name."""
        return roepnaam(self.naam)

    @property
    def vorm(self) -> str:
        """Out: the shape on the screen."""
        return "gezin"

    @property
    def leest_vanzelf_mee(self) -> bool:
        """Out: whether this person reads what everyone in the family reads.

        Never a parent without gezag, who only gets information on request (Jeugdwet 7.3.11).
        """
        return self.leest_mee and self.gezag is not False

    @property
    def krijgt_vanzelf_mail(self) -> bool:
        """Out: whether mails go to this person (berichten.postbus has the same as a query).

        Never a parent without gezag: information on request only (Jeugdwet 7.3.11).
        """
        return self.weg_op is None and self.krijgt_mail and self.gezag is not False and bool(self.email)

    def leeftijd(self, op: date) -> int | None:
        """in: a day; out: the age in whole years on that day, None when the date of birth is unknown."""
        if self.geboren is None:
            return None
        return op.year - self.geboren.year - ((op.month, op.day) < (self.geboren.month, self.geboren.day))


class Antwoord(Rij, Zichtbaar):
    """The answer to one question of the handreiking; `doorvraag` answers the deeper question."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="antwoorden")
    vraag = models.SlugField(_("vraag"), max_length=40)
    tekst = models.TextField(_("antwoord"), blank=True, max_length=TEKST_MAX)
    doorvraag = models.TextField(_("antwoord op de doorvraag"), blank=True, max_length=TEKST_MAX)
    keuzes = ArrayField(models.SlugField(max_length=40), verbose_name=_("keuzes"), default=list, blank=True)
    door = models.ForeignKey(Medewerker, verbose_name=_("door"), on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        constraints = [models.UniqueConstraint(fields=["casus", "vraag"], name="antwoord_een_per_vraag")]

    def __str__(self) -> str:
        return self.vraag

    @property
    def is_gevuld(self) -> bool:
        """Out: whether there is anything in it."""
        return bool(self.tekst.strip() or self.doorvraag.strip() or self.keuzes)


class Teamoverdracht(Rij):
    """A casus went from one team to another, and why."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="overdrachten")
    van_team = models.ForeignKey(Team, verbose_name=_("van team"), on_delete=models.PROTECT, related_name="+")
    naar_team = models.ForeignKey(Team, verbose_name=_("naar team"), on_delete=models.PROTECT, related_name="+")
    reden = models.TextField(_("reden"), max_length=TEKST_MAX)
    door = models.ForeignKey(Medewerker, verbose_name=_("door"), on_delete=models.PROTECT, related_name="+")
    op = models.DateTimeField(_("op"))

    class Meta:
        verbose_name = _("overdracht naar een ander team")
        verbose_name_plural = _("overdrachten naar een ander team")
        ordering = ["-op"]
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="teamoverdracht_reden_gevuld"),
            models.CheckConstraint(
                condition=~Q(van_team=models.F("naar_team")), name="teamoverdracht_naar_een_ander_team"
            ),
        ]

    def __str__(self) -> str:
        return f"overdracht {self.pk}"
