"""What is shown of a picture: a small copy, or one that says nothing of where it was taken."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")  # what a browser shows and we decode
MOST_PIXELS = 60_000_000  # a bomb of 10 kB unpacks to more
TAKEN = ("TIFF", "AVIF")  # what a camera writes, too, and no browser needs to be shown
GPS = 0x8825  # EXIF: the block that says where
XMP_PLACE = b"GPSLatitude"
EXIF = b"Exif\0\0"  # how a block of it begins, in any file
LARGEST_BLOCK, MOST_BLOCKS = 65_536, 20


class PictureError(ValueError):
    """No picture, one that is broken, or one that is larger than anybody needs."""


def has_place(content: bytes) -> bool:
    """Whether a picture carries the place where it was taken, whatever wrote it where.

    In EXIF of any format, those that nobody here decodes (HEIC) among them, or in XMP.
    """
    if XMP_PLACE in content or _has_place_in_blocks(content):
        return True
    try:
        with Image.open(BytesIO(content), formats=(*FORMATS, *TAKEN)) as picture:
            told = (value for value in picture.info.values() if isinstance(value, str))
            return bool(picture.getexif().get_ifd(GPS)) or any(
                XMP_PLACE.decode() in value for value in told
            )
    except Exception:  # noqa: BLE001
        return False  # Pillow fails in many ways on what is broken


def _has_place_in_blocks(content: bytes) -> bool:
    at = -1
    for _ in range(MOST_BLOCKS):
        at = content.find(EXIF, at + 1)
        if at < 0:
            break
        exif = Image.Exif()
        try:
            exif.load(content[at : at + LARGEST_BLOCK])
            if exif.get_ifd(GPS):
                return True
        except Exception:  # noqa: BLE001, S112
            continue  # letters that only look like one
    return False


def small_copy(content: bytes, side: int) -> bytes:
    """A JPEG within a square of so many pixels, turned upright, without anything but its pixels.

    Raises PictureError.
    """
    return _copy(content, side)


def bare_copy(content: bytes) -> bytes:
    """The picture as a JPEG of its own size, without what was written beside its pixels."""
    return _copy(content, None)


def _copy(content: bytes, side: int | None) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=(*FORMATS, *TAKEN)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureError(f"{picture.width} × {picture.height}")
            if side:
                picture.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(picture)
            if side:
                upright.thumbnail((side, side))
            plain = Image.new("RGB", upright.size, "white")
            shown = upright.convert("RGBA") if _is_clear(upright) else upright.convert("RGB")
            plain.paste(shown, mask=shown if shown.mode == "RGBA" else None)
            out = BytesIO()
            plain.save(out, "JPEG", quality=82 if side else 92, optimize=True)
            return out.getvalue()
    except PictureError:
        raise
    except Exception as error:
        raise PictureError(f"{type(error).__name__}: {error}"[:200]) from error


def _is_clear(picture: Image.Image) -> bool:
    """Whether one can see through parts of it."""
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
