"""What somebody of the family asks about the own data: recorded, extended once with a reason, decided."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Gezinslid, Verzoek
from casussen.models.verzoek import Besluit
from casussen.taal.datums import over_maanden

TERMIJN_MAANDEN = 1  # AVG 12, third paragraph
VERLENGD_MAANDEN = 3  # that month and two more


@transaction.atomic
def neem_verzoek_op(
    *, door: Actor, casus: Casus, pk: UUID, gezinslid: Gezinslid, soort: str, tekst: str, ontvangen_op: date
) -> Verzoek:
    """Records a request, also in a closed casus.

    in: a coördinator of the team, casus, the id from the form (a second press finds the same request), who asks, what,
    in which words, the day on which it came; out: the request; raises PermissionDenied, Geweigerd.
    """
    casus = _slot(door, casus)
    bestaand = Verzoek.objects.filter(pk=pk).first()
    if bestaand is not None and bestaand.casus_id == casus.pk:
        return bestaand
    if bestaand is not None or gezinslid.casus_id != casus.pk:
        raise Geweigerd(_("Dit hoort bij een andere samenwerking. Er is niets bewaard. Begin opnieuw."))
    verzoek = Verzoek.objects.create(
        pk=pk,
        team=casus.team,
        casus=casus,
        gezinslid=gezinslid,
        soort=soort,
        tekst=tekst,
        ontvangen_op=ontvangen_op,
        uiterlijk=over_maanden(ontvangen_op, TERMIJN_MAANDEN),
    )
    logboek.schrijf(door=door, daad="nam_verzoek_op", casus_id=casus.pk, over=verzoek, velden=[soort])
    return verzoek


@transaction.atomic
def verleng_verzoek(*, door: Actor, verzoek: Verzoek, reden: str) -> Verzoek:
    """Gives two months more, once, within the first term, with a reason that the person is told.

    in: a coördinator of the team, an open request, why; out: the request; raises PermissionDenied, Geweigerd.
    """
    vers = _open(door, verzoek)
    if vers.verlengd_op is not None:
        raise Geweigerd(_("Dit verzoek is al een keer verlengd. Er is niets veranderd. Neem nu een besluit."))
    if vers.uiterlijk < timezone.localdate():
        raise Geweigerd(_("De eerste maand is al voorbij. Verlengen kan dan niet meer. Neem nu een besluit."))
    Verzoek.objects.filter(pk=vers.pk).update(
        uiterlijk=over_maanden(vers.ontvangen_op, VERLENGD_MAANDEN),
        verlengd_op=timezone.now(),
        verleng_reden=reden,
        versie=F("versie") + 1,
    )
    logboek.schrijf(door=door, daad="verlengde_verzoek", casus_id=vers.casus_id, over=vers)
    vers.refresh_from_db()
    return vers


@transaction.atomic
def beslis_verzoek(*, door: Actor, verzoek: Verzoek, besluit: str, reden: str) -> Verzoek:
    """Records what was decided; it does not change any more.

    in: a coördinator of the team, an open request, ja, deels or nee, why (for deels and nee); out: the request;
    raises PermissionDenied, Geweigerd. The same decision twice is harmless.
    """
    if door.medewerker is None:
        raise PermissionDenied
    zelfde = Verzoek.objects.filter(pk=verzoek.pk, besluit=besluit, reden=reden).exclude(besluit="").first()
    if zelfde is not None and zelfde.casus is not None and rechten.mag_gegevens_beheren(door, zelfde.casus):
        return zelfde
    vers = _open(door, verzoek)
    if besluit != Besluit.JA and not reden.strip():
        raise Geweigerd(_("Schrijf op waarom. Wie het vroeg, heeft recht op een reden. Er is nog niets besloten."))
    Verzoek.objects.filter(pk=vers.pk).update(
        besluit=besluit,
        reden=reden,
        besloten_op=timezone.now(),
        besloten_door=door.medewerker,
        versie=F("versie") + 1,
    )
    logboek.schrijf(door=door, daad="besliste_verzoek", casus_id=vers.casus_id, over=vers, velden=[besluit])
    vers.refresh_from_db()
    return vers


def _slot(door: Actor, casus: Casus) -> Casus:
    vast = slot(casus)
    if not rechten.mag_gegevens_beheren(door, vast):
        raise PermissionDenied
    return vast


def _open(door: Actor, verzoek: Verzoek) -> Verzoek:
    if verzoek.casus is None:
        raise Geweigerd(_("De gegevens van dit verzoek zijn gewist. Er is niets veranderd."))
    _slot(door, verzoek.casus)
    vers = Verzoek.objects.get(pk=verzoek.pk)
    if not vers.is_open:
        raise Geweigerd(_("Over dit verzoek is al besloten, door iemand anders of in een ander venster."))
    return vers
