"""What every actie does first, and how a record is saved without overwriting somebody else's work."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from casussen import rechten
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.actor import Actor
from casussen.models import Casus
from casussen.models.basis import Rij

R = TypeVar("R", bound=Rij)


def open_casus(door: Actor, casus: Casus) -> Casus:
    """Locks the casus until the end of the transaction, so that acts on one casus come one after the other.

    in: who and which casus; out: the casus as it is now; raises PermissionDenied, or Geweigerd when it is closed.
    """
    vast = slot(casus)
    if not rechten.mag_casus_wijzigen(door, vast):
        raise PermissionDenied
    if not vast.is_open:
        raise Geweigerd(_("Deze samenwerking is afgesloten. Er is niets veranderd. Je kunt alles nog wel lezen."))
    return vast


def slot(casus: Casus) -> Casus:
    """in: a casus; out: the same row, locked (call inside a transaction)."""
    return (
        Casus.objects.select_for_update(of=("self",))
        .select_related("team__organisatie", "handreiking")
        .get(pk=casus.pk)
    )


def bewaar(
    model: type[R], *, pk: UUID, casus: Casus, versie: int, velden: Mapping[str, Any]
) -> tuple[R, list[str], bool]:
    """Makes or changes one record of a casus; only what differs is written.

    in: the model, the id (made by the form), the locked casus, the version that the person saw (0: a new record),
    the values by field name (many-to-many as lists);
    out: the record, the names of the changed fields, whether it is new;
    raises Verouderd when somebody else saved in the meantime, Geweigerd when the id belongs to another casus.
    A second press on the same button (same id, version 0, same values) changes nothing.
    """
    huidig = model._default_manager.filter(pk=pk).first()
    if huidig is None:
        return _maak(model, pk=pk, casus=casus, velden=velden)
    van: Any = huidig  # Rij itself has no casus, but all that is saved here has
    if van.casus_id != casus.pk:
        raise Geweigerd(
            _("Dit hoort bij een andere samenwerking. Er is niets veranderd. Ga terug en probeer het opnieuw.")
        )
    anders = [naam for naam, waarde in velden.items() if not _gelijk(huidig, naam, waarde)]
    if not anders:
        return huidig, [], False
    rijen = model._default_manager.filter(pk=pk, versie=versie)
    kolommen = {naam: velden[naam] for naam in anders if not _is_m2m(model, naam)}
    if not rijen.update(versie=F("versie") + 1, **kolommen):
        raise verouderd(huidig)
    for naam in anders:
        if _is_m2m(model, naam):
            getattr(huidig, naam).set(velden[naam])
    huidig.refresh_from_db()
    huidig.save(update_fields=["gewijzigd_op"])
    return huidig, anders, False


def verouderd(huidig: models.Model) -> Verouderd:
    """in: the record as it stands now; out: the error for whoever saves on top of an older version of it."""
    return Verouderd(
        _(
            "Dit is intussen al veranderd, door iemand anders of in een ander venster. "
            "Jouw tekst staat er nog. Kies welke tekst blijft."
        ),
        huidig,
    )


def _maak(model: type[R], *, pk: UUID, casus: Casus, velden: Mapping[str, Any]) -> tuple[R, list[str], bool]:
    kolommen = {naam: waarde for naam, waarde in velden.items() if not _is_m2m(model, naam)}
    rij = model._default_manager.create(pk=pk, casus=casus, **kolommen)
    for naam, waarde in velden.items():
        if _is_m2m(model, naam):
            getattr(rij, naam).set(waarde)
    return rij, list(velden), True


def _is_m2m(model: type[models.Model], naam: str) -> bool:
    return model._meta.get_field(naam).many_to_many is True


def _gelijk(rij: models.Model, naam: str, waarde: Any) -> bool:
    if _is_m2m(type(rij), naam):
        return {lid.pk for lid in getattr(rij, naam).all()} == {lid.pk for lid in waarde}
    return bool(getattr(rij, naam) == waarde)
