"""The process that does the tasks of the queue."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from spr_portal.background.sweep import (
    BEAT_EVERY,
    beat,
    put_back_failed,
    put_back_tasks_of,
    sweep,
)

logger = logging.getLogger(__name__)

DATABASE_FAULTS = (OperationalError, InterfaceError)
DATABASE_AWAY = 2  # seconds until a database that could not be reached is tried again


class Worker(QueueWorker):
    """The queue's own worker, which also tries failed tasks again.

    It asks for a task every `interval` seconds; ends after `max_tasks` tasks, or
    when `batch` is set, as soon as none is ready.
    """

    def __init__(self, *, interval: float, max_tasks: int | None, batch: bool):
        super().__init__(
            queue_names=[DEFAULT_TASK_QUEUE_NAME],
            excluded_queue_names=[],
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            interval=interval,
            batch=batch,
            startup_delay=False,
            max_tasks=max_tasks,
            worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}-{get_random_string(8)}",
        )

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            put_back_failed(db_task_result)

    def run(self) -> None:
        put_back_tasks_of(self.worker_id)
        super().run()

    def work(self) -> None:
        """Work until told to stop, whatever becomes of the database meanwhile."""
        self.configure_signals()
        logger.info("Worker %s starts", self.worker_id)
        _until_the_database_answers(self._beat_and_sweep)
        stopped = threading.Event()
        # A thread, because a worker in the middle of a long task lives as well.
        heart = threading.Thread(target=self._beat_until, args=[stopped], daemon=True)
        heart.start()
        try:
            _until_the_database_answers(self.run)
        finally:
            stopped.set()
            heart.join()
            logger.info("Worker %s ends", self.worker_id)

    def _beat_until(self, stopped: threading.Event) -> None:
        # A signal that this thread were given would not wake the main one from its sleep.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
        while not stopped.wait(BEAT_EVERY.total_seconds()):
            try:
                self._beat_and_sweep()
            except DATABASE_FAULTS:
                # The next beat tries again; a beat missed too often shows on the paper's page.
                logger.exception("Worker %s could not note that it lives", self.worker_id)
            finally:
                connection.close()  # this thread's own, which nothing else would close

    def _beat_and_sweep(self) -> None:
        beat(worker=self.worker_id)
        sweep()


def _until_the_database_answers(act: Callable[[], None]) -> None:
    """A database that restarts must not end the worker: tasks it held are put back by the sweep."""
    while True:
        try:
            return act()
        except DATABASE_FAULTS:
            logger.exception("The database is away; trying again in %s s", DATABASE_AWAY)
            connection.close()
            time.sleep(DATABASE_AWAY)
