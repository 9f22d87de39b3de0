"""/beheer/: organisations, teams, staff and the address book. Never a casus, and nothing is ever removed here."""

from typing import TYPE_CHECKING, Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casussen.models import Handreiking, Lidmaatschap, Medewerker, Organisatie, Professional, Team

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    AccountForm = forms.ModelForm[Medewerker]
    NewAccountForm = AdminUserCreationForm[Medewerker]
    ChangeAccountForm = UserChangeForm[Medewerker]
    ModelAdmin = admin.ModelAdmin[Any]
    AccountAdmin = UserAdmin[Medewerker]
    Inline = admin.TabularInline[Lidmaatschap, Medewerker]
else:  # only the type checker knows these classes as generic
    ModelForm = AccountForm = forms.ModelForm
    NewAccountForm, ChangeAccountForm = AdminUserCreationForm, UserChangeForm
    ModelAdmin, AccountAdmin, Inline = admin.ModelAdmin, UserAdmin, admin.TabularInline

admin.site.site_header = _("Beheer van Handreiking")
admin.site.site_title = _("Beheer van Handreiking")
admin.site.index_title = _("Organisaties, teams en medewerkers")
admin.site.site_url = "/casussen/"
# One page to sign in, with its limit on the number of tries.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Roles come from memberships, and an account has one address: these two lists would only confuse.
admin.site.unregister(Group)
admin.site.unregister(EmailAddress)

# What a constraint of the database means, for whoever fills in the form.
ZINNEN = {
    "organisatie_naam_uniek": _("Deze organisatie staat er al."),
    "organisatie_herinnering_dagen_1_60": _("Kies voor de herinnering 1 tot en met 60 dagen."),
    "organisatie_link_dagen_1_365": _("Kies voor de link 1 tot en met 365 dagen."),
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


class ZonderWeghalen(ModelAdmin):
    """Nothing is removed: people and teams stay in what was settled and logged."""

    form = BeheerForm

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False


@admin.register(Organisatie)
class OrganisatieAdmin(ZonderWeghalen):
    """Organisations with their emergency number and terms."""

    list_display = ["naam", "crisisnummer", "herinnering_dagen", "link_dagen"]
    search_fields = ["naam"]
    fields = ["naam", "crisisnummer", "herinnering_dagen", "link_dagen"]


@admin.register(Team)
class TeamAdmin(ZonderWeghalen):
    """Teams of an organisation."""

    list_display = ["naam", "organisatie"]
    list_select_related = ["organisatie"]
    search_fields = ["naam", "organisatie__naam"]
    autocomplete_fields = ["organisatie"]
    fields = ["organisatie", "naam"]


@admin.register(Professional)
class ProfessionalAdmin(ZonderWeghalen):
    """The address book."""

    list_display = ["naam", "functie", "organisatie", "email", "telefoon"]
    list_select_related = ["organisatie"]
    search_fields = ["naam", "email", "organisatie__naam"]
    autocomplete_fields = ["organisatie"]
    fields = ["naam", "functie", "organisatie", "email", "telefoon"]


class MetAdres(AccountForm):
    """Addresses differ by more than capitals: people sign in with any spelling."""

    def clean_email(self) -> str:
        """Out: the address in small letters; refuses one that somebody else has."""
        email = str(self.cleaned_data["email"]).lower()
        if Medewerker.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Er is al een medewerker met dit e-mailadres."))
        return email


class NieuweMedewerkerForm(MetAdres, NewAccountForm):
    """A new account, with a password or without (then only an outside login works)."""

    class Meta:
        model = Medewerker
        fields = ("email", "naam")


class MedewerkerForm(MetAdres, ChangeAccountForm):
    """An account; the password is set on a page of its own."""

    class Meta:
        model = Medewerker
        fields = ("email", "password", "naam", "professional", "is_active", "is_staff", "is_superuser")


class LidmaatschapRegels(Inline):
    """The memberships on the page of a medewerker: to read and to add; ending is done on their own page."""

    model = Lidmaatschap
    form = BeheerForm
    extra = 0
    show_change_link = True
    fields = ["team", "rol", "van", "tot"]
    autocomplete_fields = ["team"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False


@admin.register(Medewerker)
class MedewerkerAdmin(AccountAdmin):
    """Accounts. Somebody who leaves loses "mag inloggen"; the account stays in the log."""

    form = MedewerkerForm
    add_form = NieuweMedewerkerForm
    inlines = [LidmaatschapRegels]
    ordering = ["naam"]
    list_display = ["naam", "email", "is_active", "is_staff"]
    list_filter = ["is_active", "is_staff", "lidmaatschappen__team"]
    search_fields = ["naam", "email"]
    autocomplete_fields = ["professional"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password", "naam", "professional"]}),
        (_("Toegang"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Gebruik"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "naam", "usable_password", "password1", "password2"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: Medewerker | None = None) -> list[str]:
        """Only who may do everything gives that right to somebody else."""
        alleen_lezen = [*super().get_readonly_fields(request, obj)]
        return alleen_lezen if request.user.is_superuser else [*alleen_lezen, "is_staff", "is_superuser"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False


@admin.register(Lidmaatschap)
class LidmaatschapAdmin(ZonderWeghalen):
    """Who is what in which team. What was, stays: only the last day can be changed."""

    list_display = ["medewerker", "team", "rol", "van", "tot"]
    list_select_related = ["medewerker", "team"]
    list_filter = ["rol", "team"]
    search_fields = ["medewerker__naam", "medewerker__email", "team__naam"]
    autocomplete_fields = ["medewerker", "team"]
    fields = ["medewerker", "team", "rol", "van", "tot"]
    actions = ["beeindig"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Everything but the last day, once it is there."""
        return ["medewerker", "team", "rol", "van"] if obj else []

    @admin.action(description=_("Beëindig vandaag"))
    def beeindig(self, request: HttpRequest, queryset: QuerySet[Lidmaatschap]) -> None:
        """Makes today the last day of what was chosen and still runs."""
        vandaag = timezone.localdate()
        aantal = queryset.filter(tot__isnull=True, van__lte=vandaag).update(tot=vandaag)
        zin = ngettext(
            "%(aantal)d lidmaatschap eindigt vandaag.", "%(aantal)d lidmaatschappen eindigen vandaag.", aantal
        )
        self.message_user(request, zin % {"aantal": aantal}, messages.SUCCESS)


@admin.register(Handreiking)
class HandreikingAdmin(ModelAdmin):
    """Which content sets are loaded; they come in with `manage.py laad_inhoud`."""

    list_display = ["soort", "nummer", "gemaakt_op"]
    fields = ["soort", "nummer", "vingerafdruk", "gemaakt_op"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody may."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False
