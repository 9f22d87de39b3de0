"""Django's admin with our own site: only beheerders come in, and only our own lists are in it."""

from django.contrib.admin.apps import AdminConfig


class BeheerConfig(AdminConfig):
    """Takes the place of "django.contrib.admin" in the settings."""

    default_site = "casussen.beheer.site.BeheerSite"
