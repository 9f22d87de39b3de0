"""How a member of staff comes in, in one sentence for the beheerder."""

from datetime import datetime

from django.utils.translation import gettext as _

from casussen.berichten.uitnodigingen import laatste_dag
from casussen.models import Medewerker, Uitnodiging
from casussen.models.bericht import BerichtStatus
from casussen.taal.datums import dag_voluit


def hoe_komt_binnen(medewerker: Medewerker, *, nu: datetime) -> str:
    """in: an account with its uitnodigingen, socialaccount_set and mails with an invitation, the moment; out: how."""
    manieren = []
    if medewerker.has_usable_password():
        manieren.append(_("Met een eigen wachtwoord."))
    if medewerker.socialaccount_set.all():  # type: ignore[attr-defined]  # allauth has no types
        manieren.append(_("Met het werkaccount."))
    return " ".join(manieren) or _uitnodiging(medewerker, nu)


def _uitnodiging(medewerker: Medewerker, nu: datetime) -> str:
    uitnodiging = next((een for een in medewerker.uitnodigingen.all() if een.is_open), None)
    if uitnodiging is None:
        return _("Nog niet: er is geen uitnodiging.")
    if uitnodiging.geldig_tot is None:
        return _mail(medewerker)
    if nu >= uitnodiging.geldig_tot:
        return _("Nog niet: de uitnodiging is verlopen. Stuur een nieuwe.")
    return _verstuurd(medewerker, uitnodiging)


def _verstuurd(medewerker: Medewerker, uitnodiging: Uitnodiging) -> str:
    if _status(medewerker) == BerichtStatus.MISLUKT:
        return _("Nog niet: de mail kwam niet aan. Kijk of het adres klopt en stuur een nieuwe.")
    return _("Nog niet: uitgenodigd. De link werkt tot en met %(dag)s.") % {"dag": dag_voluit(laatste_dag(uitnodiging))}


def _mail(medewerker: Medewerker) -> str:
    if _status(medewerker) == BerichtStatus.MISLUKT:
        return _("Nog niet: de mail kwam niet aan. Kijk of het adres klopt en stuur een nieuwe.")
    return _("Nog niet: de mail met de uitnodiging gaat zo weg.")


def _status(medewerker: Medewerker) -> str:
    mails = list(medewerker.berichten.all())
    return mails[-1].status if mails else ""
