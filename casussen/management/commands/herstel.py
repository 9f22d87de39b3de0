"""`manage.py herstel FILE --identiteit KEYFILE`: puts a backup back."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from casussen import actor
from casussen.acties.reservekopie import rond_herstel_af
from casussen.reservekopie import Mislukt, Uitgang, postgres, sleutels, terugzetten
from casussen.taal.datums import dag_voluit


class Command(BaseCommand):
    """Everything or nothing: until the last check the database is as it was. Exit codes: docs/beheer.md."""

    help = "Zet een reservekopie terug in een lege database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The backup, its key, and whether what is there now may go."""
        parser.add_argument("bestand", type=Path, metavar="BESTAND")
        parser.add_argument("--identiteit", type=Path, required=True, metavar="SLEUTELBESTAND")
        parser.add_argument("--leegmaken", action="store_true", help="gooi weg wat nu in de database staat")

    def handle(self, *args: Any, bestand: Path, identiteit: Path, leegmaken: bool, **opties: Any) -> None:
        """in: as add_arguments; prints what was put back, and what to do next."""
        try:
            geheim = sleutels.identiteiten(identiteit)
            manifest = terugzetten.bekijk(bestand, geheim)
            terugzetten.controleer_stilte()
            gemaakt = timezone.localtime(datetime.fromisoformat(manifest.gemaakt_op))
            self.stdout.write(
                f"{bestand.name} is heel: van {dag_voluit(gemaakt.date())}, {gemaakt:%H.%M} uur, "
                f"Handreiking {manifest.versie}, {sum(manifest.aantallen.values())} rijen."
            )
            weg = sum(postgres.aantallen().values())
            if leegmaken:
                self._bevestig(weg)
            geteld = terugzetten.zet_terug(bestand, geheim, manifest, leegmaken=leegmaken, nu=timezone.now())
        except Mislukt as fout:
            raise CommandError(str(fout), returncode=fout.uitgang) from None
        self.stdout.write(f"Teruggezet: {sum(geteld.values())} rijen in {len(geteld)} tabellen. Eerst waren er {weg}.")
        self._rond_af()

    def _bevestig(self, rijen: int) -> None:
        """Asks to type the name of the database; raises Mislukt when something else is typed."""
        naam = connection.settings_dict["NAME"]
        self.stdout.write(
            f"Alles in database {naam} gaat weg: {rijen} rijen. Typ de naam van de database om door te gaan:"
        )
        try:
            getypt = input()
        except EOFError:
            getypt = ""
        if getypt.strip() != naam:
            raise Mislukt(Uitgang.NIET_LEEG, "Dat is niet de naam van de database. Er is niets veranderd.")

    def _rond_af(self) -> None:
        """From the version of the backup to this one, and a look at the log."""
        call_command("migrate", verbosity=0)
        onzeker = rond_herstel_af(door=actor.operator())
        self.stdout.write(
            f"Iedereen moet opnieuw inloggen. Van {onzeker} mails is niet zeker of ze al weg waren: die gaan niet "
            "vanzelf opnieuw. Verwijder opnieuw wat na deze reservekopie is verwijderd: zie docs/beheer.md."
        )
        call_command("controleer_logboek", stdout=self.stdout)
