"""What holds for every request and every answer: headers, request number, size, and who is not signed in."""

import re
from collections.abc import Callable

import brotli
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from casussen.client import valid_number
from casussen.views import fouten

Handler = Callable[[HttpRequest], HttpResponse]

# Pages need nothing of the device. Passkeys (publickey-credentials-*) stay allowed for our own pages.
NOT_ALLOWED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
# Addresses that open something by themselves: what stands in them may reach no other site.
SECRET_ADDRESSES = ("/t/", "/o/", "/agenda/", "/mail/")
READ_OR_PRESS = ("GET", "HEAD", "POST")
KNOWS_BROTLI = re.compile(r"\bbr\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
LINK_PAGES = ("/t/", "/o/", "/link/", "/mail/", "/uitnodiging/")
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in NOT_ALLOWED)


def safe_headers(get_response: Handler) -> Handler:
    """Keeps pages out of caches, search engines and other sites.

    in: the next handler; out: a handler that adds the headers to every answer. Static files already say how long
    they may be kept.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(SECRET_ADDRESSES):
            response["Referrer-Policy"] = "no-referrer"
        return response

    return handle


def people_only(get_response: Handler) -> Handler:
    """A mailed link opens for somebody who reads, not for a browser that looks ahead; and it knows three methods.

    in: the next handler; out: a handler that answers a prefetch with 503 before anything is read or counted.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path.startswith(SECRET_ADDRESSES):
            if _looks_ahead(request):
                return HttpResponse(status=503, headers={"Retry-After": "1"})
            if request.method not in READ_OR_PRESS:
                return HttpResponseNotAllowed(READ_OR_PRESS)
        return get_response(request)

    return handle


def _looks_ahead(request: HttpRequest) -> bool:
    purposes = [request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")]
    return any(word in purpose.lower() for purpose in purposes for word in ("prefetch", "prerender", "preview"))


def no_device(get_response: Handler) -> Handler:
    """Keeps pages away from the device that they are read on: its camera, its place, and so on."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return handle


def known_request_number(get_response: Handler) -> Handler:
    """A number from outside counts only when it is a uuid; django-guid makes one for every other request.

    django-guid itself accepts more spellings, and logs what it refuses.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        number = valid_number(request.META.pop("HTTP_X_REQUEST_ID", ""))
        if number:
            request.META["HTTP_X_REQUEST_ID"] = number
        return get_response(request)

    return handle


def body_limit(get_response: Handler) -> Handler:
    """Refuses a request that is too large before anything of it is read: an upload would fill the disk first."""

    def handle(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.VERZOEK_HOOGSTENS:
            return fouten.te_groot(request)
        return get_response(request)

    return handle


class CompressLinkPages(GZipMiddleware):
    """Sends the pages behind a mailed link compressed: they are read on a phone.

    Only those. Compressing shows how much a page repeats what was asked for (BREACH), and pages of staff show what was
    searched for beside names. Here nobody can ask for a page without its secret: that is the address itself.

    Brotli where the browser knows it: ten families then take half of what they take with gzip, which looks back 32 KB.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """in: a request and its answer; out: the answer, compressed when it is a text behind a link."""
        is_text = response.headers.get("Content-Type", "").startswith("text/")
        if not (is_text and request.path.startswith(LINK_PAGES)):
            return response
        if isinstance(response, HttpResponse) and KNOWS_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            patch_vary_headers(response, ["Accept-Encoding"])
            response.content = brotli.compress(response.content, quality=5)
            response["Content-Encoding"] = "br"
            response["Content-Length"] = str(len(response.content))
            return response
        return super().process_response(request, response)


def words_for_405(get_response: Handler) -> Handler:
    """An address that only takes a button gets a page that says so, where Django answers with nothing."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request).encode()
        return response

    return handle


class SignInFirst(LoginRequiredMiddleware):
    """Who is not signed in goes to the login page, but never loses what was typed in a form."""

    def handle_no_permission(  # type: ignore[override]  # the stubs know redirects only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        """in: a request without a session; out: to the login page, or for a form a page with what was typed.

        For a part of a page (htmx) the script keeps the text where it is.
        """
        if request.method == "POST" and "HX-Request" not in request.headers:
            return fouten.uitgelogd(request)
        return super().handle_no_permission(request, view_func)


class _MessageCookie(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return str(settings.MESSAGE_COOKIE_NAME)


class MessageStorage(FallbackStorage):
    """Django's messages, in a cookie that is as safe as the other two."""

    storage_classes = (_MessageCookie, SessionStorage)
