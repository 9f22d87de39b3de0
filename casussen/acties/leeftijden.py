"""The daily clock: a young person becomes 12, 16 or 18, so others are asked from that day on."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from casussen import berichten, logboek
from casussen.actor import Actor
from casussen.models import Bericht, Gezinslid
from casussen.models.bericht import BerichtSoort
from casussen.toestemming.leeftijd import Overgang, eerste_geboortedag, overgang


def kondig_leeftijden_aan(*, door: Actor, op: date) -> int:
    """Mails the coordinator 30 days before somebody becomes 12, 16 or 18; whoever calls this also sends the mails.

    in: the clock or an operator, the day; out: how many mails are new. Once per person and age, also when it runs
    twice or the coordinator changes; a day that was missed is caught up until 30 days after the birthday.
    """
    jong = Gezinslid.objects.filter(
        geboren__gte=eerste_geboortedag(op), weg_op__isnull=True, casus__afgesloten_op=None,
        casus__coordinator__is_active=True,
    ).select_related("casus__coordinator")  # fmt: skip
    komend = [dag for lid in jong if (dag := overgang(lid, op)) and _geldt(dag)]
    return sum(_kondig_aan(door, dag) for dag in komend)


def _geldt(dag: Overgang) -> bool:
    """Somebody who was only added after the birthday does not change."""
    return timezone.localdate(dag.lid.gemaakt_op) <= dag.dag


@transaction.atomic
def _kondig_aan(door: Actor, dag: Overgang) -> int:
    casus = dag.lid.casus
    oorzaak = f"leeftijd:{dag.lid.pk}:{dag.jaren}"
    if Bericht.objects.filter(casus=casus, sleutel__startswith=f"{oorzaak}:").exists():
        return 0
    if not berichten.zet_klaar(
        soort=BerichtSoort.LEEFTIJD, aan=casus.coordinator, casus=casus, oorzaak=oorzaak, datum=dag.dag
    ):
        return 0
    logboek.schrijf(door=door, daad="kondigde_leeftijd_aan", casus_id=casus.pk, over=dag.lid, velden=[str(dag.jaren)])
    return 1
