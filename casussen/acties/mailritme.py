"""A helper chooses how often to get mail."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from casussen import logboek
from casussen.actor import Actor, ActorSoort
from casussen.models import Professional
from casussen.models.organisatie import Mailritme


@transaction.atomic
def kies_mailritme(*, door: Actor, professional: Professional, ritme: Mailritme) -> bool:
    """Sets how often somebody of the address book wants mail, in all casussen.

    in: who (that person behind a link or signed in; the clock when it came through the signed address in a mail, which
    is that person's own), the person, the rhythm; out: whether it changed; raises PermissionDenied for anybody else.
    """
    if not _is_zelf(door, professional):
        raise PermissionDenied
    anders = Professional.objects.filter(pk=professional.pk).exclude(mailritme=ritme)
    if not anders.update(mailritme=ritme, versie=F("versie") + 1):
        return False
    logboek.schrijf(door=door, daad="koos_mailritme", casus_id=None, over=professional, velden=[ritme])
    return True


def _is_zelf(door: Actor, professional: Professional) -> bool:
    if door.soort == ActorSoort.KLOK:
        return True
    if door.deelnemer is not None:
        return door.deelnemer.professional_id == professional.pk
    return door.medewerker is not None and door.medewerker.professional_id == professional.pk
