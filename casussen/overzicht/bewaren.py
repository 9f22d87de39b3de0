"""How long a closed casus is kept, and which ones ask for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from casussen.models import Casus, Logregel, Organisatie, Team, Verzoek
from casussen.models.organisatie import Bewaarbeleid
from casussen.taal.datums import over_maanden

DOSSIER_MAANDEN = 20 * 12  # Jeugdwet 7.3.8: twenty years
VOORAF_MAANDEN = 2  # so long before its date a casus asks for a decision


def laatste_dag(organisatie: Organisatie, afgesloten: date) -> date | None:
    """in: the organisation of the team, the day of closing; out: the last day to keep, None without a choice."""
    if organisatie.bewaarbeleid == Bewaarbeleid.DOSSIER:
        return over_maanden(afgesloten, DOSSIER_MAANDEN)
    if organisatie.bewaarbeleid == Bewaarbeleid.KORT:
        assert organisatie.bewaar_maanden is not None  # organisatie_bewaar_maanden_bij_kort
        return over_maanden(afgesloten, organisatie.bewaar_maanden)
    return None


def sluitdag(casus: Casus) -> date:
    """in: a closed casus; out: the day of closing, in the time zone of the site."""
    assert casus.afgesloten_op is not None
    return timezone.localdate(casus.afgesloten_op)


def vraagt_besluit(casus: Casus, op: date) -> bool:
    """in: a closed casus, today; out: whether the end of its term is so near that somebody must decide."""
    return casus.bewaren_tot is not None and casus.bewaren_tot <= over_maanden(op, VOORAF_MAANDEN)


def is_voorbij(casus: Casus, op: date) -> bool:
    """in: a casus, today; out: whether the last day to keep it is past."""
    return casus.bewaren_tot is not None and casus.bewaren_tot < op


def nu_wissen_kan(casus: Casus, op: date) -> bool:
    """in: a closed casus, today; out: whether it may go today.

    A casus that belongs to the dossier has a term by law, so it goes after its last day; another one when it asks for
    a decision.
    """
    if casus.team.organisatie.bewaarbeleid == Bewaarbeleid.KORT:
        return vraagt_besluit(casus, op)
    return is_voorbij(casus, op)


def is_gekopieerd(casus: Casus) -> bool:
    """in: a casus; out: whether the copy for the archive was ever made: the log says so."""
    return Logregel.objects.filter(casus_id=casus.pk, daad="maakte_archief").exists()


def lopende_verzoeken(casus: Casus) -> list[Verzoek]:
    """in: a casus; out: requests on which nobody decided, or of which the decision was not carried out."""
    alle = casus.verzoeken.select_related("gezinslid")
    return [verzoek for verzoek in alle if verzoek.is_open or verzoek.moet_nog_gewist]


@dataclass(frozen=True)
class Lijst:
    """The closed casussen of some teams: `beslissen` first, of the others only when."""

    beslissen: list[Casus] = field(default_factory=list)
    wordt_gewist: list[Casus] = field(default_factory=list)
    zonder_keuze: list[Casus] = field(default_factory=list)
    later: list[Casus] = field(default_factory=list)


def lijst(teams: Iterable[Team], op: date) -> Lijst:
    """in: teams, today; out: their closed casussen, sorted by what must be done (one query)."""
    gevonden = Lijst()
    casussen = Casus.objects.filter(team__in=teams, afgesloten_op__isnull=False)
    for casus in casussen.select_related("team__organisatie").order_by("bewaren_tot", "naam", "pk"):
        if casus.bewaren_tot is None:
            gevonden.zonder_keuze.append(casus)
        elif casus.wissen_besloten_op is not None:
            gevonden.wordt_gewist.append(casus)
        elif vraagt_besluit(casus, op):
            gevonden.beslissen.append(casus)
        else:
            gevonden.later.append(casus)
    return gevonden
