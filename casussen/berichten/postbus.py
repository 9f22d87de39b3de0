"""Putting mails in the outbox: who gets them, once per cause, and whether a mail still makes sense."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen.berichten.uitnodigingen import open_uitnodigingen
from casussen.models import Bericht, Casus, Deelnemer, Evaluatie, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.models.toestemming import Onderdeel
from casussen.toestemming import meelezen

# What is still worth a mail when a casus is closed.
NA_AFSLUITEN = (BerichtSoort.BEWAREN, BerichtSoort.NOODTOEGANG, BerichtSoort.TEAMOVERDRACHT)
EVALUATIE = (BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ)
# To staff only who coordinates: somebody else took over in the meantime, and the page does not open any more.
VOOR_COORDINATOR = (*EVALUATIE, BerichtSoort.TEAMOVERDRACHT)


def bereikbare_deelnemers(casus: Casus) -> list[Deelnemer]:
    """in: a casus; out: everyone who takes part now, may read along, and has an e-mail address."""
    deelnemers = (
        casus.deelnemers.filter(tot__isnull=True)
        .select_related("professional__organisatie", "netwerklid")
        .prefetch_related("voor_wie")
    )
    gezin = casus.gezinsleden.filter(weg_op__isnull=True)
    dicht = meelezen.zonder_toegang(meelezen.laad([casus], deelnemers, gezin, timezone.localdate())[casus.pk])
    return [deelnemer for deelnemer in deelnemers if deelnemer.email and deelnemer.pk not in dicht]


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
    soorten = {"deelnemer": Deelnemer, "gezinslid": Gezinslid, "medewerker": Medewerker}
    veld = next(naam for naam, model in soorten.items() if isinstance(aan, model))
    _bericht, nieuw = Bericht.objects.get_or_create(
        sleutel=f"{oorzaak}:{soort}:{veld}:{aan.pk}",
        defaults={"casus": casus, "soort": soort, veld: aan, "datum": datum, "niet_voor": timezone.now()},
    )
    return nieuw


def nog_nodig(bericht: Bericht, *, vandaag: date) -> bool:
    """in: a row of the outbox, the day; out: whether it still makes sense: people leave, dates move, casussen close."""
    aan = bericht.ontvanger
    if not aan.email or (isinstance(aan, Medewerker) and not (aan.is_active and _is_nog_voor(bericht, aan))):
        return False
    if isinstance(aan, Medewerker) and bericht.soort == BerichtSoort.UITNODIGING:
        return open_uitnodigingen(aan).exists()
    if bericht.casus is not None and not bericht.casus.is_open and bericht.soort not in NA_AFSLUITEN:
        return False
    if isinstance(aan, Deelnemer) and (aan.tot is not None or not _mag_hebben(bericht, aan, vandaag)):
        return False
    if isinstance(aan, Gezinslid) and not aan.krijgt_vanzelf_mail:
        return False
    return bericht.soort not in EVALUATIE or _evaluatie_staat_nog(bericht, vandaag)


def _is_nog_voor(bericht: Bericht, aan: Medewerker) -> bool:
    return bericht.soort not in VOOR_COORDINATOR or (
        bericht.casus is not None and bericht.casus.coordinator_id == aan.pk
    )


def _mag_hebben(bericht: Bericht, aan: Deelnemer, vandaag: date) -> bool:
    """Whether the organisation of a helper may read along now, and for a reminder: may know the day."""
    assert bericht.casus is not None  # bericht_zonder_casus_aan_staf
    meelezer = meelezen.van_deelnemer(aan, bericht.casus, vandaag)
    if meelezer is None:
        return True
    return meelezer.mag_meelezen and (bericht.soort not in EVALUATIE or Onderdeel.TERUGKIJKEN in meelezer.onderdelen)


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
