"""Inviting new staff: an account without a password, and a link with which its owner chooses one."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import beheerrechten, berichten, logboek
from casussen.acties.adresboek import verbind_account
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten.uitnodigingen import open_uitnodigingen
from casussen.models import Bericht, Lidmaatschap, Medewerker, Organisatie, Team, Uitnodiging
from casussen.models.bericht import BerichtSoort, BerichtStatus


@transaction.atomic
def nodig_uit(*, door: Actor, medewerker: Medewerker, team: Team, rol: str) -> Uitnodiging:
    """Makes an account without password and its first membership, from today, and mails a link.

    in: who invites, the account (not saved yet), the team and the role; out: the invitation; raises PermissionDenied
    when somebody else manages that team.
    """
    if not beheerrechten.teams_te_beheren(door).filter(pk=team.pk).exists():
        raise PermissionDenied
    medewerker.set_unusable_password()
    medewerker.save()
    logboek.schrijf(door=door, daad="maakte_account", casus_id=None, over=medewerker)
    lid = Lidmaatschap.objects.create(medewerker=medewerker, team=team, rol=rol, van=timezone.localdate())
    logboek.schrijf(door=door, daad="gaf_lidmaatschap", casus_id=None, over=lid, velden=[rol])
    return stuur_uitnodiging(door=door, medewerker=medewerker)


@transaction.atomic
def stuur_uitnodiging(*, door: Actor, medewerker: Medewerker) -> Uitnodiging:
    """Mails a link to choose a password. A link that was mailed before does not open any more.

    in: who invites, whom; out: the invitation; raises PermissionDenied, and Geweigerd for who can sign in already or
    may not sign in at all.
    """
    medewerker = _slot(door, medewerker)
    if not medewerker.is_active:
        raise Geweigerd(_("Deze medewerker mag niet inloggen. Er is niets verstuurd. Zet eerst 'mag inloggen' aan."))
    if medewerker.has_usable_password():
        raise Geweigerd(
            _(
                "Deze medewerker heeft al een wachtwoord. Er is niets verstuurd. "
                "Is het wachtwoord kwijt? Dan helpt 'Wachtwoord vergeten' bij het inloggen."
            )
        )
    _sluit(medewerker)
    uitnodiging = Uitnodiging.objects.create(
        medewerker=medewerker, organisatie=_organisatie(door, medewerker), door=door.medewerker
    )
    oorzaak = f"uitnodiging:{uitnodiging.pk}"
    berichten.zet_klaar(soort=BerichtSoort.UITNODIGING, aan=medewerker, casus=None, oorzaak=oorzaak)
    logboek.schrijf(door=door, daad="nodigde_uit", casus_id=None, over=uitnodiging)
    berichten.wek_postbode()
    return uitnodiging


@transaction.atomic
def trek_uitnodiging_in(*, door: Actor, medewerker: Medewerker) -> None:
    """in: who, whose invitation; its link opens no more; raises PermissionDenied, and Geweigerd without one."""
    medewerker = _slot(door, medewerker)
    if not _sluit(medewerker):
        raise Geweigerd(_("Er is geen uitnodiging meer om in te trekken. Er is niets veranderd."))
    logboek.schrijf(door=door, daad="trok_uitnodiging_in", casus_id=None, over=medewerker)


@transaction.atomic
def vergeet_oud_adres(*, door: Actor, medewerker: Medewerker) -> bool:
    """After the address of an account changed: what was mailed to the old one opens nothing any more.

    in: who changed it, whose it is; out: whether an invitation ended by it; raises PermissionDenied.
    """
    medewerker = _slot(door, medewerker)
    EmailAddress.objects.filter(user=medewerker).delete()
    if not _sluit(medewerker):
        return False
    logboek.schrijf(door=door, daad="trok_uitnodiging_in", casus_id=None, over=medewerker)
    return True


@transaction.atomic
def kies_wachtwoord(*, door: Actor, uitnodiging: Uitnodiging, wachtwoord: str, nu: datetime) -> None:
    """in: the invited person, the invitation, a checked password, the moment; raises Geweigerd when it is too late."""
    vast = Uitnodiging.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=uitnodiging.pk)
    if not vast.is_geldig(nu) or vast.medewerker != door.medewerker:
        raise Geweigerd(_("Deze uitnodiging werkt niet meer. Vraag je beheerder om een nieuwe."))
    vast.medewerker.set_password(wachtwoord)
    vast.medewerker.save(update_fields=["password"])
    vast.gebruikt_op = nu
    vast.save(update_fields=["gebruikt_op"])
    logboek.schrijf(door=door, daad="koos_wachtwoord", casus_id=None, over=vast)
    # Whoever used the link from the mail, has that mailbox.
    verbind_account(door=door, medewerker=vast.medewerker)


def _slot(door: Actor, medewerker: Medewerker) -> Medewerker:
    """The same account, locked; raises PermissionDenied when somebody else manages it."""
    if not beheerrechten.mag_account_wijzigen(door, medewerker):
        raise PermissionDenied
    return Medewerker.objects.select_for_update(of=("self",)).get(pk=medewerker.pk)


def _sluit(medewerker: Medewerker) -> int:
    """Ends the open invitation and the mail that did not leave yet; out: how many invitations were open."""
    Bericht.objects.filter(medewerker=medewerker, soort=BerichtSoort.UITNODIGING, status=BerichtStatus.KLAAR).update(
        status=BerichtStatus.INGETROKKEN
    )
    return open_uitnodigingen(medewerker).update(ingetrokken_op=timezone.now())


def _organisatie(door: Actor, medewerker: Medewerker) -> Organisatie:
    """On whose behalf: where the newest membership is that this person gave or manages; else the address book."""
    lid = beheerrechten.lidmaatschappen_te_beheren(door).filter(medewerker=medewerker)
    laatste = lid.select_related("team__organisatie").order_by("-van", "-gemaakt_op").first()
    if laatste is not None:
        return laatste.team.organisatie
    if medewerker.professional is None:
        raise Geweigerd(_("Deze medewerker hoort nog bij geen team. Er is niets verstuurd. Kies eerst een team."))
    return medewerker.professional.organisatie
