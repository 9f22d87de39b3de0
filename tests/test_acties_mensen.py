"""The people in a casus: who belongs to the family, who helps, how to reach them, who leaves."""

from collections.abc import Callable
from datetime import time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from casussen.acties import afspraken, deelnemers, gezin, regie
from casussen.acties.basis import slot
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.berichten import links
from casussen.models import Casus, Deelnemer, Gezinslid, Logregel, Netwerklid, Professional
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


def _zet_bart(kuipers: Kuipers, versie: int, **velden: object) -> Gezinslid:
    return gezin.zet_gezinslid(door=kuipers.door, casus=kuipers.casus, pk=kuipers.bart.pk, versie=versie, velden=velden)


def _zet_opa(kuipers: Kuipers, versie: int, persoon: dict[str, object], **velden: object) -> Deelnemer:
    return deelnemers.zet_netwerklid(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.opa.pk, versie=versie, persoon=persoon, velden=velden
    )


def _zet_ruben(kuipers: Kuipers, versie: int, **velden: object) -> Deelnemer:
    return deelnemers.wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.ruben.pk, versie=versie, velden=velden
    )


# Saving one record


def test_a_second_press_on_the_button_of_a_new_family_member_makes_one(kuipers: Kuipers) -> None:
    velden = {"naam": "Tante Fenna", "relatie": "iemand anders"}
    doe: dict[str, Any] = {
        "door": kuipers.door,
        "casus": kuipers.casus,
        "pk": nieuw_id(kuipers, "x"),
        "versie": 0,
        "velden": velden,
    }
    eerste = gezin.zet_gezinslid(**doe)
    regels = Logregel.objects.count()
    tweede = gezin.zet_gezinslid(**doe)
    assert (tweede.pk, tweede.versie) == (eerste.pk, 1)
    assert Gezinslid.objects.filter(naam="Tante Fenna").count() == 1
    assert Logregel.objects.count() == regels


def test_a_second_press_on_the_button_of_a_new_network_person_makes_one(kuipers: Kuipers) -> None:
    doe: dict[str, Any] = {
        "door": kuipers.door, "casus": kuipers.casus, "pk": nieuw_id(kuipers, "x"), "versie": 0,
        "persoon": {"naam": "Buurvrouw Tineke", "relatie": "buurvrouw"}, "velden": {"waarvoor": "eten"},
    }  # fmt: skip
    eerste = deelnemers.zet_netwerklid(**doe)
    stand = alles(ook_log=True)
    assert deelnemers.zet_netwerklid(**doe) == eerste
    assert alles(ook_log=True) == stand


def test_a_second_press_on_the_button_of_a_helper_makes_one(kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    doe: dict[str, Any] = {"door": kuipers.door, "casus": kuipers.casus, "professional": joost}
    eerste = deelnemers.voeg_professional_toe(pk=uuid4(), **doe)
    stand = alles(ook_log=True)
    # Also from another window, whose form handed out another id.
    for pk in (eerste.pk, uuid4()):
        assert deelnemers.voeg_professional_toe(pk=pk, **doe) == eerste
    assert alles(ook_log=True) == stand


def test_only_what_differs_is_written_and_counted(kuipers: Kuipers) -> None:
    lid = _zet_bart(kuipers, 1, naam="Bart Kuipers", telefoon="06-0000 0199")
    assert (lid.versie, lid.telefoon, lid.email) == (2, "06-0000 0199", "bart@gezin.example")
    assert lid.gewijzigd_op > lid.gemaakt_op
    assert Logregel.objects.latest("pk").velden == ["telefoon"]


def test_chosen_people_count_as_a_change(kuipers: Kuipers) -> None:
    zelfde = _zet_ruben(kuipers, 1, voor_wie=[])
    assert zelfde.versie == 1
    deelnemer = _zet_ruben(kuipers, 1, voor_wie=[kuipers.milan])
    assert deelnemer.versie == 2
    assert list(deelnemer.voor_wie.all()) == [kuipers.milan]
    assert Logregel.objects.latest("pk").velden == ["voor_wie"]


STALE: dict[str, Callable[[Kuipers, int, str], object]] = {
    "a family member": lambda k, versie, tekst: _zet_bart(k, versie, opmerking=tekst),
    "the name of a network person": lambda k, versie, tekst: _zet_opa(k, versie, {"naam": tekst}),
    "what a network person does": lambda k, versie, tekst: _zet_opa(k, versie, {}, waarvoor=tekst),
    "a role": lambda k, versie, tekst: _zet_ruben(k, versie, beslist=tekst),
    "the own reachability": lambda k, versie, tekst: deelnemers.zet_eigen_bereikbaarheid(
        door=achter_link(k.ilse), deelnemer=k.ilse, versie=versie, velden={"vervanger": tekst}
    ),
}


@pytest.mark.parametrize("wat", STALE)
def test_a_stale_save_overwrites_nothing_and_shows_what_is_there(kuipers: Kuipers, wat: str) -> None:
    doe = STALE[wat]
    doe(kuipers, 1, "de eerste")
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd) as fout:
        doe(kuipers, 1, "de tweede")
    assert alles(ook_log=True) == stand
    assert fout.value.huidig.versie == 2
    assert "de eerste" in [getattr(fout.value.huidig, veld, "") for veld in ("opmerking", "naam", "waarvoor",
                           "beslist", "vervanger")]  # fmt: skip
    assert "Jouw tekst staat er nog" in str(fout.value)
    # Whoever then chooses the own text saves on top of what was shown.
    doe(kuipers, fout.value.huidig.versie, "de tweede")
    assert alles() != stand


@pytest.mark.parametrize("wat", STALE)
def test_a_stale_save_of_what_is_there_already_is_harmless(kuipers: Kuipers, wat: str) -> None:
    doe = STALE[wat]
    doe(kuipers, 1, "de eerste")
    stand = alles(ook_log=True)
    doe(kuipers, 1, "de eerste")
    assert alles(ook_log=True) == stand


def test_a_network_person_and_what_he_does_are_one_record_for_whoever_saves(kuipers: Kuipers) -> None:
    _zet_opa(kuipers, 1, {"telefoon": "06-0000 0198"})
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd):
        _zet_opa(kuipers, 1, {}, waarvoor="Milan slaapt er soms")
    assert alles(ook_log=True) == stand
    opa = _zet_opa(kuipers, 2, {"telefoon": "06-0000 0197"}, waarvoor="Milan slaapt er soms")
    assert (opa.waarvoor, opa.belnummer) == ("Milan slaapt er soms", "06-0000 0197")
    assert Logregel.objects.latest("pk").velden == ["telefoon", "waarvoor"]


VAN_ANDER: dict[str, Callable[[Kuipers, Casus], object]] = {
    "family member": lambda k, ander: gezin.zet_gezinslid(
        door=k.door, casus=ander, pk=k.bart.pk, versie=1, velden={"naam": "Iemand anders"}
    ),
    "network person": lambda k, ander: deelnemers.zet_netwerklid(
        door=k.door, casus=ander, pk=k.opa.pk, versie=1, persoon={"naam": "Iemand anders", "relatie": "x"}, velden={}
    ),
    "new helper": lambda k, ander: deelnemers.voeg_professional_toe(
        door=k.door, casus=ander, pk=k.ruben.pk, professional=Professional.objects.get(naam="Joost ten Hove")
    ),
    "role": lambda k, ander: deelnemers.wijzig_deelnemer(
        door=k.door, casus=ander, pk=k.ruben.pk, versie=1, velden={"beslist": "alles"}
    ),
}


@pytest.mark.parametrize("wat", VAN_ANDER)
def test_the_id_of_another_casus_is_refused(kuipers: Kuipers, ander: Casus, wat: str) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd) as fout:
        VAN_ANDER[wat](kuipers, ander)
    assert not isinstance(fout.value, Verouderd)  # that would show what is in the other casus
    assert alles(ook_log=True) == stand


def test_people_of_another_casus_cannot_be_ended_from_here(kuipers: Kuipers, ander: Casus) -> None:
    stand = alles(ook_log=True)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=ander, gezinslid=kuipers.bart)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=ander, deelnemer=kuipers.opa)
    assert alles(ook_log=True) == stand


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_save_at_the_same_moment_one_wins_and_the_other_is_told(kuipers: Kuipers) -> None:
    teksten = ["van Sanne", "van Joost"]
    uitkomsten = tegelijk(
        lambda: slot(kuipers.casus), *[lambda tekst=tekst: _zet_bart(kuipers, 1, opmerking=tekst) for tekst in teksten]
    )
    kuipers.bart.refresh_from_db()
    winnaar = teksten.index(kuipers.bart.opmerking)
    assert isinstance(uitkomsten[winnaar], Gezinslid)
    verloren = uitkomsten[1 - winnaar]
    assert isinstance(verloren, Verouderd)
    assert verloren.huidig.opmerking == teksten[winnaar]
    assert kuipers.bart.versie == 2
    assert Logregel.objects.filter(daad="wijzigde_gezinslid").count() == 1


def test_a_new_network_person_is_hidden_from_whom_it_was_said(kuipers: Kuipers) -> None:
    deelnemer = deelnemers.zet_netwerklid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        persoon={"naam": "Oom Koos", "relatie": "oom"},
        velden={"voor_gezin": VoorGezin.GEKOZEN, "gekozen_gezinsleden": [kuipers.bart]},
    )  # fmt: skip
    assert deelnemer.lezers_in_gezin([kuipers.bart, kuipers.esra, kuipers.milan]) == [kuipers.bart]
    assert Netwerklid.objects.get(naam="Oom Koos").pk == deelnemer.pk


# Leaving the family


def test_whoever_leaves_the_family_loses_access_and_the_own_agreements_end(kuipers: Kuipers) -> None:
    nu = timezone.now()
    _adres, link = links.maak_link(kuipers.bart, nu=nu)
    assert links.opent(link, nu)

    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.bart)

    link.refresh_from_db()
    assert not links.opent(link, nu)
    kuipers.bart_belt.refresh_from_db()
    assert kuipers.bart_belt.vervallen_op is not None
    # The row stays, and so does what others do.
    assert Gezinslid.objects.filter(pk=kuipers.bart.pk, weg_op__isnull=False).exists()
    assert kuipers.casus.afspraken.filter(vervallen_op__isnull=True).count() == 4


def test_leaving_the_family_twice_is_one_line_in_the_log(kuipers: Kuipers) -> None:
    for _keer in range(2):
        gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.bart)
    assert Logregel.objects.filter(daad="haalde_gezinslid_weg").count() == 1


def test_whoever_left_the_family_cannot_be_changed_from_an_old_window(kuipers: Kuipers) -> None:
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.bart)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="weggehaald"):
        _zet_bart(kuipers, 1, telefoon="06-0000 0199")
    assert alles(ook_log=True) == stand


# Ending somebody's part


def test_whoever_still_has_agreements_cannot_leave_without_a_word(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="Ilse Broekhuis heeft nog afspraken"):
        deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse)
    assert alles(ook_log=True) == stand


def test_whoever_has_the_regie_cannot_leave_without_a_word(kuipers: Kuipers) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.praat_bij)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="Sanne Wolters staat nog in stap 4"):
        deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.sanne)
    assert alles(ook_log=True) == stand


def test_a_helper_without_anything_left_stops_and_the_link_no_longer_opens(kuipers: Kuipers) -> None:
    nu = timezone.now()
    _adres, link = links.maak_link(kuipers.ilse, nu=nu)
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.komt_woensdag)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ilse)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ruben)

    for _keer in range(2):
        deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse)

    gevonden = Deelnemer.objects.get(pk=kuipers.ilse.pk)
    assert gevonden.tot is not None
    link.refresh_from_db()
    link.deelnemer = gevonden
    assert not links.opent(link, nu)
    assert Logregel.objects.filter(daad="beeindigde_deelname").count() == 1


def test_whoever_stopped_cannot_be_changed_from_an_old_window(kuipers: Kuipers) -> None:
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="doet niet meer mee"):
        _zet_opa(kuipers, 1, {"telefoon": "06-0000 0198"})
    with pytest.raises(Geweigerd, match="doet niet meer mee"):
        deelnemers.wijzig_deelnemer(
            door=kuipers.door, casus=kuipers.casus, pk=kuipers.opa.pk, versie=1, velden={"beslist": "alles"}
        )
    with pytest.raises(Geweigerd, match="doet hier niet meer mee"):
        deelnemers.zet_eigen_bereikbaarheid(
            door=achter_link(kuipers.opa), deelnemer=kuipers.opa, versie=1, velden={"dagen": [1]}
        )
    assert alles(ook_log=True) == stand


def test_whoever_stopped_may_come_back_as_a_new_part(kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None

    def voeg_toe(pk: UUID) -> Deelnemer:
        return deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=pk, professional=joost)

    eerste = voeg_toe(uuid4())
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=eerste)
    with pytest.raises(Verouderd):
        voeg_toe(eerste.pk)  # the old form
    assert voeg_toe(uuid4()) != eerste
    assert kuipers.casus.deelnemers.filter(professional=joost).count() == 2


# The own reachability


def test_a_helper_says_himself_when_he_can_be_reached(kuipers: Kuipers) -> None:
    velden = {"dagen": [2, 3], "uren_van": time(8, 30), "uren_tot": time(12), "terugbellen": "dezelfde-dag"}
    deelnemer = deelnemers.zet_eigen_bereikbaarheid(
        door=achter_link(kuipers.ilse), deelnemer=kuipers.ilse, versie=1, velden=velden
    )
    assert {naam: getattr(deelnemer, naam) for naam in velden} == velden
    assert deelnemer.versie == 2


def test_a_member_of_staff_who_is_that_helper_may_do_so_with_the_account(kuipers: Kuipers) -> None:
    deelnemer = deelnemers.zet_eigen_bereikbaarheid(
        door=kuipers.door, deelnemer=kuipers.sanne, versie=1, velden={"dagen": [5]}
    )
    assert deelnemer.dagen == [5]


@pytest.mark.parametrize("velden", [{"waarvoor": "alles"}, {"tot": None}, {"dagen": [1], "beslist": "alles"}])
def test_a_helper_cannot_change_more_than_the_own_reachability(kuipers: Kuipers, velden: dict[str, object]) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(PermissionDenied):
        deelnemers.zet_eigen_bereikbaarheid(
            door=achter_link(kuipers.ilse), deelnemer=kuipers.ilse, versie=1, velden=velden
        )
    assert alles(ook_log=True) == stand
