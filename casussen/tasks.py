"""What the worker does when the clock or an actie asks. Everything here may run twice or at the same time."""

from celery import shared_task
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.herinneringen import herinner
from casussen.models import Hartslag


@shared_task
def verstuur_berichten() -> None:
    """Empties the outbox."""
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def herinneringen() -> None:
    """The reminders of today, in the time zone of the site."""
    herinner(door=actor.klok(), op=timezone.localdate())
    berichten.verstuur_alles(nu=timezone.now())


@shared_task
def hartslag() -> None:
    """Tells that clock, broker and worker run, all three: /gezond/ looks at it."""
    Hartslag.objects.update_or_create(naam="klok", defaults={"op": timezone.now()})
