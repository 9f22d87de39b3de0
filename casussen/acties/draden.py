"""Threads: what a helper says to who leads the casus, the answers, and when it is settled."""

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek, rechten
from casussen.acties.basis import open_casus, slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten import teksten_draad
from casussen.models import Afspraak, Casus, Deelnemer, Draad, Draadregel
from casussen.models.bericht import BerichtSoort
from casussen.models.draad import RegelSoort
from casussen.overzicht.draden import wanneer_van

DUBBEL = timedelta(minutes=1)  # the same words so soon again: a second press
# What is about the part as a whole, and not about one agreement.
OVER_HET_DEEL = (RegelSoort.ROL, RegelSoort.REGIE, RegelSoort.DOORGEVEN)


@transaction.atomic
def zeg(
    *,
    door: Actor,
    deelnemer: Deelnemer,
    soort: RegelSoort,
    afspraak: Afspraak | None = None,
    tekst: str = "",
    naar_naam: str = "",
    naar_email: str = "",
) -> Draadregel | None:
    """Lets a helper say something about an own agreement, or (without one) about the own part.

    in: the helper as Actor, that part, the kind, the agreement, the words; for DOORGEVEN who takes it over;
    out: the line in the thread: a new thread, or the open one. The same words within a minute are one line. AKKOORD
    settles what is open, and says nothing (None) when nothing is. raises PermissionDenied, Geweigerd.
    """
    if soort == RegelSoort.ANTWOORD or not rechten.mag_als_deelnemer(door, deelnemer):
        raise PermissionDenied
    casus = slot(deelnemer.casus)
    _controleer(casus, deelnemer, afspraak, soort, naar_naam, naar_email)
    woorden = tekst.strip() or _zonder_woorden(soort, naar_naam)
    draad = casus.draden.filter(deelnemer=deelnemer, afspraak=afspraak, afgerond_op__isnull=True).first()
    if draad is None and soort == RegelSoort.AKKOORD:
        return None
    dubbel = _net_gezegd(draad, soort, woorden)
    if dubbel is not None:
        return dubbel
    draad = draad or _begin(casus, deelnemer, afspraak)
    rest: dict[str, object] = {"bespreken": False}
    if soort == RegelSoort.DOORGEVEN:
        rest |= {"naar_naam": naar_naam.strip(), "naar_email": naar_email.strip()}
    if soort == RegelSoort.AKKOORD:
        rest |= {"afgerond_op": timezone.now()}
    Draad.objects.filter(pk=draad.pk).update(**rest)
    regel = Draadregel.objects.create(draad=draad, soort=soort, tekst=woorden)
    logboek.schrijf(door=door, daad="schreef_in_draad", casus_id=casus.pk, over=draad, velden=[soort])
    return regel


def _controleer(
    casus: Casus, deelnemer: Deelnemer, afspraak: Afspraak | None, soort: RegelSoort, naam: str, email: str
) -> None:
    mee = casus.deelnemers.filter(pk=deelnemer.pk, tot__isnull=True).exists()
    if not casus.is_open or not mee:
        raise Geweigerd(_("Je doet hier niet meer mee. Wat je schreef, is niet bewaard."))
    if afspraak is not None:
        eigen = casus.afspraken.filter(pk=afspraak.pk, deelnemer=deelnemer, vervallen_op__isnull=True)
        if soort in OVER_HET_DEEL or not eigen.exists():
            raise Geweigerd(_("Deze afspraak is niet meer van jou. Wat je schreef, is niet bewaard."))
    if soort == RegelSoort.DOORGEVEN and not (naam.strip() and email.strip()):
        raise Geweigerd(_("Schrijf op wie het overneemt, met een e-mailadres. Er is nog niets doorgegeven."))


def _zonder_woorden(soort: RegelSoort, naam: str) -> str:
    """What somebody says with the button alone; of the other kinds the words are the point."""
    if soort == RegelSoort.AKKOORD:
        return ""
    if soort == RegelSoort.REGIE:
        return _("Liever niet.")
    if soort == RegelSoort.DOORGEVEN:
        return _("Dit is niet meer voor mij, maar voor %(naam)s.") % {"naam": naam.strip()}
    raise Geweigerd(_("Schrijf erbij wat je bedoelt. Dan krijg je antwoord."))


def _net_gezegd(draad: Draad | None, soort: RegelSoort, tekst: str) -> Draadregel | None:
    if draad is None:
        return None
    laatste = draad.regels.last()
    assert laatste is not None  # a thread begins with a line
    zelfde = laatste.soort == soort and laatste.tekst == tekst
    return laatste if zelfde and timezone.now() - laatste.gemaakt_op < DUBBEL else None


def _begin(casus: Casus, deelnemer: Deelnemer, afspraak: Afspraak | None) -> Draad:
    return Draad.objects.create(
        casus=casus,
        deelnemer=deelnemer,
        afspraak=afspraak,
        citaat=afspraak.wat if afspraak else "",
        citaat_wanneer=wanneer_van(afspraak) if afspraak else "",
    )


@transaction.atomic
def antwoord(
    *,
    door: Actor,
    casus: Casus,
    draad: Draad,
    tekst: str,
    pk: UUID,
    bespreken: bool = False,
    afronden: bool = False,
) -> Draadregel:
    """Answers a helper, who gets a mail at once that says only that there is an answer. The thread stays open.

    in: who leads the casus, casus, thread, the words, the id of the line from the form, whether to talk about it
    together, whether it is settled with this; out: the line (the same id again: the line that is there);
    raises PermissionDenied, and Geweigerd when the thread was settled.
    """
    casus, draad = open_draad(door, casus, draad)
    bestaand = Draadregel.objects.filter(pk=pk, draad=draad).first()
    if bestaand is not None:
        return bestaand
    if draad.afgerond_op is not None:
        raise Geweigerd(_("Dit is intussen opgelost. Je antwoord is niet verstuurd. Je tekst staat er nog."))
    regel = _schrijf_antwoord(door, draad, tekst, pk)
    Draad.objects.filter(pk=draad.pk).update(bespreken=bespreken, afgerond_op=regel.gemaakt_op if afronden else None)
    logboek.schrijf(door=door, daad="antwoordde_in_draad", casus_id=casus.pk, over=draad)
    berichten.zet_klaar(
        soort=BerichtSoort.DRAAD, aan=draad.deelnemer, casus=casus, oorzaak=teksten_draad.oorzaak(regel)
    )
    berichten.wek_postbode()
    return regel


@transaction.atomic
def rond_af(*, door: Actor, casus: Casus, draad: Draad, tekst: str = "") -> None:
    """Settles a thread by hand: it was solved on the telephone. Doing it twice is harmless.

    in: who leads the casus, casus, thread, what was agreed (the helper reads it on the own page, without a mail);
    raises PermissionDenied, Geweigerd.
    """
    casus, draad = open_draad(door, casus, draad)
    if draad.afgerond_op is not None:
        return
    if tekst.strip():
        _schrijf_antwoord(door, draad, tekst)
    Draad.objects.filter(pk=draad.pk).update(afgerond_op=timezone.now())
    logboek.schrijf(door=door, daad="rondde_draad_af", casus_id=casus.pk, over=draad)


@transaction.atomic
def sluit_wat_voorbij_is(*, door: Actor, casus: Casus) -> int:
    """Settles the threads that nobody can go on with: the part or the agreement ended, or it went to somebody else.

    in: who changed that, the casus; out: how many. Call it in the transaction of that change.
    """
    voorbij = Q(deelnemer__tot__isnull=False) | Q(afspraak__vervallen_op__isnull=False)
    open_ = casus.draden.filter(afgerond_op__isnull=True).select_related("deelnemer", "afspraak")
    weg = [*open_.filter(voorbij)]
    weg += [d for d in open_.exclude(voorbij) if d.afspraak and d.afspraak.deelnemer_id != d.deelnemer_id]
    for draad in weg:
        Draad.objects.filter(pk=draad.pk).update(afgerond_op=timezone.now())
        logboek.schrijf(door=door, daad="rondde_draad_af", casus_id=casus.pk, over=draad)
    return len(weg)


def open_draad(door: Actor, casus: Casus, draad: Draad) -> tuple[Casus, Draad]:
    """Locks the casus, for an act on one of its threads.

    in: who leads the casus, casus, thread; out: both as they are now; raises PermissionDenied, Geweigerd when closed.
    """
    casus = open_casus(door, casus)
    if door.medewerker is None or not rechten.mag_draden_lezen(door, casus):
        raise PermissionDenied
    mensen = ("deelnemer__professional__organisatie", "deelnemer__netwerklid", "afspraak")
    return casus, casus.draden.select_related(*mensen).get(pk=draad.pk)


def _schrijf_antwoord(door: Actor, draad: Draad, tekst: str, pk: UUID | None = None) -> Draadregel:
    if not tekst.strip():
        raise Geweigerd(_("Schrijf een antwoord. Er is nog niets verstuurd."))
    met_pk = {"pk": pk} if pk else {}
    return Draadregel.objects.create(
        draad=draad, soort=RegelSoort.ANTWOORD, medewerker=door.medewerker, tekst=tekst.strip(), **met_pk
    )
