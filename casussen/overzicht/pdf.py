"""The overview of one family member on paper: an accessible PDF (PDF/UA-1) with its fonts in it, without a network."""

import mimetypes
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from casussen.overzicht.gezin_delen import GezinsOverzicht
from casussen.overzicht.kaart import Kaart

VARIANT = "pdf/ua-1"
# An address that can never exist; below it stand our own static files, and nothing else can be had.
STATISCH = "https://statisch.invalid/"


class AlleenEigenBestanden(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no type information
    """Gives static files of this application from the disk, and refuses every other address."""

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """in: an address; out: the file; raises ValueError for everything that is not a static file of ours."""
        pad = finders.find(url.removeprefix(STATISCH)) if url.startswith(STATISCH) else None
        if pad is None:
            raise ValueError(f"refused: {url}")
        soort = mimetypes.guess_type(pad)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(pad).read_bytes(), {"Content-Type": soort})


def maak(overzicht: GezinsOverzicht, kaart: Kaart) -> bytes:
    """in: what one reader may read, and the picture of who helps that same reader; out: a PDF."""
    html = render_to_string("gezin/overzicht_a4.html", {"o": overzicht, "kaart": kaart, "statisch": STATISCH})
    return van_html(html)


def van_html(html: str) -> bytes:
    """in: a whole page; out: a PDF; raises FatalURLFetchingError when the page asks for anything from elsewhere."""
    document = HTML(string=html, base_url=STATISCH, url_fetcher=AlleenEigenBestanden())
    pdf: bytes = document.write_pdf(pdf_variant=VARIANT)
    return pdf
