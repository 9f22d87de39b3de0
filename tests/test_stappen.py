"""The pages of the seven steps: what a coordinator sees, types and saves."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casussen.acties.afspraken import reageer, zet_afspraak
from casussen.acties.antwoorden import bewaar_antwoord
from casussen.acties.casus import begin_casus
from casussen.acties.deelnemers import voeg_professional_toe, wijzig_deelnemer
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor, ActorSoort
from casussen.models import Afspraak, Casus, Deelnemer, Gezinslid, Logregel, Professional
from casussen.models.basis import VoorGezin
from tests import cast

HTMX = {"HX-Request": "true"}


def adres(naam: str, kuipers: cast.Kuipers, *rest: object) -> str:
    return reverse(f"casussen:{naam}", args=[kuipers.casus.pk, *rest])


def ticks(kuipers: cast.Kuipers, *namen: str) -> list[str]:
    return ["helpers" if naam == "helpers" else str(getattr(kuipers, naam).pk) for naam in namen]


@pytest.mark.parametrize("nummer", range(1, 8))
def test_every_step_shows_its_questions_and_the_way_on(als_sanne: Client, kuipers: cast.Kuipers, nummer: int) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, nummer)).content.decode()
    stap = kuipers.casus.handreiking.inhoud.stap(nummer)
    for vraag in stap.vragen:
        assert vraag.tekst in pagina
    assert stap.titel in pagina
    volgende = adres("stap", kuipers, nummer + 1) if nummer < 7 else adres("vaststellen", kuipers)
    assert volgende in pagina


@pytest.mark.parametrize("nummer", [0, 8, 99])
def test_there_are_seven_steps_and_no_more(als_sanne: Client, kuipers: cast.Kuipers, nummer: int) -> None:
    assert als_sanne.get(adres("stap", kuipers, nummer)).status_code == 404


@pytest.mark.parametrize("nummer", range(1, 8))
def test_an_empty_family_can_be_filled_in_from_any_step(als_sanne: Client, teams: cast.Teams, nummer: int) -> None:
    casus = begin_casus(
        door=cast.deur(teams.sanne), pk=uuid4(), naam="Mevrouw Wigger", soort="wmo", team=teams.noord,
        coordinator=teams.sanne,
    )  # fmt: skip
    assert als_sanne.get(reverse("casussen:stap", args=[casus.pk, nummer])).status_code == 200


def test_a_part_that_htmx_swaps_is_the_part_of_the_whole_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    heel = als_sanne.get(adres("stap", kuipers, 4)).content.decode()
    deel = als_sanne.get(adres("stap", kuipers, 4), headers=HTMX).content.decode()
    begin, eind = '<div class="hr-stack" id="regie">', '<div id="pad" hx-swap-oob'

    def zonder_token(html: str) -> str:
        regels = [regel.strip() for regel in html.splitlines() if "csrfmiddlewaretoken" not in regel]
        return "\n".join(regel for regel in regels if regel)

    fragment = zonder_token(deel[deel.index(begin) : deel.index(eind)])
    assert fragment in zonder_token(heel)


# Answers ---------------------------------------------------------------------------------------------------------


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


# People ----------------------------------------------------------------------------------------------------------


def gezinslid_data(**velden: Any) -> dict[str, Any]:
    basis = {"versie": 0, "naam": "Yara Kuipers", "relatie": "kind", "gezag": "onbekend", "internet": "on"}
    return {f"gezinslid-{naam}": waarde for naam, waarde in (basis | velden).items()}


def test_a_family_member_is_added_and_a_double_click_adds_one(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    for _keer in range(2):
        antwoord = als_sanne.post(adres("gezinslid", kuipers, pk), gezinslid_data(geboren="2014-11-27"), headers=HTMX)
        assert "Yara Kuipers" in antwoord.content.decode()
    assert kuipers.casus.gezinsleden.filter(naam="Yara Kuipers").count() == 1


def test_without_javascript_adding_leads_back_to_step_2(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    antwoord = als_sanne.post(adres("gezinslid", kuipers, uuid4()), gezinslid_data(), follow=True)
    assert antwoord.redirect_chain[0][0] == adres("stap", kuipers, 2) + "#mensen"
    assert "Bewaard." in antwoord.content.decode()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"naam": ""}, "Vul een naam in."),
        ({"geboren": "2099-01-01"}, "Deze dag kan niet."),
        ({"geboren": "1820-01-01"}, "Deze dag kan niet."),
        ({"geboren": "31-31-2001"}, "Dit is geen dag die bestaat."),
        ({"email": "bart.example"}, "Dit adres klopt niet."),
        ({"krijgt_mail": "on"}, "Vul een e-mailadres in, of zet de mail uit."),
        ({"opmerking": "x" * 301}, "Deze tekst is te lang"),
    ],
)
def test_bad_input_about_a_family_member_gets_a_sentence_and_stays(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    data = gezinslid_data(telefoon="06-0000 0199", **velden)
    for koppen in (HTMX, {}):
        antwoord = als_sanne.post(adres("gezinslid", kuipers, uuid4()), data, headers=koppen)
        pagina = antwoord.content.decode()
        assert antwoord.status_code == 200
        assert zin in pagina
        assert "06-0000 0199" in pagina
        assert "Wat je typte, staat er nog" in pagina
    assert kuipers.casus.gezinsleden.count() == 3


def test_a_family_member_is_changed_and_the_form_shows_what_there_was(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    formulier = als_sanne.get(adres("gezinslid", kuipers, kuipers.bart.pk), headers=HTMX).content.decode()
    assert 'value="bart@gezin.example"' in formulier
    data = gezinslid_data(naam="Bart Kuipers", relatie="vader", gezag="nee", versie=kuipers.bart.versie)
    als_sanne.post(adres("gezinslid", kuipers, kuipers.bart.pk), data)
    kuipers.bart.refresh_from_db()
    assert kuipers.bart.gezag is False
    assert not kuipers.bart.leest_vanzelf_mee


def test_a_relation_from_an_import_stays_a_choice(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(relatie="oudoom en peetvader")
    formulier = als_sanne.get(adres("gezinslid", kuipers, kuipers.bart.pk)).content.decode()
    assert '<option value="oudoom en peetvader" selected>' in formulier


def test_two_tabs_on_one_family_member_show_both(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    eerste = gezinslid_data(naam="Bart K.", relatie="vader", gezag="ja", versie=1)
    tweede = gezinslid_data(naam="Bart Kuypers", relatie="stiefvader", gezag="ja", versie=1)
    als_sanne.post(adres("gezinslid", kuipers, kuipers.bart.pk), eerste)
    pagina = als_sanne.post(adres("gezinslid", kuipers, kuipers.bart.pk), tweede).content.decode()
    assert "Bart K." in pagina
    assert "Bart Kuypers" in pagina
    assert "vader" in pagina
    assert 'name="gezinslid-versie" value="2"' in pagina


def test_somebody_who_does_not_belong_is_taken_off_the_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    als_sanne.post(adres("gezinslid_weg", kuipers, kuipers.esra.pk), headers=HTMX)
    assert "Esra Demir" not in als_sanne.get(adres("stap", kuipers, 2)).content.decode()


def test_the_screen_warns_about_a_secret_address_and_a_parent_without_gezag(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(gezag=False, krijgt_mail=False, internet=False)
    pagina = als_sanne.get(adres("stap", kuipers, 2)).content.decode()
    assert "adres is geheim" in pagina
    assert "geen gezag: krijgt niets vanzelf" in pagina
    assert "op papier" in pagina


def test_a_friend_is_added_changed_and_stops(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    data = {"netwerklid-naam": "Buurman Ton", "netwerklid-relatie": "buurman", "netwerklid-versie": 0,
            "netwerklid-waarvoor": "heeft een sleutel", "netwerklid-lezers": ticks(kuipers, "bart"),
            "netwerklid-voor_wie": ticks(kuipers, "bart")}  # fmt: skip
    als_sanne.post(adres("netwerklid", kuipers, pk), data)
    ton = Deelnemer.objects.get(pk=pk)
    assert (ton.naam, ton.waarvoor, ton.voor_professionals) == ("Buurman Ton", "heeft een sleutel", False)
    assert list(ton.voor_wie.all()) == [kuipers.bart]
    formulier = als_sanne.get(adres("netwerklid", kuipers, pk)).content.decode()
    assert 'value="Buurman Ton"' in formulier
    als_sanne.post(adres("netwerklid", kuipers, pk), data | {"netwerklid-naam": "Ton", "netwerklid-versie": 1})
    ton.refresh_from_db()
    assert Deelnemer.objects.get(pk=pk).naam == "Ton"
    als_sanne.post(adres("deelnemer_stopt", kuipers, pk))
    assert "Buurman" not in als_sanne.get(adres("stap", kuipers, 2)).content.decode()


def test_a_helper_is_found_in_the_address_book_by_name_profession_or_organisation(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    for zoek in ("karin", "wijkcoach", "almelo", "karin almelo"):
        pagina = als_sanne.get(adres("stap", kuipers, 2), {"zoek": zoek}).content.decode()
        assert "Karin Veldhuis" in pagina
    assert "Niemand gevonden" in als_sanne.get(adres("stap", kuipers, 2), {"zoek": "zzz"}).content.decode()


def test_whoever_takes_part_already_is_not_offered_again(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, 2), {"zoek": "Ilse"}, headers=HTMX).content.decode()
    assert "Niemand gevonden" in pagina


def test_a_helper_from_the_address_book_joins_once_however_often_one_presses(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    karin = kuipers.teams.karin.professional
    assert karin is not None
    for pk in (uuid4(), uuid4()):
        als_sanne.post(adres("helper", kuipers, pk), {"professional": karin.pk}, headers=HTMX)
    assert kuipers.casus.deelnemers.filter(professional=karin).count() == 1


def test_a_new_helper_goes_into_the_address_book(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    # fmt: off
    data = {"helper-naam": "Els Grobben", "helper-functie": "mentor", "helper-organisatie": "College De Vecht",
            "helper-email": "e.grobben@devecht.example", "helper-telefoon": "085-0000 151", "helper-versie": 0,
            "helper-waarvoor": "school", "helper-lezers": ticks(kuipers, "bart", "esra", "milan", "helpers")}
    # fmt: on
    als_sanne.post(adres("helper", kuipers, uuid4()), data)
    els = Professional.objects.get(email="e.grobben@devecht.example")
    deelnemer = kuipers.casus.deelnemers.get(professional=els)
    assert deelnemer.waarvoor == "school"
    assert deelnemer.voor_gezin == VoorGezin.IEDEREEN
    assert els.organisatie.naam == "College De Vecht"


def test_a_new_helper_without_a_name_gets_a_sentence_and_nothing_is_lost(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    data = {"helper-naam": "", "helper-organisatie": "", "helper-functie": "mentor op school", "helper-versie": 0}
    pagina = als_sanne.post(adres("helper", kuipers, uuid4()), data).content.decode()
    assert "Vul een naam in." in pagina
    assert "Vul in waar deze helper werkt." in pagina
    assert 'value="mentor op school"' in pagina


def test_a_helper_with_agreements_cannot_stop_and_the_page_says_what_to_do(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    pagina = als_sanne.post(adres("deelnemer_stopt", kuipers, kuipers.ilse.pk)).content.decode()
    assert "Ilse Broekhuis heeft nog afspraken" in pagina
    kuipers.ilse.refresh_from_db()
    assert kuipers.ilse.tot is None


def test_the_role_of_a_helper_is_written_down(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    formulier = als_sanne.get(adres("rol", kuipers, kuipers.ilse.pk)).content.decode()
    assert 'value="begeleidt de terugkeer naar huis"' in formulier
    # fmt: off
    data = {"rol-versie": 1, "rol-waarvoor": "helpt thuis", "rol-beslist": "wanneer zij komt",
            "rol-doet_niet": "schoolzaken", "rol-alleen_als_nodig": "on", "rol-lezers": ticks(kuipers, "milan")}
    # fmt: on
    als_sanne.post(adres("rol", kuipers, kuipers.ilse.pk), data)
    ilse = Deelnemer.objects.get(pk=kuipers.ilse.pk)
    assert (ilse.waarvoor, ilse.beslist, ilse.doet_niet) == ("helpt thuis", "wanneer zij komt", "schoolzaken")
    assert ilse.alleen_als_nodig
    assert list(ilse.gekozen_gezinsleden.all()) == [kuipers.milan]


def test_a_stale_role_shows_the_other_text(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.ilse.pk, versie=1, velden={"waarvoor": "komt op woensdag"}
    )
    data = {"rol-versie": 1, "rol-waarvoor": "komt op donderdag", "rol-lezers": ticks(kuipers, "milan")}
    pagina = als_sanne.post(adres("rol", kuipers, kuipers.ilse.pk), data, headers=HTMX).content.decode()
    assert "komt op woensdag" in pagina
    assert 'value="komt op donderdag"' in pagina


def adres_data(**velden: Any) -> dict[str, Any]:
    basis = {"versie": 1, "naam": "Ilse Broekhuis", "functie": "gezinsbegeleider", "telefoon": "085-0000 021",
             "email": "ilse@nieuw.example"}  # fmt: skip
    return {f"adres-{naam}": waarde for naam, waarde in (basis | velden).items()}


def test_an_address_that_bounced_is_mended_where_the_helper_stands(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    formulier = als_sanne.get(adres("adres", kuipers, kuipers.ilse.pk), headers=HTMX).content.decode()
    assert 'value="i.broekhuis@debrug.example"' in formulier
    for _keer in range(2):
        assert als_sanne.post(adres("adres", kuipers, kuipers.ilse.pk), adres_data()).status_code == 302
    ilse = Professional.objects.get(deelnames=kuipers.ilse)
    assert (ilse.email, ilse.versie) == ("ilse@nieuw.example", 2)
    regel = Logregel.objects.filter(daad="wijzigde_adresboek").get()
    assert (regel.velden, regel.casus_id) == (["email"], kuipers.casus.pk)


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"email": "R.Assink@delinde.example"}, "Dit adres is van Ruben Assink."),
        ({"email": "ilse"}, "Dit adres klopt niet."),
        ({"naam": ""}, "Vul een naam in."),
        ({"versie": 0}, "Jouw tekst staat er nog"),
    ],
)
def test_an_address_that_cannot_be_is_refused_and_stays_on_the_page(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, Any], zin: str
) -> None:
    pagina = als_sanne.post(
        adres("adres", kuipers, kuipers.ilse.pk), adres_data(telefoon="085-0000 022", **velden)
    ).content.decode()
    assert zin in pagina
    assert 'value="085-0000 022"' in pagina
    assert Professional.objects.get(deelnames=kuipers.ilse).email == "i.broekhuis@debrug.example"


def test_the_address_of_somebody_with_an_account_is_not_for_a_coordinator(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    assert als_sanne.post(adres("adres", kuipers, kuipers.sanne.pk), adres_data()).status_code == 403
    pagina = als_sanne.get(adres("stap", kuipers, 2)).content.decode()
    assert adres("adres", kuipers, kuipers.ilse.pk) in pagina
    assert adres("adres", kuipers, kuipers.sanne.pk) not in pagina


def test_an_address_that_another_team_relies_on_is_not_changed_from_here(client: Client, kuipers: cast.Kuipers) -> None:
    karin = kuipers.teams.karin
    ander = begin_casus(
        door=cast.deur(karin),
        pk=uuid4(),
        naam="Gezin Hassan",
        soort="jeugd",
        team=kuipers.teams.zuid,
        coordinator=karin,
    )
    ilse = Professional.objects.get(deelnames=kuipers.ilse)
    deelnemer = voeg_professional_toe(door=cast.deur(karin), casus=ander, pk=uuid4(), professional=ilse)
    client.force_login(karin)
    plek = reverse("casussen:adres", args=[ander.pk, deelnemer.pk])
    assert client.post(plek, adres_data()).status_code == 403
    ilse.refresh_from_db()
    assert ilse.email == "i.broekhuis@debrug.example"
    assert plek not in client.get(reverse("casussen:stap", args=[ander.pk, 2])).content.decode()


def test_a_friend_of_the_family_is_not_in_the_address_book(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert als_sanne.get(adres("adres", kuipers, kuipers.opa.pk)).status_code == 404


def test_how_to_reach_somebody_becomes_a_sentence(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert als_sanne.get(adres("bereikbaar", kuipers, kuipers.ilse.pk)).status_code == 200
    # fmt: off
    data = {"bereikbaar-versie": 1, "bereikbaar-telefoon": "085-0000 021", "bereikbaar-dagen": ["3", "4", "5"],
            "bereikbaar-uren_van": "9", "bereikbaar-uren_tot": "16.30", "bereikbaar-terugbellen": "dezelfde-dag"}
    # fmt: on
    pagina = als_sanne.post(adres("bereikbaar", kuipers, kuipers.ilse.pk), data, headers=HTMX).content.decode()
    assert "op woensdag tot en met vrijdag, van 9 tot 16.30 uur" in pagina
    assert "belt dezelfde dag terug" in pagina


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"uren_van": "half negen"}, "Dit is geen tijd."),
        ({"uren_van": "17", "uren_tot": "9"}, "Dit is eerder dan het begin."),
    ],
)
def test_a_time_that_makes_no_sense_gets_a_sentence(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    data = {"bereikbaar-versie": 1, **{f"bereikbaar-{naam}": waarde for naam, waarde in velden.items()}}
    assert zin in als_sanne.post(adres("bereikbaar", kuipers, kuipers.ilse.pk), data).content.decode()


@pytest.mark.parametrize("naam", ["rol", "bereikbaar"])
def test_somebody_who_does_not_take_part_has_no_role(als_sanne: Client, kuipers: cast.Kuipers, naam: str) -> None:
    assert als_sanne.get(adres(naam, kuipers, uuid4())).status_code == 404


# Regie -----------------------------------------------------------------------------------------------------------


def test_the_regie_goes_to_somebody_else_who_must_say_yes(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": kuipers.ilse.pk}, headers=HTMX)
    assert "Gevraagd, nog geen ja" in pagina.content.decode()
    assert "Ja, dat doe ik" not in pagina.content.decode()
    als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": ""})
    assert not kuipers.casus.regie.filter(functie="regievoerder", tot__isnull=True).exists()


def test_a_colleague_with_an_account_says_yes_on_the_page(client: Client, kuipers: cast.Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    deelnemer = voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    client.force_login(kuipers.teams.sanne)
    client.post(adres("regie", kuipers, "vervanger"), {"deelnemer": deelnemer.pk})
    client.force_login(kuipers.teams.joost)
    assert "Ja, dat doe ik" in client.get(adres("stap", kuipers, 4)).content.decode()
    client.post(adres("regie_ja", kuipers, "vervanger"))
    assert kuipers.casus.regie.get(functie="vervanger", tot__isnull=True).aanvaard_op is not None


@pytest.mark.parametrize("deelnemer", [str(UUID(int=5)), "niet-een-id"])
def test_the_regie_cannot_go_to_a_stranger(als_sanne: Client, kuipers: cast.Kuipers, deelnemer: str) -> None:
    assert als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": deelnemer}).status_code == 404


def test_there_is_no_other_function_than_the_three(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert als_sanne.post(adres("regie", kuipers, "baas"), {"deelnemer": ""}).status_code == 404


# Agreements --------------------------------------------------------------------------------------------------------


def afspraak_data(kuipers: cast.Kuipers, **velden: Any) -> dict[str, Any]:
    basis = {"versie": 0, "wie": f"helper-{kuipers.ilse.pk}", "wat": "Ik bel de school.", "wanneer": "elke maandag",
             "lezers": ticks(kuipers, "bart", "milan", "helpers")}  # fmt: skip
    return {f"afspraak-{naam}": waarde for naam, waarde in (basis | velden).items()}


def test_an_agreement_has_one_name_a_moment_and_its_own_readers(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    over_een_week = timezone.localdate() + timedelta(days=7)
    for _keer in range(2):
        pagina = als_sanne.post(
            adres("afspraak", kuipers, pk), afspraak_data(kuipers, datum=over_een_week.isoformat()), headers=HTMX
        )
    assert "Ik bel de school." in pagina.content.decode()
    afspraak = Afspraak.objects.get(pk=pk)
    assert (afspraak.deelnemer, afspraak.gezinslid, afspraak.datum) == (kuipers.ilse, None, over_een_week)
    assert set(afspraak.gekozen_gezinsleden.all()) == {kuipers.bart, kuipers.milan}


def test_the_family_itself_can_own_an_agreement(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers, wie=f"gezin-{kuipers.esra.pk}"))
    assert Afspraak.objects.get(pk=pk).gezinslid == kuipers.esra


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"wie": ""}, "Kies wie dit doet."),
        ({"wat": "  "}, "Schrijf op wat diegene gaat doen."),
        ({"datum": "2020-01-01"}, "Deze dag is voorbij."),
        ({"wat": "x" * 40_000}, "Deze tekst is te lang: 40000 tekens."),
        ({"wie": "helper-van-een-ander"}, "Selecteer een geldige keuze."),
    ],
)
def test_a_bad_agreement_gets_a_sentence_and_stays(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    for koppen in (HTMX, {}):
        data = afspraak_data(kuipers, **{"wanneer": "elke derde dinsdag", **velden})
        pagina = als_sanne.post(adres("afspraak", kuipers, uuid4()), data, headers=koppen).content.decode()
        assert zin in pagina
        assert 'value="elke derde dinsdag"' in pagina
    assert kuipers.casus.afspraken.count() == 5


def test_an_agreement_is_changed_in_its_place(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("afspraak", kuipers, kuipers.komt_woensdag.pk), headers=HTMX).content.decode()
    assert "Ik kom elke woensdag om 16 uur.</textarea>" in pagina
    assert "Deze afspraak vervalt" in pagina
    als_sanne.post(
        adres("afspraak", kuipers, kuipers.komt_woensdag.pk),
        afspraak_data(kuipers, versie=1, wat="Ik kom op donderdag."),
    )
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).wat == "Ik kom op donderdag."


def test_an_agreement_with_a_day_that_passed_can_still_be_changed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Afspraak.objects.filter(pk=kuipers.vertelt.pk).update(datum="2026-01-05")
    data = afspraak_data(kuipers, versie=1, wie=f"helper-{kuipers.amrita.pk}", wat="Ik vertel het.", datum="2026-01-05")
    als_sanne.post(adres("afspraak", kuipers, kuipers.vertelt.pk), data)
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).wat == "Ik vertel het."


def test_the_back_button_never_overwrites_what_came_after(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers))
    pagina = als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers, wat="Ik mail de school."))
    assert "Ik bel de school." in pagina.content.decode()
    assert "Ik mail de school.</textarea>" in pagina.content.decode()
    assert Afspraak.objects.get(pk=pk).wat == "Ik bel de school."


def test_an_agreement_that_is_over_leaves_the_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    als_sanne.post(adres("afspraak_vervalt", kuipers, kuipers.belt_zondag.pk), headers=HTMX)
    assert "Ik bel Bart over het weekend." not in als_sanne.get(adres("stap", kuipers, 5)).content.decode()


def test_agreements_can_be_sorted_by_date(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, 5), {"orde": "datum"}).content.decode()
    vanaf = pagina.index("Onze afspraken")
    assert pagina.index("Ik vertel Ilse wat helpt.", vanaf) < pagina.index("Ik kom elke woensdag", vanaf)
    per_persoon = als_sanne.get(adres("stap", kuipers, 5)).content.decode()
    assert per_persoon.index("Ik bel als een weekend", vanaf) < per_persoon.index("Ik vertel Ilse wat helpt.", vanaf)


def test_the_coordinator_sees_every_answer_with_its_words(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    ilse = Actor(soort=ActorSoort.DEELNEMER, deelnemer=kuipers.ilse)
    ruben = Actor(soort=ActorSoort.DEELNEMER, deelnemer=kuipers.ruben)
    reageer(door=ilse, afspraak=kuipers.komt_woensdag, inhoud_versie=1, soort="vraag", tekst="Ook in de vakantie?")
    reageer(
        door=ruben, afspraak=kuipers.belt_zondag, inhoud_versie=1, soort="niet-akkoord", tekst="Zondag werk ik niet."
    )
    pagina = als_sanne.get(adres("stap", kuipers, 5)).content.decode()
    assert "Ilse vraagt:" in pagina
    assert "Ook in de vakantie?" in pagina
    assert "Ruben zegt nee, want:" in pagina
    assert "Wacht op antwoord" in pagina
    assert "Nog niet gevraagd" not in pagina


# Looking back ------------------------------------------------------------------------------------------------------


def test_the_day_of_looking_back_is_planned_and_changed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    dag = timezone.localdate() + timedelta(days=30)
    data = {"terugkijken-versie": 1, "terugkijken-datum": dag.isoformat(), "terugkijken-van": "15.30",
            "terugkijken-tot": "16.15", "terugkijken-waar": "op school", "terugkijken-uitnodiger": kuipers.ilse.pk,
            "terugkijken-komen": ticks(kuipers, "bart", "milan", "sanne", "ilse")}  # fmt: skip
    als_sanne.post(adres("terugkijken", kuipers, kuipers.evaluatie.pk), data)
    evaluatie = kuipers.casus.evaluaties.get()
    assert (evaluatie.datum, evaluatie.waar, evaluatie.uitnodiger) == (dag, "op school", kuipers.ilse)
    assert list(evaluatie.afwezige_gezinsleden.all()) == [kuipers.esra]
    assert set(evaluatie.afwezige_deelnemers.all()) == {kuipers.ruben, kuipers.amrita, kuipers.opa}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": ""}, "Kies een dag."),
        ({"datum": "2020-05-05"}, "Deze dag is voorbij of is vandaag."),
        ({"datum": "2030-05-05", "van": "16", "tot": "15"}, "Dit is eerder dan het begin."),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    data = {
        "terugkijken-versie": 1,
        "terugkijken-waar": "bij oma",
        **{f"terugkijken-{n}": w for n, w in velden.items()},
    }
    pagina = als_sanne.post(adres("terugkijken", kuipers, kuipers.evaluatie.pk), data).content.decode()
    assert zin in pagina
    assert 'value="bij oma"' in pagina


def test_three_days_are_proposed_when_none_is_chosen(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    kuipers.evaluatie.delete()
    pagina = als_sanne.get(adres("stap", kuipers, 7)).content.decode()
    assert "over 4 weken" in pagina
    assert "over 6 weken" in pagina


# Who may -----------------------------------------------------------------------------------------------------------


def test_a_teamlid_who_does_not_take_part_reads_and_changes_nothing(client: Client, kuipers: cast.Kuipers) -> None:
    client.force_login(kuipers.teams.joost)
    for nummer in range(1, 8):
        pagina = client.get(adres("stap", kuipers, nummer)).content.decode()
        assert "Je leest mee." in pagina
        assert "<textarea" not in pagina
    assert "Milan wil weer thuis wonen." in client.get(adres("stap", kuipers, 1)).content.decode()
    antwoord = client.post(adres("antwoord", kuipers, "wie_mist"), {"wie_mist-versie": 0, "wie_mist-tekst": "x"})
    assert antwoord.status_code == 403


def test_reading_a_step_is_logged_once_and_a_fragment_is_not(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    voor = Logregel.objects.count()
    als_sanne.get(adres("stap", kuipers, 3))
    als_sanne.get(adres("stap", kuipers, 5), {"orde": "datum"}, headers=HTMX)
    regel = Logregel.objects.latest("id")
    assert Logregel.objects.count() == voor + 1
    assert (regel.daad, regel.velden, regel.casus_id) == ("las", ["stap3"], kuipers.casus.pk)


@pytest.mark.parametrize("nummer", range(1, 8))
def test_a_step_costs_as_many_queries_for_many_people_as_for_few(
    als_sanne: Client, kuipers: cast.Kuipers, nummer: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    als_sanne.get(adres("stap", kuipers, nummer))
    with CaptureQueriesContext(connection) as weinig:
        als_sanne.get(adres("stap", kuipers, nummer))
    for getal in range(27):
        professional = Professional.objects.create(
            naam=f"Helper {getal}", organisatie=kuipers.teams.noord.organisatie, email=f"h{getal}@x.example"
        )
        deelnemer = voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=professional)
        zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
            velden={"wat": f"Ik doe {getal}.", "deelnemer": deelnemer},
        )  # fmt: skip
    bewaar_antwoord(door=kuipers.door, casus=kuipers.casus, vraag="wie_stopt", versie=0, velden={"tekst": "Niemand."})
    with django_assert_num_queries(len(weinig)):
        als_sanne.get(adres("stap", kuipers, nummer))
