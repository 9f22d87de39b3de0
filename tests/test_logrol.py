"""The role with which the application connects in production: it works, and it cannot touch the log.

A real role of PostgreSQL, and a connection of that role. The owner of the tables is stopped by triggers (test_vast.py).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from casussen import berichten, logboek, tasks
from casussen.acties import afspraken
from casussen.acties.vaststellen import stel_vast
from casussen.acties.wissen import wis_casus
from casussen.berichten import links
from casussen.models import Afspraak, Logregel, Logzegel, Reactie
from tests.cast import Kuipers
from tests.ketting import controleer, rijen, schrijf, sql

pytestmark = pytest.mark.django_db(transaction=True)

WACHTWOORD = "alleen-voor-deze-test"
TABELLEN = ["casussen_logregel", "casussen_logzegel"]
KOLOM = {"casussen_logregel": "daad", "casussen_logzegel": "hash"}


@pytest.fixture
def rol(settings: Settings, transactional_db: None) -> Iterator[str]:
    """A role with the rights of the application; its name needs quotes. Gone afterwards."""
    naam = f'app "{connection.settings_dict["NAME"]}"'
    settings.DATABASE_ROL_WACHTWOORD = WACHTWOORD
    call_command("rechten_database", rol=naam, stdout=StringIO())
    settings.DATABASE_ROL_WACHTWOORD = ""
    yield naam
    geciteerd = '"' + naam.replace('"', '""') + '"'
    sql(f"DROP OWNED BY {geciteerd}")
    sql(f"DROP ROLE {geciteerd}")


@contextmanager
def verbonden_als(rol: str) -> Iterator[None]:
    """Inside, this thread talks to the database as that role."""
    eigen = {sleutel: connection.settings_dict[sleutel] for sleutel in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update({"USER": rol, "PASSWORD": WACHTWOORD})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(eigen)


def test_the_connection_really_is_of_the_other_role(rol: str) -> None:
    with verbonden_als(rol):
        assert rijen("SELECT session_user, current_user") == [(rol, rol)]
        assert rijen("SELECT rolsuper FROM pg_roles WHERE rolname = session_user") == [(False,)]


@pytest.mark.parametrize("tabel", TABELLEN)
@pytest.mark.parametrize(
    "poging",
    [
        "UPDATE {tabel} SET {kolom} = 'x'",
        "DELETE FROM {tabel}",
        "TRUNCATE {tabel}",
        "ALTER TABLE {tabel} DISABLE TRIGGER ALL",
        "ALTER TABLE {tabel} ADD COLUMN erbij text",
        "DROP TABLE {tabel} CASCADE",
        "LOCK TABLE {tabel} IN ACCESS EXCLUSIVE MODE",
        "CREATE RULE weg AS ON INSERT TO {tabel} DO INSTEAD NOTHING",
        "CREATE TRIGGER weg BEFORE INSERT ON {tabel} FOR EACH ROW EXECUTE FUNCTION casussen_weiger()",
        "SET session_replication_role = replica",
        "INSERT INTO casussen_logzegel VALUES (99, now(), 1, repeat('0', 64))",
        "INSERT INTO casussen_logwacht VALUES (99)",
        "CREATE OR REPLACE FUNCTION casussen_verzegel() RETURNS trigger LANGUAGE sql AS ''",
        "DROP FUNCTION casussen_verzegel() CASCADE",
        "CREATE TABLE public.casussen_anders (id int)",
    ],
)
def test_the_role_of_the_application_cannot_change_the_log(rol: str, tabel: str, poging: str) -> None:
    schrijf(2)
    stand = list(Logregel.objects.values()), list(Logzegel.objects.values())
    with verbonden_als(rol), pytest.raises(DatabaseError) as fout, transaction.atomic():
        sql(poging.format(tabel=tabel, kolom=KOLOM[tabel]))
    assert any(woord in str(fout.value) for woord in ("permission denied", "must be owner")), fout.value
    assert (list(Logregel.objects.values()), list(Logzegel.objects.values())) == stand
    controleer()


def test_what_the_role_adds_is_sealed_with_the_clock_of_the_database(rol: str) -> None:
    with verbonden_als(rol):
        schrijf(2)
        sql(
            "INSERT INTO casussen_logregel"
            " (op, actor_soort, daad, object_soort, object_id, namens_soort, request_id, velden)"
            " VALUES ('2001-01-01', 'klok', 'las', '', '', '', '', '{}')"
        )
        # A table of its own with the same name stands in for nothing.
        sql("CREATE TEMPORARY TABLE casussen_logzegel (LIKE casussen_logzegel)")
        schrijf()
    assert Logzegel.objects.count() == 4
    assert not Logregel.objects.filter(op__year=2001).exists()
    assert "4 regels" in controleer()


def test_the_whole_story_works_as_that_role(rol: str, kuipers: Kuipers, mailoutbox: list[object]) -> None:
    with verbonden_als(rol):
        client = Client()
        client.force_login(kuipers.teams.sanne)
        for nummer in range(1, 8):
            assert client.get(f"/casussen/{kuipers.casus.pk}/stap/{nummer}/").status_code == 200
        afspraken.zet_afspraak(
            door=kuipers.door, casus=kuipers.casus, pk=kuipers.vertelt.pk, versie=1, velden={"wat": "Ik bel."}
        )
        stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
        berichten.verstuur_alles(nu=timezone.now())
        adres = links.maak_link(kuipers.ilse, nu=timezone.now())[0].split("/t/")[1]
        taak = f"/t/{adres}"
        helper = Client()
        assert "Ik kom elke woensdag" in helper.get(taak).content.decode()
        assert helper.post(taak, {"ik": "1", "wat": "verder"}).status_code == 302
        ja = {"soort": "akkoord", "inhoud_versie": 1}
        assert helper.post(f"{taak}afspraak/{kuipers.komt_woensdag.pk}/", ja).status_code == 302
        tasks.hartslag()
        tasks.bewaar_logzegels()
        _wis(kuipers)
        assert controleer().splitlines()[-1].startswith("Het logboek klopt")
    assert mailoutbox
    assert not Afspraak.objects.exists()
    assert not Reactie.objects.exists()
    assert {"las", "wijzigde_afspraak", "stelde_vast", "mailde", "reageerde", "wiste_casus"} <= set(
        Logregel.objects.values_list("daad", flat=True)
    )


def _wis(kuipers: Kuipers) -> None:
    """The casus goes for good, when its term is over."""
    gisteren = timezone.localdate() - timedelta(days=1)
    type(kuipers.casus).objects.update(
        afgesloten_op=timezone.now(), bewaren_tot=gisteren, wissen_besloten_op=timezone.now()
    )
    logboek.schrijf(door=kuipers.door, daad="maakte_archief", casus_id=kuipers.casus.pk)
    wis_casus(door=kuipers.door, casus=kuipers.casus, op=timezone.localdate())


def test_giving_the_rights_again_changes_nothing(rol: str) -> None:
    def rechten() -> list[tuple[object, ...]]:
        return rijen("SELECT relname, relacl::text FROM pg_class WHERE relacl IS NOT NULL ORDER BY relname")

    eerst = rechten()
    uitvoer = StringIO()
    call_command("rechten_database", rol=rol, stdout=uitvoer)
    assert rechten() == eerst
    assert "alleen toevoegen en lezen" in uitvoer.getvalue()


def test_rights_that_were_given_by_hand_are_taken_back(rol: str) -> None:
    sql("GRANT UPDATE, DELETE, TRUNCATE ON casussen_logregel, casussen_logzegel TO PUBLIC")
    call_command("rechten_database", rol=rol, stdout=StringIO())
    with verbonden_als(rol), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        sql("UPDATE casussen_logregel SET daad = 'x'")


def _owner(rol: str) -> str:
    ((naam,),) = rijen("SELECT current_user")
    return str(naam)


@pytest.mark.parametrize(
    ("wie", "zin"),
    [
        (lambda rol: "rol-die-er-niet-is", "bestaat niet"),
        (lambda rol: 'x"; DROP TABLE casussen_logregel; --', "bestaat niet"),
        (_owner, "mag te veel|is eigenaar"),
    ],
)
def test_a_role_that_is_not_there_or_may_too_much_is_refused(rol: str, wie: Callable[[str], str], zin: str) -> None:
    with pytest.raises(CommandError, match=zin):
        call_command("rechten_database", rol=wie(rol), stdout=StringIO())
    assert Logregel.objects.count() == 0


def test_a_role_that_owns_the_tables_is_refused(rol: str) -> None:
    geciteerd = '"' + rol.replace('"', '""') + '"'
    eigenaar = _owner(rol)
    sql(f"ALTER TABLE casussen_hartslag OWNER TO {geciteerd}")
    try:
        with pytest.raises(CommandError, match="is eigenaar"):
            call_command("rechten_database", rol=rol, stdout=StringIO())
    finally:
        sql(f'ALTER TABLE casussen_hartslag OWNER TO "{eigenaar}"')


# The log and the act


def test_when_the_log_cannot_be_written_the_act_is_not_done_and_the_page_says_so(rol: str, kuipers: Kuipers) -> None:
    adres = f"/casussen/{kuipers.casus.pk}/afspraak/{kuipers.vertelt.pk}/vervalt/"
    client = Client(raise_request_exception=False)
    client.force_login(kuipers.teams.sanne)
    geciteerd = '"' + rol.replace('"', '""') + '"'
    sql(f"REVOKE INSERT ON casussen_logregel FROM {geciteerd}")
    voor = Logregel.objects.count()
    with verbonden_als(rol):
        gelezen = client.get(f"/casussen/{kuipers.casus.pk}/stap/5/")
        gedaan = client.post(adres)
    for antwoord in (gelezen, gedaan):
        assert antwoord.status_code == 500
        assert "Wat je net verstuurde, is misschien niet bewaard." in antwoord.content.decode()
        assert "Kuipers" not in antwoord.content.decode()
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).vervallen_op is None
    assert Logregel.objects.count() == voor
    sql(f"GRANT INSERT ON casussen_logregel TO {geciteerd}")
    with verbonden_als(rol):
        assert client.post(adres).status_code == 302
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).vervallen_op is not None


def test_when_sealing_fails_at_the_very_end_the_act_is_not_done_either(kuipers: Kuipers) -> None:
    sql("ALTER TABLE casussen_logzegel ADD CONSTRAINT niets_erbij CHECK (false) NOT VALID")
    try:
        with pytest.raises(DatabaseError, match="niets_erbij"):
            afspraken.laat_vervallen(door=kuipers.door, casus=kuipers.casus, afspraak=kuipers.vertelt)
    finally:
        sql("ALTER TABLE casussen_logzegel DROP CONSTRAINT niets_erbij")
    assert Afspraak.objects.get(pk=kuipers.vertelt.pk).vervallen_op is None
    assert not Logregel.objects.filter(daad="liet_afspraak_vervallen").exists()
    controleer()
