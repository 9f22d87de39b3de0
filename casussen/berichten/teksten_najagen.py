"""The texts of chasing: to who did not answer, and to the coordinator when that had no effect."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.models import Bericht
from casussen.overzicht import wachten
from casussen.taal.datums import getal


def najagen(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and lines."""
    assert bericht.casus is not None  # it is about one
    onderwerp = _("%(naam)s wacht nog op je antwoord") % {"naam": bericht.casus.coordinator.naam}
    return onderwerp, [_("We wachten nog op jouw antwoord. Kijk of jouw deel klopt. Je bent in twee minuten klaar.")]


def geen_antwoord(rijen: Sequence[Bericht]) -> tuple[str, list[str]]:
    """in: the rows of one mail, each about a casus of the same coordinator; out: subject and lines: only how many."""
    casussen = {rij.casus.pk: rij.casus for rij in rijen if rij.casus}
    mensen = wachten.zonder_antwoord(list(casussen.values()), timezone.localdate()).values()
    aantal = sum(mens.uitgevraagd for per_casus in mensen for mens in per_casus)
    wie = ngettext(
        "Je wacht nog op antwoord van één persoon. Wij sturen geen herinneringen meer. Hier zie je wie het is.",
        "Je wacht nog op antwoord van %(aantal)s mensen. Wij sturen geen herinneringen meer. Hier zie je wie het zijn.",
        aantal,
    )
    return _("Er is nog geen antwoord"), [wie % {"aantal": getal(aantal)}, _("Bellen helpt vaak het snelst.")]
