"""The texts of mails about who may see a family: emergency access, and a casus that comes from another team."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.models import Bericht, Noodtoegang
from casussen.models.organisatie import TeamRol
from casussen.overzicht import bezetting
from casussen.taal.datums import dag_voluit
from casussen.taal.klok import cijfers


def noodtoegang(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject, and who, when and a number: no name of a family, no reason."""
    assert bericht.casus is not None  # it is about one
    gebruikt = _waarover(bericht)
    van, tot = timezone.localtime(gebruikt.van), timezone.localtime(gebruikt.tot)
    wie = _("%(naam)s gebruikte noodtoegang op %(dag)s, van %(van)s tot %(tot)s uur.") % {
        "naam": gebruikt.medewerker.naam,
        "dag": dag_voluit(van.date()),
        "van": cijfers(van.time()),
        "tot": cijfers(tot.time()),
    }
    wat = _("Het gaat om nummer %(nummer)s van team %(team)s.") % {
        "nummer": bericht.casus.nummer,
        "team": bericht.casus.team.naam,
    }
    wat_nu = (
        _("Lees waarom. Klopt het niet? Bel dan meteen met %(naam)s en met je beheerder.")
        if is_coordinator(bericht)
        else _("Alleen de coördinator leest de reden. Klopt het niet? Bel dan met de coördinator: %(coordinator)s.")
    )
    namen = {"naam": gebruikt.medewerker.naam, "coordinator": bericht.casus.coordinator.naam}
    return _("Er is noodtoegang gebruikt"), [f"{wie} {wat}", wat_nu % namen]


def teamoverdracht(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and sentences for who coordinates from now on."""
    assert bericht.casus is not None  # it is about one
    overdracht = bericht.casus.overdrachten.select_related("door", "van_team").latest("op")
    zin = _("%(naam)s van team %(team)s droeg een gezin aan jou over. Jij bent nu de coördinator. Lees waarom.")
    onderwerp = _("%(naam)s draagt een gezin aan jou over") % {"naam": overdracht.door.naam}
    return onderwerp, [zin % {"naam": overdracht.door.naam, "team": overdracht.van_team.naam}]


def is_coordinator(bericht: Bericht) -> bool:
    """in: a mail to staff; out: whether it goes to a coordinator of the team, who may read the reason."""
    assert bericht.casus is not None  # it is about one
    leden = bezetting.lidmaatschappen(timezone.localdate())
    return leden.filter(medewerker=bericht.medewerker_id, team=bericht.casus.team_id, rol=TeamRol.COORDINATOR).exists()


def _waarover(bericht: Bericht) -> Noodtoegang:
    """One casus has one emergency access at a time to begin, with its mails in the same transaction."""
    assert bericht.casus is not None  # it is about one
    eerder = bericht.casus.noodtoegangen.filter(van__lte=bericht.gemaakt_op)
    return eerder.select_related("medewerker").latest("van")
