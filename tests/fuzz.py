"""A crawler that asks for every address, as everybody, with values that nobody should send.

It walks in short stretches: what is saved in one is shown in its next answers, and undone at its end.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from traceback import format_exception
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casussen import berichten
from casussen.models.basis import Rij
from tests import vijandig
from tests.accounts import ingelogd
from tests.daden import ongedaan
from tests.formuliervelden import Formulier, Pagina
from tests.kolommen import WIE
from tests.opmaak import MAILKOPPEN
from tests.toegang import TABEL
from tests.vijandig import MERK
from tests.wereld import Wereld

STUK = 40
# What views read without a form around it: found in the code, since no field checks it.
LOS = sorted({
    naam
    for pakket in ("casussen", "handreiking")
    for pad in (settings.BASE_DIR / pakket).rglob("*.py")
    for naam in re.findall(r"request\.(?:GET|POST)(?:\.get|\.getlist)?[(\[]\"(\w+)\"", pad.read_text(encoding="utf-8"))
})  # fmt: skip
# Those who may do much come by more often.
VAAK = ["coördinator"] * 12 + ["teamlid_dat_meedoet"] * 3 + ["beheerder"] * 6 + ["helper"] * 4 + ["ouder_met_gezag"] * 3
METHODES = ["GET"] * 10 + ["POST"] * 9 + ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUATSCH"]
KOPPEN = [
    "Host", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP", "Forwarded",
    "HX-Request", "HX-Target", "HX-Current-URL", "HX-Boosted", "HX-Trigger", "HX-Prompt", "HX-History-Restore-Request",
    "Accept", "Accept-Language", "Accept-Encoding", "Referer", "Origin", "Cookie", "User-Agent", "X-Request-ID",
    "X-Correlation-ID", "X-CSRFToken", "X-HTTP-Method-Override", "Range", "If-Modified-Since",
    "If-None-Match", "Authorization", "Sec-Fetch-Site", "Sec-Purpose", "Purpose", "X-Moz",
]  # fmt: skip
SOORTEN = ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=\xff",
           "application/json", "text/plain; charset=onzin", "", "\xff/\xfe"]  # fmt: skip
# Where the crawler begins in /beheer/; it finds the other addresses in the pages.
BEHEER = [
    "/beheer/", "/beheer/jsi18n/",
    "/beheer/autocomplete/?app_label=casussen&model_name=lidmaatschap&field_name=medewerker",
    *(f"/beheer/casussen/{model}/{rest}" for rest in ("", "add/") for model in
      ("organisatie", "team", "medewerker", "lidmaatschap", "professional", "handreiking")),
]  # fmt: skip
# Every kind of answer that there is, with the test that shows that hostile text in it does nothing. A new kind of
# answer (a spreadsheet, a calendar) belongs in tests/test_opmaak.py first.
ANTWOORDEN = {
    "text/html", "application/pdf", "application/json", "application/zip", "text/calendar",
    "image/jpeg", "text/plain", "text/javascript", "",  # nothing that somebody typed
}  # fmt: skip
# What was sent, come back as more than text: Django writes <, > and both quotes in another way.
UITGEBROKEN = re.compile(
    rf"</?{MERK}|<script>{MERK}|<img src=x onerror={MERK}|<svg onload={MERK}|<!-- {MERK}|' onmouseover='{MERK}"
    rf"|(?:href|src|action)=[\"']?\s*javascript:{MERK}|49{MERK}"
)


@dataclass
class Verzoek:
    """One request, with all that is needed to do it again."""

    wie: str
    methode: str
    pad: str
    lichaam: bytes = b""
    soort: str = SOORTEN[0]
    koppen: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.wie}: {self.methode} {self.pad[:300]} {self.soort!r} {self.lichaam[:600]!r} "
            f"{ {naam: waarde[:80] for naam, waarde in self.koppen.items()} }"
        )


class Rups:
    """The crawler. `gezien` counts its answers by status and kind; `fouten` holds what went wrong, told once each."""

    def __init__(self, wereld: Wereld, zaad: int) -> None:
        self.wereld, self.toeval = wereld, Random(zaad)  # noqa: S311 (chance that must come back)
        self.gezien: Counter[tuple[int, str]] = Counter()
        self.fouten: dict[str, str] = {}
        self.ids: list[UUID] = [
            pk
            for model in apps.get_app_config("casussen").get_models()
            if issubclass(model, Rij)
            for pk in model._default_manager.values_list("pk", flat=True)[:20]
        ]
        self._clients: dict[str, Client] = {}
        self._formulieren: list[tuple[str, Formulier]] = []
        self._links: list[tuple[str, str]] = []

    def loop(self, aantal: int) -> None:
        """Does so many requests."""
        while aantal > 0:
            self._clients, self._formulieren, self._links = {}, [], []
            cache.clear()
            with ongedaan():
                for _keer in range(min(STUK, aantal)):
                    self._doe(self._bedenk())
                    aantal -= 1
                    if connection.needs_rollback:
                        break
                else:
                    self._verstuur_de_mail()

    # Thinking of a request

    def _bedenk(self) -> Verzoek:
        kans = self.toeval.random()
        if self._formulieren and kans < 0.45:
            return self._uit_formulier(*self.toeval.choice(self._formulieren))
        if self._links and kans < 0.6:
            wie, link = self.toeval.choice(self._links)
            return self._met_koppen(Verzoek(wie, "GET", self._schud_vraag(link)))
        if kans > 0.93:
            wie = self.toeval.choice(["beheerder", "beheerder", self.toeval.choice(list(WIE))])
            return self._met_koppen(Verzoek(wie, "GET", self._schud_vraag(self.toeval.choice(BEHEER))))
        return self._uit_tabel()

    def _uit_tabel(self) -> Verzoek:
        toeval = self.toeval
        adres = toeval.choice(TABEL)
        if "pdf" in adres.naam and toeval.random() < 0.7:  # they take long
            adres = toeval.choice(TABEL)
        wie = toeval.choice([*VAAK, *WIE])
        kwargs: dict[str, Any] = adres.kwargs(self.wereld)
        if adres.link:
            kwargs |= {"token": self.wereld.token(wie)}
        pad = reverse(adres.naam, kwargs=kwargs)
        for waarde in kwargs.values():
            if toeval.random() < 0.12:
                pad = pad.replace(str(waarde), vijandig.in_pad(self._waarde()), 1)
        methode = toeval.choice(METHODES)
        verzoek = Verzoek(wie, methode, self._schud_vraag(pad) if toeval.random() < 0.3 else pad)
        if methode != "GET":
            data = [(naam, str(waarde)) for naam, waarde in adres.data(self.wereld).items()]
            data += [(naam, self._waarde()) for naam in LOS if toeval.random() < 0.05]
            self._vul(verzoek, self._schud(data, {}))
        return self._met_koppen(verzoek)

    def _uit_formulier(self, wie: str, formulier: Formulier) -> Verzoek:
        velden = self._schud(formulier.velden, formulier.keuzes)
        if self.toeval.random() < 0.03:
            wie = self.toeval.choice(list(WIE))
        if formulier.methode == "GET":
            return self._met_koppen(Verzoek(wie, "GET", f"{formulier.naar.split('?')[0]}?{_codeer(velden)}"))
        verzoek = Verzoek(wie, "POST", formulier.naar)
        self._vul(verzoek, velden)
        return self._met_koppen(verzoek)

    def _schud(self, velden: list[tuple[str, str]], keuzes: dict[str, list[str]]) -> list[tuple[str, str]]:
        """Changes a few fields: one that is all wrong is refused at the door, and goes no deeper."""
        toeval = self.toeval
        nieuw = [(naam, "" if waarde is None else waarde) for naam, waarde in velden]
        nieuw += [(naam, toeval.choice(lijst)) for naam, lijst in keuzes.items() if lijst and toeval.random() < 0.5]
        for _keer in range(toeval.choice([0, 1, 1, 2, 3, 30])):
            namen = [naam for naam, _waarde in nieuw] or ["onbekend"]
            naam = toeval.choice([*namen, *keuzes])
            wat = toeval.random()
            if wat < 0.1:
                nieuw = [paar for paar in nieuw if paar[0] != naam]
            elif wat < 0.2:
                nieuw += [(naam, self._waarde()) for _extra in range(3)]
            elif wat < 0.23:
                nieuw.append((self._waarde()[:200], self._waarde()))
            else:
                nieuw = [paar for paar in nieuw if paar[0] != naam] + [(naam, self._waarde())]
        return nieuw

    def _schud_vraag(self, pad: str) -> str:
        kaal, _teken, vraag = pad.partition("?")
        namen = [deel.split("=")[0] for deel in vraag.split("&") if deel]
        namen += [*LOS, "next", "p", "q", "o", "wat", "wie", "van", "tot", "_popup", "e"]
        paren = [(self.toeval.choice(namen), self._waarde()) for _keer in range(self.toeval.choice([0, 0, 1, 2]))]
        return f"{kaal}?{vraag}&{_codeer(paren)}" if paren else pad

    def _vul(self, verzoek: Verzoek, velden: list[tuple[str, str]]) -> None:
        verzoek.lichaam = _codeer(velden).encode("latin-1")
        kans = self.toeval.random()
        if kans < 0.2:
            verzoek.soort, verzoek.lichaam = "multipart/form-data; boundary=grens", _in_delen(velden, self.toeval)
        elif kans < 0.24:
            verzoek.soort = self.toeval.choice(SOORTEN)
            verzoek.lichaam = self.toeval.choice([verzoek.lichaam, self.toeval.randbytes(300), b"", b"%ff=%00&=&&;"])

    def _met_koppen(self, verzoek: Verzoek) -> Verzoek:
        if self.toeval.random() < 0.2:
            verzoek.koppen["HX-Request"] = "true"
        if self.toeval.random() < 0.3:
            for naam in self.toeval.sample(KOPPEN, self.toeval.choice([1, 1, 2, 5])):
                verzoek.koppen[naam] = vijandig.in_kop(self._waarde())
        return verzoek

    def _waarde(self) -> str:
        return vijandig.waarde(self.toeval, self.ids)

    # Doing it, and looking at the answer

    def _client(self, wie: str) -> Client:
        if wie not in self._clients:
            client = Client(raise_request_exception=False, enforce_csrf_checks=self.toeval.random() < 0.05)
            self.wereld.in_browser(client)
            if wie in self.wereld.mensen:
                ingelogd(client, self.wereld.mensen[wie])
            self._clients[wie] = client
        return self._clients[wie]

    def _doe(self, verzoek: Verzoek) -> None:
        client = self._client(verzoek.wie)
        if "Cookie" in verzoek.koppen:  # a strange cookie next to one's own
            eigen = "; ".join(f"{naam}={morsel.value}" for naam, morsel in client.cookies.items())
            verzoek.koppen["Cookie"] = f"{eigen}; messages={verzoek.koppen['Cookie']}"
        try:
            antwoord = client.generic(
                verzoek.methode, verzoek.pad, verzoek.lichaam, verzoek.soort, headers=verzoek.koppen
            )
            self._bekijk(verzoek, antwoord)
            if verzoek.methode == "POST" and not connection.needs_rollback:
                _als_bij_commit()
        except Exception as fout:
            self._meld(verzoek, fout)
            connection.set_rollback(True)

    def _bekijk(self, verzoek: Verzoek, antwoord: HttpResponseBase) -> None:
        soort = antwoord.get("Content-Type", "").split(";")[0]
        self.gezien[antwoord.status_code, soort] += 1
        exc_info = getattr(antwoord, "exc_info", None)
        if antwoord.status_code >= 500 and not (antwoord.status_code == 503 and "/gezond/" in verzoek.pad):
            self._meld(verzoek, exc_info[1] if exc_info else AssertionError(f"status {antwoord.status_code}"))
        if soort not in ANTWOORDEN:
            self._meld(verzoek, AssertionError(f"a new kind of answer: {soort}"))
        naar = urlsplit(antwoord.get("Location", ""))
        if naar.netloc not in ("", "testserver", _host(verzoek)) or naar.scheme not in ("", "http", "https"):
            self._meld(verzoek, AssertionError("a redirect to elsewhere"))
        if soort == "text/html" and not antwoord.streaming:
            self._lees(verzoek, antwoord.content.decode())  # type: ignore[attr-defined]  # not streaming

    def _lees(self, verzoek: Verzoek, html: str) -> None:
        if gevonden := UITGEBROKEN.search(html):
            stuk = html[max(0, gevonden.start() - 150) : gevonden.end() + 100]
            self._meld(verzoek, AssertionError(f"markup came through: {stuk!r}"))
        if self.toeval.random() < 0.5:
            return
        pagina = Pagina(html)
        hier = verzoek.pad.split("?")[0]
        for formulier in pagina.formulieren:
            formulier.naar = urljoin(hier, formulier.naar or hier)
            if formulier.naar.startswith("/") and "uitloggen" not in formulier.naar:
                self._formulieren.append((verzoek.wie, formulier))
        self._links += [(verzoek.wie, link) for link in pagina.links if not link.startswith("/static/")][:60]
        self._formulieren, self._links = self._formulieren[-60:], self._links[-300:]

    def _verstuur_de_mail(self) -> None:
        mail.outbox = []
        verzoek = Verzoek("klok", "MAIL", "de mails van dit stuk")
        try:
            berichten.verstuur_alles(nu=timezone.now() + timedelta(minutes=1))
            for brief in mail.outbox:
                koppen = set(brief.message().keys())
                if not koppen <= MAILKOPPEN:
                    self._meld(verzoek, AssertionError(f"a mail with {koppen - MAILKOPPEN}"))
        except Exception as fout:
            self._meld(verzoek, fout)

    def _meld(self, verzoek: Verzoek, fout: BaseException) -> None:
        """Once for each place in our code where it goes wrong."""
        regels = format_exception(fout)
        eigen = [regel for regel in regels if "/casussen/" in regel or "/handreiking/" in regel]
        plek = (eigen or regels)[-1].split(", in ")[0] + type(fout).__name__
        if isinstance(fout, AssertionError):
            plek += str(fout)[:60] + verzoek.pad[:20]
        self.fouten.setdefault(plek, f"{verzoek}\n{''.join(regels)[-2500:]}")


def _als_bij_commit() -> None:
    """What the database checks only at the end of a transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _host(verzoek: Verzoek) -> str:
    """The own name of the site, as the visitor typed it; Django lets through only those in ALLOWED_HOSTS."""
    return verzoek.koppen.get("Host", "testserver")


def _codeer(paren: list[tuple[str, str]]) -> str:
    return urlencode(paren, errors="surrogatepass")


def _in_delen(velden: list[tuple[str, str]], toeval: Random) -> bytes:
    """The same as multipart; now and then a field is a file."""
    delen = []
    for naam, waarde in velden:
        bestand = f'; filename="{toeval.choice(vijandig.KORT)[:80]}"' if toeval.random() < 0.1 else ""
        kop = f'--grens\r\nContent-Disposition: form-data; name="{naam}"{bestand}\r\n\r\n{waarde}\r\n'
        delen.append(kop.encode("utf-8", "surrogatepass"))
    return b"".join(delen) + b"--grens--\r\n"
