"""The broker: waking a worker, and whether it can be reached. Nobody waits for it longer than two seconds."""

import logging

from celery import current_app
from django.db import transaction
from kombu import Connection
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

GEDULD = 2  # seconds
VERSTUUR = "casussen.tasks.verstuur_berichten"


def wek_postbode() -> None:
    """Asks a worker, after this transaction, to empty the outbox. Without a broker the clock does it later."""
    transaction.on_commit(_wek)


def is_bereikbaar() -> bool:
    """Out: whether the broker answers within two seconds."""
    try:
        with _verbinding() as verbinding:
            # Making a channel asks the broker something; only connecting would not notice one that hangs.
            verbinding.default_channel  # noqa: B018 (a property that connects)
    except (OperationalError, OSError) as fout:
        log.warning("no broker: %s", type(fout).__name__)
        return False
    return True


def _wek() -> None:
    try:
        with _verbinding() as verbinding:
            current_app.send_task(VERSTUUR, connection=verbinding, retry=False)
    except (OperationalError, OSError) as fout:
        log.warning("no broker, the clock will send the mail: %s", type(fout).__name__)


def _verbinding() -> Connection:
    geduld = {"socket_connect_timeout": GEDULD, "socket_timeout": GEDULD, "max_retries": 0}
    verbinding: Connection = current_app.connection_for_write(transport_options=geduld)
    return verbinding
