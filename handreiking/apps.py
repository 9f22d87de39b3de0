"""The site around the application."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Listens to what happens with accounts."""

    name = "handreiking"

    def ready(self) -> None:
        """Connects the receivers."""
        from handreiking import gebeurtenissen  # noqa: F401
