"""The two fields that begin a casus, and the search box of the list."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import regel
from casussen.models import Team
from casussen.models.handreiking import Soort


class NieuwForm(forms.Form):
    """Begins a casus. `id` is that of the casus that it will make, so that a double click makes one.

    The team is asked only when there are several to choose from.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    naam = regel(
        _("Naam van het gezin of de inwoner"),
        verplicht=True,
        attrs={"autocomplete": "off"},
        fouten={"required": _("Vul een naam in. Bijvoorbeeld: Gezin Bakker.")},
    )
    soort = forms.ChoiceField(label=_("Gaat het over jeugd of Wmo?"), choices=Soort.choices)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any):
        kwargs.setdefault("initial", {"id": uuid4(), "soort": Soort.JEUGD})
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        if len(teams) > 1:
            self.fields["team"] = forms.ChoiceField(
                label=_("Voor welk team?"), choices=[(pk, team.naam) for pk, team in self.teams.items()]
            )

    def gekozen_team(self) -> Team:
        """Out: the chosen team, or the only one there is."""
        return self.teams[self.cleaned_data.get("team") or next(iter(self.teams))]


class ZoekForm(forms.Form):
    """What to look for in the list; a mistake in it looks for nothing."""

    zoek = forms.CharField(required=False, max_length=120)
    afgesloten = forms.BooleanField(required=False)

    def woord(self) -> str:
        """Out: the word to look for."""
        return str(self.cleaned_data.get("zoek", "")) if self.is_valid() else ""

    def ook_afgesloten(self) -> bool:
        """Out: whether the closed casussen are asked for."""
        self.is_valid()
        return bool(self.cleaned_data.get("afgesloten"))


class VaststelForm(forms.Form):
    """The number on the button, and the fingerprint of what was on the screen."""

    nummer = forms.IntegerField(min_value=1)
    gezien = forms.CharField(max_length=64)
