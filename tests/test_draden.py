"""Threads: what a helper says, the answers, and when it is settled."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import aanpassen, afspraken, deelnemers, draden, regie
from casussen.acties.fouten import Geweigerd, Verouderd
from casussen.acties.meldingen import meld_later
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Bericht, Deelnemer, Draad, Draadregel, Logregel, Reactie
from casussen.models.draad import RegelSoort
from casussen.overzicht import draden as overzicht
from casussen.overzicht import gezin, inzage, momentopname
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link, alles, sluit
from tests.gezinnen import vastgesteld

NEE = "Woensdag kan ik niet."


def zegt(mens: Deelnemer, soort: str, tekst: str = "", **anders: Any) -> Draadregel | None:
    """A helper says something about the own part, or about an agreement."""
    return draden.zeg(door=achter_link(mens), deelnemer=mens, soort=RegelSoort(soort), tekst=tekst, **anders)


def vraagt(k: Kuipers, tekst: str = "Ook in de vakantie?", soort: str = "vraag") -> Draad:
    """Ilse answers her agreement with words; out: the thread."""
    nu = Afspraak.objects.get(pk=k.komt_woensdag.pk)
    afspraken.reageer(door=achter_link(k.ilse), afspraak=nu, inhoud_versie=nu.inhoud_versie, soort=soort, tekst=tekst)
    return Draad.objects.filter(deelnemer=k.ilse).latest("gemaakt_op")


def antwoordt(k: Kuipers, draad: Draad, tekst: str = "Nee, dan niet.", **anders: Any) -> Draadregel:
    """Sanne answers."""
    return draden.antwoord(door=k.door, casus=k.casus, draad=draad, tekst=tekst, pk=uuid4(), **anders)


def gesprek(k: Kuipers) -> overzicht.Gesprek:
    """The only thread of the family."""
    (kaart,) = overzicht.van_casus(k.casus)
    return kaart.gesprek


# What a helper says


def test_a_question_opens_a_thread_that_keeps_what_the_agreement_said(kuipers: Kuipers) -> None:
    draad = vraagt(kuipers)
    assert (draad.citaat, draad.citaat_wanneer) == ("Ik kom elke woensdag om 16 uur.", "elke woensdag")
    assert (gesprek(kuipers).titel, gesprek(kuipers).wacht_op_staf) == ("Ilse heeft een vraag", True)
    assert Logregel.objects.filter(daad="schreef_in_draad", velden=["vraag"]).count() == 1


def test_what_is_said_next_goes_on_in_the_same_thread(kuipers: Kuipers) -> None:
    eerste = vraagt(kuipers)
    assert vraagt(kuipers, NEE, "niet-akkoord") == eerste
    assert [regel.soort for regel in gesprek(kuipers).regels] == ["vraag", "niet-akkoord"]
    assert gesprek(kuipers).titel == "Ilse is niet akkoord"


def test_the_same_words_twice_within_a_minute_are_one_line(kuipers: Kuipers) -> None:
    eerste = zegt(kuipers.ilse, "rol", "Ik ben geen behandelaar.")
    stand = alles(ook_log=True)
    assert zegt(kuipers.ilse, "rol", " Ik ben geen behandelaar. ") == eerste
    assert alles(ook_log=True) == stand
    Draadregel.objects.update(gemaakt_op=timezone.now() - timedelta(minutes=2))
    assert zegt(kuipers.ilse, "rol", "Ik ben geen behandelaar.") != eerste
    assert len(gesprek(kuipers).regels) == 2


def test_a_yes_settles_the_thread_and_the_next_question_opens_another(kuipers: Kuipers) -> None:
    eerste = vraagt(kuipers)
    antwoordt(kuipers, eerste)
    vraagt(kuipers, soort="akkoord", tekst="")
    assert (gesprek(kuipers).open, gesprek(kuipers).titel) == (False, "Ilse had een vraag")
    assert vraagt(kuipers, "En op zaterdag?") != eerste


def test_a_yes_without_a_thread_says_nothing(kuipers: Kuipers) -> None:
    assert zegt(kuipers.ilse, "akkoord", afspraak=kuipers.komt_woensdag) is None
    assert not Draad.objects.exists()


@pytest.mark.parametrize(
    ("soort", "rest", "tekst"),
    [
        ("regie", {}, "Liever niet."),
        (
            "doorgeven",
            {"naar_naam": "Nora Prins", "naar_email": "n.prins@debrug.example"},
            "Dit is niet meer voor mij, maar voor Nora Prins.",
        ),
    ],
)
def test_a_button_alone_says_enough(kuipers: Kuipers, soort: str, rest: dict[str, str], tekst: str) -> None:
    regel = zegt(kuipers.ilse, soort, **rest)
    assert regel is not None
    assert (regel.tekst, regel.draad.afspraak) == (tekst, None)


@pytest.mark.parametrize(
    ("soort", "rest", "zin"),
    [
        ("vraag", {}, "Schrijf erbij wat je bedoelt."),
        ("rol", {"tekst": "  "}, "Schrijf erbij wat je bedoelt."),
        ("doorgeven", {"naar_naam": "Nora"}, "Schrijf op wie het overneemt"),
        ("doorgeven", {"naar_email": "n.prins@debrug.example"}, "Schrijf op wie het overneemt"),
    ],
)
def test_without_what_it_needs_nothing_is_kept(kuipers: Kuipers, soort: str, rest: dict[str, str], zin: str) -> None:
    stand = alles(ook_log=True)
    with pytest.raises(Geweigerd, match=zin):
        zegt(kuipers.ilse, soort, **rest)
    assert alles(ook_log=True) == stand


def test_only_the_helper_himself_says_something_and_only_of_his_own(kuipers: Kuipers) -> None:
    stand = alles(ook_log=True)
    for door in (kuipers.door, achter_link(kuipers.ruben), achter_link(kuipers.bart)):
        with pytest.raises(PermissionDenied):
            draden.zeg(door=door, deelnemer=kuipers.ilse, soort=RegelSoort.ROL, tekst="Niet van mij.")
    with pytest.raises(PermissionDenied):
        zegt(kuipers.ilse, "antwoord", "Alsof ik Sanne ben.")
    for afspraak, soort in ((kuipers.belt_zondag, "vraag"), (kuipers.komt_woensdag, "rol")):
        with pytest.raises(Geweigerd, match="niet meer van jou"):
            zegt(kuipers.ilse, soort, "Mag dit?", afspraak=afspraak)
    assert alles(ook_log=True) == stand


def test_whoever_left_and_a_closed_family_hear_that_nothing_was_kept(kuipers: Kuipers) -> None:
    Deelnemer.objects.filter(pk=kuipers.ruben.pk).update(tot=timezone.now())
    with pytest.raises(Geweigerd, match="niet meer mee"):
        zegt(kuipers.ruben, "rol", "Ik ben weg.")
    draad = vraagt(kuipers)
    sluit(kuipers.casus)
    with pytest.raises(Geweigerd, match="niet meer mee"):
        zegt(kuipers.ilse, "rol", "Te laat.")
    with pytest.raises(Geweigerd, match="afgesloten"):
        antwoordt(kuipers, draad)


# What the coordinator answers


def test_an_answer_mails_the_helper_at_once_without_its_words(kuipers: Kuipers) -> None:
    regel = antwoordt(kuipers, vraagt(kuipers))
    bericht = Bericht.objects.get(soort="draad")
    assert (bericht.deelnemer, bericht.meteen, bericht.status) == (kuipers.ilse, True, "klaar")
    assert (gesprek(kuipers).open, gesprek(kuipers).wacht_op_staf) == (True, False)
    assert [(r.naam, r.tekst) for r in gesprek(kuipers).regels][1] == ("Sanne Wolters", "Nee, dan niet.")
    assert regel.medewerker == kuipers.teams.sanne


def test_the_same_answer_twice_is_one_answer_and_one_mail(kuipers: Kuipers) -> None:
    draad, pk = vraagt(kuipers), uuid4()
    for _keer in range(2):
        draden.antwoord(door=kuipers.door, casus=kuipers.casus, draad=draad, tekst="Nee.", pk=pk)
    assert (Draadregel.objects.filter(soort="antwoord").count(), Bericht.objects.filter(soort="draad").count()) == (
        1,
        1,
    )


def test_what_is_kept_for_the_meeting_waits_for_nobody_until_the_helper_speaks_again(kuipers: Kuipers) -> None:
    antwoordt(kuipers, vraagt(kuipers), bespreken=True)
    assert (gesprek(kuipers).bespreken, gesprek(kuipers).wacht_op_staf) == (True, False)
    vraagt(kuipers, "Mag het eerder?")
    assert (gesprek(kuipers).bespreken, gesprek(kuipers).wacht_op_staf) == (False, True)


def test_settled_on_the_telephone_sends_no_mail_and_keeps_what_was_agreed(kuipers: Kuipers) -> None:
    draad = vraagt(kuipers)
    for _keer in range(2):
        draden.rond_af(door=kuipers.door, casus=kuipers.casus, draad=draad, tekst="Alleen in schoolweken.")
    assert [regel.tekst for regel in gesprek(kuipers).regels] == ["Ook in de vakantie?", "Alleen in schoolweken."]
    assert not Bericht.objects.exists()
    assert Logregel.objects.filter(daad="rondde_draad_af").count() == 1
    with pytest.raises(Geweigerd, match="intussen opgelost"):
        antwoordt(kuipers, draad)


def test_an_empty_answer_is_no_answer(kuipers: Kuipers) -> None:
    draad = vraagt(kuipers)
    with pytest.raises(Geweigerd, match="Schrijf een antwoord"):
        antwoordt(kuipers, draad, " \n")
    assert not Bericht.objects.exists()


@pytest.mark.parametrize("functie", ["regievoerder", "vervanger"])
def test_who_has_the_regie_or_stands_in_answers_too_once_he_said_yes(kuipers: Kuipers, functie: str) -> None:
    joost = kuipers.teams.joost
    assert joost.professional is not None
    deel = deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost.professional
    )
    draad = vraagt(kuipers)
    gevraagd = regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie=functie, deelnemer=deel)
    assert gevraagd is not None

    def antwoord() -> Draadregel:
        return draden.antwoord(door=cast.deur(joost), casus=kuipers.casus, draad=draad, tekst="Ja hoor.", pk=uuid4())

    # He takes part, so he may change agreements; the words of another helper are not for him yet.
    with pytest.raises(PermissionDenied):
        antwoord()
    regie.aanvaard(door=cast.deur(joost), regie=gevraagd)
    assert antwoord().medewerker == joost


def test_nobody_else_answers(kuipers: Kuipers) -> None:
    draad, teams = vraagt(kuipers), kuipers.teams
    stand = alles(ook_log=True)
    for door in (cast.deur(teams.joost), cast.deur(teams.karin), achter_link(kuipers.ilse), achter_link(kuipers.bart)):
        with pytest.raises(PermissionDenied):
            draden.antwoord(door=door, casus=kuipers.casus, draad=draad, tekst="Ja.", pk=uuid4())
        with pytest.raises(PermissionDenied):
            draden.rond_af(door=door, casus=kuipers.casus, draad=draad)
    assert alles(ook_log=True) == stand


# The agreement changes


def pas_aan(k: Kuipers, draad: Draad, versie: int = 1, **velden: Any) -> Draadregel:
    """Sanne changes the agreement and answers, in one press."""
    return aanpassen.pas_aan_en_antwoord(
        door=k.door, casus=k.casus, draad=draad, pk=uuid4(), tekst="Dat is goed.", versie=versie, velden=velden
    )


def test_changing_the_agreement_answers_and_asks_for_a_yes_with_the_next_version(kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    draad = vraagt(kuipers, NEE, "niet-akkoord")
    pas_aan(kuipers, draad, wat="Ik kom elke donderdag.", wanneer="elke donderdag")
    kuipers.komt_woensdag.refresh_from_db()
    assert (kuipers.komt_woensdag.wat, kuipers.komt_woensdag.inhoud_versie) == ("Ik kom elke donderdag.", 2)
    (kaart,) = overzicht.van_casus(kuipers.casus)
    assert (kaart.gesprek.open, kaart.gesprek.wacht_op_staf, kaart.is_veranderd) == (True, False, True)
    assert (kaart.gesprek.over, kaart.nu_wanneer) == ("Ik kom elke woensdag om 16 uur.", "elke donderdag")
    vastgesteld(kuipers, 2)
    vraagt(kuipers, soort="akkoord", tekst="")
    assert not gesprek(kuipers).open


def test_a_stale_change_sends_no_answer_either(kuipers: Kuipers) -> None:
    draad = vraagt(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.komt_woensdag.pk, versie=1, velden={"wat": "Ik bel."}
    )
    stand = alles(ook_log=True)
    with pytest.raises(Verouderd):
        pas_aan(kuipers, draad, wat="Ik kom elke donderdag.")
    assert alles(ook_log=True) == stand


@pytest.mark.parametrize("einde", ["afspraak vervalt", "naar een ander", "helper stopt"])
def test_a_thread_about_what_is_over_is_settled_by_itself(kuipers: Kuipers, einde: str) -> None:
    vraagt(kuipers)
    door, casus, afspraak = kuipers.door, kuipers.casus, kuipers.komt_woensdag
    if einde == "naar een ander":
        afspraken.zet_afspraak(door=door, casus=casus, pk=afspraak.pk, versie=1, velden={"deelnemer": kuipers.ruben})
    else:
        afspraken.laat_vervallen(door=door, casus=casus, afspraak=afspraak)
    if einde == "helper stopt":
        zegt(kuipers.ilse, "rol", "Ik stop.")
        deelnemers.beeindig_deelnemer(door=door, casus=casus, deelnemer=kuipers.ilse)
    assert not Draad.objects.filter(afgerond_op=None).exists()


def later(k: Kuipers, dagen: int = 10) -> date:
    """Amrita says that hers will be later."""
    dag = timezone.localdate() + timedelta(days=dagen)
    nu = Afspraak.objects.get(pk=k.vertelt.pk)
    meld_later(
        door=achter_link(k.amrita), afspraak=nu, inhoud_versie=nu.inhoud_versie, op=dag, tekst="Hij is op vakantie."
    )
    return dag


def test_a_later_day_is_taken_over_in_one_press_and_settles_the_message(kuipers: Kuipers) -> None:
    dag = later(kuipers)
    door, casus, afspraak = kuipers.door, kuipers.casus, kuipers.vertelt
    assert aanpassen.neem_dag_over(door=door, casus=casus, afspraak=afspraak, dag=dag) is True
    afspraak.refresh_from_db()
    assert (afspraak.datum, afspraak.later_op, afspraak.inhoud_versie) == (dag, None, 2)
    assert not gesprek(kuipers).open
    stand = alles(ook_log=True)
    assert aanpassen.neem_dag_over(door=door, casus=casus, afspraak=afspraak, dag=dag) is False
    assert alles(ook_log=True) == stand


def test_a_later_day_that_changed_meanwhile_is_not_taken_over(kuipers: Kuipers) -> None:
    dag = later(kuipers)
    later(kuipers, 12)
    with pytest.raises(Geweigerd, match="intussen anders"):
        aanpassen.neem_dag_over(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt, dag=dag)


def test_a_question_that_came_after_the_later_day_stays_open(kuipers: Kuipers) -> None:
    dag = later(kuipers)
    zegt(kuipers.amrita, "vraag", "Wie belt Milan?", afspraak=kuipers.vertelt)
    aanpassen.neem_dag_over(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt, dag=dag)
    assert gesprek(kuipers).wacht_op_staf


# Who reads it


def test_a_helper_reads_the_own_threads_and_nobody_elses(kuipers: Kuipers) -> None:
    antwoordt(kuipers, vraagt(kuipers))
    zegt(kuipers.ruben, "rol", "Ik ben alleen mentor.")
    eigen = overzicht.van_deelnemers([kuipers.ilse.pk])
    (van_ilse,) = eigen[(kuipers.ilse.pk, kuipers.komt_woensdag.pk)]
    assert set(eigen) == {(kuipers.ilse.pk, kuipers.komt_woensdag.pk)}
    assert [regel.naam for regel in van_ilse.regels] == ["Ilse Broekhuis", "Sanne Wolters"]
    assert (van_ilse.over, van_ilse.open) == ("Ik kom elke woensdag om 16 uur.", True)


def test_no_word_of_a_thread_is_in_what_the_family_gets(kuipers: Kuipers) -> None:
    antwoordt(kuipers, vraagt(kuipers, "Zit Milan dan bij opa?"), "Ja, bij opa.")
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    opname = momentopname.maak(kuipers.casus)
    inhoud = kuipers.casus.handreiking.inhoud
    alles_van_bart = [
        opname,
        kuipers.casus.vaststellingen.get().inhoud,
        gezin.voor_gezinslid(opname, str(kuipers.bart.pk), inhoud=inhoud, nummer=1, op=timezone.now(), einde=None),
        inzage.maak(kuipers.casus, kuipers.bart, nu=timezone.now()),
    ]
    for waar in alles_van_bart:
        assert "bij opa" not in str(waar)
    assert Reactie.objects.get(deelnemer=kuipers.ilse).tekst == "Zit Milan dan bij opa?"


@pytest.mark.parametrize("lees", ["helper", "casus", "lijst"])
def test_many_threads_need_as_many_queries_as_few(kuipers: Kuipers, lees: str) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            if lees == "helper":
                overzicht.van_deelnemers([kuipers.ilse.pk, kuipers.ruben.pk])
            elif lees == "casus":
                overzicht.van_casus(kuipers.casus)
            else:
                overzicht.open_van([kuipers.casus.pk])
        return len(gevraagd)

    def draad_erbij(nummer: int) -> None:
        afspraak = afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
            velden={"wat": f"Ik bel {nummer}.", "deelnemer": kuipers.ilse},
        )  # fmt: skip
        regel = zegt(kuipers.ilse, "vraag", "Wanneer?", afspraak=afspraak)
        assert regel is not None
        antwoordt(kuipers, regel.draad)

    for nummer in range(3):
        draad_erbij(nummer)
    bij_drie = vragen()
    for nummer in range(27):
        draad_erbij(nummer)
    assert vragen() == bij_drie <= 3
