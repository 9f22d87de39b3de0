"""The portrait in the address book: setting it and taking it away, by the person self."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casussen import logboek, rechten
from casussen.actor import Actor
from casussen.models import Foto, Professional


@transaction.atomic
def zet_foto(*, door: Actor, professional: Professional, beeld: bytes) -> Foto:
    """in: who, whose photo, the picture as acties/portret.py made it; out: the photo, in place of an earlier one.

    raises PermissionDenied for the photo of somebody else.
    """
    if not rechten.mag_foto_wijzigen(door, professional):
        raise PermissionDenied
    foto, _nieuw = Foto.objects.update_or_create(professional=professional, defaults={"beeld": beeld})
    logboek.schrijf(door=door, daad="zette_foto", casus_id=None, over=professional, velden=["foto"])
    return foto


@transaction.atomic
def haal_foto_weg(*, door: Actor, professional: Professional) -> None:
    """in: who, whose photo; afterwards there is none. raises PermissionDenied for the photo of somebody else."""
    if not rechten.mag_foto_wijzigen(door, professional):
        raise PermissionDenied
    weg, _per_soort = Foto.objects.filter(professional=professional).delete()
    if weg:
        logboek.schrijf(door=door, daad="haalde_foto_weg", casus_id=None, over=professional, velden=["foto"])
