"""The parts of the overview of one family member: what a page or a paper shows, as finished sentences."""

from dataclasses import dataclass
from datetime import date

from casussen.models.basis import initialen, roepnaam

NAAST_ELKAAR = 300  # characters


@dataclass(frozen=True)
class Mens:
    """Somebody on the page. `vorm` says which shape the avatar has: gezin, netwerk, helper or regie."""

    naam: str
    vorm: str
    functie: str
    organisatie: str
    telefoon: str

    @property
    def rol(self) -> str:
        """Out: function and organisation."""
        return ", ".join(deel for deel in (self.functie, self.organisatie) if deel)

    @property
    def waar(self) -> str:
        """Out: the organisation, for somebody of the own network the relation."""
        return self.organisatie or self.functie

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)

    @property
    def roepnaam(self) -> str:
        """Out: the name that people at the table use."""
        return roepnaam(self.naam)


@dataclass(frozen=True)
class Vervanger:
    """Whom to call when the first contact is away."""

    naam: str
    telefoon: str


@dataclass(frozen=True)
class Bellen:
    """Whom to call first. `zinnen`: when, how soon that person calls back, and what app and mail are for."""

    mens: Mens
    eerst: str
    waarvoor: str
    zinnen: tuple[str, ...]
    vervanger: Vervanger | None
    als_afwezig: str


@dataclass(frozen=True)
class Nood:
    """Nights, weekend and need; 112 is always on the page."""

    teksten: tuple[str, ...]
    nummer: str

    @property
    def is_lang(self) -> bool:
        """Out: whether the text is too long to stand beside whom to call first."""
        return sum(len(tekst) for tekst in self.teksten) > NAAST_ELKAAR


@dataclass(frozen=True)
class Hulp:
    """One card: what somebody helps with, for whom, and how to reach that person."""

    waarvoor: str
    voor_wie: str
    mens: Mens
    zinnen: tuple[str, ...]


@dataclass(frozen=True)
class Belofte:
    """One agreement, with its moment in words."""

    wat: str
    wanneer: str


@dataclass(frozen=True)
class Eigenaar:
    """Somebody and what that person does. `is_lezer`: it is the reader himself."""

    mens: Mens
    naam: str
    is_lezer: bool
    beloften: tuple[Belofte, ...]


@dataclass(frozen=True)
class Antwoord:
    """The answer to one question; the deeper question only when it was answered."""

    kop: str
    tekst: str
    keuzes: tuple[str, ...]
    doorvraag: str
    doorvraag_tekst: str


@dataclass(frozen=True)
class Groep:
    """The heading of one step in the words of the family, and the answers under it."""

    kop: str
    antwoorden: tuple[Antwoord, ...]


@dataclass(frozen=True)
class Gesprek:
    """When everybody talks again."""

    dag: date
    dag_zin: str
    zinnen: tuple[str, ...]


@dataclass(frozen=True)
class Einde:
    """How the cooperation ended, and who can still be reached."""

    zin: str
    blijft_bereikbaar: str
    belt_nog_een_keer: str


@dataclass(frozen=True)
class GezinsOverzicht:
    """Everything on the page of one reader. `nummer` is None for a draft.

    The seven groups are the steps; `contact_verder` holds the other answers of step 6, whose heading in the words of
    the family already stands above whom to call.
    """

    gezin: str
    lezer: Mens
    je: bool
    nummer: int | None
    versie_zin: str
    bedoeld: str
    groet: str
    bellen: Bellen | None
    nood: Nood
    helpers_kop: str
    helpers: tuple[Hulp, ...]
    afspraken: tuple[Eigenaar, ...]
    gesprek: Gesprek | None
    einde: Einde | None
    klopt: str
    waarom: Groep
    wie: Groep
    verwachten: Groep
    regie: Groep
    afgesproken: Groep
    contact: Groep
    contact_verder: Groep
    terugkijken: Groep

    @property
    def concept(self) -> bool:
        """Out: whether this is a draft."""
        return self.nummer is None
