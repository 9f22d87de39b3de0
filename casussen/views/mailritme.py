"""Less mail: the page behind the signed address under a mail that somebody may do without. It shows no names."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casussen.acties.mailritme import kies_mailritme
from casussen.berichten import afmelden
from casussen.forms.mailritme import MailritmeForm
from casussen.models.organisatie import Mailritme
from casussen.views import deur


@csrf_exempt  # a mail program presses this button without a cookie (RFC 8058); the signed token is the protection
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailritme(request: HttpRequest, token: str) -> HttpResponse:
    """in: a signed token; out: the choice as it is, or as it was just made; 404 when we never made that token."""
    professional = afmelden.zoek(token)
    if professional is None:
        raise Http404
    form, bewaard = MailritmeForm(initial={"ritme": professional.mailritme}), False
    if request.method == "POST":
        een_druk = request.POST.get("List-Unsubscribe") == "One-Click"
        form = MailritmeForm({"ritme": Mailritme.GEEN} if een_druk else request.POST)
        bewaard = form.is_valid()
    if bewaard:
        ritme = Mailritme(form.cleaned_data["ritme"])
        kies_mailritme(door=deur.klok(request), professional=professional, ritme=ritme)
    antwoord = render(request, "link/mailritme.html", {"form": form, "bewaard": bewaard})
    antwoord["Referrer-Policy"] = "no-referrer"
    return antwoord
