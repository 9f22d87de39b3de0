"""The form with which everyone looks back: how it went, three questions, and how to go on."""

from datetime import date
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import datum, tekst
from casussen.models import Afspraak, Evaluatie
from casussen.models.evaluatie import Klopt, OordeelSoort, Vervolg
from casussen.taal.datums import over_weken
from casussen.templatetags.onderdelen import oordeel

WEKEN = 6


class EvaluatieForm(forms.Form):
    """One evaluation. It carries the id of the evaluation that it was opened for, so that a second press is known."""

    evaluatie = forms.UUIDField(widget=forms.HiddenInput, required=False)
    ging_goed = tekst(_("Wat ging goed in het samenwerken?"), rijen=3)
    voortaan_anders = tekst(_("Wat doen we voortaan anders?"), rijen=3)
    klopt = forms.ChoiceField(
        label=_("Klopt de verdeling van taken en regie nog?"),
        required=False,
        choices=Klopt.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
    )
    klopt_uitleg = tekst(_("Wat klopt er niet?"), help_text=_("Schrijf dit op als jullie “nee” kiezen."))
    vervolg = forms.ChoiceField(
        label=_("Hoe gaan we verder?"),
        choices=Vervolg.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe jullie verder gaan.")},
    )
    nieuwe_datum = datum(
        _("Wanneer praten we weer samen?"), required=False, help_text=_("Ons voorstel: over zes weken.")
    )
    blijft_bereikbaar = tekst(_("Wie blijft bereikbaar?"), help_text=_("Een naam, en een nummer of adres."))
    belt_nog_een_keer = tekst(
        _("Wie belt nog één keer?"), help_text=_("Een naam, en wanneer. Bijvoorbeeld: Sanne, in maart.")
    )

    def __init__(
        self,
        *args: Any,
        afspraken: list[Afspraak],
        evaluatie: Evaluatie | None,
        vandaag: date,
        **kwargs: Any,
    ):
        kwargs["initial"] = {
            "evaluatie": evaluatie.pk if evaluatie else None,
            "nieuwe_datum": over_weken(vandaag, WEKEN),
        }
        super().__init__(*args, **kwargs)
        self.vandaag, self.afspraken = vandaag, afspraken
        for afspraak in afspraken:
            self.fields[self._naam(afspraak)] = forms.ChoiceField(
                label=Truncator(f"{afspraak.eigenaar.roepnaam}: {afspraak.wat}").chars(80),
                choices=[(soort.value, oordeel(soort.value)) for soort in OordeelSoort],
                widget=forms.RadioSelect,
                error_messages={"required": _("Kies hoe dit ging.")},
            )
        self.order_fields(["evaluatie", *map(self._naam, afspraken)])

    @staticmethod
    def _naam(afspraak: Afspraak) -> str:
        return f"oordeel-{afspraak.pk}"

    def regels(self) -> list[tuple[Afspraak, forms.BoundField]]:
        """Out: every agreement with the field for its judgement."""
        return [(afspraak, self[self._naam(afspraak)]) for afspraak in self.afspraken]

    def clean(self) -> dict[str, Any]:
        """What must be there depends on how everyone goes on."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("klopt") == Klopt.NEE and not schoon.get("klopt_uitleg"):
            self._mis("klopt_uitleg", _("Schrijf erbij wat er niet klopt."))
        if schoon.get("vervolg") == Vervolg.AFSLUITEN:
            # The next day is not on the screen now, so nothing can be wrong with it.
            self.errors.pop("nieuwe_datum", None)
            for naam in ("blijft_bereikbaar", "belt_nog_een_keer"):
                if not schoon.get(naam):
                    self._mis(naam, _("Schrijf een naam op. Dan weet het gezin bij wie het terechtkan."))
        elif schoon.get("vervolg"):
            dag = schoon.get("nieuwe_datum")
            if dag is None:
                self._mis("nieuwe_datum", _("Kies een dag. Zonder dag kijkt bijna niemand terug."))
            elif dag <= self.vandaag:
                self._mis("nieuwe_datum", _("Deze dag is voorbij of is vandaag. Kies een dag die nog komt."))
        return schoon

    def _mis(self, naam: str, zin: Any) -> None:
        if naam not in self.errors:
            self.add_error(naam, zin)

    def oordelen(self) -> dict[Afspraak, str]:
        """Out: the judgement per agreement."""
        return {afspraak: self.cleaned_data[self._naam(afspraak)] for afspraak in self.afspraken}

    def velden(self) -> dict[str, Any]:
        """Out: the fields of Evaluatie."""
        namen = ("ging_goed", "voortaan_anders", "klopt", "klopt_uitleg", "vervolg")
        return {naam: self.cleaned_data[naam] for naam in namen}

    def einde(self) -> dict[str, str]:
        """Out: the good end, for closing."""
        return {naam: self.cleaned_data[naam] for naam in ("blijft_bereikbaar", "belt_nog_een_keer")}

    def dag(self) -> date | None:
        """Out: the next date; none when everyone stops."""
        if self.cleaned_data["vervolg"] == Vervolg.AFSLUITEN:
            return None
        dag: date = self.cleaned_data["nieuwe_datum"]
        return dag
