"""A new colleague comes in by a link: made by a beheerder, opened once, within a week."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from casussen import actor, berichten
from casussen.acties import uitnodigingen
from casussen.acties.fouten import Geweigerd
from casussen.berichten.uitnodigingen import maak_link
from casussen.models import Bericht, Lidmaatschap, Logregel, Medewerker, Uitnodiging
from casussen.models.bericht import BerichtStatus
from casussen.models.organisatie import TeamRol
from casussen.taal.datums import dag_voluit
from tests import cast
from tests.accounts import ZIN, ingelogd, link_in, log_in
from tests.beheer import adres, als, nieuw, pagina, velden
from tests.cast import Kuipers, Teams
from tests.daden import alles
from tests.taaklink import tekst


@pytest.fixture
def bea(client: Client, teams: Teams) -> Client:
    """A browser of the beheerder."""
    return ingelogd(client, teams.bea)


@pytest.fixture
def nina(bea: Client, teams: Teams) -> Medewerker:
    """Invited by Bea a moment ago."""
    assert bea.post(adres("medewerker", "add/"), nieuw(teams)).status_code == 302
    return Medewerker.objects.get(naam="Nina Nieuw")


def verstuur() -> str:
    """Empties the outbox; out: the path in the last mail."""
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    return link_in(str(mail.outbox[-1].body))


# Inviting


def test_a_beheerder_makes_an_account_without_a_password(nina: Medewerker, teams: Teams) -> None:
    assert nina.email == "n.nieuw@noord.example"
    assert not nina.has_usable_password()
    lid = Lidmaatschap.objects.get(medewerker=nina)
    assert (lid.team, lid.rol, lid.van, lid.tot) == (teams.noord, TeamRol.TEAMLID, timezone.localdate(), None)
    daden = Logregel.objects.filter(medewerker_id=teams.bea.pk).order_by("pk").values_list("daad", flat=True)
    assert list(daden) == ["maakte_account", "gaf_lidmaatschap", "nodigde_uit"]


def test_the_form_has_no_place_for_a_password(bea: Client) -> None:
    formulier = tekst(bea.get(adres("medewerker", "add/")))
    assert 'type="password"' not in formulier
    assert "kiest daarmee zelf een wachtwoord" in formulier


def test_the_mail_says_who_invites_and_names_no_family(bea: Client, kuipers: Kuipers) -> None:
    bea.post(adres("medewerker", "add/"), nieuw(kuipers.teams))
    verstuur()
    brief = mail.outbox[-1]
    assert brief.to == ["n.nieuw@noord.example"]
    assert brief.subject == "Je account bij Wijkteam Hengelo-Noord"
    assert "Dag Nina," in brief.body
    assert "Bea Beheer heeft een account voor je gemaakt bij Wijkteam Hengelo-Noord." in brief.body
    laatste = dag_voluit(timezone.localdate() + timedelta(days=7))
    assert f"Hij werkt tot en met {laatste}." in brief.body
    for woord in ("Kuipers", "Milan", "Bart"):
        assert woord not in brief.subject + str(brief.body)


def test_the_link_stands_in_no_table(nina: Medewerker) -> None:
    token = verstuur().split("/")[2]
    assert len(token) == 32
    assert token not in str(alles(ook_log=True))


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"email": "S.Wolters@Noord.example"}, "Er is al een medewerker met dit e-mailadres."),
        ({"naam": ""}, "verplicht"),
        ({"rol": "baas"}, "geldige keuze"),
        ({"team": ""}, "verplicht"),
    ],
)
def test_a_wrong_account_is_told_so_and_nothing_is_mailed(
    bea: Client, teams: Teams, anders: dict[str, str], zin: str
) -> None:
    antwoord = bea.post(adres("medewerker", "add/"), nieuw(teams, **anders))
    assert antwoord.status_code == 200
    assert zin in tekst(antwoord)
    assert not Medewerker.objects.filter(naam="Nina Nieuw").exists()
    assert not Bericht.objects.exists()


def test_a_team_of_another_organisation_cannot_be_chosen(bea: Client, teams: Teams) -> None:
    assert "Almelo-Zuid" not in tekst(bea.get(adres("medewerker", "add/")))
    antwoord = bea.post(adres("medewerker", "add/"), nieuw(teams, team=str(teams.zuid.pk), rol="coordinator"))
    assert antwoord.status_code == 200
    assert not Medewerker.objects.filter(naam="Nina Nieuw").exists()
    nina = Medewerker(naam="Nina", email="n@noord.example")
    with pytest.raises(PermissionDenied):
        uitnodigingen.nodig_uit(door=cast.deur(teams.bea), medewerker=nina, team=teams.zuid, rol="teamlid")
    assert not Medewerker.objects.filter(naam="Nina").exists()


# Coming in


def test_who_opens_the_link_chooses_a_password_and_signs_in(nina: Medewerker, teams: Teams) -> None:
    plek = verstuur()
    browser = Client()
    tekst_van_pagina = tekst(browser.get(plek))
    assert "Welkom, Nina" in tekst_van_pagina
    assert "Bea Beheer heeft een account voor je gemaakt bij Wijkteam Hengelo-Noord." in tekst_van_pagina
    antwoord = browser.post(plek, {"password": ZIN}, follow=True)
    assert antwoord.redirect_chain == [("/inloggen/", 302)]
    assert "Je wachtwoord is bewaard. Log nu in." in tekst(antwoord)
    assert log_in(browser, nina, ZIN).status_code == 302
    assert browser.get("/casussen/").status_code == 200
    regel = Logregel.objects.get(daad="koos_wachtwoord")
    assert (regel.medewerker_id, regel.object_soort) == (nina.pk, "uitnodiging")


def test_looking_changes_nothing_however_often_a_mail_scanner_does_so(nina: Medewerker) -> None:
    plek = verstuur()
    stand = alles()
    for _keer in range(3):
        assert Client().get(plek).status_code == 200
        assert Client().head(plek).status_code == 200
    assert alles() == stand
    assert Client().post(plek, {"password": ZIN}).status_code == 302


@pytest.mark.parametrize(
    ("wachtwoord", "zin"),
    [
        ("", "Kies een wachtwoord."),
        ("kaas", "12"),
        ("nina nieuw noord", "lijkt te veel op"),
        ("aaaaaaaaaaaaaa", "raden"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason_and_the_link_stays(
    nina: Medewerker, wachtwoord: str, zin: str
) -> None:
    plek = verstuur()
    antwoord = Client().post(plek, {"password": wachtwoord})
    assert antwoord.status_code == 200
    assert zin in tekst(antwoord)
    assert not wachtwoord or wachtwoord not in tekst(antwoord)
    assert not Medewerker.objects.get(pk=nina.pk).has_usable_password()
    assert Client().post(plek, {"password": ZIN}).status_code == 302


def test_whoever_else_was_signed_in_in_this_browser_is_out(nina: Medewerker, teams: Teams) -> None:
    plek = verstuur()
    browser = als(teams.sanne)
    browser.post(plek, {"password": ZIN})
    assert browser.get("/casussen/").status_code == 302
    assert Medewerker.objects.get(pk=teams.sanne.pk).check_password(cast.WACHTWOORD)


# Links that do not open


def verlopen(nina: Medewerker) -> None:
    Uitnodiging.objects.update(geldig_tot=timezone.now() - timedelta(seconds=1))


def gebruikt(nina: Medewerker) -> None:
    Uitnodiging.objects.update(gebruikt_op=timezone.now())


def ingetrokken(nina: Medewerker) -> None:
    Uitnodiging.objects.update(ingetrokken_op=timezone.now())


def mag_niet_meer(nina: Medewerker) -> None:
    Medewerker.objects.filter(pk=nina.pk).update(is_active=False)


def vervangen(nina: Medewerker) -> None:
    maak_link(nina, nu=timezone.now())


@pytest.mark.parametrize("gebeurtenis", [verlopen, gebruikt, ingetrokken, mag_niet_meer, vervangen])
def test_every_link_that_does_not_open_gets_the_same_calm_page(nina: Medewerker, gebeurtenis: object) -> None:
    plek = verstuur()
    assert callable(gebeurtenis)
    gebeurtenis(nina)
    vervalst = Client().get("/uitnodiging/dit-is-nooit-gemaakt/")
    for antwoord in (Client().get(plek), Client().post(plek, {"password": ZIN})):
        assert antwoord.status_code == vervalst.status_code == 410
        assert "Vraag je beheerder om een nieuwe uitnodiging." in tekst(antwoord)
        assert "Nina" not in tekst(antwoord)
    assert not Medewerker.objects.get(pk=nina.pk).has_usable_password()


def test_a_link_works_once(nina: Medewerker) -> None:
    plek = verstuur()
    assert Client().post(plek, {"password": ZIN}).status_code == 302
    assert Client().post(plek, {"password": "een heel ander paard vliegt"}).status_code == 410
    assert Medewerker.objects.get(pk=nina.pk).check_password(ZIN)


def test_somebody_else_cannot_use_it_in_an_actie(nina: Medewerker, teams: Teams) -> None:
    verstuur()
    with pytest.raises(Geweigerd):
        uitnodigingen.kies_wachtwoord(
            door=cast.deur(teams.bea), uitnodiging=Uitnodiging.objects.get(), wachtwoord=ZIN, nu=timezone.now()
        )
    assert not Medewerker.objects.get(pk=nina.pk).has_usable_password()


def test_the_link_opens_a_whole_week(nina: Medewerker) -> None:
    verstuur()
    uitnodiging = Uitnodiging.objects.get()
    assert uitnodiging.is_geldig(timezone.now() + timedelta(days=7))
    assert not uitnodiging.is_geldig(timezone.now() + timedelta(days=8))


# Once more, and not at all


def test_send_again_ends_the_old_link(bea: Client, nina: Medewerker) -> None:
    oud = verstuur()
    antwoord = bea.post(pagina(nina), velden(nina, _nodig_uit="1"), follow=True)
    assert "De oude link werkt niet meer." in tekst(antwoord)
    nieuwe = verstuur()
    assert nieuwe != oud
    assert Client().get(oud).status_code == 410
    assert Client().get(nieuwe).status_code == 200


def test_two_invitations_before_the_mail_leaves_make_one_mail(bea: Client, nina: Medewerker) -> None:
    bea.post(pagina(nina), velden(nina, _nodig_uit="1"))
    verstuur()
    assert len(mail.outbox) == 1
    assert sorted(Bericht.objects.values_list("status", flat=True)) == [
        BerichtStatus.INGETROKKEN,
        BerichtStatus.VERSTUURD,
    ]


def test_revoking_ends_the_link_and_the_mail_that_did_not_leave(bea: Client, nina: Medewerker) -> None:
    antwoord = bea.post(pagina(nina), velden(nina, _trek_in="1"), follow=True)
    assert "De uitnodiging is ingetrokken." in tekst(antwoord)
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    assert mail.outbox == []
    assert Logregel.objects.filter(daad="trok_uitnodiging_in").count() == 1
    nog_eens = bea.post(pagina(nina), velden(nina, _trek_in="1"), follow=True)
    assert "Er is geen uitnodiging meer om in te trekken." in tekst(nog_eens)


def test_a_mended_address_ends_what_went_to_the_old_one(bea: Client, nina: Medewerker) -> None:
    oud = verstuur()
    antwoord = bea.post(pagina(nina), velden(nina, email="nina@noord.example"), follow=True)
    assert "De uitnodiging naar het oude adres werkt niet meer." in tekst(antwoord)
    assert Client().get(oud).status_code == 410
    bea.post(pagina(nina), velden(nina, email="nina@noord.example", _nodig_uit="1"))
    verstuur()
    assert mail.outbox[-1].to == ["nina@noord.example"]


def test_an_invitation_never_replaces_a_password(bea: Client, teams: Teams) -> None:
    antwoord = bea.post(pagina(teams.joost), velden(teams.joost, _nodig_uit="1"), follow=True)
    assert "Deze medewerker heeft al een wachtwoord." in tekst(antwoord)
    assert not Uitnodiging.objects.exists()
    assert "_nodig_uit" not in tekst(bea.get(pagina(teams.joost)))


def test_who_may_not_sign_in_is_not_invited(bea: Client, nina: Medewerker) -> None:
    data = velden(nina, _nodig_uit="1")
    del data["is_active"]
    antwoord = bea.post(pagina(nina), data, follow=True)
    assert "Deze medewerker mag niet inloggen. Er is niets verstuurd." in tekst(antwoord)
    berichten.verstuur_alles(nu=timezone.now() + timedelta(seconds=1))
    assert mail.outbox == []


def test_a_beheerder_elsewhere_invites_nobody_of_ours(nina: Medewerker, teams: Teams) -> None:
    ben = cast.medewerker("Ben Zuidbeheer", "b.zuid@zuid.example", teams.zuid, TeamRol.BEHEERDER)
    assert als(ben).post(pagina(nina), velden(nina, _trek_in="1")).status_code == 404
    for daad in (uitnodigingen.stuur_uitnodiging, uitnodigingen.trek_uitnodiging_in, uitnodigingen.vergeet_oud_adres):
        for door in (cast.deur(ben), cast.deur(teams.sanne), cast.deur(nina), actor.klok()):
            with pytest.raises(PermissionDenied), transaction.atomic():
                daad(door=door, medewerker=nina)
    assert Uitnodiging.objects.get().is_open


def test_of_one_person_one_invitation_is_open(nina: Medewerker, teams: Teams) -> None:
    with pytest.raises(IntegrityError, match="uitnodiging_een_open"), transaction.atomic():
        Uitnodiging.objects.create(medewerker=nina, organisatie=teams.noord.organisatie)
    with pytest.raises(IntegrityError, match="uitnodiging_link_met_einde"), transaction.atomic():
        Uitnodiging.objects.update(token_hash="x")


def test_the_list_says_how_everybody_comes_in(bea: Client, nina: Medewerker) -> None:
    def lijst() -> str:
        return tekst(bea.get(adres("medewerker")))

    assert "de mail met de uitnodiging gaat zo weg" in lijst()
    Bericht.objects.update(status=BerichtStatus.MISLUKT)
    assert "de mail kwam niet aan" in lijst()
    Bericht.objects.update(status=BerichtStatus.KLAAR)
    plek = verstuur()
    assert "uitgenodigd. De link werkt tot en met" in lijst()
    Uitnodiging.objects.update(geldig_tot=timezone.now() - timedelta(days=1))
    assert "de uitnodiging is verlopen" in lijst()
    bea.post(pagina(nina), velden(nina, _trek_in="1"))
    assert "er is geen uitnodiging" in lijst()
    assert Client().get(plek).status_code == 410
    assert "Met een eigen wachtwoord." in lijst()
