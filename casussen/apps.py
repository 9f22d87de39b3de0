"""The one app of this project."""

from django.apps import AppConfig
from django.conf import settings


class CasussenConfig(AppConfig):
    """Families, agreements and everything around them."""

    name = "casussen"
    verbose_name = "Handreiking"

    def ready(self) -> None:
        """Stops the start when a setting is wrong; starts the clock of a session at signing in."""
        from casussen import session
        from casussen.acties.groepen import controleer

        controleer(settings.OIDC_GROEPEN)
        session.watch()
