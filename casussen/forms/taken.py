"""Forms of the page behind a helper's link."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import datum, email, regel, tekst
from casussen.forms.mensen import BereikbaarForm
from casussen.models.afspraak import ReactieSoort


class GezienField(forms.Field):
    """Which agreements stood on the screen, and in which version: "id:versie", once for each."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> dict[UUID, int]:
        """in: what was sent; out: the version by id; what nobody can have seen is left out."""
        gezien = {}
        for deel in value or []:
            pk, _dubbelepunt, versie = str(deel).partition(":")
            try:
                gezien[UUID(pk)] = int(versie)
            except ValueError:
                continue
        return gezien


class AllesForm(forms.Form):
    """Yes to all that stood on the screen."""

    gezien = GezienField(required=False)


class BeginForm(AllesForm):
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


class VersieForm(forms.Form):
    """Something about one agreement as it stood on the screen."""

    inhoud_versie = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def zin(self) -> str:
        """Out: what is wrong, in one line; for a form that is not valid."""
        for fouten in self.errors.values():
            return str(fouten[0])
        return ""


class GedaanForm(VersieForm):
    """It is done, or not after all."""

    wat = forms.ChoiceField(choices=[("gedaan", _("Dit is gedaan")), ("ongedaan", _("Toch niet gedaan"))])


class LaterForm(VersieForm):
    """It will be later."""

    op = datum(_("Welke dag wordt het?"))
    tekst = tekst(_("Waarom wordt het later?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["op"].error_messages["required"] = _("Kies de dag waarop het wel lukt.")


class WoordenForm(forms.Form):
    """A few words to the coordinator; whether they are needed is decided by the actie."""

    tekst = tekst(_("Toelichting"))

    def zin(self) -> str:
        """Out: what is wrong, in one line; empty when nothing is."""
        return _eerste_fout(self)


class DoorgevenForm(forms.Form):
    """Who takes this over."""

    naar_naam = regel(_("Wie neemt het over?"), verplicht=True, fouten={"required": _("Schrijf op wie het overneemt.")})
    naar_email = email(_("E-mailadres van die persoon"))
    tekst = tekst(_("Waarom? Dat mag je leeg laten."))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["naar_email"].required = True
        self.fields["naar_email"].error_messages["required"] = _("Vul het e-mailadres in. Zonder adres lukt het niet.")

    def zin(self) -> str:
        """Out: what is wrong, in one line; empty when nothing is."""
        return _eerste_fout(self)


def _eerste_fout(form: forms.Form) -> str:
    return next((str(fouten[0]) for fouten in form.errors.values()), "")


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
