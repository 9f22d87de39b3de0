"""Answers to the questions of the steps, saved while somebody types."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casussen.models import Casus
from casussen.models.basis import VoorGezin
from tests import cast
from tests.stappen import HTMX, adres, ticks


def stuur_antwoord(client: Client, kuipers: cast.Kuipers, vraag: str, htmx: bool = True, **velden: Any) -> Any:
    data = {f"{vraag}-{naam}": waarde for naam, waarde in velden.items()}
    return client.post(adres("antwoord", kuipers, vraag), data, headers=HTMX if htmx else {})


def test_an_answer_is_saved_while_somebody_types_and_the_field_itself_is_left_alone(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    antwoord = stuur_antwoord(
        als_sanne, kuipers, "wie_mist", versie=0, tekst="De trainer.", lezers=ticks(kuipers, "bart", "helpers")
    )
    pagina = antwoord.content.decode()
    bewaard = kuipers.casus.antwoorden.get(vraag="wie_mist")
    assert bewaard.tekst == "De trainer."
    assert bewaard.door == kuipers.teams.sanne
    assert list(bewaard.gekozen_gezinsleden.all()) == [kuipers.bart]
    assert bewaard.voor_gezin == VoorGezin.GEKOZEN
    assert 'name="wie_mist-versie" value="1"' in pagina
    assert "Bewaard om" in pagina
    assert "<textarea" not in pagina


def test_without_javascript_the_save_button_leads_back_to_the_question(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    antwoord = stuur_antwoord(als_sanne, kuipers, "wie_mist", htmx=False, versie=0, tekst="De trainer.")
    assert antwoord.status_code == 302
    assert antwoord["Location"] == adres("stap", kuipers, 2) + "#vraag-wie_mist"
    assert kuipers.casus.antwoorden.get(vraag="wie_mist").tekst == "De trainer."


def test_choices_and_the_deeper_question_are_kept(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    stuur_antwoord(als_sanne, kuipers, "past", versie=0, keuzes=["ruimte", "nog-geen-plan"], tekst="")
    stuur_antwoord(als_sanne, kuipers, "gezin_weet", versie=0, keuzes="ja", tekst="")
    stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=0, tekst="", doorvraag="Opa.")
    antwoorden = {a.vraag: a for a in kuipers.casus.antwoorden.all()}
    assert antwoorden["past"].keuzes == ["ruimte", "nog-geen-plan"]
    assert antwoorden["gezin_weet"].keuzes == ["ja"]
    assert antwoorden["wie_mist"].doorvraag == "Opa."
    pagina = als_sanne.get(adres("stap", kuipers, 1)).content.decode()
    assert pagina.count(" checked") >= 3


def test_two_tabs_show_both_texts_and_lose_neither(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=0, tekst="De trainer.")
    botsing = stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=0, tekst="De buurvrouw.").content.decode()
    assert "De trainer." in botsing
    assert "Jouw tekst staat er nog" in botsing
    assert 'name="wie_mist-versie" value="1"' in botsing
    assert kuipers.casus.antwoorden.get(vraag="wie_mist").tekst == "De trainer."
    stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=1, tekst="De buurvrouw.")
    assert kuipers.casus.antwoorden.get(vraag="wie_mist").tekst == "De buurvrouw."


def test_a_stale_answer_without_javascript_keeps_what_was_typed_on_the_page(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=0, tekst="De trainer.")
    pagina = stuur_antwoord(als_sanne, kuipers, "wie_mist", htmx=False, versie=0, tekst="De buurvrouw.")
    assert pagina.status_code == 200
    assert "De buurvrouw.</textarea>" in pagina.content.decode()
    assert "De trainer." in pagina.content.decode()


@pytest.mark.parametrize("htmx", [True, False])
def test_forty_thousand_characters_are_refused_with_a_sentence_and_kept(
    als_sanne: Client, kuipers: cast.Kuipers, htmx: bool
) -> None:
    lang = "Wij willen dat iedereen het weet. " * 1200
    antwoord = stuur_antwoord(als_sanne, kuipers, "wie_mist", htmx=htmx, versie=0, tekst=lang)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Deze tekst is te lang" in pagina
    assert not kuipers.casus.antwoorden.filter(vraag="wie_mist").exists()
    assert htmx or lang.strip() in pagina


def test_an_unknown_question_is_not_there(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert stuur_antwoord(als_sanne, kuipers, "bestaat-niet", versie=0, tekst="x").status_code == 404


def test_a_closed_casus_says_that_nothing_changed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Casus.objects.update(afgesloten_op=timezone.now())
    pagina = stuur_antwoord(als_sanne, kuipers, "wie_mist", htmx=False, versie=0, tekst="De trainer.").content.decode()
    assert "afgesloten" in pagina
    assert not kuipers.casus.antwoorden.filter(vraag="wie_mist").exists()


def test_markup_in_an_answer_is_shown_as_text(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    stuur_antwoord(als_sanne, kuipers, "wie_mist", versie=0, tekst="<script>alert(1)</script>")
    assert "<script>alert(1)" not in als_sanne.get(adres("stap", kuipers, 2)).content.decode()


def test_a_proposal_stands_ready_and_says_so(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, 6)).content.decode()
    assert "085-0000 999" in pagina
    assert "Dit stond er al" in pagina
