"""Sending a mail again that did not arrive."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek
from casussen.acties.basis import open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
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
        status=BerichtStatus.KLAAR, pogingen=0, niet_voor=timezone.now(), bezig_sinds=None, fout=""
    ):
        return False
    logboek.schrijf(door=door, daad="stuurde_opnieuw", casus_id=casus.pk, over=Bericht.objects.get(pk=pk), velden=[])
    berichten.wek_postbode()
    return True
