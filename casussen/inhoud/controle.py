"""From plain data to a content set. Every fault names the path of the field that it is about."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

from casussen.inhoud.vorm import (
    AANTAL_STAPPEN,
    CRISISNUMMER,
    STANDAARD_JA_NEE,
    WOORDEN,
    Inhoud,
    InhoudFout,
    InhoudSoort,
    Optie,
    Pad,
    Stap,
    Vraag,
    VraagSoort,
    Wie,
    kort,
)

MAX_CODE, MAX_RELATIE, MAX_REGEL, MAX_VRAAG, MAX_TEKST = 40, 60, 120, 300, 1000  # characters
MAX_VRAGEN, MAX_OPTIES, MAX_RELATIES, MAX_VERSIE = 20, 20, 30, 9999
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_JA_NEE = {"ja": True, "nee": False, "true": True, "false": False}


def van_dict(gegevens: object) -> Inhoud:
    """Check plain data (from YAML or JSON) and make it an Inhoud.

    Optional fields may be left out or empty. Raises InhoudFout, without a line, for the first fault.
    """
    blok = _Blok(gegevens, (), _veldnamen(Inhoud))
    woorden = _Blok(blok.waarde("woorden"), ("woorden",), WOORDEN)
    inhoud = Inhoud(
        soort=blok.keuze("soort", get_args(InhoudSoort)),
        titel=blok.tekst("titel", MAX_REGEL),
        versie=blok.getal("versie", MAX_VERSIE),
        woorden={naam: woorden.tekst(naam, MAX_REGEL) for naam in WOORDEN},
        relaties=tuple(
            schone_tekst(waarde, pad, MAX_RELATIE) for waarde, pad in blok.lijst("relaties", 1, MAX_RELATIES)
        ),
        stappen=tuple(_stap(waarde, pad) for waarde, pad in blok.lijst("stappen", AANTAL_STAPPEN, AANTAL_STAPPEN)),
    )
    _eis_uniek((("relaties", nr), tekst) for nr, tekst in enumerate(inhoud.relaties))
    _eis_uniek(_vraagcodes(inhoud))
    return inhoud


class _Blok:
    """A mapping of the input with the path that leads to it and the names that may stand in it."""

    def __init__(self, gegevens: object, pad: Pad, namen: tuple[str, ...]) -> None:
        if not isinstance(gegevens, dict):
            raise InhoudFout("Hier horen velden te staan, met een naam en een dubbele punt.", pad)
        for naam in gegevens:
            if naam not in namen:
                raise InhoudFout(f"Dit veld kennen we niet. Wel: {', '.join(namen)}.", (*pad, str(naam)))
        self.gegevens, self.pad = gegevens, pad

    def waarde(self, naam: str) -> object:
        if self.gegevens.get(naam) in (None, ""):
            raise InhoudFout("Dit veld is verplicht en is niet ingevuld.", (*self.pad, naam))
        return self.gegevens[naam]

    def tekst(self, naam: str, maximum: int) -> str:
        return schone_tekst(self.waarde(naam), (*self.pad, naam), maximum)

    def mag_tekst(self, naam: str, maximum: int, *, meer_regels: bool = False) -> str | None:
        if self.gegevens.get(naam) in (None, ""):
            return None
        return schone_tekst(self.gegevens[naam], (*self.pad, naam), maximum, meer_regels=meer_regels)

    def code(self, naam: str) -> str:
        code = self.tekst(naam, MAX_CODE)
        if not _CODE.fullmatch(code):
            raise InhoudFout(
                f'"{kort(code)}" is geen goede code. Gebruik kleine letters, cijfers, - en _.',
                (*self.pad, naam),
            )
        return code

    def keuze(self, naam: str, namen: tuple[Any, ...]) -> Any:
        waarde = self.waarde(naam)
        if waarde not in namen:
            raise InhoudFout(f'"{kort(waarde)}" kan hier niet. Kies uit: {", ".join(namen)}.', (*self.pad, naam))
        return waarde

    def getal(self, naam: str, maximum: int) -> int:
        waarde = self.waarde(naam)
        tekst = str(waarde) if isinstance(waarde, (int, str)) and not isinstance(waarde, bool) else ""
        if not re.fullmatch(r"[0-9]{1,9}", tekst) or not 1 <= int(tekst) <= maximum:
            raise InhoudFout(f"Hier hoort een heel getal van 1 tot en met {maximum}.", (*self.pad, naam))
        return int(tekst)

    def ja_nee(self, naam: str) -> bool:
        waarde = self.gegevens.get(naam)
        if waarde in (None, ""):
            return False
        if isinstance(waarde, bool):
            return waarde
        if not isinstance(waarde, str) or waarde not in _JA_NEE:
            raise InhoudFout("Hier hoort ja of nee te staan.", (*self.pad, naam))
        return _JA_NEE[waarde]

    def lijst(self, naam: str, minimum: int, maximum: int) -> Iterator[tuple[object, Pad]]:
        pad = (*self.pad, naam)
        waarden = [] if self.gegevens.get(naam) in (None, "") else self.gegevens[naam]
        if not isinstance(waarden, list):
            raise InhoudFout("Hier hoort een lijst te staan, met een streepje voor elke regel.", pad)
        if not minimum <= len(waarden) <= maximum:
            aantal = f"{minimum}" if minimum == maximum else f"{minimum} tot en met {maximum}"
            raise InhoudFout(f"Hier horen er {aantal} te staan, en het zijn er {len(waarden)}.", pad)
        return ((waarde, (*pad, nr)) for nr, waarde in enumerate(waarden))


def _stap(gegevens: object, pad: Pad) -> Stap:
    blok = _Blok(gegevens, pad, _veldnamen(Stap))
    stap = Stap(
        nummer=blok.getal("nummer", AANTAL_STAPPEN),
        titel=blok.tekst("titel", MAX_REGEL),
        kop_gezin=blok.tekst("kop_gezin", MAX_REGEL),
        doel=blok.tekst("doel", MAX_VRAAG),
        vragen=tuple(_vraag(waarde, plek) for waarde, plek in blok.lijst("vragen", 1, MAX_VRAGEN)),
    )
    verwacht = int(pad[-1]) + 1
    if stap.nummer != verwacht:
        raise InhoudFout(f"Hier hoort nummer {verwacht}, en er staat {stap.nummer}.", (*pad, "nummer"))
    return stap


def _vraag(gegevens: object, pad: Pad) -> Vraag:
    blok = _Blok(gegevens, pad, _veldnamen(Vraag))
    soort: VraagSoort = blok.keuze("soort", get_args(VraagSoort))
    vraag = Vraag(
        code=blok.code("code"),
        tekst=blok.tekst("tekst", MAX_VRAAG),
        doorvraag=blok.mag_tekst("doorvraag", MAX_VRAAG),
        wie=blok.keuze("wie", get_args(Wie)),
        soort=soort,
        opties=_opties(blok, soort),
        in_overzicht=blok.ja_nee("in_overzicht"),
        uitleg=blok.mag_tekst("uitleg", MAX_TEKST, meer_regels=True),
        standaard=blok.mag_tekst("standaard", MAX_TEKST, meer_regels=True),
        kop_overzicht=blok.mag_tekst("kop_overzicht", MAX_REGEL),
    )
    if vraag.in_overzicht and not vraag.kop_overzicht:
        raise InhoudFout("Dit veld is verplicht bij in_overzicht: ja.", (*pad, "kop_overzicht"))
    if vraag.standaard and vraag.soort != "open":
        raise InhoudFout("Een voorstel kan alleen bij een open vraag.", (*pad, "standaard"))
    if re.search(r"[{}]", (vraag.standaard or "").replace(CRISISNUMMER, "")):
        raise InhoudFout(f"Tussen accolades kan hier alleen {CRISISNUMMER} staan.", (*pad, "standaard"))
    return vraag


def _opties(blok: _Blok, soort: VraagSoort) -> tuple[Optie, ...]:
    minimum = 0 if soort in ("open", "ja-nee") else 2
    maximum = 0 if soort == "open" else MAX_OPTIES
    opties = tuple(_optie(waarde, pad) for waarde, pad in blok.lijst("opties", minimum, maximum))
    _eis_uniek(((*blok.pad, "opties", nr, "code"), optie.code) for nr, optie in enumerate(opties))
    return STANDAARD_JA_NEE if soort == "ja-nee" and not opties else opties


def _optie(gegevens: object, pad: Pad) -> Optie:
    blok = _Blok(gegevens, pad, _veldnamen(Optie))
    return Optie(code=blok.code("code"), tekst=blok.tekst("tekst", MAX_REGEL))


def schone_tekst(waarde: object, pad: Pad, maximum: int, *, meer_regels: bool = False) -> str:
    """in: a value, where it stands, most characters; out: the text without spaces around it; raises InhoudFout."""
    if not isinstance(waarde, str):
        raise InhoudFout("Hier hoort tekst te staan.", pad)
    tekst = waarde.strip() if meer_regels else " ".join(waarde.split())
    if not tekst:
        raise InhoudFout("Hier staan alleen spaties. Vul een tekst in.", pad)
    if len(tekst) > maximum:
        raise InhoudFout(f"Deze tekst heeft {len(tekst)} tekens. Er mogen er {maximum} zijn.", pad)
    # The database and the PDF accept no control characters or halves of a character.
    if any(teken != "\n" and unicodedata.category(teken) in ("Cc", "Cs") for teken in tekst):
        raise InhoudFout("In deze tekst staat een teken dat je niet ziet. Typ de tekst opnieuw.", pad)
    return tekst


def _vraagcodes(inhoud: Inhoud) -> Iterator[tuple[Pad, str]]:
    for s, stap in enumerate(inhoud.stappen):
        for v, vraag in enumerate(stap.vragen):
            yield ("stappen", s, "vragen", v, "code"), vraag.code


def _eis_uniek(waarden: Iterator[tuple[Pad, str]]) -> None:
    gezien: set[str] = set()
    for pad, waarde in waarden:
        if waarde in gezien:
            raise InhoudFout(f'"{kort(waarde)}" staat er al eerder. Het mag er maar één keer staan.', pad)
        gezien.add(waarde)


def _veldnamen(soort: type[Inhoud | Stap | Vraag | Optie]) -> tuple[str, ...]:
    return tuple(veld.name for veld in fields(soort))
