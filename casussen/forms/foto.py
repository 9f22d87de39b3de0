"""The portrait of somebody in the address book: what may be sent."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from casussen.acties.portret import GEEN_FOTO, portret

BYTES_HOOGSTENS = 5_000_000
TE_GROOT = _("Deze foto is groter dan 5 MB. Er is niets veranderd. Kies een kleinere foto.")


class FotoForm(forms.Form):
    """One photo. `cleaned_data["foto"]` holds the picture that is kept: made anew, so nothing else came along."""

    foto = forms.FileField(
        label=_("Kies een foto"),
        help_text=_("Een .jpg, .png of .webp, hoogstens 5 MB. We maken hem klein en vierkant."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"required": _("Kies eerst een foto."), "empty": GEEN_FOTO, "invalid": GEEN_FOTO},
    )

    def clean_foto(self) -> bytes:
        """Out: a square JPEG; refuses what is too large or no photo."""
        bestand: UploadedFile[Any] = self.cleaned_data["foto"]
        if bestand.size is None or bestand.size > BYTES_HOOGSTENS:
            raise ValidationError(TE_GROOT)
        return portret(bestand.read())
