"""Emergency access: a casus of another team opens for one hour, with a reason, and others hear of it at once."""

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek, rechten
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Logregel, Medewerker, Noodtoegang
from casussen.models.bericht import BerichtSoort
from casussen.overzicht import bezetting

DUUR = timedelta(hours=1)
# Whoever needs it more often than this in a day should be in that team, or take part.
HOOGSTENS_PER_DAG = 5
MINSTE_WOORDEN = 4
HOOGSTENS_VERGEEFS = 10  # per hour
VERGEEFS = "zocht_noodtoegang"


@transaction.atomic
def zoek(*, door: Actor, wat: str) -> list[Casus]:
    """Finds the casus that somebody means; trying at random is refused, and every vain try is in the log.

    in: who, the exact name or the number; out: the casussen of the own organisations that are called exactly so;
    raises PermissionDenied, Geweigerd after too many vain tries in an hour.
    """
    if door.medewerker is None or not rechten.mag_noodtoegang_nemen(door):
        raise PermissionDenied
    vergeefs = Logregel.objects.filter(
        casus_id=None,
        medewerker_id=door.medewerker.pk,
        daad=VERGEEFS,
        op__gt=timezone.now() - timedelta(hours=1),
    )
    if vergeefs.count() >= HOOGSTENS_VERGEEFS:
        raise Geweigerd(_("Je zocht nu te vaak. Er is niets geopend. Bel een collega van het team, of je beheerder."))
    gevonden = _die_zo_heten(rechten.casussen_voor_noodtoegang(door), " ".join(wat.split()))
    if not gevonden:
        logboek.schrijf(door=door, daad="zocht_noodtoegang", casus_id=None)
    return gevonden


def _die_zo_heten(casussen: QuerySet[Casus], wat: str) -> list[Casus]:
    nummer = wat.lower()
    heet_zo = Q(naam__iexact=wat)
    if re.fullmatch(r"[0-9a-f]{8}", nummer):
        heet_zo |= Q(pk__range=(UUID(nummer + "0" * 24), UUID(nummer + "f" * 24)))
    return list(casussen.filter(heet_zo).select_related("team", "coordinator").order_by("team__naam", "pk"))


@transaction.atomic
def neem_noodtoegang(*, door: Actor, pk: UUID, casus: Casus, reden: str) -> Noodtoegang:
    """Opens a casus for one hour, to read; its coordinator and the beheerders of its organisation get a mail.

    in: who, the id from the form, the casus, why; out: the access, or the one that still runs;
    raises PermissionDenied for who may not, Geweigerd without a reason or when it was used too often today.
    """
    medewerker = door.medewerker
    if medewerker is None or not rechten.casussen_voor_noodtoegang(door).filter(pk=casus.pk).exists():
        raise PermissionDenied
    if rechten.casussen_van(door).filter(pk=casus.pk).exists():
        raise Geweigerd(_("Dit gezin kun je al openen. Het staat bij “Mijn gezinnen”."))
    if len(reden.split()) < MINSTE_WOORDEN:
        raise Geweigerd(_("Schrijf in een hele zin waarom het nodig is. Er is nog niets geopend."))
    # One after the other for this person (how often today?) and for this casus (which access is which mail about?).
    Medewerker.objects.select_for_update().get(pk=medewerker.pk)
    casus = slot(casus)
    nu = timezone.now()
    lopend = rechten.lopende_noodtoegang(door, nu).filter(casus=casus).first()
    if lopend is not None:
        return lopend
    _niet_te_vaak(medewerker, nu)
    noodtoegang = Noodtoegang.objects.create(
        pk=pk, casus=casus, medewerker=medewerker, reden=reden, van=nu, tot=nu + DUUR
    )
    logboek.schrijf(door=door, daad="nam_noodtoegang", casus_id=casus.pk, over=noodtoegang)
    _meld(noodtoegang)
    return noodtoegang


def _niet_te_vaak(medewerker: Medewerker, nu: datetime) -> None:
    vandaag = medewerker.noodtoegangen.filter(van__gt=nu - timedelta(days=1)).count()
    if vandaag >= HOOGSTENS_PER_DAG:
        zin = _(
            "Je gebruikte noodtoegang al %(keer)d keer in een dag. Er is niets geopend. "
            "Bel de coördinator van het gezin, of je beheerder."
        )
        raise Geweigerd(zin % {"keer": HOOGSTENS_PER_DAG})


def _meld(noodtoegang: Noodtoegang) -> None:
    """To the coordinator and every beheerder of the organisation: at once, so that misuse cannot stay unseen."""
    casus, vandaag = noodtoegang.casus, timezone.localdate()
    for medewerker in {*bezetting.coordinatoren(casus, vandaag), *bezetting.beheerders(casus, vandaag)}:
        berichten.zet_klaar(
            soort=BerichtSoort.NOODTOEGANG, aan=medewerker, casus=casus, oorzaak=f"noodtoegang:{noodtoegang.pk}"
        )
    berichten.wek_postbode()
