"""Emergency access afterwards: for the coordinator with the reason, for a beheerder without the family."""

from datetime import datetime, timedelta

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from casussen import logboek
from casussen.models import Casus, Logregel, Noodtoegang, Organisatie

# The page of a casus shows what happened lately; the log keeps everything.
KORT_GELEDEN = timedelta(days=30)


def van_casus(casus: Casus, nu: datetime) -> QuerySet[Noodtoegang]:
    """in: a casus, the moment; out: what happened lately, with `keer`, the last one first."""
    return _met_keer(casus.noodtoegangen.filter(van__gt=nu - KORT_GELEDEN))


def van_organisaties(organisaties: QuerySet[Organisatie]) -> QuerySet[Noodtoegang]:
    """in: organisations; out: all emergency access to their casussen, with `keer`, the last one first."""
    gebruikt = Noodtoegang.objects.filter(casus__team__organisatie__in=organisaties)
    return _met_keer(gebruikt).select_related("medewerker", "casus__team", "casus__coordinator")


def _met_keer(gebruikt: QuerySet[Noodtoegang]) -> QuerySet[Noodtoegang]:
    """`keer`: how many pages were read during it."""
    gelezen = Logregel.objects.filter(
        casus_id=OuterRef("casus_id"),
        medewerker_id=OuterRef("medewerker_id"),
        daad="las",
        op__range=(OuterRef("van"), OuterRef("tot")),
        velden__contains=[logboek.NOODTOEGANG],
    )
    keer = gelezen.order_by().values("casus_id").annotate(aantal=Count("pk")).values("aantal")
    geteld = Coalesce(Subquery(keer, output_field=IntegerField()), 0)
    return gebruikt.annotate(keer=geteld).select_related("medewerker").order_by("-van")
