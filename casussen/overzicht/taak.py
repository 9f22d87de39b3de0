"""What one helper sees on the own page: the own role and agreements per family, and nothing of anybody else."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils import timezone

from casussen.models import Afspraak, Casus, Deelnemer, Reactie, Regie, Vaststelling
from casussen.models.afspraak import ReactieSoort
from casussen.models.toestemming import Onderdeel
from casussen.overzicht import draden
from casussen.overzicht.draden import Gesprek
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.taak_eerder import Eerder, eerdere_teksten
from casussen.overzicht.veranderd import Veranderd, voor_helpers
from casussen.overzicht.verschil import wanneer
from casussen.taal.datums import uren
from casussen.toestemming import meelezen
from casussen.toestemming.meelezen import Meelezer


@dataclass(frozen=True, kw_only=True)
class EigenAfspraak:
    """One agreement as it stands in the fixed version, with what its owner said about it.

    `stand`: nieuw (never answered), veranderd (an earlier text was answered; `eerder` says what that was), hetzelfde
    (answered before the newest version) or gedaan. `wordt_anders`: it is being changed since, so it takes no answer.
    """

    pk: UUID
    wat: str
    wanneer: str
    inhoud_versie: int
    stand: str
    reactie: Reactie | None
    wordt_anders: bool
    eerder: Eerder | None = None
    gedaan_op: datetime | None = None
    later_op: date | None = None
    gesprekken: list[Gesprek] = field(default_factory=list)

    @property
    def vraagt_antwoord(self) -> bool:
        """Out: whether it waits for an answer that can be given now."""
        return self.reactie is None and not self.wordt_anders and self.gedaan_op is None

    @property
    def staat_vast(self) -> bool:
        """Out: whether a yes was given before the newest version, so that it stands."""
        akkoord = self.reactie is not None and self.reactie.soort == ReactieSoort.AKKOORD
        return akkoord and self.stand == "hetzelfde"

    @property
    def in_gesprek(self) -> bool:
        """Out: whether a question or refusal is not settled yet."""
        return any(gesprek.open for gesprek in self.gesprekken)


@dataclass(frozen=True)
class Terugkijken:
    """When everyone talks again."""

    datum: date
    tijd: str
    waar: str
    ik_ben_erbij: bool


@dataclass(frozen=True, kw_only=True)
class Taak:
    """The page of one helper, for one family. `versie` is None as long as nothing was fixed for this person.

    Its parts are those of models.toestemming.Onderdeel: the family and the role (NAAM), `afspraken`, `evaluatie`. What
    nobody agreed to stays empty; `leest_afspraken` tells that apart from having none.
    """

    deel: Deelnemer
    versie: int | None = None
    gezin: str = ""
    waarvoor: str = ""
    beslist: str = ""
    doet_niet: str = ""
    regie: list[Regie] = field(default_factory=list)
    gevraagd: list[Regie] = field(default_factory=list)
    liever_niet: list[Regie] = field(default_factory=list)
    afspraken: list[EigenAfspraak] = field(default_factory=list)
    evaluatie: Terugkijken | None = None
    leest_afspraken: bool = True
    leest_alles: bool = False
    gesprekken: list[Gesprek] = field(default_factory=list)
    veranderd: Veranderd | None = None

    @property
    def te_beantwoorden(self) -> list[EigenAfspraak]:
        """Out: the agreements that still wait for an answer that can be given now."""
        return [afspraak for afspraak in self.afspraken if afspraak.vraagt_antwoord]

    @property
    def wacht(self) -> bool:
        """Out: whether this family waits for an answer of this helper."""
        return bool(self.te_beantwoorden or self.gevraagd)

    @property
    def doorgegeven(self) -> Gesprek | None:
        """Out: where he asked to pass it on, as long as nobody settled that."""
        return next((gesprek for gesprek in self.gesprekken if gesprek.open and gesprek.naar_naam), None)

    def afspraak(self, pk: UUID) -> EigenAfspraak | None:
        """in: an id; out: the own agreement with that id, None for every other id."""
        return next((afspraak for afspraak in self.afspraken if afspraak.pk == pk), None)


def maak(deelnemer: Deelnemer, casus: Casus) -> Taak:
    """in: who takes part, the casus; out: the page for that family, as maak_alle."""
    deelnemer.casus = casus
    return maak_alle([deelnemer])[0]


def maak_alle(delen: Sequence[Deelnemer]) -> list[Taak]:
    """in: the parts of one person (with their casus); out: the page for each, in that order. A fixed number of queries.

    The newest fixed version says what was agreed. Read live are who holds which function (saying yes is asked for as
    soon as somebody is named), and what the helper himself said: answers, done, later, threads.
    """
    laatste = {
        versie.casus_id: versie
        for versie in Vaststelling.objects.filter(casus__in={deel.casus_id for deel in delen})
        .order_by("casus_id", "-nummer")
        .distinct("casus_id")
    }
    meelezers = meelezen.van_deelnemers(delen, timezone.localdate())
    leest = {deel.pk: _onderdelen(deel, meelezers[deel.pk]) for deel in delen}
    # Nothing was settled with somebody yet, or he may not read: then not even the name of the family is told.
    mee = [deel for deel in delen if Onderdeel.NAAM in leest[deel.pk] and _ik(deel, laatste.get(deel.casus_id))]
    gegevens = _laad(mee, laatste)
    taken = {deel.pk: _taak(deel, laatste[deel.casus_id], leest[deel.pk], meelezers[deel.pk], gegevens) for deel in mee}
    return [taken.get(deel.pk) or Taak(deel=deel) for deel in delen]


@dataclass(frozen=True)
class _Gegevens:
    """What was loaded for all parts at once. Answers are by agreement and version of its content."""

    regie: dict[UUID, list[Regie]]
    nu: dict[UUID, Afspraak]
    reacties: dict[UUID, dict[int, Reactie]]
    gesprekken: dict[tuple[UUID, UUID | None], list[Gesprek]]
    eerder: dict[UUID, Eerder]
    veranderd: dict[UUID, Veranderd | None]


def _laad(delen: Sequence[Deelnemer], laatste: dict[UUID, Vaststelling]) -> _Gegevens:
    pks = [deel.pk for deel in delen]
    regie: dict[UUID, list[Regie]] = defaultdict(list)
    for rij in Regie.objects.filter(deelnemer__in=pks, tot__isnull=True).order_by("van"):
        regie[rij.deelnemer_id].append(rij)
    reacties: dict[UUID, dict[int, Reactie]] = defaultdict(dict)
    for reactie in Reactie.objects.filter(deelnemer__in=pks):
        reacties[reactie.afspraak_id][reactie.inhoud_versie] = reactie
    eigen = {deel.pk: _eigen(deel, laatste[deel.casus_id].inhoud) for deel in delen}
    return _Gegevens(
        regie=regie,
        nu={rij.pk: rij for rij in Afspraak.objects.filter(deelnemer__in=pks, vervallen_op__isnull=True)},
        reacties=reacties,
        gesprekken=draden.van_deelnemers(pks),
        eerder=eerdere_teksten(delen, laatste, eigen, reacties),
        veranderd=voor_helpers(delen),
    )


def _onderdelen(deel: Deelnemer, meelezer: Meelezer | None) -> frozenset[Onderdeel]:
    """What the own organisation may read now; family and friends read all of their own part."""
    if meelezer is not None:
        return meelezer.onderdelen
    return frozenset(Onderdeel) if deel.professional_id is None else frozenset()


def _ik(deel: Deelnemer, versie: Vaststelling | None) -> dict[str, Any] | None:
    mensen = versie.inhoud["deelnemers"] if versie else []
    return next((rij for rij in mensen if rij["id"] == str(deel.pk)), None)


def _eigen(deel: Deelnemer, opname: Opname) -> list[dict[str, Any]]:
    return [rij for rij in opname["afspraken"] if rij["deelnemer"] == str(deel.pk)]


def _taak(
    deel: Deelnemer,
    versie: Vaststelling,
    leest: frozenset[Onderdeel],
    meelezer: Meelezer | None,
    gegevens: _Gegevens,
) -> Taak:
    ik, opname, regie = _ik(deel, versie), versie.inhoud, gegevens.regie[deel.pk]
    assert ik is not None  # maak_alle
    leest_afspraken = Onderdeel.AFSPRAKEN in leest
    return Taak(
        deel=deel,
        versie=versie.nummer,
        gezin=opname["naam"],
        waarvoor=ik["waarvoor"],
        beslist=ik["beslist"],
        doet_niet=ik["doet_niet"],
        regie=[rij for rij in regie if rij.aanvaard_op is not None],
        gevraagd=[rij for rij in regie if rij.aanvaard_op is None and rij.geweigerd_op is None],
        liever_niet=[rij for rij in regie if rij.geweigerd_op is not None],
        afspraken=_afspraken(deel, versie, gegevens) if leest_afspraken else [],
        # No version is fixed without a date.
        evaluatie=_terugkijken(deel, opname["evaluatie"]) if Onderdeel.TERUGKIJKEN in leest else None,
        leest_afspraken=leest_afspraken,
        leest_alles=meelezer is not None and meelezer.leest_alles,
        gesprekken=gegevens.gesprekken.get((deel.pk, None), []),
        veranderd=gegevens.veranderd.get(deel.pk),
    )


def _afspraken(deel: Deelnemer, versie: Vaststelling, gegevens: _Gegevens) -> list[EigenAfspraak]:
    """Those of since the last time first. Answering one moves none of them."""
    alle = [_afspraak(deel, rij, versie, gegevens) for rij in _eigen(deel, versie.inhoud)]
    return sorted(alle, key=lambda afspraak: _was_al_klaar(afspraak, versie))


def _was_al_klaar(afspraak: EigenAfspraak, versie: Vaststelling) -> bool:
    gedaan = afspraak.gedaan_op is not None and afspraak.gedaan_op < versie.op
    return gedaan or (afspraak.reactie is not None and afspraak.reactie.gewijzigd_op < versie.op)


def _afspraak(deel: Deelnemer, rij: dict[str, Any], versie: Vaststelling, gegevens: _Gegevens) -> EigenAfspraak:
    pk, inhoud_versie = UUID(rij["id"]), rij["inhoud_versie"]
    nu, reacties, eerder = gegevens.nu.get(pk), gegevens.reacties.get(pk, {}), gegevens.eerder.get(pk)
    actueel = nu is not None and nu.inhoud_versie == inhoud_versie
    reactie = reacties.get(inhoud_versie)
    gedaan_op = nu.gedaan_op if nu is not None and actueel else None
    if gedaan_op is not None:
        stand = "gedaan"
    elif reactie is not None and reactie.gewijzigd_op < versie.op:
        stand = "hetzelfde"
    else:
        stand = "veranderd" if any(oud < inhoud_versie for oud in reacties) else "nieuw"
    return EigenAfspraak(
        pk=pk,
        wat=rij["wat"],
        wanneer=wanneer(rij),
        inhoud_versie=inhoud_versie,
        stand=stand,
        reactie=reactie,
        wordt_anders=not actueel,
        eerder=eerder if stand in ("nieuw", "veranderd") else None,
        gedaan_op=gedaan_op,
        later_op=nu.later_op if nu is not None and actueel else None,
        gesprekken=gegevens.gesprekken.get((deel.pk, pk), []),
    )


def _terugkijken(deelnemer: Deelnemer, evaluatie: dict[str, Any]) -> Terugkijken:
    van, tot = (time.fromisoformat(deel) if deel else None for deel in (evaluatie["van"], evaluatie["tot"]))
    return Terugkijken(
        datum=date.fromisoformat(evaluatie["datum"]),
        tijd=uren(van, tot),
        waar=evaluatie["waar"],
        ik_ben_erbij=str(deelnemer.pk) not in evaluatie["afwezig"],
    )
