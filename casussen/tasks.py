"""What the worker does when the clock or an actie asks. Everything here may run twice or at the same time."""

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.berichten import meld_onbestelbaar
from casussen.acties.bewaren import bewaarronde
from casussen.acties.herinneringen import herinner
from casussen.acties.leeftijden import kondig_leeftijden_aan
from casussen.acties.links import behandel_linkverzoeken
from casussen.acties.najagen import najagen as jaag_na
from casussen.berichten import bounces
from casussen.models import Hartslag
from casussen.overzicht import logketen

logger = logging.getLogger("casussen.logzegel")


@shared_task
def verstuur_berichten() -> None:
    """Empties the outbox, with the new links that somebody asked for."""
    behandel_linkverzoeken(door=actor.klok(), nu=timezone.now())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def lees_bounces() -> None:
    """Mail that came back to the mailbox for it."""
    bounces.lees_postvak(
        settings.BOUNCES_URL,
        lambda bounce: meld_onbestelbaar(door=actor.klok(), pk=bounce.bericht, adres=bounce.adres),
    )


@shared_task
def herinneringen() -> None:
    """The reminders of today, in the time zone of the site."""
    herinner(door=actor.klok(), op=timezone.localdate())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def najagen() -> None:
    """Who did not answer is asked again today, or the coordinator hears of it."""
    jaag_na(door=actor.klok(), op=timezone.localdate())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def bewaren() -> None:
    """What the closed casussen need today: a date, a mail that asks for a decision, or removal."""
    bewaarronde(door=actor.klok(), op=timezone.localdate())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def leeftijden() -> None:
    """Who becomes 12, 16 or 18 within 30 days."""
    kondig_leeftijden_aan(door=actor.klok(), op=timezone.localdate())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def bewaar_logzegels() -> None:
    """Tells the log of the program the closing seal of the last seven days, so that a server elsewhere keeps them.

    Seven, since the clock may have stood still. A seal holds no personal data.
    """
    vandaag = timezone.localdate()
    for zegel in logketen.dagzegels(vanaf=vandaag - timedelta(days=7), tot=vandaag):
        logger.info("%s", zegel)


@shared_task
def ruim_sessies_op() -> None:
    """Throws away sessions that ended: they say who signed in, and are of no use to anybody."""
    call_command("clearsessions")


@shared_task
def hartslag() -> None:
    """Tells that clock, broker and worker run, all three: /gezond/ looks at it."""
    Hartslag.objects.update_or_create(naam="klok", defaults={"op": timezone.now()})
