"""What one helper sees behind the own link: the own role and agreements, and nothing of anybody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen.models import Casus, Deelnemer, Reactie, Regie
from casussen.models.toestemming import Onderdeel
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.verschil import wanneer
from casussen.taal.datums import uren
from casussen.toestemming import meelezen


@dataclass(frozen=True)
class EigenAfspraak:
    """One agreement as it stands in the fixed version; `veranderd`: it is being changed since."""

    pk: UUID
    wat: str
    wanneer: str
    inhoud_versie: int
    reactie: Reactie | None
    veranderd: bool


@dataclass(frozen=True)
class Terugkijken:
    """When everyone talks again."""

    datum: date
    tijd: str
    waar: str
    ik_ben_erbij: bool


@dataclass(frozen=True)
class Taak:
    """The page of one helper. `versie` is None as long as nothing was fixed for this person.

    Its parts are those of models.toestemming.Onderdeel: the family and the role (NAAM), `afspraken`, `evaluatie`. What
    nobody agreed to stays empty; `leest_afspraken` tells that apart from having none.
    """

    versie: int | None
    gezin: str
    waarvoor: str
    beslist: str
    doet_niet: str
    regie: list[Regie]
    gevraagd: list[Regie]
    afspraken: list[EigenAfspraak]
    evaluatie: Terugkijken | None
    leest_afspraken: bool = True

    @property
    def te_beantwoorden(self) -> list[EigenAfspraak]:
        """Out: the agreements that still wait for an answer that can be given now."""
        return [afspraak for afspraak in self.afspraken if afspraak.reactie is None and not afspraak.veranderd]

    def afspraak(self, pk: UUID) -> EigenAfspraak | None:
        """in: an id; out: the own agreement with that id, None for every other id."""
        return next((afspraak for afspraak in self.afspraken if afspraak.pk == pk), None)


def maak(deelnemer: Deelnemer, casus: Casus) -> Taak:
    """in: who takes part, the casus; out: the page, from the newest fixed version. A fixed number of queries.

    Only who holds which function is read live: saying yes is asked for as soon as somebody is named.
    """
    laatste = casus.vaststellingen.first()
    opname: Opname = laatste.inhoud if laatste else {"deelnemers": [], "afspraken": [], "evaluatie": None}
    ik = next((rij for rij in opname["deelnemers"] if rij["id"] == str(deelnemer.pk)), None)
    delen = _onderdelen(deelnemer, casus)
    if laatste is None or ik is None or Onderdeel.NAAM not in delen:
        # Nothing was settled with this person yet, so not even the name of the family is told.
        return Taak(None, "", "", "", "", [], [], [], None)
    regie = list(deelnemer.regie.filter(tot__isnull=True, casus=casus).order_by("van"))
    return Taak(
        versie=laatste.nummer,
        gezin=opname["naam"],
        waarvoor=ik["waarvoor"],
        beslist=ik["beslist"],
        doet_niet=ik["doet_niet"],
        regie=[rij for rij in regie if rij.aanvaard_op is not None],
        gevraagd=[rij for rij in regie if rij.aanvaard_op is None],
        afspraken=_afspraken(deelnemer, opname) if Onderdeel.AFSPRAKEN in delen else [],
        # No version is fixed without a date.
        evaluatie=_terugkijken(deelnemer, opname["evaluatie"]) if Onderdeel.TERUGKIJKEN in delen else None,
        leest_afspraken=Onderdeel.AFSPRAKEN in delen,
    )


def gevraagde_regie(deelnemers: Collection[UUID]) -> QuerySet[Regie]:
    """in: ids of deelnemers; out: the functions that they hold or were asked for now."""
    return Regie.objects.filter(deelnemer__in=deelnemers, tot__isnull=True)


def _onderdelen(deelnemer: Deelnemer, casus: Casus) -> frozenset[Onderdeel]:
    """What the own organisation may read now; family and friends read all of their own part."""
    meelezer = meelezen.van_deelnemer(deelnemer, casus, timezone.localdate())
    return frozenset(Onderdeel) if meelezer is None else meelezer.onderdelen


def _afspraken(deelnemer: Deelnemer, opname: Opname) -> list[EigenAfspraak]:
    eigen = [rij for rij in opname["afspraken"] if rij["deelnemer"] == str(deelnemer.pk)]
    nu = dict(deelnemer.afspraken.filter(vervallen_op__isnull=True).values_list("pk", "inhoud_versie"))
    gegeven = Q()
    for rij in eigen:
        gegeven |= Q(afspraak=rij["id"], inhoud_versie=rij["inhoud_versie"])
    reacties = {r.afspraak_id: r for r in deelnemer.reacties.filter(gegeven)} if eigen else {}
    return [_afspraak(rij, nu, reacties) for rij in eigen]


def _afspraak(rij: dict[str, Any], nu: dict[UUID, int], reacties: dict[UUID, Reactie]) -> EigenAfspraak:
    pk = UUID(rij["id"])
    return EigenAfspraak(
        pk=pk,
        wat=rij["wat"],
        wanneer=wanneer(rij),
        inhoud_versie=rij["inhoud_versie"],
        reactie=reacties.get(pk),
        veranderd=nu.get(pk) != rij["inhoud_versie"],
    )


def _terugkijken(deelnemer: Deelnemer, evaluatie: dict[str, Any]) -> Terugkijken:
    van, tot = (time.fromisoformat(deel) if deel else None for deel in (evaluatie["van"], evaluatie["tot"]))
    return Terugkijken(
        datum=date.fromisoformat(evaluatie["datum"]),
        tijd=uren(van, tot),
        waar=evaluatie["waar"],
        ik_ben_erbij=str(deelnemer.pk) not in evaluatie["afwezig"],
    )
