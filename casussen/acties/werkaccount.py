"""The account that the municipality gave somebody: linking it, and the memberships that its groups stand for."""

from collections.abc import Collection
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from casussen import beheerrechten, logboek
from casussen.acties.adresboek import verbind_account
from casussen.acties.groepen import Plek
from casussen.actor import Actor
from casussen.models import Lidmaatschap, Medewerker


@transaction.atomic
def koppel(*, door: Actor, medewerker: Medewerker, aanbieder: str, uid: str) -> SocialAccount:
    """in: who signs in, the account here, the provider, the subject there; out: the link between the two."""
    koppeling = SocialAccount.objects.create(user=medewerker, provider=aanbieder, uid=uid)
    logboek.schrijf(door=door, daad="koppelde_werkaccount", casus_id=None, over=medewerker)
    # The provider vouched for the address.
    verbind_account(door=door, medewerker=medewerker)
    return koppeling


@transaction.atomic
def ontkoppel(*, door: Actor, medewerker: Medewerker) -> None:
    """in: the manager, whose account; the next time the address decides again who it is; raises PermissionDenied."""
    if not beheerrechten.mag_account_wijzigen(door, medewerker):
        raise PermissionDenied
    if SocialAccount.objects.filter(user=medewerker).delete()[0]:
        logboek.schrijf(door=door, daad="ontkoppelde_werkaccount", casus_id=None, over=medewerker)


@transaction.atomic
def volg_groepen(
    *, door: Actor, medewerker: Medewerker, plekken: Collection[Plek], groepen: Collection[str], vandaag: date
) -> None:
    """Begins and ends exactly the memberships that the mapping names; all others stay what the beheerder decided.

    in: the actor, who signs in, the mapping, the groups of that person now, the day. A membership that began today
    ends at the end of today: it has no earlier last day.
    """
    Medewerker.objects.select_for_update(of=("self",)).get(pk=medewerker.pk)  # two windows sign in one after the other
    gewenst = {(plek.team_id, plek.rol) for plek in plekken if plek.groep in groepen}
    for team_id, rol in {(plek.team_id, plek.rol) for plek in plekken}:
        loopt = Q(tot__isnull=True) | Q(tot__gte=vandaag)
        lid = Lidmaatschap.objects.filter(loopt, medewerker=medewerker, team=team_id, rol=rol, van__lte=vandaag)
        nu = lid.order_by("-van").first()
        if (team_id, rol) in gewenst and nu is None:
            nieuw = Lidmaatschap.objects.create(medewerker=medewerker, team_id=team_id, rol=rol, van=vandaag)
            logboek.schrijf(door=door, daad="begon_lidmaatschap_uit_groep", casus_id=None, over=nieuw, velden=[rol])
        elif (team_id, rol) not in gewenst and nu is not None:
            Lidmaatschap.objects.filter(pk=nu.pk).update(tot=max(nu.van, vandaag - timedelta(days=1)))
            logboek.schrijf(door=door, daad="beeindigde_lidmaatschap_uit_groep", casus_id=None, over=nu, velden=[rol])
