"""Agreements, and what their owners answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties import draden
from casussen.acties.basis import bewaar, open_casus, slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Afspraak, Casus, Deelnemer, Reactie
from casussen.models.afspraak import ReactieSoort
from casussen.models.draad import RegelSoort

# A change of one of these asks the owner again.
TELT_MEE = {"deelnemer", "gezinslid", "wat", "wanneer", "datum"}


@transaction.atomic
def zet_afspraak(*, door: Actor, casus: Casus, pk: UUID, versie: int, velden: Mapping[str, Any]) -> Afspraak:
    """Makes an agreement or changes one.

    in: who, casus, id, the version seen (0: new), fields of Afspraak; out: the record; raises Verouderd, Geweigerd,
    PermissionDenied. The owner must take part in this casus now; an agreement that ended stays as it was.
    """
    casus = open_casus(door, casus)
    if casus.afspraken.filter(pk=pk, vervallen_op__isnull=False).exists():
        raise Geweigerd(
            _("Deze afspraak is intussen vervallen. Je tekst staat er nog. Maak er een nieuwe afspraak van.")
        )
    _controleer_eigenaar(casus, velden)
    afspraak, anders, nieuw = bewaar(Afspraak, pk=pk, casus=casus, versie=versie, velden=velden)
    if anders:
        if not nieuw and TELT_MEE & set(anders):
            Afspraak.objects.filter(pk=pk).update(inhoud_versie=F("inhoud_versie") + 1, gedaan_op=None, later_op=None)
            afspraak.refresh_from_db()
            draden.sluit_wat_voorbij_is(door=door, casus=casus)
        daad = "maakte_afspraak" if nieuw else "wijzigde_afspraak"
        logboek.schrijf(door=door, daad=daad, casus_id=casus.pk, over=afspraak, velden=anders)
    return afspraak


def _controleer_eigenaar(casus: Casus, velden: Mapping[str, Any]) -> None:
    helper, lid = velden.get("deelnemer"), velden.get("gezinslid")
    helper_mee = helper is None or casus.deelnemers.filter(pk=helper.pk, tot__isnull=True).exists()
    lid_mee = lid is None or casus.gezinsleden.filter(pk=lid.pk, weg_op__isnull=True).exists()
    if not (helper_mee and lid_mee):
        raise Geweigerd(_("Deze persoon hoort hier niet bij. Er is niets veranderd. Kies iemand anders."))


@transaction.atomic
def laat_vervallen(*, door: Actor, casus: Casus, afspraak: Afspraak) -> None:
    """Ends an agreement. Doing it twice is harmless.

    in: who, casus, agreement; raises Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    if casus.afspraken.filter(pk=afspraak.pk, vervallen_op__isnull=True).update(vervallen_op=timezone.now()):
        logboek.schrijf(door=door, daad="liet_afspraak_vervallen", casus_id=casus.pk, over=afspraak)
        draden.sluit_wat_voorbij_is(door=door, casus=casus)


@transaction.atomic
def reageer(*, door: Actor, afspraak: Afspraak, inhoud_versie: int, soort: str, tekst: str = "") -> Reactie:
    """Records what the owner answers; a new answer takes the place of the old one, until the next version.

    A yes to a version that is over stands: what the owner says afterwards is only a line of the thread.
    in: the owner as Actor, the agreement, the version of its content that he read, the answer, a reason or question
    (required unless akkoord); out: the answer; raises PermissionDenied, Geweigerd when the agreement changed.
    """
    casus, deelnemer = open_eigen(door=door, afspraak=afspraak, inhoud_versie=inhoud_versie)
    _controleer_tekst(soort, tekst)
    velden = {"soort": soort, "tekst": tekst if soort != ReactieSoort.AKKOORD else ""}
    reactie = Reactie.objects.filter(afspraak=afspraak, deelnemer=deelnemer, inhoud_versie=inhoud_versie).first()
    gelijk = reactie is not None and all(getattr(reactie, naam) == waarde for naam, waarde in velden.items())
    if reactie is None or not (gelijk or _staat_vast(casus, reactie)):
        reactie, _nieuw = Reactie.objects.update_or_create(
            afspraak=afspraak, deelnemer=deelnemer, inhoud_versie=inhoud_versie, defaults=velden
        )
        logboek.schrijf(door=door, daad="reageerde", casus_id=casus.pk, over=afspraak, velden=[soort])
    draden.zeg(door=door, deelnemer=deelnemer, afspraak=afspraak, soort=RegelSoort(soort), tekst=velden["tekst"])
    return reactie


def open_eigen(*, door: Actor, afspraak: Afspraak, inhoud_versie: int) -> tuple[Casus, Deelnemer]:
    """Locks the casus of an agreement for what its owner wants to say.

    in: who, the agreement, the version of its content that he read; out: the casus, the owner; raises PermissionDenied
    for everybody else, Geweigerd when he does not take part any more or the agreement changed.
    """
    deelnemer = afspraak.deelnemer
    if deelnemer is None or not rechten.mag_als_deelnemer(door, deelnemer):
        raise PermissionDenied
    casus = slot(afspraak.casus)
    if not casus.is_open or not casus.deelnemers.filter(pk=deelnemer.pk, tot__isnull=True).exists():
        raise Geweigerd(_("Je doet hier niet meer mee. Je antwoord is niet bewaard."))
    nu = casus.afspraken.filter(
        pk=afspraak.pk, vervallen_op__isnull=True, deelnemer=deelnemer, inhoud_versie=inhoud_versie
    )
    if not nu.exists():
        raise Geweigerd(
            _(
                "Deze afspraak is net veranderd. Je antwoord is niet bewaard. "
                "Antwoord opnieuw zodra de nieuwe tekst hier staat."
            )
        )
    return casus, deelnemer


def _controleer_tekst(soort: str, tekst: str) -> None:
    if soort == ReactieSoort.NIET_AKKOORD and not tekst:
        raise Geweigerd(_("Schrijf erbij waarom niet. Dan kunnen we het samen anders afspreken."))
    if soort == ReactieSoort.VRAAG and not tekst:
        raise Geweigerd(_("Schrijf je vraag erbij. Dan krijg je antwoord."))


def _staat_vast(casus: Casus, reactie: Reactie) -> bool:
    """Whether this is a yes to something that was fixed once more since."""
    if reactie.soort != ReactieSoort.AKKOORD:
        return False
    return casus.vaststellingen.filter(op__gt=reactie.gewijzigd_op).exists()
