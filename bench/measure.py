"""What a command costs: wall and processor time of all its processes, and their peak memory."""

from __future__ import annotations

import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SET_CHILD_SUBREAPER = 36  # prctl(2): what a command leaves behind is still ours to account for
EVERY = 0.2  # seconds between two looks at memory


@dataclass
class Cost:
    """One run of a command."""

    seconds: float = 0.0
    cpu: float = 0.0  # seconds, user and system, of the whole tree
    main_cpu: float = 0.0  # of that, the command's own process
    peaks: dict[int, int] = field(default_factory=dict)  # process → MiB of resident memory
    pid: int = 0
    code: int = 0
    said: str = ""

    @property
    def main_mib(self) -> int:
        return self.peaks.get(self.pid, 0)

    @property
    def worker_mib(self) -> int:
        return max((mib for pid, mib in self.peaks.items() if pid != self.pid), default=0)


def cost_of(words: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path) -> Cost:
    """Run a command to its end."""
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others = set(_children(os.getpid()))
    cost = Cost()
    began = time.monotonic()
    process = subprocess.Popen(
        list(words), cwd=cwd, env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    cost.pid = process.pid
    ended = threading.Event()
    watcher = threading.Thread(target=_watch, args=(cost, ended))
    watcher.start()
    assert process.stdout
    with process.stdout as output:
        said = output.read()
    while True:
        mine = [pid for pid in _children(os.getpid()) if pid not in others]
        if not mine:
            break
        pid, status, usage = os.wait4(mine[0], 0)
        cost.cpu += usage.ru_utime + usage.ru_stime
        if pid == process.pid:
            cost.main_cpu = usage.ru_utime + usage.ru_stime
            cost.seconds = time.monotonic() - began
            cost.code = process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    cost.said = said.decode("utf-8", "replace")
    if cost.code:
        raise RuntimeError(f"{' '.join(words)}: exit {cost.code}\n{cost.said[-2000:]}")
    return cost


def _watch(cost: Cost, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        for pid in (cost.pid, *_descendants(cost.pid)):
            with suppress(OSError, StopIteration):
                lines = Path(f"/proc/{pid}/status").read_text().splitlines()
                peak = next(line for line in lines if line.startswith("VmHWM"))
                mib = int(peak.split()[1]) // 1024
                cost.peaks[pid] = max(cost.peaks.get(pid, 0), mib)


def _children(pid: int) -> list[int]:
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                found += map(int, (task / "children").read_text().split())
    return found


def _descendants(pid: int) -> list[int]:
    found = []
    for child in _children(pid):
        found += [child, *_descendants(child)]
    return found
