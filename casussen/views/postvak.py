"""The demo's mailbox."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from casussen.berichten import postvak as bak

BACKEND = "casussen.berichten.postvak.EmailBackend"


def is_aan() -> bool:
    """Out: whether this site uses the demo's e-mail backend."""
    return settings.EMAIL_BACKEND == BACKEND


@login_not_required
@require_safe
def postvak(request: HttpRequest) -> HttpResponse:
    """Out: every mail that was sent, the newest first; and what waits for another day."""
    return render(request, "postvak.html", {"mails": bak.alle_mails(), "wacht": bak.wacht(timezone.now())})
