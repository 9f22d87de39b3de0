"""Emptying the outbox: each mail leaves once, and of each we know what became of it.

A row is claimed (bezig) and committed before the mail server hears of it. So whoever dies in between leaves a row
that is marked as uncertain, never one that is silently sent again.
"""

import logging
import time
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import actor, logboek
from casussen.berichten import adressen, brief, links, teksten
from casussen.berichten.oordeel import MAILFOUTEN, Oordeel, weeg
from casussen.berichten.postbus import nog_nodig
from casussen.models import Bericht, Toegangslink
from casussen.models.bericht import BerichtSoort, BerichtStatus

log = logging.getLogger(__name__)

# With the pauses below this is about two and a half days, as mail servers among themselves do.
MAX_POGINGEN = 18
LANGSTE_PAUZE = timedelta(hours=6)
# A mail that a stopped worker was busy with for this long has an unknown fate.
ONZEKER_NA = timedelta(minutes=10)


class Afloop(Enum):
    """What became of one turn of the outbox."""

    LEEG = auto()
    VERSTUURD = auto()
    NIET = auto()  # this mail stays behind, the next one may go
    STORING = auto()  # the mail server is in trouble: stop knocking for now


def verstuur_alles(*, nu: datetime, vandaag: date | None = None, hooguit: int = 500) -> int:
    """Sends what is due.

    in: the moment, the day that counts for reminders (that of the moment), the most to take; out: how many mails the
    server accepted. Several workers may do this at once: each row is claimed by one. When the server cannot be
    reached nothing is claimed, and when it fails on the way the rest waits for the next time.
    """
    geef_onzekere_op(nu)
    if not te_versturen(nu).exists():
        return 0
    verbinding = get_connection()
    try:
        verbinding.open()
    except OSError as fout:  # SMTPException is one
        log.warning("mail server not reached: %s", type(fout).__name__)
        return 0
    try:
        return _ronde(verbinding, nu, vandaag or timezone.localdate(nu), hooguit)
    finally:
        verbinding.close()


def te_versturen(nu: datetime) -> QuerySet[Bericht]:
    """in: the moment; out: the mails that are due, the longest waiting first."""
    return Bericht.objects.filter(status=BerichtStatus.KLAAR, niet_voor__lte=nu).order_by("niet_voor", "id")


def geef_onzekere_op(nu: datetime) -> None:
    """Marks what a stopped worker left behind. It may have arrived, so it is never sent again by itself."""
    Bericht.objects.filter(status=BerichtStatus.BEZIG, bezig_sinds__lt=nu - ONZEKER_NA).update(
        status=BerichtStatus.ONZEKER, fout=_("Het versturen brak af. Vraag na of de mail aankwam.")
    )


def _ronde(verbinding: BaseEmailBackend, nu: datetime, vandaag: date, hooguit: int) -> int:
    begin = time.monotonic()
    verstuurd = 0
    for _beurt in range(hooguit):
        # A round may take long; a claim must carry its own moment, or it would soon look abandoned.
        moment = nu + timedelta(seconds=time.monotonic() - begin)
        afloop = _verstuur_een(verbinding, moment, vandaag)
        verstuurd += afloop is Afloop.VERSTUURD
        if afloop in (Afloop.LEEG, Afloop.STORING):
            break
    return verstuurd


def _verstuur_een(verbinding: BaseEmailBackend, nu: datetime, vandaag: date) -> Afloop:
    with transaction.atomic():
        bericht = _pak_volgende(nu)
        if bericht is None:
            return Afloop.LEEG
        if not nog_nodig(bericht, vandaag=vandaag):
            _noteer(bericht, status=BerichtStatus.INGETROKKEN)
            return Afloop.NIET
        try:
            with transaction.atomic():
                mail, link = _maak(bericht, verbinding, nu)
        except Exception:  # one mail that cannot be made may not hold up all the others
            log.exception("mail %s cannot be made", bericht.pk)
            _noteer(
                bericht,
                status=BerichtStatus.MISLUKT,
                fout=_("De mail kon niet worden gemaakt. Meld dit bij de beheerder."),
            )
            return Afloop.NIET
    return _bezorg(bericht, mail, link, nu)


def _pak_volgende(nu: datetime) -> Bericht | None:
    bericht = te_versturen(nu).select_for_update(skip_locked=True, of=("self",)).first()
    if bericht is not None:
        bericht.pogingen += 1
        _noteer(bericht, status=BerichtStatus.BEZIG, bezig_sinds=nu, pogingen=bericht.pogingen)
    return bericht


def _bezorg(bericht: Bericht, mail: EmailMessage, link: Toegangslink | None, nu: datetime) -> Afloop:
    try:
        mail.send()
    except MAILFOUTEN as fout:
        return _niet_bezorgd(bericht, weeg(fout), link, nu)
    _gelukt(bericht, link, nu)
    return Afloop.VERSTUURD


def _niet_bezorgd(bericht: Bericht, oordeel: Oordeel, link: Toegangslink | None, nu: datetime) -> Afloop:
    if oordeel.aan_ons:
        log.error("the mail server refuses what we send: look at the sender and at the settings of mail")
    if oordeel.onzeker:
        log.warning("mail %s: connection broke while it was handed over", bericht.pk)
        _noteer(bericht, status=BerichtStatus.ONZEKER, fout=oordeel.zin)
    else:
        # Not accepted, so nobody has this link.
        if link is not None:
            link.delete()
        _mislukt(bericht, nu, oordeel.zin, blijvend=oordeel.blijvend)
    return Afloop.STORING if oordeel.storing else Afloop.NIET


def _mislukt(bericht: Bericht, nu: datetime, zin: str, *, blijvend: bool = False) -> None:
    """Stops after a lasting error; else tries again after 1, 2, 4 … minutes."""
    log.warning("mail %s not accepted", bericht.pk)
    if blijvend or bericht.pogingen >= MAX_POGINGEN:
        _noteer(bericht, status=BerichtStatus.MISLUKT, fout=zin)
        return
    pauze = min(timedelta(minutes=2 ** (bericht.pogingen - 1)), LANGSTE_PAUZE)
    nog_eens = _("De mailserver nam de mail nog niet aan. We proberen het opnieuw.")
    _noteer(bericht, status=BerichtStatus.KLAAR, niet_voor=nu + pauze, fout=nog_eens)


def _gelukt(bericht: Bericht, link: Toegangslink | None, nu: datetime) -> None:
    with transaction.atomic():
        _noteer(bericht, status=BerichtStatus.VERSTUURD, verstuurd_op=nu, fout="")
        if link is not None and bericht.soort == BerichtSoort.NIEUWE_LINK:
            links.trek_eerdere_in(link, nu=nu)
        logboek.schrijf(
            door=actor.klok(), daad="mailde", casus_id=bericht.casus_id, over=bericht, velden=[bericht.soort]
        )


def _noteer(bericht: Bericht, **velden: Any) -> None:
    Bericht.objects.filter(pk=bericht.pk).update(**velden)


def _maak(bericht: Bericht, verbinding: BaseEmailBackend, nu: datetime) -> tuple[EmailMessage, Toegangslink | None]:
    adres = adressen.maak(bericht, nu)
    tekst = teksten.maak(bericht, adres=adres.url, tot_en_met=adres.tot_en_met)
    mail = brief.maak([bericht], tekst, verbinding)
    return mail, adres.link
