"""Forms of the page behind a helper's link."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import email, regel, tekst
from casussen.forms.mensen import BereikbaarForm
from casussen.models.afspraak import ReactieSoort


class BeginForm(forms.Form):
    """The first press behind a link: who this is, and what then. A program that presses buttons ticks nothing.

    `niemand` stands on the page for programs only: whoever ticks everything shows that he is no person.
    """

    ik = forms.BooleanField(label=_("Ik ben het"))
    niemand = forms.BooleanField(required=False)
    wat = forms.ChoiceField(choices=[("alles", _("Alles akkoord")), ("verder", _("Eén voor één bekijken"))])

    def clean_niemand(self) -> bool:
        """Out: False; raises ValidationError for whoever ticked what no person sees."""
        if self.cleaned_data["niemand"]:
            raise forms.ValidationError(_("Dit vinkje is niet voor mensen."))
        return False

    def zin(self) -> str:
        """Out: what to do, in one line; for a form that is not valid."""
        return str(_("Zet eerst een vinkje bij je naam. Er is nog niets bewaard."))


class ReactieForm(forms.Form):
    """An answer to one agreement; whether a text is needed is decided by the actie."""

    soort = forms.ChoiceField(label=_("Antwoord"), choices=ReactieSoort.choices)
    inhoud_versie = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    tekst = tekst(_("Toelichting"))

    def zin(self) -> str:
        """Out: what is wrong, in one line; for a form that is not valid."""
        if "tekst" in self.errors:
            return str(self.errors["tekst"][0])
        return str(_("Kies een antwoord: akkoord, niet akkoord of een vraag."))


class EigenBereikbaarForm(BereikbaarForm):
    """How a helper says himself that he can be reached."""

    vervanger = regel(_("Wie vervangt jou?"), help_text=_("Een naam die het gezin kent."))


class NieuweLinkForm(forms.Form):
    """Asks for a new link."""

    email = email(_("Uw e-mailadres"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = _("Vul uw e-mailadres in.")
        self.fields["email"].widget.attrs["autocomplete"] = "email"
