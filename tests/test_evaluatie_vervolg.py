"""How everyone goes on after looking back: with the same agreements, with others, or no further."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import afspraken, deelnemers, evaluaties, gezin
from casussen.models import Afspraak, Bericht, Casus, Evaluatie, Vaststelling
from tests.cast import Kuipers
from tests.terugkijken import EINDE, adres, eerste_versie, invulling


@pytest.fixture
def versie(kuipers: Kuipers) -> Vaststelling:
    """The family Kuipers with a first version; the mails of that version are left out of sight."""
    return eerste_versie(kuipers)


def test_going_on_makes_a_version_with_only_a_new_day_and_mails_everyone(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    kom = kuipers.komt_woensdag
    antwoord = als_sanne.post(adres(kuipers), invulling(kuipers, **{f"oordeel__{kom.pk}": "deels"}), follow=True)
    assert antwoord.redirect_chain == [(f"/casussen/{kuipers.casus.pk}/", 302)]
    assert "Versie 2 is gemaakt, met die nieuwe dag." in antwoord.content.decode()
    gehouden = Evaluatie.objects.get(pk=kuipers.evaluatie.pk)
    assert (gehouden.ging_goed, gehouden.voortaan_anders, gehouden.klopt, gehouden.vervolg) == (
        "Eén iemand belt.",
        "Bellen vóór acht uur.",
        "ja",
        "door",
    )
    assert gehouden.oordelen.get(afspraak=kom).soort == "deels"
    assert gehouden.oordelen.count() == 5
    nieuw = evaluaties.geplande_evaluatie(kuipers.casus)
    assert nieuw is not None
    assert (nieuw.datum, nieuw.waar, nieuw.uitnodiger) == (
        timezone.localdate() + timedelta(days=40),
        "op het wijkteam",
        kuipers.sanne,
    )
    tweede = Vaststelling.objects.get(nummer=2)
    assert tweede.inhoud["evaluatie"]["datum"] == nieuw.datum.isoformat()
    assert {**tweede.inhoud, "evaluatie": None} == {**versie.inhoud, "evaluatie": None}
    assert {bericht.ontvanger.naam for bericht in Bericht.objects.all()} == {
        "Ilse Broekhuis",
        "Ruben Assink",
        "dr. Amrita Soedamah",
        "Bart Kuipers",
        "Esra Demir",
    }


def test_going_on_leaves_a_draft_a_draft_and_does_not_mail_who_is_not_in_the_version(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.belt_zondag.pk, versie=1, velden={"wat": "Ik bel niet meer."}
    )
    nieuw = deelnemers.zet_in_adresboek(
        door=kuipers.door, naam="Nina Nieuw", functie="", organisatie="De Brug", email="n@debrug.example", telefoon=""
    )
    nina = deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=nieuw)
    gezin.zet_gezinslid(
        door=kuipers.door,
        casus=kuipers.casus,
        pk=uuid4(),
        versie=0,
        velden={"naam": "Oom Ali", "relatie": "oom", "email": "ali@gezin.example", "krijgt_mail": True},
    )
    Evaluatie.objects.update(uitnodiger=nina)
    als_sanne.post(adres(kuipers), invulling(kuipers))
    tweede = Vaststelling.objects.get(nummer=2)
    assert "Ik bel niet meer." not in str(tweede.inhoud)
    assert "Nina" not in str(tweede.inhoud)
    assert tweede.inhoud["evaluatie"]["uitnodiger"] is None
    assert Afspraak.objects.get(pk=kuipers.belt_zondag.pk).wat == "Ik bel niet meer."
    assert not {"Nina Nieuw", "Oom Ali"} & {bericht.ontvanger.naam for bericht in Bericht.objects.all()}


def test_an_agreement_that_is_over_leaves_the_version(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    als_sanne.post(adres(kuipers), invulling(kuipers, **{f"oordeel__{kuipers.vertelt.pk}": "vervallen"}))
    kuipers.vertelt.refresh_from_db()
    assert kuipers.vertelt.vervallen_op is not None
    assert len(Vaststelling.objects.get(nummer=2).inhoud["afspraken"]) == len(versie.inhoud["afspraken"]) - 1


def test_who_invites_and_left_does_not_invite_again(kuipers: Kuipers, versie: Vaststelling, als_sanne: Client) -> None:
    Evaluatie.objects.update(uitnodiger=kuipers.opa)
    deelnemers.beeindig_deelnemer(door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.opa)
    als_sanne.post(adres(kuipers), invulling(kuipers))
    nieuw = evaluaties.geplande_evaluatie(kuipers.casus)
    assert nieuw is not None
    assert nieuw.uitnodiger is None


def test_going_on_without_a_version_asks_to_fix_one(kuipers: Kuipers, als_sanne: Client) -> None:
    antwoord = als_sanne.post(adres(kuipers), invulling(kuipers), follow=True)
    assert "Stel nu een versie vast" in antwoord.content.decode()
    assert not Vaststelling.objects.exists()
    assert not Bericht.objects.exists()


def test_adapting_leads_to_step_5_and_asks_for_a_new_version(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    antwoord = als_sanne.post(adres(kuipers), invulling(kuipers, vervolg="aanpassen"), follow=True)
    assert antwoord.redirect_chain == [(f"/casussen/{kuipers.casus.pk}/stap/5/", 302)]
    assert "Stel daarna een nieuwe versie vast" in antwoord.content.decode()
    assert Vaststelling.objects.count() == 1
    assert not Bericht.objects.exists()
    assert evaluaties.geplande_evaluatie(kuipers.casus) is not None


def test_stopping_closes_with_a_good_end(kuipers: Kuipers, versie: Vaststelling, als_sanne: Client) -> None:
    antwoord = als_sanne.post(adres(kuipers), invulling(kuipers, vervolg="afsluiten", **EINDE), follow=True)
    assert antwoord.redirect_chain == [(f"/casussen/{kuipers.casus.pk}/", 302)]
    assert "De samenwerking is afgesloten" in antwoord.content.decode()
    casus = Casus.objects.get()
    assert not casus.is_open
    assert (casus.blijft_bereikbaar, casus.belt_nog_een_keer) == tuple(EINDE.values())
    assert evaluaties.geplande_evaluatie(casus) is None
    pagina = als_sanne.get(adres(kuipers))
    assert pagina.context["form"] is None
    assert "Ilse, in maart" in pagina.content.decode()


def test_stopping_does_not_stumble_over_the_next_day(kuipers: Kuipers, als_sanne: Client) -> None:
    als_sanne.post(adres(kuipers), invulling(kuipers, vervolg="afsluiten", nieuwe_datum="ooit", **EINDE))
    assert not Casus.objects.get().is_open
