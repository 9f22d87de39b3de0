"""What holds for every request and every answer: headers, request number, size, and who is not signed in."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from casussen.client import valid_number
from casussen.views import fouten

Handler = Callable[[HttpRequest], HttpResponse]

# Pages need nothing of the device. Passkeys (publickey-credentials-*) stay allowed for our own pages.
NOT_ALLOWED = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb",
    "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in NOT_ALLOWED)


def safe_headers(get_response: Handler) -> Handler:
    """Keeps pages out of caches, search engines and other sites, and away from the device.

    in: the next handler; out: a handler that adds the headers to every answer. Static files already say how long
    they may be kept.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        response.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
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
