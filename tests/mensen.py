"""Kinds of people at the door of the family Kuipers, for the tests of who may what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from casussen.acties import deelnemers
from casussen.acties.noodtoegang import neem_noodtoegang
from casussen.actor import Actor, klok
from casussen.models import Lidmaatschap, Medewerker, Team
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link, nieuw_id


def sanne(k: Kuipers) -> Actor:
    """The coordinator of the team."""
    return k.door


def joost_doet_mee(k: Kuipers) -> Actor:
    """A teamlid who takes part himself."""
    professional = k.teams.joost.professional
    assert professional is not None
    deelnemers.voeg_professional_toe(door=k.door, casus=k.casus, pk=nieuw_id(k, "joost"), professional=professional)
    return cast.deur(k.teams.joost)


def joost_deed_mee(k: Kuipers) -> Actor:
    """A teamlid whose part ended."""
    door = joost_doet_mee(k)
    deelnemer = k.casus.deelnemers.get(pk=nieuw_id(k, "joost"))
    deelnemers.beeindig_deelnemer(door=k.door, casus=k.casus, deelnemer=deelnemer)
    return door


def sanne_is_weg(k: Kuipers) -> Actor:
    """The coordinator after the membership ended; she still is in the address book and takes part."""
    Lidmaatschap.objects.filter(medewerker=k.teams.sanne).update(tot=timezone.localdate() - timedelta(days=1))
    return cast.deur(k.teams.sanne)


def beleid(k: Kuipers) -> Actor:
    """Somebody of the same team who only sees counts."""
    persoon = cast.medewerker("Petra Beleid", "p.beleid@noord.example", k.teams.noord, TeamRol.BELEID)
    return cast.deur(persoon)


def uit_team_west(k: Kuipers, rol: TeamRol = TeamRol.TEAMLID) -> Medewerker:
    """Somebody of another team of the same organisation."""
    west, _nieuw = Team.objects.get_or_create(organisatie=k.teams.noord.organisatie, naam="Hengelo-West")
    return cast.medewerker("Wim West", "w.west@noord.example", west, rol)


def laat_meedoen(k: Kuipers, mens: Medewerker) -> Actor:
    """Sanne lets a member of staff take part; out: that person as Actor."""
    assert mens.professional is not None
    deelnemers.voeg_professional_toe(
        door=k.door, casus=k.casus, pk=nieuw_id(k, mens.email), professional=mens.professional
    )
    return cast.deur(mens)


def met_noodtoegang(k: Kuipers) -> Actor:
    """Somebody of another team who opened this casus in an emergency, as the door makes that Actor."""
    door = cast.deur(uit_team_west(k))
    toegang = neem_noodtoegang(
        door=door, pk=nieuw_id(k, "nood"), casus=k.casus, reden="De buurvrouw belt in paniek op."
    )
    return replace(door, noodtoegang=toegang)


# Who may not change the casus, each with the reason in the name.
ANDEREN: dict[str, Callable[[Kuipers], Actor]] = {
    "teamlid dat niet meedoet": lambda k: cast.deur(k.teams.joost),
    "teamlid dat meedeed": joost_deed_mee,
    "bureaudienst": lambda k: cast.deur(k.teams.mieke),
    "beheerder": lambda k: cast.deur(k.teams.bea),
    "beleid": beleid,
    "teamlid van een ander team": lambda k: cast.deur(uit_team_west(k)),
    "met noodtoegang": met_noodtoegang,
    "coördinator van een andere organisatie die meedoet": lambda k: laat_meedoen(k, k.teams.karin),
    "coördinator van een ander team": lambda k: cast.deur(k.teams.karin),
    "coördinator die weg is": sanne_is_weg,
    "helper met een link": lambda k: achter_link(k.ruben),
    "gezinslid met een link": lambda k: achter_link(k.bart),
    "de klok": lambda k: klok(),
}
