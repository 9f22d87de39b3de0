"""What happens to the family Kuipers in many tests: a version, answers, time that passes."""

from datetime import timedelta

from django.utils import timezone

from casussen.acties import afspraken
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor, ActorSoort
from casussen.models import (
    Afspraak,
    Casus,
    Deelnemer,
    Evaluatie,
    Vaststelling,
)
from casussen.overzicht import lijst, vandaag
from tests import cast


def vastgesteld(kuipers: cast.Kuipers, nummer: int = 1) -> Vaststelling:
    """Fixes a version without a browser."""
    return stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=nummer)


def anders(kuipers: cast.Kuipers, **velden: object) -> None:
    """Changes the agreement of Ilse."""
    rij = Afspraak.objects.get(pk=kuipers.komt_woensdag.pk)
    afspraken.zet_afspraak(door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden=velden)


def reageer(deelnemer: Deelnemer, soort: str, tekst: str = "") -> None:
    """Somebody answers the same to all his agreements."""
    zelf = Actor(soort=ActorSoort.DEELNEMER, deelnemer=deelnemer)
    for afspraak in deelnemer.afspraken.filter(vervallen_op__isnull=True):
        afspraken.reageer(door=zelf, afspraak=afspraak, inhoud_versie=afspraak.inhoud_versie, soort=soort, tekst=tekst)


def iedereen_akkoord(kuipers: cast.Kuipers) -> None:
    """Everyone who was asked says yes."""
    for mens in (kuipers.ilse, kuipers.ruben, kuipers.amrita):
        reageer(mens, "akkoord")


def op_dag(kuipers: cast.Kuipers, dagen: int) -> None:
    """Moves the evaluation to so many days from today, as if time had passed."""
    Evaluatie.objects.filter(casus=kuipers.casus).update(datum=timezone.localdate() + timedelta(days=dagen))


def beeld_van(casus: Casus) -> lijst.Beeld:
    """What the list knows of one casus."""
    return lijst.beelden([Casus.objects.select_related("team__organisatie", "coordinator").get(pk=casus.pk)])[0]


def rij_van(kuipers: cast.Kuipers, door: Actor | None = None) -> lijst.Rij:
    """The line of the family in the list."""
    return lijst.rij(beeld_van(kuipers.casus), door or kuipers.door, timezone.localdate())


def taken_van(kuipers: cast.Kuipers, door: Actor | None = None) -> list[vandaag.Taak]:
    """What needs somebody today in this family."""
    return vandaag.taken([beeld_van(kuipers.casus)], door or kuipers.door, timezone.localdate())
