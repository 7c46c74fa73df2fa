"""Links to files: by their ending, or by the shapes of addresses that hand files out."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl

from lxml.html import HtmlElement

from crawler.extract.blocks import Block, text_of
from crawler.parsing import split_url

FILE = re.compile(
    r"\.(?:pdf|docx?|docm|dotx?|xlsx?|xlsm|pptx?|ppsx?|zip|rar|7z|odt|ods|rtf|csv|mp3)(?:$|[?#&/;])",
    re.IGNORECASE,
)
# Liferay's libraries and GUIDs, handlers and scripts that end in nothing that tells.
HANDED_OUT = re.compile(
    r"/documents/\d+/(?:\d+/)?[^/?#]+/[0-9a-f]{8}-[0-9a-f-]{27}|/c/document_library/get_file|/o/(?:documents|download)/"
    r"|/(?:down-?load|tai-?ve|tai-?xuong|tai-?file|get-?file|view-?file|attachments?|dinh-?kem)(?:s|file|handler)?(?:\.(?:aspx|ashx|php|jsp))?(?:[/?]|$)"
    r"|[?&](?:file_?(?:id|name|path)?|attach(?:ment)?_?(?:id)?|download|tep|vanban_file)=[^&]|[?&](?:op|act|task|action|do)=(?:down|download|getfile)\b",
    re.IGNORECASE,
)
SHOWN = frozenset(("url", "src", "file", "doc", "link"))  # what viewers call the document
FRAMES = ("iframe", "object", "embed")
SENTENCE = 80  # characters of a linked line that may be a sentence
SIZE = re.compile(
    r"\(?\s?[\d.,]+\s?(?:kb|mb|bytes?|b)\s?\)?|tải (?:về|xuống)|xem|download"
    r"|(?:các )?(?:tệp|tập|file|tài liệu|văn bản)(?: tin)? (?:đính kèm|kèm theo)\s?:?",
    re.IGNORECASE,
)
FILE_NAME = re.compile(r"^\S+\.\w{3,4}$")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|svg|ico|tiff?|mp4)(?:$|[?#&/;])", re.IGNORECASE)


def is_file_link(link: HtmlElement) -> bool:
    """Whether an `<a>` hands out a document."""
    hands_out = _hands_out((link.get("href") or "").strip())
    return bool(FILE.search(_label(link))) if hands_out is None else hands_out


def embedded_file(frame: HtmlElement) -> str | None:
    """The document that a frame shows, in the browser itself or in a viewer that is told of it."""
    target = (frame.get("src") or frame.get("data") or "").strip()
    parts = split_url(target)
    shown = [value for name, value in parse_qsl(parts.query) if name.lower() in SHOWN]
    return next((a for a in (*shown, target) if FILE.search(split_url(a).path)), None)


@lru_cache(maxsize=4_000)  # a portal's pages have the same menus
def _hands_out(target: str) -> bool | None:
    """Whether an address hands out a document; None where its label must tell."""
    if not target or target.startswith(("#", "javascript:", "mailto:")):
        return False
    if FILE.search(split_url(target).path if "//" in target else target):
        return True
    if PICTURE.search(target):
        return False
    return True if HANDED_OUT.search(target) else None


def _label(link: HtmlElement) -> str:
    """A label that is a file's name says so too: `ke-hoach-12.pdf`."""
    text = text_of(link).strip()[-80:]
    return text if "." in text and FILE_NAME.search(text) else ""


def leads_to_files(block: Block) -> bool:
    """A line whose links all hand out documents."""
    links = [a for a in block.element.iter("a") if a.get("href")]
    return bool(links) and all(map(is_file_link, links))


def is_file_line(block: Block) -> bool:
    """A line that is links to files and nothing else but their size; a sentence is text."""
    text = block.text
    if len(text) > 250 or block.density < 0.4 or not leads_to_files(block):
        return False
    if len(text) > SENTENCE and re.search(r"[.!?]\s*$", text):
        return False
    linked = sum(
        len(" ".join(text_of(a).split())) for a in block.element.iter("a") if a.get("href")
    )
    return len(SIZE.sub("", text)) - linked <= min(25, 0.4 * len(text))
