"""How one casus stands, for the staff of its team: the head of every page, who answered, what to do now."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen.actor import Actor
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Vaststelling
from casussen.models.basis import roepnaam
from casussen.models.deelnemer import Functie
from casussen.overzicht import draden, gereed, stap
from casussen.overzicht.dossier import Dossier, laad
from casussen.overzicht.draden import Gesprek
from casussen.overzicht.herinnerd import Wacht, wachtenden
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
    if regie["aanvaard"]:
        return naam
    zin = _("%(naam)s, wil liever niet") if regie.get("geweigerd") else _("%(naam)s, is gevraagd")
    return zin % {"naam": naam}


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
    """Somebody of whom something is asked, or who asks something: what he answered, and whether his mail arrived.

    `mag_meelezen` is False as long as a consent is missing: then nobody can answer. `gesprekken` are his open threads.
    `wacht_op` is there when he was asked and did not answer everything.
    """

    mens: Deelnemer
    persoon: Persoon
    rol: str
    afspraken: list[AfspraakRegel]
    post: Post
    mag_meelezen: bool
    gesprekken: list[Gesprek]
    wacht_op: Wacht | None

    @property
    def wacht(self) -> bool:
        """Out: whether he was asked by mail and did not answer everything."""
        gevraagd = bool(self.mens.email) and self.mag_meelezen
        return gevraagd and any(regel.stand == "wacht" and regel.afspraak.gedaan_op is None for regel in self.afspraken)

    @property
    def vraagt(self) -> bool:
        """Out: whether he said something that waits for an answer."""
        return any(gesprek.wacht_op_staf for gesprek in self.gesprekken)


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


def mensen(dossier: Dossier, laatste: Opname | None, berichten: list[Bericht], door: Actor, op: date) -> Mensen:
    """Who answered and got what, with a fixed number of queries.

    in: a loaded casus, its last version, the last mail to each person, who looks, today; out: everyone.
    """
    per_mens = {pk: bericht for bericht in berichten if (pk := bericht.deelnemer_id or bericht.gezinslid_id)}
    gezin = [
        GezinStand(lid, stap.persoon(lid, dossier), post_zin(lid, per_mens.get(lid.pk), door))
        for lid in dossier.gezinsleden
    ]
    return Mensen(_helpers(dossier, laatste, per_mens, door, op), gezin)


def _helpers(
    dossier: Dossier, laatste: Opname | None, per_mens: dict[UUID, Bericht], door: Actor, op: date
) -> list[HelperStand]:
    """Whoever asks something comes first, then who must be called, then who did not answer yet, then the others."""
    gesprekken = draden.open_van([dossier.casus.pk])[dossier.casus.pk]
    wacht_op = {wacht.mens.pk: wacht for wacht in wachtenden([dossier.casus], op).get(dossier.casus.pk, [])}
    rijen = []
    for mens in dossier.deelnemers:
        eigen = [stap.regel_van(a, dossier, laatste) for a in dossier.afspraken if a.deelnemer_id == mens.pk]
        zegt = [gesprek for gesprek in gesprekken if gesprek.deelnemer.pk == mens.pk]
        if eigen or zegt or mens.pk in wacht_op:
            mag = dossier.mag_meelezen(mens)
            post = post_zin(mens, per_mens.get(mens.pk), door, mag_meelezen=mag)
            persoon, rol = stap.persoon(mens, dossier), stap.rol_van(mens)
            rijen.append(HelperStand(mens, persoon, rol, eigen, post, mag, zegt, wacht_op.get(mens.pk)))
    return sorted(rijen, key=lambda rij: (not rij.vraagt, not _moet_gebeld(rij), not (rij.wacht or rij.wacht_op)))


def _moet_gebeld(rij: HelperStand) -> bool:
    return rij.wacht_op is not None and rij.wacht_op.moet_gebeld


@dataclass(frozen=True)
class Nu:
    """The one next thing to do. Without a button (`url` empty) there is nothing to do but wait.

    `alleen_wie_leidt`: only for who may read what a helper asks (rechten.mag_draden_lezen).
    """

    kop: str
    tekst: str
    knop: str = ""
    url: str = ""
    alleen_wie_leidt: bool = False


def wat_nu(dossier: Dossier, opname: Opname, hoofd: Kop, mensen: list[HelperStand], op: date) -> Nu:
    """in: an open casus, the same as data, its head, who answered what, today; out: the next thing to do."""
    casus = dossier.casus
    ontbreekt = next((punt for punt in gereed.punten(opname, op) if punt.staat == "blokkeert"), None)
    vraagt = [mens for mens in mensen if mens.vraagt]
    wacht = [mens.mens.roepnaam for mens in mensen if mens.wacht or mens.wacht_op]
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
    zin = ngettext("%(namen)s wacht op antwoord van jou.", "%(namen)s wachten op antwoord van jou.", len(vraagt))
    adres = reverse("casussen:vragen", args=[casus.pk])
    return Nu(_("Iemand vraagt iets"), zin % {"namen": namen}, _("Lees en antwoord"), adres, alleen_wie_leidt=True)


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


@dataclass(frozen=True)
class Antwoorden:
    """How the others answered: the names of who said yes to everything, and who was asked and did not answer."""

    ja: list[str]
    wacht: list[Wacht]


def antwoorden(casus: Casus, op: date) -> Antwoorden:
    """in: a casus, today; out: how everyone answered, in a fixed number of queries."""
    dossier = laad(casus)
    laatste = casus.vaststellingen.first()
    opname = laatste.inhoud if laatste else None
    ja = [
        mens.roepnaam
        for mens in dossier.deelnemers
        if (eigen := [stap.stand_van(a, opname) for a in dossier.afspraken if a.deelnemer_id == mens.pk])
        and set(eigen) == {"akkoord"}
    ]
    return Antwoorden(ja, wachtenden([casus], op).get(casus.pk, []))
