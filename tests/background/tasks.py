"""Tasks for the tests of the worker: what they did is read from files."""

import time
from datetime import timedelta
from pathlib import Path

from django_tasks import task

from spr_portal.background.retries import retried


@task
def note(path: str, words: str) -> None:
    with Path(path).open("a") as file:
        file.write(words + "\n")


@task
def note_slowly(path: str, words: str, seconds: float) -> None:
    note.func(path, words)
    time.sleep(seconds)


@retried(after=(timedelta(), timedelta(minutes=5)))
@task
def fail(path: str) -> None:
    note.func(path, "tried")
    raise RuntimeError("it failed")
