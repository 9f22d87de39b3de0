"""/beheer/: accounts and organisations, never a casus; what was, stays."""

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client
from django.utils import timezone

from casussen.models import Handreiking, Lidmaatschap, Medewerker, Organisatie, Professional, Team
from casussen.models.organisatie import TeamRol
from tests.accounts import ingelogd
from tests.cast import WACHTWOORD, Kuipers, Teams

MODELLEN = {"organisatie", "team", "medewerker", "lidmaatschap", "professional", "handreiking"}


@pytest.fixture
def beheer(client: Client, teams: Teams) -> Client:
    """A browser in which Bea is signed in, who may do everything in /beheer/."""
    teams.bea.is_superuser = True
    teams.bea.save()
    ingelogd(client, teams.bea)
    return client


def adres(model: str, rest: str = "") -> str:
    return f"/beheer/casussen/{model}/{rest}"


def test_only_the_six_lists_are_there() -> None:
    assert {model._meta.model_name for model in admin.site._registry} == MODELLEN


@pytest.mark.parametrize("model", sorted(MODELLEN))
def test_every_list_and_every_record_opens_and_nothing_can_be_removed(beheer: Client, model: str) -> None:
    soort = next(m for m in admin.site._registry if m._meta.model_name == model)
    record = soort._default_manager.first()
    assert record is not None
    assert beheer.get(adres(model), {"q": "a"} if model != "handreiking" else {}).status_code == 200
    assert beheer.get(adres(model, f"{record.pk}/change/")).status_code == 200
    assert beheer.get(adres(model, f"{record.pk}/delete/")).status_code == 403
    alles = beheer.post(
        adres(model), {"action": "delete_selected", "_selected_action": [str(record.pk)], "post": "yes"}
    )
    assert alles.status_code in (200, 302)
    assert soort._default_manager.filter(pk=record.pk).exists()


def test_nothing_of_a_family_is_on_any_page(beheer: Client, kuipers: Kuipers) -> None:
    paginas = ["/beheer/", *(adres(model) for model in MODELLEN)]
    paginas += [
        adres("medewerker", f"{kuipers.teams.sanne.pk}/change/"),
        adres("team", f"{kuipers.teams.noord.pk}/change/"),
    ]
    ilse = kuipers.ilse.professional_id
    paginas.append(adres("professional", f"{ilse}/change/"))
    for pagina in paginas:
        assert "Kuipers" not in beheer.get(pagina).content.decode()
    assert beheer.get("/beheer/casussen/casus/").status_code == 404


def test_without_the_role_nobody_comes_in(client: Client, teams: Teams) -> None:
    assert client.get("/beheer/", follow=True).redirect_chain[-1][0].startswith("/inloggen/?next=")
    client.force_login(teams.sanne)
    for pagina in ("/beheer/", adres("medewerker")):
        assert client.get(pagina, follow=True).status_code == 403


def lidmaatschap(beheer: Client, mens: Medewerker, team: Team, van: str, tot: str = "", rol: str = "teamlid") -> str:
    antwoord = beheer.post(
        adres("lidmaatschap", "add/"), {"medewerker": mens.pk, "team": team.pk, "rol": rol, "van": van, "tot": tot}
    )
    return "" if antwoord.status_code == 302 else antwoord.content.decode()


def test_a_membership_begins(beheer: Client, teams: Teams) -> None:
    assert lidmaatschap(beheer, teams.karin, teams.noord, "2026-02-01") == ""
    assert Lidmaatschap.objects.get(medewerker=teams.karin, team=teams.noord).van == date(2026, 2, 1)


def test_a_membership_that_cannot_be_is_told_so(beheer: Client, teams: Teams) -> None:
    assert "eerder dan de eerste dag" in lidmaatschap(beheer, teams.karin, teams.noord, "2026-02-01", "2026-01-01")
    assert "heeft deze rol in dit team al" in lidmaatschap(beheer, teams.joost, teams.noord, "2026-02-01")


def test_of_a_membership_only_the_last_day_changes(beheer: Client, teams: Teams) -> None:
    lid = Lidmaatschap.objects.get(medewerker=teams.joost)
    data = {"medewerker": teams.karin.pk, "team": teams.zuid.pk, "rol": "coordinator", "van": "2020-01-01"}
    beheer.post(adres("lidmaatschap", f"{lid.pk}/change/"), {**data, "tot": "2026-12-31"})
    lid.refresh_from_db()
    assert (lid.medewerker, lid.team, lid.rol) == (teams.joost, teams.noord, TeamRol.TEAMLID)
    assert (lid.van, lid.tot) == (date(2026, 1, 1), date(2026, 12, 31))


def test_memberships_end_today_all_at_once_but_the_own_one(beheer: Client, teams: Teams) -> None:
    Lidmaatschap.objects.filter(medewerker=teams.karin).update(tot=date(2026, 6, 1))
    alle = [str(pk) for pk in Lidmaatschap.objects.values_list("pk", flat=True)]
    antwoord = beheer.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": alle}, follow=True)
    assert "3 lidmaatschappen eindigen vandaag." in antwoord.content.decode()
    eindes = Lidmaatschap.objects.exclude(medewerker__in=[teams.karin, teams.bea]).values_list("tot", flat=True)
    assert set(eindes) == {timezone.localdate()}
    assert Lidmaatschap.objects.get(medewerker=teams.karin).tot == date(2026, 6, 1)
    assert Lidmaatschap.objects.get(medewerker=teams.bea).tot is None


@pytest.mark.parametrize(
    ("model", "data", "zin"),
    [
        ("organisatie", {"naam": "WIJKTEAM hengelo-noord"}, "Deze organisatie staat er al."),
        ("organisatie", {"naam": "Nieuw", "herinnering_dagen": "0"}, "1 tot en met 60 dagen"),
        ("organisatie", {"naam": "Nieuw", "link_dagen": "900"}, "1 tot en met 365 dagen"),
        ("organisatie", {"naam": "Nieuw", "bewaarbeleid": "kort"}, "1 tot en met 240 maanden"),
        ("organisatie", {"naam": "Nieuw", "bewaarbeleid": "dossier", "bewaar_maanden": "9"}, "de maanden dan leeg"),
        ("team", {"naam": "HENGELO-NOORD"}, "heeft al een team met deze naam"),
        ("professional", {"naam": "Sanne", "email": "S.WOLTERS@noord.example"}, "staat al in het adresboek"),
    ],
)
def test_a_rule_of_the_database_is_told_in_words(
    beheer: Client, teams: Teams, model: str, data: dict[str, str], zin: str
) -> None:
    basis = {"herinnering_dagen": "7", "link_dagen": "14", "organisatie": str(teams.noord.organisatie_id)}
    basis |= {"najaag_dagen": "3, 7", "mail_van": "08:00", "mail_tot": "18:00"}
    antwoord = beheer.post(adres(model, "add/"), {**basis, **data})
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()
    assert (Organisatie.objects.count(), Team.objects.count(), Professional.objects.count()) == (2, 2, 5)


def test_a_content_set_can_only_be_read(beheer: Client, teams: Teams) -> None:
    jeugd = Handreiking.objects.get(soort="jeugd")
    assert beheer.get(adres("handreiking", "add/")).status_code == 403
    pagina = adres("handreiking", f"{jeugd.pk}/change/")
    assert "Jeugd" in beheer.get(pagina).content.decode()
    assert beheer.post(pagina, {"soort": "wmo", "nummer": "9"}).status_code == 403


def test_an_empty_site_has_a_way_in(db: None) -> None:
    baas = Medewerker.objects.create_superuser("baas@noord.example", WACHTWOORD, naam="Baas")
    browser = Client()
    ingelogd(browser, baas)
    assert "Organisaties, teams en medewerkers" in browser.get("/beheer/").content.decode()
