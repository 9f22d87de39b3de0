"""Who did not answer yet, for the page of the coordinator: what went, what will go, and when to call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models import Casus, Deelnemer
from casussen.overzicht import wachten
from casussen.overzicht.wachten import Wachtende
from casussen.taal.datums import dag_kort, getal


@dataclass(frozen=True)
class Wacht:
    """Somebody who was asked and did not answer everything; `volgende` is the day of the next reminder, if any."""

    wie: Wachtende
    volgende: date | None

    @property
    def mens(self) -> Deelnemer:
        """Out: who must answer."""
        return self.wie.deelnemer

    @property
    def moet_gebeld(self) -> bool:
        """Out: whether the reminders did not help, so that somebody must call."""
        return self.wie.uitgevraagd

    @property
    def zin(self) -> str:
        """Out: since when, what went and what will go, in words."""
        return " ".join(deel for deel in (self._gevraagd(), self._herinnerd(), self._straks()) if deel)

    def _gevraagd(self) -> str:
        return _("Gevraagd op %(dag)s.") % {"dag": dag_kort(self.wie.sinds)}

    def _herinnerd(self) -> str:
        if not self.wie.herinnerd or self.wie.laatst is None:
            return ""
        zin = ngettext(
            "Er ging een herinnering weg, op %(dag)s.",
            "Er gingen %(aantal)s herinneringen weg, de laatste op %(dag)s.",
            self.wie.herinnerd,
        )
        return zin % {"aantal": getal(self.wie.herinnerd), "dag": dag_kort(self.wie.laatst)}

    def _straks(self) -> str:
        if self.wie.geen_herinneringen:
            return _("%(naam)s wil geen herinneringen.") % {"naam": self.mens.roepnaam}
        if self.volgende is not None:
            zin = (
                _("De volgende gaat op %(dag)s.")
                if self.wie.herinnerd
                else _("De herinnering gaat vanzelf, op %(dag)s.")
            )
            return zin % {"dag": dag_kort(self.volgende)}
        return _("Er gaat geen herinnering meer weg.") if self.moet_gebeld else ""


def wachtenden(casussen: Collection[Casus], op: date) -> dict[UUID, list[Wacht]]:
    """in: casussen (with team__organisatie selected), today; out: per casus who must still answer: nobody when closed.

    A fixed number of queries, however many casussen.
    """
    casussen = [casus for casus in casussen if casus.is_open]
    stappen = {casus.pk: casus.team.organisatie.najaag_dagen for casus in casussen}
    return {
        casus: [Wacht(wie, _volgende(wie, stappen[casus], op)) for wie in rijen]
        for casus, rijen in wachten.zonder_antwoord(casussen, op).items()
    }


def _volgende(wie: Wachtende, stappen: Collection[int], op: date) -> date | None:
    if wie.uitgevraagd or wie.geen_herinneringen:
        return None
    dagen = (wachten.stapdag(wie.sinds, stap, wie.deelnemer.dagen) for stap in sorted(stappen))
    return next((dag for dag in dagen if dag > op), None)
