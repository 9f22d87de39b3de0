"""When a session ends: after a while without anything done, and at the latest half a day after signing in.

The server decides; static/js/sessie.js warns before the end and covers the page after it.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

SINCE = "ingelogd_sinds"


def remember_since(request: HttpRequest, **rest: Any) -> None:
    """Receiver of user_logged_in: from now on the clock of the longest session runs."""
    request.session[SINCE] = int(time.time())


def watch() -> None:
    """Connects the receiver; called once, when the application starts."""
    user_logged_in.connect(remember_since, dispatch_uid="casussen.session")


def seconds_at_most(request: HttpRequest) -> int:
    """in: a request of somebody signed in; out: after how many seconds the session ends, whatever is done."""
    since: int = request.session.get(SINCE, 0)
    return max(0, since + settings.SESSIE_HOOGSTENS - int(time.time()))


def seconds_left(request: HttpRequest) -> int:
    """in: a request of somebody signed in; out: after how many seconds the session ends when nothing more is done."""
    ends = Session.objects.filter(session_key=request.session.session_key).values_list("expire_date", flat=True).first()
    idle = (ends - timezone.now()).total_seconds() if ends else 0
    return max(0, min(int(idle), seconds_at_most(request)))


def page_session(request: HttpRequest) -> dict[str, int] | None:
    """in: the request of a page; out: what static/js/sessie.js needs to know, None when nobody is signed in."""
    if not (hasattr(request, "user") and request.user.is_authenticated):
        return None
    at_most = seconds_at_most(request)
    return {"seconden": min(settings.SESSION_COOKIE_AGE, at_most), "hoogstens": at_most, "wie": request.user.pk}


def session_ends(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Every request gives a session its full time again, except the question how long it still lasts.

    Only the end is written, never the whole session: a slow request would otherwise put back what another one changed.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if auth.SESSION_KEY in request.session:
            if not seconds_at_most(request):
                auth.logout(request)
            elif request.method != "GET" or request.path != reverse("casussen:sessie"):
                _give_time(request)
        return get_response(request)

    return handle


def _give_time(request: HttpRequest) -> None:
    seconds = min(settings.SESSION_COOKIE_AGE, seconds_at_most(request))
    ends = timezone.now() + timedelta(seconds=seconds)
    Session.objects.filter(session_key=request.session.session_key).update(expire_date=ends)
