"""How often a task that failed is tried again, and after how long."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django_tasks.base import Task

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

# For a task that says nothing else: two further attempts.
USUAL_WAITS = (timedelta(seconds=10), timedelta(minutes=1))

_waits: dict[str, tuple[timedelta, ...]] = {}


def retried(*, after: tuple[timedelta, ...]):
    """Say of a task how long to wait before each further attempt; it is tried len(after) + 1 times.

    Stands above @task.
    """

    def note(task: Task) -> Task:
        _waits[task.module_path] = after
        return task

    return note


def wait_before_next(row: DBTaskResult) -> timedelta | None:
    """How long a failed task waits for its next attempt; None when it has had its last."""
    try:
        path = row.task.module_path  # imports the module, which notes its waits
    except ImportError:
        return None  # left by another version of the portal, which nothing here can run
    waits = _waits.get(path, USUAL_WAITS)
    attempts = len(row.worker_ids)  # every claim adds one
    return waits[attempts - 1] if attempts <= len(waits) else None
