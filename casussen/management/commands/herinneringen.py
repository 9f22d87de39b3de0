"""`manage.py herinneringen --op 2026-12-08`: what the daily clock does, as if it were that day."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.herinneringen import herinner
from casussen.taal.datums import dag_voluit


class Command(BaseCommand):
    """Puts the reminders of one day in the outbox and empties it. Twice sends nothing twice."""

    help = "Zet de herinneringen van één dag klaar en verstuurt ze. Nog eens draaien verstuurt niets dubbel."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option: the day."""
        parser.add_argument("--op", metavar="DATUM", help="de dag, zoals 2026-12-08; zonder: vandaag")

    def handle(self, *args: Any, op: str | None, **options: Any) -> None:
        """in: the day as text; prints how many mails are new and how many left."""
        try:
            dag = date.fromisoformat(op) if op is not None else timezone.localdate()
        except ValueError:
            raise CommandError(f"“{op}” is geen datum. Schrijf hem zo: 2026-12-08.") from None
        klaargezet = herinner(door=actor.operator(), op=dag)
        nu = timezone.now()
        verstuurd = berichten.verstuur_alles(nu=nu, vandaag=dag, hooguit=1_000_000)
        self.stdout.write(
            f"Herinneringen voor {dag_voluit(dag)}: {_mails(klaargezet)} klaargezet, {_mails(verstuurd)} verstuurd."
        )
        if verstuurd < klaargezet:
            self.stdout.write(
                "De andere gaan later: wie vandaag al mail kreeg, krijgt ze morgen. "
                "Of de mailserver nam ze nog niet aan."
            )


def _mails(aantal: int) -> str:
    return "1 mail" if aantal == 1 else f"{aantal} mails"
