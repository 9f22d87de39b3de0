"""The world of the table of who gets what: a family, a family elsewhere, and everybody who might knock."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from casussen.acties import afspraken, antwoorden, deelnemers, draden, gezin, regie
from casussen.acties.agenda import maak_agendafeed
from casussen.acties.casus import begin_casus
from casussen.acties.noodtoegang import neem_noodtoegang
from casussen.acties.uitnodigingen import nodig_uit
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import afmelden, links, uitnodigingen
from casussen.models import (
    Afspraak,
    Deelnemer,
    Foto,
    Gezinslid,
    Lidmaatschap,
    Medewerker,
    Professional,
    Team,
    Toegangslink,
)
from casussen.models.draad import RegelSoort
from casussen.models.organisatie import TeamRol
from tests import cast, gegevens
from tests.cast import Kuipers
from tests.daden import achter_link
from tests.delen import maak_club, zegt
from tests.kolommen import VRAAG

# The one browser to which the links below belong; the code was shown in it by the family, and not by helpers.
BROWSER = "geheim-van-de-browser-van-wie-een-link-heeft"
VERVALST = "dit-is-geen-token-dat-ooit-is-gemaakt"


@dataclass
class Wereld:
    """The family Kuipers with a fixed version, a family elsewhere, and everybody who might knock."""

    kuipers: Kuipers
    mensen: dict[str, Medewerker]
    tokens: dict[str, str]
    klaar: dict[str, Any] = field(default_factory=dict)

    def token(self, wie: str) -> str:
        """The token with which somebody knocks at /t/ or /o/."""
        return self.tokens.get(wie, VERVALST)

    def in_browser(self, client: Client) -> Client:
        """A client as the browser to which the links belong."""
        client.cookies[settings.LINK_COOKIE_NAME] = BROWSER
        return client


def maak_wereld(kuipers: Kuipers) -> Wereld:
    """Everybody and everything that the table needs."""
    casus = kuipers.casus
    mensen = {"coördinator": kuipers.teams.sanne} | _staf(kuipers)
    for wie in ("teamlid_dat_meedoet", "teamlid_ander_team_dat_meedoet", "teamlid_elders_dat_meedoet"):
        deelnemer = _laat_meedoen(kuipers, mensen[wie])
        if wie == "teamlid_dat_meedoet":
            regie.wijs_aan(door=kuipers.door, casus=casus, functie="vervanger", deelnemer=deelnemer)
    for wie in ("met_noodtoegang", "noodtoegang_voorbij"):
        neem_noodtoegang(door=cast.deur(mensen[wie]), pk=uuid4(), casus=casus, reden="De buurvrouw belt in paniek.")
    een_uur_terug = {"van": F("van") - timedelta(hours=1), "tot": F("tot") - timedelta(hours=1)}
    casus.noodtoegangen.filter(medewerker=mensen["noodtoegang_voorbij"]).update(**een_uur_terug)
    gevraagd = regie.wijs_aan(door=kuipers.door, casus=casus, functie="aanspreekpunt", deelnemer=kuipers.ilse)
    assert gevraagd is not None
    # Of the club only Bart said yes, so its trainer gets nothing.
    club = maak_club(kuipers)
    zegt(club, kuipers.bart)
    stopt = deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=casus, pk=uuid4(), professional=_bij_de_linde(kuipers)
    )
    tokens = _tokens(kuipers) | {"helper_die_stopte": _token(stopt), "helper_zonder_toestemming": _token(club.dennis)}
    stel_vast(door=kuipers.door, casus=casus, nummer=1)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=casus, deelnemer=stopt)
    casus.berichten.filter(deelnemer=kuipers.ruben).update(status="mislukt")
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=casus, vraag="wie_mist", versie=0, velden={"tekst": "De trainer van Milan."}
    )
    vraag, doorgeven = _vragen_van_helpers(kuipers)
    verzoek = gegevens.vraag(kuipers, kuipers.bart, "inzage")
    wisverzoek = gegevens.beslis(kuipers, gegevens.vraag(kuipers, kuipers.milan, "wissen"))
    assert kuipers.teams.sanne.professional is not None
    Foto.objects.create(professional=kuipers.teams.sanne.professional, beeld=b"een foto")
    klaar = {
        "uitnodiging": _uitnodiging(kuipers), "nieuw": uuid4(), "gevraagd": gevraagd.pk, "verzoek": verzoek.pk,
        "wisverzoek": wisverzoek.pk, "bericht": casus.berichten.get(deelnemer=kuipers.ruben).pk,
        "club": club.organisatie.pk, "agenda": _agenda(kuipers.ilse),
        "vraag": vraag, "doorgeven": doorgeven,
        "mailritme": afmelden.adres(kuipers.teams.sanne.professional).rstrip("/").rsplit("/", 1)[1],
    }  # fmt: skip
    return Wereld(kuipers=kuipers, mensen=mensen, tokens=tokens, klaar=klaar)


def _vragen_van_helpers(kuipers: Kuipers) -> tuple[UUID, UUID]:
    """Ruben asks something about his agreement; Amrita's will be later, and she names somebody else."""
    ruben, amrita = achter_link(kuipers.ruben), achter_link(kuipers.amrita)
    afspraken.reageer(door=ruben, afspraak=kuipers.belt_zondag, inhoud_versie=1, soort="vraag", tekst=VRAAG)
    Afspraak.objects.filter(pk=kuipers.vertelt.pk).update(later_op=timezone.localdate() + timedelta(days=10))
    regel = draden.zeg(
        door=amrita, deelnemer=kuipers.amrita, soort=RegelSoort.DOORGEVEN, naar_naam="Nora Prins",
        naar_email="n.prins@ggz.example",
    )  # fmt: skip
    assert regel is not None
    return kuipers.ruben.draden.get().pk, regel.draad_id


def _staf(kuipers: Kuipers) -> dict[str, Medewerker]:
    """Somebody with an account for every column of staff that the cast does not fill."""
    teams = kuipers.teams
    west = Team.objects.create(organisatie=teams.noord.organisatie, naam="Hengelo-West")
    rollen = {
        "coördinator": TeamRol.COORDINATOR, "teamlid": TeamRol.TEAMLID, "bureaudienst": TeamRol.BUREAUDIENST,
        "beheerder": TeamRol.BEHEERDER, "beleid": TeamRol.BELEID,
    }  # fmt: skip
    mensen = {
        "teamlid": teams.joost,
        "bureaudienst": teams.mieke,
        "beheerder": teams.bea,
        "beleid": _medewerker("Petra Beleid", teams.noord, TeamRol.BELEID),
        "teamlid_dat_meedoet": _medewerker("Tess Mee", teams.noord, TeamRol.TEAMLID),
        "oud_coördinator": _medewerker("Ed Weg", teams.noord, TeamRol.COORDINATOR),
        "oud_teamlid": _medewerker("Els Weg", teams.noord, TeamRol.TEAMLID),
        "teamlid_ander_team_dat_meedoet": _medewerker("Tom West-Mee", west, TeamRol.TEAMLID),
        "met_noodtoegang": _medewerker("Nel West-Nood", west, TeamRol.TEAMLID),
        "noodtoegang_voorbij": _medewerker("Nico West-Nood", west, TeamRol.TEAMLID),
        "teamlid_elders_dat_meedoet": _medewerker("Tirza Zuid-Mee", teams.zuid, TeamRol.TEAMLID),
        "coördinator_elders": teams.karin,
    }
    for waar, team in (("ander_team", west), ("elders", teams.zuid)):
        for rol, teamrol in rollen.items():
            if f"{rol}_{waar}" not in mensen:
                mensen[f"{rol}_{waar}"] = _medewerker(f"{rol.title()} {team.naam}", team, teamrol)
    gisteren = timezone.localdate() - timedelta(days=1)
    oud = [mensen["oud_coördinator"], mensen["oud_teamlid"]]
    Lidmaatschap.objects.filter(medewerker__in=oud).update(tot=gisteren)
    return mensen


def _medewerker(naam: str, team: Team, rol: TeamRol) -> Medewerker:
    adres = slugify(f"{naam} {team.naam}")
    return cast.medewerker(naam, f"{adres}@staf.example", team, rol)


def _laat_meedoen(kuipers: Kuipers, mens: Medewerker) -> Deelnemer:
    assert mens.professional is not None
    return deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=mens.professional
    )


def _agenda(deel: Deelnemer) -> str:
    """The token of the calendar address of a helper."""
    assert deel.professional is not None
    return maak_agendafeed(door=achter_link(deel), professional=deel.professional)


def _bij_de_linde(kuipers: Kuipers) -> Professional:
    return deelnemers.zet_in_adresboek(
        door=kuipers.door, naam="Nienke Stop", functie="", organisatie="De Linde", email="n.stop@delinde.example",
        telefoon="",
    )  # fmt: skip


def _tokens(kuipers: Kuipers) -> dict[str, str]:
    """A link for every column without an account."""
    door, casus = kuipers.door, kuipers.casus
    rik = gezin.zet_gezinslid(
        door=door, casus=casus, pk=uuid4(), versie=0, velden={"naam": "Rik Hof", "relatie": "vader", "gezag": False}
    )
    tokens = {
        "helper": _token(kuipers.ilse),
        "helper_oude_link": _token(kuipers.ilse, oud=True),
        "helper_nieuwe_link": links.maak_link(kuipers.ilse, nu=timezone.now())[0].split("/")[-2],
        "ouder_met_gezag": _token(kuipers.bart),
        "ouder_zonder_gezag": _token(rik),
        "ouder_zonder_code": links.maak_link(kuipers.bart, nu=timezone.now())[0].split("/")[-2],
        "jongere": _token(kuipers.milan),
        "gezinslid_oude_link": _token(kuipers.bart, oud=True),
    }
    tokens["helper_elders"], tokens["gezinslid_elders"] = _mensen_elders(kuipers)
    return tokens


def _uitnodiging(kuipers: Kuipers) -> str:
    """The token of an invitation that opens."""
    nina = Medewerker(naam="Nina Nieuw", email="n.nieuw@noord.example")
    nodig_uit(door=cast.deur(kuipers.teams.bea), medewerker=nina, team=kuipers.teams.noord, rol=TeamRol.TEAMLID)
    adres, _dag = uitnodigingen.maak_link(nina, nu=timezone.now())
    return adres.rstrip("/").rsplit("/", 1)[1]


def _token(mens: Deelnemer | Gezinslid, *, oud: bool = False) -> str:
    adres, link = links.maak_link(mens, nu=timezone.now())
    straks = timezone.now() + links.GEBONDEN
    Toegangslink.objects.filter(pk=link.pk).update(
        browser_hash=links.hash_van(BROWSER), gebonden_tot=straks, code_tot=None if link.deelnemer_id else straks,
        ingetrokken_op=timezone.now() if oud else None,
    )  # fmt: skip
    return adres.rstrip("/").rsplit("/", 1)[1]


def _mensen_elders(kuipers: Kuipers) -> tuple[str, str]:
    """A helper and a father of another family, in another team."""
    teams = kuipers.teams
    door = cast.deur(teams.karin)
    casus = begin_casus(
        door=door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid, coordinator=teams.karin
    )
    noor = deelnemers.zet_in_adresboek(
        door=door, naam="Noor Visser", functie="", organisatie="Zorg", email="n.visser@zorg.example", telefoon=""
    )
    helper = deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=noor)
    kees = gezin.zet_gezinslid(
        door=door, casus=casus, pk=uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader"}
    )
    return _token(helper), _token(kees)
