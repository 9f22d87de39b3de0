"""What stands on the pages of the seven steps, for a member of staff of the team."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casussen.models import Afspraak, Deelnemer, Gezinslid, Reactie
from casussen.models.afspraak import ReactieSoort
from casussen.models.basis import Zichtbaar
from casussen.models.deelnemer import Functie
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.momentopname import Opname
from casussen.taal import bereikbaar

STANDEN = {
    ReactieSoort.AKKOORD: "akkoord",
    ReactieSoort.NIET_AKKOORD: "niet",
    ReactieSoort.VRAAG: "vraag",
}


@dataclass(frozen=True)
class PadStap:
    """One stone of the path."""

    nummer: int
    titel: str
    url: str
    staat: str


def pad(dossier: Dossier, staten: list[str], nu_bezig: int) -> list[PadStap]:
    """in: the casus, the state of each step, the step on the screen; out: the seven stones."""
    stappen = dossier.casus.handreiking.inhoud.stappen
    return [
        PadStap(
            stap.nummer,
            stap.titel,
            reverse("casussen:stap", args=[dossier.casus.pk, stap.nummer]),
            "nu" if stap.nummer == nu_bezig else staat,
        )
        for stap, staat in zip(stappen, staten, strict=True)
    ]


@dataclass(frozen=True)
class Persoon:
    """Somebody as a shape with a name."""

    naam: str
    initialen: str
    vorm: str


def persoon(mens: Deelnemer | Gezinslid, dossier: Dossier) -> Persoon:
    """in: somebody of the casus; out: name, initials and shape (round: family, square: helper, dark: regie)."""
    if isinstance(mens, Gezinslid):
        return Persoon(mens.naam, mens.initialen, "gezin")
    regie = dossier.regie.get(Functie.REGIEVOERDER)
    if regie is not None and regie.deelnemer_id == mens.pk:
        return Persoon(mens.naam, mens.initialen, "regie")
    return Persoon(mens.naam, mens.initialen, "helper" if mens.is_professional else "netwerk")


def leeftijd_tekst(lid: Gezinslid, op: date) -> str:
    """in: a family member, a day; out: "kind, 15 jaar", or the relation alone."""
    jaren = lid.leeftijd(op)
    return lid.relatie if jaren is None else f"{lid.relatie}, {jaren} jaar"


@dataclass(frozen=True)
class AfspraakRegel:
    """One agreement on the screen of step 5."""

    afspraak: Afspraak
    stand: str
    reactie: Reactie | None
    lezers: list[str]


@dataclass(frozen=True)
class EigenaarRegel:
    """Somebody with the agreements that he owns."""

    mens: Deelnemer | Gezinslid
    persoon: Persoon
    rol: str
    afspraken: list[AfspraakRegel]


def huidige_reactie(afspraak: Afspraak) -> Reactie | None:
    """in: an agreement with its reacties; out: the answer to its present content, if any."""
    return next((r for r in afspraak.reacties.all() if r.inhoud_versie == afspraak.inhoud_versie), None)


def regel_van(afspraak: Afspraak, dossier: Dossier, laatste: Opname | None) -> AfspraakRegel:
    """in: an agreement, its casus, the last fixed version; out: the line on the screen."""
    lezers = lezers_van(afspraak, dossier.gezinsleden)
    return AfspraakRegel(afspraak, stand_van(afspraak, laatste), huidige_reactie(afspraak), lezers)


def stand_van(afspraak: Afspraak, laatste: Opname | None) -> str:
    """in: an agreement and the last fixed version; out: its state.

    States: akkoord, niet, vraag (answered), wacht (asked, no answer), gezin (a family member's own: nothing is asked),
    concept (not asked yet).
    """
    reactie = huidige_reactie(afspraak)
    if reactie is not None:
        return STANDEN[ReactieSoort(reactie.soort)]
    vast = {rij["id"]: rij["inhoud_versie"] for rij in laatste["afspraken"]} if laatste else {}
    gevraagd = vast.get(str(afspraak.pk)) == afspraak.inhoud_versie
    if afspraak.gezinslid_id:
        return "gezin"
    return "wacht" if gevraagd else "concept"


def per_eigenaar(dossier: Dossier, laatste: Opname | None) -> list[EigenaarRegel]:
    """in: a loaded casus, the last fixed version; out: agreements per person: the family first, then helpers."""
    regels = []
    mensen: list[Deelnemer | Gezinslid] = [*dossier.gezinsleden, *dossier.deelnemers]
    for mens in mensen:
        eigen = [regel_van(a, dossier, laatste) for a in dossier.afspraken if a.eigenaar.pk == mens.pk]
        if eigen:
            rol = mens.relatie if isinstance(mens, Gezinslid) else rol_van(mens)
            regels.append(EigenaarRegel(mens, persoon(mens, dossier), rol, eigen))
    return regels


def op_datum(dossier: Dossier, laatste: Opname | None) -> list[EigenaarRegel]:
    """in: as per_eigenaar; out: one agreement per line, the first day on top, those without a day below."""
    mensen: dict[Any, Deelnemer | Gezinslid] = {m.pk: m for m in dossier.gezinsleden}
    mensen.update({m.pk: m for m in dossier.deelnemers})
    volgorde = sorted(dossier.afspraken, key=lambda a: (a.datum is None, a.datum or date.max, a.wanneer))
    regels = []
    for afspraak in volgorde:
        mens = mensen[afspraak.eigenaar.pk]
        rol = mens.relatie if isinstance(mens, Gezinslid) else rol_van(mens)
        regels.append(EigenaarRegel(mens, persoon(mens, dossier), rol, [regel_van(afspraak, dossier, laatste)]))
    return regels


def rol_van(deelnemer: Deelnemer) -> str:
    """in: somebody who takes part; out: "gezinsbegeleider, De Brug", or the relation of a netwerklid."""
    return ", ".join(deel for deel in (deelnemer.functie, deelnemer.organisatie) if deel)


def wanneer_bereikbaar(deelnemer: Deelnemer) -> str:
    """in: somebody who takes part; out: "op dinsdag tot en met vrijdag, van 9 tot 15 uur", empty when unknown."""
    return bereikbaar.zin(deelnemer.dagen, deelnemer.uren_van, deelnemer.uren_tot)


def lezers_van(item: Zichtbaar, gezinsleden: list[Gezinslid]) -> list[str]:
    """in: an item, the family; out: the names on the chips "te lezen door"."""
    namen = [lid.roepnaam for lid in item.lezers_in_gezin(gezinsleden)]
    return [*namen, _("helpers")] if item.voor_professionals else namen
