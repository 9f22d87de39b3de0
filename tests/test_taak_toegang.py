"""Who gets in at a helper's link: every link that is closed, mail scanners, and who is taken off meanwhile."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from casussen import actor
from casussen.acties import regie
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Casus, Deelnemer, Logregel, Logzegel, Reactie, Toegangslink
from tests.cast import Kuipers
from tests.taaklink import BEREIKBAAR, antwoord, tekst, token


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


def _vers(k: Kuipers) -> str:
    return token(k.ruben)


def _verlopen(k: Kuipers) -> str:
    waarde = token(k.ruben)
    Toegangslink.objects.filter(token_hash=links.hash_van(waarde)).update(geldig_tot=timezone.now())
    return waarde


def _ingetrokken(k: Kuipers) -> str:
    waarde = token(k.ruben)
    Toegangslink.objects.filter(token_hash=links.hash_van(waarde)).update(ingetrokken_op=timezone.now())
    return waarde


def _vervangen(k: Kuipers) -> str:
    waarde = token(k.ruben)
    _adres, nieuw = links.maak_link(k.ruben, nu=timezone.now())
    links.trek_eerdere_in(nieuw, nu=timezone.now())
    return waarde


def _verzonnen(k: Kuipers) -> str:
    return "a" * len(token(k.ruben))


def _andere_soort(k: Kuipers) -> str:
    return token(k.bart)


def _vertrokken(k: Kuipers) -> str:
    waarde = token(k.ruben)
    Deelnemer.objects.filter(pk=k.ruben.pk).update(tot=timezone.now())
    return waarde


def _gesloten_casus(k: Kuipers) -> str:
    waarde = token(k.ruben)
    Casus.objects.filter(pk=k.casus.pk).update(afgesloten_op=timezone.now())
    return waarde


DICHT = [_verlopen, _ingetrokken, _vervangen, _verzonnen, _andere_soort, _vertrokken, _gesloten_casus]


def _adressen(k: Kuipers, waarde: str) -> list[str]:
    rij = regie.wijs_aan(door=k.door, casus=k.casus, functie="vervanger", deelnemer=k.ruben)
    assert rij is not None
    plekken = ["", f"afspraak/{k.belt_zondag.pk}/", "bereikbaar/", f"regie/{rij.pk}/"]
    return [f"/t/{waarde}/{plek}" for plek in plekken]


FORMULIER = BEREIKBAAR | {"soort": "vraag", "tekst": "Mijn vraag", "inhoud_versie": "1"}


@pytest.mark.parametrize("toestand", DICHT)
def test_every_closed_link_gets_the_same_calm_page_at_every_address(
    client: Client, vast: Kuipers, toestand: Callable[[Kuipers], str]
) -> None:
    gewoon = tekst(client.get("/t/onzin/"))
    adressen = _adressen(vast, token(vast.ruben))
    waarde = toestand(vast)
    eerst = _feiten()
    for adres in [met_token(adres, waarde) for adres in adressen]:
        alleen_lezen = adres.count("/") == 3
        assert client.head(adres).status_code == 410
        gelezen = client.get(adres)
        assert gelezen.status_code == 410
        assert zonder_csrf(tekst(gelezen)) == zonder_csrf(gewoon)
        gestuurd = client.post(adres, FORMULIER)
        assert gestuurd.status_code == (405 if alleen_lezen else 410)
        assert alleen_lezen or "Mijn vraag" in tekst(gestuurd)
        for geheim in ("Kuipers", "Ruben", "Sanne", "Ik bel Bart"):
            assert geheim not in tekst(gelezen) + tekst(gestuurd)
    assert _feiten() == eerst


def test_a_fresh_link_reads_with_get_and_acts_with_post(client: Client, vast: Kuipers) -> None:
    lezen, *doen = _adressen(vast, _vers(vast))
    assert client.head(lezen).status_code == 200
    assert client.get(lezen).status_code == 200
    assert client.post(lezen).status_code == 405
    for adres in doen:
        for methode in (client.head, client.get):
            opnieuw = methode(adres)
            assert (opnieuw.status_code, opnieuw["Location"]) == (302, lezen)
        assert client.post(adres, FORMULIER).status_code == 302


def test_ten_mail_scanners_change_nothing(client: Client, vast: Kuipers) -> None:
    adressen = _adressen(vast, token(vast.ruben))
    eerst = _feiten()
    for nummer in range(10):
        for adres in adressen:
            client.get(adres, headers={"Purpose": "prefetch", "User-Agent": f"scanner {nummer}"})
        client.head(adressen[nummer % len(adressen)])
    assert _feiten() == eerst
    assert Logregel.objects.filter(daad="las", actor_id=vast.ruben.pk).count() >= 10
    assert antwoord(client, adressen[0], vast.belt_zondag, "akkoord").status_code == 302


def test_a_button_from_another_site_does_nothing(vast: Kuipers) -> None:
    streng = Client(enforce_csrf_checks=True)
    assert antwoord(streng, f"/t/{token(vast.ruben)}/", vast.belt_zondag, "akkoord").status_code == 403
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def _feiten() -> dict[str, list[object]]:
    """Everything in the database except what was read by whom."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values())
        for model in apps.get_app_config("casussen").get_models()
        if model not in (Logregel, Logzegel)
    }


def met_token(adres: str, waarde: str) -> str:
    """The same address with another token."""
    delen = adres.split("/")
    delen[2] = waarde
    return "/".join(delen)


def zonder_csrf(pagina: str) -> str:
    """The page without the one thing that differs each time."""
    return "\n".join(regel for regel in pagina.splitlines() if "csrf" not in regel.lower())


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plek", ["bereikbaar/", "afspraak/{}/"])
def test_who_is_taken_off_while_pressing_the_button_changes_nothing_any_more(vast: Kuipers, plek: str) -> None:
    adres = f"/t/{token(vast.ruben)}/" + plek.format(vast.belt_zondag.pk)
    antwoorden: list[HttpResponseBase] = []

    def druk() -> None:
        try:
            antwoorden.append(Client().post(adres, FORMULIER))
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
    link = links.zoek_link(token(vast.ilse))
    assert link is not None
    assert actor.van_link(link).deelnemer == vast.ilse
    assert links.opent(link, timezone.now() + timedelta(days=1))
