"""The portrait in the address book: the own one to set and to remove, and showing one to staff."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casussen import rechten
from casussen.acties.foto import haal_foto_weg, zet_foto
from casussen.actor import Actor
from casussen.forms.foto import FotoForm
from casussen.models import Foto, Professional
from casussen.views import deur


@require_http_methods(["GET", "HEAD", "POST"])
def eigen(request: HttpRequest) -> HttpResponse:
    """in: a photo of the person who is signed in; out: the page to choose one, with what is wrong if it was refused."""
    door, professional = _ik(request)
    form = FotoForm(request.POST, request.FILES) if request.method == "POST" else FotoForm()
    if professional is not None and request.method == "POST" and form.is_valid():
        zet_foto(door=door, professional=professional, beeld=form.cleaned_data["foto"])
        messages.success(request, _("Je foto is bewaard."))
        return redirect("casussen:foto_eigen")
    foto = Foto.objects.filter(professional=professional).defer("beeld").first() if professional else None
    return render(request, "foto.html", {"form": form, "professional": professional, "foto": foto})


@require_POST
def weg(request: HttpRequest) -> HttpResponse:
    """Removes the own photo; out: back to the page."""
    door, professional = _ik(request)
    if professional is not None:
        haal_foto_weg(door=door, professional=professional)
        messages.success(request, _("Je foto is weg."))
    return redirect("casussen:foto_eigen")


@require_safe
def toon(request: HttpRequest, professional_id: UUID) -> HttpResponse:
    """in: somebody in the address book; out: the photo; 404 when there is none or this person may not see it."""
    foto = get_object_or_404(Foto.objects.select_related("professional"), pk=professional_id)
    if not rechten.mag_foto_zien(deur.actor_van(request), foto.professional):
        raise Http404
    antwoord = HttpResponse(bytes(foto.beeld), content_type="image/jpeg")
    antwoord["Content-Disposition"] = 'inline; filename="foto.jpg"'
    # Nothing in it may ever run, whatever a browser takes it for.
    antwoord["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return antwoord


def _ik(request: HttpRequest) -> tuple[Actor, Professional | None]:
    """Who is signed in, and the same person in the address book if there is one."""
    door = deur.actor_van(request)
    return door, door.medewerker.professional if door.medewerker else None
