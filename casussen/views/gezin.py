"""The overview of one family member: for that person behind a link, and for staff as a preview."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from casussen import logboek, rechten
from casussen.actor import Actor
from casussen.models import Casus, Gezinslid
from casussen.overzicht import gezin, kaart, momentopname, pdf, veranderd
from casussen.overzicht.gezin_delen import GezinsOverzicht
from casussen.overzicht.momentopname import Opname
from casussen.views import deur
from casussen.views.gezinsdeur import Gezinsbezoek


@require_GET
def voorbeeld(request: HttpRequest, casus_id: UUID, gezinslid_id: UUID) -> HttpResponse:
    """in: ?concept=1 for what is not fixed yet; out: for staff, the page as this family member reads it."""
    _door, casus, lid = _te_bekijken(request, casus_id, gezinslid_id)
    vast = _vastgesteld(casus, lid)
    bron = _concept(casus) if vast is None or "concept" in request.GET else vast
    adres = reverse("casussen:overzicht", args=[casus.pk, lid.pk])
    pdf_adres = reverse("casussen:overzicht_pdf", args=[casus.pk, lid.pk])
    context = {
        "casus": casus,
        "gezinslid": lid,
        "o": bron.overzicht(casus, lid),
        "vast": vast is not None,
        "vast_url": adres,
        "concept_url": f"{adres}?concept=1",
        "pdf_url": pdf_adres if bron.nummer else f"{pdf_adres}?concept=1",
    }
    return render(request, "gezin/voorbeeld.html", context)


@require_GET
def voorbeeld_pdf(request: HttpRequest, casus_id: UUID, gezinslid_id: UUID) -> HttpResponse:
    """in: ?concept=1 as above; out: for staff, the PDF of this family member."""
    door, casus, lid = _te_bekijken(request, casus_id, gezinslid_id)
    vast = _vastgesteld(casus, lid)
    bron = _concept(casus) if vast is None or "concept" in request.GET else vast
    return _druk_af(request, door, casus, lid, bron)


@require_safe
def overzicht(request: HttpRequest, bezoek: Gezinsbezoek) -> HttpResponse:
    """Out: the last fixed version, as the family member of this link may read it."""
    lid, casus = _gelezen(request, bezoek)
    vast = _vastgesteld(casus, lid)
    if vast is None:
        return _nog_niet(request, bezoek)
    context = {
        "o": vast.overzicht(casus, lid),
        "veranderd": veranderd.voor_gezinslid(lid, casus),
        "pdf_url": bezoek.url("pdf"),
        "wie_keek_url": bezoek.url("wie_keek"),
    }
    return render(request, "gezin/overzicht.html", context)


@require_safe
def overzicht_pdf(request: HttpRequest, bezoek: Gezinsbezoek) -> HttpResponse:
    """Out: the same as a PDF."""
    lid, casus = _gelezen(request, bezoek)
    vast = _vastgesteld(casus, lid)
    return _nog_niet(request, bezoek) if vast is None else _druk_af(request, bezoek.door, casus, lid, vast)


@dataclass(frozen=True)
class _Bron:
    """Of what an overview is made: a fixed version, or (without a number) the casus as it is now."""

    opname: Opname
    nummer: int | None
    op: datetime

    def overzicht(self, casus: Casus, lid: Gezinslid) -> GezinsOverzicht:
        return gezin.voor_gezinslid(
            self.opname,
            str(lid.pk),
            inhoud=casus.handreiking.inhoud,
            nummer=self.nummer,
            op=self.op,
            einde=gezin.einde_van(casus),
        )


def _vastgesteld(casus: Casus, lid: Gezinslid) -> _Bron | None:
    """The last fixed version, None when there is none or when this family member was not in it yet."""
    versie = casus.vaststellingen.first()
    if versie is None or str(lid.pk) not in {rij["id"] for rij in versie.inhoud["gezinsleden"]}:
        return None
    return _Bron(versie.inhoud, versie.nummer, versie.op)


def _concept(casus: Casus) -> _Bron:
    return _Bron(momentopname.maak(casus), None, deur.nu())


def _te_bekijken(request: HttpRequest, casus_id: UUID, gezinslid_id: UUID) -> tuple[Actor, Casus, Gezinslid]:
    door, casus = deur.casus_voor(request, casus_id)
    lid = casus.gezinsleden.filter(pk=gezinslid_id, weg_op__isnull=True).select_related("casus").first()
    if lid is None or not rechten.mag_overzicht_lezen(door, lid):
        raise Http404
    return door, casus, lid


def _gelezen(request: HttpRequest, bezoek: Gezinsbezoek) -> tuple[Gezinslid, Casus]:
    deur.schrijf_gelezen(request, bezoek.door, bezoek.casus.pk, bezoek.link)
    return bezoek.lid, bezoek.casus


def _druk_af(request: HttpRequest, door: Actor, casus: Casus, lid: Gezinslid, bron: _Bron) -> HttpResponse:
    """The PDF; printing is logged apart from reading. The name of the file says nothing about anybody."""
    if request.method == "HEAD":
        return HttpResponse(content_type="application/pdf")
    inhoud = pdf.maak(bron.overzicht(casus, lid), kaart.teken(bron.opname, str(lid.pk)))
    logboek.schrijf(door=door, daad="drukte_af", casus_id=casus.pk, over=lid)
    headers = {"Content-Disposition": 'inline; filename="overzicht.pdf"'}
    return HttpResponse(inhoud, content_type="application/pdf", headers=headers)


def _nog_niet(request: HttpRequest, bezoek: Gezinsbezoek) -> HttpResponse:
    coordinator = bezoek.casus.coordinator
    nummer = coordinator.professional.telefoon if coordinator.professional else ""
    return render(request, "gezin/nog_niet.html", {"je": bezoek.je, "naam": coordinator.naam, "nummer": nummer})
