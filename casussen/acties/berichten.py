"""Mail that did not arrive: hearing of it, and sending it again."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek
from casussen.acties.basis import open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten.oordeel import onbekend_adres
from casussen.models import Bericht, Casus, Deelnemer
from casussen.models.bericht import BerichtStatus
from casussen.overzicht.post import NIET_AANGEKOMEN
from casussen.toestemming.meelezen import mag_meelezen


@transaction.atomic
def stuur_opnieuw(*, door: Actor, casus: Casus, pk: UUID) -> bool:
    """Puts a mail that did not arrive back in the outbox, with a fresh link when it leaves.

    in: who, casus, id of the mail; out: whether it will be sent again (False: it already was); raises Geweigerd,
    PermissionDenied. The address is that of the person now, so first mend it where it was wrong.
    """
    casus = open_casus(door, casus)
    niet_aangekomen = casus.berichten.filter(pk=pk, status__in=NIET_AANGEKOMEN)
    aan = Deelnemer.objects.filter(berichten__in=niet_aangekomen).select_related("professional__organisatie").first()
    if aan is not None and not mag_meelezen(aan, casus, timezone.localdate()):
        raise Geweigerd(_("Voor deze organisatie ontbreekt toestemming. De mail gaat niet weg."))
    if not niet_aangekomen.update(
        status=BerichtStatus.KLAAR, pogingen=0, niet_voor=timezone.now(), bezig_sinds=None, fout="", meteen=True,
        samen_met=None,
    ):  # fmt: skip
        return False
    logboek.schrijf(door=door, daad="stuurde_opnieuw", casus_id=casus.pk, over=Bericht.objects.get(pk=pk), velden=[])
    berichten.wek_postbode()
    return True


@transaction.atomic
def meld_onbestelbaar(*, door: Actor, pk: UUID, adres: str, ongewenst: bool = False) -> bool:
    """Writes down that a mail that left did not arrive, with what went along in it.

    in: the clock, the row that carried the mail, the address that the report names, whether its reader called it spam
    (then it did arrive, and no other will); out: whether this was news. Anybody can forge a report, so it counts only
    for a mail that left, and for the address of that person now.
    """
    drager = Bericht.objects.select_for_update(of=("self",)).filter(pk=pk, status=BerichtStatus.VERSTUURD).first()
    if drager is None or drager.ontvanger.email.casefold() != adres.casefold():
        return False
    zin = _("Onze mail staat bij deze persoon als ongewenst. Bel deze persoon.") if ongewenst else onbekend_adres()
    rijen = Bericht.objects.filter(Q(pk=drager.pk) | Q(samen_met=drager), status=BerichtStatus.VERSTUURD)
    for rij in rijen.select_for_update(of=("self",)):
        logboek.schrijf(door=door, daad="hoorde_onbestelbaar", casus_id=rij.casus_id, over=rij)
    rijen.update(status=BerichtStatus.MISLUKT, fout=zin)
    return True
