"""What every list in /beheer/ does: show what one manages, ask who you are, write the log, remove nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from casussen import beheerrechten, logboek
from casussen.actor import Actor
from casussen.beheer.zoekveld import Zoekveld
from casussen.views import deur

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    ModelAdmin = admin.ModelAdmin[Any]
else:  # only the type checker knows these classes as generic
    ModelForm = forms.ModelForm
    ModelAdmin = admin.ModelAdmin

# What a constraint of the database means, for whoever fills in the form.
ZINNEN = {
    "organisatie_naam_uniek": _("Deze organisatie staat er al."),
    "organisatie_herinnering_dagen_1_60": _("Kies voor de herinnering 1 tot en met 60 dagen."),
    "organisatie_link_dagen_1_365": _("Kies voor de link 1 tot en met 365 dagen."),
    "organisatie_najaag_dagen_1_60": _("Kies één tot en met vijf getallen, van 1 tot en met 60."),
    "organisatie_mail_tot_na_van": _("De laatste tijd voor herinneringen is vroeger dan de eerste."),
    "organisatie_bewaar_maanden_bij_kort": _(
        "Kies je korter bewaren? Vul dan 1 tot en met 240 maanden in. Kies je iets anders? Laat de maanden dan leeg."
    ),
    "team_naam_uniek_per_organisatie": _("Deze organisatie heeft al een team met deze naam."),
    "professional_email_uniek": _("Dit e-mailadres staat al in het adresboek, bij iemand anders."),
    "lidmaatschap_tot_na_van": _("De laatste dag is eerder dan de eerste dag."),
    "lidmaatschap_een_keer_tegelijk": _("Deze medewerker heeft deze rol in dit team al."),
}


class BeheerForm(ModelForm):
    """A form that says in words which rule of the database was broken."""

    def _update_errors(self, errors: ValidationError) -> None:
        """Django names the constraint in its own sentence; ours takes the place of that."""
        for fout in errors.error_dict.get(NON_FIELD_ERRORS, []):
            zin = next((zin for naam, zin in ZINNEN.items() if naam in str(fout.message)), None)
            fout.message = zin or fout.message
        super()._update_errors(errors)  # type: ignore[misc]  # not in the stubs


class Lijst(ModelAdmin):
    """A list in /beheer/. `te_beheren` gives the records that somebody manages; others do not exist for him.

    Nothing is removed: people and teams stay in what was settled and logged.
    """

    form = BeheerForm
    te_beheren: Callable[[Actor], QuerySet[Any]]
    actions_on_top = True
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Out: what this person manages; lists, pages, choices and autocomplete all begin here."""
        return type(self).te_beheren(deur.actor_van(request))

    def formfield_for_foreignkey(
        self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "forms.ModelChoiceField[Any] | None":
        """A choice offers, and takes, what stands in the list of that kind."""
        lijst = self.admin_site._registry.get(db_field.related_model)
        if lijst is not None:
            kwargs["queryset"] = lijst.get_queryset(request)
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Zoekveld(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever manages something."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever manages something; get_queryset says what."""
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """As to see."""
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As to see."""
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Asks first who you are: before you type. When that took too long, a POST waits and then goes on."""
        raise_if_reauthentication_required(request, app="beheer")
        een_knop = {"show_save_and_add_another": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, een_knop)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """An action on the list asks who you are; looking does not."""
        if request.method == "POST":
            raise_if_reauthentication_required(request, app="beheer")
        return super().changelist_view(request, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Not here: Django's own log would hold names. Ours is searched elsewhere."""
        raise Http404

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    def construct_change_message(
        self, request: HttpRequest, form: forms.Form, formsets: Any, add: bool = False
    ) -> list[Any]:
        """Out: the names of the fields that changed, for the log."""
        return list(form.changed_data)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """Writes a line in our log instead of Django's: ids and names of fields, no name of a person."""
        return logboek.schrijf(
            door=deur.actor_van(request), daad="voegde_toe_in_beheer", casus_id=None, over=obj, velden=message
        )

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """As log_addition; nothing when nothing changed."""
        if not message:
            return None
        return logboek.schrijf(
            door=deur.actor_van(request), daad="wijzigde_in_beheer", casus_id=None, over=obj, velden=message
        )


def beheert_alles(request: HttpRequest) -> bool:
    """in: a request in /beheer/; out: whether this person manages every organisation."""
    return beheerrechten.beheert_alles(deur.actor_van(request))
