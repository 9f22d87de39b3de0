"""Importing a family: everything or nothing, every mistake by line and field, never twice."""

from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casussen import inhoud, invoer
from casussen.acties.fouten import Geweigerd
from casussen.acties.importeren import importeer, zoek_team
from casussen.actor import ActorSoort
from casussen.invoer import Fout, Invoer, InvoerFout, lezen
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

DEMO = Path(__file__).parent.parent / "demo" / "casussen"
INHOUD = {str(soort): inhoud.lees(pad) for soort, pad in inhoud.BESTANDEN.items()}
VANDAAG = date(2026, 11, 10)

KLEIN = """\
soort: jeugd
naam: Gezin Klein
gezin:
  - {naam: Bo Klein, relatie: kind, geboren: 2014-02-03}
  - {naam: Kim Klein, relatie: moeder, gezag: ja, email: kim@gezin.example}
netwerk:
  - {naam: Oma Riet, relatie: oma, waarvoor: past op}
professionals:
  - naam: Sanne Wolters
    organisatie: Wijkteam Hengelo-Noord
    email: s.wolters@noord.example
    rol: regievoerder
    bereikbaar: ma t/m do 9-17 uur
  - {naam: Ab Buis, functie: mentor, organisatie: School, email: a.buis@school.example, rol: school}
antwoorden:
  aanleiding: Bo slaapt slecht.
afspraken:
  - {wie: Ab Buis, wat: Ik bel Kim., wanneer: elke week, zichtbaar: [moeder, professionals]}
evaluatie: {over_weken: 5, waar: thuis, uitnodiger: Sanne Wolters}
"""


def schrijf(map_: Path, tekst: str | bytes) -> Path:
    pad = map_ / "gezin.yaml"
    pad.write_bytes(tekst.encode() if isinstance(tekst, str) else tekst)
    return pad


def lees(map_: Path, tekst: str | bytes) -> Invoer:
    return invoer.lees(schrijf(map_, tekst), inhoud=INHOUD, vandaag=VANDAAG)


def fouten(map_: Path, tekst: str | bytes) -> list[Fout]:
    with pytest.raises(InvoerFout) as gevangen:
        lees(map_, tekst)
    return gevangen.value.fouten


def haal_in(map_: Path, tekst: str, team: Team, *, vaststellen: bool = False) -> Casus:
    pad = schrijf(map_, tekst)
    return importeer(pad=pad, team=team, vaststellen=vaststellen, vandaag=timezone.localdate()).casus


# What a file may say


def test_the_small_family_is_read_as_it_stands(tmp_path: Path) -> None:
    gelezen = lees(tmp_path, KLEIN)
    assert (gelezen.soort, gelezen.naam) == ("jeugd", "Gezin Klein")
    assert [lid.naam for lid in gelezen.gezin] == ["Bo Klein", "Kim Klein"]
    sanne, ab = gelezen.professionals
    assert (sanne.regie, sanne.waarvoor, sanne.bereikbaar.dagen) == ("regievoerder", "", [1, 2, 3, 4])
    assert (sanne.bereikbaar.uren_van, sanne.bereikbaar.uren_tot) == (time(9), time(17))
    assert (ab.regie, ab.waarvoor) == ("", "school")
    assert gelezen.afspraken[0].lezers == ("Kim Klein",)
    assert gelezen.evaluatie is not None
    assert gelezen.evaluatie.dag(VANDAAG) == date(2026, 12, 15)


def test_two_fields_are_enough(tmp_path: Path) -> None:
    gelezen = lees(tmp_path, "soort: wmo\nnaam: Mevrouw Maas\ngezin:\nafspraken: []\n")
    assert (gelezen.gezin, gelezen.afspraken, gelezen.evaluatie) == ((), (), None)


@pytest.mark.parametrize(
    ("weken", "op", "dag"),
    [
        (4, date(2026, 11, 13), date(2026, 12, 11)),
        (4, date(2026, 11, 14), date(2026, 12, 14)),
        (4, date(2026, 11, 15), date(2026, 12, 14)),
    ],
)
def test_an_evaluation_over_some_weeks_is_never_in_a_weekend(tmp_path: Path, weken: int, op: date, dag: date) -> None:
    evaluatie = lees(tmp_path, KLEIN.replace("over_weken: 5", f"over_weken: {weken}")).evaluatie
    assert evaluatie is not None
    assert evaluatie.dag(op) == dag


def test_an_evaluation_may_be_on_a_day(tmp_path: Path) -> None:
    evaluatie = lees(tmp_path, KLEIN.replace("over_weken: 5", "datum: 2026-12-19")).evaluatie
    assert evaluatie is not None
    assert evaluatie.dag(VANDAAG) == date(2026, 12, 19)


@pytest.mark.parametrize(
    ("rol", "regie"),
    [("vervanger", "vervanger"), ("Eerste aanspreekpunt", "aanspreekpunt"), ("regievoerder", "regievoerder")],
)
def test_a_role_that_the_casus_knows_becomes_that_role(tmp_path: Path, rol: str, regie: str) -> None:
    tekst = KLEIN.replace("rol: regievoerder", "rol: gezinscoach").replace("rol: school", f"rol: {rol}")
    ab = lees(tmp_path, tekst).professionals[1]
    assert (ab.regie, ab.waarvoor) == (regie, "")


@pytest.mark.parametrize(
    ("zichtbaar", "lezers", "helpers"),
    [
        ("", None, True),
        (", zichtbaar: []", (), False),
        (", zichtbaar: professionals", (), True),
        (", zichtbaar: kind", ("Bo Klein",), False),
        (", zichtbaar: [MOEDER, bo klein]", ("Bo Klein", "Kim Klein"), False),
    ],
)
def test_who_reads_an_agreement_is_said_by_relation_or_name(
    tmp_path: Path, zichtbaar: str, lezers: tuple[str, ...] | None, helpers: bool
) -> None:
    afspraak = lees(tmp_path, KLEIN.replace(", zichtbaar: [moeder, professionals]", zichtbaar)).afspraken[0]
    assert (afspraak.lezers, afspraak.voor_professionals) == (lezers, helpers)


def test_a_moment_of_an_agreement_is_a_day_or_words(tmp_path: Path) -> None:
    woorden = lees(tmp_path, KLEIN).afspraken[0]
    assert (woorden.wanneer, woorden.datum) == ("elke week", None)
    dag = lees(tmp_path, KLEIN.replace("elke week", "2026-12-04")).afspraken[0]
    assert (dag.wanneer, dag.datum) == ("", date(2026, 12, 4))


def test_an_answer_is_a_text_or_a_choice(tmp_path: Path) -> None:
    antwoorden = lees(
        tmp_path,
        KLEIN.replace(
            "  aanleiding: Bo slaapt slecht.\n",
            "  aanleiding: |\n    Bo slaapt slecht.\n    Kim ook.\n  gezin_weet: ja\n  past: [ruimte, nog-geen-plan]\n"
            "  contact_derden: Sanne belt school.\n  wie_mist:\n  vastlopen: ''\n",
        ),
    ).antwoorden
    assert {antwoord.vraag: (antwoord.tekst, antwoord.keuzes) for antwoord in antwoorden} == {
        "aanleiding": ("Bo slaapt slecht.\nKim ook.", ()),
        "gezin_weet": ("", ("ja",)),
        "past": ("", ("nog-geen-plan", "ruimte")),
        "contact_derden": ("Sanne belt school.", ()),
    }


@pytest.mark.parametrize(
    ("extra", "krijgt_mail"),
    [("", True), (", gezag: nee", False), (", internet: nee", False), (", gezag: ja", True)],
)
def test_mail_goes_to_who_has_an_address_and_internet_and_may_know(
    tmp_path: Path, extra: str, krijgt_mail: bool
) -> None:
    lid = lees(tmp_path, KLEIN.replace(", gezag: ja, email: kim@", f"{extra}, email: kim@")).gezin[1]
    assert lid.krijgt_mail is krijgt_mail
    assert lees(tmp_path, KLEIN).gezin[0].krijgt_mail is False


# What a file may not say

FOUTEN = [
    ("soort: jeugd", "soort: ggz", 'veld "soort"', "Kies uit: jeugd, wmo"),
    ("soort: jeugd\n", "", 'veld "soort"', "verplicht"),
    ("naam: Gezin Klein", "naam: '  '", 'veld "naam"', "verplicht"),
    ("naam: Gezin Klein", f"naam: {'k' * 121}", 'veld "naam"', "Er mogen er 120 zijn"),
    ("naam: Gezin Klein", 'naam: "Gezin\\0"', 'veld "naam"', "dat je niet ziet"),
    ("naam: Gezin Klein", "naam: [Gezin]", 'veld "naam"', "hoort tekst"),
    ("naam: Gezin Klein", "naam: Gezin Klein\nnaam: Gezin Groot", 'veld "naam"', "twee keer"),
    ("naam: Gezin Klein", "naam: Gezin Klein\nadres: Kade 1", 'veld "adres"', "kennen we niet"),
    ("naam: Gezin Klein", "naam: Gezin Klein\n? [a]\n: b", 'veld "?"', "kennen we niet"),
    ("{naam: Bo Klein, ", "{", 'gezinslid 1, veld "naam"', "verplicht"),
    ("naam: Kim Klein", "naam: bo klein", 'gezinslid 2, veld "naam"', "staat er al eerder"),
    ("naam: Oma Riet", "naam: Kim Klein", 'netwerklid 1, veld "naam"', "staat er al eerder"),
    ("relatie: kind, ", "", 'gezinslid 1, veld "relatie"', "verplicht"),
    ("2014-02-03", "2014-02-30", 'gezinslid 1, veld "geboren"', "is geen dag"),
    ("2014-02-03", "3 februari", 'gezinslid 1, veld "geboren"', "jaar-maand-dag"),
    ("2014-02-03", "1814-02-03", 'gezinslid 1, veld "geboren"', "vanaf 1900"),
    ("2014-02-03", "2044-02-03", 'gezinslid 1, veld "geboren"', "moet nog komen"),
    ("gezag: ja", "gezag: misschien", 'gezinslid 2, veld "gezag"', "Schrijf ja of nee"),
    ("kim@gezin.example", "kim@gezin", 'gezinslid 2, veld "email"', "is geen e-mailadres"),
    ("kim@gezin.example", '"a@b.example\\nbcc: c@d.example"', 'gezinslid 2, veld "email"', "geen e-mailadres"),
    ("kim@gezin.example", f"{'k' * 250}@gezin.example", 'gezinslid 2, veld "email"', "tekens"),
    ("netwerk:\n  - {naam", "netwerk:\n    {naam", 'veld "netwerk"', "hoort een lijst"),
    ("- {naam: Oma Riet, relatie: oma, waarvoor: past op}", "- oma", "netwerklid 1", "horen velden"),
    ("rol: school", "rol: regievoerder", 'professional 2, veld "rol"', "Sanne Wolters is al regievoerder"),
    ("a.buis@school", "S.Wolters@noord", 'professional 2, veld "email"', "ook van Sanne Wolters"),
    ("organisatie: School, ", "", 'professional 2, veld "organisatie"', "verplicht"),
    ("ma t/m do 9-17 uur", "meestal wel", 'professional 1, veld "bereikbaar"', "begrijpen we niet"),
    ("9-17 uur", "29-37 uur", 'professional 1, veld "bereikbaar"', "begrijpen we niet"),
    ("9-17 uur", "17-9 uur", 'professional 1, veld "bereikbaar"', "Draai ze om"),
    ("aanleiding:", "aanleidin:", 'antwoorden, veld "aanleidin"', "kennen we niet"),
    ("aanleiding: Bo", "gezin_weet: soms\n  wie_mist: Bo", 'antwoorden, veld "gezin_weet"', "ja, nog-niet"),
    ("aanleiding: Bo", "past: [nooit]\n  wie_mist: Bo", 'antwoorden, veld "past"', "twee-organisaties"),
    ("aanleiding: Bo", "aanleiding: [ruimte]\n  wie_mist: Bo", 'antwoorden, veld "aanleiding"', "hoort tekst"),
    ("antwoorden:\n  aanleiding: Bo slaapt slecht.", "antwoorden: veel", "antwoorden", "horen velden"),
    ("wie: Ab Buis", "wie: Ab Buys", 'afspraak 1, veld "wie"', "Bedoel je “Ab Buis”?"),
    ("wie: Ab Buis", "wie: Zoë", 'afspraak 1, veld "wie"', "staat niet in dit bestand."),
    ("wie: Ab Buis, ", "", 'afspraak 1, veld "wie"', "verplicht"),
    ("wat: Ik bel Kim.", f"wat: {'x' * 20_001}", 'afspraak 1, veld "wat"', "20001 tekens"),
    ("wat: Ik bel Kim.", "wat:", 'afspraak 1, veld "wat"', "verplicht"),
    ("elke week", "2026-13-04", 'afspraak 1, veld "wanneer"', "dag die niet bestaat"),
    ("[moeder, professionals]", "[vader]", 'afspraak 1, veld "zichtbaar"', "“vader” kennen we hier niet"),
    ("[moeder, professionals]", "[moder]", 'afspraak 1, veld "zichtbaar"', "Bedoel je “moeder”?"),
    ("[moeder, professionals]", "[Ab Buis]", 'afspraak 1, veld "zichtbaar"', "is een helper"),
    ("[moeder, professionals]", "['']", 'afspraak 1, veld "zichtbaar"', "alleen spaties"),
    ("zichtbaar: [moeder, professionals]", "zichtbaar:", 'afspraak 1, veld "zichtbaar"', "wie dit mag lezen"),
    ("over_weken: 5", "over_weken: 0", 'evaluatie, veld "over_weken"', "1 tot en met 52"),
    ("over_weken: 5", "over_weken: 5.5", 'evaluatie, veld "over_weken"', "heel getal"),
    ("over_weken: 5", "datum: 2026-11-09", 'evaluatie, veld "datum"', "al geweest"),
    ("over_weken: 5, ", "", "evaluatie", "over_weken of datum"),
    ("over_weken: 5", "over_weken: 5, datum: 2026-12-09", "evaluatie", "één van de twee"),
    ("uitnodiger: Sanne Wolters", "uitnodiger: Kim Klein", 'evaluatie, veld "uitnodiger"', "staat niet"),
    ("{over_weken: 5, waar: thuis, uitnodiger: Sanne Wolters}", "morgen", "evaluatie", "horen velden"),
]


@pytest.mark.parametrize(("oud", "nieuw", "plek", "uitleg"), FOUTEN)
def test_a_mistake_is_named_with_its_line_and_field(
    tmp_path: Path, oud: str, nieuw: str, plek: str, uitleg: str
) -> None:
    assert oud in KLEIN
    tekst = KLEIN.replace(oud, nieuw, 1)
    gevonden = fouten(tmp_path, tekst)
    eerste = next(fout for fout in gevonden if fout.plek == plek)
    assert uitleg in eerste.uitleg
    assert str(eerste) == f"Regel {eerste.regel}, {plek}: {eerste.uitleg}"
    begin = KLEIN[: KLEIN.index(oud)].count("\n") + 1
    # A field that was put in under another one is a line further.
    assert begin <= (eerste.regel or 0) <= begin + nieuw.count("\n")


def test_every_mistake_is_named_in_the_order_of_the_file(tmp_path: Path) -> None:
    tekst = (
        KLEIN.replace("soort: jeugd", "soort: ggz")
        .replace("2014-02-03", "gisteren")
        .replace("wie: Ab Buis", "wie: Niemand")
        .replace("over_weken: 5", "over_weken: veel")
    )
    gevonden = fouten(tmp_path, tekst)
    assert [fout.regel for fout in gevonden] == [1, 4, 18, 19]
    with pytest.raises(InvoerFout) as gevangen:
        lees(tmp_path, tekst)
    assert str(gevangen.value).count("\n") == 3


HEEL_FOUT = [
    (b"", "leeg"),
    (b"# alleen uitleg\n", "leeg"),
    (b"gezin", "horen velden"),
    (b"- a\n- b\n", "horen velden"),
    (b"naam: 'Gezin\nsoort: jeugd\n", "geen goede YAML"),
    (b"naam:\tGezin\n\tsoort: jeugd\n", "geen goede YAML"),
    (b'naam: "\\UFFFFFFFF"\n', "geen goede YAML"),
    (b"%YAML 1." + b"9" * 5000 + b"\n---\nnaam: a\n", "geen goede YAML"),
    (b"naam: a\n---\nnaam: b\n", "geen goede YAML"),
    (b"naam: a\x00b\n", "teken"),
    (b"\xff\xfe\x00\x01", "UTF-8"),
    (b"naam: " + b"a" * 200_001, "te groot"),
    (b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "verwijzing"),
    (b"naam: &n Gezin\n<<: {soort: jeugd}\n", "kennen we niet"),
    (b"naam: " + b"[" * 30 + b"]" * 30, "lijsten in elkaar"),
    (b"soort: jeugd\nnaam: a\ngezin: [" + b"{naam: a, relatie: b}," * 101 + b"]\n", "101 dingen"),
    (b"soort: jeugd\nnaam: !!python/object/apply:os.system [ls]\n", "hoort tekst"),
]


@pytest.mark.parametrize(("ruw", "uitleg"), HEEL_FOUT)
def test_a_file_that_is_no_family_is_refused_calmly(tmp_path: Path, ruw: bytes, uitleg: str) -> None:
    assert any(uitleg in str(fout) for fout in fouten(tmp_path, ruw))


def test_a_file_that_is_not_there_is_refused_calmly(tmp_path: Path) -> None:
    for pad in (tmp_path / "weg.yaml", tmp_path):
        with pytest.raises(InvoerFout, match="niet lezen"):
            invoer.lees(pad, inhoud=INHOUD, vandaag=VANDAAG)


def test_without_questions_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvoerFout, match="laad_inhoud"):
        invoer.lees(schrijf(tmp_path, KLEIN), inhoud={}, vandaag=VANDAAG)


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


def test_the_example_in_the_manual_can_be_imported(tmp_path: Path) -> None:
    uitleg = (DEMO.parent.parent / "docs" / "importeren.md").read_text(encoding="utf-8")
    voorbeeld = uitleg.split("```yaml\n")[1].split("```")[0]
    assert [lid.naam for lid in lees(tmp_path, voorbeeld).gezin] == ["Milan Kuipers", "Bart Kuipers", "Esra Demir"]
    for namen in (lezen.BESTAND, lezen.GEZIN, lezen.NETWERK, lezen.PROFESSIONAL, lezen.AFSPRAAK, lezen.EVALUATIE):
        assert all(f"`{naam}`" in uitleg for naam in namen)
