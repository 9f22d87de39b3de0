"""`manage.py laad_demo`: the organisations, accounts and families of the demo."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties import toestemming
from casussen.acties.afspraken import reageer
from casussen.acties.deelnemers import zet_in_adresboek
from casussen.acties.importeren import importeer
from casussen.actor import Actor, ActorSoort
from casussen.models import Bericht, Casus, Lidmaatschap, Medewerker, Organisatie, Team
from casussen.models.afspraak import ReactieSoort
from casussen.models.bericht import BerichtStatus
from casussen.models.organisatie import TeamRol
from casussen.models.toestemming import Hoe, Onderdeel, Zegt
from casussen.overzicht.dossier import laad

WACHTWOORD = "handreiking-demo"  # the demo only: everyone may know it


class Command(BaseCommand):
    """What is there already stays as it is, so that a second run keeps what somebody tried out."""

    help = "Laadt de voorbeeldgezinnen en de accounts van de demo, en toont hoe je inlogt."

    def handle(self, *args: Any, **opties: Any) -> None:
        """Prints the logins. Twice gives nothing double; refused where this is no demo."""
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                "Dit is geen demo. De voorbeeldgezinnen horen hier niet: hun wachtwoord is openbaar. "
                "Er is niets geladen. Wil je de demo? Gebruik make demo."
            )
        bron = Path(settings.BASE_DIR) / "demo"
        vandaag = timezone.localdate()
        call_command("laad_inhoud", verbosity=0)
        with transaction.atomic():
            logins = [
                login
                for gegevens in yaml.safe_load((bron / "organisaties.yaml").read_text(encoding="utf-8"))
                for login in _organisatie(gegevens, bron / "casussen", vandaag)
            ]
        if settings.DEMO:
            # The mailbox is filled before the first visitor comes, not when the clock ticks.
            nu = timezone.now()
            # Apart from the rhythm of one mail a day: else what a visitor fixes today would wait until tomorrow.
            Bericht.objects.filter(status=BerichtStatus.KLAAR, niet_voor__lte=nu).update(meteen=True)
            berichten.verstuur_alles(nu=nu)
        self.stdout.write(_tabel(logins))


def _organisatie(gegevens: dict[str, Any], casussen: Path, vandaag: date) -> list[tuple[str, str, str]]:
    """Makes one organisation with its team, staff and families; gives a line per account."""
    organisatie, _nieuw = Organisatie.objects.get_or_create(
        naam=gegevens["naam"], defaults={"crisisnummer": gegevens["crisisnummer"]}
    )
    team, _nieuw = Team.objects.get_or_create(organisatie=organisatie, naam=gegevens["team"])
    logins = [_medewerker(persoon, team, vandaag) for persoon in gegevens["medewerkers"]]
    for bestand in gegevens["gezinnen"]:
        gezin = importeer(pad=casussen / bestand, team=team, vaststellen=True, vandaag=vandaag)
        if gezin.nieuw and "eerst_toestemming" in gegevens:
            _vraag_toestemming(gezin.casus, vandaag, **gegevens["eerst_toestemming"])
        if gezin.nieuw and "vraagt" in gegevens:
            _stel_vraag(gezin.casus, **gegevens["vraagt"])
    return logins


def _vraag_toestemming(casus: Casus, vandaag: date, *, organisatie: str, doel: str) -> None:
    """The family was told about everybody, and said yes to one organisation that does not belong to the help."""
    Organisatie.objects.filter(naam=organisatie).update(hoort_bij_hulp=False)
    door = actor.van_medewerker(casus.coordinator, op=vandaag)
    dossier = laad(casus)
    anderen = [rij.organisatie for rij in dossier.meelezers if not rij.is_eigen]
    toestemming.leg_verteld_vast(
        door=door, casus=casus, organisaties=anderen, wie=dossier.gezinsleden, hoe=Hoe.GESPROKEN, op=vandaag
    )
    toestemming.leg_toestemming_vast(
        door=door,
        casus=casus,
        organisatie=Organisatie.objects.get(naam=organisatie),
        pk=uuid4(),
        gevers=dossier.gezinsleden,
        gever_anders="",
        velden={"zegt": Zegt.JA, "doel": doel, "onderdelen": Onderdeel.values, "hoe": Hoe.GESPROKEN, "op": vandaag},
    )


def _stel_vraag(casus: Casus, *, helper: str, tekst: str) -> None:
    """One helper asked something about his agreement; the others did not answer yet."""
    afspraak = casus.afspraken.get(deelnemer__professional__naam=helper)
    door = Actor(soort=ActorSoort.DEELNEMER, deelnemer=afspraak.deelnemer)
    reageer(door=door, afspraak=afspraak, inhoud_versie=afspraak.inhoud_versie, soort=ReactieSoort.VRAAG, tekst=tekst)


def _medewerker(persoon: dict[str, str], team: Team, vandaag: date) -> tuple[str, str, str]:
    rol = TeamRol(persoon["rol"])
    medewerker = Medewerker.objects.filter(email=persoon["email"]).first()
    if medewerker is None:
        professional = zet_in_adresboek(
            door=actor.operator(),
            naam=persoon["naam"],
            functie=persoon["functie"],
            organisatie=team.organisatie.naam,
            email=persoon["email"],
            telefoon=persoon["telefoon"],
        )
        medewerker = Medewerker.objects.create_user(
            persoon["email"],
            WACHTWOORD,
            naam=persoon["naam"],
            professional=professional,
        )
        Lidmaatschap.objects.create(medewerker=medewerker, team=team, rol=rol, van=vandaag)
    waar = "/beheer/" if rol == TeamRol.BEHEERDER else f"{team.organisatie}"
    return medewerker.email, medewerker.naam, f"{rol.label}, {waar}"


def _tabel(logins: list[tuple[str, str, str]]) -> str:
    breedtes = [max(len(login[kolom]) for login in logins) for kolom in range(2)]
    regels = [f"  {email:<{breedtes[0]}}  {naam:<{breedtes[1]}}  {rol}" for email, naam, rol in logins]
    return "\n".join([f"Inloggen kan met wachtwoord {WACHTWOORD} als:", *regels])
