"""Taking from the outbox what leaves in one mail: one row, with what else waits for the same person.

Several workers may do this at once. Whoever takes something holds a lock on that person until the claim is committed,
so that two workers never make two mails for one person on one day.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import F, Q, QuerySet

from casussen.berichten import ritme
from casussen.berichten.postbus import nog_nodig
from casussen.models import Bericht, Deelnemer, Gezinslid, Medewerker
from casussen.models.bericht import BerichtStatus


def te_versturen(nu: datetime) -> QuerySet[Bericht]:
    """in: the moment; out: the mails that are due, the longest waiting first."""
    return Bericht.objects.filter(status=BerichtStatus.KLAAR, niet_voor__lte=nu).order_by("niet_voor", "id")


def pak(nu: datetime, vandaag: date) -> list[Bericht] | None:
    """Claims the rows of the next mail (inside a transaction).

    in: the moment, the day that counts for reminders; out: those rows, first the one that carries the mail; no rows
    when the one whose turn it was is not needed any more or has to wait; None when nothing is due.
    """
    bericht = _neem(nu)
    if bericht is None:
        return None
    if not nog_nodig(bericht, vandaag=vandaag):
        _noteer([bericht], status=BerichtStatus.INGETROKKEN)
        return []
    moment = ritme.vertrekt_op(bericht, nu)
    if moment > nu:
        _noteer([bericht], niet_voor=moment)
        return []
    rijen = [bericht] if bericht.meteen else _met_wat_wacht(bericht, nu, vandaag)
    claim = Bericht.objects.filter(pk__in=[rij.pk for rij in rijen])
    claim.update(status=BerichtStatus.BEZIG, bezig_sinds=nu, pogingen=F("pogingen") + 1, samen_met=None)
    claim.exclude(pk=rijen[0].pk).update(samen_met=rijen[0])
    for rij in rijen:
        rij.pogingen += 1
    return rijen


def houd_vast(aan: Deelnemer | Gezinslid | Medewerker) -> bool:
    """in: who gets mail; out: whether the lock on that person is ours until the end of the transaction. Never waits."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"handreiking mail {ritme.persoon(aan)}"]
        )
        rij = cursor.fetchone()
    return bool(rij and rij[0])


def _neem(nu: datetime) -> Bericht | None:
    """The first row that is due and free, locked, with a lock on its person."""
    bezet = Q()
    while (eerste := te_versturen(nu).exclude(bezet).first() if bezet else te_versturen(nu).first()) is not None:
        if houd_vast(eerste.ontvanger):
            # While we were looking, another worker may have claimed it.
            bericht = te_versturen(nu).filter(pk=eerste.pk).select_for_update(skip_locked=True, of=("self",)).first()
            if bericht is not None:
                return bericht
            bezet |= Q(pk=eerste.pk)
        else:
            bezet |= ritme.van_persoon(eerste.ontvanger)
    return None


def _met_wat_wacht(bericht: Bericht, nu: datetime, vandaag: date) -> list[Bericht]:
    """A row that leaves and what goes along, the oldest first: the same row then carries it when it is tried again."""
    wacht = Bericht.objects.filter(ritme.van_persoon(bericht.ontvanger), status=BerichtStatus.KLAAR, meteen=False)
    tot = ritme.gaat_mee_tot(bericht, nu)
    if tot is not None:
        wacht = wacht.filter(niet_voor__lt=tot)
    rijen = []
    for rij in wacht.order_by("gemaakt_op", "id").select_for_update(skip_locked=True, of=("self",)):
        if rij.pk == bericht.pk or nog_nodig(rij, vandaag=vandaag):
            rijen.append(rij)
        else:
            _noteer([rij], status=BerichtStatus.INGETROKKEN)
    return rijen


def _noteer(rijen: Sequence[Bericht], **velden: object) -> None:
    Bericht.objects.filter(pk__in=[rij.pk for rij in rijen]).update(**velden)
