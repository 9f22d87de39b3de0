"""Finding somebody in the address book."""

from uuid import UUID

from django.db.models import Q

from casussen import rechten
from casussen.actor import Actor
from casussen.models import Organisatie, Professional
from casussen.overzicht.dossier import Dossier

HOOGUIT = 8


def zoek(woorden: str, dossier: Dossier) -> list[Professional]:
    """in: a name, a profession or an organisation; out: at most eight people who do not take part yet."""
    vraag = Q()
    for woord in woorden.split()[:5]:
        vraag &= Q(naam__icontains=woord) | Q(functie__icontains=woord) | Q(organisatie__naam__icontains=woord)
    mee = [d.professional_id for d in dossier.professionals if d.professional_id]
    gevonden = Professional.objects.filter(vraag).exclude(pk__in=mee).select_related("organisatie")
    return list(gevonden[:HOOGUIT])


def te_wijzigen(door: Actor, dossier: Dossier) -> set[UUID]:
    """in: who looks, a loaded casus; out: the ids of the deelnemers whose entry in the address book he may mend."""
    alle = {d.professional_id: d.pk for d in dossier.professionals}
    mag = rechten.adressen_te_wijzigen(door).filter(pk__in=[pk for pk in alle if pk])
    return {alle[pk] for pk in mag.values_list("pk", flat=True)}


def organisaties() -> list[str]:
    """Out: the names of organisations to choose from while typing."""
    return list(Organisatie.objects.values_list("naam", flat=True)[:500])
