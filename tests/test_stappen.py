"""The pages of the seven steps: what is on them, who may read them, what they cost; and regie and looking back."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casussen.acties.afspraken import zet_afspraak
from casussen.acties.antwoorden import bewaar_antwoord
from casussen.acties.casus import begin_casus
from casussen.acties.deelnemers import voeg_professional_toe
from casussen.models import Logregel, Professional
from tests import cast
from tests.stappen import HTMX, adres, ticks


@pytest.mark.parametrize("nummer", range(1, 8))
def test_every_step_shows_its_questions_and_the_way_on(als_sanne: Client, kuipers: cast.Kuipers, nummer: int) -> None:
    pagina = als_sanne.get(adres("stap", kuipers, nummer)).content.decode()
    stap = kuipers.casus.handreiking.inhoud.stap(nummer)
    for vraag in stap.vragen:
        assert vraag.tekst in pagina
    assert stap.titel in pagina
    volgende = adres("stap", kuipers, nummer + 1) if nummer < 7 else adres("vaststellen", kuipers)
    assert volgende in pagina


@pytest.mark.parametrize("nummer", [0, 8, 99])
def test_there_are_seven_steps_and_no_more(als_sanne: Client, kuipers: cast.Kuipers, nummer: int) -> None:
    assert als_sanne.get(adres("stap", kuipers, nummer)).status_code == 404


@pytest.mark.parametrize("nummer", range(1, 8))
def test_an_empty_family_can_be_filled_in_from_any_step(als_sanne: Client, teams: cast.Teams, nummer: int) -> None:
    casus = begin_casus(
        door=cast.deur(teams.sanne), pk=uuid4(), naam="Mevrouw Wigger", soort="wmo", team=teams.noord,
        coordinator=teams.sanne,
    )  # fmt: skip
    assert als_sanne.get(reverse("casussen:stap", args=[casus.pk, nummer])).status_code == 200


def test_a_part_that_htmx_swaps_is_the_part_of_the_whole_page(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    heel = als_sanne.get(adres("stap", kuipers, 4)).content.decode()
    deel = als_sanne.get(adres("stap", kuipers, 4), headers=HTMX).content.decode()
    begin, eind = '<div class="hr-stack" id="regie">', '<div id="pad" hx-swap-oob'

    def zonder_token(html: str) -> str:
        regels = [regel.strip() for regel in html.splitlines() if "csrfmiddlewaretoken" not in regel]
        return "\n".join(regel for regel in regels if regel)

    fragment = zonder_token(deel[deel.index(begin) : deel.index(eind)])
    assert fragment in zonder_token(heel)


def test_the_regie_goes_to_somebody_else_who_must_say_yes(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    pagina = als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": kuipers.ilse.pk}, headers=HTMX)
    assert "Gevraagd, nog geen ja" in pagina.content.decode()
    assert "Ja, dat doe ik" not in pagina.content.decode()
    als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": ""})
    assert not kuipers.casus.regie.filter(functie="regievoerder", tot__isnull=True).exists()


def test_a_colleague_with_an_account_says_yes_on_the_page(client: Client, kuipers: cast.Kuipers) -> None:
    joost = kuipers.teams.joost.professional
    assert joost is not None
    deelnemer = voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=joost)
    client.force_login(kuipers.teams.sanne)
    client.post(adres("regie", kuipers, "vervanger"), {"deelnemer": deelnemer.pk})
    client.force_login(kuipers.teams.joost)
    assert "Ja, dat doe ik" in client.get(adres("stap", kuipers, 4)).content.decode()
    client.post(adres("regie_ja", kuipers, "vervanger"))
    assert kuipers.casus.regie.get(functie="vervanger", tot__isnull=True).aanvaard_op is not None


@pytest.mark.parametrize("deelnemer", [str(UUID(int=5)), "niet-een-id"])
def test_the_regie_cannot_go_to_a_stranger(als_sanne: Client, kuipers: cast.Kuipers, deelnemer: str) -> None:
    assert als_sanne.post(adres("regie", kuipers, "regievoerder"), {"deelnemer": deelnemer}).status_code == 404


def test_there_is_no_other_function_than_the_three(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    assert als_sanne.post(adres("regie", kuipers, "baas"), {"deelnemer": ""}).status_code == 404


def test_the_day_of_looking_back_is_planned_and_changed(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    dag = timezone.localdate() + timedelta(days=30)
    data = {"terugkijken-versie": 1, "terugkijken-datum": dag.isoformat(), "terugkijken-van": "15.30",
            "terugkijken-tot": "16.15", "terugkijken-waar": "op school", "terugkijken-uitnodiger": kuipers.ilse.pk,
            "terugkijken-komen": ticks(kuipers, "bart", "milan", "sanne", "ilse")}  # fmt: skip
    als_sanne.post(adres("terugkijken", kuipers, kuipers.evaluatie.pk), data)
    evaluatie = kuipers.casus.evaluaties.get()
    assert (evaluatie.datum, evaluatie.waar, evaluatie.uitnodiger) == (dag, "op school", kuipers.ilse)
    assert list(evaluatie.afwezige_gezinsleden.all()) == [kuipers.esra]
    assert set(evaluatie.afwezige_deelnemers.all()) == {kuipers.ruben, kuipers.amrita, kuipers.opa}


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"datum": ""}, "Kies een dag."),
        ({"datum": "2020-05-05"}, "Deze dag is voorbij of is vandaag."),
        ({"datum": "2030-05-05", "van": "16", "tot": "15"}, "Dit is eerder dan het begin."),
    ],
)
def test_a_day_that_cannot_be_gets_a_sentence(
    als_sanne: Client, kuipers: cast.Kuipers, velden: dict[str, str], zin: str
) -> None:
    data = {
        "terugkijken-versie": 1,
        "terugkijken-waar": "bij oma",
        **{f"terugkijken-{n}": w for n, w in velden.items()},
    }
    pagina = als_sanne.post(adres("terugkijken", kuipers, kuipers.evaluatie.pk), data).content.decode()
    assert zin in pagina
    assert 'value="bij oma"' in pagina


def test_three_days_are_proposed_when_none_is_chosen(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    kuipers.evaluatie.delete()
    pagina = als_sanne.get(adres("stap", kuipers, 7)).content.decode()
    assert "over 4 weken" in pagina
    assert "over 6 weken" in pagina


def test_a_teamlid_who_does_not_take_part_reads_and_changes_nothing(client: Client, kuipers: cast.Kuipers) -> None:
    client.force_login(kuipers.teams.joost)
    for nummer in range(1, 8):
        pagina = client.get(adres("stap", kuipers, nummer)).content.decode()
        assert "Je leest mee." in pagina
        assert "<textarea" not in pagina
    assert "Milan wil weer thuis wonen." in client.get(adres("stap", kuipers, 1)).content.decode()
    antwoord = client.post(adres("antwoord", kuipers, "wie_mist"), {"wie_mist-versie": 0, "wie_mist-tekst": "x"})
    assert antwoord.status_code == 403


def test_reading_a_step_is_logged(als_sanne: Client, kuipers: cast.Kuipers) -> None:
    voor = Logregel.objects.count()
    als_sanne.get(adres("stap", kuipers, 3))
    regel = Logregel.objects.latest("id")
    assert Logregel.objects.count() == voor + 1
    assert (regel.daad, regel.velden, regel.casus_id) == ("las", ["stap3"], kuipers.casus.pk)


@pytest.mark.parametrize("nummer", range(1, 8))
def test_a_step_costs_as_many_queries_for_many_people_as_for_few(
    als_sanne: Client, kuipers: cast.Kuipers, nummer: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    als_sanne.get(adres("stap", kuipers, nummer))
    with CaptureQueriesContext(connection) as weinig:
        als_sanne.get(adres("stap", kuipers, nummer))
    for getal in range(27):
        professional = Professional.objects.create(
            naam=f"Helper {getal}", organisatie=kuipers.teams.noord.organisatie, email=f"h{getal}@x.example"
        )
        deelnemer = voeg_professional_toe(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=professional)
        zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0,
            velden={"wat": f"Ik doe {getal}.", "deelnemer": deelnemer},
        )  # fmt: skip
    bewaar_antwoord(door=kuipers.door, casus=kuipers.casus, vraag="wie_stopt", versie=0, velden={"tekst": "Niemand."})
    with django_assert_num_queries(len(weinig)):
        als_sanne.get(adres("stap", kuipers, nummer))
