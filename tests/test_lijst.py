"""The list of casussen, what needs me today, and beginning a new one."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, regie
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor, ActorSoort
from casussen.models import (
    Bericht,
    Casus,
    Deelnemer,
    Evaluatie,
    Handreiking,
    Lidmaatschap,
    Professional,
    Regie,
    Team,
)
from casussen.models.bericht import BerichtStatus
from casussen.models.organisatie import TeamRol
from casussen.overzicht import lijst, momentopname, post, staten, vandaag
from tests import cast

LIJST = "/casussen/"
NIEUW = "/casussen/nieuw/"


def vastgesteld(kuipers: cast.Kuipers) -> Casus:
    """The family Kuipers after its first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers.casus


def reageer(deelnemer: Deelnemer, soort: str, tekst: str = "") -> None:
    """Somebody answers the same to all his agreements."""
    zelf = Actor(soort=ActorSoort.DEELNEMER, deelnemer=deelnemer)
    for afspraak in deelnemer.afspraken.filter(vervallen_op__isnull=True):
        afspraken.reageer(door=zelf, afspraak=afspraak, inhoud_versie=afspraak.inhoud_versie, soort=soort, tekst=tekst)


def op_dag(kuipers: cast.Kuipers, dagen: int) -> None:
    """Moves the evaluation to so many days from today, as if time had passed."""
    Evaluatie.objects.filter(casus=kuipers.casus).update(datum=timezone.localdate() + timedelta(days=dagen))


def beeld_van(casus: Casus) -> lijst.Beeld:
    """What the list knows of one casus."""
    return lijst.beelden([Casus.objects.select_related("team__organisatie", "coordinator").get(pk=casus.pk)])[0]


def rij_van(kuipers: cast.Kuipers, door: Actor | None = None) -> lijst.Rij:
    """The line of the family in the list."""
    return lijst.rij(beeld_van(kuipers.casus), door or kuipers.door, timezone.localdate())


def taken_van(kuipers: cast.Kuipers, door: Actor | None = None) -> list[vandaag.Taak]:
    """What needs somebody today in this family."""
    return vandaag.taken([beeld_van(kuipers.casus)], door or kuipers.door, timezone.localdate())


def pagina(client: Client, **vraag: str) -> str:
    """The list as the browser gets it."""
    antwoord = client.get(LIJST, vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


# Who sees what ------------------------------------------------------------


def test_the_front_door_leads_to_the_list(als_sanne: Client) -> None:
    antwoord = als_sanne.get("/")
    assert (antwoord.status_code, antwoord["Location"]) == (302, LIJST)


def test_the_list_shows_the_families_of_the_own_team_only(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    teams = kuipers.teams
    begin_casus(
        door=cast.deur(teams.karin), pk=uuid4(), naam="Gezin Elders", soort="jeugd", team=teams.zuid,
        coordinator=teams.karin,
    )  # fmt: skip
    html = pagina(als_sanne)
    assert "Gezin Kuipers" in html
    assert f"/casussen/{kuipers.casus.pk}/" in html
    assert "Gezin Elders" not in html


def test_a_teamlid_sees_the_list_but_cannot_begin_a_family(client: Client, kuipers: cast.Kuipers) -> None:
    client.force_login(kuipers.teams.joost)
    html = pagina(client)
    assert "Gezin Kuipers" in html
    assert "Geen, wel mijn team" in html
    assert NIEUW not in html
    assert client.get(NIEUW).status_code == 403
    assert client.post(NIEUW, {"id": str(uuid4()), "naam": "Gezin X", "soort": "jeugd"}).status_code == 403
    assert not Casus.objects.filter(naam="Gezin X").exists()


@pytest.mark.parametrize("wie", ["mieke", "bea"])
def test_somebody_without_families_gets_a_calm_sentence(client: Client, kuipers: cast.Kuipers, wie: str) -> None:
    client.force_login(getattr(kuipers.teams, wie))
    html = pagina(client)
    assert "Daarom staan hier geen gezinnen. Er is niets mis." in html
    assert "Kuipers" not in html


def test_a_new_coordinator_is_told_how_to_begin(als_sanne: Client) -> None:
    html = pagina(als_sanne)
    assert "Begin met je eerste gezin" in html
    assert f'action="{NIEUW}"' in html
    assert 'name="zoek"' not in html


def test_a_teamlid_of_an_empty_team_is_told_who_can_begin(client: Client, teams: cast.Teams) -> None:
    client.force_login(teams.joost)
    assert "Een coördinator van je team kan een gezin beginnen." in pagina(client)


def test_closed_families_stand_behind_a_link(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Casus.objects.filter(pk=kuipers.casus.pk).update(afgesloten_op=timezone.now())
    nu = pagina(als_sanne)
    assert "Gezin Kuipers" not in nu
    assert "?afgesloten=1" in nu
    dicht = pagina(als_sanne, afgesloten="1")
    assert "Gezin Kuipers" in dicht
    assert "Afgesloten</span>" in dicht
    assert "Terug naar de gezinnen van nu" in dicht


def test_nothing_closed_yet_says_so(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert "Nog niets afgesloten" in pagina(als_sanne, afgesloten="1")


# Searching and pages --------------------------------------------------------


@pytest.mark.parametrize(
    ("naam", "woord"),
    [("Gezin Kuipers", "KUIP"), ("Mevrouw Öztürk", "ozturk"), ("Gezin Nuñez", "NUÑEZ"), ("Gezin Şahin", "şah")],
)
def test_searching_forgives_case_and_accents(als_sanne: Client, kuipers: cast.Kuipers, naam: str, woord: str) -> None:
    Casus.objects.filter(pk=kuipers.casus.pk).update(naam=naam)
    ander = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Bakker", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    html = pagina(als_sanne, zoek=woord)
    assert naam in html
    assert "1 gezin gevonden" in html
    assert ander.naam not in html


def test_searching_for_nobody_says_so_and_keeps_the_word(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    html = pagina(als_sanne, zoek="<b>Zoë</b>")
    assert "0 gezinnen gevonden" in html
    assert f'value="{escape("<b>Zoë</b>")}"' in html
    assert "Toon alle gezinnen" in html


def test_a_word_that_cannot_be_looked_for_shows_everything(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert "Gezin Kuipers" in pagina(als_sanne, zoek="x" * 121)
    assert "Gezin Kuipers" in pagina(als_sanne, zoek="Kui\x00pers", bladzijde="veel")


def test_the_list_has_pages_of_fifty_with_my_own_families_first(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    teams = kuipers.teams
    jeugd = Handreiking.objects.get(soort="jeugd")
    Casus.objects.bulk_create(
        Casus(naam=f"Gezin A{nummer:02}", team=teams.noord, handreiking=jeugd, coordinator=teams.joost)
        for nummer in range(50)
    )
    eerste, tweede = pagina(als_sanne), pagina(als_sanne, bladzijde="2", zoek="gezin")
    assert "Gezin Kuipers" in eerste
    assert "Gezin A49" not in eerste
    assert "Bladzijde 1 van 2" in eerste
    assert "bladzijde=2" in eerste
    assert "Gezin A49" in tweede
    assert "Gezin Kuipers" not in tweede
    assert "bladzijde=1&amp;zoek=gezin" in tweede


# One line of the list ---------------------------------------------------------


def test_a_family_that_just_began_says_so(kuipers: cast.Kuipers) -> None:
    vers = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Nieuw", soort="wmo", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    rij = lijst.rij(beeld_van(vers), kuipers.door, timezone.localdate())
    assert (rij.stand, rij.woord, rij.klaar) == ("concept", "Net begonnen", 0)
    assert (rij.antwoorden, rij.datum, rij.rol) == ("nog niet gevraagd", None, "Coördinator")


def test_a_family_with_everything_filled_in_waits_for_its_version(kuipers: cast.Kuipers) -> None:
    rij = rij_van(kuipers)
    assert (rij.stand, rij.woord, rij.klaar) == ("concept", "Nog niet vastgesteld", 7)


def test_answers_are_counted_per_person_who_was_asked(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    # Sanne agreed by fixing it; Ilse, Ruben and Amrita were asked; opa and Bart were not asked by mail.
    assert rij_van(kuipers).antwoorden == "1 van 4"
    reageer(kuipers.ilse, "akkoord")
    assert (rij_van(kuipers).antwoorden, rij_van(kuipers).woord) == ("2 van 4", "Wacht op antwoord")
    reageer(kuipers.ruben, "akkoord")
    reageer(kuipers.amrita, "akkoord")
    rij = rij_van(kuipers)
    assert (rij.antwoorden, rij.stand, rij.woord) == ("4 van 4", "akkoord", "Loopt")


def test_somebody_answered_when_all_his_agreements_have_an_answer(kuipers: cast.Kuipers) -> None:
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik regel de sleutel.", "deelnemer": kuipers.ilse},
    )  # fmt: skip
    vastgesteld(kuipers)
    zelf = Actor(soort=ActorSoort.DEELNEMER, deelnemer=kuipers.ilse)
    afspraken.reageer(door=zelf, afspraak=kuipers.komt_woensdag, inhoud_versie=1, soort="akkoord")
    assert beeld_van(kuipers.casus).gevraagd()[kuipers.ilse.pk] is False
    reageer(kuipers.ilse, "akkoord")
    assert beeld_van(kuipers.casus).gevraagd()[kuipers.ilse.pk] is True


def test_an_agreement_that_changed_since_waits_for_the_next_version(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    assert rij_van(kuipers).stand == "vraag"
    afspraken.zet_afspraak(
        door=kuipers.door, casus=casus, pk=kuipers.komt_woensdag.pk, versie=1, velden={"wat": "Ik kom om 15 uur."}
    )
    rij = rij_van(kuipers)
    assert (rij.antwoorden, rij.woord) == ("1 van 3", "Wacht op antwoord")


@pytest.mark.parametrize(
    ("dagen", "stand", "woord"),
    [
        (-1, "niet", "Te laat met terugkijken"),
        (0, "wacht", "Bijna terugkijken"),
        (7, "wacht", "Bijna terugkijken"),
        (8, "wacht", "Wacht op antwoord"),
    ],
)
def test_the_state_follows_the_evaluation(kuipers: cast.Kuipers, dagen: int, stand: str, woord: str) -> None:
    vastgesteld(kuipers)
    op_dag(kuipers, dagen)
    rij = rij_van(kuipers)
    assert (rij.stand, rij.woord) == (stand, woord)


def test_a_no_is_a_state_of_its_own(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ruben, "niet-akkoord", "Zondag kan ik niet.")
    assert (rij_van(kuipers).stand, rij_van(kuipers).woord) == ("niet", "Niet akkoord")


def test_my_part_is_named_by_its_heaviest(kuipers: cast.Kuipers) -> None:
    teams, casus, door = kuipers.teams, kuipers.casus, kuipers.door
    joost = cast.deur(teams.joost)
    assert rij_van(kuipers).rol == "Regie"
    assert teams.joost.professional is not None
    deel = deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=teams.joost.professional)
    assert rij_van(kuipers, joost).rol == "Helper"
    regie.wijs_aan(door=door, casus=casus, functie="aanspreekpunt", deelnemer=deel)
    assert rij_van(kuipers, joost).rol == "Aanspreekpunt"
    regie.wijs_aan(door=door, casus=casus, functie="vervanger", deelnemer=deel)
    assert rij_van(kuipers, joost).rol == "Vervanger"


# The seven stones -----------------------------------------------------------------


def test_the_list_and_the_path_count_the_same_stones(kuipers: cast.Kuipers) -> None:
    inhoud = kuipers.casus.handreiking.inhoud
    casus, door = kuipers.casus, kuipers.door

    def beide() -> tuple[list[str], int]:
        return staten.staten(momentopname.maak(casus), inhoud), beeld_van(casus).klaar

    assert beide() == (["klaar"] * 7, 7)
    Regie.objects.filter(functie="regievoerder").update(aanvaard_op=None)
    Evaluatie.objects.all().delete()
    afspraken_weg = [kuipers.komt_woensdag, kuipers.belt_zondag, kuipers.praat_bij, kuipers.vertelt, kuipers.bart_belt]
    for afspraak in afspraken_weg:
        afspraken.laat_vervallen(door=door, casus=casus, afspraak=afspraak)
    Deelnemer.objects.update(dagen=[], uren_van=None, uren_tot=None)
    assert beide() == (["klaar", "klaar", "klaar", "begonnen", "leeg", "leeg", "leeg"], 3)
    Deelnemer.objects.filter(pk=kuipers.ilse.pk).update(uren_tot="17:00")
    assert beide()[0][5] == "klaar"


def test_a_step_is_begun_when_only_something_beside_its_essence_is_there(kuipers: cast.Kuipers) -> None:
    vers = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Nieuw", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    inhoud = vers.handreiking.inhoud
    assert staten.staten(momentopname.maak(vers), inhoud) == ["leeg"] * 7
    for vraag in ("bestaand_plan", "wie_mist", "vastlopen", "contact_derden", "delen", "waaraan_zien"):
        antwoorden.bewaar_antwoord(
            door=kuipers.door, casus=vers, vraag=vraag, versie=0, velden={"tekst": "We bellen elkaar."}
        )
    begonnen = ["begonnen", "begonnen", "leeg", "begonnen", "begonnen", "begonnen", "begonnen"]
    assert staten.staten(momentopname.maak(vers), inhoud) == begonnen
    gezin.zet_gezinslid(
        door=kuipers.door, casus=vers, pk=uuid4(), versie=0, velden={"naam": "Anna", "relatie": "moeder"}
    )
    assert staten.staten(momentopname.maak(vers), inhoud)[1] == "begonnen"
    assert beeld_van(vers).klaar == 0


def test_a_proposal_that_nobody_changed_is_no_answer(kuipers: cast.Kuipers) -> None:
    vraag = kuipers.casus.handreiking.inhoud.vraag("buiten_kantoor")
    voorstel = vraag.voorstel("085-0000 999")
    Deelnemer.objects.update(dagen=[], uren_van=None, uren_tot=None)
    for tekst, klaar in ((voorstel, 6), ("Bel opa Henk.", 7)):
        versie = 0 if tekst == voorstel else 1
        antwoorden.bewaar_antwoord(
            door=kuipers.door, casus=kuipers.casus, vraag="buiten_kantoor", versie=versie, velden={"tekst": tekst}
        )
        assert beeld_van(kuipers.casus).klaar == klaar


# Today ----------------------------------------------------------------------------


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
    assert f'/casussen/{kuipers.casus.pk}/#helper-{kuipers.ilse.pk}"' in html
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
    casus = vastgesteld(kuipers)
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
    casus = vastgesteld(kuipers)
    Bericht.objects.filter(deelnemer=kuipers.ilse).update(status=BerichtStatus.MISLUKT)
    for status, telt in ((BerichtStatus.INGETROKKEN, True), (BerichtStatus.VERSTUURD, False)):
        Bericht.objects.create(
            casus=casus, soort="taak", deelnemer=kuipers.ilse, sleutel=str(uuid4()), niet_voor=timezone.now(),
            status=status,
        )  # fmt: skip
        mislukt = [b for b in post.laatste_berichten([casus.pk]) if b.status == BerichtStatus.MISLUKT]
        assert bool(mislukt) is telt


def test_a_mail_to_somebody_who_left_or_has_no_address_is_no_task(kuipers: cast.Kuipers) -> None:
    casus = vastgesteld(kuipers)
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


# Beginning -----------------------------------------------------------------------------


def begin(naam: str, **velden: str) -> dict[str, str]:
    """What the form sends."""
    return {"id": str(uuid4()), "naam": naam, "soort": "jeugd", **velden}


def test_two_fields_begin_a_family_and_lead_to_step_one(als_sanne: Client, teams: cast.Teams) -> None:
    assert 'name="team"' not in als_sanne.get(NIEUW).content.decode()
    antwoord = als_sanne.post(NIEUW, begin("  Mevrouw Wigger ", soort="wmo"))
    casus = Casus.objects.get()
    assert antwoord["Location"] == f"/casussen/{casus.pk}/stap/1/"
    assert (casus.naam, casus.handreiking.soort) == ("Mevrouw Wigger", "wmo")
    assert (casus.team, casus.coordinator) == (teams.noord, teams.sanne)


def test_a_double_click_begins_one_family(als_sanne: Client) -> None:
    velden = begin("Gezin Bakker")
    adressen = {als_sanne.post(NIEUW, velden)["Location"] for _druk in range(2)}
    assert len(adressen) == 1
    assert Casus.objects.count() == 1


def test_the_same_form_with_another_name_may_begin_another_family(als_sanne: Client) -> None:
    velden = begin("Gezin Bakker")
    als_sanne.post(NIEUW, velden)
    antwoord = als_sanne.post(NIEUW, {**velden, "naam": "Gezin Smit"})
    html = antwoord.content.decode()
    assert "Met dit scherm begon je net Gezin Bakker." in html
    assert 'value="Gezin Smit"' in html
    assert velden["id"] not in html
    als_sanne.post(NIEUW, {**velden, "naam": "Gezin Smit", "id": antwoord.context["form"]["id"].value()})
    assert set(Casus.objects.values_list("naam", flat=True)) == {"Gezin Bakker", "Gezin Smit"}


@pytest.mark.parametrize("naam", ["", "   "])
def test_an_empty_name_gets_a_sentence(als_sanne: Client, naam: str) -> None:
    antwoord = als_sanne.post(NIEUW, begin(naam, soort="wmo"))
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Vul een naam in." in html
    assert '<option value="wmo" selected>' in html
    assert not Casus.objects.exists()


def test_a_name_that_is_too_long_comes_back_whole(als_sanne: Client) -> None:
    lang = "Gezin " + "x" * 40_000
    antwoord = als_sanne.post(NIEUW, begin(lang))
    assert antwoord.status_code == 200
    assert lang in antwoord.content.decode()
    assert not Casus.objects.exists()


def test_without_content_sets_the_name_is_kept_and_the_reason_told(als_sanne: Client) -> None:
    Handreiking.objects.all().delete()
    html = als_sanne.post(NIEUW, begin("Gezin Bakker")).content.decode()
    assert "De vragen voor deze soort zijn nog niet geladen." in html
    assert 'value="Gezin Bakker"' in html


def test_the_team_is_asked_only_when_there_are_several(als_sanne: Client, teams: cast.Teams) -> None:
    west = Team.objects.create(organisatie=teams.noord.organisatie, naam="Hengelo-West")
    Lidmaatschap.objects.create(medewerker=teams.sanne, team=west, rol=TeamRol.COORDINATOR, van=date(2026, 1, 1))
    html = als_sanne.get(NIEUW).content.decode()
    assert "Hengelo-West" in html
    assert "Almelo-Zuid" not in html
    als_sanne.post(NIEUW, begin("Gezin Bakker", team=str(west.pk)))
    assert Casus.objects.get().team == west
    geweigerd = als_sanne.post(NIEUW, begin("Gezin Smit", team=str(teams.zuid.pk)))
    assert geweigerd.status_code == 200
    assert not Casus.objects.filter(naam="Gezin Smit").exists()


# Speed -------------------------------------------------------------------------------------


def test_the_list_needs_as_many_queries_for_thirty_families_as_for_three(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    def gezin_erbij() -> None:
        familie = cast.maak_kuipers(kuipers.teams)
        vastgesteld(familie)
        reageer(familie.ilse, "vraag", "Ook in de vakantie?")
        Bericht.objects.filter(deelnemer=familie.ruben).update(status=BerichtStatus.MISLUKT)

    def vragen() -> int:
        with CaptureQueriesContext(
            connection,
        ) as gevraagd:
            assert als_sanne.get(LIJST).status_code == 200
        return len(gevraagd)

    vastgesteld(kuipers)
    gezin_erbij()
    gezin_erbij()
    bij_drie = vragen()
    for _nummer in range(27):
        gezin_erbij()
    assert vragen() == bij_drie


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
    casus = vastgesteld(kuipers)
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
