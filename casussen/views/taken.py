"""Placeholder, being written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def taak(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def reactie(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def bereikbaar(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def regie(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError
