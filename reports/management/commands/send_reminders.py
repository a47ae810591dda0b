from django.core.management.base import BaseCommand
from django.utils import timezone

from assessments.domain.reminders import remind_force, send_digests
from reports.domain.action_reminders import remind_of_actions
from reports.domain.follow_up_reminders import remind_of_follow_ups
from reports.domain.recommendation_reminders import remind_of_recommendations
from spr_portal.identity.models import Force


class Command(BaseCommand):
    help = (
        "Tell people what is due in 30, 7 or 1 days and what is late, and send the day's one "
        "e-mail. Run it every hour: nobody is told anything twice, after a crash either."
    )

    def handle(self, **options):
        now = timezone.now()
        today = timezone.localdate(now)
        reminded = sum(
            remind_force(force, today=today)
            + remind_of_actions(force, today=today)
            + remind_of_recommendations(force, today=today)
            + remind_of_follow_ups(force, today=today)
            for force in Force.objects.all()
        )
        digests = send_digests(now=now)
        self.stdout.write(
            f"{reminded} {'person' if reminded == 1 else 'people'} reminded, "
            f"{digests} daily {'e-mail' if digests == 1 else 'e-mails'} queued."
        )
