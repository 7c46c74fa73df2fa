"""`python -m crawler.cluster.tied PARENT WORD …`: a command that dies with the process that began it.

A worker that is killed leaves nobody behind who goes on asking a portal for pages.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main(parent: int, words: list[str]) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was gone before we asked
        sys.exit(1)
    os.execvp(words[0], words)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
