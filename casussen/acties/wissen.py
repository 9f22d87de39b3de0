"""Removing for good: everything about one person in a casus, or a whole casus. Only ids in the log stay."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from casussen import logboek, rechten
from casussen.acties.basis import slot
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.berichten import postvak
from casussen.models import Bericht, Casus, Gezinslid, Toestemming, Vaststelling, Verzoek
from casussen.models.basis import Rij
from casussen.overzicht import bewaren, naamzoeker, rijen
from casussen.overzicht.naamzoeker import Zoeker


@transaction.atomic
def wis_casus(*, door: Actor, casus: Casus, op: date) -> None:
    """Removes a closed casus with every row that belongs to it. This cannot be undone.

    in: a coördinator of the team, or the clock after the decision; casus; today; raises PermissionDenied, and Geweigerd
    when its term is not over, the copy for the archive was not made, or a request in it waits. Its requests stay in the
    register without name or text; the log keeps its lines.
    """
    try:
        vast = slot(casus)
    except Casus.DoesNotExist:
        return  # a second press: it was done
    if not rechten.mag_casus_wissen(door, vast):
        raise PermissionDenied
    _controleer(vast, op)
    logboek.schrijf(door=door, daad="wiste_casus", casus_id=vast.pk, over=vast)
    vast.verzoeken.update(team=vast.team, casus=None, gezinslid=None, tekst="", reden="", verleng_reden="")
    mails = _bestanden(vast.berichten.all())
    _sta_wissen_toe(f"casus:{vast.pk}")
    vast.delete()
    _sta_wissen_toe("")
    _gooi_mails_weg(mails)


def _controleer(casus: Casus, op: date) -> None:
    if casus.is_open or not bewaren.nu_wissen_kan(casus, op):
        raise Geweigerd(_("Wissen kan nog niet: de bewaartermijn loopt nog. Er is niets gewist."))
    if not bewaren.is_gekopieerd(casus):
        raise Geweigerd(_("Maak eerst de kopie voor het archief. Er is nog niets gewist."))
    if bewaren.lopende_verzoeken(casus):
        raise Geweigerd(_("Er loopt nog een verzoek van het gezin. Handel dat eerst af. Er is niets gewist."))


@transaction.atomic
def wis_persoon(*, door: Actor, verzoek: Verzoek, casusnaam: str = "") -> None:
    """Removes everything about one person of a family, after a request on which was decided so. It cannot be undone.

    in: a coördinator of the team, the request, a new name for the casus when the old one names this person;
    raises PermissionDenied, and Geweigerd when there is no such decision or the new name is missing.
    In texts of others, fixed versions too, the name becomes "[gewist]". Consents that this person gave about somebody
    else stay, without who gave them: the family of that other person can still see on what ground was shared.
    """
    if verzoek.casus is None or verzoek.gezinslid is None:
        return  # a second press: it was done
    casus = slot(verzoek.casus)
    if not rechten.mag_gegevens_beheren(door, casus):
        raise PermissionDenied
    vers = Verzoek.objects.get(pk=verzoek.pk)
    lid = vers.gezinslid
    if lid is None:
        return
    if not vers.moet_nog_gewist:
        raise Geweigerd(_("Over dit verzoek is niet besloten om alles te wissen. Er is niets gewist."))
    zoeker = naamzoeker.zoeker(casus, lid)
    _hernoem(casus, zoeker, casusnaam.strip())
    logboek.schrijf(door=door, daad="wiste_persoon", casus_id=casus.pk, over=lid)
    _wis_uit_versies(casus, lid, zoeker, casusnaam.strip())
    _verberg_naam(casus, lid, zoeker)
    _verwijder(casus, lid)


def _hernoem(casus: Casus, zoeker: Zoeker, naam: str) -> None:
    if not zoeker.noemt(casus.naam):
        return
    if not naam or zoeker.noemt(naam):
        raise Geweigerd(
            _("De naam van deze samenwerking noemt deze persoon. Kies een andere naam. Er is nog niets gewist.")
        )
    Casus.objects.filter(pk=casus.pk).update(naam=naam, versie=F("versie") + 1)


def _wis_uit_versies(casus: Casus, lid: Gezinslid, zoeker: Zoeker, casusnaam: str) -> None:
    """The one way in which a fixed version may change (migration 0004): somebody is taken out of it."""
    _sta_wissen_toe(f"gezinslid:{lid.pk}")
    for versie in rijen.versies(casus):
        inhoud = _zonder(versie.inhoud, str(lid.pk), zoeker)
        if zoeker.noemt(versie.inhoud["naam"]):
            inhoud["naam"] = casusnaam
        if inhoud != versie.inhoud:
            Vaststelling.objects.filter(pk=versie.pk).update(inhoud=inhoud)
    _sta_wissen_toe("")


def _zonder(waarde: Any, lid_id: str, zoeker: Zoeker) -> Any:
    """The same data without one person: the own entry, the own agreements, the id wherever it stands, and the name."""
    if isinstance(waarde, list):
        return [_zonder(deel, lid_id, zoeker) for deel in waarde if not _is_van(deel, lid_id)]
    if isinstance(waarde, dict):
        return {naam: _zonder(deel, lid_id, zoeker) for naam, deel in waarde.items()}
    return zoeker.verberg(waarde) if isinstance(waarde, str) else waarde


def _is_van(deel: Any, lid_id: str) -> bool:
    return deel == lid_id or (isinstance(deel, dict) and lid_id in (deel.get("id"), deel.get("gezinslid")))


def _verberg_naam(casus: Casus, lid: Gezinslid, zoeker: Zoeker) -> None:
    for rij, veld, tekst in naamzoeker.teksten_van_anderen(casus, lid):
        nieuw = zoeker.verberg(tekst)
        if nieuw != tekst:
            kolommen: dict[str, Any] = {veld: _passend(rij, veld, nieuw)}
            if isinstance(rij, Rij):
                kolommen["versie"] = F("versie") + 1
            type(rij)._default_manager.filter(pk=rij.pk).update(**kolommen)


def _passend(rij: models.Model, veld: str, tekst: str) -> str:
    lengte: int | None = rij._meta.get_field(veld).max_length  # type: ignore[union-attr]
    return tekst[:lengte]


def _verwijder(casus: Casus, lid: Gezinslid) -> None:
    casus.verzoeken.filter(gezinslid=lid).update(tekst="", reden="", verleng_reden="", gezinslid=None)
    casus.afspraken.filter(gezinslid=lid).delete()
    casus.toestemmingen.filter(over=lid).delete()
    for toestemming in Toestemming.objects.filter(gever=lid):
        _haal_gever_weg(toestemming)
    casus.geinformeerd.filter(gezinslid=lid).delete()
    casus.toegangslinks.filter(gezinslid=lid).delete()
    # A mail to staff about this person has the id in its key.
    berichten = Bericht.objects.filter(Q(gezinslid=lid) | Q(sleutel__contains=str(lid.pk)))
    mails = _bestanden(berichten)
    berichten.delete()
    lid.delete()
    _gooi_mails_weg(mails)


def _haal_gever_weg(toestemming: Toestemming) -> None:
    """Somebody gave this about another person, whose proof it stays. Two such givers keep two rows apart."""
    wie = _("iemand van wie de gegevens zijn gewist")
    eerder = Toestemming.objects.filter(
        organisatie=toestemming.organisatie_id, over=toestemming.over_id, gever_anders__startswith=wie
    ).count()
    Toestemming.objects.filter(pk=toestemming.pk).update(
        gever=None, gever_anders=f"{wie} ({eerder + 1})" if eerder else wie, versie=F("versie") + 1
    )


def _sta_wissen_toe(wat: str) -> None:
    """Tells the trigger on the fixed versions what this transaction may remove; empty: nothing (migration 0004)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('handreiking.wissen', %s, true)", [wat])


def _bestanden(berichten: QuerySet[Bericht]) -> list[UUID]:
    """The rows under which the mails of these rows are kept: also of the row whose mail told it too."""
    return [samen_met or pk for pk, samen_met in berichten.values_list("pk", "samen_met")]


def _gooi_mails_weg(mails: Iterable[UUID]) -> None:
    """The demo keeps its mails as files; they go when everything else is really gone."""
    weg = list(mails)
    transaction.on_commit(lambda: postvak.gooi_weg(weg))
