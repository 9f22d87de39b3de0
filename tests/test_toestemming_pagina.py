"""The page that says who reads along, and why; and the other pages that tell about it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen.acties.casus import begin_casus
from casussen.acties.toestemming import zet_grond
from casussen.acties.vaststellen import stel_vast
from casussen.models import Casus, Deelnemer, Gezinslid, Handreiking, Organisatie, Toestemming
from casussen.toestemming.leeftijd import verjaardag
from tests.cast import Kuipers
from tests.delen import Club, iedereen_zegt_ja, maak_club, meelezer, trek_in, zegt
from tests.gezinslink import met_code
from tests.taaklink import binnen, tekst


@pytest.fixture
def club(kuipers: Kuipers) -> Club:
    """The football club of Milan; nobody was asked yet."""
    return maak_club(kuipers)


def pad(club: Club, wat: str = "") -> str:
    """The address of the page, or of a form about the club."""
    return f"/casussen/{club.casus.pk}/delen/" + (f"{club.organisatie.pk}/{wat}/" if wat else "")


def kaart(pagina: HttpResponseBase, organisatie: Organisatie) -> str:
    """What stands about one organisation, as one line."""
    deel = tekst(pagina).partition(f'id="organisatie-{organisatie.pk}"')[2].partition("</section>")[0]
    return " ".join(deel.split())


def ja(club: Club, **anders: Any) -> dict[str, Any]:
    """The form about consent as it stands on the page, with other values."""
    k = club.kuipers
    velden = {
        "id": uuid4(), "gevers": [k.milan.pk, k.bart.pk, k.esra.pk], "zegt": "ja", "doel": "op tijd bij de training",
        "onderdelen": ["afspraken", "terugkijken"], "hoe": "gesproken", "op": timezone.localdate().isoformat(),
    }  # fmt: skip
    return {f"ja-{club.organisatie.pk}-{naam}": waarde for naam, waarde in (velden | anders).items()}


# Why


def test_every_organisation_says_why_consent_is_needed_or_not(club: Club, als_sanne: Client) -> None:
    pagina = als_sanne.get(pad(club))
    assert "Hoort bij deze hulp. Vraag geen toestemming" in kaart(pagina, Organisatie.objects.get(naam="De Brug"))
    van_club = kaart(pagina, club.organisatie)
    assert "Hoort niet bij deze hulp. Daarom is eerst toestemming nodig." in van_club
    assert "Krijgt nog niets" in van_club
    for wie in ("Milan Kuipers, over zichzelf", "Bart Kuipers, over Milan", "Esra Demir, over Milan"):
        assert wie in van_club
    assert "Dit is de organisatie van het team zelf." in tekst(pagina)
    assert "artikel 7.3.11" in tekst(pagina)


def test_a_wmo_casus_names_no_article_of_the_jeugdwet(club: Club, als_sanne: Client) -> None:
    Casus.objects.filter(pk=club.casus.pk).update(handreiking=Handreiking.objects.get(soort="wmo"))
    pagina = tekst(als_sanne.get(pad(club)))
    assert "Wie direct bij dezelfde hulp hoort, mag weten wat daarvoor nodig is." in pagina
    assert "Jeugdwet" not in pagina


def test_what_is_not_known_is_asked(club: Club, als_sanne: Client) -> None:
    Gezinslid.objects.filter(pk=club.kuipers.esra.pk).update(gezag=None)
    Gezinslid.objects.filter(pk=club.kuipers.milan.pk).update(geboren=None)
    van_club = kaart(als_sanne.get(pad(club)), club.organisatie)
    assert "We weten niet of Esra gezag heeft." in van_club
    assert "We weten niet wanneer Milan geboren is." in van_club


def test_without_helpers_the_page_says_where_to_begin(kuipers: Kuipers, als_sanne: Client) -> None:
    sanne = kuipers.teams.sanne
    leeg = begin_casus(
        door=kuipers.door, pk=uuid4(), naam="Gezin Smit", soort="jeugd", team=kuipers.teams.noord, coordinator=sanne
    )
    pagina = tekst(als_sanne.get(f"/casussen/{leeg.pk}/delen/"))
    assert "Er leest nog niemand mee" in pagina
    assert "Zet eerst het gezin en de helpers erin, in stap 2." in pagina


# Recording


def test_the_form_is_filled_in_for_everybody_who_must_be_asked(club: Club, als_sanne: Client) -> None:
    formulier = als_sanne.get(pad(club)).context["rijen"][0]["toestemming"]
    assert formulier.initial["gevers"] == [
        str(lid.pk) for lid in (club.kuipers.milan, club.kuipers.bart, club.kuipers.esra)
    ]
    assert formulier.initial["doel"] == "Milan traint er op dinsdag"
    zegt(club, club.kuipers.bart)
    zegt(club, club.kuipers.esra, antwoord="nee")
    formulier = als_sanne.get(pad(club)).context["rijen"][0]["toestemming"]
    # Whoever said no stands in it, and is not ticked.
    assert formulier.initial["gevers"] == [str(club.kuipers.milan.pk)]
    assert [keuze for keuze, _label in formulier.fields["gevers"].choices] == [
        str(club.kuipers.milan.pk),
        str(club.kuipers.esra.pk),
    ]


def test_whoever_will_be_asked_soon_can_answer_beforehand(club: Club, als_sanne: Client) -> None:
    k = club.kuipers
    over_tien_dagen = timezone.localdate() + timedelta(days=10)
    Gezinslid.objects.filter(pk=k.milan.pk).update(geboren=verjaardag(over_tien_dagen, -12))
    formulier = als_sanne.get(pad(club)).context["rijen"][0]["toestemming"]
    labels = dict(formulier.fields["gevers"].choices)
    assert "dan is dit nodig" in labels[str(k.milan.pk)]
    assert "dan is dit nodig" not in labels[str(k.bart.pk)]
    assert str(k.milan.pk) not in formulier.initial["gevers"]
    als_sanne.post(pad(club, "toestemming"), ja(club))
    assert Toestemming.objects.filter(gever=k.milan).exists()


def test_three_people_say_yes_in_one_form(club: Club, als_sanne: Client) -> None:
    antwoord = als_sanne.post(pad(club, "toestemming"), ja(club))
    assert antwoord["Location"] == f"{pad(club)}#organisatie-{club.organisatie.pk}"
    assert meelezer(club).mag_meelezen
    pagina = als_sanne.get(pad(club))
    van_club = kaart(pagina, club.organisatie)
    assert "Leest mee" in van_club
    assert "Waarvoor: op tijd bij de training" in van_club
    assert "Opgeschreven door Sanne Wolters" in van_club
    assert pagina.context["rijen"][0]["toestemming"] is None


def test_a_second_press_is_harmless(club: Club, als_sanne: Client) -> None:
    velden = ja(club)
    for _keer in range(2):
        assert als_sanne.post(pad(club, "toestemming"), velden).status_code == 302
    assert Toestemming.objects.count() == 3


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"gevers": []}, "Kies wie er antwoord gaf."),
        ({"doel": ""}, "Schrijf op waarvoor deze organisatie dit moet weten."),
        ({"op": "2099-01-01"}, "Deze dag komt nog."),
        ({"zegt": ""}, "Kies ja of nee."),
        ({"hoe": ""}, "Kies hoe dit ging."),
        ({"op": ""}, "Kies de dag waarop dit was."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(club: Club, als_sanne: Client, anders: dict[str, Any], zin: str) -> None:
    antwoord = als_sanne.post(pad(club, "toestemming"), ja(club, **({"doel": "naar de training"} | anders)))
    assert antwoord.status_code == 200
    pagina = tekst(antwoord)
    assert "Nog niet bewaard." in pagina
    assert zin in pagina
    assert "doel" in anders or "naar de training" in pagina
    assert not Toestemming.objects.exists()


def test_a_guardian_has_a_name(club: Club, als_sanne: Client) -> None:
    Gezinslid.objects.filter(casus=club.casus).exclude(pk=club.kuipers.milan.pk).update(gezag=False)
    wie = [club.kuipers.milan.pk, "anders"]
    assert "Schrijf op wie dit zei." in tekst(als_sanne.post(pad(club, "toestemming"), ja(club, gevers=wie)))
    als_sanne.post(pad(club, "toestemming"), ja(club, gevers=wie, gever_anders="T. Bos, voogd"))
    assert "T. Bos, voogd" in kaart(als_sanne.get(pad(club)), club.organisatie)
    assert meelezer(club).mag_meelezen


def test_a_no_is_recorded_without_parts(club: Club, als_sanne: Client) -> None:
    als_sanne.post(pad(club, "toestemming"), ja(club, zegt="nee", gevers=[club.kuipers.esra.pk]))
    rij = Toestemming.objects.get()
    assert (rij.zegt, rij.onderdelen, rij.gever) == ("nee", [], club.kuipers.esra)
    assert "Esra Demir, over Milan: zei nee op" in kaart(als_sanne.get(pad(club)), club.organisatie)


def test_taking_it_back_asks_what_happens_with_what_was_shared(club: Club, als_sanne: Client) -> None:
    iedereen_zegt_ja(club)
    prefix = f"in-{club.organisatie.pk}"
    zonder = als_sanne.post(pad(club, "intrekken"), {f"{prefix}-gever": club.kuipers.esra.pk})
    assert "Vraag wat er moet gebeuren met wat al gedeeld is." in tekst(zonder)
    assert meelezer(club).mag_meelezen
    velden = {f"{prefix}-gever": club.kuipers.esra.pk, f"{prefix}-na_intrekken": "wissen"}
    for _keer in range(2):
        assert als_sanne.post(pad(club, "intrekken"), velden).status_code == 302
    assert not meelezer(club).mag_meelezen
    vraag = "Vraag FC De Twent om weg te doen wat zij heeft."
    assert vraag in kaart(als_sanne.get(pad(club)), club.organisatie)
    als_sanne.post(pad(club, "gewist"))
    assert vraag not in tekst(als_sanne.get(pad(club)))


def test_an_organisation_that_left_stays_until_it_was_asked_to_remove_what_it_had(
    club: Club, als_sanne: Client
) -> None:
    iedereen_zegt_ja(club)
    trek_in(club, club.kuipers.bart, "wissen")
    Deelnemer.objects.filter(pk=club.dennis.pk).update(tot=timezone.now())
    assert "Doet niet meer mee en leest niets." in kaart(als_sanne.get(pad(club)), club.organisatie)
    als_sanne.post(pad(club, "gewist"))
    assert "FC De Twent" not in tekst(als_sanne.get(pad(club)))


def test_sharing_without_consent_asks_for_a_reason_that_only_the_team_reads(club: Club, als_sanne: Client) -> None:
    prefix = f"grond-{club.organisatie.pk}"
    velden = {f"{prefix}-versie": 0, f"{prefix}-grond": "veilig-thuis", f"{prefix}-reden": ""}
    assert "Schrijf op waarom je dit deelt zonder toestemming." in tekst(als_sanne.post(pad(club, "grond"), velden))
    als_sanne.post(pad(club, "grond"), velden | {f"{prefix}-reden": "Er is een melding over thuis."})
    assert meelezer(club).mag_meelezen
    van_club = kaart(als_sanne.get(pad(club)), club.organisatie)
    assert "Zonder toestemming, vanwege Veilig Thuis." in van_club
    assert "Er is een melding over thuis." in van_club
    # A second window with the old version shows both.
    oud = velden | {f"{prefix}-grond": "gevaar", f"{prefix}-reden": "Iets anders."}
    botsing = tekst(als_sanne.post(pad(club, "grond"), oud))
    assert "Dit staat er nu:" in botsing
    assert "Iets anders." in botsing


def test_the_reason_stands_on_no_page_of_a_helper_or_the_family(club: Club, als_sanne: Client, client: Client) -> None:
    k = club.kuipers
    velden = {"grond": "gevaar", "reden": "Er is iets gebeurd thuis."}
    zet_grond(door=k.door, casus=club.casus, organisatie=club.organisatie, versie=0, velden=velden)
    stel_vast(door=k.door, casus=club.casus, nummer=1)
    assert "Er is iets gebeurd thuis." in tekst(als_sanne.get(pad(club)))
    helpers = [f"/t/{binnen(client, mens)}/" for mens in (club.dennis, k.ilse)]
    for adres in (*helpers, *(met_code(client, lid) for lid in (k.bart, k.milan))):
        gelezen = client.get(adres)
        assert gelezen.status_code == 200
        assert "Er is iets gebeurd" not in tekst(gelezen)


# Telling


def test_everybody_is_told_about_all_organisations_in_one_go(club: Club, als_sanne: Client) -> None:
    k = club.kuipers
    assert "Nog niet verteld aan Milan, Bart, Esra." in kaart(als_sanne.get(pad(club)), club.organisatie)
    formulier = als_sanne.get(pad(club)).context["verteld"]
    velden = {
        "verteld-wie": [k.bart.pk, k.esra.pk], "verteld-organisaties": formulier.initial["organisaties"],
        "verteld-hoe": "gesproken", "verteld-op": timezone.localdate().isoformat(),
    }  # fmt: skip
    als_sanne.post(pad(club) + "verteld/", velden)
    van_club = kaart(als_sanne.get(pad(club)), club.organisatie)
    assert "Verteld aan Bart en Esra, op" in van_club
    assert "Nog niet verteld aan Milan." in van_club
    assert club.casus.geinformeerd.count() == 2 * 5
    # Telling is not consenting.
    assert "Krijgt nog niets" in van_club
    fout = als_sanne.post(pad(club) + "verteld/", velden | {"verteld-wie": []})
    assert "Kies aan wie je het vertelde." in tekst(fout)


def test_one_organisation_can_be_ticked_by_its_link(club: Club, als_sanne: Client) -> None:
    formulier = als_sanne.get(pad(club), {"over": str(club.organisatie.pk)}).context["verteld"]
    assert formulier.initial["organisaties"] == [str(club.organisatie.pk)]
    assert als_sanne.get(pad(club), {"over": "onzin"}).status_code == 200


# Who may


def test_whoever_reads_along_in_the_team_sees_it_and_cannot_change_it(club: Club, client: Client) -> None:
    client.force_login(club.kuipers.teams.joost)
    pagina = client.get(pad(club))
    assert "FC De Twent" in tekst(pagina)
    assert "Leg vast" not in tekst(pagina)
    for wat in ("toestemming", "intrekken", "grond", "gewist"):
        assert client.post(pad(club, wat)).status_code == 403
    client.force_login(club.kuipers.teams.karin)
    assert client.get(pad(club)).status_code == 404


@pytest.mark.parametrize("wat", ["toestemming", "intrekken", "grond", "gewist"])
def test_an_organisation_that_has_nothing_to_do_with_this_casus_is_not_found(
    club: Club, als_sanne: Client, wat: str
) -> None:
    elders = Organisatie.objects.create(naam="Elders")
    eigen = club.kuipers.teams.noord.organisatie
    for organisatie in (elders, eigen):
        assert als_sanne.post(f"/casussen/{club.casus.pk}/delen/{organisatie.pk}/{wat}/").status_code == 404


# Other pages


def test_step_1_says_for_whom_telling_is_enough(club: Club, als_sanne: Client) -> None:
    pagina = " ".join(tekst(als_sanne.get(f"/casussen/{club.casus.pk}/stap/1/")).split())
    genoeg, _toestemming, vragen = pagina.partition("Toestemming is soms nodig.")
    assert "De Brug, De Linde, GGZ Jeugd" in genoeg
    assert "FC De Twent" in vragen
    assert pad(club) in vragen


def test_step_2_and_fixing_a_version_say_who_gets_nothing_yet(club: Club, als_sanne: Client) -> None:
    stap2 = tekst(als_sanne.get(f"/casussen/{club.casus.pk}/stap/2/"))
    assert "krijgt nog niets: vraag eerst toestemming" in stap2
    assert f"{pad(club)}#organisatie-{club.organisatie.pk}" in stap2
    vaststellen = tekst(als_sanne.get(f"/casussen/{club.casus.pk}/vaststellen/"))
    assert "FC De Twent krijgt nog niets: toestemming ontbreekt." in vaststellen
    assert "Stel vast en verstuur" in vaststellen


@pytest.mark.parametrize(("hoort", "mag"), [("ja", True), ("nee", False)])
def test_the_form_for_a_new_helper_asks_whether_the_organisation_belongs_to_the_help(
    kuipers: Kuipers, als_sanne: Client, hoort: str, mag: bool
) -> None:
    pk = uuid4()
    velden = {"versie": 0, "naam": "Nora", "organisatie": "Woonstede", "hoort_bij_hulp": hoort, "email": "n@ws.example"}
    als_sanne.post(
        f"/casussen/{kuipers.casus.pk}/helper/{pk}/", {f"helper-{naam}": waarde for naam, waarde in velden.items()}
    )
    assert Deelnemer.objects.get(pk=pk).naam == "Nora"
    pagina = als_sanne.get(f"/casussen/{kuipers.casus.pk}/delen/")
    van_woonstede = kaart(pagina, Organisatie.objects.get(naam="Woonstede"))
    assert ("Leest mee" in van_woonstede) is mag


def test_a_birthday_that_is_near_stands_on_the_page_by_name(club: Club, als_sanne: Client) -> None:
    morgen = timezone.localdate() + timedelta(days=1)
    Gezinslid.objects.filter(pk=club.kuipers.milan.pk).update(geboren=verjaardag(morgen, -16))
    assert "Milan wordt 16 op" in tekst(als_sanne.get(pad(club)))


def test_it_costs_as_many_queries_for_many_organisations_as_for_one(club: Club, als_sanne: Client) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            als_sanne.get(pad(club))
        return len(gemeten)

    iedereen_zegt_ja(club)
    eerst = kosten()
    for organisatie in Organisatie.objects.exclude(pk=club.organisatie.pk):
        Organisatie.objects.filter(pk=organisatie.pk).update(hoort_bij_hulp=False)
    assert kosten() == eerst
