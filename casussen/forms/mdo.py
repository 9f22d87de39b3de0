"""Forms for answers, agreements and the next evaluation."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms import lezers
from casussen.forms.basis import RijForm, datum, regel, tekst, tijd
from casussen.inhoud import Vraag
from casussen.models import Afspraak, Antwoord, Deelnemer, Evaluatie, Gezinslid
from casussen.overzicht.dossier import Dossier

GEEN_KEUZE = ("", _("Kies een naam"))


class AntwoordForm(RijForm):
    """The answer to one question. Its fields follow from the question."""

    def __init__(self, *args: Any, vraag: Vraag, antwoord: Antwoord, dossier: Dossier, **kwargs: Any):
        kwargs.setdefault("prefix", vraag.code)
        super().__init__(*args, **kwargs)
        self.gezinsleden = dossier.gezinsleden
        opties = [(optie.code, optie.tekst) for optie in vraag.opties]
        if vraag.soort == "lijst":
            self.fields["keuzes"] = forms.MultipleChoiceField(
                label=vraag.tekst,
                required=False,
                choices=opties,
                widget=forms.CheckboxSelectMultiple(attrs={"class": "hr-options--lijst"}),
            )
        elif vraag.soort in ("keuze", "ja-nee"):
            self.fields["keuzes"] = forms.ChoiceField(
                label=vraag.tekst, required=False, choices=opties, widget=forms.RadioSelect
            )
        label = vraag.tekst if vraag.soort == "open" else _("Toelichting")
        self.fields["tekst"] = tekst(label)
        if vraag.doorvraag:
            self.fields["doorvraag"] = tekst(vraag.doorvraag)
        if self.gezinsleden:
            self.fields["lezers"] = lezers.LezersField(self.gezinsleden)
        self.initial = self._van_antwoord(antwoord, vraag)

    def _van_antwoord(self, antwoord: Antwoord, vraag: Vraag) -> dict[str, Any]:
        een = vraag.soort in ("keuze", "ja-nee")
        return {
            "versie": antwoord.versie,
            "tekst": antwoord.tekst,
            "doorvraag": antwoord.doorvraag,
            "keuzes": next(iter(antwoord.keuzes), "") if een else antwoord.keuzes,
            "lezers": lezers.ticks(antwoord, self.gezinsleden),
        }

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        velden = super().velden()
        if isinstance(velden.get("keuzes"), str):
            velden["keuzes"] = [velden["keuzes"]] if velden["keuzes"] else []
        if "lezers" in velden:
            velden |= lezers.velden(velden.pop("lezers"), self.gezinsleden)
        return velden


class AfspraakForm(RijForm):
    """One agreement: one name, what, when, and who may read it."""

    wie = forms.ChoiceField(label=_("Wie doet het?"), error_messages={"required": _("Kies wie dit doet.")})
    wat = tekst(
        _("Wat?"),
        verplicht=True,
        help_text=_("Begin met “Ik”, zoals je het aan tafel zegt: Ik bel de school."),
        fouten={"required": _("Schrijf op wat diegene gaat doen.")},
    )
    wanneer = regel(_("Wanneer, of hoe vaak?"), help_text=_("Bijvoorbeeld: elke woensdag."))
    datum = datum(_("Klaar vóór"), required=False, help_text=_("Als het op een dag klaar moet zijn."))

    def __init__(self, *args: Any, dossier: Dossier, vandaag: date, huidig: Afspraak | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.dossier, self.vandaag, self.huidig = dossier, vandaag, huidig
        self.fields["lezers"] = lezers.LezersField(dossier.gezinsleden)
        self.eigenaars: dict[str, Deelnemer | Gezinslid] = {f"helper-{d.pk}": d for d in dossier.deelnemers}
        self.eigenaars.update({f"gezin-{lid.pk}": lid for lid in dossier.gezinsleden})
        veld = self.fields["wie"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [
            GEEN_KEUZE,
            (_("Het gezin"), [(f"gezin-{lid.pk}", lid.naam) for lid in dossier.gezinsleden]),
            (_("Familie en vrienden"), [(f"helper-{d.pk}", d.naam) for d in dossier.netwerk]),
            (_("Helpers"), [(f"helper-{d.pk}", f"{d.naam}, {d.organisatie}") for d in dossier.professionals]),
        ]
        self.initial = self._van_afspraak(huidig) if huidig else {
            "versie": 0, "lezers": lezers.ticks(Afspraak(), dossier.gezinsleden)
        }  # fmt: skip

    def _van_afspraak(self, afspraak: Afspraak) -> dict[str, Any]:
        soort, pk = ("helper", afspraak.deelnemer_id) if afspraak.deelnemer_id else ("gezin", afspraak.gezinslid_id)
        return {
            "versie": afspraak.versie,
            "wie": f"{soort}-{pk}",
            "wat": afspraak.wat,
            "wanneer": afspraak.wanneer,
            "datum": afspraak.datum,
            "lezers": lezers.ticks(afspraak, self.dossier.gezinsleden),
        }

    def clean_datum(self) -> date | None:
        """A day that somebody chooses now lies ahead; a day that was there already may have passed."""
        dag: date | None = self.cleaned_data["datum"]
        al_zo = self.huidig is not None and self.huidig.datum == dag
        if dag and dag < self.vandaag and not al_zo:
            raise forms.ValidationError(_("Deze dag is voorbij. Kies een dag die nog komt."))
        return dag

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        velden = super().velden()
        wie = velden.pop("wie")
        eigenaar = self.eigenaars[wie]
        velden["deelnemer"] = eigenaar if wie.startswith("helper-") else None
        velden["gezinslid"] = eigenaar if wie.startswith("gezin-") else None
        return velden | lezers.velden(velden.pop("lezers"), self.dossier.gezinsleden)


class TerugkijkenForm(RijForm):
    """When everyone looks back, where, who invites and who is there."""

    datum = datum(_("Op welke dag?"), help_text=_("Vier tot zes weken na vandaag past meestal goed."))
    van = tijd(_("Hoe laat?"))
    tot = tijd(_("Tot"))
    waar = regel(_("Waar?"), lengte=200, help_text=_("Bijvoorbeeld: bij Bart thuis, of op het wijkteam."))
    uitnodiger = forms.ChoiceField(label=_("Wie nodigt uit?"), required=False)
    komen = forms.MultipleChoiceField(label=_("Wie komen er?"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, dossier: Dossier, vandaag: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.dossier, self.vandaag, self.huidig = dossier, vandaag, dossier.evaluatie
        self.fields["datum"].error_messages["required"] = str(_("Kies een dag. Zonder dag kijkt bijna niemand terug."))
        mensen: list[Deelnemer | Gezinslid] = [*dossier.gezinsleden, *dossier.deelnemers]
        uitnodiger, komen = self.fields["uitnodiger"], self.fields["komen"]
        assert isinstance(uitnodiger, forms.ChoiceField)
        assert isinstance(komen, forms.MultipleChoiceField)
        uitnodiger.choices = [GEEN_KEUZE, *((str(d.pk), d.naam) for d in dossier.professionals)]
        komen.choices = [(str(mens.pk), mens.roepnaam) for mens in mensen]
        self.initial = self._van_evaluatie(self.huidig) if self.huidig else {
            "versie": 0, "komen": [str(mens.pk) for mens in mensen]
        }  # fmt: skip

    def _van_evaluatie(self, evaluatie: Evaluatie) -> dict[str, Any]:
        weg = {lid.pk for lid in evaluatie.afwezige_deelnemers.all()}
        weg |= {lid.pk for lid in evaluatie.afwezige_gezinsleden.all()}
        mensen = [*self.dossier.gezinsleden, *self.dossier.deelnemers]
        return {
            "versie": evaluatie.versie,
            "datum": evaluatie.datum,
            "van": evaluatie.van,
            "tot": evaluatie.tot,
            "waar": evaluatie.waar,
            "uitnodiger": str(evaluatie.uitnodiger_id or ""),
            "komen": [str(mens.pk) for mens in mensen if mens.pk not in weg],
        }

    def clean_datum(self) -> date:
        """Looking back happens on a day that comes; a day that was planned already may stay."""
        dag: date = self.cleaned_data["datum"]
        if dag <= self.vandaag and not (self.huidig and self.huidig.datum == dag):
            raise forms.ValidationError(_("Deze dag is voorbij of is vandaag. Kies een dag die nog komt."))
        return dag

    def clean(self) -> dict[str, Any]:
        """Until comes after from."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("van") and schoon.get("tot") and schoon["tot"] <= schoon["van"]:
            self.add_error("tot", _("Dit is eerder dan het begin."))
        return schoon

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie; whoever is not ticked is kept as absent."""
        velden = super().velden()
        komen = velden.pop("komen")
        velden["uitnodiger"] = next((d for d in self.dossier.deelnemers if str(d.pk) == velden["uitnodiger"]), None)
        velden["afwezige_deelnemers"] = [d for d in self.dossier.deelnemers if str(d.pk) not in komen]
        velden["afwezige_gezinsleden"] = [lid for lid in self.dossier.gezinsleden if str(lid.pk) not in komen]
        return velden
