"""Forms for who answers a helper, and for letting his successor join."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import RijForm, datum, email, regel, tekst
from casussen.models import Afspraak
from casussen.models.draad import RegelSoort
from casussen.overzicht.draden import Kaart

PAS_AAN, LAAT, SAMEN = "pas-aan", "laat", "samen"
NIET_VERANDERD = _(
    "Je veranderde de tekst of de dag, maar koos niet “Pas de afspraak aan”. Er is nog niets verstuurd. "
    "Kies dat alsnog, of zet de tekst terug."
)
JA, NEE = "ja", "nee"


class AfspraakTekst(RijForm):
    """What an agreement says: what, and when."""

    wat = tekst(_("Wat?"), verplicht=True, fouten={"required": _("Schrijf op wat diegene gaat doen.")})
    wanneer = regel(_("Wanneer, of hoe vaak?"))
    datum = datum(_("Klaar vóór"), required=False)

    def __init__(self, *args: Any, huidig: Afspraak | None, vandaag: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.huidig, self.vandaag = huidig, vandaag
        if huidig is None:
            for naam in ("wat", "wanneer", "datum"):
                del self.fields[naam]
        else:
            self.initial.update({naam: getattr(huidig, naam) for naam in ("versie", "wat", "wanneer", "datum")})

    def afspraak(self) -> dict[str, Any]:
        """Out: the fields of the agreement, by name."""
        return {naam: self.cleaned_data[naam] for naam in ("wat", "wanneer", "datum")}


class AntwoordForm(AfspraakTekst):
    """An answer to a helper: what to do, the words, and the agreement as it becomes.

    `id` is that of the line that it makes. `opgelost` is the button for what was settled on the telephone.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    opgelost = forms.BooleanField(required=False, widget=forms.HiddenInput)
    doe = forms.ChoiceField(
        label=_("Wat doe je?"), widget=forms.RadioSelect, error_messages={"required": _("Kies wat je doet.")}
    )
    tekst = tekst("")

    def __init__(self, *args: Any, kaart: Kaart, vandaag: date, **kwargs: Any):
        kwargs.setdefault("prefix", f"vraag-{kaart.gesprek.pk}")
        super().__init__(*args, huidig=kaart.nu, vandaag=vandaag, **kwargs)
        self.kaart = kaart
        keuzes = [(LAAT, _("Laat hem zo") if kaart.nu else _("Geef antwoord")), (SAMEN, _("Bespreek het samen"))]
        if kaart.nu:
            keuzes.insert(0, (PAS_AAN, _("Pas de afspraak aan")))
        veld = self.fields["doe"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = keuzes
        self.fields["tekst"].label = _("Wat zeg je tegen %(naam)s?") % {"naam": kaart.gesprek.deelnemer.roepnaam}
        later = kaart.gesprek.laatste.soort == RegelSoort.LATER
        anders = kaart.nu and (later or kaart.gesprek.laatste.soort == RegelSoort.NIET_AKKOORD)
        self.initial.update({"id": uuid4(), "doe": PAS_AAN if anders else LAAT})
        if later and kaart.nu and kaart.nu.later_op:
            self.initial["datum"] = kaart.nu.later_op

    def clean_datum(self) -> date | None:
        """A day that somebody chooses now lies ahead; a day that was there already may have passed."""
        dag: date | None = self.cleaned_data["datum"]
        al_zo = self.huidig is not None and self.huidig.datum == dag
        if dag and dag < self.vandaag and not al_zo and self.data.get(self.add_prefix("doe")) == PAS_AAN:
            raise forms.ValidationError(_("Deze dag is voorbij. Kies een dag die nog komt."))
        return dag

    def clean(self) -> dict[str, Any]:
        """Words are needed, but not for what was settled on the telephone; and no change may get lost."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("opgelost"):
            return schoon
        if not schoon.get("tekst", "x"):
            self.add_error("tekst", _("Schrijf een antwoord. Er is nog niets verstuurd."))
        if schoon.get("doe") in (LAAT, SAMEN) and self._is_veranderd(schoon):
            self.add_error("doe", str(NIET_VERANDERD))
        return schoon

    def _is_veranderd(self, schoon: dict[str, Any]) -> bool:
        """Whether the person changed the agreement on the page, as far as that can be told."""
        if self.huidig is None or schoon.get("versie") != self.huidig.versie:
            return False
        anders = {naam for naam in ("wat", "wanneer", "datum") if schoon.get(naam) != getattr(self.huidig, naam)}
        voorgesteld = schoon.get("datum") == self.initial.get("datum")
        return bool(anders - {"datum"}) or ("datum" in anders and not voorgesteld)


class DoorgevenForm(forms.Form):
    """Who takes over from a helper: as he named him, for whoever leads the casus to mend."""

    naam = regel(_("Naam"), verplicht=True, fouten={"required": _("Vul een naam in.")})
    email = email(_("E-mail"))
    functie = regel(_("Beroep of functie"))
    organisatie = regel(_("Organisatie"), verplicht=True, fouten={"required": _("Vul in waar deze helper werkt.")})
    hoort_bij_hulp = forms.ChoiceField(
        label=_("Hoort deze organisatie bij deze hulp?"),
        choices=[(JA, _("Ja: vertellen is genoeg")), (NEE, _("Nee: eerst toestemming"))],
        initial=JA,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, kaart: Kaart, **kwargs: Any):
        kwargs.setdefault("prefix", f"door-{kaart.gesprek.pk}")
        super().__init__(*args, **kwargs)
        gesprek = kaart.gesprek
        self.fields["email"].required = True
        self.fields["email"].error_messages["required"] = str(_("Vul een adres in. Daar gaat de vraag naartoe."))
        self.initial = {
            "naam": gesprek.naar_naam,
            "email": gesprek.naar_email,
            "functie": gesprek.deelnemer.functie if gesprek.deelnemer.is_professional else "",
            "organisatie": gesprek.deelnemer.organisatie,
        }

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        return self.cleaned_data | {"hoort_bij_hulp": self.cleaned_data["hoort_bij_hulp"] == JA}
