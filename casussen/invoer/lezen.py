"""From a YAML file to an Invoer, or to a list of everything that is wrong with it."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import yaml
from django.db import models

from casussen import models as m
from casussen.inhoud import Inhoud, InhoudFout, InhoudSoort, Vraag
from casussen.inhoud.bestand import bestandstekst, ontleed
from casussen.inhoud.vorm import kort
from casussen.invoer import vorm
from casussen.invoer.blok import Blok, Fout, InvoerFout, als_dag, lijkt_dag
from casussen.models.casus import TEKST_MAX
from casussen.models.deelnemer import Functie
from casussen.taal import bereikbaar

BESTAND = ("soort", "naam", "gezin", "netwerk", "professionals", "antwoorden", "afspraken", "evaluatie")
GEZIN = (
    "naam",
    "relatie",
    "geboren",
    "gezag",
    "email",
    "telefoon",
    "taal",
    "opmerking",
    "adres_geheim",
    "internet",
)
NETWERK = ("naam", "relatie", "waarvoor", "email", "telefoon")
PROFESSIONAL = ("naam", "functie", "organisatie", "email", "telefoon", "rol", "bereikbaar", "vervanger")
AFSPRAAK = ("wie", "wat", "wanneer", "zichtbaar")
EVALUATIE = ("over_weken", "datum", "waar", "uitnodiger")
HELPERS = "professionals"
EERSTE_JAAR = 1900
MEESTE_WEKEN = 52


def lees(pad: Path, *, inhoud: Mapping[str, Inhoud], vandaag: date) -> vorm.Invoer:
    """Reads one family.

    in: a YAML file (UTF-8), the newest content set per kind, today; out: what stands in it;
    raises InvoerFout with every mistake. References (*), deep nesting and files over 200 kB are refused.
    """
    try:
        knoop = ontleed(bestandstekst(pad))
    except InhoudFout as fout:
        raise InvoerFout([Fout(fout.regel, "", fout.uitleg)]) from None
    if knoop is None:
        raise InvoerFout([Fout(None, "", "Dit bestand is leeg.")])
    lezer = _Lezer(knoop, inhoud, vandaag)
    invoer = lezer.lees()
    if lezer.fouten:
        raise InvoerFout(lezer.fouten)
    return invoer


class _Lezer:
    """Walks through the file once; people first, since agreements refer to their names."""

    def __init__(self, knoop: yaml.Node, inhoud: Mapping[str, Inhoud], vandaag: date) -> None:
        self.fouten: list[Fout] = []
        self.inhoud, self.vandaag = inhoud, vandaag
        self.blok = Blok(knoop, "", BESTAND, self.fouten)
        self.namen: dict[str, str] = {}

    def lees(self) -> vorm.Invoer:
        blok = self.blok
        soort = blok.keuze("soort", get_args(InhoudSoort))
        naam = blok.tekst("naam", _lengte(m.Casus, "naam"), verplicht=True)
        gezin = [self._gezinslid(rij) for rij in blok.blokken("gezin", "gezinslid", GEZIN)]
        netwerk = [self._netwerklid(rij) for rij in blok.blokken("netwerk", "netwerklid", NETWERK)]
        helpers = [self._professional(rij) for rij in blok.blokken("professionals", "professional", PROFESSIONAL)]
        _eis_een_per_functie(helpers)
        _eis_een_per_adres(helpers)
        anderen = [kennis.naam for kennis in netwerk] + [helper.naam for helper in helpers]
        afspraken = [self._afspraak(rij, gezin, anderen) for rij in blok.blokken("afspraken", "afspraak", AFSPRAAK)]
        return vorm.Invoer(
            soort=soort,
            naam=naam,
            gezin=tuple(gezin),
            netwerk=tuple(netwerk),
            professionals=tuple(helpers),
            antwoorden=self._antwoorden(soort),
            afspraken=tuple(afspraken),
            evaluatie=self._evaluatie(anderen),
        )

    # People

    def _naam(self, blok: Blok, maximum: int) -> str:
        naam = blok.tekst("naam", maximum, verplicht=True)
        if naam.casefold() in self.namen:
            blok.fout("naam", f"“{kort(naam)}” staat er al eerder. Geef ieder een eigen naam.")
        elif naam:
            self.namen[naam.casefold()] = naam
        return naam

    def _gezinslid(self, blok: Blok) -> vorm.Gezinslid:
        geboren = blok.dag("geboren")
        if geboren is not None and not geboren.year >= EERSTE_JAAR:
            blok.fout("geboren", f"Dit jaar kan niet. Kies een jaar vanaf {EERSTE_JAAR}.")
        if geboren is not None and geboren > self.vandaag:
            blok.fout("geboren", "Deze dag moet nog komen. Kijk of het jaar klopt.")
        return vorm.Gezinslid(
            naam=self._naam(blok, _lengte(m.Gezinslid, "naam")),
            relatie=blok.tekst("relatie", _lengte(m.Gezinslid, "relatie"), verplicht=True),
            geboren=geboren,
            gezag=blok.ja_nee("gezag"),
            email=blok.email("email"),
            telefoon=blok.tekst("telefoon", _lengte(m.Gezinslid, "telefoon")),
            taal=blok.tekst("taal", _lengte(m.Gezinslid, "taal")),
            opmerking=blok.tekst("opmerking", _lengte(m.Gezinslid, "opmerking")),
            adres_geheim=blok.ja_nee("adres_geheim") is True,
            internet=blok.ja_nee("internet") is not False,
        )

    def _netwerklid(self, blok: Blok) -> vorm.Netwerklid:
        return vorm.Netwerklid(
            naam=self._naam(blok, _lengte(m.Netwerklid, "naam")),
            relatie=blok.tekst("relatie", _lengte(m.Netwerklid, "relatie"), verplicht=True),
            waarvoor=blok.tekst("waarvoor", _lengte(m.Deelnemer, "waarvoor")),
            email=blok.email("email"),
            telefoon=blok.tekst("telefoon", _lengte(m.Netwerklid, "telefoon")),
        )

    def _professional(self, blok: Blok) -> vorm.Professional:
        rol = blok.tekst("rol", _lengte(m.Deelnemer, "waarvoor"))
        functies = {str(woord): str(keuze) for keuze in Functie for woord in (keuze.value, keuze.label)}
        return vorm.Professional(
            naam=self._naam(blok, _lengte(m.Professional, "naam")),
            functie=blok.tekst("functie", _lengte(m.Professional, "functie")),
            organisatie=blok.tekst("organisatie", _lengte(m.Organisatie, "naam"), verplicht=True),
            email=blok.email("email"),
            telefoon=blok.tekst("telefoon", _lengte(m.Professional, "telefoon")),
            regie=functies.get(rol.lower(), ""),
            waarvoor="" if rol.lower() in functies else rol,
            bereikbaar=_bereikbaar(blok),
            vervanger=blok.tekst("vervanger", _lengte(m.Deelnemer, "vervanger")),
            blok=blok,
        )

    # Answers, agreements, evaluation

    def _antwoorden(self, soort: str) -> tuple[vorm.Antwoord, ...]:
        knoop = self.blok.knoop("antwoorden")
        inhoud = self.inhoud.get(soort)
        if soort and inhoud is None:
            uitleg = f"De vragen voor {soort} zijn nog niet geladen. Draai eerst: manage.py laad_inhoud"
            self.blok.fout("soort", uitleg)
        if knoop is None or inhoud is None:
            return ()
        vragen = {vraag.code: vraag for stap in inhoud.stappen for vraag in stap.vragen}
        blok = Blok(knoop, "antwoorden", tuple(vragen), self.fouten)
        antwoorden = [_antwoord(blok, vragen[code]) for code in blok.velden]
        return tuple(antwoord for antwoord in antwoorden if antwoord.tekst or antwoord.keuzes)

    def _afspraak(self, blok: Blok, gezin: list[vorm.Gezinslid], anderen: list[str]) -> vorm.Afspraak:
        wanneer = blok.tekst("wanneer", _lengte(m.Afspraak, "wanneer"))
        datum = als_dag(wanneer)
        if datum is None and lijkt_dag(wanneer):
            blok.fout("wanneer", f"“{wanneer}” is een dag die niet bestaat.")
        lezers, voor_professionals = self._zichtbaar(blok, gezin, anderen)
        return vorm.Afspraak(
            wie=self._wie(blok, "wie", list(self.namen.values()), verplicht=True),
            wat=blok.tekst("wat", TEKST_MAX, verplicht=True, meer_regels=True),
            wanneer="" if datum else wanneer,
            datum=datum,
            lezers=lezers,
            voor_professionals=voor_professionals,
        )

    def _wie(self, blok: Blok, veld: str, namen: list[str], *, verplicht: bool = False) -> str:
        naam = blok.tekst(veld, 120, verplicht=verplicht)
        if not naam:
            return ""
        bekend = {bekende.casefold(): bekende for bekende in namen}.get(naam.casefold())
        if bekend is None:
            blok.fout(veld, f"“{kort(naam)}” staat niet in dit bestand.{_bedoel(naam, namen)}")
        return bekend or ""

    def _zichtbaar(
        self, blok: Blok, gezin: list[vorm.Gezinslid], anderen: list[str]
    ) -> tuple[tuple[str, ...] | None, bool]:
        """Who reads an agreement: names of family members (None: everyone), and whether the helpers do."""
        if "zichtbaar" not in blok.velden:
            return None, True
        if blok.knoop("zichtbaar") is None:
            blok.fout("zichtbaar", "Schrijf wie dit mag lezen. Of haal dit veld weg: dan leest iedereen het.")
        gekozen: list[str] = []
        voor_professionals = False
        for woord, regel in blok.woorden("zichtbaar"):
            kaal = woord.casefold()
            namen = [lid.naam for lid in gezin if kaal in (lid.naam.casefold(), lid.relatie.casefold())]
            gekozen += namen
            if kaal == HELPERS:
                voor_professionals = True
            elif not namen:
                blok.fout("zichtbaar", _onbekende_lezer(woord, gezin, anderen), regel)
        return tuple(lid.naam for lid in gezin if lid.naam in gekozen), voor_professionals

    def _evaluatie(self, helpers: list[str]) -> vorm.Evaluatie | None:
        knoop = self.blok.knoop("evaluatie")
        if knoop is None:
            return None
        blok = Blok(knoop, "evaluatie", EVALUATIE, self.fouten)
        evaluatie = vorm.Evaluatie(
            over_weken=blok.getal("over_weken", 1, MEESTE_WEKEN),
            datum=blok.dag("datum"),
            waar=blok.tekst("waar", _lengte(m.Evaluatie, "waar")),
            uitnodiger=self._wie(blok, "uitnodiger", helpers),
        )
        if not blok.fout_in & {"over_weken", "datum"}:
            if (evaluatie.over_weken is None) == (evaluatie.datum is None):
                blok.fout("", "Vul één van de twee in: over_weken of datum.")
            elif evaluatie.datum is not None and evaluatie.datum < self.vandaag:
                blok.fout("datum", "Deze dag is al geweest. Kies een dag die nog komt.")
        return evaluatie


def _bereikbaar(blok: Blok) -> bereikbaar.Bereikbaar:
    regel = blok.tekst("bereikbaar", 300)
    leeg = bereikbaar.Bereikbaar()
    if not regel:
        return leeg
    try:
        gelezen = bereikbaar.ontleed(regel)
    except ValueError:
        blok.fout("bereikbaar", f"“{kort(regel)}” begrijpen we niet. Schrijf bijvoorbeeld: ma t/m do 9-17 uur.")
        return leeg
    if gelezen.uren_van and gelezen.uren_tot and gelezen.uren_van >= gelezen.uren_tot:
        blok.fout("bereikbaar", "De eerste tijd is later dan de tweede. Draai ze om.")
    return gelezen


def _antwoord(blok: Blok, vraag: Vraag) -> vorm.Antwoord:
    """A text for an open question; a code for a choice; a text or a list of codes for a list."""
    codes = [optie.code for optie in vraag.opties]
    is_lijst = isinstance(blok.velden[vraag.code], yaml.SequenceNode)
    if vraag.soort == "open" or (vraag.soort == "lijst" and not is_lijst):
        return vorm.Antwoord(vraag.code, blok.tekst(vraag.code, TEKST_MAX, meer_regels=True), ())
    if vraag.soort != "lijst":
        keuze = blok.keuze(vraag.code, tuple(codes)) if blok.knoop(vraag.code) else ""
        return vorm.Antwoord(vraag.code, "", (keuze,) if keuze else ())
    woorden = blok.woorden(vraag.code)
    for woord, regel in woorden:
        if woord not in codes:
            blok.fout(vraag.code, f"“{kort(woord)}” kan hier niet. Kies uit: {', '.join(codes)}.", regel)
    gekozen = {woord for woord, _regel in woorden}
    return vorm.Antwoord(vraag.code, "", tuple(code for code in codes if code in gekozen))


def _onbekende_lezer(woord: str, gezin: list[vorm.Gezinslid], anderen: list[str]) -> str:
    if woord.casefold() in (naam.casefold() for naam in anderen):
        return f"“{kort(woord)}” is een helper. Schrijf {HELPERS}: dan lezen alle helpers dit."
    woorden = [*(lid.naam for lid in gezin), *(lid.relatie for lid in gezin), HELPERS]
    return f"“{kort(woord)}” kennen we hier niet.{_bedoel(woord, woorden)}"


def _bedoel(woord: str, woorden: list[str]) -> str:
    dichtbij = get_close_matches(woord, woorden, n=1)
    return f" Bedoel je “{kort(dichtbij[0])}”?" if dichtbij else ""


def _eis_een_per_functie(helpers: list[vorm.Professional]) -> None:
    bezet: dict[str, str] = {}
    for helper in helpers:
        if helper.regie and helper.regie in bezet:
            naam = Functie(helper.regie).label
            helper.blok.fout("rol", f"{bezet[helper.regie]} is al {naam}. Er kan er maar één zijn.")
        bezet.setdefault(helper.regie, helper.naam)


def _eis_een_per_adres(helpers: list[vorm.Professional]) -> None:
    bezet: dict[str, str] = {}
    for helper in helpers:
        adres = helper.email.casefold()
        if adres and adres in bezet:
            helper.blok.fout("email", f"Dit adres is ook van {bezet[adres]}. Geef ieder een eigen adres.")
        bezet.setdefault(adres, helper.naam)


def _lengte(model: type[models.Model], veld: str) -> int:
    """The most characters that the database keeps of a field."""
    kolom: Any = model._meta.get_field(veld)
    return int(kolom.max_length)
