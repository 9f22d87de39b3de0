"""The same page for who has an account: one person, whichever door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import deelnemers, uitnodigingen, werkaccount
from casussen.acties.vaststellen import stel_vast
from casussen.models import Deelnemer, Draad, Logregel, Medewerker, Professional, Reactie, Team
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.accounts import ZIN
from tests.cast import Kuipers
from tests.taakgezinnen import nog_een_gezin
from tests.taaklink import antwoord, binnen, tekst


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def ruben(vast: Kuipers) -> Medewerker:
    """Ruben has an account in his own organisation, without a family there."""
    return _account(vast)


def _account(k: Kuipers) -> Medewerker:
    linde = Team.objects.create(organisatie=Professional.objects.get(naam="Ruben Assink").organisatie, naam="De Linde")
    mens = Medewerker.objects.create_user(
        "r.assink@delinde.example", cast.WACHTWOORD, naam="Ruben Assink", professional=k.ruben.professional
    )
    mens.lidmaatschappen.create(team=linde, rol=TeamRol.TEAMLID, van=timezone.localdate())
    return mens


def test_what_he_answers_behind_the_link_stands_in_the_account(
    client: Client, vast: Kuipers, ruben: Medewerker
) -> None:
    pad = f"/t/{binnen(client, vast.ruben)}/"
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    thuis = Client()
    thuis.force_login(ruben)
    pagina = tekst(thuis.get("/mijn/"))
    assert "Hoe laat?" in pagina
    assert "Gezin Kuipers" in pagina
    antwoord(thuis, "/mijn/", vast.belt_zondag, "akkoord")
    assert "Je zei ja. Dank je wel." in tekst(client.get(pad))
    reactie = Reactie.objects.get(afspraak=vast.belt_zondag)
    assert (reactie.deelnemer, reactie.soort) == (vast.ruben, "akkoord")
    assert Draad.objects.get().afgerond_op is not None
    namen = Logregel.objects.filter(daad="reageerde").order_by("pk").values_list("actor_id", "medewerker_id")
    assert list(namen) == [(vast.ruben.pk, None), (None, ruben.pk)]


def test_what_he_says_in_the_account_stands_behind_the_link(client: Client, vast: Kuipers, ruben: Medewerker) -> None:
    client.force_login(ruben)
    deel = vast.ruben.pk
    client.post(f"/mijn/deel/{deel}/rol/", {"tekst": "Ik ben geen mentor."})
    client.post(f"/mijn/afspraak/{vast.belt_zondag.pk}/gedaan/", {"inhoud_versie": 1, "wat": "gedaan"})
    client.post("/mijn/mail/", {"ritme": "week"})
    buiten = Client()
    pagina = tekst(buiten.get(f"/t/{binnen(buiten, vast.ruben)}/"))
    assert "Ik ben geen mentor." in pagina
    assert "Gedaan, zei je op" in pagina
    assert Professional.objects.get(deelnames=vast.ruben).mailritme == "week"


def test_the_page_of_an_account_keeps_its_protection_against_other_sites(vast: Kuipers, ruben: Medewerker) -> None:
    streng = Client(enforce_csrf_checks=True)
    streng.force_login(ruben)
    assert antwoord(streng, "/mijn/", vast.belt_zondag, "akkoord").status_code == 403
    assert "csrfmiddlewaretoken" in tekst(streng.get("/mijn/"))
    assert not Reactie.objects.filter(afspraak=vast.belt_zondag).exists()


def test_whoever_takes_part_nowhere_finds_a_calm_page_and_nothing_of_another(client: Client, vast: Kuipers) -> None:
    client.force_login(vast.teams.karin)
    pagina = tekst(client.get("/mijn/"))
    assert "Er staat nog niets voor je klaar." in pagina
    assert "Mijn afspraken" not in pagina
    assert "Kuipers" not in pagina
    assert antwoord(client, "/mijn/", vast.belt_zondag, "akkoord").status_code == 404
    assert client.post("/mijn/mail/", {"ritme": "week"}).status_code in (302, 404)


def test_words_of_who_was_taken_off_meanwhile_stay_on_the_page_of_the_account(
    client: Client, vast: Kuipers, ruben: Medewerker
) -> None:
    nog_een_gezin(vast, "Gezin Bos")
    client.force_login(ruben)
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=timezone.now())
    na = client.post(f"/mijn/deel/{vast.ruben.pk}/rol/", {"tekst": "Ik ben geen mentor."})
    assert na.status_code == 404
    assert "Kuipers" not in tekst(na)


# On the own start page ----------------------------------------------------------------------------


def test_for_who_has_no_families_of_his_own_it_is_the_first_thing(
    client: Client, vast: Kuipers, ruben: Medewerker
) -> None:
    client.force_login(ruben)
    pagina = tekst(client.get("/casussen/"))
    assert pagina.index("Jouw afspraken bij andere gezinnen") < pagina.index('id="vandaag"')
    assert "1 vraag wacht op jouw antwoord" in pagina
    assert 'href="/mijn/"' in pagina
    assert "Kuipers" not in pagina
    antwoord(client, "/mijn/", vast.belt_zondag, "akkoord")
    assert "Je hebt overal op geantwoord" in tekst(client.get("/casussen/"))


def test_whoever_works_with_no_family_at_all_sees_it_too(client: Client, vast: Kuipers, ruben: Medewerker) -> None:
    ruben.lidmaatschappen.update(rol=TeamRol.BUREAUDIENST)
    client.force_login(ruben)
    pagina = tekst(client.get("/casussen/"))
    assert pagina.index("Jouw afspraken bij andere gezinnen") < pagina.index("Jouw account hoort niet bij")


def test_the_families_of_the_own_team_stand_in_the_list_and_not_there(client: Client, vast: Kuipers) -> None:
    client.force_login(vast.teams.sanne)
    pagina = tekst(client.get("/casussen/"))
    assert "Jouw afspraken bij andere gezinnen" not in pagina
    assert "Mijn afspraken" in pagina
    assert "Ik praat Esra bij." in tekst(client.get("/mijn/"))


# One person ---------------------------------------------------------------------------------------


def _nodig_uit(k: Kuipers, email: str) -> Medewerker:
    bea = cast.deur(k.teams.bea)
    mens = Medewerker(email=email.lower(), naam="Ruben Assink")
    uitnodigingen.nodig_uit(door=bea, medewerker=mens, team=k.teams.noord, rol=TeamRol.TEAMLID)
    return mens


def _kies_wachtwoord(mens: Medewerker) -> Medewerker:
    """The invited person uses the link from the mail."""
    uitnodiging = mens.uitnodigingen.get()
    nu = timezone.now()
    mens.uitnodigingen.update(token_hash="x", geldig_tot=nu + timedelta(days=7))
    door = cast.deur(mens)
    uitnodigingen.kies_wachtwoord(door=door, uitnodiging=uitnodiging, wachtwoord=ZIN, nu=nu)
    return Medewerker.objects.get(pk=mens.pk)


@pytest.mark.parametrize("adres", ["r.assink@delinde.example", "R.Assink@DeLinde.example"])
def test_whoever_is_invited_by_an_address_of_the_address_book_is_that_person(vast: Kuipers, adres: str) -> None:
    Professional.objects.filter(deelnames=vast.ruben).update(email=adres)
    mens = _nodig_uit(vast, "r.assink@delinde.example")
    assert mens.professional is None  # anybody can type an address
    assert _kies_wachtwoord(mens).professional == vast.ruben.professional
    assert Professional.objects.filter(email__iexact=adres).count() == 1
    assert Logregel.objects.filter(daad="verbond_account", object_id=str(mens.pk)).count() == 1


def test_a_work_account_with_that_address_is_that_person(vast: Kuipers) -> None:
    mens = Medewerker.objects.create_user("r.assink@delinde.example", None, naam="Ruben Assink")
    werkaccount.koppel(door=cast.deur(mens), medewerker=mens, aanbieder="x", uid="1")
    assert Medewerker.objects.get(pk=mens.pk).professional == vast.ruben.professional


def test_an_account_that_is_somebody_already_stays_who_it_is(vast: Kuipers, ruben: Medewerker) -> None:
    assert vast.ilse.professional is not None
    ander = Medewerker.objects.create_user("i.ander@x.example", None, naam="I", professional=vast.ilse.professional)
    Medewerker.objects.filter(pk=ander.pk).update(email=vast.amrita.email)
    ander.refresh_from_db()
    werkaccount.koppel(door=cast.deur(ander), medewerker=ander, aanbieder="x", uid="2")
    assert Medewerker.objects.get(pk=ander.pk).professional == vast.ilse.professional


@pytest.mark.parametrize(("organisatie", "verbonden"), [("Wijkteam Almelo-Zuid", True), ("Iets anders", False)])
def test_a_colleague_who_enters_the_address_book_later_is_the_same_person(
    vast: Kuipers, organisatie: str, verbonden: bool
) -> None:
    mens = Medewerker.objects.create_user("z.zuid@zuid.example", cast.WACHTWOORD, naam="Zoë Zuid")
    mens.lidmaatschappen.create(team=vast.teams.zuid, rol=TeamRol.TEAMLID, van=timezone.localdate())
    professional = deelnemers.zet_in_adresboek(
        door=vast.door, naam="Zoë Zuid", functie="", organisatie=organisatie, email="Z.Zuid@zuid.example", telefoon=""
    )
    deelnemers.voeg_professional_toe(door=vast.door, casus=vast.casus, pk=uuid4(), professional=professional)
    mens.refresh_from_db()
    assert (mens.professional == professional) is verbonden
