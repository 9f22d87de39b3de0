"""Who gets what when a version is fixed, and whether it arrived."""

from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.actor import Actor
from casussen.models import Bericht, Deelnemer, Gezinslid
from casussen.models.bericht import BerichtSoort
from casussen.models.deelnemer import Functie
from casussen.models.organisatie import Mailritme
from casussen.overzicht import gevraagd, stap
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.gevraagd import Nieuws
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.post import NIET_AANGEKOMEN
from casussen.overzicht.stap import Persoon
from casussen.overzicht.wachten import mailritme
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

    `hoe` says by which way, `soort` which mail will leave (None: none); `vragen` is what a helper is asked to answer.
    `mag_meelezen` is False for a helper of an organisation for which a consent is missing.
    """

    mens: Deelnemer | Gezinslid
    persoon: Persoon
    rol: str
    krijgt: str
    hoe: str
    soort: BerichtSoort | None
    vragen: list[str] = field(default_factory=list)
    mag_meelezen: bool = True

    @property
    def mailt(self) -> bool:
        """Out: whether a mail will leave."""
        return self.soort is not None

    @property
    def is_gezin(self) -> bool:
        """Out: whether this is somebody of the family, who has an overview."""
        return isinstance(self.mens, Gezinslid)

    @property
    def moet_gebeld(self) -> bool:
        """Out: whether something is asked of somebody whom no mail can reach."""
        return not self.is_gezin and not self.mens.email and bool(self.vragen) and self.mag_meelezen


def ontvangers(dossier: Dossier, opname: Opname, door: Actor) -> list[Ontvanger]:
    """in: a loaded casus, the same as data, who fixes the version; out: everyone, the family first."""
    nieuws = gevraagd.per_mens(dossier, opname)
    return [
        *(_gezinslid(lid, dossier, nieuws[lid.pk]) for lid in dossier.gezinsleden),
        *(_deelnemer(mens, dossier, nieuws[mens.pk], door) for mens in dossier.deelnemers),
    ]


def _gezinslid(lid: Gezinslid, dossier: Dossier, nieuws: Nieuws) -> Ontvanger:
    krijgt = _("overzicht")
    if lid.gezag is False:
        krijgt, hoe = _("niets vanzelf"), _("Alleen op verzoek: dit is een ouder zonder gezag.")
    elif lid.krijgt_mail:
        hoe = _("Link per mail") if nieuws.eerste else _("Mail dat er iets veranderd is")
    else:
        hoe = _("Op papier. Druk het af en geef het mee.")
    soort = gevraagd.soort_mail(lid, nieuws) if lid.krijgt_vanzelf_mail else None
    return Ontvanger(lid, stap.persoon(lid, dossier), lid.relatie, krijgt, hoe, soort)


def _deelnemer(mens: Deelnemer, dossier: Dossier, nieuws: Nieuws, door: Actor) -> Ontvanger:
    zelf, mag_meelezen = mag_als_deelnemer(door, mens), dossier.mag_meelezen(mens)
    soort = gevraagd.soort_mail(mens, nieuws) if mens.email and mag_meelezen and not zelf else None
    eigen = [rij.wat for rij in dossier.afspraken if rij.deelnemer_id == mens.pk]
    krijgt = _aantal(eigen) if zelf else _krijgt(nieuws)
    if not mag_meelezen:
        krijgt, hoe = _("nog niets"), _("Toestemming ontbreekt.")
    elif zelf:
        hoe = _("Dit ben jij. Je zegt ja door vast te stellen.") if eigen else _("Dit ben jij.")
    elif mens.email:
        hoe = _per_mail(mens, soort)
    else:
        hoe = _("Geen mailadres. Bel zelf.") if nieuws.vraagt else _("Krijgt geen bericht: er is geen mailadres.")
    vragen = [*nieuws.afspraken, *(_FUNCTIEVRAGEN[functie]() for functie in nieuws.functies)]
    return Ontvanger(mens, stap.persoon(mens, dossier), stap.rol_van(mens), krijgt, hoe, soort, vragen, mag_meelezen)


def _aantal(afspraken: Sized) -> str:
    zin = ngettext("%(aantal)d afspraak", "%(aantal)d afspraken", len(afspraken))
    return zin % {"aantal": len(afspraken)} if afspraken else _("geen afspraken")


def _krijgt(nieuws: Nieuws) -> str:
    """What somebody finds, in words: all of it the first time, later only what asks for an answer."""
    aantal = len(nieuws.afspraken)
    anders = ngettext("%(aantal)d nieuwe of veranderde afspraak", "%(aantal)d nieuwe of veranderde afspraken", aantal)
    delen = [_("een vraag over de rol")] if nieuws.functies else []
    if nieuws.eerste:
        return opsomming([_aantal(nieuws.afspraken), *delen])
    return opsomming([anders % {"aantal": aantal}, *delen] if aantal else delen) or _("geen nieuwe vraag")


def _per_mail(mens: Deelnemer, soort: BerichtSoort | None) -> str:
    if soort is None:
        return _("Wil geen mail over veranderingen.")
    if mailritme(mens) == Mailritme.WEEK:
        return _("In de mail die één keer per week komt")
    return _("Link per mail") if soort == BerichtSoort.TAAK else _("Mail dat er iets veranderd is")


_FUNCTIEVRAGEN: dict[str, Callable[[], str]] = {
    Functie.REGIEVOERDER: lambda: _("Neem jij de regie?"),
    Functie.AANSPREEKPUNT: lambda: _("Word jij het eerste aanspreekpunt?"),
    Functie.VERVANGER: lambda: _("Word jij de vervanger?"),
}


def telling(mensen: list[Ontvanger]) -> dict[str, Any]:
    """in: everyone; out: for the words beside the button: how many are asked, who reads, who only hears that something
    changed, who must be told otherwise."""

    def namen(soort: BerichtSoort) -> str:
        return opsomming([mens.mens.roepnaam for mens in mensen if mens.soort == soort])

    return {
        "gevraagd": [mens for mens in mensen if mens.soort == BerichtSoort.TAAK],
        "lezers": namen(BerichtSoort.OVERZICHT),
        "horen": namen(BerichtSoort.WIJZIGING),
        "zelf_vertellen": opsomming([mens.mens.roepnaam for mens in mensen if mens.moet_gebeld]),
    }


def voor_het_voorbeeld(mensen: list[Ontvanger]) -> Ontvanger | None:
    """in: everyone; out: whose mail is the example: of a helper who is asked something, else of another; None when
    none leaves."""
    gemaild = [mens for mens in mensen if mens.mailt]
    gemaild.sort(key=lambda mens: (mens.soort != BerichtSoort.TAAK, mens.is_gezin, not mens.vragen))
    return gemaild[0] if gemaild else None


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
        return Post("wacht", bericht.fout or _gaat_weg(bericht.niet_voor))
    op = timezone.localtime(bericht.verstuurd_op)
    zin = _("Mail verstuurd op %(dag)s om %(uur)s uur.")
    return Post("ok", zin % {"dag": dag_kort(op.date()), "uur": uur(op.time())})


def _gaat_weg(niet_voor: datetime) -> str:
    """When a mail leaves that waits: at once, or on another day because this person got one already."""
    if niet_voor <= timezone.now():
        return _("De mail gaat zo weg.")
    op = timezone.localtime(niet_voor)
    return _("De mail gaat weg op %(dag)s om %(uur)s uur.") % {"dag": dag_kort(op.date()), "uur": uur(op.time())}
