"""Placeholder, being written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def vaststellen(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError
