"""Examine one uploaded file: `python -m spr_portal.examine_file PATH NAME CLEANED`.

A process of its own with limits, so that no file, however it was crafted, can
take a web process with it. Says what it found as JSON on standard output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from spr_portal.file_checks import FileRefused, examine
from spr_portal.limits import end_with_parent, limit

MEGABYTES = 768
SECONDS = 20


def main(path: str, name: str, cleaned: str) -> None:
    limit(megabytes=MEGABYTES, seconds=SECONDS)
    end_with_parent()
    try:
        found = {"content_type": examine(Path(path), name, Path(cleaned)).content_type}
    except FileRefused as refusal:
        found = {"refused": str(refusal)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
