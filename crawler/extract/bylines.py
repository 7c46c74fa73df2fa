"""Where an article names its author: its last lines, a label at its end, or under the title.

An invented author is worse than a missed one, so a bare name counts only where a careful reader
would take it for a signature: after the end of the prose, alone on its line.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from crawler.extract.authors import is_account
from crawler.extract.byline_labels import believed, labelled_parts, split_label
from crawler.extract.byline_surroundings import (
    AGENCY_LEAD,
    GLUED,
    ITEM,
    OFFICIAL,
    PASSED,
    SENTENCE_END,
)
from crawler.extract.date_words import holds_date
from crawler.extract.names import fold, read_name
from crawler.extract.offices import POST, read_agency, read_unit
from crawler.extract.signatories import is_person, is_unit, names_somebody, only_agencies
from crawler.portals.model import Portal

TAIL = 8  # closing lines that are looked at
LONGEST = 160  # characters of a line that may be a byline
AGENCY = 40  # characters of an agency's name that signs
DATE = 60  # characters of a date with its hour
PROSE = 120  # characters of a line that is prose for certain


@dataclass(frozen=True, slots=True)
class Byline:
    """A byline as printed; `at`: the lines that hold nothing else, `glued`: the line it ends."""

    raw: str
    at: tuple[int, ...] = ()
    glued: int | None = None


def find_byline(
    lines: Sequence[str],
    *,
    portal: Portal,
    head: Sequence[str] = (),
    captions: Container[str] = (),
    site: Container[str] = (),
    right: Container[str] = (),
) -> Byline | None:
    """The byline of an article whose text is `lines`; `head` stands between title and text.

    `captions`: lines right under a picture; `site`: what the page calls its site; `right`: lines
    that are set to the right.
    """
    return (
        _in_tail(lines, portal, captions, site, right)
        or _glued(lines, portal)
        or _in_head(head, portal)
        or _agency(lines)
    )


def _in_tail(
    lines: Sequence[str],
    portal: Portal,
    captions: Container[str],
    site: Container[str],
    right: Container[str],
) -> Byline | None:
    first = max(0, len(lines) - TAIL)
    tail = range(len(lines) - 1, first - 1, -1)
    official = any(OFFICIAL.match(line.strip()) for line in lines[first:])
    source: int | None = None
    passed_all = True
    for at in tail:
        line = lines[at].strip()
        if len(line) > LONGEST:
            break
        meaning, _ = split_label(line)
        if meaning == "author" and only_agencies(line, portal):
            meaning = "source"
        if _lists_works(lines, at, meaning):
            break
        if meaning == "poster" and names_somebody(line, portal):
            meaning = "author"  # `Biên tập: X; Ảnh: Y`
        if meaning == "author" and names_somebody(line, portal):
            together: tuple[int, ...] = (at,) if source is None else (at, source)
            if at and split_label(lines[at - 1])[0] == "author" and len(lines[at - 1]) <= LONGEST:
                together = (at - 1, *together)  # `Tác giả: X` above `Nguồn tin: Y`
            return Byline("\n".join(lines[i].strip() for i in together), together)
        if at and split_label(lines[at - 1]) == ("author", ""):
            # The label on a line of its own, the name on the next one.
            below = f"{lines[at - 1].strip(' :')}: {line}"
            if names_somebody(below, portal):
                return Byline(below, (at - 1, at))
        if meaning == "source" and names_somebody(line, portal) and source is None:
            source = at
            continue
        if meaning or PASSED.match(line):
            continue
        if _in_list(lines, at):
            break
        if line in captions:
            continue  # the person in a picture
        if fold(_bare(line)) in site:
            break
        if not official and (
            found := _signature(
                lines, at, portal, last=passed_all, captions=captions, right=line in right
            )
        ):
            together = found if source is None else (*found, source)
            if source is None and split_label(lines[found[0] - 1])[0] == "source":
                above = lines[found[0] - 1]
                if len(above) <= LONGEST and names_somebody(above, portal):
                    together = (found[0] - 1, *found)
            printed = [i for i in together if not _is_poster(lines, i)]
            return Byline("\n".join(lines[i].strip() for i in printed), together)
        passed_all = False
        if len(line) > PROSE or at == 0:
            break
    if source is not None:
        return Byline(lines[source].strip(), (source,))
    return None


def _lists_works(lines: Sequence[str], at: int, meaning: str) -> bool:
    """Whether a labelled line is one of a list of works and their authors: prizes, a bibliography."""
    if meaning != "author" or at == 0:
        return False
    same = [line for line in lines[max(0, at - 2 * TAIL) : at] if split_label(line)[0] == "author"]
    return len(same) >= 1 and bool(ITEM.match(lines[at])) and bool(ITEM.match(same[-1]))


def _is_poster(lines: Sequence[str], at: int) -> bool:
    """The second of two names below one another is whoever put the article online."""
    return at > 0 and _name_only(_bare(lines[at])) and _name_only(_bare(lines[at - 1]))


def _signature(
    lines: Sequence[str],
    at: int,
    portal: Portal,
    *,
    last: bool,
    captions: Container[str],
    right: bool,
) -> tuple[int, ...] | None:
    """Whether a line without a label signs the article; the lines of the signature."""
    line = _bare(lines[at])
    if not line or at == 0 or re.search(r"\d{3}|[:?!]", line):
        return None
    before = lines[at - 1].strip()
    ended = right or _ends(before) or before in captions
    if is_person(line, portal, unsure=last and ended):
        if at >= 2 and _name_only(_bare(before)) and _ends(lines[at - 2].strip()):
            return (at - 1, at)
        return (at,) if ended or not last or _is_list_end(before) else None
    if last and _ends(before) and len(line) <= AGENCY and read_agency(line, portal):
        return (at,)
    if ITEM.search(lines[at]) and ITEM.search(before):
        return None  # the last of a list of offices
    if is_unit(line, portal) and not is_unit(_bare(before), portal):
        name = _bare(before)
        if at >= 2 and _name_only(name) and _ends(lines[at - 2].strip()):
            return (at - 1, at)
        return (at,) if last and _ends(before) and len(line) <= 90 else None
    return None


def _in_list(lines: Sequence[str], at: int) -> bool:
    """Three names below one another are a list of names."""
    return at >= 2 and all(_name_only(_bare(lines[i])) for i in (at, at - 1, at - 2))


def _bare(line: str) -> str:
    bare = line.strip().strip("*•-–. /`>»|").strip()
    # Brackets around all of it are no part of it; those around an office are.
    return bare.strip("()[]").strip() if bare[:1] in "([" or "(" not in bare else bare


def _ends(line: str) -> bool:
    return (
        not line
        or bool(SENTENCE_END.search(line) or PASSED.match(line))
        or split_label(line)[0] in ("source", "photo")
    )


def _is_list_end(before: str) -> bool:
    """Articles also end with a table row or a long line that lacks its full stop."""
    return len(before) > PROSE


def _name_only(line: str) -> bool:
    return read_name(line) is not None


def _glued(lines: Sequence[str], portal: Portal) -> Byline | None:
    """A label at the end of the last sentence: `… phát triển./. Tác giả: X`."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 4), -1):
        match = GLUED.search(lines[at][-200:])
        if match and names_somebody(match[1].strip(" ()"), portal):
            return Byline(match[1].strip(" ()"), glued=at)
        if len(lines[at]) > PROSE:
            break
    return None


def _in_head(head: Sequence[str], portal: Portal) -> Byline | None:
    for at, line in enumerate(head[:8]):
        if len(line) > LONGEST:
            continue
        meaning, _ = split_label(line)
        if (meaning == "author" or (meaning == "source" and believed(line))) and names_somebody(
            line, portal
        ):
            return Byline(line.strip())
        if meaning:
            continue
        if label := _behind_date(line, portal):
            return Byline(label)
        pieces = re.split(r"\s[-–]\s|,\s", line.strip(), maxsplit=1)
        name = read_name(pieces[0])
        if name is None or not name.sure or is_account(line.strip(), portal):
            continue
        if len(pieces) == 2 and (POST.match(pieces[1]) or read_unit(pieces[1], portal)):
            return Byline(line.strip())
        if len(pieces) == 1 and at + 1 < len(head) and read_unit(head[at + 1], portal):
            return Byline(f"{line.strip()}\n{head[at + 1].strip()}")
    return None


def _behind_date(line: str, portal: Portal) -> str | None:
    """The labelled byline behind a date: `16/05/2023 07:15 | Nguồn: Báo Lào Cai`."""
    date, *labelled = labelled_parts(line)
    if len(date) > DATE or not holds_date(date.lower()):
        return None
    told = (p for p in labelled if split_label(p)[0] in ("author", "source") and believed(p))
    return next((part for part in told if names_somebody(part, portal)), None)


def _agency(lines: Sequence[str]) -> Byline | None:
    """The agency that opens the lead: `PTO-`, `(CTTĐTBP) -`; it stays in the text."""
    match = AGENCY_LEAD.match(lines[0]) if lines else None
    return Byline(match[1]) if match else None
