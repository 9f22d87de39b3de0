"""One casus as plain data: what a Vaststelling keeps, and what every overview is made of.

Live pages and fixed versions go through the same shape, so that what a reader sees is decided in one way.
"""

from datetime import date, time
from typing import Any

from casussen.inhoud import Vraag
from casussen.models import Afspraak, Antwoord, Casus, Deelnemer, Evaluatie, Gezinslid, Regie
from casussen.models.basis import VoorGezin, Zichtbaar
from casussen.overzicht.dossier import Dossier, laad

Opname = dict[str, Any]

SCHEMA = 1


def maak(casus: Casus) -> Opname:
    """in: a casus; out: everything that counts in it now, JSON-serialisable, ids as text, dates in ISO 8601."""
    return van_dossier(laad(casus))


def van_dossier(dossier: Dossier) -> Opname:
    """in: a loaded casus; out: as `maak`, without queries.

    `lezers` of an item are the ids of the family members who may read it; `voor_professionals` says whether helpers
    may.
    """
    casus, gezinsleden = dossier.casus, dossier.gezinsleden
    return {
        "schema": SCHEMA,
        "naam": casus.naam,
        "soort": casus.handreiking.soort,
        "handreiking": casus.handreiking.nummer,
        "crisisnummer": casus.team.organisatie.crisisnummer,
        "gezinsleden": [_gezinslid(lid) for lid in gezinsleden],
        "deelnemers": [_deelnemer(deelnemer, gezinsleden) for deelnemer in dossier.deelnemers],
        "regie": {functie: _regie(regie) for functie, regie in dossier.regie.items()},
        "antwoorden": _antwoorden(dossier),
        "afspraken": [_afspraak(afspraak, gezinsleden) for afspraak in dossier.afspraken],
        "evaluatie": _evaluatie(dossier.evaluatie),
    }


def _antwoorden(dossier: Dossier) -> list[Opname]:
    """Answers in the order of the questions; a proposal that nobody changed counts as the answer."""
    antwoorden = []
    for stap in dossier.casus.handreiking.inhoud.stappen:
        for vraag in stap.vragen:
            antwoord = dossier.antwoorden.get(vraag.code) or voorgesteld(dossier.casus, vraag)
            if antwoord.is_gevuld:
                antwoorden.append(_antwoord(antwoord, dossier.gezinsleden))
    return antwoorden


def voorgesteld(casus: Casus, vraag: Vraag) -> Antwoord:
    """in: casus and question; out: the answer, not saved, as it stands before anybody typed."""
    return Antwoord(
        casus=casus,
        vraag=vraag.code,
        tekst=vraag.voorstel(casus.team.organisatie.crisisnummer),
        voor_gezin=VoorGezin.IEDEREEN if vraag.in_overzicht else VoorGezin.NIEMAND,
        versie=0,
    )


def _lezers(item: Zichtbaar, gezinsleden: list[Gezinslid]) -> dict[str, Any]:
    lezers = [str(lid.pk) for lid in item.lezers_in_gezin(gezinsleden)]
    return {"lezers": lezers, "voor_professionals": item.voor_professionals}


def _gezinslid(lid: Gezinslid) -> Opname:
    return {
        "id": str(lid.pk),
        "naam": lid.naam,
        "relatie": lid.relatie,
        "geboren": _dag(lid.geboren),
        "gezag": lid.gezag,
        "adres_geheim": lid.adres_geheim,
    }


def _deelnemer(deelnemer: Deelnemer, gezinsleden: list[Gezinslid]) -> Opname:
    voor_wie = {lid.pk for lid in deelnemer.voor_wie.all()}
    return {
        "id": str(deelnemer.pk),
        "naam": deelnemer.naam,
        "functie": deelnemer.functie,
        "organisatie": deelnemer.organisatie,
        "is_professional": deelnemer.is_professional,
        "waarvoor": deelnemer.waarvoor,
        "beslist": deelnemer.beslist,
        "doet_niet": deelnemer.doet_niet,
        "alleen_als_nodig": deelnemer.alleen_als_nodig,
        "voor_wie": [str(lid.pk) for lid in gezinsleden if lid.pk in voor_wie],
        "telefoon": deelnemer.belnummer,
        "dagen": deelnemer.dagen,
        "uren_van": _tijd(deelnemer.uren_van),
        "uren_tot": _tijd(deelnemer.uren_tot),
        "terugbellen": deelnemer.terugbellen,
        "app": deelnemer.app,
        "mail": deelnemer.mail,
        "vervanger": deelnemer.vervanger,
        **_lezers(deelnemer, gezinsleden),
    }


def _regie(regie: Regie) -> Opname:
    return {
        "deelnemer": str(regie.deelnemer_id),
        "aanvaard": regie.aanvaard_op is not None,
        "geweigerd": regie.geweigerd_op is not None,  # not in versions from before 0.3.0
    }


def _antwoord(antwoord: Antwoord, gezinsleden: list[Gezinslid]) -> Opname:
    return {
        "vraag": antwoord.vraag,
        "tekst": antwoord.tekst,
        "doorvraag": antwoord.doorvraag,
        "keuzes": antwoord.keuzes,
        **_lezers(antwoord, gezinsleden),
    }


def _afspraak(afspraak: Afspraak, gezinsleden: list[Gezinslid]) -> Opname:
    opname = {
        "id": str(afspraak.pk),
        "inhoud_versie": afspraak.inhoud_versie,
        "deelnemer": str(afspraak.deelnemer_id) if afspraak.deelnemer_id else None,
        "gezinslid": str(afspraak.gezinslid_id) if afspraak.gezinslid_id else None,
        "wat": afspraak.wat,
        "wanneer": afspraak.wanneer,
        "datum": _dag(afspraak.datum),
        **_lezers(afspraak, gezinsleden),
    }
    # Whoever must do something may always read it.
    if afspraak.gezinslid_id and str(afspraak.gezinslid_id) not in opname["lezers"]:
        opname["lezers"] = [*opname["lezers"], str(afspraak.gezinslid_id)]
    return opname


def _evaluatie(evaluatie: Evaluatie | None) -> Opname | None:
    if evaluatie is None:
        return None
    return {
        "datum": _dag(evaluatie.datum),
        "van": _tijd(evaluatie.van),
        "tot": _tijd(evaluatie.tot),
        "waar": evaluatie.waar,
        "uitnodiger": str(evaluatie.uitnodiger_id) if evaluatie.uitnodiger_id else None,
        "afwezig": sorted(
            [str(lid.pk) for lid in evaluatie.afwezige_deelnemers.all()]
            + [str(lid.pk) for lid in evaluatie.afwezige_gezinsleden.all()]
        ),
    }


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _tijd(moment: time | None) -> str | None:
    return moment.strftime("%H:%M") if moment else None
