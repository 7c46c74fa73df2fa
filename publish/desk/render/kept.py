"""Kept bytes on their way out: as what, how, and never as something that runs here."""

from __future__ import annotations

import re
from urllib.parse import quote

# Pictures are shown in the page; everything else is saved, whatever it says it is.
SHOWN = ("image/jpeg", "image/png", "image/gif", "image/webp")
SAVED = (
    "application/pdf", "application/msword", "application/rtf", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", "application/zip", "application/vnd.rar",
    "application/x-7z-compressed", "audio/mpeg", "video/mp4", "image/bmp", "image/tiff",
)  # fmt: skip
FAMILIES = (
    "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.",
)  # fmt: skip
ANYTHING = "application/octet-stream"
_OFFICE, _OPEN = FAMILIES
# How names of a type end, the usual one first.
ENDINGS = {
    "application/pdf": ("pdf",), "application/msword": ("doc", "dot", "wps"), "application/rtf": ("rtf", "doc"),
    "application/vnd.ms-excel": ("xls", "xlt"), "application/vnd.ms-powerpoint": ("ppt", "pps"),
    "application/zip": ("zip",), "application/vnd.rar": ("rar",), "application/x-7z-compressed": ("7z",),
    "audio/mpeg": ("mp3",), "video/mp4": ("mp4", "m4v", "mov", "m4a"), "image/bmp": ("bmp",), "image/tiff": ("tif", "tiff"),
    "image/jpeg": ("jpg", "jpeg", "jfif"), "image/png": ("png",), "image/gif": ("gif",), "image/webp": ("webp",),
    f"{_OFFICE}wordprocessingml.document": ("docx",), f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}presentationml.presentation": ("pptx", "ppsx"),
    f"{_OPEN}text": ("odt", "ott"), f"{_OPEN}spreadsheet": ("ods",), f"{_OPEN}presentation": ("odp",),
    ANYTHING: ("bin", "txt", "csv", "docm", "xlsm", "pptm", "avif", "heic", "dwg", "dgn", "dat", "msg", "mdb", "shp", "kml", "p7s"),
}  # fmt: skip
# Nothing is loaded, nothing runs, and what opens it all the same has an origin of its own.
POLICY = "default-src 'none'; style-src 'none'; sandbox; frame-ancestors 'none'"
LARGEST_SHOWN = 32 * 2**20  # bytes
# Line ends, quotes, what parts folders, and signs that turn the direction of reading around.
UNSAFE = re.compile(
    r'[\x00-\x1f\x7f-\x9f"\\/:*?<>|;%\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+'
)


def headers(sha256: str, kind: str, name: str) -> dict[str, str]:
    """What goes with the bytes of a kept file."""
    way = "inline" if kind in SHOWN else "attachment"
    clean = UNSAFE.sub("_", name).strip(" ._")[-120:] or sha256[:16]
    endings = ENDINGS.get(kind, ())
    if endings and clean.rpartition(".")[2].lower() not in endings:
        # It opens in what reads it, and as nothing else: a PDF that is a page, too, is saved as one.
        clean += f".{endings[0]}"
    plain = clean.encode("ascii", "replace").decode().replace("?", "_")
    return {
        "content-disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(clean)}",
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
    }


def served_as(kind: str) -> str:
    """The type that is said: one that is known to be harmless, else bytes of no type."""
    return kind if kind in (*SHOWN, *SAVED) or kind.startswith(FAMILIES) else ANYTHING
