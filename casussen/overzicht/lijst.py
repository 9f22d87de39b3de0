"""The list of casussen: how each one stands. A fixed number of queries, however long the list."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Case, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.actor import Actor
from casussen.inhoud import Inhoud
from casussen.models import (
    Afspraak,
    Antwoord,
    Casus,
    Deelnemer,
    Evaluatie,
    Gezinslid,
    Handreiking,
    Reactie,
    Regie,
    Vaststelling,
)
from casussen.models.deelnemer import Functie
from casussen.models.draad import RegelSoort
from casussen.overzicht import draden, staten
from casussen.overzicht.draden import Gesprek
from casussen.toestemming import meelezen
from casussen.toestemming.meelezen import Meelezer

R = TypeVar("R")

PER_BLADZIJDE = 50
WEEK = 7  # days: from here on an evaluation is near


@dataclass(frozen=True)
class Versie:
    """The last version of a casus; `afspraken` holds the version of each agreement's content in it, by its id."""

    nummer: int
    op: datetime
    afspraken: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Beeld:
    """What the list knows of one casus. `reacties` are answers to the present content, by agreement.

    `gesprekken` are the open threads.
    """

    casus: Casus
    versie: Versie | None
    gezin: list[Gezinslid]
    meelezers: list[Meelezer]
    deelnemers: dict[UUID, Deelnemer]
    regie: list[Regie]
    afspraken: list[Afspraak]
    reacties: dict[UUID, Reactie]
    evaluatie: Evaluatie | None
    gesprekken: list[Gesprek]
    klaar: int

    @property
    def vragen(self) -> list[Gesprek]:
        """Out: the threads in which a helper waits for an answer, the oldest first."""
        return [gesprek for gesprek in self.gesprekken if gesprek.wacht_op_staf]

    def gevraagd(self) -> dict[UUID, bool]:
        """Out: who was asked by mail to answer, and whether he answered everything.

        An agreement that changed since the last version cannot be answered until the next one. Whoever may not read
        along because a consent is missing was not asked.
        """
        dicht = meelezen.zonder_toegang(self.meelezers)
        vast = self.versie.afspraken if self.versie else {}
        antwoorden: dict[UUID, bool] = {}
        for afspraak in self.afspraken:
            deelnemer = self.deelnemers.get(afspraak.deelnemer_id) if afspraak.deelnemer_id else None
            mag = deelnemer and deelnemer.email and deelnemer.pk not in dicht
            if deelnemer and mag and vast.get(str(afspraak.pk)) == afspraak.inhoud_versie:
                gaf = afspraak.pk in self.reacties or afspraak.gedaan_op is not None
                antwoorden[deelnemer.pk] = gaf and antwoorden.get(deelnemer.pk, True)
        return antwoorden


@dataclass(frozen=True)
class Rij:
    """One line of the list. `stand`, `woord` and `teken` are for the tag `status`."""

    casus: Casus
    stand: str
    woord: str
    teken: str
    klaar: int
    antwoorden: str
    datum: date | None
    rol: str


def zoek(casussen: QuerySet[Casus], woord: str) -> QuerySet[Casus]:
    """in: casussen, what somebody typed; out: those with that in their name, whatever the case or accents."""
    kaal = "".join(_ZONDER_ACCENT.get(teken, teken) for teken in woord.lower())
    van, naar = "".join(_ZONDER_ACCENT), "".join(_ZONDER_ACCENT.values())
    vertaald = Func(Lower("naam"), Value(van), Value(naar), function="TRANSLATE")
    return casussen.annotate(kale_naam=vertaald).filter(kale_naam__contains=kaal)


def _letters() -> dict[str, str]:
    """Lower-case letters with an accent in Latin script -> the letter without."""
    paren = {chr(nummer): unicodedata.normalize("NFD", chr(nummer))[0] for nummer in range(0xDF, 0x250)}
    return {met: zonder for met, zonder in paren.items() if met != zonder and met.islower()}


_ZONDER_ACCENT = _letters()


def is_van_mij(actor: Actor) -> Q:
    """in: a member of staff; out: the filter for casussen that he leads: as coördinator, or with the regie."""
    eigen = Regie.objects.filter(
        casus=OuterRef("pk"),
        functie=Functie.REGIEVOERDER,
        tot__isnull=True,
        aanvaard_op__isnull=False,
        deelnemer__professional=_professional(actor),
        deelnemer__professional__isnull=False,
    )
    return Q(coordinator=actor.medewerker) | Q(Exists(eigen))


def _professional(actor: Actor) -> UUID | None:
    return actor.medewerker.professional_id if actor.medewerker else None


def eigen_eerst(casussen: QuerySet[Casus], van_mij: Q) -> QuerySet[Casus]:
    """in: casussen, the filter of is_van_mij; out: the same, those that I lead first, then by name."""
    return casussen.annotate(volgorde=Case(When(van_mij, then=0), default=1)).order_by("volgorde", "naam", "pk")


def beelden(casussen: Collection[Casus]) -> list[Beeld]:
    """in: casussen with team__organisatie selected; out: for each what the list must know."""
    ids = [casus.pk for casus in casussen]
    inhouden = {h.pk: h.inhoud for h in Handreiking.objects.filter(casussen__in=ids).distinct()}
    gezinsleden = list(Gezinslid.objects.filter(casus__in=ids, weg_op__isnull=True))
    gezin = _per_casus(gezinsleden)
    antwoorden = _antwoorden(casussen, inhouden)
    versies = _versies(ids)
    mensen = list(
        Deelnemer.objects.filter(casus__in=ids, tot__isnull=True)
        .select_related("professional__organisatie", "netwerklid")
        .prefetch_related("voor_wie")
    )
    deelnemers = _per_casus(mensen)
    meelezers = meelezen.laad(casussen, mensen, gezinsleden, timezone.localdate())
    regie = _per_casus(Regie.objects.filter(casus__in=ids, tot__isnull=True))
    afspraken = _per_casus(Afspraak.objects.filter(casus__in=ids, vervallen_op__isnull=True))
    reacties = _reacties(ids)
    gesprekken = draden.open_van(ids)
    evaluaties = {e.casus_id: e for e in Evaluatie.objects.filter(casus__in=ids, gehouden_op__isnull=True)}

    def klaar(casus: Casus) -> int:
        regievoerder = [r for r in regie[casus.pk] if r.functie == Functie.REGIEVOERDER]
        feiten = staten.Feiten(
            antwoorden=antwoorden[casus.pk],
            heeft_gezin=bool(gezin[casus.pk]),
            heeft_deelnemers=bool(deelnemers[casus.pk]),
            regie_gevraagd=bool(regievoerder),
            regie_aanvaard=any(r.aanvaard_op for r in regievoerder),
            heeft_afspraken=bool(afspraken[casus.pk]),
            is_bereikbaar=any(d.dagen or d.uren_van or d.uren_tot for d in deelnemers[casus.pk]),
            is_gepland=casus.pk in evaluaties,
        )
        return staten.van_feiten(feiten, inhouden[casus.handreiking_id]).count("klaar")

    return [
        Beeld(
            casus=casus,
            versie=versies.get(casus.pk),
            gezin=gezin[casus.pk],
            meelezers=meelezers[casus.pk],
            deelnemers={deelnemer.pk: deelnemer for deelnemer in deelnemers[casus.pk]},
            regie=regie[casus.pk],
            afspraken=afspraken[casus.pk],
            reacties={reactie.afspraak_id: reactie for reactie in reacties[casus.pk]},
            evaluatie=evaluaties.get(casus.pk),
            gesprekken=gesprekken[casus.pk],
            klaar=klaar(casus),
        )
        for casus in casussen
    ]


def _per_casus(rijen: Iterable[R], casus_van: Callable[[Any], UUID] = lambda rij: rij.casus_id) -> dict[UUID, list[R]]:
    groepen: dict[UUID, list[R]] = defaultdict(list)
    for rij in rijen:
        groepen[casus_van(rij)].append(rij)
    return groepen


def _antwoorden(casussen: Collection[Casus], inhouden: dict[UUID, Inhoud]) -> dict[UUID, set[str]]:
    op_id = {casus.pk: casus for casus in casussen}
    codes: dict[UUID, set[str]] = defaultdict(set)
    for antwoord in Antwoord.objects.filter(casus__in=op_id):
        casus = op_id[antwoord.casus_id]
        vraag = inhouden[casus.handreiking_id].vraag(antwoord.vraag)
        nummer = casus.team.organisatie.crisisnummer
        if staten.eigen_antwoord(
            vraag,
            tekst=antwoord.tekst,
            doorvraag=antwoord.doorvraag,
            keuzes=antwoord.keuzes,
            crisisnummer=nummer,
        ):
            codes[casus.pk].add(antwoord.vraag)
    return codes


def _versies(ids: list[UUID]) -> dict[UUID, Versie]:
    rijen = (
        Vaststelling.objects.filter(casus__in=ids)
        .order_by("casus_id", "-nummer")
        .distinct("casus_id")
        .values_list("casus_id", "nummer", "op", KeyTransform("afspraken", "inhoud"))
    )
    return {
        casus: Versie(nummer, op, {afspraak["id"]: afspraak["inhoud_versie"] for afspraak in afspraken})
        for casus, nummer, op, afspraken in rijen
    }


def _reacties(ids: list[UUID]) -> dict[UUID, list[Reactie]]:
    reacties = Reactie.objects.filter(
        afspraak__casus__in=ids,
        afspraak__vervallen_op__isnull=True,
        inhoud_versie=F("afspraak__inhoud_versie"),
        deelnemer=F("afspraak__deelnemer"),
    ).select_related("afspraak")
    return _per_casus(reacties, lambda reactie: reactie.afspraak.casus_id)


def rij(beeld: Beeld, actor: Actor, op: date) -> Rij:
    """in: a casus, who looks, today; out: its line in the list."""
    stand, woord, teken = _stand(beeld, op)
    return Rij(
        casus=beeld.casus,
        stand=stand,
        woord=woord,
        teken=teken,
        klaar=beeld.klaar,
        antwoorden=_telling(beeld),
        datum=beeld.evaluatie.datum if beeld.evaluatie else None,
        rol=_rol(beeld, actor),
    )


def _telling(beeld: Beeld) -> str:
    gevraagd = beeld.gevraagd()
    if not gevraagd:
        return _("nog niet gevraagd")
    return _("%(gaf)d van %(totaal)d") % {"gaf": sum(gevraagd.values()), "totaal": len(gevraagd)}


def _stand(beeld: Beeld, op: date) -> tuple[str, str, str]:
    """The one thing that matters most, as state, word and icon (empty: that of the state)."""
    evaluatie = beeld.evaluatie
    dagen = (evaluatie.datum - op).days if evaluatie else None
    if not beeld.casus.is_open:
        return "gelukt", _("Afgesloten"), ""
    if beeld.versie is None:
        woord = _("Net begonnen") if beeld.klaar < 4 else _("Nog niet vastgesteld")
        return "concept", woord, ""
    gevraagd = {gesprek.laatste.soort for gesprek in beeld.vragen}
    keuzes = [
        (dagen is not None and dagen < 0, ("niet", _("Te laat met terugkijken"), "alert")),
        (bool(gevraagd - {RegelSoort.NIET_AKKOORD}), ("vraag", _("Vraag"), "")),
        (bool(gevraagd), ("niet", _("Niet akkoord"), "")),
        (dagen is not None and dagen <= WEEK, ("wacht", _("Bijna terugkijken"), "calendar")),
        (dagen is None, ("wacht", _("Nog geen dag"), "calendar")),
        (not all(beeld.gevraagd().values()), ("wacht", _("Wacht op antwoord"), "")),
    ]
    return next((stand for klopt, stand in keuzes if klopt), ("akkoord", _("Loopt"), ""))


def _rol(beeld: Beeld, actor: Actor) -> str:
    """What I am in this casus: the heaviest of my parts."""
    eigen = [d.pk for d in beeld.deelnemers.values() if d.professional_id and d.professional_id == _professional(actor)]
    functies = {regie.functie for regie in beeld.regie if regie.deelnemer_id in eigen}
    rollen = [
        (Functie.REGIEVOERDER in functies, _("Regie")),
        (Functie.VERVANGER in functies, _("Vervanger")),
        (Functie.AANSPREEKPUNT in functies, _("Aanspreekpunt")),
        (beeld.casus.coordinator == actor.medewerker, _("Coördinator")),
        (bool(eigen), _("Helper")),
    ]
    return next((rol for klopt, rol in rollen if klopt), _("Geen, wel mijn team"))
