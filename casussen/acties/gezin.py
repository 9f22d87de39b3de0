"""Family members."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek
from casussen.acties.basis import bewaar, open_casus
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import sluit_links
from casussen.actor import Actor
from casussen.models import Casus, Gezinslid


@transaction.atomic
def zet_gezinslid(*, door: Actor, casus: Casus, pk: UUID, versie: int, velden: Mapping[str, Any]) -> Gezinslid:
    """Adds a family member or changes one.

    in: who, casus, id, the version seen (0: new), fields of Gezinslid by name; out: the saved record;
    raises Verouderd, Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    if casus.gezinsleden.filter(pk=pk, weg_op__isnull=False).exists():
        raise Geweigerd(
            _("Deze persoon is intussen weggehaald. Wat je invulde, staat er nog. Voeg de persoon opnieuw toe.")
        )
    lid, anders, nieuw = bewaar(Gezinslid, pk=pk, casus=casus, versie=versie, velden=velden)
    if anders:
        daad = "voegde_gezinslid_toe" if nieuw else "wijzigde_gezinslid"
        logboek.schrijf(door=door, daad=daad, casus_id=casus.pk, over=lid, velden=anders)
    if "email" in anders and not nieuw:
        sluit_links(door=door, van_wie=Q(gezinslid=lid))
    return lid


@transaction.atomic
def haal_gezinslid_weg(*, door: Actor, casus: Casus, gezinslid: Gezinslid) -> None:
    """Marks that somebody does not belong to the family (any more). Access ends at once; the row stays.

    in: who, casus, family member; raises Geweigerd, PermissionDenied. Their own agreements end too.
    """
    casus = open_casus(door, casus)
    nu = timezone.now()
    if not casus.gezinsleden.filter(pk=gezinslid.pk, weg_op__isnull=True).update(weg_op=nu):
        return
    casus.afspraken.filter(gezinslid=gezinslid, vervallen_op__isnull=True).update(vervallen_op=nu)
    logboek.schrijf(door=door, daad="haalde_gezinslid_weg", casus_id=casus.pk, over=gezinslid)
