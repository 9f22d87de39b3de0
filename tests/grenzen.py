"""What the database refuses of emergency access, handing over, invitations, seals and mail (test_models.py)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from casussen.models import Bericht, Logzegel, Noodtoegang, Teamoverdracht, Uitnodiging
from tests.cast import Kuipers


def _noodtoegang(k: Kuipers, **velden: Any) -> Noodtoegang:
    nu = timezone.now()
    vast = {"casus": k.casus, "medewerker": k.teams.karin, "reden": "Er belde iemand.", "van": nu}
    return Noodtoegang.objects.create(**(vast | {"tot": nu + timedelta(hours=1)} | velden))


def _overdracht(k: Kuipers, **velden: Any) -> Teamoverdracht:
    vast = {"casus": k.casus, "van_team": k.teams.noord, "naar_team": k.teams.zuid, "reden": "Verhuisd."}
    return Teamoverdracht.objects.create(**(vast | {"door": k.teams.sanne, "op": timezone.now()} | velden))


def _uitnodiging(k: Kuipers, **velden: Any) -> Uitnodiging:
    vast = {"medewerker": k.teams.joost, "organisatie": k.teams.noord.organisatie}
    return Uitnodiging.objects.create(**(vast | velden))


def _twee_open(k: Kuipers) -> None:
    _uitnodiging(k)
    _uitnodiging(k)


def _twee_zegels(k: Kuipers) -> None:
    for regel in (-1, -2):
        Logzegel.objects.create(logregel_id=regel, dag=timezone.localdate(), nummer=1_000_000, hash="0" * 64)


def _los_bericht(k: Kuipers) -> Bericht:
    return Bericht.objects.create(soort="taak", deelnemer=k.ilse, sleutel="zonder casus", niet_voor=timezone.now())


GRENZEN: list[tuple[str, Callable[[Kuipers], object]]] = [
    ("noodtoegang_reden_gevuld", lambda k: _noodtoegang(k, reden="")),
    ("noodtoegang_tot_na_van", lambda k: _noodtoegang(k, tot=timezone.now() - timedelta(hours=1))),
    ("teamoverdracht_reden_gevuld", lambda k: _overdracht(k, reden="")),
    ("teamoverdracht_naar_een_ander_team", lambda k: _overdracht(k, naar_team=k.teams.noord)),
    ("uitnodiging_een_open", _twee_open),
    ("uitnodiging_link_met_einde", lambda k: _uitnodiging(k, token_hash="0" * 64)),
    ("uitnodiging_link_met_einde", lambda k: _uitnodiging(k, geldig_tot=timezone.now())),
    ("logzegel_nummer_per_dag", _twee_zegels),
    ("bericht_zonder_casus_aan_staf", _los_bericht),
]
