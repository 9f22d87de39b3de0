"""A small family in a file, for the tests of reading and importing one."""

from datetime import date
from pathlib import Path

from casussen import inhoud, invoer
from casussen.invoer import Invoer

DEMO = Path(__file__).parent.parent / "demo" / "casussen"
INHOUD = {str(soort): inhoud.lees(pad) for soort, pad in inhoud.BESTANDEN.items()}
VANDAAG = date(2026, 11, 10)

KLEIN = """\
soort: jeugd
naam: Gezin Klein
gezin:
  - {naam: Bo Klein, relatie: kind, geboren: 2014-02-03}
  - {naam: Kim Klein, relatie: moeder, gezag: ja, email: kim@gezin.example}
netwerk:
  - {naam: Oma Riet, relatie: oma, waarvoor: past op}
professionals:
  - naam: Sanne Wolters
    organisatie: Wijkteam Hengelo-Noord
    email: s.wolters@noord.example
    rol: regievoerder
    bereikbaar: ma t/m do 9-17 uur
  - {naam: Ab Buis, functie: mentor, organisatie: School, email: a.buis@school.example, rol: school}
antwoorden:
  aanleiding: Bo slaapt slecht.
afspraken:
  - {wie: Ab Buis, wat: Ik bel Kim., wanneer: elke week, zichtbaar: [moeder, professionals]}
evaluatie: {over_weken: 5, waar: thuis, uitnodiger: Sanne Wolters}
"""


def schrijf(map_: Path, tekst: str | bytes) -> Path:
    pad = map_ / "gezin.yaml"
    pad.write_bytes(tekst.encode() if isinstance(tekst, str) else tekst)
    return pad


def lees(map_: Path, tekst: str | bytes) -> Invoer:
    return invoer.lees(schrijf(map_, tekst), inhoud=INHOUD, vandaag=VANDAAG)
