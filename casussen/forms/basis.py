"""What the forms of the steps share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.models.casus import TEKST_MAX

TE_LANG = _(
    "Deze tekst is te lang: %(show_value)d tekens. Er passen er %(limit_value)d. "
    "Je tekst staat er nog. Maak hem korter en bewaar opnieuw."
)


class RijForm(forms.Form):
    """A form for one record. `versie` is the version that the person saw; 0 for a new record."""

    versie = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie, by name of the model field."""
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "versie"}


def tekst(
    label: Any, *, verplicht: bool = False, lengte: int = TEKST_MAX, rijen: int = 2, **kwargs: Any
) -> forms.CharField:
    """in: label, whether it must be filled, most characters, height in lines; out: a field for a text."""
    fouten = {"max_length": TE_LANG, **kwargs.pop("fouten", {})}
    return _ZonderMaxlength(
        label=label,
        required=verplicht,
        max_length=lengte,
        widget=forms.Textarea(attrs={"rows": rijen}),
        error_messages=fouten,
        **kwargs,
    )


def regel(label: Any, *, verplicht: bool = False, lengte: int = 120, **kwargs: Any) -> forms.CharField:
    """in: label, whether it must be filled, most characters; out: a field for one line."""
    attrs = kwargs.pop("attrs", {})
    fouten = {"max_length": TE_LANG, **kwargs.pop("fouten", {})}
    # No maxlength in the page: cutting off what somebody pastes would lose it without a word.
    return _ZonderMaxlength(
        label=label,
        required=verplicht,
        max_length=lengte,
        widget=forms.TextInput(attrs=attrs),
        error_messages=fouten,
        **kwargs,
    )


class _ZonderMaxlength(forms.CharField):
    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


def datum(label: Any, **kwargs: Any) -> forms.DateField:
    """in: label; out: a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date", "class": "hr-textbox--kort"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Dit is geen dag die bestaat. Schrijf bijvoorbeeld 15-12-2026.")},
        **kwargs,
    )


def tijd(label: Any, **kwargs: Any) -> forms.TimeField:
    """in: label; out: a field for a time of day; "9", "9.30" and "9:30" are understood."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(attrs={"class": "hr-textbox--kort", "inputmode": "numeric"}, format="%H.%M"),
        error_messages={"invalid": _("Dit is geen tijd. Schrijf bijvoorbeeld 9.30.")},
        **kwargs,
    )


def email(label: Any, **kwargs: Any) -> forms.EmailField:
    """in: label; out: a field for an e-mail address."""
    return forms.EmailField(
        label=label,
        required=False,
        max_length=254,
        error_messages={"invalid": _("Dit adres klopt niet. Een adres ziet eruit als naam@voorbeeld.nl.")},
        **kwargs,
    )
