"""All dumps that are kept, for programs (index.json) and for feed readers (releases.atom)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from crawler.dump.folder import Dump, kept_dumps

INDEX, FEED = "index.json", "releases.atom"
ATOM = "http://www.w3.org/2005/Atom"
# What the index takes from a dump's manifest as it stands there.
TAKEN = ("version", "day", "database", "articles", "schemaVersion", "rows", "changes", "delta",
         "tables", "captures", "bytes", "sha256", "predecessor")  # fmt: skip
ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Site:
    """Who publishes, and under which address the folder of dumps is found, if that is known."""

    title: str
    address: str = ""  # ends in a slash

    def of(self, name: str) -> str:
        return f"{self.address}dump/{name}" if self.address else name


def listings(folder: Path, newest: dict[str, Any], dump: Dump, keep: int, site: Site) -> dict[str, str]:  # fmt: skip
    """Index and feed, `newest` being the manifest of a dump whose files are not in place yet."""
    earlier = [older for older in kept_dumps(folder, dump, keep) if older.version != dump.version]
    said = [newest, *(manifest_of(folder, older) for older in earlier)]
    return {INDEX: _index(said, site), FEED: _feed(said, site)}


def manifest_of(folder: Path, dump: Dump) -> dict[str, Any]:
    """What the manifest of a dump that is in place says."""
    return json.loads((folder / dump.manifest).read_text(encoding="utf-8"))


def _index(said: list[dict[str, Any]], site: Site) -> str:
    dumps = [
        {
            **{name: manifest[name] for name in TAKEN if name in manifest},
            "manifest": f"{manifest['database'].removesuffix('.db')}.json",
        }
        for manifest in said
    ]
    whole = {"title": site.title, "base": site.of(""), "latest": "latest.json", "feed": FEED,
             "dumps": dumps}  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _feed(said: list[dict[str, Any]], site: Site) -> str:
    """RFC 4287. Without an address of its own its links are relative, as RFC 4287 allows."""
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"xml:lang": "vi"})
    _add(feed, "id", uuid5(NAMESPACE_URL, f"khcn-archive/releases/{site.address}").urn)
    _add(feed, "title", f"{site.title}: các bản công bố (releases)")
    _add(feed, "updated", _moment(said[0]))
    _link(feed, "self", site.of(FEED), "application/atom+xml")
    _link(feed, "alternate", site.of(INDEX), "application/json")
    _add(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", site.title)
    for manifest in said:
        database = manifest["database"]
        digest = manifest["sha256"][database]
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        _add(entry, "id", uuid5(NAMESPACE_URL, f"khcn-archive/release/{digest}").urn)
        _add(
            entry, "title", f"{database.removesuffix('.db')}: {manifest['articles']} bài (articles)"
        )
        _add(entry, "updated", _moment(manifest))
        version = database.removeprefix("archive-").removesuffix(".db")
        _link(entry, "alternate", site.of(f"CHANGES-{version}.md"), "text/markdown")
        for name in (f"{database}.zst", manifest.get("delta") or ""):
            if name in manifest["sha256"]:
                size = str(manifest["bytes"].get(name, ""))
                _link(entry, "enclosure", site.of(name), "application/zstd", size)
        _add(entry, "summary", _summary(manifest, digest))
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _summary(manifest: dict[str, Any], digest: str) -> str:
    counts = " · ".join(f"{kind} {count}" for kind, count in manifest.get("changes", {}).items())
    return f"{counts} · SHA-256 {digest}" if counts else f"SHA-256 {digest}"


def _moment(manifest: dict[str, Any]) -> str:
    """The day of the dump; those of one day follow each other by the second."""
    day, _, number = (
        manifest["database"].removeprefix("archive-").removesuffix(".db").partition("_")
    )
    second = min(int(number or 1) - 1, 59)
    return f"{day[:4]}-{day[4:6]}-{day[6:8]}T00:00:{second:02d}Z"


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str, size: str = "") -> None:
    attributes = {"rel": rel, "href": href, "type": kind} | ({"length": size} if size else {})
    ElementTree.SubElement(parent, f"{{{ATOM}}}link", attributes)
