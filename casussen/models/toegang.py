"""Access that is not a membership: links without an account, emergency access, invitations for new staff."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casussen.models.basis import Rij
from casussen.models.bericht import Bericht
from casussen.models.casus import TEKST_MAX, Casus, Gezinslid
from casussen.models.deelnemer import Deelnemer
from casussen.models.organisatie import Medewerker, Organisatie, Professional

LEEG = ""


class Toegangslink(Rij):
    """A link for one deelnemer (/t/) or one gezinslid (/o/). Only the SHA-256 of the token is kept.

    The first press of a person binds it to that browser until `gebonden_tot`; `browser_hash` is the SHA-256 of the
    secret in its cookie. `code_tot`: until then that browser showed the code from a mail.
    """

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="toegangslinks")
    deelnemer = models.ForeignKey(
        Deelnemer,
        verbose_name=_("deelnemer"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="links",
    )
    gezinslid = models.ForeignKey(
        Gezinslid,
        verbose_name=_("gezinslid"),
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="links",
    )
    token_hash = models.CharField(_("hash van de token"), max_length=64, unique=True)
    geldig_tot = models.DateTimeField(_("geldig tot"))
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    browser_hash = models.CharField(_("hash van de browser"), max_length=64, blank=True)
    gebonden_tot = models.DateTimeField(_("gebonden aan die browser tot"), null=True, blank=True)
    code_tot = models.DateTimeField(_("code gegeven, geldig tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("toegangslink")
        verbose_name_plural = _("toegangslinks")
        constraints = [
            models.CheckConstraint(
                condition=Q(deelnemer__isnull=False, gezinslid__isnull=True)
                | Q(deelnemer__isnull=True, gezinslid__isnull=False),
                name="toegangslink_voor_een_persoon",
            ),
            models.CheckConstraint(
                condition=Q(browser_hash="", gebonden_tot__isnull=True, code_tot__isnull=True)
                | (~Q(browser_hash="") & Q(gebonden_tot__isnull=False)),
                name="toegangslink_gebonden_met_einde",
            ),
        ]

    def __str__(self) -> str:
        return f"toegangslink {self.pk}"

    def is_geldig(self, nu: datetime) -> bool:
        """in: the moment; out: whether this link still opens (the casus and the person's part are checked apart)."""
        return self.ingetrokken_op is None and nu < self.geldig_tot


class Toegangscode(Rij):
    """Six digits on top of a link, for the browser that asked. They are made when the mail leaves; a hash is kept."""

    link = models.ForeignKey(
        Toegangslink, verbose_name=_("toegangslink"), on_delete=models.CASCADE, related_name="codes"
    )
    bericht = models.OneToOneField(Bericht, verbose_name=_("bericht"), on_delete=models.CASCADE, related_name="code")
    browser_hash = models.CharField(_("hash van de browser"), max_length=64)
    code_hash = models.CharField(_("hash van de code"), max_length=64, blank=True)
    geldig_tot = models.DateTimeField(_("geldig tot"), null=True)
    pogingen = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    gebruikt_op = models.DateTimeField(_("gebruikt op"), null=True)

    class Meta:
        verbose_name = _("toegangscode")
        verbose_name_plural = _("toegangscodes")
        constraints = [
            models.CheckConstraint(condition=Q(pogingen__lte=5), name="toegangscode_hooguit_vijf_pogingen"),
            models.CheckConstraint(
                condition=Q(code_hash="", geldig_tot__isnull=True) | (~Q(code_hash="") & Q(geldig_tot__isnull=False)),
                name="toegangscode_met_einde",
            ),
        ]

    def __str__(self) -> str:
        return f"toegangscode {self.pk}"


class Linkverzoek(Rij):
    """Somebody asked for a fresh link, with the old one or an address. The worker answers, known or not.

    So the page takes the same time for both. The row goes when it is dealt with; `request_id` and `bron` (where it came
    from) are for the line in the log.
    """

    token_hash = models.CharField(_("hash van de token"), max_length=64, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    request_id = models.CharField(_("verzoek"), max_length=32, blank=True)
    bron = models.GenericIPAddressField(_("adres van de bron"), null=True)

    class Meta:
        verbose_name = _("linkverzoek")
        verbose_name_plural = _("linkverzoeken")
        constraints = [
            models.CheckConstraint(
                condition=Q(email="", token_hash__gt=LEEG) | (~Q(email="") & ~Q(token_hash__gt=LEEG)),
                name="linkverzoek_link_of_adres",
            )
        ]

    def __str__(self) -> str:
        return f"linkverzoek {self.pk}"


class Agendafeed(Rij):
    """The calendar of one professional over all families, for a calendar program. Only the SHA-256 is kept."""

    professional = models.ForeignKey(
        Professional, verbose_name=_("professional"), on_delete=models.CASCADE, related_name="agendafeeds"
    )
    token_hash = models.CharField(_("hash van de token"), max_length=64, unique=True)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("agendafeed")
        verbose_name_plural = _("agendafeeds")
        constraints = [
            models.UniqueConstraint(
                fields=["professional"], condition=Q(ingetrokken_op__isnull=True), name="agendafeed_een_open"
            )
        ]

    def __str__(self) -> str:
        return f"agendafeed {self.pk}"


class Noodtoegang(Rij):
    """A member of staff opened a casus of another team, with a reason, for an hour. Coordinator and beheerder heard."""

    casus = models.ForeignKey(Casus, verbose_name=_("casus"), on_delete=models.CASCADE, related_name="noodtoegangen")
    medewerker = models.ForeignKey(
        Medewerker, verbose_name=_("medewerker"), on_delete=models.PROTECT, related_name="noodtoegangen"
    )
    reden = models.TextField(_("reden"), max_length=TEKST_MAX)
    van = models.DateTimeField(_("van"))
    tot = models.DateTimeField(_("tot"))

    class Meta:
        verbose_name = _("noodtoegang")
        verbose_name_plural = _("noodtoegangen")
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="noodtoegang_reden_gevuld"),
            models.CheckConstraint(condition=Q(tot__gt=models.F("van")), name="noodtoegang_tot_na_van"),
        ]
        indexes = [models.Index(fields=["medewerker", "tot"], name="noodtoegang_per_medewerker")]

    def __str__(self) -> str:
        return f"noodtoegang {self.pk}"


class Uitnodiging(Rij):
    """Somebody invited a new member of staff to choose a password. The link is made when the mail leaves.

    Only the SHA-256 of its token is kept. Of one medewerker at most one invitation is open.
    """

    medewerker = models.ForeignKey(
        Medewerker, verbose_name=_("medewerker"), on_delete=models.PROTECT, related_name="uitnodigingen"
    )
    organisatie = models.ForeignKey(
        Organisatie, verbose_name=_("organisatie"), on_delete=models.PROTECT, related_name="uitnodigingen"
    )
    door = models.ForeignKey(
        Medewerker,
        verbose_name=_("uitgenodigd door"),
        on_delete=models.PROTECT,
        null=True,
        related_name="gegeven_uitnodigingen",
    )
    # NULL and not empty: several invitations may have no token yet.
    token_hash = models.CharField(_("hash van de token"), max_length=64, unique=True, null=True)  # noqa: DJ001
    geldig_tot = models.DateTimeField(_("geldig tot"), null=True)
    gebruikt_op = models.DateTimeField(_("gebruikt op"), null=True)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(
                fields=["medewerker"],
                condition=Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="uitnodiging_een_open",
            ),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True, geldig_tot__isnull=True)
                | Q(token_hash__isnull=False, geldig_tot__isnull=False),
                name="uitnodiging_link_met_einde",
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging {self.pk}"

    @property
    def is_open(self) -> bool:
        """Out: not used and not revoked."""
        return self.gebruikt_op is None and self.ingetrokken_op is None

    def is_geldig(self, nu: datetime) -> bool:
        """in: the moment; out: whether its link opens."""
        return self.is_open and self.geldig_tot is not None and nu < self.geldig_tot
