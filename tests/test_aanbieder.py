"""Mail through a provider, against a real HTTP server: of each mail we know what became of it."""

import json
import logging
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

import handreiking.urls
from casussen.models import Bericht, Logregel, Toegangslink
from casussen.models.bericht import BerichtStatus
from handreiking import aanbieder as de_aanbieder
from tests.aanbieder import Aanbieder, aanbieder
from tests.cast import Kuipers
from tests.post import status, verstuur, zet


@pytest.fixture
def api(settings: Settings) -> Iterator[Aanbieder]:
    """A provider that this site sends with."""
    with aanbieder(settings) as draaiend:
        yield draaiend


@pytest.fixture
def trage_api(settings: Settings) -> Iterator[Aanbieder]:
    """The same, and we do not wait long for it."""
    with aanbieder(settings, wachttijd=0.3) as draaiend:
        yield draaiend


def test_a_provider_gets_all_that_a_mail_server_gets_and_may_not_follow_anybody(
    kuipers: Kuipers, api: Aanbieder
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    assert verstuur() == 1
    assert status(bericht) == BerichtStatus.VERSTUURD
    (mail,) = api.mails
    koppen = {kop["Name"]: kop["Value"] for kop in mail["Headers"]}
    assert mail["From"] == "Sanne Wolters via Handreiking <handreiking@handreiking.example>"
    assert (mail["To"], mail["ReplyTo"]) == ("r.assink@delinde.example", "s.wolters@noord.example")
    assert koppen["Message-ID"] == f"<{bericht.pk}@127.0.0.1>"
    assert koppen["Auto-Submitted"] == "auto-generated"
    assert mail["Metadata"] == {"bericht": str(bericht.pk)}
    assert (mail["TrackLinks"], mail["TrackOpens"]) == ("None", False)
    assert "/t/" in mail["TextBody"]
    assert "/t/" in mail["HtmlBody"]


INACTIEF = (
    "inactive. Found inactive addresses: r.assink@delinde.example. "
    "Inactive recipients are ones that have generated a hard bounce."
)
GEEN_ADRES = "Invalid 'To' address: 'r.assink@delinde.example'."


@pytest.mark.parametrize(("code", "zin"), [(406, INACTIEF), (300, GEEN_ADRES)], ids=["known as bounced", "no address"])
def test_a_refused_address_fails_at_once_and_says_so(kuipers: Kuipers, api: Aanbieder, code: int, zin: str) -> None:
    weg, goed = zet(kuipers.ruben, kuipers.casus), zet(kuipers.ilse, kuipers.casus)
    api.gedrag = ["422 " + json.dumps({"ErrorCode": code, "Message": zin})]
    assert verstuur() == 1
    assert (status(weg), status(goed)) == (BerichtStatus.MISLUKT, BerichtStatus.VERSTUURD)
    assert "adres" in weg.fout
    assert not Toegangslink.objects.filter(deelnemer=kuipers.ruben).exists()


@pytest.mark.parametrize("antwoord", ["429 {}", "500 {}", "503 {}"])
def test_a_provider_in_trouble_is_left_alone_for_now_and_then_tried_again(
    kuipers: Kuipers, api: Aanbieder, antwoord: str
) -> None:
    bericht, wacht = zet(kuipers.ruben, kuipers.casus), zet(kuipers.ilse, kuipers.casus)
    api.gedrag = [antwoord]
    assert verstuur() == 0
    assert (status(bericht), status(wacht)) == (BerichtStatus.KLAAR, BerichtStatus.KLAAR)
    assert wacht.pogingen == 0  # no more knocking this time
    assert not Toegangslink.objects.exists()
    assert verstuur(timedelta(hours=1)) == 2
    assert len(api.aan) == 2


@pytest.mark.parametrize("storing", ["breek", "hang", "onzin", "504 {}"])
def test_a_mail_of_unknown_fate_is_uncertain_and_never_sent_again(
    kuipers: Kuipers, trage_api: Aanbieder, storing: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    trage_api.gedrag = [storing]
    assert verstuur() == 0
    assert status(bericht) == BerichtStatus.ONZEKER
    assert "Vraag na" in bericht.fout
    keer = len(trage_api.mails)
    verstuur(timedelta(days=1))
    assert len(trage_api.mails) == keer
    assert Toegangslink.objects.filter(deelnemer=kuipers.ruben).count() == 1  # it may have arrived


def test_a_provider_that_nobody_answers_for_gets_the_mail_later(kuipers: Kuipers, settings: Settings) -> None:
    with aanbieder(settings):
        pass
    bericht = zet(kuipers.ruben, kuipers.casus)
    assert verstuur() == 0
    assert status(bericht) == BerichtStatus.KLAAR
    assert not Toegangslink.objects.exists()


def test_a_name_that_does_not_exist_is_no_connection_either(kuipers: Kuipers, settings: Settings) -> None:
    with aanbieder(settings):
        settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": "http://bestaat-niet.invalid/"}
        bericht = zet(kuipers.ruben, kuipers.casus)
        assert verstuur() == 0
    assert status(bericht) == BerichtStatus.KLAAR


@pytest.mark.parametrize(
    "instelling", [{"POSTMARK_SERVER_TOKEN": "een oud geheim"}, {"POSTMARK_API_URL": "http://a b/"}]
)
def test_what_is_wrong_with_us_keeps_the_mail_and_tells_who_manages_the_site(
    kuipers: Kuipers, settings: Settings, caplog: pytest.LogCaptureFixture, instelling: dict[str, str]
) -> None:
    with aanbieder(settings) as api:
        goed = settings.ANYMAIL
        bericht = zet(kuipers.ruben, kuipers.casus)
        settings.ANYMAIL = {**goed, **instelling}
        assert verstuur() == 0
        assert status(bericht) == BerichtStatus.KLAAR
        assert [rij.levelno for rij in caplog.records if "settings of mail" in rij.message] == [logging.ERROR]
        settings.ANYMAIL = goed
        assert verstuur(timedelta(hours=1)) == 1
        assert api.aan == ["r.assink@delinde.example"]


# What the provider tells later ----------------------------------------------------------------------------


@pytest.fixture
def haak(settings: Settings, api: Aanbieder) -> Iterator[str]:
    """The address where the provider tells what became of a mail; there is one only with a secret."""
    vorige = list(handreiking.urls.urlpatterns)
    settings.MAIL_PROVIDER = "postmark"
    settings.ANYMAIL = {**settings.ANYMAIL, "WEBHOOK_SECRET": "wie:wat"}
    handreiking.urls.urlpatterns += de_aanbieder.urls()
    clear_url_caches()
    yield "/anymail/postmark/tracking/"
    handreiking.urls.urlpatterns[:] = vorige
    clear_url_caches()


def _vertel(client: Client, haak: str, bericht: Bericht, adres: str, wie: str = "wie:wat", **velden: str) -> int:
    gebeurtenis = {
        "RecordType": "Bounce", "Type": "HardBounce", "Email": adres, "MessageID": "pm-1",
        "BouncedAt": "2026-11-22T05:00:00Z", "Metadata": {"bericht": str(bericht.pk)}, **velden,
    }  # fmt: skip
    slot = {"Authorization": f"Basic {b64encode(wie.encode()).decode()}"}
    antwoord = client.post(haak, json.dumps(gebeurtenis), content_type="application/json", headers=slot)
    return antwoord.status_code


def test_a_bounce_that_the_provider_tells_stands_on_the_page(
    als_sanne: Client, kuipers: Kuipers, api: Aanbieder, haak: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    verstuur()
    assert _vertel(Client(), haak, bericht, "R.Assink@delinde.example") == 200
    assert status(bericht) == BerichtStatus.MISLUKT
    pagina = als_sanne.get(f"/casussen/{kuipers.casus.pk}/").content.decode()
    assert "Niet aangekomen" in pagina
    assert "De mailserver kent dit adres niet." in pagina
    assert Logregel.objects.filter(daad="hoorde_onbestelbaar", object_id=str(bericht.pk)).count() == 1


def test_a_complaint_says_that_the_mail_is_not_wanted(kuipers: Kuipers, api: Aanbieder, haak: str) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    verstuur()
    adres = kuipers.ruben.email
    assert _vertel(Client(), haak, bericht, adres, RecordType="SpamComplaint", Type="SpamComplaint") == 200
    assert status(bericht) == BerichtStatus.MISLUKT
    assert "ongewenst" in bericht.fout


@pytest.mark.parametrize(
    ("velden", "adres"),
    [
        ({"Type": "Transient"}, "r.assink@delinde.example"),
        ({"RecordType": "Delivery"}, "r.assink@delinde.example"),
        ({}, "iemand@elders.example"),
    ],
    ids=["a delay", "it arrived", "somebody else"],
)
def test_what_is_no_refusal_of_this_address_changes_nothing(
    kuipers: Kuipers, api: Aanbieder, haak: str, velden: dict[str, str], adres: str
) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    verstuur()
    assert _vertel(Client(), haak, bericht, adres, **velden) == 200
    assert status(bericht) == BerichtStatus.VERSTUURD


def test_a_mail_that_is_not_ours_is_passed_over(kuipers: Kuipers, api: Aanbieder, haak: str) -> None:
    gebeurtenis = {"RecordType": "Bounce", "Type": "HardBounce", "Email": "a@b.example", "ReceivedAt": ""}
    slot = {"Authorization": f"Basic {b64encode(b'wie:wat').decode()}"}
    antwoord = Client().post(haak, json.dumps(gebeurtenis), content_type="application/json", headers=slot)
    assert antwoord.status_code == 200


def test_without_the_secret_nobody_can_tell_anything(kuipers: Kuipers, api: Aanbieder, haak: str) -> None:
    bericht = zet(kuipers.ruben, kuipers.casus)
    verstuur()
    assert _vertel(Client(), haak, bericht, kuipers.ruben.email, wie="wie:iets-anders") == 400
    assert status(bericht) == BerichtStatus.VERSTUURD


def test_without_a_provider_or_a_secret_there_is_no_such_address(settings: Settings, db: None) -> None:
    assert Client().post("/anymail/postmark/tracking/").status_code in (302, 404)
    settings.MAIL_PROVIDER = "postmark"
    assert de_aanbieder.urls() == []
