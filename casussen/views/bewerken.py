"""Changing one record of a casus: the same way for every kind of record."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.actor import Actor
from casussen.forms.basis import RijForm
from casussen.models import Casus
from casussen.views import scherm
from casussen.views.scherm import Open


def bewerk(
    request: HttpRequest,
    door: Actor,
    casus: Casus,
    *,
    nummer: int,
    soort: str,
    pk: UUID,
    form: RijForm,
    doe: Callable[[Any], object],
    form_van: Callable[[Any], RijForm],
) -> HttpResponse:
    """Shows the form of one record, or saves it.

    in: who, casus, the step where it stands, its kind and id, its form (bound on POST), the actie to call with a valid
    form, and a maker of the form of a record as it stands now (to show what somebody else wrote);
    out: the step with the form open, or what `scherm.bewaard` gives. Nothing that was typed is ever lost.
    """
    open_ = Open(soort, pk, form)
    if request.method == "POST":
        niet_bewaard = probeer(open_, doe, form_van)
        if niet_bewaard is None:
            return scherm.bewaard(request, door, casus, nummer)
        open_ = niet_bewaard
    return scherm.toon(request, door, casus, nummer, open_=open_)


def probeer(open_: Open, doe: Callable[[Any], object], form_van: Callable[[Any], forms.Form]) -> Open | None:
    """Saves a form that was sent.

    in: the form and its record, the actie to call when it is valid, and a maker of the form of a record as it stands
    now; out: None when it was saved, else the form with what is wrong, and with the other text when it was overtaken.
    """
    form = open_.form
    if not form.is_valid():
        return open_
    try:
        doe(form)
    except Verouderd as fout:
        form.add_error(None, str(fout))
        return replace(open_, ander=anders(form, form_van(fout.huidig)), versie=fout.huidig.versie)
    except Geweigerd as fout:
        form.add_error(None, str(fout))
        return open_
    return None


def anders(eigen: forms.Form, huidig: forms.Form) -> list[tuple[str, str]]:
    """in: the form as somebody typed it, the form of the record as it stands; out: label and text where they differ."""
    regels = []
    for veld in huidig:
        if veld.is_hidden or veld.name not in eigen.fields:
            continue
        waarde = _leesbaar(huidig, veld.name)
        if waarde != _leesbaar(eigen, veld.name):
            regels.append((str(veld.label), waarde or "–"))
    return regels


def _leesbaar(form: forms.Form, naam: str) -> str:
    veld = form[naam]
    waarde = veld.value()
    keuzes = getattr(veld.field, "choices", None)
    if keuzes is not None:
        gekozen = {str(keuze) for keuze in (waarde if isinstance(waarde, list) else [waarde])}
        return ", ".join(str(label) for keuze, label in _plat(keuzes) if str(keuze) in gekozen)
    tekst = veld.field.widget.format_value(waarde)
    return str(tekst or "").replace("\r\n", "\n").strip()


def _plat(keuzes: Any) -> list[tuple[object, object]]:
    """Choices without their groups."""
    plat: list[tuple[object, object]] = []
    for keuze, label in keuzes:
        plat += label if isinstance(label, (list, tuple)) else [(keuze, label)]
    return plat


def doe_of_zeg(request: HttpRequest, door: Actor, casus: Casus, nummer: int, doe: Callable[[], object]) -> HttpResponse:
    """Does one deed behind a button.

    in: who, casus, the step, the actie; out: the step afterwards; a refusal stands on the page as a sentence.
    """
    try:
        doe()
    except Geweigerd as fout:
        return scherm.geweigerd(request, door, casus, nummer, str(fout))
    return scherm.bewaard(request, door, casus, nummer)
