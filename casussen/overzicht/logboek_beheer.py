"""The log for a beheerder: who of the own staff did what, when and from where. Never the name of a family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casussen.actor import ActorSoort
from casussen.models import Logregel, Medewerker
from casussen.overzicht.logboek import DADEN, in_woorden
from casussen.overzicht.logregels import Zoekvraag

# Without a first day, and without the number of a request.
DAGEN = 30

# Nobody of a family has a name here, and no helper: only which kind of door it was.
_ANDEREN = {
    ActorSoort.DEELNEMER: _l("Iemand met een eigen link"),
    ActorSoort.GEZINSLID: _l("Iemand van het gezin"),
    ActorSoort.KLOK: _l("Vanzelf"),
    ActorSoort.OPERATOR: _l("Beheer, op de server"),
}


@dataclass(frozen=True)
class Regel:
    """One line, without a name of a casus: `casus` is a short code for it, empty when it is about none."""

    op: datetime
    wie: str
    zin: str
    over: str
    casus: str
    bron: str
    verzoek: str


@dataclass(frozen=True)
class Dag:
    """The lines of one day."""

    dag: date
    regels: list[Regel]


def daden() -> list[tuple[str, str]]:
    """Out: every deed with its words, to choose from."""
    return sorted(((naam, str(daad.zin)) for naam, daad in DADEN.items()), key=lambda keuze: keuze[1])


def zoek(regels: QuerySet[Logregel], gevraagd: Mapping[str, Any], vandaag: date) -> QuerySet[Logregel]:
    """in: the lines that this person may search, what is looked for (LogboekBeheerForm), today; out: those lines."""
    verzoek, medewerker, daad = (gevraagd.get(naam) for naam in ("verzoek", "medewerker", "daad"))
    van = gevraagd.get("van") or (None if verzoek else vandaag - timedelta(days=DAGEN))
    regels = Zoekvraag(van=van, tot=gevraagd.get("tot")).zoek(regels)
    if verzoek:
        regels = regels.filter(request_id=verzoek)
    if medewerker:
        regels = regels.filter(medewerker_id=medewerker)
    return regels.filter(daad=daad) if daad else regels


def per_dag(regels: Sequence[Logregel], bekend: set[int]) -> list[Dag]:
    """in: lines, the ids of the staff whose names this person may read; out: the same in words, per day; one query."""
    over = {int(regel.object_id) for regel in regels if regel.object_soort == Medewerker._meta.model_name}
    pks = ({regel.medewerker_id for regel in regels if regel.medewerker_id} | over) & bekend
    namen = dict(Medewerker.objects.filter(pk__in=pks).values_list("pk", "naam"))
    gemaakt = [_regel(regel, namen) for regel in regels]
    return [Dag(dag, list(groep)) for dag, groep in groupby(gemaakt, lambda regel: timezone.localdate(regel.op))]


def code(casus_id: UUID | None) -> str:
    """in: the id of a casus; out: a short code that says nothing about the family, empty for no casus."""
    return casus_id.hex[:8].upper() if casus_id else ""


def _regel(regel: Logregel, namen: Mapping[int, str]) -> Regel:
    van_staf = regel.object_soort == Medewerker._meta.model_name and str(regel.medewerker_id) != regel.object_id
    return Regel(
        op=regel.op,
        wie=_wie(regel, namen),
        zin=in_woorden(regel.daad, regel.velden),
        over=namen.get(int(regel.object_id), "") if van_staf else "",
        casus=code(regel.casus_id),
        bron=regel.bron or "",
        verzoek=regel.request_id,
    )


def _wie(regel: Logregel, namen: Mapping[int, str]) -> str:
    if regel.medewerker_id is not None:
        return namen.get(regel.medewerker_id, _("Iemand van een andere organisatie"))
    return str(_ANDEREN.get(ActorSoort(regel.actor_soort), regel.actor_soort))
