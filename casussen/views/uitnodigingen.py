"""The page behind an invitation: a new member of staff chooses a password. GET shows, POST acts."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from casussen import actor, logboek
from casussen.acties.fouten import Geweigerd
from casussen.acties.uitnodigingen import kies_wachtwoord
from casussen.berichten import uitnodigingen
from casussen.forms.uitnodiging import KiesWachtwoordForm
from casussen.views import deur


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def uitnodiging(request: HttpRequest, token: str) -> HttpResponse:
    """in: a token; out: who invites and a form for a password; then the page to sign in. 410 when it does not open.

    Whoever else is signed in in this browser is signed out: from now on it is the browser of the new colleague.
    """
    gevonden = uitnodigingen.zoek(token, nu=deur.nu())
    if gevonden is None:
        return _gesloten(request)
    door = deur.met_herkomst(actor.van_medewerker(gevonden.medewerker, op=deur.vandaag()), request)
    form = KiesWachtwoordForm(request.POST if request.method == "POST" else None, medewerker=gevonden.medewerker)
    if form.is_valid():
        wachtwoord = form.cleaned_data["password"]
        try:
            kies_wachtwoord(door=door, uitnodiging=gevonden, wachtwoord=wachtwoord, nu=deur.nu())
        except Geweigerd:
            return _gesloten(request)
        auth.logout(request)
        messages.success(request, _("Je wachtwoord is bewaard. Log nu in."))
        return redirect("account_login")
    if request.method == "GET":
        logboek.schrijf(door=door, daad="las", casus_id=None, over=gevonden, velden=["uitnodiging"])
    context = {"uitnodiging": gevonden, "form": form, "tot_en_met": uitnodigingen.laatste_dag(gevonden)}
    return render(request, "uitnodiging/uitnodiging.html", context)


def _gesloten(request: HttpRequest) -> HttpResponse:
    """410, the same calm page for every invitation that is expired, used, revoked, replaced or forged."""
    return render(request, "uitnodiging/gesloten.html", status=410)
