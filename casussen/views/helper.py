"""The whole overview of a family for one helper: behind the own link with a code, or signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casussen.overzicht.helper import voor_helper
from casussen.overzicht.veranderd import voor_overzicht
from casussen.toestemming import meelezen
from casussen.views import codepagina, deur
from casussen.views.taakdeur import Bezoek


@require_safe
def overzicht(request: HttpRequest, bezoek: Bezoek, pk: UUID) -> HttpResponse:
    """in: the id of an own part; out: everything of that casus that helpers may read, as it was last fixed.

    Without a code the page that asks for one. A calm page for whose organisation reads along by a consent, and for
    family and friends: they read their own part.
    """
    deel = bezoek.deel(pk=pk)
    if not meelezen.leest_alles(deel, deel.casus, deur.vandaag()):
        return render(request, "helper/niet.html", {"bezoek": bezoek})
    versie = deel.casus.vaststellingen.first()
    if versie is None or str(deel.pk) not in {rij["id"] for rij in versie.inhoud["deelnemers"]}:
        return render(request, "helper/niet.html", {"bezoek": bezoek, "nog_niet": True})
    if not bezoek.met_code:
        assert bezoek.link is not None  # whoever is signed in needs no code
        return codepagina.vraag(request, link=bezoek.link, adres=bezoek.url("code"), naar=deel.pk)
    deur.schrijf_gelezen(request, bezoek.als(deel), deel.casus_id, deel)
    inhoud = deel.casus.handreiking.inhoud
    o = voor_helper(versie.inhoud, str(deel.pk), inhoud=inhoud, nummer=versie.nummer, op=versie.op)
    context = {"bezoek": bezoek, "o": o, "veranderd": voor_overzicht(deel, deel.casus)}
    return render(request, "helper/overzicht.html", context)
