"""What changed between two versions, in words; and for the first version, what goes in."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models.deelnemer import Functie
from casussen.overzicht.momentopname import Opname
from casussen.taal.datums import dag_kort, opsomming

BEREIKBAAR = {
    "telefoon",
    "dagen",
    "uren_van",
    "uren_tot",
    "terugbellen",
    "app",
    "mail",
    "vervanger",
    "alleen_als_nodig",
}
LEZERS = {"lezers", "voor_professionals"}
TAAK = {"functie", "organisatie", "waarvoor", "beslist", "doet_niet", "voor_wie"}


@dataclass(frozen=True)
class Verschil:
    """One change. `soort`: erbij, anders or weg."""

    soort: str
    wie: str
    tekst: str
    was: str = ""


@dataclass(frozen=True)
class Groep:
    """One part of the first version: a heading and what goes in under it."""

    kop: str
    regels: list[str]


def is_gewijzigd(oud: Opname | None, nieuw: Opname) -> bool:
    """in: the last fixed version (None: there is none) and the casus now; out: whether anything differs.

    Somebody who said yes to the regie changes nothing for the readers: that alone asks for no new version.
    """
    return oud is None or _zonder_ja(oud) != _zonder_ja(nieuw)


def vingerafdruk(opname: Opname) -> str:
    """in: a casus as data; out: 64 hexadecimal characters that differ as soon as is_gewijzigd would say so."""
    tekst = json.dumps(_zonder_ja(opname), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(tekst.encode()).hexdigest()


def _zonder_ja(opname: Opname) -> Opname:
    return {
        **opname,
        "regie": {functie: regie["deelnemer"] for functie, regie in opname["regie"].items()},
    }


def verschillen(oud: Opname, nieuw: Opname, jij: str = "") -> list[Verschil]:
    """in: an older version and a newer one, the id of whoever reads it ("" for the team); out: what changed, people
    first. Empty when nothing did.
    """
    return [
        *_algemeen(oud, nieuw),
        *_mensen(oud, nieuw),
        *_regie(oud, nieuw, jij),
        *_afspraken(oud, nieuw),
        *_antwoorden(oud, nieuw),
        *_evaluatie(oud, nieuw),
    ]


def eerste(opname: Opname) -> list[Groep]:
    """in: a casus that was never fixed; out: what goes in the first version, without the empty parts."""
    evaluatie = opname["evaluatie"]
    aantal = len(opname["antwoorden"])
    vragen = ngettext("op %(aantal)d vraag", "op %(aantal)d vragen", aantal) % {"aantal": aantal}
    terug = [dag_kort(date.fromisoformat(evaluatie["datum"]))] if evaluatie else []
    groepen = [
        Groep(_("Gezin"), [rij["naam"] for rij in opname["gezinsleden"]]),
        Groep(_("Helpers, familie en vrienden"), [_met_plek(rij) for rij in opname["deelnemers"]]),
        Groep(_("Regie en aanspreekpunt"), [f"{v.wie} {v.tekst}" for v in _regie(_LEEG, opname, "")]),
        Groep(_("Afspraken"), [f"{v.wie}: {v.tekst}" for v in _afspraken(_LEEG, opname)]),
        Groep(_("Antwoorden"), [vragen] if aantal else []),
        Groep(_("Terugkijken"), terug),
    ]
    return [groep for groep in groepen if groep.regels]


_LEEG: Opname = {"deelnemers": [], "gezinsleden": [], "afspraken": [], "regie": {}}


def _met_plek(deelnemer: dict[str, Any]) -> str:
    return f"{deelnemer['naam']}, {deelnemer['organisatie']}" if deelnemer["organisatie"] else deelnemer["naam"]


def _algemeen(oud: Opname, nieuw: Opname) -> list[Verschil]:
    regels = []
    if oud["naam"] != nieuw["naam"]:
        eerst = _("Dat was %(naam)s.") % {"naam": oud["naam"]}
        regels.append(Verschil("anders", nieuw["naam"], _("is nu de naam op dit overzicht."), eerst))
    if oud["crisisnummer"] != nieuw["crisisnummer"]:
        nummer = nieuw["crisisnummer"] or _("geen eigen nummer")
        regels.append(Verschil("anders", _("Bij nood"), _("staat er nu: %(nummer)s.") % {"nummer": nummer}))
    return regels


def _per_id(rijen: list[dict[str, Any]], sleutel: str = "id") -> dict[str, dict[str, Any]]:
    return {rij[sleutel]: rij for rij in rijen}


def _mensen(oud: Opname, nieuw: Opname) -> list[Verschil]:
    regels = []
    anders_te_lezen = []
    for soort in ("gezinsleden", "deelnemers"):
        was, nu = _per_id(oud[soort]), _per_id(nieuw[soort])
        regels += [Verschil("erbij", rij["naam"], _("doet mee.")) for pk, rij in nu.items() if pk not in was]
        regels += [Verschil("weg", rij["naam"], _("doet niet meer mee.")) for pk, rij in was.items() if pk not in nu]
        for pk, rij in nu.items():
            if pk in was and was[pk] != rij:
                regels += _mens_anders(was[pk], rij)
            if pk in was and _andere_lezers(oud, nieuw, was[pk], rij):
                anders_te_lezen.append(rij["naam"])
    if anders_te_lezen:
        zin = _("Andere mensen mogen dit lezen.")
        regels.append(Verschil("anders", _("Het deel van %(namen)s.") % {"namen": opsomming(anders_te_lezen)}, zin))
    return regels


def _andere_lezers(oud: Opname, nieuw: Opname, was: dict[str, Any], nu: dict[str, Any]) -> bool:
    """Whether readers were chosen anew: those who came or left are told about themselves, not at every item."""
    blijvers = _per_id(oud["gezinsleden"]).keys() & _per_id(nieuw["gezinsleden"]).keys()
    anders = set(was.get("lezers", [])) ^ set(nu.get("lezers", []))
    return bool(anders & blijvers) or was.get("voor_professionals") != nu.get("voor_professionals")


def _mens_anders(was: dict[str, Any], nu: dict[str, Any]) -> list[Verschil]:
    """What is different for one person: task and reachability apart, the rest in one line."""
    velden = {veld for veld in nu if was.get(veld) != nu[veld]} - LEZERS
    soorten = [(TAAK, _("heeft een andere taak.")), (BEREIKBAAR, _("is anders te bereiken."))]
    zinnen = [zin for groep, zin in soorten if velden & groep]
    if velden - TAAK - BEREIKBAAR:
        zinnen.append(_("heeft andere gegevens."))
    return [Verschil("anders", nu["naam"], zin) for zin in zinnen]


def _regie(oud: Opname, nieuw: Opname, jij: str) -> list[Verschil]:
    namen = {rij["id"]: rij["naam"] for rij in [*oud["deelnemers"], *nieuw["deelnemers"]]} | {jij: _("Jij")}
    regels = []
    for functie in Functie:
        was, nu = oud["regie"].get(functie), nieuw["regie"].get(functie)
        if nu and (not was or was["deelnemer"] != nu["deelnemer"]):
            vorige = namen[was["deelnemer"]] if was else ""
            if was and was["deelnemer"] == jij:
                vorige = _("jij")
            eerst = _("Dat was %(naam)s.") % {"naam": vorige} if vorige else ""
            zin = functie_zin(functie, aanvaard=nu["aanvaard"], jij=nu["deelnemer"] == jij)
            regels.append(Verschil("anders" if was else "erbij", namen[nu["deelnemer"]], zin, eerst))
        # Whoever reads this hears that it is no longer his, also when he may not read whose it is now.
        if was and not nu:
            regels.append(Verschil("weg", namen[was["deelnemer"]], _functie_voorbij(functie, was["deelnemer"] == jij)))
    return regels


def functie_zin(functie: str, *, aanvaard: bool, jij: bool = False) -> str:
    """in: a function, whether its holder said yes, whether he reads this; out: what he is, after his name."""
    zinnen = {
        Functie.REGIEVOERDER: (_("heeft de regie."), _("hebt de regie.")),
        Functie.AANSPREEKPUNT: (_("is het eerste aanspreekpunt."), _("bent het eerste aanspreekpunt.")),
        Functie.VERVANGER: (_("is de vervanger."), _("bent de vervanger.")),
    }
    gevraagd = {
        Functie.REGIEVOERDER: (_("is gevraagd voor de regie."), _("bent gevraagd voor de regie.")),
        Functie.AANSPREEKPUNT: (
            _("is gevraagd als eerste aanspreekpunt."),
            _("bent gevraagd als eerste aanspreekpunt."),
        ),
        Functie.VERVANGER: (_("is gevraagd als vervanger."), _("bent gevraagd als vervanger.")),
    }
    return (zinnen if aanvaard else gevraagd)[Functie(functie)][jij]


def _functie_voorbij(functie: str, jij: bool) -> str:
    zinnen = {
        Functie.REGIEVOERDER: (_("heeft niet meer de regie."), _("hebt niet meer de regie.")),
        Functie.AANSPREEKPUNT: (
            _("is niet meer het eerste aanspreekpunt."),
            _("bent niet meer het eerste aanspreekpunt."),
        ),
        Functie.VERVANGER: (_("is niet meer de vervanger."), _("bent niet meer de vervanger.")),
    }
    return zinnen[Functie(functie)][jij]


def eigenaar_naam(opname: Opname, afspraak: dict[str, Any]) -> str:
    """in: a casus as data and one of its agreements; out: the name of the owner."""
    pk = afspraak["deelnemer"] or afspraak["gezinslid"]
    return str(next(rij["naam"] for rij in [*opname["deelnemers"], *opname["gezinsleden"]] if rij["id"] == pk))


def wanneer(afspraak: dict[str, Any]) -> str:
    """in: an agreement as data; out: when, in words, empty when it has no moment."""
    delen = [afspraak["wanneer"]]
    if afspraak["datum"]:
        delen.append(_("vóór %(dag)s") % {"dag": dag_kort(date.fromisoformat(afspraak["datum"]))})
    return ", ".join(deel for deel in delen if deel)


def _aanhaling(afspraak: dict[str, Any]) -> str:
    return f"“{afspraak['wat']}”"


def _afspraken(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = _per_id(oud["afspraken"]), _per_id(nieuw["afspraken"])
    regels = []
    for pk, rij in nu.items():
        naam, tekst = eigenaar_naam(nieuw, rij), ", ".join(deel for deel in (_aanhaling(rij), wanneer(rij)) if deel)
        if pk not in was:
            regels.append(Verschil("erbij", naam, tekst))
        elif was[pk]["inhoud_versie"] != rij["inhoud_versie"]:
            eerst = _("Dat was: %(eerst)s") % {"eerst": _vorige(oud, was[pk], naam, rij)}
            regels.append(Verschil("anders", naam, tekst, eerst))
        elif _andere_lezers(oud, nieuw, was[pk], rij):
            zin = _("%(tekst)s Andere mensen mogen dit lezen.") % {"tekst": _aanhaling(rij)}
            regels.append(Verschil("anders", naam, zin))
    regels += [Verschil("weg", eigenaar_naam(oud, rij), _aanhaling(rij)) for pk, rij in was.items() if pk not in nu]
    return regels


def _vorige(oud: Opname, was: dict[str, Any], naam: str, nu: dict[str, Any]) -> str:
    """What an agreement was before: only the parts that are different, the name first."""
    vorige = eigenaar_naam(oud, was)
    delen = [
        vorige if vorige != naam else "",
        _aanhaling(was) if was["wat"] != nu["wat"] else "",
        (wanneer(was) or _("zonder datum")) if wanneer(was) != wanneer(nu) else "",
    ]
    # Changed and changed back: the owner is asked again about the same words.
    return ", ".join(deel for deel in delen if deel) or _aanhaling(was)


def _antwoorden(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = _per_id(oud["antwoorden"], "vraag"), _per_id(nieuw["antwoorden"], "vraag")
    tellingen = {
        "erbij": len(nu.keys() - was.keys()),
        "anders": sum(1 for code in nu.keys() & was.keys() if _antwoord_anders(oud, nieuw, was[code], nu[code])),
        "weg": len(was.keys() - nu.keys()),
    }
    return [
        Verschil(
            soort,
            _("Antwoorden"),
            ngettext("op %(aantal)d vraag.", "op %(aantal)d vragen.", aantal) % {"aantal": aantal},
        )
        for soort, aantal in tellingen.items()
        if aantal
    ]


def _antwoord_anders(oud: Opname, nieuw: Opname, was: dict[str, Any], nu: dict[str, Any]) -> bool:
    tekst = any(was[veld] != nu[veld] for veld in ("tekst", "doorvraag", "keuzes"))
    return tekst or _andere_lezers(oud, nieuw, was, nu)


def _evaluatie(oud: Opname, nieuw: Opname) -> list[Verschil]:
    was, nu = oud["evaluatie"], nieuw["evaluatie"]
    if was == nu:
        return []
    kop = _("Terugkijken")
    eerst = _("Dat was %(dag)s.") % {"dag": dag_kort(date.fromisoformat(was["datum"]))} if was else ""
    if nu is None:
        return [Verschil("weg", kop, _("heeft nog geen nieuwe dag."), eerst)]
    dag = dag_kort(date.fromisoformat(nu["datum"]))
    if was is not None and was["datum"] == nu["datum"]:
        zin = _("op %(dag)s: tijd, plek of mensen zijn anders.") % {"dag": dag}
        return [Verschil("anders", kop, zin)]
    return [Verschil("anders" if was else "erbij", kop, _("is op %(dag)s.") % {"dag": dag}, eerst)]
