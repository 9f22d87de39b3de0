"""Forms for the people in a casus: step 2, and roles and reachability."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from casussen.forms import lezers
from casussen.forms.basis import RijForm, datum, email, regel, tekst, tijd
from casussen.models import Deelnemer, Gezinslid, Professional
from casussen.models.deelnemer import Terugbellen
from casussen.taal.datums import DAGEN_KORT

NAAM_LEEG = {"required": _("Vul een naam in.")}
JA, NEE = "ja", "nee"
GEZAG = [("onbekend", _("Weet ik niet, of geldt niet")), ("ja", _("Ja")), ("nee", _("Nee"))]


class GezinslidForm(RijForm):
    """Somebody of the family."""

    naam = regel(_("Naam"), verplicht=True, fouten=NAAM_LEEG)
    relatie = forms.ChoiceField(label=_("Wie is dit?"))
    geboren = datum(_("Geboren op"), required=False)
    gezag = forms.ChoiceField(
        label=_("Heeft deze ouder gezag?"),
        choices=GEZAG,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Een ouder zonder gezag krijgt niets vanzelf. Alleen wat jij voor hem kiest."),
    )
    telefoon = regel(_("Telefoon"), lengte=40, attrs={"inputmode": "tel"})
    email = email(_("E-mail"))
    krijgt_mail = forms.BooleanField(label=_("Wil mail van ons: het overzicht en herinneringen"), required=False)
    internet = forms.BooleanField(
        label=_("Heeft internet. Anders krijgt deze persoon papier"), required=False, initial=True
    )
    taal = regel(_("Spreekt ook"), lengte=40)
    adres_geheim = forms.BooleanField(
        label=_("Het adres is geheim"),
        required=False,
        help_text=_("Noem dan nergens een straat, plaats of school."),
    )
    opmerking = regel(_("Goed om te weten"), lengte=300, help_text=_("Over het samenwerken. Geen diagnose."))
    leest_mee = forms.BooleanField(
        label=_("Leest mee met wat het hele gezin leest"),
        required=False,
        initial=True,
        help_text=_("Staat dit uit? Dan leest deze persoon alleen wat je per keer kiest."),
    )

    def __init__(
        self,
        *args: Any,
        relaties: tuple[str, ...],
        vandaag: date,
        huidig: Gezinslid | None = None,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        keuzes = list(relaties)
        if huidig is not None and huidig.relatie not in keuzes:
            keuzes.append(huidig.relatie)
        veld = self.fields["relatie"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [(keuze, keuze) for keuze in keuzes]
        if huidig is not None:
            self.initial = van_gezinslid(huidig)

    def clean_geboren(self) -> date | None:
        """A date of birth lies in the past, and less than 120 years ago."""
        geboren: date | None = self.cleaned_data["geboren"]
        if geboren and not (self.vandaag.year - 120 < geboren.year and geboren <= self.vandaag):
            raise forms.ValidationError(_("Deze dag kan niet. Kijk naar het jaar."))
        return geboren

    def clean(self) -> dict[str, Any]:
        """Mail needs an address."""
        schoon = super().clean() or self.cleaned_data
        if schoon.get("krijgt_mail") and not schoon.get("email") and "email" not in self.errors:
            self.add_error("email", _("Vul een e-mailadres in, of zet de mail uit."))
        return schoon

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie; gezag as True, False or unknown."""
        velden = super().velden()
        velden["gezag"] = {"ja": True, "nee": False}.get(velden["gezag"])
        return velden


def van_gezinslid(lid: Gezinslid) -> dict[str, Any]:
    """in: a family member; out: what stands in the form."""
    initial = {naam: getattr(lid, naam) for naam in GezinslidForm.base_fields}
    initial["gezag"] = {True: "ja", False: "nee", None: "onbekend"}[lid.gezag]
    return initial


class WaarvoorForm(RijForm):
    """What everyone who takes part has: what for, for whom, and who may know it."""

    waarvoor = regel(
        _("Waarvoor?"), lengte=300, help_text=_("In gewone woorden, bijvoorbeeld: helpt Bart en Milan thuis.")
    )

    def __init__(self, *args: Any, gezinsleden: list[Gezinslid], huidig: Deelnemer | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.gezinsleden = gezinsleden
        self.fields["voor_wie"] = forms.MultipleChoiceField(
            label=_("Voor wie?"),
            required=False,
            choices=[(str(lid.pk), lid.roepnaam) for lid in gezinsleden],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Niets gekozen betekent: voor het hele gezin."),
        )
        self.fields["lezers"] = lezers.LezersField(gezinsleden, label=_("Wie mag weten dat deze persoon meedoet?"))
        if huidig is None:
            self.initial["lezers"] = lezers.ticks(Deelnemer(), gezinsleden)
        else:
            self.initial = self.van_deelnemer(huidig)

    def van_deelnemer(self, deelnemer: Deelnemer) -> dict[str, Any]:
        """in: somebody who takes part; out: what stands in the form."""
        initial = {naam: getattr(deelnemer, naam, None) for naam in self.fields}
        initial["voor_wie"] = [str(lid.pk) for lid in deelnemer.voor_wie.all()]
        initial["lezers"] = lezers.ticks(deelnemer, self.gezinsleden)
        return initial

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        velden = super().velden()
        gekozen = velden.pop("voor_wie")
        velden["voor_wie"] = [lid for lid in self.gezinsleden if str(lid.pk) in gekozen]
        return velden | lezers.velden(velden.pop("lezers"), self.gezinsleden)


class NetwerklidForm(WaarvoorForm):
    """Family and friends."""

    naam = regel(_("Naam"), verplicht=True, fouten=NAAM_LEEG)
    relatie = regel(_("Wie is dit?"), verplicht=True, fouten={"required": _("Bijvoorbeeld: opa, buurvrouw, trainer.")})
    telefoon = regel(_("Telefoon"), lengte=40, attrs={"inputmode": "tel"})
    email = email(_("E-mail"))
    field_order = ["naam", "relatie", "waarvoor", "voor_wie", "telefoon", "email", "lezers"]

    def van_deelnemer(self, deelnemer: Deelnemer) -> dict[str, Any]:
        """in: somebody from the network; out: what stands in the form."""
        persoon = deelnemer.persoon
        return super().van_deelnemer(deelnemer) | {
            "naam": persoon.naam,
            "relatie": deelnemer.functie,
            "telefoon": persoon.telefoon,
            "email": persoon.email,
        }

    def persoon(self) -> dict[str, Any]:
        """Out: the fields of Netwerklid."""
        return {naam: self.cleaned_data[naam] for naam in ("naam", "relatie", "telefoon", "email")}

    def velden(self) -> dict[str, Any]:
        """Out: the fields of Deelnemer."""
        velden = super().velden()
        return {naam: waarde for naam, waarde in velden.items() if naam not in self.persoon()}


class NieuweHelperForm(WaarvoorForm):
    """A helper who is not in the address book yet."""

    naam = regel(_("Naam"), verplicht=True, fouten=NAAM_LEEG)
    functie = regel(_("Beroep of functie"))
    organisatie = regel(
        _("Organisatie"), verplicht=True, fouten={"required": _("Vul in waar deze helper werkt.")},
        attrs={"list": "organisaties", "autocomplete": "off"},
    )  # fmt: skip
    hoort_bij_hulp = forms.ChoiceField(
        label=_("Hoort deze organisatie bij deze hulp?"),
        choices=[(JA, _("Ja: vertellen is genoeg")), (NEE, _("Nee: eerst toestemming"))],
        initial=JA,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Denk bij nee aan de trainer of de verhuurder. Je kunt het later nog veranderen."),
    )
    email = email(_("E-mail"), help_text=_("Hier komt de link. Zonder adres moet je bellen."))
    telefoon = regel(_("Telefoon"), lengte=40, attrs={"inputmode": "tel"})
    field_order = [
        "naam", "functie", "organisatie", "hoort_bij_hulp", "email", "telefoon", "waarvoor", "voor_wie", "lezers",
    ]  # fmt: skip

    @property
    def eerst_toestemming(self) -> bool:
        """Out: whether the organisation does not belong to this help."""
        return bool(self.cleaned_data["hoort_bij_hulp"] == NEE)

    def adresboek(self) -> dict[str, Any]:
        """Out: the fields of the address book."""
        velden = {naam: self.cleaned_data[naam] for naam in ("naam", "functie", "organisatie", "email", "telefoon")}
        return velden | {"hoort_bij_hulp": not self.eerst_toestemming}

    def velden(self) -> dict[str, Any]:
        """Out: the fields of Deelnemer."""
        velden = super().velden()
        return {naam: waarde for naam, waarde in velden.items() if naam not in self.adresboek()}


class AdresForm(RijForm):
    """An entry of the address book."""

    naam = regel(_("Naam"), verplicht=True, fouten=NAAM_LEEG)
    functie = regel(_("Beroep of functie"))
    email = email(_("E-mail"), help_text=_("Hier komt de link. Het nieuwe adres geldt bij alle gezinnen."))
    telefoon = regel(_("Telefoon"), lengte=40, attrs={"inputmode": "tel"})

    def __init__(self, *args: Any, huidig: Professional, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {naam: getattr(huidig, naam) for naam in self.fields}


class RolForm(WaarvoorForm):
    """What a helper does, decides, and does not do."""

    beslist = tekst(_("Wat mag deze helper beslissen?"))
    doet_niet = tekst(_("Wat doet deze helper niet?"), help_text=_("Schrijf erbij wie het dan wel doet."))
    alleen_als_nodig = forms.BooleanField(label=_("Komt alleen als het nodig is"), required=False)
    field_order = ["waarvoor", "voor_wie", "alleen_als_nodig", "beslist", "doet_niet", "lezers"]


class BereikbaarForm(RijForm):
    """When and how somebody can be reached."""

    telefoon = regel(_("Telefoon"), lengte=40, attrs={"inputmode": "tel"})
    dagen = forms.TypedMultipleChoiceField(
        label=_("Dagen"),
        required=False,
        coerce=int,
        choices=[(nummer, dag) for nummer, dag in enumerate(DAGEN_KORT, start=1)],
        widget=forms.CheckboxSelectMultiple,
    )
    uren_van = tijd(_("Van"))
    uren_tot = tijd(_("Tot"))
    terugbellen = forms.ChoiceField(
        label=_("Belt terug"), required=False, choices=[("", _("niet afgesproken")), *Terugbellen.choices]
    )
    vervanger = regel(_("Wie vervangt?"), help_text=_("Een naam die het gezin kent. Mag later."))
    app = regel(_("App: waarvoor wel?"), help_text=_("Leeg betekent: liever niet."))
    mail = regel(_("Mail: waarvoor wel?"), help_text=_("Leeg betekent: liever niet."))

    def __init__(self, *args: Any, huidig: Deelnemer, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.huidig = huidig
        self.initial = {naam: getattr(huidig, naam) for naam in self.fields} | {"telefoon": huidig.belnummer}

    def clean_telefoon(self) -> str:
        """The number of the address book is not copied: when it changes there, it changes here."""
        nummer = str(self.cleaned_data["telefoon"])
        return "" if not self.huidig.telefoon and nummer == self.huidig.belnummer else nummer

    def clean_dagen(self) -> list[int]:
        """Days in the order of the week."""
        return sorted(self.cleaned_data["dagen"])

    def clean(self) -> dict[str, Any]:
        """Until comes after from."""
        schoon = super().clean() or self.cleaned_data
        van, tot = schoon.get("uren_van"), schoon.get("uren_tot")
        if van and tot and tot <= van:
            self.add_error("uren_tot", _u("Dit is eerder dan het begin."))
        return schoon
