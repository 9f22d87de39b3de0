"""What a content set is made of, and how it becomes JSON."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

InhoudSoort = Literal["jeugd", "wmo"]
VraagSoort = Literal["open", "keuze", "lijst", "ja-nee"]
Wie = Literal["intake", "samen", "professionals"]
Pad = tuple[str | int, ...]

AANTAL_STAPPEN = 7
# The words that templates use for the people around whom the help is given; every set must have them all.
WOORDEN = ("gezin", "gezinslid", "gezinsleden", "uw_gezin")
# Stands in a proposal for the number that the organisation has set for emergencies.
CRISISNUMMER = "{crisisnummer}"


@dataclass(frozen=True, slots=True)
class Optie:
    """One answer to choose from. `code` is stored with the answer, `tekst` is shown."""

    code: str
    tekst: str


STANDAARD_JA_NEE = (Optie("ja", "Ja"), Optie("nog-niet-iedereen", "Nog niet iedereen"), Optie("nee", "Nee"))


@dataclass(frozen=True, slots=True)
class Vraag:
    """One question of a step.

    `doorvraag` is the deeper question, folded away. `soort` says how it is answered: `open` is text, `keuze`
    is one option, `lijst` is any number of options and optional text, `ja-nee` is one of (by default) three
    options. `in_overzicht` is the default for showing the answer to the family, under `kop_overzicht`.
    `uitleg` is help under the question; `standaard` is a proposal that is filled in beforehand (`voorstel`).
    """

    code: str
    tekst: str
    doorvraag: str | None
    wie: Wie
    soort: VraagSoort
    opties: tuple[Optie, ...]
    in_overzicht: bool
    uitleg: str | None
    standaard: str | None
    kop_overzicht: str | None

    def voorstel(self, crisisnummer: str = "") -> str:
        """Return the text to fill in beforehand, or "" when there is none.

        A proposal that needs the emergency number is not made without one: a hole in it could be overlooked.
        """
        tekst = self.standaard or ""
        if CRISISNUMMER in tekst and not crisisnummer:
            return ""
        return tekst.replace(CRISISNUMMER, crisisnummer)


@dataclass(frozen=True, slots=True)
class Stap:
    """One of the seven steps. `titel` and `doel` are for the screen, `kop_gezin` is the family's heading."""

    nummer: int
    titel: str
    kop_gezin: str
    doel: str
    vragen: tuple[Vraag, ...]


@dataclass(frozen=True, slots=True)
class Inhoud:
    """A complete content set: always seven steps, with question codes that are unique in the whole set.

    `woorden` holds a text for every name in `WOORDEN`; `relaties` are the choices for a family member.
    """

    soort: InhoudSoort
    titel: str
    versie: int
    woorden: dict[str, str]
    relaties: tuple[str, ...]
    stappen: tuple[Stap, ...]

    def stap(self, nummer: int) -> Stap:
        """Return step 1 to 7; any other number is a KeyError."""
        for stap in self.stappen:
            if stap.nummer == nummer:
                return stap
        raise KeyError(nummer)

    def vraag(self, code: str) -> Vraag:
        """Return the question with this code, from any step; an unknown code is a KeyError."""
        for stap in self.stappen:
            for vraag in stap.vragen:
                if vraag.code == code:
                    return vraag
        raise KeyError(code)


class InhoudFout(ValueError):
    """A content set that cannot be used. `str()` is a Dutch sentence with the line and the field.

    `uitleg` is what is wrong, `pad` leads to the field (empty: the whole set), `veld` is that path in Dutch,
    and `regel` is the line in the YAML file, counted from 1 (None when the set did not come from a file).
    """

    def __init__(self, uitleg: str, pad: Pad = (), regel: int | None = None) -> None:
        self.uitleg, self.pad, self.regel = uitleg, pad, regel
        self.veld = _in_woorden(pad)
        plek = ", ".join(deel for deel in (f"regel {regel}" if regel else "", self.veld) if deel)
        super().__init__(f"{plek[0].upper()}{plek[1:]}: {uitleg}" if plek else uitleg)


def als_dict(inhoud: Inhoud) -> dict[str, Any]:
    """Return the set as plain dicts, lists, strings, numbers and booleans; `van_dict` is its inverse."""
    gegevens: dict[str, Any] = json.loads(json.dumps(asdict(inhoud)))
    return gegevens


def vingerafdruk(inhoud: Inhoud) -> str:
    """Return 64 hexadecimal characters (SHA-256) that differ as soon as anything in the set differs."""
    tekst = json.dumps(als_dict(inhoud), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(tekst.encode()).hexdigest()


def kort(waarde: object) -> str:
    """Return what somebody wrote, cut off at 40 characters, to show it in a sentence about an error."""
    tekst = str(waarde)
    return tekst if len(tekst) <= 40 else f"{tekst[:40]}…"


def _in_woorden(pad: Pad) -> str:
    """('stappen', 2, 'vragen', 0, 'soort') becomes 'stap 3, vraag 1, veld "soort"'."""
    enkelvoud = {"stappen": "stap", "vragen": "vraag", "opties": "optie", "relaties": "relatie"}
    delen: list[str] = []
    for vorige, deel in zip(("", *pad), pad, strict=False):
        if isinstance(deel, str):
            delen.append(f'veld "{kort(deel)}"')
        elif vorige in enkelvoud:
            delen[-1] = f"{enkelvoud[str(vorige)]} {deel + 1}"
        else:
            delen.append(f"onderdeel {deel + 1}")
    return ", ".join(delen)
