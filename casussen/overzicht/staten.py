"""How far each of the seven steps is: klaar, begonnen or leeg. Defined here once, for the path and for the list."""

from collections.abc import Collection
from dataclasses import dataclass

from casussen.inhoud import Inhoud, Vraag
from casussen.models.deelnemer import Functie
from casussen.overzicht.momentopname import Opname

AANLEIDING = "aanleiding"
BUITEN_KANTOOR = "buiten_kantoor"


@dataclass(frozen=True, kw_only=True)
class Feiten:
    """What decides how far the steps of one casus are. `antwoorden` are codes of questions (see eigen_antwoord)."""

    antwoorden: Collection[str]
    heeft_gezin: bool
    heeft_deelnemers: bool
    regie_gevraagd: bool
    regie_aanvaard: bool
    heeft_afspraken: bool
    is_bereikbaar: bool
    is_gepland: bool


def staten(opname: Opname, inhoud: Inhoud) -> list[str]:
    """in: the casus as data, its content set; out: for each step klaar (its essence is there), begonnen or leeg."""
    return van_feiten(_feiten(opname, inhoud), inhoud)


def van_feiten(feiten: Feiten, inhoud: Inhoud) -> list[str]:
    """in: facts of a casus, its content set; out: as `staten`."""
    codes = {stap.nummer: {vraag.code for vraag in stap.vragen} for stap in inhoud.stappen}
    iets = {nummer: bool(eigen & set(feiten.antwoorden)) for nummer, eigen in codes.items()}
    klaar = {
        1: AANLEIDING in feiten.antwoorden,
        2: feiten.heeft_gezin and feiten.heeft_deelnemers,
        3: iets[3],
        4: feiten.regie_aanvaard,
        5: feiten.heeft_afspraken,
        6: feiten.is_bereikbaar or BUITEN_KANTOOR in feiten.antwoorden,
        7: feiten.is_gepland,
    }
    begonnen = {2: feiten.heeft_gezin or feiten.heeft_deelnemers, 4: feiten.regie_gevraagd}
    return [
        "klaar" if klaar[nummer] else "begonnen" if begonnen.get(nummer) or iets[nummer] else "leeg"
        for nummer in sorted(klaar)
    ]


def eigen_antwoord(vraag: Vraag, *, tekst: str, doorvraag: str, keuzes: Collection[str], crisisnummer: str) -> bool:
    """in: a question, its answer, the emergency number; out: whether somebody wrote it: a proposal alone is not."""
    return bool(doorvraag.strip() or keuzes) or tekst.strip() not in (
        "",
        vraag.voorstel(crisisnummer).strip(),
    )


def _feiten(opname: Opname, inhoud: Inhoud) -> Feiten:
    regie = opname["regie"].get(Functie.REGIEVOERDER)
    return Feiten(
        antwoorden={
            antwoord["vraag"]
            for antwoord in opname["antwoorden"]
            if eigen_antwoord(
                inhoud.vraag(antwoord["vraag"]),
                tekst=antwoord["tekst"],
                doorvraag=antwoord["doorvraag"],
                keuzes=antwoord["keuzes"],
                crisisnummer=opname["crisisnummer"],
            )
        },
        heeft_gezin=bool(opname["gezinsleden"]),
        heeft_deelnemers=bool(opname["deelnemers"]),
        regie_gevraagd=regie is not None,
        regie_aanvaard=regie is not None and regie["aanvaard"],
        heeft_afspraken=bool(opname["afspraken"]),
        is_bereikbaar=any(mens["dagen"] or mens["uren_van"] or mens["uren_tot"] for mens in opname["deelnemers"]),
        is_gepland=opname["evaluatie"] is not None,
    )
