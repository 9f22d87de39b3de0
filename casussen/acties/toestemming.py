"""Who may read along: on what ground, who was told, who said yes or no, and who took it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek
from casussen.acties.basis import bewaar, open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Deling, Geinformeerd, Gezinslid, Medewerker, Organisatie, Toestemming
from casussen.models.toestemming import Grond, NaIntrekken, Zegt
from casussen.overzicht.dossier import laad
from casussen.toestemming.meelezen import Meelezer, Nodig


def deling_id(casus: Casus, organisatie: Organisatie) -> UUID:
    """in: casus and organisation; out: the id that the one ground of that organisation always has."""
    return uuid5(casus.pk, f"deling:{organisatie.pk}")


@transaction.atomic
def zet_grond(*, door: Actor, casus: Casus, organisatie: Organisatie, versie: int, velden: Mapping[str, Any]) -> Deling:
    """Chooses why an organisation may read along.

    in: who, casus, organisation, the version seen (0: the rule of that organisation), `grond` and `reden`; out: the
    record; raises Verouderd, PermissionDenied, Geweigerd (closed, or the organisation of the team itself).
    """
    casus = open_casus(door, casus)
    if organisatie.pk == casus.team.organisatie_id:
        raise Geweigerd(_("Dit is de organisatie van het team. Die leest altijd mee. Er is niets veranderd."))
    waarden = {"organisatie": organisatie, **velden}
    pk = deling_id(casus, organisatie)
    deling, anders, _nieuw = bewaar(Deling, pk=pk, casus=casus, versie=versie, velden=waarden)
    if anders:
        logboek.schrijf(door=door, daad="koos_grond", casus_id=casus.pk, over=deling, velden=[deling.grond])
    return deling


@transaction.atomic
def vraag_eerst_toestemming(*, door: Actor, casus: Casus, organisatie: Organisatie) -> None:
    """Says that an organisation does not belong to this help, as zet_grond does; the one of the team always does.

    in: who, casus, organisation; raises PermissionDenied, Geweigerd when the casus is closed.
    """
    if organisatie.pk != casus.team.organisatie_id:
        huidig = casus.delingen.filter(organisatie=organisatie).first()
        zet_grond(
            door=door,
            casus=casus,
            organisatie=organisatie,
            versie=huidig.versie if huidig else 0,
            velden={"grond": Grond.TOESTEMMING},
        )


@transaction.atomic
def leg_verteld_vast(
    *, door: Actor, casus: Casus, organisaties: Iterable[Organisatie], wie: Sequence[Gezinslid], hoe: str, op: date
) -> int:
    """Records who of the family was told that these organisations read along. The first time stays.

    in: who, casus, organisations, family members, how, when; out: how many records are new; raises Geweigerd,
    PermissionDenied.
    """
    casus = open_casus(door, casus)
    medewerker = _vastlegger(door)
    nieuw = 0
    for organisatie in organisaties:
        for lid in casus.gezinsleden.filter(pk__in=[lid.pk for lid in wie], weg_op__isnull=True):
            rij, is_nieuw = Geinformeerd.objects.get_or_create(
                organisatie=organisatie,
                gezinslid=lid,
                defaults={"casus": casus, "hoe": hoe, "op": op, "vastgelegd_door": medewerker},
            )
            if is_nieuw:
                logboek.schrijf(door=door, daad="legde_verteld_vast", casus_id=casus.pk, over=rij)
            nieuw += is_nieuw
    return nieuw


@transaction.atomic
def leg_toestemming_vast(
    *,
    door: Actor,
    casus: Casus,
    organisatie: Organisatie,
    pk: UUID,
    gevers: Sequence[Gezinslid],
    gever_anders: str,
    velden: Mapping[str, Any],
) -> int:
    """Records what one or more people answered, each about everybody for whom his answer is needed.

    in: who, casus, organisation, the id from the form (a second press finds what the first one made), who of the
    family answered, the name of a guardian (or empty), fields of Toestemming (zegt, doel, onderdelen, hoe, op);
    out: how many answers were recorded; raises PermissionDenied, Geweigerd when there is nothing to ask them.
    The log says on whose behalf. A yes is only ended by `trek_in`, a no also by a yes.
    """
    casus = open_casus(door, casus)
    medewerker = _vastlegger(door)
    meelezer = _meelezer(casus, organisatie)
    alles = [*meelezer.nodig, *meelezer.straks]
    if Toestemming.objects.filter(pk__in=[_rij_id(pk, nodig) for nodig in alles]).exists():
        return 0
    gekozen = {lid.pk for lid in gevers}
    gevraagd = [nodig for nodig in alles if (nodig.gever.pk in gekozen if nodig.gever else bool(gever_anders))]
    nieuw = [nodig for nodig in gevraagd if _maak_plaats(meelezer, nodig, velden["zegt"])]
    if not nieuw:
        raise Geweigerd(_("Van deze mensen staat het antwoord er al, of het is niet nodig. Er is niets veranderd."))
    for nodig in nieuw:
        rij = Toestemming.objects.create(
            pk=_rij_id(pk, nodig),
            casus=casus,
            organisatie=organisatie,
            over=nodig.over,
            gever=nodig.gever,
            gever_anders="" if nodig.gever else gever_anders,
            vastgelegd_door=medewerker,
            **velden,
        )
        _schrijf(door, rij, daad="legde_toestemming_vast", veld=rij.zegt)
    return len(nieuw)


@transaction.atomic
def trek_in(*, door: Actor, casus: Casus, organisatie: Organisatie, gever: Gezinslid | None, na_intrekken: str) -> int:
    """Takes back every yes of one person for one organisation. From this moment it reads nothing any more.

    in: who, casus, organisation, whose yes (None: that of somebody outside the family), what happens with what was
    shared; out: how many were taken back (0: a second press); raises Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    rijen = list(
        casus.toestemmingen.filter(organisatie=organisatie, gever=gever, zegt=Zegt.JA, ingetrokken_op__isnull=True)
    )
    for rij in rijen:
        rij.ingetrokken_op, rij.na_intrekken = timezone.now(), na_intrekken
        rij.save(update_fields=["ingetrokken_op", "na_intrekken", "gewijzigd_op"])
        _schrijf(door, rij, daad="trok_toestemming_in", veld=na_intrekken)
    return len(rijen)


@transaction.atomic
def meld_wissen_gevraagd(*, door: Actor, casus: Casus, organisatie: Organisatie) -> int:
    """Records that an organisation was asked to remove what it had. Doing it twice is harmless.

    in: who, casus, organisation; out: how many withdrawals this answers; raises Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    rijen = casus.toestemmingen.filter(
        organisatie=organisatie, na_intrekken=NaIntrekken.WISSEN, wissen_gevraagd_op__isnull=True
    )
    aantal = rijen.update(wissen_gevraagd_op=timezone.now())
    if aantal:
        logboek.schrijf(door=door, daad="vroeg_om_wissen", casus_id=casus.pk, over=organisatie)
    return aantal


def _vastlegger(door: Actor) -> Medewerker:
    if door.medewerker is None:
        raise PermissionDenied
    return door.medewerker


def _meelezer(casus: Casus, organisatie: Organisatie) -> Meelezer:
    gevonden = next((rij for rij in laad(casus).meelezers if rij.organisatie.pk == organisatie.pk), None)
    if gevonden is None:
        raise Geweigerd(_("Deze organisatie doet niet meer mee. Er is niets veranderd."))
    return gevonden


def _rij_id(pk: UUID, nodig: Nodig) -> UUID:
    return uuid5(pk, f"{nodig.over.pk}:{nodig.gever.pk if nodig.gever else ''}")


def _maak_plaats(meelezer: Meelezer, nodig: Nodig, zegt: str) -> bool:
    """Whether this answer says something new. A yes ends the no that was there."""
    huidig = meelezer.antwoord(nodig)
    if huidig is None:
        return True
    if huidig.zegt == Zegt.JA or zegt == Zegt.NEE:
        return False
    Toestemming.objects.filter(pk=huidig.pk).update(ingetrokken_op=timezone.now())
    return True


def _schrijf(door: Actor, rij: Toestemming, *, daad: str, veld: str) -> None:
    """One line, on behalf of whoever answered."""
    namens = replace(door, namens=rij.gever)
    logboek.schrijf(door=namens, daad=daad, casus_id=rij.casus_id, over=rij, velden=[veld])
