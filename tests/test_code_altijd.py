"""An organisation that demands a code: behind a link nothing shows without it."""

from uuid import uuid4

import pytest
from django.test import Client

from casussen.acties import afspraken, deelnemers, evaluaties, gezin
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.models import Casus, Deelnemer, Logregel, Organisatie, Reactie, Toegangslink
from casussen.overzicht import momentopname
from tests.cast import Kuipers, deur
from tests.gezinslink import pad, vraag_code
from tests.taaklink import binnen, tekst

GEHEIM = ("Kuipers", "Bart", "Milan", "Ruben", "Sanne", "Hengelo", "De Linde", "085-0000", "weekend", "zondag")


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family Kuipers with version 1 fixed; the organisation of its team demands a code."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    Organisatie.objects.filter(pk=kuipers.teams.noord.organisatie_id).update(code_altijd=True)
    return kuipers


def _tweede_gezin(k: Kuipers) -> tuple[Casus, Deelnemer]:
    """A family of another organisation, in which Ruben helps too; its organisation demands nothing."""
    karin = k.teams.karin
    assert k.ruben.professional is not None
    assert karin.professional is not None
    door = deur(karin)
    casus = begin_casus(door=door, pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=k.teams.zuid, coordinator=karin)
    gezin.zet_gezinslid(
        door=door, casus=casus, pk=uuid4(), versie=0, velden={"naam": "Kees Bos", "relatie": "vader", "gezag": True}
    )
    mee, karin_mee = (
        deelnemers.voeg_professional_toe(door=door, casus=casus, pk=uuid4(), professional=professional)
        for professional in (k.ruben.professional, karin.professional)
    )
    velden = {"wat": "Ik breng Kees naar zwemles.", "deelnemer": mee}
    afspraken.zet_afspraak(door=door, casus=casus, pk=uuid4(), versie=0, velden=velden)
    evaluaties.plan_evaluatie(
        door=door, casus=casus, pk=uuid4(), versie=0,
        velden={"datum": k.evaluatie.datum, "uitnodiger": karin_mee},
    )  # fmt: skip
    casus.refresh_from_db()
    casus.vaststellingen.create(nummer=1, inhoud=momentopname.maak(casus), door=karin, op=k.evaluatie.gemaakt_op)
    return casus, mee


@pytest.mark.parametrize("wie", ["team", "eigen"])
def test_nothing_shows_without_the_code(vast: Kuipers, client: Client, wie: str) -> None:
    if wie == "eigen":
        Organisatie.objects.update(code_altijd=False)
        Organisatie.objects.filter(naam="De Linde").update(code_altijd=True)
    al = set(Logregel.objects.values_list("pk", flat=True))
    plek = pad(vast.ruben)
    antwoord = client.get(plek)
    pagina = tekst(antwoord)
    assert antwoord.status_code == 200
    assert "Je pagina staat klaar" in pagina
    assert "Stuur mij de code" in pagina
    assert not [woord for woord in GEHEIM if woord in pagina]
    assert not Logregel.objects.exclude(pk__in=al).exists()


def test_no_press_does_anything_without_the_code(vast: Kuipers, client: Client) -> None:
    plek, reacties = pad(vast.ruben), Reactie.objects.count()
    for achter, velden in {
        "": {"ik": "1", "wat": "alles"},
        f"afspraak/{vast.belt_zondag.pk}/": {"soort": "vraag", "tekst": "Mag het later?", "inhoud_versie": "1"},
    }.items():
        pagina = tekst(client.post(plek + achter, velden))
        assert "Stuur mij de code" in pagina
        assert not [woord for woord in GEHEIM if woord in pagina]
    # What was typed is not lost.
    assert "Mag het later?" in pagina
    assert Reactie.objects.count() == reacties
    assert not Toegangslink.objects.exclude(gebonden_tot=None).exists()


def test_after_the_code_the_page_opens_in_this_browser_only(vast: Kuipers, client: Client) -> None:
    plek = pad(vast.ruben)
    code = vraag_code(client, plek)
    antwoord = client.post(f"{plek}code/", {"code": code})
    assert antwoord.headers["Location"] == plek
    pagina = tekst(client.get(plek))
    assert "Kuipers" in pagina
    assert "Ik bel Bart over het weekend." in pagina
    assert Client().get(plek).status_code == 410


def test_whoever_was_here_before_the_organisation_chose_so_is_asked_too(vast: Kuipers, client: Client) -> None:
    Organisatie.objects.update(code_altijd=False)
    plek = f"/t/{binnen(client, vast.ruben)}/"
    assert "Kuipers" in tekst(client.get(plek))
    Organisatie.objects.update(code_altijd=True)
    assert not [woord for woord in GEHEIM if woord in tekst(client.get(plek))]


def test_of_several_families_those_that_demand_it_show_after_the_code(vast: Kuipers, client: Client) -> None:
    _casus, bij_bos = _tweede_gezin(vast)
    plek = f"/t/{binnen(client, bij_bos)}/"
    eerst = tekst(client.get(plek))
    assert "Ik breng Kees naar zwemles." in eerst
    assert "Er is meer, na een code" in eerst
    assert "Kuipers" not in eerst
    assert "Bart" not in eerst
    # Nor at an address of its own.
    velden = {"soort": "akkoord", "inhoud_versie": "1"}
    assert client.post(f"{plek}afspraak/{vast.belt_zondag.pk}/", velden).status_code == 404
    assert client.get(f"{plek}overzicht/{vast.ruben.pk}/").status_code == 404
    client.post(f"{plek}code/", {"code": vraag_code(client, plek)})
    dan = tekst(client.get(plek))
    assert "Kuipers" in dan
    assert "Ik bel Bart over het weekend." in dan
    assert "Er is meer, na een code" not in dan


def test_with_an_account_no_code_is_asked(vast: Kuipers, als_sanne: Client) -> None:
    pagina = tekst(als_sanne.get("/mijn/"))
    assert "Stuur mij de code" not in pagina
    assert "Kuipers" in pagina
