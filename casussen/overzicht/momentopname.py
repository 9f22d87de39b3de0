"""One casus as plain data: what a Vaststelling keeps, and what every overview is made of.

Live pages and fixed versions go through the same shape, so that what a reader sees is decided in one way.
"""

from datetime import date, time
from typing import Any

from django.db.models import Prefetch, QuerySet

from casussen.models import Afspraak, Antwoord, Casus, Deelnemer, Evaluatie, Gezinslid, Regie
from casussen.models.basis import Zichtbaar

Opname = dict[str, Any]

SCHEMA = 1


def maak(casus: Casus) -> Opname:
    """in: a casus; out: everything that counts in it now, JSON-serialisable, ids as text, dates in ISO 8601.

    `lezers` of an item are the ids of the family members who may read it; `voor_professionals` says whether helpers
    may. A fixed number of queries, however large the family.
    """
    gezinsleden = list(casus.gezinsleden.filter(weg_op__isnull=True))
    deelnemers = list(actieve_deelnemers(casus))
    return {
        "schema": SCHEMA,
        "naam": casus.naam,
        "soort": casus.handreiking.soort,
        "handreiking": casus.handreiking.nummer,
        "crisisnummer": casus.team.organisatie.crisisnummer,
        "gezinsleden": [_gezinslid(lid) for lid in gezinsleden],
        "deelnemers": [_deelnemer(deelnemer, gezinsleden) for deelnemer in deelnemers],
        "regie": {regie.functie: _regie(regie) for regie in casus.regie.filter(tot__isnull=True)},
        "antwoorden": [
            _antwoord(antwoord, gezinsleden) for antwoord in _antwoorden(casus) if antwoord.is_gevuld
        ],
        "afspraken": [_afspraak(afspraak, gezinsleden) for afspraak in lopende_afspraken(casus)],
        "evaluatie": _evaluatie(casus.evaluaties.filter(gehouden_op__isnull=True).first()),
    }


def actieve_deelnemers(casus: Casus) -> QuerySet[Deelnemer]:
    """in: a casus; out: who takes part now, with all that is needed to show them."""
    return (
        casus.deelnemers.filter(tot__isnull=True)
        .select_related("professional__organisatie", "netwerklid")
        .prefetch_related("voor_wie", "gekozen_gezinsleden")
    )


def lopende_afspraken(casus: Casus) -> QuerySet[Afspraak]:
    """in: a casus; out: the agreements that count now, with owners and readers."""
    return (
        casus.afspraken.filter(vervallen_op__isnull=True)
        .select_related("deelnemer__professional__organisatie", "deelnemer__netwerklid", "gezinslid")
        .prefetch_related(Prefetch("gekozen_gezinsleden"), "reacties")
    )


def _antwoorden(casus: Casus) -> QuerySet[Antwoord]:
    return casus.antwoorden.prefetch_related("gekozen_gezinsleden")


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
        "voor_wie": [str(lid.pk) for lid in deelnemer.voor_wie.all()],
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
    return {"deelnemer": str(regie.deelnemer_id), "aanvaard": regie.aanvaard_op is not None}


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
