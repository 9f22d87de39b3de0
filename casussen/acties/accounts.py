"""Accounts of staff: a forgotten password, the second step, and what the owner of an account must hear."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import transaction

from casussen import beheerrechten, berichten, logboek
from casussen.actor import Actor
from casussen.berichten.teksten_account import Verandering
from casussen.models import Medewerker
from casussen.models.bericht import BerichtSoort


@transaction.atomic
def vraag_nieuw_wachtwoord(*, door: Actor, email: str, nu: datetime) -> None:
    """Mails a link to choose a new password to whoever has an account with this address.

    in: the actor (whoever asks has not shown who that is), the address as typed, the moment. An account gets at most
    one such mail an hour; one without password (it signs in elsewhere) gets none. Nothing tells whether there is an
    account: neither what comes back nor, as far as that goes, how long it takes.
    """
    medewerker = Medewerker.objects.filter(email__iexact=email, is_active=True).first()
    logboek.schrijf(door=door, daad="vroeg_nieuw_wachtwoord", casus_id=None, over=medewerker)
    if medewerker is not None and medewerker.has_usable_password():
        uur = f"wachtwoord:{nu:%Y-%m-%dT%H}"
        berichten.zet_klaar(soort=BerichtSoort.WACHTWOORD, aan=medewerker, casus=None, oorzaak=uur)
    berichten.wek_postbode()


@transaction.atomic
def meld(*, door: Actor, medewerker: Medewerker, wat: Verandering) -> None:
    """in: who, whose account, what changed in it; writes it in the log and mails it to the owner."""
    regel = logboek.schrijf(door=door, daad="veranderde_account", casus_id=None, over=medewerker, velden=[wat])
    _mail(medewerker, wat, f"{wat}:{regel.pk}")


@transaction.atomic
def meld_mislukte_code(*, door: Actor, medewerker: Medewerker, nu: datetime) -> None:
    """in: who, whose account, the moment; as meld for a wrong code after the right password, mailed once a day."""
    logboek.schrijf(door=door, daad="gaf_verkeerde_code", casus_id=None, over=medewerker)
    _mail(medewerker, Verandering.CODE_MISLUKT, f"{Verandering.CODE_MISLUKT}:{nu:%Y-%m-%d}")


@transaction.atomic
def noteer_ingelogd(*, door: Actor) -> None:
    """in: who signed in; writes it in the log."""
    logboek.schrijf(door=door, daad="logde_in", casus_id=None, over=door.medewerker)


@transaction.atomic
def noteer_uitgelogd(*, door: Actor) -> None:
    """in: who signed out; writes it in the log."""
    logboek.schrijf(door=door, daad="logde_uit", casus_id=None, over=door.medewerker)


@transaction.atomic
def noteer_mislukt(*, door: Actor, email: str) -> None:
    """in: whoever tried, the address as typed; writes in the log for which account, never the address itself."""
    medewerker = Medewerker.objects.filter(email__iexact=email).first()
    logboek.schrijf(door=door, daad="kon_niet_inloggen", casus_id=None, over=medewerker)


@transaction.atomic
def zet_tweede_stap_uit(*, door: Actor, medewerker: Medewerker) -> None:
    """Helps somebody who lost phone and recovery codes: the second step is off and every session ends.

    in: the manager, whose account. Outside the demo that person must switch it on again at the next sign-in.
    raises PermissionDenied for whoever does not manage this account.
    """
    if not beheerrechten.mag_account_wijzigen(door, medewerker):
        raise PermissionDenied
    Authenticator.objects.filter(user=medewerker).delete()
    for sessie in UserSession.objects.filter(user=medewerker):
        sessie.end()
    meld(door=door, medewerker=medewerker, wat=Verandering.TWEEDE_STAP_UIT)


def _mail(medewerker: Medewerker, wat: Verandering, oorzaak: str) -> None:
    if berichten.zet_klaar(soort=BerichtSoort.ACCOUNT, aan=medewerker, casus=None, oorzaak=oorzaak):
        berichten.wek_postbode()
