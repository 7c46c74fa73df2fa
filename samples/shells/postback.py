"""ASP.NET lists whose pager posts the page back to itself: DotNetNuke's and SharePoint's."""

from __future__ import annotations

import base64
import random
from html import escape

from samples.shells.frame import SIZE, Shell
from samples.site import Answer, Site, paged

STATE = 6_000  # bytes of __VIEWSTATE


def pager(section: str, number: int, last: int, target: str) -> str:
    """Page numbers as `__doPostBack` links, inside the form that holds the page's state."""
    state = base64.b64encode(random.Random(f"{section}{number}").randbytes(STATE)).decode()
    links = " ".join(
        f"<span>{k}</span>" if k == number
        else f"<a href=\"javascript:__doPostBack('{target}','Page_{k}')\">{k}</a>"
        for k in range(1, last + 1)
    )  # fmt: skip
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in (
            ("__VIEWSTATE", state), ("__VIEWSTATEGENERATOR", "CA0B0334"), ("__EVENTVALIDATION", state[:200]),
        )
    )  # fmt: skip
    return f'<form method="post" action="">{hidden}<div class="PagingTable">{links}</div></form>'


def answer_forms(site: Site, shell: Shell, target: str) -> None:
    """Answer the post-backs of the site's lists; one without the state it was given is refused."""
    sections = {
        shell.list_url(section, 1): (
            section,
            paged([a for a in site.articles if a.section == section], SIZE),
        )
        for section in shell.sections
    }

    def post(path: str, fields: dict[str, str]) -> Answer | None:
        section, pages = sections.get(path, ("", []))
        number = int(fields.get("__EVENTARGUMENT", "").removeprefix("Page_") or 0)
        if not fields.get("__VIEWSTATE") or fields.get("__EVENTTARGET") != target:
            return Answer(500, "<h1>Server Error in '/' Application.</h1>")
        if not 1 <= number <= len(pages):
            return None
        return Answer(200, shell.list_page(site, section, pages[number - 1], number, len(pages)))

    site.forms = post
