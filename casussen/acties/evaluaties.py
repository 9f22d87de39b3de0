"""Planning and recording an evaluation."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.basis import bewaar, open_casus, slot
from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast_met_nieuwe_datum
from casussen.actor import Actor
from casussen.models import Afspraak, Casus, Evaluatie, Oordeel
from casussen.models.evaluatie import OordeelSoort, Vervolg
from casussen.overzicht.bewaren import laatste_dag


def geplande_evaluatie(casus: Casus) -> Evaluatie | None:
    """in: a casus; out: the evaluation that is planned, if any."""
    return casus.evaluaties.filter(gehouden_op__isnull=True).first()


@transaction.atomic
def plan_evaluatie(*, door: Actor, casus: Casus, pk: UUID, versie: int, velden: Mapping[str, Any]) -> Evaluatie:
    """Plans when everyone looks back, or changes the plan.

    in: who, casus, id, the version seen (0: new), fields of Evaluatie; out: the record; raises Verouderd,
    Geweigerd, PermissionDenied. One evaluation is planned at a time: a second one changes the first.
    """
    casus = open_casus(door, casus)
    gepland = geplande_evaluatie(casus)
    if gepland is not None and gepland.pk != pk:
        pk = gepland.pk
    evaluatie, anders, _nieuw = bewaar(Evaluatie, pk=pk, casus=casus, versie=versie, velden=velden)
    if anders:
        logboek.schrijf(door=door, daad="plande_evaluatie", casus_id=casus.pk, over=evaluatie, velden=anders)
    return evaluatie


@transaction.atomic
def leg_evaluatie_vast(
    *,
    door: Actor,
    casus: Casus,
    evaluatie: Evaluatie,
    oordelen: Mapping[Afspraak, str],
    velden: Mapping[str, Any],
    nieuwe_datum: date | None = None,
    einde: Mapping[str, str] | None = None,
) -> Evaluatie:
    """Records an evaluation and how it goes on. Pressing twice is harmless; other answers in a second window are not.

    in: who, casus, the planned evaluation, the conclusion for every agreement, fields of Evaluatie (the three
    questions and `vervolg`), the next date (for going on and for adapting), the good end (`blijft_bereikbaar`,
    `belt_nog_een_keer`) for closing; out: the recorded evaluation; raises Geweigerd, PermissionDenied.
    Agreements that are "vervallen" end. Going on makes a new version with only a new date.
    """
    vast = slot(casus)
    if not rechten.mag_casus_wijzigen(door, vast):
        raise PermissionDenied
    vers = Evaluatie.objects.get(pk=evaluatie.pk, casus=vast)
    if vers.gehouden_op is not None:
        if _is_zelfde(vers, oordelen, velden, nieuwe_datum):
            return vers
        raise Geweigerd(
            _(
                "Dit gesprek is al vastgelegd, door iemand anders of in een ander venster. "
                "Wat je invulde, staat er nog, maar is niet bewaard. Onder aan de pagina staat wat er bewaard is."
            )
        )
    vast = open_casus(door, vast)
    _controleer(vast, oordelen, velden["vervolg"], nieuwe_datum, einde or {})
    Evaluatie.objects.filter(pk=vers.pk).update(gehouden_op=timezone.now(), **velden)
    vers.refresh_from_db()
    _bewaar_oordelen(vast, vers, oordelen)
    logboek.schrijf(door=door, daad="legde_evaluatie_vast", casus_id=vast.pk, over=vers, velden=[velden["vervolg"]])
    if velden["vervolg"] == Vervolg.AFSLUITEN:
        _sluit(door, vast, einde or {})
    else:
        assert nieuwe_datum is not None  # _controleer
        _plan_volgende(door, vast, vers, nieuwe_datum)
        if velden["vervolg"] == Vervolg.DOOR:
            stel_vast_met_nieuwe_datum(door=door, casus=vast)
    return vers


def _is_zelfde(
    evaluatie: Evaluatie, oordelen: Mapping[Afspraak, str], velden: Mapping[str, Any], datum: date | None
) -> bool:
    """Whether this is the second press on the same button."""
    bewaard = dict(evaluatie.oordelen.values_list("afspraak_id", "soort"))
    volgende = geplande_evaluatie(evaluatie.casus)
    return (
        bewaard == {afspraak.pk: soort for afspraak, soort in oordelen.items()}
        and all(getattr(evaluatie, naam) == waarde for naam, waarde in velden.items())
        and (volgende.datum if volgende else None) == datum
    )


def _controleer(
    casus: Casus, oordelen: Mapping[Afspraak, str], vervolg: str, datum: date | None, einde: Mapping[str, str]
) -> None:
    lopend = set(casus.afspraken.filter(vervallen_op__isnull=True).values_list("pk", flat=True))
    if lopend != {afspraak.pk for afspraak in oordelen}:
        raise Geweigerd(
            _(
                "De afspraken zijn intussen veranderd. Wat je invulde, staat er nog. "
                "Kies bij elke afspraak hoe het ging, en leg opnieuw vast."
            )
        )
    if vervolg == Vervolg.AFSLUITEN:
        if not all(einde.get(naam, "").strip() for naam in ("blijft_bereikbaar", "belt_nog_een_keer")):
            raise Geweigerd(_("Schrijf op wie bereikbaar blijft, en wie nog één keer belt."))
    elif datum is None:
        raise Geweigerd(_("Kies een nieuwe dag om terug te kijken. Wat je invulde, staat er nog."))
    elif datum <= timezone.localdate():
        raise Geweigerd(_("Deze dag is voorbij of is vandaag. Kies een dag die nog komt."))


def _bewaar_oordelen(casus: Casus, evaluatie: Evaluatie, oordelen: Mapping[Afspraak, str]) -> None:
    for afspraak, soort in oordelen.items():
        Oordeel.objects.create(evaluatie=evaluatie, afspraak=afspraak, soort=soort)
    voorbij = [afspraak.pk for afspraak, soort in oordelen.items() if soort == OordeelSoort.VERVALLEN]
    casus.afspraken.filter(pk__in=voorbij, vervallen_op__isnull=True).update(vervallen_op=evaluatie.gehouden_op)


def _plan_volgende(door: Actor, casus: Casus, vorige: Evaluatie, datum: date) -> None:
    volgende = Evaluatie.objects.create(
        casus=casus,
        datum=datum,
        van=vorige.van,
        tot=vorige.tot,
        waar=vorige.waar,
        uitnodiger=vorige.uitnodiger if vorige.uitnodiger and vorige.uitnodiger.tot is None else None,
    )
    volgende.afwezige_deelnemers.set(vorige.afwezige_deelnemers.all())
    volgende.afwezige_gezinsleden.set(vorige.afwezige_gezinsleden.all())
    logboek.schrijf(door=door, daad="plande_evaluatie", casus_id=casus.pk, over=volgende, velden=["datum"])


def _sluit(door: Actor, casus: Casus, einde: Mapping[str, str]) -> None:
    nu = timezone.now()
    tot = laatste_dag(casus.team.organisatie, timezone.localdate(nu))
    Casus.objects.filter(pk=casus.pk).update(afgesloten_op=nu, bewaren_tot=tot, **einde)
    logboek.schrijf(door=door, daad="sloot_af", casus_id=casus.pk, over=casus)
