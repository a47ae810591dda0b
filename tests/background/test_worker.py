"""The worker as a process: nothing lost, nothing twice, and it can be seen to live."""

import signal
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spr_portal.background.models import WorkerHeartbeat
from spr_portal.background.selectors import worker_is_missing
from spr_portal.background.sweep import put_back, sweep
from tests.background.tasks import fail, note, note_slowly


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes"
    path.touch()
    return path


def lines(path):
    return path.read_text().splitlines()


def make_workers_look_dead():
    WorkerHeartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=3))


def test_two_workers_do_every_task_once(portal, notes):
    for number in range(30):
        note.enqueue(str(notes), f"task {number}")

    workers = [portal.start_worker("--batch") for _ in range(2)]
    for worker in workers:
        portal.wait_for_end(worker)

    assert Counter(lines(notes)) == {f"task {number}": 1 for number in range(30)}


def test_task_of_a_killed_worker_is_done_by_the_next(portal, notes, wait_until):
    note_slowly.enqueue(str(notes), "begun", 30)
    killed = portal.start_worker()
    wait_until(lambda: lines(notes) == ["begun"])
    killed.kill()
    killed.wait()
    DBTaskResult.objects.update(args_kwargs={"args": [str(notes), "done", 0], "kwargs": {}})
    make_workers_look_dead()

    portal.work_off()

    assert lines(notes) == ["begun", "done"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_task_of_a_living_worker_is_not_taken_away(portal, notes, wait_until):
    note_slowly.enqueue(str(notes), "begun", 3)
    first = portal.start_worker("--max-tasks", "1")
    wait_until(lambda: lines(notes) == ["begun"])

    portal.work_off()
    portal.wait_for_end(first)

    assert lines(notes) == ["begun"]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has no connection that could be cut"
)
def test_worker_whose_connection_is_cut_goes_on_and_leaves_nothing_undone(
    portal, notes, wait_until
):
    note_slowly.enqueue(str(notes), "begun", 1)
    worker = portal.start_worker("--max-tasks", "2")
    wait_until(lambda: lines(notes) == ["begun"])

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    portal.wait_for_end(worker)

    assert lines(notes) == ["begun", "begun"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_worker_told_to_stop_finishes_its_task_first(portal, notes, wait_until, stop):
    note_slowly.enqueue(str(notes), "begun", 1)
    worker = portal.start_worker()
    wait_until(lambda: lines(notes) == ["begun"])

    worker.send_signal(stop)
    portal.wait_for_end(worker)

    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_idle_worker_told_to_stop_ends_at_once(portal, wait_until):
    worker = portal.start_worker("--interval", "600")
    wait_until(WorkerHeartbeat.objects.exists)

    worker.terminate()

    portal.wait_for_end(worker)


def test_failed_task_is_tried_again_at_its_own_pace_and_then_left(portal, notes):
    fail.enqueue(str(notes))

    portal.work_off()

    task = DBTaskResult.objects.get()
    assert lines(notes) == ["tried"] * 2
    assert task.status == TaskResultStatus.READY
    assert timedelta(minutes=4) < task.run_after - timezone.now() <= timedelta(minutes=5)

    DBTaskResult.objects.update(run_after=timezone.now())
    portal.work_off()

    assert lines(notes) == ["tried"] * 3
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_task_whose_worker_died_between_failure_and_retry_is_put_back():
    fail.enqueue("notes")
    long_ago = timezone.now() - timedelta(minutes=10)
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED,
        worker_ids=["killed"],
        started_at=long_ago,
        finished_at=long_ago,
    )

    sweep()

    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


@pytest.mark.django_db
def test_task_another_worker_has_taken_is_not_put_back():
    note.enqueue("notes", "words")
    row = DBTaskResult.objects.get()
    row.claim("killed")
    seen_by_sweep = DBTaskResult.objects.get()
    row.claim("quicker")

    assert not put_back(seen_by_sweep, wait=timedelta())

    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


@pytest.mark.django_db
def test_finished_tasks_are_dropped_and_unfinished_ones_kept():
    def finished(status, **ago):
        note.enqueue("notes", str(ago))
        DBTaskResult.objects.filter(finished_at=None, worker_ids=[]).update(
            status=status, worker_ids=["w"] * 9, finished_at=timezone.now() - timedelta(**ago)
        )

    finished(TaskResultStatus.SUCCESSFUL, days=2)
    finished(TaskResultStatus.SUCCESSFUL, hours=2)
    finished(TaskResultStatus.FAILED, days=31)
    finished(TaskResultStatus.FAILED, days=29)
    note.enqueue("notes", "waiting")
    DBTaskResult.objects.filter(finished_at=None).update(
        enqueued_at=timezone.now() - timedelta(days=90)
    )

    sweep()

    kept = {row.args_kwargs["args"][1] for row in DBTaskResult.objects.all()}
    assert kept == {"{'hours': 2}", "{'days': 29}", "waiting"}


def test_worker_is_missing_until_one_runs_and_when_it_is_gone(portal, wait_until):
    assert worker_is_missing()

    portal.work_off()

    assert not worker_is_missing()
    make_workers_look_dead()
    assert worker_is_missing()
