"""ZIP, RAR and 7z → what their members hold, within bounds; nothing is ever written anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from crawler.documents import media_types as types
from crawler.documents.draft import Draft, Line, UnreadableError
from crawler.documents.zipped import ENCRYPTED, Parts
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
LARGEST_MEMBER = 64 * 2**20  # bytes
LARGEST_ALL = 200 * 2**20
DEEPEST = 3  # archives in archives
STEEPEST = 1_000  # unpacked to packed
FORMATS = ((b"Rar!\x1a\x07\x01", "rar5"), (b"Rar!\x1a\x07\x00", "rar"))
NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f]|^[/\\]+|^[A-Za-z]:")
Read = Callable[
    [bytes, str, int], tuple[str, Draft]
]  # content, name, depth → its media type and text


def read_archive(content: bytes, media_type: str, read: Read, depth: int) -> Draft:
    """The names of all members, and the text of those that are documents, one after the other."""
    if depth > DEEPEST:
        raise UnreadableError("bomb")
    members = _zip_members(content) if media_type == types.ZIP else _other_members(content)
    draft, page, problems, read_members = Draft(), 0, list[str](), 0
    only: list[Draft] = []
    for name, body in members:
        shown = shown_name(name)
        draft.members += (shown,)
        if isinstance(body, str):
            problems.append(body)
            continue
        if body is None or read_members >= MOST_READ:
            continue
        read_members += 1
        try:
            _, inner = read(body, name, depth + 1)
        except UnreadableError as reason:
            if str(reason) != "unsupported":
                problems.append(str(reason))
            continue
        except Exception:  # noqa: BLE001
            problems.append("broken")  # a member that breaks its reader costs the others nothing
            continue
        if inner.problem:
            problems.append(inner.problem)
        only.append(inner)
        draft.members += tuple(f"{shown}/{member}" for member in inner.members)
        draft.lines.append(Line(shown, page + 1, bold=True))
        draft.lines += [replace(line, page=line.page + page) for line in inner.lines]
        draft.ocr_pages += tuple(number + page for number in inner.ocr_pages)
        page += max(inner.pages or 1, max((line.page for line in inner.lines), default=1))
    draft.pages = page or None
    draft.problem = problems[0] if problems else None
    if sure := [inner.confidence for inner in only if inner.confidence is not None]:
        draft.confidence = round(sum(sure) / len(sure), 4)
    if len(draft.members) >= MOST_MEMBERS:
        draft.problem = "too_large"
    return draft


def shown_name(name: str) -> str:
    """A member's name without what leads out of the archive or cannot be shown."""
    parts = (NOT_SHOWN.sub("", part) for part in re.split(r"[/\\]", visible(nfc(name))))
    return "/".join(part for part in parts if part not in ("", ".", ".."))[:300]


def _zip_members(content: bytes) -> Iterator[tuple[str, bytes | str | None]]:
    """Each member's name, and its bytes, or the name of what keeps it from being read."""
    with Parts(content) as parts:
        for info in parts.infos[:MOST_MEMBERS]:
            name = info.filename
            if not info.flag_bits & 0x800:  # not marked as UTF-8
                raw = name.encode("cp437", "replace")
                for encoding in ("utf-8", "cp1258"):
                    try:
                        name = raw.decode(encoding)
                        break
                    except UnicodeDecodeError:
                        continue
            if info.is_dir():
                continue
            if info.flag_bits & ENCRYPTED:
                yield name, "encrypted"
                continue
            try:
                yield name, parts.read(info.filename, largest=LARGEST_MEMBER)
            except UnreadableError as reason:
                yield name, str(reason)
                if str(reason) == "bomb":
                    return


def _other_members(content: bytes) -> Iterator[tuple[str, bytes | str | None]]:
    if libarchive is None:
        raise UnreadableError("unsupported")
    # By its signature: an archive within, or a document, is not taken for the whole.
    kind = next((name for mark, name in FORMATS if content.startswith(mark)), "7zip")
    left = min(LARGEST_ALL, max(len(content), 1_000) * STEEPEST)
    try:
        with libarchive.memory_reader(content, format_name=kind) as archive:
            for at, entry in enumerate(archive):
                if at >= MOST_MEMBERS:
                    return
                if not entry.isfile:
                    continue
                body = bytearray()
                for block in entry.get_blocks():
                    body += block
                    left -= len(block)
                    if left < 0 or len(body) > LARGEST_MEMBER:
                        yield entry.pathname, "bomb"
                        return
                yield entry.pathname, bytes(body)
    except libarchive.ArchiveError as error:
        said = str(error).lower()
        raise UnreadableError(
            "encrypted" if "encrypt" in said or "passphrase" in said else "broken"
        ) from error
