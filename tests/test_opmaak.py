"""Hostile text in every field: it stays text on every page, on paper, in mail and in every file."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pypdf import PdfReader

from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from casussen.models import Bericht, Casus, Reactie, Verzoek
from casussen.models.afspraak import ReactieSoort
from tests import cast
from tests.accounts import ingelogd
from tests.daden import ongedaan
from tests.opmaak import MAILKOPPEN, tekst_van, tekstvelden, uitgebroken, vul_alles
from tests.toegang import TABEL
from tests.vijandig import MERK
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld

BEHEER = ["organisatie", "team", "medewerker", "lidmaatschap", "professional", "handreiking"]


@pytest.fixture
def wereld(db: None) -> Wereld:
    """The family and everybody around it, with hostile text in every field; and a version fixed of that."""
    wereld = uit_voorraad("wereld", lambda: maak_wereld(cast.maak_kuipers(cast.maak_teams())))
    Verzoek.objects.update(verlengd_op=timezone.now(), verleng_reden="?")
    assert vul_alles() > 200
    kuipers = wereld.kuipers
    stel_vast(door=kuipers.door, casus=Casus.objects.get(pk=kuipers.casus.pk), nummer=2)
    # The version asked new answers; now there are.
    Reactie.objects.update(soort=ReactieSoort.VRAAG, tekst="?")
    vul_alles()
    return wereld


def _antwoorden(wereld: Wereld, wie: str) -> dict[str, HttpResponseBase]:
    """What somebody gets at every address that he may look at."""
    client = wereld.in_browser(Client())
    if wie in wereld.mensen:
        ingelogd(client, wereld.mensen[wie])
    paden = [
        reverse(adres.naam, kwargs=adres.kwargs(wereld) | ({"token": wereld.token(wie)} if adres.link else {}))
        for adres in TABEL
    ]
    casus = wereld.kuipers.casus.pk
    paden += [f"/casussen/{casus}/stap/{nummer}/" for nummer in range(1, 8)]
    if wie == "beheerder":
        paden += [f"/beheer/casussen/{model}/" for model in BEHEER]
        paden += [f"/beheer/casussen/medewerker/{mens.pk}/change/" for mens in wereld.mensen.values()]
        paden += [f"/beheer/casussen/team/{wereld.kuipers.teams.noord.pk}/change/"]
    gekregen: dict[str, HttpResponseBase] = {}
    for pad in paden:
        with ongedaan():
            antwoord = client.get(pad)
        if antwoord.status_code == 200:
            gekregen[pad] = antwoord
    return gekregen


def _soort(antwoord: HttpResponseBase) -> str:
    return antwoord["Content-Type"].split(";")[0]


@pytest.mark.parametrize("wie", ["coördinator", "beheerder", "helper", "ouder_met_gezag", "bezoeker"])
def test_on_no_page_does_it_become_more_than_text(wereld: Wereld, wie: str) -> None:
    gelezen = 0
    for pad, antwoord in _antwoorden(wereld, wie).items():
        if _soort(antwoord) != "text/html":
            continue
        html = antwoord.content.decode()  # type: ignore[attr-defined]  # a page is no stream
        assert uitgebroken(html) == [], pad
        tekst = tekst_van(html)
        assert f"49{MERK}" not in tekst
        gelezen += tekst.count(MERK)
    # Whoever sees something of the family sees it as it was typed.
    assert gelezen > {"coördinator": 300, "beheerder": 20, "helper": 5, "ouder_met_gezag": 5}.get(wie, -1)


def test_a_page_shows_exactly_what_was_typed(wereld: Wereld) -> None:
    casus = wereld.kuipers.casus
    afspraak = casus.afspraken.filter(wat__contains="<script>").first() or casus.afspraken.first()
    assert afspraak is not None
    client = ingelogd(Client(), wereld.mensen["coördinator"])
    tekst = tekst_van(client.get(f"/casussen/{casus.pk}/stap/5/").content.decode())
    assert " ".join(afspraak.wat.split()) in tekst


def test_what_is_no_page_holds_it_as_text_too(wereld: Wereld) -> None:
    """PDF, JSON, calendar and zip. tests/fuzz.py ANTWOORDEN lists the kinds that there are."""
    bestanden = {
        pad: antwoord
        for wie in ("coördinator", "ouder_met_gezag")
        for pad, antwoord in _antwoorden(wereld, wie).items()
        if _soort(antwoord) not in ("text/html", "image/jpeg", "text/plain")
    }
    soorten = {_soort(antwoord) for antwoord in bestanden.values()}
    assert {"application/pdf"} <= soorten <= {"application/pdf", "application/json", "application/zip", "text/calendar"}
    for pad, antwoord in bestanden.items():
        inhoud: bytes = antwoord.content  # type: ignore[attr-defined]
        assert "\n" not in antwoord.get("Content-Disposition", "")
        assert MERK not in antwoord.get("Content-Disposition", "")
        _controleer(pad, _soort(antwoord), inhoud)


def _controleer(pad: str, soort: str, inhoud: bytes) -> None:
    if soort == "application/pdf":
        pdf = PdfReader(io.BytesIO(inhoud))
        tekst = " ".join(" ".join(bladzijde.extract_text() for bladzijde in pdf.pages).split())
        assert MERK in tekst, pad
        assert f"49{MERK}" not in tekst
        # Nothing in it can be clicked or runs, and no file is in it.
        acties = [str(noot.get_object()) for bladzijde in pdf.pages for noot in bladzijde.get("/Annots", [])]
        assert not [actie for actie in acties if MERK in actie]
        assert not {"/JavaScript", "/JS", "/OpenAction", "/AA", "/EmbeddedFiles"} & set(pdf.root_object)
    elif soort == "application/json":
        if "inzage" in pad:
            assert MERK in json.dumps(json.loads(inhoud)), pad
    elif soort == "text/calendar":
        dagen = Calendar.from_ical(inhoud).walk("VEVENT")
        # The name and number of the coordinator are text in a text.
        assert [dag["summary"] for dag in dagen] == ["Samen terugkijken"] * len(dagen)
        assert {naam for dag in dagen for naam in dag if MERK in str(dag[naam])} <= {"DESCRIPTION"}
        assert all(len(regel) <= 75 and b"\n" not in regel for regel in inhoud.split(b"\r\n"))
    else:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as archief:
            for naam in archief.namelist():
                assert not naam.startswith("/")
                assert ".." not in naam
                assert MERK not in naam
                if naam.endswith((".pdf", ".json")):
                    _controleer(f"{pad}#inzage {naam}", f"application/{naam.rsplit('.', 1)[1]}", archief.read(naam))


def test_in_a_mail_it_changes_no_header_and_is_no_markup(wereld: Wereld) -> None:
    Bericht.objects.update(status="klaar", niet_voor=timezone.now(), pogingen=0, bezig_sinds=None)
    mail.outbox = []
    berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1), hooguit=1000)
    assert len(mail.outbox) > 5
    for brief in mail.outbox:
        bericht = brief.message()
        assert set(bericht.keys()) <= MAILKOPPEN
        assert not re.search(rb"^(Bcc|X-zqxmerk|<b>)", bericht.as_bytes().split(b"\n\n")[0], re.MULTILINE)
        assert brief.recipients() == brief.to
        assert len(brief.to) == 1
        for deel in bericht.walk():
            if deel.get_content_type() == "text/html":
                assert uitgebroken(str(deel.get_payload())) == []
            else:
                assert deel.get_content_maintype() in ("text", "multipart")


def test_every_field_with_a_text_was_filled(wereld: Wereld) -> None:
    """A new field with text is found by itself; here stands that it is not passed over without a reason."""
    velden = list(tekstvelden())
    leeg = {
        f"{model.__name__}.{veld.name}"
        for model, veld in velden
        if model._default_manager.exists() and not model._default_manager.filter(**{f"{veld.name}__contains": MERK})
    }
    # A consent is given by somebody of the family, or by somebody else: in this family by the first.
    assert leeg == {"Toestemming.gever_anders"}
    assert len(velden) > 35
