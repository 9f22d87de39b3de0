"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by a manager (`/beheer/`), so nobody can sign up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """in: the request; out: always False."""
        return False
