"""What needs me today, as verbs with one button each, over all casussen that I lead."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casussen import rechten
from casussen.actor import Actor
from casussen.models import Afspraak, Bericht, Casus, Regie
from casussen.models.bericht import BerichtStatus
from casussen.models.deelnemer import Functie
from casussen.overzicht import post
from casussen.overzicht.draden import Gesprek
from casussen.overzicht.herinnerd import Wacht, wachtenden
from casussen.overzicht.lijst import WEEK, Beeld
from casussen.taal.datums import dag_kort, getal, opsomming, uur

CITAAT = 140  # characters of somebody's question or reason


@dataclass(frozen=True)
class Taak:
    """One thing to do.

    `soort` is the modifier of its picture (niet, vraag, wacht or none); `bij` completes the button's name for who
    cannot see what stands before it. `bel` is the number to call first, if that is the thing to do.
    """

    soort: str
    teken: str
    titel: str
    uitleg: str
    knop: str
    bij: str
    url: str
    bel: str = ""


def groet(nu: datetime) -> str:
    """in: a moment in local time; out: how people greet each other then."""
    if nu.hour < 12:
        return _("Goedemorgen")
    return _("Goedemiddag") if nu.hour < 18 else _("Goedenavond")


def aantal_in_woorden(aantal: int) -> str:
    """in: how many things there are to do; out: the sentence under the greeting."""
    if not aantal:
        return _("Niets vraagt vandaag iets van je.")
    zin = ngettext(
        "%(aantal)s ding vraagt vandaag iets van je.", "%(aantal)s dingen vragen vandaag iets van je.", aantal
    )
    return zin % {"aantal": getal(aantal).capitalize()}


def taken(beelden: list[Beeld], actor: Actor, op: date) -> list[Taak]:
    """What to do, the most pressing first, in a fixed number of queries.

    in: the open casussen that I lead, who I am, today; out: one entry for each thing that waits for me.
    """
    berichten = post.niet_aangekomen(post.laatste_berichten([beeld.casus.pk for beeld in beelden]))
    casussen: dict[UUID | None, Casus] = {beeld.casus.pk: beeld.casus for beeld in beelden}
    wachten = wachtenden([beeld.casus for beeld in beelden], op)
    te_bellen = [(beeld, wacht) for beeld in beelden for wacht in wachten.get(beeld.casus.pk, []) if wacht.moet_gebeld]
    return [
        *_per_beeld(beelden, lambda beeld: _te_laat(beeld, op)),
        *(_niet_aangekomen(casussen[bericht.casus_id], bericht) for bericht in berichten),
        *(_gesprek(beeld, gesprek) for beeld in beelden for gesprek in beeld.vragen),
        *(_later(beeld, afspraak) for beeld in beelden for afspraak in _stil_later(beeld)),
        *(_bel(beeld, wacht) for beeld, wacht in te_bellen),
        *(_regie(regie) for regie in _gevraagd_aan(actor)),
        *_per_beeld(beelden, lambda beeld: _bijna(beeld, op)),
        *_per_beeld(beelden, _zonder_dag),
        *_per_beeld(beelden, lambda beeld: _geen_antwoord(beeld, wachten.get(beeld.casus.pk, []))),
    ]


def _per_beeld(beelden: list[Beeld], maak: Callable[[Beeld], Taak | None]) -> list[Taak]:
    # The earliest evaluation first; the others keep the order of the list.
    op_dag = sorted(beelden, key=lambda beeld: beeld.evaluatie.datum if beeld.evaluatie else date.max)
    return [taak for beeld in op_dag if (taak := maak(beeld))]


def _gevraagd_aan(actor: Actor) -> list[Regie]:
    """What was asked of me and waits for my yes, in the casussen that I may open."""
    medewerker = actor.medewerker
    if medewerker is None or medewerker.professional_id is None:
        return []
    return list(
        Regie.objects.filter(
            deelnemer__professional=medewerker.professional_id,
            aanvaard_op__isnull=True,
            geweigerd_op__isnull=True,
            tot__isnull=True,
            casus__afgesloten_op__isnull=True,
            casus__in=rechten.casussen_van(actor),
        )
        .select_related("casus")
        .order_by("van")
    )


def _adres(naam: str, casus: Casus, *rest: object, anker: str = "") -> str:
    adres = reverse(f"casussen:{naam}", args=[casus.pk, *rest])
    return f"{adres}#{anker}" if anker else adres


def _te_laat(beeld: Beeld, op: date) -> Taak | None:
    evaluatie = beeld.evaluatie
    if beeld.versie is None or evaluatie is None or evaluatie.datum >= op:
        return None
    return Taak(
        "niet",
        "alert",
        _("Schrijf op hoe het terugkijken ging"),
        _("%(gezin)s. Het gesprek was op %(dag)s.") % {"gezin": beeld.casus.naam, "dag": dag_kort(evaluatie.datum)},
        _("Leg vast"),
        _("hoe het ging bij %(gezin)s") % {"gezin": beeld.casus.naam},
        _adres("evaluatie", beeld.casus),
    )


def _bijna(beeld: Beeld, op: date) -> Taak | None:
    evaluatie = beeld.evaluatie
    if beeld.versie is None or evaluatie is None or not 0 <= (evaluatie.datum - op).days <= WEEK:
        return None
    wanneer = {0: _("Vandaag"), 1: _("Morgen")}.get((evaluatie.datum - op).days, dag_kort(evaluatie.datum))
    waar = [_("om %(uur)s uur") % {"uur": uur(evaluatie.van)} if evaluatie.van else "", evaluatie.waar]
    plek = ", ".join(deel for deel in waar if deel)
    return Taak(
        "",
        "calendar",
        _("%(dag)s: samen terugkijken") % {"dag": wanneer.capitalize()},
        _("%(gezin)s, %(plek)s.") % {"gezin": beeld.casus.naam, "plek": plek} if plek else f"{beeld.casus.naam}.",
        _("Bereid voor"),
        _("met %(gezin)s") % {"gezin": beeld.casus.naam},
        _adres("evaluatie", beeld.casus),
    )


def _zonder_dag(beeld: Beeld) -> Taak | None:
    if beeld.versie is None or beeld.evaluatie is not None:
        return None
    return Taak(
        "wacht",
        "calendar-plus",
        _("Kies een dag om terug te kijken"),
        _("%(gezin)s. Er is nog geen nieuwe dag.") % {"gezin": beeld.casus.naam},
        _("Kies een dag"),
        _("voor %(gezin)s") % {"gezin": beeld.casus.naam},
        _adres("stap", beeld.casus, 7),
    )


def _niet_aangekomen(casus: Casus, bericht: Bericht) -> Taak:
    naam = bericht.ontvanger.naam
    titel = (
        _("De mail aan %(naam)s kwam niet aan")
        if bericht.status == BerichtStatus.MISLUKT
        else _("Kwam de mail aan %(naam)s aan?")
    )
    return Taak(
        "niet",
        "mail",
        titel % {"naam": naam},
        f"{casus.naam}. {bericht.fout}",
        _("Bekijk"),
        _("de mail aan %(naam)s") % {"naam": naam},
        _adres("stand", casus, anker="post"),
    )


def _gesprek(beeld: Beeld, gesprek: Gesprek) -> Taak:
    regel = gesprek.laatste
    citaat = f"“{Truncator(regel.tekst).chars(CITAAT)}”"
    return Taak(
        "wacht" if regel.stand == "wacht" else "niet" if regel.stand == "niet" else "vraag",
        regel.teken,
        gesprek.titel.replace(gesprek.deelnemer.roepnaam, gesprek.deelnemer.naam, 1),
        f"{beeld.casus.naam}. {citaat}",
        _("Geef antwoord"),
        _("aan %(naam)s") % {"naam": gesprek.deelnemer.roepnaam},
        _adres("vragen", beeld.casus, anker=f"vraag-{gesprek.pk}"),
    )


def _stil_later(beeld: Beeld) -> list[Afspraak]:
    """Agreements with a later day that nobody took over, and of which no thread waits for an answer any more."""
    met_vraag = {gesprek.afspraak for gesprek in beeld.vragen}
    later = [a for a in beeld.afspraken if a.later_op and a.gedaan_op is None and a.pk not in met_vraag]
    return [afspraak for afspraak in later if afspraak.deelnemer_id in beeld.deelnemers]


def _later(beeld: Beeld, afspraak: Afspraak) -> Taak:
    assert afspraak.deelnemer_id is not None  # _stil_later
    assert afspraak.later_op is not None
    mens = beeld.deelnemers[afspraak.deelnemer_id]
    return Taak(
        "wacht",
        "clock",
        _("Bij %(naam)s wordt iets later") % {"naam": mens.naam},
        _("%(gezin)s. De nieuwe dag is %(dag)s.") % {"gezin": beeld.casus.naam, "dag": dag_kort(afspraak.later_op)},
        _("Bekijk"),
        _("de nieuwe dag van %(naam)s") % {"naam": mens.roepnaam},
        _adres("stand", beeld.casus, anker=f"helper-{mens.pk}"),
    )


def _bel(beeld: Beeld, wacht: Wacht) -> Taak:
    return Taak(
        "bel",
        "phone-call",
        _("Bel %(naam)s: er kwam geen antwoord") % {"naam": wacht.mens.naam},
        f"{beeld.casus.naam}. {wacht.zin}",
        _("Bekijk"),
        _("wat %(naam)s nog moet zeggen, en mail nog eens") % {"naam": wacht.mens.roepnaam},
        _adres("stand", beeld.casus, anker=f"helper-{wacht.mens.pk}"),
        bel=wacht.wie.belnummer,
    )


def _regie(regie: Regie) -> Taak:
    titels = {
        Functie.REGIEVOERDER: _("Neem jij de regie?"),
        Functie.AANSPREEKPUNT: _("Ben jij het eerste aanspreekpunt?"),
        Functie.VERVANGER: _("Ben jij de vervanger?"),
    }
    gezin = {"gezin": regie.casus.naam, "dag": dag_kort(timezone.localdate(regie.van))}
    return Taak(
        "",
        "user",
        titels[Functie(regie.functie)],
        _("%(gezin)s. Gevraagd op %(dag)s.") % gezin,
        _("Zeg ja of nee"),
        _("bij %(gezin)s") % gezin,
        _adres("stap", regie.casus, 4),
    )


def _geen_antwoord(beeld: Beeld, wachten: list[Wacht]) -> Taak | None:
    """Who did not answer everything; who must be called stands apart."""
    te_bellen = {wacht.mens.pk for wacht in wachten if wacht.moet_gebeld}
    wie = {pk: beeld.deelnemers[pk] for pk, gaf in beeld.gevraagd().items() if not gaf}
    wie |= {wacht.mens.pk: wacht.mens for wacht in wachten}
    mensen = [mens for pk, mens in wie.items() if pk not in te_bellen]
    if beeld.versie is None or not mensen:
        return None
    titel = ngettext(
        "%(aantal)s persoon gaf nog geen antwoord", "%(aantal)s mensen gaven nog geen antwoord", len(mensen)
    )
    namen = opsomming([mens.roepnaam for mens in mensen])
    dag = dag_kort(timezone.localdate(beeld.versie.op))
    zin = _("%(gezin)s. Gevraagd op %(dag)s: %(namen)s.") % {"gezin": beeld.casus.naam, "dag": dag, "namen": namen}
    straks = min((wacht.volgende for wacht in wachten if wacht.volgende), default=None)
    if straks is not None:
        zin += " " + _("De herinnering gaat vanzelf, op %(dag)s.") % {"dag": dag_kort(straks)}
    return Taak(
        "wacht",
        "clock",
        titel % {"aantal": getal(len(mensen)).capitalize()},
        zin,
        _("Bekijk wie"),
        _("nog geen antwoord gaf bij %(gezin)s") % {"gezin": beeld.casus.naam},
        _adres("stand", beeld.casus, anker="antwoorden"),
    )
