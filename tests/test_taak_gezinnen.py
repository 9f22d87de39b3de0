"""One helper with several families: one page, after one link."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import afspraken
from casussen.acties.vaststellen import stel_vast
from casussen.models import Casus, Deelnemer, Logregel, Reactie
from tests.cast import Kuipers
from tests.daden import nieuw_id
from tests.taakgezinnen import nog_een_gezin
from tests.taaklink import antwoord, binnen, tekst


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(client: Client, vast: Kuipers) -> str:
    """Where Ruben's page is, once he said who he is."""
    return f"/t/{binnen(client, vast.ruben)}/"


def test_all_his_families_stand_on_one_page_those_that_wait_first(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    nog_een_gezin(vast, "Gezin Bos", 2)
    pagina = tekst(client.get(pad))
    assert "Je helpt 2 gezinnen." in pagina
    assert "Bij 1 gezin wachten we op jouw antwoord." in pagina
    assert pagina.index("Gezin Bos") < pagina.index("Gezin Kuipers")
    assert pagina.count("Alles akkoord") == 1


def test_with_one_family_there_is_no_extra_heading(client: Client, pad: str) -> None:
    pagina = tekst(client.get(pad))
    assert "hr-gezin" not in pagina
    assert "Je helpt" not in pagina


def test_yes_to_all_is_about_one_family(client: Client, vast: Kuipers, pad: str) -> None:
    deel, rijen = nog_een_gezin(vast, "Gezin Bos", 2)
    client.post(f"{pad}deel/{deel.pk}/alles/", {"gezien": [f"{rij.pk}:1" for rij in rijen]})
    assert Reactie.objects.filter(deelnemer=deel, soort="akkoord").count() == 2
    assert not Reactie.objects.filter(deelnemer=vast.ruben).exists()
    assert Logregel.objects.filter(daad="reageerde", actor_id=deel.pk, casus_id=deel.casus_id).count() == 2


@pytest.mark.parametrize("hoe", ["stopt", "gesloten"])
def test_a_family_where_his_part_ended_is_gone_at_once_and_the_others_stay(
    client: Client, vast: Kuipers, pad: str, hoe: str
) -> None:
    deel, rijen = nog_een_gezin(vast, "Gezin Bos")
    assert "Gezin Bos" in tekst(client.get(pad))
    if hoe == "stopt":
        Deelnemer.objects.filter(pk=deel.pk).update(tot=timezone.now())
    else:
        Casus.objects.filter(pk=deel.casus_id).update(afgesloten_op=timezone.now())
    pagina = tekst(client.get(pad))
    assert "Gezin Bos" not in pagina
    assert "Gezin Kuipers" in pagina
    assert client.post(f"{pad}afspraak/{rijen[0].pk}/", {"soort": "akkoord", "inhoud_versie": 1}).status_code == 404


def test_reading_the_page_is_a_line_in_the_log_of_each_family(client: Client, vast: Kuipers, pad: str) -> None:
    deel, _rijen = nog_een_gezin(vast, "Gezin Bos")
    client.get(pad)
    for eigen in (vast.ruben, deel):
        regels = Logregel.objects.filter(daad="las", casus_id=eigen.casus_id, actor_id=eigen.pk, velden=["taak"])
        assert regels.count() == 1
    # A page that comes back after a mistake is the same reading.
    antwoord(client, pad, vast.belt_zondag, "vraag", "")
    assert Logregel.objects.filter(daad="las", casus_id=deel.casus_id, actor_id=deel.pk).count() == 1


def _kosten(client: Client, pad: str) -> int:
    client.get(pad)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(pad).status_code == 200
    return len(queries)


def test_the_page_costs_as_many_queries_with_three_families_as_with_thirty(
    client: Client, vast: Kuipers, pad: str
) -> None:
    for nummer in range(2):
        nog_een_gezin(vast, f"Gezin {nummer}", versies=2)
    drie = _kosten(client, pad)
    for nummer in range(2, 29):
        nog_een_gezin(vast, f"Gezin {nummer}", versies=2)
    assert _kosten(client, pad) == drie


def test_the_page_costs_as_many_queries_with_one_agreement_as_with_thirty(
    client: Client, vast: Kuipers, pad: str
) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    nog_een_gezin(vast, "Gezin Bos", versies=2)
    eerst = _kosten(client, pad)
    for nummer in range(29):
        afspraken.zet_afspraak(
            door=vast.door, casus=vast.casus, pk=nieuw_id(vast, str(nummer)), versie=0,
            velden={"deelnemer": vast.ruben, "wat": f"Ik doe {nummer}."},
        )  # fmt: skip
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    assert _kosten(client, pad) == eerst
