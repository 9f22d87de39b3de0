"""Programs that check mail open every link, follow what they find and even press buttons. Nothing comes of it."""

import html

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties.vaststellen import stel_vast
from casussen.models import Logregel, Reactie, Toegangslink
from casussen.overzicht import wie_keek
from tests.cast import Kuipers
from tests.daden import alles
from tests.formuliervelden import Formulier, Pagina
from tests.taaklink import token

# How they call themselves.
SCANNERS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks", "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
    "Mimecast-URL-Protect/2.0", "Barracuda Sentinel (EE)", "TrendMicro WRS", "Google-Safety; https://www.google.com/bot",
    "BitdefenderLinkScan", "FireEye/1.0", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) LinkPreview", "",
]  # fmt: skip
ADRES = [f"203.0.113.{nummer}" for nummer in range(len(SCANNERS))]


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


def _knoppen(formulier: Formulier) -> list[list[tuple[str, str]]]:
    """What a program might send: nothing, the hidden values, one button, each box ticked (with each button)."""
    aangeraakt = [(naam, waarde) for naam, waarden in formulier.keuzes.items() for waarde in waarden]
    los = [[veld] for veld in formulier.velden]
    return [[], formulier.velden, *los, aangeraakt, *[[*aangeraakt, veld] for veld in formulier.velden]]


def _loop_na(scanner: Client, begin: str) -> int:
    """Opens an address as a scanner does, follows what is on it and presses all; out: how many requests that took."""
    gezien, nog, aantal = set[str](), [begin], 0
    while nog:
        adres = nog.pop()
        if adres in gezien or adres.startswith(("/static/", "tel:", "mailto:")):
            continue
        gezien.add(adres)
        scanner.head(adres)
        pagina = Pagina(html.unescape(scanner.get(adres, follow=True).content.decode()))
        aantal += 2
        nog += pagina.links
        for formulier in pagina.formulieren:
            for velden in _knoppen(formulier):
                scanner.post(formulier.naar or adres, dict(velden), follow=True)
                aantal += 1
    return aantal


def test_ten_scanners_that_press_every_button_change_nothing_and_the_person_still_takes_three_taps(
    vast: Kuipers,
) -> None:
    adres = f"/t/{token(vast.ruben)}/"
    stand, begin = alles(), timezone.now()
    for ip, naam in zip(ADRES, SCANNERS, strict=True):
        scanner = Client(REMOTE_ADDR=ip, headers={"User-Agent": naam})
        assert _loop_na(scanner, adres) > 8
        assert "link" not in scanner.cookies
    assert alles() == stand
    regels = Logregel.objects.filter(op__gte=begin)
    assert set(regels.values_list("daad", flat=True)) == {"las"}
    assert {tuple(velden) for velden in regels.values_list("velden", flat=True)} == {("taak_welkom",)}

    telefoon = Client(REMOTE_ADDR="198.51.100.4")
    pagina = Pagina(html.unescape(telefoon.get(adres).content.decode()))  # tap 1: the link
    (formulier,) = [formulier for formulier in pagina.formulieren if formulier.naar == adres]
    verborgen = [(naam, waarde) for naam, waarde in formulier.velden if naam not in ("wat", "niemand")]
    velden: dict[str, list[str]] = {"ik": ["1"], "wat": ["alles"]}  # tap 2: the box; tap 3: the button
    for veld, waarde in verborgen:
        velden.setdefault(veld, []).append(waarde)
    assert telefoon.post(adres, velden)["Location"] == adres
    assert Reactie.objects.filter(deelnemer=vast.ruben, soort="akkoord").count() == 1
    assert Toegangslink.objects.get().gebonden_tot is not None


def test_a_scanner_after_the_person_gets_nowhere_and_takes_nothing_away(vast: Kuipers) -> None:
    adres, telefoon = f"/t/{token(vast.ruben)}/", Client()
    telefoon.post(adres, {"ik": "1", "wat": "verder"})
    scanner = Client(headers={"User-Agent": SCANNERS[0]})
    for doe in (scanner.head, scanner.get, scanner.post):
        assert doe(adres).status_code == 410
    assert "Kuipers" not in scanner.get(adres).content.decode()
    assert telefoon.get(adres).status_code == 200


def test_the_family_is_not_told_that_a_helper_looked_when_a_program_may_have(vast: Kuipers) -> None:
    adres = f"/t/{token(vast.ruben)}/"
    Client(headers={"User-Agent": SCANNERS[1]}).get(adres)
    assert not wie_keek.dagen(vast.casus)
    vandaag = timezone.localdate()
    assert wie_keek.op_dagen(vast.casus, vast.bart, [vandaag], vandaag) == []
    telefoon = Client()
    telefoon.post(adres, {"ik": "1", "wat": "verder"})
    telefoon.get(adres)
    (dag,) = wie_keek.op_dagen(vast.casus, vast.bart, [vandaag], vandaag)
    assert [kijker.naam for kijker in dag.kijkers] == ["Ruben Assink"]


def test_the_coordinator_reads_that_the_link_was_opened_and_by_what_it_may_have_been(vast: Kuipers) -> None:
    Client().get(f"/t/{token(vast.ruben)}/")
    sanne = Client()
    sanne.force_login(vast.teams.sanne)
    logboek = html.unescape(sanne.get(f"/casussen/{vast.casus.pk}/logboek/").content.decode())
    assert "opende de eigen link (of een programma dat mail nakijkt deed dat)" in logboek
