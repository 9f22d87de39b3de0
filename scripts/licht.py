"""Makes what the pages behind a mailed link load: static/css/licht.css, and their letters.

Run it with `make licht` after changing a stylesheet, or a template of those pages (tests/test_licht.py tells when).
- The stylesheet is ours and NL Design System's in one, with only the rules whose classes occur in the templates of
  those pages, and only the tokens that those rules use. So a page is one request; a municipality's tokens still count.
- The letters are those of static/onderdelen/atkinson-hyperlegible without hinting, which phones do not use.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
FONTS = STATIC / "onderdelen" / "atkinson-hyperlegible"
TARGET = STATIC / "css" / "licht.css"
HEAD = """/* Made by scripts/licht.py (make licht); do not edit. NL Design System: EUPL-1.2, see
   onderdelen/nl-design-system/VERSIE.txt. Atkinson Hyperlegible: OFL-1.1, see onderdelen/atkinson-hyperlegible. */
"""
# In the order of templates/onderdelen/stijlen.html.
STYLES = [
    "onderdelen/nl-design-system/nl-design-system.css",
    *(
        f"css/{name}.css"
        for name in (
            "letters", "tokens", "basis", "opbouw", "onderdelen", "casus", "gesprek", "contact", "gezin", "taken",
            "mdo", "veilig", "account",
        )
    ),
]  # fmt: skip
PRINT = "css/afdruk.css"
# Where classes stand that any page may use.
SHARED = [
    "templates/onderdelen/**/*.html",
    "templates/django/**/*.html",
    "casussen/templatetags/*.py",
    "casussen/forms/*.py",
]


@dataclass(frozen=True)
class Rule:
    """One rule: what stands before the braces, and in them declarations, or (for @media) rules."""

    prelude: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    rules: list["Rule"] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.prelude and (self.declarations or self.rules))

    def __str__(self) -> str:
        inside = ";".join(map(":".join, self.declarations)) + "".join(map(str, self.rules))
        return f"{self.prelude}{{{inside}}}\n"


@dataclass(frozen=True)
class Words:
    """What may be a class: every word in the sources, and what stands before a variable ("hr-status--{{ … }}")."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    def __contains__(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.beginnings)


def make() -> str:
    """Out: the stylesheet."""
    words = _words()
    rules = [rule for style in STYLES for rule in _read(style) if not _italic(rule)]
    rules.append(Rule("@media print", rules=_read(PRINT)))
    rules = _filled(_only_used(rule, words) for rule in rules)
    return HEAD + "".join(map(str, _without_unused_tokens(rules)))


def make_letters() -> None:
    """Writes each upright letter of static/onderdelen/atkinson-hyperlegible again, without hinting."""
    for path in sorted(FONTS.glob("*-normal.woff2")):
        to = path.with_stem(f"{path.stem}-licht")
        how = ["--unicodes=*", "--layout-features=*", "--no-hinting", "--flavor=woff2", f"--output-file={to}"]
        subprocess.run([sys.executable, "-m", "fontTools.subset", str(path), *how], check=True)


def sources() -> list[Path]:
    """Out: the files in which their classes stand: of every folder with a page that extends basis_telefoon.html."""
    templates = ROOT / "templates"
    base = templates / "basis_telefoon.html"
    pages = [path for path in templates.rglob("*.html") if f'{{% extends "{base.name}" %}}' in path.read_text("utf-8")]
    together = [base, *(path for folder in {page.parent for page in pages} for path in folder.glob("*.html"))]
    return sorted({*together, *(path for shared in SHARED for path in ROOT.glob(shared))})


def _words() -> Words:
    text = "\n".join(path.read_text("utf-8") for path in sources())
    # Which kinds of button there are stands whole in the templates; in the component there are many more.
    beginnings = sorted(set(re.findall(r"([a-zA-Z][\w-]*-)\{", text)) - {"nl-button--"})
    return Words(frozenset(re.findall(r"[a-zA-Z][\w-]*", text)), tuple(beginnings))


def _read(style: str) -> list[Rule]:
    return list(_rules(re.sub(r"/\*.*?\*/", "", (STATIC / style).read_text("utf-8"), flags=re.DOTALL)))


def _rules(css: str) -> Iterator[Rule]:
    """in: a stylesheet without comments; out: its rules."""
    at = 0
    while (start := css.find("{", at)) >= 0:
        end, depth = start + 1, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        prelude, body = " ".join(css[at:start].split()), css[start + 1 : end - 1]
        yield Rule(prelude, rules=list(_rules(body))) if "{" in body else Rule(prelude, list(_declarations(body)))
        at = end


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    for part in filter(str.strip, body.split(";")):
        name, _, value = part.partition(":")
        yield name.strip(), " ".join(value.split())


def _italic(rule: Rule) -> bool:
    return rule.prelude == "@font-face" and ("font-style", "italic") in rule.declarations


def _only_used(rule: Rule, words: Words) -> Rule:
    """in: a rule; out: the same with only the selectors of which every class may occur."""
    if rule.prelude == "@font-face":
        light = [(name, value.replace("-normal.woff2", "-normal-licht.woff2")) for name, value in rule.declarations]
        return replace(rule, declarations=light)
    if rule.prelude.startswith("@"):
        return replace(rule, rules=_filled(_only_used(one, words) for one in rule.rules))
    kept = [one for one in _selectors(rule.prelude) if all(name in words for name in _classes(one))]
    return replace(rule, prelude=",".join(kept))


def _filled(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if rule]


def _selectors(prelude: str) -> list[str]:
    """in: "a:is(b, c), d"; out: "a:is(b, c)" and "d"."""
    parts, depth = [""], 0
    for letter in prelude:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _classes(selector: str) -> list[str]:
    """The classes that an element must have for this selector; what may or may not be there does not count."""
    must = re.sub(r":not\((?:[^()]|\([^()]*\))*\)|:\w+\([^()]*,[^()]*\)", "", selector)
    return re.findall(r"\.([a-zA-Z][\w-]*)", must)


def _without_unused_tokens(rules: list[Rule]) -> list[Rule]:
    """Drops each `--token` that no rule uses any more, until nothing changes."""
    while True:
        used = set(re.findall(r"var\(\s*(--[\w-]+)", "".join(map(str, rules))))
        fewer = _filled(_with_tokens(rule, used) for rule in rules)
        if fewer == rules:
            return rules
        rules = fewer


def _with_tokens(rule: Rule, used: set[str]) -> Rule:
    kept = [(name, value) for name, value in rule.declarations if not name.startswith("--") or name in used]
    return Rule(rule.prelude, kept, _filled(_with_tokens(one, used) for one in rule.rules))


def main() -> None:
    """Makes everything anew."""
    make_letters()
    TARGET.write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
