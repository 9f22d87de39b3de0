"""The page behind a helper's link: what stands on it, what he can answer, and what nobody gets to see."""

import html
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http.response import HttpResponse, HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor
from casussen.acties import afspraken, deelnemers, regie
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Afspraak, Casus, Deelnemer, Gezinslid, Logregel, Reactie, Toegangslink
from tests.cast import Kuipers


def token(aan: Deelnemer | Gezinslid) -> str:
    """A fresh link's token."""
    adres, _link = links.maak_link(aan, nu=timezone.now())
    return adres.rstrip("/").rsplit("/", 1)[1]


def tekst(antwoord: HttpResponseBase) -> str:
    """The page as its reader gets it."""
    assert isinstance(antwoord, HttpResponse)
    return html.unescape(antwoord.content.decode())


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(vast: Kuipers) -> str:
    """Where Ruben's page is."""
    return f"/t/{token(vast.ruben)}/"


def antwoord(client: Client, pad: str, afspraak: Afspraak, soort: str, woorden: str = "") -> HttpResponseBase:
    """Presses a button."""
    velden = {"soort": soort, "tekst": woorden, "inhoud_versie": 1}
    return client.post(f"{pad}afspraak/{afspraak.pk}/", velden)


# What stands on it ----------------------------------------------------------------------------------------


def test_a_helper_reads_who_asks_and_only_the_own_part(client: Client, vast: Kuipers, pad: str) -> None:
    deelnemers.wijzig_deelnemer(
        door=vast.door,
        casus=vast.casus,
        pk=vast.ruben.pk,
        versie=vast.ruben.versie,
        velden={"beslist": "Wie er op bezoek komt.", "doet_niet": "Ik praat niet met school."},
    )
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    pagina = tekst(client.get(pad))
    for woorden in [
        "Dag Ruben, klopt dit?",
        "Sanne Wolters",
        "Hengelo-Noord",
        "Gezin Kuipers",
        "mentor op de groep",
        "Wie er op bezoek komt.",
        "Ik praat niet met school.",
        "Ik bel Bart over het weekend.",
        "elke zondag",
        "085-0000 011",
        "op het wijkteam",
        str(vast.evaluatie.datum.year),
    ]:
        assert woorden.lower() in pagina.lower(), woorden
    for van_een_ander in ["Ik kom elke woensdag", "Ilse", "Amrita", "Esra", "Milan wil weer", "behandeling"]:
        assert van_een_ander not in pagina


def test_what_is_not_fixed_yet_is_not_shown(client: Client, vast: Kuipers, pad: str) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.komt_woensdag.pk,
        versie=vast.komt_woensdag.versie,
        velden={"deelnemer": vast.ruben},
    )
    assert "Ik kom elke woensdag" not in tekst(client.get(pad))
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    assert "Ik kom elke woensdag" in tekst(client.get(pad))


def test_before_the_first_version_the_page_says_there_is_nothing_and_names_no_family(
    client: Client, kuipers: Kuipers
) -> None:
    antwoord = client.get(f"/t/{token(kuipers.ruben)}/")
    assert antwoord.status_code == 200
    assert "Er staat nog niets voor je klaar" in tekst(antwoord)
    for geheim in ("Kuipers", "mentor", "Ik bel Bart"):
        assert geheim not in tekst(antwoord)


def test_a_helper_without_role_or_agreements_reads_that_too(client: Client, vast: Kuipers) -> None:
    Deelnemer.objects.filter(pk=vast.amrita.pk).update(waarvoor="")
    afspraken.laat_vervallen(door=vast.door, casus=vast.casus, afspraak=vast.vertelt)
    vast.evaluatie.afwezige_deelnemers.add(vast.amrita)
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    pagina = tekst(client.get(f"/t/{token(vast.amrita)}/"))
    assert "Er is niets over je rol opgeschreven" in pagina
    assert "Je hebt nu geen afspraken" in pagina
    assert "Jij hoeft er deze keer niet bij te zijn" in pagina


def test_a_coordinator_without_a_number_is_mailed(client: Client, vast: Kuipers, pad: str) -> None:
    professional = vast.teams.sanne.professional
    assert professional is not None
    professional.telefoon = ""
    professional.save()
    assert "mailto:s.wolters@noord.example" in tekst(client.get(pad))


def test_the_page_costs_as_many_queries_with_one_agreement_as_with_thirty(
    client: Client, vast: Kuipers, pad: str
) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(pad)
        return len(queries)

    kosten()
    eerst = kosten()
    for nummer in range(29):
        Afspraak.objects.create(casus=vast.casus, deelnemer=vast.ruben, wat=f"afspraak {nummer}")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    assert kosten() == eerst


# Answering ------------------------------------------------------------------------------------------------


def test_yes_is_one_press(client: Client, vast: Kuipers, pad: str) -> None:
    for _keer in range(2):
        na = antwoord(client, pad, vast.belt_zondag, "akkoord")
        assert na.status_code == 302
        assert na["Location"] == f"{pad}#inhoud"
    pagina = tekst(client.get(pad))
    assert "Je zei ja. Dank je wel." in pagina
    assert "Je hebt overal op geantwoord." in pagina
    assert Reactie.objects.get(deelnemer=vast.ruben).soort == "akkoord"
    assert Logregel.objects.filter(daad="reageerde", actor_id=vast.ruben.pk).count() == 1


def test_after_one_of_two_answers_he_stays_where_he_was(client: Client, vast: Kuipers, pad: str) -> None:
    Afspraak.objects.create(casus=vast.casus, deelnemer=vast.ruben, wat="Ik haal Milan op.")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    na = antwoord(client, pad, vast.belt_zondag, "akkoord")
    assert na["Location"] == f"{pad}#afspraak-{vast.belt_zondag.pk}"


@pytest.mark.parametrize(
    ("soort", "zin"),
    [("niet-akkoord", "Schrijf erbij waarom niet."), ("vraag", "Schrijf je vraag erbij.")],
)
def test_no_and_a_question_need_words(client: Client, vast: Kuipers, pad: str, soort: str, zin: str) -> None:
    na = antwoord(client, pad, vast.belt_zondag, soort, "   ")
    assert na.status_code == 200
    assert zin in tekst(na)
    assert not Reactie.objects.exists() or not Reactie.objects.filter(deelnemer=vast.ruben).exists()
    assert antwoord(client, pad, vast.belt_zondag, soort, "Op zondag werk ik niet.").status_code == 302
    assert "“Op zondag werk ik niet.”" in tekst(client.get(pad))


def test_an_answer_can_be_changed(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Ik ben dan vrij.")
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    reactie = Reactie.objects.get(deelnemer=vast.ruben)
    assert (reactie.soort, reactie.tekst) == ("akkoord", "")


def test_a_too_long_reason_comes_back_whole(client: Client, vast: Kuipers, pad: str) -> None:
    lang = "abcd " * 8000
    na = antwoord(client, pad, vast.belt_zondag, "niet-akkoord", lang.strip())
    assert na.status_code == 200
    assert lang.strip() in tekst(na)
    assert "te lang" in tekst(na)
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_an_answer_that_does_not_exist_is_refused_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    na = antwoord(client, pad, vast.belt_zondag, "misschien", "wie weet")
    assert na.status_code == 200
    assert "Kies een antwoord" in tekst(na)


def test_an_agreement_that_is_being_changed_refuses_and_keeps_what_was_typed(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"wat": "Ik bel Bart elke maandag."},
    )
    na = antwoord(client, pad, vast.belt_zondag, "vraag", "Mag het ook op maandag?")
    assert na.status_code == 200
    assert "Je antwoord is niet bewaard" in tekst(na)
    assert "Mag het ook op maandag?" in tekst(na)
    assert "Deze afspraak wordt net veranderd." in tekst(na)
    assert "elke maandag" not in tekst(na).replace("Mag het ook op maandag?", "")
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_a_page_from_before_the_new_version_refuses_and_offers_the_new_text(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"wat": "Ik bel Bart elke maandag."},
    )
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    na = antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Zondag kan niet.")
    assert "Ik bel Bart elke maandag." in tekst(na)
    assert "Zondag kan niet.</textarea>" in tekst(na)
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_an_agreement_that_went_to_somebody_else_is_not_answered_any_more(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"deelnemer": vast.ilse},
    )
    na = antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat moet ik bellen?")
    assert "gaat net naar iemand anders" in tekst(na)
    assert "Hoe laat moet ik bellen?" in tekst(na)
    assert not Reactie.objects.filter(tekst__contains="Hoe laat").exists()


def test_nobody_answers_for_another(client: Client, vast: Kuipers, pad: str) -> None:
    na = antwoord(client, pad, vast.komt_woensdag, "akkoord")
    assert na.status_code == 404
    assert "Ik kom elke woensdag" not in tekst(na)
    assert not Reactie.objects.filter(afspraak=vast.komt_woensdag).exists()


# The regie ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("functie", "vraag", "daarna"),
    [
        ("regievoerder", "Neem jij de regie?", "Jij hebt de regie"),
        ("aanspreekpunt", "Word jij het eerste aanspreekpunt?", "Jij bent het eerste aanspreekpunt"),
        ("vervanger", "Word jij de vervanger?", "Jij bent de vervanger"),
    ],
)
def test_whoever_is_named_is_asked_and_says_yes(
    client: Client, vast: Kuipers, pad: str, functie: str, vraag: str, daarna: str
) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie=functie, deelnemer=vast.ruben)
    assert rij is not None
    assert vraag in tekst(client.get(pad))
    for _keer in range(2):
        assert client.post(f"{pad}regie/{rij.pk}/").status_code == 302
    pagina = tekst(client.get(pad))
    assert vraag not in pagina
    assert daarna in pagina
    assert Logregel.objects.filter(daad="aanvaardde", actor_id=vast.ruben.pk).count() == 1


def test_a_yes_that_comes_too_late_changes_nothing(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ruben)
    regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ilse)
    assert rij is not None
    na = client.post(f"{pad}regie/{rij.pk}/", follow=True)
    assert "aan iemand anders gevraagd" in tekst(na)
    rij.refresh_from_db()
    assert rij.aanvaard_op is None


def test_nobody_says_yes_for_another(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ilse)
    assert rij is not None
    assert client.post(f"{pad}regie/{rij.pk}/").status_code == 404
    rij.refresh_from_db()
    assert rij.aanvaard_op is None


# Reachability ---------------------------------------------------------------------------------------------

BEREIKBAAR = {
    "telefoon": "085-0000 031",
    "dagen": ["3", "1"],
    "uren_van": "9.30",
    "uren_tot": "17",
    "terugbellen": "dezelfde-dag",
    "vervanger": "Anna Smit",
    "app": "korte vragen",
    "mail": "",
    "versie": "1",
}


def test_a_helper_says_himself_how_to_be_reached(client: Client, vast: Kuipers, pad: str) -> None:
    na = client.post(f"{pad}bereikbaar/", BEREIKBAAR, follow=True)
    assert "Bewaard." in tekst(na)
    vast.ruben.refresh_from_db()
    assert (vast.ruben.dagen, vast.ruben.vervanger, vast.ruben.terugbellen) == ([1, 3], "Anna Smit", "dezelfde-dag")
    # The number is the one of the address book: it is not copied, so that a new number there counts here too.
    assert (vast.ruben.telefoon, vast.ruben.belnummer) == ("", "085-0000 031")
    client.post(f"{pad}bereikbaar/", BEREIKBAAR | {"telefoon": "06-0000 0199", "versie": "2"})
    vast.ruben.refresh_from_db()
    assert vast.ruben.belnummer == "06-0000 0199"


def test_two_windows_show_both_texts_and_the_second_try_wins(client: Client, vast: Kuipers, pad: str) -> None:
    client.post(f"{pad}bereikbaar/", BEREIKBAAR)
    na = client.post(f"{pad}bereikbaar/", BEREIKBAAR | {"vervanger": "Bram de Wit"})
    assert na.status_code == 200
    assert "Anna Smit" in tekst(na)
    assert 'value="Bram de Wit"' in tekst(na)
    assert 'name="versie" value="2"' in tekst(na)
    client.post(f"{pad}bereikbaar/", BEREIKBAAR | {"vervanger": "Bram de Wit", "versie": "2"})
    vast.ruben.refresh_from_db()
    assert vast.ruben.vervanger == "Bram de Wit"


def test_an_impossible_time_comes_back_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    na = client.post(f"{pad}bereikbaar/", BEREIKBAAR | {"uren_van": "18"})
    assert na.status_code == 200
    assert "eerder dan het begin" in tekst(na)
    assert 'value="Anna Smit"' in tekst(na)
    vast.ruben.refresh_from_db()
    assert vast.ruben.vervanger == ""


# Who gets in ----------------------------------------------------------------------------------------------


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
        if model is not Logregel
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
