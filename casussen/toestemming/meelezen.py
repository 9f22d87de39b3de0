"""May this organisation read along in this casus now? The only place that answers that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from casussen.models import Casus, Deelnemer, Deling, Gezinslid, Organisatie, Toestemming
from casussen.models.toestemming import Grond, Onderdeel, Zegt
from casussen.toestemming.gevers import Gevers, gevers
from casussen.toestemming.leeftijd import VOORAF


@dataclass(frozen=True)
class Nodig:
    """One yes that is needed. `gever` is None when somebody outside the family must answer."""

    over: Gezinslid
    gever: Gezinslid | None


@dataclass(frozen=True, kw_only=True)
class Meelezer:
    """One organisation in one casus, with its people who take part now.

    `gevers` (one for each person whom the consent is about), the same as they will be in 30 days, and `antwoorden`
    (those that count now, yes and no) are only there when consent is needed.
    """

    organisatie: Organisatie
    is_eigen: bool
    deling: Deling | None
    deelnemers: tuple[Deelnemer, ...]
    gevers: tuple[Gevers, ...] = ()
    gevers_straks: tuple[Gevers, ...] = ()
    antwoorden: tuple[Toestemming, ...] = ()

    @property
    def grond(self) -> Grond:
        """Out: the ground that was chosen, else the one of this organisation as a rule."""
        return Grond.BETROKKEN if self.is_eigen else _grond(self.organisatie, self.deling)

    @property
    def nodig(self) -> list[Nodig]:
        """Out: every yes that is needed, per person."""
        return _nodig(self.gevers)

    @property
    def straks(self) -> list[Nodig]:
        """Out: every yes that is not needed yet, but will be within 30 days because somebody becomes 12 or 16."""
        nu = self.nodig
        return [nodig for nodig in _nodig(self.gevers_straks) if nodig not in nu and not self._ja(nodig)]

    @property
    def ontbreekt(self) -> list[Nodig]:
        """Out: what is needed and not there, also when the answer was no."""
        return [nodig for nodig in self.nodig if not self._ja(nodig)]

    @property
    def geboren_onbekend(self) -> list[Gezinslid]:
        """Out: the children whose date of birth must be filled in to know whom to ask."""
        return [per_persoon.over for per_persoon in self.gevers if per_persoon.geboren_onbekend]

    @property
    def gezag_onbekend(self) -> list[Gezinslid]:
        """Out: the parents of whom must be filled in whether they have gezag."""
        return list({lid.pk: lid for per_persoon in self.gevers for lid in per_persoon.gezag_onbekend}.values())

    @property
    def mag_meelezen(self) -> bool:
        """Out: whether this organisation gets anything now."""
        if self.grond != Grond.TOESTEMMING:
            return True
        return bool(self.gevers) and not self.ontbreekt and not self.gezag_onbekend

    @property
    def leest_alles(self) -> bool:
        """Out: whether it may have the whole overview of the helpers. A consent names parts; this is none of those."""
        return self.grond != Grond.TOESTEMMING

    @property
    def onderdelen(self) -> frozenset[Onderdeel]:
        """Out: what this organisation may read: all, or what everybody who was asked agreed to."""
        if not self.mag_meelezen:
            return frozenset()
        delen = set(Onderdeel)
        for nodig in self.nodig:
            delen &= {Onderdeel(deel) for ja in self._ja(nodig) for deel in ja.onderdelen}
        return frozenset(delen)

    def antwoord(self, nodig: Nodig) -> Toestemming | None:
        """in: a yes that is needed; out: the answer that counts now, yes or no, if any."""
        return next((rij for rij in self.antwoorden if _past(rij, nodig)), None)

    def _ja(self, nodig: Nodig) -> list[Toestemming]:
        return [rij for rij in self.antwoorden if rij.zegt == Zegt.JA and _past(rij, nodig)]


def _nodig(alle: Iterable[Gevers]) -> list[Nodig]:
    return [
        Nodig(per_persoon.over, gever)
        for per_persoon in alle
        for gever in [*per_persoon.van_gezin, *([None] if per_persoon.iemand_anders else [])]
    ]


def _past(rij: Toestemming, nodig: Nodig) -> bool:
    return rij.over_id == nodig.over.pk and rij.gever_id == (nodig.gever.pk if nodig.gever else None)


def _grond(organisatie: Organisatie, deling: Deling | None) -> Grond:
    if deling is not None:
        return Grond(deling.grond)
    return Grond.BETROKKEN if organisatie.hoort_bij_hulp else Grond.TOESTEMMING


def laad(
    casussen: Collection[Casus], deelnemers: Iterable[Deelnemer], gezin: Iterable[Gezinslid], op: date
) -> dict[UUID, list[Meelezer]]:
    """Who reads along in some casussen, the own organisation first, then by name.

    in: casussen (with team selected), who takes part in them now (with professional__organisatie and voor_wie), who
    belongs to the family now (a queryset that is only asked when consent is needed anywhere), the day; out: per
    casus its organisations. One query, and one more with that of the family when consent is needed.
    """
    per_casus: dict[UUID, dict[UUID, list[Deelnemer]]] = {casus.pk: defaultdict(list) for casus in casussen}
    for deelnemer in deelnemers:
        if deelnemer.professional is not None:
            per_casus[deelnemer.casus_id][deelnemer.professional.organisatie_id].append(deelnemer)
    delingen = {(d.casus_id, d.organisatie_id): d for d in Deling.objects.filter(casus__in=per_casus)}
    alle = {
        casus.pk: [
            _zonder_vragen(casus, mensen, delingen.get((casus.pk, organisatie)))
            for organisatie, mensen in per_casus[casus.pk].items()
        ]
        for casus in casussen
    }
    vraagt = {pk for pk, rijen in alle.items() if any(rij.grond == Grond.TOESTEMMING for rij in rijen)}
    if vraagt:
        _zet_vragen_erbij(alle, vraagt, gezin, op)
    return {pk: sorted(rijen, key=lambda rij: (not rij.is_eigen, rij.organisatie.naam)) for pk, rijen in alle.items()}


def _zonder_vragen(casus: Casus, mensen: list[Deelnemer], deling: Deling | None) -> Meelezer:
    professional = mensen[0].professional
    assert professional is not None  # laad
    return Meelezer(
        organisatie=professional.organisatie,
        is_eigen=professional.organisatie_id == casus.team.organisatie_id,
        deling=deling,
        deelnemers=tuple(mensen),
    )


def _zet_vragen_erbij(
    alle: dict[UUID, list[Meelezer]], vraagt: set[UUID], gezin: Iterable[Gezinslid], op: date
) -> None:
    leden: dict[UUID, list[Gezinslid]] = defaultdict(list)
    for lid in gezin:
        leden[lid.casus_id].append(lid)
    gegeven: dict[tuple[UUID, UUID], list[Toestemming]] = defaultdict(list)
    for rij in Toestemming.objects.filter(casus__in=vraagt, ingetrokken_op__isnull=True):
        gegeven[rij.casus_id, rij.organisatie_id].append(rij)
    for pk in vraagt:
        alle[pk] = [
            _met_vragen(rij, leden[pk], gegeven[pk, rij.organisatie.pk], op) if rij.grond == Grond.TOESTEMMING else rij
            for rij in alle[pk]
        ]


def _met_vragen(meelezer: Meelezer, gezin: Sequence[Gezinslid], gegeven: list[Toestemming], op: date) -> Meelezer:
    wie = over_wie(meelezer.deelnemers, gezin)
    return replace(
        meelezer,
        gevers=tuple(gevers(lid, gezin, op) for lid in wie),
        gevers_straks=tuple(gevers(lid, gezin, op + VOORAF) for lid in wie),
        antwoorden=tuple(gegeven),
    )


def over_wie(deelnemers: Iterable[Deelnemer], gezin: Sequence[Gezinslid]) -> list[Gezinslid]:
    """in: the people of one organisation, the family; out: whom its help is about: those they are there for.

    As soon as one of them is there for the whole family (nobody chosen), it is about everybody.
    """
    gekozen = [{lid.pk for lid in deelnemer.voor_wie.all()} & {lid.pk for lid in gezin} for deelnemer in deelnemers]
    if not all(gekozen):
        return list(gezin)
    samen = set().union(*gekozen)
    return [lid for lid in gezin if lid.pk in samen]


def van_deelnemer(deelnemer: Deelnemer, casus: Casus, op: date) -> Meelezer | None:
    """in: somebody who takes part, the casus, the day; out: the own organisation in it, None for family and friends."""
    return _van_deelnemers([deelnemer], {casus.pk: casus}, op)[deelnemer.pk]


def van_deelnemers(deelnemers: Collection[Deelnemer], op: date) -> dict[UUID, Meelezer | None]:
    """in: some who take part (with casus__team and professional), the day; out: as van_deelnemer, by id of the part.

    As many queries for one part as for a hundred.
    """
    return _van_deelnemers(deelnemers, {deel.casus_id: deel.casus for deel in deelnemers}, op)


def _van_deelnemers(
    deelnemers: Collection[Deelnemer], casussen: dict[UUID, Casus], op: date
) -> dict[UUID, Meelezer | None]:
    organisaties = {deel.pk: deel.professional.organisatie_id for deel in deelnemers if deel.professional is not None}
    if not organisaties:
        return dict.fromkeys(deel.pk for deel in deelnemers)
    collegas = (
        Deelnemer.objects.filter(
            Q(tot__isnull=True) | Q(pk__in=organisaties),
            casus__in=casussen,
            professional__organisatie__in=set(organisaties.values()),
        )
        .select_related("professional__organisatie")
        .prefetch_related("voor_wie")
    )
    gezin = Gezinslid.objects.filter(casus__in=casussen, weg_op__isnull=True)
    per_casus = laad(list(casussen.values()), collegas, gezin, op)
    return {
        deel.pk: next(
            (rij for rij in per_casus[deel.casus_id] if rij.organisatie.pk == organisaties.get(deel.pk)), None
        )
        for deel in deelnemers
    }


def mag_meelezen(deelnemer: Deelnemer, casus: Casus, op: date) -> bool:
    """in: as van_deelnemer; out: whether this person may get anything of this casus on that day."""
    meelezer = van_deelnemer(deelnemer, casus, op)
    return meelezer is None or meelezer.mag_meelezen


def leest_alles(deelnemer: Deelnemer, casus: Casus, op: date) -> bool:
    """in: as van_deelnemer; out: whether this person may have the whole overview of the helpers on that day."""
    meelezer = van_deelnemer(deelnemer, casus, op)
    return meelezer is not None and meelezer.leest_alles


def zonder_toegang(meelezers: Iterable[Meelezer]) -> set[UUID]:
    """in: the organisations of a casus; out: the ids of the deelnemers who may not read along now."""
    return {deelnemer.pk for rij in meelezers if not rij.mag_meelezen for deelnemer in rij.deelnemers}
