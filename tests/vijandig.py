"""Values that nobody should send: for the tests that send them everywhere."""

from random import Random
from urllib.parse import quote
from uuid import UUID

# Stands in every value that could do something in a page, a mail or a spreadsheet, to find it back by.
MERK = "zqxmerk"

OPMAAK = [
    f"<script>{MERK}()</script>",
    f"<{MERK}>vet</{MERK}>",
    f'"><img src=x onerror={MERK}()>',
    f"' onmouseover='{MERK}()' {MERK}='",
    f"</title></textarea></style></script><{MERK}>",
    f"<!-- {MERK} --><svg onload={MERK}()>",
    f"javascript:{MERK}()",
    f"&lt;{MERK}&gt; &amp;amp;",
]
SJABLOON = [
    f"{{{{7*7}}}}{MERK}",
    "{% debug %}{% load static %}",
    "{{ settings.SECRET_KEY }}",
    "{0.__class__} %(naam)s %s %d %n",
    "${7*7}#{7*7}",
]
REGELS = [f"naam\r\nBcc: kwaad@kwaad.example\r\n\r\n{MERK}", "a\nb", "a\rb", "a\x0bb\x0c\x1c\x85\u2028\u2029c"]
REKENBLAD = [f"=cmd|'/C calc'!A0{MERK}", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"]
DATABANK = ["'; DROP TABLE casussen_casus; --", '" OR 1=1', "\\", "%", "_", "a' AND pg_sleep(9)--"]
TEKENS = [
    "\x00", "a\x00b", "\x01\x02\x1b[31m", "\u202eomgekeerd\u202c", "\ufeff\u200b", "\ud800", "a\udfffb", "\ufffe\uffff",
    "é", "e\u0301" * 50, "Z\u0351\u036b" * 100, "👩‍👩‍👧‍👦" * 40, "ﷺ", "İstanbul", "ß", "\U0010ffff",
]  # fmt: skip
LANG = ["a" * 100_000, "woord " * 5_000, "é" * 20_001, "(" * 5_000, "-" * 300, "a" * 121]
GETALLEN = [
    "0", "-1", "1", "2147483648", "9223372036854775808", "9" * 400, "1e400", "NaN", "inf", "0x10", "1_000", "٣", "²",
    "½", "1.5", "1,5", "+3", " 7 ", "0" * 50 + "1",
]  # fmt: skip
DAGEN = [
    "0000-00-00", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "2026-13-01", "1-1-1",
    "31-12-9999", "2026-11-22T00:00", "24:00", "99.99", "25", "23:59:60", "00:00",
]  # fmt: skip
SOORTEN = [
    "", " ", "on", "ja", "nee", "true", "null", "[]", "{}", "undefined", "__all__", "None", "../../etc/passwd",
    "//kwaad.example/", "https://kwaad.example/", "/\\kwaad.example", "http:///kwaad.example", "%0d%0aX: y",
]  # fmt: skip
IDS = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "geen-id", "{" + "0" * 32 + "}"]
JSON = ['{"id": "\\ud800"}', '{"a": 1e999}', "[" * 3000, '{"rawId": null, "response": []}', '"tekst"', "NaN"]

KORT = [*OPMAAK, *SJABLOON, *REGELS, *REKENBLAD, *DATABANK, *TEKENS, *GETALLEN, *DAGEN, *SOORTEN, *IDS, *JSON]
WAARDEN = [*KORT, *LANG]


def waarde(toeval: Random, echte_ids: list[UUID]) -> str:
    """in: chance, ids that do exist somewhere; out: one value. Long ones seldom: they take long too."""
    soort = toeval.random()
    if soort < 0.06:
        return toeval.choice(LANG)
    if soort < 0.25:
        voor = toeval.choice(["", "", "helper-", "gezin-", "lid-"])
        return f"{voor}{toeval.choice(echte_ids)}"
    if soort < 0.35:
        return "".join(chr(toeval.choice([toeval.randrange(0x80), toeval.randrange(0x110000)])) for _ in range(20))
    return toeval.choice(KORT)


def in_pad(tekst: str) -> str:
    """in: a value; out: the same as a part of a path."""
    return quote(tekst, safe="", errors="surrogatepass") or "%20"


def in_kop(tekst: str) -> str:
    """in: a value; out: what a web server would let through as a header: no line ends, bytes as Latin-1."""
    kaal = "".join(teken for teken in tekst if teken not in "\r\n\x00")
    return kaal.encode("utf-8", "surrogatepass").decode("latin-1")[:8_000]
