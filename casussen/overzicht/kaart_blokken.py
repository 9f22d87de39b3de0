"""The boxes of the network picture with the texts in them, and the circle with the family, before they get a place."""

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models.basis import roepnaam
from casussen.overzicht.kaart_vormen import LETTER, REGEL, Merk, Ring, Tekst, Vorm
from casussen.overzicht.letters import breedte, regels
from casussen.overzicht.lezer import Rij

ZIJ_BREED, ONDER_BREED, PIL_BREED, VRIEND_BREED, ROND = 206, 236, 116, 160, 76
MAX_NAMEN = 4
MAX_GEZIN = 8
MAX_VRIENDEN = 4
_BINNEN, _MERK, _TUSSEN = 11, 26, 8
# Where one to four round family members stand, children first: around the point 0, 0.
_RONDJES: dict[int, list[tuple[int, int]]] = {
    0: [],
    1: [(0, 0)],
    2: [(-52, 0), (52, 0)],
    3: [(0, -48), (-52, 44), (52, 44)],
    4: [(-52, -48), (52, -48), (-52, 48), (52, 48)],
}


@dataclass(frozen=True)
class Blok:
    """A box or a friend. `wie`: the family members that it is there for, empty when it is everybody.

    `kind_deel` runs from 0 (only for parents) to 1 (only for children); `stippel`: only when needed.
    """

    vorm: Vorm
    naam: str
    wie: tuple[str, ...]
    stippel: bool
    kind_deel: float


class Gezin:
    """The family members in the order of the picture, children first, with short names that differ."""

    def __init__(self, gezinsleden: list[Rij]) -> None:
        self.leden = sorted(gezinsleden, key=lambda rij: not _is_kind(rij))
        self.kinderen = {rij["id"] for rij in self.leden if _is_kind(rij)}
        self.namen = {rij["id"]: naam for rij, naam in zip(self.leden, _korte_namen(self.leden), strict=True)}
        letters = _voorletters(list(self.namen.values()))
        self.letters = dict(zip(self.namen, letters, strict=True))

    def voor_wie(self, rij: Rij) -> tuple[str, ...]:
        """in: somebody who takes part; out: the ids of whom he is there for, empty when it is everybody."""
        ids = tuple(pk for pk in self.namen if pk in rij["voor_wie"])
        return () if len(ids) == len(self.namen) else ids

    def blok(self, vorm: Vorm, mensen: list[Rij], naam: str) -> Blok:
        """in: a shape, who is in it, the name to sort by; out: the block."""
        per_mens = [self.voor_wie(rij) for rij in mensen]
        wie = [pk for ids in per_mens for pk in ids]
        return Blok(
            vorm=vorm,
            naam=naam,
            wie=tuple(dict.fromkeys(wie)) if all(per_mens) else (),
            stippel=all(rij["alleen_als_nodig"] for rij in mensen),
            kind_deel=sum(pk in self.kinderen for pk in wie) / len(wie) if wie else 0.5,
        )


def _is_kind(rij: Rij) -> bool:
    """Children stand on top; so does the inwoner whom it is about."""
    return rij["relatie"] in {"kind", "inwoner"}


def _korte_namen(leden: list[Rij]) -> list[str]:
    """First names; who shares one gets the first letter of the last name too."""
    kort = [roepnaam(rij["naam"]) for rij in leden]
    dubbel = {naam for naam, aantal in Counter(kort).items() if aantal > 1}
    return [
        f"{naam} {rij['naam'].split()[-1][0]}." if naam in dubbel else naam
        for naam, rij in zip(kort, leden, strict=True)
    ]


def _voorletters(namen: list[str]) -> list[str]:
    """The first letter of each name, as many more as it takes to tell them apart."""
    lengte = dict.fromkeys(namen, 1)
    for aantal in range(1, 4):
        begin = Counter(naam[: lengte[naam]].upper() for naam in namen)
        for naam in namen:
            if begin[naam[: lengte[naam]].upper()] > 1:
                lengte[naam] = aantal + 1
    return [naam[: lengte[naam]].capitalize() for naam in namen]


# Boxes


def persoon(gezin: Gezin, rij: Rij, *, etiket: str = "", erbij: str = "") -> Blok:
    """in: the family, a helper, the label that makes this the dark box, a line below the name; out: a box for one."""
    breed = ONDER_BREED if etiket else ZIJ_BREED
    ruimte = breed - 2 * _BINNEN
    delen = [(rij["organisatie"], False), (rij["naam"], True), (erbij, False)]
    inhoud = [(regel, vet) for tekst, vet in delen for regel in regels(tekst, LETTER, ruimte, 2, vet=vet)]
    teksten = tuple(
        Tekst(breed // 2, 26 + REGEL * nummer, regel, vet, True) for nummer, (regel, vet) in enumerate(inhoud)
    )
    vorm = Vorm("helper", 0, 0, breed, 18 + REGEL * len(inhoud), teksten)
    return gezin.blok(_met_etiket(vorm, etiket), [rij], rij["naam"])


def _met_etiket(vorm: Vorm, etiket: str) -> Vorm:
    """The dark box, with the label that says why; the same shape when there is no label."""
    if not etiket:
        return vorm
    breed = ceil(breedte(etiket, LETTER)) + 20
    merk = Merk((vorm.breed - breed) // 2, vorm.hoog - 8, breed, _MERK, etiket)
    return replace(vorm, soort="regie", hoog=vorm.hoog + _MERK - 4, merken=(*vorm.merken, merk))


def vriend(gezin: Gezin, rij: Rij) -> Blok:
    """in: the family, somebody of their own network; out: a round shape to stand among the boxes."""
    return gezin.blok(_pil("netwerk", roepnaam(rij["naam"]), VRIEND_BREED, 2), [rij], rij["naam"])


def organisatie(gezin: Gezin, naam: str, mensen: list[Rij], *, merken: bool, etiket: str = "") -> Blok:
    """in: the family, name and people, marks or not, the label that makes this the dark box (of the first of them);
    out: a box for one organisation."""
    breed = ONDER_BREED if etiket else ZIJ_BREED
    kop = regels(naam, LETTER, breed - 2 * _BINNEN, 2)
    lijst = _Lijst(gezin, breed, 22 + REGEL * len(kop))
    for rij in mensen[:MAX_NAMEN]:
        lijst.naam(rij["naam"], vet=bool(etiket) and rij is mensen[0])
        if merken:
            lijst.merken(rij)
    if len(mensen) > MAX_NAMEN:
        over = len(mensen) - MAX_NAMEN
        lijst.naam(ngettext("en %(aantal)d ander", "en %(aantal)d anderen", over) % {"aantal": over}, vet=False)
    koppen = [Tekst(_BINNEN, 26 + REGEL * nummer, regel, True, False) for nummer, regel in enumerate(kop)]
    streep = 16 + REGEL * len(kop)
    vorm = Vorm("helper", 0, 0, breed, lijst.y + 8, (*koppen, *lijst.teksten), tuple(lijst.gezet), streep)
    return gezin.blok(_met_etiket(vorm, etiket), mensen, naam)


class _Lijst:
    """The names in the box of an organisation, one below the other, with marks behind or below them."""

    def __init__(self, gezin: Gezin, breed: int, y: int) -> None:
        self.gezin, self.breed, self.y = gezin, breed, y
        self.teksten: list[Tekst] = []
        self.gezet: list[Merk] = []
        self.over = 0.0  # what is left of the last line

    def naam(self, naam: str, *, vet: bool) -> None:
        ruimte = self.breed - 2 * _BINNEN
        for regel in regels(naam, LETTER, ruimte, 2, vet=vet):
            self.teksten.append(Tekst(_BINNEN, self.y + 18, regel, vet, False))
            self.y += REGEL + 2
            self.over = ruimte - breedte(regel, LETTER, vet=vet)

    def merken(self, rij: Rij) -> None:
        wie = self.gezin.voor_wie(rij)
        letters = [self.gezin.letters[pk] for pk in wie] if wie else [_("iedereen")]
        breedtes = [max(_MERK, ceil(breedte(letter, LETTER)) + 10) for letter in letters]
        samen = sum(breedtes) + 4 * (len(breedtes) - 1)
        ernaast = samen + _TUSSEN <= self.over
        x = self.breed - _BINNEN - samen if ernaast else _BINNEN
        y = self.y - REGEL - 2 if ernaast else self.y
        for letter, breed in zip(letters, breedtes, strict=True):
            if x + breed > self.breed - _BINNEN:
                x, y = _BINNEN, y + _MERK + 2
            self.gezet.append(Merk(x, y, breed, _MERK, letter))
            x += breed + 4
        self.y = y + _MERK + 2


# The circle


def _pil(soort: str, naam: str, breed: int, aantal_regels: int) -> Vorm:
    inhoud = regels(naam, LETTER, breed - (10 if breed == ROND else 20), aantal_regels)
    hoog = ROND if breed == ROND else 20 + REGEL * len(inhoud)
    boven = (hoog - REGEL * len(inhoud)) // 2 + 17
    teksten = (Tekst(breed // 2, boven + REGEL * nummer, regel, True, True) for nummer, regel in enumerate(inhoud))
    return Vorm(soort, 0, 0, breed, hoog, tuple(teksten))


def _met_rest(namen: list[str], hoogstens: int) -> list[str]:
    if len(namen) <= hoogstens:
        return namen
    over = len(namen) - hoogstens + 1
    return [*namen[: hoogstens - 1], _("nog %(aantal)d") % {"aantal": over}]


def _raster(vormen: list[Vorm], boven: float) -> list[Vorm]:
    """Two in a row, the last one in the middle; out: the shapes in their places below `boven`."""
    geplaatst: list[Vorm] = []
    y = boven
    for nummer in range(0, len(vormen), 2):
        paar = vormen[nummer : nummer + 2]
        hoog = max(vorm.hoog for vorm in paar)
        breed = sum(vorm.breed for vorm in paar) + _TUSSEN * (len(paar) - 1)
        x = -breed / 2
        for vorm in paar:
            geplaatst.append(vorm.verschoven(round(x), round(y + (hoog - vorm.hoog) / 2)))
            x += vorm.breed + _TUSSEN
        y += hoog + _TUSSEN
    return geplaatst


def kring(gezin: Gezin, vrienden: list[Rij]) -> tuple[Ring, dict[str, Vorm], list[Vorm]]:
    """in: the family, the friends who stand in the circle; out: the circle around the point 0, 0, the shapes of the
    family members by id, and all shapes in it. Friends stand on top."""
    namen = list(gezin.namen.values())
    vriend_namen = _met_rest([roepnaam(rij["naam"]) for rij in vrienden], MAX_VRIENDEN)
    vriend_breed = VRIEND_BREED if len(vriend_namen) == 1 else PIL_BREED
    boven = _raster([_pil("netwerk", naam, vriend_breed, 2) for naam in vriend_namen], 0)
    hoog = max((vorm.y + vorm.hoog + _TUSSEN for vorm in boven), default=0)
    if len(namen) <= len(_RONDJES) - 1 and all(breedte(naam, LETTER) <= ROND - 10 for naam in namen):
        plekken = _RONDJES[len(namen)]
        eerste = min((y for _x, y in plekken), default=0) - ROND // 2
        leden = [
            _pil("gezin", naam, ROND, 1).verschoven(x - ROND // 2, hoog + y - ROND // 2 - eerste)
            for naam, (x, y) in zip(namen, plekken, strict=True)
        ]
    else:
        leden = _raster([_pil("gezin", naam, PIL_BREED, 1) for naam in _met_rest(namen, MAX_GEZIN)], hoog)
    alle = [*boven, *leden]
    schuif = -round(max((vorm.y + vorm.hoog for vorm in alle), default=0) / 2)
    alle = [vorm.verschoven(0, schuif) for vorm in alle]
    leden = alle[len(boven) :]
    per_id = {pk: leden[min(nummer, len(leden) - 1)] for nummer, pk in enumerate(gezin.namen)}
    return _ring_om(alle), per_id, alle


def _ring_om(vormen: list[Vorm]) -> Ring:
    """The smallest circle (or oval, as high as needed) around shapes that lie around the point 0, 0."""
    randen = [punt for vorm in vormen for punt in vorm.rand()]
    breed = 122 if all(abs(x) <= 90 for x, _y in randen) else 144
    hoog = max((abs(y) / sqrt(1 - (x / breed) ** 2) for x, y in randen), default=0)
    return Ring(0, 0, breed, max(ceil(hoog) + 10, 80))
