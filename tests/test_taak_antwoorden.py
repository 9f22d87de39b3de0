"""What a helper says about an agreement: new, changed, the same, done, later, and the thread about it."""

from datetime import timedelta

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from casussen.acties import afspraken, draden
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Deelnemer, Draad, Logregel, Reactie
from casussen.overzicht import taak as overzicht
from tests.cast import Kuipers
from tests.daden import nieuw_id
from tests.taaklink import antwoord, binnen, tekst
from tests.vijandig import MERK, OPMAAK, SJABLOON

MORGEN = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version."""
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


@pytest.fixture
def pad(client: Client, vast: Kuipers) -> str:
    """Where Ruben's page is, once he said who he is."""
    return f"/t/{binnen(client, vast.ruben)}/"


def _anders(k: Kuipers, **velden: object) -> None:
    """Sanne changes Ruben's agreement."""
    rij = Afspraak.objects.get(pk=k.belt_zondag.pk)
    afspraken.zet_afspraak(door=k.door, casus=k.casus, pk=rij.pk, versie=rij.versie, velden=velden)


def _iets_anders(k: Kuipers, nummer: int) -> None:
    """A new version in which Ruben's agreement stays as it was."""
    afspraken.zet_afspraak(
        door=k.door,
        casus=k.casus,
        pk=nieuw_id(k, f"v{nummer}"),
        versie=0,
        velden={"gezinslid": k.bart, "wat": "Ik kook."},
    )
    stel_vast(door=k.door, casus=k.casus, nummer=nummer)


def _stand(k: Kuipers, van: Deelnemer | None = None) -> overzicht.EigenAfspraak:
    taak = overzicht.maak(van or k.ruben, k.casus)
    eigen = taak.afspraak(k.belt_zondag.pk)
    assert eigen is not None
    return eigen


def _druk(client: Client, pad: str, k: Kuipers, plek: str, **velden: object) -> HttpResponseBase:
    return client.post(f"{pad}afspraak/{k.belt_zondag.pk}/{plek}/", {"inhoud_versie": 1} | velden)


# New, changed, the same ---------------------------------------------------------------------------


def test_an_agreement_is_new_until_the_next_version_and_then_the_same(client: Client, vast: Kuipers, pad: str) -> None:
    assert _stand(vast).stand == "nieuw"
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    assert (_stand(vast).stand, _stand(vast).staat_vast) == ("nieuw", False)
    _iets_anders(vast, 2)
    assert (_stand(vast).stand, _stand(vast).staat_vast) == ("hetzelfde", True)
    assert "Je zei ja, en de afspraak is hetzelfde gebleven." in tekst(client.get(pad))


def test_a_change_asks_again_and_shows_what_it_was(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    _anders(vast, wat="Ik bel Bart elke maandag.", wanneer="elke maandag")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    pagina = tekst(client.get(pad))
    assert _stand(vast).stand == "veranderd"
    assert "Veranderd" in pagina
    assert "Eerst was dit: “Ik bel Bart over het weekend.” elke zondag" in " ".join(pagina.split())


def test_what_was_is_the_text_that_he_answered_and_not_one_in_between(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    for nummer, wat in ((2, "Ik bel Bart elke maandag."), (3, "Ik bel Bart elke dinsdag.")):
        _anders(vast, wat=wat)
        stel_vast(door=vast.door, casus=vast.casus, nummer=nummer)
    eerder = _stand(vast).eerder
    assert eerder is not None
    assert (eerder.wat, eerder.wanneer, eerder.zonder_moment) == ("Ik bel Bart over het weekend.", "", False)


def test_changed_and_changed_back_is_asked_again_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    for wat in ("Ik bel niet.", "Ik bel Bart over het weekend."):
        _anders(vast, wat=wat)
    _iets_anders(vast, 2)
    assert "Er werd iets veranderd, en weer terug." in tekst(client.get(pad))


@pytest.mark.parametrize(("mag", "woorden"), [(True, True), (False, False)])
def test_whose_it_was_is_told_when_helpers_may_know(client: Client, vast: Kuipers, mag: bool, woorden: bool) -> None:
    Deelnemer.objects.filter(pk=vast.ruben.pk).update(voor_professionals=mag)
    _iets_anders(vast, 2)
    _anders(vast, deelnemer=vast.ilse)
    stel_vast(door=vast.door, casus=vast.casus, nummer=3)
    assert _stand(vast, vast.ilse).stand == "nieuw"
    pagina = tekst(client.get(f"/t/{binnen(client, vast.ilse)}/"))
    assert ("Dit deed eerst Ruben Assink." in pagina) is woorden


def test_a_yes_to_an_earlier_version_stands_and_a_question_afterwards_is_only_said(
    client: Client, vast: Kuipers, pad: str
) -> None:
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    _iets_anders(vast, 2)
    antwoord(client, pad, vast.belt_zondag, "vraag", "Ook met Kerst?")
    assert Reactie.objects.get(deelnemer=vast.ruben).soort == "akkoord"
    assert Draad.objects.get(deelnemer=vast.ruben).regels.get().tekst == "Ook met Kerst?"
    assert "Ook met Kerst?" in tekst(client.get(pad))


def test_a_question_to_an_earlier_version_may_still_become_a_yes(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    _iets_anders(vast, 2)
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    assert Reactie.objects.get(deelnemer=vast.ruben).soort == "akkoord"
    assert Draad.objects.get().afgerond_op is not None


def test_answering_moves_no_agreement_on_the_page(client: Client, vast: Kuipers, pad: str) -> None:
    for letter in "ab":
        afspraken.zet_afspraak(
            door=vast.door, casus=vast.casus, pk=nieuw_id(vast, letter), versie=0,
            velden={"deelnemer": vast.ruben, "wat": f"Ik doe {letter}."},
        )  # fmt: skip
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    stel_vast(door=vast.door, casus=vast.casus, nummer=2)
    # What was answered before stands last; those of now stay where they are.
    volgorde = [rij.pk for rij in overzicht.maak(vast.ruben, vast.casus).afspraken]
    assert volgorde[-1] == vast.belt_zondag.pk
    antwoord(client, pad, Afspraak.objects.get(pk=volgorde[0]), "akkoord")
    assert [rij.pk for rij in overzicht.maak(vast.ruben, vast.casus).afspraken] == volgorde


# Done, later --------------------------------------------------------------------------------------


def test_done_is_one_press_and_can_be_taken_back(client: Client, vast: Kuipers, pad: str) -> None:
    for _keer in range(2):
        assert _druk(client, pad, vast, "gedaan", wat="gedaan").status_code == 302
    pagina = tekst(client.get(pad))
    assert "Gedaan, zei je op" in pagina
    assert not overzicht.maak(vast.ruben, vast.casus).te_beantwoorden
    for _keer in range(2):
        _druk(client, pad, vast, "gedaan", wat="ongedaan")
    assert "Gedaan, zei je op" not in tekst(client.get(pad))
    daden = Logregel.objects.filter(actor_id=vast.ruben.pk, daad__startswith="meldde").order_by("pk")
    assert list(daden.values_list("daad", flat=True)) == ["meldde_gedaan", "meldde_toch_niet_gedaan"]


def test_later_needs_a_day_and_a_reason_and_keeps_the_agreement_as_it_is(
    client: Client, vast: Kuipers, pad: str
) -> None:
    zonder = _druk(client, pad, vast, "later", op="", tekst="Ik ben ziek.")
    assert "Kies de dag waarop het wel lukt." in tekst(zonder)
    assert "Ik ben ziek.</textarea>" in tekst(zonder)
    voorbij = _druk(client, pad, vast, "later", op="2020-01-01", tekst="Ik ben ziek.")
    assert "al voorbij" in tekst(voorbij)
    leeg = _druk(client, pad, vast, "later", op=MORGEN.isoformat(), tekst="")
    assert "waarom het later wordt" in tekst(leeg)
    assert f'value="{MORGEN.isoformat()}"' in tekst(leeg)
    assert not Draad.objects.exists()
    for _keer in range(2):
        assert _druk(client, pad, vast, "later", op=MORGEN.isoformat(), tekst="Ik ben ziek.").status_code == 302
    rij = Afspraak.objects.get(pk=vast.belt_zondag.pk)
    assert (rij.later_op, rij.datum, rij.inhoud_versie) == (MORGEN, None, 1)
    assert [regel.soort for regel in Draad.objects.get().regels.all()] == ["later"]
    assert "Je zei: het wordt" in tekst(client.get(pad))


def test_a_change_that_matters_empties_what_was_said_about_the_old_text(
    client: Client, vast: Kuipers, pad: str
) -> None:
    _druk(client, pad, vast, "gedaan", wat="gedaan")
    _druk(client, pad, vast, "later", op=MORGEN.isoformat(), tekst="Ik ben ziek.")
    _anders(vast, voor_professionals=False)
    assert Afspraak.objects.get(pk=vast.belt_zondag.pk).gedaan_op is not None
    _anders(vast, wat="Ik bel Bart elke maandag.")
    rij = Afspraak.objects.get(pk=vast.belt_zondag.pk)
    assert (rij.gedaan_op, rij.later_op) == (None, None)


@pytest.mark.parametrize("plek", ["gedaan", "later"])
def test_what_is_said_about_a_text_that_just_changed_is_not_saved(
    client: Client, vast: Kuipers, pad: str, plek: str
) -> None:
    _anders(vast, wat="Ik bel Bart elke maandag.")
    na = _druk(client, pad, vast, plek, wat="gedaan", op=MORGEN.isoformat(), tekst="Ik ben ziek.")
    assert na.status_code == 200
    assert "is net veranderd" in tekst(na)
    assert plek == "gedaan" or "Ik ben ziek." in tekst(na)
    rij = Afspraak.objects.get(pk=vast.belt_zondag.pk)
    assert (rij.gedaan_op, rij.later_op) == (None, None)


@pytest.mark.parametrize("plek", ["", "gedaan/", "later/"])
def test_nobody_speaks_about_the_agreement_of_another(client: Client, vast: Kuipers, pad: str, plek: str) -> None:
    velden = {"inhoud_versie": 1, "soort": "akkoord", "wat": "gedaan", "op": MORGEN.isoformat(), "tekst": "Nee."}
    assert client.post(f"{pad}afspraak/{vast.komt_woensdag.pk}/{plek}", velden).status_code == 404
    assert client.get(f"{pad}afspraak/{vast.komt_woensdag.pk}/{plek}").status_code == 302
    rij = Afspraak.objects.get(pk=vast.komt_woensdag.pk)
    assert (rij.gedaan_op, rij.later_op, rij.reacties.count()) == (None, None, 0)


# The thread ---------------------------------------------------------------------------------------


def test_a_question_opens_a_thread_that_stands_under_the_agreement(client: Client, vast: Kuipers, pad: str) -> None:
    for _keer in range(2):
        antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    draad = Draad.objects.get()
    draden.antwoord(door=vast.door, casus=vast.casus, draad=draad, tekst="Om acht uur.", pk=nieuw_id(vast, "regel"))
    pagina = tekst(client.get(pad))
    assert pagina.count('<p class="hr-tekst">Hoe laat?</p>') == 1
    assert "Om acht uur." in pagina
    assert "Schrijf terug" in pagina
    for _keer in range(2):
        na = client.post(f"{pad}draad/{draad.pk}/", {"tekst": "Dat kan niet."})
        assert na.headers["Location"] == f"{pad}#draad-{draad.pk}"
    assert [regel.tekst for regel in draad.regels.all()] == ["Hoe laat?", "Om acht uur.", "Dat kan niet."]
    assert Reactie.objects.get(deelnemer=vast.ruben).tekst == "Hoe laat?"


def test_agreeing_after_all_settles_the_thread(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Zondag werk ik niet.")
    antwoord(client, pad, vast.belt_zondag, "akkoord")
    assert Draad.objects.get().afgerond_op is not None
    assert "Je zei ja. Dank je wel." in tekst(client.get(pad))


def test_an_empty_word_in_a_thread_comes_back_with_a_sentence(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat?")
    na = client.post(f"{pad}draad/{Draad.objects.get().pk}/", {"tekst": "  "})
    assert na.status_code == 200
    assert "Schrijf erbij wat je bedoelt." in tekst(na)


def test_nobody_writes_in_the_thread_of_another(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", "Hoe laat belt Ruben?")
    van_ilse = f"/t/{binnen(Client(), vast.ilse)}/"
    ander = Client()
    van_ilse = f"/t/{binnen(ander, vast.ilse)}/"
    draad = Draad.objects.get()
    assert ander.post(f"{van_ilse}draad/{draad.pk}/", {"tekst": "Ik lees mee."}).status_code == 404
    assert "Hoe laat belt Ruben?" not in tekst(ander.get(van_ilse))
    assert draad.regels.count() == 1


@pytest.mark.parametrize("woorden", [*OPMAAK, *SJABLOON])
def test_hostile_words_stand_on_the_page_as_words(client: Client, vast: Kuipers, pad: str, woorden: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "vraag", woorden)
    rauw = client.get(pad).content.decode()
    assert MERK not in woorden or MERK in rauw
    assert woorden == escape(woorden) or woorden not in rauw


@pytest.mark.parametrize(
    ("plek", "veld"), [("afspraak/{}/", "vraag"), ("afspraak/{}/later/", "later"), ("deel/{}/rol/", "rol")]
)
def test_forty_thousand_characters_come_back_whole(
    client: Client, vast: Kuipers, pad: str, plek: str, veld: str
) -> None:
    lang = ("abcd " * 8000).strip()
    pk = vast.ruben.pk if veld == "rol" else vast.belt_zondag.pk
    velden = {"inhoud_versie": 1, "soort": "vraag", "op": MORGEN.isoformat(), "tekst": lang}
    na = client.post(f"{pad}{plek.format(pk)}", velden)
    assert na.status_code == 200
    assert f"{lang}</textarea>" in tekst(na)
    assert "te lang" in tekst(na)
    assert not Draad.objects.exists()


# Yes to all ---------------------------------------------------------------------------------------


def test_yes_to_all_leaves_an_answer_of_another_window_as_it_is(client: Client, vast: Kuipers, pad: str) -> None:
    antwoord(client, pad, vast.belt_zondag, "niet-akkoord", "Zondag werk ik niet.")
    na = client.post(f"{pad}deel/{vast.ruben.pk}/alles/", {"gezien": f"{vast.belt_zondag.pk}:1"}, follow=True)
    assert "Bij 1 afspraak is geen ja bewaard." in tekst(na)
    assert Reactie.objects.get(deelnemer=vast.ruben).soort == "niet-akkoord"


def test_yes_to_all_is_for_the_own_part_only(client: Client, vast: Kuipers, pad: str) -> None:
    velden = {"gezien": f"{vast.komt_woensdag.pk}:1"}
    assert client.post(f"{pad}deel/{vast.ilse.pk}/alles/", velden).status_code == 404
    client.post(f"{pad}deel/{vast.ruben.pk}/alles/", velden)
    assert not Reactie.objects.filter(afspraak=vast.komt_woensdag).exists()
