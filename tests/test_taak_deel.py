"""What a helper says about the own part in a family: role, function, passing it on, reachability, mail."""

import pytest
from django.test import Client
from django.utils import timezone

from casussen.acties import regie
from casussen.acties.vaststellen import stel_vast
from casussen.models import Deelnemer, Draad, Professional, Regie
from tests.cast import Kuipers
from tests.taaklink import BEREIKBAAR, binnen, tekst


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(client: Client, vast: Kuipers) -> str:
    """Where Ruben's page is, once he said who he is."""
    return f"/t/{binnen(client, vast.ruben)}/"


def test_a_role_that_is_not_right_is_told_to_the_coordinator(client: Client, vast: Kuipers, pad: str) -> None:
    leeg = client.post(f"{pad}deel/{vast.ruben.pk}/rol/", {"tekst": ""})
    assert "Schrijf erbij wat je bedoelt." in tekst(leeg)
    for _keer in range(2):
        assert client.post(f"{pad}deel/{vast.ruben.pk}/rol/", {"tekst": "Ik ben geen mentor."}).status_code == 302
    draad = Draad.objects.get()
    assert (draad.afspraak, [regel.soort for regel in draad.regels.all()]) == (None, ["rol"])
    assert "Ik ben geen mentor." in tekst(client.get(pad))


def test_whoever_would_rather_not_have_a_function_says_why_and_may_change_his_mind(
    client: Client, vast: Kuipers, pad: str
) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ruben)
    assert rij is not None
    assert "Liever niet, want…" in tekst(client.get(pad))
    for _keer in range(2):
        assert client.post(f"{pad}regie/{rij.pk}/niet/", {"tekst": "Ik stop in mei."}).status_code == 302
    pagina = tekst(client.get(pad))
    assert "Je neemt de regie liever niet. Sanne weet dat." in pagina
    assert "Neem jij de regie?" not in pagina
    assert "Ik stop in mei." in pagina
    client.post(f"{pad}regie/{rij.pk}/")
    assert Regie.objects.get(pk=rij.pk).aanvaard_op is not None
    assert "Jij hebt de regie" in tekst(client.get(pad))


def test_nobody_says_no_for_another(client: Client, vast: Kuipers, pad: str) -> None:
    rij = regie.wijs_aan(door=vast.door, casus=vast.casus, functie="regievoerder", deelnemer=vast.ilse)
    assert rij is not None
    assert client.post(f"{pad}regie/{rij.pk}/niet/", {"tekst": "Nee."}).status_code == 404
    assert Regie.objects.get(pk=rij.pk).geweigerd_op is None


def test_passing_it_on_asks_the_coordinator_and_changes_nothing_yet(client: Client, vast: Kuipers, pad: str) -> None:
    velden = {"naar_naam": "Nienke Stop", "naar_email": "n.stop@delinde.example", "tekst": ""}
    for _keer in range(2):
        assert client.post(f"{pad}deel/{vast.ruben.pk}/doorgeven/", velden).status_code == 302
    draad = Draad.objects.get()
    assert (draad.naar_naam, draad.naar_email, draad.regels.count()) == ("Nienke Stop", "n.stop@delinde.example", 1)
    pagina = tekst(client.get(pad))
    assert "Je vroeg om dit door te geven aan Nienke Stop." in pagina
    assert "Tot dan blijft het van jou." in pagina
    assert "Ik bel Bart over het weekend." in pagina
    assert Deelnemer.objects.get(pk=vast.ruben.pk).tot is None
    assert not Professional.objects.filter(naam="Nienke Stop").exists()


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"naar_naam": ""}, "Schrijf op wie het overneemt."),
        ({"naar_email": ""}, "Vul het e-mailadres in."),
        ({"naar_email": "geen adres"}, "Dit adres klopt niet."),
    ],
)
def test_passing_it_on_to_nobody_keeps_what_was_typed(
    client: Client, vast: Kuipers, pad: str, fout: dict[str, str], zin: str
) -> None:
    velden = {"naar_naam": "Nienke Stop", "naar_email": "n.stop@delinde.example", "tekst": "Ik stop."} | fout
    na = tekst(client.post(f"{pad}deel/{vast.ruben.pk}/doorgeven/", velden))
    assert zin in na
    for waarde in velden.values():
        assert waarde in na
    assert not Draad.objects.exists()


def test_reachability_is_a_sentence_when_it_is_known_and_a_form_when_it_is_not(
    client: Client, vast: Kuipers, pad: str
) -> None:
    assert "Dit is nog niet bekend. Vul je het in?" in tekst(client.get(pad))
    client.post(f"{pad}deel/{vast.ruben.pk}/bereikbaar/", BEREIKBAAR)
    pagina = " ".join(tekst(client.get(pad)).split())
    assert "Bel <strong>085-0000 031</strong>, op maandag en woensdag, van 9.30 tot 17 uur." in pagina
    assert "Je belt dezelfde dag terug. Anna Smit vervangt je." in pagina
    assert "Klopt dit nog?" in pagina


@pytest.mark.parametrize("plek", ["rol/", "doorgeven/", "bereikbaar/", "alles/"])
def test_nobody_speaks_for_the_part_of_another(client: Client, vast: Kuipers, pad: str, plek: str) -> None:
    velden = BEREIKBAAR | {"tekst": "Nee.", "naar_naam": "N", "naar_email": "n@x.example"}
    assert client.post(f"{pad}deel/{vast.ilse.pk}/{plek}", velden).status_code == 404
    assert not Draad.objects.exists()
    assert Deelnemer.objects.get(pk=vast.ilse.pk).vervanger == ""


def test_whoever_wants_less_mail_says_so_at_the_bottom(client: Client, vast: Kuipers, pad: str) -> None:
    for _keer in range(2):
        na = client.post(f"{pad}mail/", {"ritme": "week"}, follow=True)
        assert "Je keuze is bewaard." in tekst(na)
    assert Professional.objects.get(deelnames=vast.ruben).mailritme == "week"
    assert "Er is niets veranderd." in tekst(client.post(f"{pad}mail/", {"ritme": "nooit"}, follow=True))
    assert Professional.objects.get(deelnames=vast.ruben).mailritme == "week"


def test_words_of_who_was_taken_off_meanwhile_come_back_and_the_family_is_gone(
    client: Client, vast: Kuipers, pad: str
) -> None:
    tweede = Client()
    tweede.cookies = client.cookies
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(tot=timezone.now())
    na = tweede.post(f"{pad}deel/{vast.ruben.pk}/rol/", {"tekst": "Ik ben geen mentor."})
    assert na.status_code == 410
    assert "Ik ben geen mentor." in tekst(na)
    assert "Kuipers" not in tekst(na)
    assert not Draad.objects.exists()
