"""Days that go by: a clock that the test sets, and what leaves on each day, to compare with an exact table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.herinneringen import herinner
from casussen.acties.najagen import najagen
from casussen.models import Bericht
from casussen.models.bericht import BerichtStatus

OCHTEND = time(7, 20)  # the clock puts the reminders in the outbox
# The worker comes every minute; these are the moments at which something could change.
RONDES = (time(0, 30), OCHTEND, time(8), time(12), time(18))


@dataclass
class Kalender:
    """A calendar in which a test turns the days. `uit`: what left, a line for each mail."""

    nu: datetime
    uit: list[str] = field(default_factory=list)

    def zet(self, dag: date, uur: time) -> None:
        """Sets the clock, in the time of the Netherlands."""
        self.nu = timezone.make_aware(datetime.combine(dag, uur))

    def loop(
        self,
        van: date,
        tot: date,
        wat: Mapping[tuple[date, time], Callable[[], object]] | None = None,
        *,
        uit: tuple[date, date] | None = None,
    ) -> None:
        """Lets the days go by, the last one included.

        in: first and last day, what somebody does and when (before the worker comes), the first and last day on which
        the server was off.
        """
        dag = van
        while dag <= tot:
            gebeurt = {uur: doe for (op, uur), doe in (wat or {}).items() if op == dag}
            for uur in sorted({*RONDES, *gebeurt}):
                self.zet(dag, uur)
                if uur in gebeurt:
                    gebeurt[uur]()
                if uit is None or not uit[0] <= dag <= uit[1]:
                    self._werk(uur)
            dag += timedelta(days=1)

    def _werk(self, uur: time) -> None:
        if uur == OCHTEND:
            najagen(door=actor.klok(), op=timezone.localdate())
            herinner(door=actor.klok(), op=timezone.localdate())
        self.verstuur()

    def verstuur(self) -> int:
        """Empties the outbox at this moment; out: how many mails left."""
        aantal = berichten.verstuur_alles(nu=self.nu)
        self.uit += sorted(_regels(self.nu))
        return aantal


def _regels(nu: datetime) -> list[str]:
    """Day, hour, to whom and what for, of each mail that left in this round (a row carries its own second)."""
    rijen = Bericht.objects.filter(
        status=BerichtStatus.VERSTUURD, verstuurd_op__range=(nu, nu + timedelta(seconds=59)), samen_met=None
    )
    regels = []
    for rij in rijen:
        soorten = sorted([rij.soort, *(mee.soort for mee in rij.gebundeld.all())])
        regels.append(f"{timezone.localtime(nu):%d-%m %H:%M} {rij.ontvanger.roepnaam}: {', '.join(soorten)}")
    return regels


def maak_kalender(monkeypatch: pytest.MonkeyPatch) -> Kalender:
    """A calendar that the whole site follows. It is Wednesday 24 March 2027 at two; Easter is that weekend."""
    kalender = Kalender(timezone.now())
    kalender.zet(date(2027, 3, 24), time(14))
    monkeypatch.setattr(timezone, "now", lambda: kalender.nu)
    return kalender
