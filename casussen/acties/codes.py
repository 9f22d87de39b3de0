"""Asking for a code on top of a link, and giving it."""

from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from casussen import berichten, logboek
from casussen.acties.fouten import Geweigerd
from casussen.acties.links import bind_link
from casussen.actor import Actor
from casussen.berichten import codes, links
from casussen.models import Bericht, Deelnemer, Gezinslid, Toegangscode, Toegangslink
from casussen.models.bericht import BerichtSoort, BerichtStatus

# At most so many new codes for one link in so much time: whoever guesses has five tries for each.
EEN_PER = timedelta(minutes=1)
HOOGUIT = {timedelta(hours=1): 5, timedelta(days=1): 10}


class LinkDicht(Geweigerd):
    """The link does not open any more, or belongs to another browser since a moment ago."""


class Uitslag(Enum):
    """What became of typed digits."""

    GOED = auto()
    FOUT = auto()
    OP = auto()  # wrong too often: this code is worth nothing any more
    OUD = auto()  # too late, already used, replaced, or asked for in another browser
    ONDERWEG = auto()  # its mail did not leave yet


@transaction.atomic
def vraag_code(*, door: Actor, link: Toegangslink, browser: str, nu: datetime) -> Toegangscode:
    """Mails a code to whoever this link is for. An earlier code is worth nothing from now on.

    in: the person of the link, the link, the secret of the browser, the moment; out: the code, without digits: those
    are made when the mail leaves. Within a minute of the last one no mail is added: that code then is for the browser
    that asked last, since programs that check mail press buttons before people do.
    raises PermissionDenied, LinkDicht, and Geweigerd after too many or without an address.
    """
    vast = _slot(door, link, browser, nu)
    vorige = codes.laatste(vast)
    if vorige is not None and nu - vorige.gemaakt_op < EEN_PER:
        return _nog_eens(door, vast, vorige, browser)
    aan = _bereikbaar(vast)
    if any(vast.codes.filter(gemaakt_op__gt=nu - duur).count() >= aantal for duur, aantal in HOOGUIT.items()):
        raise Geweigerd(_("Er zijn al veel codes gestuurd. Er gaat nu geen nieuwe. Probeer het over een uur opnieuw."))
    Bericht.objects.filter(code__link=vast, status=BerichtStatus.KLAAR).update(status=BerichtStatus.INGETROKKEN)
    pk = uuid4()
    bericht = berichten.zet_klaar(soort=BerichtSoort.CODE, aan=aan, casus=vast.casus, oorzaak=f"code:{pk}")
    assert bericht is not None  # nothing else has this id
    code = Toegangscode.objects.create(pk=pk, link=vast, bericht=bericht, browser_hash=links.hash_van(browser))
    logboek.schrijf(door=door, daad="vroeg_code", casus_id=vast.casus_id, over=vast)
    berichten.wek_postbode()
    return code


@transaction.atomic
def geef_code(*, door: Actor, link: Toegangslink, browser: str, code: str, nu: datetime) -> Uitslag:
    """Opens a link further for one browser, for eight hours; a link that belongs to none belongs to this one then.

    in: the person of the link, the link, the secret of the browser, the typed digits, the moment; out: what became of
    it. Every try counts, also when it is right, and also of requests at the same moment.
    raises PermissionDenied and LinkDicht.
    """
    vast = _slot(door, link, browser, nu)
    uitslag = _probeer(vast, browser, code, nu)
    if uitslag is not Uitslag.GOED:
        logboek.schrijf(door=door, daad="typte_verkeerde_code", casus_id=vast.casus_id, over=vast)
        return uitslag
    bind_link(door=door, link=vast, browser=browser, nu=nu)
    Toegangslink.objects.filter(pk=vast.pk).update(code_tot=nu + links.GEBONDEN)
    logboek.schrijf(door=door, daad="typte_code", casus_id=vast.casus_id, over=vast)
    return uitslag


def _slot(door: Actor, link: Toegangslink, browser: str, nu: datetime) -> Toegangslink:
    """The same link as it is now, locked: nobody binds, ends or guesses at it in the meantime."""
    if (door.deelnemer, door.gezinslid) != (link.deelnemer, link.gezinslid):
        raise PermissionDenied
    vast = (
        Toegangslink.objects.select_for_update(of=("self",))
        .select_related("casus__team__organisatie", "deelnemer__casus", "deelnemer__professional", "gezinslid")
        .get(pk=link.pk)
    )
    if not links.opent(vast, nu) or links.binding(vast, browser, nu) is links.Binding.ELDERS:
        raise LinkDicht(_("Deze link werkt niet meer. Vraag een nieuwe."))
    return vast


def _nog_eens(door: Actor, link: Toegangslink, vorige: Toegangscode, browser: str) -> Toegangscode:
    if codes.is_op(vorige):
        raise Geweigerd(_("Er is net een code gestuurd. Wacht een minuut. Vraag dan een nieuwe."))
    if not codes.is_van(vorige, browser):
        vorige.browser_hash = links.hash_van(browser)
        vorige.save(update_fields=["browser_hash"])
        logboek.schrijf(door=door, daad="vroeg_code", casus_id=link.casus_id, over=link)
    return vorige


def _bereikbaar(link: Toegangslink) -> Deelnemer | Gezinslid:
    aan = link.deelnemer or link.gezinslid
    assert aan is not None  # toegangslink_voor_een_persoon
    if not aan.email or (isinstance(aan, Gezinslid) and not aan.krijgt_vanzelf_mail):
        raise Geweigerd(_("We kunnen geen code mailen. Bel degene die de link stuurde."))
    return aan


def _probeer(link: Toegangslink, browser: str, cijfers: str, nu: datetime) -> Uitslag:
    code = codes.laatste(link)
    if code is None or not codes.is_van(code, browser) or code.gebruikt_op is not None:
        return Uitslag.OUD
    if code.geldig_tot is None:
        return Uitslag.ONDERWEG
    if nu >= code.geldig_tot:
        return Uitslag.OUD
    # Counted before it is looked at, and only as long as there is a try left: so never a sixth one.
    over = Toegangscode.objects.filter(pk=code.pk, pogingen__lt=codes.POGINGEN)
    if not over.update(pogingen=F("pogingen") + 1):
        return Uitslag.OP
    if codes.klopt(code, cijfers):
        Toegangscode.objects.filter(pk=code.pk).update(gebruikt_op=nu)
        return Uitslag.GOED
    return Uitslag.OP if code.pogingen + 1 >= codes.POGINGEN else Uitslag.FOUT
