"""Who has the regie, who is called first, who stands in."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from casussen.acties import deelnemers, regie
from casussen.acties.basis import slot
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.models import Deelnemer, Draad, Logregel, Regie
from casussen.overzicht import gereed, gevraagd, momentopname, stand
from casussen.overzicht.dossier import laad
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link, alles, tegelijk


def wijs_aan(kuipers: Kuipers, deelnemer: Deelnemer | None, functie: str = "regievoerder") -> Regie | None:
    """Names somebody, as Sanne."""
    return regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie=functie, deelnemer=deelnemer)


def vraag(kuipers: Kuipers, deelnemer: Deelnemer, functie: str = "regievoerder") -> Regie:
    """Names somebody who was not named yet."""
    rij = wijs_aan(kuipers, deelnemer, functie)
    assert rij is not None
    return rij


def houder(kuipers: Kuipers, functie: str = "regievoerder") -> Deelnemer:
    """Who holds a function now."""
    return kuipers.casus.regie.get(functie=functie, tot=None).deelnemer


def test_whoever_names_herself_accepts_with_it(kuipers: Kuipers) -> None:
    rij = kuipers.casus.regie.get(functie="regievoerder", tot=None)
    assert (rij.deelnemer, rij.aanvaard_op) == (kuipers.sanne, rij.van)


def test_somebody_else_is_asked_and_accepts_behind_the_own_link(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    assert rij.aanvaard_op is None
    regie.aanvaard(door=achter_link(kuipers.ilse), regie=rij)
    aanvaard_op = Regie.objects.get(pk=rij.pk).aanvaard_op
    assert aanvaard_op is not None
    assert aanvaard_op >= rij.van


def test_somebody_with_an_account_accepts_with_it(kuipers: Kuipers) -> None:
    professional = kuipers.teams.joost.professional
    assert professional is not None
    joost = deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=professional
    )
    rij = vraag(kuipers, joost)
    regie.aanvaard(door=cast.deur(kuipers.teams.joost), regie=rij)
    rij.refresh_from_db()
    assert rij.aanvaard_op is not None


def test_accepting_twice_keeps_the_first_moment_and_one_line(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    regie.aanvaard(door=achter_link(kuipers.ilse), regie=rij)
    stand = alles(ook_log=True)
    regie.aanvaard(door=achter_link(kuipers.ilse), regie=rij)
    assert alles(ook_log=True) == stand


def test_nobody_says_yes_for_somebody_else(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    for door in (kuipers.door, achter_link(kuipers.ruben), achter_link(kuipers.bart)):
        with pytest.raises(PermissionDenied):
            regie.aanvaard(door=door, regie=rij)
    rij.refresh_from_db()
    assert rij.aanvaard_op is None


def test_one_person_at_a_time_and_the_one_before_ends(kuipers: Kuipers) -> None:
    oud = kuipers.casus.regie.get(functie="regievoerder", tot=None)
    nieuw = vraag(kuipers, kuipers.ilse)
    oud.refresh_from_db()
    assert oud.tot == nieuw.van
    assert houder(kuipers) == kuipers.ilse
    assert houder(kuipers, "aanspreekpunt") == kuipers.sanne


def test_a_question_that_was_put_to_somebody_else_is_over(kuipers: Kuipers) -> None:
    oud = vraag(kuipers, kuipers.ilse)
    vraag(kuipers, kuipers.ruben)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="intussen aan iemand anders gevraagd"):
        regie.aanvaard(door=achter_link(kuipers.ilse), regie=oud)
    assert alles(ook_log=True) == stand


def test_naming_the_same_person_again_changes_nothing(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    stand = alles(ook_log=True)
    assert wijs_aan(kuipers, kuipers.ilse) == rij
    assert alles(ook_log=True) == stand


def test_a_function_becomes_free_once(kuipers: Kuipers) -> None:
    assert wijs_aan(kuipers, None) is None
    assert not kuipers.casus.regie.filter(functie="regievoerder", tot=None).exists()
    stand = alles(ook_log=True)
    assert wijs_aan(kuipers, None) is None
    assert alles(ook_log=True) == stand
    regel = Logregel.objects.latest("pk")
    assert (regel.daad, regel.velden, regel.object_id) == ("wees_aan", ["regievoerder"], "")


def test_somebody_from_the_network_cannot_have_the_regie(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="hoort bij een helper"):
        wijs_aan(kuipers, kuipers.opa)
    assert alles(ook_log=True) == stand


def test_somebody_from_the_network_may_be_called_first(kuipers: Kuipers) -> None:
    vraag(kuipers, kuipers.opa, "aanspreekpunt")
    assert houder(kuipers, "aanspreekpunt") == kuipers.opa


def test_whoever_stopped_cannot_be_named(kuipers: Kuipers) -> None:
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="doet niet meer mee"):
        wijs_aan(kuipers, kuipers.opa, "vervanger")
    assert alles(ook_log=True) == stand


def test_somebody_of_another_casus_cannot_be_named(kuipers: Kuipers) -> None:
    ander = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )  # fmt: skip
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd):
        regie.wijs_aan(door=kuipers.door, casus=ander, functie="regievoerder", deelnemer=kuipers.ilse)
    assert alles(ook_log=True) == stand


def test_the_moments_are_those_of_the_deed(kuipers: Kuipers) -> None:
    voor = timezone.now()
    rij = vraag(kuipers, kuipers.ilse)
    assert voor <= rij.van <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_name_somebody_at_the_same_moment_leave_one_holder(kuipers: Kuipers) -> None:
    tegelijk(
        lambda: slot(kuipers.casus),
        lambda: wijs_aan(kuipers, kuipers.ilse),
        lambda: wijs_aan(kuipers, kuipers.ruben),
    )
    assert houder(kuipers) in (kuipers.ilse, kuipers.ruben)
    assert kuipers.casus.regie.filter(functie="regievoerder").count() == 3


# Rather not --------------------


def test_somebody_who_would_rather_not_is_asked_no_more_and_the_coordinator_hears_it(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    for _keer in range(2):
        regie.weiger(door=achter_link(kuipers.ilse), regie=rij, tekst="Ik werk maar één dag.")
    rij.refresh_from_db()
    assert (rij.aanvaard_op, rij.tot) == (None, None)
    assert rij.geweigerd_op is not None
    assert Logregel.objects.filter(daad="weigerde", object_id=str(rij.pk)).count() == 1
    draad = Draad.objects.get(deelnemer=kuipers.ilse, afspraak=None)
    assert [(regel.soort, regel.tekst) for regel in draad.regels.all()] == [("regie", "Ik werk maar één dag.")]
    opname = momentopname.maak(kuipers.casus)
    (punt,) = [punt for punt in gereed.punten(opname) if punt.tekst == "Ilse Broekhuis wil de regie liever niet."]
    assert (punt.staat, punt.stap) == ("mag_later", 4)
    assert stand.kop(kuipers.casus, opname, None).regie == "Ilse Broekhuis, wil liever niet"


def test_who_changes_his_mind_has_the_regie_after_all(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    regie.weiger(door=achter_link(kuipers.ilse), regie=rij, tekst="")
    regie.aanvaard(door=achter_link(kuipers.ilse), regie=rij)
    rij.refresh_from_db()
    assert rij.aanvaard_op is not None
    assert rij.geweigerd_op is None


def test_after_a_yes_only_the_coordinator_names_somebody_else(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    regie.aanvaard(door=achter_link(kuipers.ilse), regie=rij)
    with pytest.raises(Geweigerd, match="eerder ja"):
        regie.weiger(door=achter_link(kuipers.ilse), regie=rij, tekst="Toch niet.")
    assert not Draad.objects.exists()
    rij.refresh_from_db()
    assert rij.aanvaard_op is not None


def test_nobody_refuses_for_somebody_else_or_what_is_over(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse)
    for ander in (achter_link(kuipers.ruben), kuipers.door):
        with pytest.raises(PermissionDenied):
            regie.weiger(door=ander, regie=rij, tekst="Nee.")
    wijs_aan(kuipers, kuipers.ruben)
    with pytest.raises(Geweigerd, match="iemand anders gevraagd"):
        regie.weiger(door=achter_link(kuipers.ilse), regie=rij, tekst="Nee.")
    assert not Regie.objects.filter(geweigerd_op__isnull=False).exists()


def test_step_four_says_who_would_rather_not(als_sanne: Client, kuipers: Kuipers) -> None:
    regie.weiger(door=achter_link(kuipers.ilse), regie=vraag(kuipers, kuipers.ilse), tekst="Nee.")
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/stap/4/").content.decode()
    assert "Wil liever niet" in html
    assert "Gevraagd, nog geen ja" not in html


def test_what_somebody_would_rather_not_is_not_asked_by_a_new_version(kuipers: Kuipers) -> None:
    rij = vraag(kuipers, kuipers.ilse, "vervanger")
    regie.weiger(door=achter_link(kuipers.ilse), regie=rij, tekst="Nee.")
    nieuws = gevraagd.per_mens(laad(kuipers.casus), momentopname.maak(kuipers.casus))
    assert nieuws[kuipers.ilse.pk].functies == ()
