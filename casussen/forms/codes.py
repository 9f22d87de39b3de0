"""The form for a code from a mail."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.berichten.codes import CIJFERS

# What people and mail programs put between digits.
_ERTUSSEN = re.compile(r"[\s.\-\u2010-\u2015]")


class CodeForm(forms.Form):
    """Six digits; spaces and dashes between them do not matter."""

    code = forms.CharField(
        label=_("De code uit de mail"),
        error_messages={"required": _("Typ de zes cijfers uit de mail.")},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "hr-textbox--kort"}
        ),
    )

    def clean_code(self) -> str:
        """Out: the digits only; raises ValidationError when there are not six."""
        cijfers = _ERTUSSEN.sub("", self.cleaned_data["code"])
        if not re.fullmatch(rf"[0-9]{{{CIJFERS}}}", cijfers):
            raise forms.ValidationError(_("Een code heeft zes cijfers. Kijk nog eens in de mail."))
        return cijfers
