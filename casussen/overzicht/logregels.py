"""The log of one casus for the coordinator: who did or read what, and when. It never holds a text of the casus."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.actor import ActorSoort
from casussen.logboek import NOODTOEGANG
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Logregel, Medewerker
from casussen.models.basis import initialen
from casussen.models.deelnemer import Functie
from casussen.overzicht.logboek import DADEN, ICONEN, in_woorden, van_soort


@dataclass(frozen=True)
class Wie:
    """Who did it; `vorm` is the shape of the avatar, empty for the clock and the manager. One `sleutel` is one person:
    somebody with an account who also opened an own link is not two.
    """

    naam: str
    rol: str
    vorm: str = ""
    sleutel: str = ""

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)


@dataclass(frozen=True)
class Regel:
    """One line. `icoon` and `zin` say what; `namens` for whom or in which way, when that is not as usual."""

    op: datetime
    wie: Wie
    icoon: str
    zin: str
    namens: str = ""


@dataclass(frozen=True)
class Dag:
    """The lines of one day."""

    dag: date
    regels: list[Regel]


@dataclass(frozen=True, kw_only=True)
class Zoekvraag:
    """What somebody looks for: a person (Wie.sleutel), a kind (of ICONEN), a first and a last day. Empty is all."""

    wie: str = ""
    wat: str = ""
    van: date | None = None
    tot: date | None = None

    def zoek(self, regels: QuerySet[Logregel]) -> QuerySet[Logregel]:
        """in: lines; out: those of these days and this kind (of a person: see Mensen)."""
        if self.van:
            regels = regels.filter(op__gte=_begin(self.van))
        if self.tot:
            regels = regels.filter(op__lt=_begin(self.tot + timedelta(days=1)))
        return regels.filter(daad__in=van_soort(self.wat)) if self.wat in ICONEN else regels


class Spoor(NamedTuple):
    """How the log names somebody: ids, and nothing else."""

    actor_soort: str
    actor_id: UUID | None
    medewerker_id: int | None


class Mensen:
    """Everybody who stands in the log of one casus; a fixed number of queries."""

    def __init__(self, casus: Casus) -> None:
        self.alle = Logregel.objects.filter(casus_id=casus.pk)
        sporen = {Spoor(*rij) for rij in self.alle.values_list(*Spoor._fields).order_by().distinct()}
        self._casus = casus
        self._regie = {
            regie.functie: regie.deelnemer for regie in casus.regie.filter(tot__isnull=True).select_related("deelnemer")
        }
        ids = {spoor.actor_id for spoor in sporen if spoor.actor_id}
        self._medewerkers = _medewerkers({spoor.medewerker_id for spoor in sporen if spoor.medewerker_id})
        self._mensen = _mensen(casus, ids)
        self._wie = {spoor: self._van_spoor(spoor) for spoor in sporen}

    def wie(self, regel: Logregel) -> Wie:
        """in: a line of this casus; out: who did it."""
        return self._wie[Spoor(regel.actor_soort, regel.actor_id, regel.medewerker_id)]

    def keuzes(self) -> list[tuple[str, str]]:
        """Out: everybody, by name, to choose from."""
        mensen = {wie.sleutel: wie.naam for wie in self._wie.values()}
        return sorted(mensen.items(), key=lambda keuze: keuze[1].casefold())

    def regels(self, vraag: Zoekvraag) -> QuerySet[Logregel]:
        """in: what somebody looks for; out: those lines, the last one first."""
        regels = vraag.zoek(self.alle)
        if not vraag.wie:
            return regels
        van_wie = [Q(**spoor._asdict()) for spoor, wie in self._wie.items() if wie.sleutel == vraag.wie]
        return regels.filter(reduce(or_, van_wie)) if van_wie else regels.none()

    def bekeken(self, vraag: Zoekvraag) -> tuple[int, int]:
        """in: what somebody looks for; out: how often was looked in those days, by how many people."""
        gekeken = self.regels(replace(vraag, wat="gekeken"))
        per_spoor = gekeken.values_list(*Spoor._fields).annotate(aantal=Count("pk")).order_by()
        keren = [(self._wie[Spoor(*spoor)].sleutel, aantal) for *spoor, aantal in per_spoor]
        return sum(aantal for _sleutel, aantal in keren), len({sleutel for sleutel, _aantal in keren})

    def namens(self, regel: Logregel, namens: dict[Any, Deelnemer | Gezinslid]) -> str:
        """in: a line, whom its lines can be on behalf of; out: the words for it, empty when somebody acted himself."""
        mens = namens.get(regel.namens_id)
        if mens is None:
            return _("met noodtoegang") if NOODTOEGANG in regel.velden else ""
        vervanger = self._regie.get(Functie.VERVANGER)
        is_vervanger = vervanger is not None and self.wie(regel).sleutel == _sleutel_van(vervanger)
        zin = _("als vervanger van %(naam)s") if is_vervanger else _("namens %(naam)s")
        return zin % {"naam": mens.roepnaam}

    def _van_spoor(self, spoor: Spoor) -> Wie:
        if spoor.actor_soort == ActorSoort.KLOK:
            return Wie(_("Vanzelf"), _("de klok van de software"), sleutel="klok")
        if spoor.actor_soort == ActorSoort.OPERATOR:
            return Wie(_("Beheer"), _("op de server"), sleutel="operator")
        medewerker = self._medewerkers.get(spoor.medewerker_id)
        if medewerker is not None:
            return self._van_medewerker(medewerker)
        mens = self._mensen.get(spoor.actor_id)
        if mens is None:
            return Wie(_("Onbekend"), _("niet meer bekend"), sleutel=f"x-{spoor.actor_id or spoor.medewerker_id}")
        if isinstance(mens, Gezinslid):
            return Wie(mens.naam, mens.relatie, "gezin", f"g-{mens.pk}")
        vorm = self._vorm(mens.professional_id) if mens.is_professional else "netwerk"
        return Wie(mens.naam, mens.organisatie or mens.functie, vorm, _sleutel_van(mens))

    def _van_medewerker(self, medewerker: Medewerker) -> Wie:
        professional = medewerker.professional
        if professional is None:
            return Wie(medewerker.naam, _("medewerker"), "helper", f"m-{medewerker.pk}")
        vorm = self._vorm(professional.pk)
        return Wie(medewerker.naam, professional.organisatie.naam, vorm, f"p-{professional.pk}")

    def _vorm(self, professional_id: UUID | None) -> str:
        regie = self._regie.get(Functie.REGIEVOERDER)
        return "regie" if regie is not None and professional_id == regie.professional_id else "helper"


def per_dag(mensen: Mensen, casus: Casus, regels: Sequence[Logregel]) -> list[Dag]:
    """in: a casus, its people, some of its lines; out: the same in words, per day; a fixed number of queries."""
    berichten = {
        str(bericht.pk): bericht
        for bericht in casus.berichten.filter(
            pk__in=[regel.object_id for regel in regels if regel.object_soort == Bericht._meta.model_name]
        ).select_related("deelnemer__professional", "deelnemer__netwerklid", "gezinslid", "medewerker")
    }
    namens = _mensen(casus, {regel.namens_id for regel in regels if regel.namens_id})

    def in_zinnen(regel: Logregel) -> Regel:
        zin = in_woorden(regel.daad, regel.velden)
        bericht = berichten.get(regel.object_id)
        if bericht is not None:
            zin = _("%(zin)s, aan %(naam)s") % {"zin": zin, "naam": bericht.ontvanger.roepnaam}
        icoon = ICONEN[DADEN[regel.daad].soort]
        return Regel(regel.op, mensen.wie(regel), icoon, zin, mensen.namens(regel, namens))

    gemaakt = [in_zinnen(regel) for regel in regels]
    return [Dag(dag, list(groep)) for dag, groep in groupby(gemaakt, lambda regel: timezone.localdate(regel.op))]


def _sleutel_van(deelnemer: Deelnemer) -> str:
    return f"p-{deelnemer.professional_id}" if deelnemer.professional_id else f"d-{deelnemer.pk}"


def _medewerkers(pks: Iterable[int]) -> dict[int | None, Medewerker]:
    rijen = Medewerker.objects.filter(pk__in=pks).select_related("professional__organisatie")
    return {mens.pk: mens for mens in rijen}


def _mensen(casus: Casus, pks: set[UUID]) -> dict[Any, Deelnemer | Gezinslid]:
    deelnemers = casus.deelnemers.filter(pk__in=pks).select_related("professional__organisatie", "netwerklid")
    mensen: list[Deelnemer | Gezinslid] = [*deelnemers, *casus.gezinsleden.filter(pk__in=pks)]
    return {mens.pk: mens for mens in mensen}


def _begin(dag: date) -> datetime:
    return timezone.make_aware(datetime.combine(dag, time()))
