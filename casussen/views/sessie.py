"""How long somebody is still signed in: what static/js/sessie.js asks, and the page after signing in again."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from casussen.session import seconds_at_most, seconds_left


@login_not_required
@require_http_methods(["GET", "POST"])
def sessie(request: HttpRequest) -> JsonResponse:
    """in: GET only asks, POST stays signed in; out: the seconds that are left (0: signed out), and for whom.

    Signing in again made the forms of pages that were open too old; with the new `csrf` they can be sent.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"seconden": 0})
    stand = {
        "seconden": seconds_left(request),
        "hoogstens": seconds_at_most(request),
        "wie": request.user.pk,
        "csrf": get_token(request),
    }
    return JsonResponse(stand)


@require_safe
def terug(request: HttpRequest) -> HttpResponse:
    """Out: where somebody lands who signed in again on a second tab: go back to the first."""
    return render(request, "sessie_terug.html")
