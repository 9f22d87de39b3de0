"""How one casus stands, for the staff of its team: the head of every page, who answered, what to do now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.actor import Actor
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Vaststelling
from casussen.models.basis import roepnaam
from casussen.models.deelnemer import Functie
from casussen.overzicht import gereed, stap
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.ontvangers import Post, post_zin
from casussen.overzicht.stap import AfspraakRegel, Persoon
from casussen.overzicht.staten import staten
from casussen.overzicht.verschil import is_gewijzigd
from casussen.taal.datums import dag_kort, dag_voluit, opsomming


@dataclass(frozen=True)
class Kop:
    """The head of every page of one casus. `lezer` is the parent whose overview the button shows, if any.

    `concept` is True when what stands here now differs from the last version (or there is none).
    """

    casus_id: UUID
    naam: str
    regie: str
    weer_samen: str
    stand: str
    is_open: bool
    versie: int
    concept: bool
    lezer_id: str
    lezer: str


def kop(casus: Casus, opname: Opname, laatste: Vaststelling | None) -> Kop:
    """in: a casus, the same as data, its last version; out: its head, without queries."""
    nummer = laatste.nummer if laatste else 0
    concept = is_gewijzigd(laatste.inhoud if laatste else None, opname)
    lezer = _eerste_lezer(opname)
    return Kop(
        casus_id=casus.pk,
        naam=casus.naam,
        regie=_regie(opname),
        weer_samen=_weer_samen(opname),
        stand=_stand(casus, nummer, concept),
        is_open=casus.is_open,
        versie=nummer,
        concept=concept,
        lezer_id=lezer[0],
        lezer=lezer[1],
    )


def _regie(opname: Opname) -> str:
    regie = opname["regie"].get(Functie.REGIEVOERDER)
    if regie is None:
        return _("nog niemand")
    naam = next(str(mens["naam"]) for mens in opname["deelnemers"] if mens["id"] == regie["deelnemer"])
    return naam if regie["aanvaard"] else _("%(naam)s, is gevraagd") % {"naam": naam}


def _weer_samen(opname: Opname) -> str:
    evaluatie = opname["evaluatie"]
    return dag_voluit(date.fromisoformat(evaluatie["datum"])) if evaluatie else _("nog geen dag")


def _stand(casus: Casus, nummer: int, concept: bool) -> str:
    if casus.afgesloten_op is not None:
        return _("Afgesloten op %(dag)s") % {"dag": dag_voluit(timezone.localdate(casus.afgesloten_op))}
    if concept:
        return _("Versie %(nummer)d, niet vastgesteld") % {"nummer": nummer + 1}
    return _("Versie %(nummer)d, vastgesteld") % {"nummer": nummer}


def _eerste_lezer(opname: Opname) -> tuple[str, str]:
    """The parent with gezag who was added first; without one, the first who is not a parent without gezag."""
    volgorde = sorted(opname["gezinsleden"], key=lambda lid: lid["gezag"] is not True)
    lid = next((lid for lid in volgorde if lid["gezag"] is not False), None)
    return (lid["id"], roepnaam(lid["naam"])) if lid else ("", "")


@dataclass(frozen=True)
class HelperStand:
    """Somebody who owns agreements: what he answered to each, and whether his mail arrived.

    `mag_meelezen` is False as long as a consent is missing: then nobody can answer.
    """

    mens: Deelnemer
    persoon: Persoon
    rol: str
    afspraken: list[AfspraakRegel]
    post: Post
    mag_meelezen: bool

    @property
    def wacht(self) -> bool:
        """Out: whether he was asked by mail and did not answer everything."""
        gevraagd = bool(self.mens.email) and self.mag_meelezen
        return gevraagd and any(regel.stand == "wacht" for regel in self.afspraken)

    @property
    def vraagt(self) -> bool:
        """Out: whether an answer of his asks for a talk."""
        return any(regel.stand in ("vraag", "niet") for regel in self.afspraken)


@dataclass(frozen=True)
class GezinStand:
    """Somebody of the family, and whether his mail arrived."""

    mens: Gezinslid
    persoon: Persoon
    post: Post


@dataclass(frozen=True)
class Mensen:
    """Everyone on the page about how a casus stands."""

    helpers: list[HelperStand]
    gezin: list[GezinStand]


def mensen(dossier: Dossier, laatste: Opname | None, berichten: list[Bericht], door: Actor) -> Mensen:
    """in: a loaded casus, its last version, the last mail to each person, who looks; out: who answered and got what."""
    per_mens = {pk: bericht for bericht in berichten if (pk := bericht.deelnemer_id or bericht.gezinslid_id)}
    gezin = [
        GezinStand(lid, stap.persoon(lid, dossier), post_zin(lid, per_mens.get(lid.pk), door))
        for lid in dossier.gezinsleden
    ]
    return Mensen(_helpers(dossier, laatste, per_mens, door), gezin)


def _helpers(dossier: Dossier, laatste: Opname | None, per_mens: dict[UUID, Bericht], door: Actor) -> list[HelperStand]:
    """Whoever asks something comes first, then who did not answer yet, then the others."""
    rijen = []
    for mens in dossier.deelnemers:
        eigen = [stap.regel_van(a, dossier, laatste) for a in dossier.afspraken if a.deelnemer_id == mens.pk]
        if eigen:
            post = post_zin(mens, per_mens.get(mens.pk), door, mag_meelezen=dossier.mag_meelezen(mens))
            persoon, rol = stap.persoon(mens, dossier), stap.rol_van(mens)
            rijen.append(HelperStand(mens, persoon, rol, eigen, post, dossier.mag_meelezen(mens)))
    return sorted(rijen, key=lambda rij: (not rij.vraagt, not rij.wacht))


@dataclass(frozen=True)
class Nu:
    """The one next thing to do. Without a button (`url` empty) there is nothing to do but wait."""

    kop: str
    tekst: str
    knop: str = ""
    url: str = ""


def wat_nu(dossier: Dossier, opname: Opname, hoofd: Kop, mensen: list[HelperStand], op: date) -> Nu:
    """in: an open casus, the same as data, its head, who answered what, today; out: the next thing to do."""
    casus = dossier.casus
    ontbreekt = next((punt for punt in gereed.punten(opname, op) if punt.staat == "blokkeert"), None)
    vraagt = [mens for mens in mensen if mens.vraagt]
    wacht = [mens.mens.roepnaam for mens in mensen if mens.wacht]
    evaluatie = dossier.evaluatie
    if hoofd.versie and evaluatie and evaluatie.datum <= op:
        return _terugkijken(casus, evaluatie.datum, op)
    if ontbreekt and not hoofd.versie:
        return _verder(casus, opname)
    if ontbreekt:
        knop = _("Naar stap %(nummer)d") % {"nummer": ontbreekt.stap}
        return Nu(_("Er ontbreekt iets"), ontbreekt.tekst, knop, _stap(casus, ontbreekt.stap))
    if vraagt:
        return _bespreek(casus, vraagt)
    if hoofd.concept:
        return _stel_vast(casus, hoofd.versie)
    if wacht:
        tekst = _("%(namen)s gaf nog geen antwoord.") if len(wacht) == 1 else _("%(namen)s gaven nog geen antwoord.")
        return Nu(_("Wachten op antwoord"), tekst % {"namen": opsomming(wacht)})
    return Nu(_("Alles loopt"), _("Iedereen die iets moest zeggen, gaf antwoord. Jij hoeft nu niets te doen."))


def _stap(casus: Casus, nummer: int) -> str:
    return reverse("casussen:stap", args=[casus.pk, nummer])


def _verder(casus: Casus, opname: Opname) -> Nu:
    """The first step that is not done; there is one as long as something is missing."""
    inhoud = casus.handreiking.inhoud
    nummer = next(nummer for nummer, staat in enumerate(staten(opname, inhoud), 1) if staat != "klaar")
    titel = inhoud.stap(nummer).titel
    knop = _("Naar stap %(nummer)d") % {"nummer": nummer}
    tekst = _("De volgende stap is: %(titel)s") % {"titel": titel}
    return Nu(_("Verder met het gesprek"), tekst, knop, _stap(casus, nummer))


def _terugkijken(casus: Casus, dag: date, op: date) -> Nu:
    kop = _("Vandaag kijken jullie terug") if dag == op else _("De dag om terug te kijken is voorbij")
    tekst = _("Het gesprek is vandaag.") if dag == op else _("Het gesprek was op %(dag)s.") % {"dag": dag_kort(dag)}
    return Nu(kop, tekst, _("Schrijf op hoe het ging"), reverse("casussen:evaluatie", args=[casus.pk]))


def _bespreek(casus: Casus, vraagt: list[HelperStand]) -> Nu:
    namen = opsomming([mens.mens.roepnaam for mens in vraagt])
    tekst = _("Bel met %(namen)s. Pas daarna de afspraak aan, als dat nodig is.") % {"namen": namen}
    return Nu(_("Iemand vraagt iets"), tekst, _("Lees wat er speelt"), f"#helper-{vraagt[0].mens.pk}")


def _stel_vast(casus: Casus, versie: int) -> Nu:
    nummer = versie + 1
    tekst = (
        _("Er is iets veranderd. Wie het aangaat, weet dat nog niet.")
        if versie
        else _("Alles wat nodig is, staat erin. Niemand kreeg nog bericht.")
    )
    adres = reverse("casussen:vaststellen", args=[casus.pk])
    knop = _("Kijk na en stel versie %(nummer)d vast") % {"nummer": nummer}
    return Nu(_("Klaar om vast te stellen"), tekst, knop, adres)
