"""Fixing a version: the numbered snapshot that everyone gets."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import berichten, logboek, rechten
from casussen.acties.basis import open_casus
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Gezinslid, Reactie, Vaststelling
from casussen.models.afspraak import ReactieSoort
from casussen.overzicht import gereed, gevraagd, momentopname, verschil
from casussen.overzicht.dossier import Dossier, laad
from casussen.overzicht.gevraagd import Nieuws


@transaction.atomic
def stel_vast(*, door: Actor, casus: Casus, nummer: int, gezien: str = "") -> Vaststelling:
    """Fixes version `nummer` and puts a mail in the outbox for everyone who gets something.

    in: a member of staff, casus, the number on the button (a second press finds the version that is there),
    the fingerprint of what was on the screen (verschil.vingerafdruk; empty: no screen);
    out: the version; raises Geweigerd when something is missing, nothing changed, something changed after the page
    was opened, or another version came first; PermissionDenied.
    """
    casus = open_casus(door, casus)
    if door.medewerker is None:
        raise PermissionDenied
    laatste = casus.vaststellingen.first()
    if laatste is not None and laatste.nummer == nummer:
        return laatste
    if nummer != (laatste.nummer if laatste else 0) + 1:
        raise Geweigerd(_("Iemand anders stelde net een versie vast. Kijk nog een keer, en stel dan opnieuw vast."))
    dossier = laad(casus)
    opname = momentopname.van_dossier(dossier)
    ontbreekt = gereed.wat_ontbreekt(opname)
    if ontbreekt:
        raise Geweigerd(" ".join([_("Vaststellen kan nog niet."), *ontbreekt]))
    if laatste is not None and not verschil.is_gewijzigd(laatste.inhoud, opname):
        raise Geweigerd(_("Er is niets veranderd. Versie %(nummer)d blijft gelden.") % {"nummer": laatste.nummer})
    if gezien and gezien != verschil.vingerafdruk(opname):
        raise Geweigerd(
            _("Er is net iets veranderd op dit overzicht. Er is niets verstuurd. Kijk nog één keer, en stel dan vast.")
        )
    _zelf_akkoord(door, casus)
    return _bewaar(door, dossier, nummer, opname)


def stel_vast_met_nieuwe_datum(*, door: Actor, casus: Casus) -> Vaststelling | None:
    """Makes a next version of the last one with only the newly planned evaluation (inside another actie).

    in: who, the locked casus; out: the version, None when nothing was ever fixed. What was typed since the last
    version stays a draft: nobody has fixed that yet.
    """
    laatste = casus.vaststellingen.first()
    if laatste is None:
        return None
    dossier = laad(casus)
    opname = {**laatste.inhoud, "evaluatie": momentopname.van_dossier(dossier)["evaluatie"]}
    if opname["evaluatie"] and opname["evaluatie"]["uitnodiger"] not in _mensen_in(opname):
        opname["evaluatie"]["uitnodiger"] = None
    vervallen = {str(pk) for pk in casus.afspraken.filter(vervallen_op__isnull=False).values_list("pk", flat=True)}
    opname["afspraken"] = [afspraak for afspraak in opname["afspraken"] if afspraak["id"] not in vervallen]
    return _bewaar(door, dossier, laatste.nummer + 1, opname)


def _bewaar(door: Actor, dossier: Dossier, nummer: int, opname: dict[str, Any]) -> Vaststelling:
    if door.medewerker is None:
        raise PermissionDenied
    casus, nieuws = dossier.casus, gevraagd.per_mens(dossier, opname)
    versie = Vaststelling.objects.create(
        casus=casus, nummer=nummer, inhoud=opname, door=door.medewerker, op=timezone.now()
    )
    logboek.schrijf(door=door, daad="stelde_vast", casus_id=casus.pk, over=versie)
    _zet_berichten_klaar(door, versie, nieuws)
    return versie


def _zelf_akkoord(door: Actor, casus: Casus) -> None:
    """Whoever fixes a version agrees with the own agreements in it."""
    eigen = rechten.eigen_deelname(door, casus).first()
    if eigen is None:
        return
    for afspraak in casus.afspraken.filter(deelnemer=eigen, vervallen_op__isnull=True):
        Reactie.objects.update_or_create(
            afspraak=afspraak,
            deelnemer=eigen,
            inhoud_versie=afspraak.inhoud_versie,
            defaults={"soort": ReactieSoort.AKKOORD, "tekst": ""},
        )


def _zet_berichten_klaar(door: Actor, versie: Vaststelling, nieuws: Mapping[UUID, Nieuws]) -> None:
    """One mail for everybody who is in it, apart from who fixed it: he knows."""
    casus, eigen = versie.casus, rechten.eigen_deelname(door, versie.casus).first()
    # Whoever joined after the last full version is not in a version with only a new date, and has nothing to read.
    in_versie = _mensen_in(versie.inhoud)
    mensen: list[Deelnemer | Gezinslid] = [
        *berichten.bereikbare_deelnemers(casus), *berichten.gezinsleden_met_mail(casus)
    ]  # fmt: skip
    for mens in mensen:
        if mens == eigen or str(mens.pk) not in in_versie:
            continue
        soort = gevraagd.soort_mail(mens, nieuws[mens.pk])
        if soort is not None:
            berichten.zet_klaar(soort=soort, aan=mens, casus=casus, oorzaak=gevraagd.oorzaak(versie))
    berichten.wek_postbode()


def _mensen_in(opname: momentopname.Opname) -> set[str]:
    return {mens["id"] for mens in [*opname["deelnemers"], *opname["gezinsleden"]]}
