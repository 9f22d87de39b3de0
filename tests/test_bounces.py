"""Mail that comes back, in a real mailbox: the page says so, and a forged report does no harm."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import actor, tasks
from casussen.acties.berichten import meld_onbestelbaar
from casussen.berichten import bounces
from casussen.models import Bericht, Logregel
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers
from tests.imap import Postvak, postvak
from tests.mailserver import Mailserver, mailserver, vrije_poort
from tests.post import status, verstuur, zet

RUBEN = "r.assink@delinde.example"


@pytest.fixture(scope="module")
def bak() -> Iterator[Postvak]:
    """A mailbox; every test finds it without anything that is not read."""
    with postvak() as draaiend:
        yield draaiend


@pytest.fixture(autouse=True)
def _leest_dit_postvak(settings: Settings, bak: Postvak) -> None:
    settings.BOUNCES_URL = bak.adres


@pytest.fixture
def server(settings: Settings) -> Iterator[Mailserver]:
    """A mail server that this site sends to."""
    with mailserver(settings) as draaiend:
        yield draaiend


def verslag(
    nummer: str, adres: str = RUBEN, *, actie: str = "failed", status: str = "5.1.1", soort: str = "message/rfc822"
) -> bytes:
    """A report of a mail server (RFC 3464) about the mail with this Message-ID."""
    return f"""\
From: MAILER-DAEMON@mx.delinde.example
To: handreiking@handreiking.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <terug-{uuid.uuid4()}@mx.delinde.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="grens"

--grens
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.
--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.delinde.example
Arrival-Date: Sun, 22 Nov 2026 05:00:00 +0000

Original-Recipient: rfc822;{adres}
Final-Recipient: RFC822; {adres}
Action: {actie}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 no such user

--grens
Content-Type: {soort}

From: Handreiking <handreiking@handreiking.example>
To: {adres}
Subject: Sanne Wolters vraagt je iets
Message-ID: {nummer}
Auto-Submitted: auto-generated

--grens--
""".replace("\n", "\r\n").encode()


def nummer(bericht: Bericht) -> str:
    """The Message-ID of a mail."""
    return f"<{bericht.pk}@127.0.0.1>"


def verstuurd(kuipers: Kuipers) -> Bericht:
    """A mail to Ruben that the mail server took."""
    bericht = zet(kuipers.ruben, kuipers.casus)
    verstuur()
    assert status(bericht) == BerichtStatus.VERSTUURD
    return bericht


# It comes back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("soort", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_comes_back_stands_on_the_page_after_the_task(
    als_sanne: Client, kuipers: Kuipers, server: Mailserver, bak: Postvak, soort: str
) -> None:
    bericht = verstuurd(kuipers)
    pad = f"/casussen/{kuipers.casus.pk}/"
    assert "Niet aangekomen" not in als_sanne.get(pad).content.decode()
    bak.krijgt(verslag(str(server.mails[0]["Message-ID"]), soort=soort))
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.MISLUKT
    pagina = als_sanne.get(pad).content.decode()
    assert "Niet aangekomen" in pagina
    assert "De mailserver kent dit adres niet. Kijk of het klopt." in pagina
    assert RUBEN in pagina
    (regel,) = Logregel.objects.filter(daad="hoorde_onbestelbaar")
    assert (regel.casus_id, regel.object_id, regel.actor_soort) == (kuipers.casus.pk, str(bericht.pk), "klok")
    assert bak.ongelezen() == 0


def test_what_went_along_in_that_mail_did_not_arrive_either(kuipers: Kuipers, server: Mailserver, bak: Postvak) -> None:
    bericht = verstuurd(kuipers)
    mee = Bericht.objects.create(
        casus=kuipers.casus, soort=BerichtSoort.WIJZIGING, deelnemer=kuipers.ruben, sleutel="mee", samen_met=bericht,
        niet_voor=timezone.now(), status=BerichtStatus.VERSTUURD,
    )  # fmt: skip
    los = zet(kuipers.ilse, kuipers.casus)
    verstuur()
    bak.krijgt(verslag(nummer(bericht)))
    tasks.lees_bounces()
    assert (status(bericht), status(mee), status(los)) == ("mislukt", "mislukt", "verstuurd")
    assert Logregel.objects.filter(daad="hoorde_onbestelbaar").count() == 2


def test_a_report_that_comes_twice_is_told_once(kuipers: Kuipers, server: Mailserver, bak: Postvak) -> None:
    bericht = verstuurd(kuipers)
    bak.krijgt(verslag(nummer(bericht)), verslag(nummer(bericht)))
    tasks.lees_bounces()
    tasks.lees_bounces()
    assert Logregel.objects.filter(daad="hoorde_onbestelbaar").count() == 1


def test_nothing_in_the_mailbox_is_removed_and_all_is_read_once(
    kuipers: Kuipers, server: Mailserver, bak: Postvak
) -> None:
    voor = bak.totaal()
    bak.krijgt(verslag(nummer(verstuurd(kuipers))), b"From: a@b.example\r\nSubject: Vraag\r\n\r\nBel je mij?\r\n")
    assert bak.ongelezen() == 2
    tasks.lees_bounces()
    assert (bak.ongelezen(), bak.totaal()) == (0, voor + 2)


# What says nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "velden",
    [
        {"actie": "delayed", "status": "4.4.1"},
        {"actie": "failed", "status": "4.4.7"},
        {"actie": "delivered", "status": "2.0.0"},
        {"adres": "iemand@elders.example"},
        {"adres": ""},
        {"actie": "", "status": ""},
    ],
    ids=["a delay", "given up for now", "it arrived", "somebody else", "no address", "nothing"],
)
def test_what_is_no_refusal_of_this_address_changes_nothing(
    kuipers: Kuipers, server: Mailserver, bak: Postvak, velden: dict[str, str]
) -> None:
    bericht = verstuurd(kuipers)
    bak.krijgt(verslag(nummer(bericht), **velden))
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.VERSTUURD
    assert bak.ongelezen() == 0


@pytest.mark.parametrize(
    "vals",
    ["<{pk}@elders.example>", "<{pk}>", "{pk}@127.0.0.1", "<x{pk}@127.0.0.1>", f"<{uuid.UUID(int=0)}@127.0.0.1>", ""],
    ids=["another site", "no site", "no brackets", "another number", "unknown", "none"],
)  # fmt: skip
def test_a_report_about_a_mail_that_is_not_ours_changes_nothing(
    kuipers: Kuipers, server: Mailserver, bak: Postvak, vals: str
) -> None:
    bericht = verstuurd(kuipers)
    bak.krijgt(verslag(vals.format(pk=bericht.pk)))
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.VERSTUURD


@pytest.mark.parametrize("waar", ["klaar", "bezig", "onzeker", "ingetrokken"])
def test_only_a_mail_that_left_can_come_back(kuipers: Kuipers, server: Mailserver, bak: Postvak, waar: str) -> None:
    bericht = verstuurd(kuipers)
    Bericht.objects.filter(pk=bericht.pk).update(status=waar)
    bak.krijgt(verslag(nummer(bericht)))
    tasks.lees_bounces()
    assert status(bericht) == waar


def test_an_address_that_was_mended_since_is_not_blamed(kuipers: Kuipers, server: Mailserver, bak: Postvak) -> None:
    bericht = verstuurd(kuipers)
    assert kuipers.ruben.professional is not None
    kuipers.ruben.professional.email = "ruben.assink@delinde.example"
    kuipers.ruben.professional.save()
    bak.krijgt(verslag(nummer(bericht)))
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.VERSTUURD


def diep(hoeveel: int) -> bytes:
    """A mail in a mail in a mail, as somebody sends who wants a program to fall over."""
    laag = 'Content-Type: multipart/report; boundary="g{0}"\r\n\r\n--g{0}\r\n'
    return "".join(laag.format(keer) for keer in range(hoeveel)).encode() + b"\r\n"


HOSTIEL = [
    b"",
    b"\x00\xff\xfe" * 1000,
    b"Content-Type: multipart/report\r\n\r\nzonder grens",
    b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n--x--",
    b"Content-Type: text/plain; charset=bestaat-niet\r\nSubject: =?x?q?=ZZ?=\r\n\r\n=ZZ",
    diep(2000),
    b"Subject: groot\r\n\r\n" + b"x" * 2_000_000,
]  # fmt: skip


def test_hostile_mail_does_not_stop_the_mail_behind_it(kuipers: Kuipers, server: Mailserver, bak: Postvak) -> None:
    bericht = verstuurd(kuipers)
    # The IMAP server of the tests itself cannot hold nothing at all, or two thousand mails in each other.
    bak.krijgt(*(rauw for rauw in HOSTIEL if rauw and b"g1999" not in rauw), verslag(nummer(bericht)))
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.MISLUKT
    assert bak.ongelezen() == 0


@pytest.mark.parametrize("rauw", HOSTIEL, ids=range(len(HOSTIEL)))
def test_hostile_mail_says_nothing_about_any_mail(rauw: bytes) -> None:
    assert bounces._verwerk(rauw, lambda _een: True) == 0


# The mailbox itself --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "anders",
    [
        lambda adres: re.sub(r":\d+/", f":{vrije_poort()}/", adres),
        lambda adres: adres.replace("geheim", "verkeerd"),
        lambda adres: adres.replace("INBOX", "Bestaat%20niet"),
        lambda adres: adres.replace("imap://", "imaps://"),
    ],
    ids=["nobody there", "wrong password", "no such mailbox", "no TLS there"],
)
def test_a_mailbox_that_cannot_be_read_is_told_and_tried_again(
    kuipers: Kuipers,
    server: Mailserver,
    settings: Settings,
    bak: Postvak,
    caplog: pytest.LogCaptureFixture,
    anders: Callable[[str], str],
) -> None:
    bericht = verstuurd(kuipers)
    bak.krijgt(verslag(nummer(bericht)))
    settings.BOUNCES_URL = anders(bak.adres)
    tasks.lees_bounces()
    assert [rij.message.partition(":")[0] for rij in caplog.records if "bounces" in rij.message] == [
        "mailbox of bounces not read"
    ]
    assert "geheim" not in caplog.text
    settings.BOUNCES_URL = bak.adres
    tasks.lees_bounces()
    assert status(bericht) == BerichtStatus.MISLUKT


def test_the_act_takes_an_address_in_capitals_and_is_done_once(kuipers: Kuipers, server: Mailserver) -> None:
    bericht = verstuurd(kuipers)
    assert meld_onbestelbaar(door=actor.klok(), pk=bericht.pk, adres=RUBEN.upper())
    assert not meld_onbestelbaar(door=actor.klok(), pk=bericht.pk, adres=RUBEN)
    assert not meld_onbestelbaar(door=actor.klok(), pk=uuid.uuid4(), adres=RUBEN)


def test_a_refused_address_stands_on_the_page_as_soon_as_the_mail_server_says_no(
    als_sanne: Client, kuipers: Kuipers, server: Mailserver
) -> None:
    zet(kuipers.ruben, kuipers.casus)
    server.gedrag[RUBEN] = ["550 5.1.1 no such user"]
    verstuur(timedelta(0))
    assert "Niet aangekomen" in als_sanne.get(f"/casussen/{kuipers.casus.pk}/").content.decode()
