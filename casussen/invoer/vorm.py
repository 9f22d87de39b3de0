"""What a file with a family holds, after checking. Names are unique in one file: agreements refer to them."""

from dataclasses import dataclass
from datetime import date

from casussen.invoer.blok import Blok
from casussen.taal.bereikbaar import Bereikbaar
from casussen.taal.datums import over_weken


@dataclass(frozen=True)
class Gezinslid:
    """Somebody of the family; None for gezag means that the file does not say."""

    naam: str
    relatie: str
    geboren: date | None
    gezag: bool | None
    email: str
    telefoon: str
    taal: str
    opmerking: str
    adres_geheim: bool
    internet: bool

    @property
    def krijgt_mail(self) -> bool:
        """Out: whether mail makes sense: an address and internet; never to a parent without gezag."""
        return bool(self.email) and self.internet and self.gezag is not False


@dataclass(frozen=True)
class Netwerklid:
    """Somebody from the family's own network."""

    naam: str
    relatie: str
    waarvoor: str
    email: str
    telefoon: str


@dataclass(frozen=True)
class Professional:
    """A helper. `regie` is what he is for the whole casus (a Functie, "" for nothing); `blok` is where it stands."""

    naam: str
    functie: str
    organisatie: str
    email: str
    telefoon: str
    regie: str
    waarvoor: str
    bereikbaar: Bereikbaar
    vervanger: str
    blok: Blok


@dataclass(frozen=True)
class Antwoord:
    """The answer to one question: a text, or codes of options."""

    vraag: str
    tekst: str
    keuzes: tuple[str, ...]


@dataclass(frozen=True)
class Afspraak:
    """An agreement. `lezers` are names of family members; None: everyone in the family reads it."""

    wie: str
    wat: str
    wanneer: str
    datum: date | None
    lezers: tuple[str, ...] | None
    voor_professionals: bool


@dataclass(frozen=True)
class Evaluatie:
    """When everyone looks back: on a day, or a number of weeks after the import."""

    over_weken: int | None
    datum: date | None
    waar: str
    uitnodiger: str

    def dag(self, vandaag: date) -> date:
        """in: the day of the import; out: the day of the evaluation; weeks never end in a weekend."""
        if self.datum is not None:
            return self.datum
        assert self.over_weken is not None  # one of the two is required
        return over_weken(vandaag, self.over_weken)


@dataclass(frozen=True)
class Invoer:
    """The whole file."""

    soort: str
    naam: str
    gezin: tuple[Gezinslid, ...]
    netwerk: tuple[Netwerklid, ...]
    professionals: tuple[Professional, ...]
    antwoorden: tuple[Antwoord, ...]
    afspraken: tuple[Afspraak, ...]
    evaluatie: Evaluatie | None
