"""`manage.py laad_inhoud [FILE …]`: loads content sets into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casussen import actor, inhoud
from casussen.acties.fouten import Geweigerd
from casussen.acties.handreikingen import laad_handreiking


class Command(BaseCommand):
    """Loads all files or none. A file that is loaded already changes nothing."""

    help = "Laadt de vragen van de zeven stappen. Zonder bestand: de vragen die erbij zitten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files; without any: those that ship with the software."""
        parser.add_argument("bestanden", nargs="*", type=Path, metavar="BESTAND")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Loads all of them or none; prints a line per file."""
        bestanden: list[Path] = opties["bestanden"] or list(inhoud.BESTANDEN.values())
        with transaction.atomic():
            regels = [self._laad(bestand) for bestand in bestanden]
        if opties["verbosity"]:
            self.stdout.write("\n".join(regels))

    def _laad(self, bestand: Path) -> str:
        try:
            handreiking, nieuw = laad_handreiking(door=actor.operator(), gelezen=inhoud.lees(bestand))
        except (inhoud.InhoudFout, Geweigerd) as fout:
            raise CommandError(f"{bestand.name}: {fout}") from None
        wat = "geladen" if nieuw else "was al geladen"
        return f"{bestand.name}: {handreiking} {wat}."
