"""Sending a mail again that did not arrive."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from casussen.acties.berichten import stuur_opnieuw
from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast
from casussen.models import (
    Bericht,
    Casus,
    Logregel,
)
from casussen.models.bericht import BerichtStatus
from tests import cast


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


def test_a_mail_that_did_not_arrive_can_be_sent_again(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    bericht = Bericht.objects.get(deelnemer=kuipers.ilse)
    Bericht.objects.filter(pk=bericht.pk).update(
        status=BerichtStatus.MISLUKT, fout="Dit adres bestaat niet.", pogingen=3, verstuurd_op=None
    )
    html = pagina(als_sanne, kuipers)
    knop = f"/casussen/{kuipers.casus.pk}/bericht/{bericht.pk}/opnieuw/"
    for stuk in ("Niet aangekomen", "Dit adres bestaat niet.", "i.broekhuis@debrug.example", knop):
        assert stuk in html
    antwoord = als_sanne.post(knop, follow=True)
    assert "De mail gaat opnieuw weg." in antwoord.content.decode()
    bericht.refresh_from_db()
    assert (bericht.status, bericht.pogingen, bericht.fout) == (BerichtStatus.KLAAR, 0, "")
    assert Logregel.objects.filter(daad="stuurde_opnieuw", object_id=str(bericht.pk)).count() == 1
    antwoord = als_sanne.post(knop, follow=True)
    assert "Deze mail was al onderweg." in antwoord.content.decode()
    assert Logregel.objects.filter(daad="stuurde_opnieuw").count() == 1


def test_only_a_mail_of_this_family_that_did_not_arrive_is_sent_again(kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    ander = cast.maak_kuipers(kuipers.teams)
    vast(ander)
    aangekomen, vreemd = Bericht.objects.get(deelnemer=kuipers.ilse), Bericht.objects.get(deelnemer=ander.ilse)
    Bericht.objects.filter(pk=vreemd.pk).update(status=BerichtStatus.MISLUKT)
    for bericht in (aangekomen, vreemd):
        assert not stuur_opnieuw(door=kuipers.door, casus=kuipers.casus, pk=bericht.pk)
    vreemd.refresh_from_db()
    assert vreemd.status == BerichtStatus.MISLUKT


def test_who_may_not_change_the_family_sends_nothing_again(client: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Bericht.objects.update(status=BerichtStatus.MISLUKT)
    bericht = Bericht.objects.get(deelnemer=kuipers.ilse)
    adres_ = f"/casussen/{kuipers.casus.pk}/bericht/{bericht.pk}/opnieuw/"
    client.force_login(kuipers.teams.joost)
    assert client.post(adres_).status_code == 403
    client.force_login(kuipers.teams.karin)
    assert client.post(adres_).status_code == 404
    assert client.get(adres_).status_code == 405
    with pytest.raises(PermissionDenied):
        stuur_opnieuw(door=cast.deur(kuipers.teams.joost), casus=kuipers.casus, pk=bericht.pk)
    bericht.refresh_from_db()
    assert bericht.status == BerichtStatus.MISLUKT


def test_nothing_is_sent_again_for_a_closed_family(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Bericht.objects.update(status=BerichtStatus.ONZEKER)
    Casus.objects.update(afgesloten_op=timezone.now())
    bericht = Bericht.objects.get(deelnemer=kuipers.ilse)
    antwoord = als_sanne.post(f"/casussen/{kuipers.casus.pk}/bericht/{bericht.pk}/opnieuw/", follow=True)
    assert "Deze samenwerking is afgesloten." in antwoord.content.decode()
    with pytest.raises(Geweigerd):
        stuur_opnieuw(door=kuipers.door, casus=kuipers.casus, pk=bericht.pk)
    bericht.refresh_from_db()
    assert bericht.status == BerichtStatus.ONZEKER


def test_a_mail_to_a_parent_that_did_not_arrive_shows_the_number(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    vast(kuipers)
    Bericht.objects.filter(gezinslid=kuipers.bart).update(status=BerichtStatus.ONZEKER, fout="Vraag na of hij aankwam.")
    html = pagina(als_sanne, kuipers)
    assert "Bellen kan ook:" in html
    assert 'href="tel:0600000101"' in html
