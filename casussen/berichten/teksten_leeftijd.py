"""The mail to the coordinator about a birthday. It names nobody: who it is stands on the list, behind the login."""

from django.utils.translation import gettext as _

from casussen.models import Bericht


def leeftijd(_bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and lines."""
    zinnen = [
        _("In één van je gezinnen verandert iets, omdat een kind 12, 16 of 18 wordt."),
        _("Dan kan het zijn dat je iemand anders om toestemming vraagt. Hier lees je wie, en vanaf welke dag."),
    ]
    return _("Er verandert iets in één van je gezinnen"), zinnen
