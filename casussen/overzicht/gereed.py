"""What is still missing before a version can be fixed, and what may wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models.deelnemer import Functie
from casussen.overzicht.momentopname import Opname
from casussen.taal.datums import dag_kort
from casussen.toestemming.meelezen import Meelezer


@dataclass(frozen=True)
class Punt:
    """One line of the checklist. `staat`: klaar, blokkeert or mag_later; `stap` is where to mend it.

    `toestemming`: it is mended where is written who reads along.
    """

    tekst: str
    staat: str
    stap: int
    uitleg: str = ""
    toestemming: bool = False


def wat_ontbreekt(opname: Opname) -> list[str]:
    """in: the casus as data; out: a sentence for each thing without which no version can be fixed."""
    return [punt.tekst for punt in punten(opname) if punt.staat == "blokkeert"]


def punten(opname: Opname, op: date | None = None, meelezers: Iterable[Meelezer] = ()) -> list[Punt]:
    """The checklist: three things that must be there, and what may wait.

    in: the casus as data, today, the organisations that take part; out: the lines.
    """
    vandaag = op or timezone.localdate()
    nodig = [_regie(opname), _afspraken(opname), _evaluatie(opname, vandaag)]
    return [*nodig, *_mag_later(opname), *_toestemming(meelezers)]


def _toestemming(meelezers: Iterable[Meelezer]) -> list[Punt]:
    """A warning: the others can go on."""
    tekst = _("%(organisatie)s krijgt nog niets: toestemming ontbreekt.")
    return [
        Punt(tekst % {"organisatie": rij.organisatie.naam}, "mag_later", 2, _("De anderen wel."), toestemming=True)
        for rij in meelezers
        if not rij.mag_meelezen
    ]


def _naam(opname: Opname, pk: str) -> str:
    return next((str(deelnemer["naam"]) for deelnemer in opname["deelnemers"] if deelnemer["id"] == pk), "")


def _regie(opname: Opname) -> Punt:
    regie = opname["regie"].get(Functie.REGIEVOERDER)
    if regie is None:
        return Punt(_("Er is nog niemand die de regie heeft. Kies iemand in stap 4."), "blokkeert", 4)
    naam = _naam(opname, regie["deelnemer"])
    if regie["aanvaard"]:
        return Punt(_("%(naam)s heeft de regie, en zei ja.") % {"naam": naam}, "klaar", 4)
    if regie.get("geweigerd"):
        tekst = _("%(naam)s wil de regie liever niet.") % {"naam": naam}
        return Punt(tekst, "mag_later", 4, _("Mag later. Maar kies liever eerst iemand anders."))
    return Punt(
        _("%(naam)s is gevraagd voor de regie.") % {"naam": naam},
        "mag_later",
        4,
        _("Mag later. De vraag staat in de eigen link."),
    )


def _afspraken(opname: Opname) -> Punt:
    aantal = len(opname["afspraken"])
    if not aantal:
        return Punt(_("Er is nog geen afspraak. Maak er minstens één in stap 5."), "blokkeert", 5)
    tekst = ngettext(
        "Er is %(aantal)d afspraak, met één naam.", "Er zijn %(aantal)d afspraken, elk met één naam.", aantal
    )
    return Punt(tekst % {"aantal": aantal}, "klaar", 5)


def _evaluatie(opname: Opname, vandaag: date) -> Punt:
    evaluatie = opname["evaluatie"]
    if evaluatie is None:
        return Punt(_("Er is nog geen dag om terug te kijken. Kies een dag in stap 7."), "blokkeert", 7)
    datum = date.fromisoformat(evaluatie["datum"])
    dag = dag_kort(datum)
    if datum < vandaag:
        tekst = _("De dag om terug te kijken is voorbij: %(dag)s.") % {"dag": dag}
        return Punt(tekst, "mag_later", 7, _("Kies liever eerst een nieuwe dag."))
    return Punt(_("We praten weer samen op %(dag)s.") % {"dag": dag}, "klaar", 7)


def _mag_later(opname: Opname) -> list[Punt]:
    punten = []
    zonder = sum(1 for afspraak in opname["afspraken"] if not afspraak["datum"] and not afspraak["wanneer"])
    if zonder:
        tekst = ngettext("%(aantal)d afspraak heeft geen datum.", "%(aantal)d afspraken hebben geen datum.", zonder)
        punten.append(Punt(tekst % {"aantal": zonder}, "mag_later", 5, _("Mag later.")))
    if Functie.AANSPREEKPUNT not in opname["regie"]:
        punten.append(
            Punt(
                _("Er is geen eerste aanspreekpunt gekozen."),
                "mag_later",
                4,
                _("Dan staat wie de regie heeft als eerste in het overzicht."),
            )
        )
    if not opname["crisisnummer"] and not any(a["vraag"] == "buiten_kantoor" for a in opname["antwoorden"]):
        punten.append(
            Punt(
                _("Er staat geen nummer voor nood."),
                "mag_later",
                6,
                _("In het overzicht staat dan alleen 112."),
            )
        )
    return punten
