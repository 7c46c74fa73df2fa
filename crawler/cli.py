"""What the project's own commands share: checked names, sentences instead of tracebacks."""

from __future__ import annotations

import argparse
import difflib
import sqlite3
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from crawler.archive.database import ArchiveError
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say


class PortalCommand(ScrapyCommand):
    """A command about portals: names are checked, mistakes are answered with a sentence."""

    requires_project = True
    # Scrapy sets both before a command runs.
    settings: Settings
    crawler_process: AsyncCrawlerProcess

    def __init_subclass__(cls, **options: Any) -> None:
        """What a command cannot use, and a damaged archive, are a sentence and an exit code, never a traceback."""
        super().__init_subclass__(**options)
        if "run" in cls.__dict__:
            cls.run = _guarded(cls.__dict__["run"])  # type: ignore[method-assign]

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("-q", "--quiet", action="store_true", help=say("help_quiet").line)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if getattr(opts, "quiet", False):
            self.settings.set("QUIET", True, priority="cmdline")

    def say(self, sentence: object) -> None:
        """What is no failure; nothing of it with `--quiet`."""
        if not self.settings.getbool("QUIET"):
            print(sentence, flush=True)

    def relay(self, said: str) -> None:
        """What another process said, which was as quiet as it was told to be."""
        print(said, flush=True)

    def fail(self, sentence: object, exit_code: int = 1) -> None:
        print(sentence, file=sys.stderr)
        self.exitcode = exit_code

    def known_portal(self, name: str) -> bool:
        """Whether there is a portal of that name; says so when there is none."""
        loader = get_spider_loader(self.settings)
        names = loader.list()
        if name in names:
            return True
        broken = getattr(loader, "broken", {}).get(name)
        if broken:
            self.fail(say("spider_broken", name=name, detail=broken))
            return False
        near = difflib.get_close_matches(name.replace("-", "_"), names, 3, 0.4) or names[:3]
        self.fail(say("portal_unknown", name=name, near=", ".join(near)), 2)
        return False


def _guarded(run: Callable[..., None]) -> Callable[..., None]:
    @wraps(run)
    def guarded(self: PortalCommand, args: list[str], opts: argparse.Namespace) -> None:
        try:
            run(self, args, opts)
        except ArgumentError as error:
            self.fail(error, 2)
        except ArchiveError as error:
            self.fail(error, error.exit_code)
        except sqlite3.Error as error:
            self.fail(say("archive_damaged_part", detail=error), 74)

    return guarded


def arguments_of(pairs: list[str]) -> dict[str, str]:
    """`-a name=value` pairs. Raises UsageError on one without `=`."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise UsageError(
            say("argument_wrong", name=wrong[0], value="", wanted="name=value"), print_help=False
        )
    return dict(pair.split("=", 1) for pair in pairs)
