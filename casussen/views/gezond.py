"""Whether everything runs, for whoever watches over the site."""

import logging
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from casussen.berichten import bundel, wachtrij
from casussen.models import Hartslag
from casussen.views import deur

log = logging.getLogger(__name__)

OUDSTE_HARTSLAG = timedelta(minutes=5)
OUDSTE_BERICHT = timedelta(minutes=15)


@login_not_required
@require_safe
def gezond(request: HttpRequest) -> JsonResponse:
    """Out: 200 when all is well, 503 when something fails; ages in whole seconds, null when there is nothing.

    A site that just started has no heartbeat yet and says 503 for a minute: that tells a watcher the truth, so do not
    restart the web server for it. Nothing here is secret and nothing is about a family.
    """
    nu = deur.nu()
    database, hartslag, bericht = _uit_de_database(nu)
    broker = wachtrij.is_bereikbaar()
    klok_loopt = hartslag is not None and hartslag <= OUDSTE_HARTSLAG
    mail_gaat = bericht is None or bericht <= OUDSTE_BERICHT
    ok = database and broker and klok_loopt and mail_gaat
    stand = {
        "ok": ok,
        "database": database,
        "broker": broker,
        "hartslag_seconden": _seconden(hartslag),
        "oudste_bericht_seconden": _seconden(bericht),
    }
    return JsonResponse(stand, status=200 if ok else 503)


def _uit_de_database(nu: datetime) -> tuple[bool, timedelta | None, timedelta | None]:
    """Whether the database answers, the age of the last heartbeat, and how long the oldest mail has been waiting."""
    try:
        hartslag = Hartslag.objects.filter(naam="klok").values_list("op", flat=True).first()
        wacht = bundel.te_versturen(nu).values_list("niet_voor", flat=True).first()
    except Error as fout:
        log.warning("no database: %s", type(fout).__name__)
        # A broken connection is not to be used again by the next request.
        connection.close()
        return False, None, None
    return True, nu - hartslag if hartslag else None, nu - wacht if wacht else None


def _seconden(duur: timedelta | None) -> int | None:
    return None if duur is None else int(duur.total_seconds())
