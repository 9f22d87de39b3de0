"""What other parts tell us: what happens with accounts (with a mail to the owner where that warns in time), and mail
that a provider could not deliver."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_reset, user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from anymail.signals import AnymailTrackingEvent, EventType, tracking
from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from casussen import actor
from casussen.acties import accounts
from casussen.acties.berichten import meld_onbestelbaar
from casussen.berichten.teksten_account import Verandering
from casussen.models import Medewerker
from handreiking.herkomst import als_medewerker

ERBIJ = {Authenticator.Type.TOTP: Verandering.CODEAPP_AAN, Authenticator.Type.WEBAUTHN: Verandering.PASSKEY_ERBIJ}
NIET_BEZORGD = (EventType.BOUNCED, EventType.REJECTED, EventType.FAILED, EventType.COMPLAINED)
WEG = {Authenticator.Type.TOTP: Verandering.CODEAPP_UIT, Authenticator.Type.WEBAUTHN: Verandering.PASSKEY_WEG}


@receiver(user_logged_in)
def ingelogd(request: HttpRequest, user: Medewerker, **rest: Any) -> None:
    """Somebody signed in, with all steps done."""
    accounts.noteer_ingelogd(door=als_medewerker(request, user))


@receiver(user_logged_out)
def uitgelogd(request: HttpRequest, user: Medewerker | None, **rest: Any) -> None:
    """Somebody signed out."""
    if user is not None:
        accounts.noteer_uitgelogd(door=als_medewerker(request, user))


@receiver(password_reset)
def wachtwoord_opnieuw(request: HttpRequest, user: Medewerker, **rest: Any) -> None:
    """Whoever just chose a new password need not wait because of tries with the old one."""
    get_adapter().vergeet_mislukte(request, user.email)


@receiver(post_save, sender=Authenticator)
def stap_erbij(instance: Authenticator, created: bool, **rest: Any) -> None:
    """A code app or passkey was added; in the transaction that adds it."""
    if created and instance.type in ERBIJ:
        _meld_eigen(instance, ERBIJ[Authenticator.Type(instance.type)])


@receiver(post_delete, sender=Authenticator)
def stap_weg(instance: Authenticator, **rest: Any) -> None:
    """A code app or passkey was removed, or new recovery codes came; in the transaction that does so."""
    if instance.type in WEG:
        _meld_eigen(instance, WEG[Authenticator.Type(instance.type)])
    elif Authenticator.objects.filter(user=instance.user_id, type__in=WEG).exists():
        # Without any second step left the codes only go along with the last one.
        _meld_eigen(instance, Verandering.HERSTELCODES)


@receiver(tracking)
def mail_kwam_terug(event: AnymailTrackingEvent, **rest: Any) -> None:
    """The provider of mail tells that one was not delivered, or that its reader called it spam."""
    if event.event_type not in NIET_BEZORGD:
        return
    try:
        pk = UUID(str((event.metadata or {}).get("bericht", "")))
    except ValueError:
        return  # no mail of the outbox
    ongewenst = event.event_type == EventType.COMPLAINED
    meld_onbestelbaar(door=actor.klok(), pk=pk, adres=event.recipient or "", ongewenst=ongewenst)


@receiver(authenticator_used)
def stap_gebruikt(request: HttpRequest, user: Medewerker, authenticator: Authenticator, **rest: Any) -> None:
    """A recovery code was used: the owner must hear, for it is used up."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        accounts.meld(door=als_medewerker(request, user), medewerker=user, wat=Verandering.HERSTELCODE_GEBRUIKT)


@receiver(authentication_failed)
def stap_mislukt(request: HttpRequest, user: Medewerker, **rest: Any) -> None:
    """A wrong code: whoever typed it knows the password already."""
    accounts.meld_mislukte_code(door=als_medewerker(request, user), medewerker=user, nu=timezone.now())


def _meld_eigen(instance: Authenticator, wat: Verandering) -> None:
    """What somebody does to the own account; a manager who does it tells so in that actie."""
    request = context.request
    if request is not None and request.user.pk == instance.user_id:
        accounts.meld(door=als_medewerker(request, request.user), medewerker=request.user, wat=wat)
