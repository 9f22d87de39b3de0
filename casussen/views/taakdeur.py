"""The two doors of the page of a helper: the own link (/t/…), and the own account (/mijn/)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from casussen import rechten
from casussen.acties.links import bind_link
from casussen.actor import Actor, ActorSoort
from casussen.berichten import codes, links
from casussen.models import Deelnemer, Toegangslink
from casussen.toestemming import meelezen
from casussen.views import codepagina, deur
from casussen.views.link import dicht, getypt

View = Callable[..., HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Bezoek:
    """A helper at the own page.

    `delen` are the own parts, that of the link first: all of them once the link belongs to this browser (`hier`), or
    when signed in (`token` is empty, and so is `link`). `met_code`: this browser showed the code from a mail, or
    somebody signed in, which asks more. `wacht_op_code`: there are parts that only show after it.
    """

    door: Actor
    delen: tuple[Deelnemer, ...]
    token: str = ""
    link: Toegangslink | None = None
    hier: bool = True
    met_code: bool = True
    wacht_op_code: bool = False

    def url(self, naam: str = "", *args: object) -> str:
        """in: what the address is for ("" for the page itself, "reactie", …) and its arguments; out: the address."""
        basis, eigen = ("taak", (self.token,)) if self.token else ("mijn", ())
        return reverse("casussen:" + "_".join(deel for deel in (basis, naam) if deel), args=[*eigen, *args])

    def terug(self, plek: str = "") -> HttpResponse:
        """in: an anchor on the page; out: back to the page."""
        return redirect(self.url() + plek)

    def deel(self, **waar: Any) -> Deelnemer:
        """in: fields of Deelnemer; out: the own part of which that is so; raises Http404 when there is none."""
        gevonden = [deel for deel in self.delen if all(getattr(deel, veld) == waarde for veld, waarde in waar.items())]
        if not gevonden:
            raise Http404
        return gevonden[0]

    def als(self, deel: Deelnemer) -> Actor:
        """in: one of the own parts; out: this person as Actor in that casus."""
        return self.door.als_deelnemer(deel)


def achter_link(view: View, *, eerst: View | None, vraagt_code: bool = True) -> View:
    """The door of a mailed link.

    in: a view that takes request and Bezoek; the page that asks who this is, which stands before the view as long as
    the link belongs to no browser (None: this view does so itself); whether the page that asks for a code stands before
    it when an organisation demands one; out: the view by token, and a calm page when the link does not open.

    The token in the address is what nobody can guess, so there is no other protection against forms of elsewhere:
    browsers send "Origin: null" with `Referrer-Policy: no-referrer`, and Django refuses that.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def binnen(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            toegang = deur.open_link(request, token, ActorSoort.DEELNEMER)
            bezoek = _bezoek(toegang, token)
            if vraagt_code and not bezoek.met_code and codes.eist_code(bezoek.delen[0]):
                return codepagina.vraag(request, link=toegang.link, adres=bezoek.url("code"), getypt=getypt(request))
            if eerst is not None and not bezoek.hier:
                return _vraag_eerst_wie(request, bezoek, eerst)
            return view(request, bezoek, **kwargs)
        except deur.GeslotenLink as fout:
            return dicht(request, fout)

    return binnen


def _vraag_eerst_wie(request: HttpRequest, bezoek: Bezoek, eerst: View) -> HttpResponse:
    """Nothing happens and nothing is lost: a press shows the page that asks who this is, with what was typed."""
    if request.method != "POST":
        return bezoek.terug()
    zin = _("Zeg eerst wie je bent, met het vinkje hieronder.")
    return eerst(request, bezoek, zin=zin, getypt=getypt(request))


def achter_login(view: View, *, eerst: View | None) -> View:
    """in: as achter_link; out: the view for who is signed in: who that is, need not be asked."""

    @wraps(view)
    def binnen(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        door = deur.actor_van(request)
        return view(request, Bezoek(door=door, delen=eigen_delen(door)), **kwargs)

    return binnen


def bind(bezoek: Bezoek, request: HttpRequest) -> tuple[Bezoek, str]:
    """in: somebody at a link that belongs to no browser yet, who says who he is; out: the same, here, and the secret
    for the cookie (zet_cookie); raises LinkElders when another browser was first.
    """
    assert bezoek.link is not None  # only behind a link
    browser = deur.browser_van(request) or links.nieuwe_browser()
    link = bind_link(door=bezoek.door, link=bezoek.link, browser=browser, nu=deur.nu())
    if links.binding(link, browser, deur.nu()) is not links.Binding.HIER:
        raise deur.LinkElders
    return _bezoek(deur.Toegang(bezoek.door, link, hier=True), bezoek.token), browser


def zet_cookie(antwoord: HttpResponse, browser: str) -> HttpResponse:
    """in: an answer, the secret of this browser; out: the same answer, with the cookie for as long as it lasts."""
    antwoord.set_cookie(
        settings.LINK_COOKIE_NAME,
        browser,
        max_age=links.GEBONDEN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        # Not "Strict": whoever comes from a mail would seem to be somebody else.
        samesite="Lax",
    )
    return antwoord


def _bezoek(toegang: deur.Toegang, token: str) -> Bezoek:
    eigen = toegang.link.deelnemer
    assert eigen is not None  # ActorSoort.DEELNEMER
    link, eigen.casus = toegang.link, toegang.link.casus  # with all that was fetched along
    met_code = toegang.hier and codes.toonde_code(link, deur.nu())
    bezoek = Bezoek(door=toegang.door, delen=(eigen,), token=token, link=link, hier=toegang.hier, met_code=met_code)
    if not toegang.hier:
        return bezoek
    anderen = [deel for deel in eigen_delen(toegang.door) if deel.pk != eigen.pk]
    open_nu = [deel for deel in anderen if met_code or not codes.eist_code(deel)]
    return replace(bezoek, delen=(eigen, *open_nu), wacht_op_code=len(open_nu) < len(anderen))


def eigen_delen(door: Actor) -> tuple[Deelnemer, ...]:
    """in: a helper; out: the own parts in open casussen that the own organisation may read now, the oldest first."""
    delen = list(
        rechten.eigen_delen(door)
        .select_related(
            "casus__team__organisatie",
            "casus__handreiking",
            "casus__coordinator__professional",
            "professional__organisatie",
            "netwerklid",
        )
        .order_by("gemaakt_op", "id")
    )
    meelezers = meelezen.van_deelnemers(delen, deur.vandaag())
    return tuple(deel for deel in delen if (lezer := meelezers[deel.pk]) is None or lezer.mag_meelezen)
