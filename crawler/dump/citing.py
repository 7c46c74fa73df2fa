"""How a dump is cited as a dataset: CITATION.cff 1.2, and DataCite 4.5 for whoever gives it a DOI."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from crawler.archive.history import shapes

PUBLISHER = "khcn-archive"
SUBJECTS = ("Việt Nam", "khoa học và công nghệ", "lưu trữ web", "science and technology news",
            "web archive", "provincial departments")  # fmt: skip
FORMATS = {
    "db": "application/vnd.sqlite3", "zst": "application/zstd", "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet", "wacz": "application/wacz",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Release:
    """What is cited: a dump of a day."""

    title: str
    description: str
    rights: str
    version: str
    database: str
    sha256: str
    articles: int
    first: str  # the days of its first and its last look
    last: str
    address: str  # of the site; empty when it has none
    contact: str
    before: str | None  # the database of the dump before
    files: tuple[str, ...]

    @property
    def day(self) -> str:
        return f"{self.version[:4]}-{self.version[4:6]}-{self.version[6:8]}"


def citation_cff(release: Release) -> str:
    """As YAML, whose texts are JSON: that is YAML too."""
    said: list[tuple[str, Any]] = [
        ("cff-version", "1.2.0"),
        ("type", "dataset"),
        ("message", "Xin trích dẫn bản công bố đã dùng - please cite the dump that you used"),
        ("title", release.title),
        ("abstract", release.description),
        ("version", release.version),
        ("date-released", release.day),
        ("authors", [{"name": release.title}]),
        ("keywords", list(SUBJECTS)),
        ("identifiers", [
            {"type": "other", "value": f"sha256:{release.sha256}", "description": release.database}
        ]),
    ]  # fmt: skip
    if release.address:
        said.append(("url", release.address))
        said.append(("repository-artifact", f"{release.address}dump/{release.database}"))
    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said)


def datacite(release: Release) -> dict[str, Any]:
    """DataCite's attributes, all that it asks for but the DOI itself."""
    at = f"{release.address}dump/" if release.address else ""
    kinds = sorted({FORMATS[kind] for name in release.files if (kind := name.rpartition(".")[2]) in FORMATS})  # fmt: skip
    related = [
        {"relatedIdentifier": f"{at}{name}", "relatedIdentifierType": "URL", "relationType": relation}
        for name, relation in (
            (release.before, "IsNewVersionOf"),
            (f"datapackage-{release.version}.json", "IsDescribedBy"),
        )
        if name and at
    ]  # fmt: skip
    said: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "creators": [{"name": release.title, "nameType": "Organizational"}],
        "titles": [{"title": release.title, "lang": "vi"}],
        "publisher": {"name": PUBLISHER},
        "publicationYear": release.version[:4],
        "types": {"resourceType": "Web archive dump", "resourceTypeGeneral": "Dataset"},
        "version": release.version,
        "language": "vi",
        "subjects": [{"subject": subject} for subject in SUBJECTS],
        "dates": [
            {"date": release.day, "dateType": "Issued"},
            {"date": f"{release.first}/{release.last}", "dateType": "Collected"},
        ],
        "alternateIdentifiers": [
            {"alternateIdentifier": release.sha256, "alternateIdentifierType": "SHA-256"}
        ],
        "sizes": [f"{release.articles} articles"],
        "formats": kinds,
        "rightsList": [{"rights": release.rights}],
        "descriptions": [
            {"description": release.description, "descriptionType": "Abstract", "lang": "vi"},
            {"description": f"Schema version {shapes()[-1].version}",
             "descriptionType": "TechnicalInfo"},
        ],
        "geoLocations": [{"geoLocationPlace": "Việt Nam"}],
        "relatedIdentifiers": related,
    }  # fmt: skip
    if release.contact:
        said["contributors"] = [{"name": release.contact, "contributorType": "ContactPerson"}]
    if release.address:
        said["url"] = release.address
    return said
