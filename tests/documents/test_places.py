"""A picture that says where it was taken is known as one, whatever wrote it where, and copied without."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from crawler.documents.picture_copies import PictureError, bare_copy, has_place

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="21,42.18N"/></rdf:RDF></x:xmpmeta>'
)


def exif(*, place: bool) -> Image.Exif:
    told = Image.Exif()
    told[0x010E] = "Hội nghị"
    if place:
        told.get_ifd(0x8825).update({1: "N", 2: (21.0, 42.0, 11.0), 3: "E", 4: (104.0, 52.0, 7.0)})
        told[0x8825] = 0  # TIFF is written with the blocks that stand in the first one
    return told


def picture(kind: str, **told) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 140, 90)).save(out, kind, **told)
    return out.getvalue()


def packed_png() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    return picture("PNG", pnginfo=told)


def heic(*, place: bool) -> bytes:
    """The head of a telephone's picture, with its block of EXIF in the middle."""
    return b"\0\0\0\x18ftypheic" + bytes(400) + exif(place=place).tobytes() + bytes(400)


KINDS = ("JPEG", "PNG", "WEBP", "TIFF")
PLACED = {
    **{f"{kind} EXIF": picture(kind, exif=exif(place=True)) for kind in KINDS},
    **{f"{kind} XMP": picture(kind, xmp=XMP) for kind in ("JPEG", "WEBP")},
    "PNG XMP, packed": packed_png(), "HEIC": heic(place=True),
}  # fmt: skip
PLAIN = {
    **{kind: picture(kind, exif=exif(place=False)) for kind in KINDS},
    "HEIC": heic(place=False), "letters": b"Exif\0\0" * 500, "none": b"", "broken": b"\xff\xd8\xff\xe1",
}  # fmt: skip


@pytest.mark.parametrize("content", PLACED.values(), ids=PLACED)
def test_a_place_is_known(content):
    assert has_place(content)
    try:
        copied = bare_copy(content)
    except PictureError:
        assert b"ftypheic" in content  # nobody here can decode it: it is not handed out
    else:
        assert not has_place(copied)


@pytest.mark.parametrize("content", PLAIN.values(), ids=PLAIN)
def test_no_place(content):
    assert not has_place(content)
