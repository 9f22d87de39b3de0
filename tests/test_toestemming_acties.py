"""Recording who was told, who said yes or no, who took it back, and on what ground an organisation reads along."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from casussen import actor
from casussen.acties import deelnemers, toestemming
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.models import Deling, Geinformeerd, Logregel, Organisatie, Toestemming
from casussen.models.toestemming import Grond, Hoe
from tests.cast import Kuipers
from tests.daden import DELEN, alles, ongedaan, sluit, tegelijk
from tests.delen import Club, iedereen_zegt_ja, maak_club, meelezer, trek_in, zegt
from tests.ketting import sql, verzegel
from tests.mensen import ANDEREN


@pytest.fixture
def club(kuipers: Kuipers) -> Club:
    """The football club of Milan; nobody was asked yet."""
    return maak_club(kuipers)


# Every deed


def test_the_coordinator_may_do_it_and_it_leaves_one_line(kuipers: Kuipers, subtests: pytest.Subtests) -> None:
    for daad in DELEN:
        daad.vooraf(kuipers)
        stand, laatste = alles(), Logregel.objects.latest("pk")
        with subtests.test(daad.naam), ongedaan():
            daad.doe(kuipers, kuipers.door)

            assert alles() != stand
            regel = Logregel.objects.get(pk__gt=laatste.pk)
            assert (regel.daad, regel.velden, regel.casus_id) == (daad.regel, daad.velden, kuipers.casus.pk)
            assert regel.medewerker_id == kuipers.teams.sanne.pk
            assert regel.object_id


@pytest.mark.parametrize("wie", ANDEREN)
def test_nobody_else_may_do_it_and_nothing_changes(kuipers: Kuipers, wie: str, subtests: pytest.Subtests) -> None:
    for daad in DELEN:
        daad.vooraf(kuipers)
        with subtests.test(daad.naam), ongedaan():
            door = ANDEREN[wie](kuipers)
            stand = alles(ook_log=True)
            with pytest.raises(PermissionDenied):
                daad.doe(kuipers, door)
            assert alles(ook_log=True) == stand


def test_a_closed_casus_refuses_it_with_a_sentence(kuipers: Kuipers, subtests: pytest.Subtests) -> None:
    for daad in DELEN:
        daad.vooraf(kuipers)
        with subtests.test(daad.naam), ongedaan():
            sluit(kuipers.casus)
            stand = alles(ook_log=True)
            with pytest.raises(Geweigerd, match="afgesloten"):
                daad.doe(kuipers, kuipers.door)
            assert alles(ook_log=True) == stand


def test_when_the_line_in_the_log_cannot_be_written_the_deed_is_undone(
    kuipers: Kuipers, subtests: pytest.Subtests
) -> None:
    for daad in DELEN:
        daad.vooraf(kuipers)
        with subtests.test(daad.naam), ongedaan():
            verzegel()  # a table that still waits for its seals cannot be altered
            stand = alles(ook_log=True)
            sql("ALTER TABLE casussen_logregel ADD CONSTRAINT log_is_stuk CHECK (false) NOT VALID")
            with pytest.raises(IntegrityError, match="log_is_stuk"):
                daad.doe(kuipers, kuipers.door)
            assert alles(ook_log=True) == stand


def test_a_second_press_changes_nothing(kuipers: Kuipers, subtests: pytest.Subtests) -> None:
    for daad in DELEN:
        daad.vooraf(kuipers)
        with subtests.test(daad.naam), ongedaan():
            daad.doe(kuipers, kuipers.door)
            stand = alles(ook_log=True)
            daad.doe(kuipers, kuipers.door)
            assert alles(ook_log=True) == stand


# Consent


def test_the_log_says_on_whose_behalf_and_no_text(club: Club) -> None:
    k = club.kuipers
    laatste = Logregel.objects.latest("pk")
    iedereen_zegt_ja(club)
    trek_in(club, k.bart)
    regels = list(Logregel.objects.filter(pk__gt=laatste.pk).order_by("pk"))
    assert [(regel.daad, regel.namens_soort, regel.namens_id) for regel in regels] == [
        ("legde_toestemming_vast", "gezinslid", k.milan.pk),
        ("legde_toestemming_vast", "gezinslid", k.bart.pk),
        ("legde_toestemming_vast", "gezinslid", k.esra.pk),
        ("trok_toestemming_in", "gezinslid", k.bart.pk),
    ]
    assert {regel.medewerker_id for regel in regels} == {k.teams.sanne.pk}
    assert not [regel for regel in regels if "training" in "".join([*regel.velden, regel.object_id])]


def test_it_keeps_who_recorded_it_when_how_and_for_what(club: Club) -> None:
    gisteren = timezone.localdate() - timedelta(days=1)
    zegt(club, club.kuipers.esra, hoe=Hoe.PAPIER, op=gisteren, onderdelen=["naam", "afspraken"])
    rij = Toestemming.objects.get()
    assert (rij.over, rij.gever, rij.organisatie) == (club.kuipers.milan, club.kuipers.esra, club.organisatie)
    assert (rij.hoe, rij.op, rij.vastgelegd_door) == ("papier", gisteren, club.kuipers.teams.sanne)
    assert (rij.doel, rij.onderdelen) == ("Milan kan op tijd bij de training zijn.", ["naam", "afspraken"])


def test_two_presses_with_the_same_form_make_one(club: Club) -> None:
    pk = uuid4()
    assert iedereen_zegt_ja(club, pk=pk) == 3
    assert iedereen_zegt_ja(club, pk=pk) == 0
    assert Toestemming.objects.count() == 3


def test_whose_answer_is_there_already_or_is_not_needed_is_refused_with_a_sentence(club: Club) -> None:
    k = club.kuipers
    zegt(club, k.esra)
    for wie, antwoord in ((k.esra, "ja"), (k.esra, "nee")):
        with pytest.raises(Geweigerd, match="staat het antwoord er al"):
            zegt(club, wie, antwoord=antwoord)
    with pytest.raises(Geweigerd, match="niet nodig"):
        zegt(club, anders="T. Bos, voogd")
    # Of a parent without gezag nothing is asked.
    type(k.bart).objects.filter(pk=k.bart.pk).update(gezag=False)
    with pytest.raises(Geweigerd, match="niet nodig"):
        zegt(club, k.bart)
    assert Toestemming.objects.count() == 1


def test_taking_it_back_ends_all_of_one_person_for_one_organisation(club: Club) -> None:
    k = club.kuipers
    deelnemers.wijzig_deelnemer(door=k.door, casus=club.casus, pk=club.dennis.pk, versie=1, velden={"voor_wie": []})
    iedereen_zegt_ja(club)
    assert trek_in(club, k.esra, "wissen") == 2
    assert set(Toestemming.objects.filter(ingetrokken_op=None).values_list("gever", flat=True)) == {
        k.milan.pk,
        k.bart.pk,
    }
    assert set(Toestemming.objects.filter(gever=k.esra).values_list("na_intrekken", flat=True)) == {"wissen"}
    # She may say yes again later; the old answer stays as it was.
    zegt(club, k.esra)
    assert meelezer(club).mag_meelezen
    assert Toestemming.objects.filter(gever=k.esra).count() == 4


def test_only_who_asked_for_removal_waits_for_it(club: Club) -> None:
    iedereen_zegt_ja(club)
    trek_in(club, club.kuipers.bart, "blijft")

    def gevraagd() -> int:
        return toestemming.meld_wissen_gevraagd(door=club.kuipers.door, casus=club.casus, organisatie=club.organisatie)

    assert gevraagd() == 0
    trek_in(club, club.kuipers.esra, "wissen")
    assert gevraagd() == 1
    assert Toestemming.objects.exclude(wissen_gevraagd_op=None).get().gever == club.kuipers.esra


def test_an_operator_cannot_say_that_somebody_agreed(club: Club) -> None:
    with pytest.raises(PermissionDenied):
        zegt(club, club.kuipers.bart, door=actor.operator())


@pytest.mark.django_db(transaction=True)
def test_two_people_who_record_the_same_yes_at_once_make_one(kuipers: Kuipers) -> None:
    club = maak_club(kuipers)
    slot = type(club.casus).objects.select_for_update().filter(pk=club.casus.pk)
    uitkomsten = tegelijk(lambda: slot.get(), lambda: zegt(club, kuipers.bart), lambda: zegt(club, kuipers.bart))
    assert sorted(type(uitkomst).__name__ for uitkomst in uitkomsten) == ["Geweigerd", "int"]
    assert Toestemming.objects.count() == 1


# Telling


def test_the_first_time_that_somebody_was_told_stays(club: Club) -> None:
    k = club.kuipers
    gisteren, vandaag = timezone.localdate() - timedelta(days=1), timezone.localdate()
    brug = Organisatie.objects.get(naam="De Brug")
    for op, wie in ((gisteren, [k.bart]), (vandaag, [k.bart, k.esra])):
        toestemming.leg_verteld_vast(
            door=k.door, casus=club.casus, organisaties=[club.organisatie, brug], wie=wie, hoe=Hoe.GESPROKEN, op=op
        )
    assert set(Geinformeerd.objects.values_list("organisatie__naam", "gezinslid__naam", "op")) == {
        ("FC De Twent", "Bart Kuipers", gisteren),
        ("FC De Twent", "Esra Demir", vandaag),
        ("De Brug", "Bart Kuipers", gisteren),
        ("De Brug", "Esra Demir", vandaag),
    }
    assert not Toestemming.objects.exists()


# Grounds


def test_a_ground_that_somebody_else_changed_is_not_overwritten(club: Club) -> None:
    def kies(versie: int, grond: Grond) -> Deling:
        return toestemming.zet_grond(
            door=club.kuipers.door,
            casus=club.casus,
            organisatie=club.organisatie,
            versie=versie,
            velden={"grond": grond, "reden": "Er is een melding."},
        )

    kies(0, Grond.VEILIG_THUIS)
    with pytest.raises(Verouderd):
        kies(0, Grond.BETROKKEN)
    kies(1, Grond.BETROKKEN)
    # Why it once was shared without consent stays known.
    assert Deling.objects.get().reden == "Er is een melding."


def test_a_new_organisation_that_does_not_belong_to_the_help_is_marked_for_every_family(club: Club) -> None:
    assert not Organisatie.objects.get(naam="FC De Twent").hoort_bij_hulp
    assert not Deling.objects.exists()
    assert not meelezer(club).mag_meelezen


def test_of_a_known_organisation_only_this_family_is_asked(kuipers: Kuipers) -> None:
    school = Organisatie.objects.create(naam="Het Anker")
    wouter = deelnemers.zet_in_adresboek(
        door=kuipers.door, naam="Wouter", functie="", organisatie="het anker", email="", telefoon="",
        hoort_bij_hulp=False,
    )  # fmt: skip
    deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=wouter, eerst_toestemming=True
    )
    school.refresh_from_db()
    assert school.hoort_bij_hulp
    assert Deling.objects.get(organisatie=school).grond == Grond.TOESTEMMING


def test_a_colleague_of_the_team_itself_is_never_asked_for(kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost, eerst_toestemming=True
    )
    assert not Deling.objects.exists()
