"""The whole overview for a helper: what every helper may read and what is his own, as it was fixed, after a code."""

import html
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, toestemming
from casussen.acties.vaststellen import stel_vast
from casussen.models import Logregel
from tests.cast import Kuipers
from tests.delen import Club, iedereen_zegt_ja, maak_club
from tests.gezinslink import pad, vraag_code
from tests.taaklink import binnen

# Of the family, that no helper may read here: private numbers, mail, dates of birth.
PRIVE = ("06-0000 01", "gezin.example", "bart@", "esra@", "2010", "2011")


def stel(k: Kuipers) -> None:
    """Fixes the next version."""
    laatste = k.casus.vaststellingen.first()
    stel_vast(door=k.door, casus=k.casus, nummer=laatste.nummer + 1 if laatste else 1)


def adres(client: Client, k: Kuipers, wie: str = "ilse") -> str:
    """The address of the overview, at a link in a browser that showed the code."""
    deel = getattr(k, wie)
    plek = f"/t/{binnen(client, deel)}/"
    velden = {"code": vraag_code(client, plek), "naar": str(deel.pk)}
    naar = client.post(f"{plek}code/", velden).headers["Location"]
    assert naar == f"{plek}overzicht/{deel.pk}/"
    return naar


def woorden(antwoord: Any) -> str:
    """The words of a page."""
    assert isinstance(antwoord, HttpResponse)
    assert antwoord.status_code == 200
    return " ".join(html.unescape(antwoord.content.decode()).split())


def lees(k: Kuipers, wie: str = "ilse") -> str:
    client = Client()
    return woorden(client.get(adres(client, k, wie)))


def verberg(k: Kuipers, wie: str) -> None:
    """This deelnemer is not for the other helpers."""
    deel = getattr(k, wie)
    deelnemers.wijzig_deelnemer(
        door=k.door, casus=k.casus, pk=deel.pk, versie=deel.versie, velden={"voor_professionals": False}
    )


# What stands in it


def test_it_tells_who_helps_with_what_and_how_to_reach_them(kuipers: Kuipers) -> None:
    deelnemers.wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.ruben.pk, versie=1,
        velden={"vervanger": "Anna Smit", "dagen": [1, 3], "voor_wie": [kuipers.milan]},
    )  # fmt: skip
    stel(kuipers)
    pagina = lees(kuipers)
    for zin in (
        "Gezin Kuipers: wie doet wat", "Ruben Assink", "groepsleider, De Linde", "Mentor op de groep", "085-0000 031",
        "Op maandag en woensdag.", "Is Ruben er niet? Dan: Anna Smit.", "Voor Milan",
        "Ik bel Bart over het weekend.", "elke zondag", "Ik praat Esra bij.", "Ik bel als een weekend niet doorgaat.",
        "Milan wil weer thuis wonen.", "Eerst bellen we elkaar.", "Op het wijkteam", "Versie 1, van",
    ):  # fmt: skip
        assert zin in pagina, zin
    regie = pagina[pagina.index("Wie houdt het overzicht") : pagina.index("Wie helpt")]
    assert "Sanne Wolters" in regie


def test_of_the_family_only_names_and_relations(kuipers: Kuipers) -> None:
    stel(kuipers)
    pagina = lees(kuipers)
    gezin_deel = pagina[pagina.index("Het gezin</h2>") : pagina.index("Wat er is afgesproken")]
    for woord in ("Milan Kuipers", "kind", "Bart Kuipers", "vader", "Esra Demir", "moeder"):
        assert woord in gezin_deel
    for lid in (kuipers.bart, kuipers.esra, kuipers.milan):
        for geheim in (lid.telefoon, lid.email, lid.geboren and lid.geboren.isoformat(), str(lid.pk)):
            assert not geheim or geheim not in pagina
    assert "gezag" not in pagina
    assert "geheim" not in pagina


def test_of_family_and_friends_who_help_no_number(kuipers: Kuipers) -> None:
    stel(kuipers)
    pagina = lees(kuipers)
    assert "Opa Henk" in pagina
    assert "Milan slaapt er vaak" in pagina
    assert not [woord for woord in PRIVE if woord in pagina]


# What does not


def test_an_agreement_that_is_not_for_helpers_stays_out_unless_it_is_the_own_one(kuipers: Kuipers) -> None:
    for afspraak in (kuipers.belt_zondag, kuipers.bart_belt, kuipers.komt_woensdag):
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=afspraak.pk, versie=afspraak.versie,
            velden={"voor_professionals": False},
        )  # fmt: skip
    stel(kuipers)
    van_ilse, van_ruben = lees(kuipers), lees(kuipers, "ruben")
    assert "Ik kom elke woensdag om 16 uur." in van_ilse
    assert "Ik bel Bart over het weekend." not in van_ilse
    assert "Ik bel als een weekend" not in van_ilse
    assert "Ik bel Bart over het weekend." in van_ruben
    assert "Ik kom elke woensdag" not in van_ruben


def test_an_answer_that_is_not_for_helpers_stays_out(kuipers: Kuipers) -> None:
    antwoorden.bewaar_antwoord(
        door=kuipers.door, casus=kuipers.casus, vraag="wij_van_elkaar", versie=1,
        velden={"voor_professionals": False},
    )  # fmt: skip
    stel(kuipers)
    pagina = lees(kuipers)
    assert "Eerst bellen we elkaar." not in pagina
    assert "Milan wil weer thuis wonen." in pagina


@pytest.mark.parametrize("wie", ["amrita", "opa"])
def test_somebody_whom_helpers_may_not_see_is_nowhere_in_it(kuipers: Kuipers, wie: str) -> None:
    deelnemers.wijzig_deelnemer(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.ruben.pk, versie=1,
        velden={"vervanger": "Amrita, of anders opa Henk"},
    )  # fmt: skip
    verberg(kuipers, wie)
    stel(kuipers)
    pagina = lees(kuipers)
    for verraadt in {
        "amrita": ("Amrita", "Soedamah", "GGZ", "085-0000 051", "Ik vertel Ilse wat helpt."),
        "opa": ("Henk", "Opa", "Milan slaapt er vaak"),
    }[wie]:
        assert verraadt not in pagina, verraadt
    # That person self reads it: Ruben's stand-in is named for nobody.
    if wie == "amrita":
        assert "Ik vertel Ilse wat helpt." in lees(kuipers, "amrita")


def test_a_hidden_regievoerder_is_not_named_as_such(kuipers: Kuipers) -> None:
    verberg(kuipers, "sanne")
    stel(kuipers)
    pagina = lees(kuipers)
    assert "Regievoerder" not in pagina
    assert "Ik praat Esra bij." not in pagina
    assert "nodigt iedereen uit" not in pagina


def test_whoever_is_not_at_the_table_does_not_read_where(kuipers: Kuipers) -> None:
    evaluaties.plan_evaluatie(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.evaluatie.pk, versie=1,
        velden={"datum": kuipers.evaluatie.datum, "afwezige_deelnemers": [kuipers.ilse]},
    )  # fmt: skip
    stel(kuipers)
    assert "Op het wijkteam" not in lees(kuipers)
    assert "Op het wijkteam" in lees(kuipers, "ruben")


def test_what_is_not_fixed_is_not_in_it(kuipers: Kuipers) -> None:
    stel(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.belt_zondag.pk, versie=1, velden={"wat": "Ik bel Esra ook."}
    )
    gezin.zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"naam": "Oma Riet", "relatie": "oma"}
    )
    pagina = lees(kuipers)
    assert "Ik bel Esra ook." not in pagina
    assert "Riet" not in pagina
    assert "Ik bel Bart over het weekend." in pagina


# For whom


def test_before_a_version_with_this_helper_there_is_a_calm_sentence(kuipers: Kuipers, client: Client) -> None:
    plek = f"/t/{binnen(client, kuipers.ilse)}/overzicht/{kuipers.ilse.pk}/"
    pagina = woorden(client.get(plek))
    assert "Het hele overzicht is er nog niet" in pagina
    assert "Stuur mij de code" not in pagina
    assert "Bart" not in pagina


def test_whose_organisation_reads_along_by_consent_reads_the_own_part_only(kuipers: Kuipers, client: Client) -> None:
    club: Club = maak_club(kuipers)
    iedereen_zegt_ja(club)
    stel(kuipers)
    pagina = woorden(client.get(f"/t/{binnen(client, club.dennis)}/overzicht/{club.dennis.pk}/"))
    assert "Jij leest je eigen deel" in pagina
    assert not [woord for woord in ("Bart", "Esra", "Ilse", "woensdag", "Stuur mij de code") if woord in pagina]


def test_consent_that_becomes_the_ground_closes_it_in_the_same_second(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    plek = adres(client, kuipers, "ruben")
    assert "Ik kom elke woensdag" in woorden(client.get(plek))
    assert kuipers.ruben.professional is not None
    toestemming.zet_grond(
        door=kuipers.door, casus=kuipers.casus, organisatie=kuipers.ruben.professional.organisatie, versie=0,
        velden={"grond": "toestemming", "reden": ""},
    )  # fmt: skip
    assert client.get(plek).status_code == 410


def test_family_and_friends_read_their_own_part_only(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    pagina = woorden(client.get(f"/t/{binnen(client, kuipers.opa)}/overzicht/{kuipers.opa.pk}/"))
    assert "Jij leest je eigen deel" in pagina
    assert "Ilse" not in pagina


def test_the_part_of_somebody_else_is_not_found(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    plek = adres(client, kuipers).replace(str(kuipers.ilse.pk), str(kuipers.ruben.pk))
    assert client.get(plek).status_code == 404


def test_without_the_code_it_asks_for_one_and_shows_nothing(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    plek = f"/t/{binnen(client, kuipers.ilse)}/overzicht/{kuipers.ilse.pk}/"
    al = set(Logregel.objects.values_list("pk", flat=True))
    pagina = woorden(client.get(plek))
    assert "eerst een code naar je mail" in pagina
    assert not [woord for woord in ("Kuipers", "Bart", "Ilse", "Ruben", "woensdag") if woord in pagina]
    assert not Logregel.objects.exclude(pk__in=al).exists()


def test_at_a_link_that_belongs_to_no_browser_yet_it_leads_to_the_first_page(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    plek = adres(client, kuipers)
    nieuw = pad(kuipers.ilse)
    achter = plek.split("/", 3)[3]
    assert Client().get(nieuw + achter).headers["Location"] == nieuw


def test_with_an_account_no_code_is_asked(kuipers: Kuipers, als_sanne: Client) -> None:
    stel(kuipers)
    pagina = woorden(als_sanne.get(f"/mijn/overzicht/{kuipers.sanne.pk}/"))
    assert "Ik kom elke woensdag om 16 uur." in pagina
    assert als_sanne.get(f"/mijn/overzicht/{kuipers.ilse.pk}/").status_code == 404


def test_reading_it_has_a_line_of_its_own(kuipers: Kuipers, als_sanne: Client) -> None:
    stel(kuipers)
    client = Client()
    plek = adres(client, kuipers)
    al = set(Logregel.objects.values_list("pk", flat=True))
    client.get(plek)
    als_sanne.get(f"/mijn/overzicht/{kuipers.sanne.pk}/")
    regels = Logregel.objects.exclude(pk__in=al).order_by("pk")
    assert [(regel.daad, regel.velden, regel.object_id) for regel in regels] == [
        ("las", ["taak_overzicht"], str(kuipers.ilse.pk)),
        ("las", ["mijn_overzicht"], str(kuipers.sanne.pk)),
    ]
    assert "las het hele overzicht" in als_sanne.get(f"/casussen/{kuipers.casus.pk}/logboek/").content.decode()


def test_many_people_and_agreements_cost_as_many_queries_as_few(kuipers: Kuipers, client: Client) -> None:
    stel(kuipers)
    afspraken.zet_afspraak(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.vertelt.pk, versie=1, velden={"datum": date(2026, 12, 18)}
    )
    stel(kuipers)
    plek = adres(client, kuipers)

    def kosten() -> int:
        client.get(plek)
        with CaptureQueriesContext(connection) as gemeten:
            assert client.get(plek).status_code == 200
        return len(gemeten)

    eerst = kosten()
    for nummer in range(27):
        helper = deelnemers.zet_in_adresboek(
            door=kuipers.door, naam=f"Helper {nummer}", functie="", organisatie=f"Plek {nummer}",
            email=f"h{nummer}@plek.example", telefoon="",
        )  # fmt: skip
        mee = deelnemers.voeg_professional_toe(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=helper, velden={"waarvoor": "helpt"}
        )
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=uuid4(), versie=0, velden={"wat": "Ik bel.", "deelnemer": mee}
        )
    stel(kuipers)
    assert kosten() == eerst
    pagina = woorden(client.get(plek))
    assert pagina[pagina.index("Wat er is afgesproken") :].count("Ik bel.") == 27
