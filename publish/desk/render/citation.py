"""An article as others cite it: a sentence, BibTeX, CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from crawler.parsing import is_number

PLAIN = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
        "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    }
)  # fmt: skip
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})
CSL_TYPE = "webpage"


def names_of(authors: list[dict[str, Any]]) -> list[str]:
    """Those who wrote it; photographers and sources are not cited as authors."""
    return [author["name"] for author in authors if author["role"] == "author"]


def sentence(article: dict[str, Any], authors: list[dict[str, Any]], link: str) -> str:
    """In the order Vietnamese readers know: authors, year, title, department, address, archive."""
    names = ", ".join(names_of(authors)) or article["department"]
    day = vietnamese_day(article["published"])
    said = f"{names} ({day or 'không rõ ngày'}). “{_line(article['title'])}”. "
    return (
        f"{said}{article['department']}. {article['url']} "
        f"(bản lưu {vietnamese_day(article['captured_at'])}: {link}; "
        f"SHA-256 {article['text_sha256'][:16]}…)"
    )


def bibtex(article: dict[str, Any], authors: list[dict[str, Any]], link: str) -> str:
    names = names_of(authors) or [article["department"]]
    fields = {
        "author": " and ".join("{" + name.translate(PLAIN) + "}" for name in names),
        "title": "{" + _line(article["title"]).translate(PLAIN) + "}",
        "organization": article["department"].translate(PLAIN),
        "date": (article["published"] or "")[:10],
        "url": article["url"].translate(ADDRESS),
        "urldate": article["captured_at"][:10],
        "note": f"Bản lưu: {link.translate(ADDRESS)}; SHA-256 {article['text_sha256']}",
        "langid": "vietnamese",
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@online{{{article['portal']}-{article['id']},\n" + ",\n".join(lines) + "\n}\n"


def csl(article: dict[str, Any], authors: list[dict[str, Any]], link: str) -> str:
    return csl_list([csl_item(article, authors, link)])


def csl_list(items: list[dict[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(article: dict[str, Any], authors: list[dict[str, Any]], link: str) -> dict[str, Any]:
    names = names_of(authors) or [article["department"]]
    said: dict[str, Any] = {
        "id": f"{article['portal']}-{article['id']}",
        "type": CSL_TYPE,
        "title": _line(article["title"]),
        "author": [{"literal": name} for name in names],
        "container-title": article["department"],
        "URL": article["url"],
        "archive": link,
        "accessed": {"date-parts": [_parts(article["captured_at"])]},
        "language": "vi",
        "note": f"SHA-256 {article['text_sha256']}",
    }
    if article["published"]:
        said["issued"] = {"date-parts": [_parts(article["published"])]}
    return said


def of_many(
    form: str, found: list[tuple[dict[str, Any], list[dict[str, Any]]]], links: list[str]
) -> str:
    """All that a question found, as one file: BibTeX, or CSL-JSON."""
    several = list(zip(found, links, strict=True))
    if form == "bib":
        return "\n".join(bibtex(article, authors, link) for (article, authors), link in several)
    return csl_list([csl_item(article, authors, link) for (article, authors), link in several])


def vietnamese_day(moment: str | None) -> str:
    """07/07/2021, as precise as it is: 07/2021, 2021; empty when nothing is known."""
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", moment or "")
    return "/".join(part for part in reversed(found.groups()) if part) if found else ""


def _line(title: str | None) -> str:
    return " ".join((title or "").split())


def _parts(moment: str) -> list[int]:
    return [int(part) for part in moment[:10].split("-") if is_number(part)]
