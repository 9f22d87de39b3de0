"""Step 5: agreements on the screen."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties.afspraken import reageer
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor, ActorSoort
from casussen.models import Afspraak
from tests import cast
from tests.stappen import HTMX, adres, ticks


def afspraak_data(kuipers: cast.Kuipers, **velden: Any) -> dict[str, Any]:
    basis = {"versie": 0, "wie": f"helper-{kuipers.ilse.pk}", "wat": "Ik bel de school.", "wanneer": "elke maandag",
             "lezers": ticks(kuipers, "bart", "milan", "helpers")}  # fmt: skip
    return {f"afspraak-{naam}": waarde for naam, waarde in (basis | velden).items()}


def test_an_agreement_has_one_name_a_moment_and_its_own_readers(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    over_een_week = timezone.localdate() + timedelta(days=7)
    for _keer in range(2):
        pagina = als_sanne.post(
            adres("afspraak", kuipers, pk), afspraak_data(kuipers, datum=over_een_week.isoformat()), headers=HTMX
        )
    assert "Ik bel de school." in pagina.content.decode()
    afspraak = Afspraak.objects.get(pk=pk)
    assert (afspraak.deelnemer, afspraak.gezinslid, afspraak.datum) == (kuipers.ilse, None, over_een_week)
    assert set(afspraak.gekozen_gezinsleden.all()) == {kuipers.bart, kuipers.milan}


def test_the_family_itself_can_own_an_agreement(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers, wie=f"gezin-{kuipers.esra.pk}"))
    assert Afspraak.objects.get(pk=pk).gezinslid == kuipers.esra


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"wie": ""}, "Kies wie dit doet."),
        ({"wat": "  "}, "Schrijf op wat diegene gaat doen."),
        ({"datum": "2020-01-01"}, "Deze dag is voorbij."),
        ({"wat": "x" * 40_000}, "Deze tekst is te lang: 40000 tekens."),
        ({"wie": "helper-van-een-ander"}, "Selecteer een geldige keuze."),
    ],
)
def test_a_bad_agreement_gets_a_sentence_and_stays(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    for koppen in (HTMX, {}):
        data = afspraak_data(kuipers, **{"wanneer": "elke derde dinsdag", **velden})
        pagina = als_sanne.post(adres("afspraak", kuipers, uuid4()), data, headers=koppen).content.decode()
        assert zin in pagina
        assert 'value="elke derde dinsdag"' in pagina
    assert kuipers.casus.afspraken.count() == 5


def test_an_agreement_is_changed_in_its_place(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("afspraak", kuipers, kuipers.komt_woensdag.pk), headers=HTMX).content.decode()
    assert "Ik kom elke woensdag om 16 uur.</textarea>" in pagina
    assert "Deze afspraak vervalt" in pagina
    als_sanne.post(
        adres("afspraak", kuipers, kuipers.komt_woensdag.pk),
        afspraak_data(kuipers, versie=1, wat="Ik kom op donderdag."),
    )
    assert Afspraak.objects.get(pk=kuipers.komt_woensdag.pk).wat == "Ik kom op donderdag."


def test_an_agreement_with_a_day_that_passed_can_still_be_changed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    Afspraak.objects.filter(pk=kuipers.vertelt.pk).update(datum="2026-01-05")
    data = afspraak_data(kuipers, versie=1, wie=f"helper-{kuipers.amrita.pk}", wat="Ik vertel het.", datum="2026-01-05")
    als_sanne.post(adres("afspraak", kuipers, kuipers.vertelt.pk), data)
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).wat == "Ik vertel het."


def test_the_back_button_never_overwrites_what_came_after(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pk = uuid4()
    als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers))
    pagina = als_sanne.post(adres("afspraak", kuipers, pk), afspraak_data(kuipers, wat="Ik mail de school."))
    assert "Ik bel de school." in pagina.content.decode()
    assert "Ik mail de school.</textarea>" in pagina.content.decode()
    assert Afspraak.objects.get(pk=pk).wat == "Ik bel de school."


def test_an_agreement_that_is_over_leaves_the_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    als_sanne.post(adres("afspraak_vervalt", kuipers, kuipers.belt_zondag.pk), headers=HTMX)
    assert "Ik bel Bart over het weekend." not in als_sanne.get(adres("stap", kuipers, 5)).content.decode()


def test_agreements_can_be_sorted_by_date(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, 5), {"orde": "datum"}).content.decode()
    vanaf = pagina.index("Onze afspraken")
    assert pagina.index("Ik vertel Ilse wat helpt.", vanaf) < pagina.index("Ik kom elke woensdag", vanaf)
    per_persoon = als_sanne.get(adres("stap", kuipers, 5)).content.decode()
    assert per_persoon.index("Ik bel als een weekend", vanaf) < per_persoon.index("Ik vertel Ilse wat helpt.", vanaf)


def test_every_answer_stands_in_step_five_and_its_words_one_press_further(
    als_sanne: Client, kuipers: cast.Kuipers
) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    ilse = Actor(soort=ActorSoort.DEELNEMER, deelnemer=kuipers.ilse)
    ruben = Actor(soort=ActorSoort.DEELNEMER, deelnemer=kuipers.ruben)
    reageer(door=ilse, afspraak=kuipers.komt_woensdag, inhoud_versie=1, soort="vraag", tekst="Ook in de vakantie?")
    reageer(
        door=ruben, afspraak=kuipers.belt_zondag, inhoud_versie=1, soort="niet-akkoord", tekst="Zondag werk ik niet."
    )
    pagina = als_sanne.get(adres("stap", kuipers, 5)).content.decode()
    # The family looks along at this step: the words stand on a page of their own.
    assert "Lees wat Ilse schrijft" in pagina
    assert "Lees wat Ruben schrijft" in pagina
    assert "Ook in de vakantie?" not in pagina
    assert "Ook in de vakantie?" in als_sanne.get(f"/casussen/{kuipers.casus.pk}/vragen/").content.decode()
    assert "Wacht op antwoord" in pagina
    assert "Nog niet gevraagd" not in pagina
