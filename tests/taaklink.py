"""What the tests of the page behind a helper's link share."""

import html

from django.http.response import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen.berichten import links
from casussen.models import Afspraak, Deelnemer, Gezinslid

BEREIKBAAR = {
    "telefoon": "085-0000 031",
    "dagen": ["3", "1"],
    "uren_van": "9.30",
    "uren_tot": "17",
    "terugbellen": "dezelfde-dag",
    "vervanger": "Anna Smit",
    "app": "korte vragen",
    "mail": "",
    "versie": "1",
}


def token(aan: Deelnemer | Gezinslid) -> str:
    """A fresh link's token."""
    adres, _link = links.maak_link(aan, nu=timezone.now())
    return adres.rstrip("/").rsplit("/", 1)[1]


def binnen(client: Client, aan: Deelnemer) -> str:
    """The token of a fresh link that belongs to this browser: its person said who he is."""
    sleutel = token(aan)
    client.post(f"/t/{sleutel}/", {"ik": "1", "wat": "verder"})
    return sleutel


def tekst(antwoord: HttpResponseBase) -> str:
    """The page as its reader gets it."""
    assert isinstance(antwoord, HttpResponse)
    return html.unescape(antwoord.content.decode())


def antwoord(client: Client, pad: str, afspraak: Afspraak, soort: str, woorden: str = "") -> HttpResponseBase:
    """Presses a button."""
    velden = {"soort": soort, "tekst": woorden, "inhoud_versie": 1}
    return client.post(f"{pad}afspraak/{afspraak.pk}/", velden)
