"""Forms about reading along: who was told, who says yes or no, who takes it back, and on what ground."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from casussen.forms.basis import RijForm, datum, regel, tekst
from casussen.models import Deling, Gezinslid, Organisatie
from casussen.models.toestemming import ZONDER_TOESTEMMING, Grond, Hoe, NaIntrekken, Onderdeel, Zegt
from casussen.taal.datums import dag_kort, opsomming
from casussen.toestemming.leeftijd import overgang
from casussen.toestemming.meelezen import Meelezer, Nodig

# Who answers and is not of the family.
ANDERS = "anders"


class _MomentForm(forms.Form):
    """How and when somebody was told or answered."""

    hoe = forms.ChoiceField(
        label=_("Hoe?"),
        choices=Hoe.choices,
        initial=Hoe.GESPROKEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies hoe dit ging.")},
    )
    op = datum(_("Wanneer?"))

    def __init__(self, *args: Any, vandaag: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        self.fields["op"].initial = vandaag
        self.fields["op"].error_messages["required"] = str(_("Kies de dag waarop dit was."))

    def clean_op(self) -> date:
        """What is written down has happened."""
        dag: date = self.cleaned_data["op"]
        if dag > self.vandaag:
            raise forms.ValidationError(_u("Deze dag komt nog. Kies de dag waarop dit was."))
        return dag


class VerteldForm(_MomentForm):
    """Who of the family was told that one or more organisations read along."""

    wie = forms.MultipleChoiceField(
        label=_("Wie weet dit nu?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies aan wie je het vertelde.")},
    )
    organisaties = forms.MultipleChoiceField(
        label=_("Over welke organisaties?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies over welke organisaties je het vertelde.")},
    )
    field_order = ["wie", "organisaties", "hoe", "op"]

    def __init__(
        self,
        *args: Any,
        gezin: list[Gezinslid],
        organisaties: list[Organisatie],
        gekozen: list[Organisatie],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.gezin, self.alle_organisaties = gezin, organisaties
        for naam, keuzes in {
            "wie": [(str(lid.pk), lid.roepnaam) for lid in gezin],
            "organisaties": [(str(rij.pk), rij.naam) for rij in organisaties],
        }.items():
            veld = self.fields[naam]
            assert isinstance(veld, forms.MultipleChoiceField)
            veld.choices = keuzes
        self.initial["wie"] = [str(lid.pk) for lid in gezin if lid.leest_vanzelf_mee]
        self.initial["organisaties"] = [str(rij.pk) for rij in gekozen]

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        schoon = self.cleaned_data
        return {
            "wie": [lid for lid in self.gezin if str(lid.pk) in schoon["wie"]],
            "organisaties": [rij for rij in self.alle_organisaties if str(rij.pk) in schoon["organisaties"]],
            "hoe": schoon["hoe"],
            "op": schoon["op"],
        }


class ToestemmingForm(_MomentForm):
    """What one or more people say about one organisation. `id` makes a second press harmless."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    gevers = forms.MultipleChoiceField(
        label=_("Wie geeft antwoord?"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Kies wie er antwoord gaf.")},
    )
    gever_anders = regel(_("Hoe heet die persoon, en wat is hij of zij?"), help_text=_("Bijvoorbeeld: T. Bos, voogd."))
    zegt = forms.ChoiceField(
        label=_("Wat zeggen zij?"),
        choices=Zegt.choices,
        initial=Zegt.JA,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee.")},
    )
    onderdelen = forms.MultipleChoiceField(
        label=_("Wat mag deze organisatie lezen?"),
        required=False,
        choices=[(deel.value, deel.label) for deel in Onderdeel if deel != Onderdeel.NAAM],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Dat wij helpen, en de naam van het gezin, hoort er altijd bij."),
    )
    doel = regel(
        _("Waarvoor?"),
        verplicht=True,
        lengte=300,
        help_text=_("In gewone woorden. Geen diagnose."),
        fouten={"required": _("Schrijf op waarvoor deze organisatie dit moet weten.")},
    )
    field_order = ["gevers", "gever_anders", "zegt", "doel", "onderdelen", "hoe", "op"]

    def __init__(self, *args: Any, meelezer: Meelezer, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.meelezer = meelezer
        veld = self.fields["gevers"]
        assert isinstance(veld, forms.MultipleChoiceField)
        # A second press comes from people of whom the answer is there already.
        self.nodig = [*(meelezer.nodig if self.is_bound else meelezer.ontbreekt), *meelezer.straks]
        veld.choices = [(wie, self._label(rijen)) for wie, rijen in _per_gever(self.nodig)]
        if not any(nodig.gever is None for nodig in self.nodig):
            del self.fields["gever_anders"]
        self.initial.update(
            {
                "id": uuid4(),
                "gevers": [wie for wie, rijen in _per_gever(self._nog_te_vragen())],
                "onderdelen": [deel.value for deel in Onderdeel],
                "doel": self._doel(),
            }
        )

    def _label(self, rijen: list[Nodig]) -> str:
        gever, over = rijen[0].gever, opsomming([_over(nodig) for nodig in rijen])
        naam = gever.naam if gever else _u("Iemand met gezag, buiten het gezin")
        label = _u("%(naam)s, over %(over)s") % {"naam": naam, "over": over}
        komend = overgang(gever, self.vandaag) if gever and not set(rijen) & set(self.meelezer.nodig) else None
        if komend is None:
            return label
        nodig_vanaf = {"label": label, "jaren": komend.jaren, "dag": dag_kort(komend.dag)}
        return _u("%(label)s (wordt %(jaren)d op %(dag)s, dan is dit nodig)") % nodig_vanaf

    def _nog_te_vragen(self) -> list[Nodig]:
        """Whoever said no already is not asked again by itself."""
        return [nodig for nodig in self.meelezer.ontbreekt if self.meelezer.antwoord(nodig) is None]

    def _doel(self) -> str:
        eerder = [antwoord.doel for antwoord in self.meelezer.antwoorden]
        return next((doel for doel in [*eerder, *(mens.waarvoor for mens in self.meelezer.deelnemers)] if doel), "")

    def clean(self) -> dict[str, Any]:
        """Somebody outside the family has a name."""
        schoon = super().clean() or self.cleaned_data
        if ANDERS in schoon.get("gevers", []) and not schoon.get("gever_anders"):
            self.add_error("gever_anders", _u("Schrijf op wie dit zei."))
        return schoon

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        schoon = dict(self.cleaned_data)
        gekozen, pk, naam = schoon.pop("gevers"), schoon.pop("id"), schoon.pop("gever_anders", "")
        ja = schoon["zegt"] == Zegt.JA
        schoon["onderdelen"] = [Onderdeel.NAAM.value, *schoon["onderdelen"]] if ja else []
        return {
            "pk": pk,
            "gevers": [rij.gever for rij in self.nodig if rij.gever and str(rij.gever.pk) in gekozen],
            "gever_anders": naam if ANDERS in gekozen else "",
            "velden": schoon,
        }


def _per_gever(alles: list[Nodig]) -> list[tuple[str, list[Nodig]]]:
    per: dict[str, list[Nodig]] = {}
    for nodig in alles:
        per.setdefault(str(nodig.gever.pk) if nodig.gever else ANDERS, []).append(nodig)
    return list(per.items())


def _over(nodig: Nodig) -> str:
    zelf = nodig.gever is not None and nodig.gever.pk == nodig.over.pk
    return _u("zichzelf") if zelf else nodig.over.roepnaam


class IntrekkenForm(forms.Form):
    """Who takes a consent back, and what happens with what was shared."""

    gever = forms.ChoiceField(
        label=_("Wie trekt de toestemming in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wie de toestemming intrekt.")},
    )
    na_intrekken = forms.ChoiceField(
        label=_("En wat deze organisatie al heeft?"),
        choices=NaIntrekken.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Vraag wat er moet gebeuren met wat al gedeeld is.")},
    )

    def __init__(self, *args: Any, gevers: list[tuple[Gezinslid | None, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.gevers = {str(lid.pk) if lid else ANDERS: lid for lid, _naam in gevers}
        veld = self.fields["gever"]
        assert isinstance(veld, forms.ChoiceField)
        veld.choices = [(str(lid.pk) if lid else ANDERS, naam) for lid, naam in gevers]
        if len(gevers) == 1:
            self.initial["gever"] = next(iter(self.gevers))

    def velden(self) -> dict[str, Any]:
        """Out: the values for the actie."""
        return {
            "gever": self.gevers[self.cleaned_data["gever"]],
            "na_intrekken": self.cleaned_data["na_intrekken"],
        }


class GrondForm(RijForm):
    """Why an organisation may read along."""

    grond = forms.ChoiceField(
        label=_("Waarom mag deze organisatie meelezen?"),
        choices=Grond.choices,
        widget=forms.RadioSelect(attrs={"class": "hr-options--lijst"}),
        error_messages={"required": _("Kies waarom deze organisatie mag meelezen.")},
    )
    reden = tekst(
        _("Wat is de reden?"),
        help_text=_("Verplicht als je deelt zonder toestemming. Alleen het team leest dit."),
    )

    def __init__(self, *args: Any, deling: Deling | None, grond: Grond, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {
            "versie": deling.versie if deling else 0,
            "grond": grond,
            "reden": deling.reden if deling else "",
        }

    def clean(self) -> dict[str, Any]:
        """Sharing without consent has a reason."""
        schoon = super().clean() or self.cleaned_data
        zonder = schoon.get("grond") in ZONDER_TOESTEMMING
        if zonder and not schoon.get("reden") and "reden" not in self.errors:
            self.add_error("reden", _u("Schrijf op waarom je dit deelt zonder toestemming."))
        return schoon
