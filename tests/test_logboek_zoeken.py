"""The coordinator searches the log of a casus: who, what, when; how often was looked; and on whose behalf."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen import logboek
from casussen.acties import deelnemers, regie
from casussen.acties.noodtoegang import neem_noodtoegang
from casussen.actor import Actor, klok
from casussen.models import Lidmaatschap, Logregel, Team
from casussen.models.organisatie import TeamRol
from casussen.overzicht.logregels import Mensen, Zoekvraag
from tests import cast
from tests.cast import Kuipers
from tests.daden import achter_link
from tests.ketting import als_superuser, sql


def adres(kuipers: Kuipers) -> str:
    return f"/casussen/{kuipers.casus.pk}/logboek/"


def lees(kuipers: Kuipers, door: Actor, keer: int = 1) -> None:
    for _keer in range(keer):
        logboek.schrijf(door=door, daad="las", casus_id=kuipers.casus.pk, velden=["stand"])


def zinnen(client: Client, kuipers: Kuipers, **gezocht: str) -> list[tuple[str, str, str]]:
    """Who, what, and on whose behalf, as the page shows it."""
    dagen = client.get(adres(kuipers), gezocht).context["dagen"]
    return [(regel.wie.naam, regel.zin, regel.namens) for dag in dagen for regel in dag.regels]


def sleutel(kuipers: Kuipers, naam: str) -> str:
    """What the page calls somebody in its address."""
    return next(sleutel for sleutel, gevonden in Mensen(kuipers.casus).keuzes() if gevonden == naam)


def op_dag(regels: list[Logregel], dag: date) -> None:
    """As if those lines were written at noon of another day."""
    with als_superuser():
        sql("UPDATE casussen_logregel SET op = %s WHERE id = ANY(%s)", f"{dag} 12:00+01", [r.pk for r in regels])


def test_choosing_a_person_shows_only_what_that_person_did(als_sanne: Client, kuipers: Kuipers) -> None:
    lees(kuipers, cast.deur(kuipers.teams.joost), keer=2)
    lees(kuipers, achter_link(kuipers.bart))
    gevonden = zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Joost ten Hove"))
    assert gevonden == [("Joost ten Hove", "keek hoe het staat", "")] * 2
    bart = zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Bart Kuipers"), wat="gekeken")
    assert bart == [("Bart Kuipers", "keek hoe het staat", "")]
    assert zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Bart Kuipers"), wat="veranderd") == []


def test_somebody_with_an_account_who_also_opens_a_link_is_one_person(als_sanne: Client, kuipers: Kuipers) -> None:
    lees(kuipers, achter_link(kuipers.sanne))
    lees(kuipers, kuipers.door)
    assert Mensen(kuipers.casus).keuzes() == [(f"p-{kuipers.sanne.professional_id}", "Sanne Wolters")]
    gezocht = zinnen(als_sanne, kuipers, wie=f"p-{kuipers.sanne.professional_id}", wat="gekeken")
    assert len(gezocht) == 3  # the page itself too
    pagina = als_sanne.get(adres(kuipers), {"wat": "gekeken"})
    assert (pagina.context["keren"], pagina.context["kijkers"]) == (4, 1)


def test_it_says_how_often_was_looked_by_how_many_people(als_sanne: Client, kuipers: Kuipers) -> None:
    for mens, keer in ((kuipers.ilse, 3), (kuipers.bart, 2), (kuipers.opa, 1)):
        lees(kuipers, achter_link(mens), keer)
    tekst = " ".join(als_sanne.get(adres(kuipers)).content.decode().split())
    assert "7 keer bekeken door 4 mensen." in tekst
    alleen_ilse = als_sanne.get(adres(kuipers), {"wie": sleutel(kuipers, "Ilse Broekhuis")}).content.decode()
    assert "3 keer bekeken door 1 mens." in " ".join(alleen_ilse.split())


def test_first_and_last_day_count(als_sanne: Client, kuipers: Kuipers) -> None:
    vandaag = timezone.localdate()
    dagen = {n: vandaag - timedelta(days=n) for n in (1, 2, 3)}
    for n, mens in ((3, kuipers.ilse), (2, kuipers.ruben), (1, kuipers.amrita)):
        lees(kuipers, achter_link(mens))
        op_dag([Logregel.objects.latest("pk")], dagen[n])

    def namen(**gezocht: date) -> list[str]:
        gevraagd = {naam: dag.isoformat() for naam, dag in gezocht.items()}
        return [naam for naam, *_rest in zinnen(als_sanne, kuipers, **gevraagd)]

    assert namen(van=dagen[3], tot=dagen[2]) == ["Ruben Assink", "Ilse Broekhuis"]
    assert namen(van=dagen[2], tot=dagen[1]) == ["dr. Amrita Soedamah", "Ruben Assink"]
    assert "Ilse Broekhuis" not in namen(van=dagen[2])
    assert namen(tot=dagen[3]) == ["Ilse Broekhuis"]


def test_a_mistake_in_the_days_is_told_and_the_rest_is_shown(als_sanne: Client, kuipers: Kuipers) -> None:
    tekst = als_sanne.get(adres(kuipers), {"van": "2026-11-20", "tot": "2026-11-01"}).content.decode()
    assert "De laatste dag ligt vóór de eerste." in tekst
    onzin = als_sanne.get(adres(kuipers), {"van": "gisteren", "wie": "p-iemand-anders", "bladzijde": "-1"})
    assert "Dit is geen dag die bestaat." in onzin.content.decode()
    assert "begon deze samenwerking" in onzin.content.decode()


def test_the_next_page_keeps_what_is_looked_for(als_sanne: Client, kuipers: Kuipers) -> None:
    lees(kuipers, cast.deur(kuipers.teams.joost), keer=60)
    wie = sleutel(kuipers, "Joost ten Hove")
    tekst = als_sanne.get(adres(kuipers), {"wie": wie, "wat": "gekeken"}).content.decode()
    assert f'href="?wie={wie}&amp;wat=gekeken&amp;bladzijde=2"' in tekst
    assert f'href="?wie={wie}&amp;wat=veranderd"' in tekst
    assert len(zinnen(als_sanne, kuipers, wie=wie, wat="gekeken", bladzijde="2")) == 10


def test_who_acts_for_somebody_else_is_told(als_sanne: Client, kuipers: Kuipers) -> None:
    door = cast.deur(kuipers.teams.joost)
    lees(kuipers, replace(door, namens=kuipers.sanne))
    lees(kuipers, replace(door, namens=kuipers.bart))
    lees(kuipers, door)
    gevonden = zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Joost ten Hove"))
    assert [namens for _naam, _zin, namens in gevonden] == ["", "namens Bart", "namens Sanne"]


def test_the_stand_in_is_called_so(als_sanne: Client, kuipers: Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    doet_mee = deelnemers.voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    regie.wijs_aan(door=kuipers.door, casus=kuipers.casus, functie="vervanger", deelnemer=doet_mee)
    lees(kuipers, replace(cast.deur(kuipers.teams.joost), namens=kuipers.sanne))
    gevonden = zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Joost ten Hove"))
    assert gevonden[0] == ("Joost ten Hove", "keek hoe het staat", "als vervanger van Sanne")
    assert "<strong>als vervanger van Sanne</strong>" in als_sanne.get(adres(kuipers)).content.decode()


def test_reading_in_an_emergency_is_told(als_sanne: Client, kuipers: Kuipers) -> None:
    west = Team.objects.create(organisatie=kuipers.teams.noord.organisatie, naam="Hengelo-West")
    nel = cast.medewerker("Nel Nood", "n.nood@noord.example", west, TeamRol.TEAMLID)
    neem_noodtoegang(
        door=cast.deur(nel), pk=uuid4(), casus=kuipers.casus, reden="De buurvrouw van dit gezin belt in paniek."
    )
    client = Client()
    client.force_login(nel)
    assert client.get(f"/casussen/{kuipers.casus.pk}/").status_code == 200
    gevonden = zinnen(als_sanne, kuipers, wie=sleutel(kuipers, "Nel Nood"), wat="gekeken")
    assert ("Nel Nood", "keek hoe het staat", "met noodtoegang") in gevonden


def test_the_clock_is_no_person_who_looked(kuipers: Kuipers) -> None:
    logboek.schrijf(door=klok(), daad="zette_herinnering_klaar", casus_id=kuipers.casus.pk)
    assert Mensen(kuipers.casus).bekeken(Zoekvraag()) == (0, 0)
    assert ("klok", "Vanzelf") in Mensen(kuipers.casus).keuzes()


@pytest.mark.parametrize("vraag", [{"wie": "p-' OR 1=1"}, {"wie": f"p-{uuid4()}"}])
def test_a_person_who_is_not_in_this_log_gives_nothing(kuipers: Kuipers, vraag: dict[str, Any]) -> None:
    assert not Mensen(kuipers.casus).regels(Zoekvraag(**vraag)).exists()


def test_an_ended_membership_closes_the_log(als_sanne: Client, kuipers: Kuipers) -> None:
    assert als_sanne.get(adres(kuipers)).status_code == 200
    Lidmaatschap.objects.filter(medewerker=kuipers.teams.sanne).update(tot=timezone.localdate() - timedelta(days=1))
    assert als_sanne.get(adres(kuipers)).status_code in (403, 404)
