"""The address book: who adds somebody, who is known already, and an address that bounced."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from casussen import actor
from casussen.acties import adresboek, deelnemers
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.models import Logregel, Organisatie, Professional
from tests import cast
from tests.cast import Kuipers, Teams
from tests.daden import achter_link, alles, tegelijk

NIEUW: dict[str, Any] = {
    "naam": "Noor Visser", "functie": "wijkverpleegkundige", "organisatie": "Zorg Dichtbij",
    "email": "n.visser@zorg.example", "telefoon": "085-0000 061",
}  # fmt: skip


def test_somebody_new_is_added_with_the_organisation(kuipers: Kuipers) -> None:
    noor = deelnemers.zet_in_adresboek(door=kuipers.door, **NIEUW)
    assert {naam: str(getattr(noor, naam)) for naam in NIEUW} == NIEUW
    regel = Logregel.objects.latest("pk")
    assert (regel.daad, regel.casus_id, regel.object_id) == ("zette_in_adresboek", None, str(noor.pk))


def test_a_known_mail_address_gives_the_entry_that_is_there_and_changes_nothing(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    gevonden = deelnemers.zet_in_adresboek(
        door=kuipers.door, **(NIEUW | {"email": "I.Broekhuis@debrug.example", "telefoon": "085-9999 999"})
    )
    assert gevonden == kuipers.ilse.professional
    assert alles(ook_log=True) == stand


def test_without_a_mail_address_the_same_name_at_the_same_organisation_is_the_same_person(kuipers: Kuipers) -> None:
    zonder = NIEUW | {"email": ""}
    noor = deelnemers.zet_in_adresboek(door=kuipers.door, **zonder)
    assert deelnemers.zet_in_adresboek(door=kuipers.door, **(zonder | {"naam": "NOOR VISSER"})) == noor
    elders = deelnemers.zet_in_adresboek(door=kuipers.door, **(zonder | {"organisatie": "De Brug"}))
    met_adres = deelnemers.zet_in_adresboek(door=kuipers.door, **NIEUW)
    assert len({noor, elders, met_adres}) == 3


def test_an_organisation_is_found_whatever_its_capitals(kuipers: Kuipers) -> None:
    noor = deelnemers.zet_in_adresboek(door=kuipers.door, **(NIEUW | {"organisatie": "de BRUG"}))
    assert kuipers.ilse.professional is not None
    assert noor.organisatie == kuipers.ilse.professional.organisatie


@pytest.mark.parametrize("wie", ["mieke", "bea"])
def test_whoever_sees_no_families_adds_nobody_to_the_address_book(teams: Teams, wie: str) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(PermissionDenied):
        deelnemers.zet_in_adresboek(door=cast.deur(getattr(teams, wie)), **NIEUW)
    assert alles(ook_log=True) == stand


def test_a_helper_behind_a_link_adds_nobody_to_the_address_book(kuipers: Kuipers) -> None:
    with pytest.raises(PermissionDenied):
        deelnemers.zet_in_adresboek(door=achter_link(kuipers.ilse), **NIEUW)
    assert not Professional.objects.filter(naam="Noor Visser").exists()


def test_the_operator_may_add_people(teams: Teams) -> None:
    assert deelnemers.zet_in_adresboek(door=actor.operator(), **NIEUW).naam == "Noor Visser"


@pytest.mark.parametrize("velden", [NIEUW, NIEUW | {"email": ""}], ids=["with an address", "without"])
@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_add_one_person(teams: Teams, velden: dict[str, Any]) -> None:
    Organisatie.objects.create(naam=NIEUW["organisatie"])

    def druk() -> Professional:
        return deelnemers.zet_in_adresboek(door=cast.deur(teams.sanne), **velden)

    eerste, tweede = tegelijk(
        lambda: Organisatie.objects.select_for_update().get(naam=NIEUW["organisatie"]), druk, druk
    )
    assert eerste == tweede == Professional.objects.get(naam="Noor Visser")
    assert Logregel.objects.filter(daad="zette_in_adresboek").count() == 1


def _mend_ilse(kuipers: Kuipers, versie: int = 1, **velden: object) -> Professional:
    return adresboek.wijzig_in_adresboek(
        door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse, versie=versie, velden=velden
    )


def test_an_address_that_bounced_is_mended_once(kuipers: Kuipers) -> None:
    ilse = _mend_ilse(kuipers, email="ilse@debrug.example", telefoon="085-0000 021")
    assert (ilse.email, ilse.versie) == ("ilse@debrug.example", 2)
    regel = Logregel.objects.latest("pk")
    assert (regel.daad, regel.velden) == ("wijzigde_adresboek", ["email"])
    stand = alles(ook_log=True)
    _mend_ilse(kuipers, email="ilse@debrug.example")  # a second press
    assert alles(ook_log=True) == stand


def test_a_stale_entry_of_the_address_book_overwrites_nothing(kuipers: Kuipers) -> None:
    _mend_ilse(kuipers, email="ilse@debrug.example")
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd) as fout:
        _mend_ilse(kuipers, email="broekhuis@debrug.example")
    assert fout.value.huidig.email == "ilse@debrug.example"
    assert alles(ook_log=True) == stand


def test_an_address_of_somebody_else_is_refused_by_name(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match="Ruben Assink"):
        _mend_ilse(kuipers, email="R.Assink@delinde.example")
    assert alles(ook_log=True) == stand
    assert _mend_ilse(kuipers, email="").email == ""


def test_nobody_changes_the_address_of_a_colleague_with_an_account(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(PermissionDenied):
        adresboek.wijzig_in_adresboek(
            door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.sanne, versie=1, velden={"naam": "Iemand"}
        )
    assert alles(ook_log=True) == stand
