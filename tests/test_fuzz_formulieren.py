"""Every form and the import of a family, with values that nobody should send: valid or refused, never an error."""

import os
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.forms import UserTokenForm
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casussen.acties.fouten import Geweigerd
from casussen.acties.importeren import importeer
from casussen.invoer import InvoerFout
from casussen.models import Casus
from tests import cast
from tests.accounts import ingelogd, log_in, met_codeapp
from tests.daden import ongedaan
from tests.formulierfuzz import Opname, eigen_formulieren, inzendingen, opnemen, uitkomsten
from tests.fuzz import BEHEER, UITGEBROKEN
from tests.gezinsbestand import DEMO, KLEIN, VANDAAG, schrijf
from tests.toegang import TABEL
from tests.vijandig import WAARDEN
from tests.voorraad import uit_voorraad
from tests.wereld import Wereld, maak_wereld

# make fuzz asks for more; the usual suite does the same ones each time.
LANG = "FUZZ" in os.environ
GEDULDIG = settings(
    deadline=None, derandomize=not LANG, database=None, suppress_health_check=list(HealthCheck),
    max_examples=300 if LANG else 12,
)  # fmt: skip

# Only made for somebody with a passkey; tests/test_account_passkey.py sends them what no device made.
ELDERS = {"OpnieuwForm"}


@pytest.fixture
def wereld(db: None) -> Wereld:
    """Everybody and everything that the table of who gets what needs."""
    return uit_voorraad("wereld", lambda: maak_wereld(cast.maak_kuipers(cast.maak_teams())))


def _bezoek_alles(wereld: Wereld) -> None:
    """Opens every page and presses every button once, as those who may do most there; also of a closed casus."""
    kuipers = wereld.kuipers
    wie_er_komen = ("bezoeker", "coördinator", "beheerder", "helper", "ouder_met_gezag")
    clients = {wie: wereld.in_browser(Client()) for wie in wie_er_komen}
    for wie in ("coördinator", "beheerder"):
        ingelogd(clients[wie], wereld.mensen[wie])
    for pad in BEHEER:
        clients["beheerder"].get(pad)
    for model, pk in (
        ("team", kuipers.teams.noord.pk),
        ("medewerker", kuipers.teams.joost.pk),
        ("organisatie", kuipers.teams.noord.organisatie_id),
    ):
        clients["beheerder"].get(f"/beheer/casussen/{model}/{pk}/change/")
    with ongedaan():
        met_codeapp(kuipers.teams.karin)
        log_in(clients["bezoeker"], kuipers.teams.karin)
        clients["bezoeker"].get("/inloggen/code/")
        ingelogd(clients["bezoeker"], kuipers.teams.karin, geleden=timedelta(hours=1)).get("/account/opnieuw/code/")
    clients["bezoeker"] = Client()
    with ongedaan():
        zonder_code = {"token": wereld.token("ouder_zonder_code")}
        clients["bezoeker"].post(reverse("casussen:gezin_code", kwargs=zonder_code), {"code": "een gok"})
    for gesloten in (False, True):
        with ongedaan():
            if gesloten:
                Casus.objects.filter(pk=kuipers.casus.pk).update(afgesloten_op="2026-01-01T12:00Z")
            for adres in TABEL:
                for wie in ("helper", "ouder_met_gezag") if adres.link else ("bezoeker", "coördinator", "beheerder"):
                    token = {"token": wereld.token(wie)} if adres.link else {}
                    pad = reverse(adres.naam, kwargs=adres.kwargs(wereld) | token)
                    with ongedaan():
                        clients[wie].get(pad)
                        clients[wie].post(pad, adres.data(wereld))


def test_every_form_takes_or_refuses_whatever_is_sent(wereld: Wereld, subtests: pytest.Subtests) -> None:
    with opnemen() as opnames:
        _bezoek_alles(wereld)
    ids = [str(pk) for pk in Casus.objects.values_list("pk", flat=True)] + [str(uuid4())]
    # A new form that no page of the table makes would go unseen.
    gemaakt = {klas for opname in opnames.values() for klas in opname.klas.__mro__}
    assert {form.__name__ for form in eigen_formulieren() if form not in gemaakt} == ELDERS
    assert len(opnames) > 25
    for opname in opnames.values():
        if opname.klas is UserTokenForm:  # allauth fills it from the address, always both parts; nobody types in it
            continue
        with subtests.test(str(opname)):
            _stuur_van_alles(opname, ids)


def _verzoek() -> HttpRequest:
    """For the forms of allauth, which ask who is there."""
    verzoek = RequestFactory().post("/")
    verzoek.session, verzoek.user = SessionStore(), AnonymousUser()
    return verzoek


def _stuur_van_alles(opname: Opname, ids: list[str]) -> None:
    @GEDULDIG
    @given(inzendingen(opname, ids))
    def een_keer(inzending: tuple[list[tuple[str, str]], dict[str, bytes]]) -> None:
        cache.clear()  # or the forms with a limit would only say that it was too often
        with ongedaan(), request_context(_verzoek()):
            form = opname.opnieuw(*inzending)
            if form.is_valid():
                list(uitkomsten(form))
            else:
                assert form.errors
            assert not UITGEBROKEN.search(form.as_div())

    een_keer()


# The import

FAMILIES = [KLEIN, *(pad.read_text(encoding="utf-8") for pad in sorted(DEMO.glob("*.yaml")))]
WOORD = re.compile(r"[^\s:\[\]{},-][^\n:\[\]{},]*")


@st.composite
def beschadigd(draw: st.DrawFn) -> bytes:
    """A family in which a few words, lines or bytes are not what they were."""
    tekst = draw(st.sampled_from(FAMILIES))
    for _keer in range(draw(st.integers(1, 2))):
        regels = tekst.split("\n")
        plek = draw(st.integers(0, len(regels) - 1))
        raar = draw(st.sampled_from(WAARDEN) | st.text(max_size=10))[:3000]
        soort = draw(st.sampled_from(["woord"] * 5 + ["weg", "dubbel", "ruil", "inspringen", "erbij", "af"]))
        if soort == "woord":
            regels[plek] = WOORD.sub(raar.replace("\\", r"\\"), regels[plek], count=draw(st.integers(1, 2)))
        elif soort == "weg":
            del regels[plek]
        elif soort == "dubbel":
            regels.insert(plek, regels[plek])
        elif soort == "ruil":
            ander = draw(st.integers(0, len(regels) - 1))
            regels[plek], regels[ander] = regels[ander], regels[plek]
        elif soort == "inspringen":
            regels[plek] = " " * draw(st.integers(0, 7)) + regels[plek].lstrip()
        elif soort == "erbij":
            regels.insert(plek, draw(st.sampled_from(YAML)))
        else:
            regels = regels[:plek]
        tekst = "\n".join(regels)
    heel = tekst.encode("utf-8", "surrogatepass")
    return heel + draw(st.sampled_from([*[b""] * 9, b"\xff", b"\x00", b"\n---\n", b"\n...\nx"]))


YAML = [
    "&a [*a]", "x: *onbekend", "!!python/object/apply:os.system [ls]", "<<: {naam: a}", "? [a, b]\n: c", "- - - - -",
    "naam: !!binary aGFsbG8=", "gezin: 3", "gezin: [1, [2], {a: b}]", "afspraken: {wie: x}", "%YAML 9.9", "[" * 200,
    "antwoorden: [a]", "evaluatie: {over_weken: 1e9}", "evaluatie: {datum: 9999-12-31}", "naam: |\n  a\n  b", "\t- x",
    "evaluatie: {over_weken: 5, datum: 0001-01-01}", "professionals: [{}]", "netwerk: ['']", "geboren: 2014-02-30",
]  # fmt: skip


def test_a_damaged_file_of_a_family_is_read_or_refused_with_line_and_field(
    kuipers: cast.Kuipers, tmp_path: Path
) -> None:
    gelezen: list[bool] = []
    uitleg: list[str] = []

    @settings(GEDULDIG, max_examples=2000 if LANG else 120)
    @given(beschadigd())
    def een_keer(inhoud: bytes) -> None:
        with ongedaan():
            try:
                importeer(pad=schrijf(tmp_path, inhoud), team=kuipers.teams.noord, vaststellen=False, vandaag=VANDAAG)
            except (InvoerFout, Geweigerd) as fout:
                gelezen.append(False)
                uitleg.append(str(fout))
            else:
                gelezen.append(True)

    een_keer()
    assert all(zin.strip() for zin in uitleg)
    # Some were mild enough to be read: what is refused at the door says nothing about what lies behind it.
    assert 0.05 < sum(gelezen) / len(gelezen) < 0.95
