"""What changed between two versions, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casussen.overzicht.momentopname import Opname
from casussen.taal.datums import dag_kort


@dataclass(frozen=True)
class Verschil:
    """One change. `soort`: erbij, anders or weg."""

    soort: str
    wie: str
    tekst: str
    was: str = ""


def verschillen(oud: Opname | None, nieuw: Opname) -> list[Verschil]:
    """in: the last fixed version (None: there is none) and the casus now; out: what changed, people first."""
    basis = oud or {
        "gezinsleden": [],
        "deelnemers": [],
        "afspraken": [],
        "antwoorden": [],
        "evaluatie": None,
        "regie": {},
    }
    return [
        *_mensen(basis, nieuw),
        *_regie(basis, nieuw),
        *_afspraken(basis, nieuw),
        *_antwoorden(basis, nieuw),
        *_evaluatie(basis, nieuw),
    ]


def is_gewijzigd(oud: Opname | None, nieuw: Opname) -> bool:
    """in: as above; out: whether anything at all differs, also what is not told in words (a phone number)."""
    return oud != nieuw


def _per_id(rijen: list[dict[str, Any]], sleutel: str = "id") -> dict[str, dict[str, Any]]:
    return {rij[sleutel]: rij for rij in rijen}


def _mensen(oud: Opname, nieuw: Opname) -> list[Verschil]:
    regels = []
    for soort in ("gezinsleden", "deelnemers"):
        was, nu = _per_id(oud[soort]), _per_id(nieuw[soort])
        regels += [Verschil("erbij", rij["naam"], _("doet mee.")) for pk, rij in nu.items() if pk not in was]
        regels += [
            Verschil("weg", rij["naam"], _("doet niet meer mee.")) for pk, rij in was.items() if pk not in nu
        ]
        regels += [
            Verschil("anders", rij["naam"], _("heeft een andere taak of andere gegevens."))
            for pk, rij in nu.items()
            if pk in was and was[pk] != rij
        ]
    return regels


def _regie(oud: Opname, nieuw: Opname) -> list[Verschil]:
    namen = {rij["id"]: rij["naam"] for rij in [*oud["deelnemers"], *nieuw["deelnemers"]]}
    titels = {
        "regievoerder": _("heeft nu de regie."),
        "aanspreekpunt": _("is nu het eerste aanspreekpunt."),
        "vervanger": _("is nu de vervanger."),
    }
    regels = []
    for functie, tekst in titels.items():
        was, nu = oud["regie"].get(functie), nieuw["regie"].get(functie)
        if nu and (not was or was["deelnemer"] != nu["deelnemer"]):
            eerst = _("Dat was %(naam)s.") % {"naam": namen[was["deelnemer"]]} if was else ""
            regels.append(Verschil("anders" if was else "erbij", namen[nu["deelnemer"]], tekst, eerst))
    return regels


def eigenaar_naam(opname: Opname, afspraak: dict[str, Any]) -> str:
    """in: a casus as data and one of its agreements; out: the name of the owner."""
    pk = afspraak["deelnemer"] or afspraak["gezinslid"]
    return next(rij["naam"] for rij in [*opname["deelnemers"], *opname["gezinsleden"]] if rij["id"] == pk)


def wanneer(afspraak: dict[str, Any]) -> str:
    """in: an agreement as data; out: when, in words, empty when it has no moment."""
    delen = [afspraak["wanneer"]]
    if afspraak["datum"]:
        delen.append(_("vóór %(dag)s") % {"dag": dag_kort(date.fromisoformat(afspraak["datum"]))})
    return ", ".join(deel for deel in delen if deel)


def _afspraken(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = _per_id(oud["afspraken"]), _per_id(nieuw["afspraken"])
    regels = []
    for pk, rij in nu.items():
        naam, tekst = eigenaar_naam(nieuw, rij), f"“{rij['wat']}”"
        if pk not in was:
            regels.append(Verschil("erbij", naam, tekst))
        elif was[pk]["inhoud_versie"] != rij["inhoud_versie"]:
            vorige = was[pk]
            eerst = f"“{vorige['wat']}”" if vorige["wat"] != rij["wat"] else wanneer(vorige)
            regels.append(
                Verschil(
                    "anders",
                    naam,
                    f"{tekst} {wanneer(rij)}".strip(),
                    _("Dat was: %(eerst)s") % {"eerst": eerst},
                )
            )
        elif was[pk] != rij:
            regels.append(
                Verschil("anders", naam, _("%(tekst)s Andere mensen mogen dit lezen.") % {"tekst": tekst})
            )
    regels += [
        Verschil("weg", eigenaar_naam(oud, rij), f"“{rij['wat']}”") for pk, rij in was.items() if pk not in nu
    ]
    return regels


def _antwoorden(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = _per_id(oud["antwoorden"], "vraag"), _per_id(nieuw["antwoorden"], "vraag")
    erbij = sum(1 for code in nu if code not in was)
    anders = sum(1 for code in nu if code in was and was[code] != nu[code]) + sum(
        1 for code in was if code not in nu
    )
    regels = []
    if erbij:
        regels.append(Verschil("erbij", _("Antwoorden"), _("op %(aantal)d vragen.") % {"aantal": erbij}))
    if anders:
        regels.append(Verschil("anders", _("Antwoorden"), _("op %(aantal)d vragen.") % {"aantal": anders}))
    return regels


def _evaluatie(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = oud["evaluatie"], nieuw["evaluatie"]
    if was == nu or nu is None:
        return []
    dag = dag_kort(date.fromisoformat(nu["datum"]))
    if was is None:
        return [Verschil("erbij", _("Terugkijken"), _("is op %(dag)s.") % {"dag": dag})]
    if was["datum"] == nu["datum"]:
        return [
            Verschil(
                "anders", _("Terugkijken"), _("op %(dag)s: tijd, plek of mensen zijn anders.") % {"dag": dag}
            )
        ]
    eerst = _("Dat was %(dag)s.") % {"dag": dag_kort(date.fromisoformat(was["datum"]))}
    return [Verschil("anders", _("Terugkijken"), _("is op %(dag)s.") % {"dag": dag}, eerst)]
