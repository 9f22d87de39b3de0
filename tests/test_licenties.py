"""Every part may be used in a work under the EUPL-1.2, and the list of them is the one in docs/."""

import importlib.metadata

import pytest

import licenties


def test_every_part_of_the_site_has_a_licence_that_goes_with_the_eupl() -> None:
    licences, server = licenties.installed(), licenties.pinned("basis")

    assert len(server) > 40
    assert {name: licences[name] for name in server if not licenties.is_accepted(licences[name])} == {}


def test_so_has_everything_in_the_browser_and_for_development() -> None:
    browser, licences = licenties.in_browser(), licenties.installed()

    assert {"htmx.org", "@tabler/icons"} <= set(browser)
    assert {name: licence for name, licence in browser.items() if not licenties.is_accepted(licence)} == {}
    assert {
        name: licences[name] for name in licenties.pinned("ontwikkel") if not licenties.is_accepted(licences[name])
    } == {}


def test_the_list_in_the_manual_is_up_to_date() -> None:
    assert licenties.TARGET.read_text(encoding="utf-8") == licenties.document(), "make licenties"


@pytest.mark.parametrize(
    ("text", "licence", "accepted"),
    [
        ("MIT License", "MIT", True),
        ("Apache Software License; BSD License", "Apache-2.0 AND BSD-3-Clause", True),
        ("Apache-2.0 OR Proprietary", "Apache-2.0 OR Proprietary", True),
        ("BSD License; Other/Proprietary License", "BSD-3-Clause AND Other/Proprietary License", False),
        ("UNKNOWN", "UNKNOWN", False),
        ("SSPL-1.0", "SSPL-1.0", False),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0", False),
    ],
)
def test_a_licence_that_is_not_known_is_refused(text: str, licence: str, accepted: bool) -> None:
    assert licenties.spdx(text) == licence
    assert licenties.is_accepted(licence) is accepted


@pytest.mark.parametrize(("name", "words"), [("qrcode", "Redistribution and use"), ("pyrage", "MIT License")])
def test_what_was_looked_up_still_stands_in_the_package(name: str, words: str) -> None:
    files = [file for file in importlib.metadata.files(name) or [] if "LICENSE" in file.name]
    assert words in "".join(file.read_text() for file in files)
