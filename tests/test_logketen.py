"""The chain of the log: every line gets a seal at the end of its transaction, in one order, whoever writes it."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casussen.acties.basis import slot
from casussen.models import Gezinslid, Logregel, Logzegel
from casussen.overzicht import logketen
from tests.cast import Kuipers
from tests.daden import wacht_op_wachtenden
from tests.ketting import controleer, schrijf, sql, verzegel

HEEL = pytest.mark.django_db(transaction=True)


def zegels() -> list[tuple[int, int]]:
    """Line and number, in the order of the chain."""
    return list(Logzegel.objects.order_by("dag", "nummer").values_list("logregel_id", "nummer"))


# One transaction


@HEEL
def test_a_line_has_a_seal_when_its_transaction_is_over() -> None:
    with transaction.atomic():
        regels = schrijf(3)
        assert zegels() == []
    assert zegels() == [(regel.pk, nummer) for nummer, regel in enumerate(regels, start=1)]
    assert Logzegel.objects.values_list("dag", flat=True).distinct().get() == timezone.localdate()
    assert "3 regels" in controleer()


@HEEL
def test_what_is_undone_leaves_no_gap() -> None:
    schrijf()
    with transaction.atomic():
        schrijf(2)
        transaction.set_rollback(True)
    with transaction.atomic():
        with transaction.atomic():
            schrijf()
            transaction.set_rollback(True)
        schrijf()
    assert [nummer for _pk, nummer in zegels()] == [1, 2]
    assert [pk for pk, _nummer in zegels()] == list(Logregel.objects.order_by("pk").values_list("pk", flat=True))
    controleer()


@HEEL
def test_rows_that_come_past_the_application_are_sealed_too() -> None:
    schrijf()
    sql(
        "INSERT INTO casussen_logregel"
        " (actor_soort, daad, object_soort, object_id, namens_soort, request_id, velden)"
        " SELECT 'klok', 'las', '', n::text, '', '', '{a,b}' FROM generate_series(1, 30) n"
    )
    assert [nummer for _pk, nummer in zegels()] == list(range(1, 32))
    assert "31 regels" in controleer()


@pytest.mark.django_db
def test_the_moment_is_the_clock_of_the_database_whatever_is_given() -> None:
    vroeger = datetime(2020, 1, 1, tzinfo=UTC)
    regel = Logregel.objects.create(actor_soort="klok", daad="las", op=vroeger)
    bewaard = Logregel.objects.get(pk=regel.pk)
    assert timedelta() <= timezone.now() - bewaard.op < timedelta(minutes=5)
    assert schrijf()[0].op > bewaard.op


@pytest.mark.django_db
def test_lines_from_before_the_seals_are_sealed_when_the_seals_come() -> None:
    schrijf(2)
    verzegel()
    (stap,) = [
        operatie
        for migratie in MigrationLoader(connection).disk_migrations.values()
        for operatie in migratie.operations
        if isinstance(operatie, RunSQL) and "casussen_verzegel()" in str(operatie.sql)
    ]
    sql(str(stap.reverse_sql))
    regels = schrijf(5)
    assert len(zegels()) == 2
    sql(str(stap.sql))
    assert zegels()[2:] == [(regel.pk, nummer) for nummer, regel in enumerate(regels, start=3)]
    controleer()


# The text of a line


def test_every_column_is_in_the_seal() -> None:
    assert {veld.column for veld in Logregel._meta.fields} == set(logketen.KOLOMMEN)


tekst = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)


@pytest.mark.django_db
@hypothesis_settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    woorden=st.lists(tekst, min_size=6, max_size=6),
    ids=st.lists(st.none() | st.uuids(), min_size=3, max_size=3),
    medewerker=st.none() | st.integers(0, 2**63 - 1),
    bron=st.none() | st.ip_addresses(),
    velden=st.lists(tekst, max_size=3),
)
def test_the_check_makes_the_same_seal_as_the_database_whatever_a_line_holds(
    woorden: list[str], ids: list[UUID | None], medewerker: int | None, bron: object, velden: list[str]
) -> None:
    soort, daad, object_soort, object_id, namens_soort, request_id = woorden
    actor_id, casus_id, namens_id = ids
    Logregel.objects.create(
        actor_soort=soort, actor_id=actor_id, medewerker_id=medewerker, casus_id=casus_id, daad=daad,
        object_soort=object_soort, object_id=object_id, namens_soort=namens_soort, namens_id=namens_id,
        request_id=request_id, bron=str(bron) if bron else None, velden=velden,
    )  # fmt: skip
    verzegel()
    controleer()


# Many at the same time


@HEEL
def test_eight_connections_that_write_fifty_lines_each_make_one_chain() -> None:
    fouten: list[BaseException] = []
    samen = threading.Barrier(8)

    def schrijf_vijftig() -> None:
        try:
            samen.wait()
            for _keer in range(10):
                with transaction.atomic():
                    schrijf(4)
                with transaction.atomic():
                    schrijf(2)
                    transaction.set_rollback(True)
                schrijf()
        except BaseException as fout:
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=schrijf_vijftig) for _nummer in range(8)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert not fouten
    assert [nummer for _pk, nummer in zegels()] == list(range(1, 8 * 50 + 1))
    assert "400 regels" in controleer()


@HEEL
def test_sealing_waits_until_the_foreign_keys_are_checked_so_that_two_never_wait_for_each_other(
    kuipers: Kuipers,
) -> None:
    """One writes its line first and then a row of the casus; the other holds the casus and then writes its line."""
    uitkomst: list[object] = []

    def schrijf_en_voeg_toe() -> None:
        try:
            with transaction.atomic():
                schrijf()
                Gezinslid.objects.create(pk=uuid4(), casus=kuipers.casus, naam="Tante Fenna", relatie="iemand anders")
            uitkomst.append("bewaard")
        except Exception as fout:  # the test looks at what it is
            uitkomst.append(fout)
        finally:
            connection.close()

    draad = threading.Thread(target=schrijf_en_voeg_toe)
    with transaction.atomic():
        slot(kuipers.casus)
        draad.start()
        wacht_op_wachtenden(1)
        schrijf()
    draad.join()
    assert uitkomst == ["bewaard"]
    controleer()
