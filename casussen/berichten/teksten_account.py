"""The mails about an account: a new password, and what changed. They hold no secret but the link itself."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casussen.models import Bericht


class Verandering(StrEnum):
    """What happened to an account; the cause of the mail begins with it."""

    WACHTWOORD = "wachtwoord"
    CODEAPP_AAN = "code-app-aan"
    CODEAPP_UIT = "code-app-uit"
    PASSKEY_ERBIJ = "passkey-erbij"
    PASSKEY_WEG = "passkey-weg"
    HERSTELCODES = "herstelcodes"
    HERSTELCODE_GEBRUIKT = "herstelcode-gebruikt"
    CODE_MISLUKT = "code-mislukt"
    TWEEDE_STAP_UIT = "tweede-stap-uit"


ZINNEN: dict[Verandering, str | Promise] = {
    Verandering.WACHTWOORD: _l("Je wachtwoord is veranderd. Op andere apparaten ben je uitgelogd."),
    Verandering.CODEAPP_AAN: _l("Je logt nu in met een code van je telefoon."),
    Verandering.CODEAPP_UIT: _l("De code van je telefoon is uitgezet. Je hebt hem niet meer nodig om in te loggen."),
    Verandering.PASSKEY_ERBIJ: _l("Je hebt er een passkey bij: inloggen met vinger, gezicht of sleutel."),
    Verandering.PASSKEY_WEG: _l("Een passkey is weggehaald. Je kunt er niet meer mee inloggen."),
    Verandering.HERSTELCODES: _l("Je hebt nieuwe herstelcodes. De oude werken niet meer."),
    Verandering.HERSTELCODE_GEBRUIKT: _l("Er is een herstelcode gebruikt. Die code werkt nu niet meer."),
    Verandering.CODE_MISLUKT: _l("Iemand gaf je goede wachtwoord, maar de tweede stap lukte niet."),
    Verandering.TWEEDE_STAP_UIT: _l(
        "Een beheerder heeft je tweede stap uitgezet. Log in met je wachtwoord en zet hem opnieuw aan."
    ),
}


def nieuw_wachtwoord(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and lines before the link."""
    return _("Kies een nieuw wachtwoord"), [_("Je vroeg om een nieuw wachtwoord. Je kiest het op deze pagina.")]


def na_link_wachtwoord() -> str:
    """Out: what stands under the link to choose a new password."""
    return _(
        "De link werkt één uur en één keer. Stuur hem niet door.\n"
        "Vroeg je hier niet om? Gooi deze mail dan weg. Je wachtwoord blijft zoals het is."
    )


def account(bericht: Bericht) -> tuple[str, list[str]]:
    """in: a row of the outbox; out: subject and lines: what changed, and what to do when somebody else did it."""
    zinnen = {str(wat): zin for wat, zin in ZINNEN.items()}
    zin = zinnen.get(bericht.sleutel.split(":")[0], _("Er veranderde iets aan je account."))
    niet_jij = _("Was jij dit niet? Kies meteen een nieuw wachtwoord en bel je beheerder.")
    return _("Er gebeurde iets met je account"), [str(zin), niet_jij, _("Hier zie je je account.")]
