"""What the tests of the outbox share: one mail in it, emptying it, and where a mail is."""

from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

from django.utils import timezone

from casussen import berichten
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Medewerker
from casussen.models.bericht import BerichtSoort
from casussen.werkdagen import na_werkdagen

DAG = date(2026, 12, 15)


def zet(aan: Deelnemer | Gezinslid | Medewerker, casus: Casus, soort: BerichtSoort = BerichtSoort.TAAK) -> Bericht:
    """Puts one mail in the outbox."""
    assert berichten.zet_klaar(soort=soort, aan=aan, casus=casus, oorzaak=f"test:{soort}", datum=DAG)
    return Bericht.objects.get(sleutel__startswith=f"test:{soort}:{soort}", sleutel__endswith=f":{aan.pk}")


def verstuur(na: timedelta = timedelta(minutes=1)) -> int:
    """Empties the outbox, some time from now."""
    return berichten.verstuur_alles(nu=timezone.now() + na, vandaag=DAG - timedelta(days=7))


def overdag() -> datetime:
    """Noon on the next working day: then what the clock thought of leaves too."""
    return timezone.make_aware(datetime.combine(na_werkdagen(timezone.localdate(), 1), time(12)))


def status(bericht: Bericht) -> str:
    """Where a mail is now."""
    bericht.refresh_from_db()
    return bericht.status


def tekst_van(mail: EmailMessage) -> str:
    """The plain text of a mail as it arrived."""
    deel = mail.get_body(("plain",))
    assert deel is not None
    return str(deel.get_content())


def html_van(mail: EmailMessage) -> str:
    """The HTML of a mail as it arrived."""
    deel = mail.get_body(("html",))
    assert deel is not None
    return str(deel.get_content())
