"""The page behind a helper's link: what stands on it, and what he can answer."""

import pytest
from django.test import Client

from casussen.acties import afspraken, deelnemers, regie
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Deelnemer, Logregel, Reactie
from tests.cast import Kuipers
from tests.taaklink import BEREIKBAAR, antwoord, binnen, tekst


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(client: Client, vast: Kuipers) -> str:
    """Where Ruben's page is, once he said who he is."""
    return f"/t/{binnen(client, vast.ruben)}/"


# What stands on it ----------------------------------------------------------------------------------------


def test_a_helper_reads_who_asks_and_only_the_own_part(client: Client, vast: Kuipers, pad: str) -> None:
    deelnemers.wijzig_deelnemer(
        door=vast.door,
        casus=vast.casus,
        pk=vast.ruben.pk,
        versie=vast.ruben.versie,
        velden={"beslist": "Wie er op bezoek komt.", "doet_niet": "Ik praat niet met school."},
    )
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    pagina = tekst(client.get(pad))
    for woorden in [
        "Dag Ruben, klopt dit?",
        "Sanne Wolters",
        "Hengelo-Noord",
        "Gezin Kuipers",
        "mentor op de groep",
        "Wie er op bezoek komt.",
        "Ik praat niet met school.",
        "Ik bel Bart over het weekend.",
        "elke zondag",
        "085-0000 011",
        "op het wijkteam",
        str(vast.evaluatie.datum.year),
    ]:
        assert woorden.lower() in pagina.lower(), woorden
    for van_een_ander in ["Ik kom elke woensdag", "Ilse", "Amrita", "Esra", "Milan wil weer", "behandeling"]:
        assert van_een_ander not in pagina


def test_what_is_not_fixed_yet_is_not_shown(client: Client, vast: Kuipers, pad: str) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.komt_woensdag.pk,
        versie=vast.komt_woensdag.versie,
        velden={"deelnemer": vast.ruben},
    )
    assert "Ik kom elke woensdag" not in tekst(client.get(pad))
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    assert "Ik kom elke woensdag" in tekst(client.get(pad))


def test_before_the_first_version_the_page_says_there_is_nothing_and_names_no_family(
    client: Client, kuipers: Kuipers
) -> None:
    antwoord = client.get(f"/t/{binnen(client, kuipers.ruben)}/")
    assert antwoord.status_code == 200
    assert "Er staat nog niets voor je klaar" in tekst(antwoord)
    for geheim in ("Kuipers", "mentor", "Ik bel Bart"):
        assert geheim not in tekst(antwoord)


def test_a_helper_without_role_or_agreements_reads_that_too(client: Client, vast: Kuipers) -> None:
    Deelnemer.objects.filter(pk=vast.amrita.pk).update(waarvoor="")
    afspraken.laat_vervallen(door=vast.door, casus=vast.casus, afspraak=vast.vertelt)
    vast.evaluatie.afwezige_deelnemers.add(vast.amrita)
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    pagina = tekst(client.get(f"/t/{binnen(client, vast.amrita)}/"))
    assert "Er is niets over je rol opgeschreven" in pagina
    assert "Je hebt nu geen afspraken" in pagina
    assert "Jij hoeft er deze keer niet bij te zijn" in pagina


def test_a_coordinator_without_a_number_is_mailed(client: Client, vast: Kuipers, pad: str) -> None:
    professional = vast.teams.sanne.professional
    assert professional is not None
    professional.telefoon = ""
    professional.save()
    assert "mailto:s.wolters@noord.example" in tekst(client.get(pad))


# Answering ------------------------------------------------------------------------------------------------


def test_yes_is_one_press(client: Client, vast: Kuipers, pad: str) -> None:
    for _keer in range(2):
        na = antwoord(client, pad, vast.belt_zondag, "akkoord")
        assert na.status_code == 302
        assert na["Location"] == f"{pad}#inhoud"
    pagina = tekst(client.get(pad))
    assert "Je zei ja. Dank je wel." in pagina
    assert "Je hebt overal op geantwoord." in pagina
    assert Reactie.objects.get(deelnemer=vast.ruben).soort == "akkoord"
    assert Logregel.objects.filter(daad="reageerde", actor_id=vast.ruben.pk).count() == 1


def test_after_one_of_two_answers_he_stays_where_he_was(client: Client, vast: Kuipers, pad: str) -> None:
    Afspraak.objects.create(casus=vast.casus, deelnemer=vast.ruben, wat="Ik haal Milan op.")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    na = antwoord(client, pad, vast.belt_zondag, "akkoord")
    assert na["Location"] == f"{pad}#afspraak-{vast.belt_zondag.pk}"


@pytest.mark.parametrize(
    ("soort", "zin"),
    [("niet-akkoord", "Schrijf erbij waarom niet."), ("vraag", "Schrijf je vraag erbij.")],
)
def test_no_and_a_question_need_words(client: Client, vast: Kuipers, pad: str, soort: str, zin: str) -> None:
    na = antwoord(client, pad, vast.belt_zondag, soort, "   ")
    assert na.status_code == 200
    assert zin in tekst(na)
    assert not Reactie.objects.exists() or not Reactie.objects.filter(deelnemer=vast.ruben).exists()
    assert antwoord(client, pad, vast.belt_zondag, soort, "Op zondag werk ik niet.").status_code == 302
    assert "Op zondag werk ik niet." in tekst(client.get(pad))


def test_an_answer_can_be_changed(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Ik ben dan vrij.")
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    reactie = Reactie.objects.get(deelnemer=vast.ruben)
    assert (reactie.soort, reactie.tekst) == ("akkoord", "")


def test_a_too_long_reason_comes_back_whole(client: Client, vast: Kuipers, pad: str) -> None:
    lang = "abcd " * 8000
    na = antwoord(client, pad, vast.belt_zondag, "niet-akkoord", lang.strip())
    assert na.status_code == 200
    assert lang.strip() in tekst(na)
    assert "te lang" in tekst(na)
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_an_answer_that_does_not_exist_is_refused_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    na = antwoord(client, pad, vast.belt_zondag, "misschien", "wie weet")
    assert na.status_code == 200
    assert "Kies een antwoord" in tekst(na)


def test_an_agreement_that_is_being_changed_refuses_and_keeps_what_was_typed(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"wat": "Ik bel Bart elke maandag."},
    )
    na = antwoord(client, pad, vast.belt_zondag, "vraag", "Mag het ook op maandag?")
    assert na.status_code == 200
    assert "Je antwoord is niet bewaard" in tekst(na)
    assert "Mag het ook op maandag?" in tekst(na)
    assert "Deze afspraak wordt net veranderd." in tekst(na)
    assert "elke maandag" not in tekst(na).replace("Mag het ook op maandag?", "")
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_a_page_from_before_the_new_version_refuses_and_offers_the_new_text(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"wat": "Ik bel Bart elke maandag."},
    )
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    na = antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Zondag kan niet.")
    assert "Ik bel Bart elke maandag." in tekst(na)
    assert "Zondag kan niet.</textarea>" in tekst(na)
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()


def test_an_agreement_that_went_to_somebody_else_is_not_answered_any_more(
    client: Client, vast: Kuipers, pad: str
) -> None:
    afspraken.zet_afspraak(
        door=vast.door,
        casus=vast.casus,
        pk=vast.belt_zondag.pk,
        versie=vast.belt_zondag.versie,
        velden={"deelnemer": vast.ilse},
    )
    na = antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat moet ik bellen?")
    assert "gaat net naar iemand anders" in tekst(na)
    assert "Hoe laat moet ik bellen?" in tekst(na)
    assert not Reactie.objects.filter(tekst__contains="Hoe laat").exists()


def test_nobody_answers_for_another(client: Client, vast: Kuipers, pad: str) -> None:
    na = antwoord(client, pad, vast.komt_woensdag, "akkoord")
    assert na.status_code == 404
    assert "Ik kom elke woensdag" not in tekst(na)
    assert not Reactie.objects.filter(afspraak=vast.komt_woensdag).exists()


# The regie ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("functie", "vraag", "daarna"),
    [
        ("regievoerder", "Neem jij de regie?", "Jij hebt de regie"),
        ("aanspreekpunt", "Word jij het eerste aanspreekpunt?", "Jij bent het eerste aanspreekpunt"),
        ("vervanger", "Word jij de vervanger?", "Jij bent de vervanger"),
    ],
)
def test_whoever_is_named_is_asked_and_says_yes(
    client: Client, vast: Kuipers, pad: str, functie: str, vraag: str, daarna: str
) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie=functie, deelnemer=vast.ruben)
    assert rij is not None
    assert vraag in tekst(client.get(pad))
    for _keer in range(2):
        assert client.post(f"{pad}regie/{rij.pk}/").status_code == 302
    pagina = tekst(client.get(pad))
    assert vraag not in pagina
    assert daarna in pagina
    assert Logregel.objects.filter(daad="aanvaardde", actor_id=vast.ruben.pk).count() == 1


def test_a_yes_that_comes_too_late_changes_nothing(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ruben)
    regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ilse)
    assert rij is not None
    na = client.post(f"{pad}regie/{rij.pk}/", follow=True)
    assert "aan iemand anders gevraagd" in tekst(na)
    rij.refresh_from_db()
    assert rij.aanvaard_op is None


def test_nobody_says_yes_for_another(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ilse)
    assert rij is not None
    assert client.post(f"{pad}regie/{rij.pk}/").status_code == 404
    rij.refresh_from_db()
    assert rij.aanvaard_op is None


# Reachability ---------------------------------------------------------------------------------------------


def test_a_helper_says_himself_how_to_be_reached(client: Client, vast: Kuipers, pad: str) -> None:
    na = client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR, follow=True)
    assert "Bewaard." in tekst(na)
    vast.ruben.refresh_from_db()
    assert (vast.ruben.dagen, vast.ruben.vervanger, vast.ruben.terugbellen) == ([1, 3], "Anna Smit", "dezelfde-dag")
    # The number is the one of the address book: it is not copied, so that a new number there counts here too.
    assert (vast.ruben.telefoon, vast.ruben.belnummer) == ("", "085-0000 031")
    client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR | {"telefoon": "06-0000 0199", "versie": "2"})
    vast.ruben.refresh_from_db()
    assert vast.ruben.belnummer == "06-0000 0199"


def test_two_windows_show_both_texts_and_the_second_try_wins(client: Client, vast: Kuipers, pad: str) -> None:
    client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR)
    na = client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR | {"vervanger": "Bram de Wit"})
    assert na.status_code == 200
    assert "Anna Smit" in tekst(na)
    assert 'value="Bram de Wit"' in tekst(na)
    assert 'name="versie" value="2"' in tekst(na)
    client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR | {"vervanger": "Bram de Wit", "versie": "2"})
    vast.ruben.refresh_from_db()
    assert vast.ruben.vervanger == "Bram de Wit"


def test_an_impossible_time_comes_back_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    na = client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR | {"uren_van": "18"})
    assert na.status_code == 200
    assert "eerder dan het begin" in tekst(na)
    assert 'value="Anna Smit"' in tekst(na)
    vast.ruben.refresh_from_db()
    assert vast.ruben.vervanger == ""
