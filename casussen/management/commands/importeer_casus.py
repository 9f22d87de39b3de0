"""`manage.py importeer_casus FILE.yaml --team TEAM [--vaststellen]`: reads a family from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casussen.acties.fouten import Geweigerd
from casussen.acties.importeren import importeer, zoek_team
from casussen.invoer import InvoerFout


class Command(BaseCommand):
    """Everything or nothing: with one mistake in the file nothing is kept, and every mistake is named."""

    help = "Leest een gezin uit een bestand; zie docs/importeren.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its team, and whether to fix a first version."""
        parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.add_argument("--team", required=True, help="naam van het team, of van zijn organisatie")
        parser.add_argument("--vaststellen", action="store_true", help="stel versie 1 meteen vast")

    def handle(self, *args: Any, **opties: Any) -> None:
        """in: as add_arguments; prints what was read, or ends with the line and field of every error."""
        bestand: Path = opties["bestand"]
        try:
            uitkomst = importeer(
                pad=bestand,
                team=zoek_team(opties["team"]),
                vaststellen=opties["vaststellen"],
                vandaag=timezone.localdate(),
            )
        except (InvoerFout, Geweigerd) as fout:
            raise CommandError(f"{bestand.name} is niet ingelezen.\n{fout}") from None
        naam, team = uitkomst.casus.naam, uitkomst.casus.team.naam
        if not uitkomst.nieuw:
            self.stdout.write(f"{naam} staat al bij team {team}. Er is niets veranderd.")
            return
        klaar = " Versie 1 is vastgesteld." if opties["vaststellen"] else ""
        self.stdout.write(f"{naam} is ingelezen bij team {team}.{klaar}")
