"""The desk's pages, rendered in one go: nothing in them has to be waited for.

Datasette's own templates may wait at any expression; what that costs is a third of a page of hits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment, Template


class OneGo(Template):
    """A template that Datasette may wait for, and need not."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        return self.render(*args, **kwargs)


@lru_cache(maxsize=4)  # a process serves one Datasette; tests a few
def _environment(datasettes: Environment) -> Environment:
    ours = datasettes.overlay(enable_async=False)
    ours.template_class = OneGo
    return ours


def template(datasette: Any, name: str) -> Template:
    """A template of the desk by its name, in Datasette's own surroundings."""
    return _environment(datasette.jinja_env).get_template(name)
