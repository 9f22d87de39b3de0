"""The page with the questions of helpers: reading, answering, changing the agreement, passing on."""

import html
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import afspraken, draden, regie
from casussen.acties.meldingen import meld_gedaan, meld_later
from casussen.models import Afspraak, Bericht, Casus, Deelnemer, Draad, Professional, Toegangslink
from casussen.models.bericht import BerichtStatus
from casussen.models.draad import RegelSoort
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link, alles
from tests.gezinnen import reageer, vastgesteld
from tests.taaklink import token

NORA = {"naam": "Nora Prins", "email": "n.prins@debrug.example", "functie": "", "organisatie": "De Brug",
        "hoort_bij_hulp": "ja"}  # fmt: skip


def pagina(client: Client, k: Kuipers, plek: str = "vragen/") -> str:
    """A page of the family, as its reader gets it."""
    antwoord = client.get(f"/casussen/{k.casus.pk}/{plek}")
    assert antwoord.status_code == 200
    return html.unescape(antwoord.content.decode())


def nee(k: Kuipers) -> Draad:
    """Ilse is not akkoord; out: the thread."""
    vastgesteld(k)
    reageer(k.ilse, "niet-akkoord", "Woensdag lukt niet. Donderdag wel.")
    return Draad.objects.get()


def geeft_door(k: Kuipers, mens: Deelnemer) -> Draad:
    """A helper names Nora; out: the thread."""
    regel = draden.zeg(
        door=achter_link(mens), deelnemer=mens, soort=RegelSoort.DOORGEVEN, tekst="Ik ga met pensioen.",
        naar_naam="Nora Prins", naar_email="n.prins@debrug.example",
    )  # fmt: skip
    assert regel is not None
    return regel.draad


def stuur(client: Client, k: Kuipers, draad: Draad, **anders: object) -> Any:
    """Presses the button under the answer."""
    nu = draad.afspraak and Afspraak.objects.get(pk=draad.afspraak.pk)
    velden: dict[str, object] = {
        "id": uuid4(),
        "versie": nu.versie if nu else 0,
        "doe": "laat",
        "tekst": "Dat is goed.",
    }
    if nu:
        velden |= {"wat": nu.wat, "wanneer": nu.wanneer, "datum": nu.datum or ""}
    data = {f"vraag-{draad.pk}-{naam}": waarde for naam, waarde in (velden | anders).items()}
    return client.post(f"/casussen/{k.casus.pk}/vragen/{draad.pk}/", data, follow=True)


def zet_erbij(client: Client, k: Kuipers, draad: Draad, **anders: str) -> Any:
    """Presses the button with which the successor gets the agreements."""
    data = {f"door-{draad.pk}-{naam}": waarde for naam, waarde in (NORA | anders).items()}
    return client.post(f"/casussen/{k.casus.pk}/vragen/{draad.pk}/doorgeven/", data, follow=True)


def tekst(antwoord: Any) -> str:
    """What an answer says."""
    assert antwoord.status_code == 200
    return html.unescape(antwoord.content.decode())


# Reading


def test_the_page_shows_who_says_what_about_which_agreement(als_sanne: Client, kuipers: Kuipers) -> None:
    nee(kuipers)
    gezien = pagina(als_sanne, kuipers)
    for stuk in (
        "Ilse is niet akkoord", "Eén antwoord wacht nog op jou.", "“Ik kom elke woensdag om 16 uur.”",
        "Woensdag lukt niet. Donderdag wel.", "Wacht op jou", 'href="tel:0850000021"', "Wie leest dit?",
        "Ruben gaf nog geen antwoord.",
    ):  # fmt: skip
        assert (stuk in gezien) is (stuk != "Ruben gaf nog geen antwoord."), stuk


def test_without_questions_the_page_says_what_it_is_for(als_sanne: Client, kuipers: Kuipers) -> None:
    gezien = pagina(als_sanne, kuipers)
    for stuk in ("Geen open vragen", "Niets wacht op jou.", "Er is nog niets gevraagd."):
        assert stuk in gezien


def test_the_other_answers_are_told_by_name(als_sanne: Client, kuipers: Kuipers) -> None:
    nee(kuipers)
    reageer(kuipers.ruben, "akkoord")
    Bericht.objects.update(status=BerichtStatus.VERSTUURD, verstuurd_op=timezone.now())
    gezien = pagina(als_sanne, kuipers)
    assert "Sanne, Ruben zeiden ja." in gezien
    assert "Amrita gaf nog geen antwoord." in gezien


def test_a_teamlid_learns_that_there_is_a_question_and_not_what_it_says(client: Client, kuipers: Kuipers) -> None:
    nee(kuipers)
    client.force_login(kuipers.teams.joost)
    assert client.get(f"/casussen/{kuipers.casus.pk}/vragen/").status_code == 403
    for plek in ("", "stap/5/"):
        gezien = pagina(client, kuipers, plek)
        assert "Donderdag wel" not in gezien
        assert "/vragen/" not in gezien
    assert "Ilse is niet akkoord." in pagina(client, kuipers, "")


def test_the_words_do_not_stand_on_the_table_in_step_five(als_sanne: Client, kuipers: Kuipers) -> None:
    nee(kuipers)
    gezien = pagina(als_sanne, kuipers, "stap/5/")
    assert "Donderdag wel" not in gezien
    assert "Lees wat Ilse schrijft" in gezien


# Answering


def test_leaving_it_as_it_is_answers_and_waits_for_the_helper(als_sanne: Client, kuipers: Kuipers) -> None:
    gezien = tekst(stuur(als_sanne, kuipers, nee(kuipers)))
    for stuk in ("Ilse krijgt nu bericht.", "Wacht op Ilse", "<strong>Jij</strong>", "Niets wacht op jou."):
        assert stuk in gezien
    assert Bericht.objects.filter(soort="draad").count() == 1


def test_talking_about_it_together_marks_it_for_the_meeting(als_sanne: Client, kuipers: Kuipers) -> None:
    assert "Samen bespreken" in tekst(stuur(als_sanne, kuipers, nee(kuipers), doe="samen"))


def test_changing_the_agreement_shows_was_and_is_and_leads_to_fixing(als_sanne: Client, kuipers: Kuipers) -> None:
    draad = nee(kuipers)
    antwoord = stuur(als_sanne, kuipers, draad, doe="pas-aan", wat="Ik kom elke donderdag.", wanneer="elke donderdag")
    gezien = tekst(antwoord)
    for stuk in ("De afspraak is aangepast.", "Dit is veranderd", "Ik kom elke donderdag.", "/vaststellen/"):
        assert stuk in gezien
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).inhoud_versie == 2


def test_settled_on_the_telephone_needs_no_words_and_no_mail(als_sanne: Client, kuipers: Kuipers) -> None:
    gezien = tekst(stuur(als_sanne, kuipers, nee(kuipers), opgelost="1", tekst=""))
    assert "Opgelost. Er gaat geen mail weg." in gezien
    assert "Ilse was niet akkoord" in gezien
    assert not Bericht.objects.filter(soort="draad").exists()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"tekst": ""}, "Schrijf een antwoord. Er is nog niets verstuurd."),
        ({"tekst": "a" * 20_001}, "Deze tekst is te lang"),
        ({"doe": "iets"}, "Selecteer een geldige keuze."),
        ({"doe": "laat", "wat": "Ik kom elke donderdag."}, "maar koos niet “Pas de afspraak aan”"),
        ({"doe": "pas-aan", "wat": "", "wanneer": "nooit"}, "Schrijf op wat diegene gaat doen."),
        ({"doe": "pas-aan", "datum": "2020-01-01"}, "Deze dag is voorbij."),
        ({"id": "geen-id"}, "Nog niet bewaard."),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    als_sanne: Client, kuipers: Kuipers, velden: dict[str, str], zin: str
) -> None:
    draad = nee(kuipers)
    gezien = tekst(stuur(als_sanne, kuipers, draad, **velden))
    assert zin in gezien
    for waarde in velden.values():
        assert waarde in gezien or waarde in ("", "iets")
    assert draad.regels.count() == 1


def test_an_agreement_that_changed_meanwhile_shows_both_texts_and_loses_nothing(
    als_sanne: Client, kuipers: Kuipers
) -> None:
    draad = nee(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.komt_woensdag.pk, versie=1, velden={"wat": "Ik bel eerst."}
    )
    eigen = {"doe": "pas-aan", "wat": "Ik kom elke donderdag.", "tekst": "Donderdag is goed."}
    gezien = tekst(stuur(als_sanne, kuipers, draad, versie=1, **eigen))
    for stuk in ("Dit is intussen al veranderd", "Ik bel eerst.", "Ik kom elke donderdag.", "Donderdag is goed."):
        assert stuk in gezien
    assert 'value="2">Bewaar mijn tekst' in gezien
    gezien = tekst(stuur(als_sanne, kuipers, draad, versie=2, **eigen))
    assert "De afspraak is aangepast." in gezien


def test_the_same_press_twice_is_one_answer(als_sanne: Client, kuipers: Kuipers) -> None:
    draad, pk = nee(kuipers), uuid4()
    for _keer in range(2):
        stuur(als_sanne, kuipers, draad, id=pk, doe="pas-aan", versie=1, wat="Ik kom elke donderdag.")
    assert draad.regels.count() == 2
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).inhoud_versie == 2


def test_hostile_words_are_only_words(als_sanne: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    reageer(kuipers.ilse, "vraag", "<script>alert(1)</script> {{ casus }} \u202e\x01")
    antwoord = stuur(als_sanne, kuipers, Draad.objects.get(), tekst="<img src=x onerror=alert(1)>")
    assert b"<script>alert" not in antwoord.content
    assert b"<img src=x" not in antwoord.content


def test_a_thread_of_another_family_is_not_found(als_sanne: Client, kuipers: Kuipers) -> None:
    ander = cast.maak_kuipers(kuipers.teams)
    draad = nee(ander)
    stand = alles()
    for plek in ("", "doorgeven/"):
        assert als_sanne.post(f"/casussen/{kuipers.casus.pk}/vragen/{draad.pk}/{plek}").status_code == 404
    assert alles() == stand


def test_of_a_closed_family_the_page_can_only_be_read(als_sanne: Client, kuipers: Kuipers) -> None:
    nee(kuipers)
    Casus.objects.update(afgesloten_op=timezone.now())
    gezien = pagina(als_sanne, kuipers)
    assert "Donderdag wel" in gezien
    assert "Jouw antwoord" not in gezien


# Passing on


def test_the_successor_joins_with_the_same_role_and_gets_the_agreements(als_sanne: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    draad = geeft_door(kuipers, kuipers.ilse)
    gezien = pagina(als_sanne, kuipers)
    for stuk in (
        "Ilse wil dit doorgeven aan Nora Prins",
        'value="De Brug"',
        "Zet Nora Prins erbij en geef de afspraken",
    ):
        assert stuk in gezien
    assert "Ilse is gestopt." in tekst(zet_erbij(als_sanne, kuipers, draad))
    nora = Deelnemer.objects.get(professional__email=NORA["email"])
    afspraak = Afspraak.objects.get(pk=kuipers.komt_woensdag.pk)
    assert (afspraak.deelnemer, afspraak.inhoud_versie) == (nora, 2)
    assert nora.waarvoor == "begeleidt de terugkeer naar huis"
    assert Deelnemer.objects.get(pk=kuipers.ilse.pk).tot is not None
    assert Draad.objects.get().afgerond_op is not None


def test_passing_on_twice_does_it_once(als_sanne: Client, kuipers: Kuipers) -> None:
    draad = geeft_door(kuipers, kuipers.ilse)
    zet_erbij(als_sanne, kuipers, draad)
    stand = alles()
    zet_erbij(als_sanne, kuipers, draad)
    assert alles() == stand


def test_who_still_has_the_first_contact_stays_until_step_four_names_somebody_else(
    als_sanne: Client, kuipers: Kuipers
) -> None:
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="aanspreekpunt", deelnemer=kuipers.ilse)
    gezien = tekst(zet_erbij(als_sanne, kuipers, geeft_door(kuipers, kuipers.ilse)))
    assert "Ilse staat nog in stap 4." in gezien
    assert Deelnemer.objects.get(pk=kuipers.ilse.pk).tot is None
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).deelnemer != kuipers.ilse
    assert Draad.objects.get().afgerond_op is not None


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"naam": ""}, "Vul een naam in."),
        ({"email": "geen adres"}, "Dit adres klopt niet."),
        ({"email": ""}, "Vul een adres in."),
        ({"organisatie": ""}, "Vul in waar deze helper werkt."),
        ({"email": "I.Broekhuis@debrug.example"}, "Dit adres is van Ilse Broekhuis zelf."),
    ],
)
def test_a_successor_with_something_wrong_keeps_everything(
    als_sanne: Client, kuipers: Kuipers, velden: dict[str, str], zin: str
) -> None:
    draad = geeft_door(kuipers, kuipers.ilse)
    stand = alles()
    gezien = tekst(zet_erbij(als_sanne, kuipers, draad, functie="begeleider thuis", **velden))
    assert zin in gezien
    assert 'value="begeleider thuis"' in gezien
    assert alles() == stand


def test_a_successor_of_an_organisation_outside_the_help_waits_for_consent(als_sanne: Client, kuipers: Kuipers) -> None:
    zet_erbij(als_sanne, kuipers, geeft_door(kuipers, kuipers.ilse), organisatie="Voetbalclub", hoort_bij_hulp="nee")
    nora = Professional.objects.get(email=NORA["email"])
    assert nora.organisatie.hoort_bij_hulp is False
    assert kuipers.casus.delingen.get(organisatie=nora.organisatie).grond == "toestemming"


def test_not_passing_on_answers_and_settles(als_sanne: Client, kuipers: Kuipers) -> None:
    draad = geeft_door(kuipers, kuipers.ilse)
    assert "Niet doen, en antwoord" in pagina(als_sanne, kuipers)
    stuur(als_sanne, kuipers, draad, tekst="Blijf nog even, tot mei.")
    draad.refresh_from_db()
    assert draad.afgerond_op is not None
    assert Bericht.objects.get(soort="draad").deelnemer == kuipers.ilse
    assert Deelnemer.objects.get(pk=kuipers.ilse.pk).tot is None


# The page about how it stands


def test_done_and_later_stand_on_the_page_and_in_step_five(als_sanne: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    dag = timezone.localdate() + timedelta(days=10)
    meld_gedaan(door=achter_link(kuipers.ilse), afspraak=kuipers.komt_woensdag, inhoud_versie=1)
    meld_later(
        door=achter_link(kuipers.amrita), afspraak=kuipers.vertelt, inhoud_versie=1, op=dag, tekst="Milan was ziek."
    )
    for plek in ("", "stap/5/"):
        gezien = pagina(als_sanne, kuipers, plek)
        for stuk in ("Gedaan</span>", "dit is gedaan.", "Wordt later</span>", "Neem die dag over"):
            assert stuk in gezien
    assert "“Milan was ziek.”" in pagina(als_sanne, kuipers, "")
    adres = f"/casussen/{kuipers.casus.pk}/afspraak/{kuipers.vertelt.pk}/later/"
    assert "De nieuwe dag staat in de afspraak." in tekst(als_sanne.post(adres, {"dag": dag}, follow=True))
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).datum == dag
    assert "Deze dag stond er al." in tekst(als_sanne.post(adres, {"dag": dag}, follow=True))
    assert "Deze dag bestaat niet." in tekst(als_sanne.post(adres, {"dag": "31 juni"}, follow=True))


def verstuurd(dagen: int = 0) -> None:
    """The mails arrived, so many days ago."""
    Bericht.objects.update(status=BerichtStatus.VERSTUURD, verstuurd_op=timezone.now() - timedelta(days=dagen))


def test_the_page_says_since_when_we_wait_and_when_a_reminder_goes(als_sanne: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    verstuurd()
    gezien = pagina(als_sanne, kuipers, "")
    assert "Gevraagd op " in gezien
    assert "De herinnering gaat vanzelf, op " in gezien
    # Rare things are folded: one summary per helper, and no button to call as long as a reminder still goes.
    assert gezien.count("De link van ") == 3
    assert 'nl-button--primary" href="tel:' not in gezien


def uitgevraagd(k: Kuipers) -> None:
    """Everybody was asked, and nobody wants reminders: weeks later the coordinator must call."""
    vastgesteld(k)
    verstuurd(30)
    Professional.objects.update(mailritme="geen")


def test_whom_the_reminders_did_not_help_gets_a_button_to_call_and_one_to_mail(
    als_sanne: Client, kuipers: Kuipers
) -> None:
    uitgevraagd(kuipers)
    gezien = pagina(als_sanne, kuipers, "")
    assert gezien.count('class="nl-button nl-button--primary" href="tel:') == 3
    assert gezien.count("Nog eens mailen") == 3
    lijst = html.unescape(als_sanne.get("/casussen/").content.decode())
    assert lijst.count(": er kwam geen antwoord") == 3
    assert 'href="tel:0850000021"' in lijst


def post_naar(client: Client, k: Kuipers, mens: Deelnemer, plek: str) -> str:
    """Presses a button beside somebody."""
    return tekst(client.post(f"/casussen/{k.casus.pk}/deelnemer/{mens.pk}/{plek}/", follow=True))


def test_mailing_once_more_goes_at_once_and_not_twice_in_an_hour(als_sanne: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    verstuurd(3)
    assert "De mail gaat nu weg." in post_naar(als_sanne, kuipers, kuipers.ilse, "nog-eens")
    assert "Er ging net al een mail weg." in post_naar(als_sanne, kuipers, kuipers.ilse, "nog-eens")
    reageer(kuipers.ruben, "akkoord")
    aantal = Bericht.objects.count()
    post_naar(als_sanne, kuipers, kuipers.ruben, "nog-eens")
    assert Bericht.objects.count() == aantal


def test_a_link_can_be_revoked_at_once(als_sanne: Client, client: Client, kuipers: Kuipers) -> None:
    vastgesteld(kuipers)
    sleutel = token(kuipers.ilse)
    assert "De link van Ilse werkt niet meer." in post_naar(als_sanne, kuipers, kuipers.ilse, "links-weg")
    assert Client().get(f"/t/{sleutel}/").status_code == 410
    assert not Toegangslink.objects.filter(deelnemer=kuipers.ilse, ingetrokken_op=None).exists()
    assert "Er was geen link die nog werkte." in post_naar(als_sanne, kuipers, kuipers.ilse, "links-weg")


def test_somebody_of_another_family_is_not_found_beside_the_buttons(als_sanne: Client, kuipers: Kuipers) -> None:
    ander = cast.maak_kuipers(kuipers.teams)
    stand = alles()
    for pk, plek in ((ander.ilse.pk, "nog-eens"), (ander.ilse.pk, "links-weg"), (UUID(int=0), "nog-eens")):
        assert als_sanne.post(f"/casussen/{kuipers.casus.pk}/deelnemer/{pk}/{plek}/").status_code == 404
    assert als_sanne.post(f"/casussen/{kuipers.casus.pk}/afspraak/{ander.vertelt.pk}/later/").status_code == 404
    assert alles() == stand
