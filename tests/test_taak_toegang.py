"""Who gets in at a helper's link: one browser per link, all families of one person, and who is taken off meanwhile.

Every state of a link with every way to ask for it stands in tests/linkstanden.py; programs in tests/test_scanners.py.
"""

import threading
import time
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor
from casussen.acties import deelnemers
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import bind_link, trek_links_in
from casussen.acties.vaststellen import stel_vast
from casussen.actor import ActorSoort
from casussen.berichten import links
from casussen.models import Casus, Deelnemer, Logregel, Reactie, Toegangslink
from casussen.views.link import getypt
from casussen.views.taakdeur import eigen_delen
from tests import cast
from tests.cast import Kuipers, maak_kuipers
from tests.daden import achter_link, tegelijk
from tests.taaklink import BEREIKBAAR, antwoord, binnen, tekst, token

FORMULIER = BEREIKBAAR | {"soort": "vraag", "tekst": "Mijn vraag", "inhoud_versie": "1"}
BEGIN = {"ik": "1", "wat": "verder"}


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


# One browser


def test_the_first_press_of_a_person_makes_the_link_belong_to_that_browser_for_eight_hours(vast: Kuipers) -> None:
    telefoon, ander = Client(), Client()
    adres = f"/t/{token(vast.ruben)}/"
    eerst = timezone.now()
    cookie = telefoon.post(adres, BEGIN).cookies["link"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert int(cookie["max-age"]) == 8 * 3600
    link = Toegangslink.objects.get()
    assert link.gebonden_tot is not None
    assert timedelta(hours=8) <= link.gebonden_tot - eerst < timedelta(hours=8, minutes=1)
    assert cookie.value not in link.browser_hash
    assert telefoon.get(adres).status_code == 200
    assert "Deze link is al gebruikt" in tekst(ander.get(adres))
    Toegangslink.objects.update(gebonden_tot=timezone.now())
    assert "Deze link is al gebruikt" in tekst(telefoon.get(adres))


def test_one_browser_may_have_several_links_and_a_stolen_cookie_opens_no_other(vast: Kuipers) -> None:
    client = Client()
    van_ruben, van_ilse = (f"/t/{binnen(client, mens)}/" for mens in (vast.ruben, vast.ilse))
    assert client.get(van_ruben).status_code == client.get(van_ilse).status_code == 200
    ander = Client()
    binnen(ander, vast.amrita)
    assert ander.get(van_ruben).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_of_two_browsers_at_the_same_moment_one_gets_the_link(vast: Kuipers) -> None:
    adres = f"/t/{token(vast.ruben)}/"
    browsers = [Client(), Client()]

    def druk(client: Client) -> int:
        return client.post(adres, BEGIN).status_code

    def houd_vast() -> object:
        return Toegangslink.objects.select_for_update().get()

    codes = tegelijk(houd_vast, lambda: druk(browsers[0]), lambda: druk(browsers[1]))
    assert sorted(map(str, codes)) == ["302", "410"]
    assert Logregel.objects.filter(daad="opende_link").count() == 1


def test_a_second_press_on_the_first_page_binds_nothing_anew(vast: Kuipers) -> None:
    _adres, link = links.maak_link(vast.ruben, nu=timezone.now())
    door, nu = achter_link(vast.ruben), timezone.now()
    eerst = bind_link(door=door, link=link, browser="een", nu=nu)
    weer = bind_link(door=door, link=link, browser="twee", nu=nu + timedelta(hours=1))
    assert weer.browser_hash == eerst.browser_hash == links.hash_van("een")
    assert weer.gebonden_tot == nu + timedelta(hours=8)


# Nothing that was typed is lost


def test_what_was_typed_behind_a_link_that_does_not_open_comes_back_to_be_copied(vast: Kuipers) -> None:
    adressen = [f"/t/{token(vast.ruben)}/", "/t/verzonnen/"]
    velden = FORMULIER | {"naar_naam": "Nora", "naar_email": "nora@debrug.example", "tekst": "<b>Dag</b>"}
    for adres in adressen:
        pagina = Client().post(f"{adres}afspraak/{vast.belt_zondag.pk}/", velden)
        for woord in ("Nora", "nora@debrug.example", "<b>Dag</b>", "085-0000 031", "Anna Smit"):
            assert woord in tekst(pagina)
        assert b"<b>Dag" not in pagina.content


def test_it_keeps_no_more_than_a_form_can_hold_and_no_choices_ids_or_secrets(db: None) -> None:
    def terug(**velden: object) -> list[str]:
        return getypt(RequestFactory().post("/t/x/", velden))

    assert terug(soort="akkoord", versie=3, dagen=["1", "2"], ik="1", wat="alles", gezien="x:1") == []
    assert terug(wie="0f8fad5b-d9cb-469f-a165-70867728950e", code="123456", csrfmiddlewaretoken="a" * 64) == []
    assert terug(tekst="  ja  ", leeg="   ") == ["ja"]
    assert [len(deel) for deel in terug(tekst="a" * 30_000)] == [20_000]
    assert len(terug(**{f"tekst{nummer}": "een woord" for nummer in range(50)})) == 12


# All families of one person


def test_the_page_holds_all_families_of_one_person_and_costs_as_much_for_many(vast: Kuipers) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            eigen_delen(achter_link(vast.ruben))
        return len(gemeten)

    maak_kuipers(vast.teams)
    met_twee = kosten()
    for _keer in range(3):
        maak_kuipers(vast.teams)
    assert len(eigen_delen(achter_link(vast.ruben))) == 5
    assert kosten() == met_twee


def test_a_family_of_which_the_part_ended_or_the_casus_closed_is_gone_at_the_next_request(vast: Kuipers) -> None:
    een, twee = maak_kuipers(vast.teams), maak_kuipers(vast.teams)
    client = Client()
    adres = f"/t/{binnen(client, vast.ruben)}/"
    Deelnemer.objects.filter(pk=een.ruben.pk).update(tot=timezone.now())
    Casus.objects.filter(pk=twee.casus.pk).update(afgesloten_op=timezone.now())
    assert eigen_delen(achter_link(vast.ruben)) == (vast.ruben,)
    for ander in (een, twee):
        assert antwoord(client, adres, ander.belt_zondag, "akkoord").status_code == 404
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=timezone.now())
    assert client.get(adres).status_code == 410


# Taking links in


def test_the_coordinator_ends_all_links_of_somebody_at_once(vast: Kuipers) -> None:
    client, ander = Client(), maak_kuipers(vast.teams)
    adressen = [f"/t/{binnen(client, mens)}/" for mens in (vast.ruben, ander.ruben, vast.ilse)]
    assert trek_links_in(door=vast.door, casus=vast.casus, deelnemer=vast.ruben) == 2
    # The other family stood on the same page, so its link would have shown this one too.
    assert [client.get(adres).status_code for adres in adressen] == [410, 410, 200]
    regels = Logregel.objects.filter(daad="trok_links_in")
    assert {regel.casus_id for regel in regels} == {vast.casus.pk, ander.casus.pk}
    assert trek_links_in(door=vast.door, casus=vast.casus, deelnemer=vast.ruben) == 0
    assert regels.count() == 2


def test_nobody_else_does_and_not_in_a_closed_casus(vast: Kuipers) -> None:
    adres = f"/t/{token(vast.ruben)}/"
    for mens in (vast.teams.joost, vast.teams.karin):
        with pytest.raises(PermissionDenied):
            trek_links_in(door=cast.deur(mens), casus=vast.casus, deelnemer=vast.ruben)
    ander = maak_kuipers(vast.teams)
    with pytest.raises(Deelnemer.DoesNotExist):
        trek_links_in(door=vast.door, casus=vast.casus, deelnemer=ander.ruben)
    assert Client().get(adres).status_code == 200
    Casus.objects.filter(pk=vast.casus.pk).update(afgesloten_op=timezone.now())
    with pytest.raises(Geweigerd):
        trek_links_in(door=vast.door, casus=vast.casus, deelnemer=vast.ruben)


def test_ending_a_part_closes_the_page_in_that_same_second(vast: Kuipers) -> None:
    client = Client()
    adres = f"/t/{binnen(client, vast.opa)}/"
    assert client.get(adres).status_code == 200
    deelnemers.beeindig_deelnemer(door=vast.door, casus=vast.casus, deelnemer=vast.opa)
    assert client.get(adres).status_code == 410


# A form from elsewhere


def test_a_form_works_from_a_page_that_hides_its_address_and_is_nothing_without_the_token(vast: Kuipers) -> None:
    streng = Client(enforce_csrf_checks=True, headers={"Origin": "null"})
    adres = f"/t/{token(vast.ruben)}/"
    assert streng.post(adres, BEGIN).status_code == 302
    assert antwoord(streng, adres, vast.belt_zondag, "akkoord").status_code == 302
    assert Reactie.objects.filter(deelnemer=vast.ruben).exists()
    assert antwoord(streng, "/t/geraden/", vast.belt_zondag, "akkoord").status_code == 410


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plek", ["deel/{1}/bereikbaar/", "afspraak/{0}/"])
def test_who_is_taken_off_while_pressing_the_button_changes_nothing_any_more(vast: Kuipers, plek: str) -> None:
    client = Client()
    adres = f"/t/{binnen(client, vast.ruben)}/" + plek.format(vast.belt_zondag.pk, vast.ruben.pk)
    antwoorden: list[HttpResponseBase] = []

    def druk() -> None:
        try:
            antwoorden.append(client.post(adres, FORMULIER))
        finally:
            connection.close()

    drukker = threading.Thread(target=druk)
    with transaction.atomic():
        Casus.objects.select_for_update().get(pk=vast.casus.pk)
        drukker.start()
        _wacht_tot_iemand_wacht()
        Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=timezone.now())
    drukker.join()
    assert antwoorden[0].status_code in (200, 410)
    assert "niet bewaard" in tekst(antwoorden[0])
    assert "Mijn vraag" in tekst(antwoorden[0])
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()
    assert Deelnemer.objects.get(pk=vast.ruben.pk).vervanger == ""


def _wacht_tot_iemand_wacht() -> None:
    """Returns once another connection to this database waits for a lock that we hold."""
    grens = time.monotonic() + 20
    while time.monotonic() < grens:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # within a transaction it would never change
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            (aantal,) = cursor.fetchone() or (0,)
        if aantal:
            return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_the_link_of_the_right_person_gives_that_person(vast: Kuipers) -> None:
    link = links.zoek_open_link(token(vast.ilse), ActorSoort.DEELNEMER, timezone.now())
    assert link is not None
    assert actor.van_link(link).deelnemer == vast.ilse
    assert links.opent(link, timezone.now() + timedelta(days=1))
