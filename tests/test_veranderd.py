"""What changed for one reader: in words, since he last looked, and never more than he may read."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import logboek
from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, regie
from casussen.acties.vaststellen import stel_vast_met_nieuwe_datum
from casussen.actor import Actor, ActorSoort
from casussen.models import Afspraak, Antwoord, Casus, Deelnemer, Evaluatie, Gezinslid, Organisatie, Regie
from casussen.models.basis import VoorGezin
from casussen.overzicht import veranderd
from casussen.overzicht.veranderd import Veranderd
from tests import cast
from tests.delen import maak_club, zegt
from tests.gezinnen import anders, vastgesteld

Regel = tuple[str, str, str]


def vers(mens: Deelnemer) -> Deelnemer:
    """Somebody with his casus, as the doors load him."""
    return Deelnemer.objects.select_related("casus__team__organisatie", "professional__organisatie").get(pk=mens.pk)


def veranderd_voor(mens: Deelnemer) -> Veranderd | None:
    """What changed for a helper behind the plain link."""
    return veranderd.voor_helpers([vers(mens)])[mens.pk]


def in_woorden(gevonden: Veranderd | None) -> list[Regel]:
    """The lines, with what it was."""
    assert gevonden is not None
    return [(regel.soort, regel.wie, f"{regel.tekst} {regel.was}".strip()) for regel in gevonden.regels]


def voor_helper(mens: Deelnemer) -> list[Regel]:
    """The lines for a helper behind the plain link."""
    return in_woorden(veranderd_voor(mens))


def voor_overzicht(mens: Deelnemer) -> list[Regel]:
    """The lines for a helper who reads the whole overview."""
    deel = vers(mens)
    return in_woorden(veranderd.voor_overzicht(deel, deel.casus))


def voor_gezin(lid: Gezinslid) -> list[Regel]:
    """The lines for somebody of the family."""
    casus = Casus.objects.select_related("handreiking").get(pk=lid.casus_id)
    return in_woorden(veranderd.voor_gezinslid(Gezinslid.objects.get(pk=lid.pk), casus))


def kijkt(mens: Deelnemer, plek: str = "taak") -> None:
    """Somebody reads the own page, now."""
    door = Actor(soort=ActorSoort.DEELNEMER, deelnemer=mens)
    logboek.schrijf(door=door, daad="las", casus_id=mens.casus_id, velden=[plek])


def wijzig(kuipers: cast.Kuipers, mens: Deelnemer, **velden: object) -> None:
    """The coordinator changes what is written about a helper."""
    rij = Deelnemer.objects.get(pk=mens.pk)
    deelnemers.wijzig_deelnemer(door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden=velden)


# A helper behind the plain link --------------------


def test_in_a_first_version_nothing_changed(kuipers: cast.Kuipers) -> None:
    assert veranderd_voor(kuipers.ilse) is None
    vastgesteld(kuipers)
    assert veranderd_voor(kuipers.ilse) is None
    assert render_to_string("taken/veranderd.html", {"veranderd": None}).strip() == ""


def test_a_helper_reads_what_his_own_agreement_was_and_the_others_nothing_of_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    zin = "“Ik kom om 15 uur.”, elke woensdag Dat was: “Ik kom elke woensdag om 16 uur.”"
    assert voor_helper(kuipers.ilse) == [("anders", "Jouw afspraak", zin)]
    assert voor_helper(kuipers.ruben) == []
    html = render_to_string("taken/veranderd.html", {"veranderd": veranderd_voor(kuipers.ruben)})
    assert "Voor jou veranderde er niets." in html
    assert "15 uur" not in html


def test_agreements_that_come_move_and_end(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik bel de school.", "deelnemer": kuipers.amrita},
    )  # fmt: skip
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    anders(kuipers, deelnemer=kuipers.ruben)
    vastgesteld(kuipers, 2)
    assert voor_helper(kuipers.amrita) == [
        ("erbij", "Jouw afspraak", "“Ik bel de school.”"),
        ("weg", "Jouw afspraak", "“Ik vertel Ilse wat helpt.”"),
    ]
    # To whom it went, is not his to read here.
    assert voor_helper(kuipers.ilse) == [("weg", "Jouw afspraak", "“Ik kom elke woensdag om 16 uur.”")]
    assert voor_helper(kuipers.ruben) == [
        ("erbij", "Jouw afspraak", "“Ik kom elke woensdag om 16 uur.”, elke woensdag")
    ]


def test_the_own_role_is_told_with_what_it_was(kuipers: cast.Kuipers) -> None:
    wijzig(kuipers, kuipers.ilse, doet_niet="Niet bellen met school.")
    vastgesteld(kuipers)
    rol = {"waarvoor": "begeleidt thuis", "beslist": "Wanneer ik kom.", "doet_niet": ""}
    wijzig(kuipers, kuipers.ilse, **rol, telefoon="085-0000 777")
    wijzig(kuipers, kuipers.ruben, waarvoor="mentor", beslist="Over de groep.", telefoon="085-0000 778")
    vastgesteld(kuipers, 2)
    assert voor_helper(kuipers.ilse) == [
        ("anders", "Jouw rol", "“begeleidt thuis” Dat was: “begeleidt de terugkeer naar huis”"),
        ("erbij", "Dit mag je beslissen", "“Wanneer ik kom.”"),
        ("weg", "Dit doe je niet", "“Niet bellen met school.”"),
        ("anders", "Jouw bereikbaarheid", "staat er nu anders. Kijk of het klopt."),
    ]
    assert voor_helper(kuipers.amrita) == []


def test_who_comes_who_goes_and_who_has_the_regie_is_told_when_helpers_may_read_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    joost = kuipers.teams.joost.professional
    assert joost is not None
    deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    for functie, wie in (("regievoerder", kuipers.ilse), ("vervanger", kuipers.ruben)):
        regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie=functie, deelnemer=wie)
    Regie.objects.filter(deelnemer=kuipers.ruben).update(aanvaard_op=timezone.now())
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.amrita)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.esra)
    vastgesteld(kuipers, 2)
    mensen = [("erbij", "Joost ten Hove", "doet mee."), ("weg", "dr. Amrita Soedamah", "doet niet meer mee.")]
    assert voor_helper(kuipers.ilse) == [
        ("anders", "Jij", "bent gevraagd voor de regie. Dat was Sanne Wolters."),
        *mensen,
        ("erbij", "Ruben Assink", "is de vervanger."),
    ]
    assert voor_helper(kuipers.ruben) == [
        ("erbij", "Jij", "bent de vervanger."),
        *mensen,
        ("anders", "Ilse Broekhuis", "is gevraagd voor de regie. Dat was Sanne Wolters."),
    ]


def test_a_helper_whom_other_helpers_may_not_see_comes_holds_and_goes_in_silence(kuipers: cast.Kuipers) -> None:
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ruben)
    vastgesteld(kuipers)
    Deelnemer.objects.filter(pk__in=[kuipers.amrita.pk, kuipers.ruben.pk]).update(voor_professionals=False)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="aanspreekpunt", deelnemer=kuipers.amrita)
    vastgesteld(kuipers, 2)
    # Ruben is still there: that he is hidden now does not make him leave. Who is first contact now stays unsaid.
    assert voor_helper(kuipers.ilse) == [("weg", "Sanne Wolters", "is niet meer het eerste aanspreekpunt.")]
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    Afspraak.objects.filter(deelnemer=kuipers.amrita).update(vervallen_op=timezone.now())
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="aanspreekpunt", deelnemer=kuipers.ilse)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.amrita)
    vastgesteld(kuipers, 3)
    kijkt(kuipers.ruben)
    assert ("erbij", "Jij", "bent gevraagd als eerste aanspreekpunt.") in voor_helper(kuipers.ilse)
    for mens in (kuipers.ilse, kuipers.ruben):
        assert all("Amrita" not in " ".join(regel) for regel in voor_helper(mens))


def test_a_function_that_goes_away_is_told_to_who_had_it(kuipers: cast.Kuipers) -> None:
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ilse)
    vastgesteld(kuipers)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ruben)
    vastgesteld(kuipers, 2)
    assert voor_helper(kuipers.ilse) == [("anders", "Ruben Assink", "is gevraagd als vervanger. Dat was jij.")]
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=None)
    vastgesteld(kuipers, 3)
    assert voor_helper(kuipers.ruben) == [("weg", "Jij", "bent niet meer de vervanger.")]


def test_another_day_to_look_back_is_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Evaluatie.objects.update(datum=timezone.localdate() + timedelta(days=70))
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get()
    stel_vast_met_nieuwe_datum(door=kuipers.door, casus=casus)
    ((soort, wie, zin),) = voor_helper(kuipers.ilse)
    assert (soort, wie) == ("anders", "Terugkijken")
    assert "Dat was" in zin


def test_nothing_of_the_family_or_of_others_is_among_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Organisatie.objects.update(crisisnummer="085-0000 998")
    gezin.zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"naam": "Lot", "relatie": "zus"}
    )
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="aanleiding", versie=1, velden={"tekst": "Milan woont thuis."}
    )
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.bart_belt)
    vastgesteld(kuipers, 2)
    assert voor_helper(kuipers.ilse) == []


# Consent --------------------


def test_parts_that_nobody_agreed_to_stay_out(kuipers: cast.Kuipers) -> None:
    club = maak_club(kuipers)
    zegt(club, kuipers.bart, kuipers.esra, kuipers.milan, onderdelen=["naam"])
    vastgesteld(kuipers)
    rij = club.traint
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden={"wat": "Ik bel Esra."}
    )
    plan = Evaluatie.objects.get()
    evaluaties.plan_evaluatie(
        door=kuipers.door, casus=kuipers.casus, pk=plan.pk, versie=plan.versie, velden={"waar": "bij Bart"}
    )
    wijzig(kuipers, club.dennis, waarvoor="traint Milan")
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ilse)
    vastgesteld(kuipers, 2)
    assert voor_helper(club.dennis) == [("anders", "Jouw rol", "“traint Milan” Dat was: “Milan traint er op dinsdag”")]


def test_without_a_yes_nothing_is_told(kuipers: cast.Kuipers) -> None:
    club = maak_club(kuipers)
    vastgesteld(kuipers)
    wijzig(kuipers, club.dennis, waarvoor="traint Milan")
    vastgesteld(kuipers, 2)
    assert veranderd_voor(club.dennis) is None


# Since when --------------------


def test_who_looked_last_at_version_one_reads_all_that_changed_since(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    kijkt(kuipers.ilse)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    anders(kuipers, wanneer="op vrijdag")
    vastgesteld(kuipers, 3)
    alles = "“Ik kom om 15 uur.”, op vrijdag Dat was: “Ik kom elke woensdag om 16 uur.”, elke woensdag"
    assert voor_helper(kuipers.ilse) == [("anders", "Jouw afspraak", alles)]
    # Looking does not make it go away: it stays until the next version.
    kijkt(kuipers.ilse)
    assert voor_helper(kuipers.ilse) == [("anders", "Jouw afspraak", alles)]


@pytest.mark.parametrize("plek", ["taak", "mijn"])
def test_who_read_version_two_reads_what_changed_since_that(kuipers: cast.Kuipers, plek: str) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    kijkt(kuipers.ilse, plek)
    anders(kuipers, wanneer="op vrijdag")
    vastgesteld(kuipers, 3)
    assert voor_helper(kuipers.ilse) == [
        ("anders", "Jouw afspraak", "“Ik kom om 15 uur.”, op vrijdag Dat was: elke woensdag")
    ]


def test_a_program_that_opened_the_link_did_not_read_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    kijkt(kuipers.ilse)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    kijkt(kuipers.ilse, "taak_welkom")
    anders(kuipers, wanneer="op vrijdag")
    vastgesteld(kuipers, 3)
    ((_soort, _wie, zin),) = voor_helper(kuipers.ilse)
    assert "16 uur" in zin


def test_staff_who_looked_in_the_own_account_looked_too(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, deelnemer=kuipers.sanne)
    vastgesteld(kuipers, 2)
    logboek.schrijf(door=kuipers.door, daad="las", casus_id=kuipers.casus.pk, velden=["mijn"])
    anders(kuipers, wanneer="op vrijdag")
    vastgesteld(kuipers, 3)
    assert [soort for soort, _wie, _zin in voor_helper(kuipers.sanne)] == ["anders"]


def test_who_joined_with_the_newest_version_reads_a_first_version(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    joost = kuipers.teams.joost.professional
    assert joost is not None
    nieuw = deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    vastgesteld(kuipers, 2)
    assert veranderd_voor(nieuw) is None
    assert veranderd.voor_overzicht(vers(nieuw), kuipers.casus) is None


def test_many_families_cost_as_many_queries_as_one(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    een = [vers(kuipers.ilse)]
    with CaptureQueriesContext(connection) as klein:
        veranderd.voor_helpers(een)
    for _nummer in range(3):
        ander = cast.maak_kuipers(kuipers.teams)
        vastgesteld(ander)
        anders(ander, wat="Ik kom om 15 uur.")
        vastgesteld(ander, 2)
        een.append(vers(ander.ilse))
    with CaptureQueriesContext(connection) as groot:
        assert sum(wat is not None for wat in veranderd.voor_helpers(een).values()) == 4
    assert len(groot) == len(klein)


# The whole overview --------------------


def test_in_the_whole_overview_all_that_helpers_may_read_is_told(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    wijzig(kuipers, kuipers.ruben, telefoon="085-0000 778")
    Afspraak.objects.filter(pk=kuipers.vertelt.pk).update(wat="Geheim.", inhoud_versie=2, voor_professionals=False)
    Antwoord.objects.filter(vraag="aanleiding").update(tekst="Anders.", voor_professionals=False)
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="wie_mist", versie=0, velden={"tekst": "De gymleraar."}
    )
    vastgesteld(kuipers, 2)
    assert voor_overzicht(kuipers.amrita) == [
        ("anders", "Ruben Assink", "is anders te bereiken."),
        ("anders", "Ilse Broekhuis", "“Ik kom om 15 uur.”, elke woensdag Dat was: “Ik kom elke woensdag om 16 uur.”"),
        # Her own agreement she reads, also when other helpers may not.
        ("anders", "Jouw afspraak", "“Geheim.”, vóór vrijdag 11 december Dat was: “Ik vertel Ilse wat helpt.”"),
        ("erbij", "Antwoorden", "op 1 vraag."),
    ]
    assert all("Geheim" not in zin and "Amrita" not in wie for _soort, wie, zin in voor_overzicht(kuipers.ilse))


# The family --------------------


def test_a_parent_reads_only_what_is_meant_for_him(kuipers: cast.Kuipers) -> None:
    """Esra may not read what Ilse and Bart agreed, and not that opa is there."""
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    rij = kuipers.bart_belt
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden={"wat": "Ik bel altijd."}
    )
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    wijzig(kuipers, kuipers.ruben, telefoon="085-0000 778", beslist="Over de groep.")
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(geboren=cast.MILAN_GEBOREN + timedelta(days=1))
    vastgesteld(kuipers, 2)
    assert voor_gezin(kuipers.bart) == [
        ("weg", "Opa Henk", "doet niet meer mee."),
        ("anders", "Ruben Assink", "is anders te bereiken."),
        ("anders", "Ilse Broekhuis", "“Ik kom om 15 uur.”, elke woensdag Dat was: “Ik kom elke woensdag om 16 uur.”"),
        ("anders", "Uw afspraak", "“Ik bel altijd.” Dat was: “Ik bel als een weekend niet doorgaat.”"),
    ]
    assert voor_gezin(kuipers.esra) == [("anders", "Ruben Assink", "is anders te bereiken.")]


def test_what_is_hidden_now_did_not_go_away_and_what_is_shown_now_is_new(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Deelnemer.objects.filter(pk=kuipers.amrita.pk).update(voor_gezin=VoorGezin.NIEMAND)
    Afspraak.objects.filter(pk=kuipers.praat_bij.pk).update(voor_gezin=VoorGezin.IEDEREEN)
    Afspraak.objects.filter(pk=kuipers.belt_zondag.pk).update(voor_gezin=VoorGezin.NIEMAND)
    Antwoord.objects.filter(vraag="aanleiding").update(voor_gezin=VoorGezin.NIEMAND)
    vastgesteld(kuipers, 2)
    assert voor_gezin(kuipers.bart) == [("erbij", "Sanne Wolters", "“Ik praat Esra bij.”, om de week")]
    assert voor_gezin(kuipers.esra) == []


def test_a_changed_answer_is_named_by_its_heading_and_not_quoted(kuipers: cast.Kuipers) -> None:
    def schrijf(vraag: str, versie: int, tekst: str) -> None:
        velden = {"tekst": tekst, "voor_gezin": VoorGezin.IEDEREEN}
        antwoorden.bewaar_antwoord(door=kuipers.door, casus=kuipers.casus, vraag=vraag, versie=versie, velden=velden)

    schrijf("wij_van_elkaar", 1, "Eerst bellen.")
    vastgesteld(kuipers)
    schrijf("gezin_van_ons", 1, "Dat Sanne belt.")
    schrijf("wij_van_elkaar", 2, "")
    schrijf("wie_mist", 0, "De gymleraar.")
    vastgesteld(kuipers, 2)
    regels = voor_gezin(kuipers.bart)
    assert [(soort, zin) for soort, _kop, zin in regels] == [
        ("erbij", "hier staat nu iets."),
        ("anders", "hier staat nu iets anders."),
        ("weg", "dit staat er niet meer in."),
    ]
    assert regels[1][1] == "U vroeg ons:"
    assert voor_gezin(kuipers.milan)[1][1] == "Jij vroeg ons:"


def test_the_family_reads_that_nothing_changed_for_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    wijzig(kuipers, kuipers.ruben, beslist="Over de groep.")
    vastgesteld(kuipers, 2)
    casus = Casus.objects.select_related("handreiking").get()
    for lid, je, zin in ((kuipers.bart, False, "In uw overzicht"), (kuipers.milan, True, "In jouw overzicht")):
        gevonden = veranderd.voor_gezinslid(lid, casus)
        assert gevonden is not None
        assert f"{zin} veranderde niets." in render_to_string("gezin/veranderd.html", {"veranderd": gevonden, "je": je})


def test_who_joined_the_family_later_has_nothing_to_compare_with(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    lot = gezin.zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"naam": "Lot", "relatie": "zus"}
    )
    vastgesteld(kuipers, 2)
    assert veranderd.voor_gezinslid(lot, kuipers.casus) is None
    assert voor_gezin(kuipers.bart) == [("erbij", "Lot", "doet mee.")]
