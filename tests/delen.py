"""What the tests of reading along share: a trainer whose club does not belong to the help, and who says what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from casussen.acties import afspraken, deelnemers, toestemming
from casussen.actor import Actor
from casussen.models import (
    Afspraak,
    Casus,
    Deelnemer,
    Deling,
    Geinformeerd,
    Gezinslid,
    Organisatie,
    Toestemming,
)
from casussen.models.toestemming import Hoe, Onderdeel, Zegt
from casussen.overzicht.dossier import laad
from casussen.toestemming.meelezen import Meelezer
from tests.cast import Kuipers

ALLES = [deel.value for deel in Onderdeel]


@dataclass
class Club:
    """The football club of Milan: Dennis is there for Milan only, and owns one agreement."""

    kuipers: Kuipers
    organisatie: Organisatie
    dennis: Deelnemer
    traint: Afspraak

    @property
    def casus(self) -> Casus:
        """The family."""
        return self.kuipers.casus


def maak_club(kuipers: Kuipers) -> Club:
    """Lets the trainer take part; nobody was asked yet."""
    door, casus = kuipers.door, kuipers.casus
    dennis = deelnemers.zet_in_adresboek(
        door=door, naam="Dennis Bal", functie="trainer", organisatie="FC De Twent", email="d.bal@fctwent.example",
        telefoon="085-0000 071", hoort_bij_hulp=False,
    )  # fmt: skip
    deelnemer = deelnemers.voeg_professional_toe(
        door=door, casus=casus, pk=uuid4(), professional=dennis,
        velden={"waarvoor": "Milan traint er op dinsdag", "voor_wie": [kuipers.milan]},
    )  # fmt: skip
    traint = afspraken.zet_afspraak(
        door=door, casus=casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik bel Bart na de training.", "deelnemer": deelnemer},
    )  # fmt: skip
    return Club(kuipers, dennis.organisatie, deelnemer, traint)


def zegt(
    club: Club, *wie: Gezinslid, antwoord: str = Zegt.JA, onderdelen: list[str] | None = None, anders: str = "",
    pk: UUID | None = None, door: Actor | None = None, **velden: Any,
) -> int:  # fmt: skip
    """Records what these people say about the club."""
    delen = ALLES if onderdelen is None else onderdelen
    return toestemming.leg_toestemming_vast(
        door=door or club.kuipers.door,
        casus=club.casus,
        organisatie=club.organisatie,
        pk=pk or uuid4(),
        gevers=list(wie),
        gever_anders=anders,
        velden={
            "zegt": antwoord,
            "doel": "Milan kan op tijd bij de training zijn.",
            "onderdelen": delen if antwoord == Zegt.JA else [],
            "hoe": Hoe.GESPROKEN,
            "op": timezone.localdate(),
            **velden,
        },
    )


def iedereen_zegt_ja(club: Club, **velden: Any) -> int:
    """Milan is 15: he and both parents are asked."""
    k = club.kuipers
    return zegt(club, k.milan, k.bart, k.esra, **velden)


def meelezer(club: Club) -> Meelezer:
    """The club as it stands now."""
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=club.casus.pk)
    return next(rij for rij in laad(casus).meelezers if rij.organisatie == club.organisatie)


def trek_in(club: Club, wie: Gezinslid | None, na_intrekken: str = "blijft") -> int:
    """Somebody takes his yes back."""
    return toestemming.trek_in(
        door=club.kuipers.door, casus=club.casus, organisatie=club.organisatie, gever=wie, na_intrekken=na_intrekken
    )


def _linde(k: Kuipers) -> Organisatie:
    return Organisatie.objects.get(naam="De Linde")


def _deling(k: Kuipers, **velden: Any) -> object:
    return Deling.objects.create(casus=k.casus, organisatie=_linde(k), **velden)


def _twee(maak: Callable[[], object]) -> object:
    return [maak() for _keer in range(2)]


def _antwoord(k: Kuipers, **velden: Any) -> object:
    """Bart's yes about Milan, with something that cannot be."""
    ja = {
        "over": k.milan, "gever": k.bart, "doel": "trainen", "onderdelen": ["naam"], "hoe": "gesproken",
        "op": timezone.localdate(), "vastgelegd_door": k.teams.sanne,
    }  # fmt: skip
    return Toestemming.objects.create(casus=k.casus, organisatie=_linde(k), **(ja | velden))


def _verteld(k: Kuipers) -> object:
    return Geinformeerd.objects.create(
        casus=k.casus, organisatie=_linde(k), gezinslid=k.bart, hoe="papier", op=timezone.localdate(),
        vastgelegd_door=k.teams.sanne,
    )  # fmt: skip


VOOGD = {"gever": None, "gever_anders": "T. Bos, voogd"}

# Each constraint, with what it refuses (tests/test_models.py).
GRENZEN: list[tuple[str, Callable[[Kuipers], object]]] = [
    ("deling_een_per_organisatie", lambda k: _twee(lambda: _deling(k, grond="betrokken"))),
    ("deling_zonder_toestemming_met_reden", lambda k: _deling(k, grond="plicht")),
    ("deling_zonder_toestemming_met_reden", lambda k: _deling(k, grond="gevaar")),
    ("deling_zonder_toestemming_met_reden", lambda k: _deling(k, grond="veilig-thuis")),
    ("toestemming_een_gever", lambda k: _antwoord(k, gever_anders="T. Bos, voogd")),
    ("toestemming_een_gever", lambda k: _antwoord(k, gever=None)),
    ("toestemming_een_keer_tegelijk", lambda k: _twee(lambda: _antwoord(k))),
    ("toestemming_van_een_ander_een_keer", lambda k: _twee(lambda: _antwoord(k, **VOOGD))),
    ("toestemming_na_intrekken_alleen_ingetrokken", lambda k: _antwoord(k, na_intrekken="blijft")),
    (
        "toestemming_na_intrekken_alleen_ingetrokken",
        lambda k: _antwoord(k, zegt="nee", onderdelen=[], na_intrekken="blijft", ingetrokken_op=timezone.now()),
    ),
    ("toestemming_wissen_alleen_gevraagd", lambda k: _antwoord(k, wissen_gevraagd_op=timezone.now())),
    ("toestemming_ja_over_iets", lambda k: _antwoord(k, onderdelen=[])),
    ("toestemming_ja_over_iets", lambda k: _antwoord(k, onderdelen=["afspraken"])),
    ("toestemming_ja_over_iets", lambda k: _antwoord(k, zegt="nee")),
    ("geinformeerd_een_keer", lambda k: _twee(lambda: _verteld(k))),
]
