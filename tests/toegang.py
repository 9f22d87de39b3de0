"""The table of who gets what: every address × every kind of visitor × GET and POST; and who and what it needs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from casussen.acties import antwoorden, deelnemers, gezin, regie
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Casus, Deelnemer, Gezinslid, Lidmaatschap, Medewerker, Toegangslink
from casussen.models.organisatie import TeamRol
from casussen.overzicht import momentopname, verschil
from tests import cast
from tests.cast import Kuipers

VERVALST = "dit-is-geen-token-dat-ooit-is-gemaakt"

# The columns of the table. The first is not signed in; then come staff; the last four have a link and no account.
WIE = [
    "bezoeker", "coördinator", "teamlid", "teamlid dat meedoet", "coördinator elders", "bureaudienst", "beheerder",
    "beleid", "oud-coördinator", "helper", "gezinslid", "mensen elders", "oude link",
]  # fmt: skip

# What a column may say: a status; inlog (to the login page and back); → (to where the row says).
#            visitor | coördinator, teamlid, who takes part | elsewhere bureau beheer beleid ended | with a link
LEZEN = "      inlog     200 200 200                            404 404 404 404 404   inlog inlog inlog inlog"
WIJZIGEN = "   inlog     200 403 200                            404 404 404 404 404   inlog inlog inlog inlog"
DOEN = "       inlog     →   403 →                              404 404 404 404 404   inlog inlog inlog inlog"
ZELF_DOEN = "  inlog     403 403 →                              404 404 404 404 404   inlog inlog inlog inlog"
LOGBOEK = "    inlog     200 403 403                            404 404 404 404 404   inlog inlog inlog inlog"
IEDER = "      inlog     200 200 200                            200 200 200 200 200   inlog inlog inlog inlog"
DOOR = "       inlog     →   →   →                              →   →   →   →   →     inlog inlog inlog inlog"
BEGINNEN = "   inlog     200 403 403                            200 403 403 403 403   inlog inlog inlog inlog"
BEGIN = "      inlog     →   403 403                            →   403 403 403 403   inlog inlog inlog inlog"
NIET = "       inlog     405 405 405                            405 405 405 405 405   inlog inlog inlog inlog"
INLOGGEN = "   200       →   →   →                              →   →   →   →   →     200 200 200 200"
UIT = "        →         200 200 200                            200 200 200 200 200   →   →   →   →"
UITLOGGEN = "  →         →   →   →                              →   →   →   →   →     →   →   →   →"
OPENBAAR = "   200       200 200 200                            200 200 200 200 200   200 200 200 200"
ZIEK = "       503       503 503 503                            503 503 503 503 503   503 503 503 503"
NOOIT = "      405       405 405 405                            405 405 405 405 405   405 405 405 405"
# Behind a link everybody brings the own token; staff and visitors bring a forged one. "Elsewhere" has a working link
# of another family, and asks for things of this one.
TAAK = "       410       410 410 410                            410 410 410 410 410   200 410 200 410"
TAAK_TERUG = " 410       410 410 410                            410 410 410 410 410   →   410 →   410"
TAAK_DOEN = "  410       410 410 410                            410 410 410 410 410   →   410 404 410"
OVERZICHT = "  410       410 410 410                            410 410 410 410 410   410 200 200 410"


@dataclass
class Wereld:
    """The family Kuipers with a fixed version, a family elsewhere, and everybody who might knock."""

    kuipers: Kuipers
    mensen: dict[str, Medewerker]
    tokens: dict[str, tuple[str, str]]
    klaar: dict[str, Any] = field(default_factory=dict)

    def token(self, wie: str, soort: str) -> str:
        """The token with which somebody knocks at /t/ or /o/."""
        return self.tokens.get(wie, (VERVALST, VERVALST))[soort == "o"]


@dataclass(frozen=True)
class Adres:
    """One row: its name, who gets what with GET and POST, how to make the address, what to send, where it leads."""

    naam: str
    get: str
    post: str
    kwargs: Callable[[Wereld], dict[str, Any]] = lambda w: {"casus_id": w.kuipers.casus.pk}
    data: Callable[[Wereld], dict[str, Any]] = lambda w: {}
    naar: Callable[[Wereld, str], str] = lambda w, token: _stap(w, 2)
    link: str = ""  # t or o: the address has a token


def _stap(w: Wereld, nummer: int) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/stap/{nummer}/"


def _stand(w: Wereld, token: str) -> str:
    return f"/casussen/{w.kuipers.casus.pk}/"


def _taak(w: Wereld, token: str) -> str:
    return f"/t/{token}/"


def _in_casus(**velden: Callable[[Wereld], object]) -> Callable[[Wereld], dict[str, Any]]:
    return lambda w: {"casus_id": w.kuipers.casus.pk, **{naam: waarde(w) for naam, waarde in velden.items()}}


def _met(prefix: str, **velden: object) -> Callable[[Wereld], dict[str, Any]]:
    return lambda w: {f"{prefix}-{naam}": waarde for naam, waarde in velden.items()}


def _nieuw(w: Wereld) -> UUID:
    pk: UUID = w.klaar["nieuw"]
    return pk


def _vaststellen(w: Wereld) -> dict[str, Any]:
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=w.kuipers.casus.pk)
    return {"nummer": 2, "gezien": verschil.vingerafdruk(momentopname.maak(casus))}


def _evaluatie(w: Wereld) -> dict[str, Any]:
    lopend = w.kuipers.casus.afspraken.filter(vervallen_op__isnull=True)
    over = timezone.localdate() + timedelta(days=70)
    velden = {"evaluatie": w.kuipers.evaluatie.pk, "vervolg": "door", "nieuwe_datum": over.isoformat()}
    return velden | {f"oordeel-{afspraak.pk}": "gelukt" for afspraak in lopend}


TABEL = [
    Adres("casussen:begin", DOOR, NIET, kwargs=lambda w: {}, naar=lambda w, token: "/casussen/"),
    Adres("casussen:lijst", IEDER, NIET, kwargs=lambda w: {}),
    Adres(
        "casussen:nieuw", BEGINNEN, BEGIN, kwargs=lambda w: {},
        data=lambda w: {"id": _nieuw(w), "naam": "Gezin Smit", "soort": "jeugd"},
        naar=lambda w, token: f"/casussen/{_nieuw(w)}/stap/1/",
    ),
    Adres("casussen:stand", LEZEN, NIET),
    Adres("casussen:stap", LEZEN, NIET, kwargs=_in_casus(nummer=lambda w: 5)),
    Adres(
        "casussen:antwoord", NIET, DOEN, kwargs=_in_casus(vraag=lambda w: "aanleiding"),
        data=_met("aanleiding", versie=1, tekst="Milan is weer thuis."), naar=lambda w, token: _stap(w, 1),
    ),
    Adres(
        "casussen:gezinslid", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("gezinslid", versie=0, naam="Fenna", relatie="kind"),
    ),
    Adres("casussen:gezinslid_weg", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.milan.pk)),
    Adres(
        "casussen:netwerklid", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("netwerklid", versie=0, naam="Tineke", relatie="buurvrouw"),
    ),
    Adres(
        "casussen:helper", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=_met("helper", versie=0, naam="Nora", organisatie="De Brug"),
    ),
    Adres(
        "casussen:rol", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ruben.pk),
        data=_met("rol", versie=1, beslist="over het weekend"), naar=lambda w, token: _stap(w, 5),
    ),
    Adres(
        "casussen:adres", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ilse.pk),
        data=_met("adres", versie=1, naam="Ilse Broekhuis", email="ilse@debrug.example"),
    ),
    Adres(
        "casussen:bereikbaar", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.ruben.pk),
        data=_met("bereikbaar", versie=1, dagen=[1, 2]), naar=lambda w, token: _stap(w, 6),
    ),
    Adres("casussen:deelnemer_stopt", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.opa.pk)),
    Adres(
        "casussen:regie", NIET, DOEN, kwargs=_in_casus(functie=lambda w: "vervanger"),
        data=lambda w: {"deelnemer": w.kuipers.ruben.pk}, naar=lambda w, token: _stap(w, 4),
    ),
    Adres(
        "casussen:regie_ja", NIET, ZELF_DOEN, kwargs=_in_casus(functie=lambda w: "vervanger"),
        naar=lambda w, token: _stap(w, 4),
    ),
    Adres(
        "casussen:afspraak", WIJZIGEN, DOEN, kwargs=_in_casus(pk=_nieuw),
        data=lambda w: _met("afspraak", versie=0, wie=f"helper-{w.kuipers.ilse.pk}", wat="Ik bel.")(w),
        naar=lambda w, token: _stap(w, 5),
    ),
    Adres(
        "casussen:afspraak_vervalt", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.praat_bij.pk),
        naar=lambda w, token: _stap(w, 5),
    ),
    Adres(
        "casussen:terugkijken", WIJZIGEN, DOEN, kwargs=_in_casus(pk=lambda w: w.kuipers.evaluatie.pk),
        data=lambda w: _met("terugkijken", versie=1, datum=timezone.localdate() + timedelta(days=28))(w),
        naar=lambda w, token: _stap(w, 7),
    ),
    Adres(
        "casussen:bericht_opnieuw", NIET, DOEN, kwargs=_in_casus(pk=lambda w: w.klaar["bericht"]), naar=_stand
    ),
    Adres("casussen:vaststellen", WIJZIGEN, DOEN, data=_vaststellen, naar=_stand),
    Adres("casussen:overzicht", LEZEN, NIET, kwargs=_in_casus(gezinslid_id=lambda w: w.kuipers.esra.pk)),
    Adres("casussen:overzicht_pdf", LEZEN, NIET, kwargs=_in_casus(gezinslid_id=lambda w: w.kuipers.esra.pk)),
    Adres("casussen:evaluatie", LEZEN, DOEN, data=_evaluatie, naar=_stand),
    Adres("casussen:logboek", LOGBOEK, NIET),
    Adres("casussen:taak", TAAK, NOOIT, kwargs=lambda w: {}, link="t"),
    Adres(
        "casussen:taak_reactie", TAAK_TERUG, TAAK_DOEN, kwargs=lambda w: {"pk": w.kuipers.komt_woensdag.pk},
        data=lambda w: {"soort": "akkoord", "inhoud_versie": 1}, naar=_taak, link="t",
    ),
    Adres(
        "casussen:taak_bereikbaar", TAAK_TERUG, TAAK_TERUG, kwargs=lambda w: {},
        data=lambda w: {"versie": 1, "dagen": [1]}, naar=_taak, link="t",
    ),
    Adres(
        "casussen:taak_regie", TAAK_TERUG, TAAK_DOEN, kwargs=lambda w: {"pk": w.klaar["gevraagd"]}, naar=_taak,
        link="t",
    ),
    Adres("casussen:gezin", OVERZICHT, NOOIT, kwargs=lambda w: {}, link="o"),
    Adres("casussen:gezin_pdf", OVERZICHT, NOOIT, kwargs=lambda w: {}, link="o"),
    Adres(
        "casussen:link_nieuw", OPENBAAR, OPENBAAR, kwargs=lambda w: {},
        data=lambda w: {"email": "i.broekhuis@debrug.example"},
    ),
    # No clock was ever heard in a test: not healthy, and anybody may know.
    Adres("casussen:gezond", ZIEK, NOOIT, kwargs=lambda w: {}),
    Adres("account_login", INLOGGEN, INLOGGEN, kwargs=lambda w: {}, naar=lambda w, token: "/casussen/"),
    Adres("account_logout", UIT, UITLOGGEN, kwargs=lambda w: {}, naar=lambda w, token: "/inloggen/"),
]  # fmt: skip

# Only with the demo's mailbox, and the managers' screen as a group: see test_toegangstabel.py.
APART = {"casussen:postvak"}

ALLEEN_VAN_ESRA = ["Ik praat Esra bij.", "esra@gezin.example", "06-0000 0102"]
# What must never stand in an answer to somebody, whatever was asked.
VERBODEN: dict[str, list[str]] = {
    "helper": [
        *ALLEEN_VAN_ESRA, "Ik bel Bart over het weekend.", "Ik vertel Ilse wat helpt.", "Ik bel als een weekend",
        "bart@gezin.example", "06-0000 0101", "06-0000 0103",
    ],
    "gezinslid": [*ALLEEN_VAN_ESRA, "Ik vertel Ilse wat helpt.", "Eerst bellen we elkaar."],
}  # fmt: skip
ALLES = [
    "Kuipers", "Bart", "Esra", "Demir", "Milan", "Henk", "Ik kom elke woensdag", "over het weekend", "gezin.example",
    "Dat één iemand belt", "Eerst bellen we elkaar", "06-0000 010",
]  # fmt: skip
ZIEN = {"coördinator", "teamlid", "teamlid dat meedoet"}


def maak_wereld(kuipers: Kuipers) -> Wereld:
    """Everybody and everything that the table needs."""
    teams, casus = kuipers.teams, kuipers.casus
    mee = cast.medewerker("Tess Mee", "t.mee@noord.example", teams.noord, TeamRol.TEAMLID)
    weg = cast.medewerker("Ed Weg", "e.weg@noord.example", teams.noord, TeamRol.COORDINATOR)
    Lidmaatschap.objects.filter(medewerker=weg).update(tot=timezone.localdate() - timedelta(days=1))
    beleid = cast.medewerker("Petra Beleid", "p.beleid@noord.example", teams.noord, TeamRol.BELEID)
    Medewerker.objects.filter(pk=teams.bea.pk).update(is_staff=True, is_superuser=True)
    assert mee.professional is not None
    tess = deelnemers.voeg_professional_toe(door=kuipers.door, casus=casus, pk=uuid4(), professional=mee.professional)
    gevraagd = regie.wijs_aan(door=kuipers.door, casus=casus, functie="aanspreekpunt", deelnemer=kuipers.ilse)
    regie.wijs_aan(door=kuipers.door, casus=casus, functie="vervanger", deelnemer=tess)
    stel_vast(door=kuipers.door, casus=casus, nummer=1)
    casus.berichten.filter(deelnemer=kuipers.ruben).update(status="mislukt")
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=casus, vraag="wie_mist", versie=0, velden={"tekst": "De trainer van Milan."}
    )
    assert gevraagd is not None
    return Wereld(
        kuipers=kuipers,
        mensen={
            "coördinator": teams.sanne, "teamlid": teams.joost, "teamlid dat meedoet": mee,
            "coördinator elders": teams.karin, "bureaudienst": teams.mieke, "beheerder": teams.bea,
            "beleid": beleid, "oud-coördinator": weg,
        },
        tokens={
            "helper": (_token(kuipers.ilse),) * 2,
            "gezinslid": (_token(kuipers.bart),) * 2,
            "mensen elders": _mensen_elders(kuipers),
            "oude link": (_token(kuipers.ilse, oud=True), _token(kuipers.bart, oud=True)),
        },
        klaar={
            "nieuw": uuid4(), "bericht": casus.berichten.get(deelnemer=kuipers.ruben).pk, "gevraagd": gevraagd.pk
        },
    )  # fmt: skip


def _token(mens: Deelnemer | Gezinslid, *, oud: bool = False) -> str:
    adres, link = links.maak_link(mens, nu=timezone.now())
    if oud:
        Toegangslink.objects.filter(pk=link.pk).update(ingetrokken_op=timezone.now())
    return adres.rstrip("/").rsplit("/", 1)[1]


def _mensen_elders(kuipers: Kuipers) -> tuple[str, str]:
    """A helper and a father of another family, in another team."""
    teams = kuipers.teams
    door = cast.deur(teams.karin)
    casus = begin_casus(
        door=door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid, coordinator=teams.karin
    )
    noor = deelnemers.zet_in_adresboek(
        door=door, naam="Noor Visser", functie="", organisatie="Zorg", email="n.visser@zorg.example", telefoon=""
    )
    helper = deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=noor)
    kees = gezin.zet_gezinslid(
        door=door, casus=casus, pk=uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader"}
    )
    return _token(helper), _token(kees)
