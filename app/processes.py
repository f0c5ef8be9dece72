"""Processes that end with their parent, whatever ends it."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def end_with_parent(sign: int, parent: int | None = None) -> None:
    """From now on the kernel sends `sign` when the parent ends (Linux; elsewhere nothing).

    parent: the process id it is expected to have; it may have ended before this call.
    """
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, sign, 0, 0, 0)
    if parent is not None and os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
