"""Forms about who may see a family: emergency access, and handing over to another team."""

from itertools import groupby
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import regel, tekst
from casussen.models import Casus, Lidmaatschap, Medewerker, Team


class NoodtoegangForm(forms.Form):
    """Asks for emergency access. `id` is that of the access, so that a double click opens one.

    `gevonden` are the casussen with that name: which of them is asked only when there are several.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    wat = regel(
        _("Naam van het gezin of de inwoner"),
        verplicht=True,
        attrs={"autocomplete": "off"},
        help_text=_("Schrijf de naam precies zoals hij in Handreiking staat. Of het nummer, zoals 3F2A91BC."),
        fouten={"required": _("Vul een naam of een nummer in.")},
    )
    reden = tekst(
        _("Waarom is het nu nodig?"),
        verplicht=True,
        rijen=3,
        help_text=_("Eén hele zin. De coördinator leest hem meteen. Wie het gezin is, hoeft er niet in."),
        fouten={"required": _("Schrijf op waarom het nodig is.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("initial", {"id": uuid4()})
        super().__init__(*args, **kwargs)

    def vraag_welke(self, gevonden: list[Casus]) -> Casus | None:
        """in: the casussen with that name; out: the one that is meant, None when the form must ask which."""
        if len(gevonden) == 1:
            return gevonden[0]
        self.fields["welke"] = forms.ChoiceField(
            label=_("Er zijn er meer met deze naam. Welke bedoel je?"),
            choices=[(str(casus.pk), f"{casus.team}, {casus.coordinator}") for casus in gevonden],
            widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        )
        gekozen = self.data.get("welke")
        return next((casus for casus in gevonden if str(casus.pk) == gekozen), None)


class OverdrachtForm(forms.Form):
    """To whom a casus goes, and why. `id` is that of the record of it, so that a double click makes one."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    zoek = regel(
        _("Zoek ook bij een andere organisatie"),
        verplicht=False,
        attrs={"autocomplete": "off"},
        help_text=_("De naam van het team of de organisatie."),
    )
    naar = forms.ChoiceField(
        label=_("Wie wordt de coördinator?"),
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Kies wie de coördinator wordt.")},
    )
    reden = tekst(
        _("Waarom?"),
        verplicht=True,
        rijen=3,
        help_text=_("Bijvoorbeeld: het gezin verhuist naar de andere wijk. De nieuwe coördinator leest dit."),
        fouten={"required": _("Schrijf op waarom je dit gezin overdraagt.")},
    )

    def __init__(self, *args: Any, ontvangers: list[Lidmaatschap], **kwargs: Any):
        kwargs.setdefault("initial", {"id": uuid4()})
        super().__init__(*args, **kwargs)
        self.ontvangers = {str(lid.pk): lid for lid in ontvangers}
        veld = self.fields["naar"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [
            (f"{team.naam} ({team.organisatie.naam})", [(str(lid.pk), lid.medewerker.naam) for lid in leden])
            for team, leden in groupby(ontvangers, lambda lid: lid.team)
        ]

    def gekozen(self) -> tuple[Team, Medewerker]:
        """Out: the team and its coordinator."""
        lid = self.ontvangers[self.cleaned_data["naar"]]
        return lid.team, lid.medewerker
