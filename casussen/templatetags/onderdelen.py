"""Template tags for the parts that every page uses: icon, avatar, state, who fills in, judgement.

`docs/onderdelen.md` says when to use which. A part that is only markup is a partial in templates/onderdelen/.
"""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# State -> icon, and the word when the page has no better one. The keys are also the CSS modifiers.
STANDEN = {
    "akkoord": ("check", _("Akkoord")),
    "wacht": ("clock", _("Wacht op antwoord")),
    "vraag": ("question", _("Vraag")),
    "niet": ("x", _("Niet akkoord")),
    "gelukt": ("flag", _("Gelukt")),
    "concept": ("pencil", _("Net begonnen")),
}
# Who fills in a question: the value in the content set -> CSS modifier, icon, word.
WIE = {
    "intake": ("gesprek", "note", _("Eerste gesprek")),
    "samen": ("samen", "group", _("Samen")),
    "professionals": ("helpers", "briefcase", _("Door helpers")),
}
OORDELEN = {
    "gelukt": ("check-circle", _("Gelukt")),
    "deels": ("half", _("Deels")),
    "niet": ("x", _("Niet")),
    "vervallen": ("minus-circle", _("Vervallen")),
}
# Django's message levels -> the kinds of alert.
MELDINGEN = {"debug": "info", "info": "info", "success": "ok", "warning": "warning", "error": "error"}
MELDING_ICONEN = {"info": "info", "ok": "check-circle", "warning": "warning", "error": "alert"}


@lru_cache(maxsize=1)
def icoon_namen() -> frozenset[str]:
    """Out: the names of all icons in static/iconen.svg."""
    sprite = settings.BASE_DIR / "static" / "iconen.svg"
    return frozenset(re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text("utf-8")))


@register.simple_tag
def icoon(naam: str, klasse: str = "") -> SafeString:
    """One icon, hidden from screen readers: the words beside it say what it means.

    in: name of an icon in the sprite, extra CSS classes (e.g. "hr-icon--lg"); out: an <svg>;
    raises ValueError for a name that is not in the sprite, so that a typing error shows in every test.
    """
    if naam not in icoon_namen():
        raise ValueError(f"no icon {naam!r} in static/iconen.svg")
    return format_html(
        '<svg class="hr-icon{}" width="20" height="20" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" {klasse}" if klasse else "",
        static("iconen.svg"),
        naam,
    )


@register.simple_tag
def avatar(persoon: Any, maat: str = "") -> SafeString:
    """The initials of a person in the shape that says who that is.

    in: anything with `initialen` and `vorm` (gezin, netwerk, helper, regie), size ("", "sm", "lg");
    out: a <span>, hidden from screen readers since the name always stands beside it.
    """
    return format_html(
        '<span class="hr-avatar hr-avatar--{}{}" aria-hidden="true">{}</span>',
        persoon.vorm,
        f" hr-avatar--{maat}" if maat else "",
        persoon.initialen,
    )


@register.simple_tag
def status(stand: str, woord: str = "", teken: str = "") -> SafeString:
    """A state as sign, word and colour.

    in: a key of STANDEN, other words, another icon; out: a <span>; raises KeyError for an unknown state.
    """
    standaard_teken, standaard_woord = STANDEN[stand]
    return format_html(
        '<span class="hr-status hr-status--{}">{} {}</span>',
        stand,
        icoon(teken or standaard_teken),
        woord or standaard_woord,
    )


@register.simple_tag
def wie(wie_vult_in: str) -> SafeString:
    """Who fills in a question.

    in: intake, samen or professionals, as in the content sets; out: a <span>;
    raises KeyError for another value.
    """
    vorm, teken, woord = WIE[wie_vult_in]
    return format_html('<span class="hr-wie hr-wie--{}">{} {}</span>', vorm, icoon(teken), woord)


@register.simple_tag
def oordeel(uitkomst: str) -> SafeString:
    """How an agreement went, as sign above word.

    in: gelukt, deels, niet or vervallen; out: a <span>; raises KeyError for another value.
    """
    teken, woord = OORDELEN[uitkomst]
    return format_html('<span class="hr-oordeel hr-oordeel--{}">{} {}</span>', uitkomst, icoon(teken), woord)


@register.simple_tag
def padje(klaar: int, totaal: int = 7) -> SafeString:
    """How far a family is, as a row of small stones.

    in: how many steps are done, and of how many; out: a <span> that a screen reader reads as words.
    """
    stenen = format_html_join(
        "",
        '<span class="hr-padje__steen{}"></span>',
        ((" hr-padje__steen--klaar" if nummer < klaar else "",) for nummer in range(totaal)),
    )
    woorden = gettext("%(klaar)s van %(totaal)s stappen klaar") % {"klaar": klaar, "totaal": totaal}
    return format_html('<span class="hr-padje" role="img" aria-label="{}">{}</span>', woorden, stenen)


@register.simple_tag
def telefoon(nummer: str, klasse: str = "nl-link hr-nowrap", teken: str = "") -> SafeString:
    """A telephone number that calls when it is pressed.

    in: the number as people write it, CSS classes, an icon before it; out: a link with the number without spaces and
    dashes.
    """
    kaal = re.sub(r"[^0-9+]", "", nummer)
    beeld = format_html("{} ", icoon(teken)) if teken else ""
    return format_html('<a class="{}" href="tel:{}">{}{}</a>', klasse, kaal, beeld, nummer)


@register.filter
def meldingsoort(niveau: str) -> str:
    """in: the level tag of a Django message; out: info, ok, warning or error."""
    return MELDINGEN.get(niveau, "info")


@register.filter
def meldingicoon(soort: str) -> str:
    """in: info, ok, warning or error; out: the name of its icon."""
    return MELDING_ICONEN.get(soort, "info")


@register.simple_tag
def taakadres(bezoek: Any, naam: str = "", *args: object) -> str:
    """in: a Bezoek (views/taakdeur.py), what the address is for, its arguments; out: the address behind this door."""
    return str(bezoek.url(naam, *args))
