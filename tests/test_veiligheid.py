"""The documents about safety name tests: those exist, and the table of ASVS is whole."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VEILIGHEID = ROOT / "docs" / "veiligheid.md"
ASVS = ROOT / "docs" / "asvs.md"
RIJ = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (ja|deels|uitrol|n\.v\.t\.) \| ([^|]+) \|$", re.MULTILINE)
# How many lines of level 1 and 2 each chapter of ASVS 5.0.0 has.
LEVEL_2 = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16,
    17: 7,
}  # fmt: skip


@pytest.mark.parametrize("document", [VEILIGHEID, ASVS], ids=["veiligheid", "asvs"])
def test_every_test_and_file_that_is_named_exists(document: Path) -> None:
    genoemd = set(re.findall(r"`((?:tests|casussen|handreiking|docs)/[\w./*-]+)`", document.read_text()))
    assert genoemd
    assert {pad for pad in genoemd if not list(ROOT.glob(pad))} == set()


def test_the_table_has_every_line_of_level_2_and_each_says_why() -> None:
    rijen = RIJ.findall(ASVS.read_text())
    nummers = [nummer for nummer, _wat, _stand, _waarom in rijen]
    assert len(nummers) == len(set(nummers))
    per_hoofdstuk = {deel: sum(nummer.startswith(f"{deel}.") for nummer in nummers) for deel in LEVEL_2}
    assert per_hoofdstuk == LEVEL_2
    for nummer, wat, _stand, waarom in rijen:
        assert wat.strip(), nummer
        assert waarom.strip(), nummer


def test_the_table_counts_itself_right() -> None:
    tekst = ASVS.read_text()
    telling = Counter(rij[2] for rij in RIJ.findall(tekst))
    for stand, aantal in telling.items():
        assert f"{aantal} {stand}" in tekst
