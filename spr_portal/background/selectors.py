from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from spr_portal.background.models import WorkerHeartbeat

MISSED_AFTER = timedelta(minutes=2)


def worker_is_missing() -> bool:
    """Whether no worker has been seen for two minutes, so that files and e-mails wait."""
    since = timezone.now() - MISSED_AFTER
    return not WorkerHeartbeat.objects.filter(seen_at__gt=since).exists()
