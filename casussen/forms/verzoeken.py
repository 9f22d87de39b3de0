"""The forms of requests, of the decision about keeping, and of removing for good."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import datum, regel, tekst
from casussen.models import Casus, Gezinslid
from casussen.models.verzoek import Besluit, VerzoekSoort


class VerzoekForm(forms.Form):
    """A new request. `id` is that of the request that it will make, so that a double click makes one."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    gezinslid = forms.ChoiceField(
        label=_("Wie vraagt het?"),
        help_text=_("Vraagt een ouder het voor een kind? Kies dan het kind."),
        error_messages={"required": _("Kies over wie het verzoek gaat.")},
    )
    soort = forms.ChoiceField(
        label=_("Wat wordt er gevraagd?"),
        choices=VerzoekSoort.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Kies wat er wordt gevraagd.")},
    )
    tekst = tekst(_("In eigen woorden"), rijen=3, help_text=_("Wat zei of schreef diegene? Dit mag leeg blijven."))
    ontvangen_op = datum(
        _("Op welke dag kwam het verzoek?"),
        help_text=_("Vanaf die dag telt de maand waarin jullie beslissen."),
    )

    def __init__(self, *args: Any, gezinsleden: list[Gezinslid], wie: str = "", vandaag: date, **kwargs: Any):
        kwargs["initial"] = {"id": uuid4(), "gezinslid": wie, "ontvangen_op": vandaag}
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        self.gezinsleden = {str(lid.pk): lid for lid in gezinsleden}
        namen = [(pk, f"{lid.naam}, {lid.relatie}") for pk, lid in self.gezinsleden.items()]
        veld = self.fields["gezinslid"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [("", _("Kies een naam")), *namen]
        self.fields["ontvangen_op"].error_messages["required"] = _("Vul de dag in waarop het verzoek kwam.")

    def clean_ontvangen_op(self) -> date:
        """A day that is past, or today."""
        dag: date = self.cleaned_data["ontvangen_op"]
        if dag > self.vandaag:
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies vandaag of een eerdere dag."))
        return dag

    def gekozen(self) -> Gezinslid:
        """Out: whose request it is."""
        return self.gezinsleden[self.cleaned_data["gezinslid"]]


class BesluitForm(forms.Form):
    """The decision about a request."""

    besluit = forms.ChoiceField(
        label=_("Wat besluiten jullie?"),
        choices=Besluit.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Kies een besluit.")},
    )
    reden = tekst(
        _("Waarom?"),
        rijen=3,
        help_text=_("Nodig als jullie niet alles doen. Schrijf het zo, dat diegene het zelf kan lezen."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever gets less than was asked, gets a reason."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("besluit") in (Besluit.DEELS, Besluit.NEE) and not schoon.get("reden", "").strip():
            self.add_error("reden", _("Schrijf op waarom. Wie het vroeg, heeft recht op een reden."))
        return schoon


class VerlengForm(forms.Form):
    """Two months more, with a reason."""

    reden = tekst(
        _("Waarom hebben jullie meer tijd nodig?"),
        verplicht=True,
        help_text=_("Vertel dit ook aan wie het vroeg, binnen de eerste maand."),
        fouten={"required": _("Schrijf op waarom jullie meer tijd nodig hebben.")},
    )


class WisPersoonForm(forms.Form):
    """Removing one person. A new name for the casus is asked only when the old one names this person."""

    casusnaam = regel(
        _("Nieuwe naam voor deze samenwerking"),
        verplicht=True,
        help_text=_("De naam van nu noemt deze persoon. Kies bijvoorbeeld de naam van een ander gezinslid."),
        fouten={"required": _("Vul een naam in waarin deze persoon niet voorkomt.")},
    )
    zeker = forms.BooleanField(
        label=_("Ik weet zeker dat alles over deze persoon weg mag. Niemand kan dit terughalen."),
        error_messages={"required": _("Zet hier een vinkje als je het zeker weet.")},
    )

    def __init__(self, *args: Any, vraag_naam: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not vraag_naam:
            del self.fields["casusnaam"]


class LangerForm(forms.Form):
    """Keeping a closed casus longer."""

    tot = datum(_("Tot en met welke dag?"))
    reden = tekst(
        _("Waarom?"),
        verplicht=True,
        help_text=_("Bijvoorbeeld: er loopt een klacht."),
        fouten={"required": _("Schrijf op waarom jullie deze samenwerking langer bewaren.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["tot"].error_messages["required"] = _("Kies een dag.")


class WisCasusForm(forms.Form):
    """Removing a whole casus: whoever does it types its name."""

    naam = regel(
        _("Typ de naam van het gezin over"),
        verplicht=True,
        attrs={"autocomplete": "off"},
        fouten={"required": _("Typ de naam over. Zo gaat nooit het verkeerde gezin weg.")},
    )

    def __init__(self, *args: Any, casus: Casus, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.casus = casus

    def clean_naam(self) -> str:
        """The same name; case and spaces do not matter."""
        naam: str = self.cleaned_data["naam"]
        if naam.casefold().split() != self.casus.naam.casefold().split():
            raise forms.ValidationError(_("Dit is een andere naam dan die bovenaan. Er is niets gewist."))
        return naam
