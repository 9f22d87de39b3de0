"""Putting mails in the outbox: who gets them, once per cause, and whether a mail still makes sense."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen.models import Bericht, Casus, Deelnemer, Evaluatie, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort

# What is still worth a mail when a casus is closed.
NA_AFSLUITEN = (BerichtSoort.BEWAREN, BerichtSoort.NOODTOEGANG)
EVALUATIE = (BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ)


def bereikbare_deelnemers(casus: Casus) -> list[Deelnemer]:
    """in: a casus; out: everyone who takes part now and has an e-mail address."""
    deelnemers = casus.deelnemers.filter(tot__isnull=True).select_related("professional__organisatie", "netwerklid")
    return [deelnemer for deelnemer in deelnemers if deelnemer.email]


def gezinsleden_met_mail(casus: Casus) -> QuerySet[Gezinslid]:
    """in: a casus; out: family members who chose mail; never a parent without gezag (information on request)."""
    return casus.gezinsleden.filter(krijgt_vanzelf_mail())


def krijgt_vanzelf_mail() -> Q:
    """Out: the condition on Gezinslid for getting mail."""
    return Q(weg_op__isnull=True, krijgt_mail=True) & ~Q(gezag=False) & ~Q(email="")


def zet_klaar(
    *,
    soort: BerichtSoort,
    aan: Deelnemer | Gezinslid | Medewerker,
    casus: Casus | None,
    oorzaak: str,
    datum: date | None = None,
) -> bool:
    """Puts one mail in the outbox, in the transaction of the act that causes it.

    in: kind, person, casus (None: about an account), what causes it (the same cause never mails the same person
    twice), the day it is about;
    out: whether it is new.
    """
    veld = {Deelnemer: "deelnemer", Gezinslid: "gezinslid", Medewerker: "medewerker"}[type(aan)]
    _bericht, nieuw = Bericht.objects.get_or_create(
        sleutel=f"{oorzaak}:{soort}:{veld}:{aan.pk}",
        defaults={"casus": casus, "soort": soort, veld: aan, "datum": datum, "niet_voor": timezone.now()},
    )
    return nieuw


def nog_nodig(bericht: Bericht, *, vandaag: date) -> bool:
    """in: a row of the outbox, the day; out: whether it still makes sense: people leave, dates move, casussen close."""
    aan = bericht.ontvanger
    if not aan.email or (isinstance(aan, Medewerker) and not aan.is_active):
        return False
    if bericht.casus is not None and not bericht.casus.is_open and bericht.soort not in NA_AFSLUITEN:
        return False
    if isinstance(aan, Deelnemer) and aan.tot is not None:
        return False
    if isinstance(aan, Gezinslid) and not aan.krijgt_vanzelf_mail:
        return False
    return bericht.soort not in EVALUATIE or _evaluatie_staat_nog(bericht, vandaag)


def _evaluatie_staat_nog(bericht: Bericht, vandaag: date) -> bool:
    assert bericht.datum is not None  # set for every reminder
    if bericht.soort == BerichtSoort.EVALUATIE_NADERT and bericht.datum < vandaag:
        return False
    evaluaties = Evaluatie.objects.filter(casus=bericht.casus, datum=bericht.datum, gehouden_op__isnull=True)
    if bericht.deelnemer_id is not None:
        evaluaties = evaluaties.exclude(afwezige_deelnemers=bericht.deelnemer_id)
    if bericht.gezinslid_id is not None:
        evaluaties = evaluaties.exclude(afwezige_gezinsleden=bericht.gezinslid_id)
    return evaluaties.exists()
