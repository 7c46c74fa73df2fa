"""A sample site: its pages by address, and what a careful reader would note about each article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from samples.articles import MADE_UP, Part, SampleArticle


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str | bytes
    content_type: str = "text/html; charset=utf-8"
    location: str | None = None
    etag: str | None = None
    modified: str | None = None  # as HTTP writes dates
    disposition: str | None = None


@dataclass
class Site:
    """One made-up portal. `pages` answers a GET, `forms` a POST by its path and fields."""

    name: str
    host: str
    scheme: str
    articles: list[SampleArticle]
    start: str  # path of the start page
    pages: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    forms: Callable[[str, dict[str, str]], Answer | None] | None = None
    addresses: dict[int, str] = field(default_factory=dict)  # path and query of each article
    lists: list[str] = field(default_factory=list)  # of each list page that has articles
    captured_at: str = "2025-06-20T13:00:00Z"
    date_form: str = "%Y-%m-%dT%H:%M:%S+07:00"  # as precise as the portal prints it
    own_unit: str | None = None  # what a person without an office signs with

    @property
    def root(self) -> str:
        return f"{self.scheme}://{self.host}"

    def add(self, path: str, render: Callable[[], str], **headers: Any) -> None:
        self.pages[path] = lambda: Answer(200, MADE_UP + render(), **headers)

    def add_file(self, path: str, content: bytes, content_type: str) -> None:
        self.pages[path] = lambda: Answer(200, content, content_type)

    def answer(self, path: str) -> Answer:
        page = self.pages.get(path)
        return page() if page else Answer(404, MADE_UP + "<h1>404 - Không tìm thấy trang</h1>")

    def gold(self) -> Iterator[dict[str, Any]]:
        """Each article as it should be stored."""
        for article in self.articles:
            yield {
                "url": self.root + self.addresses[article.id],
                "title": article.title,
                "date": article.published.strftime(self.date_form),
                "sapo": article.summary,
                "author": article.person or article.unit,
                "unit": (article.unit or self.own_unit) if article.person else None,
                "section": article.section,
                "text": "\n".join(article.lines),
                "attachments": [article.attachment] if article.attachment else [],
            }


def paged(articles: Sequence[SampleArticle], size: int) -> list[list[SampleArticle]]:
    return [list(articles[at : at + size]) for at in range(0, len(articles), size)]


def render_parts(
    article: SampleArticle, *, paragraph: str = '<p style="text-align:justify">{}</p>'
) -> str:
    """The article's parts as an editor leaves them."""
    html: list[str] = []
    images = list(article.images)
    parts = list(article.parts)
    while parts:
        part = parts.pop(0)
        if part.kind == "caption":
            source = images.pop(0) if images else "/images/anh.jpg"
            html.append(
                f'<p style="text-align:center"><img src="{source}" alt="image" width="600"></p>'
                f'<p style="text-align:center"><em>{escape(part.text)}</em></p>'
            )
        elif part.kind == "row":
            rows = [part]
            while parts and parts[0].kind == "row":
                rows.append(parts.pop(0))
            html.append(_table(rows))
        elif part.kind == "item":
            items = [part]
            while parts and parts[0].kind == "item":
                items.append(parts.pop(0))
            html.append("<ul>" + "".join(f"<li>{escape(i.text)}</li>" for i in items) + "</ul>")
        elif part.kind == "heading":
            html.append(f"<h3>{escape(part.text)}</h3>")
        else:
            html.append(paragraph.format(escape(part.text)))
    return "\n".join(html)


def _table(rows: list[Part]) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in rows
    )
    return f'<table border="1"><tbody>{lines}</tbody></table>'
