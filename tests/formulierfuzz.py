"""Every form of the application, as the pages make them, with values that nobody should send."""

import copy
import inspect
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.forms import DeclarativeFieldsMetaclass
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import strategies as st

import casussen
import handreiking
from tests.vijandig import WAARDEN

BESTANDEN = [
    b"", b"\xff\xd8\xff\xe0", b"GIF89a" + b"\xff" * 20, b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
    b"RIFF\xff\xff\xff\xffWEBPVP8 ", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 2000,
]  # fmt: skip


def eigen_formulieren() -> set[type[forms.BaseForm]]:
    """Every form class of ours that a page can use: those with fields of their own and a public name."""
    for pakket in (casussen, handreiking):
        for module in pkgutil.walk_packages(pakket.__path__, f"{pakket.__name__}."):
            if ".management." not in module.name and ".migrations" not in module.name:
                import_module(module.name)
    return {
        form
        for form in _onder(forms.BaseForm)
        if form.__module__.split(".")[0] in ("casussen", "handreiking")
        and not form.__name__.startswith("_")
        and not any(ander.__module__.split(".")[0] == "casussen" for ander in form.__subclasses__())
    }


def _onder(klas: type[Any]) -> Iterator[type[Any]]:
    for lager in klas.__subclasses__():
        yield lager
        yield from _onder(lager)


@dataclass
class Opname:
    """How a page made a form once, so that it can be made again with other data."""

    klas: type[forms.BaseForm]
    kwargs: dict[str, Any]
    velden: dict[str, forms.Field]

    def __str__(self) -> str:
        return f"{self.klas.__module__}.{self.klas.__name__}({', '.join(self.velden)})"

    def opnieuw(self, paren: list[tuple[str, str]], bestanden: dict[str, bytes]) -> forms.BaseForm:
        """in: what is sent, as a web server reads it from the line; out: the form."""
        kwargs = self.kwargs | {"data": QueryDict(urlencode(paren, errors="surrogatepass"))}
        kwargs["files"] = MultiValueDict({naam: [SimpleUploadedFile(naam, wat)] for naam, wat in bestanden.items()})
        if "instance" in kwargs:
            kwargs["instance"] = copy.copy(kwargs["instance"])
        return self.klas(**{naam: waarde for naam, waarde in kwargs.items() if naam not in self._weg()})

    def _weg(self) -> set[str]:
        """Forms that pass nothing on take no files."""
        parameters = inspect.signature(self.klas.__init__).parameters
        los = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
        return set() if los or "files" in parameters else {"files"}


@contextmanager
def opnemen() -> Iterator[dict[Any, Opname]]:
    """Takes down every form that is made in the block: one for each class and set of fields."""
    opnames: dict[Any, Opname] = {}
    gewoon = type.__call__

    def maak(klas: Any, *args: Any, **kwargs: Any) -> Any:
        form = gewoon(klas, *args, **kwargs)
        rest = {naam: waarde for naam, waarde in kwargs.items() if naam not in ("data", "files")}
        opnames.setdefault((klas, tuple(form.fields)), Opname(klas, rest, form.fields))
        return form

    DeclarativeFieldsMetaclass.__call__ = maak  # type: ignore[method-assign,assignment]
    try:
        yield opnames
    finally:
        del DeclarativeFieldsMetaclass.__call__


def inzendingen(opname: Opname, ids: list[str]) -> st.SearchStrategy[tuple[list[tuple[str, str]], dict[str, bytes]]]:
    """What somebody may send with one form."""
    raar = st.one_of(
        st.sampled_from(WAARDEN),
        st.sampled_from(ids),
        st.text(st.characters(exclude_categories=()), max_size=30),
        st.integers().map(str),
        st.dates().map(str),
    )
    prefix = opname.kwargs.get("prefix")
    velden: list[st.SearchStrategy[list[tuple[str, str]]]] = []
    for naam, veld in opname.velden.items():
        keuzes = [str(keuze) for keuze in _plat(getattr(veld, "choices", []))][:40]
        goed = st.one_of(st.sampled_from(keuzes), raar) if keuzes else raar
        waarden = st.lists(goed, max_size=3) if keuzes else st.lists(goed, min_size=0, max_size=2)
        voluit = f"{prefix}-{naam}" if prefix else naam
        velden.append(waarden.map(partial(_paren, voluit)))
    bestand = [naam for naam, veld in opname.velden.items() if isinstance(veld, forms.FileField)]
    bestanden = st.fixed_dictionaries({}, optional=dict.fromkeys(bestand, st.sampled_from(BESTANDEN) | st.binary()))
    paren = st.tuples(*velden).map(lambda delen: [paar for deel in delen for paar in deel])
    return st.tuples(paren, bestanden)


def _paren(naam: str, waarden: list[str]) -> list[tuple[str, str]]:
    return [(naam, waarde) for waarde in waarden]


def _plat(keuzes: Any) -> Iterator[Any]:
    for waarde, woord in keuzes:
        if isinstance(woord, list | tuple):
            yield from (binnen for binnen, _woord in woord)
        else:
            yield waarde


def uitkomsten(form: forms.BaseForm) -> Iterator[Any]:
    """What a view may ask of a form that is valid: its own methods without anything to give."""
    for naam, methode in inspect.getmembers(form, inspect.ismethod):
        eigen = getattr(methode, "__module__", "").startswith("casussen.forms")
        if eigen and not naam.startswith(("_", "clean")) and not inspect.signature(methode).parameters:
            yield methode()
