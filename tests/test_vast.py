"""What can never be changed, whoever asks: the log is append-only, and a fixed version stays as it was."""

import pytest
from django.db import IntegrityError, connection, transaction

from casussen.acties.vaststellen import stel_vast
from casussen.models import Logregel, Vaststelling
from tests.cast import Kuipers
from tests.daden import alles

# The truncating tests commit: in the others the trigger against TRUNCATE may be off for the test runner.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def versie(kuipers: Kuipers) -> Vaststelling:
    """The first version of the family Kuipers."""
    return stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)


def _weigert(sql: str) -> None:
    with pytest.raises(IntegrityError, match="niet toegestaan"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


LOG = [
    "UPDATE casussen_logregel SET daad = 'niets'",
    "UPDATE casussen_logregel SET op = op WHERE id = (SELECT max(id) FROM casussen_logregel)",
    "DELETE FROM casussen_logregel",
    "DELETE FROM casussen_logregel WHERE id = (SELECT max(id) FROM casussen_logregel)",
    "TRUNCATE casussen_logregel",
    "TRUNCATE casussen_logregel RESTART IDENTITY CASCADE",
    "INSERT INTO casussen_logregel SELECT * FROM casussen_logregel LIMIT 1"
    " ON CONFLICT (id) DO UPDATE SET daad = 'niets'",
]
VERSIE = [
    "UPDATE casussen_vaststelling SET inhoud = '{}'",
    "UPDATE casussen_vaststelling SET nummer = 7",
    "UPDATE casussen_vaststelling SET op = now()",
]


def test_a_line_of_the_log_cannot_be_changed_or_removed(kuipers: Kuipers, subtests: pytest.Subtests) -> None:
    stand = alles(ook_log=True)
    assert stand["casussen.Logregel"]
    for sql in LOG:
        with subtests.test(sql):
            _weigert(sql)
            assert alles(ook_log=True) == stand


def test_the_application_itself_cannot_change_or_remove_a_line_either(kuipers: Kuipers) -> None:
    regel = Logregel.objects.latest("pk")
    regel.daad = "niets"
    with pytest.raises(IntegrityError, match="UPDATE op casussen_logregel"), transaction.atomic():
        regel.save()
    with pytest.raises(IntegrityError, match="DELETE op casussen_logregel"), transaction.atomic():
        Logregel.objects.all().delete()
    assert Logregel.objects.filter(daad="niets").count() == 0


def test_a_line_stays_when_the_casus_is_gone(kuipers: Kuipers) -> None:
    pk, aantal = kuipers.casus.pk, Logregel.objects.count()
    kuipers.casus.delete()
    assert Logregel.objects.count() == aantal
    assert Logregel.objects.filter(casus_id=pk, daad="begon").exists()


def test_a_fixed_version_cannot_be_changed(versie: Vaststelling, subtests: pytest.Subtests) -> None:
    stand = alles()
    for sql in VERSIE:
        with subtests.test(sql):
            _weigert(sql)
            assert alles() == stand


def test_the_application_itself_cannot_change_a_fixed_version_either(versie: Vaststelling) -> None:
    versie.inhoud = {**versie.inhoud, "naam": "Gezin Anders"}
    with pytest.raises(IntegrityError, match="UPDATE op casussen_vaststelling"), transaction.atomic():
        versie.save()
    versie.refresh_from_db()
    assert versie.inhoud["naam"] == "Gezin Kuipers"
