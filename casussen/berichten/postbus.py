"""Putting mails in the outbox, and sending them: each one once."""

import logging
import smtplib
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from casussen import actor, logboek
from casussen.berichten import teksten
from casussen.models import Bericht, Casus, Deelnemer, Evaluatie, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort, BerichtStatus

log = logging.getLogger(__name__)

MAX_POGINGEN = 8
# A mail that a stopped worker was busy with for this long has an unknown fate.
ONZEKER_NA = timedelta(minutes=10)
EVALUATIE = (BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ)


def bereikbare_deelnemers(casus: Casus) -> list[Deelnemer]:
    """in: a casus; out: everyone who takes part now and has an e-mail address."""
    deelnemers = casus.deelnemers.filter(tot__isnull=True).select_related(
        "professional__organisatie", "netwerklid"
    )
    return [deelnemer for deelnemer in deelnemers if deelnemer.email]


def gezinsleden_met_mail(casus: Casus) -> QuerySet[Gezinslid]:
    """in: a casus; out: family members who chose mail; never a parent without gezag (information on request)."""
    zonder_gezag = Q(gezag=False)
    return (
        casus.gezinsleden.filter(weg_op__isnull=True, krijgt_mail=True)
        .exclude(zonder_gezag)
        .exclude(email="")
    )


def zet_klaar(
    *,
    soort: BerichtSoort,
    aan: Deelnemer | Gezinslid | Medewerker,
    casus: Casus,
    oorzaak: str,
    datum: date | None = None,
) -> bool:
    """Puts one mail in the outbox, in the transaction of the act that causes it.

    in: kind, person, casus, what causes it (the same cause never mails the same person twice), the day it is about;
    out: whether it is new.
    """
    veld = {Deelnemer: "deelnemer", Gezinslid: "gezinslid", Medewerker: "medewerker"}[type(aan)]
    _bericht, nieuw = Bericht.objects.get_or_create(
        sleutel=f"{oorzaak}:{soort}:{veld}:{aan.pk}",
        defaults={"casus": casus, "soort": soort, veld: aan, "datum": datum, "niet_voor": timezone.now()},
    )
    return nieuw


def wek_postbode() -> None:
    """Asks a worker, after this transaction, to empty the outbox. Without a broker the clock does it later."""
    transaction.on_commit(_wek)


def _wek() -> None:
    try:
        current_app.send_task("casussen.tasks.verstuur_berichten", retry=False)
    except (OperationalError, OSError) as fout:
        log.warning("no broker, the clock will send the mail: %s", type(fout).__name__)


def verstuur_alles(*, nu: datetime, hooguit: int = 500) -> int:
    """Sends what is due.

    in: the moment, the most to take; out: how many rows were handled. Several workers may do this at once: each row
    is claimed by one.
    """
    geef_onzekere_op(nu)
    aantal = 0
    with get_connection() as verbinding:
        while aantal < hooguit and _verstuur_een(verbinding, nu):
            aantal += 1
    return aantal


def geef_onzekere_op(nu: datetime) -> None:
    """Marks what a stopped worker left behind. It may have arrived, so it is never sent again by itself."""
    Bericht.objects.filter(status=BerichtStatus.BEZIG, bezig_sinds__lt=nu - ONZEKER_NA).update(
        status=BerichtStatus.ONZEKER, fout=_("Het versturen brak af. Vraag of de mail aankwam.")
    )


def _verstuur_een(verbinding: BaseEmailBackend, nu: datetime) -> bool:
    with transaction.atomic():
        bericht = _pak_volgende(nu)
        if bericht is None:
            return False
        if not nog_nodig(bericht):
            Bericht.objects.filter(pk=bericht.pk).update(status=BerichtStatus.INGETROKKEN)
            return True
        mail = _mail(bericht, verbinding, nu)
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as fout:
        code = next(iter(fout.recipients.values()))[0]
        _mislukt(bericht, nu, blijvend=code >= 500)
    except smtplib.SMTPResponseException as fout:
        _mislukt(bericht, nu, blijvend=fout.smtp_code >= 500)
    except (smtplib.SMTPException, OSError):
        _mislukt(bericht, nu, blijvend=False)
    else:
        _gelukt(bericht, nu)
    return True


def _pak_volgende(nu: datetime) -> Bericht | None:
    bericht = (
        Bericht.objects.filter(status=BerichtStatus.KLAAR, niet_voor__lte=nu)
        .order_by("niet_voor", "id")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if bericht is not None:
        bericht.status = BerichtStatus.BEZIG
        bericht.bezig_sinds = nu
        bericht.pogingen += 1
        bericht.save(update_fields=["status", "bezig_sinds", "pogingen"])
    return bericht


def nog_nodig(bericht: Bericht) -> bool:
    """in: a row of the outbox; out: whether it still makes sense: people leave, dates move, casussen close."""
    aan = bericht.ontvanger
    if not bericht.casus.is_open or not aan.email:
        return False
    if isinstance(aan, Deelnemer) and aan.tot is not None:
        return False
    if isinstance(aan, Gezinslid) and aan.weg_op is not None:
        return False
    if bericht.soort in EVALUATIE:
        return Evaluatie.objects.filter(
            casus=bericht.casus, datum=bericht.datum, gehouden_op__isnull=True
        ).exists()
    return True


def _mail(bericht: Bericht, verbinding: BaseEmailBackend, nu: datetime) -> EmailMessage:
    tekst = teksten.maak(bericht, nu=nu)
    domein = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=tekst.onderwerp,
        body=tekst.inhoud,
        to=[bericht.ontvanger.email],
        reply_to=[bericht.casus.coordinator.email],
        headers={"Message-ID": f"<{bericht.pk}@{domein}>", "Auto-Submitted": "auto-generated"},
        connection=verbinding,
    )


def _gelukt(bericht: Bericht, nu: datetime) -> None:
    with transaction.atomic():
        Bericht.objects.filter(pk=bericht.pk).update(status=BerichtStatus.VERSTUURD, verstuurd_op=nu, fout="")
        logboek.schrijf(
            door=actor.klok(), daad="mailde", casus_id=bericht.casus_id, over=bericht, velden=[bericht.soort]
        )


def _mislukt(bericht: Bericht, nu: datetime, *, blijvend: bool) -> None:
    """Backs off (1, 2, 4 … minutes) after a passing error; stops after a lasting one."""
    if blijvend or bericht.pogingen >= MAX_POGINGEN:
        status, wanneer = BerichtStatus.MISLUKT, nu
        fout = _("De mail kwam niet aan. Controleer het adres.")
    else:
        status, wanneer = BerichtStatus.KLAAR, nu + timedelta(minutes=2 ** (bericht.pogingen - 1))
        fout = _("De mailserver nam de mail nog niet aan. We proberen het opnieuw.")
    Bericht.objects.filter(pk=bericht.pk).update(status=status, niet_voor=wanneer, fout=fout)
    log.warning("mail %s not accepted, now %s", bericht.pk, status)
