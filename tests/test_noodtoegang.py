"""Emergency access: with a reason, for an hour, to read; and everybody who must know, knows at once."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten, rechten
from casussen.acties import noodtoegang
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Bericht, Casus, Lidmaatschap, Logregel, Medewerker, Noodtoegang, Toegangslink
from casussen.models.organisatie import TeamRol
from casussen.overzicht import vandaag_toegang
from casussen.overzicht.logregels import Mensen, Zoekvraag, per_dag
from casussen.taal.klok import cijfers
from tests import cast
from tests.cast import Kuipers
from tests.daden import alles
from tests.kolommen import ALLES
from tests.mailserver import mailserver
from tests.mensen import uit_team_west
from tests.post import tekst_van
from tests.taaklink import tekst

PAGINA = "/noodtoegang/"
REDEN = "De buurvrouw belt: er is ruzie."
GEEN = "Er is geen samenwerking gevonden met precies deze naam of dit nummer."


@pytest.fixture
def wim(kuipers: Kuipers) -> Medewerker:
    """A teamlid of another team of the same organisation."""
    return uit_team_west(kuipers)


@pytest.fixture
def als_wim(client: Client, wim: Medewerker) -> Client:
    """A browser in which Wim is signed in."""
    client.force_login(wim)
    return client


def vraag(client: Client, **anders: object) -> Any:
    """Sends the form."""
    return client.post(PAGINA, {"id": uuid4(), "wat": "Gezin Kuipers", "reden": REDEN, **anders})


def neem(door: Actor, casus: Casus, pk: UUID | None = None) -> Noodtoegang:
    return noodtoegang.neem_noodtoegang(door=door, pk=pk or uuid4(), casus=casus, reden=REDEN)


def stand(kuipers: Kuipers) -> str:
    return f"/casussen/{kuipers.casus.pk}/"


def een_uur_later() -> None:
    """As if the hour has passed."""
    Noodtoegang.objects.update(van=F("van") - timedelta(minutes=61), tot=F("tot") - timedelta(minutes=61))


# Taking it


def test_somebody_of_another_team_opens_a_family_for_an_hour(
    als_wim: Client, kuipers: Kuipers, wim: Medewerker
) -> None:
    assert als_wim.get(stand(kuipers)).status_code == 404
    antwoord = vraag(als_wim)
    assert (antwoord.status_code, antwoord["Location"]) == (302, stand(kuipers))
    toegang = Noodtoegang.objects.get()
    assert (toegang.medewerker, toegang.casus, toegang.reden) == (wim, kuipers.casus, REDEN)
    assert toegang.tot - toegang.van == timedelta(hours=1)
    tot = cijfers(timezone.localtime(toegang.tot).time())
    for pagina in ("", "stap/5/", "vaststellen/", f"overzicht/{kuipers.esra.pk}/", "evaluatie/"):
        html = als_wim.get(stand(kuipers) + pagina)
        assert html.status_code == (403 if pagina == "vaststellen/" else 200)
        assert f"Noodtoegang tot {tot} uur." in html.content.decode()
        assert "UUID(" not in html.content.decode()


def test_the_number_of_the_casus_will_do_too(als_wim: Client, kuipers: Kuipers) -> None:
    nummer = kuipers.casus.nummer
    assert re.fullmatch(r"[0-9A-F]{8}", nummer)
    assert vraag(als_wim, wat=nummer.lower())["Location"] == stand(kuipers)


def test_during_the_hour_nothing_can_be_changed_and_the_log_stays_closed(als_wim: Client, kuipers: Kuipers) -> None:
    vraag(als_wim)
    eerst = alles()
    assert als_wim.get(stand(kuipers) + "logboek/").status_code == 403
    assert als_wim.get(stand(kuipers) + "overdracht/").status_code == 403
    assert als_wim.post(stand(kuipers) + "antwoord/aanleiding/", {"aanleiding-tekst": "Anders."}).status_code == 403
    inhoud = als_wim.get(stand(kuipers) + "stap/5/").content.decode().split("<main")[1].split("</main>")[0]
    assert "Ik kom elke woensdag" in inhoud
    assert "<form" not in inhoud
    assert alles() == eerst


def test_after_the_hour_it_is_closed_again(als_wim: Client, kuipers: Kuipers) -> None:
    vraag(als_wim)
    een_uur_later()
    assert als_wim.get(stand(kuipers)).status_code == 404
    assert "Nu open voor jou" not in als_wim.get(PAGINA).content.decode()


def test_the_hour_ends_with_the_membership(als_wim: Client, kuipers: Kuipers, wim: Medewerker) -> None:
    vraag(als_wim)
    Lidmaatschap.objects.filter(medewerker=wim).update(tot=timezone.localdate() - timedelta(days=1))
    assert als_wim.get(stand(kuipers)).status_code == 404


def test_it_opens_one_family_and_shows_none_in_the_list(als_wim: Client, kuipers: Kuipers, wim: Medewerker) -> None:
    ander = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    vraag(als_wim)
    assert als_wim.get(f"/casussen/{ander.pk}/").status_code == 404
    assert "Kuipers" not in als_wim.get("/casussen/").content.decode()
    assert not rechten.casussen_van(cast.deur(wim)).exists()
    assert "Gezin Kuipers" in als_wim.get(PAGINA).content.decode()


def test_a_second_request_within_the_hour_opens_and_mails_nothing_new(als_wim: Client, kuipers: Kuipers) -> None:
    vraag(als_wim)
    assert vraag(als_wim)["Location"] == stand(kuipers)
    assert Noodtoegang.objects.count() == 1
    assert Bericht.objects.filter(soort="noodtoegang").count() == 2


def test_whoever_sees_the_family_anyway_just_goes_there(client: Client, kuipers: Kuipers) -> None:
    client.force_login(kuipers.teams.joost)
    assert vraag(client)["Location"] == stand(kuipers)
    assert not Noodtoegang.objects.exists()
    with pytest.raises(Geweigerd, match="kun je al openen"):
        neem(cast.deur(kuipers.teams.joost), kuipers.casus)


# It is no way to look around


@pytest.mark.parametrize("wat", ["Kuipers", "Gezin", "gezin kuiper", "Gezin Kuipers 2", "%", "00000000", "3F2A"])
def test_only_the_exact_name_or_number_finds_something(als_wim: Client, kuipers: Kuipers, wat: str) -> None:
    html = vraag(als_wim, wat=wat).content.decode()
    assert GEEN in html
    assert not [woord for woord in ALLES if woord in html.replace(wat, "")]
    assert not Noodtoegang.objects.exists()
    assert not Bericht.objects.exists()


def test_a_family_of_another_organisation_and_one_that_does_not_exist_get_the_same_answer(
    client: Client, kuipers: Kuipers
) -> None:
    client.force_login(kuipers.teams.karin)
    antwoorden = []
    for wat in ("Gezin Kuipers", "Gezin Nergens"):
        html = vraag(client, wat=wat).content.decode()
        antwoorden.append(re.sub(r'value="[^"]*"', "", html.split("<main")[1]))
    assert antwoorden[0] == antwoorden[1]
    assert GEEN in antwoorden[0]
    assert not Noodtoegang.objects.exists()
    with pytest.raises(PermissionDenied):
        neem(cast.deur(kuipers.teams.karin), kuipers.casus)


def test_guessing_is_in_the_log_and_stops_after_ten_times_in_an_hour(als_wim: Client, wim: Medewerker) -> None:
    for _keer in range(10):
        assert GEEN in vraag(als_wim, wat="Gezin Nergens").content.decode()
    html = vraag(als_wim).content.decode()
    assert "Je zocht nu te vaak." in html
    assert not Noodtoegang.objects.exists()
    regels = Logregel.objects.filter(daad="zocht_noodtoegang", medewerker_id=wim.pk)
    assert [(regel.casus_id, regel.velden) for regel in regels] == [(None, [])] * 10


def test_of_two_families_with_the_same_name_it_asks_which(als_wim: Client, kuipers: Kuipers) -> None:
    ander = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="gezin kuipers", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    html = vraag(als_wim).content.decode()
    assert "Welke bedoel je?" in html
    assert not Noodtoegang.objects.exists()
    assert vraag(als_wim, welke=uuid4()).status_code == 200
    assert vraag(als_wim, welke=ander.pk)["Location"] == f"/casussen/{ander.pk}/"


@pytest.mark.parametrize("reden", ["", "  ", "Nood", "Het is nodig", "x " * 3])
def test_a_reason_is_a_whole_sentence(als_wim: Client, kuipers: Kuipers, reden: str) -> None:
    html = vraag(als_wim, reden=reden).content.decode()
    assert "Schrijf" in html
    assert 'value="Gezin Kuipers"' in html  # what was typed stays
    assert not Noodtoegang.objects.exists()


def test_five_times_a_day_is_enough(als_wim: Client, kuipers: Kuipers, wim: Medewerker) -> None:
    for _keer in range(5):
        vraag(als_wim)
        een_uur_later()
    html = vraag(als_wim).content.decode()
    assert "Je gebruikte noodtoegang al 5 keer in een dag." in html
    assert Noodtoegang.objects.count() == 5
    Noodtoegang.objects.update(van=F("van") - timedelta(days=1), tot=F("tot") - timedelta(days=1))
    assert neem(cast.deur(wim), kuipers.casus)


@pytest.mark.parametrize("wie", ["mieke", "bea"])
def test_only_who_works_with_families_may(client: Client, kuipers: Kuipers, wie: str) -> None:
    client.force_login(getattr(kuipers.teams, wie))
    assert (client.get(PAGINA).status_code, vraag(client).status_code) == (403, 403)
    for daad in (lambda door: neem(door, kuipers.casus), lambda door: noodtoegang.zoek(door=door, wat="Gezin Kuipers")):
        with pytest.raises(PermissionDenied):
            daad(cast.deur(getattr(kuipers.teams, wie)))


# Who hears of it


def test_the_coordinator_and_every_beheerder_of_the_organisation_hear_of_it_at_once(
    kuipers: Kuipers, wim: Medewerker, settings: Settings
) -> None:
    west = wim.lidmaatschappen.get().team
    bram = cast.medewerker("Bram Beheer", "b.west@noord.example", west, TeamRol.BEHEERDER)
    weg = cast.medewerker("Oud Beheer", "o.beheer@noord.example", west, TeamRol.BEHEERDER)
    Lidmaatschap.objects.filter(medewerker=weg).update(tot=timezone.localdate() - timedelta(days=1))
    cast.medewerker("Els Elders", "e.elders@zuid.example", kuipers.teams.zuid, TeamRol.BEHEERDER)
    neem(cast.deur(wim), kuipers.casus)
    with mailserver(settings) as server:
        assert berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1)) == 3
    mails = {str(mail["To"]): f"{mail['Subject']} {tekst_van(mail)}" for mail in server.mails}
    assert set(mails) == {"s.wolters@noord.example", "b.beheer@noord.example", bram.email}
    for mail in mails.values():
        assert "Wim West gebruikte noodtoegang" in mail
        assert kuipers.casus.nummer in mail
        assert not [woord for woord in [*ALLES, "buurvrouw"] if woord in mail]
    assert f"{stand(kuipers)}\r\n" in mails["s.wolters@noord.example"]
    for beheerder in ("b.beheer@noord.example", bram.email):
        assert "/noodtoegang/overzicht/\r\n" in mails[beheerder]
        assert str(kuipers.casus.pk) not in mails[beheerder]
    assert not Toegangslink.objects.exists()


def test_when_the_coordinator_left_the_whole_team_hears_of_it(kuipers: Kuipers, wim: Medewerker) -> None:
    ander = cast.medewerker("Cora Twee", "c.twee@noord.example", kuipers.teams.noord, TeamRol.COORDINATOR)
    Lidmaatschap.objects.filter(medewerker=kuipers.teams.sanne).update(tot=timezone.localdate() - timedelta(days=1))
    neem(cast.deur(wim), kuipers.casus)
    aan = {bericht.medewerker for bericht in Bericht.objects.filter(soort="noodtoegang")}
    assert aan == {ander, kuipers.teams.bea}


def test_every_page_that_was_read_is_in_the_log_as_read_in_an_emergency(als_wim: Client, kuipers: Kuipers) -> None:
    vraag(als_wim)
    als_wim.get(stand(kuipers))
    als_wim.get(stand(kuipers) + f"overzicht/{kuipers.esra.pk}.pdf")
    regels = Logregel.objects.filter(casus_id=kuipers.casus.pk, velden__contains=["noodtoegang"]).order_by("pk")
    assert [regel.daad for regel in regels] == ["las", "las", "drukte_af"]
    mensen = Mensen(kuipers.casus)
    dagen = per_dag(mensen, kuipers.casus, list(mensen.regels(Zoekvraag())))
    zinnen = {(regel.zin, regel.namens) for dag in dagen for regel in dag.regels if regel.wie.naam == "Wim West"}
    assert ("keek hoe het staat", "met noodtoegang") in zinnen
    assert ("opende dit met noodtoegang, voor een uur", "") in zinnen
    # Afterwards, in the ordinary way, it says nothing of the kind.
    assert not Logregel.objects.filter(medewerker_id=kuipers.teams.sanne.pk, velden__contains=["noodtoegang"]).exists()


def test_the_coordinator_reads_who_and_why_and_how_much(als_wim: Client, kuipers: Kuipers) -> None:
    vraag(als_wim)
    als_wim.get(stand(kuipers))
    als_wim.get(stand(kuipers) + "stap/2/")
    sanne = Client()
    sanne.force_login(kuipers.teams.sanne)
    begin = tekst(sanne.get("/casussen/"))
    assert "Wim West gebruikte noodtoegang" in begin
    pagina = tekst(sanne.get(stand(kuipers)))
    assert "Wim West opende dit met noodtoegang" in pagina
    assert REDEN in pagina
    assert "Las 2 bladzijden." in pagina
    # She read it, so it is not asked again.
    assert not vandaag_toegang.taken([kuipers.casus], kuipers.door)
    sanne.force_login(kuipers.teams.joost)
    assert REDEN not in tekst(sanne.get(stand(kuipers)))


def test_a_beheerder_sees_who_and_when_and_no_family_and_no_reason(als_wim: Client, kuipers: Kuipers) -> None:
    bea = Client()
    bea.force_login(kuipers.teams.bea)
    assert "Nog niemand" in tekst(bea.get(PAGINA + "overzicht/"))
    vraag(als_wim)
    als_wim.get(stand(kuipers))
    pagina = tekst(bea.get(PAGINA + "overzicht/"))
    for woord in ("Wim West", kuipers.casus.nummer, "Hengelo-Noord", "Sanne Wolters", "1 keer", "Nu open"):
        assert woord in pagina
    assert not [woord for woord in [*ALLES, "buurvrouw", str(kuipers.casus.pk)] if woord in pagina]
    elders = cast.medewerker("Els Elders", "e.elders@zuid.example", kuipers.teams.zuid, TeamRol.BEHEERDER)
    bea.force_login(elders)
    assert "Wim West" not in tekst(bea.get(PAGINA + "overzicht/"))
