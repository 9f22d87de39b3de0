"""Who reads along in a casus, and why: the page for the team, in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.models import Casus, Geinformeerd, Gezinslid, Organisatie, Toestemming
from casussen.models.toestemming import ZONDER_TOESTEMMING, Grond, NaIntrekken, Onderdeel, Zegt
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.stap import Persoon, persoon, rol_van
from casussen.taal.datums import dag_kort, dag_voluit, opsomming
from casussen.toestemming.leeftijd import VOLWASSEN, ZELF_OOK, Overgang, overgang
from casussen.toestemming.meelezen import Meelezer, Nodig

# The question of step 1 under which stands for whom telling is enough.
GEZIN_WEET = "gezin_weet"


@dataclass(frozen=True)
class Antwoord:
    """What one person said about one organisation, for everybody whom it is about. `stand` is for the tag `status`."""

    wie: str
    over: str
    stand: str
    woord: str
    uitleg: str
    doel: str
    onderdelen: list[str]


@dataclass(frozen=True)
class Blok:
    """One organisation on the page. `waarom` says why it may read along, `nog` what is missing for that."""

    meelezer: Meelezer
    organisatie: Organisatie
    mensen: list[tuple[Persoon, str]]
    mag: bool
    waarom: str
    reden: str
    nog: list[str]
    onbekend: list[str]
    beperkt: str
    verteld: list[str]
    niet_verteld: list[Gezinslid]
    antwoorden: list[Antwoord]
    te_wissen: bool


@dataclass(frozen=True)
class Verandering:
    """A birthday that changes something: by name, for the team only."""

    lid: Gezinslid
    dag: date
    kop: str
    uitleg: str


@dataclass(frozen=True)
class Pagina:
    """The whole page. `eerder`: organisations that do not take part any more, but still have something to settle."""

    genoeg: str
    eigen: Blok | None
    blokken: list[Blok]
    eerder: list[Blok]
    veranderingen: list[Verandering]


def pagina(dossier: Dossier, op: date) -> Pagina:
    """in: a loaded casus, today; out: who reads along, and why (three queries)."""
    maker = _Maker(dossier)
    blokken = [maker.blok(meelezer) for meelezer in dossier.meelezers]
    mee = {blok.organisatie.pk for blok in blokken}
    eerder = [maker.weg(organisatie) for organisatie in maker.organisaties if organisatie.pk not in mee]
    return Pagina(
        genoeg=waarom_vertellen_genoeg_is(dossier.casus),
        eigen=next((blok for blok in blokken if blok.meelezer.is_eigen), None),
        blokken=sorted((blok for blok in blokken if not blok.meelezer.is_eigen), key=_volgorde),
        eerder=[blok for blok in eerder if blok.te_wissen],
        veranderingen=veranderingen(dossier.gezinsleden, op),
    )


def wie_hoort_erbij(dossier: Dossier) -> dict[str, list[str]]:
    """in: a loaded casus; out: the names of organisations for which telling is enough, and of those to ask for."""
    anderen = [rij for rij in dossier.meelezers if not rij.is_eigen]
    return {
        "genoeg": [rij.organisatie.naam for rij in anderen if rij.grond == Grond.BETROKKEN],
        "vragen": [rij.organisatie.naam for rij in anderen if rij.grond == Grond.TOESTEMMING],
    }


def _volgorde(blok: Blok) -> tuple[bool, bool]:
    """Whatever waits for somebody comes first, then what was asked, then the others by name."""
    return blok.mag and not blok.te_wissen, not blok.antwoorden


class _Maker:
    """Holds the casus and everything that was recorded about reading along."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.toestemmingen = _per_organisatie(dossier.casus)
        self.organisaties = {rijen[0].organisatie for rijen in self.toestemmingen.values()}
        self.verteld: dict[UUID, list[Geinformeerd]] = defaultdict(list)
        for rij in dossier.casus.geinformeerd.select_related("gezinslid").order_by("op", "gemaakt_op"):
            self.verteld[rij.organisatie_id].append(rij)

    def blok(self, meelezer: Meelezer) -> Blok:
        pk = meelezer.organisatie.pk
        rijen = self.toestemmingen.get(pk, [])
        weten = {rij.gezinslid_id for rij in self.verteld[pk]}
        return Blok(
            meelezer=meelezer,
            organisatie=meelezer.organisatie,
            mensen=[(persoon(mens, self.dossier), rol_van(mens)) for mens in meelezer.deelnemers],
            mag=meelezer.mag_meelezen,
            waarom=waarom(meelezer),
            reden=meelezer.deling.reden if meelezer.deling and meelezer.grond in ZONDER_TOESTEMMING else "",
            nog=nog_te_vragen(meelezer),
            onbekend=onbekend(meelezer),
            beperkt=_beperkt(meelezer),
            verteld=_verteld(self.verteld[pk]),
            niet_verteld=[lid for lid in self.dossier.gezinsleden if lid.leest_vanzelf_mee and lid.pk not in weten],
            antwoorden=_antwoorden(rijen),
            te_wissen=_te_wissen(rijen),
        )

    def weg(self, organisatie: Organisatie) -> Blok:
        """An organisation that does not take part any more."""
        zonder_mensen = Meelezer(organisatie=organisatie, is_eigen=False, deling=None, deelnemers=())
        return self.blok(zonder_mensen)


def _per_organisatie(casus: Casus) -> dict[UUID, list[Toestemming]]:
    rijen = casus.toestemmingen.select_related("organisatie", "over", "gever", "vastgelegd_door").order_by(
        "op", "gemaakt_op"
    )
    per: dict[UUID, list[Toestemming]] = defaultdict(list)
    for rij in rijen:
        per[rij.organisatie_id].append(rij)
    return per


def waarom(meelezer: Meelezer) -> str:
    """in: an organisation; out: why it reads along, and why consent is needed or not, as sentences."""
    if meelezer.is_eigen:
        return _("Dit is de organisatie van het team zelf. Toestemming is niet nodig. Vertel wel wie er meeleest.")
    return {
        Grond.BETROKKEN: _("Hoort bij deze hulp. Vraag geen toestemming: vertellen is genoeg."),
        Grond.TOESTEMMING: _("Hoort niet bij deze hulp. Daarom is eerst toestemming nodig."),
        Grond.PLICHT: _("Zonder toestemming, omdat de wet het voorschrijft. Vertellen blijft nodig."),
        Grond.GEVAAR: _("Zonder toestemming, omdat er gevaar is voor iemand. Vertellen blijft nodig."),
        Grond.VEILIG_THUIS: _("Zonder toestemming, vanwege Veilig Thuis. Vertellen blijft nodig."),
    }[meelezer.grond]


def waarom_vertellen_genoeg_is(casus: Casus) -> str:
    """in: a casus; out: why nobody is asked for who belongs to the same help; the law by name for jeugd only."""
    zin = _("Wie direct bij dezelfde hulp hoort, mag weten wat daarvoor nodig is. Dan hoef je niets te vragen.")
    if casus.handreiking.soort != "jeugd":
        return zin
    return _("%(zin)s Dat staat in de Jeugdwet, artikel 7.3.11.") % {"zin": zin}


def nog_te_vragen(meelezer: Meelezer) -> list[str]:
    """in: an organisation; out: a line per person who has not said yes: who, about whom, and whether he said no."""
    per_gever: dict[str, list[Nodig]] = defaultdict(list)
    for nodig in meelezer.ontbreekt:
        per_gever[nodig.gever.naam if nodig.gever else _("iemand met gezag, buiten het gezin")].append(nodig)
    return [_regel(naam, rijen, meelezer) for naam, rijen in per_gever.items()]


def _regel(naam: str, rijen: list[Nodig], meelezer: Meelezer) -> str:
    over = opsomming([_over(nodig) for nodig in rijen])
    geweigerd = [antwoord for nodig in rijen if (antwoord := meelezer.antwoord(nodig))]
    if geweigerd:
        return _("%(naam)s, over %(over)s: zei nee op %(dag)s") % {
            "naam": naam, "over": over, "dag": dag_kort(geweigerd[-1].op)
        }  # fmt: skip
    return _("%(naam)s, over %(over)s") % {"naam": naam, "over": over}


def _over(nodig: Nodig) -> str:
    zelf = nodig.gever is not None and nodig.gever.pk == nodig.over.pk
    return _("zichzelf") if zelf else nodig.over.roepnaam


def onbekend(meelezer: Meelezer) -> list[str]:
    """in: an organisation; out: what must be filled in to know whom to ask."""
    geboren = _("We weten niet wanneer %(naam)s geboren is. Vul dat in. Tot dan vragen we het aan meer mensen.")
    gezag = _("We weten niet of %(naam)s gezag heeft. Vul dat in. Tot dan krijgt deze organisatie niets.")
    zinnen = [geboren % {"naam": lid.roepnaam} for lid in meelezer.geboren_onbekend]
    return zinnen + [gezag % {"naam": lid.roepnaam} for lid in meelezer.gezag_onbekend]


def _beperkt(meelezer: Meelezer) -> str:
    """What nobody agreed to, when the organisation may read only a part."""
    if not meelezer.mag_meelezen or len(meelezer.onderdelen) == len(Onderdeel):
        return ""
    weg = [str(deel.label).lower() for deel in Onderdeel if deel not in meelezer.onderdelen]
    return _("Leest niet: %(delen)s.") % {"delen": opsomming(weg, _("en ook niet:"))}


def _verteld(rijen: Iterable[Geinformeerd]) -> list[str]:
    """A line per moment: who was told on that day, in that way."""
    momenten: dict[tuple[date, str], list[str]] = defaultdict(list)
    for rij in rijen:
        momenten[rij.op, rij.get_hoe_display().lower()].append(rij.gezinslid.roepnaam)
    zin = _("Verteld aan %(namen)s, op %(dag)s, %(hoe)s.")
    return [zin % {"namen": opsomming(namen), "dag": dag_kort(op), "hoe": hoe} for (op, hoe), namen in momenten.items()]


def _antwoorden(rijen: Iterable[Toestemming]) -> list[Antwoord]:
    """One line per person and moment; what was said about several people in one go is one line."""
    groepen: dict[tuple[object, ...], list[Toestemming]] = defaultdict(list)
    for rij in rijen:
        sleutel = (rij.gever_id, rij.gever_anders, rij.zegt, rij.op, rij.ingetrokken_op, rij.doel, *rij.onderdelen)
        groepen[sleutel].append(rij)
    return [_antwoord(groep) for groep in groepen.values()]


def _antwoord(groep: list[Toestemming]) -> Antwoord:
    rij = groep[0]
    stand, woord = _stand(rij)
    wat = {"hoe": rij.get_hoe_display(), "dag": dag_voluit(rij.op), "door": rij.vastgelegd_door.naam}
    return Antwoord(
        wie=rij.gever.naam if rij.gever else rij.gever_anders,
        over=opsomming([_over(Nodig(een.over, een.gever)) for een in groep]),
        stand=stand,
        woord=woord,
        uitleg=_("%(hoe)s, op %(dag)s. Opgeschreven door %(door)s.") % wat,
        doel=rij.doel,
        onderdelen=[str(Onderdeel(deel).label) for deel in rij.onderdelen],
    )


def _stand(rij: Toestemming) -> tuple[str, str]:
    if rij.ingetrokken_op is not None and rij.zegt == Zegt.NEE:
        return "concept", _("Zei eerst nee")
    if rij.ingetrokken_op is not None:
        return "niet", _("Ingetrokken op %(dag)s") % {"dag": dag_kort(timezone.localdate(rij.ingetrokken_op))}
    return ("akkoord", _("Zegt ja")) if rij.zegt == Zegt.JA else ("niet", _("Zegt nee"))


def gevers_van(
    casus: Casus, organisatie: Organisatie, *, ook_eerder: bool = False
) -> list[tuple[Gezinslid | None, str]]:
    """in: casus, organisation, also who took it back already; out: who said yes (None: not of the family), by name."""
    rijen = casus.toestemmingen.filter(organisatie=organisatie, zegt=Zegt.JA).select_related("gever")
    if not ook_eerder:
        rijen = rijen.filter(ingetrokken_op__isnull=True)
    per_gever = {rij.gever_id: (rij.gever, rij.gever.naam if rij.gever else rij.gever_anders) for rij in rijen}
    return list(per_gever.values())


def _te_wissen(rijen: Iterable[Toestemming]) -> bool:
    return any(rij.na_intrekken == NaIntrekken.WISSEN and rij.wissen_gevraagd_op is None for rij in rijen)


def veranderingen(gezin: Iterable[Gezinslid], op: date) -> list[Verandering]:
    """in: the family, a day; out: who becomes 12, 16 or 18 around that day, and what changes with it."""
    return [_verandering(dag, op) for lid in gezin if (dag := overgang(lid, op))]


def _verandering(dag: Overgang, op: date) -> Verandering:
    naam = dag.lid.roepnaam
    kop = _("%(naam)s wordt %(jaren)d op %(dag)s") if dag.dag > op else _("%(naam)s is %(jaren)d sinds %(dag)s")
    if dag.jaren == ZELF_OOK:
        uitleg = _("Vanaf die dag vraag je toestemming ook aan %(naam)s zelf, naast wie gezag heeft.")
    elif dag.jaren == VOLWASSEN:
        uitleg = _("Vanaf die dag heeft niemand meer gezag. Bespreek met %(naam)s wat de ouders nog lezen.")
    else:
        uitleg = _("Vanaf die dag beslist %(naam)s zelf over toestemming. De ouders hoef je dat niet meer te vragen.")
    wat = {"naam": naam, "jaren": dag.jaren, "dag": dag_kort(dag.dag)}
    return Verandering(dag.lid, dag.dag, kop % wat, uitleg % {"naam": naam})
