"""Answers to the questions of the steps."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from casussen import logboek
from casussen.acties.basis import bewaar, open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Antwoord, Casus
from casussen.models.basis import VoorGezin


def antwoord_id(casus: Casus, vraag: str) -> UUID:
    """in: casus and question code; out: the id that the one answer to it always has."""
    return uuid5(casus.pk, vraag)


@transaction.atomic
def bewaar_antwoord(*, door: Actor, casus: Casus, vraag: str, versie: int, velden: Mapping[str, Any]) -> Antwoord:
    """Saves an answer, also while somebody is typing.

    in: who, casus, question code, the version seen (0: none yet), fields of Antwoord by name; out: the answer;
    raises Verouderd (somebody else saved), Geweigerd (closed, unknown question), PermissionDenied.
    Who of the family may read a new answer follows from the question (`in_overzicht`).
    """
    casus = open_casus(door, casus)
    try:
        inhoud = casus.handreiking.inhoud.vraag(vraag)
    except KeyError:
        raise Geweigerd(_("Deze vraag staat niet in dit formulier. Ga terug en probeer het opnieuw.")) from None
    pk = antwoord_id(casus, vraag)
    waarden = dict(velden)
    if not Antwoord.objects.filter(pk=pk).exists():
        leeg = not any(waarden.get(naam) for naam in ("tekst", "doorvraag", "keuzes"))
        # An emptied proposal is kept as empty; an answer that was never there is not made.
        if leeg and not inhoud.standaard:
            return Antwoord(pk=pk, casus=casus, vraag=vraag, versie=0)
        waarden.setdefault("voor_gezin", VoorGezin.IEDEREEN if inhoud.in_overzicht else VoorGezin.NIEMAND)
    waarden["vraag"] = vraag
    antwoord, anders, _nieuw = bewaar(Antwoord, pk=pk, casus=casus, versie=versie, velden=waarden)
    if anders:
        Antwoord.objects.filter(pk=pk).update(door=door.medewerker)
        logboek.schrijf(door=door, daad="schreef_antwoord", casus_id=casus.pk, over=antwoord, velden=[vraag])
    return antwoord
