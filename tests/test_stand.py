"""How one casus stands: the head, what to do now, who answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import afspraken, deelnemers, regie
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.models import (
    Afspraak,
    Bericht,
    Casus,
    Deelnemer,
    Evaluatie,
    Gezinslid,
    Organisatie,
    Professional,
    Regie,
)
from casussen.models.bericht import BerichtStatus
from casussen.overzicht import momentopname, stand
from tests import cast
from tests.gezinnen import iedereen_akkoord, reageer


def adres(kuipers: cast.Kuipers) -> str:
    """The page about how the family stands."""
    return f"/casussen/{kuipers.casus.pk}/"


def pagina(client: Client, kuipers: cast.Kuipers) -> str:
    """The page as the browser gets it."""
    antwoord = client.get(adres(kuipers))
    assert antwoord.status_code == 200
    return antwoord.content.decode()


def vast(kuipers: cast.Kuipers, nummer: int = 1) -> None:
    """Fixes a version; the mails have left."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=nummer)
    Bericht.objects.update(status=BerichtStatus.VERSTUURD, verstuurd_op=timezone.now())


def kop_van(kuipers: cast.Kuipers) -> stand.Kop:
    """The head of the pages of this family."""
    casus = Casus.objects.select_related("team__organisatie", "handreiking").get(pk=kuipers.casus.pk)
    return stand.kop(casus, momentopname.maak(casus), casus.vaststellingen.first())


def nu(client: Client, kuipers: cast.Kuipers) -> tuple[str, str]:
    """The next thing to do: heading and where its button leads."""
    gevonden = client.get(adres(kuipers)).context["nu"]
    return gevonden.kop, gevonden.url


# The head --------------------


def test_the_head_says_who_has_the_regie_and_when_we_talk_again(kuipers: cast.Kuipers) -> None:
    kop = kop_van(kuipers)
    assert (kop.naam, kop.regie) == ("Gezin Kuipers", "Sanne Wolters")
    assert str(kuipers.evaluatie.datum.year) in kop.weer_samen
    assert (kop.stand, kop.versie, kop.concept) == ("Versie 1, niet vastgesteld", 0, True)


def test_the_head_of_an_empty_family_says_what_is_not_there_yet(kuipers: cast.Kuipers) -> None:
    Evaluatie.objects.all().delete()
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="regievoerder", deelnemer=None)
    Gezinslid.objects.update(weg_op=timezone.now())
    kop = kop_van(kuipers)
    assert (kop.regie, kop.weer_samen, kop.lezer_id) == ("nog niemand", "nog geen dag", "")


def test_a_regie_without_yes_is_shown_as_asked(kuipers: cast.Kuipers) -> None:
    Regie.objects.update(aanvaard_op=None)
    assert kop_van(kuipers).regie == "Sanne Wolters, is gevraagd"


def test_the_head_follows_the_versions(kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    assert kop_van(kuipers).stand == "Versie 1, vastgesteld"
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    kop = kop_van(kuipers)
    assert (kop.stand, kop.concept) == ("Versie 2, niet vastgesteld", True)
    Casus.objects.update(afgesloten_op=timezone.now())
    assert kop_van(kuipers).stand.startswith("Afgesloten op ")


def test_the_button_shows_the_page_of_a_parent_with_gezag(kuipers: cast.Kuipers) -> None:
    # Milan is the first in the list, but Bart is the first parent with gezag.
    assert kop_van(kuipers).lezer == "Bart"
    Gezinslid.objects.filter(pk=kuipers.bart.pk).update(gezag=False)
    assert kop_van(kuipers).lezer == "Esra"
    Gezinslid.objects.update(gezag=None)
    assert kop_van(kuipers).lezer == "Milan"
    Gezinslid.objects.update(gezag=False)
    assert kop_van(kuipers).lezer == ""


def test_the_head_needs_no_queries_of_its_own(kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    casus = Casus.objects.get(pk=kuipers.casus.pk)
    opname, laatste = momentopname.maak(casus), casus.vaststellingen.first()
    with CaptureQueriesContext(connection) as gevraagd:
        stand.kop(casus, opname, laatste)
    assert len(gevraagd) == 0


def test_the_buttons_show_the_draft_until_it_is_fixed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    voorbeeld = f"/casussen/{kuipers.casus.pk}/overzicht/{kuipers.bart.pk}"
    html = pagina(als_sanne, kuipers)
    assert f'{voorbeeld}/?concept=1"' in html
    assert f"{voorbeeld}.pdf" not in html
    vast(kuipers)
    html = pagina(als_sanne, kuipers)
    assert "?concept=1" not in html
    assert f'{voorbeeld}.pdf"' in html


# What now --------------------


def test_a_new_family_goes_on_with_its_first_open_step(als_sanne: Client, teams: cast.Teams) -> None:
    casus = begin_casus(
        door=cast.deur(teams.sanne), pk=uuid4(), naam="Gezin Nieuw", soort="jeugd", team=teams.noord,
        coordinator=teams.sanne,
    )  # fmt: skip
    antwoord = als_sanne.get(f"/casussen/{casus.pk}/")
    html = antwoord.content.decode()
    assert antwoord.context["nu"].url == f"/casussen/{casus.pk}/stap/1/"
    assert "De volgende stap is: Waarom werken we samen?" in html
    assert "Er is nog niets vastgesteld. Niemand kreeg bericht." in html
    assert "Nog geen gezinsleden" in html
    assert "Wie gaf antwoord?" not in html


def test_a_family_that_lacks_a_date_goes_on_with_step_seven(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Evaluatie.objects.all().delete()
    assert nu(als_sanne, kuipers) == ("Verder met het gesprek", f"/casussen/{kuipers.casus.pk}/stap/7/")


def test_a_complete_family_is_ready_to_be_fixed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert nu(als_sanne, kuipers) == ("Klaar om vast te stellen", f"/casussen/{kuipers.casus.pk}/vaststellen/")
    assert "Niemand kreeg nog bericht." in pagina(als_sanne, kuipers)


def test_after_fixing_we_wait_for_answers_by_name(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    assert nu(als_sanne, kuipers) == ("Wachten op antwoord", "")
    assert "Ilse, Ruben en Amrita gaven nog geen antwoord." in pagina(als_sanne, kuipers)
    reageer(kuipers.ilse, "akkoord")
    reageer(kuipers.ruben, "akkoord")
    assert "Amrita gaf nog geen antwoord." in pagina(als_sanne, kuipers)
    reageer(kuipers.amrita, "akkoord")
    assert nu(als_sanne, kuipers) == ("Alles loopt", "")


def test_a_question_comes_first_and_leads_to_whoever_asks(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    reageer(kuipers.ruben, "niet-akkoord", "Zondag kan ik niet.")
    assert nu(als_sanne, kuipers) == ("Iemand vraagt iets", f"/casussen/{kuipers.casus.pk}/vragen/")
    assert als_sanne.get(adres(kuipers)).context["helpers"][0].mens == kuipers.ruben
    html = pagina(als_sanne, kuipers)
    assert f'id="helper-{kuipers.ruben.pk}"' in html
    assert "“Zondag kan ik niet.”" in html
    assert "Ruben wacht op antwoord van jou." in html


def test_a_change_asks_for_a_new_version(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    iedereen_akkoord(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.komt_woensdag.pk, versie=1, velden={"wat": "Ik kom."}
    )
    assert nu(als_sanne, kuipers)[0] == "Klaar om vast te stellen"
    html = pagina(als_sanne, kuipers)
    assert "Veranderd na versie 1" in html
    assert "Nog niet gevraagd</span>" in html
    assert "Kijk na en stel versie 2 vast" in html


@pytest.mark.parametrize(
    ("dagen", "kop"),
    [(-1, "De dag om terug te kijken is voorbij"), (0, "Vandaag kijken jullie terug"), (1, "Klaar om vast te stellen")],
)
def test_on_the_day_itself_we_look_back(als_sanne: Client, kuipers: cast.Kuipers, dagen: int, kop: str) -> None:
    vast(kuipers)
    iedereen_akkoord(kuipers)
    Evaluatie.objects.update(datum=timezone.localdate() + timedelta(days=dagen))
    gevonden, url = nu(als_sanne, kuipers)
    assert gevonden == kop
    assert url.endswith("/vaststellen/" if dagen == 1 else "/evaluatie/")


def test_a_version_without_next_date_asks_for_one(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Evaluatie.objects.all().delete()
    assert nu(als_sanne, kuipers) == ("Er ontbreekt iets", f"/casussen/{kuipers.casus.pk}/stap/7/")
    assert "Kies een dag" in pagina(als_sanne, kuipers)


# Who answered, whose mail arrived --------------------


def test_every_helper_shows_his_answer_number_and_mail(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    reageer(kuipers.ilse, "akkoord")
    html = pagina(als_sanne, kuipers)
    for stuk in ("Akkoord</span>", "Nog geen antwoord</span>", 'href="tel:0850000021"', "Mail verstuurd op "):
        assert stuk in html
    rijen = {rij.mens: rij for rij in als_sanne.get(adres(kuipers)).context["helpers"]}
    assert set(rijen) == {kuipers.sanne, kuipers.ilse, kuipers.ruben, kuipers.amrita}
    assert rijen[kuipers.sanne].post.tekst == "Dit ben jij."
    assert [regel.stand for regel in rijen[kuipers.sanne].afspraken] == ["akkoord"]


def post_van(client: Client, kuipers: cast.Kuipers, mens: Deelnemer) -> tuple[str, str]:
    """What the page says about the mail to somebody."""
    rijen = {rij.mens: rij.post for rij in client.get(adres(kuipers)).context["helpers"]}
    return rijen[mens].soort, rijen[mens].tekst


def test_the_mail_of_each_helper_is_told_in_words(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    rij = Bericht.objects.filter(deelnemer=kuipers.ilse)
    rij.update(status=BerichtStatus.KLAAR, verstuurd_op=None)
    assert post_van(als_sanne, kuipers, kuipers.ilse) == ("wacht", "De mail gaat zo weg.")
    rij.update(fout="We proberen het opnieuw.")
    assert post_van(als_sanne, kuipers, kuipers.ilse) == ("wacht", "We proberen het opnieuw.")
    rij.update(status=BerichtStatus.MISLUKT, fout="Dit adres bestaat niet.")
    assert post_van(als_sanne, kuipers, kuipers.ilse) == ("niet", "Dit adres bestaat niet.")
    rij.delete()
    assert post_van(als_sanne, kuipers, kuipers.ilse) == ("", "Kreeg nog geen mail.")
    Professional.objects.filter(naam="Ilse Broekhuis").update(email="")
    assert post_van(als_sanne, kuipers, kuipers.ilse) == ("wacht", "Er is geen mailadres. Bel zelf.")
    # Nobody waits for an answer by mail of somebody without an address.
    assert "Ilse" not in als_sanne.get(adres(kuipers)).context["nu"].tekst


def test_the_family_shows_who_got_what(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Gezinslid.objects.filter(pk=kuipers.esra.pk).update(gezag=False)
    regels = {regel.mens: regel.post.tekst for regel in als_sanne.get(adres(kuipers)).context["gezin"]}
    assert regels[kuipers.bart].startswith("Mail verstuurd op ")
    assert regels[kuipers.milan] == "Krijgt geen mail. Geef het op papier."
    assert regels[kuipers.esra].startswith("Alleen op verzoek")
    html = pagina(als_sanne, kuipers)
    assert f"/overzicht/{kuipers.milan.pk}.pdf" in html
    # No print at one press for a parent who gets information on request only.
    assert f"/overzicht/{kuipers.esra.pk}.pdf" not in html


def test_agreements_that_nobody_owns_any_more_leave_the_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Afspraak.objects.update(vervallen_op=timezone.now())
    assert "Nog niemand heeft een afspraak" in pagina(als_sanne, kuipers)


def test_the_versions_are_listed_with_day_and_name(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    vast(kuipers, 2)
    html = pagina(als_sanne, kuipers)
    assert html.index("<strong>Versie 2</strong>") < html.index("<strong>Versie 1</strong>")
    assert "door Sanne Wolters" in html


def test_a_closed_family_shows_its_good_end_and_no_buttons(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    reageer(kuipers.ruben, "vraag", "Welke zondag?")
    Bericht.objects.filter(deelnemer=kuipers.ilse).update(status=BerichtStatus.MISLUKT)
    Casus.objects.update(
        afgesloten_op=timezone.now(), blijft_bereikbaar="Sanne, tot juni.", belt_nog_een_keer="Ilse belt in mei."
    )
    html = pagina(als_sanne, kuipers)
    for stuk in ("Sanne, tot juni.", "Ilse belt in mei.", "“Welke zondag?”"):
        assert stuk in html
    for knop in ("Stuur opnieuw", "Nog eens mailen", "Link intrekken", "/evaluatie/", "/vaststellen/"):
        assert knop not in html


# Who may see what --------------------


def test_outsiders_do_not_find_the_page(client: Client, kuipers: cast.Kuipers) -> None:
    for wie in (kuipers.teams.karin, kuipers.teams.mieke, kuipers.teams.bea):
        client.force_login(wie)
        antwoord = client.get(adres(kuipers))
        assert antwoord.status_code == 404
        assert "Kuipers" not in antwoord.content.decode()


def test_a_teamlid_reads_the_page_and_learns_whom_to_ask(client: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    reageer(kuipers.ilse, "vraag", "Ook in de vakantie?")
    client.force_login(kuipers.teams.joost)
    html = pagina(client, kuipers)
    assert "Iets veranderen? Vraag het aan Sanne Wolters." in html
    assert "Ilse heeft een vraag." in html
    for niet in (
        "Lees en antwoord",
        "/vragen/",
        "/logboek/",
        "Ook in de vakantie?",
        "Nog eens mailen",
        "Link intrekken",
    ):
        assert niet not in html


def test_the_log_is_for_the_coordinator(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert f"/casussen/{kuipers.casus.pk}/logboek/" in pagina(als_sanne, kuipers)


def test_the_page_needs_as_many_queries_for_a_large_family(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    def vragen() -> int:
        with CaptureQueriesContext(connection) as gevraagd:
            pagina(als_sanne, kuipers)
        return len(gevraagd)

    vast(kuipers)
    klein = vragen()
    for nummer in range(20):
        professional = Professional.objects.create(
            naam=f"Helper {nummer}", organisatie=Organisatie.objects.get(naam="De Brug"), email=f"h{nummer}@x.example"
        )
        deel = deelnemers.voeg_professional_toe(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=professional
        )
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"wat": "Ik bel.", "deelnemer": deel}
        )
    vast(kuipers, 2)
    assert vragen() == klein
