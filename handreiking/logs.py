"""What the programs write to their logs: one line each, and no data about anybody.

Tokens in addresses, query strings, e-mail addresses and the messages of exceptions never get in, whoever logs them:
Django, gunicorn, Celery or ourselves. What an exception says may hold what somebody typed ("Key (email)=(…) already
exists"), so only its type, the lines of code and the name of a broken constraint stay.
"""

import logging
import re
import traceback
from collections.abc import Iterator
from typing import Any

from psycopg import Error as DatabaseError
from pythonjsonlogger.core import LogData
from pythonjsonlogger.json import JsonFormatter

FIELDS = ("time", "level", "logger", "message", "request_id", "exception")
HIDDEN = "…"

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_RULES = [
    # A link or an invitation, however short the token.
    (re.compile(r"/(t|o|uitnodiging|agenda|mail)/[^/\s\"'?]+"), rf"/\1/{HIDDEN}"),
    # Any other long part of an address that is not the id of a record: keys to choose a new password and the like.
    (re.compile(rf"/(?!{_UUID}(?:[/\s\"'?.]|$))[^/\s\"'?]{{20,}}(?=/|\s|\"|'|\?|$)"), f"/{HIDDEN}"),
    (re.compile(r"(/[^\s\"'?]*)\?[^\s\"']*"), rf"\1?{HIDDEN}"),
    (re.compile(r"[^\s<>\"'=,;()\[\]]+@[^\s<>\"'=,;()\[\]]+"), HIDDEN),
    # gunicorn, about a request that it could not read.
    (re.compile(r"(Invalid request) from ip=.*", re.DOTALL), r"\1"),
]


def without_data(text: str) -> str:
    """in: a line for the log; out: the same without tokens, query strings and e-mail addresses."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def without_values(error: BaseException) -> str:
    """in: an exception; out: its type and lines of code, and those of its causes, without what any of them says."""
    return "\n".join("".join(traceback.format_tb(one.__traceback__)) + _kind(one) for one in reversed([*_chain(error)]))


class WithoutData(logging.Filter):
    """Takes data out of a record before any formatter sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """in: a record; out: always True; the record itself is changed."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        message = _message(record)
        for one in _chain(error):
            for said in filter(None, (repr(one), str(one))):
                message = message.replace(said, type(one).__name__)
        record.msg, record.args = without_data(message), None
        record.exc_info, record.stack_info = None, None
        record.exc_text = without_values(error) if error else None
        return True


class Json(JsonFormatter):
    """One line of JSON per record, with these fields and no others: libraries hang whole requests on a record."""

    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "exc_info": "exception"}
        super().__init__(["levelname", "name", "message", "request_id"], rename_fields=names, timestamp="time")

    def process_log_record(self, log_data: LogData) -> LogData:
        """in: all that the library gathered; out: our fields, in our order."""
        return {name: log_data[name] for name in FIELDS if log_data.get(name)}


def config(*, level: str, human: bool) -> dict[str, Any]:
    """in: the lowest level, whether a person reads along at a terminal; out: the settings of Python's logging."""
    everything_to_root: dict[str, Any] = {"handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request_id": {"()": "django_guid.log_filters.CorrelationId", "correlation_id_field": "request_id"},
            "without_data": {"()": "handreiking.logs.WithoutData"},
        },
        "formatters": {
            "human": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": "handreiking.logs.Json"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "human" if human else "json",
                "filters": ["request_id", "without_data"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Their own handlers would write the same line again, with everything in it.
            **dict.fromkeys(("django", "django.server", "gunicorn.error", "gunicorn.access"), everything_to_root),
            # It would tell of every request that it has a number.
            "django_guid": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }


def _message(record: logging.LogRecord) -> str:
    """What the record says; an exception that is part of it becomes its type."""
    if isinstance(record.args, tuple):
        record.args = tuple(_kind(part) if isinstance(part, BaseException) else part for part in record.args)
    return _kind(record.msg) if isinstance(record.msg, BaseException) else record.getMessage()


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, what it came from, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    """The type; of an error of the database also its code and the constraint, which are never data."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if not isinstance(error, DatabaseError):
        return name
    return " ".join([name, *filter(None, (error.sqlstate, error.diag.constraint_name))])
