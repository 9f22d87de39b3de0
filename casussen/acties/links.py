"""A link begins to belong to one browser; a new one for whoever lost the old one; and taking links in."""

import logging
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casussen import berichten, logboek
from casussen.acties.basis import open_casus
from casussen.actor import Actor
from casussen.berichten import links
from casussen.berichten.postbus import krijgt_vanzelf_mail
from casussen.models import Bericht, Casus, Deelnemer, Gezinslid, Linkverzoek, Toegangslink
from casussen.models.bericht import BerichtSoort
from casussen.toestemming import meelezen

log = logging.getLogger(__name__)

PER_DAG = 3  # new links for one person, and at most one in an hour
PER_RONDE = 500


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
def trek_links_in(*, door: Actor, casus: Casus, deelnemer: Deelnemer) -> int:
    """Ends every link of somebody who takes part, at once. He can ask for a new one.

    Those of the same professional in other casussen too: each of them opens the page of all his families.

    in: who, casus, somebody who takes part in it; out: how many links that were; raises Geweigerd, PermissionDenied.
    """
    casus = open_casus(door, casus)
    deelnemer = casus.deelnemers.get(pk=deelnemer.pk)
    van_dezelfde = Q(deelnemer=deelnemer)
    if deelnemer.professional_id is not None:
        van_dezelfde |= Q(deelnemer__professional=deelnemer.professional_id)
    return sluit_links(door=door, van_wie=van_dezelfde)


@transaction.atomic
def sluit_links(*, door: Actor, van_wie: Q) -> int:
    """Ends links, for an actie that decided so: also when an address turns out to be wrong, since a link went there.

    in: who, the condition on Toegangslink that says whose; out: how many links that were.
    """
    rijen = list(Toegangslink.objects.filter(van_wie, ingetrokken_op=None).select_for_update(of=("self",)))
    Toegangslink.objects.filter(pk__in=[link.pk for link in rijen]).update(ingetrokken_op=timezone.now())
    for link in rijen:
        logboek.schrijf(door=door, daad="trok_links_in", casus_id=link.casus_id, over=link)
    return len(rijen)


@transaction.atomic
def vraag_nieuwe_link(*, door: Actor, email: str = "", token: str = "") -> None:
    """Writes down that somebody asked for a new link, by an address or by the old link, and wakes the worker.

    in: the actor (the clock: whoever asks has not shown who he is), one of the two. Anybody may. It is as much work for
    what we know as for what we do not: who it is, the worker finds out (behandel_linkverzoeken), and that is logged.
    """
    token_hash = links.hash_van(token) if token else ""
    Linkverzoek.objects.create(email=email, token_hash=token_hash, request_id=door.request_id, bron=door.bron)
    berichten.wek_postbode()


@transaction.atomic
def behandel_linkverzoeken(*, door: Actor, nu: datetime) -> int:
    """Puts the new links in the outbox that were asked for. The old links end when they leave.

    in: the clock, the moment; out: how many mails are new: one per person, at most one in an hour and PER_DAG on a
    day. Two workers come one after the other, since both want the same rows.
    """
    verzoeken = list(Linkverzoek.objects.select_for_update().order_by("gemaakt_op", "id")[:PER_RONDE])
    nieuw = 0
    for verzoek in {(verzoek.email, verzoek.token_hash): verzoek for verzoek in verzoeken}.values():
        wie = replace(door, request_id=verzoek.request_id, bron=verzoek.bron)
        try:
            with transaction.atomic():
                mensen = _met_link(verzoek.token_hash, nu) if verzoek.token_hash else _met_adres(verzoek.email, nu)
                nieuw += sum(_zet_klaar(wie, persoon, nu) for persoon in mensen)
        except Exception:  # one that cannot be dealt with may not hold up all mail
            log.exception("a request for a new link cannot be dealt with")
    Linkverzoek.objects.filter(pk__in=[verzoek.pk for verzoek in verzoeken]).delete()
    return nieuw


def _zet_klaar(door: Actor, persoon: Deelnemer | Gezinslid, nu: datetime) -> bool:
    dag = f"link:{timezone.localtime(nu):%Y-%m-%d}"
    uur = f"{dag}T{timezone.localtime(nu):%H}"
    if isinstance(persoon, Gezinslid):
        van_wie = Q(gezinslid=persoon)
    elif persoon.professional_id is not None:
        van_wie = Q(deelnemer__professional=persoon.professional_id)
    else:
        van_wie = Q(deelnemer=persoon)
    vandaag = Bericht.objects.filter(van_wie, soort=BerichtSoort.NIEUWE_LINK, sleutel__startswith=dag)
    sleutels = list(vandaag.values_list("sleutel", flat=True))
    if len(sleutels) >= PER_DAG or any(sleutel.startswith(uur) for sleutel in sleutels):
        return False
    if not berichten.zet_klaar(soort=BerichtSoort.NIEUWE_LINK, aan=persoon, casus=persoon.casus, oorzaak=uur):
        return False
    logboek.schrijf(door=door, daad="vroeg_nieuwe_link", casus_id=persoon.casus_id, over=persoon)
    return True


def _met_link(token_hash: str, nu: datetime) -> list[Deelnemer | Gezinslid]:
    """Whose link that was, when that person may have a new one. A link that anybody can still begin with, stays."""
    link = Toegangslink.objects.filter(token_hash=token_hash).select_related("casus__team", "deelnemer").first()
    if link is None or (link.gebonden_tot is None and links.opent(link, nu)):
        return []
    if link.deelnemer is None:
        return list(_gezinsleden().filter(links=link))
    zelf = link.deelnemer.professional_id
    wie = Q(professional=zelf) if zelf is not None else Q(pk=link.deelnemer_id)
    return list(_een_per_persoon(_deelnemers(wie, nu), liefst=link.deelnemer_id))


def _met_adres(email: str, nu: datetime) -> list[Deelnemer | Gezinslid]:
    wie = Q(professional__email__iexact=email) | Q(netwerklid__email__iexact=email)
    return [*_een_per_persoon(_deelnemers(wie, nu)), *_gezinsleden().filter(email__iexact=email)]


def _een_per_persoon(delen: list[Deelnemer], liefst: UUID | None = None) -> list[Deelnemer]:
    """One part of each person, the newest: the page behind it is about all families of a professional."""
    delen.sort(key=lambda deel: (deel.pk == liefst, deel.gemaakt_op))
    return list({deel.professional_id or deel.pk: deel for deel in delen}.values())


def _deelnemers(wie: Q, nu: datetime) -> list[Deelnemer]:
    delen = list(
        Deelnemer.objects.filter(wie, tot__isnull=True, casus__afgesloten_op=None).select_related(
            "casus__team__organisatie", "professional__organisatie", "netwerklid"
        )
    )
    meelezers = meelezen.van_deelnemers(delen, timezone.localdate(nu))
    return [deel for deel in delen if deel.email and ((lezer := meelezers[deel.pk]) is None or lezer.mag_meelezen)]


def _gezinsleden() -> QuerySet[Gezinslid]:
    return Gezinslid.objects.filter(krijgt_vanzelf_mail(), casus__afgesloten_op=None).select_related("casus")
