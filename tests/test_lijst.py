"""The list of casussen: who sees which families, and how each one stands."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from casussen.acties import afspraken, antwoorden, deelnemers, draden, gezin, regie
from casussen.acties.casus import begin_casus
from casussen.actor import Actor, ActorSoort
from casussen.models import (
    Bericht,
    Casus,
    Deelnemer,
    Draad,
    Evaluatie,
    Handreiking,
    Regie,
)
from casussen.models.bericht import BerichtStatus
from casussen.overzicht import lijst, momentopname, staten
from tests import cast
from tests.gezinnen import beeld_van, op_dag, reageer, rij_van, vastgesteld

LIJST = "/casussen/"
NIEUW = "/casussen/nieuw/"


def pagina(client: Client, **vraag: str) -> str:
    """The list as the browser gets it."""
    antwoord = client.get(LIJST, vraag)
    assert antwoord.status_code == 200
    return antwoord.content.decode()


# Who sees what --------------------


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


# Searching and pages --------------------


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


# One line of the list --------------------


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
    casus = vastgesteld(kuipers).casus
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    assert rij_van(kuipers).stand == "vraag"
    afspraken.zet_afspraak(
        door=kuipers.door, casus=casus, pk=kuipers.komt_woensdag.pk, versie=1, velden={"wat": "Ik kom om 15 uur."}
    )
    # The question waits for words too.
    assert (rij_van(kuipers).antwoorden, rij_van(kuipers).woord) == ("1 van 3", "Vraag")
    draden.antwoord(door=kuipers.door, casus=casus, draad=Draad.objects.get(), tekst="Om drie uur.", pk=uuid4())
    assert rij_van(kuipers).woord == "Wacht op antwoord"


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


# The seven stones --------------------


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


# Speed --------------------


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


def test_a_manager_finds_the_way_to_beheer_and_others_do_not_see_it(client: Client, teams: cast.Teams) -> None:
    client.force_login(teams.sanne)
    assert "/beheer/" not in client.get("/casussen/").content.decode()
    client.force_login(teams.bea)
    assert 'href="/beheer/"' in client.get("/casussen/").content.decode()
