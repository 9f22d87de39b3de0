"""What needs me today, on top of the list."""

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import deelnemers, evaluaties, regie
from casussen.actor import Actor, ActorSoort
from casussen.models import (
    Bericht,
    Casus,
    Deelnemer,
    Evaluatie,
    Professional,
)
from casussen.models.bericht import BerichtStatus
from casussen.overzicht import post, vandaag
from tests import cast
from tests.gezinnen import beeld_van, op_dag, reageer, rij_van, taken_van, vastgesteld

LIJST = "/casussen/"


def pagina(client: Client, **vraag: str) -> str:
    """The list as the browser gets it."""
    antwoord = client.get(LIJST, vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


@pytest.mark.parametrize(
    ("uur", "groet"), [(6, "Goedemorgen"), (12, "Goedemiddag"), (17, "Goedemiddag"), (18, "Goedenavond")]
)
def test_the_greeting_follows_the_hour(uur: int, groet: str) -> None:
    assert vandaag.groet(datetime(2026, 11, 16, uur, tzinfo=ZoneInfo("Europe/Amsterdam"))) == groet


@pytest.mark.parametrize(
    ("aantal", "zin"),
    [
        (0, "Niets vraagt vandaag iets van je."),
        (1, "Een ding vraagt vandaag iets van je."),
        (6, "Zes dingen vragen vandaag iets van je."),
        (13, "13 dingen vragen vandaag iets van je."),
    ],
)
def test_the_number_of_things_is_told_in_words(aantal: int, zin: str) -> None:
    assert vandaag.aantal_in_woorden(aantal) == zin


def test_a_family_without_version_asks_nothing_of_me_today(kuipers: cast.Kuipers) -> None:
    op_dag(kuipers, -3)
    assert taken_van(kuipers) == []


def test_a_question_and_a_no_come_with_their_words_and_lead_to_that_person(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "Ook als Milan te laat is?")
    reageer(kuipers.ruben, "niet-akkoord", "Zondag kan ik niet.")
    reageer(kuipers.amrita, "akkoord")
    vraag, nee = taken_van(kuipers)
    assert (vraag.titel, vraag.soort) == ("Ilse Broekhuis heeft een vraag", "vraag")
    assert vraag.uitleg == "Gezin Kuipers. “Ook als Milan te laat is?”"
    assert (nee.titel, nee.soort) == ("Ruben Assink is niet akkoord", "niet")
    html = pagina(als_sanne)
    (draad,) = kuipers.ilse.draden.all()
    assert f'/casussen/{kuipers.casus.pk}/vragen/#vraag-{draad.pk}"' in html
    assert "Twee dingen vragen vandaag iets van je." in html


def test_a_very_long_question_is_cut_off_in_the_list(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "a" * 20_000)
    assert len(taken_van(kuipers)[0].uitleg) < 200


def test_questions_of_somebody_who_left_are_gone(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    Deelnemer.objects.filter(pk=kuipers.ilse.pk).update(tot=timezone.now())
    assert [taak.soort for taak in taken_van(kuipers)] == ["wacht"]


@pytest.mark.parametrize(
    ("dagen", "begin"), [(0, "Vandaag: samen"), (1, "Morgen: samen"), (7, None), (8, ""), (-1, "Schrijf op hoe")]
)
def test_an_evaluation_is_announced_a_week_ahead_and_asked_for_when_late(
    kuipers: cast.Kuipers, dagen: int, begin: str | None
) -> None:
    vastgesteld(kuipers)
    op_dag(kuipers, dagen)
    gevonden = [taak for taak in taken_van(kuipers) if taak.url.endswith("/evaluatie/")]
    if begin == "":
        assert gevonden == []
        return
    (taak,) = gevonden
    assert taak.titel.endswith("samen terugkijken" if dagen >= 0 else "terugkijken ging")
    assert begin is None or taak.titel.startswith(begin)
    assert taak.soort == ("niet" if dagen < 0 else "")


@pytest.mark.parametrize(
    ("velden", "uitleg"),
    [
        ({"waar": ""}, "Gezin Kuipers."),
        ({"van": "14:30", "waar": ""}, "Gezin Kuipers, om 14.30 uur."),
        ({"van": "14:00", "waar": "bij Bart thuis"}, "Gezin Kuipers, om 14 uur, bij Bart thuis."),
    ],
)
def test_the_announcement_says_when_and_where(kuipers: cast.Kuipers, velden: dict[str, str], uitleg: str) -> None:
    vastgesteld(kuipers)
    op_dag(kuipers, 2)
    Evaluatie.objects.update(**velden)
    assert [taak.uitleg for taak in taken_van(kuipers) if taak.knop == "Bereid voor"] == [uitleg]


def test_a_family_without_next_date_asks_for_one(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers).casus
    Evaluatie.objects.all().delete()
    taken = [taak for taak in taken_van(kuipers) if taak.url == f"/casussen/{casus.pk}/stap/7/"]
    assert [taak.knop for taak in taken] == ["Kies een dag"]
    assert rij_van(kuipers).woord == "Nog geen dag"


def test_whoever_did_not_answer_is_named(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ruben, "akkoord")
    (taak,) = taken_van(kuipers)
    assert taak.titel == "Twee mensen gaven nog geen antwoord"
    assert taak.uitleg.endswith(": Ilse en Amrita.")
    reageer(kuipers.ilse, "akkoord")
    assert taken_van(kuipers)[0].titel == "Een persoon gaf nog geen antwoord"


def test_mails_that_did_not_arrive_come_before_questions(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ruben, "vraag", "Welke zondag?")
    Bericht.objects.filter(deelnemer=kuipers.ilse).update(status=BerichtStatus.MISLUKT, fout="Adres onbekend.")
    Bericht.objects.filter(gezinslid=kuipers.bart).update(status=BerichtStatus.ONZEKER, fout="Het brak af.")
    titels = [taak.titel for taak in taken_van(kuipers)]
    assert set(titels[:2]) == {
        "De mail aan Ilse Broekhuis kwam niet aan",
        "Kwam de mail aan Bart Kuipers aan?",
    }
    assert titels[2] == "Ruben Assink heeft een vraag"


def test_a_later_mail_that_arrived_makes_up_for_one_that_did_not(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers).casus
    Bericht.objects.filter(deelnemer=kuipers.ilse).update(status=BerichtStatus.MISLUKT)
    for status, telt in ((BerichtStatus.INGETROKKEN, True), (BerichtStatus.VERSTUURD, False)):
        Bericht.objects.create(
            casus=casus, soort="taak", deelnemer=kuipers.ilse, sleutel=str(uuid4()), niet_voor=timezone.now(),
            status=status,
        )  # fmt: skip
        mislukt = [b for b in post.laatste_berichten([casus.pk]) if b.status == BerichtStatus.MISLUKT]
        assert bool(mislukt) is telt


def test_a_mail_to_somebody_who_left_or_has_no_address_is_no_task(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers).casus
    Bericht.objects.update(status=BerichtStatus.MISLUKT)
    voor = {bericht.ontvanger for bericht in post.laatste_berichten([casus.pk])}
    assert voor == {kuipers.ilse, kuipers.ruben, kuipers.amrita, kuipers.bart, kuipers.esra}
    Deelnemer.objects.filter(pk=kuipers.ilse.pk).update(tot=timezone.now())
    Professional.objects.filter(naam="Ruben Assink").update(email="")
    kuipers.esra.__class__.objects.filter(pk=kuipers.esra.pk).update(weg_op=timezone.now())
    na = {bericht.ontvanger for bericht in post.laatste_berichten([casus.pk])}
    assert na == {kuipers.amrita, kuipers.bart}


def test_what_was_asked_of_me_waits_for_my_yes(client: Client, kuipers: cast.Kuipers) -> None:
    teams, casus, door = kuipers.teams, kuipers.casus, kuipers.door
    assert teams.joost.professional is not None
    deel = deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=teams.joost.professional)
    for functie in ("regievoerder", "aanspreekpunt", "vervanger"):
        regie.wijs_aan(door=door, casus=casus, functie=functie, deelnemer=deel)
    client.force_login(teams.joost)
    html = pagina(client)
    for titel in ("Neem jij de regie?", "Ben jij het eerste aanspreekpunt?", "Ben jij de vervanger?"):
        assert titel in html
    assert f"/casussen/{casus.pk}/stap/4/" in html
    Casus.objects.update(afgesloten_op=timezone.now())
    assert "Neem jij de regie?" not in pagina(client)


def test_whoever_accepted_the_regie_gets_the_tasks_too(client: Client, kuipers: cast.Kuipers) -> None:
    teams, casus, door = kuipers.teams, kuipers.casus, kuipers.door
    assert teams.joost.professional is not None
    deel = deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=teams.joost.professional)
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    client.force_login(teams.joost)
    assert "Ilse Broekhuis heeft een vraag" not in pagina(client)
    gevraagd = regie.wijs_aan(door=door, casus=casus, functie="regievoerder", deelnemer=deel)
    assert gevraagd is not None
    assert "Ilse Broekhuis heeft een vraag" not in pagina(client)
    regie.aanvaard(door=cast.deur(teams.joost), regie=gevraagd)
    assert "Ilse Broekhuis heeft een vraag" in pagina(client)


def test_somebody_who_is_not_in_the_address_book_is_asked_nothing(kuipers: cast.Kuipers) -> None:
    joost = kuipers.teams.joost
    joost.professional = None
    joost.save()
    assert vandaag.taken([], cast.deur(joost), timezone.localdate()) == []
    assert rij_van(kuipers, cast.deur(joost)).rol == "Geen, wel mijn team"
    assert vandaag.taken([], Actor(soort=ActorSoort.OPERATOR), timezone.localdate()) == []


def test_the_evaluation_that_comes_first_stands_first(kuipers: cast.Kuipers) -> None:
    ander = cast.maak_kuipers(kuipers.teams)
    vastgesteld(kuipers)
    vastgesteld(ander)
    op_dag(kuipers, 5)
    op_dag(ander, 2)
    beelden = [beeld_van(kuipers.casus), beeld_van(ander.casus)]
    taken = vandaag.taken(beelden, kuipers.door, timezone.localdate())
    adressen = [taak.url for taak in taken if taak.knop == "Bereid voor"]
    assert adressen == [f"/casussen/{casus.pk}/evaluatie/" for casus in (ander.casus, kuipers.casus)]


def test_a_recorded_evaluation_is_no_longer_a_task(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers).casus
    op_dag(kuipers, -2)
    evaluaties.leg_evaluatie_vast(
        door=kuipers.door,
        casus=casus,
        evaluatie=kuipers.evaluatie,
        oordelen=dict.fromkeys(casus.afspraken.all(), "gelukt"),
        velden={"vervolg": "door"},
        nieuwe_datum=timezone.localdate() + timedelta(days=40),
    )
    assert all(not taak.url.endswith("/evaluatie/") for taak in taken_van(kuipers))
