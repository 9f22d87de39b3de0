"""The whole overview for one helper: who does what around a family, as far as helpers may read it.

Made from a fixed version only. An item counts when it is for helpers (`voor_professionals`), and the own ones always.
Of the family only names and relations; a number only of whoever helps because of the job. An agreement of somebody
whom the helpers may not see stays out as a whole, since it would give away that this person is there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.inhoud import Inhoud, Stap
from casussen.models.basis import roepnaam
from casussen.models.deelnemer import Functie
from casussen.overzicht import lezer, verschil
from casussen.overzicht.gezin import bereikbaar_zinnen
from casussen.overzicht.gezin_delen import Antwoord, Belofte, Eigenaar, Groep, Hulp, Mens
from casussen.overzicht.lezer import Rij
from casussen.overzicht.momentopname import Opname
from casussen.taal.datums import dag_voluit, opsomming, uren


@dataclass(frozen=True)
class Taakhouder:
    """Who holds a function; not `aanvaard`: was asked, and had not said yes when the version was fixed."""

    functie: str
    mens: Mens
    aanvaard: bool


@dataclass(frozen=True)
class Terugkijken:
    """When everyone talks again. Whoever is not at the table does not read where."""

    datum: date
    zinnen: tuple[str, ...]


@dataclass(frozen=True)
class HelpersOverzicht:
    """Everything on the page of one helper. `afspraken`: the own ones first."""

    gezin: str
    versie_zin: str
    gezinsleden: tuple[Mens, ...]
    taken: tuple[Taakhouder, ...]
    helpers: tuple[Hulp, ...]
    afspraken: tuple[Eigenaar, ...]
    antwoorden: tuple[Groep, ...]
    terugkijken: Terugkijken | None


def voor_helper(opname: Opname, deelnemer_id: str, *, inhoud: Inhoud, nummer: int, op: datetime) -> HelpersOverzicht:
    """in: a fixed version as data, the id of the part of the reader, the content set of the casus, the number of the
    version and when it was fixed; out: the overview; raises KeyError when the reader is not in that version.
    """
    return _Maker(opname, deelnemer_id).maak(inhoud, nummer, timezone.localdate(op))


class _Maker:
    """Holds the version and the reader while one overview is made."""

    def __init__(self, opname: Opname, deelnemer_id: str) -> None:
        self.opname, self.ik = opname, deelnemer_id
        self.gezin: dict[str, Rij] = {rij["id"]: rij for rij in opname["gezinsleden"]}
        alle: dict[str, Rij] = {rij["id"]: rij for rij in opname["deelnemers"]}
        alle[deelnemer_id]  # raises KeyError
        self.zichtbaar = {pk: rij for pk, rij in alle.items() if pk == deelnemer_id or rij["voor_professionals"]}
        self.verborgen = [rij["naam"] for pk, rij in alle.items() if pk not in self.zichtbaar]

    def maak(self, inhoud: Inhoud, nummer: int, dag: date) -> HelpersOverzicht:
        antwoorden = {rij["vraag"]: rij for rij in self.opname["antwoorden"] if rij["voor_professionals"]}
        groepen = [_groep(stap, antwoorden) for stap in inhoud.stappen]
        return HelpersOverzicht(
            gezin=self.opname["naam"],
            versie_zin=_("Versie %(nummer)d, van %(dag)s.") % {"nummer": nummer, "dag": dag_voluit(dag)},
            gezinsleden=tuple(_mens_van_gezin(rij) for rij in self.gezin.values()),
            taken=tuple(self.taken()),
            # Whoever helps because of the job first.
            helpers=tuple(
                self.hulp(rij) for rij in sorted(self.zichtbaar.values(), key=lambda rij: not rij["is_professional"])
            ),
            afspraken=tuple(self.afspraken()),
            antwoorden=tuple(groep for groep in groepen if groep.antwoorden),
            terugkijken=self.terugkijken(),
        )

    def taken(self) -> list[Taakhouder]:
        gevonden = []
        for functie in Functie:
            regie = self.opname["regie"].get(functie.value)
            if regie is not None and regie["deelnemer"] in self.zichtbaar and not regie.get("geweigerd"):
                mens = self.mens(self.zichtbaar[regie["deelnemer"]])
                gevonden.append(Taakhouder(str(functie.label), mens, regie["aanvaard"]))
        return gevonden

    def mens(self, rij: Rij) -> Mens:
        regie = self.opname["regie"].get(Functie.REGIEVOERDER.value)
        helper = "regie" if regie is not None and regie["deelnemer"] == rij["id"] else "helper"
        return Mens(
            naam=rij["naam"],
            vorm=helper if rij["is_professional"] else "netwerk",
            functie=rij["functie"],
            organisatie=rij["organisatie"],
            telefoon=rij["telefoon"] if rij["is_professional"] else "",
        )

    def hulp(self, rij: Rij) -> Hulp:
        zinnen = bereikbaar_zinnen(rij) if rij["is_professional"] else []
        if rij["alleen_als_nodig"]:
            zinnen.append(_("Alleen als het nodig is."))
        invaller = rij["vervanger"].strip()
        if invaller and not lezer.noemt(self.verborgen, invaller):
            zinnen.append(_("Is %(naam)s er niet? Dan: %(invaller)s.") % {
                "naam": roepnaam(rij["naam"]), "invaller": invaller.rstrip(".")
            })  # fmt: skip
        namen = [roepnaam(lid["naam"]) for pk, lid in self.gezin.items() if pk in rij["voor_wie"]]
        iedereen = len(namen) in (0, len(self.gezin))
        waarvoor = rij["waarvoor"] or ""
        return Hulp(
            waarvoor=waarvoor[:1].upper() + waarvoor[1:],
            voor_wie="" if iedereen else _("Voor %(namen)s") % {"namen": opsomming(namen)},
            mens=self.mens(rij),
            zinnen=tuple(zinnen),
        )

    def afspraken(self) -> list[Eigenaar]:
        """Per person: the reader first, then the other helpers, then the family."""
        helpers = {pk: self.mens(rij) for pk, rij in self.zichtbaar.items()}
        gezin = {pk: _mens_van_gezin(rij) for pk, rij in self.gezin.items()}
        volgorde = {self.ik: helpers[self.ik], **helpers, **gezin}
        per_persoon: dict[str, list[Belofte]] = {pk: [] for pk in volgorde}
        for rij in self.opname["afspraken"]:
            eigenaar = rij["deelnemer"] or rij["gezinslid"]
            if eigenaar == self.ik or (rij["voor_professionals"] and eigenaar in volgorde):
                per_persoon[eigenaar].append(Belofte(rij["wat"], verschil.wanneer(rij)))
        return [
            Eigenaar(
                mens=volgorde[pk],
                naam=_("Jijzelf") if pk == self.ik else volgorde[pk].naam,
                is_lezer=pk == self.ik,
                beloften=tuple(beloften),
            )
            for pk, beloften in per_persoon.items()
            if beloften
        ]

    def terugkijken(self) -> Terugkijken | None:
        evaluatie = self.opname["evaluatie"]
        if evaluatie is None:
            return None
        zinnen = self.over_gesprek(evaluatie)
        return Terugkijken(date.fromisoformat(evaluatie["datum"]), tuple(zin for zin in zinnen if zin))

    def over_gesprek(self, evaluatie: Rij) -> list[str]:
        if self.ik in evaluatie["afwezig"]:
            return [_("Jij hoeft er deze keer niet bij te zijn.")]
        uitnodiger = self.zichtbaar.get(evaluatie["uitnodiger"])
        nodigt = _("%(naam)s nodigt iedereen uit.") % {"naam": uitnodiger["naam"]} if uitnodiger else ""
        van, tot = (time.fromisoformat(deel) if deel else None for deel in (evaluatie["van"], evaluatie["tot"]))
        return [deel[:1].upper() + deel[1:] for deel in (uren(van, tot), evaluatie["waar"].strip(), nodigt)]


def _mens_van_gezin(rij: Rij) -> Mens:
    return Mens(rij["naam"], "gezin", rij["relatie"], "", "")


def _groep(stap: Stap, antwoorden: dict[str, Rij]) -> Groep:
    return Groep(
        stap.titel,
        tuple(
            Antwoord(
                kop=vraag.tekst,
                tekst=rij["tekst"].strip(),
                keuzes=tuple(optie.tekst for optie in vraag.opties if optie.code in rij["keuzes"]),
                doorvraag=(vraag.doorvraag or "") if rij["doorvraag"].strip() else "",
                doorvraag_tekst=rij["doorvraag"].strip(),
            )
            for vraag in stap.vragen
            if (rij := antwoorden.get(vraag.code)) is not None
        ),
    )
