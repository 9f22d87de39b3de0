"""The log of one casus in words: who did or read what, and when. It never holds a text of the casus."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from casussen.actor import ActorSoort
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Logregel, Medewerker
from casussen.models.basis import initialen
from casussen.models.deelnemer import Functie

ICONEN = {"gekeken": "eye", "veranderd": "pencil", "verstuurd": "send"}


@dataclass(frozen=True)
class Daad:
    """A deed in words, after a name. `per_veld`: other words when the line names that field."""

    soort: str
    zin: str | Promise
    per_veld: dict[str, str | Promise] = field(default_factory=dict)


# Where somebody looked: the name of the address, with the number of the step.
PLEKKEN: dict[str, str | Promise] = {
    "stand": _l("keek hoe het staat"),
    **{f"stap{nummer}": format_lazy(_l("keek naar stap {nummer}"), nummer=nummer) for nummer in range(1, 8)},
    "gezinslid": _l("opende de gegevens van een gezinslid"),
    "netwerklid": _l("opende de gegevens van familie of een vriend"),
    "helper": _l("opende de gegevens van een helper"),
    "rol": _l("opende de taak van een helper"),
    "adres": _l("opende het adres van een helper"),
    "bereikbaar": _l("opende hoe een helper te bereiken is"),
    "afspraak": _l("opende een afspraak"),
    "terugkijken": _l("opende de dag om terug te kijken"),
    "vaststellen": _l("keek na wat er vastgesteld wordt"),
    "overzicht": _l("bekeek een overzicht, zoals het gezin het leest"),
    "overzicht_pdf": _l("maakte een overzicht op papier"),
    "evaluatie": _l("opende het terugkijken"),
    "logboek": _l("keek in dit logboek"),
    "taak": _l("las de eigen afspraken, via de eigen link"),
    "gezin": _l("las het eigen overzicht, via de eigen link"),
    "gezin_pdf": _l("maakte het eigen overzicht op papier, via de eigen link"),
}

DADEN: dict[str, Daad] = {
    "las": Daad("gekeken", _l("keek in deze samenwerking"), PLEKKEN),
    "begon": Daad("veranderd", _l("begon deze samenwerking")),
    "schreef_antwoord": Daad("veranderd", _l("schreef een antwoord bij een vraag")),
    "voegde_gezinslid_toe": Daad("veranderd", _l("voegde een gezinslid toe")),
    "wijzigde_gezinslid": Daad("veranderd", _l("veranderde de gegevens van een gezinslid")),
    "haalde_gezinslid_weg": Daad("veranderd", _l("haalde een gezinslid weg")),
    "voegde_netwerklid_toe": Daad("veranderd", _l("voegde familie of een vriend toe")),
    "wijzigde_netwerklid": Daad("veranderd", _l("veranderde de gegevens van familie of een vriend")),
    "zette_in_adresboek": Daad("veranderd", _l("zette iemand in het adresboek")),
    "wijzigde_adresboek": Daad("veranderd", _l("veranderde het adres van een helper")),
    "voegde_helper_toe": Daad("veranderd", _l("voegde een helper toe")),
    "wijzigde_helper": Daad("veranderd", _l("veranderde de taak of de gegevens van een helper")),
    "wijzigde_bereikbaarheid": Daad("veranderd", _l("veranderde de eigen bereikbaarheid")),
    "beeindigde_deelname": Daad("veranderd", _l("legde vast dat een helper stopt")),
    "wees_aan": Daad(
        "veranderd",
        _l("koos wie welke rol heeft"),
        {
            Functie.REGIEVOERDER: _l("koos wie de regie heeft"),
            Functie.AANSPREEKPUNT: _l("koos het eerste aanspreekpunt"),
            Functie.VERVANGER: _l("koos de vervanger"),
        },
    ),
    "aanvaardde": Daad(
        "veranderd",
        _l("zei ja op een vraag"),
        {
            Functie.REGIEVOERDER: _l("zei ja op de vraag om de regie te nemen"),
            Functie.AANSPREEKPUNT: _l("zei ja op de vraag om eerste aanspreekpunt te zijn"),
            Functie.VERVANGER: _l("zei ja op de vraag om te vervangen"),
        },
    ),
    "maakte_afspraak": Daad("veranderd", _l("maakte een afspraak")),
    "wijzigde_afspraak": Daad("veranderd", _l("veranderde een afspraak")),
    "liet_afspraak_vervallen": Daad("veranderd", _l("liet een afspraak vervallen")),
    "reageerde": Daad(
        "veranderd",
        _l("antwoordde op een afspraak"),
        {
            "akkoord": _l("zei ja bij een afspraak"),
            "niet-akkoord": _l("zei nee bij een afspraak"),
            "vraag": _l("stelde een vraag bij een afspraak"),
        },
    ),
    "plande_evaluatie": Daad("veranderd", _l("koos wanneer iedereen terugkijkt")),
    "legde_evaluatie_vast": Daad(
        "veranderd",
        _l("legde vast hoe het ging"),
        {
            "door": _l("legde vast hoe het ging, en ging zo door"),
            "aanpassen": _l("legde vast hoe het ging, om iets te veranderen"),
            "afsluiten": _l("legde vast hoe het ging, om te stoppen"),
        },
    ),
    "stelde_vast": Daad("veranderd", _l("stelde een versie vast")),
    "drukte_af": Daad("gekeken", _l("maakte een overzicht om af te drukken")),
    "sloot_af": Daad("veranderd", _l("sloot deze samenwerking af")),
    "laadde_handreiking": Daad("veranderd", _l("laadde de vragen van de stappen")),
    "mailde": Daad(
        "verstuurd",
        _l("verstuurde een mail"),
        {
            "taak": _l("verstuurde de vraag om te bevestigen"),
            "overzicht": _l("verstuurde bericht over het overzicht"),
            "nieuwe-link": _l("verstuurde een nieuwe link"),
            "evaluatie-nadert": _l("verstuurde een herinnering vooraf"),
            "evaluatie-voorbij": _l("verstuurde een herinnering na de dag"),
        },
    ),
    "zette_herinnering_klaar": Daad("verstuurd", _l("zette herinneringen klaar")),
    "stuurde_opnieuw": Daad("verstuurd", _l("liet een mail opnieuw versturen")),
    "vroeg_nieuwe_link": Daad("verstuurd", _l("zette een nieuwe link klaar, omdat erom gevraagd werd")),
}


@dataclass(frozen=True)
class Wie:
    """Who did it; `vorm` is the shape of the avatar, empty for the clock and the manager."""

    naam: str
    rol: str
    vorm: str = ""

    @property
    def initialen(self) -> str:
        """Out: the capitals on the avatar."""
        return initialen(self.naam)


@dataclass(frozen=True)
class Regel:
    """One line. `icoon` and `zin` say what."""

    op: datetime
    wie: Wie
    icoon: str
    zin: str


@dataclass(frozen=True)
class Dag:
    """The lines of one day."""

    dag: date
    regels: list[Regel]


def logregels(casus: Casus, soort: str) -> QuerySet[Logregel]:
    """in: a casus; gekeken, veranderd, verstuurd, or anything else for all; out: its lines, the last one first."""
    regels = Logregel.objects.filter(casus_id=casus.pk)
    if soort not in ICONEN:
        return regels
    return regels.filter(daad__in=[naam for naam, daad in DADEN.items() if daad.soort == soort])


def per_dag(casus: Casus, regels: Sequence[Logregel]) -> list[Dag]:
    """in: a casus and some of its lines; out: the same in words, per day; a fixed number of queries."""
    namen = _Namen(casus, regels)
    gemaakt = [namen.regel(regel) for regel in regels]
    return [Dag(dag, list(groep)) for dag, groep in groupby(gemaakt, lambda regel: timezone.localdate(regel.op))]


class _Namen:
    """Who is who in some lines."""

    def __init__(self, casus: Casus, regels: Sequence[Logregel]) -> None:
        actoren = {regel.actor_id for regel in regels if regel.actor_id}
        regie = casus.regie.filter(functie=Functie.REGIEVOERDER, tot__isnull=True).select_related("deelnemer").first()
        self.regie = regie.deelnemer if regie else None
        self.medewerkers: dict[int | None, Medewerker] = {
            mens.pk: mens
            for mens in Medewerker.objects.filter(
                pk__in={regel.medewerker_id for regel in regels if regel.medewerker_id}
            ).select_related("professional__organisatie")
        }
        mensen: list[Deelnemer | Gezinslid] = [*_deelnemers(casus, actoren), *casus.gezinsleden.filter(pk__in=actoren)]
        self.mensen: dict[Any, Deelnemer | Gezinslid] = {mens.pk: mens for mens in mensen}
        self.berichten = {
            str(bericht.pk): bericht
            for bericht in casus.berichten.filter(
                pk__in=[regel.object_id for regel in regels if regel.object_soort == Bericht._meta.model_name]
            ).select_related("deelnemer__professional", "deelnemer__netwerklid", "gezinslid", "medewerker")
        }

    def regel(self, regel: Logregel) -> Regel:
        daad = DADEN[regel.daad]
        zin = next((daad.per_veld[veld] for veld in regel.velden if veld in daad.per_veld), daad.zin)
        bericht = self.berichten.get(regel.object_id)
        if bericht is not None:
            zin = _("%(zin)s, aan %(naam)s") % {"zin": zin, "naam": bericht.ontvanger.roepnaam}
        return Regel(regel.op, self._wie(regel), ICONEN[daad.soort], str(zin))

    def _wie(self, regel: Logregel) -> Wie:
        if regel.actor_soort == ActorSoort.KLOK:
            return Wie(_("Vanzelf"), _("de klok van de software"))
        if regel.actor_soort == ActorSoort.OPERATOR:
            return Wie(_("Beheer"), _("op de server"))
        medewerker = self.medewerkers.get(regel.medewerker_id)
        if medewerker is not None:
            return self._van_medewerker(medewerker)
        mens = self.mensen.get(regel.actor_id)
        if isinstance(mens, Gezinslid):
            return Wie(mens.naam, mens.relatie, "gezin")
        if mens is not None:
            rol = mens.organisatie or mens.functie
            return Wie(mens.naam, rol, self._vorm(mens.professional_id) if mens.is_professional else "netwerk")
        return Wie(_("Onbekend"), _("niet meer bekend"))

    def _van_medewerker(self, medewerker: Medewerker) -> Wie:
        professional = medewerker.professional
        rol = professional.organisatie.naam if professional else _("medewerker")
        return Wie(medewerker.naam, rol, self._vorm(professional.pk if professional else None))

    def _vorm(self, professional_id: Any) -> str:
        heeft_regie = self.regie is not None and professional_id == self.regie.professional_id
        return "regie" if professional_id and heeft_regie else "helper"


def _deelnemers(casus: Casus, pks: Iterable[Any]) -> QuerySet[Deelnemer]:
    return casus.deelnemers.filter(pk__in=pks).select_related("professional__organisatie", "netwerklid")
