"""The content sets and the demo: loaded once, kept as they are, and never outside a demo."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from casussen import inhoud
from casussen.berichten import postvak
from casussen.management.commands.laad_demo import WACHTWOORD
from casussen.models import Bericht, Casus, Handreiking, Lidmaatschap, Logregel, Medewerker, Team, Vaststelling
from casussen.models.basis import VoorGezin
from casussen.models.organisatie import TeamRol
from casussen.models.toestemming import Grond
from casussen.overzicht.dossier import laad

pytestmark = pytest.mark.django_db


def opdracht(naam: str, *args: str | Path, **opties: object) -> str:
    uit = StringIO()
    call_command(naam, *args, stdout=uit, **opties)
    return uit.getvalue()


# laad_inhoud


def test_without_a_file_both_content_sets_are_loaded_once() -> None:
    assert opdracht("laad_inhoud") == "jeugd.yaml: Jeugd 1 geladen.\nwmo.yaml: Wmo 1 geladen.\n"
    assert opdracht("laad_inhoud") == "jeugd.yaml: Jeugd 1 was al geladen.\nwmo.yaml: Wmo 1 was al geladen.\n"
    assert Handreiking.objects.count() == 2
    assert Logregel.objects.filter(daad="laadde_handreiking").count() == 2
    assert Handreiking.objects.get(soort="jeugd").inhoud == inhoud.lees(inhoud.BESTANDEN["jeugd"])


def test_it_can_be_quiet() -> None:
    assert opdracht("laad_inhoud", verbosity=0) == ""
    assert Handreiking.objects.count() == 2


def anders(map_: Path, oud: str, nieuw: str) -> Path:
    pad = map_ / "regio.yaml"
    pad.write_text(inhoud.BESTANDEN["jeugd"].read_text(encoding="utf-8").replace(oud, nieuw, 1), encoding="utf-8")
    return pad


def test_a_changed_file_with_the_same_number_is_refused(tmp_path: Path) -> None:
    opdracht("laad_inhoud", verbosity=0)
    pad = anders(tmp_path, "Wie missen we nog?", "Wie mist er?")
    with pytest.raises(CommandError, match="Versie 1 van jeugd is al geladen, met een andere tekst"):
        opdracht("laad_inhoud", pad)
    assert Handreiking.objects.get(soort="jeugd").inhoud.vraag("wie_mist").tekst == "Wie missen we nog?"


def test_a_higher_number_is_a_new_version_beside_the_old_one(tmp_path: Path) -> None:
    opdracht("laad_inhoud", verbosity=0)
    assert opdracht("laad_inhoud", anders(tmp_path, "versie: 1", "versie: 2")) == "regio.yaml: Jeugd 2 geladen.\n"
    assert list(Handreiking.objects.filter(soort="jeugd").values_list("nummer", flat=True)) == [2, 1]


def test_a_mistake_in_one_file_loads_none(tmp_path: Path) -> None:
    fout = anders(tmp_path, "wie: intake", "wie: iedereen")
    with pytest.raises(CommandError, match=r"regio\.yaml: Regel \d+"):
        opdracht("laad_inhoud", inhoud.BESTANDEN["wmo"], fout)
    assert not Handreiking.objects.exists()


# laad_demo


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> Settings:
    """A site that is a demo, with a mailbox of its own."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "casussen.berichten.postvak.EmailBackend"
    settings.POSTVAK_DIR = tmp_path / "postvak"
    return settings


def test_outside_a_demo_nothing_is_loaded(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="geen demo"):
        opdracht("laad_demo")
    assert not Medewerker.objects.exists()
    assert not Handreiking.objects.exists()


def test_a_developer_gets_the_families_without_mail_leaving(settings: Settings) -> None:
    settings.DEMO, settings.DEBUG = False, True
    opdracht("laad_demo")
    assert Casus.objects.count() == 3
    assert set(Bericht.objects.values_list("status", flat=True)) == {"klaar"}


def test_the_demo_has_three_fixed_families_in_three_teams(demo: Settings) -> None:
    opdracht("laad_demo")
    gezinnen = {casus.naam: (casus.team.naam, casus.coordinator.naam) for casus in Casus.objects.all()}
    assert gezinnen == {
        "Gezin Kuipers": ("Hengelo-Noord", "Sanne Wolters"),
        "Gezin Hassan": ("Almelo-Zuid", "Karin Veldhuis"),
        "Mevrouw Ter Beek": ("Wmo", "Miriam Kok"),
    }
    assert Vaststelling.objects.count() == 3
    assert {team.organisatie.crisisnummer for team in Team.objects.all()} == {"085-0000 999"}
    assert not Casus.objects.filter(regie__functie="regievoerder", regie__aanvaard_op=None).exists()
    # What a file says about who reads what, counts.
    kuipers = Casus.objects.get(naam="Gezin Kuipers")
    bij = kuipers.afspraken.get(wat__startswith="Ik praat Esra")
    assert [lid.naam for lid in bij.gekozen_gezinsleden.all()] == ["Esra Demir"]
    rustig = Casus.objects.get(naam="Gezin Hassan").afspraken.get(wat__contains="rustig van wordt")
    assert (rustig.voor_gezin, rustig.voor_professionals) == (VoorGezin.NIEMAND, True)
    anja = Casus.objects.get(naam="Mevrouw Ter Beek").afspraken.get(wat__startswith="Ik bel Anja")
    assert [lid.naam for lid in anja.gekozen_gezinsleden.all()] == ["Grada ter Beek", "Anja ter Beek"]


def test_one_organisation_in_the_demo_reads_along_with_consent(demo: Settings) -> None:
    opdracht("laad_demo")
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get(naam="Gezin Kuipers")
    per_naam = {rij.organisatie.naam: rij for rij in laad(casus).meelezers}
    club = per_naam["Voetbalclub De Twent"]
    assert (club.grond, club.mag_meelezen) == (Grond.TOESTEMMING, True)
    assert [rij.grond for rij in per_naam.values()].count(Grond.TOESTEMMING) == 1
    assert {rij.gever.naam for rij in casus.toestemmingen.all() if rij.gever} == {
        "Milan Kuipers",
        "Bart Kuipers",
        "Esra Demir",
    }
    assert casus.geinformeerd.filter(organisatie=club.organisatie).count() == 3
    assert "d.bal@vcdetwent.example" in {mail.aan for mail in postvak.alle_mails()}


def test_the_mailbox_is_filled_before_the_first_visitor_comes(demo: Settings) -> None:
    opdracht("laad_demo")
    mails = postvak.alle_mails()
    aan = {mail.aan for mail in mails}
    assert {"i.broekhuis@debrug.example", "bart.kuipers@gezin.example", "anja.terbeek@gezin.example"} <= aan
    # Whoever fixed the version gets no mail about it; no internet, no mail.
    assert not {"s.wolters@wijkteam-noord.example", ""} & aan
    assert set(Bericht.objects.values_list("status", flat=True)) == {"verstuurd"}
    # They are not the one mail of today: what a visitor fixes leaves at once.
    assert not Bericht.objects.filter(meteen=False).exists()
    assert len(mails) == Bericht.objects.count()


def test_every_account_in_the_table_opens_the_door(demo: Settings, client: Client) -> None:
    regels = opdracht("laad_demo").splitlines()
    assert WACHTWOORD in regels[0]
    adressen = [regel.split()[0] for regel in regels[1:]]
    assert adressen == list(Medewerker.objects.order_by("pk").values_list("email", flat=True))
    for adres in adressen:
        assert client.login(email=adres, password=WACHTWOORD)
    beheerder = Medewerker.objects.get(lidmaatschappen__rol=TeamRol.BEHEERDER)
    client.force_login(beheerder)
    assert client.get("/beheer/").status_code == 200
    assert beheerder.email in next(regel for regel in regels if "/beheer/" in regel)


def test_a_second_time_keeps_what_somebody_tried(demo: Settings) -> None:
    eerst = opdracht("laad_demo")
    sanne = Medewerker.objects.get(naam="Sanne Wolters")
    sanne.set_password("iets-heel-anders")
    sanne.save()
    Casus.objects.filter(naam="Gezin Hassan").update(naam="Gezin Hassan-Ali")
    aantal = len(postvak.alle_mails())
    assert opdracht("laad_demo") == eerst
    sanne.refresh_from_db()
    assert sanne.check_password("iets-heel-anders")
    assert set(Casus.objects.values_list("naam", flat=True)) == {
        "Gezin Kuipers",
        "Gezin Hassan-Ali",
        "Mevrouw Ter Beek",
    }
    assert len(postvak.alle_mails()) == aantal
    assert Lidmaatschap.objects.count() == Medewerker.objects.count() == 6
