"""Somebody else was first, or the other window was: the page says so, and what was typed is still there."""

from uuid import uuid4

from django.test import Client
from django.utils import timezone

from casussen.acties.casus import begin_casus
from casussen.acties.gezin import zet_gezinslid
from casussen.acties.verzoeken import neem_verzoek_op
from casussen.models import Casus, Verzoek
from tests import cast
from tests.cast import Kuipers
from tests.gegevens import beslis, vraag

TEKST = "Dit is wat ik lang heb zitten typen."


def test_a_request_that_was_decided_meanwhile(kuipers: Kuipers, als_sanne: Client) -> None:
    verzoek = vraag(kuipers, kuipers.bart, "inzage")
    plek = f"/casussen/{kuipers.casus.pk}/verzoek/{verzoek.pk}/"
    beslis(kuipers, verzoek)
    for rest, velden in (("", {"besluit": "nee"}), ("verleng/", {})):
        html = als_sanne.post(plek + rest, {**velden, "reden": TEKST}).content.decode()
        assert "Over dit verzoek is al besloten" in html
        assert TEKST in html
    verzoek.refresh_from_db()
    assert (verzoek.besluit, verzoek.verlengd_op) == ("ja", None)


def test_a_form_for_a_request_that_was_used_for_another_family(kuipers: Kuipers, als_sanne: Client) -> None:
    door = cast.deur(kuipers.teams.sanne)
    ander = begin_casus(
        door=door,
        pk=uuid4(),
        naam="Gezin Smit",
        soort="jeugd",
        team=kuipers.teams.noord,
        coordinator=kuipers.teams.sanne,
    )
    lid = zet_gezinslid(door=door, casus=ander, pk=uuid4(), versie=0, velden={"naam": "Ans Smit", "relatie": "moeder"})
    pk = uuid4()
    neem_verzoek_op(
        door=door, casus=ander, pk=pk, gezinslid=lid, soort="inzage", tekst="", ontvangen_op=timezone.localdate()
    )
    velden = {
        "id": pk, "gezinslid": kuipers.bart.pk, "soort": "correctie", "tekst": TEKST,
        "ontvangen_op": timezone.localdate().isoformat(),
    }  # fmt: skip
    antwoord = als_sanne.post(f"/casussen/{kuipers.casus.pk}/verzoek/nieuw/", velden)
    assert antwoord.status_code == 200
    assert TEKST in antwoord.content.decode()
    assert Verzoek.objects.get().casus == ander
    assert Casus.objects.count() == 2
