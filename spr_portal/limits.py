"""Limits for a process of its own, in which a file that may be anything is made or read."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

MEGABYTE = 2**20
PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies


def limit(*, megabytes: int, seconds: int) -> None:
    """Bound this process's memory and processor time; the hard limits cannot be raised again.

    RLIMIT_DATA counts what a process really asks to write to. RLIMIT_AS would
    also count libraries and reserved addresses, which differ from machine to machine.
    """
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the paper's words


def end_with_parent() -> None:
    """Have Linux end this process when its parent is killed: nobody would read what it makes."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def keep_standard_output_clean() -> int:
    """Send to standard error whatever a library prints, and return where the answer goes."""
    out = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return out
