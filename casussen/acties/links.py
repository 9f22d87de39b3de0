"""A link begins to belong to one browser; and a new link for whoever lost the old one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from casussen import berichten, logboek
from casussen.actor import Actor
from casussen.berichten import links
from casussen.berichten.postbus import krijgt_vanzelf_mail
from casussen.models import Deelnemer, Gezinslid, Toegangslink
from casussen.models.bericht import BerichtSoort
from casussen.toestemming.meelezen import mag_meelezen


@transaction.atomic
def bind_link(*, door: Actor, link: Toegangslink, browser: str, nu: datetime) -> Toegangslink:
    """Lets a link belong to the browser in which its person pressed something.

    in: who, a link that opens, the secret for the cookie of that browser, the moment; out: the link as it is now. Two
    browsers at once: the first one has it, and the other one finds that out with links.binding.
    """
    vrij = Toegangslink.objects.filter(pk=link.pk, gebonden_tot__isnull=True)
    if vrij.update(browser_hash=links.hash_van(browser), gebonden_tot=nu + links.GEBONDEN):
        logboek.schrijf(door=door, daad="opende_link", casus_id=link.casus_id, over=link)
    link.refresh_from_db(fields=["browser_hash", "gebonden_tot"])
    return link


@transaction.atomic
def vraag_nieuwe_link(*, door: Actor, email: str, nu: datetime) -> int:
    """Mails a new link to everyone who is known by this address, for each open casus. The old links end with it.

    in: the actor (the clock: whoever asks has not shown who he is), the address as typed, the moment; out: how many
    mails are new, at most one per person per hour. Never tell the visitor whether there were any.
    """
    uur = f"link:{nu:%Y-%m-%dT%H}"
    nieuw = 0
    mensen: list[Deelnemer | Gezinslid] = [*_deelnemers(email, nu), *_gezinsleden(email)]
    for persoon in mensen:
        if berichten.zet_klaar(soort=BerichtSoort.NIEUWE_LINK, aan=persoon, casus=persoon.casus, oorzaak=uur):
            logboek.schrijf(door=door, daad="vroeg_nieuwe_link", casus_id=persoon.casus_id, over=persoon)
            nieuw += 1
    if nieuw:
        berichten.wek_postbode()
    return nieuw


def _deelnemers(email: str, nu: datetime) -> list[Deelnemer]:
    adres = Q(professional__email__iexact=email) | Q(netwerklid__email__iexact=email)
    gevonden = Deelnemer.objects.filter(adres, tot__isnull=True, casus__afgesloten_op=None).select_related(
        "casus__team", "professional__organisatie"
    )
    return [mens for mens in gevonden if mag_meelezen(mens, mens.casus, timezone.localdate(nu))]


def _gezinsleden(email: str) -> list[Gezinslid]:
    return list(
        Gezinslid.objects.filter(krijgt_vanzelf_mail(), email__iexact=email, casus__afgesloten_op=None).select_related(
            "casus"
        )
    )
