"""`python -m tests.hostile`: writes docs/hostile-web.md, every case and what must come of it."""

from __future__ import annotations

from itertools import groupby

from tests.captures.test_scanner import FORMS, STRANGE
from tests.conftest import ROOT
from tests.end_to_end.test_moved_articles import MOVES, START
from tests.end_to_end.test_night_rules import WALLS
from tests.end_to_end.test_second_addresses import FAILING
from tests.extract.test_decode import PASTED
from tests.hostile.content_cases import CASES as CONTENT
from tests.hostile.frame_cases import CASES as FRAMES
from tests.hostile.host_cases import ALL, HostCase
from tests.hostile.host_cases import CASES as HOSTS
from tests.hostile.test_fuzz import CHECKS
from tests.hostile.test_signs import READERS, SIGNS
from tests.hostile.transport_cases import CASES as TRANSPORT
from tests.hostile.world import Case
from tests.http.test_chunks import BODIES as CHUNKED
from tests.http.test_content_coding import EMPTY

PLACE = ROOT / "docs" / "hostile-web.md"
GROUPS = {
    "size": "Sizes",
    "time": "Times",
    "length": "Lengths",
    "protocol": "No HTTP",
    "head": "Heads that browsers take",
    "frame": "Bodies in too many pieces",
    "coding": "Content codings that lie",
    "transfer": "Odd, and in order",
    "status": "Statuses",
    "redirect": "Redirects",
    "encoding": "Encodings",
    "parser": "Markup that breaks parsers",
    "pretence": "Pages that pretend",
    "real": "Articles that look like pretences",
    "date": "Dates that cannot be",
    "inert": "Markup in text",
    "tls": "TLS",
    "robots": "robots.txt",
    "rest": "Hosts that need rest",
    "trap": "Traps without end",
    "ssrf": "Private addresses",
    "host": "Hosts that are not there",
}
INTRO = """# The hostile web

Old servers are broken in every way, and a crawler that fetches addresses from pages is a door into
the network it runs in. This table is made from the cases in `tests/hostile` (`python -m
tests.hostile`), and `pytest tests/hostile` asserts every line of it over loopback, with the rows
stored, the number of requests, the time and the memory: {pages} pages of one portal in one crawl, and
{hosts} hosts in one night.

Limits: 30 seconds and 8 MiB for an answer, packed and unpacked, in no more than 100,000 chunks; 2
seconds of processor time, 1,000 frames and 500 bytes for one (from 1 MiB on) to unpack it, beside the
reactor when it is large; 256 KiB of headers, be it one line; one request for each connection; 30
marks on a letter; 500 KiB of robots.txt; 5 redirects; 2 looks at what may pass, then another night.
Three failures of a kind in a row put a host in doubt: a start page and three pages from elsewhere in
the queue are asked for, and when they fail as well the host is left alone for the run. What it did
not answer stays in the queue. A page is read in a process with 1 GiB and 20 seconds.

A portal whose every page is a body in too many pieces takes less than a fifth of the pace from a
healthy one beside it (`pytest tests/hostile/test_connections.py`).

Every second article of a real portal's capture with its first address dead (35 of 70, either way
round): 2 and 4 of the lost ones answer somewhere in the capture, at addresses that no page names but
those addresses' own, so no crawl can come to them; the rest of the lost have no other address in it
(`pytest tests/end_to_end/test_second_addresses.py`, where the capture is at hand).

An *outcome* stands in `captures`, a *reason* in `issues`; "article" is a row in `articles` with the
right title and text.
"""


def page_line(case: Case) -> str:
    comes = f"`{case.outcome}`"
    if case.reason:
        comes += f", refused as `{case.reason}`"
    if case.stored:
        comes = "article" + (f", noted `{case.note}`" if case.note else "")
    return f"| {_cell(case.does)} | {comes} |"


def host_line(case: HostCase) -> str:
    comes = f"{case.outcome}" + (f", `{case.failure}`" if case.failure else "")
    if case.issue:
        comes += f"; `{case.issue}` on record"
    comes += f"; {case.articles} of {ALL} articles, at most {case.requests} requests"
    if case.never:
        comes += "; nothing forbidden is asked for"
    return f"| {_cell(case.does)} | {comes} |"


def table() -> str:
    cases = [*TRANSPORT, *FRAMES, *CONTENT, *HOSTS]
    order = list(GROUPS)
    parts = [INTRO.format(pages=len(TRANSPORT) + len(FRAMES) + len(CONTENT), hosts=len(HOSTS))]
    cases.sort(key=lambda case: order.index(case.group))
    parts.append(_kinds(cases))
    for group, members in groupby(cases, key=lambda case: case.group):
        parts.append(f"\n## {GROUPS[group]}\n\n| the server | comes to |\n|---|---|\n")
        for case in members:
            line = host_line(case) if isinstance(case, HostCase) else page_line(case)
            parts.append(line + "\n")
    return "".join(parts)


def _kinds(cases: list[Case | HostCase]) -> str:
    """How many cases there are of each kind, and what runs them."""
    lines = []
    for group, members in groupby(cases, key=lambda case: case.group):
        listed = list(members)
        file = "test_hosts.py" if isinstance(listed[0], HostCase) else "test_pages.py"
        lines.append((GROUPS[group], f"{len(listed)}", f"hostile/{file}"))
    lines += [
        ("Articles that have moved: by status, by the spelling of `Location`, by element or script", f"{len(MOVES)}, described and not; {len(START)} start pages", "end_to_end/test_moved_articles.py"),
        ("An article's first address fails, another has it", f"{len(FAILING)} statuses, a later night, and a real capture both ways", "end_to_end/test_second_addresses.py"),
        ("Walls of cookies, passed and forgotten", f"{1 + 2 * len(WALLS)}, and 2 loops", "end_to_end/test_night_rules.py -k 'wall or loop'"),
        ("Sitemaps that index themselves", "1", "end_to_end/test_night_rules.py -k sitemaps"),
        ("One port that refuses beside one that answers", "1", "end_to_end/test_night_rules.py -k port"),
        ("Conditional requests: servers that mean it, that lie, that answer 304 unasked", "3", "end_to_end/test_night_rules.py -k 'conditionally or modified'"),
        ("Faults of our own, until mended and for ever", "2", "end_to_end/test_night_rules.py -k broke"),
        ("Encodings of old, whole, declared wrongly, and pasted into UTF-8", f"{len(PASTED)} tables", "extract/test_decode.py"),
        ("Chunks in any pieces, and what is none", f"{len(CHUNKED)} bodies at every byte", "http/test_chunks.py"),
        ("Digits, brackets, controls and spaces of Unicode", f"{len(SIGNS):,}, through {len(READERS)} readers and three kinds of page", "hostile/test_signs.py"),
        ("Characters that are no text, by Unicode's tables", "1,114,112", "text/test_characters.py"),
        ("Pieces that hold nothing, in every coding", f"{len(EMPTY)} of 8 MiB each", "http/test_content_coding.py"),
        ("Answers in pieces, heads that are none", "13", "downloader/test_wire.py"),
        ("Stray answers, the wire in the WARC, one portal beside another", "4", "hostile/test_connections.py"),
        ("Files of captures as others pack and damage them", f"{len(FORMS) + len(STRANGE)}, and 200 damaged", "captures/test_scanner.py"),
        ("Characters that XML forbids, in workbooks and feeds", "6", "desk/test_illegal_characters.py"),
        ("Bytes and words at random (Hypothesis)", f"{len(CHECKS)} readers, 60 tries each", "hostile/test_fuzz.py"),
        ("The same for 30 minutes, `FUZZ_MINUTES=30`", "some 250,000 tries on two busy cores", "hostile/test_fuzz.py -m long"),
    ]  # fmt: skip
    rows = (f"| {kind} | {count} | `pytest tests/{file}` |\n" for kind, count, file in lines)
    return "\n## Kinds\n\n| kind | cases | run by |\n|---|---|---|\n" + "".join(rows)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())


if __name__ == "__main__":
    PLACE.write_text(table(), encoding="utf-8")
