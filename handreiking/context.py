"""What every template may use."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest

from casussen import rechten
from casussen.client import request_number
from casussen.session import page_session
from casussen.views import deur
from handreiking import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    """in: the request; out: the version, whether this is the demo, the number of this request, how the session ends.

    Also the words on the button of the work account (empty without one), and whether this person manages something,
    takes part with a family, or sees counts.
    """
    return {
        "versie_software": __version__,
        "is_demo": settings.DEMO,
        "verzoeknummer": request_number(),
        "sessie": page_session(request),
        "werkaccount": settings.OIDC_NAAM if settings.OIDC_ISSUER else "",
        "mag_beheren": lambda: admin.site.has_permission(request),
        "doet_mee": lambda: _doet_mee(request),
        "ziet_aantallen": lambda: _ziet_aantallen(request),
    }


def _doet_mee(request: HttpRequest) -> bool:
    return request.user.is_authenticated and rechten.eigen_delen(deur.actor_van(request)).exists()


def _ziet_aantallen(request: HttpRequest) -> bool:
    return request.user.is_authenticated and rechten.mag_aantallen_lezen(deur.actor_van(request))
