"""Everything about one person in one casus, as plain data without the data of others (AVG 15 and 20).

What the person may read of the cooperation is made by overzicht/gezin.py, of every fixed version and of what stands
there now: so a copy never holds more than the pages of this person did. Names of others are only in it where they
are part of that. Not in it: contact data of other family members, what this person may not read, notes for helpers
and what a helper and the coordinator wrote to each other about an agreement (Reactie, Draadregel), and on what ground
an organisation reads along without consent (the coordinator decides whether that can be told).
"""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casussen.models import Casus, Evaluatie, Gezinslid, Toestemming
from casussen.models.toestemming import Onderdeel
from casussen.overzicht import gezin, lezer, momentopname, rijen, wie_keek
from casussen.overzicht.momentopname import Opname

SCHEMA = 1

Gegevens = dict[str, Any]


def maak(casus: Casus, lid: Gezinslid, *, nu: datetime) -> Gegevens:
    """in: a casus, somebody of its family, the moment; out: JSON-serialisable data."""
    return {
        "schema": SCHEMA,
        "gemaakt_op": _moment(nu),
        "over": _eigen_gegevens(casus, lid),
        "samenwerking": _samenwerking(casus),
        "nu": _nu(casus, lid, nu),
        "versies": _versies(casus, lid),
        "eigen_afspraken": _eigen_afspraken(lid),
        "toestemmingen": [_toestemming(rij, lid) for rij in _toestemmingen(casus, lid)],
        "verteld": _verteld(casus, lid),
        "verzoeken": _verzoeken(casus, lid),
        "mails": _mails(casus, lid),
        "links": _links(casus, lid),
        "terugkijken": _terugkijken(casus, lid),
        "wie_keek": _wie_keek(casus, lid, nu),
    }


def _eigen_gegevens(casus: Casus, lid: Gezinslid) -> Gegevens:
    velden = (
        "naam", "relatie", "gezag", "email", "telefoon", "taal", "adres_geheim", "internet", "krijgt_mail", "leest_mee",
    )  # fmt: skip
    return {
        **{veld: getattr(lid, veld) for veld in velden},
        "geboren": _dag(lid.geboren),
        "opmerking": _zonder_verborgenen(lid.opmerking, _laatste_opname(casus, lid), lid),
        "opgeschreven_op": _moment(lid.gemaakt_op),
        "hoort_er_niet_meer_bij_sinds": _moment(lid.weg_op),
    }


def _samenwerking(casus: Casus) -> Gegevens:
    return {
        "naam": casus.naam,
        "soort": casus.handreiking.get_soort_display(),
        "organisatie": casus.team.organisatie.naam,
        "team": casus.team.naam,
        "coordinator": casus.coordinator.naam,
        "begonnen_op": _moment(casus.gemaakt_op),
        "afgesloten_op": _moment(casus.afgesloten_op),
        "bewaren_tot_en_met": _dag(casus.bewaren_tot),
    }


def _nu(casus: Casus, lid: Gezinslid, nu: datetime) -> Gegevens | None:
    return _leesbaar(casus, momentopname.maak(casus), lid, None, nu)


def _versies(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    return [
        leesbaar
        for versie in rijen.versies(casus)
        if (leesbaar := _leesbaar(casus, versie.inhoud, lid, versie.nummer, versie.op)) is not None
    ]


def _leesbaar(casus: Casus, opname: Opname, lid: Gezinslid, nummer: int | None, op: datetime) -> Gegevens | None:
    """What this person may read of one version (None: of what stands there now), as the own page shows it."""
    pk = str(lid.pk)
    if pk not in {rij["id"] for rij in opname["gezinsleden"]}:
        return None
    inhoud = casus.handreiking.inhoud
    einde = gezin.einde_van(casus) if nummer is None else None
    pagina = asdict(gezin.voor_gezinslid(opname, pk, inhoud=inhoud, nummer=nummer, op=op, einde=einde))
    gesprek = pagina["gesprek"]
    return {
        "versie": nummer,
        "op": _moment(op),
        "eerst_bellen": pagina["bellen"],
        "bij_nood": pagina["nood"],
        "helpers": pagina["helpers"],
        "afspraken": [
            {"wie": rij["mens"]["naam"], "van_mij": rij["is_lezer"], "afspraken": rij["beloften"]}
            for rij in pagina["afspraken"]
        ],
        "antwoorden": [
            antwoord
            for groep in ("waarom", "wie", "verwachten", "regie", "afgesproken", "contact", "terugkijken")
            for antwoord in pagina[groep]["antwoorden"]
        ],
        "weer_samen": {**gesprek, "dag": _dag(gesprek["dag"])} if gesprek else None,
        "einde": pagina["einde"],
    }


def _eigen_afspraken(lid: Gezinslid) -> list[Gegevens]:
    afspraken = lid.casus.afspraken.filter(gezinslid=lid).prefetch_related("oordelen__evaluatie")
    return [
        {
            "wat": afspraak.wat,
            "wanneer": afspraak.wanneer,
            "datum": _dag(afspraak.datum),
            "gemaakt_op": _moment(afspraak.gemaakt_op),
            "vervallen_op": _moment(afspraak.vervallen_op),
            "hoe_het_ging": [
                {"op": _dag(oordeel.evaluatie.datum), "oordeel": oordeel.get_soort_display()}
                for oordeel in afspraak.oordelen.all()
            ],
        }
        for afspraak in afspraken
    ]


def _toestemmingen(casus: Casus, lid: Gezinslid) -> list[Toestemming]:
    alle = casus.toestemmingen.select_related("organisatie", "over", "gever", "vastgelegd_door")
    return [rij for rij in alle if lid.pk in (rij.over_id, rij.gever_id)]


def _toestemming(rij: Toestemming, lid: Gezinslid) -> Gegevens:
    """Whose name the person does not know from this itself is told by relation: a mother, a child."""
    return {
        "over": _wie(rij.over, lid),
        "door": _wie(rij.gever, lid) if rij.gever else rij.gever_anders,
        "antwoord": rij.get_zegt_display(),
        "aan": rij.organisatie.naam,
        "waarvoor": rij.doel,
        "wat": [str(Onderdeel(onderdeel).label) for onderdeel in rij.onderdelen],
        "hoe": rij.get_hoe_display(),
        "op": _dag(rij.op),
        "opgeschreven_door": rij.vastgelegd_door.naam,
        "ingetrokken_op": _moment(rij.ingetrokken_op),
        "daarna": rij.get_na_intrekken_display(),
        "gevraagd_om_weg_te_doen_op": _moment(rij.wissen_gevraagd_op),
    }


def _wie(mens: Gezinslid, lid: Gezinslid) -> str:
    return lid.naam if mens.pk == lid.pk else mens.relatie


def _verteld(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    return [
        {
            "organisatie": rij.organisatie.naam,
            "hoe": rij.get_hoe_display(),
            "op": _dag(rij.op),
            "opgeschreven_door": rij.vastgelegd_door.naam,
        }
        for rij in casus.geinformeerd.filter(gezinslid=lid)
        .select_related("organisatie", "vastgelegd_door")
        .order_by("op")
    ]


def _verzoeken(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    return [
        {
            "wat": rij.get_soort_display(),
            "in_eigen_woorden": rij.tekst,
            "ontvangen_op": _dag(rij.ontvangen_op),
            "uiterlijk": _dag(rij.uiterlijk),
            "verlengd_op": _moment(rij.verlengd_op),
            "waarom_verlengd": rij.verleng_reden,
            "besluit": rij.get_besluit_display(),
            "reden": rij.reden,
            "besloten_op": _moment(rij.besloten_op),
        }
        for rij in casus.verzoeken.filter(gezinslid=lid).order_by("ontvangen_op")
    ]


def _mails(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    return [
        {
            "soort": rij.get_soort_display(),
            "klaargezet_op": _moment(rij.gemaakt_op),
            "verstuurd_op": _moment(rij.verstuurd_op),
            "stand": rij.get_status_display(),
        }
        for rij in casus.berichten.filter(gezinslid=lid)
    ]


def _links(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    return [
        {
            "gemaakt_op": _moment(rij.gemaakt_op),
            "werkt_tot": _moment(rij.geldig_tot),
            "ingetrokken_op": _moment(rij.ingetrokken_op),
        }
        for rij in casus.toegangslinks.filter(gezinslid=lid).order_by("gemaakt_op")
    ]


def _terugkijken(casus: Casus, lid: Gezinslid) -> list[Gegevens]:
    opname = _laatste_opname(casus, lid)
    evaluaties = casus.evaluaties.prefetch_related("afwezige_gezinsleden").order_by("datum")
    return [_evaluatie(rij, lid, opname) for rij in evaluaties]


def _evaluatie(rij: Evaluatie, lid: Gezinslid, opname: Opname | None) -> Gegevens:
    """What was said at the table only for who was there; never by itself for a parent without gezag."""
    erbij = was_erbij(rij, lid)
    gegevens: Gegevens = {"datum": _dag(rij.datum), "erbij": erbij, "vastgelegd_op": _moment(rij.gehouden_op)}
    if erbij:
        gegevens |= {
            "waar": rij.waar,
            "ging_goed": _zonder_verborgenen(rij.ging_goed, opname, lid),
            "voortaan_anders": _zonder_verborgenen(rij.voortaan_anders, opname, lid),
            "klopt_de_verdeling": rij.get_klopt_display(),
            "wat_klopt_niet": _zonder_verborgenen(rij.klopt_uitleg, opname, lid),
            "vervolg": rij.get_vervolg_display(),
        }
    return gegevens


def _laatste_opname(casus: Casus, lid: Gezinslid) -> Opname | None:
    """The last that there is of the casus with this person in it: how it stands now, else a fixed version."""
    opnames = [momentopname.maak(casus), *(versie.inhoud for versie in reversed(rijen.versies(casus)))]
    return next((rij for rij in opnames if str(lid.pk) in {mens["id"] for mens in rij["gezinsleden"]}), None)


def _zonder_verborgenen(tekst: str, opname: Opname | None, lid: Gezinslid) -> str:
    """A note that has no readers of its own stays out when it names a helper whom this person may not know of."""
    if tekst and opname is not None and lezer.noemt_verborgen(opname, str(lid.pk), tekst):
        return _("Deze tekst noemt iemand die niet in deze kopie staat. Vraag ernaar.")
    return tekst


def was_erbij(evaluatie: Evaluatie, lid: Gezinslid) -> bool:
    """in: an evaluation (prefetch `afwezige_gezinsleden`), somebody of the family; out: whether he sat at the table."""
    if lid.pk in {afwezig.pk for afwezig in evaluatie.afwezige_gezinsleden.all()} or lid.gezag is False:
        return False
    gehouden = evaluatie.gehouden_op
    toen_al = gehouden is None or lid.gemaakt_op <= gehouden
    return toen_al and (lid.weg_op is None or (gehouden is not None and lid.weg_op > gehouden))


def _wie_keek(casus: Casus, lid: Gezinslid, nu: datetime) -> list[Gegevens]:
    dagen = wie_keek.op_dagen(casus, lid, wie_keek.dagen(casus), timezone.localdate(nu))
    return [
        {"dag": _dag(dag.dag), "wie": kijker.wie, "waarom": kijker.waarom} for dag in dagen for kijker in dag.kijkers
    ]


def _moment(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else None


def _dag(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None
