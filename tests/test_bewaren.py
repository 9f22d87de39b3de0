"""How long a closed casus is kept: its date by policy, the question two months before, the decision, the clock."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from casussen import actor, logboek
from casussen.acties.bewaren import besluit_wissen, bewaar_langer, bewaarronde
from casussen.acties.fouten import Geweigerd
from casussen.berichten import adressen, teksten
from casussen.models import Bericht, Casus, Lidmaatschap, Logregel, Medewerker, Organisatie
from casussen.models.organisatie import TeamRol
from casussen.overzicht import bewaren, vandaag_gegevens
from casussen.taal.datums import over_maanden
from casussen.tasks import bewaren as taak
from tests import cast
from tests.accounts import ingelogd
from tests.cast import Kuipers
from tests.daden import alles
from tests.gegevens import sluit_met_een_goed_einde, vraag
from tests.mensen import ANDEREN

VANDAAG = timezone.localdate


def kies(k: Kuipers, beleid: str = "kort", maanden: int | None = 12) -> None:
    """The organisation chooses how long."""
    Organisatie.objects.filter(pk=k.teams.noord.organisatie_id).update(bewaarbeleid=beleid, bewaar_maanden=maanden)


def gesloten(k: Kuipers, *, kopie: bool = True) -> Casus:
    """The family, closed today."""
    casus = sluit_met_een_goed_einde(k)
    if kopie:
        logboek.schrijf(door=k.door, daad="maakte_archief", casus_id=casus.pk, over=casus)
    return casus


def ronde(op: date) -> int:
    return bewaarronde(door=actor.klok(), op=op)


def laatste_dag(casus: Casus) -> date:
    casus.refresh_from_db()
    assert casus.bewaren_tot is not None
    return casus.bewaren_tot


# The date


@pytest.mark.parametrize(
    ("beleid", "maanden", "duurt"), [("dossier", None, 240), ("kort", 6, 6), ("kort", 240, 240), ("", None, None)]
)
def test_closing_sets_the_date_that_the_organisation_chose(
    kuipers: Kuipers, beleid: str, maanden: int | None, duurt: int | None
) -> None:
    kies(kuipers, beleid, maanden)
    casus = gesloten(kuipers)
    assert casus.bewaren_tot == (over_maanden(VANDAAG(), duurt) if duurt else None)


def test_a_choice_that_comes_later_gives_closed_casussen_their_date(kuipers: Kuipers) -> None:
    casus = gesloten(kuipers)
    ronde(VANDAAG())
    casus.refresh_from_db()
    assert casus.bewaren_tot is None
    kies(kuipers, "kort", 24)
    ronde(VANDAAG() + timedelta(days=3))
    assert laatste_dag(casus) == over_maanden(VANDAAG(), 24)
    assert Logregel.objects.filter(casus_id=casus.pk, daad="bepaalde_bewaartermijn").count() == 1


def test_another_choice_later_changes_no_date_that_is_set(kuipers: Kuipers) -> None:
    kies(kuipers, "kort", 24)
    casus = gesloten(kuipers)
    kies(kuipers, "dossier", None)
    ronde(VANDAAG())
    assert laatste_dag(casus) == over_maanden(VANDAAG(), 24)


def test_without_a_choice_the_coordinator_reads_that_it_is_missing(kuipers: Kuipers, als_sanne: Client) -> None:
    gesloten(kuipers)
    for pad in (f"/casussen/{kuipers.casus.pk}/", "/bewaren/", f"/casussen/{kuipers.casus.pk}/bewaren/"):
        html = als_sanne.get(pad).content.decode()
        assert "koos nog niet hoe lang" in html, pad
        assert "beheerder" in html, pad
    kies(kuipers)
    ronde(VANDAAG())
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/").content.decode()
    assert "We bewaren dit tot en met" in html
    assert "koos nog niet" not in html


# The question


def test_two_months_before_the_coordinator_is_asked_once_by_mail(kuipers: Kuipers) -> None:
    kies(kuipers)
    casus = gesloten(kuipers)
    vooraf = over_maanden(VANDAAG(), 10)
    ronde(vooraf - timedelta(days=1))
    assert not Bericht.objects.filter(soort="bewaren").exists()
    for dag in (vooraf, vooraf, vooraf + timedelta(days=20)):
        ronde(dag)
    bericht = Bericht.objects.get(soort="bewaren")
    assert (bericht.medewerker, bericht.datum) == (kuipers.teams.sanne, laatste_dag(casus))
    assert Logregel.objects.filter(casus_id=casus.pk, daad="vroeg_bewaarbesluit").count() == 1


def test_the_mail_names_no_family_and_leads_to_the_decision(kuipers: Kuipers) -> None:
    kies(kuipers, maanden=1)
    casus = gesloten(kuipers)
    ronde(VANDAAG())
    bericht = Bericht.objects.get(soort="bewaren")
    adres = adressen.maak(bericht, timezone.now())
    assert adres.url.endswith(f"/casussen/{casus.pk}/bewaren/")
    mail = teksten.maak(bericht, adres=adres.url, tot_en_met=adres.tot_en_met)
    for geheim in ("Kuipers", "Bart", "Esra", "Milan", "woensdag"):
        assert geheim not in mail.onderwerp + mail.inhoud
    assert "Zolang je niets kiest, wist de software niets." in mail.inhoud


def test_when_the_coordinator_left_every_coordinator_of_the_team_is_asked(kuipers: Kuipers) -> None:
    kies(kuipers, maanden=1)
    gesloten(kuipers)
    nieuw = [
        cast.medewerker(naam, f"{naam}@noord.example", kuipers.teams.noord, TeamRol.COORDINATOR)
        for naam in ("Noor", "Omar", "Piet")
    ]
    Medewerker.objects.filter(pk=nieuw[2].pk).update(is_active=False)
    Lidmaatschap.objects.filter(medewerker=kuipers.teams.sanne).update(tot=VANDAAG() - timedelta(days=1))
    ronde(VANDAAG())
    assert {bericht.medewerker for bericht in Bericht.objects.filter(soort="bewaren")} == set(nieuw[:2])


def test_it_is_on_the_list_and_among_what_needs_me_today(kuipers: Kuipers, als_sanne: Client) -> None:
    kies(kuipers)
    casus = gesloten(kuipers)
    teams = [kuipers.teams.noord]
    assert bewaren.lijst(teams, VANDAAG()).later == [casus]
    vooraf = over_maanden(VANDAAG(), 10)
    assert bewaren.lijst(teams, vooraf).beslissen == [casus]
    (taak_,) = vandaag_gegevens.taken(kuipers.door, vooraf)
    assert (taak_.titel, taak_.url) == ("Beslis over een afgesloten gezin: wissen of bewaren", "/bewaren/")
    assert vandaag_gegevens.taken(cast.deur(kuipers.teams.karin), vooraf) == []
    assert "Gezin Kuipers" in als_sanne.get("/bewaren/").content.decode()


# The decision


@pytest.fixture
def bijna(kuipers: Kuipers) -> Casus:
    """A closed casus that asks for a decision, with its copy made."""
    kies(kuipers, maanden=1)
    return gesloten(kuipers)


def test_the_clock_removes_only_after_the_last_day_and_only_what_was_decided(kuipers: Kuipers, bijna: Casus) -> None:
    laatste = laatste_dag(bijna)
    assert ronde(laatste + timedelta(days=30)) == 0
    besluit_wissen(door=kuipers.door, casus=bijna, op=VANDAAG())
    assert ronde(laatste) == 0
    assert Casus.objects.exists()
    assert ronde(laatste + timedelta(days=1)) == 1
    assert not Casus.objects.exists()
    assert ronde(laatste + timedelta(days=1)) == 0
    regel = Logregel.objects.get(daad="wiste_casus")
    assert (regel.actor_soort, regel.casus_id) == ("klok", bijna.pk)


def test_a_request_that_came_after_the_decision_stops_the_clock(kuipers: Kuipers, bijna: Casus) -> None:
    besluit_wissen(door=kuipers.door, casus=bijna, op=VANDAAG())
    vraag(kuipers, kuipers.bart, "inzage")
    assert ronde(laatste_dag(bijna) + timedelta(days=1)) == 0
    assert Casus.objects.exists()


def test_keeping_longer_needs_a_reason_and_a_later_day_and_undoes_the_decision(kuipers: Kuipers, bijna: Casus) -> None:
    besluit_wissen(door=kuipers.door, casus=bijna, op=VANDAAG())
    laatste = laatste_dag(bijna)

    def langer(tot: date, reden: str) -> None:
        bewaar_langer(door=kuipers.door, casus=bijna, tot=tot, reden=reden, op=VANDAAG())

    with pytest.raises(Geweigerd, match="waarom"):
        langer(laatste + timedelta(days=100), " ")
    with pytest.raises(Geweigerd, match="na de dag die er nu staat"):
        langer(laatste, "Er loopt een klacht.")
    langer(laatste + timedelta(days=100), "Er loopt een klacht.")
    assert laatste_dag(bijna) == laatste + timedelta(days=100)
    assert (bijna.bewaren_reden, bijna.wissen_besloten_op) == ("Er loopt een klacht.", None)
    assert ronde(laatste + timedelta(days=1)) == 0
    assert Casus.objects.exists()


def test_before_the_copy_is_made_nothing_can_be_decided_to_go(kuipers: Kuipers) -> None:
    kies(kuipers, maanden=1)
    casus = gesloten(kuipers, kopie=False)
    with pytest.raises(Geweigerd, match="kopie voor het archief"):
        besluit_wissen(door=kuipers.door, casus=casus, op=VANDAAG())


def test_long_before_the_end_there_is_nothing_to_decide(kuipers: Kuipers) -> None:
    kies(kuipers, "dossier", None)
    casus = gesloten(kuipers)
    with pytest.raises(Geweigerd, match="niets te beslissen"):
        besluit_wissen(door=kuipers.door, casus=casus, op=VANDAAG())
    with pytest.raises(Geweigerd, match="niets te beslissen"):
        bewaar_langer(door=kuipers.door, casus=casus, tot=date(2060, 1, 1), reden="Zomaar.", op=VANDAAG())


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_decides(kuipers: Kuipers, wie: str) -> None:
    door = ANDEREN[wie](kuipers)
    kies(kuipers, maanden=1)
    casus = gesloten(kuipers)
    stand = alles()
    with pytest.raises(PermissionDenied):
        besluit_wissen(door=door, casus=casus, op=VANDAAG())
    with pytest.raises(PermissionDenied):
        bewaar_langer(door=door, casus=casus, tot=date(2060, 1, 1), reden="Zomaar.", op=VANDAAG())
    assert alles() == stand


def test_the_task_of_the_clock_does_the_round(kuipers: Kuipers) -> None:
    kies(kuipers, maanden=1)
    gesloten(kuipers)
    taak()
    assert Bericht.objects.filter(soort="bewaren").count() == 1


# The pages


def adres(casus: Casus, rest: str = "bewaren/") -> str:
    return f"/casussen/{casus.pk}/{rest}"


def test_the_way_from_copy_to_removal_on_the_screen(kuipers: Kuipers, client: Client) -> None:
    kies(kuipers, maanden=1)
    casus = gesloten(kuipers, kopie=False)
    client = ingelogd(client, kuipers.teams.sanne)
    eerst = client.get(adres(casus)).content.decode()
    assert adres(casus, "wissen/") not in eerst
    assert "Zonder kopie kan er niets gewist worden." in eerst
    assert "Kies een dag." in client.post(adres(casus), {"besluit": "x"}).content.decode()
    assert "Maak eerst de kopie" in client.post(adres(casus), {"besluit": "wissen"}).content.decode()
    zip_ = client.get(adres(casus, "bewaren/archief.zip"))
    assert zip_["Content-Disposition"] == 'attachment; filename="archief.zip"'
    assert ZipFile(BytesIO(zip_.content)).namelist() == ["casus.json", "casus.pdf"]
    daarna = client.get(adres(casus)).content.decode()
    assert adres(casus, "wissen/") in daarna
    client.post(adres(casus), {"besluit": "wissen"})
    assert "Deze samenwerking wordt vanzelf gewist" in client.get(adres(casus)).content.decode()
    client.post(adres(casus), {"besluit": "langer", "tot": "2060-01-01", "reden": "Er loopt een klacht."})
    assert laatste_dag(casus) == date(2060, 1, 1)


def test_removing_now_asks_who_you_are_and_the_name(kuipers: Kuipers, bijna: Casus, client: Client) -> None:
    pad = adres(bijna, "wissen/")
    lang_geleden = ingelogd(client, kuipers.teams.sanne, geleden=timedelta(minutes=11))
    assert lang_geleden.post(pad, {"naam": "Gezin Kuipers"})["Location"].startswith("/account/opnieuw/")
    client = ingelogd(client, kuipers.teams.sanne)
    for naam in ("", "Gezin Bos", "Kuipers"):
        assert client.post(pad, {"naam": naam}).status_code == 200
        assert Casus.objects.exists()
    assert client.post(pad, {"naam": " gezin  kuipers "})["Location"] == "/bewaren/"
    assert not Casus.objects.exists()
    assert client.get(pad).status_code == 404


def test_too_early_the_page_offers_no_button(kuipers: Kuipers, client: Client) -> None:
    kies(kuipers, "dossier", None)
    casus = gesloten(kuipers)
    client = ingelogd(client, kuipers.teams.sanne)
    assert "Wissen kan nog niet" in client.get(adres(casus, "wissen/")).content.decode()
    assert client.post(adres(casus, "wissen/"), {"naam": "Gezin Kuipers"})["Location"] == adres(casus)
    assert Casus.objects.exists()


def test_a_mistake_in_keeping_longer_is_told_and_what_was_typed_stays(
    kuipers: Kuipers, bijna: Casus, client: Client
) -> None:
    client.force_login(kuipers.teams.sanne)
    fout: dict[str, Any] = {"besluit": "langer", "tot": "2001-01-01", "reden": "Er loopt een klacht."}
    html = client.post(adres(bijna), fout).content.decode()
    assert "Kies een dag na de dag die er nu staat." in html
    assert "Er loopt een klacht." in html
    leeg = client.post(adres(bijna), {"besluit": "langer"}).content.decode()
    assert "Kies een dag." in leeg


def test_the_manager_reads_that_a_choice_is_missing(kuipers: Kuipers, client: Client) -> None:
    client = ingelogd(client, kuipers.teams.bea)
    assert "Nog niet gekozen: er wordt niets gewist" in client.get("/beheer/casussen/organisatie/").content.decode()
    Organisatie.objects.update(bewaarbeleid="dossier")
    assert "Nog niet gekozen" not in client.get("/beheer/casussen/organisatie/").content.decode()
