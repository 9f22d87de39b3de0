"""Beginning a casus."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Handreiking, Medewerker, Team


def nieuwste_handreiking(soort: str) -> Handreiking:
    """in: jeugd or wmo; out: the newest content set of that kind; raises Geweigerd when none is loaded."""
    handreiking = Handreiking.objects.filter(soort=soort).order_by("-nummer").first()
    if handreiking is None:
        raise Geweigerd(_("De vragen voor deze soort zijn nog niet geladen. Vraag je beheerder om dat te doen."))
    return handreiking


@transaction.atomic
def begin_casus(
    *, door: Actor, pk: UUID, naam: str, soort: str, team: Team, coordinator: Medewerker, bron: str = ""
) -> Casus:
    """Begins a casus with two fields.

    in: who, the id from the form (a second press finds the same casus), name, kind, team, coordinator, and for an
    import what marks it; out: the casus; raises PermissionDenied, Geweigerd.
    """
    if not rechten.teams_om_te_beginnen(door).filter(pk=team.pk).exists():
        raise PermissionDenied
    Team.objects.select_for_update().get(pk=team.pk)
    bestaand = rechten.casussen_van(door).filter(pk=pk).first()
    if bestaand is not None:
        return bestaand
    if Casus.objects.filter(pk=pk).exists():
        raise Geweigerd(_("Dit scherm is al gebruikt. Er is niets veranderd. Begin opnieuw vanaf de lijst."))
    casus = Casus.objects.create(
        pk=pk,
        naam=naam,
        team=team,
        handreiking=nieuwste_handreiking(soort),
        coordinator=coordinator,
        bron=bron,
    )
    logboek.schrijf(door=door, daad="begon", casus_id=casus.pk, over=casus)
    return casus
