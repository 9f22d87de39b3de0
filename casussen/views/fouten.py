"""Pages for what goes wrong; each says what happened, what was kept and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """in: a POST whose form was too old or came from elsewhere; out: 403 with what was typed, and a way back."""
    return render(request, "csrf_403.html", {"getypt": getypt(request)}, status=403)


def getypt(request: HttpRequest) -> list[str]:
    """in: a POST that was not saved; out: the texts in it, to be copied.

    More than one word, so that ids, choices and a password stay out; those take no time to give again.
    """
    teksten = [tekst.strip() for naam in request.POST for tekst in request.POST.getlist(naam) if naam != "password"]
    return [tekst for tekst in teksten if len(tekst.split()) > 1]
