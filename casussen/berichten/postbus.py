"""Putting mails in the outbox: who gets them, once per cause, and whether a mail still makes sense."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen.berichten import codes
from casussen.berichten.uitnodigingen import open_uitnodigingen
from casussen.models import Bericht, Casus, Deelnemer, Evaluatie, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort, BerichtStatus
from casussen.models.organisatie import Mailritme
from casussen.models.toestemming import Onderdeel
from casussen.overzicht import wachten
from casussen.toestemming import meelezen

# What is still worth a mail when a casus is closed.
NA_AFSLUITEN = (BerichtSoort.BEWAREN, BerichtSoort.NOODTOEGANG, BerichtSoort.TEAMOVERDRACHT, BerichtSoort.CODE)
EVALUATIE = (BerichtSoort.EVALUATIE_NADERT, BerichtSoort.EVALUATIE_VOORBIJ)
# Somebody waits for it, or must hear of it now: it stands apart from the rhythm (ritme.py).
METEEN = (
    BerichtSoort.NIEUWE_LINK, BerichtSoort.CODE, BerichtSoort.DRAAD, BerichtSoort.UITNODIGING,
    BerichtSoort.WACHTWOORD, BerichtSoort.ACCOUNT, BerichtSoort.NOODTOEGANG, BerichtSoort.TEAMOVERDRACHT,
)  # fmt: skip
# To staff only who coordinates: somebody else took over in the meantime, and the page does not open any more.
VOOR_COORDINATOR = (*EVALUATIE, BerichtSoort.TEAMOVERDRACHT, BerichtSoort.GEEN_ANTWOORD)


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
    meteen: bool = False,
) -> Bericht | None:
    """Puts one mail in the outbox, in the transaction of the act that causes it.

    in: kind, person, casus (None: about an account), what causes it (the same cause never mails the same person
    twice), the day it is about, whether it leaves at once (for some kinds it always does);
    out: the new row, None when it was there.
    """
    veld = _veld(aan)
    bericht, nieuw = Bericht.objects.get_or_create(
        sleutel=sleutel(oorzaak, soort, aan),
        defaults={
            "casus": casus,
            "soort": soort,
            veld: aan,
            "datum": datum,
            "meteen": meteen or soort in METEEN,
            "niet_voor": timezone.now(),
        },
    )
    return bericht if nieuw else None


def sleutel(oorzaak: str, soort: BerichtSoort, aan: Deelnemer | Gezinslid | Medewerker) -> str:
    """in: as zet_klaar; out: what makes that mail unique."""
    return f"{oorzaak}:{soort}:{_veld(aan)}:{aan.pk}"


def _veld(aan: Deelnemer | Gezinslid | Medewerker) -> str:
    soorten = {"deelnemer": Deelnemer, "gezinslid": Gezinslid, "medewerker": Medewerker}
    return next(naam for naam, model in soorten.items() if isinstance(aan, model))


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
    if bericht.soort == BerichtSoort.CODE:
        return codes.is_nodig(bericht, timezone.now())
    if bericht.soort == BerichtSoort.TAAK and isinstance(aan, Deelnemer) and _is_al_beantwoord(bericht, aan):
        return False
    if bericht.soort in (BerichtSoort.NAJAGEN, BerichtSoort.GEEN_ANTWOORD):
        return _wacht_nog_op_antwoord(bericht, vandaag)
    return bericht.soort not in EVALUATIE or _evaluatie_staat_nog(bericht, vandaag)


def _is_nog_voor(bericht: Bericht, aan: Medewerker) -> bool:
    return bericht.soort not in VOOR_COORDINATOR or (
        bericht.casus is not None and bericht.casus.coordinator_id == aan.pk
    )


def _mag_hebben(bericht: Bericht, aan: Deelnemer, vandaag: date) -> bool:
    """Whether a helper wants it, and his organisation may read along now; for a reminder: may know the day."""
    assert bericht.casus is not None  # bericht_zonder_casus_aan_staf
    if bericht.soort == BerichtSoort.WIJZIGING and wachten.mailritme(aan) == Mailritme.GEEN:
        return False
    meelezer = meelezen.van_deelnemer(aan, bericht.casus, vandaag)
    if meelezer is None:
        return True
    return meelezer.mag_meelezen and (bericht.soort not in EVALUATIE or Onderdeel.TERUGKIJKEN in meelezer.onderdelen)


def _wacht_nog_op_antwoord(bericht: Bericht, vandaag: date) -> bool:
    """Whether what was asked on that day is still open. The coordinator's own press asks for whatever is open."""
    if bericht.deelnemer is not None:
        mens = wachten.van_deelnemer(bericht.deelnemer, vandaag)
        return mens is not None and not mens.geen_herinneringen and (bericht.meteen or mens.sinds == bericht.datum)
    assert bericht.casus is not None  # it is about one
    mensen = wachten.zonder_antwoord([bericht.casus], vandaag)[bericht.casus.pk]
    return any(mens.uitgevraagd and mens.sinds == bericht.datum for mens in mensen)


def _is_al_beantwoord(bericht: Bericht, aan: Deelnemer) -> bool:
    """Whether he found the question by himself, at the page of an earlier mail, while this one waited for its day."""
    versies = (BerichtSoort.TAAK, BerichtSoort.WIJZIGING)
    eerder = aan.berichten.filter(soort__in=versies, status=BerichtStatus.VERSTUURD, gemaakt_op__lt=bericht.gemaakt_op)
    return eerder.exists() and not wachten.heeft_iets_open(aan)


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
