"""What changed for one reader since he last looked, in words: only what he may read, before and now."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.inhoud import Inhoud
from casussen.models import Casus, Deelnemer, Gezinslid, Logregel, Medewerker, Vaststelling
from casussen.models.toestemming import Onderdeel
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.verschil import BEREIKBAAR, Verschil, verschillen
from casussen.taal.aanspreken import is_jong, naar_je
from casussen.toestemming import meelezen

Rij = dict[str, Any]

# Where a helper, and where somebody of the family, reads the own page: the names in the log.
EIGEN_PAGINA = ["taak", "mijn"]
GEZINSPAGINA = ["gezin"]


@dataclass(frozen=True)
class Veranderd:
    """What is different in version `nummer` (of the day `op`) since the version of the day `sinds`.

    `regels` is empty when nothing changed that this reader may know.
    """

    nummer: int
    op: date
    sinds: date
    regels: list[Verschil]


def voor_helpers(delen: Collection[Deelnemer]) -> dict[UUID, Veranderd | None]:
    """in: parts of one helper in several casussen; out: per part what changed in his own part of it; None when there
    is no earlier version for him. A fixed number of queries.
    """
    per_deel: dict[UUID, Veranderd | None] = dict.fromkeys(deel.pk for deel in delen)
    paren = _paren({deel.casus_id for deel in delen}, _keken(delen))
    meelezers = meelezen.van_deelnemers([deel for deel in delen if deel.casus_id in paren], timezone.localdate())
    for deel in delen:
        meelezer = meelezers.get(deel.pk)
        mag = frozenset(Onderdeel) if meelezer is None else meelezer.onderdelen
        if deel.casus_id in paren and Onderdeel.NAAM in mag:
            per_deel[deel.pk] = _voor_helper(paren[deel.casus_id], str(deel.pk), mag)
    return per_deel


def voor_overzicht(deelnemer: Deelnemer, casus: Casus) -> Veranderd | None:
    """in: a helper who may read the whole overview, the casus; out: what changed of all that helpers may read."""
    paar = _paren({casus.pk}, _keken([deelnemer])).get(casus.pk)
    if paar is None or str(deelnemer.pk) not in paar.mensen_toen:
        return None
    ik = str(deelnemer.pk)
    oud, nieuw = (_zonder_nummers(opname) for opname in _blik_van_helper(ik).paar(paar))
    return paar.veranderd(verschillen(oud, nieuw, jij=ik))


def voor_gezinslid(lid: Gezinslid, casus: Casus) -> Veranderd | None:
    """in: somebody of the family, the casus; out: what changed in the own overview; None without an earlier one."""
    keek = Logregel.objects.filter(actor_id=lid.pk, velden__overlap=GEZINSPAGINA)
    paar = _paren({casus.pk}, keek).get(casus.pk)
    ik = str(lid.pk)
    if paar is None or ik not in paar.mensen_toen:
        return None
    je = is_jong(lid.geboren, lid.relatie, timezone.localdate(paar.nieuw.op))
    blik = _Blik(ik, _("Jouw afspraak") if je else _("Uw afspraak"), lambda item: ik in item["lezers"])
    oud, nieuw = blik.paar(paar)
    antwoorden = _antwoorden(oud, nieuw, casus.handreiking.inhoud, je)
    zonder = ({**oud, "antwoorden": []}, {**nieuw, "antwoorden": []})
    return paar.veranderd([*verschillen(*zonder), *antwoorden])


# Which two versions ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Paar:
    """The newest version, and the one that the reader knew before it."""

    oud: Vaststelling
    nieuw: Vaststelling

    @property
    def mensen_toen(self) -> set[str]:
        """Out: the ids of who was in the older version."""
        return {rij["id"] for rij in [*self.oud.inhoud["deelnemers"], *self.oud.inhoud["gezinsleden"]]}

    def veranderd(self, regels: Iterable[Verschil]) -> Veranderd:
        """in: what changed; out: with the days between which it did."""
        op, sinds = (timezone.localdate(versie.op) for versie in (self.nieuw, self.oud))
        return Veranderd(self.nieuw.nummer, op, sinds, list(regels))


def _keken(delen: Collection[Deelnemer]) -> QuerySet[Logregel]:
    """The lines of the log that say that this helper read the own page, behind the link or signed in."""
    staf = Medewerker.objects.filter(professional__in=[deel.professional_id for deel in delen if deel.professional_id])
    wie = Q(actor_id__in=[deel.pk for deel in delen]) | Q(medewerker_id__in=staf.values("pk"))
    return Logregel.objects.filter(wie, velden__overlap=EIGEN_PAGINA)


def _paren(casussen: Collection[UUID], keken: QuerySet[Logregel]) -> Mapping[UUID, _Paar]:
    """Per casus with at least two versions: the newest, and the one that stood there when the reader looked before it.

    Whoever did not look then, or only before there was anything, is told what changed since the version just before.
    """
    versies: dict[UUID, list[Vaststelling]] = {}
    for versie in Vaststelling.objects.filter(casus__in=casussen).defer("inhoud"):
        versies.setdefault(versie.casus_id, []).append(versie)
    meer = {casus: rijen for casus, rijen in versies.items() if len(rijen) > 1}
    if not meer:
        return {}
    nieuwste = Vaststelling.objects.filter(casus=OuterRef("casus_id")).order_by("-nummer").values("op")[:1]
    gekeken: dict[UUID | None, datetime] = dict(
        keken.filter(casus_id__in=meer, daad="las")
        .annotate(nieuwste=Subquery(nieuwste))
        .filter(op__lt=F("nieuwste"))
        .order_by()
        .values_list("casus_id")
        .annotate(laatst=Max("op"))
    )
    keuze = {casus: (_toen(rijen[1:], gekeken.get(casus)), rijen[0]) for casus, rijen in meer.items()}
    vol = Vaststelling.objects.in_bulk([versie.pk for paar in keuze.values() for versie in paar])
    return {casus: _Paar(vol[oud.pk], vol[nieuw.pk]) for casus, (oud, nieuw) in keuze.items()}


def _toen(eerdere: list[Vaststelling], gekeken: datetime | None) -> Vaststelling:
    """in: the versions before the newest, the last one first; out: the one that stood there at that moment."""
    return next((versie for versie in eerdere if gekeken and versie.op <= gekeken), eerdere[0])


# What a reader may read of both -------------------------------------------------------------------


@dataclass(frozen=True)
class _Blik:
    """What somebody may read of a version: items that `mag` allows, and what is his own."""

    ik: str
    ik_heet: str
    mag: Callable[[Rij], bool]

    def paar(self, paar: _Paar) -> tuple[Opname, Opname]:
        """Out: both versions for this reader.

        What still is there but may not be read any more, is left out of the older one too: it did not go away.
        """
        oud, nieuw = self._gelezen(paar.oud.inhoud), self._gelezen(paar.nieuw.inhoud)
        for soort, sleutel in (("deelnemers", "id"), ("afspraken", "id"), ("antwoorden", "vraag")):
            bestaat = {rij[sleutel] for rij in paar.nieuw.inhoud[soort]}
            leesbaar = {rij[sleutel] for rij in nieuw[soort]}
            oud[soort] = [
                rij
                for rij in oud[soort]
                if rij[sleutel] not in bestaat or rij[sleutel] in leesbaar or self._van_mij(rij)
            ]
        return self._zonder_onbekenden(oud), self._zonder_onbekenden(nieuw)

    def _van_mij(self, rij: Rij) -> bool:
        return self.ik in (rij.get("id"), rij.get("deelnemer"), rij.get("gezinslid"))

    def _gelezen(self, opname: Opname) -> Opname:
        deelnemers = [self._mens(rij) for rij in opname["deelnemers"] if self.mag(rij) or self._van_mij(rij)]
        return {
            "naam": opname["naam"],
            "crisisnummer": opname["crisisnummer"],
            "gezinsleden": [self._gezinslid(rij) for rij in opname["gezinsleden"]],
            "deelnemers": deelnemers,
            "regie": opname["regie"],
            "afspraken": [_zonder(rij) for rij in opname["afspraken"] if self.mag(rij) or self._van_mij(rij)],
            "antwoorden": [_zonder(rij) for rij in opname["antwoorden"] if self.mag(rij)],
            "evaluatie": self._evaluatie(opname["evaluatie"]),
        }

    def _mens(self, rij: Rij) -> Rij:
        # His own role is told apart (voor_helpers), and he knows it: here his name is only that of his agreements.
        return {"id": rij["id"], "naam": self.ik_heet} if rij["id"] == self.ik else _zonder(rij)

    def _gezinslid(self, rij: Rij) -> Rij:
        return {"id": rij["id"], "naam": self.ik_heet if rij["id"] == self.ik else rij["naam"]}

    def _evaluatie(self, evaluatie: Rij | None) -> Rij | None:
        if evaluatie is None:
            return None
        if self.ik in evaluatie["afwezig"]:
            return {"datum": evaluatie["datum"], "afwezig": True}
        return {veld: evaluatie[veld] for veld in ("datum", "van", "tot", "waar")}

    def _zonder_onbekenden(self, opname: Opname) -> Opname:
        """Without the agreements and functions of people whom this reader may not see."""
        bekend = {rij["id"] for rij in [*opname["deelnemers"], *opname["gezinsleden"]]}
        return {
            **opname,
            "afspraken": [rij for rij in opname["afspraken"] if (rij["deelnemer"] or rij["gezinslid"]) in bekend],
            "regie": {functie: rij for functie, rij in opname["regie"].items() if rij["deelnemer"] in bekend},
        }


def _blik_van_helper(ik: str) -> _Blik:
    return _Blik(ik, _("Jouw afspraak"), lambda item: bool(item["voor_professionals"]))


def _zonder_nummers(opname: Opname) -> Opname:
    """A version for helpers without how to reach family and friends: that is not for them (overzicht/helper.py)."""
    mensen = [
        rij if rij.get("is_professional") else {veld: rij[veld] for veld in rij if veld not in BEREIKBAAR}
        for rij in opname["deelnemers"]
    ]
    return {**opname, "deelnemers": mensen, "crisisnummer": ""}


def _zonder(rij: Rij) -> Rij:
    """An item without who may read it, and without what only the team reads of a person."""
    weg = {"lezers", "voor_professionals", "beslist", "doet_niet"}
    return {veld: waarde for veld, waarde in rij.items() if veld not in weg}


# A helper, behind the plain link: his own part, and who takes part -----------------------------------


def _voor_helper(paar: _Paar, ik: str, mag: frozenset[Onderdeel]) -> Veranderd | None:
    if ik not in paar.mensen_toen:
        return None
    oud, nieuw = (_eigen_deel(opname, ik, mag) for opname in _blik_van_helper(ik).paar(paar))
    regels = verschillen(oud, nieuw, jij=ik)
    van_mij = [regel for regel in regels if regel.wie in (_("Jij"), _("Jouw afspraak"))]
    anderen = [regel for regel in regels if regel not in van_mij]
    return paar.veranderd([*van_mij, *_eigen_rol(paar, ik), *anderen])


def _eigen_deel(opname: Opname, ik: str, mag: frozenset[Onderdeel]) -> Opname:
    """Of a version that helpers may read, what stands behind the plain link."""
    helpers = [rij for rij in opname["deelnemers"] if rij.get("is_professional") and Onderdeel.AFSPRAKEN in mag]
    mensen = [{"id": rij["id"], "naam": rij["naam"]} for rij in helpers]
    mensen += [rij for rij in opname["deelnemers"] if rij["id"] == ik]
    bekend = {rij["id"] for rij in mensen}
    eigen = [rij for rij in opname["afspraken"] if rij["deelnemer"] == ik]
    return {
        **opname,
        "crisisnummer": "",
        "gezinsleden": [],
        "deelnemers": mensen,
        "regie": {functie: rij for functie, rij in opname["regie"].items() if rij["deelnemer"] in bekend},
        "afspraken": eigen if Onderdeel.AFSPRAKEN in mag else [],
        "antwoorden": [],
        "evaluatie": opname["evaluatie"] if Onderdeel.TERUGKIJKEN in mag else None,
    }


def _eigen_rol(paar: _Paar, ik: str) -> list[Verschil]:
    was, nu = (next(rij for rij in versie.inhoud["deelnemers"] if rij["id"] == ik) for versie in (paar.oud, paar.nieuw))
    koppen = {
        "waarvoor": _("Jouw rol"),
        "beslist": _("Dit mag je beslissen"),
        "doet_niet": _("Dit doe je niet"),
    }
    regels = [_tekst(kop, was[veld], nu[veld]) for veld, kop in koppen.items() if was[veld] != nu[veld]]
    if any(was[veld] != nu[veld] for veld in BEREIKBAAR):
        regels.append(Verschil("anders", _("Jouw bereikbaarheid"), _("staat er nu anders. Kijk of het klopt.")))
    return regels


def _tekst(kop: str, was: str, nu: str) -> Verschil:
    if not nu:
        return Verschil("weg", kop, f"“{was}”")
    eerst = _("Dat was: %(eerst)s") % {"eerst": f"“{was}”"} if was else ""
    return Verschil("anders" if was else "erbij", kop, f"“{nu}”", eerst)


# The family ------------------------------------------------------------------------------------------


def _antwoorden(oud: Opname, nieuw: Opname, inhoud: Inhoud, je: bool) -> list[Verschil]:
    """Each changed answer by the heading above it; what it says stands on the page itself."""
    was, nu = ({rij["vraag"]: rij for rij in opname["antwoorden"]} for opname in (oud, nieuw))
    regels = []
    for vraag in (vraag for stap in inhoud.stappen for vraag in stap.vragen):
        kop = vraag.kop_overzicht or vraag.tekst
        kop = f"{naar_je(kop) if je else kop}:"
        eerst, straks = was.get(vraag.code), nu.get(vraag.code)
        if eerst is None and straks is not None:
            regels.append(Verschil("erbij", kop, _("hier staat nu iets.")))
        elif eerst is not None and straks is None:
            regels.append(Verschil("weg", kop, _("dit staat er niet meer in.")))
        elif eerst != straks:
            regels.append(Verschil("anders", kop, _("hier staat nu iets anders.")))
    return regels
