"""`make licenties`: writes docs/licenties.md: the licence of every part, on the server and in the browser.

Runs in the virtual environment. The names come from requirements/*.txt, the licences from the installed packages
(pip-licenses), those of the browser from static/onderdelen/.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "licenties.md"

# As authors write it -> SPDX. What stands here may be used in a work under the EUPL-1.2: the permissive ones ask no
# more than to be named; the others are in the appendix of the EUPL, or (LGPL, MPL) let a library be used as it is.
ACCEPTED = {
    "0BSD": "0BSD",
    "Apache Software License": "Apache-2.0",
    "Apache-2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD-2-Clause": "BSD-2-Clause",
    "BSD-3-Clause": "BSD-3-Clause",
    "EUPL-1.2": "EUPL-1.2",
    "GPL-2.0-or-later": "GPL-2.0-or-later",
    "ISC": "ISC",
    "LGPL-2.1-or-later": "LGPL-2.1-or-later",
    "LGPL-3.0-only": "LGPL-3.0-only",
    "MIT": "MIT",
    "MIT License": "MIT",
    "MIT-0": "MIT-0",
    "MIT-CMU": "MIT-CMU",
    "MPL-2.0": "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "OFL-1.1": "OFL-1.1",
    "PSF-2.0": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
# What the package itself says too little or too much; looked up in its licence file.
LOOKED_UP = {
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyrage": "MIT",
    "qrcode": "BSD-3-Clause",
}
HEADER = """# Licences of the parts

Made by `make licenties`; do not change by hand. Handreiking itself: EUPL-1.2, see [LICENSE](../LICENSE). Which
licences go together with that stands in `scripts/licenties.py`; a test refuses every other one.
"""


def canonical(name: str) -> str:
    """in: a name of a package; out: the same name as every tool spells it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(name: str) -> set[str]:
    """in: the name of a set in requirements/; out: the packages that are pinned in it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {canonical(found) for found in re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==", text, re.MULTILINE)}


def installed() -> dict[str, str]:
    """Out: the licence of every package of this virtual environment, as SPDX."""
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json", "--with-system"]
    listed = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {name: LOOKED_UP.get(name) or spdx(part["License"]) for part in listed if (name := canonical(part["Name"]))}


def in_browser() -> dict[str, str]:
    """Out: the licence of every part that is shipped in static/onderdelen/."""
    files = sorted((ROOT / "static" / "onderdelen").glob("*/VERSIE.txt"))
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return dict(re.findall(r"^(\S+) \S+, licence (\S+),", "\n".join(lines), re.MULTILINE))


def spdx(text: str) -> str:
    """in: a licence as a package writes it; out: the same with the names of SPDX; what is unknown stays as it is."""
    parts = re.split(r"(; | AND | OR )", text)
    return "".join(ACCEPTED.get(part, " AND " if part == "; " else part) for part in parts)


def is_accepted(licence: str) -> bool:
    """in: a licence as SPDX; out: whether it goes with the EUPL-1.2: one of the choices, with all that it asks."""
    known = set(ACCEPTED.values())
    return any(all(part in known for part in choice.split(" AND ")) for choice in licence.split(" OR "))


def document() -> str:
    """Out: the text of docs/licenties.md."""
    licences, server = installed(), pinned("basis")
    sets = {
        "On the server": {name: licences[name] for name in server if name in licences},
        "In the browser": in_browser(),
        "For development and the demo": {
            name: licences[name] for name in pinned("ontwikkel") - server if name in licences
        },
    }
    tables = [
        f"\n## {title}\n\n| Part | Licence |\n|---|---|\n"
        + "".join(f"| {name} | {licence} |\n" for name, licence in sorted(parts.items()))
        for title, parts in sets.items()
    ]
    return HEADER + "".join(tables)


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
