"""The network picture: the family in a circle, around it everybody who helps. Geometry only; a template draws it.

The picture is 720 units wide: 180 mm on paper, where its letters are 12 points. Left and right stand the others, at
the bottom, dark, whoever the reader calls first (for staff: who has the regie). Up to eight helpers: a box per person
with a line to each family member that he is there for. From nine, or when a line would have to cross somebody: a box
per organisation with one line to the circle, and for whom somebody is there as a mark behind the name.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casussen.models.basis import roepnaam
from casussen.models.deelnemer import Functie
from casussen.overzicht import kaart_blokken as blokken
from casussen.overzicht import lezer
from casussen.overzicht.kaart_blokken import ZIJ_BREED, Blok
from casussen.overzicht.kaart_vormen import Lijn, Ring, Vorm, begin, naar_mens, naar_ring
from casussen.overzicht.lezer import Rij
from casussen.overzicht.momentopname import Opname
from casussen.taal.datums import opsomming

BREED = 720
MAX_PERSONEN = 8
MAX_ORGANISATIES = 11
MAX_PER_KANT = 5
_RAND, _GAT, _GROOTSTE_GAT, _BOVEN_REGIE = 2, 14, 60, 20
_OVERKANT = 130  # how much higher a column may become to keep somebody on the own side
_TUSSEN_KOLOMMEN = (_RAND + ZIJ_BREED, BREED - _RAND - ZIJ_BREED)


@dataclass(frozen=True)
class Kaart:
    """A picture to draw: the circle first, then lines, then shapes. `tekst` says in words all that can be seen.

    `legenda` holds pairs of a kind (gezin, helper, organisatie, lijn, stippel, or a mark) and its meaning.
    """

    breed: int
    hoog: int
    titel: str
    tekst: str
    ring: Ring
    lijnen: tuple[Lijn, ...]
    vormen: tuple[Vorm, ...]
    legenda: tuple[tuple[str, str], ...]

    @property
    def bijzonder(self) -> bool:
        """Out: whether there are dotted lines or marks, so that even a small picture needs its legend."""
        return any(soort not in {"gezin", "helper", "organisatie"} for soort, _tekst in self.legenda)


def teken(opname: Opname, lezer_id: str | None) -> Kaart:
    """in: a casus as data, the id of the family member who looks (None: staff); out: what this reader may see of it."""
    tekenaar = _Tekenaar(opname, lezer_id)
    kaart = tekenaar.per_persoon() if len(tekenaar.helpers) <= MAX_PERSONEN else None
    return kaart or tekenaar.per_organisatie()


class _Tekenaar:
    """Holds what one reader may see while the picture is made."""

    def __init__(self, opname: Opname, lezer_id: str | None) -> None:
        zichtbaar = lezer.deelnemers(opname, lezer_id)
        self.naam, self.lezer_id = opname["naam"], lezer_id
        self.helpers = [rij for rij in zichtbaar if rij["is_professional"]]
        self.vrienden = [rij for rij in zichtbaar if not rij["is_professional"]]
        self.gezin = blokken.Gezin(opname["gezinsleden"])
        if lezer_id is None:
            eerste = lezer.met_functie(opname, Functie.REGIEVOERDER, None)
        else:
            eerste = lezer.eerste_contact(opname, lezer_id)
        self.donker = eerste if eerste in self.helpers else None
        self.etiket = _("regie") if lezer_id is None else _("eerst bellen")
        self.vervanger = lezer.met_functie(opname, Functie.VERVANGER, lezer_id)

    def per_persoon(self) -> Kaart | None:
        """A box and lines per person; None when a line would have to cross somebody."""
        los = [rij for rij in self.helpers if rij is not self.donker]
        onder = None
        if self.donker is not None:
            erbij = ""
            if self.vervanger in los and self.vervanger["organisatie"] == self.donker["organisatie"]:
                los.remove(self.vervanger)
                erbij = _("%(naam)s vervangt") % {"naam": self.vervanger["naam"]}
            onder = blokken.persoon(self.gezin, self.donker, etiket=self.etiket, erbij=erbij)
        opzij = [blokken.persoon(self.gezin, rij) for rij in los]
        in_kolom = len(opzij) + len(self.vrienden) <= MAX_PERSONEN
        if in_kolom:
            opzij += [blokken.vriend(self.gezin, rij) for rij in self.vrienden]
        plaatser = _Plaatser(self.gezin, [] if in_kolom else self.vrienden, opzij, onder)
        lijnen = plaatser.lijnen_naar_mensen()
        return None if lijnen is None else self.kaart(plaatser, lijnen, "helper", _("helper"))

    def per_organisatie(self) -> Kaart:
        """A box per organisation with one line to the circle."""
        merken = any(self.gezin.voor_wie(rij) for rij in self.helpers)
        eigen = self.donker["organisatie"] if self.donker else None
        opzij, onder = [], None
        for naam, mensen in _organisaties(self.helpers, eigen):
            if self.donker is not None and naam == eigen:
                eerst = sorted(mensen, key=lambda rij: rij is not self.donker)
                onder = blokken.organisatie(self.gezin, naam, eerst, merken=merken, etiket=self.etiket)
            else:
                opzij.append(blokken.organisatie(self.gezin, naam, mensen, merken=merken))
        plaatser = _Plaatser(self.gezin, self.vrienden, opzij, onder)
        return self.kaart(plaatser, plaatser.lijnen_naar_ring(), "organisatie", _("organisatie"))

    # Words

    def kaart(self, plaatser: "_Plaatser", lijnen: list[Lijn], soort: str, woord: str) -> Kaart:
        return Kaart(
            breed=BREED,
            hoog=plaatser.hoog,
            titel=_("Netwerkkaart van %(naam)s") % {"naam": self.naam},
            tekst=" ".join(self.zinnen()),
            ring=plaatser.ring,
            lijnen=tuple(lijnen),
            vormen=tuple(plaatser.vormen),
            legenda=tuple(self.legenda(plaatser, lijnen, soort, woord)),
        )

    def zinnen(self) -> list[str]:
        namen = opsomming(list(self.gezin.namen.values()))
        zinnen = [_("In het midden: %(namen)s.") % {"namen": namen}] if namen else []
        if self.donker is not None:
            tekst = _("%(wie)s, heeft de regie.") if self.lezer_id is None else _("Eerst bellen: %(wie)s.")
            zinnen.append(tekst % {"wie": self.wie(self.donker)})
        zinnen += [f"{self.wie(rij)}." for rij in self.helpers if rij is not self.donker]
        if self.vrienden:
            vrienden = "; ".join(self.wie(rij) for rij in self.vrienden)
            zinnen.append(_("Familie en vrienden: %(namen)s.") % {"namen": vrienden})
        return zinnen

    def wie(self, rij: Rij) -> str:
        """One person in words: name, organisation, for whom, and whether only when needed."""
        delen = [rij["naam"]]
        if rij["organisatie"]:
            delen.append(rij["organisatie"])
        if rij == self.vervanger and self.donker is not None and rij is not self.donker:
            delen.append(_("vervangt %(naam)s") % {"naam": roepnaam(self.donker["naam"])})
        voor = [self.gezin.namen[pk] for pk in self.gezin.voor_wie(rij)]
        if voor:
            delen.append(_("voor %(namen)s") % {"namen": opsomming(voor)})
        if rij["alleen_als_nodig"]:
            delen.append(_("alleen als het nodig is"))
        return ", ".join(delen)

    def legenda(self, plaatser: "_Plaatser", lijnen: list[Lijn], soort: str, woord: str) -> list[tuple[str, str]]:
        familie = _("gezin, familie en vrienden") if self.vrienden else _("gezin")
        regels = [("gezin", familie)]
        if any(vorm.soort == "helper" for vorm in plaatser.vormen):
            regels.append((soort, woord))
        if any(lijn.stippel for lijn in lijnen):
            regels += [("lijn", _("vast contact")), ("stippel", _("alleen als het nodig is"))]
        gebruikt = {merk.tekst for vorm in plaatser.vormen for merk in vorm.merken}
        regels += [
            (letter, _("voor %(namen)s") % {"namen": self.gezin.namen[pk]})
            for pk, letter in self.gezin.letters.items()
            if letter in gebruikt
        ]
        return regels


class _Plaatser:
    """Gives every block its place: the circle in the middle, two columns, and the dark box below the circle."""

    def __init__(self, gezin: blokken.Gezin, vrienden: list[Rij], opzij: list[Blok], onder: Blok | None) -> None:
        ring, leden, in_kring = blokken.kring(gezin, vrienden)
        links, rechts, over = _verdeel(opzij, leden)
        onder = onder or over
        kolom = max(_hoogte(links), _hoogte(rechts))
        midden_hoog = 2 * ring.hoog + (_BOVEN_REGIE + onder.vorm.hoog if onder else 0)
        midden = _RAND + ring.hoog + max(0, (kolom - midden_hoog) // 2)
        self.ring = Ring(BREED // 2, midden, ring.breed, ring.hoog)
        self.leden = {pk: vorm.verschoven(BREED // 2, midden) for pk, vorm in leden.items()}
        self.in_kring = [vorm.verschoven(BREED // 2, midden) for vorm in in_kring]
        self.blokken = [
            *self.kolom(links, kolom, links=True),
            *self.kolom(rechts, kolom, links=False),
        ]
        self.onder = None
        if onder is not None:
            self.onder = self.zet_onder(onder)
            self.blokken.append((onder, self.onder))
        self.vormen = [*self.in_kring, *(vorm for _blok, vorm in self.blokken)]
        self.hoog = _RAND + max([midden + ring.hoog, *(vorm.y + vorm.hoog for vorm in self.vormen)])

    def kolom(self, opzij: list[Blok], hoogte: int, *, links: bool) -> list[tuple[Blok, Vorm]]:
        """One column, its blocks spread around the middle of the circle, each against the inner side."""
        if not opzij:
            return []
        samen = sum(blok.vorm.hoog for blok in opzij)
        tussen = max(len(opzij) - 1, 1)
        gat = min(_GROOTSTE_GAT, max(_GAT, (max(hoogte, 2 * self.ring.hoog - 30) - samen) // tussen))
        hoog = samen + gat * (len(opzij) - 1)
        y = max(_RAND, min(self.ring.y, _RAND + max(hoogte, 2 * self.ring.hoog) // 2) - hoog // 2)
        geplaatst = []
        for blok in opzij:
            x = _RAND + ZIJ_BREED - blok.vorm.breed if links else BREED - _RAND - ZIJ_BREED
            geplaatst.append((blok, blok.vorm.verschoven(x, y)))
            y += blok.vorm.hoog + gat
        return geplaatst

    def zet_onder(self, onder: Blok) -> Vorm:
        """Below the circle, and no higher than the last boxes beside it."""
        laatste = [vorm.y for _blok, vorm in self.blokken]
        y = max([self.ring.y + self.ring.hoog + _BOVEN_REGIE, *laatste])
        return onder.vorm.verschoven((BREED - onder.vorm.breed) // 2, y)

    def lijnen_naar_ring(self) -> list[Lijn]:
        return [naar_ring(vorm, self.ring, blok.stippel) for blok, vorm in self.blokken]

    def lijnen_naar_mensen(self) -> list[Lijn] | None:
        """A line to each person, or to the circle for who is there for everybody; None when there is no way."""
        lijnen: list[Lijn] = []
        for blok, vorm in self.blokken:
            doelen = sorted({self.leden[pk] for pk in blok.wie}, key=lambda doel: self.volgorde(vorm, doel))
            if not doelen:
                lijnen.append(naar_ring(vorm, self.ring, blok.stippel))
            for nummer, doel in enumerate(doelen):
                start = begin(vorm, self.ring, nummer, len(doelen))
                lijn = naar_mens(start, doel, self.in_de_weg(vorm, doel), _TUSSEN_KOLOMMEN, blok.stippel)
                if lijn is None:
                    return None
                lijnen.append(lijn)
        return lijnen

    def volgorde(self, vorm: Vorm, doel: Vorm) -> tuple[int, int]:
        """Lines start in the order in which they arrive, so that they do not cross at once."""
        x, y = doel.midden
        return (x, y) if vorm is self.onder else (y, x)

    def in_de_weg(self, vorm: Vorm, doel: Vorm) -> list[Vorm]:
        onder = [self.onder] if self.onder is not None and self.onder is not vorm else []
        return [ander for ander in [*self.in_kring, *onder] if ander != doel]


def _hoogte(opzij: list[Blok]) -> int:
    return sum(blok.vorm.hoog for blok in opzij) + _GAT * max(len(opzij) - 1, 0)


def _verdeel(opzij: list[Blok], leden: dict[str, Vorm]) -> tuple[list[Blok], list[Blok], Blok | None]:
    """Over two columns: for the children on top, for the parents below, equal: by name.

    Each goes to the side of whom it is there for, unless that column would become much higher. Out: left, right, and
    the one block for which no column has room.
    """
    links: list[Blok] = []
    rechts: list[Blok] = []
    for blok in sorted(opzij, key=lambda blok: (-blok.kind_deel, blok.naam)):
        kanten = [(links, 1), (rechts, -1)]
        vrij = [(kant, teken) for kant, teken in kanten if len(kant) < MAX_PER_KANT]
        if not vrij:
            return links, rechts, blok
        x = sum(leden[pk].midden[0] for pk in blok.wie)
        beste, _teken = min(vrij, key=lambda kant: _hoogte(kant[0]) + (_OVERKANT if x * kant[1] > 0 else 0))
        beste.append(blok)
    return links, rechts, None


def _organisaties(helpers: list[Rij], eigen: str | None) -> list[tuple[str, list[Rij]]]:
    """Helpers per organisation. More than eleven: the smallest share one box, those with one helper first."""
    groepen: dict[str, list[Rij]] = {}
    for rij in helpers:
        groepen.setdefault(rij["organisatie"], []).append(rij)
    if len(groepen) <= MAX_ORGANISATIES:
        return list(groepen.items())
    klein = sorted((naam for naam in groepen if naam != eigen), key=lambda naam: len(groepen[naam]))
    minstens = len(groepen) - MAX_ORGANISATIES + 1
    alleen = sum(len(groepen[naam]) == 1 for naam in klein)
    samen = set(klein[: max(minstens, alleen)])
    apart = [(naam, mensen) for naam, mensen in groepen.items() if naam not in samen]
    return [*apart, (_("Ook betrokken"), [rij for naam in groepen if naam in samen for rij in groepen[naam]])]
