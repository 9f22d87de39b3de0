"""The one app of this project."""

from django.apps import AppConfig


class CasussenConfig(AppConfig):
    """Families, agreements and everything around them."""

    name = "casussen"
    verbose_name = "Handreiking"
