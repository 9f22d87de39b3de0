"""Looking back together in somebody's own calendar: what is in it, when it moves, and that it names nobody."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event

from casussen.acties import deelnemers, evaluaties
from casussen.acties.agenda import maak_agendafeed, trek_agendafeed_in
from casussen.acties.casus import begin_casus
from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Agendafeed, Casus, Deelnemer, Evaluatie, Logregel, Medewerker, Professional, Toegangslink
from casussen.models.toestemming import Grond
from casussen.overzicht import agenda
from tests.cast import Kuipers, Teams, deur
from tests.daden import achter_link
from tests.taaklink import binnen, tekst, token
from tests.terugkijken import EINDE, lopend
from tests.vijandig import OPMAAK, REGELS

DAG = timezone.localdate() + timedelta(days=35)
HIER = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def vast(kuipers: Kuipers) -> Kuipers:
    """The family, with a first version: everybody looks back in five weeks at half past three."""
    _verzet(kuipers, datum=DAG, van=time(15, 30), tot=time(17, 0), waar="Bij Bart thuis, Lindelaan 4")
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    return kuipers


def _verzet(k: Kuipers, **velden: object) -> None:
    """Plans the day anew; nothing is fixed yet."""
    gepland = evaluaties.geplande_evaluatie(k.casus)
    assert gepland is not None
    evaluaties.plan_evaluatie(door=k.door, casus=k.casus, pk=gepland.pk, versie=gepland.versie, velden=velden)


def _stel_vast(k: Kuipers) -> None:
    stel_vast(door=k.door, casus=k.casus, nummer=k.casus.vaststellingen.count() + 1)


def _feed(deel: Deelnemer) -> str:
    """The calendar address of a helper."""
    assert deel.professional is not None
    return f"/agenda/{maak_agendafeed(door=achter_link(deel), professional=deel.professional)}.ics"


def _bytes(client: Client, pad: str) -> bytes:
    antwoord = client.get(pad)
    assert antwoord.status_code == 200
    return bytes(antwoord.content)


def _dagen(inhoud: bytes) -> list[Event]:
    return [deel for deel in Calendar.from_ical(inhoud).walk("VEVENT") if isinstance(deel, Event)]


def _zinnen(dag: Event) -> str:
    return str(dag["description"])


def _enige(client: Client, pad: str) -> Event:
    (dag,) = _dagen(_bytes(client, pad))
    return dag


# What is in it


def test_a_calendar_shows_the_day_the_hour_and_whom_to_call(client: Client, vast: Kuipers) -> None:
    dag = _enige(client, _feed(vast.ruben))
    assert dag["uid"] == f"evaluatie-{vast.evaluatie.pk}@{urlsplit(settings.SITE_URL).hostname}"
    assert dag["summary"] == "Samen terugkijken"
    assert (dag.start, dag.end) == (
        datetime.combine(DAG, time(15, 30), HIER),
        datetime.combine(DAG, time(17), HIER),
    )
    assert _zinnen(dag) == ("Waar en met wie lees je achter je link.\nVragen? Bel Sanne Wolters: 085-0000 011.")
    assert "location" not in dag


def test_a_coordinator_without_a_number_is_mailed(client: Client, vast: Kuipers) -> None:
    Professional.objects.filter(naam="Sanne Wolters").update(telefoon="")
    assert "Mail Sanne Wolters: s.wolters@noord.example." in _zinnen(_enige(client, _feed(vast.ruben)))


@pytest.mark.parametrize(
    ("dag", "van", "begin"),
    [
        (date(2026, 3, 28), time(9), datetime(2026, 3, 28, 8, tzinfo=UTC)),
        (date(2026, 3, 29), time(9), datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (date(2026, 10, 24), time(9), datetime(2026, 10, 24, 7, tzinfo=UTC)),
        (date(2026, 10, 25), time(9), datetime(2026, 10, 25, 8, tzinfo=UTC)),
        # An hour that comes twice, and one that never comes.
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_the_hour_is_right_before_and_after_the_clock_changes(
    teams: Teams, dag: date, van: time, begin: datetime
) -> None:
    gesprek = agenda.Gesprek(uuid4(), 1, timezone.now(), dag, van, None, teams.sanne)
    inhoud = agenda.ics([gesprek])
    assert f"DTSTART:{begin:%Y%m%dT%H%M%SZ}".encode() in inhoud
    (gelezen,) = _dagen(inhoud)
    assert (gelezen.start, gelezen.end) == (begin, begin + timedelta(hours=1))


def test_without_an_hour_it_is_the_whole_day_and_keeps_nobody_from_work(client: Client, vast: Kuipers) -> None:
    for velden in ({"van": None, "tot": None}, {"van": None, "tot": time(17)}):
        _verzet(vast, **velden)
        _stel_vast(vast)
        dag = _enige(client, _feed(vast.ruben))
        assert (dag.start, dag.end, dag["transp"]) == (DAG, DAG + timedelta(days=1), "TRANSPARENT")


def test_no_line_is_longer_than_75_octets_and_each_ends_as_it_should(client: Client, vast: Kuipers) -> None:
    Medewerker.objects.filter(pk=vast.teams.sanne.pk).update(naam="Zoë " + "van der Ééndrächtsbürg " * 5)
    inhoud = _bytes(client, _feed(vast.ruben))
    assert inhoud.endswith(b"\r\n")
    regels = inhoud.split(b"\r\n")
    assert all(len(regel) <= 75 and b"\n" not in regel and b"\r" not in regel for regel in regels)
    inhoud.decode()
    assert "van der Ééndrächtsbürg van der" in _zinnen(_dagen(inhoud)[0])


def test_the_same_question_gets_the_same_bytes(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    assert _bytes(client, pad) == _bytes(client, pad)


# Moving


def test_a_moved_evaluation_is_the_same_one_at_another_time_as_soon_as_it_is_fixed(
    client: Client, vast: Kuipers
) -> None:
    pad = _feed(vast.ruben)
    eerst = _enige(client, pad)
    _verzet(vast, datum=DAG + timedelta(days=7), van=time(10), tot=time(11))
    assert _enige(client, pad).to_ical() == eerst.to_ical()
    _stel_vast(vast)
    daarna = _enige(client, pad)
    assert daarna["uid"] == eerst["uid"]
    assert daarna.sequence > eerst.sequence
    assert daarna.DTSTAMP is not None
    assert eerst.DTSTAMP is not None
    assert daarna.DTSTAMP >= eerst.DTSTAMP
    assert daarna.start == datetime.combine(DAG + timedelta(days=7), time(10), HIER)


def test_after_an_evaluation_the_next_one_comes_in_its_place(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    eerst = _enige(client, pad)
    _leg_vast(vast, "door")
    daarna = _enige(client, pad)
    assert daarna["uid"] != eerst["uid"]
    assert f"{daarna.start:%Y-%m-%d}" == (timezone.localdate() + timedelta(days=40)).isoformat()


def test_a_next_evaluation_that_is_not_fixed_yet_is_not_told(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    _leg_vast(vast, "aanpassen")
    assert _dagen(_bytes(client, pad)) == []
    _stel_vast(vast)
    assert len(_dagen(_bytes(client, pad))) == 1


def _leg_vast(k: Kuipers, vervolg: str) -> None:
    gepland = evaluaties.geplande_evaluatie(k.casus)
    assert gepland is not None
    evaluaties.leg_evaluatie_vast(
        door=k.door,
        casus=k.casus,
        evaluatie=gepland,
        oordelen=dict.fromkeys(lopend(k), "gelukt"),
        velden={"vervolg": vervolg, "klopt": "ja", "ging_goed": "", "voortaan_anders": "", "klopt_uitleg": ""},
        nieuwe_datum=None if vervolg == "afsluiten" else timezone.localdate() + timedelta(days=40),
        einde=EINDE if vervolg == "afsluiten" else None,
    )


# Who gets it


def _niet_uitgenodigd(k: Kuipers) -> None:
    _verzet(k, afwezige_deelnemers=[k.ruben])
    _stel_vast(k)


def _gestopt(k: Kuipers) -> None:
    k.ruben.afspraken.update(vervallen_op=timezone.now())
    deelnemers.beeindig_deelnemer(door=k.door, casus=k.casus, deelnemer=k.ruben)


def _afgesloten(k: Kuipers) -> None:
    _leg_vast(k, "afsluiten")


def _geen_toestemming(k: Kuipers) -> None:
    assert k.ruben.professional is not None
    k.casus.delingen.create(organisatie=k.ruben.professional.organisatie, grond=Grond.TOESTEMMING)


@pytest.mark.parametrize("gebeurt", [_niet_uitgenodigd, _gestopt, _afgesloten, _geen_toestemming])
def test_a_day_is_gone_from_the_calendar_in_the_same_second(
    client: Client, vast: Kuipers, gebeurt: Callable[[Kuipers], None]
) -> None:
    pad = _feed(vast.ruben)
    assert len(_dagen(_bytes(client, pad))) == 1
    gebeurt(vast)
    assert _dagen(_bytes(client, pad)) == []


def test_nothing_is_told_before_a_version_holds_this_person(client: Client, kuipers: Kuipers) -> None:
    pad = _feed(kuipers.ruben)
    assert _dagen(_bytes(client, pad)) == []
    nieuw = deelnemers.zet_in_adresboek(
        door=kuipers.door, naam="Nynke", functie="coach", organisatie="De Linde", email="nynke@delinde.example",
        telefoon="",
    )  # fmt: skip
    _stel_vast(kuipers)
    erbij = deelnemers.voeg_professional_toe(
        door=kuipers.door, casus=kuipers.casus, pk=uuid4(), professional=nieuw, velden={}
    )
    assert len(_dagen(_bytes(client, pad))) == 1
    assert _dagen(_bytes(client, _feed(erbij))) == []


def _nog_een_gezin(k: Kuipers) -> None:
    """Another family in which Ruben helps."""
    casus = begin_casus(
        door=k.door, pk=uuid4(), naam="Gezin Bakker", soort="jeugd", team=k.teams.noord, coordinator=k.teams.sanne
    )
    assert k.ruben.professional is not None
    ruben = deelnemers.voeg_professional_toe(
        door=k.door, casus=casus, pk=uuid4(), professional=k.ruben.professional, velden={}
    )
    Evaluatie.objects.create(casus=casus, datum=DAG)
    opname = {
        "naam": casus.naam,
        "deelnemers": [{"id": str(ruben.pk)}],
        "evaluatie": {"datum": DAG.isoformat(), "van": "09:00", "tot": None, "waar": "hier", "afwezig": []},
    }
    casus.vaststellingen.create(nummer=1, inhoud=opname, door=k.teams.sanne, op=timezone.now())


def test_one_address_follows_all_families_and_costs_the_same_for_three_and_for_thirty(
    client: Client, vast: Kuipers
) -> None:
    pad, tellingen = _feed(vast.ruben), []
    for aantal in (3, 30):
        while vast.ruben.professional is not None and vast.ruben.professional.deelnames.count() < aantal:
            _nog_een_gezin(vast)
        with CaptureQueriesContext(connection) as gesteld:
            assert len(_dagen(_bytes(client, pad))) == aantal
        tellingen.append(len(gesteld))
    assert tellingen[0] == tellingen[1]


# Names


@pytest.mark.parametrize("vijandig", [*OPMAAK, *REGELS, "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT", "a;b,c\\n:d"])
def test_hostile_names_are_text_of_the_coordinator_only(client: Client, vast: Kuipers, vijandig: str) -> None:
    Medewerker.objects.filter(pk=vast.teams.sanne.pk).update(naam=vijandig[:120])
    Casus.objects.update(naam=f"Gezin {vijandig}"[:120])
    (dag,) = _dagen(_bytes(client, _feed(vast.ruben)))
    assert set(dag) == {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "TRANSP", "CLASS", "STATUS", "SUMMARY", "DESCRIPTION",
    }  # fmt: skip
    assert dag["summary"] == "Samen terugkijken"


def test_no_name_place_or_key_is_in_the_bytes_or_in_the_name_of_the_file(client: Client, vast: Kuipers) -> None:
    pad, sleutel = _feed(vast.ruben), binnen(client, vast.ruben)
    for adres in (pad, f"/t/{sleutel}/agenda/{vast.ruben.pk}.ics"):
        antwoord = client.get(adres)
        alles = str(antwoord.headers) + bytes(antwoord.content).replace(b"\r\n ", b"").decode()
        for verboden in (
            "Kuipers", "Milan", "Bart", "Esra", "Demir", "Henk", "Ruben", "Assink", "Ilse", "Amrita", "Linde",
            "weekend", "thuis", sleutel, pad.removeprefix("/agenda/").removesuffix(".ics"), links.hash_van(sleutel),
        ):  # fmt: skip
            assert verboden not in alles, (adres, verboden)


# The file behind the link


def test_behind_the_link_one_day_goes_into_a_calendar_and_is_logged(client: Client, vast: Kuipers) -> None:
    sleutel = binnen(client, vast.ruben)
    antwoord = client.get(f"/t/{sleutel}/agenda/{vast.ruben.pk}.ics")
    assert antwoord["Content-Type"] == "text/calendar; charset=utf-8"
    assert antwoord["Content-Disposition"] == 'attachment; filename="samen-terugkijken.ics"'
    (dag,) = _dagen(antwoord.content)
    assert dag.start == datetime.combine(DAG, time(15, 30), HIER)
    regel = Logregel.objects.filter(velden=["taak_agenda_ics"]).get()
    assert (regel.actor_id, regel.casus_id) == (vast.ruben.pk, vast.casus.pk)


def test_a_browser_that_never_said_who_it_is_gets_no_day(client: Client, vast: Kuipers) -> None:
    antwoord = client.get(f"/t/{token(vast.ruben)}/agenda/{vast.ruben.pk}.ics")
    assert antwoord.status_code != 200
    assert b"VEVENT" not in antwoord.content


def test_a_day_of_somebody_else_or_without_an_invitation_is_not_there(client: Client, vast: Kuipers) -> None:
    sleutel = binnen(client, vast.ruben)
    assert client.get(f"/t/{sleutel}/agenda/{vast.ilse.pk}.ics").status_code == 404
    _niet_uitgenodigd(vast)
    assert client.get(f"/t/{sleutel}/agenda/{vast.ruben.pk}.ics").status_code == 404


def test_who_has_an_account_gets_the_same_day(client: Client, vast: Kuipers) -> None:
    client.force_login(vast.teams.sanne)
    (dag,) = _dagen(_bytes(client, f"/mijn/agenda/{vast.sanne.pk}.ics"))
    assert str(dag["uid"]).startswith(f"evaluatie-{vast.evaluatie.pk}@")


def test_grandfather_gets_a_file_but_no_address_to_follow(client: Client, vast: Kuipers) -> None:
    sleutel = binnen(client, vast.opa)
    assert len(_dagen(_bytes(client, f"/t/{sleutel}/agenda/{vast.opa.pk}.ics"))) == 1
    assert client.get(f"/t/{sleutel}/agenda/").status_code == 404


# The address


def test_a_helper_makes_replaces_and_stops_the_own_address(client: Client, vast: Kuipers) -> None:
    pagina = f"/t/{binnen(client, vast.ruben)}/agenda/"
    assert "Maak mijn agenda-adres" in tekst(client.get(pagina))
    eerste = _adres_op(tekst(client.post(pagina, {"wat": "maak"})))
    assert len(_dagen(_bytes(Client(), eerste))) == 1
    # It is never shown again.
    assert eerste not in tekst(client.get(pagina))
    tweede = _adres_op(tekst(client.post(pagina, {"wat": "maak"})))
    assert Client().get(eerste).status_code == 404
    assert len(_dagen(_bytes(Client(), tweede))) == 1
    assert "gestopt" in tekst(client.post(pagina, {"wat": "stop"}))
    assert Client().get(tweede).status_code == 404
    assert "gestopt" not in tekst(client.post(pagina, {"wat": "stop"}))
    assert [regel.daad for regel in Logregel.objects.filter(object_soort="agendafeed").order_by("pk")] == [
        "maakte_agendafeed", "trok_agendafeed_in", "maakte_agendafeed", "trok_agendafeed_in",
    ]  # fmt: skip


def _adres_op(pagina: str) -> str:
    _voor, _, na = pagina.partition(f"{settings.SITE_URL}/agenda/")
    return f"/agenda/{na.partition('<')[0]}"


def test_a_look_at_the_page_makes_nothing(client: Client, vast: Kuipers) -> None:
    pagina = f"/t/{binnen(client, vast.ruben)}/agenda/"
    for methode in (client.get, client.head):
        assert methode(pagina, {"wat": "maak"}).status_code == 200
    assert not Agendafeed.objects.exists()


def test_the_token_has_192_bits_and_only_its_hash_is_kept(vast: Kuipers) -> None:
    sleutel = _feed(vast.ruben).removeprefix("/agenda/").removesuffix(".ics")
    assert len(sleutel) == 32
    assert Agendafeed.objects.get().token_hash == links.hash_van(sleutel)


def test_link_and_account_of_one_person_have_one_address(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.sanne)
    client.force_login(vast.teams.sanne)
    client.post("/mijn/agenda/", {"wat": "stop"})
    assert Client().get(pad).status_code == 404


def test_nobody_makes_or_stops_the_address_of_somebody_else(vast: Kuipers) -> None:
    _feed(vast.ruben)
    assert vast.ruben.professional is not None
    for door in (vast.door, achter_link(vast.ilse), achter_link(vast.bart), achter_link(vast.opa)):
        for actie in (maak_agendafeed, trek_agendafeed_in):
            with pytest.raises(PermissionDenied):
                actie(door=door, professional=vast.ruben.professional)
    assert Agendafeed.objects.filter(ingetrokken_op=None).count() == 1


def test_a_token_that_was_taken_back_looks_like_one_that_never_was(client: Client, vast: Kuipers) -> None:
    terug = _feed(vast.ruben)
    _feed(vast.ruben)
    gezien = []
    for pad in (terug, "/agenda/verzonnen.ics", f"/agenda/{'a' * 32}.ics", f"/agenda/{token(vast.ruben)}.ics"):
        with CaptureQueriesContext(connection) as gesteld:
            antwoord = client.get(pad)
        koppen = {naam: waarde for naam, waarde in antwoord.headers.items() if naam != "X-Request-ID"}
        gezien.append((antwoord.status_code, antwoord.content, koppen, len(gesteld)))
    assert gezien == [gezien[0]] * 4
    assert gezien[0][0] == 404


def test_the_address_sets_no_cookie_is_kept_by_nobody_and_only_looks(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    antwoord = client.get(pad)
    assert not antwoord.cookies
    assert "no-store" in antwoord["Cache-Control"]
    assert antwoord["Content-Disposition"] == 'attachment; filename="agenda.ics"'
    assert client.head(pad).status_code == 200
    assert client.post(pad).status_code == 405


def test_who_asks_too_often_waits(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    statussen = [client.get(pad).status_code for _keer in range(61)]
    assert statussen == [200] * 60 + [429]
    # Another person at the same address of the internet may still ask; until that asks too often too.
    assert client.get(_feed(vast.ilse)).status_code == 200
    assert {client.get(f"/agenda/{nummer}.ics").status_code for nummer in range(240)} == {404, 429}
    assert client.get(_feed(vast.ilse)).status_code == 429


def test_a_link_that_ended_does_not_end_the_calendar_of_the_person(client: Client, vast: Kuipers) -> None:
    pad = _feed(vast.ruben)
    Toegangslink.objects.update(ingetrokken_op=timezone.now())
    assert len(_dagen(_bytes(client, pad))) == 1


def test_staff_with_the_role_of_helper_elsewhere_makes_the_own_address_signed_in(client: Client, vast: Kuipers) -> None:
    assert vast.teams.karin.professional is not None
    assert len(maak_agendafeed(door=deur(vast.teams.karin), professional=vast.teams.karin.professional)) == 32
