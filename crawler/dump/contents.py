"""The files of a dump beside its database: tables, delta, numbers, texts, manifest."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.archive.history import shapes
from crawler.archive.introspect import stored_tables
from crawler.dump.changes import Changes, changes_between, changes_text
from crawler.dump.citing import Release, citation_cff, datacite
from crawler.dump.datapackage import LICENCE, File, data_package, read_me
from crawler.dump.delta import delta, same_shape
from crawler.dump.folder import Dump, digest_of
from crawler.dump.gate import Minimum
from crawler.dump.looks import months
from crawler.dump.releases import manifest_of
from crawler.dump.signing import Signer
from crawler.dump.snapshot import counts, reading
from crawler.dump.statistics import statistics
from crawler.dump.tables import can_write_parquet, compress, write_csv, write_parquet
from crawler.dump.wacz import name_of, write_wacz
from crawler.messages import Message, say


@dataclass(slots=True)
class PublishResult:
    """What publishing came to: the files written, none when there was nothing new, and remarks."""

    files: list[str] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PublishOptions:
    """How the operator wants it."""

    least: Minimum
    keep: int
    contact: str
    metadata: Path
    captures: Path | None = None  # the folder of captures; None: they are not published
    signer: Signer | None = None  # of captures
    address: str = ""  # of the public site, where it is known; ends in a slash


@dataclass
class Making:
    """The files of a dump that stand beside its database."""

    database: Path
    digest: str
    work: Path
    version: str
    wish: PublishOptions
    said: dict[str, Any]
    before: Dump | None
    old: Path | None  # the last dump, if it is whole
    archive: Path
    out: Path
    done: PublishResult
    made: list[Path] = field(default_factory=list)
    tables: list[File] = field(default_factory=list)
    captures: list[dict[str, Any]] = field(default_factory=list)  # as the manifest lists them

    def everything(self) -> tuple[Dump, dict[str, Any]]:
        """Writes them all; gives the dump, and what its manifest says."""
        packed = self._new(f"{self.database.name}.zst")
        compress(self.database, packed)
        self._tables()
        if self.wish.captures:
            self._captures(self.wish.captures)
        found = changes_between(self.old, self.database)
        delta_name = self._delta()
        self._texts(found, delta_name)
        return self._manifest(found, delta_name)

    def _new(self, name: str) -> Path:
        self.made.append(self.work / name)
        return self.made[-1]

    def _tables(self) -> None:
        writers = {"csv": write_csv, "parquet": write_parquet}
        if not can_write_parquet():
            del writers["parquet"]
            self.done.remarks.append(say("publish_without_parquet"))
        for table in stored_tables():
            for kind, write in writers.items():
                path = self._new(f"{table}-{self.version}.{kind}")
                write(self.database, table, path)
                self.tables.append(File(path, digest_of(path), table))

    def _captures(self, folder: Path) -> None:
        """A file a portal and month; those that the last dump has already are not written anew."""
        before = self.before.files if self.before else {}
        withheld = self._withheld_before()
        missing = 0
        with reading(self.database) as dump, reading(self.archive) as conn:
            for month in months(dump, conn, folder):
                name = name_of(month, self.wish.signer)
                kept = name in before and (self.out / name).is_file() and name in withheld
                if not kept:
                    written = write_wacz(month, self._new(name), self.wish.signer)
                    withheld[name] = written.withheld
                    missing += written.missing
                missing += month.missing
                self.captures.append(
                    {"portal": month.portal, "month": month.month, "file": name,
                     "looks": len(month.looks), "withheld": withheld[name]}
                )  # fmt: skip
        if missing:
            self.done.remarks.append(say("publish_captures_missing", count=missing, path=folder))

    def _withheld_before(self) -> dict[str, int]:
        """How many looks each file of the last dump leaves out."""
        if self.before is None or not (self.out / self.before.manifest).is_file():
            return {}
        listed = manifest_of(self.out, self.before).get("captures", [])
        return {one["file"]: one["withheld"] for one in listed if "withheld" in one}

    def _delta(self) -> str | None:
        if self.before is None:
            return None
        if self.old is None or not same_shape(self.old, self.database):
            self.done.remarks.append(say("publish_without_delta", name=self.before.database))
            return None
        plain = self.work / "delta.sql"
        with plain.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(delta(self.old, self.database))
        packed = self._new(f"delta-{self.before.version}-{self.version}.sql.zst")
        compress(plain, packed)
        plain.unlink()
        return packed.name

    def _texts(self, found: Changes, delta_name: str | None) -> None:
        whole = File(self.database, self.digest)
        changes = changes_text(
            self.version, found, has_delta=delta_name is not None,
            before=self.before.database if self.before else None,
        )  # fmt: skip
        with reading(self.database) as conn:
            numbers = statistics(conn, self.version)
            release = self._release(conn, whole)
        texts = {
            f"datapackage-{self.version}.json": _json(
                data_package(self.said, self.version, whole, self.tables)
            ),
            f"CHANGES-{self.version}.md": changes,
            f"README-{self.version}.md": read_me(self.said, whole.path.name, self.wish.contact),
            f"metadata-{self.version}.yml": self.wish.metadata.read_text(encoding="utf-8"),
            f"statistics-{self.version}.json": _json(numbers),
            f"CITATION-{self.version}.cff": citation_cff(release),
            f"datacite-{self.version}.json": _json(datacite(release)),
        }
        for name, text in texts.items():
            self._new(name).write_text(text, encoding="utf-8")

    def _release(self, conn: sqlite3.Connection, whole: File) -> Release:
        count, first, last = conn.execute(
            "select count(*), min(substr(first_seen, 1, 10)), max(substr(last_seen, 1, 10)) "
            "from articles"
        ).fetchone()
        return Release(
            self.said["title"], self.said["description"], LICENCE, self.version, whole.path.name,
            whole.sha256, count, first or "", last or "", self.wish.address, self.wish.contact,
            self.before.database if self.before else None,
            tuple(path.name for path in [whole.path, *self.made]),
        )  # fmt: skip

    def _place(self, name: str) -> Path:
        return self.work / name if (self.work / name).exists() else self.out / name

    def _manifest(self, found: Changes, delta_name: str | None) -> tuple[Dump, dict[str, Any]]:
        known = {file.path: file.sha256 for file in self.tables} | {self.database: self.digest}
        sums = {
            path.name: known.get(path) or digest_of(path)
            for path in sorted([self.database, *self.made])
        }
        sums |= {
            one["file"]: self.before.files[one["file"]]
            for one in self.captures
            if one["file"] not in sums and self.before
        }
        listed = self.work / f"SHA256SUMS-{self.version}"
        listed.write_text("".join(f"{sums[name]}  {name}\n" for name in sums), encoding="utf-8")
        with reading(self.database) as conn:
            rows = counts(conn)
        before = self.before
        predecessor = {"database": before.database, "sha256": before.sha256} if before else None
        files = {**sums, listed.name: digest_of(listed)}
        dump = Dump(self.database.name, self.version, rows["articles"], files, predecessor)
        manifest = {
            "database": dump.database,
            "version": self.version,
            "day": self.version[:8],
            "schemaVersion": shapes()[-1].version,
            "articles": dump.articles,
            "rows": rows,
            "changes": {
                **{kind: noted.count for kind, noted in found.articles.items()},
                "removed": found.removed,
            },
            "delta": delta_name,
            "tables": _by_table(self.tables),
            "files": list(sums),
            "captures": self.captures,
            "bytes": {name: self._place(name).stat().st_size for name in sums},
            "sha256": files,
            "predecessor": predecessor,
        }
        (self.work / dump.manifest).write_text(_json(manifest), encoding="utf-8")
        return dump, manifest


def _by_table(files: list[File]) -> dict[str, dict[str, str]]:
    """`{"articles": {"csv": NAME, "parquet": NAME}}`"""
    tables: dict[str, dict[str, str]] = {}
    for file in files:
        tables.setdefault(file.table, {})[file.path.suffix[1:]] = file.path.name
    return tables


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
