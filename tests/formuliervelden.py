"""The forms and links on a page, as a browser sees them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Formulier:
    """One form: where it goes, how, what it sends untouched, and what else can be chosen."""

    naar: str
    methode: str
    velden: list[tuple[str, str]] = field(default_factory=list)
    keuzes: dict[str, list[str]] = field(default_factory=dict)


class Pagina(HTMLParser):
    """Reads a page once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.formulieren: list[Formulier] = []
        self.links: list[str] = []
        self._in: Formulier | None = None
        self._lijst = self._tekstvak = ""
        self._tekst: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collects."""
        kenmerk = {naam: waarde or "" for naam, waarde in attrs}
        if tag == "a" and kenmerk.get("href", "").startswith("/"):
            self.links.append(kenmerk["href"])
        elif tag == "form":
            self._in = Formulier(kenmerk.get("action", ""), kenmerk.get("method", "get").upper())
            self.formulieren.append(self._in)
        elif self._in is not None:
            self._veld(self._in, tag, kenmerk)

    def _veld(self, formulier: Formulier, tag: str, kenmerk: dict[str, str]) -> None:
        naam, waarde = kenmerk.get("name", ""), kenmerk.get("value", "")
        if tag == "select":
            self._lijst = naam
        elif tag == "option" and self._lijst:
            formulier.keuzes.setdefault(self._lijst, []).append(waarde)
            if "selected" in kenmerk:
                formulier.velden.append((self._lijst, waarde))
        elif tag == "textarea":
            self._tekstvak, self._tekst = naam, []
        elif naam and tag in ("input", "button"):
            if kenmerk.get("type") in ("checkbox", "radio"):
                formulier.keuzes.setdefault(naam, []).append(waarde or "on")
                if "checked" not in kenmerk:
                    return
            formulier.velden.append((naam, waarde))

    def handle_data(self, data: str) -> None:
        """The text in a textarea is its value."""
        if self._tekstvak:
            self._tekst.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Closes what was open."""
        if tag == "textarea" and self._in is not None and self._tekstvak:
            self._in.velden.append((self._tekstvak, "".join(self._tekst)))
            self._tekstvak = ""
        elif tag == "select":
            self._lijst = ""
        elif tag == "form":
            self._in = None
