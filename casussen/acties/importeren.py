"""Making a casus of a file. Everything or nothing; the same family is never made twice."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from casussen import actor, invoer
from casussen.acties import afspraken, antwoorden, deelnemers, evaluaties, gezin, regie
from casussen.acties.casus import begin_casus
from casussen.acties.fouten import Geweigerd
from casussen.acties.vaststellen import stel_vast
from casussen.actor import Actor
from casussen.inhoud import Inhoud
from casussen.invoer import Fout, Invoer, InvoerFout
from casussen.models import Casus, Deelnemer, Gezinslid, Handreiking, Medewerker, Professional, Team
from casussen.models.basis import VoorGezin
from casussen.models.deelnemer import Functie
from casussen.models.organisatie import TeamRol


@dataclass(frozen=True)
class Geimporteerd:
    """What an import led to. `nieuw` is False when the family was there already and was left alone."""

    casus: Casus
    nieuw: bool


def zoek_team(naam: str) -> Team:
    """in: the name of a team or of its organisation; out: that team; raises Geweigerd when there is not exactly one."""
    teams = list(
        Team.objects.select_related("organisatie").filter(Q(naam__iexact=naam) | Q(organisatie__naam__iexact=naam))
    )
    precies = [team for team in teams if team.naam.casefold() == naam.casefold()]
    gevonden = precies if len(precies) == 1 else teams
    if len(gevonden) == 1:
        return gevonden[0]
    if gevonden:
        namen = ", ".join(f"{team.naam} ({team.organisatie})" for team in gevonden)
        raise Geweigerd(
            _("“%(naam)s” past bij meer teams: %(namen)s. Geef de naam van één team.") % {"naam": naam, "namen": namen}
        )
    namen = ", ".join(Team.objects.values_list("naam", flat=True)) or _("nog geen enkel")
    raise Geweigerd(_("Er is geen team of organisatie “%(naam)s”. Wel: %(namen)s.") % {"naam": naam, "namen": namen})


def importeer(*, pad: Path, team: Team, vaststellen: bool, vandaag: date) -> Geimporteerd:
    """Makes a casus of a file, by the operator; accepting the regie and fixing are done in the coordinator's name.

    in: a YAML file, the team, whether version 1 is fixed at once, today; out: the casus;
    raises InvoerFout (every mistake in the file), Geweigerd (no coordinator, or fixing is not possible).
    """
    gelezen = invoer.lees(pad, inhoud=_nieuwste_inhoud(), vandaag=vandaag)
    with transaction.atomic():
        # Two imports at the same time: the second waits here, and then finds the family of the first.
        Team.objects.select_for_update().get(pk=team.pk)
        bron = hashlib.sha256(f"{gelezen.soort}\n{gelezen.naam.casefold()}".encode()).hexdigest()
        bestaand = team.casussen.filter(bron=bron).first()
        if bestaand is not None:
            return Geimporteerd(bestaand, nieuw=False)
        _controleer_adresboek(gelezen)
        casus = _Import(gelezen, team, bron, vandaag).maak(vaststellen=vaststellen)
    return Geimporteerd(casus, nieuw=True)


def _nieuwste_inhoud() -> Mapping[str, Inhoud]:
    """The newest content set per kind."""
    return {handreiking.soort: handreiking.inhoud for handreiking in Handreiking.objects.order_by("nummer")}


def _controleer_adresboek(gelezen: Invoer) -> None:
    """An e-mail address of somebody else would silently put the wrong person in the family."""
    adressen = [helper.email.lower() for helper in gelezen.professionals if helper.email]
    bekend = Professional.objects.annotate(adres=Lower("email")).filter(adres__in=adressen)
    van_wie = dict(bekend.values_list("adres", "naam"))
    fouten: list[Fout] = []
    for helper in gelezen.professionals:
        naam = van_wie.get(helper.email.lower())
        if naam is not None and naam.casefold() != helper.naam.casefold():
            helper.blok.fout(
                "email", f"In het adresboek is dit adres van {naam}. Gebruik die naam, of een ander adres."
            )
            fouten = helper.blok.fouten
    if fouten:
        raise InvoerFout(fouten)


class _Import:
    """One import under way: who is who, by name."""

    def __init__(self, gelezen: Invoer, team: Team, bron: str, vandaag: date) -> None:
        self.gelezen, self.team, self.bron, self.vandaag = gelezen, team, bron, vandaag
        self.door = actor.operator()
        self.gezin: dict[str, Gezinslid] = {}
        self.deelnemers: dict[str, Deelnemer] = {}

    def maak(self, *, vaststellen: bool) -> Casus:
        coordinator = self._coordinator()
        gelezen = self.gelezen
        self.casus = begin_casus(
            door=self.door,
            pk=uuid4(),
            naam=gelezen.naam,
            soort=gelezen.soort,
            team=self.team,
            coordinator=coordinator,
            bron=self.bron,
        )
        self._mensen()
        namens = actor.van_medewerker(coordinator, op=self.vandaag)
        self._regie(namens)
        self._afspraken()
        if vaststellen:
            stel_vast(door=namens, casus=self.casus, nummer=1)
        return self.casus

    def _coordinator(self) -> Medewerker:
        """Whoever has the regie when that is a coördinator of this team, else the first coördinator."""
        coordinatoren = list(
            Medewerker.objects.filter(
                Q(lidmaatschappen__tot__isnull=True) | Q(lidmaatschappen__tot__gte=self.vandaag),
                lidmaatschappen__team=self.team,
                lidmaatschappen__rol=TeamRol.COORDINATOR,
                lidmaatschappen__van__lte=self.vandaag,
                is_active=True,
            )
            .select_related("professional")
            .order_by("lidmaatschappen__van", "naam")
        )
        if not coordinatoren:
            raise Geweigerd(
                _(
                    "Het team %(team)s heeft geen coördinator. Er is niets ingelezen. "
                    "Maak eerst in /beheer/ iemand coördinator van dit team."
                )
                % {"team": self.team.naam}
            )
        regie = {
            helper.email.casefold() for helper in self.gelezen.professionals if helper.regie == Functie.REGIEVOERDER
        }
        for medewerker in coordinatoren:
            if medewerker.professional and medewerker.professional.email.casefold() in regie - {""}:
                return medewerker
        return coordinatoren[0]

    def _mensen(self) -> None:
        for lid in self.gelezen.gezin:
            velden = {
                naam: getattr(lid, naam)
                for naam in (
                    "naam",
                    "relatie",
                    "geboren",
                    "gezag",
                    "email",
                    "telefoon",
                    "taal",
                    "opmerking",
                    "adres_geheim",
                    "internet",
                    "krijgt_mail",
                )
            }
            self.gezin[lid.naam] = gezin.zet_gezinslid(
                door=self.door, casus=self.casus, pk=uuid4(), versie=0, velden=velden
            )
        for kennis in self.gelezen.netwerk:
            persoon = {naam: getattr(kennis, naam) for naam in ("naam", "relatie", "email", "telefoon")}
            self.deelnemers[kennis.naam] = deelnemers.zet_netwerklid(
                door=self.door,
                casus=self.casus,
                pk=uuid4(),
                versie=0,
                persoon=persoon,
                velden={"waarvoor": kennis.waarvoor},
            )
        for helper in self.gelezen.professionals:
            self.deelnemers[helper.naam] = self._helper(helper)

    def _helper(self, helper: invoer.vorm.Professional) -> Deelnemer:
        professional = deelnemers.zet_in_adresboek(
            door=self.door,
            naam=helper.naam,
            functie=helper.functie,
            organisatie=helper.organisatie,
            email=helper.email,
            telefoon=helper.telefoon,
        )
        velden = {
            "waarvoor": helper.waarvoor,
            "vervanger": helper.vervanger,
            "dagen": helper.bereikbaar.dagen,
            "uren_van": helper.bereikbaar.uren_van,
            "uren_tot": helper.bereikbaar.uren_tot,
            "terugbellen": helper.bereikbaar.terugbellen,
            # The address book is not rewritten: another number holds for this family only.
            "telefoon": helper.telefoon if helper.telefoon != professional.telefoon else "",
        }
        return deelnemers.voeg_professional_toe(
            door=self.door, casus=self.casus, pk=uuid4(), professional=professional, velden=velden
        )

    def _regie(self, namens: Actor) -> None:
        wie = {helper.regie: self.deelnemers[helper.naam] for helper in self.gelezen.professionals if helper.regie}
        # Whoever has the regie is the first contact too, unless the file names somebody else.
        if Functie.REGIEVOERDER in wie:
            wie.setdefault(Functie.AANSPREEKPUNT, wie[Functie.REGIEVOERDER])
        for functie, deelnemer in wie.items():
            self._wijs_aan(namens, functie, deelnemer)

    def _wijs_aan(self, namens: Actor, functie: str, deelnemer: Deelnemer) -> None:
        gevraagd = regie.wijs_aan(door=self.door, casus=self.casus, functie=functie, deelnemer=deelnemer)
        eigen = namens.medewerker and namens.medewerker.professional_id == deelnemer.professional_id
        if gevraagd is not None and eigen:
            regie.aanvaard(door=namens, regie=gevraagd)

    def _afspraken(self) -> None:
        for antwoord in self.gelezen.antwoorden:
            antwoorden.bewaar_antwoord(
                door=self.door,
                casus=self.casus,
                vraag=antwoord.vraag,
                versie=0,
                velden={"tekst": antwoord.tekst, "keuzes": list(antwoord.keuzes)},
            )
        for afspraak in self.gelezen.afspraken:
            afspraken.zet_afspraak(
                door=self.door, casus=self.casus, pk=uuid4(), versie=0, velden=self._velden(afspraak)
            )
        evaluatie = self.gelezen.evaluatie
        if evaluatie is not None:
            velden = {
                "datum": evaluatie.dag(self.vandaag),
                "waar": evaluatie.waar,
                "uitnodiger": self.deelnemers.get(evaluatie.uitnodiger),
            }
            evaluaties.plan_evaluatie(door=self.door, casus=self.casus, pk=uuid4(), versie=0, velden=velden)

    def _velden(self, afspraak: invoer.vorm.Afspraak) -> dict[str, Any]:
        velden: dict[str, Any] = {
            "wat": afspraak.wat,
            "wanneer": afspraak.wanneer,
            "datum": afspraak.datum,
            "deelnemer": self.deelnemers.get(afspraak.wie),
            "gezinslid": self.gezin.get(afspraak.wie),
            "voor_professionals": afspraak.voor_professionals,
        }
        if afspraak.lezers is not None:
            lezers = [self.gezin[naam] for naam in afspraak.lezers]
            velden["voor_gezin"] = VoorGezin.GEKOZEN if lezers else VoorGezin.NIEMAND
            velden["gekozen_gezinsleden"] = lezers
        return velden
