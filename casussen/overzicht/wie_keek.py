"""Who looked at a casus, for one member of the family: by day, in plain words, and never what was said.

Who of the family looked stays out, and also who of its own network did: that is for each of them alone. A helper whom
this reader may not see has no name here. The first page behind a mailed link stays out as long as nobody said who he
is: programs that check mail open it too, and a helper would seem to have looked. The coordinator reads those lines.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.actor import ActorSoort
from casussen.logboek import NOODTOEGANG
from casussen.models import Casus, Deelnemer, Gezinslid, Logregel, Medewerker
from casussen.models.basis import initialen
from casussen.models.deelnemer import Functie
from casussen.overzicht.logboek import van_soort
from casussen.taal.aanspreken import is_jong
from casussen.taal.datums import dag_voluit

# What is read before somebody said who he is (views/taken.py).
NOG_NIEMAND = ["taak_welkom"]
KIJKERS = [ActorSoort.MEDEWERKER, ActorSoort.DEELNEMER, ActorSoort.OPERATOR]


@dataclass(frozen=True)
class Kijker:
    """Somebody who looked on one day. Without a name: `naam` is empty, and so is the organisation."""

    naam: str
    organisatie: str
    waarom: str
    vorm: str = "helper"

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)

    @property
    def wie(self) -> str:
        """Out: "Sanne Wolters van Wijkteam Hengelo-Noord"."""
        if not self.naam:
            return _("Iemand die helpt")
        if not self.organisatie:
            return self.naam
        return _("%(naam)s van %(organisatie)s") % {"naam": self.naam, "organisatie": self.organisatie}


@dataclass(frozen=True)
class Dag:
    """Who looked on one day, each once."""

    dag: date
    kijkers: list[Kijker]

    @property
    def kop(self) -> str:
        """Out: the words before the names: "Op dinsdag 3 december 2026 keken"."""
        zin = _("Op %(dag)s keek") if len(self.kijkers) == 1 else _("Op %(dag)s keken")
        return zin % {"dag": dag_voluit(self.dag)}


def dagen(casus: Casus) -> QuerySet[Logregel, date]:
    """in: a casus; out: the days on which somebody outside the family looked, the last one first."""
    dag = TruncDate("op", tzinfo=timezone.get_default_timezone())
    return _gekeken(casus).annotate(dag=dag).values_list("dag", flat=True).order_by("-dag").distinct()


def op_dagen(casus: Casus, lezer: Gezinslid, gevraagd: Iterable[date], vandaag: date) -> list[Dag]:
    """in: a casus, who reads this, some of its days, today; out: who looked on them; a fixed number of queries."""
    wie = _Wie(casus, lezer, vandaag)
    per_dag: dict[date, dict[Kijker, None]] = {dag: {} for dag in gevraagd}
    dag = TruncDate("op", tzinfo=timezone.get_default_timezone())
    rijen = _gekeken(casus).annotate(dag=dag).filter(dag__in=list(per_dag)).order_by("dag", "actor_soort")
    met_spoed = {"velden__contains": [NOODTOEGANG]}
    rijen_met = set(rijen.filter(**met_spoed).values_list("dag", "actor_soort", "actor_id", "medewerker_id").distinct())
    for rij in rijen.values_list("dag", "actor_soort", "actor_id", "medewerker_id").distinct():
        kijker = wie.kijker(*rij[1:], met_spoed=rij in rijen_met)
        if kijker is not None:
            per_dag[rij[0]][kijker] = None
    return [Dag(dag, list(kijkers)) for dag, kijkers in per_dag.items() if kijkers]


def _gekeken(casus: Casus) -> QuerySet[Logregel]:
    netwerk = casus.deelnemers.filter(netwerklid__isnull=False).values("pk")
    gekeken = Logregel.objects.filter(casus_id=casus.pk, daad__in=van_soort("gekeken"), actor_soort__in=KIJKERS)
    return gekeken.exclude(actor_id__in=netwerk).exclude(daad="las", velden=NOG_NIEMAND)


class _Wie:
    """Whom this reader may know by name, and why that person looks."""

    def __init__(self, casus: Casus, lezer: Gezinslid, vandaag: date) -> None:
        self._je = is_jong(lezer.geboren, lezer.relatie, vandaag)
        self._team = casus.team.organisatie_id
        gezin = list(casus.gezinsleden.all())
        deelnemers = casus.deelnemers.filter(professional__isnull=False)
        deelnemers = deelnemers.select_related("professional__organisatie").prefetch_related("gekozen_gezinsleden")
        self._deelnemers: dict[UUID | None, Deelnemer] = {rij.pk: rij for rij in deelnemers}
        # One hidden part is enough: the name would give the other one away.
        self._verborgen = {rij.professional_id for rij in deelnemers if lezer not in rij.lezers_in_gezin(gezin)}
        self._doet_mee = {rij.professional_id for rij in deelnemers if rij.tot is None}
        self._functies: dict[Any, set[str]] = defaultdict(set)
        regie = casus.regie.filter(tot__isnull=True).annotate(wie=F("deelnemer__professional"))
        for professional, functie in regie.values_list("wie", "functie"):
            self._functies[professional].add(functie)
        staf = Logregel.objects.filter(casus_id=casus.pk, medewerker_id__isnull=False)
        medewerkers = Medewerker.objects.filter(pk__in=staf.values("medewerker_id"))
        self._medewerkers = {mens.pk: mens for mens in medewerkers.select_related("professional__organisatie")}

    def kijker(self, soort: str, actor_id: UUID | None, medewerker_id: int | None, *, met_spoed: bool) -> Kijker | None:
        if soort == ActorSoort.OPERATOR:
            return Kijker(_("Het technisch beheer"), "", _("Om de software te laten werken."))
        medewerker = self._medewerkers.get(medewerker_id or 0)
        deelnemer = self._deelnemers.get(actor_id)
        professional = medewerker.professional if medewerker else deelnemer.professional if deelnemer else None
        if medewerker is None and deelnemer is None:
            return Kijker("", "", "")
        if professional is None:
            return Kijker(medewerker.naam if medewerker else "", "", self._waarom(None, met_spoed))
        if professional.pk in self._verborgen:
            return Kijker("", "", "")
        vorm = "regie" if Functie.REGIEVOERDER in self._functies[professional.pk] else "helper"
        naam = medewerker.naam if medewerker else professional.naam
        return Kijker(naam, professional.organisatie.naam, self._waarom(professional.pk, met_spoed), vorm)

    def _waarom(self, professional: UUID | None, met_spoed: bool) -> str:
        """Why somebody looks, as far as the functions tell."""
        functies = self._functies[professional]
        if met_spoed:
            return _("Met spoed. De reden is opgeschreven.")
        if Functie.AANSPREEKPUNT in functies:
            return _("Je eerste aanspreekpunt.") if self._je else _("Uw eerste aanspreekpunt.")
        if Functie.REGIEVOERDER in functies:
            return _("Heeft de regie.")
        if Functie.VERVANGER in functies:
            return _("Vervangt als iemand er niet is.")
        if professional in self._doet_mee:
            return _("Helpt je, of iemand bij je thuis.") if self._je else _("Helpt u, of iemand bij u thuis.")
        return _("Werkt bij het team dat de afspraken bijhoudt.")
