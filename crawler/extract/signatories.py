"""Whether a line names somebody: a person, an office, nobody but agencies."""

from __future__ import annotations

import re

from crawler.extract.authors import authors_of, is_account
from crawler.extract.byline_surroundings import RESPECT
from crawler.extract.names import read_name
from crawler.extract.offices import POST, read_unit
from crawler.portals.model import Portal


def is_person(line: str, portal: Portal, *, unsure: bool) -> bool:
    """Whether a line is a person who signs; `unsure`: also one whose family name is no known one."""
    if is_account(line, portal) or POST.match(line) or RESPECT.match(line):
        return False
    authors = authors_of(line, portal=portal)
    if not authors or not any(author.kind == "person" for author in authors):
        return False
    if re.search(
        r"\b(?:phát biểu|trao|chụp|tại|trình bày|kết luận|báo cáo|tham quan|kiểm tra)\b", line
    ):
        return False
    first = read_name(re.split(r"\s[-–]\s|[,;(–]|\svà\s", line)[0])
    sure = bool(first and first.sure)
    return sure or unsure


def is_unit(line: str, portal: Portal) -> bool:
    """Whether a line is an office that signs."""
    if read_unit(line, portal) is None or len(line.split()) > 14:
        return False
    # An office that does something is a sentence, not a signature.
    return not re.search(
        r"\b(?:đã|sẽ|được|là|tổ chức|phối hợp|thông báo|triển khai|trân trọng|có|về việc|của tỉnh|cho)\b",
        line.lower(),
    )


def only_agencies(line: str, portal: Portal) -> bool:
    """Whether a line names news agencies and nobody else."""
    found = authors_of(line, portal=portal)
    return bool(found) and all(author.kind == "agency" for author in found)


def names_somebody(line: str, portal: Portal) -> bool:
    """Whether a line names any author at all."""
    return bool(authors_of(line, portal=portal))
