"""Every page behind a mailed link on a phone: under 60 kilobytes with all that it loads, from nobody else, no script.

The real web server answers, as in production and as in the demo: what a page weighs depends on it.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page

from casussen import urls
from casussen.acties import afspraken, deelnemers, evaluaties, gezin
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import afmelden, links
from casussen.models import Deelnemer, Gezinslid, Toegangslink
from casussen.overzicht import momentopname
from tests import cast
from tests.browser.conftest import TELEFOON, te_breed
from tests.toegang import TABEL
from tests.webserver import ROOT, Webserver, database_van_de_test, webserver

pytestmark = pytest.mark.django_db(transaction=True)

HOOGSTENS = 60 * 1024
GEHEIM = "het-geheim-van-deze-browser"


@dataclass
class Vracht:
    """What came over the line for one page."""

    bytes_: dict[str, int] = field(default_factory=dict)

    @property
    def samen(self) -> int:
        """Out: all bytes, the headers too. Chromium draws its own clock in a field for a time ("data:")."""
        return sum(aantal for adres, aantal in self.bytes_.items() if not adres.startswith("data:"))


@pytest.fixture(scope="module")
def bestanden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site, with its styles gathered as the manual says."""
    map_ = tmp_path_factory.mktemp("site")
    omgeving = {**os.environ, "DEBUG": "1", "VAR_DIR": str(map_), "CELERY_BROKER_URL": ""}
    opdracht = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"]
    subprocess.run(opdracht, cwd=ROOT, env=omgeving, check=True)
    return map_


@pytest.fixture(params=["productie", "demo"])
def server(request: pytest.FixtureRequest, bestanden: Path, tmp_path: Path) -> Iterator[Webserver]:
    """The real web server, on an address that the browser can open."""
    demo = {"HANDREIKING_DEMO": "1", "CELERY_BROKER_URL": ""} if request.param == "demo" else {}
    anders = {"VAR_DIR": str(bestanden), "ALLOWED_HOSTS": "127.0.0.1", "SITE_URL": "http://127.0.0.1"} | demo
    with webserver(tmp_path, database_van_de_test(), **anders) as gestart:
        yield gestart


def _link(aan: Deelnemer | Gezinslid, **velden: Any) -> str:
    """The token of a link, in the state that the fields say."""
    adres, link = links.maak_link(aan, nu=timezone.now())
    Toegangslink.objects.filter(pk=link.pk).update(**velden)
    return adres.rstrip("/").rsplit("/", 1)[1]


def _hier() -> dict[str, Any]:
    """The fields of a link that belongs to the browser with the cookie, and that showed the code."""
    straks = timezone.now() + timedelta(hours=1)
    return {"browser_hash": links.hash_van(GEHEIM), "gebonden_tot": straks, "code_tot": straks}


def _elders() -> dict[str, Any]:
    return {"browser_hash": links.hash_van("een andere browser"), "gebonden_tot": timezone.now() + timedelta(hours=1)}


def _familie(k: cast.Kuipers, naam: str) -> None:
    """Another family in which Ruben helps, with letters that need the other half of the alphabet."""
    casus = begin_casus(
        door=k.door, pk=uuid4(), naam=naam, soort="jeugd", team=k.teams.noord, coordinator=k.teams.sanne
    )
    assert k.ruben.professional is not None
    assert k.teams.sanne.professional is not None
    lid = {"naam": f"Şahin {naam}", "relatie": "vader", "gezag": True}
    gezin.zet_gezinslid(door=k.door, casus=casus, pk=uuid4(), versie=0, velden=lid)
    mensen = [
        deelnemers.voeg_professional_toe(
            door=k.door, casus=casus, pk=uuid4(), professional=professional, velden={"waarvoor": "Begeleidt İbrahim"}
        )
        for professional in (k.ruben.professional, k.teams.sanne.professional)
    ]
    for nummer in range(4):
        afspraken.zet_afspraak(
            door=k.door, casus=casus, pk=uuid4(), versie=0,
            velden={"wat": f"Ik bel Ağça elke week, en Żaneta om de {nummer} weken.", "wanneer": "elke week",
                    "deelnemer": mensen[0]},
        )  # fmt: skip
    evaluaties.plan_evaluatie(
        door=k.door, casus=casus, pk=uuid4(), versie=0,
        velden={"datum": timezone.localdate() + timedelta(days=35), "uitnodiger": mensen[1]},
    )  # fmt: skip
    casus.vaststellingen.create(nummer=1, inhoud=momentopname.maak(casus), door=k.teams.sanne, op=timezone.now())


@pytest.fixture
def kuipers_vast(kuipers: cast.Kuipers) -> cast.Kuipers:
    """The family with a first version, and nine more families of Ruben."""
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(naam="Bärt Şahin-Łukasiewicz")
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    for nummer in range(9):
        _familie(kuipers, f"Gezin Yıldız-Wiśniewski {nummer}")
    return kuipers


def _paden(k: cast.Kuipers) -> dict[str, str]:
    """The address of every kind of page, in every state of a link."""
    helper, ouder = _link(k.ruben, **_hier()), _link(k.bart, **_hier())
    assert k.ruben.professional is not None
    paden = {
        "een nieuwe link vragen": "/link/nieuw/",
        "een link die niet bestaat": "/t/verzonnen/",
        "een oude link": f"/t/{_link(k.ruben, geldig_tot=timezone.now())}/",
        "een link van een andere browser": f"/t/{_link(k.ilse, **_elders())}/",
        "een link van een ouder, van een andere browser": f"/o/{_link(k.esra, **_elders())}/",
        "de eerste keer": f"/t/{_link(k.ilse)}/",
        "de eerste keer, met veel": f"/t/{_link(k.ruben)}/",
        "de eerste keer, een ouder": f"/o/{_link(k.esra)}/",
        "minder mail": afmelden.adres(k.ruben.professional).removeprefix(settings.SITE_URL),
    }
    client = Client()
    client.cookies[settings.LINK_COOKIE_NAME] = GEHEIM
    for adres in TABEL:
        if adres.link and "_pdf" not in adres.naam and "_ics" not in adres.naam:
            # What it is about does not matter: where only a button leads, one is sent to the page itself.
            pk = {"pk": k.ruben.pk} if "<uuid:pk>" in _route(adres.naam) else {}
            token = {"token": ouder if adres.naam.startswith("casussen:gezin") else helper}
            pad = reverse(adres.naam, kwargs=token | pk)
            if client.get(pad).status_code == 200:
                paden[adres.naam] = pad
    assert paden.keys() >= {"casussen:taak", "casussen:taak_agenda", "casussen:taak_overzicht", "casussen:gezin"}
    return paden


def _route(naam: str) -> str:
    _ruimte, _, kort = naam.partition(":")
    (route,) = [str(deel.pattern) for deel in urls.urlpatterns if deel.name == kort]
    return route


def _bezoek(browser: Browser, server: Webserver, pad: str, *, js: bool = True) -> tuple[Page, Vracht]:
    """Opens a page in an empty profile; out: the page, and what came over the line for it."""
    context = browser.new_context(locale="nl-NL", viewport={"width": TELEFOON, "height": 844}, java_script_enabled=js)
    basis = f"http://127.0.0.1:{server.poort}"
    context.add_cookies([{"name": settings.LINK_COOKIE_NAME, "value": GEHEIM, "url": basis}])
    pagina, vracht, adressen = context.new_page(), Vracht(), {}
    lijn = context.new_cdp_session(pagina)
    lijn.send("Network.enable")
    lijn.on("Network.requestWillBeSent", lambda wat: adressen.update({wat["requestId"]: wat["request"]["url"]}))
    # encodedDataLength: what came over the line, with the headers.
    lijn.on(
        "Network.loadingFinished",
        lambda wat: vracht.bytes_.update({adressen[wat["requestId"]]: int(wat["encodedDataLength"])}),
    )
    pagina.goto(basis + pad)
    if js:
        pagina.evaluate("document.fonts.ready.then(() => null)")
    return pagina, vracht


def test_no_page_behind_a_link_weighs_60_kilobytes_or_asks_anybody_else(
    browser: Browser, server: Webserver, kuipers_vast: cast.Kuipers, subtests: pytest.Subtests
) -> None:
    for wat, pad in _paden(kuipers_vast).items():
        with subtests.test(wat):
            pagina, vracht = _bezoek(browser, server, pad)
            try:
                assert vracht.samen < HOOGSTENS, vracht
                # The page, its style and its letters did come.
                assert vracht.samen > 25_000, vracht
                assert {pad.rsplit(".", 1)[-1] for pad in vracht.bytes_} >= {"css", "woff2", "svg"}, vracht
                hier = (f"http://127.0.0.1:{server.poort}/", "data:")
                assert [adres for adres in vracht.bytes_ if not adres.startswith(hier)] == []
                assert pagina.locator("script").count() == 0
                assert te_breed(pagina) <= 0
            finally:
                pagina.context.close()


@pytest.mark.parametrize("server", ["productie"], indirect=True)
def test_without_javascript_each_page_says_what_it_is_and_has_its_buttons(
    browser: Browser, server: Webserver, kuipers_vast: cast.Kuipers, subtests: pytest.Subtests
) -> None:
    for wat, pad in _paden(kuipers_vast).items():
        with subtests.test(wat):
            pagina, _vracht = _bezoek(browser, server, pad, js=False)
            try:
                assert pagina.locator("h1").inner_text()
                knoppen = pagina.locator("form button")
                assert all(knoppen.nth(nummer).get_attribute("type") == "submit" for nummer in range(knoppen.count()))
            finally:
                pagina.context.close()
