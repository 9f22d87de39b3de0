"""Why a backup or a restore did not happen: a sentence for the operator and an exit code for his script."""

import errno
from enum import IntEnum

VOL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Uitgang(IntEnum):
    """Exit codes; docs/beheer.md lists them. 1 and 2 are those of Django itself."""

    SLEUTEL = 3
    BESCHADIGD = 4
    ANDER_BESTAND = 5
    SCHIJF = 6
    NIET_LEEG = 7
    PROGRAMMA = 8
    ANDERE_VERSIE = 9
    DATABASE = 10


class Mislukt(Exception):
    """Nothing was made or put back, unless the sentence says otherwise."""

    def __init__(self, uitgang: Uitgang, zin: str) -> None:
        super().__init__(zin)
        self.uitgang = uitgang


def van_de_schijf(fout: OSError, wat: str) -> Mislukt:
    """in: an error of the file system, what was done to which file; out: the same for an operator."""
    if fout.errno in VOL:
        return Mislukt(Uitgang.SCHIJF, f"De schijf is vol: {wat} lukte niet. Maak ruimte en probeer het opnieuw.")
    return Mislukt(Uitgang.SCHIJF, f"{wat[:1].upper()}{wat[1:]} lukte niet: {fout.strerror or fout}.")
