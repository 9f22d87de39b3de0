"""The forms of allauth with our words; a new password is typed once, and can be looked at."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordForm, ResetPasswordKeyForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casussen.acties import accounts
from handreiking.herkomst import als_onbekende


class WachtwoordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """Another password, by whoever is signed in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["oldpassword"].label = _("Je wachtwoord van nu")
        self.fields["password1"].label = _("Je nieuwe wachtwoord")


class NieuwWachtwoordForm(ResetPasswordKeyForm):  # type: ignore[misc]  # allauth has no types
    """A new password, by whoever forgot the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]
        self.fields["password1"].label = _("Je nieuwe wachtwoord")


class VergetenForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """The address of whoever forgot the password; what happens is the same for every address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail van je werk")

    def clean_email(self) -> str:
        """Out: the address; whether there is such an account makes no difference here."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """in: the request; out: the address. Asks for a mail through the outbox."""
        email = str(self.cleaned_data["email"])
        accounts.vraag_nieuw_wachtwoord(door=als_onbekende(request), email=email, nu=timezone.now())
        return email
