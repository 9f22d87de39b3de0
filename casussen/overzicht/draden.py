"""The threads of a casus: for the helper whose they are, and for who leads the casus. Nobody else reads the words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from casussen.models import Afspraak, Casus, Deelnemer, Draad, Draadregel
from casussen.models.basis import initialen
from casussen.models.draad import RegelSoort
from casussen.overzicht.verschil import wanneer

# Kind of line -> state and icon of the tag `status`.
_TEKENS = {
    RegelSoort.VRAAG: ("vraag", "question"),
    RegelSoort.NIET_AKKOORD: ("niet", "x"),
    RegelSoort.AKKOORD: ("akkoord", "check"),
    RegelSoort.LATER: ("wacht", "clock"),
    RegelSoort.ROL: ("vraag", "user"),
    RegelSoort.REGIE: ("niet", "x"),
    RegelSoort.DOORGEVEN: ("vraag", "switch"),
    RegelSoort.ANTWOORD: ("concept", "message"),
}


@dataclass(frozen=True)
class Regel:
    """One line of a thread. `stand`, `woord` and `teken` are for the tag `status`; `medewerker` is set for staff.

    `initialen` and `vorm` make it somebody as a shape (templatetags: avatar).
    """

    naam: str
    initialen: str
    vorm: str
    medewerker: UUID | int | None
    soort: RegelSoort
    tekst: str
    op: datetime

    @property
    def van_staf(self) -> bool:
        """Out: whether a member of staff said it."""
        return self.soort == RegelSoort.ANTWOORD

    @property
    def stand(self) -> str:
        """Out: the state, for its colour."""
        return _TEKENS[self.soort][0]

    @property
    def teken(self) -> str:
        """Out: the name of its icon."""
        return _TEKENS[self.soort][1]

    @property
    def woord(self) -> str:
        """Out: what kind of line it is, in words."""
        return str(self.soort.label)


@dataclass(frozen=True)
class Gesprek:
    """One thread. `over` and `wanneer`: what the agreement said when it began; both empty without an agreement."""

    pk: UUID
    deelnemer: Deelnemer
    afspraak: UUID | None
    over: str
    wanneer: str
    regels: list[Regel]
    bespreken: bool
    afgerond_op: datetime | None
    naar_naam: str
    naar_email: str

    @property
    def open(self) -> bool:
        """Out: whether it is not settled yet."""
        return self.afgerond_op is None

    @property
    def wacht_op_staf(self) -> bool:
        """Out: whether the helper said the last word, and nobody put it off until the meeting."""
        return self.open and not self.bespreken and not self.regels[-1].van_staf

    @property
    def laatste(self) -> Regel:
        """Out: the last thing that the helper said about it, his yes apart."""
        eigen = [regel for regel in self.regels if not regel.van_staf]
        return next((regel for regel in reversed(eigen) if regel.soort != RegelSoort.AKKOORD), eigen[-1])

    @property
    def doorgeven(self) -> bool:
        """Out: whether the helper named somebody who takes over, and that still must be decided."""
        return self.open and bool(self.naar_naam)

    @property
    def titel(self) -> str:
        """Out: what this is about, as a heading."""
        namen = {"naam": self.deelnemer.roepnaam, "ander": self.naar_naam}
        return (_KOPPEN_OPEN if self.open else _KOPPEN_AF)[self.laatste.soort]() % namen


_KOPPEN_OPEN = {
    RegelSoort.VRAAG: lambda: _("%(naam)s heeft een vraag"),
    RegelSoort.NIET_AKKOORD: lambda: _("%(naam)s is niet akkoord"),
    RegelSoort.AKKOORD: lambda: _("%(naam)s is akkoord"),
    RegelSoort.LATER: lambda: _("Bij %(naam)s wordt iets later"),
    RegelSoort.ROL: lambda: _("%(naam)s zegt: mijn rol klopt niet"),
    RegelSoort.REGIE: lambda: _("%(naam)s wil deze rol liever niet"),
    RegelSoort.DOORGEVEN: lambda: _("%(naam)s wil dit doorgeven aan %(ander)s"),
}
_KOPPEN_AF = {
    RegelSoort.VRAAG: lambda: _("%(naam)s had een vraag"),
    RegelSoort.NIET_AKKOORD: lambda: _("%(naam)s was niet akkoord"),
    RegelSoort.AKKOORD: lambda: _("%(naam)s was akkoord"),
    RegelSoort.LATER: lambda: _("Bij %(naam)s werd iets later"),
    RegelSoort.ROL: lambda: _("%(naam)s zei: mijn rol klopt niet"),
    RegelSoort.REGIE: lambda: _("%(naam)s wilde deze rol liever niet"),
    RegelSoort.DOORGEVEN: lambda: _("%(naam)s wilde dit doorgeven aan %(ander)s"),
}


def van_deelnemers(deelnemers: Collection[UUID]) -> dict[tuple[UUID, UUID | None], list[Gesprek]]:
    """For the helper's own page.

    in: ids of the own parts; out: the threads per part and agreement (None: about the part as a whole), the oldest
    first. Three queries at most, however many.
    """
    gesprekken: dict[tuple[UUID, UUID | None], list[Gesprek]] = {}
    for draad in _geladen(Draad.objects.filter(deelnemer__in=deelnemers)):
        gesprekken.setdefault((draad.deelnemer_id, draad.afspraak_id), []).append(_gesprek(draad))
    return gesprekken


def open_van(casussen: Collection[UUID]) -> dict[UUID, list[Gesprek]]:
    """in: ids of casussen; out: per casus the open threads of who still takes part, the oldest first (two queries)."""
    gesprekken: dict[UUID, list[Gesprek]] = {casus: [] for casus in casussen}
    open_ = Draad.objects.filter(casus__in=casussen, afgerond_op__isnull=True, deelnemer__tot__isnull=True)
    for draad in _geladen(open_):
        gesprekken[draad.casus_id].append(_gesprek(draad))
    return gesprekken


@dataclass(frozen=True)
class Kaart:
    """One thread on the page of who leads the casus. `nu` is its agreement as it stands now, None when it ended."""

    gesprek: Gesprek
    nu: Afspraak | None

    @property
    def is_veranderd(self) -> bool:
        """Out: whether the agreement says something else now than when the thread began."""
        return self.nu is not None and (self.nu.wat, wanneer_van(self.nu)) != (
            self.gesprek.over,
            self.gesprek.wanneer,
        )

    @property
    def nu_wanneer(self) -> str:
        """Out: when it must happen now, in words."""
        return wanneer_van(self.nu) if self.nu else ""


def van_casus(casus: Casus) -> list[Kaart]:
    """in: a casus; out: its threads: what waits for who leads it first, then what is open, then what is settled."""
    kaarten = [Kaart(_gesprek(draad), _lopend(draad)) for draad in _geladen(casus.draden.all())]
    open_ = [kaart for kaart in kaarten if kaart.gesprek.open]
    af = sorted((kaart for kaart in kaarten if not kaart.gesprek.open), key=_afgerond, reverse=True)
    return [*sorted(open_, key=lambda kaart: not kaart.gesprek.wacht_op_staf), *af]


def _afgerond(kaart: Kaart) -> datetime:
    assert kaart.gesprek.afgerond_op is not None  # only settled ones are sorted by it
    return kaart.gesprek.afgerond_op


def _lopend(draad: Draad) -> Afspraak | None:
    return draad.afspraak if draad.afspraak is not None and draad.afspraak.vervallen_op is None else None


def wanneer_van(afspraak: Afspraak) -> str:
    """in: an agreement; out: when, in words, as everybody reads it."""
    dag = afspraak.datum.isoformat() if afspraak.datum else None
    return wanneer({"wanneer": afspraak.wanneer, "datum": dag})


def laatste_van_helper(draad: Draad) -> RegelSoort:
    """in: a thread; out: the kind of the last thing that the helper said."""
    regel = draad.regels.filter(medewerker__isnull=True).last()
    assert regel is not None  # a thread begins with a line of the helper
    return RegelSoort(regel.soort)


def _geladen(draden: QuerySet[Draad]) -> QuerySet[Draad]:
    return draden.select_related(
        "deelnemer__professional__organisatie", "deelnemer__netwerklid", "afspraak"
    ).prefetch_related("regels__medewerker")


def _gesprek(draad: Draad) -> Gesprek:
    return Gesprek(
        pk=draad.pk,
        deelnemer=draad.deelnemer,
        afspraak=draad.afspraak_id,
        over=draad.citaat,
        wanneer=draad.citaat_wanneer,
        regels=[_regel(regel, draad.deelnemer) for regel in draad.regels.all()],
        bespreken=draad.bespreken,
        afgerond_op=draad.afgerond_op,
        naar_naam=draad.naar_naam,
        naar_email=draad.naar_email,
    )


def _regel(regel: Draadregel, deelnemer: Deelnemer) -> Regel:
    naam = regel.medewerker.naam if regel.medewerker else deelnemer.naam
    eigen = "helper" if deelnemer.is_professional else "netwerk"
    return Regel(
        naam=naam,
        initialen=initialen(naam),
        vorm="regie" if regel.medewerker else eigen,
        medewerker=regel.medewerker_id,
        soort=RegelSoort(regel.soort),
        tekst=regel.tekst,
        op=regel.gemaakt_op,
    )
