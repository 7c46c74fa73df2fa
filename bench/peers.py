"""Other people's extractors, each as bytes → fields. Those that are not installed are left out."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable

Row = dict[str, object]
Extractor = Callable[[str, bytes], Row]


def trafilatura_default(url: str, body: bytes) -> Row:
    from trafilatura import extract

    return {"text": extract(body, url=url) or ""}


def trafilatura_precision(url: str, body: bytes) -> Row:
    from trafilatura import extract

    return {"text": extract(body, url=url, favor_precision=True) or ""}


def trafilatura_metadata(url: str, body: bytes) -> Row:
    from trafilatura import extract

    found = extract(body, url=url, with_metadata=True, output_format="json")
    row = json.loads(found) if found else {}
    return {
        "text": row.get("text") or "",
        "title": row.get("title"),
        "published": row.get("date"),
        "authors": [row["author"]] if row.get("author") else [],
    }


def readability(url: str, body: bytes) -> Row:
    from lxml.html import fromstring
    from readability import Document

    document = Document(body.decode("utf-8", "replace"))
    return {"text": fromstring(document.summary()).text_content(), "title": document.short_title()}


def newspaper(url: str, body: bytes) -> Row:
    from newspaper import Article

    article = Article(url, language="vi")
    article.download(input_html=body.decode("utf-8", "replace"))
    article.parse()
    published = article.publish_date
    return {
        "text": article.text,
        "title": article.title,
        "published": published.isoformat() if hasattr(published, "isoformat") else None,
        "authors": list(article.authors),
    }


def newsplease(url: str, body: bytes) -> Row:
    from newsplease import NewsPlease

    article = NewsPlease.from_html(body.decode("utf-8", "replace"), url, fetch_images=False)
    published = article.date_publish
    return {
        "text": article.maintext or "",
        "title": article.title,
        "published": published.isoformat() if published else None,
        "authors": list(article.authors),
    }


def resiliparse(url: str, body: bytes) -> Row:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(body.decode("utf-8", "replace"), main_content=True)}


PEERS: dict[str, tuple[str, Extractor]] = {
    "trafilatura": ("trafilatura", trafilatura_default),
    "trafilatura, precision": ("trafilatura", trafilatura_precision),
    "trafilatura, metadata": ("trafilatura", trafilatura_metadata),
    "readability-lxml": ("readability", readability),
    "newspaper4k": ("newspaper", newspaper),
    "news-please": ("newsplease", newsplease),
    "resiliparse": ("resiliparse", resiliparse),
}


def installed() -> dict[str, Extractor]:
    return {
        name: extractor
        for name, (package, extractor) in PEERS.items()
        if importlib.util.find_spec(package)
    }
