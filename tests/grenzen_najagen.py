"""What the database refuses of links, codes, threads and chasing (test_models.py)."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.db.models import F
from django.utils import timezone

from casussen.models import (
    Agendafeed,
    Bericht,
    Draad,
    Draadregel,
    Linkverzoek,
    Organisatie,
    Regie,
    Toegangscode,
    Toegangslink,
)
from tests.cast import Kuipers


def _organisatie(k: Kuipers, **velden: Any) -> int:
    return Organisatie.objects.filter(pk=k.teams.noord.organisatie_id).update(**velden)


def _link(k: Kuipers, **velden: Any) -> Toegangslink:
    vast = {"casus": k.casus, "deelnemer": k.ilse, "token_hash": "een", "geldig_tot": timezone.now()}
    return Toegangslink.objects.create(**(vast | velden))


def _code(k: Kuipers, **velden: Any) -> Toegangscode:
    bericht = Bericht.objects.create(
        casus=k.casus, soort="code", deelnemer=k.ilse, sleutel="een code", niet_voor=timezone.now()
    )
    return Toegangscode.objects.create(link=_link(k), bericht=bericht, browser_hash="b" * 64, **velden)


def _feed(k: Kuipers, token: str) -> Agendafeed:
    assert k.ilse.professional is not None
    return Agendafeed.objects.create(professional=k.ilse.professional, token_hash=token)


def _draad(k: Kuipers) -> Draad:
    return Draad.objects.create(casus=k.casus, deelnemer=k.ilse)


def _regel(k: Kuipers, **velden: Any) -> Draadregel:
    return Draadregel.objects.create(draad=_draad(k), **({"tekst": "Mag het later?"} | velden))


def _ja_en_liever_niet(k: Kuipers) -> Regie:
    nu = timezone.now()
    return Regie.objects.create(
        casus=k.casus, deelnemer=k.ilse, functie="vervanger", van=nu, aanvaard_op=nu, geweigerd_op=nu
    )


GRENZEN_NAJAGEN: list[tuple[str, Callable[[Kuipers], object]]] = [
    ("organisatie_najaag_dagen_1_60", lambda k: _organisatie(k, najaag_dagen=[])),
    ("organisatie_najaag_dagen_1_60", lambda k: _organisatie(k, najaag_dagen=[0, 7])),
    ("organisatie_mail_tot_na_van", lambda k: _organisatie(k, mail_van=time(18), mail_tot=F("mail_van"))),
    ("toegangslink_gebonden_met_einde", lambda k: _link(k, browser_hash="b" * 64)),
    ("toegangslink_gebonden_met_einde", lambda k: _link(k, code_tot=timezone.now())),
    ("toegangscode_hooguit_vijf_pogingen", lambda k: _code(k, pogingen=6)),
    ("toegangscode_met_einde", lambda k: _code(k, code_hash="c" * 64)),
    ("linkverzoek_link_of_adres", lambda _k: Linkverzoek.objects.create()),
    ("linkverzoek_link_of_adres", lambda _k: Linkverzoek.objects.create(token_hash="een", email="a@b.example")),
    ("agendafeed_een_open", lambda k: (_feed(k, "een"), _feed(k, "twee"))),
    ("regie_ja_of_liever_niet", _ja_en_liever_niet),
    ("draad_een_open", lambda k: (_draad(k), _draad(k))),
    ("draadregel_antwoord_van_staf", lambda k: _regel(k, soort="antwoord")),
    ("draadregel_antwoord_van_staf", lambda k: _regel(k, soort="vraag", medewerker=k.teams.sanne)),
    ("draadregel_tekst_gevuld", lambda k: _regel(k, soort="vraag", tekst="")),
]
