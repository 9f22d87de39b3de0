"""The text of the mail that asks for a decision about keeping."""

from django.utils.translation import gettext as _

from casussen.models import Bericht
from casussen.taal.datums import dag_voluit


def bewaren(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox, with the last day to keep; out: subject and sentences, without the name of a family."""
    assert bericht.datum is not None  # set for every mail of this kind
    zin = _("Van een afgesloten samenwerking eindigt de bewaartermijn op %(dag)s. Moeten de gegevens daarna weg?")
    wat_nu = _("Maak eerst een kopie voor het archief. Kies dan: wissen, of langer bewaren met een reden.")
    niets = _("Zolang je niets kiest, wist de software niets.")
    return _("Je besluit over bewaren is nodig"), [zin % {"dag": dag_voluit(bericht.datum)}, wat_nu, niets]
