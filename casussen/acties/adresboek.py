"""Mending an entry of the address book, such as an e-mail address that bounced."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.basis import open_casus, verouderd
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Professional


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
    huidig.refresh_from_db()
    return huidig
