"""From a YAML file to plain data, with the line of every field beside it.

All values are text here: "no" stays "no" and a date stays a date, so that YAML holds no surprises.
"""

from pathlib import Path
from typing import Any

import yaml

from casussen.inhoud.controle import van_dict
from casussen.inhoud.vorm import Inhoud, InhoudFout, Pad

MAX_BESTAND = 200_000  # bytes; the sets that ship are about 10 kB
MAX_DIEPTE = 10  # levels of nesting; a content set needs seven
GEEN_YAML = "Dit is geen goede YAML. Kijk naar de spaties, de streepjes en de dubbele punten."


def lees(pad: Path | str) -> Inhoud:
    """Read a content set from a YAML file (UTF-8).

    Raises InhoudFout for the first thing that is wrong, with its line: also when the file cannot be read.
    """
    regels: dict[Pad, int] = {(): 1}
    gegevens = _waarde(ontleed(bestandstekst(Path(pad))), (), regels)
    try:
        return van_dict(gegevens)
    except InhoudFout as fout:
        raise InhoudFout(fout.uitleg, fout.pad, _regel_van(fout.pad, regels)) from None


def bestandstekst(pad: Path) -> str:
    """in: a path; out: the text of the file; raises InhoudFout when it cannot be read, is too large or not UTF-8."""
    try:
        ruw = pad.read_bytes()
    except OSError as fout:
        raise InhoudFout(f"We kunnen het bestand {pad.name} niet lezen.") from fout
    if len(ruw) > MAX_BESTAND:
        raise InhoudFout(f"Het bestand {pad.name} is te groot. Het mag {MAX_BESTAND // 1000} kB zijn.")
    try:
        return ruw.decode("utf-8-sig")
    except UnicodeDecodeError as fout:
        regel = ruw[: fout.start].count(b"\n") + 1
        raise InhoudFout("Dit is geen UTF-8. Bewaar het bestand als UTF-8.", (), regel) from fout


def ontleed(tekst: str) -> yaml.Node | None:
    """in: YAML; out: its nodes, all values text, None when it is empty; raises InhoudFout with the line."""
    try:
        _weiger_verwijzingen(tekst)
        return yaml.compose(tekst, Loader=yaml.BaseLoader)
    except InhoudFout:
        raise
    except yaml.reader.ReaderError as fout:
        regel = tekst[: fout.position].count("\n") + 1
        raise InhoudFout("Hier staat een teken dat niet in YAML mag.", (), regel) from fout
    except yaml.MarkedYAMLError as fout:
        plek = fout.problem_mark or fout.context_mark
        raise InhoudFout(GEEN_YAML, (), _regel(plek)) from fout
    except (ValueError, OverflowError) as fout:
        # The parser itself trips over an impossible escape (\UFFFFFFFF) or version number.
        raise InhoudFout(GEEN_YAML) from fout


def _weiger_verwijzingen(tekst: str) -> None:
    """Refuse references and deep nesting, with which a small file could ask for endless memory."""
    diepte = 0
    for gebeurtenis in yaml.parse(tekst, Loader=yaml.BaseLoader):
        regel = _regel(gebeurtenis.start_mark)
        if isinstance(gebeurtenis, yaml.CollectionStartEvent):
            diepte += 1
        elif isinstance(gebeurtenis, yaml.CollectionEndEvent):
            diepte -= 1
        if isinstance(gebeurtenis, yaml.AliasEvent):
            raise InhoudFout("Een verwijzing met * kan hier niet. Schrijf de tekst uit.", (), regel)
        if diepte > MAX_DIEPTE:
            raise InhoudFout("Hier staan te veel lijsten in elkaar.", (), regel)


def _regel(plek: Any) -> int | None:
    """The line of a mark of the parser, of which there are two unrelated types."""
    return plek.line + 1 if plek else None


def _waarde(knoop: yaml.Node | None, pad: Pad, regels: dict[Pad, int]) -> object:
    if isinstance(knoop, yaml.MappingNode):
        return _velden(knoop, pad, regels)
    if isinstance(knoop, yaml.SequenceNode):
        for nr, kind in enumerate(knoop.value):
            regels[(*pad, nr)] = kind.start_mark.line + 1
        return [_waarde(kind, (*pad, nr), regels) for nr, kind in enumerate(knoop.value)]
    return knoop.value if knoop else None


def _velden(knoop: yaml.MappingNode, pad: Pad, regels: dict[Pad, int]) -> dict[str, object]:
    velden: dict[str, object] = {}
    for sleutel, kind in knoop.value:
        naam, regel = str(sleutel.value), sleutel.start_mark.line + 1
        if naam in velden:
            raise InhoudFout("Dit veld staat er twee keer.", (*pad, naam), regel)
        regels[(*pad, naam)] = regel
        velden[naam] = _waarde(kind, (*pad, naam), regels)
    return velden


def _regel_van(pad: Pad, regels: dict[Pad, int]) -> int:
    """The line of the field, or of the block that it is missing from."""
    while pad not in regels:
        pad = pad[:-1]
    return regels[pad]
