"""`--scheduler` and `--store`, and what of a command's own words and settings its workers are given."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler.messages import say

# What is this machine's own, or a worker's, or a secret of whoever gives the command.
OWN = (
    "ARCHIVE_DB", "CAPTURES_DIR", "RUN", "SNAPSHOTS", "SIGNING_KEY", "DEADLINE_HOURS", "LOG_FILE",
    "CLUSTER_LEASE", "CLUSTER_CONNECT", "CLUSTER_PATIENCE", "CLUSTER_CAPTURES", "FEEDS", "PIDFILE",
)  # fmt: skip
ALWAYS = ("CONTACT", "USER_AGENT")  # portals are told one name, whoever asks


def add_cluster_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scheduler", metavar="tcp://HOST:8786", help=say("help_scheduler").line)
    parser.add_argument("--store", metavar="file:///…|s3://…", help=say("help_store").line)


def is_shared(opts: argparse.Namespace) -> bool:
    """Whether the command's work is to be dealt; `fault_of` tells whether it can be."""
    return bool(opts.scheduler or opts.store)


def settings_for_workers(settings: BaseSettings) -> tuple[tuple[str, str], ...]:
    """The settings that somebody gave with the command, and who we say we are."""
    given = {
        name: settings[name]
        for name in settings
        if (settings.getpriority(name) or 0) >= SETTINGS_PRIORITIES["cmdline"]
        and name not in OWN
        and not name.startswith("NOTIFY_")
    }
    given |= {name: settings[name] for name in ALWAYS}
    if given.get("REPLAY_WARC"):
        paths = [str(Path(path).absolute()) for path in settings.getlist("REPLAY_WARC")]
        given["REPLAY_WARC"] = ",".join(paths)
    return tuple((name, _as_given(value)) for name, value in sorted(given.items()))


def _as_given(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return json.dumps(value) if isinstance(value, dict) else str(value)
