"""What to look for in the log."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import datum
from casussen.overzicht.logregels import Zoekvraag


class LogboekForm(forms.Form):
    """Who, what and from when until when. A mistake looks for everything, and is told."""

    wie = forms.ChoiceField(label=_("Wie"), required=False)
    wat = forms.CharField(required=False, widget=forms.HiddenInput)
    van = datum(_("Van"), required=False)
    tot = datum(_("Tot en met"), required=False)

    def __init__(self, *args: Any, mensen: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["wie"] = forms.ChoiceField(
            label=_("Wie"), required=False, choices=[("", _("Iedereen")), *mensen],
            error_messages={"invalid_choice": _("Deze persoon staat niet in dit logboek.")},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError on `tot` when that is before `van`."""
        gegeven: dict[str, Any] = super().clean() or {}
        if not in_volgorde(gegeven.get("van"), gegeven.get("tot")):
            self.add_error("tot", _("De laatste dag ligt vóór de eerste. Kies een latere dag."))
        return gegeven

    def vraag(self) -> Zoekvraag:
        """Out: what to look for, without what is wrong."""
        self.is_valid()
        return Zoekvraag(**{naam: self.cleaned_data[naam] for naam in self.fields if self.cleaned_data.get(naam)})


class LogboekBeheerForm(forms.Form):
    """What a beheerder looks for: a member of staff, a deed, a period, the number of a request."""

    medewerker = forms.ChoiceField(label=_("Medewerker"), required=False)
    daad = forms.ChoiceField(label=_("Wat"), required=False)
    van = datum(_("Van"), required=False)
    tot = datum(_("Tot en met"), required=False)
    verzoek = forms.CharField(label=_("Verzoeknummer"), required=False, max_length=36)

    def __init__(self, *args: Any, medewerkers: list[tuple[int, str]], daden: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        keuzes: dict[str, list[tuple[object, object]]] = {
            "medewerker": [("", _("Iedereen")), *medewerkers],
            "daad": [("", _("Alles")), *daden],
        }
        for naam, lijst in keuzes.items():
            self.fields[naam] = forms.ChoiceField(
                label=self.fields[naam].label, required=False, choices=lijst,
                error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
            )  # fmt: skip

    def clean_verzoek(self) -> str:
        """Out: the number as the log writes it; raises ValidationError when it is none."""
        tekst: str = self.cleaned_data["verzoek"].strip()
        try:
            return UUID(tekst).hex if tekst else ""
        except ValueError:
            raise forms.ValidationError(_("Dit is geen verzoeknummer. Het heeft 32 tekens.")) from None

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError on `tot` when that is before `van`."""
        gegeven: dict[str, Any] = super().clean() or {}
        if not in_volgorde(gegeven.get("van"), gegeven.get("tot")):
            self.add_error("tot", _("De laatste dag ligt vóór de eerste. Kies een latere dag."))
        return gegeven


def in_volgorde(van: date | None, tot: date | None) -> bool:
    """in: a first and a last day, if any; out: whether the last is not before the first."""
    return van is None or tot is None or van <= tot
