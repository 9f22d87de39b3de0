"""A real browser: Debian's Chromium, driven by Playwright, with axe-core on every page that a test looks at."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

# Playwright's event loop runs in this thread; Django would otherwise refuse its (synchronous) queries here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parent.parent / "hulp" / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOE = "Chromium ontbreekt. Installeer het met: apt-get install chromium"
BREED, TELEFOON, SMALST = 1440, 390, 320


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once per test process."""
    chromium = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    if not Path(chromium).exists():
        pytest.fail(HOE) if os.environ.get("CI") else pytest.skip(HOE)
    with sync_playwright() as playwright:
        gestart = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield gestart
        gestart.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """An empty profile in Dutch."""
    leeg = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": BREED, "height": 900})
    leeg.set_default_timeout(10_000)
    yield leeg
    leeg.close()


@pytest.fixture
def fouten() -> list[str]:
    """The errors in the console; a test that makes one on purpose empties it."""
    return []


@pytest.fixture
def page(context: BrowserContext, fouten: list[str]) -> Iterator[Page]:
    """A page; any error in its console (a blocked script, a missing file) fails the test."""

    def luister(bericht: ConsoleMessage) -> None:
        if bericht.type == "error" and "the server responded with a status of 4" not in bericht.text:
            fouten.append(bericht.text)

    pagina = context.new_page()
    pagina.on("console", luister)
    pagina.on("pageerror", lambda fout: fouten.append(str(fout)))
    yield pagina
    assert fouten == []


def axe(pagina: Page) -> list[dict[str, Any]]:
    """What axe-core finds on a page: WCAG 2.2 AA and best practices.

    In: a page; out: a list of {id, help, nodes}. The script comes in through the debugger, so the page's own content
    security policy stays as it is.
    """
    pagina.evaluate(AXE)
    uitkomst = pagina.evaluate(
        "axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']})"
    )
    return [
        {"id": punt["id"], "help": punt["help"], "nodes": [knoop["html"][:200] for knoop in punt["nodes"]]}
        for punt in uitkomst["violations"]
    ]


def te_breed(pagina: Page) -> int:
    """in: a page; out: how many pixels it is wider than the screen."""
    return int(pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def toegankelijk(pagina: Page) -> None:
    """Fails when axe finds anything, at a wide and at a narrow screen, or when 320 px scrolls sideways."""
    for breedte in (BREED, SMALST):
        pagina.set_viewport_size({"width": breedte, "height": 900})
        gevonden = axe(pagina)
        assert gevonden == [], f"{pagina.url} bij {breedte}px: {gevonden}"
    assert te_breed(pagina) <= 0, f"{pagina.url} schuift zijwaarts bij {SMALST}px"
    pagina.set_viewport_size({"width": BREED, "height": 900})


def link_in(tekst: str) -> str:
    """in: the text of a mail; out: the link in it."""
    gevonden = re.search(r"https?://\S+", tekst)
    assert gevonden, tekst
    return gevonden[0]
