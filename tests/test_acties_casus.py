"""What holds for every deed in a casus, and beginning one."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils import timezone

from casussen import actor, logboek
from casussen.acties.basis import slot
from casussen.acties.casus import begin_casus, nieuwste_handreiking
from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor
from casussen.models import (
    Afspraak,
    Antwoord,
    Casus,
    Gezinslid,
    Handreiking,
    Logregel,
    Netwerklid,
    Professional,
    Regie,
    Vaststelling,
)
from tests import cast
from tests.cast import Kuipers, Teams
from tests.daden import EIGEN, STAF, Daad, achter_link, alles, ongedaan, sluit, tegelijk
from tests.mensen import ANDEREN, joost_doet_mee, sanne

ANDEREN_EN_SANNE: dict[str, Callable[[Kuipers], Actor]] = {**ANDEREN, "coördinator": sanne}


def _begin(teams: Teams, **anders: object) -> Casus:
    velden: dict[str, object] = {
        "door": cast.deur(teams.sanne), "pk": uuid4(), "naam": "Gezin Bos", "soort": "jeugd", "team": teams.noord,
        "coordinator": teams.sanne,
    }  # fmt: skip
    return begin_casus(**(velden | anders))  # type: ignore[arg-type]  # a test changes one of them


def _geheimen() -> list[str]:
    """Every name, address, number and text of the cast."""
    teksten: list[str] = [casus.naam for casus in Casus.objects.all()]
    mensen: list[Gezinslid | Professional | Netwerklid] = [*Gezinslid.objects.all(), *Professional.objects.all()]
    for mens in [*mensen, *Netwerklid.objects.all()]:
        teksten += [mens.naam, *mens.naam.split(), mens.email, mens.telefoon]
    teksten += [tekst for rij in Afspraak.objects.all() for tekst in (rij.wat, rij.wanneer)]
    teksten += [tekst for rij in Antwoord.objects.all() for tekst in (rij.tekst, rij.doorvraag)]
    return [tekst for tekst in teksten if len(tekst) > 2]


# Every deed


@pytest.mark.parametrize("wie", [sanne, joost_doet_mee])
def test_the_coordinator_and_a_teamlid_who_takes_part_may_do_it_and_it_leaves_one_line(
    kuipers: Kuipers, wie: Callable[[Kuipers], Actor], subtests: pytest.Subtests
) -> None:
    door = wie(kuipers)
    stand = alles()
    assert door.medewerker is not None
    laatste = Logregel.objects.latest("pk")
    for daad in STAF:
        with subtests.test(daad.naam), ongedaan():
            daad.doe(kuipers, door)

            assert alles() != stand
            regels = Logregel.objects.filter(pk__gt=laatste.pk)
            regel = regels.earliest("pk")
            assert (regel.daad, regel.velden) == (daad.regel, daad.velden)
            assert (regel.actor_soort, regel.actor_id, regel.medewerker_id) == ("medewerker", None, door.medewerker.pk)
            assert regel.casus_id == kuipers.casus.pk
            assert regel.object_id
            assert regel.object_soort
            # Recording an evaluation also plans the next one.
            assert regels.count() == (2 if daad.naam == "leg_evaluatie_vast" else 1)


def test_a_helper_may_do_it_behind_the_own_link_and_it_leaves_one_line(
    kuipers: Kuipers, subtests: pytest.Subtests
) -> None:
    for daad in EIGEN:
        daad.vooraf(kuipers)
        laatste = Logregel.objects.latest("pk")
        with subtests.test(daad.naam), ongedaan():
            daad.doe(kuipers, achter_link(kuipers.ilse))

            # A question leaves a line of its thread too.
            regel = Logregel.objects.exclude(daad="schreef_in_draad").get(pk__gt=laatste.pk)
            assert (regel.daad, regel.velden) == (daad.regel, daad.velden)
            assert (regel.actor_soort, regel.actor_id, regel.medewerker_id) == ("deelnemer", kuipers.ilse.pk, None)
            assert regel.casus_id == kuipers.casus.pk


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_may_do_it_and_nothing_changes(kuipers: Kuipers, wie: str, subtests: pytest.Subtests) -> None:
    door = ANDEREN[wie](kuipers)
    stand = alles(ook_log=True)
    for daad in STAF:
        with subtests.test(daad.naam):
            with pytest.raises(PermissionDenied):
                daad.doe(kuipers, door)
            assert alles(ook_log=True) == stand


@pytest.mark.parametrize("wie", ANDEREN_EN_SANNE)
def test_nobody_may_answer_in_the_name_of_a_helper(kuipers: Kuipers, wie: str, subtests: pytest.Subtests) -> None:
    door = ANDEREN_EN_SANNE[wie](kuipers)
    Regie.objects.create(casus=kuipers.casus, deelnemer=kuipers.ilse, functie="vervanger", van=timezone.now())
    stand = alles(ook_log=True)
    for daad in EIGEN:
        with subtests.test(daad.naam):
            with pytest.raises(PermissionDenied):
                daad.doe(kuipers, door)
            assert alles(ook_log=True) == stand


def _elke_daad(kuipers: Kuipers) -> Iterator[tuple[Daad, Actor]]:
    for daad in [*STAF, *EIGEN]:
        daad.vooraf(kuipers)
        yield daad, achter_link(kuipers.ilse) if daad in EIGEN else kuipers.door


def test_a_closed_casus_refuses_it_with_a_sentence(kuipers: Kuipers, subtests: pytest.Subtests) -> None:
    for daad, door in _elke_daad(kuipers):
        with subtests.test(daad.naam), ongedaan():
            sluit(kuipers.casus)
            stand = alles(ook_log=True)
            with pytest.raises(Geweigerd) as fout:
                daad.doe(kuipers, door)
            assert len(str(fout.value)) > 20
            assert alles(ook_log=True) == stand


def test_when_the_line_in_the_log_cannot_be_written_the_deed_is_undone(
    kuipers: Kuipers, subtests: pytest.Subtests
) -> None:
    for daad, door in _elke_daad(kuipers):
        with subtests.test(daad.naam), ongedaan():
            with connection.cursor() as cursor:
                # The lines that are there wait for their seal; a table of which a trigger waits cannot be altered.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("ALTER TABLE casussen_logregel ADD CONSTRAINT log_is_stuk CHECK (false) NOT VALID")
            stand = alles(ook_log=True)
            with pytest.raises(IntegrityError, match="log_is_stuk"):
                daad.doe(kuipers, door)
            assert alles(ook_log=True) == stand


def test_the_log_holds_ids_and_names_of_fields_and_never_a_text(kuipers: Kuipers) -> None:
    for daad in EIGEN:
        daad.vooraf(kuipers)
        daad.doe(kuipers, achter_link(kuipers.ilse))
    for daad in STAF:
        daad.doe(kuipers, kuipers.door)
    geheimen = _geheimen()
    assert "Kuipers" in geheimen
    assert len(geheimen) > 60
    regels = list(Logregel.objects.all())
    assert {daad.regel for daad in [*STAF, *EIGEN]} <= {regel.daad for regel in regels}
    for regel in regels:
        tekst = " ".join([regel.daad, regel.object_soort, regel.object_id, regel.actor_soort, *regel.velden])
        assert not [geheim for geheim in geheimen if geheim in tekst], tekst


# Writing a line


def test_a_line_without_a_record_says_only_who_and_what(teams: Teams) -> None:
    regel = logboek.schrijf(door=actor.klok(), daad="sloeg", casus_id=None)
    assert (regel.actor_soort, regel.object_soort, regel.object_id, regel.velden) == ("klok", "", "", [])


def test_a_line_of_a_family_member_names_that_family_member(kuipers: Kuipers) -> None:
    regel = logboek.schrijf(
        door=achter_link(kuipers.bart), daad="las", casus_id=kuipers.casus.pk, over=kuipers.casus, velden=["b", "a"]
    )
    assert (regel.actor_soort, regel.actor_id, regel.medewerker_id) == ("gezinslid", kuipers.bart.pk, None)
    assert (regel.object_soort, regel.object_id, regel.velden) == ("casus", str(kuipers.casus.pk), ["a", "b"])
    assert str(regel) == f"{regel.op:%Y-%m-%d %H:%M} las"


# Beginning


def test_a_coordinator_begins_a_casus_with_the_newest_content_set(teams: Teams) -> None:
    oud = Handreiking.objects.get(soort="jeugd")
    nieuw = Handreiking.objects.create(
        soort="jeugd", nummer=oud.nummer + 1, gegevens=oud.gegevens, vingerafdruk="anders"
    )
    casus = _begin(teams)
    assert (casus.naam, casus.team, casus.coordinator, casus.handreiking) == (
        "Gezin Bos", teams.noord, teams.sanne, nieuw,
    )  # fmt: skip
    assert casus.is_open
    regel = Logregel.objects.get(daad="begon")
    assert (regel.casus_id, regel.object_id) == (casus.pk, str(casus.pk))


def test_beginning_twice_with_the_same_form_gives_the_casus_that_is_there(teams: Teams) -> None:
    pk = uuid4()
    casus = _begin(teams, pk=pk)
    assert _begin(teams, pk=pk, naam="Een andere naam") == casus
    assert [(rij.pk, rij.naam) for rij in Casus.objects.all()] == [(pk, "Gezin Bos")]
    assert Logregel.objects.filter(daad="begon").count() == 1


def test_the_operator_may_begin_in_every_team(teams: Teams) -> None:
    casus = _begin(teams, door=actor.operator(), team=teams.zuid, coordinator=teams.karin, bron="bestand:7")
    assert (casus.team, casus.bron) == (teams.zuid, "bestand:7")


@pytest.mark.parametrize("wie", ["joost", "mieke", "bea", "karin"])
def test_whoever_is_no_coordinator_of_the_team_cannot_begin_there(teams: Teams, wie: str) -> None:
    with pytest.raises(PermissionDenied):
        _begin(teams, door=cast.deur(getattr(teams, wie)))
    assert not Casus.objects.exists()


def test_a_form_with_the_id_of_a_casus_of_another_team_is_refused_and_tells_nothing(kuipers: Kuipers) -> None:
    teams = kuipers.teams
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd) as fout:
        _begin(teams, door=cast.deur(teams.karin), team=teams.zuid, coordinator=teams.karin, pk=kuipers.casus.pk)
    assert "Kuipers" not in str(fout.value)
    assert alles(ook_log=True) == stand


def test_without_a_content_set_it_says_whom_to_ask(teams: Teams) -> None:
    Handreiking.objects.filter(soort="wmo").delete()
    assert nieuwste_handreiking("jeugd").soort == "jeugd"
    with pytest.raises(Geweigerd, match="beheerder"):
        _begin(teams, soort="wmo")
    assert not Casus.objects.exists()


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_fix_one_version(kuipers: Kuipers) -> None:
    eerste, tweede = tegelijk(
        lambda: slot(kuipers.casus), *[lambda: stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)] * 2
    )
    versie = Vaststelling.objects.get()
    assert eerste == tweede == versie
    assert Logregel.objects.filter(daad="stelde_vast").count() == 1
    sleutels = list(kuipers.casus.berichten.values_list("sleutel", flat=True))
    assert len(sleutels) == len(set(sleutels)) == 5
