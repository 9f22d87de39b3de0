"""Who has the regie, who is the first contact, who stands in."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties import draden
from casussen.acties.basis import open_casus, slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Regie
from casussen.models.deelnemer import Functie
from casussen.models.draad import RegelSoort


@transaction.atomic
def wijs_aan(*, door: Actor, casus: Casus, functie: str, deelnemer: Deelnemer | None) -> Regie | None:
    """Names who holds a function; the one before ends. Nobody: the function becomes free.

    in: who, casus, function, deelnemer or None; out: the new row or None. Whoever names himself accepts with it;
    somebody else is asked. raises Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    nu = timezone.now()
    huidig = casus.regie.filter(functie=functie, tot__isnull=True).first()
    if (huidig.deelnemer_id if huidig else None) == (deelnemer.pk if deelnemer else None):
        return huidig
    if deelnemer is not None and not casus.deelnemers.filter(pk=deelnemer.pk, tot__isnull=True).exists():
        raise Geweigerd(_("Deze persoon doet niet meer mee. Er is niets veranderd. Kies iemand anders."))
    if deelnemer is not None and functie == Functie.REGIEVOERDER and not deelnemer.is_professional:
        raise Geweigerd(_("De regie hoort bij een helper van een organisatie. Er is niets veranderd. Kies een helper."))
    if huidig is not None:
        Regie.objects.filter(pk=huidig.pk).update(tot=nu)
    logboek.schrijf(door=door, daad="wees_aan", casus_id=casus.pk, over=deelnemer, velden=[functie])
    if deelnemer is None:
        return None
    zelf = rechten.mag_als_deelnemer(door, deelnemer)
    return Regie.objects.create(
        casus=casus, deelnemer=deelnemer, functie=functie, van=nu, aanvaard_op=nu if zelf else None
    )


@transaction.atomic
def aanvaard(*, door: Actor, regie: Regie) -> None:
    """Lets the named person say yes, also after "liever niet". Doing it twice is harmless.

    in: that person as Actor, the row; raises PermissionDenied for everybody else, Geweigerd when it is over.
    """
    casus = _open_vraag(door, regie)
    nog_geen_ja = casus.regie.filter(pk=regie.pk, aanvaard_op__isnull=True)
    if nog_geen_ja.update(aanvaard_op=timezone.now(), geweigerd_op=None):
        logboek.schrijf(door=door, daad="aanvaardde", casus_id=casus.pk, over=regie, velden=[regie.functie])


@transaction.atomic
def weiger(*, door: Actor, regie: Regie, tekst: str) -> None:
    """Lets the named person say that he would rather not. Who leads the casus hears it, and names somebody else.

    in: that person as Actor, the row, why (may be empty); raises PermissionDenied for everybody else, Geweigerd when
    it is over or he said yes before: then they talk about it. Doing it twice is harmless.
    """
    casus = _open_vraag(door, regie)
    if casus.regie.filter(pk=regie.pk, aanvaard_op__isnull=False).exists():
        raise Geweigerd(
            _("Je zei hier eerder ja op. Er is niets veranderd. Bel even, dan wordt er iemand anders gekozen.")
        )
    if casus.regie.filter(pk=regie.pk, geweigerd_op__isnull=True).update(geweigerd_op=timezone.now()):
        logboek.schrijf(door=door, daad="weigerde", casus_id=casus.pk, over=regie, velden=[regie.functie])
    draden.zeg(door=door, deelnemer=regie.deelnemer, soort=RegelSoort.REGIE, tekst=tekst)


def _open_vraag(door: Actor, regie: Regie) -> Casus:
    if not rechten.mag_als_deelnemer(door, regie.deelnemer):
        raise PermissionDenied
    casus = slot(regie.casus)
    if not casus.is_open or not casus.regie.filter(pk=regie.pk, tot__isnull=True).exists():
        raise Geweigerd(_("Dit is intussen aan iemand anders gevraagd. Er is niets veranderd."))
    return casus
