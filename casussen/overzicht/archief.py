"""A whole casus for the archive, before it is removed: every row and every field, in data and on paper.

What is in it is found by the structure of the database (overzicht/rijen.py), so the copy holds all that will go.
"""

import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from casussen.models import (
    Afspraak,
    Antwoord,
    Casus,
    Deelnemer,
    Evaluatie,
    Gezinslid,
    Netwerklid,
    Regie,
    Vaststelling,
)
from casussen.overzicht import pdf, rijen

SCHEMA = 1
# Says nothing to anybody but the software itself.
GEHEIM = frozenset({"token_hash", "browser_hash", "code_hash"})
# Only in the data, not on paper: how the software keeps count.
TECHNISCH = frozenset(
    {"casus", "versie", "gewijzigd_op", "inhoud_versie", "sleutel", "pogingen", "niet_voor", "bezig_sinds"}
)
# On paper in this order, then the rest.
VOORAAN = (Casus, Gezinslid, Netwerklid, Deelnemer, Regie, Afspraak, Antwoord, Evaluatie, Vaststelling)


@dataclass(frozen=True)
class Veld:
    """One field of a row: its name in the data, its label and value for a reader, its value for a machine."""

    naam: str
    label: str
    tekst: str
    waarde: Any


@dataclass(frozen=True)
class Tabel:
    """All rows of one kind."""

    naam: str
    kop: str
    rijen: list[list[Veld]]


def maak(casus: Casus, *, nu: datetime) -> bytes:
    """in: a casus, the moment; out: a zip file with `casus.json` and `casus.pdf`, each with everything."""
    tabellen = tabellen_van(casus)
    bestand = BytesIO()
    with zipfile.ZipFile(bestand, "w", zipfile.ZIP_DEFLATED) as archief:
        archief.writestr("casus.json", als_json(tabellen, nu=nu))
        archief.writestr("casus.pdf", als_pdf(casus, tabellen, nu=nu))
    return bestand.getvalue()


def tabellen_van(casus: Casus) -> list[Tabel]:
    """in: a casus; out: all its rows, per kind."""
    per_model = rijen.per_model(rijen.van_casus(casus))
    namen = {str(rij.pk): str(rij) for groep in per_model.values() for rij in groep if hasattr(rij, "naam")}
    return [
        Tabel(
            naam=model.__name__.lower(),
            kop=str(model._meta.verbose_name_plural).capitalize(),
            rijen=[list(_velden(rij, namen)) for rij in groep],
        )
        for model, groep in sorted(per_model.items(), key=_volgorde)
        # A table that only links two others is told with the row that has the link.
        if not model._meta.auto_created
    ]


def _volgorde(paar: tuple[type[models.Model], object]) -> int:
    model = paar[0]
    return VOORAAN.index(model) if model in VOORAAN else len(VOORAAN)


def als_json(tabellen: list[Tabel], *, nu: datetime) -> str:
    """in: the rows, the moment; out: a text in JSON."""
    gegevens = {
        "schema": SCHEMA,
        "gemaakt_op": timezone.localtime(nu).isoformat(timespec="minutes"),
        **{tabel.naam: [{veld.naam: veld.waarde for veld in rij} for rij in tabel.rijen] for tabel in tabellen},
    }
    return json.dumps(gegevens, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def als_pdf(casus: Casus, tabellen: list[Tabel], *, nu: datetime) -> bytes:
    """in: a casus, its rows, the moment; out: the same on paper, with everything that is filled in."""
    context = {"casus": casus, "tabellen": tabellen, "nu": nu, "statisch": pdf.STATISCH}
    return pdf.van_html(render_to_string("gegevens/archief_a4.html", context))


def _velden(rij: models.Model, namen: dict[str, str]) -> Iterator[Veld]:
    for veld in [*rij._meta.concrete_fields, *rij._meta.many_to_many]:
        if veld.name not in GEHEIM:
            waarde, tekst = _waarde(rij, veld, namen)
            op_papier = "" if veld.name in TECHNISCH else tekst
            yield Veld(veld.name, str(veld.verbose_name).capitalize(), op_papier, waarde)


def _waarde(rij: models.Model, veld: Any, namen: dict[str, str]) -> tuple[Any, str]:
    """What a field holds, for a machine and for a reader."""
    if veld.many_to_many:
        anderen = list(getattr(rij, veld.name).all())
        return [{"id": ander.pk, "naam": str(ander)} for ander in anderen], ", ".join(map(str, anderen))
    if veld.is_relation:
        ander = getattr(rij, veld.name)
        return ({"id": ander.pk, "naam": str(ander)}, str(ander)) if ander else (None, "")
    waarde = getattr(rij, veld.attname)
    if veld.choices:
        return waarde, str(getattr(rij, f"get_{veld.name}_display")())
    if veld.primary_key:
        return waarde, ""
    return waarde, leesbaar(waarde, namen)


def leesbaar(waarde: Any, namen: dict[str, str], diepte: int = 0) -> str:
    """in: a value as the database gives it, names by id; out: lines for a reader, deeper parts indented."""
    if waarde is None or waarde in ("", [], {}):
        return ""
    if isinstance(waarde, bool):
        return _("ja") if waarde else _("nee")
    if isinstance(waarde, datetime):
        return date_format(timezone.localtime(waarde), "j F Y, G.i")
    if isinstance(waarde, date):
        return date_format(waarde, "j F Y")
    if isinstance(waarde, time):
        return time_format(waarde, "G.i")
    if isinstance(waarde, dict):
        return _regels([(sleutel, leesbaar(deel, namen, diepte + 1)) for sleutel, deel in waarde.items()], diepte)
    if isinstance(waarde, list):
        delen = [leesbaar(deel, namen, diepte + 1) for deel in waarde]
        return "\n\n".join(delen) if any("\n" in deel for deel in delen) else ", ".join(delen)
    return namen.get(str(waarde), str(waarde))


def _regels(paren: list[tuple[str, str]], diepte: int) -> str:
    inspringen = "    " * diepte
    return "\n".join(
        f"{inspringen}{sleutel}:\n{tekst}" if "\n" in tekst else f"{inspringen}{sleutel}: {tekst}"
        for sleutel, tekst in paren
        if tekst
    )
