"""The parts of a ZIP file, read within bounds whatever its directory promises."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Self

from lxml import etree

from crawler.documents.draft import UnreadableError

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
LARGEST_PART = 64 * 2**20  # bytes, unpacked
LARGEST_ALL = 200 * 2**20
STEEPEST = 400  # unpacked to packed, of a part beyond SMALL: XML shrinks to a fiftieth at best
SMALL = 2**20
MOST_PARTS = 20_000
ENCRYPTED = 0x1


class Parts:
    """A ZIP file whose parts are taken out one by one, never more than it may hold."""

    def __init__(self, content: bytes, *, most: int = MOST_PARTS) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            self.infos = self._file.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise UnreadableError("broken") from error
        if len(self.infos) > most:
            raise UnreadableError("too_large")
        self._left = LARGEST_ALL

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def names(self) -> list[str]:
        return [info.filename for info in self.infos]

    def has(self, name: str) -> bool:
        return name in self._file.NameToInfo

    def read(self, name: str, *, largest: int = LARGEST_PART) -> bytes:
        """A part's bytes; nothing when there is none of that name."""
        info = self._file.NameToInfo.get(name)
        return self.content(info, largest=largest) if info is not None else b""

    def content(self, info: zipfile.ZipInfo, *, largest: int = LARGEST_PART) -> bytes:
        """The bytes of one of `infos`: two may have the same name."""
        if info.flag_bits & ENCRYPTED:
            raise UnreadableError("encrypted")
        largest = min(largest, self._left)
        try:
            with self._file.open(info) as part:
                content = part.read(largest + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            ValueError,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise UnreadableError("broken") from error
        if len(content) > largest or (
            len(content) > SMALL and len(content) > STEEPEST * max(info.compress_size, 1)
        ):
            raise UnreadableError("bomb")
        self._left -= len(content)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML; None when it is absent or empty."""
        content = self.read(name)
        return parse_xml(content) if content else None


def parse_xml(content: bytes) -> etree._Element:
    """XML without its entities, and without asking anybody for anything."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("broken") from error
    if root is None:
        raise UnreadableError("broken")
    return root


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def relations(parts: Parts, name: str) -> dict[str, str]:
    """What the ids in a part of an Office file lead to."""
    root = parts.xml(name)
    return {
        node.get("Id", ""): node.get("Target", "")
        for node in (root if root is not None else ())
        if local(node)
    }
