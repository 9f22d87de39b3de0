"""The page that asks for a code, as it stands before a page that shows more. The code itself: views/code.py."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casussen.berichten import codes
from casussen.models import Toegangslink
from casussen.views import deur


def vraag(
    request: HttpRequest,
    *,
    link: Toegangslink,
    adres: str,
    wie: str = "helper",
    naar: UUID | None = None,
    zin: str = "",
    getypt: Sequence[str] = (),
) -> HttpResponse:
    """The page with one button, without a word about who this is or about whom it is.

    in: the link, where the button leads, how to speak to the reader (helper, u or je), of which part somebody wants the
    whole overview, what went wrong, what somebody typed on a page that does not open now; out: the page.
    """
    context = {
        "adres": adres,
        "wie": wie,
        "naar": naar,
        "zin": zin,
        "getypt": getypt,
        "te_typen": codes.is_te_typen(link, deur.browser_van(request), deur.nu()),
    }
    return render(request, "code/vraag.html", context)
