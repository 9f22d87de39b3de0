"""Placeholder, being written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def begin(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def lijst(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def nieuw(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError
