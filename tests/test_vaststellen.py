"""Fixing a version: the last look and the button."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import afspraken, antwoorden, deelnemers, regie
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.berichten import links, teksten, voorbeeld
from casussen.models import (
    Afspraak,
    Bericht,
    Casus,
    Evaluatie,
    Gezinslid,
    Logregel,
    Organisatie,
    Professional,
    Regie,
    Toegangslink,
    Vaststelling,
)
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import gereed, momentopname, verschil
from tests import cast
from tests.gezinnen import anders, vastgesteld

KNOP = "Stel vast en verstuur"


def adres(kuipers: cast.Kuipers) -> str:
    """Where a version is fixed."""
    return f"/casussen/{kuipers.casus.pk}/vaststellen/"


def scherm(client: Client, kuipers: cast.Kuipers) -> str:
    """The page as the browser gets it."""
    antwoord = client.get(adres(kuipers))
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def druk(client: Client, kuipers: cast.Kuipers, *, gezien: str | None = None, nummer: int | None = None) -> Any:
    """Opens the page and presses the button, or presses that of an older page."""
    context = client.get(adres(kuipers)).context
    velden = {"nummer": nummer or context["nummer"], "gezien": gezien or context["gezien"]}
    return client.post(adres(kuipers), velden)


# The page --------------------


def test_the_page_shows_what_goes_in_the_first_version(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    html = scherm(als_sanne, kuipers)
    assert "Versie 1 vaststellen?" in html
    assert "Wat staat erin?" in html
    assert "Sanne Wolters heeft de regie, en zei ja." in html
    for regel in ("Milan Kuipers", "Ilse Broekhuis, De Brug", "Opa Henk", "Sanne Wolters heeft de regie."):
        assert f">{regel}</li>" in html
    assert "Ilse Broekhuis: “Ik kom elke woensdag om 16 uur.”, elke woensdag" in html
    assert KNOP in html


def test_everyone_stands_on_the_page_with_what_he_gets(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.esra.pk).update(gezag=False)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
        velden={"wat": "Ik haal Milan op.", "deelnemer": kuipers.opa},
    )  # fmt: skip
    context = als_sanne.get(adres(kuipers)).context
    krijgen = {wie.mens.naam: (wie.krijgt, wie.hoe) for wie in context["ontvangers"]}
    assert krijgen == {
        "Milan Kuipers": ("overzicht", "Op papier. Druk het af en geef het mee."),
        "Bart Kuipers": ("overzicht", "Link per mail"),
        "Esra Demir": ("niets vanzelf", "Alleen op verzoek: dit is een ouder zonder gezag."),
        "Sanne Wolters": ("1 afspraak", "Dit ben jij. Je zegt ja door vast te stellen."),
        "Ilse Broekhuis": ("1 afspraak", "Link per mail"),
        "Ruben Assink": ("1 afspraak", "Link per mail"),
        "dr. Amrita Soedamah": ("1 afspraak", "Link per mail"),
        "Opa Henk": ("1 afspraak", "Geen mailadres. Bel zelf."),
    }
    html = scherm(als_sanne, kuipers)
    assert f'href="/casussen/{kuipers.casus.pk}/overzicht/{kuipers.bart.pk}/?concept=1"' in html
    assert "3 helpers krijgen een link met de vraag om te antwoorden." in html
    assert "Een overzicht om te lezen gaat naar Bart." in html
    assert "Bel zelf met Opa Henk: er is geen mailadres." in html
    assert "Dit vragen we Ilse" in html


def test_what_the_page_promises_is_what_leaves(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Gezinslid.objects.filter(pk=kuipers.esra.pk).update(gezag=False)
    beloofd = {wie.mens for wie in als_sanne.get(adres(kuipers)).context["ontvangers"] if wie.mailt}
    druk(als_sanne, kuipers)
    assert beloofd == {bericht.ontvanger for bericht in Bericht.objects.all()}


def test_somebody_without_agreements_and_address_gets_nothing(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    ontvangers = als_sanne.get(adres(kuipers)).context["ontvangers"]
    opa = next(wie for wie in ontvangers if wie.mens == kuipers.opa)
    assert (opa.krijgt, opa.hoe) == ("geen afspraken", "Krijgt geen bericht: er is geen mailadres.")
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.praat_bij)
    ontvangers = als_sanne.get(adres(kuipers)).context["ontvangers"]
    assert next(wie.hoe for wie in ontvangers if wie.mens == kuipers.sanne) == "Dit ben jij."


def test_the_example_is_the_real_mail_and_makes_no_link(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    html = scherm(als_sanne, kuipers)
    assert "Zo ziet de mail aan Ilse eruit" in html
    assert "Er staan afspraken voor je klaar." in html
    assert not Toegangslink.objects.exists()
    assert not Bericht.objects.exists()
    nu = timezone.now()
    proef = voorbeeld.maak(kuipers.casus, kuipers.ilse, BerichtSoort.TAAK, nu=nu)
    vastgesteld(kuipers)
    bericht = Bericht.objects.get(deelnemer=kuipers.ilse)
    link, rij = links.maak_link(kuipers.ilse, nu=nu)
    echt = teksten.maak(bericht, adres=link, tot_en_met=links.laatste_dag(rij))
    assert proef.onderwerp == echt.onderwerp
    assert echt.inhoud == f"{proef.voor_link}\n\n{proef.knop}:\n{link}\n\n{proef.na_link}\n"


def test_with_only_family_to_mail_the_example_is_theirs(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Professional.objects.exclude(naam="Sanne Wolters").update(email="")
    html = scherm(als_sanne, kuipers)
    assert "Zo ziet de mail aan Bart eruit" in html
    assert "Uw overzicht staat klaar." in html
    assert "helpers krijgen een link" not in html
    Gezinslid.objects.update(krijgt_mail=False)
    html = scherm(als_sanne, kuipers)
    assert "Wat sturen we?" not in html
    assert KNOP in html


def test_the_example_mail_names_nobody_of_the_family(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    taak, wijziging = BerichtSoort.TAAK, BerichtSoort.WIJZIGING
    for mens, soort in (
        (kuipers.ilse, taak), (kuipers.bart, BerichtSoort.OVERZICHT), (kuipers.opa, taak), (kuipers.ilse, wijziging),
        (kuipers.bart, wijziging),
    ):  # fmt: skip
        mail = voorbeeld.maak(kuipers.casus, mens, soort, nu=timezone.now())
        tekst = mail.onderwerp + mail.voor_link + mail.na_link
        for geheim in ("Kuipers", "Bart", "Esra", "Milan", "woensdag om 16", "06-0000"):
            assert geheim not in tekst


def test_the_page_needs_as_many_queries_for_a_large_family(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)

    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            scherm(als_sanne, kuipers)
        return len(gevraagd)

    anders(kuipers, wat="Ik kom om 15 uur.")
    klein = vragen()
    for nummer in range(20):
        professional = Professional.objects.create(
            naam=f"Helper {nummer}", organisatie=Organisatie.objects.get(naam="De Brug"), email=f"h{nummer}@x.example"
        )
        deel = deelnemers.voeg_professional_toe(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=professional
        )
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
            velden={"wat": "Ik bel.", "deelnemer": deel},
        )  # fmt: skip
    assert vragen() == klein


# What is missing --------------------


def test_what_is_missing_is_told_with_the_step_and_without_a_button(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    casus, door = kuipers.casus, kuipers.door
    Afspraak.objects.update(vervallen_op=timezone.now())
    Evaluatie.objects.all().delete()
    regie.wijs_aan(door=door, casus=casus, functie="regievoerder", deelnemer=None)
    html = scherm(als_sanne, kuipers)
    assert KNOP not in html
    assert "Dit moet er eerst in" in html
    for nummer, zin in {
        4: "Er is nog niemand die de regie heeft.",
        5: "Er is nog geen afspraak.",
        7: "Er is nog geen dag om terug te kijken.",
    }.items():
        assert zin in html
        assert f'href="/casussen/{casus.pk}/stap/{nummer}/"' in html
    antwoord = druk(als_sanne, kuipers)
    assert antwoord.status_code == 200
    assert "Vaststellen kan nog niet." in antwoord.content.decode()
    assert not Vaststelling.objects.exists()


def test_an_empty_family_shows_an_empty_page(als_sanne: Client, teams: cast.Teams) -> None:
    casus = begin_casus(
        door=cast.deur(teams.sanne), pk=uuid4(), naam="Gezin Nieuw", soort="jeugd", team=teams.noord,
        coordinator=teams.sanne,
    )  # fmt: skip
    html = als_sanne.get(f"/casussen/{casus.pk}/vaststellen/").content.decode()
    assert "Dit moet er eerst in" in html
    assert "Wie krijgt wat?" not in html
    opname = {**momentopname.maak(casus), "antwoorden": []}
    assert verschil.eerste(opname) == []


def test_what_may_wait_does_not_stop_anybody(kuipers: cast.Kuipers) -> None:
    casus, door = kuipers.casus, kuipers.door
    Organisatie.objects.update(crisisnummer="")
    regie.wijs_aan(door=door, casus=casus, functie="regievoerder", deelnemer=kuipers.ilse)
    regie.wijs_aan(door=door, casus=casus, functie="aanspreekpunt", deelnemer=None)
    Afspraak.objects.update(wanneer="", datum=None)
    vers = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=casus.pk)
    opname = momentopname.maak(vers)
    later = {punt.tekst: punt.stap for punt in gereed.punten(opname) if punt.staat == "mag_later"}
    assert later == {
        "Ilse Broekhuis is gevraagd voor de regie.": 4,
        "5 afspraken hebben geen datum.": 5,
        "Er is geen eerste aanspreekpunt gekozen.": 4,
        "Er staat geen nummer voor nood.": 6,
    }
    assert gereed.wat_ontbreekt(opname) == []


def test_a_written_answer_is_as_good_as_a_number_for_emergencies(kuipers: cast.Kuipers) -> None:
    Organisatie.objects.update(crisisnummer="")
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="buiten_kantoor", versie=0, velden={"tekst": "Bel opa Henk."}
    )
    vers = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=kuipers.casus.pk)
    assert all("nood" not in punt.tekst for punt in gereed.punten(momentopname.maak(vers)))


@pytest.mark.parametrize(("dagen", "staat"), [(-1, "mag_later"), (0, "klaar"), (1, "klaar")])
def test_a_date_that_has_passed_is_told(kuipers: cast.Kuipers, dagen: int, staat: str) -> None:
    op = kuipers.evaluatie.datum - timedelta(days=dagen)
    punt = next(p for p in gereed.punten(momentopname.maak(kuipers.casus), op) if p.stap == 7)
    assert punt.staat == staat
    assert ("voorbij" in punt.tekst) == (dagen < 0)


# The button --------------------


def test_one_press_fixes_the_version_and_says_how_many_get_mail(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    antwoord = druk(als_sanne, kuipers)
    assert antwoord["Location"] == f"/casussen/{kuipers.casus.pk}/"
    versie = Vaststelling.objects.get()
    assert (versie.nummer, versie.door) == (1, kuipers.teams.sanne)
    html = als_sanne.get(antwoord["Location"]).content.decode()
    assert "Versie 1 is vastgesteld. 5 mensen krijgen een mail." in html


def test_a_double_click_and_a_second_tab_make_one_version(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    gezien = als_sanne.get(adres(kuipers)).context["gezien"]
    for _druk in range(3):
        antwoord = als_sanne.post(adres(kuipers), {"nummer": 1, "gezien": gezien})
        assert antwoord.status_code == 302
    assert Vaststelling.objects.count() == 1
    assert Bericht.objects.count() == 5


def test_an_old_page_says_that_somebody_was_first(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    vastgesteld(kuipers, 2)
    anders(kuipers, wat="Ik kom om 14 uur.")
    antwoord = druk(als_sanne, kuipers, nummer=1)
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Iemand anders stelde net een versie vast." in html
    assert KNOP in html
    assert Vaststelling.objects.count() == 2


def test_what_changed_after_the_page_was_opened_is_not_sent_unseen(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    gezien = als_sanne.get(adres(kuipers)).context["gezien"]
    anders(kuipers, wat="Ik kom om 15 uur.")
    antwoord = druk(als_sanne, kuipers, gezien=gezien)
    html = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "Er is net iets veranderd op dit overzicht." in html
    assert "Ik kom om 15 uur." in html
    assert not Vaststelling.objects.exists()
    assert druk(als_sanne, kuipers).status_code == 302


def test_a_yes_to_the_regie_after_opening_does_not_stop_the_button(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Regie.objects.update(aanvaard_op=None)
    gezien = als_sanne.get(adres(kuipers)).context["gezien"]
    Regie.objects.update(aanvaard_op=timezone.now())
    assert druk(als_sanne, kuipers, gezien=gezien).status_code == 302


@pytest.mark.parametrize("velden", [{}, {"nummer": "veel", "gezien": "x"}, {"nummer": "1"}])
def test_a_broken_form_sends_nothing(als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str]) -> None:
    antwoord = als_sanne.post(adres(kuipers), velden)
    assert antwoord.status_code == 200
    assert "Dit scherm was te oud. Er is niets verstuurd." in antwoord.content.decode()
    assert not Vaststelling.objects.exists()


def test_when_nothing_changed_there_is_nothing_to_send(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    html = scherm(als_sanne, kuipers)
    assert "Versie 1 is vastgesteld" in html
    assert "Er is niets veranderd" in html
    assert KNOP not in html
    antwoord = druk(als_sanne, kuipers)
    assert "Er is niets veranderd. Versie 1 blijft gelden." in antwoord.content.decode()
    with pytest.raises(Geweigerd, match="niets veranderd"):
        vastgesteld(kuipers, 2)
    assert Vaststelling.objects.count() == 1


def test_a_closed_family_gets_no_new_version(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vastgesteld(kuipers)
    anders(kuipers, wat="Ik kom om 15 uur.")
    Casus.objects.update(afgesloten_op=timezone.now())
    assert KNOP not in scherm(als_sanne, kuipers)
    html = druk(als_sanne, kuipers).content.decode()
    assert "Deze samenwerking is afgesloten." in html
    assert Vaststelling.objects.count() == 1


# Who may --------------------


def test_only_who_may_change_the_family_may_fix_it(client: Client, kuipers: cast.Kuipers) -> None:
    teams = kuipers.teams
    velden = {"nummer": 1, "gezien": verschil.vingerafdruk(momentopname.maak(kuipers.casus))}
    for wie, status in ((teams.joost, 403), (teams.mieke, 404), (teams.karin, 404)):
        client.force_login(wie)
        assert client.get(adres(kuipers)).status_code == status
        assert client.post(adres(kuipers), velden).status_code == status
    assert not Vaststelling.objects.exists()
    assert teams.joost.professional is not None
    deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=teams.joost.professional
    )
    client.force_login(teams.joost)
    assert client.get(adres(kuipers)).status_code == 200


def test_looking_is_logged_and_writes_nothing_else(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    voor = Logregel.objects.count()
    scherm(als_sanne, kuipers)
    regel = Logregel.objects.get(pk=Logregel.objects.order_by("-pk").values("pk")[:1])
    assert (Logregel.objects.count(), regel.daad, regel.velden) == (voor + 1, "las", ["vaststellen"])
