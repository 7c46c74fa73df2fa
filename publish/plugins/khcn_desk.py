"""The desk's door into Datasette: `--plugins-dir publish/plugins`. The rooms are publish/desk/."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette import hookimpl

HERE = Path(__file__).resolve()
# Datasette is started from its own folder and knows nothing of this project's packages.
if str(HERE.parents[2]) not in sys.path:
    sys.path.append(str(HERE.parents[2]))

from crawler.text.characters import FORBIDDEN
from publish.desk import table_order
from publish.desk.http_cache import with_names
from publish.desk.middleware import with_language
from publish.desk.render.template_context import template_words
from publish.desk.routes import ROUTES, is_desk

try:
    import datasette_xlsx
except ImportError:  # it is an extra
    pass
else:
    # It strips controls and no more: one U+FFFF, and the workbook of a whole table cannot be made.
    datasette_xlsx.ILLEGAL_CHARACTERS_RE = FORBIDDEN


def _worn(datasette: Any) -> bool:
    """Plugins belong to the process: a second Datasette in it may not wear the desk."""
    folder = datasette.plugins_dir
    return bool(folder) and Path(folder).resolve() == HERE.parent


@hookimpl
def startup(datasette: Any) -> None:
    """A page makes ten thousand objects that go with it, beside as many answers that are kept.

    To look through all of them for rings every seven hundred objects is a sixth of the latest answers' time.
    """
    if _worn(datasette):
        gc.set_threshold(50_000, 20, 100)


@hookimpl
def register_routes(datasette: Any) -> list[tuple[str, Callable[..., Any]]]:
    return ROUTES if _worn(datasette) else []


@hookimpl
def extra_template_vars(datasette: Any, request: Any) -> dict[str, Any]:
    return template_words(datasette, request) if _worn(datasette) else {}


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    if not _worn(datasette):
        return lambda app: app
    base = datasette.setting("base_url")
    return lambda app: with_names(with_language(app, is_desk, base), datasette)


table_order.install()
