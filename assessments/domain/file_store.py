"""Files of evidence on disk: each under a name that tells nothing, whole or not at all."""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from assessments.exceptions import FileUnavailable

logger = logging.getLogger(__name__)

COMING_IN = ".coming-in"
ORPHAN_AFTER = 24 * 60 * 60  # seconds: by then whoever was adding the file has ended
NO_ROOM = (
    "The file could not be written to the server’s disk, so nothing was kept. The evidence itself "
    "is unaffected. Tell your administrator: the disk may be full."
)


def keep(source: Path, identity: str) -> None:
    """Copy a file into the store, safe against a power cut once this returns.

    It appears under its name only when all of it is on the disk. Raises
    FileUnavailable, with nothing left behind, when there is no room for it.
    """
    place = path_of(identity)
    coming_in = place.with_name(place.name + COMING_IN)
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with source.open("rb") as read, _new_file(coming_in) as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
        coming_in.rename(place)
        _sync_folder(place.parent)
    except OSError as problem:
        logger.exception("A file of evidence could not be written")
        coming_in.unlink(missing_ok=True)
        raise FileUnavailable(NO_ROOM) from problem


def remove(identity: str) -> None:
    """Take a file off the disk; one that is gone already is no fault."""
    try:
        path_of(identity).unlink(missing_ok=True)
    except OSError:  # the sweep tries again
        logger.exception("A file of evidence could not be removed")


def path_of(identity: str) -> Path:
    """Where the file lies; identities are slugs, so that none leads out of the store."""
    return settings.EVIDENCE_DIR / identity[:2] / identity


def remove_orphans(known: Iterable[str]) -> int:
    """Remove files that no row knows and that have lain there for a day; returns how many.

    They are left by a process that was killed between writing the file and the
    row, or between removing the row and the file.
    """
    known, removed = frozenset(known), 0
    for path in _all_files():
        if path.name not in known and time.time() - path.stat().st_mtime > ORPHAN_AFTER:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _all_files() -> Iterator[Path]:
    yield from settings.EVIDENCE_DIR.glob("??/*")


def _new_file(path: Path):
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last: a rename is kept only when its folder is written."""
    for one in (folder, folder.parent):
        handle = os.open(one, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
