"""ZIP, RAR and 7z → what their members hold, within bounds; nothing is ever written anywhere."""

from __future__ import annotations

import locale
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from crawler.documents import media_types as types
from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.zipped import Parts
from crawler.text.characters import nfc, visible

try:
    import libarchive
except (
    ImportError,
    OSError,
    AttributeError,
    TypeError,
):  # the library of that name is not installed
    libarchive = None

MOST_MEMBERS = 500  # that are listed; and of them, how many are read
MOST_READ = 100
MOST_LOOKED_AT = 1_000_000  # entries, folders among them
LARGEST_MEMBER = 64 * 2**20  # bytes
LARGEST_ALL = 200 * 2**20
DEEPEST = 3  # archives in archives
STEEPEST = 1_000  # unpacked to packed
FORMATS = ((b"Rar!\x1a\x07\x01", "rar5"), (b"Rar!\x1a\x07\x00", "rar"))
UTF_8 = 0x800  # the flag of a ZIP member whose name is in UTF-8
UNICODE_PATH = 0x7075  # the field in which a name stands once more in UTF-8 (APPNOTE 4.6.9)
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f]|^[/\\]+|^[A-Za-z]:")
Read = Callable[
    [bytes, str, int], tuple[str, Draft]
]  # content, name, depth → its media type and text
Member = tuple[str, bytes | str]  # its name, and its bytes or what keeps it from being read


def read_archive(content: bytes, media_type: str, read: Read, depth: int) -> Draft:
    """The names of all members, and the text of those that are documents, one after the other."""
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    members = _zip_members(content) if media_type == types.ZIP else _other_members(content)
    draft, page, problems, read_members = Draft(), 0, list[str](), 0
    only: list[Draft] = []
    for name, body in _as_far_as_it_goes(members, problems):
        if len(draft.members) >= MOST_MEMBERS:
            problems.insert(0, "too_large")
            break
        shown = shown_name(name)
        draft.members += (shown,)
        # What is not read is found by its name all the same.
        draft.lines.append(Line(shown, max(page, 1), bold=True))
        if isinstance(body, str):
            problems.append(body)
            continue
        if read_members >= MOST_READ:
            problems.append("too_large")
            continue
        try:
            _, inner = read(body, name, depth + 1)
        except UnreadableError as reason:
            if str(reason) != "unsupported":
                problems.append(str(reason))
            continue
        except Exception:  # noqa: BLE001
            problems.append("broken")  # a member that breaks its reader costs the others nothing
            continue
        read_members += 1
        if inner.problem:
            problems.append(inner.problem)
        only.append(inner)
        draft.members += tuple(f"{shown}/{member}" for member in inner.members)
        draft.lines[-1] = Line(shown, page + 1, bold=True)
        draft.lines += [replace(line, page=line.page + page) for line in inner.lines]
        draft.ocr_pages += tuple(number + page for number in inner.ocr_pages)
        page += max(inner.pages or 1, max((line.page for line in inner.lines), default=1))
    draft.pages = page or None
    draft.problem = problems[0] if problems else None
    if sure := [inner.confidence for inner in only if inner.confidence is not None]:
        draft.confidence = round(sum(sure) / len(sure), 4)
    return draft


def _as_far_as_it_goes(members: Iterator[Member], problems: list[str]) -> Iterator[Member]:
    """The members before a place where an archive is cut or locked; what is wrong there is noted."""
    found = False
    try:
        for member in members:
            found = True
            yield member
    except UnreadableError as reason:
        if not found:
            raise
        problems.append(str(reason))


def shown_name(name: str) -> str:
    """A member's name without what leads out of the archive or cannot be shown."""
    parts = (NOT_SHOWN.sub("", part) for part in re.split(r"[/\\]", visible(nfc(name))))
    return "/".join(part for part in parts if part not in ("", ".", ".."))[:300]


def _zip_members(content: bytes) -> Iterator[Member]:
    with Parts(content, most=MOST_LOOKED_AT) as parts:
        for info in parts.infos:
            if info.is_dir():
                continue
            name = _zip_name(info)
            try:
                yield name, parts.content(info, largest=LARGEST_MEMBER)
            except UnreadableError as reason:
                yield name, str(reason)
                if str(reason) == "bomb":
                    return


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name by the mark of its encoding, by what WinRAR writes beside it, or by its bytes."""
    if info.flag_bits & UTF_8:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    at, extra = 0, info.extra
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        is_name = kind == UNICODE_PATH and len(field) > 5 and field[0] == 1
        if is_name and int.from_bytes(field[1:5], "little") == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
        at += 4 + size
    for encoding in ("utf-8", "cp1258"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _other_members(content: bytes) -> Iterator[Member]:
    if libarchive is None:
        raise UnreadableError("unsupported")
    with suppress(locale.Error):
        # Names in UTF-16 come out in the letters of the locale, and a night may run in none.
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    # By its signature: an archive within, or a document, is not taken for the whole.
    kind = next((name for mark, name in FORMATS if content.startswith(mark)), "7zip")
    left = min(LARGEST_ALL, max(len(content), 1_000) * STEEPEST)
    try:
        with libarchive.memory_reader(content, format_name=kind) as archive:
            for at, entry in enumerate(archive):
                if at >= MOST_LOOKED_AT:
                    raise UnreadableError("too_large")
                if not entry.isfile:
                    continue
                name, body = entry.pathname or "", bytearray()
                if isinstance(name, bytes):
                    name = name.decode("cp1258", "replace")
                try:
                    for block in entry.get_blocks():
                        body += block
                        left -= len(block)
                        if left < 0 or len(body) > LARGEST_MEMBER:
                            yield name, "bomb"
                            return
                except libarchive.ArchiveError as error:
                    yield name, _said(error)  # the next may be whole
                    continue
                yield name, bytes(body)
    except libarchive.ArchiveError as error:
        raise UnreadableError(_said(error)) from error


def _said(error: Exception) -> str:
    said = str(error).lower()
    return "encrypted" if "encrypt" in said or "passphrase" in said else "broken"
