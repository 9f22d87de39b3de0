"""A mail as it leaves: text and HTML with the same words, from the coordinator, and polite to other computers."""

import html
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

import pytest
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import brief
from casussen.berichten.brief import Knop, Tekst
from casussen.models import Bericht, Medewerker
from casussen.models.bericht import BerichtSoort
from tests.cast import Kuipers
from tests.mailserver import Mailserver, mailserver
from tests.post import html_van, tekst_van, verstuur, zet

VAN = "handreiking@handreiking.example"


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


def woorden(tekst: str) -> list[str]:
    """The words that somebody reads; in HTML those on the page itself."""
    pagina = re.sub(r"(?s)^.*</head>", "", tekst)
    return re.findall(r"[\w@./-]+", html.unescape(re.sub(r"<[^>]*>", " ", pagina)))


def losse_mail(*, naam: str = "Sanne Wolters", soort: BerichtSoort = BerichtSoort.TAAK, kuipers: Kuipers) -> Message:
    """One mail to Ruben, when his coordinator is called so; as it would leave."""
    kuipers.casus.coordinator.naam = naam
    bericht = Bericht(casus=kuipers.casus, soort=soort, deelnemer=kuipers.ruben)
    mail = brief.maak(
        [bericht], Tekst("Een onderwerp", ("Dag Ruben,", Knop("Open de pagina", "http://h.example/t/x/")))
    )
    gemaakt: Message = mail.message()
    return gemaakt


# The same words ---------------------------------------------------------------------------------------------


def test_text_and_html_hold_the_same_words_in_every_mail_after_fixing_a_version(
    kuipers: Kuipers, server: Mailserver
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    zet(kuipers.ilse, kuipers.casus, BerichtSoort.NIEUWE_LINK)
    zet(kuipers.teams.sanne, kuipers.casus, BerichtSoort.ACCOUNT)
    berichten.verstuur_alles(nu=timezone.now())
    assert len(server.mails) == 7
    for mail in server.mails:
        assert mail.get_content_type() == "multipart/alternative"
        assert [deel.get_content_type() for deel in mail.iter_parts()] == ["text/plain", "text/html"]
        assert woorden(tekst_van(mail).replace("pagina:", "pagina")) == woorden(html_van(mail))


def test_the_html_has_one_large_button_and_asks_nothing_of_anybody_else(kuipers: Kuipers, server: Mailserver) -> None:
    zet(kuipers.ruben, kuipers.casus)
    verstuur()
    pagina = html_van(server.mails[0])
    (adres,) = re.findall(r"http://127\.0\.0\.1:8000/t/[\w-]+/", tekst_van(server.mails[0]))
    assert pagina.count(f'href="{adres}"') == 1
    assert set(re.findall(r'href="([^"]*)"', pagina)) == {adres, "http://127.0.0.1:8000/link/nieuw/"}
    assert not re.search(r"<(img|script|link|iframe|form|object)\b|url\(|@import|\ssrc=", pagina, re.IGNORECASE)


def test_a_name_never_becomes_a_link_or_markup_in_the_html(kuipers: Kuipers, server: Mailserver) -> None:
    Medewerker.objects.filter(pk=kuipers.teams.sanne.pk).update(naam="<b>www.kwaad.example</b> http://kwaad.example/")
    zet(kuipers.ruben, kuipers.casus)
    verstuur()
    pagina = html_van(server.mails[0])
    assert "<b>" not in pagina
    assert "kwaad.example" in pagina
    assert not [adres for adres in re.findall(r'href="([^"]*)"', pagina) if "kwaad" in adres]


# Who it is from, and what other computers may do -----------------------------------------------------------


def test_a_mail_about_a_family_is_from_the_coordinator_who_gets_the_answer(
    kuipers: Kuipers, server: Mailserver
) -> None:
    for aan, soort in ((kuipers.ruben, BerichtSoort.TAAK), (kuipers.bart, BerichtSoort.OVERZICHT)):
        zet(aan, kuipers.casus, soort)
    verstuur()
    for mail in server.mails:
        (van,) = mail["From"].addresses
        assert (van.display_name, van.addr_spec) == ("Sanne Wolters via Handreiking", VAN)
        assert mail["Reply-To"] == "s.wolters@noord.example"


def test_a_mail_to_staff_is_from_the_software(kuipers: Kuipers, server: Mailserver) -> None:
    zet(kuipers.teams.sanne, kuipers.casus, BerichtSoort.ACCOUNT)
    verstuur()
    (van,) = server.mails[0]["From"].addresses
    assert (van.display_name, van.addr_spec) == ("Handreiking", VAN)


def test_one_mail_about_families_of_several_coordinators_is_answered_to_none_of_them(kuipers: Kuipers) -> None:
    ander = Bericht(casus=type(kuipers.casus)(coordinator=kuipers.teams.karin), deelnemer=kuipers.ruben)
    eigen = Bericht(casus=kuipers.casus, soort=BerichtSoort.TAAK, deelnemer=kuipers.ruben)
    mail = brief.maak([eigen, ander], Tekst("Een onderwerp", ("Dag Ruben,",))).message()
    assert mail["Reply-To"] is None
    assert mail["From"] == f"Handreiking <{VAN}>"


@pytest.mark.parametrize(
    ("naam", "leesbaar"),
    [
        ("Zoë de Vries-Ångström", "Zoë de Vries-Ångström via Handreiking"),
        ('Jan "de baas" <kwaad@kwaad.example>, Piet', "Jan de baas kwaad kwaad.example Piet via Handreiking"),
        ("Sanne\r\nBcc: kwaad@kwaad.example", "Sanne Bcc kwaad kwaad.example via Handreiking"),
        ("\u202eennaS\u2028x\x0by", "ennaS x y via Handreiking"),
        ("=?utf-8?q?=40kwaad?=", "utf-8 q 40kwaad via Handreiking"),
        ("日本" * 60, f"{'日本' * 30} via Handreiking"),
        ("<>\n", "Handreiking"),
    ],
)
def test_whatever_a_coordinator_is_called_the_sender_is_one_name_and_our_address(
    kuipers: Kuipers, naam: str, leesbaar: str
) -> None:
    mail = message_from_bytes(losse_mail(naam=naam, kuipers=kuipers).as_bytes())
    assert getaddresses([str(make_header(decode_header(mail["From"])))]) == [(leesbaar, VAN)]
    assert not {"Bcc", "Cc"} & set(mail.keys())


def test_no_line_of_a_head_is_longer_than_a_mail_server_takes(kuipers: Kuipers) -> None:
    for naam in ("Sanne" * 24, "ü" * 120):
        for soort in (BerichtSoort.TAAK, BerichtSoort.NAJAGEN):
            ruw = losse_mail(naam=naam, soort=soort, kuipers=kuipers).as_bytes().split(b"\n\n")[0]
            assert max(len(regel) for regel in ruw.split(b"\n")) <= 998


def test_an_absent_reader_does_not_answer_but_a_refusal_still_comes_back(kuipers: Kuipers, server: Mailserver) -> None:
    zet(kuipers.ruben, kuipers.casus)
    verstuur()
    (mail,) = server.mails
    assert mail["Auto-Submitted"] == "auto-generated"
    stil = {woord.strip() for woord in str(mail["X-Auto-Response-Suppress"]).split(",")}
    assert {"OOF", "AutoReply"} <= stil
    assert not {"NDR", "All"} & stil
