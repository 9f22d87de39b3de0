"""`manage.py reservekopie --naar FOLDER --sleutel age1…`: everything in one encrypted file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casussen import actor
from casussen.acties.reservekopie import meld_reservekopie
from casussen.reservekopie import Mislukt, maken, sleutels


class Command(BaseCommand):
    """A whole file or none; it never stands on the disk unencrypted. Exit codes: docs/beheer.md."""

    help = "Maakt een versleutelde reservekopie van alle gegevens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom."""
        parser.add_argument("--naar", type=Path, required=True, metavar="PAD", help="een map, of een nieuw bestand")
        parser.add_argument(
            "--sleutel",
            action="append",
            metavar="age1…",
            help="openbare sleutel van age; mag vaker; zonder: RESERVEKOPIE_SLEUTEL",
        )

    def handle(self, *args: Any, naar: Path, sleutel: list[str] | None, **opties: Any) -> None:
        """in: as add_arguments; prints the file and what is in it."""
        try:
            voor = sleutels.ontvangers(sleutel or [settings.RESERVEKOPIE_SLEUTEL])
            meld_reservekopie(door=actor.operator())
            pad, manifest = maken.maak(naar=naar, sleutels=voor, nu=timezone.localtime())
        except Mislukt as fout:
            raise CommandError(str(fout), returncode=fout.uitgang) from None
        rijen = sum(manifest.aantallen.values())
        bestanden = len(manifest.sommen) - 1
        self.stdout.write(
            f"{pad} is klaar ({pad.stat().st_size} bytes): {len(manifest.aantallen)} tabellen, {rijen} rijen, "
            f"{bestanden} bestanden. Te openen met {len(voor)} sleutel{'s' * (len(voor) > 1)}."
        )
