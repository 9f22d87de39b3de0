"""Step 2 and 6: the people in a casus, their roles and how to reach them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from casussen.acties.casus import begin_casus
from casussen.acties.deelnemers import voeg_professional_toe, wijzig_deelnemer
from casussen.models import Deelnemer, Gezinslid, Logregel, Professional
from casussen.models.basis import VoorGezin
from tests import cast
from tests.stappen import HTMX, adres, ticks


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
