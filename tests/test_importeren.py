"""Importing a family: everything or nothing, never twice, and whatever is in the file."""

from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casussen.acties.fouten import Geweigerd
from casussen.acties.importeren import importeer, zoek_team
from casussen.actor import ActorSoort
from casussen.invoer import InvoerFout
from casussen.models import (
    Bericht,
    Casus,
    Gezinslid,
    Handreiking,
    Lidmaatschap,
    Logregel,
    Organisatie,
    Professional,
    Team,
)
from casussen.models.basis import VoorGezin
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.cast import Teams
from tests.gezinsbestand import DEMO, KLEIN, VANDAAG, schrijf


def haal_in(map_: Path, tekst: str, team: Team, *, vaststellen: bool = False) -> Casus:
    pad = schrijf(map_, tekst)
    return importeer(pad=pad, team=team, vaststellen=vaststellen, vandaag=timezone.localdate()).casus


# In the database


def test_an_import_makes_the_whole_family(tmp_path: Path, teams: Teams) -> None:
    casus = haal_in(tmp_path, KLEIN, teams.noord)
    bo, kim = casus.gezinsleden.all()
    assert (bo.geboren, kim.krijgt_mail, kim.gezag, bo.gezag) == (date(2014, 2, 3), True, True, None)
    oma = casus.deelnemers.get(netwerklid__naam="Oma Riet")
    assert oma.waarvoor == "past op"
    ab = casus.deelnemers.get(professional__naam="Ab Buis")
    assert (ab.functie, ab.organisatie, ab.waarvoor) == ("mentor", "School", "school")
    sanne = casus.deelnemers.get(professional=teams.sanne.professional)
    assert (sanne.dagen, sanne.uren_van) == ([1, 2, 3, 4], time(9))
    assert casus.antwoorden.get().tekst == "Bo slaapt slecht."
    afspraak = casus.afspraken.get()
    assert (afspraak.eigenaar, afspraak.wat, afspraak.wanneer) == (ab, "Ik bel Kim.", "elke week")
    assert (afspraak.voor_gezin, list(afspraak.gekozen_gezinsleden.all())) == (VoorGezin.GEKOZEN, [kim])
    evaluatie = casus.evaluaties.get()
    assert (evaluatie.waar, evaluatie.uitnodiger) == ("thuis", sanne)
    assert evaluatie.datum > timezone.localdate()
    assert not casus.vaststellingen.exists()


def test_the_import_is_logged_as_done_on_the_server_and_the_yes_as_the_coordinators(
    tmp_path: Path, teams: Teams
) -> None:
    casus = haal_in(tmp_path, KLEIN, teams.noord, vaststellen=True)
    regels = Logregel.objects.filter(casus_id=casus.pk)
    assert regels.get(daad="begon").actor_soort == ActorSoort.OPERATOR
    assert regels.get(daad="maakte_afspraak").medewerker_id is None
    assert set(regels.filter(daad="aanvaardde").values_list("medewerker_id", flat=True)) == {teams.sanne.pk}
    assert regels.get(daad="stelde_vast").medewerker_id == teams.sanne.pk


def test_the_regie_of_the_coordinator_is_accepted_and_of_somebody_else_asked(tmp_path: Path, teams: Teams) -> None:
    casus = haal_in(tmp_path, KLEIN, teams.noord)
    assert casus.coordinator == teams.sanne
    assert casus.regie.get(functie="regievoerder").aanvaard_op is not None
    ander = KLEIN.replace("Gezin Klein", "Gezin Anders").replace("rol: regievoerder", "rol: coach")
    casus = haal_in(tmp_path, ander.replace("rol: school", "rol: regievoerder"), teams.noord)
    assert casus.coordinator == teams.sanne
    assert casus.regie.get(functie="regievoerder").aanvaard_op is None


@pytest.mark.parametrize(("rol", "naam"), [("school", "Sanne Wolters"), ("eerste aanspreekpunt", "Ab Buis")])
def test_who_has_the_regie_is_the_first_contact_unless_the_file_names_somebody(
    tmp_path: Path, teams: Teams, rol: str, naam: str
) -> None:
    casus = haal_in(tmp_path, KLEIN.replace("rol: school", f"rol: {rol}"), teams.noord)
    assert casus.regie.get(functie="aanspreekpunt").deelnemer.naam == naam
    assert casus.regie.count() == 2


def test_the_coordinator_with_the_regie_becomes_the_coordinator_of_the_casus(tmp_path: Path, teams: Teams) -> None:
    nieuw = cast.medewerker("Ab Buis", "a.buis@school.example", teams.noord, TeamRol.COORDINATOR)
    ander = KLEIN.replace("rol: regievoerder", "rol: coach").replace("rol: school", "rol: regievoerder")
    casus = haal_in(tmp_path, ander, teams.noord, vaststellen=True)
    assert casus.coordinator == nieuw
    assert casus.vaststellingen.get().door == nieuw


def test_a_team_without_coordinator_is_told_so_and_nothing_is_kept(tmp_path: Path, teams: Teams) -> None:
    Lidmaatschap.objects.filter(team=teams.noord, rol=TeamRol.COORDINATOR).update(tot=date(2026, 1, 2))
    with pytest.raises(Geweigerd, match="geen coördinator"):
        haal_in(tmp_path, KLEIN, teams.noord)
    assert not Casus.objects.exists()
    assert not Professional.objects.filter(naam="Ab Buis").exists()


def test_fixing_mails_everyone_but_the_coordinator(tmp_path: Path, teams: Teams) -> None:
    casus = haal_in(tmp_path, KLEIN, teams.noord, vaststellen=True)
    versie = casus.vaststellingen.get()
    assert [afspraak["wat"] for afspraak in versie.inhoud["afspraken"]] == ["Ik bel Kim."]
    ontvangers = {str(bericht.ontvanger.naam) for bericht in Bericht.objects.all()}
    assert ontvangers == {"Ab Buis", "Kim Klein"}


def test_what_cannot_be_fixed_is_not_imported_either(tmp_path: Path, teams: Teams) -> None:
    zonder = KLEIN.replace("evaluatie: {over_weken: 5, waar: thuis, uitnodiger: Sanne Wolters}\n", "")
    with pytest.raises(Geweigerd, match="Vaststellen kan nog niet"):
        haal_in(tmp_path, zonder, teams.noord, vaststellen=True)
    assert not Casus.objects.exists()
    assert haal_in(tmp_path, zonder, teams.noord).evaluaties.count() == 0


def test_a_second_import_leaves_the_family_alone(tmp_path: Path, teams: Teams) -> None:
    casus = haal_in(tmp_path, KLEIN, teams.noord)
    Gezinslid.objects.filter(naam="Bo Klein").update(naam="Bo de Klein")
    pad = schrijf(tmp_path, KLEIN.replace("Bo slaapt slecht.", "Iets anders."))
    tweede = importeer(pad=pad, team=teams.noord, vaststellen=True, vandaag=timezone.localdate())
    assert (tweede.casus, tweede.nieuw) == (casus, False)
    assert Casus.objects.count() == 1
    assert casus.antwoorden.get().tekst == "Bo slaapt slecht."
    assert not casus.vaststellingen.exists()


def test_the_same_name_in_another_team_or_another_kind_is_another_family(tmp_path: Path, teams: Teams) -> None:
    eerste = haal_in(tmp_path, KLEIN, teams.noord)
    assert haal_in(tmp_path, KLEIN, teams.zuid) != eerste
    wmo = "soort: wmo\nnaam: Gezin Klein\n"
    assert haal_in(tmp_path, wmo, teams.noord) != eerste


def test_an_address_of_somebody_else_in_the_address_book_is_refused(tmp_path: Path, teams: Teams) -> None:
    school = Organisatie.objects.create(naam="School")
    Professional.objects.create(naam="Ria Rood", organisatie=school, email="A.Buis@School.example")
    with pytest.raises(InvoerFout, match=r'Regel 14, professional 2, veld "email": .* van Ria Rood'):
        haal_in(tmp_path, KLEIN, teams.noord)
    assert not Casus.objects.exists()


def test_the_address_book_keeps_its_number_and_the_family_gets_the_one_of_the_file(
    tmp_path: Path, teams: Teams
) -> None:
    tekst = KLEIN.replace("rol: regievoerder", "rol: regievoerder\n    telefoon: 06-0000 0999")
    casus = haal_in(tmp_path, tekst, teams.noord)
    sanne = casus.deelnemers.get(professional=teams.sanne.professional)
    assert sanne.belnummer == "06-0000 0999"
    assert Professional.objects.get(naam="Sanne Wolters").telefoon == "085-0000 011"


def test_agreements_of_family_and_for_helpers_only_are_kept(tmp_path: Path, teams: Teams) -> None:
    tekst = KLEIN.replace(
        "evaluatie:",
        "  - {wie: Kim Klein, wat: Ik zeg het., zichtbaar: professionals}\n"
        "  - {wie: Oma Riet, wat: Ik pas op.}\nevaluatie:",
    )
    casus = haal_in(tmp_path, tekst, teams.noord)
    van_kim = casus.afspraken.get(wat="Ik zeg het.")
    assert (van_kim.eigenaar.naam, van_kim.voor_gezin, van_kim.voor_professionals) == (
        "Kim Klein",
        VoorGezin.NIEMAND,
        True,
    )
    van_oma = casus.afspraken.get(wat="Ik pas op.")
    assert (van_oma.voor_gezin, van_oma.voor_professionals) == (VoorGezin.IEDEREEN, True)


def test_a_casus_gets_the_newest_questions(tmp_path: Path, teams: Teams) -> None:
    oud = Handreiking.objects.get(soort="jeugd")
    nieuw = Handreiking.objects.create(
        soort="jeugd", nummer=oud.nummer + 1, gegevens={**oud.gegevens, "versie": oud.nummer + 1}, vingerafdruk="x"
    )
    assert haal_in(tmp_path, KLEIN, teams.noord).handreiking == nieuw


# Which team


def test_a_team_is_found_by_its_name_or_its_organisation(teams: Teams) -> None:
    assert zoek_team("hengelo-noord") == teams.noord
    assert zoek_team("Wijkteam Almelo-Zuid") == teams.zuid


def test_a_team_that_is_unknown_or_not_the_only_one_is_refused(teams: Teams) -> None:
    with pytest.raises(Geweigerd, match=r"geen team of organisatie “West”\. Wel: Almelo-Zuid, Hengelo-Noord"):
        zoek_team("West")
    Team.objects.create(organisatie=teams.noord.organisatie, naam="Noord 2")
    with pytest.raises(Geweigerd, match="past bij meer teams"):
        zoek_team("Wijkteam Hengelo-Noord")
    Team.objects.create(organisatie=teams.noord.organisatie, naam="Wijkteam Hengelo-Noord")
    assert zoek_team("Wijkteam Hengelo-Noord").naam == "Wijkteam Hengelo-Noord"


@pytest.mark.django_db
def test_without_any_team_that_is_said() -> None:
    with pytest.raises(Geweigerd, match="nog geen enkel"):
        zoek_team("West")


# The command


def opdracht(*args: str) -> str:
    uit = StringIO()
    call_command("importeer_casus", *args, stdout=uit)
    return uit.getvalue()


def test_the_command_says_what_it_did(tmp_path: Path, teams: Teams) -> None:
    pad = str(schrijf(tmp_path, KLEIN))
    assert opdracht(pad, "--team", "Hengelo-Noord", "--vaststellen") == (
        "Gezin Klein is ingelezen bij team Hengelo-Noord. Versie 1 is vastgesteld.\n"
    )
    assert opdracht(pad, "--team", "Hengelo-Noord") == (
        "Gezin Klein staat al bij team Hengelo-Noord. Er is niets veranderd.\n"
    )
    assert opdracht(pad, "--team", "Almelo-Zuid") == "Gezin Klein is ingelezen bij team Almelo-Zuid.\n"


def test_the_command_ends_with_1_and_every_mistake(tmp_path: Path, teams: Teams) -> None:
    pad = str(schrijf(tmp_path, KLEIN.replace("soort: jeugd", "soort: x").replace("wie: Ab Buis", "wie: Jan")))
    with pytest.raises(CommandError) as gevangen:
        opdracht(pad, "--team", "Hengelo-Noord")
    assert gevangen.value.returncode == 1
    regels = str(gevangen.value).splitlines()
    assert regels[0] == "gezin.yaml is niet ingelezen."
    assert [regel.split(",")[0] for regel in regels[1:]] == ["Regel 1", "Regel 18"]
    with pytest.raises(CommandError, match="geen team"):
        opdracht(pad, "--team", "Nergens")
    assert not Casus.objects.exists()


# Anything at all

STUKJES = ["", " ", ":", "-", "{", "}", "[", "]", '"', "'", "\n", "\t", "*a", "&a ", "!!int ", "|", "#", "\x00", "é",
           "2026-02-30", "ja", "null", "\\", "%", "? ", "<<: ", "9" * 30, "\u2028", "\ud800"]  # fmt: skip


@st.composite
def beschadigd(draw: st.DrawFn) -> bytes:
    """One of the files, with some pieces cut out, put in or doubled."""
    bron = draw(st.sampled_from([KLEIN, *(pad.read_text(encoding="utf-8") for pad in sorted(DEMO.glob("*.yaml")))]))
    for _ in range(draw(st.integers(1, 4))):
        plek = draw(st.integers(0, len(bron)))
        tot = min(len(bron), plek + draw(st.integers(0, 12)))
        erin = draw(st.one_of(st.sampled_from(STUKJES), st.text(max_size=5), st.just(bron[plek:tot] * 2)))
        bron = bron[:plek] + erin + bron[tot:]
    return bron.encode("utf-8", "surrogatepass")


@given(ruw=st.one_of(beschadigd(), st.binary(max_size=200)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_in_the_file_it_is_imported_whole_or_refused_in_words(
    tmp_path: Path, teams: Teams, ruw: bytes
) -> None:
    voor = (Casus.objects.count(), Professional.objects.count(), Organisatie.objects.count(), Logregel.objects.count())
    pad = schrijf(tmp_path, ruw)
    zin = ""
    with transaction.atomic():
        try:
            casus = importeer(pad=pad, team=teams.noord, vaststellen=True, vandaag=VANDAAG).casus
        except (InvoerFout, Geweigerd) as fout:
            zin = str(fout) or "geen uitleg"
        else:
            assert casus.vaststellingen.count() == 1
            transaction.set_rollback(True)
    assert zin != "geen uitleg"
    na = (Casus.objects.count(), Professional.objects.count(), Organisatie.objects.count(), Logregel.objects.count())
    assert na == voor
