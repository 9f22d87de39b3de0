"""The fixed cast of the tests: one family in one team, another team, and an outsider."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from casussen import actor, inhoud
from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, regie
from casussen.acties.casus import begin_casus
from casussen.actor import Actor
from casussen.models import (
    Afspraak,
    Casus,
    Deelnemer,
    Evaluatie,
    Gezinslid,
    Handreiking,
    Lidmaatschap,
    Medewerker,
    Organisatie,
    Professional,
    Team,
)
from casussen.models.basis import VoorGezin
from casussen.models.organisatie import TeamRol

# Milan is 15, and his birthday is half a year away: no test falls on the day that he becomes 16.
_HALF_JAAR_TERUG = timezone.localdate() - timedelta(days=183)
MILAN_GEBOREN = _HALF_JAAR_TERUG.replace(year=_HALF_JAAR_TERUG.year - 15, day=min(_HALF_JAAR_TERUG.day, 28))
WACHTWOORD = "een-lang-wachtwoord-voor-tests"
INHOUD = Path(inhoud.__file__).parent


@cache
def gelezen_inhoud(soort: str) -> inhoud.Inhoud:
    """A content set that ships with the software, read once per run: reading takes a third of a second."""
    return inhoud.lees(INHOUD / f"{soort}.yaml")


def laad_inhoud() -> None:
    """Loads both content sets, as `manage.py laad_inhoud` does."""
    for soort in ("jeugd", "wmo"):
        gelezen = gelezen_inhoud(soort)
        Handreiking.objects.get_or_create(
            soort=soort,
            nummer=gelezen.versie,
            defaults={"gegevens": inhoud.als_dict(gelezen), "vingerafdruk": inhoud.vingerafdruk(gelezen)},
        )


def medewerker(naam: str, email: str, team: Team, rol: TeamRol, telefoon: str = "") -> Medewerker:
    """Makes a member of staff who is in the address book too."""
    professional = Professional.objects.create(
        naam=naam, functie="wijkcoach", organisatie=team.organisatie, email=email, telefoon=telefoon
    )
    persoon = Medewerker.objects.create_user(email, WACHTWOORD, naam=naam, professional=professional)
    Lidmaatschap.objects.create(medewerker=persoon, team=team, rol=rol, van=date(2026, 1, 1))
    return persoon


def deur(persoon: Medewerker) -> Actor:
    """The Actor of a member of staff, today."""
    return actor.van_medewerker(persoon, op=timezone.localdate())


@dataclass
class Teams:
    """Two organisations; Karin is the outsider."""

    noord: Team
    zuid: Team
    sanne: Medewerker
    joost: Medewerker
    mieke: Medewerker
    bea: Medewerker
    karin: Medewerker


def maak_teams() -> Teams:
    """Two organisations: coördinator Sanne, teamlid Joost, bureaudienst Mieke, beheerder Bea; Karin is elsewhere."""
    laad_inhoud()
    noord_org = Organisatie.objects.create(naam="Wijkteam Hengelo-Noord", crisisnummer="085-0000 999")
    zuid_org = Organisatie.objects.create(naam="Wijkteam Almelo-Zuid")
    noord = Team.objects.create(organisatie=noord_org, naam="Hengelo-Noord")
    zuid = Team.objects.create(organisatie=zuid_org, naam="Almelo-Zuid")
    return Teams(
        noord=noord,
        zuid=zuid,
        sanne=medewerker("Sanne Wolters", "s.wolters@noord.example", noord, TeamRol.COORDINATOR, "085-0000 011"),
        joost=medewerker("Joost ten Hove", "j.tenhove@noord.example", noord, TeamRol.TEAMLID, "085-0000 012"),
        mieke=medewerker("Mieke Spit", "m.spit@noord.example", noord, TeamRol.BUREAUDIENST),
        bea=medewerker("Bea Beheer", "b.beheer@noord.example", noord, TeamRol.BEHEERDER),
        karin=medewerker("Karin Veldhuis", "k.veldhuis@zuid.example", zuid, TeamRol.COORDINATOR, "085-0000 111"),
    )


@dataclass
class Kuipers:
    """The family Kuipers, not yet fixed: everything that a version needs is there."""

    teams: Teams
    casus: Casus
    bart: Gezinslid
    esra: Gezinslid
    milan: Gezinslid
    sanne: Deelnemer
    ilse: Deelnemer
    ruben: Deelnemer
    amrita: Deelnemer
    opa: Deelnemer
    komt_woensdag: Afspraak
    belt_zondag: Afspraak
    praat_bij: Afspraak
    vertelt: Afspraak
    bart_belt: Afspraak
    evaluatie: Evaluatie

    @property
    def door(self) -> Actor:
        """The coordinator of this family."""
        return deur(self.teams.sanne)


def maak_kuipers(teams: Teams) -> Kuipers:
    """Makes the family as Sanne would, through acties.

    Esra may not read Ilse's and Bart's agreements, Bart not Esra's and Amrita's; opa Henk is hidden from Esra.
    """
    door = deur(teams.sanne)
    casus = begin_casus(
        door=door, pk=uuid4(), naam="Gezin Kuipers", soort="jeugd", team=teams.noord, coordinator=teams.sanne
    )

    def lid(**velden: object) -> Gezinslid:
        return gezin.zet_gezinslid(door=door, casus=casus, pk=uuid4(), versie=0, velden=velden)

    milan = lid(naam="Milan Kuipers", relatie="kind", geboren=MILAN_GEBOREN)
    bart = lid(
        naam="Bart Kuipers", relatie="vader", gezag=True, email="bart@gezin.example", telefoon="06-0000 0101",
        krijgt_mail=True,
    )  # fmt: skip
    esra = lid(
        naam="Esra Demir", relatie="moeder", gezag=True, email="esra@gezin.example", telefoon="06-0000 0102",
        krijgt_mail=True, adres_geheim=True,
    )  # fmt: skip

    def helper(naam: str, functie: str, organisatie: str, email: str, telefoon: str, **velden: object) -> Deelnemer:
        professional = deelnemers.zet_in_adresboek(
            door=door, naam=naam, functie=functie, organisatie=organisatie, email=email, telefoon=telefoon
        )
        return deelnemers.voeg_professional_toe(
            door=door, casus=casus, pk=uuid4(), professional=professional, velden=velden
        )

    eigen = teams.sanne.professional
    assert eigen is not None
    sanne = deelnemers.voeg_professional_toe(
        door=door, casus=casus, pk=uuid4(), professional=eigen,
        velden={"waarvoor": "voor het hele gezin", "dagen": [1, 2, 4], "uren_van": time(9), "uren_tot": time(17)},
    )  # fmt: skip
    ilse = helper(
        "Ilse Broekhuis", "gezinsbegeleider", "De Brug", "i.broekhuis@debrug.example", "085-0000 021",
        waarvoor="begeleidt de terugkeer naar huis",
    )  # fmt: skip
    ruben = helper(
        "Ruben Assink", "groepsleider", "De Linde", "r.assink@delinde.example", "085-0000 031",
        waarvoor="mentor op de groep",
    )  # fmt: skip
    amrita = helper(
        "dr. Amrita Soedamah", "behandelaar", "GGZ Jeugd", "a.soedamah@ggz.example", "085-0000 051",
        waarvoor="behandeling van Milan",
    )  # fmt: skip
    opa = deelnemers.zet_netwerklid(
        door=door, casus=casus, pk=uuid4(), versie=0,
        persoon={"naam": "Opa Henk", "relatie": "opa van vaders kant", "telefoon": "06-0000 0103"},
        velden={
            "waarvoor": "Milan slaapt er vaak",
            "voor_gezin": VoorGezin.GEKOZEN,
            "gekozen_gezinsleden": [bart, milan],
        },
    )  # fmt: skip
    regie.wijs_aan(door=door, casus=casus, functie="regievoerder", deelnemer=sanne)
    regie.wijs_aan(door=door, casus=casus, functie="aanspreekpunt", deelnemer=sanne)

    def afspraak(wat: str, lezers: list[Gezinslid], **velden: object) -> Afspraak:
        zicht = {"voor_gezin": VoorGezin.GEKOZEN, "gekozen_gezinsleden": lezers}
        return afspraken.zet_afspraak(
            door=door, casus=casus, pk=uuid4(), versie=0, velden={"wat": wat, **zicht, **velden}
        )

    for vraag, tekst in {
        "aanleiding": "Milan wil weer thuis wonen.",
        "gezin_van_ons": "Dat één iemand belt, niet zes.",
        "wij_van_elkaar": "Eerst bellen we elkaar.",
    }.items():
        antwoorden.bewaar_antwoord(door=door, casus=casus, vraag=vraag, versie=0, velden={"tekst": tekst})
    return Kuipers(
        teams=teams,
        casus=casus,
        bart=bart,
        esra=esra,
        milan=milan,
        sanne=sanne,
        ilse=ilse,
        ruben=ruben,
        amrita=amrita,
        opa=opa,
        komt_woensdag=afspraak(
            "Ik kom elke woensdag om 16 uur.", [bart, milan], deelnemer=ilse, wanneer="elke woensdag"
        ),
        belt_zondag=afspraak(
            "Ik bel Bart over het weekend.", [bart, esra, milan], deelnemer=ruben, wanneer="elke zondag"
        ),
        praat_bij=afspraak("Ik praat Esra bij.", [esra], deelnemer=sanne, wanneer="om de week"),
        vertelt=afspraak("Ik vertel Ilse wat helpt.", [milan], deelnemer=amrita, datum=date(2026, 12, 11)),
        bart_belt=afspraak("Ik bel als een weekend niet doorgaat.", [bart, milan], gezinslid=bart),
        evaluatie=evaluaties.plan_evaluatie(
            door=door, casus=casus, pk=uuid4(), versie=0,
            velden={"datum": timezone.localdate() + timedelta(days=35), "waar": "op het wijkteam", "uitnodiger": sanne},
        ),
    )  # fmt: skip
