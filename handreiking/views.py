"""The page of the own account."""

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def mijn_account(request: HttpRequest) -> HttpResponse:
    """Out: who I am here, how I sign in, and the ways to change that."""
    soorten = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    return render(request, "account/account.html", {"soorten": soorten})
