"""A beheerder searches what happened in the own organisation; no family has a name there."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casussen import actor, beheerrechten, logboek
from casussen.acties.accounts import noteer_mislukt
from casussen.acties.casus import begin_casus
from casussen.actor import Actor
from casussen.berichten import zet_klaar
from casussen.models import Bericht, Casus, Lidmaatschap, Logregel, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.models.organisatie import TeamRol
from tests import cast
from tests.accounts import ingelogd
from tests.cast import Kuipers, Teams
from tests.daden import achter_link
from tests.ketting import als_superuser, sql
from tests.kolommen import ALLES

PAD = "/logboek/"


@pytest.fixture
def bea(client: Client, kuipers: Kuipers) -> Client:
    """A browser of Bea, beheerder of Noord."""
    return ingelogd(client, kuipers.teams.bea)


def zinnen(antwoord: Any) -> list[tuple[str, str, str]]:
    """Who, what, and the code of the casus."""
    return [(r.wie, r.zin, r.casus) for dag in antwoord.context["dagen"] for r in dag.regels]


def schrijf(door: Actor, daad: str, casus: Casus | None = None, velden: tuple[str, ...] = ()) -> Logregel:
    return logboek.schrijf(door=door, daad=daad, casus_id=casus.pk if casus else None, over=casus, velden=velden)


def van_zuid(teams: Teams) -> Casus:
    """A family in the other organisation."""
    return begin_casus(
        door=cast.deur(teams.karin), pk=uuid4(), naam="Gezin Bos", soort="jeugd", team=teams.zuid,
        coordinator=teams.karin,
    )  # fmt: skip


def test_it_tells_who_did_what_with_a_code_for_the_family(bea: Client, kuipers: Kuipers) -> None:
    schrijf(cast.deur(kuipers.teams.joost), "las", kuipers.casus, ("stap3",))
    code = kuipers.casus.pk.hex[:8].upper()
    assert ("Joost ten Hove", "keek naar stap 3", code) in zinnen(bea.get(PAD))


def test_no_name_and_no_text_of_a_family_or_a_helper_stands_in_it(bea: Client, kuipers: Kuipers) -> None:
    for mens in (kuipers.bart, kuipers.esra, kuipers.opa, kuipers.ilse):
        schrijf(achter_link(mens), "las", kuipers.casus, ("gezin",))
    zet_klaar(soort=BerichtSoort.TAAK, aan=kuipers.ilse, casus=kuipers.casus, oorzaak="test")
    logboek.schrijf(
        door=actor.klok(), daad="mailde", casus_id=kuipers.casus.pk, over=Bericht.objects.get(), velden=["taak"]
    )
    antwoord = bea.get(PAD)
    tekst = antwoord.content.decode()
    assert not [woord for woord in [*ALLES, "Ilse", "Broekhuis", "De Brug"] if woord in tekst]
    gezien = {wie for wie, _zin, _casus in zinnen(antwoord)}
    assert {"Iemand van het gezin", "Iemand met een eigen link", "Vanzelf"} <= gezien
    assert str(kuipers.casus.pk) not in tekst


def test_what_happened_in_another_organisation_is_not_in_it(bea: Client, kuipers: Kuipers) -> None:
    teams = kuipers.teams
    bos = van_zuid(teams)
    schrijf(cast.deur(teams.karin), "bekeek_lijst")
    # Joost also works over there: what he does in a family there is theirs.
    Lidmaatschap.objects.create(medewerker=teams.joost, team=teams.zuid, rol=TeamRol.TEAMLID, van=date(2026, 1, 1))
    schrijf(cast.deur(teams.joost), "las", bos, ("stap4",))
    schrijf(cast.deur(teams.joost), "bekeek_lijst")
    gevonden = zinnen(bea.get(PAD))
    assert ("Joost ten Hove", "bekeek de lijst met gezinnen", "") in gevonden
    assert not [regel for regel in gevonden if regel[2] == bos.pk.hex[:8].upper()]
    assert "Karin" not in bea.get(PAD).content.decode()


def test_somebody_from_elsewhere_in_a_family_of_ours_has_no_name(bea: Client, kuipers: Kuipers) -> None:
    schrijf(cast.deur(kuipers.teams.karin), "las", kuipers.casus, ("stand",))
    antwoord = bea.get(PAD)
    assert ("Iemand van een andere organisatie", "keek hoe het staat") in [regel[:2] for regel in zinnen(antwoord)]
    assert "Karin" not in antwoord.content.decode()


def test_a_failed_sign_in_on_an_account_of_ours_is_in_it(bea: Client, kuipers: Kuipers) -> None:
    noteer_mislukt(door=actor.klok(), email=kuipers.teams.joost.email)
    noteer_mislukt(door=actor.klok(), email=kuipers.teams.karin.email)
    antwoord = bea.get(PAD, {"daad": "kon_niet_inloggen"})
    assert len(zinnen(antwoord)) == 1
    assert "(Joost ten Hove)" in antwoord.content.decode()


def test_a_family_that_was_removed_stays_in_it_by_its_code(bea: Client, kuipers: Kuipers) -> None:
    weg: UUID = uuid4()
    logboek.schrijf(door=kuipers.door, daad="wiste_casus", casus_id=weg)
    assert ("Sanne Wolters", "wiste deze samenwerking", weg.hex[:8].upper()) in zinnen(bea.get(PAD))


def test_a_member_of_staff_a_deed_a_period_and_a_request_can_be_looked_for(bea: Client, kuipers: Kuipers) -> None:
    joost, sanne = cast.deur(kuipers.teams.joost), kuipers.door
    schrijf(joost, "las", kuipers.casus, ("stand",))
    schrijf(joost, "bekeek_lijst")
    schrijf(sanne, "bekeek_lijst")
    oud = schrijf(sanne, "drukte_af", kuipers.casus)
    with als_superuser():
        sql("UPDATE casussen_logregel SET op = op - interval '40 days' WHERE id = %s", oud.pk)
    assert {wie for wie, *_ in zinnen(bea.get(PAD, {"medewerker": kuipers.teams.joost.pk}))} == {"Joost ten Hove"}
    lijst = zinnen(bea.get(PAD, {"daad": "bekeek_lijst"}))
    assert [wie for wie, *_ in lijst] == ["Sanne Wolters", "Joost ten Hove"]
    assert zinnen(bea.get(PAD, {"daad": "drukte_af"})) == []
    lang_geleden = {"van": str(timezone.localdate() - timedelta(days=50)), "tot": str(timezone.localdate())}
    assert len(zinnen(bea.get(PAD, {"daad": "drukte_af", **lang_geleden}))) == 1


def test_a_request_is_found_by_its_number_however_long_ago(bea: Client, kuipers: Kuipers) -> None:
    sanne = Client()
    sanne.force_login(kuipers.teams.sanne)
    nummer = sanne.get(f"/casussen/{kuipers.casus.pk}/", REMOTE_ADDR="192.0.2.9")["X-Request-ID"]
    with als_superuser():
        sql("UPDATE casussen_logregel SET op = op - interval '400 days' WHERE request_id = %s", nummer)
    antwoord = bea.get(PAD, {"verzoek": str(UUID(nummer))})
    assert [regel[:2] for regel in zinnen(antwoord)] == [("Sanne Wolters", "keek hoe het staat")]
    assert "192.0.2.9" in antwoord.content.decode()


def test_a_mistake_is_told(bea: Client) -> None:
    tekst = bea.get(PAD, {"verzoek": "abc", "van": "2026-12-02", "tot": "2026-12-01", "daad": "x"}).content.decode()
    for zin in ("Dit is geen verzoeknummer.", "De laatste dag ligt vóór de eerste.", "Kies iets uit de lijst."):
        assert zin in tekst


def test_searching_the_log_is_in_the_log(bea: Client, kuipers: Kuipers) -> None:
    bea.get(PAD)
    assert Logregel.objects.filter(daad="doorzocht_logboek", medewerker_id=kuipers.teams.bea.pk).count() == 1
    assert zinnen(bea.get(PAD))[0] == ("Bea Beheer", "zocht in het logboek van de organisatie", "")


def test_only_who_manages_gets_it_and_a_refusal_is_no_search(kuipers: Kuipers) -> None:
    gezien = {}
    for mens in (kuipers.teams.sanne, kuipers.teams.joost, kuipers.teams.mieke, kuipers.teams.bea):
        gezien[mens.naam] = ingelogd(Client(), mens).get(PAD).status_code
    assert gezien == {"Sanne Wolters": 403, "Joost ten Hove": 403, "Mieke Spit": 403, "Bea Beheer": 200}
    assert Logregel.objects.filter(daad="doorzocht_logboek").count() == 1


def test_the_superuser_and_the_operator_search_everything(kuipers: Kuipers) -> None:
    van_zuid(kuipers.teams)
    alles = set(Logregel.objects.values_list("pk", flat=True))
    Medewerker.objects.filter(pk=kuipers.teams.mieke.pk).update(is_superuser=True)
    kuipers.teams.mieke.refresh_from_db()
    for door in (cast.deur(kuipers.teams.mieke), actor.operator()):
        assert set(beheerrechten.logregels_te_doorzoeken(door).values_list("pk", flat=True)) == alles
    for door in (kuipers.door, actor.klok(), achter_link(kuipers.bart)):
        assert not beheerrechten.logregels_te_doorzoeken(door).exists()


def test_it_costs_as_many_queries_for_30_lines_as_for_3(bea: Client, kuipers: Kuipers) -> None:
    def kosten() -> int:
        with CaptureQueriesContext(connection) as gemeten:
            bea.get(PAD)
        return len(gemeten)

    schrijf(kuipers.door, "bekeek_lijst")
    eerst = kosten()
    for mens in (kuipers.teams.joost, kuipers.teams.mieke, kuipers.teams.sanne):
        for _keer in range(10):
            schrijf(cast.deur(mens), "las", kuipers.casus, ("stand",))
    noteer_mislukt(door=actor.klok(), email=kuipers.teams.joost.email)
    assert kosten() == eerst
