"""What owners say about their agreements besides an answer: yes to all, it is done, it will be later."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties import draden
from casussen.acties.afspraken import open_eigen, reageer
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Afspraak, Deelnemer, Reactie
from casussen.models.afspraak import ReactieSoort
from casussen.models.draad import RegelSoort


@transaction.atomic
def zeg_overal_ja(*, door: Actor, deelnemer: Deelnemer, gezien: Mapping[UUID, int]) -> list[UUID]:
    """Says yes to the agreements that stood on the screen, each as it stood there, and to nothing else.

    in: the owner as Actor, his part, per agreement the version of its content that he read; out: those to which he
    did not say yes, because they changed or he answered otherwise before; raises PermissionDenied, and Geweigerd when
    he does not take part any more. Doing it twice is harmless.
    """
    if not rechten.mag_als_deelnemer(door, deelnemer):
        raise PermissionDenied
    casus = slot(deelnemer.casus)
    eigen = casus.afspraken.filter(deelnemer=deelnemer, pk__in=gezien).select_related("casus", "deelnemer")
    anders = Reactie.objects.filter(deelnemer=deelnemer, afspraak__in=gezien).exclude(soort=ReactieSoort.AKKOORD)
    beantwoord = set(anders.values_list("afspraak", "inhoud_versie"))
    gelukt = set()
    for afspraak in eigen:
        versie = gezien[afspraak.pk]
        actueel = afspraak.vervallen_op is None and afspraak.inhoud_versie == versie
        if actueel and (afspraak.pk, versie) not in beantwoord:
            reageer(door=door, afspraak=afspraak, inhoud_versie=versie, soort=ReactieSoort.AKKOORD)
            gelukt.add(afspraak.pk)
    return [pk for pk in gezien if pk not in gelukt]


@transaction.atomic
def meld_gedaan(*, door: Actor, afspraak: Afspraak, inhoud_versie: int) -> None:
    """Lets the owner say that it is done. Doing it twice is harmless.

    in: the owner as Actor, the agreement, the version of its content that he read; raises PermissionDenied, Geweigerd.
    """
    casus, _deelnemer = open_eigen(door=door, afspraak=afspraak, inhoud_versie=inhoud_versie)
    if casus.afspraken.filter(pk=afspraak.pk, gedaan_op__isnull=True).update(gedaan_op=timezone.now()):
        logboek.schrijf(door=door, daad="meldde_gedaan", casus_id=casus.pk, over=afspraak)


@transaction.atomic
def maak_ongedaan(*, door: Actor, afspraak: Afspraak, inhoud_versie: int) -> None:
    """Takes "it is done" back. in and raises: as meld_gedaan; doing it twice is harmless."""
    casus, _deelnemer = open_eigen(door=door, afspraak=afspraak, inhoud_versie=inhoud_versie)
    if casus.afspraken.filter(pk=afspraak.pk, gedaan_op__isnull=False).update(gedaan_op=None):
        logboek.schrijf(door=door, daad="meldde_toch_niet_gedaan", casus_id=casus.pk, over=afspraak)


@transaction.atomic
def meld_later(*, door: Actor, afspraak: Afspraak, inhoud_versie: int, op: date, tekst: str) -> None:
    """Lets the owner say that it will be later: a new day, and why. The agreement itself stays as it is.

    in: the owner as Actor, the agreement, the version of its content that he read, the day, the reason (required);
    raises PermissionDenied, and Geweigerd also for a day that is over.
    """
    casus, deelnemer = open_eigen(door=door, afspraak=afspraak, inhoud_versie=inhoud_versie)
    if not tekst:
        raise Geweigerd(_("Schrijf erbij waarom het later wordt. Je antwoord is nog niet bewaard."))
    if op < timezone.localdate():
        raise Geweigerd(_("Deze dag is al voorbij. Kies een dag die nog komt. Je antwoord is nog niet bewaard."))
    if casus.afspraken.filter(pk=afspraak.pk).exclude(later_op=op).update(later_op=op):
        logboek.schrijf(door=door, daad="meldde_later", casus_id=casus.pk, over=afspraak)
    draden.zeg(door=door, deelnemer=deelnemer, afspraak=afspraak, soort=RegelSoort.LATER, tekst=tekst)
