"""The table of link states: in which state a link can be, how it is asked for, and exactly what then happens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen.acties import deelnemers
from casussen.acties.casus import begin_casus
from casussen.berichten import links
from casussen.models import Afspraak, Casus, Deelnemer, Gezinslid, Toegangslink
from tests import cast
from tests.delen import Club, trek_in
from tests.taaklink import token

GETYPT = "Kan het ook op zaterdag?"
VOORUIT = [
    {"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"},
]  # fmt: skip


@dataclass
class Klop:
    """Somebody who knocks: the browser, the token that it has, and the agreement that it asks for."""

    client: Client
    token: str
    afspraak: UUID


@dataclass(frozen=True)
class Uitkomst:
    """What happens: the status; the page by words on it (empty: no body) or, for a redirect, where to; which tables
    changed; the lines in the log; whether the browser gets a cookie of the link.
    """

    status: int
    woorden: str = ""
    veranderd: frozenset[str] = frozenset()
    regels: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cookie: bool = False


# The states. Each takes the family, fixed, with the club in it that everybody said yes to.


def _klop(aan: Deelnemer | Gezinslid, afspraak: Afspraak, client: Client | None = None) -> Klop:
    return Klop(client or Client(), token(aan), afspraak.pk)


def _zet(klop: Klop, **velden: object) -> Klop:
    Toegangslink.objects.filter(token_hash=links.hash_van(klop.token)).update(**velden)
    return klop


def _begin(klop: Klop, client: Client) -> Klop:
    """Somebody says in this browser who he is."""
    client.post(f"/t/{klop.token}/", {"ik": "1", "wat": "verder"})
    return klop


def _vers(club: Club) -> Klop:
    return _klop(club.dennis, club.traint)


def _hier(club: Club) -> Klop:
    klop = _vers(club)
    return _begin(klop, klop.client)


def _elders(club: Club) -> Klop:
    return _begin(_vers(club), Client())


def _uren_geleden(club: Club) -> Klop:
    return _zet(_hier(club), gebonden_tot=timezone.now())


def _verlopen(club: Club) -> Klop:
    return _zet(_vers(club), geldig_tot=timezone.now())


def _verlopen_hier(club: Club) -> Klop:
    return _zet(_hier(club), geldig_tot=timezone.now())


def _ingetrokken(club: Club) -> Klop:
    return _zet(_vers(club), ingetrokken_op=timezone.now())


def _ingetrokken_hier(club: Club) -> Klop:
    return _zet(_hier(club), ingetrokken_op=timezone.now())


def _vervangen(club: Club) -> Klop:
    klop = _vers(club)
    _adres, nieuw = links.maak_link(club.dennis, nu=timezone.now())
    links.trek_eerdere_in(nieuw, nu=timezone.now())
    return klop


def _verzonnen(club: Club) -> Klop:
    return Klop(Client(), "a" * 32, club.traint.pk)


def _gestopt(club: Club) -> Klop:
    klop = _hier(club)
    Deelnemer.objects.filter(pk=club.dennis.pk).update(tot=timezone.now())
    return klop


def _gesloten_casus(club: Club) -> Klop:
    klop = _hier(club)
    Casus.objects.filter(pk=club.casus.pk).update(afgesloten_op=timezone.now())
    return klop


def _zonder_toestemming(club: Club) -> Klop:
    klop = _hier(club)
    trek_in(club, club.kuipers.bart)
    return klop


def _andere_soort(club: Club) -> Klop:
    return Klop(Client(), token(club.kuipers.bart), club.traint.pk)


def _andere_casus(club: Club) -> Klop:
    """A good link, in its browser, of a helper of another family, who asks for an agreement of this one."""
    teams = club.kuipers.teams
    door = cast.deur(teams.karin)
    bos = begin_casus(door=door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid, coordinator=teams.karin)
    noor = deelnemers.zet_in_adresboek(
        door=door, naam="Noor Visser", functie="", organisatie="Zorg", email="n.visser@zorg.example", telefoon=""
    )
    klop = _klop(deelnemers.voeg_professional_toe(door=door, casus=bos, pk=uuid4(), professional=noor), club.traint)
    return _begin(klop, klop.client)


STANDEN: dict[str, Callable[[Club], Klop]] = {
    "vers": _vers,
    "hier": _hier,
    "elders": _elders,
    "uren geleden hier": _uren_geleden,
    "verlopen": _verlopen,
    "verlopen terwijl hij hier was": _verlopen_hier,
    "ingetrokken": _ingetrokken,
    "ingetrokken terwijl hij hier was": _ingetrokken_hier,
    "vervangen": _vervangen,
    "verzonnen": _verzonnen,
    "van wie stopte": _gestopt,
    "van een gesloten casus": _gesloten_casus,
    "toestemming ingetrokken": _zonder_toestemming,
    "van de andere soort": _andere_soort,
    "van een andere casus": _andere_casus,
}
# The same work for each of these, to the last query.
ALS_VERZONNEN = [
    "verlopen", "verlopen terwijl hij hier was", "ingetrokken", "ingetrokken terwijl hij hier was", "vervangen",
    "verzonnen", "van wie stopte", "van een gesloten casus", "van de andere soort",
]  # fmt: skip
DICHT = [*ALS_VERZONNEN, "toestemming ingetrokken"]


# The ways to ask


@dataclass(frozen=True)
class Vraag:
    """One request: method, where (after the token), what is sent."""

    methode: str
    plek: Callable[[Klop], str] = lambda klop: ""
    velden: Mapping[str, Any] = field(default_factory=dict)
    koppen: Mapping[str, str] = field(default_factory=dict)

    def doe(self, klop: Klop, soort: str = "t") -> HttpResponseBase:
        """Does it."""
        doen = getattr(klop.client, self.methode.lower())
        adres = f"/{soort}/{klop.token}/{self.plek(klop)}"
        antwoord: HttpResponseBase = doen(adres, dict(self.velden), headers=dict(self.koppen))
        return antwoord


def _bij_afspraak(klop: Klop) -> str:
    return f"afspraak/{klop.afspraak}/"


ANTWOORD = {"soort": "vraag", "tekst": GETYPT, "inhoud_versie": 1}
VRAGEN: dict[str, Vraag] = {
    "HEAD": Vraag("HEAD"),
    "GET": Vraag("GET"),
    "POST zonder vinkje": Vraag("POST", velden={"wat": "alles"}),
    "POST met elk vinkje": Vraag("POST", velden={"ik": "1", "niemand": "1", "wat": "alles"}),
    "POST met het vinkje": Vraag("POST", velden={"ik": "1", "wat": "verder"}),
    "HEAD bij een afspraak": Vraag("HEAD", _bij_afspraak),
    "GET bij een afspraak": Vraag("GET", _bij_afspraak),
    "POST van een antwoord": Vraag("POST", _bij_afspraak, ANTWOORD),
}
NOOIT: dict[str, Vraag] = {
    **{f"GET vooruit {nummer}": Vraag("GET", koppen=koppen) for nummer, koppen in enumerate(VOORUIT)},
    **{f"POST vooruit {nummer}": Vraag("POST", _bij_afspraak, ANTWOORD, kop) for nummer, kop in enumerate(VOORUIT)},
    **{methode: Vraag(methode) for methode in ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")},
}


# What happens

WELKOM = (("las", ("taak_welkom",)),)
NIETS = Uitkomst(200)
DICHT_HOOFD, DICHT_PAGINA = Uitkomst(410), Uitkomst(410, "Deze link werkt niet meer")
ELDERS_PAGINA = Uitkomst(410, "Deze link is al gebruikt")
TERUG = Uitkomst(302, "/t/{token}/")


def _altijd(pagina: Uitkomst) -> dict[str, Uitkomst]:
    """The same page whatever is asked, and nothing of it for HEAD."""
    return {naam: Uitkomst(pagina.status) if vraag.methode == "HEAD" else pagina for naam, vraag in VRAGEN.items()}


TABEL: dict[str, dict[str, Uitkomst]] = {
    "vers": {
        "HEAD": NIETS,
        "GET": Uitkomst(200, "Ben jij dit?", regels=WELKOM),
        "POST zonder vinkje": Uitkomst(200, "Zet eerst een vinkje bij je naam.", regels=WELKOM),
        "POST met elk vinkje": Uitkomst(200, "Zet eerst een vinkje bij je naam.", regels=WELKOM),
        "POST met het vinkje": Uitkomst(
            302, "/t/{token}/", frozenset({"Toegangslink"}), (("opende_link", ()),), cookie=True
        ),
        "HEAD bij een afspraak": TERUG,
        "GET bij een afspraak": TERUG,
        "POST van een antwoord": Uitkomst(200, "Zeg eerst wie je bent", regels=WELKOM),
    },
    "hier": {
        "HEAD": NIETS,
        "GET": Uitkomst(200, "Gezin Kuipers", regels=(("las", ("taak",)),)),
        "POST zonder vinkje": TERUG,
        "POST met elk vinkje": TERUG,
        "POST met het vinkje": TERUG,
        "HEAD bij een afspraak": TERUG,
        "GET bij een afspraak": TERUG,
        "POST van een antwoord": Uitkomst(
            302,
            "/t/{token}/",
            frozenset({"Reactie", "Draad", "Draadregel"}),
            (("reageerde", ("vraag",)), ("schreef_in_draad", ("vraag",))),
        ),
    },
    "elders": _altijd(ELDERS_PAGINA),
    "uren geleden hier": _altijd(ELDERS_PAGINA),
    **{stand: _altijd(DICHT_PAGINA) for stand in DICHT},
    "van een andere casus": {
        "HEAD": NIETS,
        "GET": Uitkomst(200, "Er staat nog niets voor je klaar.", regels=(("las", ("taak",)),)),
        "POST zonder vinkje": TERUG,
        "POST met elk vinkje": TERUG,
        "POST met het vinkje": TERUG,
        "HEAD bij een afspraak": TERUG,
        "GET bij een afspraak": TERUG,
        "POST van een antwoord": Uitkomst(404, "Deze pagina is er niet"),
    },
}
