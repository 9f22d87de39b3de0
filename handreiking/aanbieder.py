"""The provider that sends the mail, when it is not SMTP (settings MAIL_PROVIDER and ANYMAIL)."""

import sys

from anymail.urls import urlpatterns as van_anymail
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.urls import URLPattern, URLResolver, include, path


def stop_when_incomplete() -> None:
    """Ends the process with one line when the provider is not known, or when something in ANYMAIL is missing."""
    if settings.MAIL_PROVIDER and not settings.DEMO:
        try:
            get_connection()
        except (ImportError, ImproperlyConfigured) as fout:
            # The first line names what is missing, never a value.
            wat = str(fout).splitlines()[0]
            sys.exit(f"Handreiking start niet: MAIL_PROVIDER {settings.MAIL_PROVIDER} kan geen mail versturen ({wat}).")


def urls() -> list[URLPattern | URLResolver]:
    """Out: where this provider tells what became of a mail; nowhere without a secret that it must show."""
    if not settings.MAIL_PROVIDER or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return []
    namen = {f"{settings.MAIL_PROVIDER}{einde}" for einde in ("_tracking_webhook", "_webhook")}
    return [path("anymail/", include([patroon for patroon in van_anymail if patroon.name in namen]))]
