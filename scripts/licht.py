"""Makes what the pages behind a mailed link load: static/css/licht.css, and their letters.

Run it with `make licht` after changing a stylesheet, or a template of those pages (tests/test_licht.py tells when).
- The stylesheet is ours and NL Design System's in one, with only the rules whose classes occur in the templates of those
  pages, and only the tokens that those rules use. So a page is one request, and a municipality's tokens still count.
- The letters are those of static/onderdelen/atkinson-hyperlegible without hinting, which phones do not use.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset

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
# Where the classes of those pages stand.
SOURCES = [
    "templates/basis_telefoon.html",
    *(f"templates/{name}/**/*.html" for name in ("taken", "gezin", "link", "uitnodiging", "onderdelen", "django")),
    "casussen/templatetags/*.py",
    "casussen/forms/*.py",
]

Declaration = tuple[str, str]
# A rule has declarations; a rule with rules in it (@media) has those.
Rule = tuple[str, "list[Declaration] | list[Rule]"]


def make() -> str:
    """Out: the stylesheet."""
    words, beginnings = _words()
    rules = [rule for style in STYLES for rule in _read(style)]
    rules = [rule for rule in (_only_used(rule, words, beginnings) for rule in rules if not _italic(rule)) if rule[1]]
    rules.append(("@media print", [rule for rule in (_only_used(r, words, beginnings) for r in _read(PRINT)) if rule[1]]))
    return HEAD + "".join(_text(rule) for rule in _without_unused_tokens(rules))


def make_letters() -> None:
    """Writes each upright letter of static/onderdelen/atkinson-hyperlegible again, without hinting."""
    for path in sorted(FONTS.glob("*-normal.woff2")):
        subset.main([
            str(path), "--unicodes=*", "--layout-features=*", "--no-hinting", "--flavor=woff2",
            f"--output-file={path.with_stem(f'{path.stem}-licht')}",
        ])  # fmt: skip


def _words() -> tuple[set[str], tuple[str, ...]]:
    """Every word in the sources, and what stands directly before a variable ("hr-status--{{ … }}")."""
    text = "\n".join(path.read_text("utf-8") for source in SOURCES for path in sorted(ROOT.glob(source)))
    return set(re.findall(r"[a-zA-Z][\w-]*", text)), tuple(sorted(set(re.findall(r"([a-zA-Z][\w-]*-)\{", text))))


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
        yield prelude, list(_rules(body)) if "{" in body else list(_declarations(body))
        at = end


def _declarations(body: str) -> Iterator[Declaration]:
    for part in filter(str.strip, body.split(";")):
        name, _, value = part.partition(":")
        yield name.strip(), " ".join(value.split())


def _italic(rule: Rule) -> bool:
    return rule[0] == "@font-face" and ("font-style", "italic") in rule[1]


def _only_used(rule: Rule, words: set[str], beginnings: tuple[str, ...]) -> Rule:
    """in: a rule; out: the same with only the selectors of which every class may occur."""
    prelude, content = rule
    if prelude == "@font-face":
        return prelude, [(name, value.replace("-normal.woff2", "-normal-licht.woff2")) for name, value in content]
    if prelude.startswith("@"):
        inner = [_only_used(one, words, beginnings) for one in content]
        return prelude, [one for one in inner if one[1]]
    kept = [one for one in _selectors(prelude) if all(_occurs(name, words, beginnings) for name in _classes(one))]
    return ",".join(kept), content if kept else []


def _selectors(prelude: str) -> list[str]:
    """in: "a:is(b, c), d"; out: "a:is(b, c)" and "d"."""
    return [one.strip() for one in re.split(r",(?![^(]*\))", prelude)]


def _classes(selector: str) -> list[str]:
    """The classes that an element must have for this selector; what may or may not be there does not count."""
    must = re.sub(r":not\((?:[^()]|\([^()]*\))*\)|:\w+\([^()]*,[^()]*\)", "", selector)
    return re.findall(r"\.([a-zA-Z][\w-]*)", must)


def _occurs(name: str, words: set[str], beginnings: tuple[str, ...]) -> bool:
    return name in words or name.startswith(beginnings)


def _without_unused_tokens(rules: list[Rule]) -> list[Rule]:
    """Drops each `--token` that no rule uses any more, until nothing changes."""
    while True:
        used = set(re.findall(r"var\((--[\w-]+)", "".join(map(_text, rules))))
        fewer = [rule for rule in (_with_tokens(rule, used) for rule in rules) if rule[1]]
        if fewer == rules:
            return rules
        rules = fewer


def _with_tokens(rule: Rule, used: set[str]) -> Rule:
    prelude, content = rule
    if prelude.startswith("@media"):
        inner = [_with_tokens(one, used) for one in content]
        return prelude, [one for one in inner if one[1]]
    return prelude, [(name, value) for name, value in content if not name.startswith("--") or name in used]


def _text(rule: Rule) -> str:
    prelude, content = rule
    inner = (_text(part) if isinstance(part[1], list) else ":".join(part) for part in content)
    body = ("" if prelude.startswith("@media") else ";").join(inner)
    return f"{prelude}{{{body}}}\n"


def main() -> None:
    """Makes everything anew."""
    make_letters()
    TARGET.write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
