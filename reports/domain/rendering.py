"""Rendering in a process of its own, with limits on memory and time."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys

from django.conf import settings

logger = logging.getLogger(__name__)

# The 2017 paper takes 60 MB and 2 s, one of 200 pages 300 MB and 12 s.
MEGABYTES = 768
SECONDS = 120
MOST_MEGABYTES = 20  # of a finished file: a web process reads it whole to hand it out
LOG_TAIL = 4000  # characters of a failed process's last words that are kept in the log


class RenderingFailed(Exception):
    """A file could not be made; the message says why in a clause, without the paper's words."""


def render_apart(*, document: str, format: str) -> bytes:
    """Make a file from a paper's JSON (reports.document.to_json) in a process of its own.

    Raises RenderingFailed when it fails, needs more than MEGABYTES or takes longer than SECONDS.
    """
    command = [sys.executable, "-m", "reports.render_file", format, str(MEGABYTES), str(SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603  nothing in the command comes from a person
            command,
            input=document.encode(),
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            start_new_session=True,  # Ctrl+C at the worker must not end the file in hand
        )
    except subprocess.TimeoutExpired as problem:
        _log(format, "took too long", problem.stderr)
        raise RenderingFailed(f"making it took longer than {SECONDS} seconds") from None
    if done.returncode:
        _log(format, f"ended with status {done.returncode}", done.stderr)
        raise RenderingFailed(_reason(done))
    if len(done.stdout) > MOST_MEGABYTES * 2**20:
        raise RenderingFailed(f"it came out larger than {MOST_MEGABYTES} megabytes")
    return done.stdout


def _reason(done: subprocess.CompletedProcess) -> str:
    if done.returncode == -signal.SIGXCPU:
        return f"making it took longer than {SECONDS} seconds"
    if b"MemoryError" in done.stderr:
        return f"making it needed more than {MEGABYTES} megabytes of memory"
    if done.returncode < 0:
        return "the process making it was stopped, perhaps for want of memory"
    return "something went wrong while it was made"


def _log(format: str, what: str, stderr: bytes | None) -> None:
    words = (stderr or b"").decode(errors="replace")[-LOG_TAIL:]
    logger.error("The process making a %s file %s:\n%s", format, what, words)
