"""Helpers and people from the network: who joins, what they do, how to reach them, and who leaves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties import draden
from casussen.acties.adresboek import verbind_nieuw_adres
from casussen.acties.basis import bewaar, open_casus, slot, verouderd
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import sluit_links
from casussen.acties.toestemming import vraag_eerst_toestemming
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Netwerklid, Organisatie, Professional

BEREIKBAARHEID = ("telefoon", "dagen", "uren_van", "uren_tot", "terugbellen", "app", "mail", "vervanger")


@transaction.atomic
def zet_in_adresboek(
    *,
    door: Actor,
    naam: str,
    functie: str,
    organisatie: str,
    email: str,
    telefoon: str,
    hoort_bij_hulp: bool = True,
) -> Professional:
    """Finds somebody in the address book, or adds him, with his organisation.

    in: who, and the fields (`hoort_bij_hulp` is for a new organisation only); out: the entry. An e-mail address that
    is known gives the existing entry, unchanged: nobody rewrites another one's details by typing the address again.
    raises PermissionDenied.
    """
    if not rechten.mag_adresboek_aanvullen(door):
        raise PermissionDenied
    if email:
        bekend = Professional.objects.filter(email__iexact=email).first()
        if bekend is not None:
            return bekend
    plek, _nieuw = Organisatie.objects.get_or_create(
        naam__iexact=organisatie, defaults={"naam": organisatie, "hoort_bij_hulp": hoort_bij_hulp}
    )
    # Two presses at the same moment: the second one waits here, and then finds what the first one made.
    Organisatie.objects.select_for_update(no_key=True).get(pk=plek.pk)
    zelfde = {"email__iexact": email} if email else {"organisatie": plek, "naam__iexact": naam, "email": ""}
    velden = {"naam": naam, "functie": functie, "organisatie": plek, "email": email, "telefoon": telefoon}
    professional, nieuw = Professional.objects.get_or_create(**zelfde, defaults=velden)
    if nieuw:
        logboek.schrijf(door=door, daad="zette_in_adresboek", casus_id=None, over=professional)
        verbind_nieuw_adres(door=door, professional=professional)
    return professional


@transaction.atomic
def voeg_professional_toe(
    *,
    door: Actor,
    casus: Casus,
    pk: UUID,
    professional: Professional,
    velden: Mapping[str, Any] | None = None,
    eerst_toestemming: bool = False,
) -> Deelnemer:
    """Lets somebody from the address book take part.

    in: who, casus, the id from the form, the person, fields of Deelnemer, whether the organisation does not belong to
    this help; out: the part, or the existing one when this person already takes part; raises Geweigerd,
    PermissionDenied.
    """
    casus = open_casus(door, casus)
    bestaand = casus.deelnemers.filter(professional=professional, tot__isnull=True).first()
    if bestaand is not None:
        return bestaand
    waarden = {"professional": professional, "van": timezone.now(), **(velden or {})}
    deelnemer, _anders, _nieuw = bewaar(Deelnemer, pk=pk, casus=casus, versie=0, velden=waarden)
    logboek.schrijf(door=door, daad="voegde_helper_toe", casus_id=casus.pk, over=deelnemer)
    if eerst_toestemming:
        vraag_eerst_toestemming(door=door, casus=casus, organisatie=professional.organisatie)
    return deelnemer


@transaction.atomic
def zet_netwerklid(
    *, door: Actor, casus: Casus, pk: UUID, versie: int, persoon: Mapping[str, Any], velden: Mapping[str, Any]
) -> Deelnemer:
    """Adds somebody from the family's own network, or changes one.

    in: who, casus, id of the Deelnemer, the version seen (0: new), fields of Netwerklid and of Deelnemer;
    out: the Deelnemer; raises Verouderd, Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    bestaand = casus.deelnemers.select_related("netwerklid").filter(pk=pk, netwerklid__isnull=False).first()
    if bestaand is None:
        # The person has the same id as the part, so that a second press finds both.
        netwerklid, _anders, _nieuw = bewaar(Netwerklid, pk=pk, casus=casus, versie=0, velden=persoon)
        waarden = {"netwerklid": netwerklid, "van": timezone.now(), **velden}
        deelnemer, anders, nieuw = bewaar(Deelnemer, pk=pk, casus=casus, versie=0, velden=waarden)
    elif bestaand.tot is not None:
        raise Geweigerd(
            _("Deze persoon doet niet meer mee. Wat je invulde, staat er nog. Voeg de persoon opnieuw toe.")
        )
    else:
        deelnemer, anders = _wijzig_netwerklid(door, bestaand, casus, versie, persoon, velden)
        nieuw = False
    if anders:
        daad = "voegde_netwerklid_toe" if nieuw else "wijzigde_netwerklid"
        logboek.schrijf(door=door, daad=daad, casus_id=casus.pk, over=deelnemer, velden=anders)
    return deelnemer


def _wijzig_netwerklid(
    door: Actor, deelnemer: Deelnemer, casus: Casus, versie: int, persoon: Mapping[str, Any], velden: Mapping[str, Any]
) -> tuple[Deelnemer, list[str]]:
    """Changes the person and the part as one: whoever saves on top of an older version of either is stopped."""
    lid = deelnemer.netwerklid
    assert lid is not None  # only called for people from the network
    _lid, persoon_anders, _nieuw = bewaar(Netwerklid, pk=lid.pk, casus=casus, versie=lid.versie, velden=persoon)
    if persoon_anders and not Deelnemer.objects.filter(pk=deelnemer.pk, versie=versie).update(versie=F("versie") + 1):
        raise verouderd(deelnemer)
    vers, deel_anders, _nieuw = bewaar(
        Deelnemer, pk=deelnemer.pk, casus=casus, versie=versie + bool(persoon_anders), velden=velden
    )
    if "email" in persoon_anders:
        sluit_links(door=door, van_wie=Q(deelnemer=vers))
    return vers, [*deel_anders, *persoon_anders]


@transaction.atomic
def wijzig_deelnemer(*, door: Actor, casus: Casus, pk: UUID, versie: int, velden: Mapping[str, Any]) -> Deelnemer:
    """Changes the role, readers or reachability of somebody who takes part.

    in: who, casus, id, the version seen, fields of Deelnemer; out: the record; raises Verouderd, Geweigerd,
    PermissionDenied.
    """
    casus = open_casus(door, casus)
    if not casus.deelnemers.filter(pk=pk, tot__isnull=True).exists():
        raise Geweigerd(_("Deze helper doet niet meer mee. Er is niets veranderd. Kijk in stap 2 wie er meedoet."))
    deelnemer, anders, _nieuw = bewaar(Deelnemer, pk=pk, casus=casus, versie=versie, velden=velden)
    if anders:
        logboek.schrijf(door=door, daad="wijzigde_helper", casus_id=casus.pk, over=deelnemer, velden=anders)
    return deelnemer


@transaction.atomic
def zet_eigen_bereikbaarheid(*, door: Actor, deelnemer: Deelnemer, versie: int, velden: Mapping[str, Any]) -> Deelnemer:
    """Lets a deelnemer say himself how to reach him.

    in: the deelnemer as Actor, his record, the version seen, fields from BEREIKBAARHEID; out: the record;
    raises Verouderd, PermissionDenied, Geweigerd.
    """
    if not rechten.mag_als_deelnemer(door, deelnemer) or not set(velden) <= set(BEREIKBAARHEID):
        raise PermissionDenied
    casus = slot(deelnemer.casus)
    if not casus.is_open or not casus.deelnemers.filter(pk=deelnemer.pk, tot__isnull=True).exists():
        raise Geweigerd(_("Je doet hier niet meer mee. Er is niets veranderd."))
    nieuw, anders, _is_nieuw = bewaar(Deelnemer, pk=deelnemer.pk, casus=casus, versie=versie, velden=velden)
    if anders:
        logboek.schrijf(door=door, daad="wijzigde_bereikbaarheid", casus_id=casus.pk, over=nieuw, velden=anders)
    return nieuw


@transaction.atomic
def beeindig_deelnemer(*, door: Actor, casus: Casus, deelnemer: Deelnemer) -> None:
    """Ends somebody's part; access by link ends with it.

    in: who, casus, deelnemer; raises Geweigerd while he still owns agreements or the regie, PermissionDenied.
    """
    casus = open_casus(door, casus)
    if casus.afspraken.filter(deelnemer=deelnemer, vervallen_op__isnull=True).exists():
        raise Geweigerd(
            _("%(naam)s heeft nog afspraken. Geef die eerst aan iemand anders, in stap 5. Er is niets veranderd.")
            % {"naam": deelnemer.naam}
        )
    if casus.regie.filter(deelnemer=deelnemer, tot__isnull=True).exists():
        raise Geweigerd(
            _("%(naam)s staat nog in stap 4. Kies daar eerst iemand anders. Er is niets veranderd.")
            % {"naam": deelnemer.naam}
        )
    if casus.deelnemers.filter(pk=deelnemer.pk, tot__isnull=True).update(tot=timezone.now()):
        logboek.schrijf(door=door, daad="beeindigde_deelname", casus_id=casus.pk, over=deelnemer)
        draden.sluit_wat_voorbij_is(door=door, casus=casus)
