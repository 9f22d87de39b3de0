"""Makes the portrait that is kept from the file that somebody sent."""

import warnings
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

# What it is, is decided by what is in it; a name or a type from the browser says nothing.
FORMATEN = ("JPEG", "PNG", "WEBP")
PIXELS_HOOGSTENS = 50_000_000
ZIJDE = 320

GEEN_FOTO = _(
    "Dit is geen foto die we kennen. Er is niets veranderd. Kies een foto die eindigt op .jpg, .png of .webp."
)
TE_VEEL_BEELDPUNTEN = _("Deze foto heeft te veel beeldpunten. Er is niets veranderd. Kies een kleinere foto.")


def portret(inhoud: bytes) -> bytes:
    """in: a file that should be a photo; out: its middle as a small square JPEG, upright, with nothing but pixels.

    raises ValidationError for anything else, before the pixels of a picture that is too large are unpacked.
    """
    with warnings.catch_warnings():
        # Pillow warns of large pictures by itself; the bound below is ours.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(inhoud), formats=FORMATEN) as beeld:
                return _maak(beeld)
        except Image.DecompressionBombError:
            raise ValidationError(TE_VEEL_BEELDPUNTEN) from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
            # What Pillow raises for files that are broken in one way or another.
            raise ValidationError(GEEN_FOTO) from None


def _maak(beeld: Image.Image) -> bytes:
    if beeld.width * beeld.height > PIXELS_HOOGSTENS:
        raise ValidationError(TE_VEEL_BEELDPUNTEN)
    # A JPEG can be read small at once, which saves the memory of a large one.
    beeld.draft("RGB", (4 * ZIJDE, 4 * ZIJDE))
    vierkant = ImageOps.fit(ImageOps.exif_transpose(beeld).convert("RGBA"), (ZIJDE, ZIJDE))
    # On new paper: no place, no camera, no comment and no second picture comes along.
    nieuw = Image.new("RGB", (ZIJDE, ZIJDE), "white")
    nieuw.paste(vierkant, mask=vierkant)
    uit = BytesIO()
    nieuw.save(uit, "JPEG", quality=85)
    return uit.getvalue()
