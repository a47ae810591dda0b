"""Examine one uploaded file: `python -m spr_portal.examine_file PATH NAME CLEANED`.

A process of its own with limits, so that no file, however it was crafted, can
take a web process with it. Says what it found as JSON on standard output.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import sys
from pathlib import Path

from spr_portal.file_checks import FileRefused, examine

MEGABYTES = 768
SECONDS = 20
PR_SET_PDEATHSIG = 1  # prctl(2): the signal a process gets when its parent dies


def main(path: str, name: str, cleaned: str) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the file's words
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    try:
        found = {"content_type": examine(Path(path), name, Path(cleaned)).content_type}
    except FileRefused as refusal:
        found = {"refused": str(refusal)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
