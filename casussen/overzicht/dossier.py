"""One casus with everything in it, loaded with a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from casussen.models import Afspraak, Antwoord, Casus, Deelnemer, Evaluatie, Gezinslid, Regie
from casussen.toestemming import meelezen
from casussen.toestemming.meelezen import Meelezer


@dataclass(frozen=True)
class Dossier:
    """What counts in a casus now: nobody who left, no agreement that ended."""

    casus: Casus
    gezinsleden: list[Gezinslid]
    deelnemers: list[Deelnemer]
    afspraken: list[Afspraak]
    antwoorden: dict[str, Antwoord]
    regie: dict[str, Regie]
    evaluatie: Evaluatie | None
    meelezers: list[Meelezer]

    @property
    def professionals(self) -> list[Deelnemer]:
        """Out: the helpers from organisations."""
        return [deelnemer for deelnemer in self.deelnemers if deelnemer.is_professional]

    @property
    def netwerk(self) -> list[Deelnemer]:
        """Out: family and friends."""
        return [deelnemer for deelnemer in self.deelnemers if not deelnemer.is_professional]

    def mag_meelezen(self, mens: Deelnemer | Gezinslid) -> bool:
        """in: somebody of this casus; out: whether he may get anything: False as long as a consent is missing."""
        return mens.pk not in meelezen.zonder_toegang(self.meelezers)


def laad(casus: Casus) -> Dossier:
    """in: a casus (with team__organisatie and handreiking selected); out: everything in it."""
    gezinsleden = list(casus.gezinsleden.filter(weg_op__isnull=True))
    deelnemers = list(actieve_deelnemers(casus))
    return Dossier(
        casus=casus,
        gezinsleden=gezinsleden,
        deelnemers=deelnemers,
        afspraken=list(lopende_afspraken(casus)),
        antwoorden={
            a.vraag: a for a in casus.antwoorden.select_related("door").prefetch_related("gekozen_gezinsleden")
        },
        regie={regie.functie: regie for regie in casus.regie.filter(tot__isnull=True)},
        evaluatie=casus.evaluaties.filter(gehouden_op__isnull=True)
        .prefetch_related("afwezige_deelnemers", "afwezige_gezinsleden")
        .first(),
        meelezers=meelezen.laad([casus], deelnemers, gezinsleden, timezone.localdate())[casus.pk],
    )


def actieve_deelnemers(casus: Casus) -> QuerySet[Deelnemer]:
    """in: a casus; out: who takes part now, with all that is needed to show them."""
    return (
        casus.deelnemers.filter(tot__isnull=True)
        .select_related("professional__organisatie", "netwerklid")
        .prefetch_related("voor_wie", "gekozen_gezinsleden")
    )


def lopende_afspraken(casus: Casus) -> QuerySet[Afspraak]:
    """in: a casus; out: the agreements that count now, with owners, readers and answers."""
    return (
        casus.afspraken.filter(vervallen_op__isnull=True)
        .select_related("deelnemer__professional__organisatie", "deelnemer__netwerklid", "gezinslid")
        .prefetch_related("gekozen_gezinsleden", "reacties")
    )
