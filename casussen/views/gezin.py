"""Placeholder, being written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def voorbeeld(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def voorbeeld_pdf(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def overzicht(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def overzicht_pdf(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError
