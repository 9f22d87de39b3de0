"""The address book: mending an entry, and the account that belongs to it."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.basis import open_casus, verouderd
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import sluit_links
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Medewerker, Professional


@transaction.atomic
def wijzig_in_adresboek(
    *, door: Actor, casus: Casus, deelnemer: Deelnemer, versie: int, velden: Mapping[str, Any]
) -> Professional:
    """Changes name, function, e-mail or telephone of a helper who takes part in this casus.

    in: who, casus, the helper, the version of the entry that was seen, fields of Professional; out: the entry;
    raises PermissionDenied (also for an entry that is for the beheerder), Verouderd, and
    Geweigerd when the e-mail address belongs to somebody else already.
    """
    casus = open_casus(door, casus)
    huidig = Professional.objects.select_for_update(of=("self",)).get(deelnames=deelnemer, deelnames__casus=casus)
    if not rechten.adressen_te_wijzigen(door).filter(pk=huidig.pk).exists():
        raise PermissionDenied
    anders = [naam for naam, waarde in velden.items() if getattr(huidig, naam) != waarde]
    if not anders:
        return huidig
    if huidig.versie != versie:
        raise verouderd(huidig)
    email = velden.get("email", "")
    bekend = Professional.objects.filter(email__iexact=email).exclude(pk=huidig.pk).first() if email else None
    if bekend is not None:
        raise Geweigerd(
            _("Dit adres is van %(naam)s. Er is niets veranderd. Kijk of het klopt.") % {"naam": bekend.naam}
        )
    Professional.objects.filter(pk=huidig.pk).update(versie=F("versie") + 1, **velden)
    logboek.schrijf(door=door, daad="wijzigde_adresboek", casus_id=casus.pk, over=huidig, velden=anders)
    if "email" in anders:
        sluit_links(door=door, van_wie=Q(deelnemer__professional=huidig))
    huidig.refresh_from_db()
    return huidig


@transaction.atomic
def verbind_account(*, door: Actor, medewerker: Medewerker) -> Professional | None:
    """Makes an account the same person as the entry with its address, so that a link and the account show the same.

    in: who, an account whose owner just showed that the mailbox is his; out: the entry that is his now, None when
    there is none. An account that is somebody already stays who it is.
    """
    vast = Medewerker.objects.select_for_update(of=("self",)).get(pk=medewerker.pk)
    if vast.professional_id is not None:
        return vast.professional
    professional = Professional.objects.filter(email__iexact=vast.email, medewerker__isnull=True).first()
    if professional is not None:
        _verbind(door, vast, professional)
        medewerker.professional = professional
    return professional


@transaction.atomic
def verbind_nieuw_adres(*, door: Actor, professional: Professional) -> None:
    """The same for an entry that was just made: an account with its address, of somebody of that organisation.

    in: who, the entry. Of another organisation nobody knows here whose mailbox that is: then the owner shows it.
    """
    werkt_daar = Medewerker.objects.filter(lidmaatschappen__team__organisatie=professional.organisatie_id)
    zelfde = werkt_daar.filter(email__iexact=professional.email, professional__isnull=True).first()
    if professional.email and zelfde is not None:
        _verbind(door, zelfde, professional)


def _verbind(door: Actor, medewerker: Medewerker, professional: Professional) -> None:
    Medewerker.objects.filter(pk=medewerker.pk).update(professional=professional)
    logboek.schrijf(door=door, daad="verbond_account", casus_id=None, over=medewerker)
