"""What changes on the birthdays on which a young person gets a say: 12, 16 and 18."""

from dataclasses import dataclass
from datetime import date, timedelta

from casussen.models import Gezinslid

ZELF_OOK = 12  # the young person is asked too
ZELF_ALLEEN = 16  # the young person decides alone
VOLWASSEN = 18  # nobody has gezag any more
MIJLPALEN = (ZELF_OOK, ZELF_ALLEEN, VOLWASSEN)

VOORAF = timedelta(days=30)
# A notice that the clock missed is still given for so long after the day.
NOG_LATER = timedelta(days=30)


@dataclass(frozen=True)
class Overgang:
    """Somebody who becomes 12, 16 or 18, and on which day."""

    lid: Gezinslid
    jaren: int
    dag: date


def verjaardag(geboren: date, jaren: int) -> date:
    """in: date of birth, an age; out: the first day of that age; 1 March for who was born on a leap day otherwise."""
    try:
        return geboren.replace(year=geboren.year + jaren)
    except ValueError:
        return date(geboren.year + jaren, 3, 1)


def eerste_geboortedag(op: date) -> date:
    """in: a day; out: whoever was born before it had the last of these birthdays too long ago."""
    return (op - NOG_LATER).replace(day=1, year=(op - NOG_LATER).year - VOLWASSEN)


def overgang(lid: Gezinslid, op: date) -> Overgang | None:
    """in: somebody of the family, a day; out: the birthday that is near: 30 days before it until 30 days after."""
    if lid.geboren is None:
        return None
    dagen = ((jaren, verjaardag(lid.geboren, jaren)) for jaren in MIJLPALEN)
    return next((Overgang(lid, jaren, dag) for jaren, dag in dagen if dag - VOORAF <= op <= dag + NOG_LATER), None)
