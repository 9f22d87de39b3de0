"""Placeholder, being written."""

from typing import Any

from django.http import HttpRequest, HttpResponse


def stap(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def antwoord(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def gezinslid(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def gezinslid_weg(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def netwerklid(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def helper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def rol(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def bereikbaar(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def deelnemer_stopt(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def regie(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def regie_ja(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def afspraak(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def afspraak_vervalt(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError


def terugkijken(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise NotImplementedError
