"""The form behind an invitation: choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from casussen.models import Medewerker


class KiesWachtwoordForm(forms.Form):
    """Typed once, and it can be looked at: typing it twice helps nobody who sees what stands there."""

    password = forms.CharField(
        label=_("Je nieuwe wachtwoord"),
        strip=False,
        help_text=_("Minstens 12 tekens. Vier woorden die niet bij elkaar horen, dat is makkelijk te onthouden."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Kies een wachtwoord.")},
    )

    def __init__(self, *args: Any, medewerker: Medewerker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.medewerker = medewerker

    def clean_password(self) -> str:
        """Out: the password; refuses what is short, known or easy to guess for this person."""
        wachtwoord: str = self.cleaned_data["password"]
        password_validation.validate_password(wachtwoord, self.medewerker)
        return wachtwoord
