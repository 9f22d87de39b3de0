"""Organisations, their teams and staff, and the address book."""

from datetime import time
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij, initialen, roepnaam


class Bewaarbeleid(models.TextChoices):
    """How long a closed casus is kept. There is no default: the controller decides."""

    DOSSIER = "dossier", _("20 jaar: de casus hoort bij het dossier")
    KORT = "kort", _("Korter: de casus is alleen voor het samenwerken")


def najaag_dagen() -> list[int]:
    """Out: after how many working days somebody who did not answer is asked again, as a rule."""
    return [3, 7]


class Organisatie(Rij):
    """An organisation: the municipality, a wijkteam, a school, a care provider.

    `hoort_bij_hulp`: whether it belongs to the help as a rule, so that informing the family is enough to let it read
    along (models/toestemming.py). `bewaarbeleid` is empty until the organisation chose. `najaag_dagen`: after so many
    working days without an answer a reminder leaves, between `mail_van` and `mail_tot` (local times). `code_altijd`:
    behind a link of this organisation nothing shows without a code from the mail.
    """

    naam = models.CharField(_("naam"), max_length=120)
    crisisnummer = models.CharField(_("crisisnummer"), max_length=40, blank=True)
    herinnering_dagen = models.PositiveSmallIntegerField(_("herinnering, dagen vooraf"), default=7)
    link_dagen = models.PositiveSmallIntegerField(_("link geldig, in dagen"), default=14)
    najaag_dagen = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("opnieuw vragen na, in werkdagen"), default=najaag_dagen
    )
    mail_van = models.TimeField(_("herinneringen niet voor"), default=time(8))
    mail_tot = models.TimeField(_("herinneringen niet na"), default=time(18))
    code_altijd = models.BooleanField(_("altijd een code bij een link"), default=False)
    hoort_bij_hulp = models.BooleanField(_("hoort gewoonlijk bij de hulp"), default=True)
    bewaarbeleid = models.CharField(
        _("hoe lang bewaren na afsluiten"), max_length=10, choices=Bewaarbeleid.choices, blank=True
    )
    bewaar_maanden = models.PositiveSmallIntegerField(_("bewaren, in maanden"), null=True, blank=True)

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(Lower("naam"), name="organisatie_naam_uniek"),
            models.CheckConstraint(
                condition=Q(herinnering_dagen__range=(1, 60)), name="organisatie_herinnering_dagen_1_60"
            ),
            models.CheckConstraint(
                condition=Q(najaag_dagen__len__range=(1, 5)) & Q(najaag_dagen__contained_by=list(range(1, 61))),
                name="organisatie_najaag_dagen_1_60",
            ),
            models.CheckConstraint(condition=Q(mail_tot__gt=F("mail_van")), name="organisatie_mail_tot_na_van"),
            models.CheckConstraint(condition=Q(link_dagen__range=(1, 365)), name="organisatie_link_dagen_1_365"),
            models.CheckConstraint(
                condition=Q(
                    bewaarbeleid=Bewaarbeleid.KORT, bewaar_maanden__isnull=False, bewaar_maanden__range=(1, 240)
                )
                | (~Q(bewaarbeleid=Bewaarbeleid.KORT) & Q(bewaar_maanden__isnull=True)),
                name="organisatie_bewaar_maanden_bij_kort",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Team(Rij):
    """A team of one organisation. A casus belongs to a team."""

    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="teams"
    )
    naam = models.CharField(_("naam"), max_length=120)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["naam"]
        constraints = [models.UniqueConstraint("organisatie", Lower("naam"), name="team_naam_uniek_per_organisatie")]

    def __str__(self) -> str:
        return self.naam


class Mailritme(models.TextChoices):
    """How often a helper wants mail. What is asked of him for the first time always comes."""

    METEEN = "meteen", _("Meteen, hooguit één mail per dag")
    WEEK = "week", _("Eén keer per week")
    GEEN = "geen", _("Geen herinneringen")


class Professional(Rij):
    """A helper in the address book: one entry per person, shared by all casussen."""

    naam = models.CharField(_("naam"), max_length=120)
    functie = models.CharField(_("functie"), max_length=120, blank=True)
    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="professionals"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    telefoon = models.CharField(_("telefoon"), max_length=40, blank=True)
    mailritme = models.CharField(_("hoe vaak mail"), max_length=10, choices=Mailritme.choices, default=Mailritme.METEEN)

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        ordering = ["naam"]
        constraints = [models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="professional_email_uniek")]

    def __str__(self) -> str:
        return f"{self.naam}, {self.functie}" if self.functie else self.naam

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)


class Foto(models.Model):
    """The portrait of somebody in the address book: made anew from what was sent, so nothing else is in it."""

    professional = models.OneToOneField(
        Professional, verbose_name=_("professional"), on_delete=models.CASCADE, primary_key=True, related_name="foto"
    )
    beeld = models.BinaryField(_("beeld"))
    gewijzigd_op = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto's")

    def __str__(self) -> str:
        return f"foto {self.pk}"


class MedewerkerManager(BaseUserManager["Medewerker"]):
    """Makes accounts by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **velden: Any) -> "Medewerker":
        """in: e-mail, password (None: no password login), other fields; out: the saved account."""
        medewerker = self.model(email=self.normalize_email(email).lower(), **velden)
        medewerker.set_password(password)
        medewerker.save(using=self._db)
        return medewerker

    def create_superuser(self, email: str, password: str | None = None, **velden: Any) -> "Medewerker":
        """in: as create_user; out: a saved account that manages all organisations in /beheer/."""
        return self.create_user(email, password, is_superuser=True, **velden)


class Medewerker(AbstractBaseUser, PermissionsMixin):
    """A member of staff with an account. The `professional` is the same person in the address book."""

    email = models.EmailField(_("e-mail"), unique=True)
    naam = models.CharField(_("naam"), max_length=120)
    professional = models.OneToOneField(
        Professional,
        verbose_name=_("in het adresboek"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="medewerker",
    )
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    date_joined = models.DateTimeField(_("account sinds"), auto_now_add=True)

    objects: ClassVar[MedewerkerManager] = MedewerkerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]

    class Meta:
        verbose_name = _("medewerker")
        verbose_name_plural = _("medewerkers")
        ordering = ["naam"]

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


class TeamRol(models.TextChoices):
    """What a member of staff is in a team; see rechten.py for what that allows."""

    COORDINATOR = "coordinator", _("coördinator")
    TEAMLID = "teamlid", _("teamlid")
    BUREAUDIENST = "bureaudienst", _("bureaudienst")
    BEHEERDER = "beheerder", _("beheerder")
    BELEID = "beleid", _("beleid")


class Lidmaatschap(Rij):
    """A member of staff in a team, with a role, from a day until a day. It ends, it is never removed."""

    medewerker = models.ForeignKey(
        Medewerker, verbose_name=_("medewerker"), on_delete=models.PROTECT, related_name="lidmaatschappen"
    )
    team = models.ForeignKey(Team, verbose_name=_("team"), on_delete=models.PROTECT, related_name="lidmaatschappen")
    rol = models.CharField(_("rol"), max_length=20, choices=TeamRol.choices)
    van = models.DateField(_("van"))
    tot = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("van")), name="lidmaatschap_tot_na_van"
            ),
            models.UniqueConstraint(
                fields=["medewerker", "team", "rol"],
                condition=Q(tot__isnull=True),
                name="lidmaatschap_een_keer_tegelijk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.medewerker}, {self.get_rol_display()} van {self.team}"
