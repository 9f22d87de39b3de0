"""Everyone hears of a change, and only who is asked something new is asked again."""

import html as html_
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen import berichten
from casussen.acties import afspraken, deelnemers, gezin, regie
from casussen.acties.vaststellen import stel_vast_met_nieuwe_datum
from casussen.berichten import teksten
from casussen.models import (
    Afspraak,
    Bericht,
    Casus,
    Evaluatie,
    Gezinslid,
    Organisatie,
    Professional,
    Reactie,
    Vaststelling,
)
from casussen.models.basis import VoorGezin
from casussen.models.bericht import BerichtStatus
from casussen.overzicht import gevraagd
from tests import cast
from tests.delen import maak_club, zegt
from tests.gezinnen import anders, iedereen_akkoord, reageer, vastgesteld


def post_van(versie: Vaststelling) -> dict[str, str]:
    """Who got which mail about a version; a second mail to one person would not fit."""
    rijen = Bericht.objects.filter(sleutel__startswith=f"{gevraagd.oorzaak(versie)}:")
    post = [(bericht.ontvanger.naam, str(bericht.soort)) for bericht in rijen]
    assert len(post) == len(dict(post))
    return dict(post)


def asked(versie: Vaststelling) -> set[str]:
    """Whom a version asks something."""
    return {naam for naam, soort in post_van(versie).items() if soort == "taak"}


def test_the_first_version_asks_helpers_and_shows_the_family_its_overview(kuipers: cast.Kuipers) -> None:
    assert post_van(vastgesteld(kuipers)) == {
        "Ilse Broekhuis": "taak",
        "Ruben Assink": "taak",
        "dr. Amrita Soedamah": "taak",
        "Bart Kuipers": "overzicht",
        "Esra Demir": "overzicht",
    }


def test_a_changed_agreement_asks_its_owner_and_the_others_hear_that_something_changed(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    iedereen_akkoord(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    assert post_van(vastgesteld(kuipers, 2)) == {
        "Ilse Broekhuis": "taak",
        "Ruben Assink": "wijziging",
        "dr. Amrita Soedamah": "wijziging",
        "Bart Kuipers": "wijziging",
        "Esra Demir": "wijziging",
    }
    # What did not change, stays confirmed.
    rijen = Afspraak.objects.filter(deelnemer__isnull=False).exclude(deelnemer=kuipers.sanne)
    open_ = [rij.deelnemer for rij in rijen if not rij.reacties.filter(inhoud_versie=rij.inhoud_versie).exists()]
    assert open_ == [kuipers.ilse]


@pytest.mark.parametrize(
    ("velden", "vraagt"),
    [
        ({"wat": "Ik kom."}, True),
        ({"wanneer": "op vrijdag"}, True),
        ({"datum": date(2026, 12, 1)}, True),
        ({"voor_gezin": VoorGezin.NIEMAND, "gekozen_gezinsleden": []}, False),
        ({"voor_professionals": False}, False),
    ],
)
def test_only_a_change_that_matters_asks_again(kuipers: cast.Kuipers, velden: dict[str, object], vraagt: bool) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "akkoord")
    anders(kuipers, **velden)
    assert asked(vastgesteld(kuipers, 2)) == ({"Ilse Broekhuis"} if vraagt else set())
    rij = Afspraak.objects.get(pk=kuipers.komt_woensdag.pk)
    assert rij.reacties.filter(inhoud_versie=rij.inhoud_versie).exists() != vraagt


def test_an_agreement_that_goes_to_somebody_else_asks_the_new_owner(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "akkoord")
    anders(kuipers, deelnemer=kuipers.ruben)
    assert asked(vastgesteld(kuipers, 2)) == {"Ruben Assink"}


def test_what_was_asked_before_is_not_asked_anew(kuipers: cast.Kuipers) -> None:
    """Who did not answer is chased (najagen); a new version does not begin again."""
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    assert "Ruben Assink" not in asked(vastgesteld(kuipers, 2))


def test_a_new_agreement_or_a_new_helper_is_asked(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik bel de school.", "deelnemer": kuipers.ruben},
    )  # fmt: skip
    joost = kuipers.teams.joost.professional
    assert joost is not None
    deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    assert asked(vastgesteld(kuipers, 2)) == {"Ruben Assink", "Joost ten Hove"}


def test_who_is_asked_for_the_regie_is_asked_once(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="regievoerder", deelnemer=kuipers.ilse)
    assert asked(vastgesteld(kuipers, 2)) == {"Ilse Broekhuis"}
    anders(kuipers, deelnemer=kuipers.ruben)
    assert asked(vastgesteld(kuipers, 3)) == {"Ruben Assink"}


def test_who_leaves_hears_nothing_and_the_others_do(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Afspraak.objects.filter(pk=kuipers.belt_zondag.pk).update(deelnemer=kuipers.ilse)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ruben)
    gezin.haal_gezinslid_weg(door=kuipers.door, casus=kuipers.casus, gezinslid=kuipers.esra)
    assert set(post_van(vastgesteld(kuipers, 2))) == {"Ilse Broekhuis", "dr. Amrita Soedamah", "Bart Kuipers"}


def test_whom_the_first_mail_did_not_reach_is_asked_with_the_next_version(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Bericht.objects.filter(deelnemer=kuipers.ruben).update(status=BerichtStatus.MISLUKT)
    Bericht.objects.filter(gezinslid=kuipers.bart).update(status=BerichtStatus.MISLUKT)
    anders(kuipers, wat="Ik kom om 15 uur.")
    versie = vastgesteld(kuipers, 2)
    assert asked(versie) == {"Ilse Broekhuis", "Ruben Assink"}
    assert post_van(versie)["Bart Kuipers"] == "overzicht"


def test_who_wants_no_mail_about_changes_is_still_asked_what_is_new(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Professional.objects.update(mailritme="geen")
    anders(kuipers, wat="Ik kom om 15 uur.")
    assert post_van(vastgesteld(kuipers, 2)) == {
        "Ilse Broekhuis": "taak",
        "Bart Kuipers": "wijziging",
        "Esra Demir": "wijziging",
    }


def test_an_organisation_that_may_not_read_agreements_is_not_asked_about_them(kuipers: cast.Kuipers) -> None:
    club = maak_club(kuipers)
    zegt(club, kuipers.bart, kuipers.esra, kuipers.milan, onderdelen=["naam"])
    assert post_van(vastgesteld(kuipers))["Dennis Bal"] == "taak"
    rij = club.traint
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=rij.pk, versie=rij.versie, velden={"wat": "Ik bel Esra."}
    )
    assert post_van(vastgesteld(kuipers, 2))["Dennis Bal"] == "wijziging"


def test_only_another_day_to_look_back_tells_everybody_and_asks_nobody(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    iedereen_akkoord(kuipers)
    voor = list(Reactie.objects.order_by("pk").values())
    Evaluatie.objects.update(datum=timezone.localdate() + timedelta(days=70))
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get()
    versie = stel_vast_met_nieuwe_datum(door=kuipers.door, casus=casus)
    assert versie is not None
    assert set(post_van(versie).values()) == {"wijziging"}
    assert len(post_van(versie)) == 5
    assert list(Reactie.objects.order_by("pk").values()) == voor


# The mail itself --------------------


def test_the_mail_says_only_that_something_changed(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, deelnemer=kuipers.ruben, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    mails = Bericht.objects.filter(soort="wijziging")
    teksten_ = {rij.ontvanger.naam: teksten.maak(rij, adres="https://h", tot_en_met=date(2026, 12, 1)) for rij in mails}
    assert {tekst.onderwerp for tekst in teksten_.values()} == {"Er is iets veranderd"}
    assert "Op je eigen pagina lees je wat." in teksten_["Ilse Broekhuis"].inhoud
    assert "Op de pagina leest u wat." in teksten_["Bart Kuipers"].inhoud
    for tekst in teksten_.values():
        for geheim in ("Kuipers", "Bart", "Milan", "15 uur", "woensdag", "Ruben"):
            assert geheim not in tekst.onderwerp + tekst.inhoud


# The page before fixing --------------------


def krijgen(client: Client, kuipers: cast.Kuipers) -> dict[str, tuple[str, str]]:
    """What the page says that each person gets, and by which way."""
    context = client.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").context
    return {wie.mens.naam: (wie.krijgt, wie.hoe) for wie in context["ontvangers"]}


def test_the_page_says_who_is_asked_again_and_who_only_hears(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Professional.objects.filter(naam="Ruben Assink").update(mailritme="week")
    Professional.objects.filter(naam="dr. Amrita Soedamah").update(mailritme="geen")
    anders(kuipers, wat="Ik kom om 15 uur.")
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=kuipers.ilse)
    assert krijgen(als_sanne, kuipers) == {
        "Milan Kuipers": ("overzicht", "Op papier. Druk het af en geef het mee."),
        "Bart Kuipers": ("overzicht", "Mail dat er iets veranderd is"),
        "Esra Demir": ("overzicht", "Mail dat er iets veranderd is"),
        "Sanne Wolters": ("1 afspraak", "Dit ben jij. Je zegt ja door vast te stellen."),
        "Ilse Broekhuis": ("1 nieuwe of veranderde afspraak en een vraag over de rol", "Link per mail"),
        "Ruben Assink": ("geen nieuwe vraag", "In de mail die één keer per week komt"),
        "dr. Amrita Soedamah": ("geen nieuwe vraag", "Wil geen mail over veranderingen."),
        "Opa Henk": ("geen nieuwe vraag", "Krijgt geen bericht: er is geen mailadres."),
    }
    html = html_.unescape(als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").content.decode())
    assert "1 helper krijgt een link met de vraag om te antwoorden." in html
    assert "Een mail dat er iets veranderd is, gaat naar Bart, Esra en Ruben." in html
    assert "Word jij de vervanger?" in html
    assert "Zo ziet de mail aan Ilse eruit" in html


def test_what_the_page_promises_about_a_second_version_is_what_leaves(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    Professional.objects.filter(naam="dr. Amrita Soedamah").update(mailritme="geen")
    anders(kuipers, wat="Ik kom om 15 uur.")
    context = als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").context
    beloofd = {wie.mens.naam: wie.soort for wie in context["ontvangers"] if wie.mailt}
    assert post_van(vastgesteld(kuipers, 2)) == beloofd


def test_with_nothing_asked_the_example_is_the_mail_that_something_changed(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    vastgesteld(kuipers)
    Gezinslid.objects.filter(pk=kuipers.milan.pk).update(naam="Milan K.")
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").content.decode()
    assert "Op je eigen pagina lees je wat." in html
    assert "de vraag om te antwoorden" not in html


def test_somebody_without_an_address_is_to_be_called_only_about_what_is_new(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    anders(kuipers, deelnemer=kuipers.opa)
    vastgesteld(kuipers)
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    assert "Bel zelf met" not in als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").content.decode()
    anders(kuipers, wat="Ik haal Milan op.")
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/vaststellen/").content.decode()
    assert "Bel zelf met Opa Henk" in html


# What waits for another day --------------------


def dan() -> datetime:
    """The moment on which what waits may leave."""
    return max(rij.niet_voor for rij in Bericht.objects.filter(status=BerichtStatus.KLAAR)) + timedelta(minutes=1)


def test_a_second_version_on_one_day_comes_the_next_and_the_page_says_when(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    vastgesteld(kuipers)
    berichten.verstuur_alles(nu=timezone.now())
    anders(kuipers, wat="Ik kom om 15 uur.")
    versie = vastgesteld(kuipers, 2)
    assert berichten.verstuur_alles(nu=timezone.now()) == 0
    html = als_sanne.get(f"/casussen/{kuipers.casus.pk}/").content.decode()
    assert html.count("De mail gaat weg op") == 5
    assert berichten.verstuur_alles(nu=dan()) == 5
    assert asked(versie) == {"Ilse Broekhuis"}


def test_who_answered_at_the_page_of_the_first_mail_is_not_asked_by_the_second(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    berichten.verstuur_alles(nu=timezone.now())
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    berichten.verstuur_alles(nu=timezone.now())
    reageer(kuipers.ilse, "akkoord")
    assert berichten.verstuur_alles(nu=dan()) == 4
    assert Bericht.objects.get(status=BerichtStatus.INGETROKKEN).deelnemer == kuipers.ilse


def test_who_asked_something_and_got_a_new_text_instead_is_asked_about_it(kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    berichten.verstuur_alles(nu=timezone.now())
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    berichten.verstuur_alles(nu=timezone.now())
    assert berichten.verstuur_alles(nu=dan()) == 5
    assert not Bericht.objects.filter(status=BerichtStatus.INGETROKKEN).exists()


@pytest.mark.parametrize("wat", ["stopt", "sluit", "geen toestemming", "wil niet meer"])
def test_what_waits_is_withdrawn_when_somebody_may_not_or_will_not_hear_it(kuipers: cast.Kuipers, wat: str) -> None:
    vastgesteld(kuipers)
    berichten.verstuur_alles(nu=timezone.now())
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.belt_zondag)
    vastgesteld(kuipers, 2)
    berichten.verstuur_alles(nu=timezone.now())
    if wat == "stopt":
        deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ruben)
    elif wat == "sluit":
        Casus.objects.update(afgesloten_op=timezone.now())
    elif wat == "wil niet meer":
        Professional.objects.filter(naam="Ruben Assink").update(mailritme="geen")
    else:
        Organisatie.objects.filter(naam="De Linde").update(hoort_bij_hulp=False)
    berichten.verstuur_alles(nu=dan())
    ruben = Bericht.objects.get(deelnemer=kuipers.ruben, soort="wijziging")
    assert ruben.status == BerichtStatus.INGETROKKEN
    anderen = Bericht.objects.filter(soort="wijziging").exclude(pk=ruben.pk)
    assert {rij.status for rij in anderen} == {"ingetrokken" if wat == "sluit" else "verstuurd"}
