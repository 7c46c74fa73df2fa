"""The place that all machines share: a folder (file://) or object storage (s3://, gs://, az://).

The only user of obstore. Nothing here is ever half: an object is there whole, or not at all.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.archive.database import ArchiveError
from crawler.crawl.arguments import ArgumentError
from crawler.durable import sync
from crawler.messages import say
from crawler.parsing import split_url

if TYPE_CHECKING:
    from obstore.store import ObjectStore

SCHEMES = ("file", "s3", "gs", "az")
NAME = "store"  # the object that holds it
TRIES, FIRST_PAUSE, PATIENCE = 6, 0.2, 60.0  # of a request that a store answers with 5xx; seconds
CHUNK = 8 * 2**20  # bytes
SHORTEST = 6  # characters of a secret that is one
SECRETS = (
    "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AZURE_STORAGE_ACCOUNT_KEY",
    "AZURE_STORAGE_SAS_TOKEN", "GOOGLE_SERVICE_ACCOUNT_KEY",
)  # fmt: skip


class StoreError(ArchiveError):
    """The store cannot be used; the text says why, where, and what to do. Exit code 74."""


class Store:
    """Objects by their names; `/` parts a name as it parts a path."""

    def __init__(self, address: str, *, name: str = "") -> None:
        """Raises ArgumentError for what is no store's address, StoreError when it cannot be opened.

        `name`: which store it must be; a folder of that path on another machine may be another one.
        """
        parts = split_url(address)
        if parts.scheme not in SCHEMES or parts.username or parts.password or parts.query:
            # What stands there may be a password: it is not said again.
            shown = f"{parts.scheme}://{parts.hostname or ''}…"
            raise ArgumentError(
                say(
                    "argument_wrong",
                    name="store",
                    value=shown,
                    wanted="file:///folder, s3://bucket/…",
                )
            )
        self.address = address.rstrip("/")
        self.folder = Path(parts.path) if parts.scheme == "file" else None
        with self._answering():
            if self.folder is not None and not name:
                self.folder.mkdir(parents=True, exist_ok=True)
            self._objects = _open(self.address)
        if name and (self.get(NAME) or b"").decode() != name:
            raise StoreError(say("store_other", store=self.address))

    def name(self) -> str:
        """A store's own name, wherever it lies: made by whoever comes first."""
        self.create(NAME, secrets.token_hex(8).encode())
        return (self.get(NAME) or b"").decode()

    def get(self, name: str) -> bytes | None:
        """An object's content; None when there is none."""
        import obstore

        with self._answering():
            try:
                return bytes(obstore.get(self._objects, name).bytes())
            except FileNotFoundError:
                return None

    def put(self, name: str, content: bytes) -> None:
        """Write an object, whatever was there."""
        import obstore

        with self._answering():
            obstore.put(self._objects, name, content)
            self._sync(name)

    def create(self, name: str, content: bytes) -> bool:
        """Write an object that nobody has written yet; False when somebody has.

        The content must be of its writer alone: an answer that was lost is asked for again, and
        then finds what it wrote itself.
        """
        import obstore
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        with self._answering():
            try:
                obstore.put(self._objects, name, content, mode="create")
            except (AlreadyExistsError, PreconditionError):
                return self.get(name) == content
            self._sync(name)
            return True

    def upload(self, name: str, path: Path) -> None:
        """Write a file's content as an object; it is there when all of it is."""
        import obstore

        with self._answering():
            obstore.put(self._objects, name, path, chunk_size=CHUNK)
            self._sync(name)

    def download(self, name: str, path: Path, *, digest: str) -> None:
        """Write an object to a file, which has its name when it is whole.

        Raises StoreError when it is not there or not what its digest (SHA-256) says.
        """
        import obstore

        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        found = sha256()
        try:
            with self._answering(), part.open("wb") as file:
                for chunk in obstore.get(self._objects, name).stream(CHUNK):
                    piece = bytes(chunk)
                    found.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if found.hexdigest() != digest:
                raise StoreError(say("store_damaged", store=self.address, name=name))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """What lies directly in a folder, objects and folders, in order."""
        import obstore

        with self._answering():
            found = obstore.list_with_delimiter(self._objects, f"{folder}/")
        names = [*found["common_prefixes"], *(entry["path"] for entry in found["objects"])]
        return sorted(name.rstrip("/").rpartition("/")[2] for name in names)

    def below(self, folder: str) -> Iterator[str]:
        """The names of all objects in a folder and its folders."""
        import obstore

        with self._answering():
            for some in obstore.list(self._objects, f"{folder}/"):
                for entry in some:
                    yield entry["path"]

    def delete(self, names: list[str]) -> None:
        import obstore

        if names:
            with self._answering():
                obstore.delete(self._objects, names)

    def check(self) -> None:
        """Raises StoreError unless of two who create one object one is told that it is there."""
        name = f"probes/{secrets.token_hex(8)}"
        try:
            if not self.create(name, b"1") or self.create(name, b"2"):
                raise StoreError(say("store_careless", store=self.address))
        finally:
            with suppress(StoreError):
                self.delete([name])

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Whatever goes wrong between us and the store is a StoreError, and tells no secret."""
        from obstore.exceptions import BaseError

        try:
            yield
        except FileNotFoundError as error:
            raise StoreError(
                say("store_failed", store=self.address, detail=_short(error))
            ) from None
        except BaseError as error:
            raise StoreError(
                say("store_failed", store=self.address, detail=_short(error))
            ) from None
        except OSError as error:
            if self.folder is None:
                raise  # this machine's own disk
            raise StoreError(
                say("store_failed", store=self.address, detail=_short(error))
            ) from None

    def _sync(self, name: str) -> None:
        if self.folder is None:
            return
        path = self.folder / name
        sync(path)
        sync(path.parent)


def _open(address: str) -> ObjectStore:
    from obstore.store import from_url

    if address.startswith("file://"):
        return from_url(address)
    plain = os.environ.get("AWS_ENDPOINT_URL", os.environ.get("AWS_ENDPOINT", ""))
    options: Any = {"timeout": "120s", "allow_http": plain.startswith("http://")}
    retry: Any = {
        "max_retries": TRIES,
        "backoff": {"init_backoff": timedelta(seconds=FIRST_PAUSE)},
        "retry_timeout": timedelta(seconds=PATIENCE),
    }
    return from_url(address, client_options=options, retry_config=retry)


def without_secrets(text: str) -> str:
    """A text in which no key of the store stands, whoever wrote it."""
    for name in SECRETS:
        if len(value := os.environ.get(name, "")) >= SHORTEST:
            text = text.replace(value, "***")
    return re.sub(r"(\w://)[^/\s@]+@", r"\1***@", text)


def _short(error: BaseException) -> str:
    return without_secrets(str(error).strip().split("\n\n")[0])[:300]


def digest_of_file(path: Path) -> str:
    with path.open("rb") as file:
        return _digest(lambda: file.read(CHUNK))


def _digest(more: Callable[[], bytes]) -> str:
    found = sha256()
    while piece := more():
        found.update(piece)
    return found.hexdigest()
