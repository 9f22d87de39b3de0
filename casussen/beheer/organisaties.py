"""Organisations with their terms, teams, the address book, and the content sets."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casussen import beheerrechten
from casussen.beheer.basis import BeheerForm, Lijst, beheert_alles
from casussen.models import Handreiking, Organisatie, Professional, Team


class WerkdagenVeld(forms.CharField):
    """A few numbers of working days, typed as "3, 7"."""

    LANGSTE, MEESTE = 60, 5

    def prepare_value(self, value: Any) -> Any:
        """in: the numbers, or what was typed; out: how it stands in the field."""
        return ", ".join(str(dag) for dag in value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        """in: what was typed; out: the numbers; raises ValidationError with what is wrong in words."""
        tekst = super().clean(value)
        try:
            dagen = [int(deel) for deel in tekst.replace(",", " ").split()]
        except ValueError:
            raise ValidationError(_("Schrijf alleen getallen, met een komma ertussen. Bijvoorbeeld: 3, 7.")) from None
        if not all(1 <= dag <= self.LANGSTE for dag in dagen):
            raise ValidationError(_("Kies getallen van 1 tot en met 60."))
        if dagen != sorted(set(dagen)):
            raise ValidationError(_("Begin met het kleinste getal, en schrijf elk getal één keer. Bijvoorbeeld: 3, 7."))
        if not 1 <= len(dagen) <= self.MEESTE:
            raise ValidationError(_("Kies één tot en met vijf herinneringen."))
        return dagen

    def has_changed(self, initial: Any, data: Any) -> bool:
        """in: the numbers, what was typed; out: whether those differ, whatever the spaces."""
        try:
            return bool(self.clean(data) != initial)
        except ValidationError:
            return True


class OrganisatieForm(BeheerForm):
    """What an organisation decides about itself."""

    najaag_dagen = WerkdagenVeld(
        label=_("Opnieuw vragen na, in werkdagen"),
        help_text=_(
            "Wie nog geen antwoord gaf, krijgt na zoveel werkdagen weer een mail. Bijvoorbeeld: 3, 7. "
            "Na de laatste mail hoort de coördinator wie nog geen antwoord gaf."
        ),
    )

    class Meta:
        model = Organisatie
        fields = (
            "naam",
            "crisisnummer",
            "herinnering_dagen",
            "link_dagen",
            "najaag_dagen",
            "mail_van",
            "mail_tot",
            "code_altijd",
            "hoort_bij_hulp",
            "bewaarbeleid",
            "bewaar_maanden",
        )
        widgets = {veld: forms.TimeInput({"type": "time"}, format="%H:%M") for veld in ("mail_van", "mail_tot")}
        help_texts = {
            "mail_van": _("Herinneringen gaan alleen op werkdagen. Niet voor deze tijd."),
            "mail_tot": _("En niet na deze tijd. Wat iemand zelf verstuurt, mag ook op een ander uur."),
            "code_altijd": _(
                "Aan: wie een link opent, krijgt eerst een code per mail. Zonder die code ziet niemand iets. "
                "Dat is veiliger, en kost iedereen elke keer iets meer tijd. "
                "Uit: de code is alleen nodig voor het hele overzicht van een gezin."
            ),
            "crisisnummer": _("Het gezin ziet dit nummer op elk overzicht."),
            "herinnering_dagen": _("Zoveel dagen voor het terugkijken gaat er een mail. Kies 1 tot en met 60."),
            "link_dagen": _("Zo lang werkt een link in een mail ten minste. Kies 1 tot en met 365."),
            "hoort_bij_hulp": _(
                "Aan: deze organisatie helpt zelf mee. Dan is het genoeg dat het gezin weet dat zij meeleest. "
                "Uit: het gezin moet eerst toestemming geven, bijvoorbeeld voor een school of een sportclub."
            ),
            "bewaarbeleid": _(
                "Lang: 20 jaar na het afsluiten. Zo staat het in de Jeugdwet, als de casus bij het dossier hoort. "
                "Kort: als de casus alleen is gebruikt om samen te werken, en het dossier ergens anders staat. "
                "De organisatie die verantwoordelijk is voor de gegevens kiest. Er is geen standaard: zolang hier "
                "niets staat, wordt er niets gewist."
            ),
            "bewaar_maanden": _("Alleen bij kort: hoeveel maanden na het afsluiten. Kies 1 tot en met 240."),
        }


@admin.register(Organisatie)
class OrganisatieAdmin(Lijst):
    """Organisations with their emergency number and terms."""

    form = OrganisatieForm
    te_beheren = staticmethod(beheerrechten.organisaties_te_beheren)
    list_display = ["naam", "crisisnummer", "bewaarbeleid"]
    empty_value_display = _("Nog niet gekozen: er wordt niets gewist")
    search_fields = ["naam"]
    fieldsets = [
        (None, {"fields": ["naam", "crisisnummer", "herinnering_dagen", "hoort_bij_hulp"]}),
        (_("Links in de mail"), {"fields": ["link_dagen", "code_altijd"]}),
        (_("Herinneren om te antwoorden"), {"fields": ["najaag_dagen", "mail_van", "mail_tot"]}),
        (_("Hoe lang bewaren"), {"fields": ["bewaarbeleid", "bewaar_maanden"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only who manages everything."""
        return self.admin_site.has_permission(request) and beheert_alles(request)


@admin.register(Team)
class TeamAdmin(Lijst):
    """Teams of an organisation. A team stays with its organisation: the families of the team do too."""

    te_beheren = staticmethod(beheerrechten.teams_te_beheren)
    list_display = ["naam", "organisatie"]
    list_select_related = ["organisatie"]
    search_fields = ["naam", "organisatie__naam"]
    fields = ["organisatie", "naam"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """The organisation, once the team is there."""
        return ["organisatie"] if obj else []


@admin.register(Professional)
class ProfessionalAdmin(Lijst):
    """The address book."""

    te_beheren = staticmethod(beheerrechten.adresboek_te_beheren)
    list_display = ["naam", "functie", "organisatie", "email", "telefoon"]
    list_select_related = ["organisatie"]
    search_fields = ["naam", "email", "organisatie__naam"]
    fields = ["naam", "functie", "organisatie", "email", "telefoon"]


@admin.register(Handreiking)
class HandreikingAdmin(Lijst):
    """Which content sets are loaded; they come in with `manage.py laad_inhoud`."""

    te_beheren = staticmethod(lambda _actor: Handreiking.objects.all())
    list_display = ["soort", "nummer", "gemaakt_op"]
    fields = ["soort", "nummer", "vingerafdruk", "gemaakt_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False
