"""Rendering in a process of its own, with limits on memory and time.

The processes are forked from one that has loaded what makes files, since loading
takes longer than making them. It is started with the first file, and ends with
the process that asked for it.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import traceback
from multiprocessing.connection import Connection

from spr_portal.limits import end_with_parent, limit

logger = logging.getLogger(__name__)

# The 2017 paper takes 120 MB and 1 s, one of 200 pages 320 MB and 20 s.
MEGABYTES = 768
SECONDS = 120
MOST_MEGABYTES = 20  # of a finished file: a web process reads it whole to hand it out
LOG_TAIL = 4000  # characters of a failed process's last words that are kept in the log
NICENESS = 19  # a page that somebody waits for comes first
LEAVES_WITHIN = 5  # seconds, once it has handed over what it made
NO_MEMORY = 77  # the status of a process that asked for more than it may have

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["reports.render_file"])


class RenderingFailed(Exception):
    """A file could not be made; the message says why in a clause, without the paper's words."""


def render_apart(*, document: str, format: str) -> bytes:
    """Make a file from a paper's JSON (reports.document.to_json) in a process of its own.

    Raises RenderingFailed when it fails, needs more than MEGABYTES or takes longer than SECONDS.
    """
    receiver, sender = _processes.Pipe(duplex=False)
    process = _processes.Process(
        target=_make, args=(sender, document, format, MEGABYTES, SECONDS), daemon=True
    )
    process.start()
    sender.close()
    try:
        if not receiver.poll(SECONDS):
            _log(format, "took too long", "")
            raise RenderingFailed(f"making it took longer than {SECONDS} seconds")
        is_made, content = _received(receiver)
        process.join(LEAVES_WITHIN)
    finally:
        process.kill()
        process.join()
        status = process.exitcode
        process.close()
        receiver.close()
    if not is_made:
        _log(format, f"ended with status {status}", content.decode(errors="replace"))
        raise RenderingFailed(_reason(status))
    if len(content) > MOST_MEGABYTES * 2**20:
        raise RenderingFailed(f"it came out larger than {MOST_MEGABYTES} megabytes")
    return content


def _received(receiver: Connection) -> tuple[bool, bytes]:
    """Whether the file is made, and the file, or the last words of the process that failed."""
    try:
        is_made = receiver.recv_bytes() == b"made"
        return is_made, receiver.recv_bytes()
    except EOFError:  # it was ended from outside, or by its limits
        return False, b""


def _make(
    sender: Connection, document: str, format: str, megabytes: int, seconds: int
) -> None:  # in the process of its own
    end_with_parent()
    os.setsid()  # Ctrl+C at the worker must not end the file in hand
    os.nice(NICENESS)
    limit(megabytes=megabytes, seconds=seconds)
    try:
        from reports.render_file import made  # loaded already: web processes never do

        content = made(document, format)
    except MemoryError:
        sys.exit(NO_MEMORY)
    except Exception:
        sender.send_bytes(b"failed")
        sender.send_bytes(traceback.format_exc().encode(errors="replace")[-LOG_TAIL:])
        sys.exit(1)
    sender.send_bytes(b"made")
    sender.send_bytes(content)


def _reason(status: int | None) -> str:
    if status == -signal.SIGXCPU:
        return f"making it took longer than {SECONDS} seconds"
    if status == NO_MEMORY:
        return f"making it needed more than {MEGABYTES} megabytes of memory"
    if status is not None and status < 0:
        return "the process making it was stopped, perhaps for want of memory"
    return "something went wrong while it was made"


def _log(format: str, what: str, words: str) -> None:
    logger.error("The process making a %s file %s:\n%s", format, what, words)
