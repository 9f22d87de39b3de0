"""Where somebody of the family is named in what others typed: that goes too when the data of this person go."""

import re
from dataclasses import dataclass

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator

from casussen.models import Afspraak, Antwoord, Casus, Gezinslid, Netwerklid, Verzoek
from casussen.models.basis import AANSPREEKWOORDEN
from casussen.overzicht import rijen

GEWIST = "[gewist]"
FRAGMENT = 160  # characters around a name
_CIJFERS = re.compile(r"\d")


@dataclass(frozen=True)
class Zoeker:
    """What gives somebody away in a text. `zeker` means this person only; `misschien` may be somebody else.

    Both are None when there is nothing to look for.
    """

    zeker: re.Pattern[str] | None
    misschien: re.Pattern[str] | None

    def verberg(self, tekst: str) -> str:
        """in: a text; out: the same without what is surely about this person."""
        return self.zeker.sub(GEWIST, tekst) if self.zeker else tekst

    def noemt(self, tekst: str) -> bool:
        """in: a text; out: whether it surely names this person."""
        return bool(self.zeker and self.zeker.search(tekst))


@dataclass(frozen=True)
class Vindplaats:
    """One text that names somebody: where it is, the words around the name, where to mend it (empty: nowhere).

    `zeker`: the name becomes GEWIST by itself; else somebody must look who is meant.
    """

    waar: str
    fragment: str
    url: str
    zeker: bool


def zoeker(casus: Casus, lid: Gezinslid) -> Zoeker:
    """in: a casus, somebody of its family; out: what to look for.

    The whole name, the e-mail address and the telephone number, and each word of the name that nobody else in the
    casus has. A first name that somebody else has too is only "misschien".
    """
    anderen = [ander for ander in casus.gezinsleden.all() if ander.pk != lid.pk]
    mensen: list[Gezinslid | Netwerklid] = [*anderen, *casus.netwerkleden.all()]
    helpers = casus.deelnemers.filter(professional__isnull=False).values_list("professional__naam", flat=True)
    bezet = {woord for naam in [*(mens.naam for mens in mensen), *helpers] for woord in _woorden(naam)}
    gedeeld = {contact for mens in mensen for contact in (mens.email.casefold(), _nummer(mens.telefoon))}
    eigen = [woord for woord in _woorden(lid.naam) if woord not in bezet]
    delen = [r"\s+".join(map(re.escape, lid.naam.split())), *map(re.escape, eigen)]
    if lid.email and lid.email.casefold() not in gedeeld:
        delen.append(re.escape(lid.email))
    if len(_nummer(lid.telefoon)) > 5 and _nummer(lid.telefoon) not in gedeeld:
        delen.append(r"[\s.()-]*".join(_nummer(lid.telefoon)))
    roepnaam = lid.roepnaam.casefold()
    return Zoeker(_patroon(delen), _patroon([re.escape(roepnaam)] if roepnaam in bezet else []))


def _woorden(naam: str) -> list[str]:
    """The words of a name by which somebody is known: "Jan van den Berg" gives jan and berg."""
    woorden = [woord for woord in naam.split() if len(woord) > 1 and woord.lower() not in AANSPREEKWOORDEN]
    met_hoofdletter = [woord for woord in woorden if woord[0].isupper()]
    return [woord.casefold() for woord in met_hoofdletter or woorden]


def _nummer(telefoon: str) -> str:
    return "".join(_CIJFERS.findall(telefoon))


def _patroon(delen: list[str]) -> re.Pattern[str] | None:
    # The longest first, so that a whole name is one find; "Barts" and "Bart’s" are Bart.
    op_lengte = sorted(delen, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(op_lengte)})(?:['’]?s)?(?!\w)", re.IGNORECASE) if delen else None


def vindplaatsen(casus: Casus, lid: Gezinslid) -> list[Vindplaats]:
    """in: a casus, somebody of its family; out: the texts that name this person and that are not his own."""
    zoek = zoeker(casus, lid)
    gevonden = []
    for rij, veld, tekst in teksten_van_anderen(casus, lid):
        for patroon, zeker in ((zoek.zeker, True), (zoek.misschien, False)):
            treffer = patroon.search(tekst) if patroon else None
            if treffer:
                gevonden.append(Vindplaats(_waar(rij, veld), _fragment(tekst, treffer), _adres(casus, rij), zeker))
                break
    return gevonden


def teksten_van_anderen(casus: Casus, lid: Gezinslid) -> list[tuple[models.Model, str, str]]:
    """in: a casus, somebody of its family; out: every filled text with its row and field, but for this person's own."""
    return [
        (rij, veld, tekst)
        for rij in rijen.van_casus(casus)
        if not is_van(rij, lid)
        for veld in rijen.tekstvelden(type(rij))
        if (tekst := getattr(rij, veld)) and not (isinstance(rij, Casus) and veld == "naam")
    ]


def is_van(rij: models.Model, lid: Gezinslid) -> bool:
    """in: a row of the casus, somebody of the family; out: whether it goes with the data of this person."""
    return rij == lid or lid.pk in (getattr(rij, "gezinslid_id", None), getattr(rij, "over_id", None))


def _waar(rij: models.Model, veld: str) -> str:
    naam = str(rij._meta.verbose_name)
    if isinstance(rij, Antwoord):
        vragen = {vraag.code: vraag.tekst for stap in rij.casus.handreiking.inhoud.stappen for vraag in stap.vragen}
        return f"{naam}: {vragen.get(rij.vraag, rij.vraag)}".capitalize()
    return f"{naam}: {rij._meta.get_field(veld).verbose_name}".capitalize()  # type: ignore[union-attr]


def _fragment(tekst: str, treffer: re.Match[str]) -> str:
    begin = max(0, treffer.start() - FRAGMENT // 2)
    return ("… " if begin else "") + Truncator(tekst[begin:].strip()).chars(FRAGMENT)


def _adres(casus: Casus, rij: models.Model) -> str:
    """Where a text can still be changed; nowhere once the casus is closed."""
    if isinstance(rij, Verzoek):
        return reverse("casussen:verzoek", args=[casus.pk, rij.pk])
    if not casus.is_open:
        return ""
    if isinstance(rij, Antwoord):
        stap = next(
            (stap for stap in casus.handreiking.inhoud.stappen if rij.vraag in {vraag.code for vraag in stap.vragen}),
            None,
        )
        return reverse("casussen:stap", args=[casus.pk, stap.nummer]) if stap else ""
    if isinstance(rij, Afspraak):
        return reverse("casussen:afspraak", args=[casus.pk, rij.pk]) if rij.vervallen_op is None else ""
    return ""


def in_versies(casus: Casus, lid: Gezinslid) -> list[int]:
    """in: a casus, somebody of its family; out: the numbers of the fixed versions in which this person stands."""
    return [versie.nummer for versie in rijen.versies(casus) if str(lid.pk) in str(versie.inhoud)]
