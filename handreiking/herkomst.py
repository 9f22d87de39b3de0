"""The Actor of a request about an account, also before anybody is signed in."""

from django.http import HttpRequest

from casussen import actor
from casussen.actor import Actor
from casussen.models import Medewerker
from casussen.views import deur


def als_medewerker(request: HttpRequest, medewerker: Medewerker) -> Actor:
    """in: a request, whose account it is about; out: that person as Actor, with where the request came from."""
    return deur.met_herkomst(actor.van_medewerker(medewerker, op=deur.vandaag()), request)


def als_onbekende(request: HttpRequest) -> Actor:
    """in: a request of whoever did not show who that is; out: nobody, with where the request came from."""
    return deur.klok(request)
