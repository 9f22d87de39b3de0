"""The shapes of the network picture, and the lines between them. All measures are whole units of the picture."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import hypot, sqrt

LETTER = 17  # 720 units are 180 mm on paper, so this is 12 points
REGEL = 22
RUIMTE = 6  # a line stays at least this far from what it passes
_STAPPEN = 40
_BOCHTEN = [0, *(teken * bocht for bocht in range(15, 260, 15) for teken in (1, -1))]


@dataclass(frozen=True)
class Tekst:
    """One line of text; `x` is its middle or its beginning, `y` its base line."""

    x: int
    y: int
    tekst: str
    vet: bool
    midden: bool


@dataclass(frozen=True)
class Merk:
    """A mark behind a name: for whom this helper is there."""

    x: int
    y: int
    breed: int
    hoog: int
    tekst: str

    @property
    def midden(self) -> int:
        """Out: the x of the middle of its text."""
        return self.x + self.breed // 2


@dataclass(frozen=True)
class Vorm:
    """Somebody, or an organisation. `soort`: gezin and netwerk are round, helper and regie are boxes."""

    soort: str
    x: int
    y: int
    breed: int
    hoog: int
    teksten: tuple[Tekst, ...] = ()
    merken: tuple[Merk, ...] = ()
    streep: int | None = None

    @property
    def straal(self) -> int:
        """Out: how round the corners are."""
        return self.hoog // 2 if self.soort in {"gezin", "netwerk"} else 10

    @property
    def midden(self) -> tuple[int, int]:
        """Out: the point in the middle."""
        return self.x + self.breed // 2, self.y + self.hoog // 2

    def verschoven(self, dx: int, dy: int) -> "Vorm":
        """in: how far to the right and down; out: the same shape there."""
        return replace(
            self,
            x=self.x + dx,
            y=self.y + dy,
            teksten=tuple(replace(tekst, x=tekst.x + dx, y=tekst.y + dy) for tekst in self.teksten),
            merken=tuple(replace(merk, x=merk.x + dx, y=merk.y + dy) for merk in self.merken),
            streep=None if self.streep is None else self.streep + dy,
        )

    def afstand(self, x: float, y: float) -> float:
        """in: a point; out: how far it is from this shape, 0 or less inside."""
        straal = self.straal
        dx = max(self.x + straal - x, 0, x - (self.x + self.breed - straal))
        dy = max(self.y + straal - y, 0, y - (self.y + self.hoog - straal))
        return hypot(dx, dy) - straal

    def rand(self) -> list[tuple[float, float]]:
        """Out: points on the edge that stick out furthest."""
        straal, schuin = self.straal, self.straal * (1 - sqrt(0.5))
        links, rechts, boven, onder = self.x, self.x + self.breed, self.y, self.y + self.hoog
        return [
            punt
            for x_kant, x_hoek, x_recht in (
                (links, links + schuin, links + straal),
                (rechts, rechts - schuin, rechts - straal),
            )
            for y_kant, y_hoek, y_recht in (
                (boven, boven + schuin, boven + straal),
                (onder, onder - schuin, onder - straal),
            )
            for punt in ((x_kant, y_recht), (x_hoek, y_hoek), (x_recht, y_kant))
        ]


@dataclass(frozen=True)
class Ring:
    """The circle around the family."""

    x: int
    y: int
    breed: int
    hoog: int

    def rand(self, x: float, y: float) -> tuple[int, int]:
        """in: a point outside; out: where the line from there to the middle meets the circle."""
        dx, dy = x - self.x, y - self.y
        deel = 1 / sqrt((dx / self.breed) ** 2 + (dy / self.hoog) ** 2)
        return round(self.x + deel * dx), round(self.y + deel * dy)


@dataclass(frozen=True)
class Lijn:
    """A line; `punt` is the dot where it meets the circle, None when it ends at somebody."""

    pad: str
    stippel: bool
    punt: tuple[int, int] | None = None


def begin(vorm: Vorm, ring: Ring, nummer: int = 0, van: int = 1) -> tuple[int, int]:
    """in: a shape, the circle, which of how many lines; out: where the line starts: the side that faces the circle."""
    midden_x, _midden_y = vorm.midden
    schuif = 2 * nummer - (van - 1)  # …, -1, 1, … or …, -2, 0, 2, …
    if vorm.x <= ring.x <= vorm.x + vorm.breed:
        return midden_x + schuif * min(24, vorm.breed // (2 * van + 2)), vorm.y
    y = min(max(ring.y, vorm.y + 20), vorm.y + vorm.hoog - 20)
    if van > 1:
        y = vorm.y + vorm.hoog // 2
    y += schuif * min(9, vorm.hoog // (2 * van + 2))
    return (vorm.x + vorm.breed, y) if midden_x < ring.x else (vorm.x, y)


def naar_ring(vorm: Vorm, ring: Ring, stippel: bool) -> Lijn:
    """in: a shape, the circle, dotted or not; out: a straight line to the edge of the circle, aimed at its middle."""
    x, y = begin(vorm, ring)
    punt = ring.rand(x, y)
    return Lijn(f"M{x} {y}L{punt[0]} {punt[1]}", stippel, punt)


def naar_mens(
    start: tuple[int, int], doel: Vorm, vrij_van: Iterable[Vorm], links_rechts: tuple[int, int], stippel: bool
) -> Lijn | None:
    """A line to somebody, bent as little as needed to pass everybody else.

    in: where it starts, to whom, what it has to pass, between which x it stays, dotted or not;
    out: the line (its end lies under the shape of that person), None when there is no way.
    """
    x, y = start
    doel_x, doel_y = doel.midden
    lengte = hypot(doel_x - x, doel_y - y)
    obstakels = list(vrij_van)
    for bocht in _BOCHTEN:
        buig_x = round((x + doel_x) / 2 - bocht * (doel_y - y) / lengte)
        buig_y = round((y + doel_y) / 2 + bocht * (doel_x - x) / lengte)
        punten = list(_punten(start, (buig_x, buig_y), (doel_x, doel_y)))
        binnen = all(links_rechts[0] <= punt[0] <= links_rechts[1] for punt in punten)
        if binnen and all(vorm.afstand(*punt) >= RUIMTE for vorm in obstakels for punt in punten):
            pad = f"L{doel_x} {doel_y}" if bocht == 0 else f"Q{buig_x} {buig_y} {doel_x} {doel_y}"
            return Lijn(f"M{x} {y}{pad}", stippel)
    return None


def _punten(van: tuple[int, int], buig: tuple[int, int], tot: tuple[int, int]) -> Iterable[tuple[float, float]]:
    for stap in range(_STAPPEN + 1):
        t = stap / _STAPPEN
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        yield a * van[0] + b * buig[0] + c * tot[0], a * van[1] + b * buig[1] + c * tot[1]
