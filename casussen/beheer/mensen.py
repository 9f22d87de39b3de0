"""Staff: their accounts, how they come in, and what they are in which team."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casussen import beheerrechten
from casussen.acties import accounts, lidmaatschappen, uitnodigingen, werkaccount
from casussen.acties.fouten import Geweigerd
from casussen.beheer.basis import BeheerForm, Lijst, beheert_alles
from casussen.beheer.toegang import hoe_komt_binnen
from casussen.models import Bericht, Lidmaatschap, Medewerker, Professional, Team
from casussen.models.bericht import BerichtSoort
from casussen.models.organisatie import TeamRol
from casussen.views import deur

if TYPE_CHECKING:
    Inline = admin.TabularInline[Lidmaatschap, Medewerker]
else:  # only the type checker knows this class as generic
    Inline = admin.TabularInline


ROLLEN = _(
    "Coördinator: ziet en verandert alle gezinnen van het team. Teamlid: ziet ze alle, en verandert waar hij zelf "
    "meedoet. Bureaudienst: ziet geen gezinnen. Beheerder: beheert mensen en instellingen, en ziet geen gezinnen. "
    "Beleid: ziet alleen aantallen."
)


class LidmaatschapForm(BeheerForm):
    """A membership, with what each role may."""

    class Meta:
        model = Lidmaatschap
        fields = ("medewerker", "team", "rol", "van", "tot")
        help_texts = {"rol": ROLLEN, "tot": _("Leeg: tot iemand het lidmaatschap beëindigt.")}


class TeamFilter(admin.SimpleListFilter):
    """Only the teams that one manages: the names of others say something too."""

    title = _("team")
    parameter_name = "team"
    pad = "team"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Out: the teams to choose from."""
        return [(team.pk, str(team)) for team in beheerrechten.teams_te_beheren(deur.actor_van(request))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """in: the list; out: what belongs to the chosen team."""
        if self.value() is None:
            return queryset
        gekozen = [pk for pk, _naam in self.lookup_choices if str(pk) == self.value()]
        return queryset.filter(**{f"{self.pad}__in": gekozen}).distinct()


class TeamVanMedewerker(TeamFilter):
    """The same for the list of staff."""

    pad = "lidmaatschappen__team"


class AccountForm(BeheerForm):
    """An account. Addresses differ by more than capitals: people sign in with any spelling."""

    class Meta:
        model = Medewerker
        fields = ("naam", "email", "professional", "is_active", "is_superuser")
        error_messages = {"professional": {"unique": _("Bij deze naam in het adresboek hoort al een account.")}}
        help_texts = {
            "professional": _("Doet deze medewerker mee bij gezinnen? Kies dan hier dezelfde persoon."),
            "is_active": _("Uit: deze medewerker kan meteen niet meer inloggen. Het account blijft staan."),
            "is_superuser": _("Mag alle organisaties beheren. Ziet geen gezinnen."),
        }
        labels = {"is_superuser": _("beheert alles")}

    def clean_email(self) -> str:
        """Out: the address in small letters; refuses one that somebody else has."""
        email = str(self.cleaned_data["email"]).lower()
        if Medewerker.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError(
                _(
                    "Er is al een medewerker met dit e-mailadres. Staat hij niet in je lijst? "
                    "Dan werkt hij bij een andere organisatie. Vraag wie Handreiking voor iedereen beheert."
                )
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Refuses a person of the address book while somebody else there has this address: that would be two."""
        schoon = super().clean() or self.cleaned_data
        gekozen, adres = schoon.get("professional"), schoon.get("email")
        anders = Professional.objects.filter(email__iexact=adres).exclude(pk=gekozen.pk) if gekozen and adres else None
        if anders is not None and anders.exists():
            self.add_error(
                "professional",
                _("In het adresboek staat dit e-mailadres bij iemand anders. Kies die persoon, of laat dit leeg."),
            )
        return schoon


class NieuwAccountForm(AccountForm):
    """A new account, with its first membership. There is no password: the new colleague chooses one himself."""

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"))
    rol = forms.ChoiceField(choices=TeamRol.choices, label=_("Rol"), initial=TeamRol.TEAMLID, help_text=ROLLEN)

    class Meta(AccountForm.Meta):
        fields = ("naam", "email", "professional")  # type: ignore[assignment]


class LidmaatschapRegels(Inline):
    """The memberships on the page of a medewerker, to read. They begin and end on their own page."""

    model = Lidmaatschap
    extra = 0
    show_change_link = True
    fields = ["team", "rol", "van", "tot"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lidmaatschap]:
        """Only those in teams that one manages."""
        return beheerrechten.lidmaatschappen_te_beheren(deur.actor_van(request)).select_related("team")

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever sees the page."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody may."""
        return False


@admin.register(Medewerker)
class MedewerkerAdmin(Lijst):
    """Accounts. Somebody who leaves loses "mag inloggen"; the account stays in the log."""

    form = AccountForm
    te_beheren = staticmethod(beheerrechten.medewerkers_te_beheren)
    change_form_template = "beheer/medewerker.html"
    list_display = ["naam", "email", "is_active", "hoe_binnen"]
    list_filter = ["is_active", TeamVanMedewerker]
    search_fields = ["naam", "email"]
    autocomplete_fields = ["professional"]
    readonly_fields = ["hoe_binnen", "last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Medewerker]:
        """With what hoe_binnen needs, in a fixed number of queries."""
        mails = Bericht.objects.filter(soort=BerichtSoort.UITNODIGING)
        return (
            super()
            .get_queryset(request)
            .prefetch_related("uitnodigingen", "socialaccount_set", Prefetch("berichten", queryset=mails))
        )

    @admin.display(description=_("Hoe komt deze medewerker binnen?"))
    def hoe_binnen(self, medewerker: Medewerker) -> str:
        """Out: with a password, with the work account, or how it is with the invitation."""
        return hoe_komt_binnen(medewerker, nu=deur.nu())

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """See beheerrechten.mag_account_wijzigen; others see the page, to read."""
        if not isinstance(obj, Medewerker):
            return super().has_change_permission(request, obj)
        return beheerrechten.mag_account_wijzigen(deur.actor_van(request), obj)

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Who is new has none yet."""
        return [LidmaatschapRegels] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Only who manages everything gives that right to somebody else."""
        if obj is None:
            wie = {"fields": ["naam", "email", "professional"]}
            uitleg = _("De nieuwe collega krijgt een mail met een link, en kiest daarmee zelf een wachtwoord.")
            return [(None, {**wie, "description": uitleg}), (_("Werkt in"), {"fields": ["team", "rol"]})]
        toegang = ["is_active", *(["is_superuser"] if beheert_alles(request) else []), "hoe_binnen"]
        return [
            (None, {"fields": ["naam", "email", "professional"]}),
            (_("Toegang"), {"fields": toegang}),
            (_("Gebruik"), {"fields": ["last_login", "date_joined"]}),
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Who is new gets a first membership in a team that one manages."""
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        kwargs["form"] = NieuwAccountForm
        form = super().get_form(request, obj, change, **kwargs)
        team: Any = form.base_fields["team"]
        team.queryset = beheerrechten.teams_te_beheren(deur.actor_van(request))
        return form

    def save_model(self, request: HttpRequest, obj: Medewerker, form: Any, change: bool) -> None:
        """A new account goes through the actie that invites; a changed address ends what was sent to the old one."""
        door = deur.actor_van(request)
        if not change:
            velden = form.cleaned_data
            uitnodigingen.nodig_uit(door=door, medewerker=obj, team=velden["team"], rol=velden["rol"])
            return
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data and uitnodigingen.vergeet_oud_adres(door=door, medewerker=obj):
            zin = _("De uitnodiging naar het oude adres werkt niet meer. Stuur een nieuwe.")
            self.message_user(request, zin, messages.WARNING)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        """The actie wrote its own lines."""
        return None

    def response_add(self, request: HttpRequest, obj: Medewerker, post_url_continue: str | None = None) -> HttpResponse:
        """Says what happens now, on the page of the new account."""
        zin = _("%(naam)s krijgt een mail met een link. Die werkt zeven dagen.") % {"naam": obj.naam}
        self.message_user(request, zin, messages.SUCCESS)
        return HttpResponseRedirect(self._pagina(obj))

    def response_change(self, request: HttpRequest, obj: Medewerker) -> HttpResponse:
        """The buttons under the form: what was typed is saved first, then the invitation or the work account."""
        daden = {"_nodig_uit": self._nodig_uit, "_trek_in": self._trek_in, "_ontkoppel": self._ontkoppel}
        daden["_tweede_stap_uit"] = self._tweede_stap_uit
        daad = next((daad for knop, daad in daden.items() if knop in request.POST), None)
        if daad is None:
            return super().response_change(request, obj)
        try:
            self.message_user(request, daad(request, obj), messages.SUCCESS)
        except Geweigerd as fout:
            self.message_user(request, str(fout), messages.WARNING)
        return HttpResponseRedirect(self._pagina(obj))

    def _nodig_uit(self, request: HttpRequest, obj: Medewerker) -> Any:
        uitnodigingen.stuur_uitnodiging(door=deur.actor_van(request), medewerker=obj)
        return _("Er gaat een nieuwe link naar %(email)s. De oude link werkt niet meer.") % {"email": obj.email}

    def _trek_in(self, request: HttpRequest, obj: Medewerker) -> Any:
        uitnodigingen.trek_uitnodiging_in(door=deur.actor_van(request), medewerker=obj)
        return _("De uitnodiging is ingetrokken. De link werkt niet meer.")

    def _ontkoppel(self, request: HttpRequest, obj: Medewerker) -> Any:
        werkaccount.ontkoppel(door=deur.actor_van(request), medewerker=obj)
        return _("Het werkaccount is losgemaakt. Bij de volgende keer inloggen wordt opnieuw gekeken wie het is.")

    def _tweede_stap_uit(self, request: HttpRequest, obj: Medewerker) -> Any:
        accounts.zet_tweede_stap_uit(door=deur.actor_van(request), medewerker=obj)
        return _("De tweede stap is uit. %(naam)s zet hem bij het inloggen opnieuw aan.") % {"naam": obj.naam}

    def _pagina(self, obj: Medewerker) -> str:
        return reverse("admin:casussen_medewerker_change", args=[obj.pk])


@admin.register(Lidmaatschap)
class LidmaatschapAdmin(Lijst):
    """Who is what in which team. What was, stays: only the last day can be changed, and never your own."""

    form = LidmaatschapForm
    te_beheren = staticmethod(beheerrechten.lidmaatschappen_te_beheren)
    list_display = ["medewerker", "team", "rol", "van", "tot"]
    list_select_related = ["medewerker", "team"]
    list_filter = ["rol", TeamFilter]
    search_fields = ["medewerker__naam", "medewerker__email", "team__naam"]
    autocomplete_fields = ["medewerker"]
    fields = ["medewerker", "team", "rol", "van", "tot"]
    actions = ["beeindig"]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Everything but the last day, once it is there."""
        return ["medewerker", "team", "rol", "van"] if obj else []

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """From today, unless the address says otherwise."""
        return {"van": timezone.localdate(), **super().get_changeform_initial_data(request)}

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """See beheerrechten.mag_lidmaatschap_wijzigen; others see the page, to read."""
        if not isinstance(obj, Lidmaatschap):
            return super().has_change_permission(request, obj)
        return beheerrechten.mag_lidmaatschap_wijzigen(deur.actor_van(request), obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Nobody gives himself a membership."""
        veld: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "medewerker":
            veld.queryset = veld.queryset.exclude(pk=request.user.pk)
        return veld

    def save_model(self, request: HttpRequest, obj: Lidmaatschap, form: Any, change: bool) -> None:
        """Asks the rights once more, whatever the form let through."""
        door = deur.actor_van(request)
        if not change and not beheerrechten.mag_lidmaatschap_geven(door, obj.medewerker, obj.team):
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Beëindig vandaag"), permissions=["change"])
    def beeindig(self, request: HttpRequest, queryset: QuerySet[Lidmaatschap]) -> None:
        """Makes today the last day of what was chosen, still runs and is not one's own."""
        aantal = lidmaatschappen.beeindig_vandaag(door=deur.actor_van(request), lidmaatschappen=queryset)
        zin = ngettext(
            "%(aantal)d lidmaatschap eindigt vandaag.", "%(aantal)d lidmaatschappen eindigen vandaag.", aantal
        )
        self.message_user(request, zin % {"aantal": aantal}, messages.SUCCESS)
