"""Handing a casus over to another team."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek, rechten
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Medewerker, Team, Teamoverdracht
from casussen.models.bericht import BerichtSoort
from casussen.models.organisatie import TeamRol
from casussen.overzicht import bezetting


@transaction.atomic
def draag_over(
    *, door: Actor, pk: UUID, casus: Casus, naar_team: Team, coordinator: Medewerker, reden: str
) -> Teamoverdracht:
    """Gives a casus to another team: it sees the family from now on, the old team only where somebody takes part.

    in: a coordinator of its team, the id from the form (a second press finds the same), the casus, the team, who
    coordinates there, why; out: the record of it; raises PermissionDenied, Geweigerd. Links and emergency access go on.
    """
    casus = slot(casus)
    eerder = Teamoverdracht.objects.filter(pk=pk, casus=casus, door=door.medewerker).first()
    if eerder is not None:
        return eerder
    if door.medewerker is None or not rechten.mag_casus_overdragen(door, casus):
        raise PermissionDenied
    _kijk_na(casus, naar_team, coordinator, reden)
    overdracht = Teamoverdracht.objects.create(
        pk=pk,
        casus=casus,
        van_team=casus.team,
        naar_team=naar_team,
        reden=reden,
        door=door.medewerker,
        op=timezone.now(),
    )
    # The mark of an import is unique per team, and says nothing about another team.
    Casus.objects.filter(pk=casus.pk).update(team=naar_team, coordinator=coordinator, bron="")
    logboek.schrijf(door=door, daad="droeg_over", casus_id=casus.pk, over=overdracht, velden=["coordinator", "team"])
    if coordinator != door.medewerker:
        casus.refresh_from_db()
        oorzaak = f"teamoverdracht:{overdracht.pk}"
        berichten.zet_klaar(soort=BerichtSoort.TEAMOVERDRACHT, aan=coordinator, casus=casus, oorzaak=oorzaak)
        berichten.wek_postbode()
    return overdracht


def _kijk_na(casus: Casus, naar_team: Team, coordinator: Medewerker, reden: str) -> None:
    if naar_team.pk == casus.team_id:
        raise Geweigerd(_("Dit gezin is al van dat team. Er is niets veranderd. Kies een ander team."))
    if not reden.strip():
        raise Geweigerd(_("Schrijf op waarom. Er is nog niets overgedragen."))
    leden = bezetting.lidmaatschappen(timezone.localdate())
    if not leden.filter(medewerker=coordinator, team=naar_team, rol=TeamRol.COORDINATOR).exists():
        raise Geweigerd(_("Deze coördinator werkt niet meer in dat team. Er is niets veranderd. Kies iemand anders."))
