"""Asking for a new link: it comes to the address that we know, and the page tells nobody whether we know it."""

import html
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http.response import HttpResponse, HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties.links import behandel_linkverzoeken, vraag_nieuwe_link
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import (
    Bericht,
    Casus,
    Deelnemer,
    Gezinslid,
    Linkverzoek,
    Logregel,
    Netwerklid,
    Professional,
    Toegangslink,
)
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.tasks import verstuur_berichten
from tests.cast import Kuipers, maak_kuipers
from tests.daden import tegelijk
from tests.taaklink import token

TIEN_UUR = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)


def vraag(email: str, nu: datetime = TIEN_UUR) -> int:
    """Asks for a new link at some moment; out: how many mails the worker makes of it."""
    vraag_nieuwe_link(door=actor.klok(), email=email)
    return behandel_linkverzoeken(door=actor.klok(), nu=nu)


def vraag_met(oude: str, nu: datetime | None = None) -> int:
    """The same with the old link."""
    vraag_nieuwe_link(door=actor.klok(), token=oude)
    return behandel_linkverzoeken(door=actor.klok(), nu=nu or timezone.now())


def verlopen(mens: Deelnemer | Gezinslid) -> str:
    """The token of a link that does not open any more."""
    oude = token(mens)
    Toegangslink.objects.filter(token_hash=links.hash_van(oude)).update(geldig_tot=timezone.now())
    return oude


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
    assert not Bericht.objects.exists()
    assert behandel_linkverzoeken(door=actor.klok(), nu=timezone.now()) == 1
    assert not Linkverzoek.objects.exists()
    bericht = Bericht.objects.get()
    assert (bericht.soort, bericht.deelnemer) == (BerichtSoort.NIEUWE_LINK, kuipers.ruben)
    assert Logregel.objects.filter(daad="vroeg_nieuwe_link", object_id=str(kuipers.ruben.pk)).count() == 1


def test_reading_the_page_asks_for_nothing(client: Client, kuipers: Kuipers) -> None:
    antwoord = client.get("/link/nieuw/", {"email": kuipers.ruben.email})
    assert antwoord.status_code == 200
    assert "Kennen we dit adres?" not in pagina(antwoord)
    assert client.head("/link/nieuw/").status_code == 200
    assert client.put("/link/nieuw/").status_code == 405
    assert not Linkverzoek.objects.exists()


@pytest.mark.parametrize(("adres", "zin"), [("", "Vul uw e-mailadres in."), ("ruben", "Dit adres klopt niet.")])
def test_what_is_no_address_comes_back_with_a_sentence(client: Client, db: None, adres: str, zin: str) -> None:
    antwoord = client.post("/link/nieuw/", {"email": adres})
    assert antwoord.status_code == 200
    assert zin in pagina(antwoord)
    assert f'value="{adres}"' in pagina(antwoord) or not adres


def test_nobody_gets_more_than_one_in_an_hour_and_three_on_a_day(kuipers: Kuipers) -> None:
    assert vraag(kuipers.ruben.email) == 1
    assert vraag(kuipers.ruben.email, TIEN_UUR + timedelta(minutes=30)) == 0
    assert vraag(kuipers.ruben.email, TIEN_UUR + timedelta(hours=1)) == 1
    assert [vraag(kuipers.ruben.email, TIEN_UUR + timedelta(hours=uur)) for uur in (2, 3, 4)] == [1, 0, 0]
    assert vraag(kuipers.ruben.email, TIEN_UUR + timedelta(days=1)) == 1


def test_a_helper_of_two_families_gets_one_link_since_both_stand_behind_it(kuipers: Kuipers) -> None:
    ander = maak_kuipers(kuipers.teams)
    assert vraag(kuipers.ruben.email) == 1
    assert Bericht.objects.get().deelnemer == ander.ruben  # the newest
    assert vraag_met(verlopen(kuipers.ruben), TIEN_UUR) == 0  # in the same hour, by another way
    assert vraag_met(verlopen(kuipers.ruben), TIEN_UUR + timedelta(hours=1)) == 1
    assert Bericht.objects.filter(deelnemer=kuipers.ruben).count() == 1


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
    assert vraag(kuipers.ruben.email, timezone.now()) == 1
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
def test_known_or_not_the_worker_is_woken_and_it_costs_as_much(
    kuipers: Kuipers, django_capture_on_commit_callbacks: object, client: Client, email: str
) -> None:
    assert callable(django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks() as daarna, CaptureQueriesContext(connection) as gemeten:
        client.post("/link/nieuw/", {"email": email})
    assert len(daarna) == 1
    assert len([vraag for vraag in gemeten if "INSERT" in vraag["sql"]]) == 1
    assert len([vraag for vraag in gemeten if "SELECT" in vraag["sql"]]) == 0


# With the old link


def test_one_button_sends_a_new_link_to_where_the_old_one_went(client: Client, kuipers: Kuipers) -> None:
    oude = verlopen(kuipers.ruben)
    dicht = html.unescape(client.get(f"/t/{oude}/").content.decode())
    assert f'action="/t/{oude}/nieuw/"' in dicht
    gevraagd = client.post(f"/t/{oude}/nieuw/")
    assert gevraagd.status_code == 200
    assert "Is de link van u?" in pagina(gevraagd)
    assert pagina(gevraagd) == pagina(client.post("/t/verzonnen/nieuw/"))
    verstuur_berichten()
    assert [brief.to for brief in mail.outbox] == [[kuipers.ruben.email]]
    assert not Linkverzoek.objects.exists()


def test_looking_at_that_address_asks_nothing_and_leads_to_the_page(client: Client, kuipers: Kuipers) -> None:
    for soort, oude in (("t", verlopen(kuipers.ruben)), ("o", verlopen(kuipers.bart))):
        for methode in (client.get, client.head):
            antwoord = methode(f"/{soort}/{oude}/nieuw/")
            assert (antwoord.status_code, antwoord["Location"]) == (302, f"/{soort}/{oude}/")
    assert not Linkverzoek.objects.exists()


def _ingetrokken(k: Kuipers) -> str:
    oude = token(k.ruben)
    Toegangslink.objects.filter(token_hash=links.hash_van(oude)).update(ingetrokken_op=timezone.now())
    return oude


def _in_gebruik(k: Kuipers) -> str:
    oude = token(k.ruben)
    Client().post(f"/t/{oude}/", {"ik": "1", "wat": "verder"})
    return oude


def _gestopt(k: Kuipers) -> str:
    oude = token(k.ruben)
    Deelnemer.objects.filter(pk=k.ruben.pk).update(tot=timezone.now())
    return oude


def _gesloten(k: Kuipers) -> str:
    oude = token(k.ruben)
    Casus.objects.update(afgesloten_op=timezone.now())
    return oude


def _zonder_adres(k: Kuipers) -> str:
    Professional.objects.filter(deelnames=k.ruben).update(email="")
    return verlopen(k.ruben)


def _weg_uit_gezin(k: Kuipers) -> str:
    Gezinslid.objects.filter(pk=k.bart.pk).update(weg_op=timezone.now())
    return verlopen(k.bart)


@pytest.mark.parametrize(
    ("oude", "mails"),
    [
        (lambda k: verlopen(k.ruben), 1),
        (lambda k: verlopen(k.bart), 1),
        (_ingetrokken, 1),
        (_in_gebruik, 1),
        (lambda k: token(k.ruben), 0),  # it still opens, for whoever begins first
        (lambda k: "verzonnen", 0),
        (_gestopt, 0),
        (_gesloten, 0),
        (_zonder_adres, 0),
        (_weg_uit_gezin, 0),
        (lambda k: verlopen(k.opa), 0),  # he has no address
        (lambda k: verlopen(k.milan), 0),  # he chose no mail
    ],
)
def test_only_somebody_who_may_still_come_in_gets_one(
    kuipers: Kuipers, oude: Callable[[Kuipers], str], mails: int
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    assert vraag_met(oude(kuipers)) == mails
    assert not Linkverzoek.objects.exists()


def test_whoever_left_one_family_gets_a_link_for_the_others(kuipers: Kuipers) -> None:
    oude = _gestopt(kuipers)
    ander = maak_kuipers(kuipers.teams)
    assert vraag_met(oude) == 1
    assert Bericht.objects.get().deelnemer == ander.ruben


def test_a_link_that_somebody_lost_ends_when_the_new_one_left(client: Client, kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    Bericht.objects.all().delete()
    oude, dief = token(kuipers.ruben), Client()
    dief.post(f"/t/{oude}/", {"ik": "1", "wat": "verder"})
    assert dief.get(f"/t/{oude}/").status_code == 200
    assert client.get(f"/t/{oude}/").status_code == 410
    client.post(f"/t/{oude}/nieuw/")
    verstuur_berichten()
    assert dief.get(f"/t/{oude}/").status_code == 410


def test_a_hundred_presses_make_one_mail(kuipers: Kuipers) -> None:
    oude = verlopen(kuipers.ruben)
    for _keer in range(100):
        vraag_nieuwe_link(door=actor.klok(), token=oude)
        vraag_nieuwe_link(door=actor.klok(), email=kuipers.ruben.email)
    assert behandel_linkverzoeken(door=actor.klok(), nu=timezone.now()) == 1
    assert not Linkverzoek.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_time_make_one_mail(kuipers: Kuipers) -> None:
    nu, oude = timezone.now(), verlopen(kuipers.ruben)
    vraag_nieuwe_link(door=actor.klok(), token=oude)
    vraag_nieuwe_link(door=actor.klok(), email=kuipers.ruben.email)

    def werker() -> int:
        return behandel_linkverzoeken(door=actor.klok(), nu=nu)

    def houd_vast() -> object:
        return list(Linkverzoek.objects.select_for_update())

    assert sorted(map(str, tegelijk(houd_vast, werker, werker))) == ["0", "1"]
    assert Bericht.objects.count() == 1


def test_whoever_asks_leaves_where_that_came_from_in_the_log(kuipers: Kuipers) -> None:
    client = Client(REMOTE_ADDR="203.0.113.9")
    client.post("/link/nieuw/", {"email": kuipers.ruben.email})
    verstuur_berichten()
    regel = Logregel.objects.get(daad="vroeg_nieuwe_link")
    assert (regel.actor_soort, regel.bron, len(regel.request_id)) == ("klok", "203.0.113.9", 32)


# Too often


def test_one_visitor_asks_twenty_times_in_five_minutes_and_another_still_may(kuipers: Kuipers) -> None:
    raadt, ander = Client(REMOTE_ADDR="203.0.113.9"), Client(REMOTE_ADDR="198.51.100.4")
    codes = [raadt.post("/link/nieuw/", {"email": f"m{nummer}@x.example"}).status_code for nummer in range(21)]
    assert codes == [200] * 20 + [429]
    assert raadt.post("/t/onzin/nieuw/").status_code == 429
    assert Linkverzoek.objects.count() == 20
    assert ander.post("/link/nieuw/", {"email": "m1@x.example"}).status_code == 200


def test_one_link_is_asked_for_five_times(client: Client, kuipers: Kuipers) -> None:
    oude = verlopen(kuipers.ruben)
    codes = [client.post(f"/t/{oude}/nieuw/").status_code for _keer in range(6)]
    assert codes == [200] * 5 + [429]
    assert client.post(f"/t/{verlopen(kuipers.ilse)}/nieuw/").status_code == 200
    cache.clear()
    assert client.post(f"/t/{oude}/nieuw/").status_code == 200


# A browser sends no origin from a page that keeps its address to itself


@pytest.mark.parametrize("plek", ["/link/nieuw/", "/t/onzin/nieuw/", "/o/onzin/nieuw/"])
def test_the_buttons_on_the_closed_page_work_in_a_browser_that_hides_where_it_was(db: None, plek: str) -> None:
    streng = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
    assert streng.post(plek, {"email": "niemand@nergens.example"}).status_code == 200
    assert Linkverzoek.objects.count() == 1
