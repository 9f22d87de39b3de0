"""A helper named who takes over: that person joins, gets the open agreements, and the old part ends."""

from dataclasses import dataclass
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from casussen import logboek
from casussen.acties import draden
from casussen.acties.afspraken import zet_afspraak
from casussen.acties.deelnemers import beeindig_deelnemer, voeg_professional_toe, zet_in_adresboek
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.models import Casus, Deelnemer, Draad

# What the successor takes over of the part.
ROL = ("waarvoor", "beslist", "doet_niet", "alleen_als_nodig", "voor_gezin", "voor_professionals")


@dataclass(frozen=True)
class Doorgegeven:
    """Who has the agreements now, and whether the old part ended (not while it holds a function of step 4)."""

    nieuw: Deelnemer
    gestopt: bool


@transaction.atomic
def geef_door(
    *,
    door: Actor,
    casus: Casus,
    draad: Draad,
    naam: str,
    email: str,
    functie: str,
    organisatie: str,
    hoort_bij_hulp: bool,
) -> Doorgegeven:
    """Lets the named successor take part in the same role, and gives him the open agreements: he is asked anew.

    in: who leads the casus, casus, the thread in which the helper asked it, the successor (an e-mail address that is
    known gives the existing entry), whether a new organisation belongs to the help; out: the new part, and whether the
    old one ended. A second press finds what the first one made. raises Geweigerd, PermissionDenied.
    """
    casus, draad = draden.open_draad(door, casus, draad)
    pk = uuid5(draad.pk, "doorgegeven")
    gedaan = casus.deelnemers.filter(pk=pk).first()
    oud = draad.deelnemer
    if gedaan is not None:
        return Doorgegeven(gedaan, oud.tot is not None)
    if draad.afgerond_op is not None:
        raise Geweigerd(_("Dit is intussen opgelost. Er is niets doorgegeven."))
    professional = zet_in_adresboek(
        door=door, naam=naam, functie=functie, organisatie=organisatie, email=email, telefoon="",
        hoort_bij_hulp=hoort_bij_hulp,
    )  # fmt: skip
    if professional == oud.professional:
        raise Geweigerd(
            _("Dit adres is van %(naam)s zelf. Er is niets doorgegeven. Vul het adres van de ander in.")
            % {"naam": oud.naam}
        )
    rol = {veld: getattr(oud, veld) for veld in ROL}
    lezers = {"voor_wie": list(oud.voor_wie.all()), "gekozen_gezinsleden": list(oud.gekozen_gezinsleden.all())}
    nieuw = voeg_professional_toe(
        door=door, casus=casus, pk=pk, professional=professional, velden=rol | lezers,
        eerst_toestemming=not hoort_bij_hulp,
    )  # fmt: skip
    for afspraak in casus.afspraken.filter(deelnemer=oud, vervallen_op__isnull=True):
        zet_afspraak(door=door, casus=casus, pk=afspraak.pk, versie=afspraak.versie, velden={"deelnemer": nieuw})
    logboek.schrijf(door=door, daad="gaf_door", casus_id=casus.pk, over=nieuw)
    gestopt = not casus.regie.filter(deelnemer=oud, tot__isnull=True).exists()
    if gestopt:
        beeindig_deelnemer(door=door, casus=casus, deelnemer=oud)
    else:
        draden.rond_af(door=door, casus=casus, draad=draad)
    return Doorgegeven(nieuw, gestopt)
