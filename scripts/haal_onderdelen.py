"""Fetches the parts of the pages that others make, by package name, and puts them in `static/`.

Run it with `make onderdelen` after changing a version below. It needs npm, and only then: what it makes is
committed, so that nobody who runs or builds Handreiking needs npm. It writes
- `static/onderdelen/nl-design-system/`: the CSS of the NL Design System components, in one file;
- `static/onderdelen/htmx/`, `static/onderdelen/atkinson-hyperlegible/`: as they are in the package;
- `static/iconen.svg`: the icons named below, as one sprite.
Each folder holds the licence and `VERSIE.txt` with name, version, licence and the hash of the package.
"""

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
TARGET = STATIC / "onderdelen"

# Candidate components where they exist, the Utrecht library for the rest: package, version, file in it.
NL_DESIGN_SYSTEM = [
    ("@nl-design-system-candidate/button-css", "1.1.0", "dist/button.css"),
    ("@nl-design-system-candidate/heading-css", "1.1.3", "dist/heading.css"),
    ("@nl-design-system-candidate/link-css", "2.0.3", "dist/link.css"),
    ("@nl-design-system-candidate/paragraph-css", "2.1.3", "dist/paragraph.css"),
    ("@nl-design-system-candidate/skip-link-css", "1.0.5", "dist/skip-link.css"),
    ("@utrecht/alert-css", "4.0.2", "dist/index.css"),
    ("@utrecht/checkbox-css", "3.0.1", "dist/index.css"),
    ("@utrecht/form-field-css", "3.0.1", "dist/index.css"),
    ("@utrecht/form-field-description-css", "3.0.1", "dist/index.css"),
    ("@utrecht/form-field-error-message-css", "3.0.1", "dist/index.css"),
    ("@utrecht/form-fieldset-css", "3.0.1", "dist/index.css"),
    ("@utrecht/form-label-css", "3.0.1", "dist/index.css"),
    ("@utrecht/radio-button-css", "3.0.1", "dist/index.css"),
    ("@utrecht/select-css", "3.0.1", "dist/index.css"),
    ("@utrecht/table-css", "3.0.1", "dist/index.css"),
    ("@utrecht/textarea-css", "4.0.1", "dist/index.css"),
    ("@utrecht/textbox-css", "4.0.1", "dist/index.css"),
]
HTMX = ("htmx.org", "2.0.11")
FONT = ("@fontsource/atkinson-hyperlegible", "5.3.0")
FONT_FILES = [
    f"atkinson-hyperlegible-{subset}-{weight}.woff2"
    for subset in ("latin", "latin-ext")
    for weight in ("400-normal", "400-italic", "700-normal")
]
ICONS = ("@tabler/icons", "3.51.0")
ICON_LINES = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
# Our name -> their name.
ICON_NAMES = {
    "alert": "alert-circle",
    "arrow-left": "arrow-left",
    "arrow-right": "arrow-right",
    "briefcase": "briefcase",
    "bulb": "bulb",
    "calendar": "calendar-event",
    "calendar-check": "calendar-check",
    "calendar-plus": "calendar-plus",
    "calendar-repeat": "calendar-repeat",
    "check": "check",
    "check-circle": "circle-check",
    "chevron-down": "chevron-down",
    "chevron-right": "chevron-right",
    "circle-dashed": "circle-dashed",
    "clock": "clock",
    "copy": "copy",
    "download": "download",
    "eye": "eye",
    "eye-off": "eye-off",
    "fingerprint": "fingerprint",
    "flag": "flag",
    "group": "users-group",
    "half": "circle-half-2",
    "history": "history",
    "home": "home",
    "info": "info-circle",
    "lock": "lock",
    "logout": "logout",
    "mail": "mail",
    "message": "message-circle",
    "minus-circle": "circle-minus",
    "moon": "moon",
    "note": "message-2",
    "pencil": "pencil",
    "phone": "phone",
    "phone-call": "phone-call",
    "plus": "plus",
    "printer": "printer",
    "question": "help-circle",
    "refresh": "refresh",
    "search": "search",
    "send": "send",
    "star": "star",
    "switch": "arrows-exchange",
    "trash": "trash",
    "user": "user",
    "user-plus": "user-plus",
    "users": "users",
    "volume": "volume",
    "warning": "alert-triangle",
    "x": "x",
}


@dataclass(frozen=True)
class Package:
    """One unpacked package: where it is, and what it says about itself."""

    folder: Path
    name: str
    version: str
    licence: str
    integrity: str

    @property
    def line(self) -> str:
        """Out: one line that says exactly which package this was."""
        return f"{self.name} {self.version}, licence {self.licence}, {self.integrity}\n"


def fetch(name: str, version: str, work: Path) -> Package:
    """in: package name, version, an existing folder; out: the package, unpacked; fails when npm fails."""
    answer = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--json", "--pack-destination", str(work)],
        check=True,
        capture_output=True,
        text=True,
        cwd=work,
    )
    said = json.loads(answer.stdout)
    facts = said[0] if isinstance(said, list) else next(iter(said.values()))
    archive = next(work.glob("*.tgz"))
    folder = work / facts["filename"].removesuffix(".tgz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    archive.unlink()
    root = folder / "package"
    about = json.loads((root / "package.json").read_text("utf-8"))
    return Package(root, about["name"], about["version"], about["license"], facts["integrity"])


def empty(name: str) -> Path:
    """in: name of a folder under static/onderdelen; out: that folder, empty."""
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def put_nl_design_system(work: Path) -> None:
    """Joins the CSS of all components in one file, so that a page needs one request for them."""
    folder = empty("nl-design-system")
    css, versions = [], []
    for name, version, file in NL_DESIGN_SYSTEM:
        package = fetch(name, version, work)
        text = (package.folder / file).read_text("utf-8")
        # The source maps are not shipped, so a reference to them would be a dead link.
        text = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", text).strip()
        css.append(f"/* {package.name} {package.version} ({package.licence}) */\n{text}\n")
        versions.append(package.line)
        shutil.copy(package.folder / "LICENSE.md", folder / "LICENSE.md")
    (folder / "nl-design-system.css").write_text("\n".join(css), "utf-8")
    (folder / "VERSIE.txt").write_text("".join(versions), "utf-8")


def put_files(name: str, package: Package, files: list[str]) -> None:
    """Copies the licence and these files of a package, unchanged, and says which version they are."""
    folder = empty(name)
    for file in ["LICENSE", *files]:
        shutil.copy(package.folder / file, folder / Path(file).name)
    (folder / "VERSIE.txt").write_text(package.line, "utf-8")


def put_icons(work: Path) -> None:
    """Makes one sprite: each icon a `<symbol>` that takes the colour of the text around it."""
    package = fetch(*ICONS, work)
    put_files("tabler-icons", package, [])
    symbols = []
    for ours, theirs in ICON_NAMES.items():
        source = (package.folder / "icons" / "outline" / f"{theirs}.svg").read_text("utf-8")
        paths = [path for path in re.findall(r"<path[^>]*/>", source) if 'stroke="none"' not in path]
        symbols.append(f'<symbol id="{ours}" viewBox="0 0 24 24" {ICON_LINES}>{"".join(paths)}</symbol>')
    head = f"<!-- {package.name} {package.version} ({package.licence}), see onderdelen/tabler-icons -->\n"
    body = "\n".join(symbols)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">\n{head}{body}\n</svg>\n'
    (STATIC / "iconen.svg").write_text(svg, "utf-8")


def main() -> None:
    """Fetches everything anew."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        put_nl_design_system(work)
        put_files("htmx", fetch(*HTMX, work), ["dist/htmx.min.js"])
        put_files("atkinson-hyperlegible", fetch(*FONT, work), [f"files/{file}" for file in FONT_FILES])
        put_icons(work)


if __name__ == "__main__":
    main()
