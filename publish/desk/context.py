"""The archive a request is about, who may see it, and how a page goes out."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from publish.desk.cache import kept
from publish.desk.export_queue import BusyError
from publish.desk.queries.columns import Columns, load, load_files
from publish.desk.queries.portals import Place, places
from publish.desk.queries.searched import ARTICLES, FILES, Searched
from publish.desk.queries.suggestions import Phrases, load_phrases
from publish.desk.render import one_go
from publish.desk.render.i18n import both

SECONDS = 8.0  # for all the questions of one page
LEAVE = 2.0  # seconds for which a permission is not asked for again

_told: dict[tuple[Any, str], float] = {}  # when whoever is not signed in was last let in
_loading = threading.Lock()  # several readers of a new archive wait for the first one's answer


class TooSlowError(Exception):
    """A question went on for too long and was stopped."""


class Desk:
    """One request to one archive."""

    def __init__(self, datasette: Any, request: Any, name: str) -> None:
        self.datasette, self.request, self.name = datasette, request, name
        self.database = datasette.databases[name]

    @classmethod
    async def of(cls, datasette: Any, request: Any, name: str | None = None) -> Desk:
        """The named archive, else the first one that is served; NotFound when there is none."""
        served = [known for known in datasette.databases if known != "_internal"]
        for known in served if name is None else [name]:
            if known in datasette.databases and await _open_to(datasette, request.actor, known):
                return cls(datasette, request, known)
        raise NotFound(both("no_archive").line)

    async def ask(self, questions: Callable[[sqlite3.Connection], Any]) -> Any:
        """Run questions on a reading connection, all of them or TooSlowError."""

        def bounded(conn: sqlite3.Connection) -> Any:
            with sqlite_timelimit(conn, SECONDS * 1000):
                return questions(conn)

        try:
            return await self.database.execute_fn(bounded)
        except sqlite3.OperationalError as error:
            if "interrupted" in str(error):
                raise TooSlowError from error
            raise

    def kept(self, name: str, conn: sqlite3.Connection, make: Callable[..., Any]) -> Any:
        return kept(self.database.path, name, conn, make)

    def places(self, conn: sqlite3.Connection) -> dict[str, Place]:
        return self.kept("places", conn, places)

    def columns(self, conn: sqlite3.Connection) -> Columns:
        """By what its articles are counted; of a working archive as of its last change."""
        with _loading:
            return self.kept("columns", conn, load)

    def documents(self, conn: sqlite3.Connection) -> tuple[Columns, Searched]:
        """The same of its documents, and where they are searched."""
        with _loading:
            columns: Columns = self.kept("file columns", conn, load_files)
        # Where no document is kept there is no index of them either.
        return columns, FILES if len(columns) else ARTICLES

    def phrases(self, conn: sqlite3.Connection) -> Phrases:
        with _loading:
            return self.kept("phrases", conn, load_phrases)

    def path(self, ident: int | str = "") -> str:
        """The lasting address of an article, on this server."""
        return f"{self.datasette.urls.table(self.name, 'articles')}/{ident}"

    def file_path(self, sha256: str = "") -> str:
        """The lasting address of a document's page, on this server."""
        return f"{self.datasette.urls.table(self.name, 'files')}/{sha256}"

    def version_address(self, article: dict[str, Any]) -> str:
        """The whole address of an article as it reads now: of these very words, for ever."""
        return self.absolute(f"{self.path(article['id'])}/ban/{article['text_sha256']}")

    def absolute(self, path: str) -> str:
        return self.datasette.absolute_url(self.request, path)

    def own(self, path: str) -> str:
        """A page of the desk, on this server."""
        return self.datasette.setting("base_url").rstrip("/") + path

    async def page(self, template: str, context: dict[str, Any], status: int = 200) -> Response:
        body = await self.datasette.render_template(
            one_go.template(self.datasette, template),
            {"database": self.name, "article_path": self.path(), **context},
            request=self.request,
            view_name="desk",
        )
        return Response.html(body, status=status, headers={"x-desk": "1"})

    async def busy(self) -> Response:
        """Files are waited for by others already."""
        answer = await self.page("desk_message.html", {"message": "busy"}, status=503)
        answer.headers["retry-after"] = str(BusyError.seconds)
        return answer

    async def too_slow(self) -> Response:
        return await self.page("desk_message.html", {"message": "too_slow"}, status=503)


async def _open_to(datasette: Any, actor: Any, name: str) -> bool:
    """Whether this is an archive; Forbidden when the reader may not see it.

    Datasette reads all its metadata anew for each permission: who is not signed in was just told.
    """
    told = _told.get((datasette, name), 0.0)
    if actor is None and time.monotonic() - told < LEAVE:
        return True
    if not await datasette.databases[name].table_exists("articles_fts"):
        return False
    await datasette.ensure_permissions(
        actor, [("view-table", (name, "articles")), ("view-database", name), "view-instance"]
    )
    if actor is None:
        _told[datasette, name] = time.monotonic()
    return True


def now() -> datetime:
    return datetime.now(UTC)


def file(body: bytes | str, kind: str, name: str = "") -> Response:
    """A file; with a name it is saved, not shown."""
    headers = {"x-content-type-options": "nosniff"}
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(body, headers=headers, content_type=kind)
