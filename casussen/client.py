"""Where a request comes from: its number and the address of the client."""

from ipaddress import ip_address
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django_guid.context import guid


def request_number() -> str:
    """Out: the number of the request that is being answered (32 characters), empty outside of a request."""
    return str(guid.get() or "")


def valid_number(text: str) -> str | None:
    """in: a request number from outside; out: the same uuid as 32 characters, None for everything else."""
    try:
        number = UUID(text)
    except ValueError:
        return None
    return number.hex if text.lower() in (number.hex, str(number)) else None


def client_address(request: HttpRequest) -> str | None:
    """in: a request; out: the IP address of the client, None when that is not known.

    `X-Forwarded-For` counts only as far as the proxies that the operator trusts (VERTROUWDE_PROXIES): each of them
    adds the address that it saw at the right, and what stands further to the left came from the client itself.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    trusted = seen[-settings.VERTROUWDE_PROXIES :] if settings.VERTROUWDE_PROXIES else []
    text = trusted[0] if trusted else request.META.get("REMOTE_ADDR", "")
    try:
        # A zone ("fe80::1%eth0") says something about the server only.
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        return None
