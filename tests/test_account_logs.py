"""What the log says about signing in: who, from where and how it went, never what was typed."""

from django.test import Client

from casussen.models import Logregel, Medewerker
from tests.accounts import daden, log_in
from tests.cast import Teams

FOUT = "dit-wachtwoord-is-fout"


def _browser(adres: str) -> Client:
    """A browser at this address."""
    return Client(REMOTE_ADDR=adres)


def test_a_failed_try_is_logged_with_the_account_and_never_with_what_was_typed(teams: Teams) -> None:
    raadt = _browser("203.0.113.9")
    log_in(raadt, teams.sanne, FOUT)
    log_in(raadt, Medewerker(email="tikfout-wachtwoord-geheim@noord.example"), FOUT)
    assert daden(teams.sanne) == [("kon_niet_inloggen", [])]
    regels = list(Logregel.objects.filter(daad="kon_niet_inloggen").values())
    assert {regel["bron"] for regel in regels} == {"203.0.113.9"}
    assert "geheim" not in str(regels)
    assert FOUT not in str(regels)


def test_signing_in_and_out_stands_in_the_log_with_where_it_came_from(teams: Teams) -> None:
    client = _browser("198.51.100.4")
    log_in(client, teams.sanne)
    client.post("/uitloggen/")
    regels = Logregel.objects.filter(medewerker_id=teams.sanne.pk, daad__in=["logde_in", "logde_uit"]).order_by("pk")
    assert [(regel.daad, regel.bron) for regel in regels] == [
        ("logde_in", "198.51.100.4"),
        ("logde_uit", "198.51.100.4"),
    ]
