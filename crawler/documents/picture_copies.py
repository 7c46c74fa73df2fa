"""What is shown of a picture: a small copy, or one that says nothing of where it was taken."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")  # what a browser shows and we decode
MOST_PIXELS = 60_000_000  # a bomb of 10 kB unpacks to more
GPS = 0x8825  # EXIF: the block that says where


class PictureError(ValueError):
    """No picture, one that is broken, or one that is larger than anybody needs."""


def has_place(content: bytes) -> bool:
    """Whether a picture carries the place where it was taken; only its head is read."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            return bool(picture.getexif().get_ifd(GPS))
    except Exception:  # noqa: BLE001
        return False  # Pillow fails in many ways on what is broken


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
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
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
