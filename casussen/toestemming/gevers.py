"""Whom to ask for consent about one person on one day. Derived from age and gezag, never chosen by hand.

Under 12: who has gezag. From 12 until 16: the young person too. From 16: that person alone (domain: Jeugdwet).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casussen.models import Gezinslid
from casussen.toestemming.leeftijd import ZELF_ALLEEN, ZELF_OOK

KIND = "kind"
# Of these relations it must be known whether they have gezag; of a grandmother, not known means no.
OUDERS = ("moeder", "vader", "voogd")


@dataclass(frozen=True)
class Gevers:
    """Whose yes is needed about one person.

    `iemand_anders`: nobody in the family has gezag, so somebody outside it must answer (a guardian). What is not
    known stands apart: as long as it is not known of a parent whether he has gezag, the answer is not complete.
    """

    over: Gezinslid
    van_gezin: tuple[Gezinslid, ...]
    iemand_anders: bool = False
    geboren_onbekend: bool = False
    gezag_onbekend: tuple[Gezinslid, ...] = ()


def gevers(over: Gezinslid, gezin: Sequence[Gezinslid], op: date) -> Gevers:
    """in: the person it is about, everyone who belongs to the family now, a day; out: whom to ask.

    Of a child whose date of birth is not known everybody is asked who might have to be: that is enough at any age.
    """
    jaren = over.leeftijd(op)
    geboren_onbekend = jaren is None and over.relatie == KIND
    if not geboren_onbekend and (jaren is None or jaren >= ZELF_ALLEEN):
        return Gevers(over, (over,))
    met_gezag = tuple(lid for lid in gezin if lid.gezag and lid.pk != over.pk)
    onbekend = tuple(lid for lid in gezin if lid.gezag is None and lid.relatie in OUDERS)
    zelf = (over,) if jaren is None or jaren >= ZELF_OOK else ()
    return Gevers(
        over=over,
        van_gezin=(*zelf, *met_gezag),
        iemand_anders=not met_gezag and not onbekend,
        geboren_onbekend=geboren_onbekend,
        gezag_onbekend=onbekend,
    )
