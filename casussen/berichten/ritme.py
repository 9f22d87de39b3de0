"""When a mail may leave: at most one a day for each person, or one a week for who asked for that.

What is `meteen` stands apart: it leaves at once, and does not count as the mail of that day.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from casussen.models import Bericht, Deelnemer, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.models.organisatie import Mailritme
from casussen.overzicht.wachten import mailritme
from casussen.werkdagen import eerste_werkdag, volgend_moment

# About a day that is near: who gets mail once a week gets it on time too.
OP_TIJD = (BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ)
# What the clock thought of. Nobody pressed a button, so it comes by day, on a working day.
OVERDAG = (BerichtSoort.NAJAGEN, BerichtSoort.GEEN_ANTWOORD, BerichtSoort.LEEFTIJD, BerichtSoort.BEWAREN)
# Another mail to this person is being handed over: look again when it is known what became of it.
EVEN = timedelta(minutes=1)


def van_persoon(aan: Deelnemer | Gezinslid | Medewerker) -> Q:
    """in: who gets mail; out: the condition on Bericht for all mail to that person. A professional is one person in
    all casussen."""
    if isinstance(aan, Medewerker):
        return Q(medewerker=aan.pk)
    if isinstance(aan, Gezinslid):
        return Q(gezinslid=aan.pk)
    if aan.professional_id is not None:
        return Q(deelnemer__professional=aan.professional_id)
    return Q(deelnemer=aan.pk)


def persoon(aan: Deelnemer | Gezinslid | Medewerker) -> str:
    """in: who gets mail; out: a name for that person that is the same in every process."""
    (voorwaarde,) = van_persoon(aan).children
    assert isinstance(voorwaarde, tuple)  # van_persoon gives one condition
    return f"{voorwaarde[0]}:{voorwaarde[1]}"


def vertrekt_op(bericht: Bericht, nu: datetime) -> datetime:
    """in: a row of the outbox that is due, the moment; out: that moment when it may leave now, else when to try again.

    Call it with that person's lock (bundel.py), or another worker may be sending him a mail just now.
    """
    if bericht.meteen or bericht.casus is None:
        return nu
    aan, organisatie = bericht.ontvanger, bericht.casus.team.organisatie
    van, tot = organisatie.mail_van, organisatie.mail_tot
    per_week = _per_week(bericht)
    dagen = _dagen(aan) if per_week or bericht.soort == BerichtSoort.NAJAGEN else ()
    if per_week:
        weekpost = _weekpost(bericht.gemaakt_op, van, dagen)
        if weekpost > nu:
            return weekpost
    ander = Bericht.objects.filter(van_persoon(aan), meteen=False)
    if ander.filter(status=BerichtStatus.BEZIG).exists():
        return nu + EVEN
    vandaag = timezone.localdate(nu)
    if ander.filter(_ging_weg_op(vandaag)).exists():
        return volgend_moment(_begin(vandaag + timedelta(days=1)), van=van, tot=tot, dagen=dagen)
    if per_week or bericht.soort in OVERDAG or _is_uitgesteld(bericht):
        return volgend_moment(nu, van=van, tot=tot, dagen=dagen)
    return nu


def gaat_mee_tot(bericht: Bericht, nu: datetime) -> datetime | None:
    """in: a row that leaves now, the moment; out: what waits for the same person until before that moment goes along.

    That is what waits for today. None: all of it, since this mail came in between the weekly ones.
    """
    if bericht.soort in OP_TIJD and _wil_per_week(bericht):
        return None
    return _begin(timezone.localdate(nu) + timedelta(days=1))


def _wil_per_week(bericht: Bericht) -> bool:
    return bericht.deelnemer is not None and mailritme(bericht.deelnemer) == Mailritme.WEEK


def _per_week(bericht: Bericht) -> bool:
    return bericht.soort not in OP_TIJD and _wil_per_week(bericht)


def _is_uitgesteld(bericht: Bericht) -> bool:
    """Whether it was told to wait, before it was ever tried."""
    return bericht.pogingen == 0 and bericht.niet_voor > bericht.gemaakt_op


def _ging_weg_op(dag: date) -> Q:
    """Mail that left on a day, or perhaps left."""
    binnen = (_begin(dag), _begin(dag + timedelta(days=1)))
    return Q(status=BerichtStatus.VERSTUURD, verstuurd_op__gte=binnen[0], verstuurd_op__lt=binnen[1]) | Q(
        status=BerichtStatus.ONZEKER, bezig_sinds__gte=binnen[0], bezig_sinds__lt=binnen[1]
    )


def _dagen(aan: Deelnemer | Gezinslid | Medewerker) -> set[int]:
    """The weekdays on which a helper works, in one casus or another; empty: unknown."""
    if not isinstance(aan, Deelnemer):
        return set()
    delen = Deelnemer.objects.filter(tot__isnull=True, casus__afgesloten_op=None)
    delen = delen.filter(professional=aan.professional_id) if aan.professional_id else delen.filter(pk=aan.pk)
    return {dag for dagen in delen.values_list("dagen", flat=True) for dag in dagen}


def _weekpost(na: datetime, van: time, dagen: Collection[int]) -> datetime:
    """The first weekly mail after a moment: on somebody's first working day of a week."""
    dag = timezone.localdate(na)
    maandag = dag - timedelta(days=dag.weekday())
    while (moment := _begin(eerste_werkdag(maandag, dagen), van)) < na:
        maandag += timedelta(days=7)
    return moment


def _begin(dag: date, uur: time = time()) -> datetime:
    return timezone.make_aware(datetime.combine(dag, uur))
