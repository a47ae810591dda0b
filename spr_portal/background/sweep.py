"""What a worker does besides its tasks: show that it lives, and put back what others left."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spr_portal.background.models import WorkerHeartbeat
from spr_portal.background.retries import wait_before_next
from spr_portal.background.sent_forms import forget_sent_forms

logger = logging.getLogger(__name__)

BEAT_EVERY = timedelta(seconds=15)
# A worker unseen for four beats is taken for dead. Should it only have been
# very slow, a task runs twice, which every task of ours can bear.
DEAD_AFTER = 4 * BEAT_EVERY
# Finished tasks hold the words of e-mails: those that failed are kept for whoever looks into it.
KEEP_SUCCESSFUL = timedelta(days=1)
KEEP_FAILED = timedelta(days=30)
KEEP_HEARTBEATS = timedelta(days=1)


def beat(*, worker: str) -> None:
    """Note that the worker is alive; it must do so before it takes its first task."""
    WorkerHeartbeat.objects.update_or_create(name=worker, defaults={"seen_at": timezone.now()})


def sweep() -> None:
    """Put back tasks that were left undone and drop what nobody needs any more."""
    _put_back_left_running()
    _put_back_left_failed()
    _prune()


def put_back_tasks_of(worker: str) -> None:
    """Put back what a worker, which is doing none of it, left when the database went away."""
    for row in DBTaskResult.objects.running():
        if row.worker_ids[-1] == worker:
            _put_back_left(row)


def put_back(row: DBTaskResult, *, wait: timedelta) -> bool:
    """Let a task run again after the wait; False when another worker was first."""
    return bool(
        DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at).update(
            status=TaskResultStatus.READY, run_after=timezone.now() + wait
        )
    )


def put_back_failed(row: DBTaskResult) -> bool:
    """Let a failed task run again when it has an attempt left; False when it has not."""
    wait = wait_before_next(row)
    if wait is None:
        return False
    logger.warning("Task %s (%s) failed; next attempt in %s", row.task_name, row.pk, wait)
    return put_back(row, wait=wait)


def _put_back_left_running() -> None:
    """Tasks whose worker was killed: the queue itself would leave them running for ever."""
    alive = set(
        WorkerHeartbeat.objects.filter(seen_at__gt=timezone.now() - DEAD_AFTER).values_list(
            "name", flat=True
        )
    )
    for row in DBTaskResult.objects.running():
        if row.worker_ids[-1] not in alive:
            _put_back_left(row)


def _put_back_left(row: DBTaskResult) -> None:
    if put_back(row, wait=timedelta()):
        logger.warning("Task %s (%s) was left undone and is put back", row.task_name, row.pk)


def _put_back_left_failed() -> None:
    """Tasks whose worker was killed after the failure was noted, before the next attempt was."""
    just_now = timezone.now() - DEAD_AFTER
    failed = DBTaskResult.objects.failed()
    for row in failed.filter(finished_at__lt=just_now, finished_at__gt=just_now - KEEP_SUCCESSFUL):
        put_back_failed(row)


def _prune() -> None:
    now = timezone.now()
    tasks = DBTaskResult.objects
    tasks.successful().filter(finished_at__lt=now - KEEP_SUCCESSFUL).delete()
    tasks.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    WorkerHeartbeat.objects.filter(seen_at__lt=now - KEEP_HEARTBEATS).delete()
    forget_sent_forms()
