"""The text of the mail that somebody answered a helper. It says nothing of what was asked or answered."""

from django.utils.translation import gettext as _

from casussen.models import Bericht, Draadregel


def oorzaak(regel: Draadregel) -> str:
    """in: the answer of a member of staff; out: what causes its mail."""
    return f"draad:{regel.pk}"


def draad(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and paragraphs."""
    _soort, pk, *_rest = bericht.sleutel.split(":")
    medewerker = Draadregel.objects.select_related("medewerker").get(pk=pk).medewerker
    assert medewerker is not None  # draadregel_antwoord_van_staf
    zin = _("%(naam)s gaf antwoord op wat je schreef. Je leest het op je eigen pagina.") % {"naam": medewerker.naam}
    return _("%(naam)s gaf antwoord") % {"naam": medewerker.naam}, [zin]
