"""The text of the mail that something changed. It never says what: that stands on the page behind it."""

from django.utils.translation import gettext as _

from casussen.models import Bericht, Gezinslid


def wijziging(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and lines."""
    if isinstance(bericht.ontvanger, Gezinslid):
        return _("Er is iets veranderd"), [_("In uw overzicht is iets veranderd. Op de pagina leest u wat.")]
    zin = _("Er is iets veranderd. Op je eigen pagina lees je wat. Waar je al ja op zei, dat blijft staan.")
    return _("Er is iets veranderd"), [zin]
