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
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import actor, logboek
from casussen.berichten import adressen, brief, bundel, links, teksten
from casussen.berichten.oordeel import MAILFOUTEN, Oordeel, weeg
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
    server accepted. One mail may tell several rows (ritme.py). Several workers may do this at once: each row is claimed
    by one. When the server cannot be reached nothing is claimed, and when it fails on the way the rest waits for the
    next time.
    """
    geef_onzekere_op(nu)
    if not bundel.te_versturen(nu).exists():
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
        rijen = bundel.pak(nu, vandaag)
        if rijen is None:
            return Afloop.LEEG
        if not rijen:
            return Afloop.NIET
        try:
            with transaction.atomic():
                mail, link = _maak(rijen, verbinding, nu)
        except Exception:  # one mail that cannot be made may not hold up all the others
            log.exception("mail %s cannot be made", rijen[0].pk)
            _niet_gemaakt(rijen)
            return Afloop.NIET
    return _bezorg(rijen, mail, link, nu)


def _niet_gemaakt(rijen: list[Bericht]) -> None:
    """Stops with the rows that have no text; the others of the same mail leave without them."""
    stuk = [rij for rij in rijen if not teksten.is_te_maken(rij)] or rijen
    _noteer(
        stuk,
        status=BerichtStatus.MISLUKT,
        fout=_("De mail kon niet worden gemaakt. Meld dit bij de beheerder."),
        samen_met=None,
    )
    goed = [rij for rij in rijen if rij not in stuk]
    _noteer(goed, status=BerichtStatus.KLAAR, pogingen=F("pogingen") - 1, bezig_sinds=None, samen_met=None)


def _bezorg(rijen: list[Bericht], mail: EmailMessage, link: Toegangslink | None, nu: datetime) -> Afloop:
    try:
        mail.send()
    except MAILFOUTEN as fout:
        return _niet_bezorgd(rijen, weeg(fout), link, nu)
    _gelukt(rijen, link, nu)
    return Afloop.VERSTUURD


def _niet_bezorgd(rijen: list[Bericht], oordeel: Oordeel, link: Toegangslink | None, nu: datetime) -> Afloop:
    if oordeel.aan_ons:
        log.error("the mail server refuses what we send: look at the sender and at the settings of mail")
    if oordeel.onzeker:
        log.warning("mail %s: connection broke while it was handed over", rijen[0].pk)
        _noteer(rijen, status=BerichtStatus.ONZEKER, fout=oordeel.zin)
    else:
        # Not accepted, so nobody has this link.
        if link is not None:
            link.delete()
        _mislukt(rijen, nu, oordeel.zin, blijvend=oordeel.blijvend)
    return Afloop.STORING if oordeel.storing else Afloop.NIET


def _mislukt(rijen: list[Bericht], nu: datetime, zin: str, *, blijvend: bool = False) -> None:
    """Stops after a lasting error; else tries again after 1, 2, 4 … minutes, all rows of the mail at once."""
    log.warning("mail %s not accepted", rijen[0].pk)
    op = [rij for rij in rijen if blijvend or rij.pogingen >= MAX_POGINGEN]
    _noteer(op, status=BerichtStatus.MISLUKT, fout=zin)
    nog = [rij for rij in rijen if rij not in op]
    pauze = min(timedelta(minutes=2 ** (max(rij.pogingen for rij in rijen) - 1)), LANGSTE_PAUZE)
    nog_eens = _("De mailserver nam de mail nog niet aan. We proberen het opnieuw.")
    _noteer(nog, status=BerichtStatus.KLAAR, niet_voor=nu + pauze, fout=nog_eens, samen_met=None)


def _gelukt(rijen: list[Bericht], link: Toegangslink | None, nu: datetime) -> None:
    with transaction.atomic():
        _noteer(rijen, status=BerichtStatus.VERSTUURD, verstuurd_op=nu, fout="")
        if link is not None and rijen[0].soort == BerichtSoort.NIEUWE_LINK:
            links.trek_eerdere_in(link, nu=nu)
        for rij in rijen:
            logboek.schrijf(door=actor.klok(), daad="mailde", casus_id=rij.casus_id, over=rij, velden=[rij.soort])


def _noteer(rijen: list[Bericht], **velden: Any) -> None:
    Bericht.objects.filter(pk__in=[rij.pk for rij in rijen]).update(**velden)


def _maak(rijen: list[Bericht], verbinding: BaseEmailBackend, nu: datetime) -> tuple[EmailMessage, Toegangslink | None]:
    drager, *ook = rijen
    adres = adressen.maak(drager, nu, ook=ook)
    tekst = teksten.maak(drager, adres=adres.url, tot_en_met=adres.tot_en_met, ook=ook, code=adres.code)
    return brief.maak(rijen, tekst, verbinding), adres.link
