"""The daily clock: mails before an evaluation, and after one that nobody recorded."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from casussen import berichten, logboek
from casussen.actor import Actor
from casussen.models import Bericht, Deelnemer, Evaluatie, Gezinslid, Medewerker, Organisatie, Vaststelling
from casussen.models.bericht import BerichtSoort


def herinner(*, door: Actor, op: date) -> int:
    """Puts the reminders of one day in the outbox; whoever calls this also sends them.

    in: the clock or an operator, the day; out: how many mails are new. Twice on one day, or by two clocks at once,
    gives nothing double. Each evaluation is a transaction of its own. It costs by the evaluations that come up within
    the term of their organisation and those that passed without a reminder, not by all that are planned.
    """
    nadert = [(evaluatie, BerichtSoort.EVALUATIE_NADERT) for evaluatie in _die_naderen(op)]
    voorbij = [(evaluatie, BerichtSoort.EVALUATIE_VOORBIJ) for evaluatie in _die_voorbij_zijn(op)]
    return sum(_herinner_aan(door, evaluatie, soort) for evaluatie, soort in nadert + voorbij)


def ontvangers(evaluatie: Evaluatie) -> list[Medewerker | Deelnemer | Gezinslid]:
    """in: a planned evaluation; out: the coordinator, and the helpers and family members who are there and get mail.

    Whoever is coordinator and helper in one gets the mail for the coordinator only: it leads to the page where the
    evaluation is recorded.
    """
    casus = evaluatie.casus
    coordinator = casus.coordinator
    helpers = {deelnemer.pk for deelnemer in evaluatie.afwezige_deelnemers.all()}
    gezin = {lid.pk for lid in evaluatie.afwezige_gezinsleden.all()}
    mensen: list[Medewerker | Deelnemer | Gezinslid] = [coordinator] if coordinator.is_active else []
    mensen += [
        deelnemer
        for deelnemer in berichten.bereikbare_deelnemers(casus)
        if deelnemer.is_professional
        and deelnemer.pk not in helpers
        and not (coordinator.is_active and _is_dezelfde(deelnemer, coordinator))
    ]
    return mensen + [lid for lid in berichten.gezinsleden_met_mail(casus) if lid.pk not in gezin]


def _is_dezelfde(deelnemer: Deelnemer, coordinator: Medewerker) -> bool:
    zelfde_adres = deelnemer.email.casefold() == coordinator.email.casefold()
    return zelfde_adres or deelnemer.professional_id == coordinator.professional_id


def _gepland() -> QuerySet[Evaluatie]:
    """Planned evaluations of casussen that are open and were fixed at least once."""
    vastgesteld = Vaststelling.objects.filter(casus=OuterRef("casus"))
    return (
        Evaluatie.objects.filter(Exists(vastgesteld), gehouden_op__isnull=True, casus__afgesloten_op=None)
        .select_related("casus__coordinator", "casus__team__organisatie")
        .prefetch_related("afwezige_deelnemers", "afwezige_gezinsleden")
        .order_by("datum", "id")
    )


def _die_naderen(op: date) -> Iterator[Evaluatie]:
    # One query per term, so that each asks the index on the date for its own few days.
    termijnen = Organisatie.objects.filter(teams__isnull=False).values_list("herinnering_dagen", flat=True)
    for dagen in termijnen.order_by("herinnering_dagen").distinct():
        yield from _gepland().filter(
            datum__range=(op, op + timedelta(days=dagen)), casus__team__organisatie__herinnering_dagen=dagen
        )


def _die_voorbij_zijn(op: date) -> QuerySet[Evaluatie]:
    al_herinnerd = Bericht.objects.filter(
        casus=OuterRef("casus"), datum=OuterRef("datum"), soort=BerichtSoort.EVALUATIE_VOORBIJ
    )
    return _gepland().filter(~Exists(al_herinnerd), datum__lt=op)


@transaction.atomic
def _herinner_aan(door: Actor, evaluatie: Evaluatie, soort: BerichtSoort) -> int:
    nieuw = sum(
        berichten.zet_klaar(
            soort=soort,
            aan=persoon,
            casus=evaluatie.casus,
            oorzaak=f"evaluatie:{evaluatie.pk}:{evaluatie.datum}",
            datum=evaluatie.datum,
        )
        is not None
        for persoon in ontvangers(evaluatie)
    )
    if nieuw:
        logboek.schrijf(
            door=door,
            daad="zette_herinnering_klaar",
            casus_id=evaluatie.casus_id,
            over=evaluatie,
            velden=[soort],
        )
    return nieuw
