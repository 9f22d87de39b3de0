"""The outbox: mails that must leave, are leaving, or left. And the pulse of the clock."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.casus import Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer
from casussen.models.organisatie import Medewerker


class BerichtSoort(models.TextChoices):
    """The mails that this software sends; berichten/teksten.py holds one function for each."""

    TAAK = "taak", _("vraag om te bevestigen")
    OVERZICHT = "overzicht", _("het overzicht staat klaar")
    WIJZIGING = "wijziging", _("er is iets veranderd")
    NAJAGEN = "najagen", _("herinnering om te antwoorden")
    GEEN_ANTWOORD = "geen-antwoord", _("iemand gaf geen antwoord")
    DRAAD = "draad", _("antwoord op een vraag")
    CODE = "code", _("code om meer te zien")
    NIEUWE_LINK = "nieuwe-link", _("een nieuwe link")
    EVALUATIE_NADERT = "evaluatie-nadert", _("herinnering vooraf")
    EVALUATIE_VOORBIJ = "evaluatie-voorbij", _("herinnering na de datum")
    LEEFTIJD = "leeftijd", _("een kind wordt 12, 16 of 18")
    BEWAREN = "bewaren", _("besluiten over bewaren")
    NOODTOEGANG = "noodtoegang", _("noodtoegang gebruikt")
    TEAMOVERDRACHT = "teamoverdracht", _("een gezin komt naar jouw team")
    UITNODIGING = "uitnodiging", _("uitnodiging voor een account")
    WACHTWOORD = "wachtwoord", _("een nieuw wachtwoord kiezen")
    ACCOUNT = "account", _("er veranderde iets aan je account")


class BerichtStatus(models.TextChoices):
    """Where a mail is."""

    KLAAR = "klaar", _("klaar om te versturen")
    BEZIG = "bezig", _("wordt verstuurd")
    VERSTUURD = "verstuurd", _("verstuurd")
    MISLUKT = "mislukt", _("niet aangekomen")
    ONZEKER = "onzeker", _("onzeker of het aankwam")
    INGETROKKEN = "ingetrokken", _("niet meer nodig")


class Bericht(Rij):
    """One mail to one person for one cause; `sleutel` makes it unique. It holds no text and no token.

    The text is made when the mail leaves, so that it is never out of date and no link stands in the database.
    What is not `meteen` waits for the rhythm of its reader (berichten/ritme.py) and goes with what else waits for the
    same person: `samen_met` is then the row whose mail told it.
    """

    casus = models.ForeignKey(
        Casus, verbose_name=_("casus"), on_delete=models.CASCADE, null=True, related_name="berichten"
    )
    soort = models.CharField(_("soort"), max_length=20, choices=BerichtSoort.choices)
    deelnemer = models.ForeignKey(
        Deelnemer,
        verbose_name=_("aan helper"),
        on_delete=models.RESTRICT,
        null=True,
        related_name="berichten",
    )
    gezinslid = models.ForeignKey(
        Gezinslid,
        verbose_name=_("aan gezinslid"),
        on_delete=models.RESTRICT,
        null=True,
        related_name="berichten",
    )
    medewerker = models.ForeignKey(
        Medewerker,
        verbose_name=_("aan medewerker"),
        on_delete=models.PROTECT,
        null=True,
        related_name="berichten",
    )
    sleutel = models.CharField(_("sleutel"), max_length=200, unique=True)
    meteen = models.BooleanField(_("meteen, los van het ritme"), default=False)
    samen_met = models.ForeignKey(
        "self",
        verbose_name=_("in één mail met"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="gebundeld",
    )
    datum = models.DateField(_("datum waar het over gaat"), null=True)
    status = models.CharField(_("status"), max_length=12, choices=BerichtStatus.choices, default=BerichtStatus.KLAAR)
    pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    niet_voor = models.DateTimeField(_("niet versturen voor"))
    bezig_sinds = models.DateTimeField(_("bezig sinds"), null=True)
    verstuurd_op = models.DateTimeField(_("verstuurd op"), null=True)
    fout = models.CharField(_("wat er misging"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ["gemaakt_op", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False, gezinslid__isnull=True, medewerker__isnull=True)
                | Q(deelnemer__isnull=True, gezinslid__isnull=False, medewerker__isnull=True)
                | Q(deelnemer__isnull=True, gezinslid__isnull=True, medewerker__isnull=False),
                name="bericht_aan_een_persoon",
            ),
            models.CheckConstraint(
                condition=Q(casus__isnull=False) | Q(medewerker__isnull=False), name="bericht_zonder_casus_aan_staf"
            ),
        ]
        indexes = [
            models.Index(fields=["niet_voor"], condition=Q(status=BerichtStatus.KLAAR), name="bericht_klaar"),
            models.Index(fields=["bezig_sinds"], condition=Q(status=BerichtStatus.BEZIG), name="bericht_bezig"),
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()} ({self.get_status_display()})"

    @property
    def ontvanger(self) -> Deelnemer | Gezinslid | Medewerker:
        """Out: the person who gets it."""
        ontvanger = self.deelnemer or self.gezinslid or self.medewerker
        assert ontvanger is not None  # bericht_aan_een_persoon
        return ontvanger


class Hartslag(models.Model):
    """When the clock was last heard."""

    naam = models.CharField(_("naam"), max_length=20, primary_key=True)
    op = models.DateTimeField(_("op"))

    class Meta:
        verbose_name = _("hartslag")
        verbose_name_plural = _("hartslagen")

    def __str__(self) -> str:
        return self.naam
