"""The seven steps as data: read a content set, check it, and turn it into JSON and back.

A content set (`Inhoud`) is everything that the seven steps ask, in the words of one region. It comes from a
YAML file, is stored per version as JSON, and never changes once a casus has started with it. This package is
plain Python without Django, so that a content set can be checked anywhere, before there is a database.
`docs/inhoud.md` describes the file for the people who write it.
"""

from pathlib import Path

from casussen.inhoud.bestand import lees
from casussen.inhoud.controle import van_dict
from casussen.inhoud.vorm import (
    WOORDEN,
    Inhoud,
    InhoudFout,
    InhoudSoort,
    Optie,
    Stap,
    Vraag,
    VraagSoort,
    Wie,
    als_dict,
    vingerafdruk,
)

# The content sets that ship with the software.
BESTANDEN: dict[InhoudSoort, Path] = {
    "jeugd": Path(__file__).with_name("jeugd.yaml"),
    "wmo": Path(__file__).with_name("wmo.yaml"),
}

__all__ = [
    "BESTANDEN",
    "WOORDEN",
    "Inhoud",
    "InhoudFout",
    "InhoudSoort",
    "Optie",
    "Stap",
    "Vraag",
    "VraagSoort",
    "Wie",
    "als_dict",
    "lees",
    "van_dict",
    "vingerafdruk",
]
