"""The page behind every link that does not open, and the way to a new one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from casussen.acties.links import vraag_nieuwe_link
from casussen.forms.taken import NieuweLinkForm
from casussen.views import deur


def gesloten(request: HttpRequest) -> HttpResponse:
    """Out: 410, the same calm page for every link that is expired, revoked, replaced, forged or of another kind.

    Whatever somebody typed behind the link stands on it, to be copied.
    """
    context = {"form": NieuweLinkForm(), "tekst": request.POST.get("tekst", "").strip()}
    return render(request, "link/gesloten.html", context, status=410)


def elders(request: HttpRequest) -> HttpResponse:
    """Out: 410, for a link that belongs to another browser: the way to one for this browser."""
    return gesloten(request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """in: an e-mail address; out: always the same sentence, whether that address is known or not."""
    form = NieuweLinkForm(request.POST if request.method == "POST" else None)
    gevraagd = form.is_valid()
    if gevraagd:
        vraag_nieuwe_link(door=deur.klok(request), email=form.cleaned_data["email"], nu=deur.nu())
        form = NieuweLinkForm()
    return render(request, "link/nieuw.html", {"form": form, "gevraagd": gevraagd})
