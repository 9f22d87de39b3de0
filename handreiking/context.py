"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from handreiking import __version__


def site(request: HttpRequest) -> dict[str, Any]:
    """in: the request; out: the version of the software and whether this is the demo."""
    return {"versie_software": __version__, "is_demo": settings.DEMO}
