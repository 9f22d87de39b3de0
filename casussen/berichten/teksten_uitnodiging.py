"""The mail with which a new member of staff comes in."""

from django.utils.translation import gettext as _

from casussen.berichten.uitnodigingen import open_uitnodigingen
from casussen.models import Bericht


def uitnodiging(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject, and the lines before the link."""
    assert bericht.medewerker is not None  # only staff is invited
    gegevens = open_uitnodigingen(bericht.medewerker).select_related("organisatie", "door").get()
    organisatie = {"organisatie": gegevens.organisatie.naam}
    onderwerp = _("Je account bij %(organisatie)s") % organisatie
    if gegevens.door is None:
        wie = _("Er is een account voor je gemaakt bij %(organisatie)s. Je gaat werken met Handreiking.") % organisatie
    else:
        wie = _("%(naam)s heeft een account voor je gemaakt bij %(organisatie)s. Je gaat werken met Handreiking.")
        wie %= {"naam": gegevens.door.naam, **organisatie}
    wat = _("Kies op deze pagina een wachtwoord. Daarna kun je inloggen. Ken je deze mail niet? Gooi hem dan weg.")
    return onderwerp, [wie, wat]
