"""`manage.py controleer_logboek --vanaf 2026-11-01 --zegels bewaard.txt`: is the log whole?"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casussen.overzicht import logketen
from casussen.overzicht.logketen import Dagzegel, Gebroken


class Command(BaseCommand):
    """Tells per day how many lines there are and the closing seal; ends with 1 at the first place that is not right."""

    help = "Controleert of er in het logboek niets is veranderd, weggehaald of later bijgezet."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two options: from which day, and a file with seals that were kept elsewhere."""
        parser.add_argument("--vanaf", metavar="DATUM", help="de eerste dag, zoals 2026-11-01; zonder: alles")
        parser.add_argument("--zegels", metavar="BESTAND", help="zegels die elders zijn bewaard, een per regel")

    def handle(self, *args: Any, vanaf: str | None, zegels: str | None, **options: Any) -> None:
        """in: the options; prints the days; raises CommandError at the first place that is not right."""
        begin = _dag(vanaf) if vanaf else date.min
        kluis = _kluis(zegels) if zegels else []
        regels = dagen = 0
        try:
            for dag in logketen.controleer(vandaag=timezone.localdate(), vanaf=begin, kluis=kluis):
                self.stdout.write(f"{_regels(dag.aantal):>12}  {dag}")
                regels += dag.aantal
                dagen += 1
        except Gebroken as fout:
            raise CommandError(
                f"Het logboek klopt niet. {fout}\n"
                "Verder is niet gekeken. Verander niets en volg het plan voor een beveiligingsincident."
            ) from None
        vergeleken = f" Vergeleken met {len(kluis)} bewaarde zegels." if kluis else ""
        self.stdout.write(f"Het logboek klopt: {_regels(regels)} op {dagen} dagen nagekeken.{vergeleken}")


def _dag(tekst: str) -> date:
    try:
        return date.fromisoformat(tekst)
    except ValueError:
        raise CommandError(f"“{tekst}” is geen datum. Schrijf hem zo: 2026-11-01.") from None


def _kluis(pad: str) -> list[Dagzegel]:
    try:
        kluis = logketen.bewaard(Path(pad).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise CommandError(f"Het bestand {pad} is niet te lezen.") from None
    if not kluis:
        raise CommandError(f"In {pad} staat geen enkel zegel. Een zegel begint met “logzegel”.")
    return kluis


def _regels(aantal: int) -> str:
    return "1 regel" if aantal == 1 else f"{aantal} regels"
