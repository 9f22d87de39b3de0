"""The overview of one family member: whom to call, who helps, what we agreed, when we talk again.

Made from a casus as data only (a fixed version, or the live one for a preview), so that a screen, a PDF or anything
that comes later shows the same and cannot show more. Every sentence is made here: "u" to adults, "je" to the young.
"""

import re
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.inhoud import Inhoud, Stap
from casussen.models import Casus
from casussen.models.basis import roepnaam
from casussen.models.deelnemer import Functie, Terugbellen
from casussen.overzicht import lezer, verschil
from casussen.overzicht.gezin_delen import (
    Antwoord,
    Bellen,
    Belofte,
    Eigenaar,
    Einde,
    Gesprek,
    GezinsOverzicht,
    Groep,
    Hulp,
    Mens,
    Nood,
    Vervanger,
)
from casussen.overzicht.lezer import Rij
from casussen.overzicht.momentopname import Opname
from casussen.taal.aanspreken import is_jong, naar_je
from casussen.taal.bereikbaar import zin as bereikbaar_zin
from casussen.taal.datums import dag_voluit, opsomming
from casussen.taal.klok import tijd_zin

# The answer that says whom to call at night; it stands in its own card, with the number as a button.
NOOD_VRAAG = "buiten_kantoor"
_NUMMER = re.compile(r"(?<!\d)(?:\+|0)\d[\d\s.()-]{6,14}\d(?!\d)")


def voor_gezinslid(
    opname: Opname,
    gezinslid_id: str,
    *,
    inhoud: Inhoud,
    nummer: int | None,
    op: datetime,
    einde: Einde | None = None,
) -> GezinsOverzicht:
    """Makes the overview of one reader.

    in: the casus as data, the id of the reader, the content set of the casus, the number of the version (None: a
    draft), the moment it was fixed (or for a draft: now), and how it ended when it did;
    out: only what this reader may read; raises KeyError when the reader is not in the casus.
    """
    return _Maker(opname, gezinslid_id, timezone.localtime(op).date()).maak(inhoud, nummer, einde)


def einde_van(casus: Casus) -> Einde | None:
    """in: a casus; out: how it ended, None while people work together."""
    if casus.afgesloten_op is None:
        return None
    dag = dag_voluit(timezone.localtime(casus.afgesloten_op).date())
    return Einde(
        zin=_("We werkten samen tot %(dag)s. Dit is het laatste overzicht.") % {"dag": dag},
        blijft_bereikbaar=casus.blijft_bereikbaar,
        belt_nog_een_keer=casus.belt_nog_een_keer,
    )


class _Maker:
    """Holds the casus, the reader and the day while one overview is made."""

    def __init__(self, opname: Opname, gezinslid_id: str, dag: date) -> None:
        self.opname, self.lezer_id, self.dag = opname, gezinslid_id, dag
        self.gezin: dict[str, Rij] = {rij["id"]: rij for rij in opname["gezinsleden"]}
        zelf = self.gezin[gezinslid_id]
        geboren = date.fromisoformat(zelf["geboren"]) if zelf["geboren"] else None
        self.je = is_jong(geboren, zelf["relatie"], dag)
        self.eerste = lezer.eerste_contact(opname, gezinslid_id)
        self.vervanger = lezer.met_functie(opname, Functie.VERVANGER, gezinslid_id)

    def maak(self, inhoud: Inhoud, nummer: int | None, einde: Einde | None) -> GezinsOverzicht:
        antwoorden = lezer.antwoorden(self.opname, self.lezer_id)
        groepen = [self.groep(stap, antwoorden) for stap in inhoud.stappen]
        return GezinsOverzicht(
            gezin=self.opname["naam"],
            lezer=self.mens_van_gezin(self.gezin[self.lezer_id]),
            je=self.je,
            nummer=nummer,
            versie_zin=self.versie_zin(nummer),
            bedoeld=(
                _("Je leest hier alleen wat voor jou bedoeld is.")
                if self.je
                else _("U leest hier alleen wat voor u bedoeld is.")
            ),
            groet=self.groet(),
            bellen=self.bellen(),
            nood=self.nood(antwoorden.get(NOOD_VRAAG)),
            helpers_kop=_("Waarvoor bel je wie?") if self.je else _("Waarvoor belt u wie?"),
            helpers=self.helpers(),
            afspraken=self.afspraken(),
            gesprek=None if einde else self.gesprek(),
            einde=einde,
            klopt=self.klopt(),
            waarom=groepen[0],
            wie=groepen[1],
            verwachten=groepen[2],
            regie=groepen[3],
            afgesproken=groepen[4],
            contact=groepen[5],
            contact_verder=Groep(inhoud.stap(6).titel, groepen[5].antwoorden),
            terugkijken=groepen[6],
        )

    def versie_zin(self, nummer: int | None) -> str:
        dag = dag_voluit(self.dag)
        if nummer is None:
            return _("Nog niet vastgesteld. Gemaakt op %(dag)s.") % {"dag": dag}
        return _("Versie %(nummer)d, van %(dag)s.") % {"nummer": nummer, "dag": dag}

    def groet(self) -> str:
        tekst = (
            _("Dag %(naam)s. Hier staat wie je helpt en wat we afspraken.")
            if self.je
            else _("Dag %(naam)s. Hier staat wie u helpt en wat we afspraken.")
        )
        return tekst % {"naam": roepnaam(self.gezin[self.lezer_id]["naam"])}

    # People

    def mens(self, rij: Rij) -> Mens:
        eerste = self.eerste is not None and rij["id"] == self.eerste["id"]
        helper = "regie" if eerste else "helper"
        return Mens(
            naam=rij["naam"],
            vorm=helper if rij["is_professional"] else "netwerk",
            functie=rij["functie"],
            organisatie=rij["organisatie"],
            telefoon=rij["telefoon"],
        )

    def mens_van_gezin(self, rij: Rij) -> Mens:
        return Mens(rij["naam"], "gezin", rij["relatie"], "", "")

    def voor_wie(self, rij: Rij) -> str:
        """Who of the family somebody is there for, empty when that is everybody."""
        ids = [pk for pk in self.gezin if pk in rij["voor_wie"]]
        if not ids or len(ids) == len(self.gezin):
            return ""
        zelf = _("jou") if self.je else _("u")
        namen = [roepnaam(self.gezin[pk]["naam"]) for pk in ids if pk != self.lezer_id]
        return opsomming([zelf, *namen] if self.lezer_id in ids else namen)

    # Whom to call

    def bellen(self) -> Bellen | None:
        if self.eerste is None:
            return None
        mens = self.mens(self.eerste)
        eerst = (
            _("Bel eerst %(naam)s. Ook als je niet weet bij wie je moet zijn.")
            if self.je
            else _("Bel eerst %(naam)s. Ook als u niet weet bij wie u moet zijn.")
        )
        return Bellen(
            mens=mens,
            eerst=eerst % {"naam": mens.roepnaam},
            waarvoor=_hoofdletter(self.eerste["waarvoor"]),
            zinnen=(*bereikbaar_zinnen(self.eerste), *_kanalen(self.eerste)),
            vervanger=self.invaller(self.eerste),
            als_afwezig=_("Is %(naam)s er niet?") % {"naam": mens.roepnaam},
        )

    def invaller(self, eerste: Rij) -> Vervanger | None:
        """The stand-in of the casus, else the name that the first contact wrote down, unless it is a hidden one."""
        if self.vervanger is not None and self.vervanger["id"] != eerste["id"]:
            return Vervanger(self.vervanger["naam"], self.vervanger["telefoon"])
        tekst = eerste["vervanger"].strip()
        bekend = [rij for rij in lezer.deelnemers(self.opname, self.lezer_id) if rij["naam"] == tekst]
        if bekend:
            return Vervanger(tekst, bekend[0]["telefoon"])
        if not tekst or lezer.noemt_verborgen(self.opname, self.lezer_id, tekst):
            return None
        return Vervanger(tekst, "")

    def nood(self, antwoord: Rij | None) -> Nood:
        nummer = self.opname["crisisnummer"]
        teksten = [antwoord["tekst"].strip(), antwoord["doorvraag"].strip()] if antwoord else []
        gevuld = tuple(tekst for tekst in teksten if tekst)
        if not gevuld:
            return Nood((_("Bel de crisisdienst. Dag en nacht."),) if nummer else (), nummer)
        gevonden = _NUMMER.search(" ".join(gevuld))
        return Nood(gevuld, gevonden.group() if gevonden else nummer)

    def helpers(self) -> tuple[Hulp, ...]:
        """Helpers first, then the own network. Who stands in the card on top and does nothing else, is not repeated."""
        rijen = [rij for rij in lezer.deelnemers(self.opname, self.lezer_id) if not self.staat_boven(rij)]
        return tuple(self.hulp(rij) for rij in sorted(rijen, key=lambda rij: not rij["is_professional"]))

    def staat_boven(self, rij: Rij) -> bool:
        if self.eerste is None:
            return False
        invaller = self.vervanger is not None and rij["id"] == self.vervanger["id"] and not rij["waarvoor"]
        return invaller or bool(rij["id"] == self.eerste["id"])

    def hulp(self, rij: Rij) -> Hulp:
        voor = self.voor_wie(rij)
        zinnen = [*bereikbaar_zinnen(rij)]
        if self.vervanger is not None and rij["id"] == self.vervanger["id"] and self.eerste is not None:
            zinnen.insert(0, _("Vervangt %(naam)s.") % {"naam": roepnaam(self.eerste["naam"])})
        if rij["alleen_als_nodig"]:
            zinnen.append(_("Alleen als het nodig is."))
        if rij["is_professional"] and not rij["telefoon"] and self.eerste is not None:
            zinnen.append(_("Bel hiervoor %(naam)s.") % {"naam": self.eerste["naam"]})
        return Hulp(
            waarvoor=_hoofdletter(rij["waarvoor"] or rij["functie"]),
            voor_wie=_("Voor %(namen)s") % {"namen": voor} if voor else "",
            mens=self.mens(rij),
            zinnen=tuple(zinnen),
        )

    # What we agreed, and when we talk again

    def afspraken(self) -> tuple[Eigenaar, ...]:
        """Per person: the reader himself first, then the helpers, then the rest of the family."""
        mensen = {rij["id"]: self.mens(rij) for rij in self.opname["deelnemers"]}
        gezin = {pk: self.mens_van_gezin(rij) for pk, rij in self.gezin.items()}
        volgorde = {self.lezer_id: gezin[self.lezer_id], **mensen, **gezin}
        per_persoon: dict[str, list[Belofte]] = {pk: [] for pk in volgorde}
        for rij in lezer.afspraken(self.opname, self.lezer_id):
            belofte = Belofte(rij["wat"], verschil.wanneer(rij))
            per_persoon[rij["deelnemer"] or rij["gezinslid"]].append(belofte)
        zelf = _("Jijzelf") if self.je else _("Uzelf")
        return tuple(
            Eigenaar(
                mens=volgorde[pk],
                naam=zelf if pk == self.lezer_id else volgorde[pk].naam,
                is_lezer=pk == self.lezer_id,
                beloften=tuple(beloften),
            )
            for pk, beloften in per_persoon.items()
            if beloften
        )

    def gesprek(self) -> Gesprek | None:
        evaluatie = self.opname["evaluatie"]
        if evaluatie is None:
            return None
        dag = date.fromisoformat(evaluatie["datum"])
        return Gesprek(dag, _hoofdletter(dag_voluit(dag)), tuple(self.gesprek_zinnen(evaluatie)))

    def gesprek_zinnen(self, evaluatie: Rij) -> list[str]:
        """Time, place and who invites. Whoever is not at the table does not read where the others meet."""
        if self.lezer_id in evaluatie["afwezig"]:
            return [_("Jij bent hier niet bij.") if self.je else _("U bent hier niet bij.")]
        zinnen = [tijd_zin(_tijd(evaluatie["van"]), _tijd(evaluatie["tot"])), evaluatie["waar"].strip()]
        zichtbaar = lezer.deelnemers(self.opname, self.lezer_id)
        uitnodiger = next((rij for rij in zichtbaar if rij["id"] == evaluatie["uitnodiger"]), None)
        if uitnodiger is not None:
            tekst = _("%(naam)s nodigt je uit.") if self.je else _("%(naam)s nodigt u uit.")
            zinnen.append(tekst % {"naam": roepnaam(uitnodiger["naam"])})
        return [_hoofdletter(zin.rstrip(".")) + "." for zin in zinnen if zin]

    def klopt(self) -> str:
        if self.eerste is None:
            return _("Zeg het als we weer samen praten. Dan passen we het aan.")
        tekst = _("Zeg het tegen %(naam)s. Dan passen we het samen aan.")
        return tekst % {"naam": roepnaam(self.eerste["naam"])}

    # Answers

    def groep(self, stap: Stap, antwoorden: dict[str, Rij]) -> Groep:
        gegeven = []
        for vraag in stap.vragen:
            rij = antwoorden.get(vraag.code)
            if rij is None or vraag.code == NOOD_VRAAG:
                continue
            kop = vraag.kop_overzicht or vraag.tekst
            gegeven.append(
                Antwoord(
                    kop=naar_je(kop) if self.je else kop,
                    tekst=rij["tekst"].strip(),
                    keuzes=tuple(optie.tekst for optie in vraag.opties if optie.code in rij["keuzes"]),
                    doorvraag=(vraag.doorvraag or "") if rij["doorvraag"].strip() else "",
                    doorvraag_tekst=rij["doorvraag"].strip(),
                )
            )
        return Groep(naar_je(stap.kop_gezin) if self.je else stap.kop_gezin, tuple(gegeven))


def _tijd(tekst: str | None) -> time | None:
    return time.fromisoformat(tekst) if tekst else None


def _hoofdletter(zin: str) -> str:
    """A capital on the first letter; "’s middags" keeps its own."""
    return zin[:1].upper() + zin[1:]


def bereikbaar_zinnen(rij: Rij) -> list[str]:
    """in: somebody who takes part, as data; out: when he can be called, and how soon he calls back."""
    zinnen = []
    wanneer = bereikbaar_zin(rij["dagen"], _tijd(rij["uren_van"]), _tijd(rij["uren_tot"]))
    if wanneer:
        zinnen.append(_hoofdletter(wanneer) + ".")
    if rij["terugbellen"]:
        snel = Terugbellen(rij["terugbellen"]).label
        zinnen.append(_("%(naam)s belt %(snel)s terug.") % {"naam": roepnaam(rij["naam"]), "snel": snel})
    return zinnen


def _kanalen(rij: Rij) -> list[str]:
    """What app and mail are for."""
    kanalen = [(_("App"), rij["app"]), (_("Mail"), rij["mail"])]
    return [f"{kanaal}: {waarvoor}" for kanaal, waarvoor in kanalen if waarvoor]
