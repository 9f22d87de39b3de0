"""Looking back together as an entry in somebody's calendar: a date and whom to call, and nothing of the family.

A calendar is read on many screens, and shared. So no name of the family, no place (free text may hold one) and no
address of a link is ever in it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from casussen.berichten.links import hash_van
from casussen.models import Agendafeed, Deelnemer, Evaluatie, Medewerker, Professional, Vaststelling
from casussen.models.toestemming import Onderdeel
from casussen.toestemming import meelezen

# How long it takes when nobody said until when.
ZONDER_EINDE = timedelta(hours=1)
NAAM = "Handreiking"


@dataclass(frozen=True)
class Gesprek:
    """One planned evaluation as it was fixed. `nummer` is that of the version: it grows whenever something moves."""

    pk: UUID
    nummer: int
    vastgesteld_op: datetime
    datum: date
    van: time | None
    tot: time | None
    coordinator: Medewerker


def van_delen(delen: Collection[Deelnemer], op: date) -> dict[UUID, Gesprek]:
    """When some helpers look back together.

    in: parts that somebody has now in open casussen (with casus__coordinator__professional, casus__team and
    professional selected), the day; out: the evaluation of each to which this person is invited and which he may read,
    by id of the part. As in overzicht/taak.py only what is fixed counts. As many queries for one part as for a hundred.
    """
    casussen = {deel.casus_id for deel in delen}
    versies = {
        versie.casus_id: versie
        for versie in Vaststelling.objects.filter(casus__in=casussen)
        .order_by("casus_id", "-nummer")
        .distinct("casus_id")
    }
    gepland, gehouden = _evaluaties(casussen)
    leest = meelezen.van_deelnemers(delen, op)
    gesprekken = {}
    for deel in delen:
        versie, evaluatie = versies.get(deel.casus_id), gepland.get(deel.casus_id)
        meelezer = leest[deel.pk]
        onderdelen = frozenset(Onderdeel) if meelezer is None else meelezer.onderdelen
        if versie is None or evaluatie is None or not {Onderdeel.NAAM, Onderdeel.TERUGKIJKEN} <= onderdelen:
            continue
        # One is planned at a time. Was one held since this version, then the planned one is not fixed yet.
        is_deze = deel.casus_id not in gehouden or gehouden[deel.casus_id] <= versie.op
        if is_deze and _is_uitgenodigd(deel, versie.inhoud):
            gesprekken[deel.pk] = _gesprek(evaluatie, versie, deel.casus.coordinator)
    return gesprekken


def van_feed(feed: Agendafeed, op: date) -> list[Gesprek]:
    """in: somebody's calendar address, the day; out: the evaluations of all families in which he takes part now."""
    delen = list(
        Deelnemer.objects.filter(professional=feed.professional_id, tot__isnull=True, casus__afgesloten_op=None)
        .select_related("casus__team", "casus__coordinator__professional", "professional")
        .order_by("gemaakt_op", "id")
    )
    return list(van_delen(delen, op).values())


def open_feed(professional: Professional) -> Agendafeed | None:
    """in: somebody of the address book; out: the calendar address that works now, if any."""
    return Agendafeed.objects.filter(professional=professional, ingetrokken_op__isnull=True).first()


def zoek_feed(token: str) -> Agendafeed | None:
    """in: a token from an address; out: its row, None when it was taken back or never made (one query for each)."""
    return Agendafeed.objects.filter(token_hash=hash_van(token), ingetrokken_op__isnull=True).first()


def _evaluaties(casussen: Collection[UUID]) -> tuple[dict[UUID, Evaluatie], dict[UUID, datetime]]:
    """Per casus the one that is planned, and when the last one was recorded."""
    gepland, gehouden = {}, {}
    for evaluatie in Evaluatie.objects.filter(casus__in=casussen).order_by("gehouden_op"):
        if evaluatie.gehouden_op is None:
            gepland[evaluatie.casus_id] = evaluatie
        else:
            gehouden[evaluatie.casus_id] = evaluatie.gehouden_op
    return gepland, gehouden


def _is_uitgenodigd(deel: Deelnemer, opname: dict[str, Any]) -> bool:
    ik = str(deel.pk)
    return ik in {rij["id"] for rij in opname["deelnemers"]} and ik not in opname["evaluatie"]["afwezig"]


def _gesprek(evaluatie: Evaluatie, versie: Vaststelling, coordinator: Medewerker) -> Gesprek:
    vast = versie.inhoud["evaluatie"]
    van, tot = (time.fromisoformat(vast[naam]) if vast[naam] else None for naam in ("van", "tot"))
    return Gesprek(
        pk=evaluatie.pk,
        nummer=versie.nummer,
        vastgesteld_op=versie.op,
        datum=date.fromisoformat(vast["datum"]),
        van=van,
        tot=tot,
        coordinator=coordinator,
    )


def ics(gesprekken: Iterable[Gesprek]) -> bytes:
    """in: evaluations; out: them as one calendar (RFC 5545), the same bytes as long as nothing changes."""
    agenda = Calendar()
    agenda.add("prodid", "-//Handreiking//agenda//NL")
    agenda.add("version", "2.0")
    agenda.add("method", "PUBLISH")
    agenda.add("x-wr-calname", NAAM)
    agenda.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for gesprek in gesprekken:
        agenda.add_component(_event(gesprek))
    return bytes(agenda.to_ical())


def _event(gesprek: Gesprek) -> Event:
    event = Event()
    event.add("uid", f"evaluatie-{gesprek.pk}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", gesprek.nummer)
    event.add("dtstamp", gesprek.vastgesteld_op.astimezone(UTC))
    for naam, moment in zip(("dtstart", "dtend"), _wanneer(gesprek), strict=True):
        event.add(naam, moment)
    # Without an hour it says which day it is, and keeps nobody from other work.
    event.add("transp", "OPAQUE" if gesprek.van else "TRANSPARENT")
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    event.add("summary", _("Samen terugkijken"))
    event.add("description", _zinnen(gesprek.coordinator))
    return event


def _wanneer(gesprek: Gesprek) -> tuple[date, date]:
    """Begin and end: days when the hour is not known, else in UTC, so that no calendar can take the wrong zone."""
    if gesprek.van is None:
        return gesprek.datum, gesprek.datum + timedelta(days=1)
    begin, einde = (_in_utc(gesprek.datum, uur or gesprek.van) for uur in (gesprek.van, gesprek.tot))
    return begin, einde if einde > begin else begin + ZONDER_EINDE


def _in_utc(dag: date, uur: time) -> datetime:
    return datetime.combine(dag, uur, ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def _zinnen(coordinator: Medewerker) -> str:
    professional = coordinator.professional
    nummer = professional.telefoon if professional else ""
    zin = _("Vragen? Bel %(naam)s: %(nummer)s.") if nummer else _("Vragen? Mail %(naam)s: %(mail)s.")
    bellen = zin % {"naam": coordinator.naam, "nummer": nummer, "mail": coordinator.email}
    return f"{_('Waar en met wie lees je achter je link.')}\n{bellen}"
