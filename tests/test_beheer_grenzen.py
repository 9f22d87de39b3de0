"""Who manages what: a beheerder the own organisation and nobody else's, and never the own rights."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from casussen import beheerrechten
from casussen.actor import klok, operator
from casussen.models import Lidmaatschap, Logregel, Medewerker, Organisatie, Professional, Team
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.accounts import ingelogd
from tests.beheer import adres, als, beheerder_zuid, nieuw, pagina, velden
from tests.cast import Kuipers, Teams

MODELLEN = ["organisatie", "team", "medewerker", "lidmaatschap", "professional"]
VAN_ZUID = ["Zuid", "Karin", "k.veldhuis"]


@pytest.fixture
def bea(client: Client, teams: Teams) -> Client:
    """A browser of Bea, beheerder of Noord by her role alone; Zuid has a beheerder of its own."""
    beheerder_zuid(teams)
    return ingelogd(client, teams.bea)


def zuid(teams: Teams) -> dict[str, object]:
    """A record of each kind that belongs to Zuid."""
    lid = Lidmaatschap.objects.get(medewerker=teams.karin)
    return {
        "organisatie": teams.zuid.organisatie_id,
        "team": teams.zuid.pk,
        "medewerker": teams.karin.pk,
        "lidmaatschap": lid.pk,
        "professional": teams.karin.professional_id,
    }


# Who comes in


@pytest.mark.parametrize("rol", [rol for rol in TeamRol if rol != TeamRol.BEHEERDER])
def test_no_other_role_comes_in(teams: Teams, rol: TeamRol) -> None:
    mens = cast.medewerker("Ander", "ander@noord.example", teams.noord, rol)
    for plek in ("/beheer/", adres("medewerker"), pagina(teams.karin)):
        assert als(mens).get(plek, follow=True).status_code == 403


def test_a_beheerder_comes_in_by_the_role_and_only_as_long_as_it_lasts(bea: Client, teams: Teams) -> None:
    assert bea.get("/beheer/").status_code == 200
    lid = Lidmaatschap.objects.filter(medewerker=teams.bea)
    gisteren = timezone.localdate() - timedelta(days=1)
    lid.update(tot=gisteren)
    assert bea.get("/beheer/", follow=True).status_code == 403
    lid.update(tot=None, van=timezone.localdate() + timedelta(days=1))
    assert bea.get("/beheer/", follow=True).status_code == 403


def test_a_stopped_account_is_out_at_once(bea: Client, teams: Teams) -> None:
    Medewerker.objects.filter(pk=teams.bea.pk).update(is_active=False)
    assert bea.get("/beheer/", follow=True).redirect_chain[-1][0].startswith("/inloggen/")


# What a beheerder sees


@pytest.mark.parametrize("model", MODELLEN)
def test_a_list_holds_the_own_organisation_only(bea: Client, teams: Teams, model: str) -> None:
    eigen = bea.get(adres(model)).content.decode()
    assert "Noord" in eigen or "noord" in eigen
    gezocht = bea.get(adres(model), {"q": "zuid"}).content.decode().replace('value="zuid"', "")
    for woord in VAN_ZUID:
        assert woord not in eigen
        assert woord not in gezocht
    assert any(woord in als(beheerder_van_zuid()).get(adres(model)).content.decode() for woord in VAN_ZUID)


def beheerder_van_zuid() -> Medewerker:
    return Medewerker.objects.get(email="b.zuid@zuid.example")


@pytest.mark.parametrize("model", MODELLEN)
def test_a_record_of_another_organisation_does_not_exist_and_cannot_be_changed(
    bea: Client, teams: Teams, model: str
) -> None:
    plek = adres(model, f"{zuid(teams)[model]}/change/")
    voor = _alles()
    for antwoord in (bea.get(plek), bea.post(plek, {"naam": "Gekaapt", "email": "gekaapt@noord.example"})):
        assert antwoord.status_code == 404
        assert not [woord for woord in VAN_ZUID if woord in antwoord.content.decode()]
    assert _alles() == voor
    assert als(beheerder_van_zuid()).get(plek).status_code == 200


def _alles() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Organisatie, Team, Professional, Lidmaatschap)]


@pytest.mark.parametrize(
    ("model", "veld", "eigen"), [("lidmaatschap", "medewerker", "Joost"), ("medewerker", "professional", "Joost")]
)
def test_autocomplete_offers_the_own_people_only(bea: Client, model: str, veld: str, eigen: str) -> None:
    vraag = {"app_label": "casussen", "model_name": model, "field_name": veld, "term": ""}
    gevonden = [rij["text"] for rij in bea.get("/beheer/autocomplete/", vraag).json()["results"]]
    assert any(eigen in naam for naam in gevonden)
    assert not [naam for naam in gevonden if "Karin" in naam or "Ben" in naam]
    van_zuid = bea.get("/beheer/autocomplete/", {**vraag, "term": "Karin"}).json()["results"]
    assert van_zuid == []


def test_filters_and_guessed_questions_tell_nothing_about_another_organisation(bea: Client, teams: Teams) -> None:
    for model in ("medewerker", "lidmaatschap"):
        for vraag in ({"team": str(teams.zuid.pk)}, {"team": "geen-uuid"}):
            antwoord = bea.get(adres(model), vraag, follow=True)
            assert antwoord.status_code == 200
            assert "Karin" not in antwoord.content.decode()
        assert bea.get(adres(model), {"medewerker__password__startswith": "a"}).status_code in (302, 400)
    assert "Joost" in bea.get(adres("medewerker"), {"team": str(teams.noord.pk)}).content.decode()


def test_somebody_of_both_organisations_is_there_without_the_other_membership(bea: Client, teams: Teams) -> None:
    Lidmaatschap.objects.create(medewerker=teams.joost, team=teams.zuid, rol="teamlid", van=timezone.localdate())
    tekst = bea.get(pagina(teams.joost)).content.decode()
    assert "Hengelo-Noord" in tekst
    assert "Zuid" not in tekst


def test_no_page_of_a_beheerder_shows_a_family(kuipers: Kuipers) -> None:
    browser = als(kuipers.teams.bea)
    paginas = ["/beheer/", *(adres(model) for model in MODELLEN), pagina(kuipers.teams.sanne)]
    paginas.append(adres("team", f"{kuipers.teams.noord.pk}/change/"))
    for plek in paginas:
        assert "Kuipers" not in browser.get(plek).content.decode()
    for plek in (f"/casussen/{kuipers.casus.pk}/", f"/casussen/{kuipers.casus.pk}/stap/1/"):
        assert browser.get(plek).status_code == 404


# What a beheerder cannot do


def lidmaatschap(wie: Medewerker, team: Team, rol: str = "coordinator") -> dict[str, str]:
    return {"medewerker": str(wie.pk), "team": str(team.pk), "rol": rol, "van": "2026-01-01", "tot": ""}


def test_nobody_makes_himself_coordinator(bea: Client, teams: Teams) -> None:
    formulier = bea.get(adres("lidmaatschap", "add/"), {"medewerker": str(teams.bea.pk)})
    assert formulier.status_code == 200
    antwoord = bea.post(adres("lidmaatschap", "add/"), lidmaatschap(teams.bea, teams.noord))
    assert antwoord.status_code == 200
    eigen = Lidmaatschap.objects.get(medewerker=teams.bea)
    assert eigen.rol == TeamRol.BEHEERDER
    wijzig = adres("lidmaatschap", f"{eigen.pk}/change/")
    assert bea.get(wijzig).status_code == 200
    assert bea.post(wijzig, {**lidmaatschap(teams.bea, teams.noord), "tot": "2027-01-01"}).status_code == 403
    assert bea.post(pagina(teams.bea), velden(teams.bea, naam="Baas", is_superuser="on")).status_code == 403
    bea.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": [str(eigen.pk)]})
    assert Lidmaatschap.objects.get(medewerker=teams.bea).tot is None
    teams.bea.refresh_from_db()
    assert (teams.bea.naam, teams.bea.is_superuser) == ("Bea Beheer", False)


def test_the_one_who_manages_everything_gives_himself_no_membership_either(client: Client, teams: Teams) -> None:
    baas = Medewerker.objects.create_superuser("baas@noord.example", cast.WACHTWOORD, naam="Baas")
    browser = als(baas)
    antwoord = browser.post(adres("lidmaatschap", "add/"), lidmaatschap(baas, teams.noord))
    assert antwoord.status_code == 200
    assert not baas.lidmaatschappen.exists()
    assert browser.post(adres("lidmaatschap", "add/"), lidmaatschap(teams.bea, teams.zuid)).status_code == 302


@pytest.mark.parametrize(
    "wie_en_waar",
    [
        lambda t: (t.karin, t.noord),  # somebody of Zuid into my team
        lambda t: (t.joost, t.zuid),  # my own colleague into a team of Zuid
        lambda t: (t.karin, t.zuid),
    ],
)
def test_a_membership_across_organisations_is_refused(
    bea: Client, teams: Teams, wie_en_waar: Callable[[Teams], tuple[Medewerker, Team]]
) -> None:
    aantal = Lidmaatschap.objects.count()
    wie, waar = wie_en_waar(teams)
    antwoord = bea.post(adres("lidmaatschap", "add/"), lidmaatschap(wie, waar))
    assert antwoord.status_code == 200
    assert Lidmaatschap.objects.count() == aantal
    assert not [woord for woord in VAN_ZUID if woord in antwoord.content.decode()]


def test_a_raw_action_ends_nothing_elsewhere(bea: Client, teams: Teams) -> None:
    lid = Lidmaatschap.objects.get(medewerker=teams.karin)
    bea.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": [str(lid.pk)]})
    assert Lidmaatschap.objects.get(pk=lid.pk).tot is None


@pytest.mark.parametrize("model", ["team", "professional"])
def test_nothing_is_made_in_another_organisation(bea: Client, teams: Teams, model: str) -> None:
    data = {"naam": "Gekaapt", "organisatie": str(teams.zuid.organisatie_id)}
    assert bea.post(adres(model, "add/"), data).status_code == 200
    assert not Team.objects.filter(naam="Gekaapt").exists()
    assert not Professional.objects.filter(naam="Gekaapt").exists()
    data["organisatie"] = str(teams.noord.organisatie_id)
    assert bea.post(adres(model, "add/"), data).status_code == 302


def test_a_team_and_a_helper_stay_in_their_organisation(bea: Client, teams: Teams) -> None:
    data = {"naam": "Hengelo-Noord", "organisatie": str(teams.zuid.organisatie_id)}
    bea.post(adres("team", f"{teams.noord.pk}/change/"), data)
    bea.post(adres("professional", f"{teams.joost.professional_id}/change/"), data)
    assert Team.objects.get(pk=teams.noord.pk).organisatie == teams.noord.organisatie
    joost = Professional.objects.get(medewerker=teams.joost)
    assert joost.organisatie == teams.noord.organisatie


def test_only_who_manages_everything_makes_an_organisation(bea: Client) -> None:
    assert bea.get(adres("organisatie", "add/")).status_code == 403
    data = {"naam": "Nieuw", "herinnering_dagen": "7", "link_dagen": "14"}
    assert bea.post(adres("organisatie", "add/"), data).status_code == 403
    assert Organisatie.objects.count() == 2


def test_an_account_that_also_counts_elsewhere_is_not_taken_over_by_its_address(bea: Client, teams: Teams) -> None:
    Lidmaatschap.objects.create(medewerker=teams.joost, team=teams.zuid, rol="coordinator", van=timezone.localdate())
    plek = pagina(teams.joost)
    assert bea.get(plek).status_code == 200
    for knop in ("_save", "_nodig_uit", "_trek_in", "_ontkoppel", "_tweede_stap_uit"):
        assert bea.post(plek, velden(teams.joost, email="bea@prive.example", **{knop: "1"})).status_code == 403
    teams.joost.refresh_from_db()
    assert teams.joost.email == "j.tenhove@noord.example"


def test_the_account_of_who_manages_everything_is_not_taken_over(bea: Client, teams: Teams) -> None:
    Medewerker.objects.filter(pk=teams.mieke.pk).update(is_superuser=True)
    assert bea.post(pagina(teams.mieke), velden(teams.mieke, email="bea@prive.example")).status_code == 403
    assert Medewerker.objects.get(pk=teams.mieke.pk).email == "m.spit@noord.example"


def test_only_who_manages_everything_gives_that_right_away(bea: Client, teams: Teams) -> None:
    assert bea.post(pagina(teams.joost), velden(teams.joost, is_superuser="on")).status_code == 302
    assert not Medewerker.objects.get(pk=teams.joost.pk).is_superuser
    assert "is_superuser" not in bea.get(pagina(teams.joost)).content.decode()
    baas = Medewerker.objects.create_superuser("baas@noord.example", cast.WACHTWOORD, naam="Baas")
    assert als(baas).post(pagina(teams.joost), velden(teams.joost, is_superuser="on")).status_code == 302
    assert Medewerker.objects.get(pk=teams.joost.pk).is_superuser


def test_somebody_elses_entry_of_the_address_book_is_not_given_to_an_account(bea: Client, teams: Teams) -> None:
    eigen = teams.joost.professional_id
    data = velden(teams.joost, professional=str(teams.karin.professional_id))
    assert bea.post(pagina(teams.joost), data).status_code == 200
    assert bea.post(adres("medewerker", "add/"), nieuw(teams, professional=str(eigen))).status_code == 200
    assert Medewerker.objects.get(pk=teams.joost.pk).professional_id == eigen
    assert not Medewerker.objects.filter(naam="Nina Nieuw").exists()


# What a beheerder does, and what is written of it


def test_every_deed_leaves_a_line_with_names_of_fields_and_no_name_of_a_person(bea: Client, teams: Teams) -> None:
    eerste = Logregel.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    bea.post(pagina(teams.joost), velden(teams.joost, naam="Joost Ander"))
    bea.post(adres("lidmaatschap", "add/"), lidmaatschap(teams.joost, teams.noord))
    bea.post(adres("organisatie", f"{teams.noord.organisatie_id}/change/"), organisatie(bewaarbeleid="dossier"))
    lid = Lidmaatschap.objects.get(medewerker=teams.joost, rol="coordinator")
    bea.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": [str(lid.pk)]})
    regels = Logregel.objects.filter(pk__gt=eerste).order_by("pk")
    assert [(regel.daad, regel.object_soort, regel.object_id, regel.velden) for regel in regels] == [
        ("wijzigde_in_beheer", "medewerker", str(teams.joost.pk), ["naam"]),
        ("voegde_toe_in_beheer", "lidmaatschap", str(lid.pk), ["medewerker", "rol", "team", "van"]),
        ("wijzigde_in_beheer", "organisatie", str(teams.noord.organisatie_id), ["bewaarbeleid", "hoort_bij_hulp"]),
        ("beeindigde_lidmaatschap", "lidmaatschap", str(lid.pk), ["tot"]),
    ]
    assert {regel.medewerker_id for regel in regels} == {teams.bea.pk}
    assert all(regel.request_id and regel.bron for regel in regels)
    # Django's own log would keep names for ever.
    assert not LogEntry.objects.exists()


def organisatie(**anders: str) -> dict[str, str]:
    return {"naam": "Wijkteam Hengelo-Noord", "crisisnummer": "085-0000 999", "herinnering_dagen": "7",
            "link_dagen": "14", "najaag_dagen": "3, 7", "mail_van": "08:00", "mail_tot": "18:00",
            **anders}  # fmt: skip


def test_saving_without_a_change_writes_no_line(bea: Client, teams: Teams) -> None:
    aantal = Logregel.objects.count()
    assert bea.post(pagina(teams.joost), velden(teams.joost)).status_code == 302
    assert Logregel.objects.count() == aantal


def test_a_beheerder_chooses_how_long_to_keep_and_reads_both_terms(bea: Client, teams: Teams) -> None:
    plek = adres("organisatie", f"{teams.noord.organisatie_id}/change/")
    tekst = bea.get(plek).content.decode()
    for woorden in ("20 jaar na het afsluiten", "Jeugdwet", "alleen is gebruikt om samen te werken", "geen standaard"):
        assert woorden in tekst
    assert bea.post(plek, organisatie(bewaarbeleid="kort", bewaar_maanden="18", hoort_bij_hulp="on")).status_code == 302
    gekozen = Organisatie.objects.get(pk=teams.noord.organisatie_id)
    assert (gekozen.bewaarbeleid, gekozen.bewaar_maanden, gekozen.hoort_bij_hulp) == ("kort", 18, True)


def test_a_beheerder_chooses_when_reminders_go_and_whether_a_code_is_always_asked(bea: Client, teams: Teams) -> None:
    plek = adres("organisatie", f"{teams.noord.organisatie_id}/change/")
    tekst = bea.get(plek).content.decode()
    for woorden in ('value="3, 7"', 'value="08:00"', 'value="18:00"', "weer een mail", "krijgt eerst een code"):
        assert woorden in tekst
    data = organisatie(najaag_dagen="2 ,5, 10", mail_van="09:30", mail_tot="16:00", code_altijd="on")
    assert bea.post(plek, data).status_code == 302
    gekozen = Organisatie.objects.get(pk=teams.noord.organisatie_id)
    assert gekozen.najaag_dagen == [2, 5, 10]
    assert (gekozen.mail_van, gekozen.mail_tot, gekozen.code_altijd) == (time(9, 30), time(16), True)
    regel = Logregel.objects.latest("pk")
    assert regel.velden == ["code_altijd", "hoort_bij_hulp", "mail_tot", "mail_van", "najaag_dagen"]


@pytest.mark.parametrize(
    ("data", "zin"),
    [
        ({"najaag_dagen": "drie"}, "alleen getallen"),
        ({"najaag_dagen": "3; 7"}, "alleen getallen"),
        ({"najaag_dagen": "0, 3"}, "van 1 tot en met 60"),
        ({"najaag_dagen": "3, 61"}, "van 1 tot en met 60"),
        ({"najaag_dagen": "7, 3"}, "Begin met het kleinste getal"),
        ({"najaag_dagen": "3, 3"}, "Begin met het kleinste getal"),
        ({"najaag_dagen": "1, 2, 3, 4, 5, 6"}, "één tot en met vijf"),
        ({"najaag_dagen": " , "}, "één tot en met vijf"),
        ({"najaag_dagen": ""}, "verplicht"),
        ({"mail_van": "18:00", "mail_tot": "08:00"}, "vroeger dan de eerste"),
        ({"mail_van": "acht uur"}, "geldige tijd"),
    ],
)
def test_terms_of_reminders_that_cannot_be_are_told_in_words(
    bea: Client, teams: Teams, data: dict[str, str], zin: str
) -> None:
    antwoord = bea.post(adres("organisatie", f"{teams.noord.organisatie_id}/change/"), organisatie(**data))
    assert antwoord.status_code == 200
    tekst = antwoord.content.decode()
    assert zin in tekst
    for getypt in data.values():
        assert f'value="{getypt}"' in tekst or not getypt
    gebleven = Organisatie.objects.get(pk=teams.noord.organisatie_id)
    assert (gebleven.najaag_dagen, gebleven.mail_van) == ([3, 7], time(8))


# Showing again who you are


def test_a_form_asks_who_you_are_before_anything_is_typed(teams: Teams) -> None:
    browser = ingelogd(Client(), teams.bea, geleden=timedelta(minutes=11))
    assert browser.get(adres("medewerker")).status_code == 200
    for plek in (adres("medewerker", "add/"), pagina(teams.joost)):
        assert browser.get(plek)["Location"] == f"/account/opnieuw/?next={plek.replace('/', '%2F')}"


def test_what_was_typed_is_saved_after_showing_again_who_you_are(teams: Teams) -> None:
    browser = ingelogd(Client(), teams.bea, geleden=timedelta(minutes=11))
    antwoord = browser.post(pagina(teams.joost), velden(teams.joost, naam="Joost Ander"))
    assert antwoord["Location"].startswith("/account/opnieuw/")
    assert Medewerker.objects.get(pk=teams.joost.pk).naam == "Joost ten Hove"
    browser.post(antwoord["Location"], {"password": cast.WACHTWOORD})
    assert Medewerker.objects.get(pk=teams.joost.pk).naam == "Joost Ander"


def test_an_action_on_a_list_asks_it_too(teams: Teams) -> None:
    browser = ingelogd(Client(), teams.bea, geleden=timedelta(minutes=11))
    lid = Lidmaatschap.objects.get(medewerker=teams.joost)
    antwoord = browser.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": [str(lid.pk)]})
    assert antwoord["Location"].startswith("/account/opnieuw/")
    assert Lidmaatschap.objects.get(pk=lid.pk).tot is None


# The functions themselves


def test_the_clock_manages_nothing_and_the_operator_everything(teams: Teams) -> None:
    assert not beheerrechten.mag_beheren(klok())
    assert not beheerrechten.organisaties_te_beheren(klok()).exists()
    assert beheerrechten.organisaties_te_beheren(operator()).count() == 2
    assert beheerrechten.mag_account_wijzigen(operator(), teams.karin)
