"""/beheer/: accounts and organisations, never a casus; what was, stays."""

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from casussen.models import Handreiking, Lidmaatschap, Medewerker, Organisatie, Professional, Team
from casussen.models.organisatie import TeamRol
from tests.cast import WACHTWOORD, Kuipers, Teams

MODELLEN = {"organisatie", "team", "medewerker", "lidmaatschap", "professional", "handreiking"}


@pytest.fixture
def beheer(client: Client, teams: Teams) -> Client:
    """A browser in which Bea is signed in, who may do everything in /beheer/."""
    teams.bea.is_staff = teams.bea.is_superuser = True
    teams.bea.save()
    client.force_login(teams.bea)
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


def test_without_the_right_nobody_comes_in(client: Client, teams: Teams) -> None:
    assert client.get("/beheer/", follow=True).redirect_chain[-1][0].startswith("/inloggen/?next=")
    client.force_login(teams.sanne)
    for pagina in ("/beheer/", adres("medewerker")):
        assert client.get(pagina, follow=True).status_code == 403


def test_a_new_account_gets_its_address_in_small_letters_and_can_sign_in(beheer: Client, client: Client) -> None:
    beheer.post(
        adres("medewerker", "add/"),
        {
            "email": "N.Nieuw@Noord.example",
            "naam": "Nina Nieuw",
            "usable_password": "true",
            "password1": WACHTWOORD,
            "password2": WACHTWOORD,
            "lidmaatschappen-TOTAL_FORMS": "0",
            "lidmaatschappen-INITIAL_FORMS": "0",
        },
    )
    nina = Medewerker.objects.get(naam="Nina Nieuw")
    assert nina.email == "n.nieuw@noord.example"
    assert not nina.is_staff
    assert client.login(email="n.nieuw@noord.example", password=WACHTWOORD)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"email": "S.Wolters@Noord.example"}, "Er is al een medewerker met dit e-mailadres."),
        ({"password1": "kort", "password2": "kort"}, "12"),
        ({"naam": ""}, "verplicht"),
    ],
)
def test_a_wrong_account_is_told_so(beheer: Client, anders: dict[str, str], zin: str) -> None:
    data = {"email": "a@b.example", "naam": "A", "usable_password": "true", "password1": WACHTWOORD}
    antwoord = beheer.post(adres("medewerker", "add/"), {**data, "password2": WACHTWOORD, **anders})
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()


def medewerker_velden(mens: Medewerker, **anders: Any) -> dict[str, Any]:
    aantal = mens.lidmaatschappen.count()
    return {
        "email": mens.email,
        "naam": mens.naam,
        "is_active": "on",
        "lidmaatschappen-TOTAL_FORMS": str(aantal),
        "lidmaatschappen-INITIAL_FORMS": str(aantal),
        **anders,
    }


def test_somebody_who_leaves_can_no_longer_sign_in_but_stays(beheer: Client, teams: Teams) -> None:
    data = medewerker_velden(teams.joost)
    del data["is_active"]
    antwoord = beheer.post(adres("medewerker", f"{teams.joost.pk}/change/"), data)
    assert antwoord.status_code == 302
    assert not Client().login(email=teams.joost.email, password=WACHTWOORD)
    assert Medewerker.objects.filter(pk=teams.joost.pk).exists()


def test_a_password_is_set_on_a_page_of_its_own(beheer: Client, teams: Teams) -> None:
    pagina = adres("medewerker", f"{teams.joost.pk}/password/")
    assert beheer.get(pagina).status_code == 200
    nieuw = "een-ander-lang-wachtwoord"
    data = {"usable_password": "true", "password1": nieuw, "password2": nieuw, "set-password": "1"}
    assert beheer.post(pagina, data).status_code == 302
    teams.joost.refresh_from_db()
    assert teams.joost.check_password(nieuw)


def test_only_who_may_do_everything_gives_that_right_away(client: Client, teams: Teams) -> None:
    teams.bea.is_staff = True
    teams.bea.save()
    for naam in ("change_medewerker", "view_medewerker"):
        teams.bea.user_permissions.add(Permission.objects.get(codename=naam))
    client.force_login(teams.bea)
    data = medewerker_velden(teams.bea, is_superuser="on", is_staff="on")
    antwoord = client.post(adres("medewerker", f"{teams.bea.pk}/change/"), data)
    assert antwoord.status_code == 302
    teams.bea.refresh_from_db()
    assert not teams.bea.is_superuser


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


def test_memberships_end_today_all_at_once(beheer: Client, teams: Teams) -> None:
    Lidmaatschap.objects.filter(medewerker=teams.karin).update(tot=date(2026, 6, 1))
    alle = [str(pk) for pk in Lidmaatschap.objects.values_list("pk", flat=True)]
    antwoord = beheer.post(adres("lidmaatschap"), {"action": "beeindig", "_selected_action": alle}, follow=True)
    assert "4 lidmaatschappen eindigen vandaag." in antwoord.content.decode()
    eindes = set(Lidmaatschap.objects.exclude(medewerker=teams.karin).values_list("tot", flat=True))
    assert eindes == {timezone.localdate()}
    assert Lidmaatschap.objects.get(medewerker=teams.karin).tot == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("model", "data", "zin"),
    [
        ("organisatie", {"naam": "WIJKTEAM hengelo-noord"}, "Deze organisatie staat er al."),
        ("organisatie", {"naam": "Nieuw", "herinnering_dagen": "0"}, "1 tot en met 60 dagen"),
        ("organisatie", {"naam": "Nieuw", "link_dagen": "900"}, "1 tot en met 365 dagen"),
        ("team", {"naam": "HENGELO-NOORD"}, "heeft al een team met deze naam"),
        ("professional", {"naam": "Sanne", "email": "S.WOLTERS@noord.example"}, "staat al in het adresboek"),
    ],
)
def test_a_rule_of_the_database_is_told_in_words(
    beheer: Client, teams: Teams, model: str, data: dict[str, str], zin: str
) -> None:
    basis = {"herinnering_dagen": "7", "link_dagen": "14", "organisatie": str(teams.noord.organisatie_id)}
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
    browser.force_login(baas)
    assert "Organisaties, teams en medewerkers" in browser.get("/beheer/").content.decode()
