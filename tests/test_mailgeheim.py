"""The fixture that looks at every mail of every test can fail: here are mails that it must find."""

import quopri
from base64 import b64encode
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from pytest_django import Settings

from casussen.models import Gezinslid, Professional
from tests import mailgeheim
from tests.aanbieder import aanbieder
from tests.cast import Kuipers
from tests.mailserver import mailserver
from tests.post import verstuur, zet


def _mail(
    onderwerp: str = "Een onderwerp", tekst: str = "Dag.", html: str = "<p>Dag.</p>", **koppen: str
) -> EmailMessage:
    gemaakt = EmailMessage()
    gemaakt["To"] = "bart@gezin.example"
    gemaakt["Subject"] = onderwerp
    for naam, waarde in koppen.items():
        gemaakt[naam.replace("_", "-")] = waarde
    gemaakt.set_content(tekst)
    gemaakt.add_alternative(html, subtype="html")
    return gemaakt


def _met_bestand(naam: str, inhoud: bytes = b"x") -> EmailMessage:
    gemaakt = _mail()
    gemaakt.add_attachment(inhoud, maintype="text", subtype="calendar", filename=naam)
    return gemaakt


def _ruw(codering: str, inhoud: bytes) -> bytes:
    koppen = f"To: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {codering}\n\n"
    return koppen.encode() + inhoud


@pytest.mark.parametrize(
    "gemaakt",
    [
        _mail("Over Milan").as_bytes(),
        b"To: a@b.example\nSubject: =?utf-8?b?" + b64encode(b"Over Milan") + b"?=\n\nDag.\n",
        b"To: a@b.example\nSubject: Een\n =?utf-8?q?M=69lan?=\n\nDag.\n",
        _mail(tekst="Kun je MILAN bellen?").as_bytes(),
        _ruw("base64", b64encode(b"Kun je Milan bellen?")),
        _ruw("quoted-printable", quopri.encodestring(b"Kun je Milan's moeder bellen?").replace(b"l", b"=6C")),
        _mail(html="<p>Kun je <b>Mi</b>lan bellen?</p>").as_bytes(),
        _mail(html="<p>Kun je &#77;ilan bellen?</p>").as_bytes(),
        _mail(html='<a href="https://h.example/?naam=%4Dilan">Open</a>').as_bytes(),
        _mail(X_Gezin="Milan Kuipers").as_bytes(),
        _mail(Reply_To='"Milan Kuipers" <s.wolters@noord.example>').as_bytes(),
        _met_bestand("afspraak-Milan.ics").as_bytes(),
        _met_bestand("Milan’s afspraak.ics").as_bytes(),
        _met_bestand("afspraak.ics", b"SUMMARY:Milan").as_bytes(),
    ],
    ids=[
        "subject", "subject in base64", "subject in quoted-printable", "text", "text in base64",
        "text in quoted-printable", "html cut by a tag", "html entity", "address in a link", "head", "sender",
        "name of a file", "name of a file, encoded", "inside a file",
    ],
)  # fmt: skip
def test_it_finds_a_first_name_wherever_it_stands(gemaakt: bytes) -> None:
    gevonden = {woord.casefold() for woord in mailgeheim.lekken(gemaakt, mailgeheim.namen_vooraf())}
    assert {"milan", "milan kuipers"} & gevonden


def test_a_mail_that_names_nobody_passes_also_at_an_address_with_a_name() -> None:
    zonder = _mail(tekst="Barten en esraat zijn geen namen.")
    assert mailgeheim.lekken(zonder.as_bytes(), mailgeheim.namen_vooraf()) == set()


def test_it_knows_the_cast_and_the_families_of_the_demo() -> None:
    woorden = mailgeheim.namen_vooraf()
    assert {"Kuipers", "Bart", "Esra", "Demir", "Milan", "Henk", "Esra Demir"} <= woorden
    assert len(woorden) > 20


def test_it_knows_what_was_typed_in_this_test_and_lets_helpers_be_called_as_they_are(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(naam="Wil Zonderland", opmerking="is bang voor honden")
    Professional.objects.filter(naam="Ruben Assink").update(naam="Ruben Zonderland")
    woorden = mailgeheim.woorden_uit_de_database()
    for geheim in ("Wil Zonderland", "is bang voor honden", "Ik praat Esra bij.", "Milan wil weer thuis"):
        assert geheim in woorden
    assert not {"Zonderland", "Wil", "Sanne", "Ruben", "het"} & woorden
    assert "behandeling van Milan" in woorden


# All the ways out -------------------------------------------------------------------------------------------


def _met_de_naam_van_een_kind(kuipers: Kuipers) -> None:
    """What must never happen: the name of a child stands where mails take a name from."""
    assert kuipers.ruben.professional is not None
    kuipers.ruben.professional.naam = "Milan"
    kuipers.ruben.professional.save()
    zet(kuipers.ruben, kuipers.casus)
    assert verstuur() == 1


def _gewoon(settings: Settings, map_: Path, stuur: Callable[[], None]) -> None:
    stuur()
    mail.outbox = []  # tests do so; it was seen all the same


def _over_smtp(settings: Settings, map_: Path, stuur: Callable[[], None]) -> None:
    with mailserver(settings):
        stuur()


def _bij_een_aanbieder(settings: Settings, map_: Path, stuur: Callable[[], None]) -> None:
    with aanbieder(settings):
        stuur()


def _in_het_postvak(settings: Settings, map_: Path, stuur: Callable[[], None]) -> None:
    settings.EMAIL_BACKEND, settings.POSTVAK_DIR = "casussen.berichten.postvak.EmailBackend", map_ / "postvak"
    stuur()
    mailgeheim.GEZIEN.clear()  # as when another process had made the file
    assert list(map_.rglob("*.eml"))


@pytest.mark.parametrize("weg", [_gewoon, _over_smtp, _bij_een_aanbieder, _in_het_postvak])
def test_a_mail_with_the_name_of_a_child_fails_the_test_whichever_way_it_leaves(
    kuipers: Kuipers, settings: Settings, tmp_path_factory: pytest.TempPathFactory,
    weg: Callable[[Settings, Path, Callable[[], None]], None],
) -> None:  # fmt: skip
    map_ = tmp_path_factory.mktemp("postvak")
    with (
        pytest.raises(AssertionError, match="Milan"),
        mailgeheim.bewaakt(mailgeheim.woorden_uit_de_database, map_),
    ):
        weg(settings, map_, lambda: _met_de_naam_van_een_kind(kuipers))


def test_what_only_the_database_knows_fails_the_test_too(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(naam="Xander")
    with pytest.raises(AssertionError, match="Xander"), mailgeheim.bewaakt(mailgeheim.woorden_uit_de_database):
        mail.send_mail("Over Xander", "Dag.", None, ["iemand@elders.example"])


@pytest.mark.django_db
def test_a_test_without_mail_asks_the_database_nothing(django_assert_num_queries: Callable[..., object]) -> None:
    zonder = django_assert_num_queries(0)
    with zonder, mailgeheim.bewaakt(mailgeheim.woorden_uit_de_database):  # type: ignore[attr-defined]  # a context manager
        connection.ensure_connection()
