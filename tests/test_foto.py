"""The portrait of a member of staff: what may be sent, what is kept of it, and who may see it."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image, ImageCms

from casussen.acties.foto import haal_foto_weg, zet_foto
from casussen.acties.portret import portret
from casussen.forms.foto import BYTES_HOOGSTENS
from casussen.models import Foto, Logregel
from tests import cast
from tests.fotos import foto

PLEK = b"Merkteken-52.2659N-6.7931E"


def stuur(client: Client, inhoud: bytes, naam: str = "ik.jpg", soort: str = "image/jpeg") -> HttpResponse:
    antwoord = client.post("/account/foto/", {"foto": SimpleUploadedFile(naam, inhoud, soort)})
    assert isinstance(antwoord, HttpResponse)
    return antwoord


def met_exif(richting: int = 1) -> bytes:
    """A photo, left red and right blue, that says where and with what it was made."""
    beeld = Image.new("RGB", (400, 400), "red")
    beeld.paste("blue", (200, 0, 400, 400))
    exif = Image.Exif()
    exif[0x0112] = richting
    exif[0x010F] = "Merkteken-camera"
    exif.get_ifd(0x8825)[0x001D] = PLEK.decode()
    uit = BytesIO()
    profiel = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    beeld.save(uit, "JPEG", exif=exif, comment=b"Merkteken", icc_profile=profiel, quality=95)
    return uit.getvalue()


def kleur(beeld: bytes, x: int, y: int) -> str:
    r, _g, b = Image.open(BytesIO(beeld)).convert("RGB").getpixel((x, y))  # type: ignore[misc]  # RGB: three numbers
    return "red" if r > b else "blue"


# What is kept


@pytest.mark.parametrize("soort", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_square(als_sanne: Client, teams: cast.Teams, soort: str) -> None:
    assert stuur(als_sanne, foto(soort, (900, 500))).status_code == 302
    with Image.open(BytesIO(bytes(Foto.objects.get(professional=teams.sanne.professional).beeld))) as beeld:
        assert (beeld.format, beeld.size, beeld.mode) == ("JPEG", (320, 320), "RGB")


def test_nothing_but_pixels_is_kept() -> None:
    gestuurd = met_exif()
    assert PLEK in gestuurd
    assert b"Merkteken-camera" in gestuurd
    beeld = portret(gestuurd)
    assert b"Merkteken" not in beeld
    for merk in (b"Exif", b"ICC_PROFILE", b"http://ns.adobe"):
        assert merk not in beeld
    with Image.open(BytesIO(beeld)) as gelezen:
        assert not gelezen.getexif()
        assert set(gelezen.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("richting", "links", "rechts", "boven"), [(1, "red", "blue", ""), (3, "blue", "red", ""), (6, "", "", "red")]
)
def test_a_photo_from_a_turned_phone_stands_upright(richting: int, links: str, rechts: str, boven: str) -> None:
    beeld = portret(met_exif(richting))
    gezien = (kleur(beeld, 40, 160), kleur(beeld, 280, 160), kleur(beeld, 160, 40))
    assert all(wordt in ("", is_) for wordt, is_ in zip((links, rechts, boven), gezien, strict=True))


def test_what_is_seen_through_becomes_white() -> None:
    uit = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(uit, "PNG")
    with Image.open(BytesIO(portret(uit.getvalue()))) as beeld:
        assert beeld.getpixel((5, 5)) == (255, 255, 255)


# What is refused

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
GEWEIGERD = {
    "svg": SVG,
    "html": HTML,
    "html met een foto erachter": HTML + foto(),
    "gif": foto("GIF"),
    "bmp": foto("BMP"),
    "tiff": foto("TIFF"),
    "pdf": b"%PDF-1.7 " + b"0" * 100,
    "een halve foto": foto("JPEG", (300, 300))[:400],
    "een kapotte png": foto("PNG")[:40] + b"\xff" * 60,
    "alleen het begin": b"\xff\xd8\xff\xe0",
    "tekst": b"dit is geen foto",
}


@pytest.mark.parametrize("wat", GEWEIGERD)
def test_what_is_no_photo_is_refused_whatever_it_is_called(als_sanne: Client, wat: str) -> None:
    antwoord = stuur(als_sanne, GEWEIGERD[wat], "ik.jpg")
    assert antwoord.status_code == 200
    assert "Dit is geen foto die we kennen. Er is niets veranderd." in antwoord.content.decode()
    assert not Foto.objects.exists()


def test_an_empty_file_and_no_file_are_told_apart(als_sanne: Client) -> None:
    assert "Dit is geen foto" in stuur(als_sanne, b"").content.decode()
    assert "Kies eerst een foto." in als_sanne.post("/account/foto/").content.decode()


def test_a_photo_with_something_behind_it_is_kept_without_it(als_sanne: Client) -> None:
    assert stuur(als_sanne, foto("JPEG", (90, 90)) + HTML).status_code == 302
    assert b"<script>" not in bytes(Foto.objects.get().beeld)


def test_a_file_that_is_too_large_is_refused_with_what_to_do(als_sanne: Client) -> None:
    te_veel = foto() + b"0" * BYTES_HOOGSTENS
    assert "groter dan 5 MB" in stuur(als_sanne, te_veel).content.decode()
    assert not Foto.objects.exists()


@pytest.mark.parametrize("maat", [(10_000, 5_001), (20_000, 20_000)])
def test_a_small_file_that_unpacks_to_a_very_large_picture_is_refused(maat: tuple[int, int]) -> None:
    uit = BytesIO()
    Image.new("1", maat).save(uit, "PNG")
    assert len(uit.getvalue()) < 100_000
    with pytest.raises(ValidationError, match="te veel beeldpunten"):
        portret(uit.getvalue())


# Who


def test_colleagues_see_it_and_nobody_else(teams: cast.Teams, client: Client) -> None:
    assert teams.sanne.professional is not None
    zet_foto(door=cast.deur(teams.sanne), professional=teams.sanne.professional, beeld=foto())
    pad = f"/foto/{teams.sanne.professional.pk}/"
    assert client.get(pad).status_code == 302
    client.force_login(teams.karin)
    antwoord = client.get(pad)
    assert antwoord.content == foto()
    assert antwoord.headers["Content-Type"] == "image/jpeg"
    assert antwoord.headers["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
    assert antwoord.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert "no-store" in antwoord.headers["Cache-Control"]
    assert client.get(f"/foto/{teams.karin.professional_id}/").status_code == 404


def test_only_the_own_photo_can_be_set_and_removed(teams: cast.Teams) -> None:
    assert teams.sanne.professional is not None
    zet_foto(door=cast.deur(teams.sanne), professional=teams.sanne.professional, beeld=foto())
    for door in (cast.deur(teams.karin), cast.deur(teams.bea)):
        with pytest.raises(PermissionDenied):
            zet_foto(door=door, professional=teams.sanne.professional, beeld=b"anders")
        with pytest.raises(PermissionDenied):
            haal_foto_weg(door=door, professional=teams.sanne.professional)
    assert bytes(Foto.objects.get().beeld) == foto()


def test_a_new_photo_takes_the_place_of_the_old_one_and_can_be_taken_away(als_sanne: Client) -> None:
    stuur(als_sanne, foto(kleur="red"))
    stuur(als_sanne, foto(kleur="blue"))
    assert kleur(bytes(Foto.objects.get().beeld), 9, 9) == "blue"
    assert "Foto van Sanne Wolters" in als_sanne.get("/account/foto/").content.decode()
    for _nog_eens in range(2):
        assert als_sanne.post("/account/foto/weg/").status_code == 302
    assert not Foto.objects.exists()
    daden = Logregel.objects.filter(daad__contains="foto").order_by("id").values_list("daad", flat=True)
    assert list(daden) == ["zette_foto", "zette_foto", "haalde_foto_weg"]


def test_whoever_is_not_in_the_address_book_has_no_photo(teams: cast.Teams, client: Client) -> None:
    teams.mieke.professional = None
    teams.mieke.save()
    client.force_login(teams.mieke)
    assert "Je staat niet in het adresboek" in stuur(client, foto()).content.decode()
    assert client.post("/account/foto/weg/").status_code == 302
    assert not Foto.objects.exists()
