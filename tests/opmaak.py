"""What the tests of hostile markup share: writing it into everything, and reading pages as a browser does."""

import contextlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.vijandig import MERK

# Each shows in its own way that it was taken for more than text.
TEKSTEN = [
    f"<script>{MERK}()</script>{{{{7*7}}}}",
    f'"><img src=x onerror={MERK}()>',
    f"' onmouseover='{MERK}()' x='",
    f"</title></textarea></style><{MERK}>",
    f"=cmd|'/C calc'!A0 {MERK} javascript:{MERK}()",
    f"a\r\nBcc: kwaad@kwaad.example\r\nX-{MERK}: ja\r\n\r\n<b>{MERK}",
]
KORT = [f"<b>{MERK}", f'"{MERK}=" x', f"'{MERK}='", f"={MERK}\r\nBcc: k@k.nl"]

# All that a mail of ours may have above its text. What somebody typed never makes another one.
MAILKOPPEN = {
    "Content-Type", "Content-Transfer-Encoding", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID",
    "Auto-Submitted", "X-Auto-Response-Suppress", "Reply-To", "List-Unsubscribe", "List-Unsubscribe-Post",
}  # fmt: skip
# Fields that hold no text of a person: words of the software, codes and sums. And what no form ever writes.
GEEN_TEKST = {
    "sleutel", "vraag", "token_hash", "browser_hash", "code_hash", "vingerafdruk", "hash", "password",
    "daad", "object_soort", "object_id", "actor_soort", "namens_soort", "namens_id", "request_id",
    "relatie", "taal_code",
}  # fmt: skip
GEEN_MODEL = {"Logregel", "Logzegel", "Handreiking", "Hartslag", "Vaststelling"}


def tekstvelden() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Every column in which a text of somebody stands."""
    for model in apps.get_app_config("casussen").get_models():
        for veld in model._meta.concrete_fields:
            is_tekst = isinstance(veld, models.CharField | models.TextField) and not veld.choices
            if is_tekst and model.__name__ not in GEEN_MODEL and veld.name not in GEEN_TEKST:
                yield model, veld


def vul_alles() -> int:
    """Writes hostile text into every such column of every row; out: how many values."""
    aantal = 0
    for model, veld in tekstvelden():
        for nummer, pk in enumerate(model._default_manager.values_list("pk", flat=True)):
            lang = veld.max_length is None or veld.max_length >= 100
            tekst = (TEKSTEN if lang else KORT)[(nummer + aantal) % (len(TEKSTEN) if lang else len(KORT))]
            if isinstance(veld, models.EmailField):
                # The part before the @ may hold anything between quotes.
                tekst = f'"<{MERK}>{nummer}"@{model.__name__.lower()}.example'
            elif veld.unique or veld.name == "naam":
                tekst = f"{tekst}{nummer}"[: veld.max_length]
            with contextlib.suppress(IntegrityError), transaction.atomic():  # a rule of the database: stays empty
                model._default_manager.filter(pk=pk).update(**{veld.name: tekst})
                aantal += 1
    with connection.cursor() as cursor:  # now, not at the end: whatever the database refuses is said here
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return aantal


def uitgebroken(html: str) -> list[str]:
    """in: a page; out: everything in it that our text became and that is more than text."""
    gevonden = []
    for element in tinyhtml5.parse(html, namespace_html_elements=False).iter():
        if not isinstance(element.tag, str):
            gevonden += [f"comment {element.text}"] if MERK in str(element.text) else []
            continue
        # Data for our own script is no script itself; json_script writes every < in it in another way.
        is_data = element.get("type") == "application/json" and "<" not in (element.text or "")
        if MERK in element.tag or (element.tag in ("script", "style") and MERK in (element.text or "") and not is_data):
            gevonden.append(f"element {element.tag}")
        gevonden += [f"{element.tag} {naam}={waarde}" for naam, waarde in element.items() if _doet_iets(naam, waarde)]
    return gevonden


def _doet_iets(naam: str, waarde: str) -> bool:
    if MERK in naam:
        return True
    adres = naam in ("href", "src", "action", "formaction", "srcset", "data", "poster", "content")
    kwaad = naam.startswith(("on", "hx-on", "style")) or (
        adres and waarde.strip().lower().startswith(("javascript:", "data:text"))
    )
    return kwaad and MERK in waarde


def tekst_van(html: str) -> str:
    """in: a page; out: what somebody reads on it."""
    boom: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    return " ".join("".join(boom.itertext()).split())
