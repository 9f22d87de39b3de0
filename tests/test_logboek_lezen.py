"""Every reading leaves a line: whole pages, parts of pages, the page after a mistake, a link, a list, paper."""

from typing import Any

from django.test import Client
from django.utils import timezone

from casussen.acties.vaststellen import stel_vast
from casussen.berichten import links
from casussen.models import Deelnemer, Gezinslid, Logregel
from tests.cast import Kuipers
from tests.gezinslink import met_code
from tests.ketting import als_superuser, sql

HTMX = {"HX-Request": "true"}


class Nieuw:
    """The lines that came since this was made."""

    def __init__(self) -> None:
        self._al = set(Logregel.objects.values_list("pk", flat=True))

    def __call__(self) -> list[tuple[str, list[str]]]:
        """Deed and fields, the first one first."""
        regels = Logregel.objects.exclude(pk__in=self._al).order_by("pk")
        return [(regel.daad, regel.velden) for regel in regels]


def pad(kuipers: Kuipers, rest: str = "") -> str:
    return f"/casussen/{kuipers.casus.pk}/{rest}"


def link_van(mens: Deelnemer | Gezinslid) -> str:
    return "/" + links.maak_link(mens, nu=timezone.now())[0].split("/", 3)[3]


def te_kort() -> dict[str, Any]:
    """A family member without a name: a mistake."""
    return {"gezinslid-versie": 0, "gezinslid-naam": "", "gezinslid-relatie": "vader"}


def test_a_part_of_a_page_counts_too_but_not_for_every_letter_that_is_typed(
    als_sanne: Client, kuipers: Kuipers
) -> None:
    nieuw = Nieuw()
    for letter in ("i", "il", "ils"):
        als_sanne.get(pad(kuipers, "stap/2/"), {"zoek": letter}, headers=HTMX)
    als_sanne.get(pad(kuipers, f"gezinslid/{kuipers.esra.pk}/"), headers=HTMX)
    assert nieuw() == [("las", ["stap2"]), ("las", ["gezinslid"])]


def test_whoever_says_to_be_a_fragment_cannot_read_without_a_line(als_sanne: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    antwoord = als_sanne.get(pad(kuipers), headers=HTMX)
    assert "Kuipers" in antwoord.content.decode()
    assert nieuw() == [("las", ["stand"])]


def test_a_whole_page_counts_every_time(als_sanne: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    for _keer in range(3):
        als_sanne.get(pad(kuipers, "stap/2/"))
    assert nieuw() == [("las", ["stap2"])] * 3


def test_a_page_that_comes_back_after_a_mistake_counts(als_sanne: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    antwoord = als_sanne.post(pad(kuipers, f"gezinslid/{kuipers.bart.pk}/"), te_kort())
    assert antwoord.status_code == 200
    assert "Esra Demir" in antwoord.content.decode()
    assert nieuw() == [("las", ["gezinslid"])]
    # With what was read just before it is one reading.
    als_sanne.post(pad(kuipers, f"gezinslid/{kuipers.bart.pk}/"), te_kort())
    assert len(nieuw()) == 1


def test_after_ten_minutes_it_counts_again(als_sanne: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    als_sanne.get(pad(kuipers, "stap/2/"), headers=HTMX)
    with als_superuser():
        sql("UPDATE casussen_logregel SET op = op - interval '11 minutes'")
    als_sanne.get(pad(kuipers, "stap/2/"), headers=HTMX)
    assert nieuw() == [("las", ["stap2"])] * 2


def test_what_somebody_else_read_does_not_count_for_me(client: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    for mens in (kuipers.teams.sanne, kuipers.teams.joost):
        client.force_login(mens)
        client.get(pad(kuipers, "stap/2/"), headers=HTMX)
    assert len([regel for regel in nieuw() if regel == ("las", ["stap2"])]) == 2


def test_a_deed_that_is_done_leaves_its_own_line(als_sanne: Client, kuipers: Kuipers) -> None:
    als_sanne.get(pad(kuipers, "stap/1/"))
    nieuw = Nieuw()
    als_sanne.post(
        pad(kuipers, "antwoord/wie_mist/"), {"wie_mist-versie": 0, "wie_mist-tekst": "De trainer."}, headers=HTMX
    )
    assert nieuw() == [("schreef_antwoord", ["wie_mist"])]


def test_opening_the_own_link_counts_and_a_scanner_that_only_asks_for_the_head_reads_nothing(kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    client = Client()
    taak, overzicht = link_van(kuipers.ilse), met_code(client, kuipers.bart)
    nieuw = Nieuw()
    assert Client().head(taak).content == b""
    assert nieuw() == []
    client.get(taak)
    client.get(overzicht)
    client.get(overzicht + "overzicht.pdf")
    client.get(overzicht + "wie-keek/")
    assert nieuw() == [
        ("las", ["taak_welkom"]), ("las", ["gezin"]), ("las", ["gezin_pdf"]), ("drukte_af", []),
        ("las", ["gezin_wie_keek"]),
    ]  # fmt: skip


def test_the_last_look_before_fixing_counts(als_sanne: Client, kuipers: Kuipers) -> None:
    nieuw = Nieuw()
    als_sanne.get(pad(kuipers, "vaststellen/"))
    assert nieuw() == [("las", ["vaststellen"])]


def test_the_list_of_families_counts_for_who_sees_families_in_it(client: Client, kuipers: Kuipers) -> None:
    client.force_login(kuipers.teams.sanne)
    nieuw = Nieuw()
    assert "Kuipers" in client.get("/casussen/").content.decode()
    client.force_login(kuipers.teams.mieke)
    assert "Kuipers" not in client.get("/casussen/").content.decode()
    assert [regel for regel in nieuw() if regel[0] == "bekeek_lijst"] == [("bekeek_lijst", [])]


def test_a_line_says_which_request_it_was_and_where_it_came_from(als_sanne: Client, kuipers: Kuipers) -> None:
    antwoord = als_sanne.get(pad(kuipers), REMOTE_ADDR="192.0.2.7")
    regel = Logregel.objects.latest("pk")
    assert regel.bron == "192.0.2.7"
    assert len(regel.request_id) == 32
    assert regel.request_id == antwoord["X-Request-ID"]


def test_a_refusal_is_no_reading(client: Client, kuipers: Kuipers) -> None:
    client.force_login(kuipers.teams.joost)
    nieuw = Nieuw()
    assert client.get(pad(kuipers, "logboek/")).status_code == 403
    client.force_login(kuipers.teams.karin)
    assert client.get(pad(kuipers)).status_code == 404
    assert [regel for regel in nieuw() if regel[0] == "las"] == []
