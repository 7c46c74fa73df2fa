"""A list of filters with their numbers: hundreds of links a page, so not left to a template."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup, escape

from publish.desk.render.i18n import number


def counts(start: str, items: list[tuple[str, str, int]], lang: str) -> Markup:
    """`start` is the address up to the filter's name."""
    begin = escape(start)
    listed = "".join(
        f'<li><a href="{begin}={quote(key)}" rel="nofollow">{escape(label)}</a> '
        f"<span>{number(lang, count)}</span></li>"
        for key, label, count in items
    )
    return Markup(f'<ul class="counts">{listed}</ul>')  # each part of it is escaped
