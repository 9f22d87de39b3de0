"""The site of /beheer/: who comes in, and which lists there are."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from casussen import beheerrechten
from casussen.beheer.basis import Lijst
from casussen.models import Medewerker
from casussen.views import deur

if TYPE_CHECKING:
    Modellen = type[Model] | Iterable[type[Model]]
    ModelAdmin = admin.ModelAdmin[Any]


class BeheerSite(admin.AdminSite):
    """Django's admin, for whoever manages something."""

    site_header = _("Beheer van Handreiking")
    site_title = _("Beheer van Handreiking")
    index_title = _("Organisaties, teams en medewerkers")
    site_url = "/casussen/"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever manages something today; a mark on the account is not enough."""
        return isinstance(getattr(request, "user", None), Medewerker) and beheerrechten.mag_beheren(
            deur.actor_van(request)
        )

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Out: the one page to sign in, with its limit on the number of tries; 403 for who is signed in already."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", "/beheer/"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Out: the one page to change the own password."""
        return redirect("account_change_password")

    def register(
        self, model_or_iterable: "Modellen", admin_class: "type[ModelAdmin] | None" = None, **options: Any
    ) -> None:
        """Takes our own lists only: those of libraries hold passwords, codes and accounts of outside providers."""
        if admin_class is not None and issubclass(admin_class, Lijst):
            super().register(model_or_iterable, admin_class, **options)
