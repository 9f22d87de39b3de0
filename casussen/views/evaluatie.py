"""Looking back together: one page, five minutes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casussen import rechten
from casussen.acties.evaluaties import leg_evaluatie_vast
from casussen.acties.fouten import Geweigerd
from casussen.actor import Actor
from casussen.forms.evaluatie import EvaluatieForm
from casussen.models import Afspraak, Casus, Evaluatie
from casussen.models.evaluatie import Vervolg
from casussen.overzicht import momentopname, stand, stap, terugblik
from casussen.overzicht.dossier import Dossier, laad
from casussen.taal.datums import dag_voluit
from casussen.views import deur


@require_http_methods(["GET", "POST"])
def evaluatie(request: HttpRequest, casus_id: UUID) -> HttpResponse:
    """Shows how it went until now; records an evaluation. Nothing that was typed is ever lost."""
    if request.method == "GET":
        door, casus = deur.casus_voor(request, casus_id)
        dossier = laad(casus)
        form = _form(dossier, dossier.evaluatie, dossier.afspraken)
        kan = dossier.evaluatie is not None and rechten.mag_casus_wijzigen(door, casus) and casus.is_open
        return _pagina(request, dossier, form if kan else None)
    door, casus = deur.om_te_wijzigen(request, casus_id)
    dossier = laad(casus)
    bedoeld = _bedoeld(casus, request.POST.get("evaluatie", ""))
    form = _form(dossier, bedoeld, _te_beoordelen(dossier, bedoeld), request)
    if form.is_valid():
        try:
            _leg_vast(door, casus, bedoeld, form)
        except Geweigerd as fout:
            form.add_error(None, str(fout))
        else:
            return _verder(request, casus, form)
    return _pagina(request, dossier, form)


def _form(
    dossier: Dossier,
    evaluatie: Evaluatie | None,
    afspraken: list[Afspraak],
    request: HttpRequest | None = None,
) -> EvaluatieForm:
    return EvaluatieForm(
        request.POST if request else None, afspraken=afspraken, evaluatie=evaluatie, vandaag=deur.vandaag()
    )


def _bedoeld(casus: Casus, pk: str) -> Evaluatie | None:
    """The evaluation for which the form was opened, held in the meantime or not."""
    return next((rij for rij in casus.evaluaties.all() if str(rij.pk) == pk), None)


def _te_beoordelen(dossier: Dossier, bedoeld: Evaluatie | None) -> list[Afspraak]:
    """The agreements of the form; after recording (a second press) those that were judged, ended ones too."""
    if bedoeld is None or bedoeld.gehouden_op is None:
        return dossier.afspraken
    return terugblik.beoordeeld(bedoeld)


def _leg_vast(door: Actor, casus: Casus, bedoeld: Evaluatie | None, form: EvaluatieForm) -> None:
    if bedoeld is None:
        raise Geweigerd(_("Er is geen gesprek gepland. Wat je invulde, staat er nog. Kies eerst een dag in stap 7."))
    leg_evaluatie_vast(
        door=door,
        casus=casus,
        evaluatie=bedoeld,
        oordelen=form.oordelen(),
        velden=form.velden(),
        nieuwe_datum=form.dag(),
        einde=form.einde(),
    )


def _pagina(request: HttpRequest, dossier: Dossier, form: EvaluatieForm | None) -> HttpResponse:
    casus = dossier.casus
    laatste = casus.vaststellingen.first()
    opname = momentopname.van_dossier(dossier)
    kop = stand.kop(casus, opname, laatste)
    regels = form.regels() if form else []
    context = {
        "casus": casus,
        "form": form,
        "kop": kop,
        "blijft_concept": laatste is not None and _zonder_dag(laatste.inhoud) != _zonder_dag(opname),
        "regels": [(afspraak, stap.persoon(afspraak.eigenaar, dossier), veld) for afspraak, veld in regels],
        "wegen": [(keuze, _leidt_tot(kop)[str(keuze.data["value"])]) for keuze in form["vervolg"]] if form else [],
        "evaluatie": dossier.evaluatie,
        "te_vroeg": dossier.evaluatie is not None and dossier.evaluatie.datum > deur.vandaag(),
        "eerder": terugblik.gehouden(casus),
    }
    return render(request, "evaluatie/evaluatie.html", context)


def _zonder_dag(opname: momentopname.Opname) -> momentopname.Opname:
    """The casus as data but for the day to look back, which this page changes itself."""
    return {**opname, "evaluatie": None}


def _leidt_tot(kop: stand.Kop) -> dict[str, str]:
    """What each of the three ways leads to."""
    volgende = {"nummer": kop.versie + 1}
    door = _("Alles blijft gelijk. We kiezen alleen een nieuwe dag. Dat wordt versie %(nummer)d.") % volgende
    if not kop.versie:
        door = _("Alles blijft gelijk. We kiezen alleen een nieuwe dag.")
    return {
        Vervolg.DOOR: door,
        Vervolg.AANPASSEN: _("We veranderen de afspraken, in stap 5. Daarna stel je versie %(nummer)d vast.")
        % volgende,
        Vervolg.AFSLUITEN: _("Wie blijft bereikbaar? En wie belt het gezin nog één keer?"),
    }


def _verder(request: HttpRequest, casus: Casus, form: EvaluatieForm) -> HttpResponse:
    """Where everyone goes on, with a sentence that says what happened."""
    vervolg = form.cleaned_data["vervolg"]
    if vervolg == Vervolg.AFSLUITEN:
        messages.success(request, _("De samenwerking is afgesloten, met een goed einde. Vertel het iedereen."))
        return redirect("casussen:stand", casus.pk)
    dag = form.dag()
    assert dag is not None  # the form asks for it
    wanneer = {"dag": dag_voluit(dag)}
    if vervolg == Vervolg.AANPASSEN:
        messages.success(
            request,
            _(
                "Vastgelegd. We praten weer samen op %(dag)s. Verander nu wat anders moet. "
                "Stel daarna een nieuwe versie vast: dan krijgt iedereen bericht."
            )
            % wanneer,
        )
        return redirect("casussen:stap", casus.pk, 5)
    versie = casus.vaststellingen.first()
    if versie is None:
        zin = _("Vastgelegd. We praten weer samen op %(dag)s. Stel nu een versie vast: dan krijgt iedereen bericht.")
    else:
        wanneer["nummer"] = str(versie.nummer)
        zin = _(
            "Vastgelegd. We praten weer samen op %(dag)s. Versie %(nummer)s is gemaakt, met die nieuwe dag. "
            "Iedereen krijgt bericht."
        )
    messages.success(request, zin % wanneer)
    return redirect("casussen:stand", casus.pk)
