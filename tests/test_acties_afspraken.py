"""Agreements, and what their owners answer."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from casussen.acties import afspraken, deelnemers, gezin
from casussen.acties.basis import slot
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.models import Afspraak, Casus, Logregel, Reactie
from casussen.models.basis import VoorGezin
from tests.cast import Kuipers
from tests.daden import achter_link, alles, nieuw_id, tegelijk


@pytest.fixture
def ander(kuipers: Kuipers) -> Casus:
    """Another casus of the same coordinator."""
    return begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip


def zet(kuipers: Kuipers, versie: int, **velden: object) -> Afspraak:
    """Changes Ilse's agreement."""
    return afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.komt_woensdag.pk, versie=versie, velden=velden
    )


def antwoord(kuipers: Kuipers, soort: str, tekst: str = "", inhoud_versie: int = 1) -> Reactie:
    """Ilse answers, behind her link."""
    return afspraken.reageer(
        door=achter_link(kuipers.ilse), afspraak=kuipers.komt_woensdag, inhoud_versie=inhoud_versie, soort=soort,
        tekst=tekst,
    )  # fmt: skip


# Making and changing


def test_a_second_press_makes_one_agreement(kuipers: Kuipers) -> None:
    velden = {
        "wat": "Ik kook op vrijdag.", "gezinslid": kuipers.bart, "deelnemer": None, "datum": date(2030, 1, 4),
        "voor_gezin": VoorGezin.GEKOZEN, "gekozen_gezinsleden": [kuipers.bart],
    }  # fmt: skip
    doe: dict[str, Any] = {
        "door": kuipers.door,
        "casus": kuipers.casus,
        "pk": nieuw_id(kuipers, "x"),
        "versie": 0,
        "velden": velden,
    }
    eerste = afspraken.zet_afspraak(**doe)
    stand = alles(ook_log=True)
    assert afspraken.zet_afspraak(**doe) == eerste
    assert alles(ook_log=True) == stand
    assert (eerste.eigenaar, eerste.inhoud_versie) == (kuipers.bart, 1)


TELT: list[tuple[str, Callable[[Kuipers], dict[str, object]], bool]] = [
    ("the text", lambda k: {"wat": "Ik kom elke donderdag."}, True),
    ("how often", lambda k: {"wanneer": "elke donderdag"}, True),
    ("the date", lambda k: {"datum": date(2030, 1, 4)}, True),
    ("another helper", lambda k: {"deelnemer": k.ruben}, True),
    ("the family as owner", lambda k: {"deelnemer": None, "gezinslid": k.bart}, True),
    ("who reads it", lambda k: {"voor_gezin": VoorGezin.IEDEREEN}, False),
    ("which family members", lambda k: {"gekozen_gezinsleden": [k.esra]}, False),
    ("whether helpers read it", lambda k: {"voor_professionals": False}, False),
    ("nothing", lambda k: {"wat": k.komt_woensdag.wat}, False),
]


@pytest.mark.parametrize(("velden", "telt"), [rij[1:] for rij in TELT], ids=[rij[0] for rij in TELT])
def test_the_owner_is_asked_again_only_when_the_agreement_itself_changed(
    kuipers: Kuipers, velden: Callable[[Kuipers], dict[str, object]], telt: bool
) -> None:
    afspraak = zet(kuipers, 1, **velden(kuipers))
    assert afspraak.inhoud_versie == (2 if telt else 1)
    afspraak.refresh_from_db()
    assert afspraak.inhoud_versie == (2 if telt else 1)


def test_a_stale_save_overwrites_nothing_and_shows_what_is_there(kuipers: Kuipers) -> None:
    zet(kuipers, 1, wat="Ik kom elke donderdag.")
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd) as fout:
        zet(kuipers, 1, wat="Ik kom elke vrijdag.")
    assert fout.value.huidig.wat == "Ik kom elke donderdag."
    assert alles(ook_log=True) == stand


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_save_at_the_same_moment_one_wins_and_the_other_is_told(kuipers: Kuipers) -> None:
    teksten = ["Ik kom elke donderdag.", "Ik kom elke vrijdag."]
    uitkomsten = tegelijk(
        lambda: slot(kuipers.casus), *[lambda tekst=tekst: zet(kuipers, 1, wat=tekst) for tekst in teksten]
    )
    kuipers.komt_woensdag.refresh_from_db()
    winnaar = teksten.index(kuipers.komt_woensdag.wat)
    verloren = uitkomsten[1 - winnaar]
    assert isinstance(uitkomsten[winnaar], Afspraak)
    assert isinstance(verloren, Verouderd)
    assert verloren.huidig.wat == teksten[winnaar]
    assert (kuipers.komt_woensdag.versie, kuipers.komt_woensdag.inhoud_versie) == (2, 2)


def test_the_owner_belongs_to_this_casus(kuipers: Kuipers, ander: Casus) -> None:
    vreemd = gezin.zet_gezinslid(
        door=kuipers.door, casus=ander, pk=uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader"}
    )
    helper = deelnemers.zet_netwerklid(
        door=kuipers.door, casus=ander, pk=uuid4(), versie=0, persoon={"naam": "Oom Jan", "relatie": "oom"}, velden={}
    )
    stand = alles(ook_log=True)
    for velden in ({"deelnemer": helper}, {"deelnemer": None, "gezinslid": vreemd}):
        with pytest.raises(Geweigerd, match="hoort hier niet bij"):
            zet(kuipers, 1, **velden)
    assert alles(ook_log=True) == stand


def test_whoever_left_gets_no_agreement(kuipers: Kuipers) -> None:
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.milan)
    stand = alles(ook_log=True)
    for velden in ({"deelnemer": kuipers.opa}, {"deelnemer": None, "gezinslid": kuipers.milan}):
        with pytest.raises(Geweigerd, match="hoort hier niet bij"):
            zet(kuipers, 1, **velden)
    assert alles(ook_log=True) == stand


def test_the_id_of_an_agreement_of_another_casus_is_refused(kuipers: Kuipers, ander: Casus) -> None:
    lid = gezin.zet_gezinslid(
        door=kuipers.door, casus=ander, pk=uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader"}
    )
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="andere samenwerking"):
        afspraken.zet_afspraak(
            door=kuipers.door, casus=ander, pk=kuipers.komt_woensdag.pk, versie=1,
            velden={"wat": "Iets anders", "gezinslid": lid, "deelnemer": None},
        )  # fmt: skip
    afspraken.laat_vervallen(door=kuipers.door, casus=ander, afspraak=kuipers.komt_woensdag)
    assert alles(ook_log=True) == stand


# Ending


def test_an_agreement_ends_once_and_keeps_its_row(kuipers: Kuipers) -> None:
    for _keer in range(2):
        afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    kuipers.komt_woensdag.refresh_from_db()
    assert kuipers.komt_woensdag.vervallen_op is not None
    assert Logregel.objects.filter(daad="liet_afspraak_vervallen").count() == 1


def test_an_agreement_that_ended_is_not_changed_from_an_old_window(kuipers: Kuipers) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="intussen vervallen"):
        zet(kuipers, 1, wat="Ik kom elke donderdag.")
    assert alles(ook_log=True) == stand


# Answering


def test_the_owner_agrees(kuipers: Kuipers) -> None:
    reactie = antwoord(kuipers, "akkoord", tekst="per ongeluk getypt")
    assert (reactie.soort, reactie.tekst, reactie.inhoud_versie) == ("akkoord", "", 1)


def test_answering_twice_the_same_is_one_answer_and_one_line(kuipers: Kuipers) -> None:
    antwoord(kuipers, "vraag", "Mag het om 17 uur?")
    stand = alles(ook_log=True)
    antwoord(kuipers, "vraag", "Mag het om 17 uur?")
    assert alles(ook_log=True) == stand


def test_a_new_answer_takes_the_place_of_the_old_one(kuipers: Kuipers) -> None:
    antwoord(kuipers, "niet-akkoord", "Ik werk niet op woensdag.")
    antwoord(kuipers, "niet-akkoord", "Ik werk alleen op maandag.")
    antwoord(kuipers, "akkoord")
    reactie = Reactie.objects.get(afspraak=kuipers.komt_woensdag)
    assert (reactie.soort, reactie.tekst) == ("akkoord", "")
    assert [regel.velden for regel in Logregel.objects.filter(daad="reageerde")] == [
        ["akkoord"], ["niet-akkoord"], ["niet-akkoord"],
    ]  # fmt: skip


def test_an_answer_belongs_to_the_text_that_was_read(kuipers: Kuipers) -> None:
    antwoord(kuipers, "akkoord")
    zet(kuipers, 1, wat="Ik kom elke donderdag.")
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="net veranderd"):
        antwoord(kuipers, "akkoord")
    assert alles(ook_log=True) == stand
    antwoord(kuipers, "vraag", "Waarom donderdag?", inhoud_versie=2)
    assert set(Reactie.objects.values_list("inhoud_versie", "soort")) == {(1, "akkoord"), (2, "vraag")}


@pytest.mark.parametrize(("soort", "zin"), [("niet-akkoord", "waarom niet"), ("vraag", "Schrijf je vraag erbij")])
def test_a_no_needs_a_reason_and_a_question_needs_words(kuipers: Kuipers, soort: str, zin: str) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match=zin):
        antwoord(kuipers, soort)
    assert alles(ook_log=True) == stand


def test_nobody_answers_for_an_agreement_of_the_family(kuipers: Kuipers) -> None:
    for door in (kuipers.door, achter_link(kuipers.bart), achter_link(kuipers.ilse)):
        with pytest.raises(PermissionDenied):
            afspraken.reageer(door=door, afspraak=kuipers.bart_belt, inhoud_versie=1, soort="akkoord")
    assert not Reactie.objects.exists()


def test_an_agreement_that_ended_gets_no_answer(kuipers: Kuipers) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    with pytest.raises(Geweigerd, match="net veranderd"):
        antwoord(kuipers, "akkoord")
    assert not Reactie.objects.exists()


def test_whoever_stopped_answers_nothing_any_more(kuipers: Kuipers) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse)
    with pytest.raises(Geweigerd, match="doet hier niet meer mee"):
        antwoord(kuipers, "akkoord")
    assert not Reactie.objects.exists()


def test_the_owner_with_an_account_answers_with_it(kuipers: Kuipers) -> None:
    reactie = afspraken.reageer(door=kuipers.door, afspraak=kuipers.praat_bij, inhoud_versie=1, soort="akkoord")
    assert reactie.deelnemer == kuipers.sanne
