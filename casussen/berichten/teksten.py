"""The texts of the mails: one function per mail.

A mail holds no name of a child or parent, no problem and no task text (docs/ontwerp.md, rule 9). So it names only
a helper's own first name, the coordinator and a date. Whoever belongs to the family is greeted without a name.
"""

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from casussen.berichten import (
    teksten_account,
    teksten_bewaren,
    teksten_code,
    teksten_draad,
    teksten_najagen,
    teksten_toegang,
    teksten_uitnodiging,
    teksten_wijziging,
)
from casussen.berichten.brief import Knop, Tekst
from casussen.berichten.teksten_leeftijd import leeftijd
from casussen.models import Bericht, Deelnemer, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.taal.datums import dag_voluit


def maak(
    bericht: Bericht, *, adres: str, tot_en_met: date | None, ook: Sequence[Bericht] = (), code: str = ""
) -> Tekst:
    """in: a row of the outbox, where it leads, the last day of that link (None: behind the login), the rows that go
    along to the same person, the digits of a code; out: the text: what each says once, under one greeting and with one
    link, or with that code."""
    rijen = [bericht, *ook]
    stukken = _stukken(rijen)
    onderwerpen = {onderwerp for onderwerp, _regels in stukken}
    samen = _je_of_u(bericht, _("Een paar dingen voor je"), _("Een paar dingen voor u"))
    onderwerp = onderwerpen.pop() if len(onderwerpen) == 1 else samen
    regels = dict.fromkeys(regel for _onderwerp, regels in stukken for regel in regels)
    weg = teksten_code.met_cijfers(bericht, code) if code else _link(bericht, adres, tot_en_met)
    delen = [_groet(bericht), *regels, *weg, _vragen(rijen)]
    # A line break would end the header.
    return Tekst(" ".join(onderwerp.split()), tuple(deel for deel in delen if deel))


def is_te_maken(bericht: Bericht) -> bool:
    """in: a row of the outbox; out: whether it has a text."""
    try:
        _stukken([bericht])
    except Exception:  # whatever it is, the other rows may not suffer
        return False
    return True


def _stukken(rijen: Sequence[Bericht]) -> list[tuple[str, list[str]]]:
    """Subject and lines of each row; kinds stay together."""
    stukken = []
    for soort in dict.fromkeys(BerichtSoort(rij.soort) for rij in rijen):
        van_soort = [rij for rij in rijen if rij.soort == soort]
        if soort == BerichtSoort.GEEN_ANTWOORD:
            stukken.append(teksten_najagen.geen_antwoord(van_soort))
        else:
            stukken += [_MAKERS[soort](rij) for rij in van_soort]
    return stukken


def _is_van_het_gezin(bericht: Bericht) -> bool:
    aan = bericht.ontvanger
    return isinstance(aan, Gezinslid) or (isinstance(aan, Deelnemer) and not aan.is_professional)


def _groet(bericht: Bericht) -> str:
    aan = bericht.ontvanger
    return _("Dag,") if _is_van_het_gezin(bericht) else _("Dag %(naam)s,") % {"naam": aan.roepnaam}


def _je_of_u(bericht: Bericht, je: str, u: str) -> str:
    return u if isinstance(bericht.ontvanger, Gezinslid) else je


def _link(bericht: Bericht, adres: str, tot_en_met: date | None) -> list[str | Knop]:
    knop = Knop(_("Open de pagina"), adres)
    if bericht.soort == BerichtSoort.WACHTWOORD:
        return [knop, teksten_account.na_link_wachtwoord()]
    if tot_en_met is None:
        return [knop, _("Je moet wel eerst inloggen.")]
    if isinstance(bericht.ontvanger, Medewerker):
        zin = _("Deze link is alleen voor jou. Hij werkt tot en met %(dag)s. Stuur hem niet door.")
        return [knop, zin % {"dag": dag_voluit(tot_en_met)}]
    nieuw = settings.SITE_URL + reverse("casussen:link_nieuw")
    je = _(
        "Deze link is alleen voor jou. Hij werkt tot en met %(dag)s. Stuur hem niet door.\n"
        "Werkt hij niet meer? Vraag hier een nieuwe: %(nieuw)s"
    )
    u = _(
        "Deze link is alleen voor u. Hij werkt tot en met %(dag)s. Stuur hem niet door.\n"
        "Werkt hij niet meer? Vraag hier een nieuwe: %(nieuw)s"
    )
    return [knop, _je_of_u(bericht, je, u) % {"dag": dag_voluit(tot_en_met), "nieuw": nieuw}]


def _vragen(rijen: Sequence[Bericht]) -> str:
    bericht = rijen[0]
    if len({rij.casus.coordinator_id for rij in rijen if rij.casus}) > 1:
        # A reply about one family may not reach the coordinator of another (brief.py).
        zin = _("Vragen? Op de pagina staat bij elk gezin wie je kunt bellen. Antwoord niet op deze mail.")
        return "" if isinstance(bericht.ontvanger, Medewerker) else zin
    coordinator = bericht.casus.coordinator if bericht.casus else bericht.ontvanger
    if not isinstance(coordinator, Medewerker) or bericht.ontvanger == coordinator:
        return ""
    nummer = coordinator.professional.telefoon if coordinator.professional else ""
    zin = (
        _("Vragen? Bel %(naam)s: %(nummer)s. Of antwoord op deze mail.")
        if nummer
        else _("Vragen? Antwoord op deze mail. %(naam)s leest hem.")
    )
    return zin % {"naam": coordinator.naam, "nummer": nummer}


def _afzender(bericht: Bericht) -> str:
    assert bericht.casus is not None  # bericht_zonder_casus_aan_staf
    return bericht.casus.coordinator.naam


def _dag(bericht: Bericht) -> str:
    assert bericht.datum is not None  # set for every reminder
    return dag_voluit(bericht.datum)


def _taak(bericht: Bericht) -> tuple[str, list[str]]:
    onderwerp = _("%(naam)s vraagt je iets") % {"naam": _afzender(bericht)}
    zin = _("Er staan afspraken voor je klaar. Kijk of jouw deel klopt. Je bent in twee minuten klaar.")
    return onderwerp, [zin]


def _overzicht(bericht: Bericht) -> tuple[str, list[str]]:
    onderwerp = _("%(naam)s heeft iets voor u klaargezet") % {"naam": _afzender(bericht)}
    return onderwerp, [_("Uw overzicht staat klaar. U leest wie u kunt bellen en wat we samen afspraken.")]


def _nieuwe_link(bericht: Bericht) -> tuple[str, list[str]]:
    je = _("Hier is je nieuwe link. De oude werkt niet meer. Vroeg je hier niet om? Gooi deze mail dan weg.")
    u = _("Hier is uw nieuwe link. De oude werkt niet meer. Vroeg u hier niet om? Gooi deze mail dan weg.")
    return _je_of_u(bericht, _("Je nieuwe link"), _("Uw nieuwe link")), [_je_of_u(bericht, je, u)]


def _evaluatie_nadert(bericht: Bericht) -> tuple[str, list[str]]:
    dag = _dag(bericht)
    if isinstance(bericht.ontvanger, Medewerker):
        zin = _("Op %(dag)s kijken jullie samen terug. Daarna schrijf je hier op hoe het ging.")
    else:
        zin = _je_of_u(
            bericht,
            _("Op %(dag)s kijken we samen terug. Hier lees je nog eens wat we afspraken."),
            _("Op %(dag)s kijken we samen terug. Hier leest u nog eens wat we afspraken."),
        )
    return _("We praten weer samen op %(dag)s") % {"dag": dag}, [zin % {"dag": dag}]


def _evaluatie_voorbij(bericht: Bericht) -> tuple[str, list[str]]:
    dag = _dag(bericht)
    wat_nu = (
        _("Schrijf hier op hoe het ging, of kies een nieuwe dag.")
        if isinstance(bericht.ontvanger, Medewerker)
        else _("Is er geen nieuwe dag? Vraag het dan.")
    )
    feit = _("Op %(dag)s zouden we samen terugkijken. Er staat nog niet hoe het ging.") % {"dag": dag}
    return _("Het gesprek van %(dag)s") % {"dag": dag}, [feit, wat_nu]


_MAKERS: dict[BerichtSoort, Callable[[Bericht], tuple[str, list[str]]]] = {
    BerichtSoort.TAAK: _taak,
    BerichtSoort.OVERZICHT: _overzicht,
    BerichtSoort.NIEUWE_LINK: _nieuwe_link,
    BerichtSoort.WIJZIGING: teksten_wijziging.wijziging,
    BerichtSoort.NAJAGEN: teksten_najagen.najagen,
    BerichtSoort.DRAAD: teksten_draad.draad,
    BerichtSoort.CODE: teksten_code.code,
    BerichtSoort.EVALUATIE_NADERT: _evaluatie_nadert,
    BerichtSoort.EVALUATIE_VOORBIJ: _evaluatie_voorbij,
    BerichtSoort.BEWAREN: teksten_bewaren.bewaren,
    BerichtSoort.LEEFTIJD: leeftijd,
    BerichtSoort.WACHTWOORD: teksten_account.nieuw_wachtwoord,
    BerichtSoort.ACCOUNT: teksten_account.account,
    BerichtSoort.NOODTOEGANG: teksten_toegang.noodtoegang,
    BerichtSoort.TEAMOVERDRACHT: teksten_toegang.teamoverdracht,
    BerichtSoort.UITNODIGING: teksten_uitnodiging.uitnodiging,
}
