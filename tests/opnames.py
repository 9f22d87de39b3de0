"""A casus as data, made by hand: for tests of what is made from it, without a database."""

from typing import Any

from casussen import inhoud
from casussen.overzicht.gezin_delen import GezinsOverzicht
from casussen.overzicht.kaart import Kaart

Rij = dict[str, Any]

JEUGD = inhoud.lees(inhoud.BESTANDEN["jeugd"])
WMO = inhoud.lees(inhoud.BESTANDEN["wmo"])


def lid(pk: str, naam: str, relatie: str = "kind", geboren: str | None = None) -> Rij:
    """Somebody of the family."""
    return {
        "id": pk,
        "naam": naam,
        "relatie": relatie,
        "geboren": geboren,
        "gezag": None,
        "adres_geheim": False,
    }


def deelnemer(pk: str, naam: str, organisatie: str = "De Brug", **velden: Any) -> Rij:
    """A helper that nobody of the family may read until `lezers` says so; without organisation: a friend."""
    return {
        "id": pk,
        "naam": naam,
        "functie": "",
        "organisatie": organisatie,
        "is_professional": bool(organisatie),
        "waarvoor": "",
        "beslist": "",
        "doet_niet": "",
        "alleen_als_nodig": False,
        "voor_wie": [],
        "telefoon": "",
        "dagen": [],
        "uren_van": None,
        "uren_tot": None,
        "terugbellen": "",
        "app": "",
        "mail": "",
        "vervanger": "",
        "lezers": [],
        "voor_professionals": True,
        **velden,
    }


def afspraak(pk: str, wat: str, *, van: str, lezers: list[str], **velden: Any) -> Rij:
    """An agreement; `van` is the id of the owner (a family member when it starts with g)."""
    gezin = van.startswith("g")
    return {
        "id": pk,
        "inhoud_versie": 1,
        "deelnemer": None if gezin else van,
        "gezinslid": van if gezin else None,
        "wat": wat,
        "wanneer": "",
        "datum": None,
        "lezers": lezers,
        "voor_professionals": True,
        **velden,
    }


def antwoord(vraag: str, tekst: str, lezers: list[str], **velden: Any) -> Rij:
    """An answer to one question."""
    leeg = {"doorvraag": "", "keuzes": [], "voor_professionals": True}
    return {"vraag": vraag, "tekst": tekst, "lezers": lezers, **leeg, **velden}


def evaluatie(datum: str = "2026-12-15", **velden: Any) -> Rij:
    """When everybody talks again."""
    return {"datum": datum, "van": None, "tot": None, "waar": "", "uitnodiger": None, "afwezig": [], **velden}


def opname(gezin: list[Rij], mensen: list[Rij], **velden: Any) -> Rij:
    """The whole casus; `regie` as {"regievoerder": "d1"}."""
    regie = {functie: {"deelnemer": pk, "aanvaard": True} for functie, pk in velden.pop("regie", {}).items()}
    return {
        "schema": 1,
        "naam": "Gezin Kuipers",
        "soort": "jeugd",
        "handreiking": 1,
        "crisisnummer": "",
        "gezinsleden": gezin,
        "deelnemers": mensen,
        "regie": regie,
        "antwoorden": [],
        "afspraken": [],
        "evaluatie": None,
        **velden,
    }


def alle_tekst(*delen: GezinsOverzicht | Kaart) -> str:
    """Every text in an overview or picture, the lines of one shape joined by spaces."""
    return " ".join(_tekst(deel) for deel in delen)


def _tekst(waarde: Any) -> str:
    if isinstance(waarde, str):
        return waarde
    if isinstance(waarde, tuple | list):
        return " ".join(_tekst(deel) for deel in waarde)
    velden = getattr(waarde, "__dataclass_fields__", {})
    return " ".join(_tekst(getattr(waarde, naam)) for naam in velden)
