"""How often a helper wants mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.models.organisatie import Mailritme


class MailritmeForm(forms.Form):
    """One choice out of three."""

    ritme = forms.ChoiceField(
        label=_("Hoe vaak wil je mail?"),
        choices=Mailritme.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={
            "required": _("Kies hoe vaak je mail wilt."),
            "invalid_choice": _("Kies hoe vaak je mail wilt."),
        },
    )
