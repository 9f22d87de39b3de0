"""Chasing: who was asked and did not answer is asked again, and then the coordinator hears of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek
from casussen.acties.basis import open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten.ritme import van_persoon
from casussen.models import Bericht, Casus, Deelnemer, Medewerker, Professional
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import wachten
from casussen.overzicht.wachten import Wachtende
from casussen.werkdagen import eerste_werkdag, is_werkdag

# So long after one press on "nog eens mailen" a second one does nothing.
RUST = timedelta(hours=1)
PER_KEER = 200


def najagen(*, door: Actor, op: date) -> int:
    """Puts the reminders of one day in the outbox, and the mails to coordinators; whoever calls this also sends them.

    in: the clock or an operator, the day; out: how many mails are new. On a day that is no working day there are
    none. Twice on one day, or by two clocks at once, gives nothing double; of days that were missed only the newest
    reminder leaves. Each casus is a transaction of its own.
    """
    if not is_werkdag(op):
        return 0
    casussen = list(wachten.met_iets_open().select_related("team__organisatie", "coordinator").order_by("pk"))
    nieuw = 0
    for begin in range(0, len(casussen), PER_KEER):
        deel = casussen[begin : begin + PER_KEER]
        per_casus = wachten.zonder_antwoord(deel, op)
        al_klaar = _al_klaar(deel)
        for casus in deel:
            te_doen = [post for post in _te_doen(casus, per_casus[casus.pk], op) if post.sleutel not in al_klaar]
            nieuw += _zet_klaar(door, casus, te_doen) if te_doen else 0
    return nieuw


@dataclass(frozen=True)
class _Post:
    """One mail that must be in the outbox."""

    soort: BerichtSoort
    aan: Deelnemer | Medewerker
    oorzaak: str
    sinds: date

    @property
    def sleutel(self) -> str:
        """Out: its key in the outbox."""
        return berichten.sleutel(self.oorzaak, self.soort, self.aan)


def _al_klaar(casussen: Sequence[Casus]) -> set[str]:
    """The keys of all mails of chasing that these casussen ever had."""
    soorten = (BerichtSoort.NAJAGEN, BerichtSoort.GEEN_ANTWOORD)
    return set(Bericht.objects.filter(casus__in=casussen, soort__in=soorten).values_list("sleutel", flat=True))


def _te_doen(casus: Casus, mensen: Sequence[Wachtende], op: date) -> Iterator[_Post]:
    for mens in mensen:
        stap = _stap(mens, casus.team.organisatie.najaag_dagen, op)
        if stap:
            yield _Post(BerichtSoort.NAJAGEN, mens.deelnemer, wachten.oorzaak(mens.sinds, stap), mens.sinds)
    if casus.coordinator.is_active:
        # One mail about everyone whose last reminder left on the same day.
        dagen = {(mens.sinds, mens.hoort_op) for mens in mensen if mens.hoort_op is not None and mens.hoort_op <= op}
        for sinds, dag in sorted(dagen):
            oorzaak = f"geen-antwoord:{casus.pk}:{sinds}:{dag}"
            yield _Post(BerichtSoort.GEEN_ANTWOORD, casus.coordinator, oorzaak, sinds)


def _stap(mens: Wachtende, stappen: Iterable[int], op: date) -> int:
    """The newest reminder that is due, on a day on which he works; 0: none. A missed one never comes after it."""
    dagen = mens.deelnemer.dagen
    aan_de_beurt = [stap for stap in stappen if wachten.stapdag(mens.sinds, stap, dagen) <= op]
    werkt = eerste_werkdag(op, dagen) == op
    return max(aan_de_beurt) if aan_de_beurt and werkt and not mens.geen_herinneringen else 0


@transaction.atomic
def _zet_klaar(door: Actor, casus: Casus, te_doen: Iterable[_Post]) -> int:
    nieuw = 0
    for post in te_doen:
        bericht = berichten.zet_klaar(
            soort=post.soort, aan=post.aan, casus=casus, oorzaak=post.oorzaak, datum=post.sinds
        )
        if bericht is not None:
            logboek.schrijf(door=door, daad="joeg_na", casus_id=casus.pk, over=bericht.deelnemer, velden=[post.soort])
            nieuw += 1
    return nieuw


@transaction.atomic
def vraag_nog_eens(*, door: Actor, casus: Casus, deelnemer: Deelnemer) -> bool:
    """Mails somebody who did not answer once more, at once: the coordinator's own press.

    in: who, casus, who must answer; out: whether a mail goes (False: this person got one less than an hour ago);
    raises Geweigerd when there is nothing to ask or nobody to reach, PermissionDenied.
    """
    casus = open_casus(door, casus)
    nu = timezone.now()
    mens = _te_vragen(casus, deelnemer, timezone.localdate(nu))
    # Two coordinators may ask the same professional at once; locking him here waits for neither of their casussen.
    list(Professional.objects.select_for_update(no_key=True, of=("self",)).filter(deelnames=mens.deelnemer))
    kort_geleden = Bericht.objects.filter(
        van_persoon(mens.deelnemer), soort=BerichtSoort.NAJAGEN, meteen=True, gemaakt_op__gt=nu - RUST
    )
    if kort_geleden.exists():
        return False
    bericht = berichten.zet_klaar(
        soort=BerichtSoort.NAJAGEN, aan=mens.deelnemer, casus=casus, oorzaak=f"nog-eens:{nu:%Y-%m-%dT%H:%M}",
        datum=mens.sinds, meteen=True,
    )  # fmt: skip
    logboek.schrijf(door=door, daad="vroeg_nog_eens", casus_id=casus.pk, over=deelnemer)
    berichten.wek_postbode()
    return bericht is not None


def _te_vragen(casus: Casus, deelnemer: Deelnemer, op: date) -> Wachtende:
    mensen = wachten.zonder_antwoord([casus], op)[casus.pk]
    mens = next((mens for mens in mensen if mens.deelnemer.pk == deelnemer.pk), None)
    if mens is None:
        raise Geweigerd(
            _("Van deze persoon wordt nu geen antwoord gevraagd. Er is niets verstuurd. Kijk hoe het nu staat.")
        )
    if mens.geen_herinneringen:
        raise Geweigerd(_("Deze persoon wil geen herinneringen per mail. Er is niets verstuurd. Bel liever."))
    return mens
