"""What a version brings each person for the first time, compared with the last one that he heard of.

The mails after a new version and the page before it both ask it here, so that what was promised is what leaves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Vaststelling
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.models.organisatie import Mailritme
from casussen.models.toestemming import Onderdeel
from casussen.overzicht.dossier import Dossier
from casussen.overzicht.momentopname import Opname
from casussen.overzicht.wachten import mailritme

# Nobody heard of a version by one of these.
_NIET_GEHOORD = (BerichtStatus.MISLUKT, BerichtStatus.INGETROKKEN)


@dataclass(frozen=True)
class Nieuws:
    """What is new for one person: texts of the own agreements and names of the functions that ask for an answer.

    `eerste`: he heard of no version before.
    """

    eerste: bool
    afspraken: tuple[str, ...] = ()
    functies: tuple[str, ...] = ()

    @property
    def vraagt(self) -> bool:
        """Out: whether something asks for an answer that was not asked before."""
        return bool(self.afspraken or self.functies)


def oorzaak(versie: Vaststelling) -> str:
    """in: a version; out: what causes the mails about it."""
    return f"vaststelling:{versie.pk}"


def soort_mail(mens: Deelnemer | Gezinslid, nieuws: Nieuws) -> BerichtSoort | None:
    """in: somebody who can get mail, what is new for him; out: the mail that he gets, None when he wants none."""
    if isinstance(mens, Gezinslid):
        return BerichtSoort.OVERZICHT if nieuws.eerste else BerichtSoort.WIJZIGING
    if nieuws.eerste or nieuws.vraagt:
        return BerichtSoort.TAAK
    return None if mailritme(mens) == Mailritme.GEEN else BerichtSoort.WIJZIGING


def per_mens(dossier: Dossier, opname: Opname) -> dict[UUID, Nieuws]:
    """What is new for each person in a version that is about to be fixed.

    in: the casus, the same as data (or the last version with another day); out: by id of the person. A fixed number
    of queries.
    """
    bekend = _bekend(dossier.casus)
    mag = {mens.pk: rij.onderdelen for rij in dossier.meelezers for mens in rij.deelnemers}
    af = _beantwoord(dossier)
    nieuws = {lid.pk: Nieuws(eerste=bekend.van(lid) is None) for lid in dossier.gezinsleden}
    for mens in dossier.deelnemers:
        toen = bekend.van(mens)
        toen_gevraagd = _gevraagd(toen, str(mens.pk)) if toen else {}
        nieuw = {ding: naam for ding, naam in _gevraagd(opname, str(mens.pk)).items() if ding not in toen_gevraagd}
        leest = Onderdeel.AFSPRAKEN in mag.get(mens.pk, frozenset(Onderdeel))
        nieuws[mens.pk] = Nieuws(
            eerste=toen is None,
            afspraken=tuple(naam for (pk, nr), naam in nieuw.items() if nr and leest and (pk, nr) not in af),
            functies=tuple(naam for (_pk, nr), naam in nieuw.items() if not nr),
        )
    return nieuws


def _gevraagd(opname: Opname, mens: str) -> dict[tuple[str, int], str]:
    """What a version asks of a helper: agreements by id and version of their content, functions with version 0."""
    afspraken = {
        (rij["id"], rij["inhoud_versie"]): rij["wat"] for rij in opname["afspraken"] if rij["deelnemer"] == mens
    }
    regie = opname["regie"].items()
    gevraagd = {
        (functie, 0): functie
        for functie, rij in regie
        if rij["deelnemer"] == mens and not rij["aanvaard"] and not rij.get("geweigerd")
    }
    return {**afspraken, **gevraagd}


def _beantwoord(dossier: Dossier) -> set[tuple[str, int]]:
    """What was answered already, or is done: it asks nothing any more."""
    af = {(str(rij.pk), rij.inhoud_versie) for rij in dossier.afspraken if rij.gedaan_op is not None}
    return af | {
        (str(rij.pk), antwoord.inhoud_versie)
        for rij in dossier.afspraken
        for antwoord in rij.reacties.all()
        if antwoord.deelnemer_id == rij.deelnemer_id
    }


@dataclass(frozen=True)
class _Bekend:
    """The version that each person heard of last; `laatste`: the one that counts now, for who gets no mail."""

    gehoord: Mapping[UUID, Opname]
    laatste: Opname | None

    def van(self, mens: Deelnemer | Gezinslid) -> Opname | None:
        """Out: the last version that this person heard of and is in himself."""
        opname = self.gehoord.get(mens.pk) if mens.email else self.laatste
        if opname is None:
            return None
        erin = {rij["id"] for rij in [*opname["deelnemers"], *opname["gezinsleden"]]}
        return opname if str(mens.pk) in erin else None


def _bekend(casus: Casus) -> _Bekend:
    rijen = (
        Bericht.objects.filter(casus=casus, sleutel__startswith="vaststelling:")
        .exclude(status__in=_NIET_GEHOORD)
        .order_by("gemaakt_op")
        .values_list("deelnemer_id", "gezinslid_id", "sleutel")
    )
    per_mens = {deel or lid: UUID(sleutel.split(":")[1]) for deel, lid, sleutel in rijen}
    laatste = casus.vaststellingen.first()
    andere = set(per_mens.values()) - ({laatste.pk} if laatste else set())
    versies = Vaststelling.objects.in_bulk(andere)
    if laatste is not None:
        versies[laatste.pk] = laatste
    gehoord = {mens: versies[pk].inhoud for mens, pk in per_mens.items() if mens is not None}
    return _Bekend(gehoord, laatste.inhoud if laatste else None)
