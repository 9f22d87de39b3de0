"""An agreement that changes because its owner said something: the change and the answer in one press."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casussen.acties import draden
from casussen.acties.afspraken import zet_afspraak
from casussen.acties.basis import open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Afspraak, Casus, Draad, Draadregel
from casussen.models.draad import RegelSoort
from casussen.overzicht.draden import laatste_van_helper
from casussen.taal.datums import dag_kort


@transaction.atomic
def pas_aan_en_antwoord(
    *, door: Actor, casus: Casus, draad: Draad, pk: UUID, tekst: str, versie: int, velden: Mapping[str, Any]
) -> Draadregel:
    """Changes the agreement that a thread is about, and answers. It counts from the next version that is fixed.

    in: who leads the casus, casus, thread, the id of the answer from the form, the words, the version of the
    agreement that was seen, its fields; out: the answer (a second press: the one that is there); raises Verouderd when
    somebody else changed the agreement, Geweigerd, PermissionDenied.
    """
    casus, draad = draden.open_draad(door, casus, draad)
    bestaand = draad.regels.filter(pk=pk).first()
    if bestaand is not None:
        return bestaand
    if draad.afspraak is None:
        raise Geweigerd(_("Dit gaat niet over één afspraak. Er is niets veranderd. Kies een ander antwoord."))
    zet_afspraak(door=door, casus=casus, pk=draad.afspraak.pk, versie=versie, velden=velden)
    return draden.antwoord(door=door, casus=casus, draad=draad, tekst=tekst, pk=pk)


@transaction.atomic
def neem_dag_over(*, door: Actor, casus: Casus, afspraak: Afspraak, dag: date) -> bool:
    """Makes the later day that the owner named the day of the agreement. His message about it is settled with that.

    in: who, casus, agreement, the day that stood on the page; out: whether it changed (False: it was done);
    raises Geweigerd when the owner named another day in the meantime, PermissionDenied.
    """
    casus = open_casus(door, casus)
    nu = casus.afspraken.get(pk=afspraak.pk)
    if nu.datum == dag and nu.later_op is None:
        return False
    if nu.later_op != dag or nu.vervallen_op is not None:
        raise Geweigerd(_("Deze afspraak is intussen anders. Er is niets veranderd. Kijk nog eens."))
    draad = casus.draden.filter(afspraak=nu, deelnemer=nu.deelnemer_id, afgerond_op__isnull=True).first()
    zet_afspraak(door=door, casus=casus, pk=nu.pk, versie=nu.versie, velden={"datum": dag})
    if draad is not None and laatste_van_helper(draad) == RegelSoort.LATER:
        zin = _("Goed. De nieuwe dag is %(dag)s.") % {"dag": dag_kort(dag)}
        draden.rond_af(door=door, casus=casus, draad=draad, tekst=zin)
    return True
