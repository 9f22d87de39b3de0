"""Who gets what when a version is fixed, and whether it arrived."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.actor import Actor
from casussen.models import Bericht, Deelnemer, Gezinslid
from casussen.overzicht import stap
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.post import NIET_AANGEKOMEN
from casussen.overzicht.stap import Persoon
from casussen.rechten import mag_als_deelnemer
from casussen.taal.datums import dag_kort, opsomming, uur


@dataclass(frozen=True)
class Post:
    """Whether the mail to somebody arrived. `soort`: ok, wacht, niet, or none when there is nothing to tell."""

    soort: str
    tekst: str
    bericht: UUID | None = None


@dataclass(frozen=True)
class Ontvanger:
    """One person who gets something, or does not.

    `hoe` says by which way, `mailt` whether a mail will leave; `afspraken` are the texts of a helper's own.
    `mag_meelezen` is False for a helper of an organisation for which a consent is missing.
    """

    mens: Deelnemer | Gezinslid
    persoon: Persoon
    rol: str
    krijgt: str
    hoe: str
    mailt: bool
    afspraken: list[str] = field(default_factory=list)
    mag_meelezen: bool = True

    @property
    def is_gezin(self) -> bool:
        """Out: whether this is somebody of the family, who has an overview."""
        return isinstance(self.mens, Gezinslid)

    @property
    def moet_gebeld(self) -> bool:
        """Out: whether this is somebody with agreements whom no mail can reach."""
        return not self.is_gezin and not self.mens.email and bool(self.afspraken) and self.mag_meelezen


def ontvangers(dossier: Dossier, door: Actor) -> list[Ontvanger]:
    """in: a loaded casus, who fixes the version; out: everyone, the family first."""
    return [
        *(_gezinslid(lid, dossier) for lid in dossier.gezinsleden),
        *(_deelnemer(mens, dossier, door) for mens in dossier.deelnemers),
    ]


def _gezinslid(lid: Gezinslid, dossier: Dossier) -> Ontvanger:
    krijgt = _("overzicht")
    if lid.gezag is False:
        krijgt, hoe = _("niets vanzelf"), _("Alleen op verzoek: dit is een ouder zonder gezag.")
    elif lid.krijgt_mail:
        hoe = _("Link per mail")
    else:
        hoe = _("Op papier. Druk het af en geef het mee.")
    return Ontvanger(lid, stap.persoon(lid, dossier), lid.relatie, krijgt, hoe, lid.krijgt_vanzelf_mail)


def _deelnemer(mens: Deelnemer, dossier: Dossier, door: Actor) -> Ontvanger:
    eigen = [afspraak.wat for afspraak in dossier.afspraken if afspraak.deelnemer_id == mens.pk]
    aantal = len(eigen)
    krijgt = ngettext("%(aantal)d afspraak", "%(aantal)d afspraken", aantal) % {"aantal": aantal}
    zelf, mag_meelezen = mag_als_deelnemer(door, mens), dossier.mag_meelezen(mens)
    if not mag_meelezen:
        krijgt, hoe = _("nog niets"), _("Toestemming ontbreekt.")
    elif zelf:
        hoe = _("Dit ben jij. Je zegt ja door vast te stellen.") if aantal else _("Dit ben jij.")
    elif mens.email:
        hoe = _("Link per mail")
    else:
        hoe = _("Geen mailadres. Bel zelf.") if aantal else _("Krijgt geen bericht: er is geen mailadres.")
    return Ontvanger(
        mens,
        stap.persoon(mens, dossier),
        stap.rol_van(mens),
        krijgt if aantal or not mag_meelezen else _("geen afspraken"),
        hoe,
        bool(mens.email) and not zelf and mag_meelezen,
        eigen,
        mag_meelezen,
    )


def telling(mensen: list[Ontvanger]) -> dict[str, Any]:
    """in: everyone; out: for the words beside the button: how many are asked, who reads, who must be told otherwise."""
    gemaild = [mens for mens in mensen if mens.mailt]
    return {
        "gevraagd": [mens for mens in gemaild if not mens.is_gezin],
        "lezers": opsomming([mens.mens.roepnaam for mens in gemaild if mens.is_gezin]),
        "zelf_vertellen": opsomming([mens.mens.roepnaam for mens in mensen if mens.moet_gebeld]),
    }


def voor_het_voorbeeld(mensen: list[Ontvanger]) -> Deelnemer | Gezinslid | None:
    """in: everyone; out: whose mail is the example: a helper's, else of the family; None when none leaves."""
    gemaild = sorted((mens for mens in mensen if mens.mailt), key=lambda mens: (mens.is_gezin, not mens.afspraken))
    return gemaild[0].mens if gemaild else None


def post_zin(mens: Deelnemer | Gezinslid, bericht: Bericht | None, door: Actor, *, mag_meelezen: bool = True) -> Post:
    """in: somebody, the last mail to him if any, who looks, whether he may read; out: in words whether it arrived."""
    if not mag_meelezen:
        return Post("wacht", _("Krijgt nog niets: toestemming ontbreekt."))
    if isinstance(mens, Deelnemer) and mag_als_deelnemer(door, mens):
        return Post("", _("Dit ben jij."))
    if isinstance(mens, Gezinslid) and mens.gezag is False:
        return Post("", _("Alleen op verzoek: dit is een ouder zonder gezag."))
    if isinstance(mens, Gezinslid) and not mens.krijgt_mail:
        return Post("", _("Krijgt geen mail. Geef het op papier."))
    if not mens.email:
        return Post("wacht", _("Er is geen mailadres. Bel zelf."))
    if bericht is None:
        return Post("", _("Kreeg nog geen mail."))
    if bericht.status in NIET_AANGEKOMEN:
        return Post("niet", bericht.fout, bericht.pk)
    if bericht.verstuurd_op is None:
        return Post("wacht", bericht.fout or _("De mail gaat zo weg."))
    op = timezone.localtime(bericht.verstuurd_op)
    zin = _("Mail verstuurd op %(dag)s om %(uur)s uur.")
    return Post("ok", zin % {"dag": dag_kort(op.date()), "uur": uur(op.time())})
