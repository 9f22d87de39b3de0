"""What a backup and a restore leave in the data itself."""

from django.contrib.sessions.models import Session
from django.db import transaction

from casussen import logboek
from casussen.actor import Actor
from casussen.models import Bericht
from casussen.models.bericht import BerichtStatus


@transaction.atomic
def meld_reservekopie(*, door: Actor) -> None:
    """in: who; writes in the log that everything was read, to make a backup."""
    logboek.schrijf(door=door, daad="maakte_reservekopie", casus_id=None)


@transaction.atomic
def rond_herstel_af(*, door: Actor) -> int:
    """Closes what must not come back to life: signed-in browsers, and mail that may have left since the backup.

    in: who; out: the number of mails of which nobody knows whether they left; they are not sent again by themselves.
    """
    Session.objects.all().delete()
    onderweg = Bericht.objects.filter(status__in=[BerichtStatus.KLAAR, BerichtStatus.BEZIG])
    onzeker = onderweg.update(status=BerichtStatus.ONZEKER)
    logboek.schrijf(door=door, daad="zette_reservekopie_terug", casus_id=None)
    return onzeker
