from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import valid_interval, valid_max_tasks

from spr_portal.background.worker import Worker


class Command(BaseCommand):
    help = (
        "Send e-mails and make the papers' files, until stopped by SIGTERM or Ctrl+C; "
        "the task in hand is finished first. Several may run side by side."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--interval",
            type=valid_interval,
            default=1,
            metavar="SECONDS",
            help="how long to wait before asking an empty queue again (1)",
        )
        parser.add_argument(
            "--max-tasks",
            type=valid_max_tasks,
            metavar="NUMBER",
            help="end after so many tasks; a service manager then starts a fresh worker",
        )
        parser.add_argument("--batch", action="store_true", help="end as soon as no task is ready")

    def handle(self, *, interval, max_tasks, batch, **options):
        Worker(interval=interval, max_tasks=max_tasks, batch=batch).work()
