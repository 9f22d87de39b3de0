"""What the tests of a code on top of a link share: asking for it, reading its mail, typing it."""

import re
from datetime import timedelta

from django.core import mail
from django.test import Client
from django.utils import timezone

from casussen import berichten
from casussen.berichten import links
from casussen.models import Deelnemer, Gezinslid, Toegangslink
from tests.taaklink import token


def pad(aan: Deelnemer | Gezinslid) -> str:
    """The path of a fresh link."""
    return f"/{'t' if isinstance(aan, Deelnemer) else 'o'}/{token(aan)}/"


def code_in(tekst: str) -> str:
    """The digits in the text of a mail."""
    gevonden = re.search(r"code: (\d{3}) (\d{3})", tekst)
    assert gevonden, tekst
    return "".join(gevonden.groups())


def vraag_code(client: Client, pad: str) -> str:
    """Presses the button of the page with that path, and sends the mail; out: the digits in it."""
    assert client.post(f"{pad}code/").status_code == 302
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    return code_in(str(mail.outbox[-1].body))


def in_browser(aan: Deelnemer | Gezinslid, browser: str) -> str:
    """The path of a fresh link that belongs to a browser with this secret, which showed the code."""
    plek, straks = pad(aan), timezone.now() + links.GEBONDEN
    velden = {"browser_hash": links.hash_van(browser), "gebonden_tot": straks, "code_tot": straks}
    Toegangslink.objects.filter(token_hash=links.hash_van(plek.split("/")[2])).update(**velden)
    return plek


def met_code(client: Client, aan: Gezinslid) -> str:
    """The path of a fresh link in a browser that showed the code from the mail.

    Somebody without mail has it for a moment: the code was given before that changed.
    """
    eigen, plek = Gezinslid.objects.filter(pk=aan.pk), pad(aan)
    was = eigen.values("email", "krijgt_mail", "gezag").get()
    if not aan.krijgt_vanzelf_mail:
        eigen.update(email="lezer@gezin.example", krijgt_mail=True, gezag=None)
    antwoord = client.post(f"{plek}code/", {"code": vraag_code(client, plek)})
    assert antwoord.status_code == 302, antwoord
    eigen.update(**was)
    return plek
