"""How wide a text is, and how it is cut into lines: an SVG does neither by itself.

The widths are those of Atkinson Hyperlegible Bold, rounded up, as a part of the size of the letter. Regular is
narrower.
"""

_BREEDTES = [
    ("’'‘|,.:;!·", 0.3),
    (" ijl", 0.33),
    ('()-frt"/`íìîï', 0.42),
    ("1*czsvxyIJ", 0.56),
    ("MWm%@—…", 0.98),
    ("wONQGCÖÓÒ&#", 0.78),
    ("0234568", 0.66),
]
_PER_TEKEN = {teken: breed for tekens, breed in _BREEDTES for teken in tekens}
_KLEIN, _HOOFD, _ANDERS = 0.61, 0.71, 1.05  # lower case; capitals; other scripts and emoji
_GEWOON = 0.97
_LAATSTE_LATIJN = "ɏ"


def breedte(tekst: str, letter: float, *, vet: bool = True) -> float:
    """in: a text, the size of the letter, bold or not; out: how wide it is at most, in the same unit."""
    breed = letter * sum(_PER_TEKEN.get(teken) or _anders(teken) for teken in tekst)
    return breed if vet else breed * _GEWOON


def _anders(teken: str) -> float:
    if teken > _LAATSTE_LATIJN:
        return _ANDERS
    return _HOOFD if teken.isupper() else _KLEIN


def regels(tekst: str, letter: float, breed: float, aantal: int, *, vet: bool = True) -> list[str]:
    """in: a text, the size of the letter, the room, how many lines at most, bold or not; out: the lines.

    A word that is too long is broken; what does not fit ends in "…".
    """
    breed = breed if vet else breed / _GEWOON
    gemaakt: list[str] = []
    rest = " ".join(tekst.split())
    while rest and len(gemaakt) < aantal:
        regel = _past(rest, letter, breed)
        if len(gemaakt) == aantal - 1 and regel != rest:
            regel = _kort(rest, letter, breed)
            rest = ""
        gemaakt.append(regel.rstrip())
        rest = rest[len(regel) :].lstrip()
    return gemaakt


def _past(tekst: str, letter: float, breed: float) -> str:
    """As many whole words as fit, or as many letters of the first word."""
    if breedte(tekst, letter) <= breed:
        return tekst
    woorden = tekst.split(" ")
    for aantal in range(len(woorden) - 1, 0, -1):
        deel = " ".join(woorden[:aantal])
        if breedte(deel, letter) <= breed:
            return deel
    return _letters(woorden[0], letter, breed)


def _kort(tekst: str, letter: float, breed: float) -> str:
    return _letters(tekst, letter, breed - breedte("…", letter)).rstrip() + "…"


def _letters(tekst: str, letter: float, breed: float) -> str:
    einde = len(tekst)
    while einde > 1 and breedte(tekst[:einde], letter) > breed:
        einde -= 1
    return tekst[:einde]
