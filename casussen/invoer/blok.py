"""One block of fields of the file, with the line of every field; mistakes are collected, not raised."""

import re
from dataclasses import dataclass
from datetime import date

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from casussen.inhoud import InhoudFout
from casussen.inhoud.controle import schone_tekst
from casussen.inhoud.vorm import kort

MAX_RIJEN = 100  # people or agreements in one list; more is a mistake and would keep the database busy
MAX_EMAIL = 254
_DAG = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Fout:
    """One mistake. `str()` is a Dutch sentence with the line (from 1) and the field."""

    regel: int | None
    plek: str
    uitleg: str

    def __str__(self) -> str:
        plek = ", ".join(deel for deel in (f"regel {self.regel}" if self.regel else "", self.plek) if deel)
        return f"{plek[0].upper()}{plek[1:]}: {self.uitleg}" if plek else self.uitleg


class InvoerFout(ValueError):
    """A file that cannot be imported. `fouten` holds every mistake, in the order of the file."""

    def __init__(self, fouten: list[Fout]) -> None:
        self.fouten = sorted(fouten, key=lambda fout: fout.regel or 0)
        super().__init__("\n".join(map(str, self.fouten)))


class Blok:
    """The fields of one person, agreement or of the file itself."""

    def __init__(self, knoop: yaml.Node, plek: str, namen: tuple[str, ...], fouten: list[Fout]) -> None:
        """in: a node, what it is in words ("professional 2"), the fields that may stand in it, where mistakes go."""
        self.plek, self.regel, self.fouten = plek, _regel(knoop), fouten
        self.velden: dict[str, yaml.Node] = {}
        self.regels: dict[str, int] = {}
        # Mistakes that were seen already: a field is not called missing when it was only wrong.
        self.fout_in: set[str] = set()
        if not isinstance(knoop, yaml.MappingNode):
            self.fout("", "Hier horen velden te staan, met een naam en een dubbele punt.")
            self.fout_in.update(namen)
            return
        for sleutel, kind in knoop.value:
            self._neem_op(sleutel, kind, namen)

    def _neem_op(self, sleutel: yaml.Node, kind: yaml.Node, namen: tuple[str, ...]) -> None:
        naam = sleutel.value if isinstance(sleutel, yaml.ScalarNode) else "?"
        if naam in self.velden:
            self._meld(naam, _regel(sleutel), "Dit veld staat er twee keer. Laat er één staan.")
        elif naam not in namen:
            wel = f"Wel: {', '.join(namen)}." if namen else ""
            self._meld(naam, _regel(sleutel), f"Dit veld kennen we niet. {wel}".strip())
        else:
            self.velden[naam], self.regels[naam] = kind, _regel(sleutel)

    def fout(self, naam: str, uitleg: str, regel: int | None = None) -> None:
        """Notes a mistake.

        in: the field ("" for the whole block), a Dutch sentence, the line when it is not the one of the field.
        """
        self.fout_in.add(naam)
        self._meld(naam, regel or self.regels.get(naam, self.regel), uitleg)

    def _meld(self, naam: str, regel: int, uitleg: str) -> None:
        plek = ", ".join(deel for deel in (self.plek, f'veld "{kort(naam)}"' if naam else "") if deel)
        self.fouten.append(Fout(regel, plek, uitleg))

    def knoop(self, naam: str) -> yaml.Node | None:
        """in: a field; out: what stands behind it, None when that is nothing."""
        knoop = self.velden.get(naam)
        leeg = knoop is None or (isinstance(knoop, yaml.ScalarNode) and not knoop.value.strip())
        return None if leeg else knoop

    def tekst(self, naam: str, maximum: int, *, verplicht: bool = False, meer_regels: bool = False) -> str:
        """in: a field and the most characters; out: its text, "" when it is missing or wrong."""
        knoop = self.knoop(naam)
        if knoop is None:
            if verplicht and naam not in self.fout_in:
                self.fout(naam, "Dit veld is verplicht en is niet ingevuld.")
            return ""
        try:
            return schone_tekst(knoop.value, (), maximum, meer_regels=meer_regels)
        except InhoudFout as fout:
            self.fout(naam, fout.uitleg)
            return ""

    def keuze(self, naam: str, keuzes: tuple[str, ...]) -> str:
        """in: a required field, the words that may stand there; out: one of them, "" when it is wrong."""
        waarde = self.tekst(naam, 120, verplicht=True)
        if waarde and waarde not in keuzes:
            self.fout(naam, f"“{kort(waarde)}” kan hier niet. Kies uit: {', '.join(keuzes)}.")
            return ""
        return waarde

    def ja_nee(self, naam: str) -> bool | None:
        """in: a field; out: True for ja, False for nee, None when it is missing or wrong."""
        waarde = self.tekst(naam, 120).lower()
        if waarde and waarde not in ("ja", "nee"):
            self.fout(naam, f"“{kort(waarde)}” kan hier niet. Schrijf ja of nee.")
        return {"ja": True, "nee": False}.get(waarde)

    def getal(self, naam: str, laagst: int, hoogst: int) -> int | None:
        """in: a field and its limits; out: the whole number, None when it is missing or wrong."""
        waarde = self.tekst(naam, 120)
        if not waarde:
            return None
        if not re.fullmatch(r"[0-9]{1,4}", waarde) or not laagst <= int(waarde) <= hoogst:
            self.fout(naam, f"Hier hoort een heel getal van {laagst} tot en met {hoogst}.")
            return None
        return int(waarde)

    def dag(self, naam: str) -> date | None:
        """in: a field; out: the day, None when it is missing or wrong."""
        waarde = self.tekst(naam, 120)
        if not waarde:
            return None
        dag = als_dag(waarde)
        if dag is None:
            self.fout(naam, f"“{kort(waarde)}” is geen dag. Schrijf jaar-maand-dag, zoals 2026-12-15.")
        return dag

    def email(self, naam: str) -> str:
        """in: a field; out: the address, "" when it is missing or wrong."""
        waarde = self.tekst(naam, MAX_EMAIL)
        if not waarde:
            return ""
        try:
            validate_email(waarde)
        except ValidationError:
            self.fout(naam, f"“{kort(waarde)}” is geen e-mailadres. Een adres ziet eruit als naam@voorbeeld.nl.")
            return ""
        return waarde

    def blokken(self, naam: str, soort: str, namen: tuple[str, ...]) -> list["Blok"]:
        """in: a field with a list, what one item is in words, its fields; out: the items as blocks."""
        knopen = self.lijst(naam)
        return [Blok(knoop, f"{soort} {nr}", namen, self.fouten) for nr, knoop in enumerate(knopen, 1)]

    def lijst(self, naam: str) -> list[yaml.Node]:
        """in: a field with a list; out: its items, none when it is missing or wrong."""
        knoop = self.knoop(naam)
        if knoop is None:
            return []
        if not isinstance(knoop, yaml.SequenceNode):
            self.fout(naam, "Hier hoort een lijst te staan. Begin elke regel met een streepje.")
            return []
        if len(knoop.value) > MAX_RIJEN:
            self.fout(naam, f"In deze lijst staan {len(knoop.value)} dingen. Er mogen er {MAX_RIJEN} zijn.")
            return []
        return list(knoop.value)

    def woorden(self, naam: str) -> list[tuple[str, int]]:
        """in: a field with one word or a list of words; out: each word with its line."""
        knoop = self.knoop(naam)
        knopen = [knoop] if isinstance(knoop, yaml.ScalarNode) else self.lijst(naam)
        woorden = []
        for kind in knopen:
            try:
                woorden.append((schone_tekst(kind.value, (), 300), _regel(kind)))
            except InhoudFout as fout:
                self.fout(naam, fout.uitleg, _regel(kind))
        return woorden


def als_dag(waarde: str) -> date | None:
    """in: a text; out: the day when it is written as 2026-12-15 and exists, else None."""
    if not _DAG.fullmatch(waarde):
        return None
    try:
        return date.fromisoformat(waarde)
    except ValueError:
        return None


def lijkt_dag(waarde: str) -> bool:
    """in: a text; out: whether somebody meant a day in the form 2026-12-15, existing or not."""
    return _DAG.fullmatch(waarde) is not None


def _regel(knoop: yaml.Node) -> int:
    return int(knoop.start_mark.line) + 1
