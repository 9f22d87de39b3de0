"""Answers to the questions of the steps."""

from typing import Any

import pytest

from casussen.acties.antwoorden import antwoord_id, bewaar_antwoord
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.models import Antwoord, Logregel, Organisatie
from casussen.models.basis import VoorGezin
from casussen.overzicht import momentopname
from tests.cast import Kuipers
from tests.daden import alles, tegelijk


def bewaar(kuipers: Kuipers, vraag: str, versie: int = 0, **velden: object) -> Antwoord:
    """Saves an answer as Sanne."""
    return bewaar_antwoord(door=kuipers.door, casus=kuipers.casus, vraag=vraag, versie=versie, velden=velden)


def getoond(kuipers: Kuipers, vraag: str) -> dict[str, object] | None:
    """The answer as every overview gets it."""
    antwoorden = momentopname.maak(slot(kuipers.casus))["antwoorden"]
    return next((antwoord for antwoord in antwoorden if antwoord["vraag"] == vraag), None)


def test_an_answer_is_saved_with_who_wrote_it(kuipers: Kuipers) -> None:
    antwoord = bewaar(kuipers, "past", tekst="Ja.", doorvraag="", keuzes=["ruimte"])
    antwoord.refresh_from_db()
    assert (antwoord.pk, antwoord.vraag) == (antwoord_id(kuipers.casus, "past"), "past")
    assert (antwoord.tekst, antwoord.keuzes, antwoord.door) == ("Ja.", ["ruimte"], kuipers.teams.sanne)
    assert antwoord.versie == 1


@pytest.mark.parametrize(("vraag", "wie"), [("delen", VoorGezin.IEDEREEN), ("vastlopen", VoorGezin.NIEMAND)])
def test_who_of_the_family_reads_a_new_answer_follows_from_the_question(
    kuipers: Kuipers, vraag: str, wie: VoorGezin
) -> None:
    assert bewaar(kuipers, vraag, tekst="Dit staat er.").voor_gezin == wie


def test_whoever_chooses_the_readers_beforehand_is_followed(kuipers: Kuipers) -> None:
    antwoord = bewaar(
        kuipers, "delen", tekst="Dit staat er.", voor_gezin=VoorGezin.GEKOZEN, gekozen_gezinsleden=[kuipers.bart]
    )
    assert antwoord.voor_gezin == VoorGezin.GEKOZEN
    assert list(antwoord.gekozen_gezinsleden.all()) == [kuipers.bart]


def test_saving_again_while_somebody_types_changes_the_same_answer(kuipers: Kuipers) -> None:
    eerste = bewaar(kuipers, "delen", tekst="Alleen")
    tweede = bewaar(kuipers, "delen", versie=eerste.versie, tekst="Alleen wat nodig is.")
    assert (tweede.pk, tweede.versie, tweede.tekst) == (eerste.pk, 2, "Alleen wat nodig is.")
    assert tweede.voor_gezin == VoorGezin.IEDEREEN
    assert Antwoord.objects.filter(vraag="delen").count() == 1


def test_saving_the_same_twice_is_one_line_in_the_log(kuipers: Kuipers) -> None:
    eerste = bewaar(kuipers, "delen", tekst="Alleen wat nodig is.")
    stand = alles(ook_log=True)
    assert bewaar(kuipers, "delen", tekst="Alleen wat nodig is.") == eerste
    assert alles(ook_log=True) == stand


def test_an_empty_answer_that_was_never_there_is_not_made(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    antwoord = bewaar(kuipers, "delen", tekst="", doorvraag="", keuzes=[])
    assert (antwoord.pk, antwoord.vraag, antwoord.versie) == (antwoord_id(kuipers.casus, "delen"), "delen", 0)
    assert alles(ook_log=True) == stand


@pytest.mark.parametrize("velden", [{"doorvraag": "Oma."}, {"keuzes": ["school"]}])
def test_a_deeper_answer_or_a_choice_alone_is_an_answer_too(kuipers: Kuipers, velden: dict[str, Any]) -> None:
    vraag = "contact_derden" if "keuzes" in velden else "wie_mist"
    assert bewaar(kuipers, vraag, **velden).is_gevuld
    assert Antwoord.objects.filter(vraag=vraag).exists()


def test_an_answer_may_be_emptied(kuipers: Kuipers) -> None:
    antwoord = bewaar(kuipers, "aanleiding", versie=1, tekst="")
    assert not antwoord.is_gevuld
    assert getoond(kuipers, "aanleiding") is None


def test_a_proposal_counts_as_the_answer_until_somebody_changes_it(kuipers: Kuipers) -> None:
    voorstel = getoond(kuipers, "buiten_kantoor")
    assert voorstel is not None
    assert voorstel["tekst"] == "Bel bij nood ’s avonds en in het weekend de crisisdienst: 085-0000 999."
    assert set(voorstel["lezers"]) == {str(lid.pk) for lid in (kuipers.bart, kuipers.esra, kuipers.milan)}  # type: ignore[call-overload]
    bewaar(kuipers, "buiten_kantoor", tekst="Bel opa Henk.")
    nieuw = getoond(kuipers, "buiten_kantoor")
    assert nieuw is not None
    assert nieuw["tekst"] == "Bel opa Henk."


def test_a_proposal_for_the_helpers_alone_is_not_shown_to_the_family(kuipers: Kuipers) -> None:
    voorstel = getoond(kuipers, "overdracht")
    assert voorstel is not None
    assert voorstel["lezers"] == []
    assert voorstel["voor_professionals"] is True


def test_an_emptied_proposal_stays_empty(kuipers: Kuipers) -> None:
    antwoord = bewaar(kuipers, "tussendoor", tekst="")
    assert antwoord.versie == 1
    assert getoond(kuipers, "tussendoor") is None


def test_a_proposal_that_needs_a_number_is_not_made_without_one(kuipers: Kuipers) -> None:
    Organisatie.objects.filter(teams=kuipers.casus.team).update(crisisnummer="")
    assert getoond(kuipers, "buiten_kantoor") is None


def test_a_question_that_is_not_in_this_content_set_is_refused(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="staat niet in dit formulier"):
        bewaar(kuipers, "lievelingskleur", tekst="Blauw")
    assert alles(ook_log=True) == stand


def test_a_stale_save_overwrites_nothing_and_shows_what_is_there(kuipers: Kuipers) -> None:
    bewaar(kuipers, "aanleiding", versie=1, tekst="Milan wil naar huis.")
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd) as fout:
        bewaar(kuipers, "aanleiding", versie=1, tekst="Milan wil bij opa wonen.")
    assert fout.value.huidig.tekst == "Milan wil naar huis."
    assert alles(ook_log=True) == stand


@pytest.mark.django_db(transaction=True)
def test_two_first_answers_at_the_same_moment_give_one_answer_and_the_other_is_told(kuipers: Kuipers) -> None:
    teksten = ["van Sanne", "van Joost"]
    uitkomsten = tegelijk(
        lambda: slot(kuipers.casus),
        *[lambda tekst=tekst: bewaar(kuipers, "wie_mist", tekst=tekst) for tekst in teksten],
    )
    antwoord = Antwoord.objects.get(vraag="wie_mist")
    winnaar = teksten.index(antwoord.tekst)
    verloren = uitkomsten[1 - winnaar]
    assert uitkomsten[winnaar] == antwoord
    assert isinstance(verloren, Verouderd)
    assert verloren.huidig == antwoord
    assert Logregel.objects.filter(daad="schreef_antwoord", velden=["wie_mist"]).count() == 1
