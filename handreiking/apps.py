"""The site around the application."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Listens to what happens with accounts and to mail that came back, and looks over who sends the mail."""

    name = "handreiking"

    def ready(self) -> None:
        """Connects the receivers. Ends the process when the provider of mail is not known well enough to send."""
        from handreiking import aanbieder, gebeurtenissen  # noqa: F401

        aanbieder.stop_when_incomplete()
