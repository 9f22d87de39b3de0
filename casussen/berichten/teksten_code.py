"""The text of the mail with a code. Not in the subject and not in the first lines: a locked phone shows those."""

from django.utils.translation import gettext as _

from casussen.models import Bericht, Gezinslid
from casussen.taal.aanspreken import is_jong


def code(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject, and what comes before the code."""
    if _is_u(bericht):
        zin = _(
            "U vroeg om een code. Typ hem op de pagina die nog open staat, op hetzelfde apparaat. "
            "Geef de code aan niemand, ook niet aan iemand die belt."
        )
        return _("Uw code"), [zin]
    zin = _(
        "Je vroeg om een code. Typ hem op de pagina die nog open staat, op hetzelfde apparaat. "
        "Geef de code aan niemand, ook niet aan iemand die belt."
    )
    return _("Je code"), [zin]


def met_cijfers(bericht: Bericht, cijfers: str) -> list[str]:
    """in: a row of the outbox, its digits; out: the code in two groups, how long it works, and if nobody asked."""
    regel = _("Uw code: %(code)s") if _is_u(bericht) else _("Je code: %(code)s")
    vreemd = (
        _("Vroeg u hier niet om? Dan hoeft u niets te doen. Zonder deze code ziet niemand iets.")
        if _is_u(bericht)
        else _("Vroeg je hier niet om? Dan hoef je niets te doen. Zonder deze code ziet niemand iets.")
    )
    duur = _("De code werkt 10 minuten. Is het te laat? Vraag dan op de pagina om een nieuwe.")
    return [regel % {"code": f"{cijfers[:3]} {cijfers[3:]}"}, duur, vreemd]


def _is_u(bericht: Bericht) -> bool:
    aan = bericht.ontvanger
    assert bericht.casus is not None  # a code stands on top of a link
    return isinstance(aan, Gezinslid) and not is_jong(aan.geboren, aan.relatie, bericht.gemaakt_op.date())
