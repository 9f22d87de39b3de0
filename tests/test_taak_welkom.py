"""The first page behind a link: who are you, and yes to all in one press."""

import pytest
from django.http import HttpResponseBase
from django.test import Client

from casussen.acties import afspraken, regie
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Reactie, Toegangslink
from tests.cast import Kuipers
from tests.taaklink import tekst, token


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family with a first version; Ruben has two agreements."""
    afspraken.zet_afspraak(
        door=kuipers.door,
        casus=kuipers.casus,
        pk=kuipers.evaluatie.pk,
        versie=0,
        velden={"deelnemer": kuipers.ruben, "wat": "Ik haal Milan op."},
    )
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(vast: Kuipers) -> str:
    """A fresh link of Ruben."""
    return f"/t/{token(vast.ruben)}/"


def _druk(client: Client, pad: str, k: Kuipers, **velden: object) -> HttpResponseBase:
    """Presses "Alles akkoord" with the tick, as the page as it stands now sends it."""
    eigen = Afspraak.objects.filter(deelnemer=k.ruben)
    gezien = [f"{rij.pk}:{rij.inhoud_versie}" for rij in eigen]
    return client.post(pad, {"ik": "1", "wat": "alles", "gezien": gezien} | velden)


def _ja() -> int:
    return Reactie.objects.filter(deelnemer__professional__naam="Ruben Assink", soort="akkoord").count()


def test_it_tells_who_asks_for_which_family_and_the_own_agreements(client: Client, pad: str) -> None:
    pagina = tekst(client.get(pad))
    for woorden in [
        "Dag Ruben, klopt dit?", "Sanne Wolters", "Gezin Kuipers", "Mentor op de groep", "Jouw 2 afspraken",
        "Ik bel Bart over het weekend.", "Ik haal Milan op.", "Nieuw", "Ik ben <strong>Ruben Assink</strong>",
        "Alles akkoord", "Eén voor één bekijken", "085-0000 011",
    ]:  # fmt: skip
        assert woorden in pagina, woorden
    for van_een_ander in ["Ik kom elke woensdag", "Ilse", "Amrita", "Milan wil weer", "Zo kan het gezin"]:
        assert van_een_ander not in pagina


def test_the_tick_and_one_press_answer_everything(client: Client, vast: Kuipers, pad: str) -> None:
    na = _druk(client, pad, vast)
    assert (na.status_code, na.headers["Location"]) == (302, pad)
    assert _ja() == 2
    pagina = tekst(client.get(pad))
    assert "Dank je wel." in pagina
    assert "Je hebt overal op geantwoord." in pagina


def test_a_second_press_on_the_same_button_changes_nothing_more(client: Client, vast: Kuipers, pad: str) -> None:
    eerst = [_druk(client, pad, vast).status_code for _keer in range(2)]
    assert eerst == [302, 302]
    assert _ja() == 2


def test_without_the_tick_it_says_so_shows_where_and_does_nothing(client: Client, vast: Kuipers, pad: str) -> None:
    na = client.post(pad, {"wat": "alles"})
    assert na.status_code == 200
    assert "Zet eerst een vinkje bij je naam." in tekst(na)
    assert 'aria-invalid="true" aria-describedby="zin" autofocus' in tekst(na)
    assert _ja() == 0
    assert not Toegangslink.objects.filter(gebonden_tot__isnull=False).exists()


def test_whoever_ticks_what_no_person_sees_does_nothing(client: Client, vast: Kuipers, pad: str) -> None:
    assert _druk(client, pad, vast, niemand="1").status_code == 200
    assert _ja() == 0


def test_one_by_one_opens_the_page_and_answers_nothing(client: Client, pad: str) -> None:
    assert client.post(pad, {"ik": "1", "wat": "verder"}).status_code == 302
    assert "Niet akkoord" in tekst(client.get(pad))
    assert _ja() == 0


def test_what_changed_since_the_page_was_opened_gets_no_yes_and_is_named(
    client: Client, vast: Kuipers, pad: str
) -> None:
    gezien = [f"{rij.pk}:1" for rij in Afspraak.objects.filter(deelnemer=vast.ruben)]
    afspraken.zet_afspraak(
        door=vast.door, casus=vast.casus, pk=vast.belt_zondag.pk, versie=vast.belt_zondag.versie,
        velden={"wat": "Ik bel Bart elke dag."},
    )  # fmt: skip
    na = client.post(pad, {"ik": "1", "wat": "alles", "gezien": gezien}, follow=True)
    assert "Bij 1 afspraak is geen ja bewaard." in tekst(na)
    assert _ja() == 1
    assert not Reactie.objects.filter(afspraak=vast.belt_zondag).exists()


def test_only_what_stood_on_the_screen_gets_a_yes(client: Client, vast: Kuipers, pad: str) -> None:
    client.post(pad, {"ik": "1", "wat": "alles", "gezien": [f"{vast.belt_zondag.pk}:1", "onzin", f"{vast.bart.pk}:1"]})
    assert _ja() == 1
    client.post(pad, {"ik": "1", "wat": "alles", "gezien": [f"{vast.komt_woensdag.pk}:1"]})
    assert not Reactie.objects.filter(afspraak=vast.komt_woensdag).exists()


def test_when_nothing_waits_there_is_one_button(client: Client, vast: Kuipers, pad: str) -> None:
    _druk(client, pad, vast)
    opnieuw = tekst(Client().get(f"/t/{token(vast.ruben)}/"))
    assert "Alles akkoord" not in opnieuw
    assert "Verder" in opnieuw
    assert "klopt dit?" not in opnieuw


def test_a_function_that_is_asked_is_told_and_is_no_part_of_all(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ruben)
    assert rij is not None
    assert "Gevraagd: neem jij de regie?" in tekst(client.get(pad))
    _druk(client, pad, vast)
    rij.refresh_from_db()
    assert rij.aanvaard_op is None
    assert "Neem jij de regie?" in tekst(client.get(pad))
