"""Reading a past paper from its file, in a process of its own with limits."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from reports.exceptions import PaperUnreadable
from reports.past_papers.proposal import Proposal, from_json
from threats.models import Edition
from threats.selectors import labels_of_threats

logger = logging.getLogger(__name__)

MEGABYTES = 512
SECONDS = 20  # of processor time
WITHIN = 28  # seconds by the clock
TOO_SLOW = (
    "Reading the file took too long: it is far more complicated than a board paper. Save it anew, "
    "without drawings and annexes, then try again."
)
TOO_MUCH = (
    "The file needs far more memory than a board paper does, so it was not read. Save it anew, "
    "without large pictures and annexes, then try again."
)
UNREADABLE = "The file could not be read: it is damaged or far too complicated."


def read_past_paper(*, path: Path, name: str, edition: Edition) -> Proposal:
    """What a file seems to say, with threats by the labels of the edition.

    Raises PaperUnreadable, with a sentence for whoever sent it, when it cannot
    be read, needs more than MEGABYTES or takes longer than WITHIN seconds.
    """
    module = "reports.past_papers.read_file"
    command = [
        sys.executable,
        "-m",
        module,
        str(path.resolve()),
        name,
        str(MEGABYTES),
        str(SECONDS),
    ]
    try:
        done = subprocess.run(  # noqa: S603  no shell; the name is one argument
            command,
            input=json.dumps(labels_of_threats(edition)).encode(),
            capture_output=True,
            timeout=WITHIN,
            cwd=settings.BASE_DIR,
        )
    except subprocess.TimeoutExpired:
        raise PaperUnreadable(TOO_SLOW) from None
    if done.returncode:
        logger.warning("Reading a past paper ended with status %s", done.returncode)
        raise PaperUnreadable(_reason(done))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise PaperUnreadable(answer["refused"])
    return from_json(answer["proposal"])


def _reason(done: subprocess.CompletedProcess) -> str:
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return TOO_SLOW
    if b"MemoryError" in done.stderr or b"bad_alloc" in done.stderr:
        return TOO_MUCH
    return UNREADABLE
