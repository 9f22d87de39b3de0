"""Photos for the tests, made on the spot."""

from io import BytesIO
from typing import Any

from PIL import Image


def foto(soort: str = "JPEG", maat: tuple[int, int] = (60, 40), kleur: str = "teal", **meer: Any) -> bytes:
    """in: format, size, colour, what else Pillow should save with it; out: the bytes of a photo."""
    uit = BytesIO()
    Image.new("RGB", maat, kleur).save(uit, soort, **meer)
    return uit.getvalue()
