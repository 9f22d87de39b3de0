"""Looking back: the page, three questions, and what goes wrong. Nothing that was typed is lost."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties import afspraken, evaluaties
from casussen.acties.fouten import Geweigerd
from casussen.models import Afspraak, Casus, Evaluatie, Logregel, Oordeel, Vaststelling
from casussen.taal.datums import over_weken
from tests import cast
from tests.cast import Kuipers
from tests.terugkijken import EINDE, adres, eerste_versie, invulling, lopend


@pytest.fixture
def versie(kuipers: Kuipers) -> Vaststelling:
    """The family Kuipers with a first version; the mails of that version are left out of sight."""
    return eerste_versie(kuipers)


# The page


def test_the_page_asks_how_every_agreement_went_and_proposes_a_day(kuipers: Kuipers, als_sanne: Client) -> None:
    pagina = als_sanne.get(adres(kuipers))
    tekst = pagina.content.decode()
    assert all(afspraak.wat in tekst for afspraak in lopend(kuipers))
    assert tekst.count('value="vervallen"') == len(lopend(kuipers))
    assert over_weken(timezone.localdate(), 6).isoformat() in tekst
    assert pagina.context["form"]["nieuwe_datum"].value().weekday() < 5
    assert "Deze dag moet nog komen." in tekst


def test_on_the_day_itself_it_is_not_too_early(kuipers: Kuipers, als_sanne: Client) -> None:
    Evaluatie.objects.update(datum=timezone.localdate())
    assert "Deze dag moet nog komen." not in als_sanne.get(adres(kuipers)).content.decode()


def test_reading_it_is_logged_and_changes_nothing(kuipers: Kuipers, als_sanne: Client) -> None:
    als_sanne.get(adres(kuipers))
    assert Logregel.objects.filter(daad="las", velden=["evaluatie"]).count() == 1
    assert not Evaluatie.objects.exclude(gehouden_op=None).exists()


def test_each_way_on_says_what_it_leads_to(kuipers: Kuipers, versie: Vaststelling, als_sanne: Client) -> None:
    tekst = als_sanne.get(adres(kuipers)).content.decode()
    assert "Dat wordt versie 2." in tekst
    assert "Daarna stel je versie 2 vast." in tekst
    assert "Er staan wijzigingen klaar." not in tekst


def test_a_draft_that_goes_further_than_the_version_is_said_to_stay_a_draft(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    tekst = als_sanne.get(adres(kuipers)).content.decode()
    assert "Er staan wijzigingen klaar." in tekst
    assert "Sinds versie 1 is er iets veranderd" in tekst


def test_another_day_alone_is_no_draft_to_warn_about(kuipers: Kuipers, versie: Vaststelling, als_sanne: Client) -> None:
    Evaluatie.objects.update(datum=timezone.localdate())
    assert "Er staan wijzigingen klaar." not in als_sanne.get(adres(kuipers)).content.decode()


def test_without_any_version_that_is_said(kuipers: Kuipers, als_sanne: Client) -> None:
    tekst = als_sanne.get(adres(kuipers)).content.decode()
    assert "Er is nog geen versie vastgesteld." in tekst
    assert "Dat wordt versie" not in tekst


def test_without_agreements_only_the_questions_are_asked(kuipers: Kuipers, als_sanne: Client) -> None:
    Afspraak.objects.update(vervallen_op=timezone.now())
    assert "Er zijn nu geen afspraken." in als_sanne.get(adres(kuipers)).content.decode()
    als_sanne.post(adres(kuipers), invulling(kuipers, vervolg="aanpassen"))
    assert Evaluatie.objects.get(pk=kuipers.evaluatie.pk).vervolg == "aanpassen"


def test_without_a_planned_day_the_page_leads_to_step_7(kuipers: Kuipers, als_sanne: Client) -> None:
    Evaluatie.objects.all().delete()
    pagina = als_sanne.get(adres(kuipers))
    assert pagina.context["form"] is None
    assert f"/casussen/{kuipers.casus.pk}/stap/7/" in pagina.content.decode()


def test_a_teamlid_who_takes_no_part_may_read_but_not_record(kuipers: Kuipers, client: Client) -> None:
    client.force_login(kuipers.teams.joost)
    pagina = client.get(adres(kuipers))
    assert pagina.context["form"] is None
    assert "Je kunt dit lezen." in pagina.content.decode()
    assert client.post(adres(kuipers), invulling(kuipers)).status_code == 403
    assert not Oordeel.objects.exists()


def test_the_other_team_finds_nothing(kuipers: Kuipers, client: Client) -> None:
    client.force_login(kuipers.teams.karin)
    assert client.get(adres(kuipers)).status_code == 404
    assert client.post(adres(kuipers), invulling(kuipers)).status_code == 404


# What goes wrong

MIS = [
    ({"nieuwe_datum": ""}, "Zonder dag kijkt bijna niemand terug."),
    ({"nieuwe_datum": "2020-01-01"}, "Deze dag is voorbij of is vandaag."),
    ({"nieuwe_datum": "31-02-2027"}, "Dit is geen dag die bestaat."),
    ({"vervolg": ""}, "Kies hoe jullie verder gaan."),
    ({"vervolg": "anders"}, "vervolg"),
    ({"vervolg": "afsluiten"}, "Dan weet het gezin bij wie het terechtkan."),
    ({"vervolg": "afsluiten", "blijft_bereikbaar": "  ", "belt_nog_een_keer": "Sanne"}, "bij wie het terechtkan."),
    ({"klopt": "nee"}, "Schrijf erbij wat er niet klopt."),
    ({"ging_goed": "x" * 40_000}, "Deze tekst is te lang: 40000 tekens."),
    ({"klopt": "nee", "klopt_uitleg": "x" * 40_000}, "Deze tekst is te lang: 40000 tekens."),
    ({"evaluatie": ""}, "Er is geen gesprek gepland."),
    ({"evaluatie": "geen-id"}, "Nog niet bewaard."),
    ({"evaluatie": str(uuid4())}, "Er is geen gesprek gepland."),
]


@pytest.mark.parametrize(("anders", "zin"), MIS)
def test_a_mistake_is_said_and_everything_stays(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client, anders: dict[str, str], zin: str
) -> None:
    pagina = als_sanne.post(adres(kuipers), invulling(kuipers, **anders))
    tekst = pagina.content.decode()
    assert pagina.status_code == 200
    assert "Nog niet bewaard." in tekst
    assert zin in tekst
    assert "Bellen vóór acht uur." in tekst
    assert len(re.findall(r'value="gelukt"[^>]* checked', tekst)) == 5
    assert not Evaluatie.objects.exclude(gehouden_op=None).exists()
    assert not Oordeel.objects.exists()
    assert Vaststelling.objects.count() == 1


def test_a_missing_judgement_is_named_by_its_agreement(kuipers: Kuipers, als_sanne: Client) -> None:
    data = invulling(kuipers)
    del data[f"oordeel-{kuipers.praat_bij.pk}"]
    tekst = als_sanne.post(adres(kuipers), data).content.decode()
    assert f'href="#id_oordeel-{kuipers.praat_bij.pk}_0">Sanne: Ik praat Esra bij.</a> Kies hoe dit ging.' in tekst
    assert not Oordeel.objects.exists()


def test_a_second_press_on_the_button_changes_nothing(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    data = invulling(kuipers, **{f"oordeel__{kuipers.vertelt.pk}": "vervallen"})
    eerste = als_sanne.post(adres(kuipers), data)
    tweede = als_sanne.post(adres(kuipers), data)
    assert (eerste.status_code, tweede.status_code) == (302, 302)
    assert eerste["Location"] == tweede["Location"]
    assert Vaststelling.objects.count() == 2
    assert Evaluatie.objects.count() == 2
    assert Logregel.objects.filter(daad="legde_evaluatie_vast").count() == 1


def test_a_second_press_after_stopping_changes_nothing(kuipers: Kuipers, als_sanne: Client) -> None:
    data = invulling(kuipers, vervolg="afsluiten", **EINDE)
    assert als_sanne.post(adres(kuipers), data).status_code == 302
    assert als_sanne.post(adres(kuipers), data).status_code == 302
    assert Logregel.objects.filter(daad="sloot_af").count() == 1


@pytest.mark.parametrize(
    "anders", [{"ging_goed": "Iets anders."}, {"nieuwe_datum": "2030-01-02"}, {"vervolg": "aanpassen"}]
)
def test_a_second_window_with_other_answers_keeps_its_text_and_is_refused(
    kuipers: Kuipers, als_sanne: Client, anders: dict[str, str]
) -> None:
    als_sanne.post(adres(kuipers), data := invulling(kuipers))
    pagina = als_sanne.post(adres(kuipers), {**data, "voortaan_anders": "Mijn eigen tekst.", **anders})
    tekst = pagina.content.decode()
    assert pagina.status_code == 200
    assert "Dit gesprek is al vastgelegd" in tekst
    assert "Mijn eigen tekst." in tekst
    assert "Eerder keken we terug" in tekst
    assert Evaluatie.objects.get(pk=kuipers.evaluatie.pk).voortaan_anders == "Bellen vóór acht uur."


def test_a_closed_casus_refuses_and_keeps_the_text(kuipers: Kuipers, als_sanne: Client) -> None:
    data = invulling(kuipers)
    Casus.objects.update(afgesloten_op=timezone.now())
    tekst = als_sanne.post(adres(kuipers), data).content.decode()
    assert "Deze samenwerking is afgesloten." in tekst
    assert "Bellen vóór acht uur." in tekst


def test_an_agreement_that_came_in_the_meantime_is_asked_too(kuipers: Kuipers, als_sanne: Client) -> None:
    data = invulling(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door,
        casus=kuipers.casus,
        pk=uuid4(),
        versie=0,
        velden={"wat": "Ik kook.", "gezinslid": kuipers.bart},
    )
    tekst = als_sanne.post(adres(kuipers), data).content.decode()
    assert "Bart: Ik kook.</a> Kies hoe dit ging." in tekst
    assert not Oordeel.objects.exists()


# Earlier evaluations


def test_earlier_evaluations_stand_below_with_their_counts(
    kuipers: Kuipers, versie: Vaststelling, als_sanne: Client
) -> None:
    anders = {f"oordeel__{kuipers.vertelt.pk}": "niet", "klopt": "nee", "klopt_uitleg": "Ruben stopt."}
    als_sanne.post(adres(kuipers), invulling(kuipers, vervolg="aanpassen", **anders))
    pagina = als_sanne.get(adres(kuipers))
    (eerder,) = pagina.context["eerder"]
    aantallen = [getattr(eerder, f"aantal_{soort}") for soort in ("gelukt", "deels", "niet", "vervallen")]
    assert aantallen == [4, 0, 1, 0]
    tekst = pagina.content.decode()
    assert "Eén iemand belt." in tekst
    assert "Nee, we veranderen iets. Ruben stopt." in tekst


def test_the_page_costs_as_many_queries_for_30_agreements_as_for_3(kuipers: Kuipers, als_sanne: Client) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            als_sanne.get(adres(kuipers))
        return len(gemeten)

    eerst = kosten()
    for nummer in range(25):
        afspraken.zet_afspraak(
            door=kuipers.door,
            casus=kuipers.casus,
            pk=uuid4(),
            versie=0,
            velden={"wat": f"Taak {nummer}", "deelnemer": kuipers.ilse},
        )
    assert kosten() == eerst


# The act itself, for who comes in another way


def leg_vast(kuipers: Kuipers, **anders: Any) -> Evaluatie:
    velden = {"ging_goed": "", "voortaan_anders": "", "klopt": "", "klopt_uitleg": ""}
    argumenten: dict[str, Any] = {
        "door": kuipers.door,
        "casus": kuipers.casus,
        "evaluatie": kuipers.evaluatie,
        "oordelen": dict.fromkeys(lopend(kuipers), "gelukt"),
        "velden": {**velden, "vervolg": anders.pop("vervolg", "door")},
        "nieuwe_datum": timezone.localdate() + timedelta(days=1),
        **anders,
    }
    return evaluaties.leg_evaluatie_vast(**argumenten)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"nieuwe_datum": None}, "Kies een nieuwe dag"),
        ({"nieuwe_datum": date(2026, 1, 1)}, "voorbij of is vandaag"),
        ({"vervolg": "afsluiten", "einde": {"blijft_bereikbaar": "Sanne"}}, "wie nog één keer belt"),
        ({"vervolg": "afsluiten"}, "wie bereikbaar blijft"),
        ({"oordelen": {}}, "De afspraken zijn intussen veranderd."),
    ],
)
def test_the_act_refuses_what_the_form_would_refuse(kuipers: Kuipers, anders: dict[str, Any], zin: str) -> None:
    with pytest.raises(Geweigerd, match=zin):
        leg_vast(kuipers, **anders)
    assert not Oordeel.objects.exists()
    assert Casus.objects.get().is_open


def test_only_who_may_change_the_casus_records(kuipers: Kuipers) -> None:
    for wie in (kuipers.teams.joost, kuipers.teams.karin, kuipers.teams.mieke):
        with pytest.raises(PermissionDenied):
            leg_vast(kuipers, door=cast.deur(wie))
    assert not Oordeel.objects.exists()


def test_one_evaluation_is_planned_at_a_time_and_the_same_plan_twice_is_one(kuipers: Kuipers) -> None:
    gepland = kuipers.evaluatie
    velden = {"datum": gepland.datum, "waar": gepland.waar}
    plan = evaluaties.plan_evaluatie(door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden=velden)
    assert plan == gepland
    assert Evaluatie.objects.count() == 1
    assert Logregel.objects.filter(daad="plande_evaluatie").count() == 1
