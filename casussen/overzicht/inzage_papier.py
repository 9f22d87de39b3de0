"""A copy of everything about one person, on paper: the same as the data, to read."""

import re
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format

from casussen.overzicht import pdf

# As overzicht/inzage.py writes a day or a moment; what people type does not look like this.
_MOMENT = re.compile(r"[12]\d{3}-[01]\d-[0-3]\d(T\d\d:\d\d[+-]\d\d:\d\d)?")


def maak(gegevens: dict[str, Any], *, nu: datetime) -> bytes:
    """in: what overzicht/inzage.py made, the moment; out: an accessible PDF."""
    context = {
        "g": _met_dagen(gegevens),
        "nu": nu,
        "statisch": pdf.STATISCH,
    }
    return pdf.van_html(render_to_string("gegevens/inzage_a4.html", context))


def _met_dagen(waarde: Any) -> Any:
    """The same data with every moment as a reader says it: "22 november 2026"."""
    if isinstance(waarde, dict):
        return {naam: _met_dagen(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_met_dagen(deel) for deel in waarde]
    return _dag(waarde) if isinstance(waarde, str) else waarde


def _dag(tekst: str) -> str:
    return date_format(date.fromisoformat(tekst[:10]), "j F Y") if _MOMENT.fullmatch(tekst) else tekst
