"""Asking for a new link: it comes to the address that we know, and the page tells nobody whether we know it."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.http.response import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.links import vraag_nieuwe_link
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Logregel, Netwerklid
from casussen.models.bericht import BerichtSoort, BerichtStatus
from tests.cast import Kuipers, maak_kuipers

TIEN_UUR = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def vraag(email: str, nu: datetime = TIEN_UUR) -> int:
    """Asks for a new link at some moment."""
    return vraag_nieuwe_link(door=actor.klok(), email=email, nu=nu)


def pagina(antwoord: HttpResponseBase) -> str:
    """The page without what differs each time."""
    assert isinstance(antwoord, HttpResponse)
    regels = html.unescape(antwoord.content.decode()).splitlines()
    return "\n".join(regel for regel in regels if "csrf" not in regel.lower())


def test_the_page_says_the_same_whether_the_address_is_known_or_not(client: Client, kuipers: Kuipers) -> None:
    bekend = client.post("/link/nieuw/", {"email": "R.Assink@DeLinde.example"})
    onbekend = client.post("/link/nieuw/", {"email": "niemand@nergens.example"})
    assert bekend.status_code == onbekend.status_code == 200
    assert "Kennen we dit adres?" in pagina(bekend)
    assert pagina(bekend) == pagina(onbekend)
    for geheim in ("Ruben", "Kuipers", "Sanne"):
        assert geheim not in pagina(bekend)
    bericht = Bericht.objects.get()
    assert (bericht.soort, bericht.deelnemer) == (BerichtSoort.NIEUWE_LINK, kuipers.ruben)
    assert Logregel.objects.filter(daad="vroeg_nieuwe_link", object_id=str(kuipers.ruben.pk)).count() == 1


def test_reading_the_page_asks_for_nothing(client: Client, kuipers: Kuipers) -> None:
    antwoord = client.get("/link/nieuw/", {"email": kuipers.ruben.email})
    assert antwoord.status_code == 200
    assert "Kennen we dit adres?" not in pagina(antwoord)
    assert client.head("/link/nieuw/").status_code == 200
    assert client.put("/link/nieuw/").status_code == 405
    assert not Bericht.objects.exists()


@pytest.mark.parametrize(("adres", "zin"), [("", "Vul uw e-mailadres in."), ("ruben", "Dit adres klopt niet.")])
def test_what_is_no_address_comes_back_with_a_sentence(client: Client, db: None, adres: str, zin: str) -> None:
    antwoord = client.post("/link/nieuw/", {"email": adres})
    assert antwoord.status_code == 200
    assert zin in pagina(antwoord)
    assert f'value="{adres}"' in pagina(antwoord) or not adres


def test_nobody_gets_more_than_one_in_an_hour(kuipers: Kuipers) -> None:
    assert vraag(kuipers.ruben.email) == 1
    assert vraag(kuipers.ruben.email, TIEN_UUR + timedelta(minutes=30)) == 0
    assert vraag(kuipers.ruben.email, TIEN_UUR + timedelta(hours=1)) == 1


def test_a_helper_of_two_families_gets_a_link_for_each(kuipers: Kuipers) -> None:
    maak_kuipers(kuipers.teams)
    assert vraag(kuipers.ruben.email) == 2
    assert Bericht.objects.values("casus").distinct().count() == 2


def test_a_parent_and_a_grandfather_get_one_too(kuipers: Kuipers) -> None:
    Netwerklid.objects.filter(deelnemer=kuipers.opa).update(email="henk@familie.example")
    assert vraag("bart@gezin.example") == 1
    assert vraag("henk@familie.example") == 1
    assert set(Bericht.objects.values_list("gezinslid", "deelnemer")) == {
        (kuipers.bart.pk, None),
        (None, kuipers.opa.pk),
    }


@pytest.mark.parametrize("velden", [{"krijgt_mail": False}, {"gezag": False}, {"weg_op": timezone.now()}])
def test_a_family_member_who_gets_no_mail_gets_no_link(kuipers: Kuipers, velden: dict[str, object]) -> None:
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(**velden)
    assert vraag("bart@gezin.example") == 0


def test_somebody_whose_gezag_is_unknown_does_get_one(kuipers: Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(gezag=None)
    assert vraag("bart@gezin.example") == 1


def test_whoever_left_or_whose_casus_is_closed_gets_none(kuipers: Kuipers) -> None:
    Deelnemer.objects.filter(pk=kuipers.ruben.pk).update(tot=timezone.now())
    assert vraag(kuipers.ruben.email) == 0
    Casus.objects.update(afgesloten_op=timezone.now())
    assert vraag(kuipers.ilse.email) == 0
    assert vraag("bart@gezin.example") == 0
    assert not Bericht.objects.exists()


def test_the_old_link_ends_when_the_new_one_has_left(client: Client, kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    Bericht.objects.all().delete()
    oud, _link = links.maak_link(kuipers.ruben, nu=timezone.now())
    van_ilse, _link = links.maak_link(kuipers.ilse, nu=timezone.now())
    vraag(kuipers.ruben.email, timezone.now())
    assert client.get(oud).status_code == 200
    assert berichten.verstuur_alles(nu=timezone.now()) == 1
    assert client.get(oud).status_code == 410
    assert client.get(van_ilse).status_code == 200
    nieuw = next(woord for woord in str(mail.outbox[0].body).split() if "/t/" in woord)
    assert client.get(nieuw).status_code == 200
    assert Bericht.objects.get().status == BerichtStatus.VERSTUURD


def test_a_mail_about_something_else_leaves_older_links_open(client: Client, kuipers: Kuipers) -> None:
    oud, _link = links.maak_link(kuipers.ruben, nu=timezone.now())
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    berichten.verstuur_alles(nu=timezone.now())
    assert client.get(oud).status_code == 200


@pytest.mark.parametrize("email", ["r.assink@delinde.example", "niemand@nergens.example"])
def test_a_worker_is_woken_only_when_there_is_something_to_send(
    kuipers: Kuipers, django_capture_on_commit_callbacks: object, email: str
) -> None:
    assert callable(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks() as daarna:
        nieuw = vraag(email)
    assert len(daarna) == nieuw
