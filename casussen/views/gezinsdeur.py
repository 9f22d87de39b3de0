"""The door of the page of a family member: the own link (/o/…), and a code from a mail on top of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from casussen.actor import Actor, ActorSoort
from casussen.berichten import codes
from casussen.models import Casus, Gezinslid, Toegangslink
from casussen.taal.aanspreken import is_jong
from casussen.views import codepagina, deur
from casussen.views.link import dicht

View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Gezinsbezoek:
    """Somebody of the family at the own link. `met_code`: this browser showed the code from a mail."""

    door: Actor
    lid: Gezinslid
    link: Toegangslink
    token: str
    met_code: bool

    @property
    def casus(self) -> Casus:
        """Out: the casus of this link."""
        return self.link.casus

    @property
    def je(self) -> bool:
        """Out: whether the reader is called "je"."""
        return is_jong(self.lid.geboren, self.lid.relatie, deur.vandaag())

    @property
    def wie(self) -> str:
        """Out: how the page of a code speaks to the reader."""
        return "je" if self.je else "u"

    def url(self, naam: str = "") -> str:
        """in: what the address is for ("" for the page itself, "pdf", "wie_keek", "code"); out: the address."""
        return reverse("casussen:" + "_".join(deel for deel in ("gezin", naam) if deel), args=[self.token])


def achter_gezinslink(view: View, *, vraagt_code: bool = True) -> View:
    """in: a view that takes request and Gezinsbezoek, whether the page that asks for a code stands before it; out: the
    view by token, and a calm page when the link does not open. No other protection of forms: see taakdeur.achter_link.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def binnen(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        if vraagt_code and request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])  # what needs a code is for reading
        try:
            bezoek = _bezoek(deur.open_link(request, token, ActorSoort.GEZINSLID), token)
            if vraagt_code and not bezoek.met_code:
                return codepagina.vraag(request, link=bezoek.link, adres=bezoek.url("code"), wie=bezoek.wie)
            return view(request, bezoek, **kwargs)
        except deur.GeslotenLink as fout:
            return dicht(request, fout)

    return binnen


def _bezoek(toegang: deur.Toegang, token: str) -> Gezinsbezoek:
    link = toegang.link
    assert link.gezinslid is not None  # ActorSoort.GEZINSLID
    met_code = toegang.hier and codes.toonde_code(link, deur.nu())
    return Gezinsbezoek(door=toegang.door, lid=link.gezinslid, link=link, token=token, met_code=met_code)
