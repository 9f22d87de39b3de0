"""Headers that every page of this site carries, because every page may hold something private."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def privacy_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps pages out of caches and search engines.

    in: the next handler; out: a handler that adds `Cache-Control: no-store` and `X-Robots-Tag` to its answer
    (static files are served earlier, by WhiteNoise, and keep their own caching).
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response

    return handle
