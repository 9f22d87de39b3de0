"""Pages for what goes wrong; each says what happened, what was kept and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """in: a POST whose form was too old or came from elsewhere; out: 403 with a way back."""
    return render(request, "csrf_403.html", status=403)
