"""Who was asked something by mail and did not answer everything: since when, and what was done about it.

Open is what somebody can answer now: an agreement of the last version that did not change since, and a function that
he was asked to take. Whoever said something about it and waits for the coordinator has nothing open. The clock runs
from the day on which the first mail about it arrived.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, F, Func, JSONField, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from casussen.models import Afspraak, Bericht, Casus, Deelnemer, Gezinslid, Reactie, Regie, Vaststelling
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.models.draad import Draad, Draadregel, RegelSoort
from casussen.models.organisatie import Mailritme
from casussen.models.toestemming import Onderdeel
from casussen.toestemming import meelezen
from casussen.werkdagen import eerste_werkdag, na_werkdagen

# A mail that leads to the page with what is open.
VRAGEN = (BerichtSoort.TAAK, BerichtSoort.WIJZIGING, BerichtSoort.NAJAGEN)


@dataclass(frozen=True)
class Wachtende:
    """Somebody who was asked and did not answer everything.

    `sinds` is the day on which he was asked, `herinnerd` how many reminders left since, `laatst` the day of the last
    one. `hoort_op` is the day from which the coordinator hears of it; None as long as reminders still go.
    `uitgevraagd`: that day has come.
    """

    deelnemer: Deelnemer
    sinds: date
    herinnerd: int
    laatst: date | None
    hoort_op: date | None
    uitgevraagd: bool

    @property
    def belnummer(self) -> str:
        """Out: the number to call, "" when none is known."""
        return self.deelnemer.belnummer

    @property
    def per_week(self) -> bool:
        """Out: whether he wants mail once a week."""
        return mailritme(self.deelnemer) == Mailritme.WEEK

    @property
    def geen_herinneringen(self) -> bool:
        """Out: whether he wants no reminders."""
        return mailritme(self.deelnemer) == Mailritme.GEEN


def mailritme(deelnemer: Deelnemer) -> Mailritme:
    """in: somebody who takes part; out: how often he wants mail. Only a professional can choose."""
    return Mailritme(deelnemer.professional.mailritme) if deelnemer.professional else Mailritme.METEEN


def stapdag(sinds: date, stap: int, dagen: Collection[int]) -> date:
    """in: the day of asking, a step in working days, the weekdays of that person; out: when that reminder leaves."""
    return eerste_werkdag(na_werkdagen(sinds, stap), dagen)


def oorzaak(sinds: date, stap: int) -> str:
    """in: the day of asking, a step; out: what makes that reminder unique for its person."""
    return f"najagen:{sinds}:{stap}"


def met_iets_open() -> QuerySet[Casus]:
    """Out: the open casussen in which some helper has not answered everything, asked or not."""
    afspraken = _onbeantwoord().filter(casus=OuterRef("pk"))
    regie = _gevraagde_regie().filter(casus=OuterRef("pk"))
    return Casus.objects.filter(Exists(afspraken) | Exists(regie), afgesloten_op=None)


def zonder_antwoord(casussen: Collection[Casus], op: date) -> dict[UUID, list[Wachtende]]:
    """Who must still answer, in the order in which they joined.

    in: open casussen (with team__organisatie selected), the day; out: per casus who was asked by a mail that arrived
    and still has something open. He takes part now, has an address and may read along. A fixed number of queries.
    """
    per_casus: dict[UUID, list[Wachtende]] = {casus.pk: [] for casus in casussen}
    open_ = _open_sinds(casussen)
    mensen = _mensen(casussen, op)
    post = _post(open_)
    stappen = {casus.pk: casus.team.organisatie.najaag_dagen for casus in casussen}
    for mens, delen in mensen:
        dingen = [ding for ding in open_.get(mens.pk, []) if ding.deel in delen]
        sinds = _gevraagd_op(dingen, post[mens.pk])
        if sinds is not None and Onderdeel.NAAM in delen:
            per_casus[mens.casus_id].append(_wachtende(mens, sinds, post[mens.pk], stappen[mens.casus_id], op))
    return per_casus


def van_deelnemer(deelnemer: Deelnemer, op: date) -> Wachtende | None:
    """in: somebody who takes part, the day; out: as zonder_antwoord, for this one person."""
    casus = Casus.objects.select_related("team__organisatie").get(pk=deelnemer.casus_id)
    rijen = zonder_antwoord([casus], op)[casus.pk]
    return next((rij for rij in rijen if rij.deelnemer.pk == deelnemer.pk), None)


def heeft_iets_open(deelnemer: Deelnemer) -> bool:
    """in: somebody who takes part; out: whether he can still say something, asked by a mail or not."""
    return _zonder_antwoord().filter(deelnemer=deelnemer).exists() or _zonder_ja().filter(deelnemer=deelnemer).exists()


@dataclass(frozen=True)
class _Ding:
    """One open thing: since when it can be asked, and the part of the page that it is in."""

    sinds: datetime
    deel: Onderdeel


def _zonder_antwoord() -> QuerySet[Afspraak]:
    antwoord = Reactie.objects.filter(
        afspraak=OuterRef("pk"), deelnemer=OuterRef("deelnemer"), inhoud_versie=OuterRef("inhoud_versie")
    )
    return Afspraak.objects.filter(
        ~Exists(antwoord), deelnemer__tot__isnull=True, deelnemer__isnull=False, vervallen_op=None, gedaan_op=None
    )


def _zonder_ja() -> QuerySet[Regie]:
    return Regie.objects.filter(aanvaard_op=None, geweigerd_op=None, tot=None, deelnemer__tot__isnull=True)


def _onbeantwoord() -> QuerySet[Afspraak]:
    """What its owner is waited for: whoever said something waits himself."""
    zei_iets = _wacht_op_staf().filter(Q(afspraak=OuterRef("pk")) | Q(afspraak=None))
    return _zonder_antwoord().filter(~Exists(zei_iets))


def _gevraagde_regie() -> QuerySet[Regie]:
    return _zonder_ja().filter(~Exists(_wacht_op_staf().filter(afspraak=None)))


def _wacht_op_staf() -> QuerySet[Draad]:
    """Open threads of the deelnemer of the outer query in which he had the last word: it is the coordinator's turn."""
    laatste = Draadregel.objects.filter(draad=OuterRef("pk")).order_by("-gemaakt_op", "-id").values("soort")[:1]
    open_ = Draad.objects.filter(deelnemer=OuterRef("deelnemer"), afgerond_op=None)
    return open_.annotate(laatste=Subquery(laatste)).exclude(laatste=RegelSoort.ANTWOORD)


def _open_sinds(casussen: Collection[Casus]) -> dict[UUID, list[_Ding]]:
    """What each deelnemer has open: only what stands in the last version, and only for who does."""
    afspraken = list(_onbeantwoord().filter(casus__in=casussen))
    regies = list(_gevraagde_regie().filter(casus__in=casussen))
    versies = _versies({rij.casus_id for rij in afspraken} | {rij.casus_id for rij in regies})
    open_: dict[UUID, list[_Ding]] = defaultdict(list)
    for afspraak in afspraken:
        paar = (str(afspraak.pk), afspraak.inhoud_versie)
        geschiedenis = versies.get(afspraak.casus_id, [])
        assert afspraak.deelnemer_id is not None  # _onbeantwoord
        if geschiedenis and paar in geschiedenis[-1].afspraken:
            verscheen = next(versie.op for versie in geschiedenis if paar in versie.afspraken)
            open_[afspraak.deelnemer_id].append(_Ding(verscheen, Onderdeel.AFSPRAKEN))
    for regie in regies:
        geschiedenis = versies.get(regie.casus_id, [])
        if geschiedenis and str(regie.deelnemer_id) in geschiedenis[-1].deelnemers:
            open_[regie.deelnemer_id].append(_Ding(regie.van, Onderdeel.NAAM))
    return open_


@dataclass(frozen=True)
class _Versie:
    """What this module needs of one fixed version: its agreements (id, version of the content) and who is in it."""

    op: datetime
    afspraken: frozenset[tuple[str, int]]
    deelnemers: frozenset[str]


def _versies(casussen: Collection[UUID]) -> dict[UUID, list[_Versie]]:
    """Per casus its versions, the first one first. Only ids leave the database, not the texts."""
    rijen = (
        Vaststelling.objects.filter(casus__in=casussen)
        .order_by("casus", "nummer")
        .values_list(
            "casus",
            "op",
            _uit_inhoud("$.afspraken[*].id"),
            _uit_inhoud("$.afspraken[*].inhoud_versie"),
            _uit_inhoud("$.deelnemers[*].id"),
        )
    )
    versies: dict[UUID, list[_Versie]] = defaultdict(list)
    for casus, op, ids, nummers, mensen in rijen:
        versies[casus].append(_Versie(op, frozenset(zip(ids, nummers, strict=True)), frozenset(mensen)))
    return versies


def _uit_inhoud(pad: str) -> Func:
    vraag = "jsonb_path_query_array(%(expressions)s::jsonpath)"
    return Func(F("inhoud"), Value(pad), template=vraag, output_field=JSONField())


def _mensen(casussen: Collection[Casus], op: date) -> list[tuple[Deelnemer, frozenset[Onderdeel]]]:
    """Everyone with an address who takes part, with what he may read now; family and friends read their own part."""
    deelnemers = list(
        Deelnemer.objects.filter(casus__in=casussen, tot__isnull=True)
        .select_related("casus", "professional__organisatie", "netwerklid")
        .prefetch_related("voor_wie")
    )
    gezin = Gezinslid.objects.filter(casus__in=casussen, weg_op__isnull=True)
    delen = {
        mens.pk: meelezer.onderdelen
        for meelezers in meelezen.laad(casussen, deelnemers, gezin, op).values()
        for meelezer in meelezers
        for mens in meelezer.deelnemers
    }
    return [(mens, delen.get(mens.pk, frozenset(Onderdeel))) for mens in deelnemers if mens.email]


def _post(deelnemers: Iterable[UUID]) -> dict[UUID, list[Bericht]]:
    per_mens: dict[UUID, list[Bericht]] = defaultdict(list)
    for bericht in Bericht.objects.filter(deelnemer__in=list(deelnemers), soort__in=VRAGEN).order_by("verstuurd_op"):
        assert bericht.deelnemer_id is not None
        per_mens[bericht.deelnemer_id].append(bericht)
    return per_mens


def _gevraagd_op(dingen: Sequence[_Ding], post: Iterable[Bericht]) -> date | None:
    """The day on which the first mail arrived that was put after the oldest open thing; None: he was never asked."""
    if not dingen:
        return None
    oudste = min(ding.sinds for ding in dingen)
    aangekomen = (
        bericht.verstuurd_op
        for bericht in post
        if bericht.status == BerichtStatus.VERSTUURD and bericht.verstuurd_op and bericht.gemaakt_op >= oudste
    )
    eerste = min(aangekomen, default=None)
    return timezone.localdate(eerste) if eerste else None


def _wachtende(mens: Deelnemer, sinds: date, post: list[Bericht], stappen: Sequence[int], op: date) -> Wachtende:
    herinneringen = [rij for rij in post if rij.soort == BerichtSoort.NAJAGEN and rij.datum == sinds]
    # Rows of one mail left at the same moment.
    momenten = {rij.verstuurd_op for rij in herinneringen if rij.status == BerichtStatus.VERSTUURD and rij.verstuurd_op}
    laatste = _laatste_stap_op(mens, sinds, herinneringen, max(stappen))
    hoort_op = na_werkdagen(laatste, 1) if laatste else None
    return Wachtende(
        deelnemer=mens,
        sinds=sinds,
        herinnerd=len(momenten),
        laatst=timezone.localdate(max(momenten)) if momenten else None,
        hoort_op=hoort_op,
        uitgevraagd=hoort_op is not None and hoort_op <= op,
    )


def _laatste_stap_op(mens: Deelnemer, sinds: date, herinneringen: list[Bericht], stap: int) -> date | None:
    """The day on which the last reminder left, None as long as it did not. Who wants none counts as reminded."""
    if mailritme(mens) == Mailritme.GEEN:
        return stapdag(sinds, stap, mens.dagen)
    rij = next((rij for rij in herinneringen if rij.sleutel.startswith(f"{oorzaak(sinds, stap)}:")), None)
    if rij is None or rij.status in (BerichtStatus.KLAAR, BerichtStatus.BEZIG):
        return None
    return timezone.localdate(rij.verstuurd_op or rij.gemaakt_op)
