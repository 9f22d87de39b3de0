"""How long a closed casus is kept: its date, the decision, and the daily round that asks for one and carries it out."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek, rechten
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.acties.wissen import wis_casus
from casussen.actor import Actor
from casussen.models import Casus, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.models.organisatie import TeamRol
from casussen.overzicht import bewaren
from casussen.taal.datums import over_maanden


@transaction.atomic
def besluit_wissen(*, door: Actor, casus: Casus, op: date) -> None:
    """Decides that a closed casus goes after its last day; the clock does it then.

    in: a coördinator of the team, a casus that asks for a decision, today; raises PermissionDenied, Geweigerd. Twice is
    harmless.
    """
    casus = _te_beslissen(door, casus, op)
    if not bewaren.is_gekopieerd(casus):
        raise Geweigerd(_("Maak eerst de kopie voor het archief. Er is nog niets besloten."))
    if casus.wissen_besloten_op is None:
        Casus.objects.filter(pk=casus.pk).update(wissen_besloten_op=timezone.now(), versie=F("versie") + 1)
        logboek.schrijf(door=door, daad="besloot_over_bewaren", casus_id=casus.pk, over=casus, velden=["wissen"])


@transaction.atomic
def bewaar_langer(*, door: Actor, casus: Casus, tot: date, reden: str, op: date) -> None:
    """Keeps a closed casus longer than its term, with a reason.

    in: a coördinator of the team, a casus that asks for a decision, the new last day, why, today; raises
    PermissionDenied, Geweigerd. An earlier decision that it goes is over.
    """
    casus = _te_beslissen(door, casus, op)
    if not reden.strip():
        raise Geweigerd(_("Schrijf op waarom jullie deze samenwerking langer bewaren. Er is nog niets veranderd."))
    if casus.bewaren_tot is None or tot <= max(casus.bewaren_tot, op):
        raise Geweigerd(_("Kies een dag na de dag die er nu staat. Er is nog niets veranderd."))
    Casus.objects.filter(pk=casus.pk).update(
        bewaren_tot=tot, bewaren_reden=reden, wissen_besloten_op=None, versie=F("versie") + 1
    )
    logboek.schrijf(door=door, daad="besloot_over_bewaren", casus_id=casus.pk, over=casus, velden=["langer"])


def _te_beslissen(door: Actor, casus: Casus, op: date) -> Casus:
    vast = slot(casus)
    if not rechten.mag_gegevens_beheren(door, vast):
        raise PermissionDenied
    if vast.is_open or not bewaren.vraagt_besluit(vast, op):
        raise Geweigerd(_("Er is nu niets te beslissen: de bewaartermijn loopt nog. Er is niets veranderd."))
    return vast


def bewaarronde(*, door: Actor, op: date) -> int:
    """What the clock does every day for closed casussen; each is a transaction of its own.

    in: the clock, the day; out: how many were removed. First those without a date get one when the organisation has
    chosen in the meantime, then the coordinator gets one mail about each that asks for a decision, then goes what
    was decided to go and has had its last day.
    """
    for casus in _gesloten().filter(~Q(team__organisatie__bewaarbeleid=""), bewaren_tot=None):
        _geef_datum(door, casus)
    for casus in _gesloten().filter(bewaren_tot__lte=over_maanden(op, bewaren.VOORAF_MAANDEN), wissen_besloten_op=None):
        _vraag_besluit(door, casus, op)
    te_wissen = [
        casus
        for casus in _gesloten().filter(bewaren_tot__lt=op, wissen_besloten_op__isnull=False)
        # A request that came after the decision goes first; the list says so.
        if not bewaren.lopende_verzoeken(casus)
    ]
    for casus in te_wissen:
        wis_casus(door=door, casus=casus, op=op)
    return len(te_wissen)


def _gesloten() -> QuerySet[Casus]:
    return Casus.objects.filter(afgesloten_op__isnull=False).select_related("team__organisatie", "coordinator")


@transaction.atomic
def _geef_datum(door: Actor, casus: Casus) -> None:
    tot = bewaren.laatste_dag(casus.team.organisatie, bewaren.sluitdag(casus))
    if Casus.objects.filter(pk=casus.pk, bewaren_tot=None).update(bewaren_tot=tot):
        logboek.schrijf(door=door, daad="bepaalde_bewaartermijn", casus_id=casus.pk, over=casus)


@transaction.atomic
def _vraag_besluit(door: Actor, casus: Casus, op: date) -> None:
    oorzaak = f"bewaren:{casus.pk}:{casus.bewaren_tot}"
    nieuw = [
        berichten.zet_klaar(soort=BerichtSoort.BEWAREN, aan=wie, casus=casus, oorzaak=oorzaak, datum=casus.bewaren_tot)
        for wie in _beslissers(casus, op)
    ]
    if any(nieuw):
        logboek.schrijf(door=door, daad="vroeg_bewaarbesluit", casus_id=casus.pk, over=casus)


def _beslissers(casus: Casus, op: date) -> list[Medewerker]:
    """The coordinator; after so many years often somebody else: then every coördinator of the team."""
    loopt = Q(lidmaatschappen__tot__isnull=True) | Q(lidmaatschappen__tot__gte=op)
    coordinatoren = Medewerker.objects.filter(
        loopt,
        lidmaatschappen__team=casus.team_id,
        lidmaatschappen__rol=TeamRol.COORDINATOR,
        lidmaatschappen__van__lte=op,
        is_active=True,
    ).distinct()
    return list(coordinatoren.filter(pk=casus.coordinator_id)) or list(coordinatoren)
